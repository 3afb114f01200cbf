//! What a report or a result must not be written over: the case that it is made from, and files that are no report's.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::file::Failure;
use super::own::read_own;
use super::run::{LARGEST_SEAL, Run, SEAL};
use super::table::Layout;
use super::{TABLES, html};
use crate::ingest::{case_files, is_case_table};

/// Refuses an output that a case is read from, or would be: one of its files, links followed, or a file in its folder
/// with the name of a table.
///
/// # Errors
/// Where the output is such a file.
pub fn spare_case(output: &Path, case: &Path) -> Result<(), Failure> {
    let refused = |what: &str| Err(Failure { path: output.to_owned(), source: io::Error::other(what.to_owned()) });
    let place = resolved(output);
    if fs::metadata(&place).is_ok_and(|there| !there.is_file()) {
        // A device or a pipe is written to as it is; a folder is refused by the writer.
        return Ok(());
    }
    if case_files(case).iter().any(|file| resolved(file) == place) {
        return refused("it is a file that is read here; name another one");
    }
    let is_within = fs::canonicalize(case).is_ok_and(|folder| folder.is_dir() && place.parent() == Some(&folder));
    if is_within && place.file_name().is_some_and(|name| is_case_table(Path::new(name))) {
        return refused("it would become a table of the case; name another file");
    }
    Ok(())
}

/// Refuses a folder for a report that is the folder of its case, or that holds files by the names of a report's which
/// no report has written. What an interrupted report has left has no seal, but is known by its headers.
///
/// # Errors
/// Where the folder is such a one, or cannot be read.
pub fn spare_folder<'a>(folder: &Path, inputs: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
    let refused = |path: &Path, what: &str| {
        Err(Failure { path: path.to_owned(), source: io::Error::other(format!("{what}; name another folder")) })
    };
    let Ok(home) = fs::canonicalize(folder) else { return Ok(()) };
    for input in inputs.map(Path::new) {
        let place = resolved(input);
        if place.parent() == Some(&home) && input.file_name().is_some_and(|name| is_case_table(Path::new(name))) {
            return refused(folder, "it is the folder of the case");
        }
        if names().any(|name| home.join(name) == place) {
            return refused(folder, "the case itself would be written over");
        }
    }
    let seal = folder.join(SEAL);
    if is_file(&seal) && is_seal(folder) {
        return Ok(());
    }
    let own = |name: &str, layout: Option<&Layout>| {
        let path = folder.join(name);
        let is_own = !is_file(&path) || is_made_by_report(&path, layout).map_err(Failure::at(&path))?;
        if is_own { Ok(()) } else { refused(&path, "a file is there that no report has written") }
    };
    own(SEAL, None)?;
    own("report.html", None)?;
    TABLES.iter().try_for_each(|table| own(&format!("{}.csv", table.layout.name), Some(table.layout)))
}

/// The names of the files of every report.
fn names() -> impl Iterator<Item = String> {
    let tables = TABLES.iter().map(|table| format!("{}.csv", table.layout.name));
    tables.chain(["report.html".to_owned(), SEAL.to_owned()])
}

/// Whether a plain file stands there. A link is replaced, not followed, so nothing is lost behind it.
fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_file())
}

/// Whether the file by the name of a seal is one.
fn is_seal(folder: &Path) -> bool {
    read_own(folder, SEAL, LARGEST_SEAL)
        .is_ok_and(|bytes| serde_json::from_slice::<Run<serde::de::IgnoredAny>>(&bytes).is_ok())
}

/// Whether a file begins as a report writes it: a table with its header, a page with its policy. An empty file is
/// nobody's loss.
pub(super) fn is_made_by_report(path: &Path, layout: Option<&Layout>) -> io::Result<bool> {
    let beginning = match layout {
        Some(layout) => layout.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(","),
        None => html::BEGINNING.to_owned(),
    };
    let mut start = Vec::new();
    File::open(path)?.take(beginning.len() as u64 + 1).read_to_end(&mut start)?;
    let is_whole = |rest: &[u8]| layout.is_none() || matches!(rest, [b',' | b'\n']);
    Ok(start.is_empty() || start.strip_prefix(beginning.as_bytes()).is_some_and(is_whole))
}

/// Where a path leads, links followed; of a file that is not there yet, where it would be.
fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = path.file_name().unwrap_or_default();
        fs::canonicalize(folder).map_or_else(|_| path.to_owned(), |folder| folder.join(name))
    })
}
