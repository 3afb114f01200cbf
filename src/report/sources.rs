//! sources.csv of the report: a row for each source of the case.

use std::io::{self, Write};

use rustc_hash::FxHashSet;

use super::paint::{Paint, safe};
use super::table::{Cell, Column, Layout, Table};
use crate::consensus::SourceSlot;
use crate::credibility::CopyEvidence;
use crate::learning::Learned;
use crate::model::Case;

pub const LAYOUT: Layout = Layout {
    name: "sources",
    row: "a source of the case",
    columns: &[
        Column::text("source", "id of the source"),
        Column::text("name", "its name"),
        Column::text("kind", "what it is"),
        Column::flag("kind_guessed", "whether that was guessed from the name"),
        Column::flag("party", "whether it has a stake in the answer"),
        Column::text("reliability", "grade given by the analyst"),
        Column::count("n", "figures that its record rests on; empty where nothing is learned"),
        Column::number(
            "error_scale",
            "typical error on the scale of the questions, 0.25 for a quarter; median of what its figures leave possible",
        ),
        Column::number("error_low", "lower end of its 90 % interval"),
        Column::number("error_high", "upper end of its 90 % interval"),
        Column::number("bias", "usual direction of its error"),
        Column::number("bias_low", "lower end of its 90 % interval"),
        Column::number("bias_high", "upper end of its 90 % interval"),
        Column::number("gross_error_rate", "rate of gross errors"),
        Column::text(
            "copies",
            "sources that share its figures where both stand apart from the rest, with how often; who copies whom is not told",
        ),
    ],
};

/// The sources of a case, with what is learned of them.
#[must_use]
pub fn table<'a>(case: &'a Case, learned: &Learned) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for (id, source) in case.sources.iter().enumerate() {
        let mut row = vec![
            Cell::from(&*source.id),
            Cell::from(&*source.name),
            Cell::from(source.kind.name()),
            Cell::Flag(source.kind_guessed),
            Cell::Flag(source.party),
            source.reliability.map_or(Cell::Empty, |grade| Cell::from(grade.name())),
        ];
        let slot = SourceSlot(id as u32);
        // Without a figure there is no record: unknown stays unknown.
        match learned.record(slot) {
            Some(record) => {
                row.push(Cell::Count(record.figures as usize));
                row.extend([record.error[1], record.error[0], record.error[2]].map(Cell::Number));
                row.extend([record.bias[1], record.bias[0], record.bias[2]].map(Cell::Number));
                row.push(Cell::Number(record.gross));
            }
            None => row.resize(LAYOUT.columns.len() - 1, Cell::Empty),
        }
        let partners: Vec<String> = mirrors(case, learned, slot).into_iter().map(|(text, _)| text).collect();
        row.push(if partners.is_empty() { Cell::Empty } else { Cell::from(partners.join("; ")) });
        table.rows.push(row);
    }
    table
}

/// The sources that say what a source says apart from the rest: "Other (12 of 12)", with the evidence.
pub fn mirrors(case: &Case, learned: &Learned, slot: SourceSlot) -> Vec<(String, CopyEvidence)> {
    let pairs = learned.copies.iter().filter(|pair| pair.a == slot || pair.b == slot);
    pairs
        .filter_map(|pair| {
            let other = if pair.a == slot { pair.b } else { pair.a };
            let name = &case.sources.get(other.0 as usize)?.name;
            Some((format!("{name} ({} of {})", pair.shared, pair.apart), *pair))
        })
        .collect()
}

/// Writes the sources with a record, those with most figures first: grade, error, bias, gross errors, likely copies.
///
/// # Errors
/// Where `out` fails.
pub fn write_sources(case: &Case, learned: &Learned, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let mut known: Vec<_> =
        (0..case.sources.len()).filter_map(|at| Some((at, learned.record(SourceSlot(at as u32))?))).collect();
    known.sort_by_key(|(at, record)| (std::cmp::Reverse(record.figures), *at));
    if known.is_empty() {
        return writeln!(out, "no records: they are learned where sources speak on two questions or more");
    }
    let unknown = case.sources.len() - known.len();
    let heading =
        format!("{:<32} {:>5} {:>7}  {:<22} {:<24} {}", "source", "grade", "figures", "error", "bias", "gross errors");
    writeln!(out, "{}", paint.dim(heading))?;
    let mut printed = FxHashSet::default();
    for (at, record) in known {
        let source = &case.sources[at];
        let name: String = safe(&source.name).chars().take(32).collect();
        let grade = source.reliability.map_or("", |grade| grade.name());
        let error = format!("{:.2} ({:.2} to {:.2})", record.error[1], record.error[0], record.error[2]);
        let bias = format!("{:+.2} ({:+.2} to {:+.2})", record.bias[1], record.bias[0], record.bias[2]);
        let gross = 100.0 * record.gross;
        writeln!(out, "{name:<32} {grade:>5} {:>7}  {error:<22} {bias:<24} {gross:.0} %", record.figures)?;
        // Each pair once, under the first of its two.
        let slot = SourceSlot(at as u32);
        let others = mirrors(case, learned, slot).into_iter();
        for (partner, pair) in others.filter(|(_, pair)| printed.insert((pair.a, pair.b))) {
            let line = format!(
                "    likely one voice with {}: the same figure apart from the rest, on {} of {} questions in common",
                safe(&partner),
                pair.common,
                pair.either
            );
            writeln!(out, "{}", paint.alert(line))?;
        }
    }
    let settings = &learned.settings;
    for (class, prior) in [("a named", settings.named), ("an unnamed", settings.anonymous)] {
        let (low, high) = (prior.sigma * (-1.645 * prior.spread).exp(), prior.sigma * (1.645 * prior.spread).exp());
        let (sigma, gross) = (prior.sigma, 100.0 * prior.gross);
        let line = format!(
            "before any figure, {class} source: error {sigma:.2} ({low:.2} to {high:.2}), gross errors {gross:.0} %"
        );
        writeln!(out, "{}", paint.dim(line))?;
    }
    writeln!(out, "{}", paint.dim("error and bias are on the scale of the questions: 0.25 is a quarter where it is logarithmic; with their 90 % intervals"))?;
    match unknown {
        0 => Ok(()),
        1 => writeln!(out, "{}", paint.dim("1 source is the origin of no figure: nothing is known of it")),
        _ => writeln!(
            out,
            "{}",
            paint.dim(format!("{unknown} sources are the origin of no figure: nothing is known of them"))
        ),
    }
}
