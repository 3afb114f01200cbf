//! consensus.csv: a row for each question.

use indexmap::IndexMap;

use super::counted;
use super::table::{Cell, Column, Layout, Table};
use crate::analysis::{Analysis, QuestionResult};
use crate::consensus::Outcome;
use crate::graph::{LeftOut, Point};
use crate::model::{Case, ClaimId};

pub const LAYOUT: Layout = Layout {
    name: "consensus",
    row: "a question",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("title", "what it asks"),
        Column::text("unit", "unit of all numbers of the row"),
        Column::text("method", "method that made the range"),
        Column::text("as_of", "date as of which the number is sought"),
        Column::count("claims", "claims on the question"),
        Column::count("numbers", "claims that give a figure"),
        Column::count("publications", "distinct publishers of figures"),
        Column::count("origins", "origins of all figures, used or left out"),
        Column::number("effective_origins", "how many independent origins the used ones are worth"),
        Column::count("anonymous_origins", "origins without a name"),
        Column::count("left_out", "figures not used"),
        Column::number("q025", "2.5 % quantile"),
        Column::number("q05", "5 % quantile"),
        Column::number("q10", "10 % quantile"),
        Column::number("q25", "25 % quantile"),
        Column::number("q50", "median"),
        Column::number("q75", "75 % quantile"),
        Column::number("q90", "90 % quantile"),
        Column::number("q95", "95 % quantile"),
        Column::number("q975", "97.5 % quantile"),
        Column::text("shape", "one camp, or several; empty without a range"),
        Column::count("camps", "number of camps; their pieces are in camps.csv"),
        Column::number("i2", "share of the spread that is disagreement, 0 to 1; empty with one origin"),
        Column::text("single_point_of_failure", "party through which every chain passes"),
        Column::text("notes", "what was left out and why, what most publications rest on, why there is no range"),
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    rows(case, &analysis.questions)
}

/// The rows of some questions.
#[must_use]
pub fn rows<'a>(case: &'a Case, results: &'a [QuestionResult]) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    table.rows = results.iter().map(|result| row(case, result)).collect();
    table
}

fn row<'a>(case: &'a Case, result: &'a QuestionResult) -> Vec<Cell<'a>> {
    let (question, account) = (case.question(result.question), &result.account);
    let range = result.consensus.range();
    let mut row = vec![
        Cell::from(&*question.id),
        Cell::from(&*question.title),
        Cell::from(&*question.unit),
        Cell::from("origins"),
        Cell::date(account.sought),
        Cell::Count(account.claims),
        Cell::Count(account.numbers),
        Cell::Count(account.publications),
        Cell::Count(account.origins),
        Cell::Number(result.consensus.effective_origins),
        Cell::Count(account.anonymous_origins),
        Cell::Count(account.left_out.len()),
    ];
    match range {
        Some(range) => row.extend(range.quantiles.values.map(Cell::Number)),
        None => row.extend(std::iter::repeat_n(Cell::Empty, 9)),
    }
    row.push(range.map_or(Cell::Empty, |range| Cell::from(range.shape().to_string())));
    row.push(range.map_or(Cell::Empty, |range| Cell::Count(range.camps.len())));
    row.push(Cell::maybe(range.and_then(|range| range.heterogeneity.i2)));
    let full = account.points.iter().find(|point| point.is_full);
    row.push(full.map_or(Cell::Empty, |point| Cell::from(point.name.as_str())));
    row.push(Cell::from(notes(case, result).join("; ")));
    row
}

/// What there is to say on a question beside its numbers.
pub fn notes(case: &Case, result: &QuestionResult) -> Vec<String> {
    let account = &result.account;
    let mut notes = Vec::new();
    if let Outcome::None { why } = &result.consensus.outcome {
        notes.push(format!("no consensus, because {why}"));
    }
    if account.used_origins < account.origins {
        notes.push(format!("{} of {} origins used", account.used_origins, account.origins));
    }
    notes.extend(left_out(case, result));
    for point in account.points.iter().filter(|point| !point.is_full) {
        let Point { name, publications, of, .. } = point;
        notes.push(format!("{publications} of {of} publications rest on {name}"));
    }
    notes
}

/// "left out: K15 (projected)", one entry for each reason, at most twelve of them with six claims each.
pub fn left_out(case: &Case, result: &QuestionResult) -> Option<String> {
    const SHOWN: usize = 6;
    const REASONS: usize = 12;
    if result.account.left_out.is_empty() {
        return None;
    }
    let mut reasons: IndexMap<String, Vec<ClaimId>> = IndexMap::new();
    for &(claim, why) in &result.account.left_out {
        let reason = match why {
            LeftOut::RestsOn(_) => "rests on what is left out".to_owned(),
            why => why.why(case, claim),
        };
        reasons.entry(reason).or_default().push(claim);
    }
    let others: usize = reasons.values().skip(REASONS).map(Vec::len).sum();
    let other_reasons = reasons.len().saturating_sub(REASONS);
    let mut listed: Vec<String> = reasons
        .into_iter()
        .take(REASONS)
        .map(|(reason, claims)| {
            let more = claims.len().saturating_sub(SHOWN);
            let shown: Vec<String> = claims.iter().take(SHOWN).map(|&claim| case.claims.name(claim)).collect();
            let shown = shown.join(", ");
            if more > 0 { format!("{shown} and {more} more ({reason})") } else { format!("{shown} ({reason})") }
        })
        .collect();
    if others > 0 {
        listed.push(format!("{others} more for {}", counted(other_reasons, "other reason", "other reasons")));
    }
    Some(format!("left out: {}", listed.join("; ")))
}
