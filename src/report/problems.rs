//! The problems of a case as a table.

use super::paint::safe;
use super::table::{Cell, Column, Layout, Table};
use crate::ingest::{Problems, Severity};

pub const LAYOUT: Layout = Layout {
    name: "problems",
    row: "a problem or an assumption",
    columns: &[
        Column::text("file", "file"),
        Column::count("line", "line, from 1"),
        Column::count("column", "column in characters, from 1"),
        Column::text("severity", "error, warning, assumed or proposed"),
        Column::text("what", "what is wrong or was assumed"),
        Column::text("remedy", "what would be right"),
    ],
};

/// All problems, the worst first.
#[must_use]
pub fn problems_table(problems: &Problems) -> Table<'static> {
    let mut table = Table::new(&LAYOUT);
    let count = |number: u64| if number == 0 { Cell::Empty } else { Cell::Count(number as usize) };
    for severity in [Severity::Error, Severity::Warning, Severity::Assumed, Severity::Proposed] {
        for problem in problems.of(severity) {
            table.rows.push(vec![
                Cell::from(safe(&problem.place.file)),
                count(problem.place.line),
                count(problem.place.column),
                Cell::from(severity.name()),
                Cell::from(safe(&problem.what)),
                Cell::from(safe(&problem.remedy)),
            ]);
        }
    }
    table
}
