//! The two sides of a comparison: cases or reports.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::fields::{self, Items};
use crate::analysis::{Analysis, Options, analyse};
use crate::ingest::{self, CaseRead, Limits, read};
use crate::model::Case;
use crate::report::{SEAL, Stray, find_own, find_table};
use crate::verify::read_seal;

/// Why a side could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// a case
    #[error(transparent)]
    Case(#[from] ingest::Error),
    /// the seal of a report
    #[error(transparent)]
    Seal(#[from] crate::verify::Error),
    /// a table of a report
    #[error("{} could not be read", path.display())]
    Table {
        /// the table
        path: PathBuf,
        /// why
        source: io::Error,
    },
}

/// One side.
#[derive(Debug, Clone)]
pub struct Side {
    /// what is compared
    pub items: Items,
    /// the case and what was found in it, where this is a case
    pub case: Option<(Case, Analysis)>,
}

/// Two sides, put into the same items.
#[derive(Debug, Clone)]
pub struct Pair {
    /// before
    pub old: Side,
    /// after
    pub new: Side,
}

impl Pair {
    /// Reads both sides. A folder with a run.json is a report; everything else is a case, and an empty file or
    /// `/dev/null` is a case without claims. A report without a run.json is refused. Of a report only plain files within
    /// its folder are read. Two cases are compared by what they say; where one side is a report, by
    /// the tables of the report.
    ///
    /// # Errors
    /// Where a side cannot be read.
    pub fn read(old: &Path, new: &Path, limits: Limits) -> Result<Pair, Error> {
        let is_report = |path: &Path| path.is_dir() && path.join(SEAL).symlink_metadata().is_ok();
        let by_tables = is_report(old) || is_report(new);
        let side = |path: &Path| {
            if is_report(path) { report(path, limits) } else { case(path, limits, by_tables) }
        };
        Ok(Pair { old: side(old)?, new: side(new)? })
    }
}

fn case(path: &Path, limits: Limits, by_tables: bool) -> Result<Side, Error> {
    let mut items = Items::new();
    if is_nothing(path) {
        return Ok(Side { items, case: None });
    }
    let CaseRead { case, .. } = read(path, limits)?;
    let analysis = analyse(&case, &Options::default());
    let rows =
        |name: &str| find_table(name).map(|table| fields::rows_of(&(table.make)(&case, &analysis))).unwrap_or_default();
    if by_tables {
        fields::claims(rows("claims"), &mut items);
    } else {
        fields::of_case(&case, &mut items);
    }
    fields::ranges(&rows("consensus"), &mut items);
    Ok(Side { items, case: Some((case, analysis)) })
}

/// What git gives for a file that one side does not have.
fn is_nothing(path: &Path) -> bool {
    path == Path::new("/dev/null") || fs::metadata(path).is_ok_and(|there| there.is_file() && there.len() == 0)
}

fn report(folder: &Path, limits: Limits) -> Result<Side, Error> {
    let mut items = Items::new();
    let rows = |name: &str| {
        let found = find_own(folder, name, limits.file).map_err(|why| match why {
            Stray::Io(source) => source,
            why => io::Error::other(why.to_string()),
        });
        let rows = found.and_then(|path| fields::read_rows(&path, limits));
        rows.map_err(|source| Error::Table { path: folder.join(name), source })
    };
    fields::run(&read_seal(folder)?, &mut items);
    fields::claims(rows("claims.csv")?, &mut items);
    fields::ranges(&rows("consensus.csv")?, &mut items);
    Ok(Side { items, case: None })
}
