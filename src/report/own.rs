//! The files of a report folder as a stranger may have left them: only plain files within the folder are opened, and no
//! more of them is read than is allowed.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::run::hexadecimal;
use crate::ingest::{self, own_file, size};

/// Why a file of a report is not read.
#[derive(Debug, thiserror::Error)]
pub enum Stray {
    /// there is nothing at its place
    #[error("it is not there")]
    Missing,
    /// its name or a link leads out of the folder
    #[error("it leads out of the report")]
    Outside,
    /// a folder, a pipe or a device
    #[error("it is no file")]
    NotAFile,
    /// it has more bytes than are read
    #[error("it has more than {}", size(*.0))]
    TooLarge(u64),
    /// the system does not give it
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Opens a file of a report folder, by its name within it.
fn open(folder: &Path, name: &str, most: u64) -> Result<(PathBuf, File), Stray> {
    if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(Stray::Outside);
    }
    let path = own_file(folder, folder.join(name)).map_err(|error| match error {
        ingest::Error::Outside { .. } => Stray::Outside,
        ingest::Error::NotAFile(_) => Stray::NotAFile,
        ingest::Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => Stray::Missing,
        ingest::Error::Io { source, .. } => Stray::Io(source),
        other => Stray::Io(io::Error::other(other.to_string())),
    })?;
    let file = File::open(&path)?;
    if file.metadata()?.len() > most { Err(Stray::TooLarge(most)) } else { Ok((path, file)) }
}

/// The path of a file of a report folder, if it may be read.
///
/// # Errors
/// Where it may not.
pub fn find_own(folder: &Path, name: &str, most: u64) -> Result<PathBuf, Stray> {
    open(folder, name, most).map(|opened| opened.0)
}

/// A file of a report folder.
///
/// # Errors
/// Where it is not read.
pub fn read_own(folder: &Path, name: &str, most: u64) -> Result<Vec<u8>, Stray> {
    let (_, file) = open(folder, name, most)?;
    let mut bytes = Vec::new();
    // A file may grow while it is read.
    if file.take(most.saturating_add(1)).read_to_end(&mut bytes)? as u64 > most {
        return Err(Stray::TooLarge(most));
    }
    Ok(bytes)
}

/// The SHA-256 of a file of a report folder. Memory: that of a buffer.
///
/// # Errors
/// Where it is not read.
pub fn hash_own(folder: &Path, name: &str, most: u64) -> Result<String, Stray> {
    let (_, file) = open(folder, name, most)?;
    let mut file = file.take(most.saturating_add(1));
    let (mut hasher, mut buffer, mut length) = (Sha256::new(), vec![0; 1 << 16], 0);
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        length += read as u64;
        hasher.update(&buffer[..read]);
    }
    if length > most { Err(Stray::TooLarge(most)) } else { Ok(hexadecimal(&hasher.finalize())) }
}
