//! A report folder: every file staged beside its place, then all renamed, then the seal.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::csv::write_csv;
use super::file::{Failure, Whole, is_leftover, sync_folder};
use super::run::{Run, SEAL};
use super::spare::{is_made_by_report, spare_folder};
use super::{TABLES, html};
use crate::analysis::Analysis;
use crate::model::Case;

/// Folder of the pages of single questions.
pub const PAGES: &str = "questions";

/// A file of a report, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// name within the folder, with `/`
    pub name: String,
    /// content
    pub bytes: Vec<u8>,
}

/// The files of a report but for its seal, in the order in which they are written. The same case gives the same bytes.
///
/// # Errors
/// Where a table cannot be put into bytes, which needs a writer that fails.
pub fn report_files(case: &Case, analysis: &Analysis) -> io::Result<Vec<ReportFile>> {
    let mut files = Vec::new();
    for report in TABLES {
        let mut bytes = Vec::new();
        write_csv(&(report.make)(case, analysis), &mut bytes)?;
        files.push(ReportFile { name: format!("{}.csv", report.layout.name), bytes });
    }
    let pages = html::pages(case, analysis).into_iter();
    files.extend(pages.map(|page| ReportFile { name: page.name, bytes: page.text.into_bytes() }));
    Ok(files)
}

/// Writes every table of the report and its pages into a folder, which is made if need be, and `run.json` last.
///
/// Nothing of an old report is touched before all of the new one lies beside it. Then its seal goes, the files are
/// renamed, and the new seal comes: so a report that was interrupted is the old one, or has no seal.
///
/// # Errors
/// Where a file cannot be written, where the folder is that of the case, or holds files by these names that no report
/// has written.
pub fn write_report(folder: &Path, case: &Case, analysis: &Analysis, mut run: Run) -> Result<Run, Failure> {
    spare_folder(folder, run.inputs.keys().map(String::as_str))?;
    let files = report_files(case, analysis).map_err(Failure::at(folder))?;
    fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    let pages = folder.join(PAGES);
    let has_pages = files.iter().any(|file| file.name.contains('/'));
    if has_pages {
        make_own_folder(&pages).map_err(Failure::at(&pages))?;
    }
    for of in [folder, &pages] {
        clear_leftovers(of).map_err(Failure::at(of))?;
    }
    // Thousands of pages are not synced one by one.
    let is_few = !has_pages;
    let staged: Vec<Whole> = files
        .par_iter()
        .map(|file| Whole::write(&folder.join(&file.name), &file.bytes, is_few || !file.name.contains('/')))
        .collect::<Result<_, _>>()?;
    for file in &files {
        run.made(&file.name, &file.bytes);
    }
    let seal = folder.join(SEAL);
    let bytes = run.to_bytes().map_err(Failure::at(&seal))?;
    // An old seal must not stand over new tables if the run is interrupted.
    match fs::remove_file(&seal) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(Failure::at(&seal)(source)),
        _ => {}
    }
    sync_folder(folder).map_err(Failure::at(folder))?;
    staged.into_iter().try_for_each(Whole::place)?;
    clear_pages(&pages, |name| run.outputs.contains_key(&format!("{PAGES}/{name}"))).map_err(Failure::at(&pages))?;
    if has_pages {
        sync_folder(&pages).map_err(Failure::at(&pages))?;
    }
    Whole::write(&seal, &bytes, true)?.place()?;
    sync_folder(folder).map_err(Failure::at(folder))?;
    Ok(run)
}

/// Makes a folder; a link in its place is refused, since it leads elsewhere.
fn make_own_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    if fs::symlink_metadata(path)?.is_dir() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::NotADirectory, "it is a link, and a report stays in its own folder"))
}

/// Removes the pages of an earlier report that this one does not have; nothing that no report has written.
fn clear_pages(pages: &Path, is_new: impl Fn(&str) -> bool) -> io::Result<()> {
    if !fs::symlink_metadata(pages).is_ok_and(|there| there.is_dir()) {
        return Ok(());
    }
    for entry in fs::read_dir(pages)? {
        let entry = entry?;
        let is_old = entry
            .file_name()
            .to_str()
            .is_some_and(|name| Path::new(name).extension().is_some_and(|ending| ending == "html") && !is_new(name));
        if is_old && entry.file_type()?.is_file() && is_made_by_report(&entry.path(), None)? {
            fs::remove_file(entry.path())?;
        }
    }
    // What still holds a page, or anything else, stays.
    let _ = fs::remove_dir(pages);
    Ok(())
}

/// Removes what an interrupted run has left in a folder.
fn clear_leftovers(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(is_leftover) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
