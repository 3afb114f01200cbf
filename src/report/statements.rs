//! statements.csv, and the same to be read: the sentence on each question that can be printed.

use std::io::{self, Write};

use super::paint::Paint;
use super::prose::{Wording, statement};
use super::table::{Cell, Column, Layout, Table};
use crate::analysis::Analysis;
use crate::model::Case;

pub const LAYOUT: Layout = Layout {
    name: "statements",
    row: "a question",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("wording", "how probabilities are told: plain, icd203 or phia"),
        Column::text("sentence", "the range with its attribution, as it can be printed"),
        Column::text("confidence", "degree of confidence with its grounds; empty where the wording is plain"),
        Column::text("words", "what the words of the scale mean in per cent; empty where the wording is plain"),
    ],
};

/// The statements in the wording of the options.
#[must_use]
pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    let wording = analysis.options.wording;
    let mut table = Table::new(&LAYOUT);
    for result in &analysis.questions {
        let statement = statement(case, result, wording);
        table.rows.push(vec![
            Cell::from(&*case.question(result.question).id),
            Cell::from(wording.name()),
            Cell::from(statement.sentence),
            statement.confidence.map_or(Cell::Empty, Cell::from),
            wording.mapping().map_or(Cell::Empty, Cell::from),
        ]);
    }
    table
}

/// Writes the statement on every question, and what the words mean.
///
/// # Errors
/// Where `out` fails.
pub fn write_statements(
    case: &Case,
    analysis: &Analysis,
    wording: Wording,
    paint: Paint,
    out: &mut impl Write,
) -> io::Result<()> {
    for (at, result) in analysis.questions.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", statement(case, result, wording).text())?;
    }
    match wording.mapping() {
        Some(mapping) => writeln!(out, "\n{}", paint.dim(mapping)),
        None => Ok(()),
    }
}
