//! Other formats to a case: one file for each, in one static table.
//!
//! An importer reads a file into a [`Draft`] of the case's tables; [`folder::write`] writes it as a
//! case folder, reads that back, and leaves nothing behind where anything is wrong.

mod acled;
mod claim_review;
mod draft;
pub mod folder;
mod ftm;
mod ged;
mod json;
mod stix;
mod wide;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

pub use draft::{Draft, Row};

use crate::ingest::header::Known;
use crate::ingest::table::Table;
use crate::ingest::{Error, Input, Limits, Problems, Severity};

/// How a format is read.
#[derive(Clone, Copy)]
pub enum Reader {
    /// a table, by the names of its columns
    Table(&'static [Known], fn(&mut Table, &mut Draft, &mut Problems) -> io::Result<()>),
    /// a JSON document: its text, and the name of its file
    Json(fn(&str, &str, &mut Draft, &mut Problems)),
}

/// A format that cases are made from.
#[derive(Clone, Copy)]
pub struct Importer {
    /// its name on the command line
    pub name: &'static str,
    /// what it is
    pub meaning: &'static str,
    /// what is made of it
    pub becomes: &'static str,
    /// what of it is lost
    pub loses: &'static str,
    /// reads it
    pub read: Reader,
}

/// Every importer. A new one is a file and an entry here.
pub const IMPORTERS: &[Importer] = &[
    Importer {
        name: "ged",
        meaning: "events of the UCDP Georeferenced Event Dataset, as CSV",
        becomes: "a question for each event; `best` as the figure, `low` and `high` around it, `source_office` and \
                  `source_original` as the chain",
        loses: "low and high have no probability there, and 0.9 is assumed; which source gave which number is not \
                in the file",
        read: Reader::Table(ged::COLUMNS, ged::read),
    },
    Importer {
        name: "acled",
        meaning: "events of ACLED, as CSV",
        becomes: "a question for each event; `fatalities` as at least that many, and 0 as no number unless the notes \
                  say that nobody died",
        loses: "who gave which number, and whether a 0 stands for none or for nothing known, are not in the file",
        read: Reader::Table(acled::COLUMNS, acled::read),
    },
    Importer {
        name: "ftm",
        meaning: "FollowTheMoney statements, as CSV or JSON Lines",
        becomes: "a question for each number property of an entity; each dataset a publisher",
        loses: "statements that are not numbers, but for names, which become titles; the format has no bounds and no \
                chains",
        read: Reader::Table(ftm::COLUMNS, ftm::read),
    },
    Importer {
        name: "stix",
        meaning: "STIX 2.1 bundle of reports, notes and opinions",
        becomes: "a question for each report, a claim for each of its notes; an opinion is a claim without a number, \
                  and one that disagrees marks its note as disputed",
        loses: "figures in running text (only an abstract that is a figure is read), objects of other types, times \
                within a day; confidence is taken by the Admiralty scale",
        read: Reader::Json(stix::read),
    },
    Importer {
        name: "claimreview",
        meaning: "ClaimReview of schema.org, as JSON-LD",
        becomes: "a question for each claim reviewed, a claim by its author with the figure that stands in `about`, and \
                  a claim without a number by the reviewer, with the rating as a note",
        loses: "figures in running text; ratings, which are kept as notes and never as weights",
        read: Reader::Json(claim_review::read),
    },
    Importer {
        name: "wide",
        meaning: "sheet with a row for each question and a column for each source",
        becomes: "a claim for each filled cell",
        loses: "nothing; such a sheet has no chains and no dates but those of the row",
        read: Reader::Table(wide::COLUMNS, wide::read),
    },
];

/// The importer of a name.
#[must_use]
pub fn find_importer(name: &str) -> Option<&'static Importer> {
    IMPORTERS.iter().find(|importer| importer.name == name)
}

/// Reads a file into a draft of a case.
///
/// # Errors
/// [`Error::Bad`] with every problem where the file has errors; the others where it cannot be read.
pub fn read(path: &Path, importer: &Importer, limits: Limits) -> Result<(Draft, Problems), Error> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => Error::NoSuchPath(path.to_owned()),
        _ => Error::Io { path: path.to_owned(), source },
    };
    let (mut draft, mut problems) = (Draft::new(importer.name), Problems::default());
    match importer.read {
        Reader::Table(known, read) => {
            let input = Input::default();
            let mut table = Table::open(path, known, limits, &input, &mut problems).map_err(failed)?;
            read(&mut table, &mut draft, &mut problems).map_err(failed)?;
            if input.unpacked() > limits.file {
                json::too_large(&path.display().to_string(), limits, &mut problems);
            }
        }
        Reader::Json(read) => {
            let file = path.display().to_string();
            let mut bytes = Vec::new();
            let opened = File::open(path).map_err(failed)?;
            opened.take(limits.file.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
            if let Some(text) = json::text(&bytes, &file, limits, &mut problems) {
                read(text, &file, &mut draft, &mut problems);
            }
        }
    }
    if draft.claims.is_empty() && problems.count(Severity::Error) == 0 {
        let place = crate::ingest::Place { file: path.display().to_string(), line: 0, column: 0 };
        problems.push(crate::ingest::Problem {
            place,
            severity: Severity::Error,
            what: format!("there is nothing in it that a case could be made of ({})", importer.meaning),
            remedy: format!("what is read: {}", importer.becomes),
        });
    }
    if problems.count(Severity::Error) > 0 { Err(Error::Bad(problems)) } else { Ok((draft, problems)) }
}
