//! timeline.csv: a row for each date on which something changed, and the same to be read.

use std::io::{self, Write};

use super::amount::{amount_beside, amount_range, counted};
use super::drifts::said;
use super::paint::{Paint, safe};
use super::table::{Cell, Column, Layout, Table};
use crate::analysis::Analysis;
use crate::consensus::Outcome;
use crate::model::{Case, ClaimId};
use crate::timeline::Moment;

pub const LAYOUT: Layout = Layout {
    name: "timeline",
    row: "a date on which something changed on a question",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("date", "date; empty for claims without one"),
        Column::number("q05", "5 % quantile as of the date"),
        Column::number("q25", "25 % quantile"),
        Column::number("q50", "median"),
        Column::number("q75", "75 % quantile"),
        Column::number("q95", "95 % quantile"),
        Column::count("origins", "origins of figures by then"),
        Column::text(
            "changed_by",
            "claims that came, separated by ;; a month or year in brackets where that is all that is known",
        ),
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    timeline_table(case, analysis.moments(case))
}

/// The moments as a table.
#[must_use]
pub fn timeline_table<'a>(case: &'a Case, moments: &[Moment]) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for moment in moments {
        let mut row = vec![Cell::from(&*case.question(moment.result.question).id), Cell::date(moment.date)];
        match moment.result.consensus.range() {
            Some(range) => row.extend([1, 3, 4, 5, 7].map(|at| Cell::Number(range.quantiles.values[at]))),
            None => row.extend(std::iter::repeat_n(Cell::Empty, 5)),
        }
        row.push(Cell::Count(moment.result.account.origins));
        let names: Vec<String> = moment.changed_by.iter().map(|&claim| dated(case, claim)).collect();
        row.push(Cell::from(names.join(";")));
        table.rows.push(row);
    }
    table
}

/// "K13 (2025-02)" for a claim dated to the month or year, "K01" for one dated to the day.
fn dated(case: &Case, claim: ClaimId) -> String {
    match case.claims.published.get(claim.index()).filter(|date| !date.is_day()) {
        Some(window) => format!("{} ({window})", case.claims.name(claim)),
        None => case.claims.name(claim),
    }
}

/// Writes the moments of each question for a person.
///
/// # Errors
/// Where `out` fails.
pub fn write_timeline(case: &Case, moments: &[Moment], paint: Paint, out: &mut impl Write) -> io::Result<()> {
    for (at, same) in moments.chunk_by(|a, b| a.result.question == b.result.question).enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", paint.bold(safe(case.question(same[0].result.question).heading())))?;
        for moment in same {
            write_moment(case, moment, paint, out)?;
        }
        let windows: Vec<String> = same
            .iter()
            .flat_map(|moment| &moment.changed_by)
            .filter(|&&claim| is_window(case, claim))
            .map(|&c| dated(case, c))
            .collect();
        if !windows.is_empty() {
            let names = safe(&windows.join(", "));
            writeln!(
                out,
                "  {}",
                paint.dim(format!(
                    "taken as known when the month or year is over, the order before is not known: {names}"
                ))
            )?;
        }
    }
    Ok(())
}

fn is_window(case: &Case, claim: ClaimId) -> bool {
    case.claims.published.get(claim.index()).is_some_and(|date| !date.is_day())
}

fn write_moment(case: &Case, moment: &Moment, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    const SHOWN: usize = 4;
    let date = moment.date.map_or("undated   ".to_owned(), |date| date.to_string());
    let range = match &moment.result.consensus.outcome {
        Outcome::Range(range) => {
            let values = &range.quantiles.values;
            let median = amount_beside(values[4], values[7] - values[1]);
            format!("{}, median {median}", amount_range(values[1], values[7]))
        }
        Outcome::None { .. } => "no consensus".to_owned(),
    };
    let origins = counted(moment.result.account.origins, "origin", "origins");
    writeln!(out, "  {}  {range}; {origins}", paint.bold(date))?;
    for &claim in moment.changed_by.iter().take(SHOWN) {
        let publisher = case.publisher_name(claim);
        writeln!(out, "      + {} {}: {}", safe(&case.claims.name(claim)), safe(&publisher), safe(&said(case, claim)))?;
    }
    match moment.changed_by.len() {
        0 => writeln!(out, "      the number changed of which figures here are shares"),
        more if more > SHOWN => {
            let names: Vec<String> = moment.changed_by[SHOWN..].iter().map(|&claim| case.claims.name(claim)).collect();
            writeln!(out, "      + {}", safe(&names.join(", ")))
        }
        _ => Ok(()),
    }
}
