//! Results to bytes: the tables of the report, their formats, and the account that a person reads.

mod account;
mod amount;
mod answers;
mod attributions;
mod backtest;
mod camps;
mod circles;
mod claims;
mod consensus;
mod csv;
mod drifts;
pub mod export;
pub mod extraction;
mod file;
mod folder;
#[cfg(feature = "python")]
mod frame;
pub mod html;
mod json;
mod methods;
mod origins;
mod own;
mod paint;
pub mod picture;
mod problems;
pub mod prose;
mod rulings;
mod run;
mod sources;
mod spare;
mod statements;
mod table;
mod timeline;
mod trace;
mod traced;
mod unique;

pub use account::{Look, write_account};
pub use amount::{amount, amount_beside, amount_range, counted, exact_amount, rounded_beside};
pub use answers::{answers_rows, method_line, write_answers};
pub use attributions::links_table;
pub use backtest::{backtest_table, write_backtest};
pub use consensus::rows as consensus_rows;
pub use csv::{write_csv, write_header, write_row};
pub(crate) use file::is_leftover;
pub use file::{Failure, Staged, abandon_files, write_file};
pub use folder::{PAGES, ReportFile, report_files, write_report};
#[cfg(feature = "python")]
pub use frame::{batch, schema};
pub use json::{JsonWriter, write_json};
pub use methods::{methods_table, write_methods};
pub use own::{Stray, find_own, hash_own, read_own};
pub use paint::Paint;
pub use problems::problems_table;
pub use rulings::{rulings_table, write_rulings};
pub use run::{COMMAND, LARGEST_SEAL, Run, SEAL, arguments_of, limits_of, note_limits, options_of, sha256};
pub use sources::{table as sources_table, write_sources};
pub use spare::{spare_case, spare_folder};
pub use statements::{table as statements_table, write_statements};
pub use table::{Cell, Column, Kind, Layout, Table, plain};
pub use timeline::{timeline_table, write_timeline};
pub use trace::{Trace, write_trace};
pub use traced::Traced;
pub(crate) use unique::Unique;

use crate::analysis::Analysis;
use crate::model::Case;

/// A table of the report: its layout and how its rows are made.
#[derive(Clone, Copy)]
pub struct Report {
    /// name and columns
    pub layout: &'static Layout,
    /// makes the rows
    pub make: for<'a> fn(&'a Case, &'a Analysis) -> Table<'a>,
}

/// Tables that stand in no report folder: those of `check`, `compare`, `consensus --rule`, `backtest`.
pub const OTHER_LAYOUTS: &[&Layout] = &[&problems::LAYOUT, &methods::LAYOUT, &rulings::LAYOUT, &backtest::LAYOUT];

/// Every table of the report folder. A new one is a file and a line here.
pub const TABLES: &[Report] = &[
    Report { layout: &consensus::LAYOUT, make: consensus::table },
    Report { layout: &origins::LAYOUT, make: origins::table },
    Report { layout: &claims::LAYOUT, make: claims::table },
    Report { layout: &attributions::LAYOUT, make: attributions::table },
    Report { layout: &sources::LAYOUT, make: |case, analysis| sources::table(case, &analysis.learned) },
    Report { layout: &drifts::LAYOUT, make: drifts::table },
    Report { layout: &circles::LAYOUT, make: circles::table },
    Report { layout: &camps::LAYOUT, make: camps::table },
    Report { layout: &timeline::LAYOUT, make: timeline::table },
    Report { layout: &statements::LAYOUT, make: statements::table },
];

/// The table of a name.
#[must_use]
pub fn find_table(name: &str) -> Option<&'static Report> {
    TABLES.iter().find(|report| report.layout.name == name)
}
