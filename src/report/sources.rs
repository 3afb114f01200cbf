//! sources.csv of the report: a row for each source of the case.

use super::table::{Cell, Column, Layout, Table};
use crate::analysis::Analysis;
use crate::model::Case;

pub const LAYOUT: Layout = Layout {
    name: "sources",
    row: "a source of the case",
    columns: &[
        Column { name: "source", meaning: "id of the source" },
        Column { name: "name", meaning: "its name" },
        Column { name: "kind", meaning: "what it is" },
        Column { name: "kind_guessed", meaning: "whether that was guessed from the name" },
        Column { name: "party", meaning: "whether it has a stake in the answer" },
        Column { name: "reliability", meaning: "grade given by the analyst" },
        Column { name: "n", meaning: "figures that its record rests on; empty where nothing is learned" },
        Column { name: "error_scale", meaning: "typical error on the scale of the questions" },
        Column { name: "error_low", meaning: "lower end of its 90 % interval" },
        Column { name: "error_high", meaning: "upper end of its 90 % interval" },
        Column { name: "bias", meaning: "usual direction of its error" },
        Column { name: "bias_low", meaning: "lower end of its 90 % interval" },
        Column { name: "bias_high", meaning: "upper end of its 90 % interval" },
        Column { name: "gross_error_rate", meaning: "rate of gross errors" },
        Column { name: "copies", meaning: "sources that it probably copies" },
    ],
};

pub fn table<'a>(case: &'a Case, _: &'a Analysis) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for source in &case.sources {
        let mut row = vec![
            Cell::from(&*source.id),
            Cell::from(&*source.name),
            Cell::from(source.kind.name()),
            Cell::Flag(source.kind_guessed),
            Cell::Flag(source.party),
            source.reliability.map_or(Cell::Empty, |grade| Cell::from(grade.name())),
        ];
        // Records are not learned yet: unknown stays unknown.
        row.resize(LAYOUT.columns.len(), Cell::Empty);
        table.rows.push(row);
    }
    table
}
