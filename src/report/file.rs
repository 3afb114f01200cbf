//! Files on disk: written beside their place, synced, and renamed into it.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} could not be written", path.display())]
pub struct Failure {
    /// the file
    pub path: PathBuf,
    /// why
    pub source: io::Error,
}

impl Failure {
    /// What an error of the system means for a path.
    pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Failure + use<'_> {
        |source| Failure { path: path.to_owned(), source }
    }
}

/// Writes a file whole or not at all: to a temporary name in the same folder, synced, then renamed. What stands there
/// keeps its rights. A link is followed; a device or a pipe is written to as it is, since a file in its place would be
/// the end of it.
///
/// # Errors
/// Where the folder cannot be written to, or a folder stands there; the temporary file is removed.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut staged = Staged::create(path)?;
    staged.write_all(bytes).map_err(Failure::at(path))?;
    staged.finish()
}

/// A file that grows beside its place and is moved there when it is whole. Dropped before that, it is removed.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// where it grows; none for a device or a pipe, which is written to as it is
    growing: Option<Whole>,
    file: BufWriter<File>,
}

impl Staged {
    /// Begins a file. A link is followed.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn create(path: &Path) -> Result<Staged, Failure> {
        let path = path.to_owned();
        let resolved = fs::canonicalize(&path).unwrap_or_else(|_| behind(&path));
        if fs::metadata(&path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            let file = File::options().write(true).open(&path).map_err(Failure::at(&path))?;
            return Ok(Staged { path, growing: None, file: BufWriter::new(file) });
        }
        let named = |failure: Failure| Failure { path: path.clone(), ..failure };
        let (growing, file) = Whole::begin(&resolved).map_err(named)?;
        Ok(Staged { path, growing: Some(growing), file: BufWriter::new(file) })
    }

    /// Syncs the file and moves it to its place.
    ///
    /// # Errors
    /// Where that fails; the temporary file is removed.
    pub fn finish(mut self) -> Result<(), Failure> {
        let failed = Failure::at(&self.path);
        self.file.flush().map_err(&failed)?;
        let Some(growing) = self.growing.take() else { return Ok(()) };
        self.file.get_ref().sync_all().map_err(&failed)?;
        let folder = folder_of(&growing.place).to_owned();
        growing.place().map_err(|failure| failed(failure.source))?;
        sync_folder(&folder).map_err(failed)
    }
}

/// Where a link leads whose file is not there yet; the path itself where it is no link.
fn behind(path: &Path) -> PathBuf {
    fs::read_link(path).map_or_else(|_| path.to_owned(), |target| folder_of(path).join(target))
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The folder that a path lies in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes renames last: a folder is a file of names. Where a system cannot open a folder, it is left to the system.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(opened) => opened.sync_all(),
        Err(_) => Ok(()),
    }
}

/// A file that was written beside its place. It is removed unless it is placed. A link in its place is replaced, not
/// followed: that is for whoever names a file, not for what lies in a folder.
#[derive(Debug)]
pub(super) struct Whole {
    temporary: PathBuf,
    place: PathBuf,
    is_placed: bool,
}

impl Whole {
    /// Opens a file with a temporary name and the rights of what stands in its place.
    fn begin(place: &Path) -> Result<(Whole, File), Failure> {
        let failed = Failure::at(place);
        if place.is_dir() {
            return Err(failed(ErrorKind::IsADirectory.into()));
        }
        let name = place.file_name().ok_or_else(|| failed(ErrorKind::InvalidInput.into()))?;
        let mut temporary = name.to_owned();
        temporary.push(format!(".{}{ENDING}", std::process::id()));
        let temporary = folder_of(place).join(temporary);
        let file = create(&temporary).map_err(&failed)?;
        growing(|files| files.push(temporary.clone()));
        let whole = Whole { temporary, place: place.to_owned(), is_placed: false };
        let rights = fs::symlink_metadata(place).ok().filter(fs::Metadata::is_file).map(|there| there.permissions());
        rights.map_or(Ok(()), |rights| file.set_permissions(rights)).map_err(failed)?;
        Ok((whole, file))
    }

    /// Writes to a temporary name. Without `is_synced` the system may hold it back for a while: for one of a thousand
    /// pages, whose hash the seal has anyway.
    pub fn write(place: &Path, bytes: &[u8], is_synced: bool) -> Result<Whole, Failure> {
        let (whole, mut file) = Whole::begin(place)?;
        let written = file.write_all(bytes);
        written.and_then(|()| if is_synced { file.sync_all() } else { Ok(()) }).map_err(Failure::at(place))?;
        Ok(whole)
    }

    /// Moves the file to its place, over what stands there.
    pub fn place(mut self) -> Result<(), Failure> {
        fs::rename(&self.temporary, &self.place).map_err(Failure::at(&self.place))?;
        self.is_placed = true;
        Ok(())
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        growing(|files| files.retain(|file| *file != self.temporary));
        if !self.is_placed {
            // The first error is the one to report; a leftover that cannot be removed adds nothing to it.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// The temporary files of this process.
static GROWING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn growing(change: impl FnOnce(&mut Vec<PathBuf>)) {
    change(&mut GROWING.lock().unwrap_or_else(PoisonError::into_inner));
}

/// Removes every file that is not yet whole: for a program that is about to be ended. What is to be placed after that
/// is an error.
pub fn abandon_files() {
    growing(|files| {
        for file in files.drain(..) {
            // What cannot be removed is known by its name for a leftover.
            let _ = fs::remove_file(file);
        }
    });
}

/// How the name of a temporary file ends.
const ENDING: &str = ".part";

/// Opens a new file: never one that somebody else has put there, nor what a link leads to.
fn create(path: &Path) -> io::Result<File> {
    let new = || File::options().write(true).create_new(true).open(path);
    match new() {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            new()
        }
        outcome => outcome,
    }
}

/// Whether a name is one that an interrupted run leaves behind: `consensus.csv.1234.part`.
pub(crate) fn is_leftover(name: &str) -> bool {
    let number = name.strip_suffix(ENDING).and_then(|name| name.rsplit_once('.'));
    number.is_some_and(|(name, id)| !name.is_empty() && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write_file(&path, b"one").unwrap();
        write_file(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_staged_file_that_is_not_placed_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write_file(&path, b"one").unwrap();
        drop(Whole::write(&path, b"two", true).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn leftovers_are_known_by_their_names() {
        assert!(is_leftover("consensus.csv.1234.part"));
        assert!(!is_leftover("consensus.csv") && !is_leftover("notes.part") && !is_leftover("a.b.part"));
    }
}
