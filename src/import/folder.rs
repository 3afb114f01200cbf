//! A draft to a case folder: written beside its place, read back, and moved there whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::draft::Draft;
use crate::ingest::{CaseRead, Error, Limits, Problem, Problems, Severity};
use crate::report::{Failure, write_file};

/// Why there is no case folder.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// a folder with something in it stands there
    #[error("{} is there already and not empty; name a new folder", .0.display())]
    There(PathBuf),
    /// the case would have errors
    #[error(transparent)]
    Bad(#[from] Error),
    /// a file could not be written
    #[error(transparent)]
    Write(#[from] Failure),
}

/// Writes a draft as a case folder and reads it. Where the case has errors they are given with the
/// places of the rows in the file that was imported, and no folder is left.
///
/// # Errors
/// Where the folder holds something, cannot be written, or the case would have errors.
pub fn write(draft: &Draft, folder: &Path) -> Result<CaseRead, Refused> {
    let failed = |source: io::Error| Refused::Write(Failure { path: folder.to_owned(), source });
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(Refused::There(folder.to_owned()));
            }
            fs::remove_dir(folder).map_err(failed)?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(_) => return Err(Refused::There(folder.to_owned())),
    }
    let name = folder.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
    let mut temporary = name.to_owned();
    temporary.push(format!(".{}.part", std::process::id()));
    let temporary = folder.with_file_name(temporary);
    let made = make(draft, &temporary).and_then(|read| {
        fs::rename(&temporary, folder).map_err(failed)?;
        Ok(read)
    });
    if made.is_err() {
        // The first error is the one to report; a leftover that cannot be removed adds nothing to it.
        let _ = fs::remove_dir_all(&temporary);
    }
    made
}

fn make(draft: &Draft, folder: &Path) -> Result<CaseRead, Refused> {
    fs::create_dir_all(folder).map_err(|source| Failure { path: folder.to_owned(), source })?;
    let (files, lines) = draft.files();
    for (name, bytes) in &files {
        write_file(&folder.join(name), bytes)?;
    }
    crate::ingest::read(folder, Limits::default()).map_err(|error| match error {
        Error::Bad(problems) => Error::Bad(at_the_source(draft, &lines, &problems)).into(),
        error => error.into(),
    })
}

/// Problems of the case, at the places of the rows that they came from.
fn at_the_source(draft: &Draft, lines: &[u64], problems: &Problems) -> Problems {
    let mut moved = Problems::default();
    for problem in problems.of(Severity::Error) {
        let Problem { mut place, severity, what, remedy } = problem.clone();
        let row = lines.partition_point(|&line| line <= place.line).checked_sub(1);
        if let Some(row) = row.and_then(|row| draft.claims.get(row)).filter(|_| place.file.contains("claims.")) {
            place = row.place.clone();
        } else if let Some(row) = draft.claims.first() {
            place.file.clone_from(&row.place.file);
            (place.line, place.column) = (0, 0);
        }
        moved.push(Problem { place, severity, what, remedy });
    }
    moved
}
