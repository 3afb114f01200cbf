//! camps.csv: a row for each piece of a range.

use super::table::{Cell, Column, Layout, Table};
use crate::analysis::{Analysis, QuestionResult};
use crate::model::Case;

pub const LAYOUT: Layout = Layout {
    name: "camps",
    row: "a piece of a range: one where the figures agree, several where they do not",
    columns: &[
        Column::text("question", "id of the question"),
        Column::count("camp", "number of the piece, from the lowest"),
        Column::number("low", "2.5 % quantile of the piece alone"),
        Column::number("median", "median of the piece"),
        Column::number("high", "97.5 % quantile of the piece alone"),
        Column::number("mass", "probability of the piece"),
        Column::text("origins", "claims of the origins that stand there, separated by ;"),
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for result in &analysis.questions {
        for (at, camp) in result.consensus.range().iter().flat_map(|range| &range.camps).enumerate() {
            table.rows.push(vec![
                Cell::from(&*case.question(result.question).id),
                Cell::Count(at + 1),
                Cell::Number(camp.low),
                Cell::Number(camp.median),
                Cell::Number(camp.high),
                Cell::Number(camp.mass),
                Cell::from(members(case, result, &camp.members).join(";")),
            ]);
        }
    }
    table
}

/// Claims of the origins in a camp.
pub fn members(case: &Case, result: &QuestionResult, members: &[u32]) -> Vec<String> {
    let of = |member: &u32| result.origins.iter().find(|origin| origin.evidence == Some(*member as usize));
    let mut names: Vec<String> = members.iter().filter_map(of).map(|origin| case.claims.name(origin.claim)).collect();
    names.dedup();
    names
}
