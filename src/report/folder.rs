//! Files on disk: written beside their place, synced, and renamed into it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::csv::write_csv;
use super::run::{Run, hash};
use super::{TABLES, html};
use crate::analysis::Analysis;
use crate::model::Case;

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} could not be written", path.display())]
pub struct Failure {
    /// the file
    pub path: PathBuf,
    /// why
    pub source: io::Error,
}

/// Writes a file whole or not at all: to a temporary name in the same folder, synced, then renamed. A link is
/// followed; a device or a pipe is written to as it is, since a file in its place would be the end of it.
///
/// # Errors
/// Where the folder cannot be written to; the temporary file is removed.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes, true)
}

/// Writes a file in one step. Without `is_synced` the system may still hold it back for a while: for one of a thousand
/// pages, whose hash the seal has anyway.
fn write(path: &Path, bytes: &[u8], is_synced: bool) -> Result<(), Failure> {
    let mut staged = Staged::create(path)?;
    staged.write_all(bytes).map_err(|source| Failure { path: path.to_owned(), source })?;
    staged.place(is_synced)
}

/// A file that grows beside its place and is moved there when it is whole. Dropped before that, it is removed.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// where it grows; a device or a pipe is written to as it is
    temporary: Option<PathBuf>,
    file: BufWriter<File>,
}

impl Staged {
    /// Begins a file.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn create(path: &Path) -> Result<Staged, Failure> {
        let failed = |source| Failure { path: path.to_owned(), source };
        let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
            let file = BufWriter::new(File::options().write(true).open(path).map_err(failed)?);
            return Ok(Staged { path: path.to_owned(), temporary: None, file });
        }
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let name = path.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
        let mut temporary = name.to_owned();
        temporary.push(format!(".{}.part", std::process::id()));
        let temporary = folder.join(temporary);
        let file = BufWriter::new(File::create(&temporary).map_err(failed)?);
        Ok(Staged { path: path.to_owned(), temporary: Some(temporary), file })
    }

    /// Syncs the file and moves it to its place.
    ///
    /// # Errors
    /// Where that fails; the temporary file is removed.
    pub fn finish(self) -> Result<(), Failure> {
        self.place(true)
    }

    fn place(mut self, is_synced: bool) -> Result<(), Failure> {
        let failed = |source| Failure { path: self.path.clone(), source };
        self.file.flush().map_err(&failed)?;
        let Some(temporary) = &self.temporary else { return Ok(()) };
        let synced = if is_synced { self.file.get_ref().sync_all() } else { Ok(()) };
        synced.and_then(|()| fs::rename(temporary, &self.path)).map_err(failed)
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Once moved it is not there any more. A leftover that cannot be removed adds nothing to the error before it.
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Writes every table of the report and its pages into a folder, which is made if need be, and `run.json` last.
///
/// # Errors
/// Where a file cannot be written.
pub fn write_report(folder: &Path, case: &Case, analysis: &Analysis, mut run: Run) -> Result<Run, Failure> {
    fs::create_dir_all(folder).map_err(|source| Failure { path: folder.to_owned(), source })?;
    // An old seal must not stand over new tables if the run is interrupted.
    let seal = folder.join("run.json");
    match fs::remove_file(&seal) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(Failure { path: seal, source }),
        _ => {}
    }
    for report in TABLES {
        let name = format!("{}.csv", report.layout.name);
        let mut bytes = Vec::new();
        let path = folder.join(&name);
        write_csv(&(report.make)(case, analysis), &mut bytes)
            .map_err(|source| Failure { path: path.clone(), source })?;
        write_file(&path, &bytes)?;
        run.made(&name, &bytes);
    }
    let pages = html::pages(case, analysis);
    if pages.iter().any(|page| page.name.contains('/')) {
        let pages = folder.join("questions");
        fs::create_dir_all(&pages).map_err(|source| Failure { path: pages.clone(), source })?;
    }
    let is_few = pages.len() == 1;
    let write_page = |page: &html::Page| {
        write(&folder.join(&page.name), page.text.as_bytes(), is_few)?;
        Ok((page.name.clone(), hash(page.text.as_bytes())))
    };
    run.outputs.extend(pages.par_iter().map(write_page).collect::<Result<Vec<_>, Failure>>()?);
    let mut bytes = serde_json::to_vec_pretty(&run).map_err(|e| Failure { path: seal.clone(), source: e.into() })?;
    bytes.push(b'\n');
    write_file(&seal, &bytes)?;
    Ok(run)
}
