//! The bytes of a file as they are read: unpacked, counted and hashed, and whether they are still those of the file.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::limits::Limits;
use super::packed::Packing;
use crate::progress::{self, Stage};

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRecord {
    /// the file as the user named it, with `/`
    pub name: String,
    /// size in bytes, as it lies on the disk
    pub bytes: u64,
    /// SHA-256 of the bytes, as they lie on the disk, in hexadecimal
    pub sha256: String,
}

/// Counts and hashes the bytes of a file as they are read.
#[derive(Debug, Clone, Default)]
pub struct Input(Arc<Mutex<Passed>>);

#[derive(Debug, Default)]
struct Passed {
    bytes: u64,
    hasher: Sha256,
    unpacked: u64,
    /// the file, and what it said of itself when it was opened
    file: Option<(File, Stamp)>,
}

/// What tells that a plain file is still the same: its length and the time of its last change.
type Stamp = Option<(u64, Option<SystemTime>)>;

fn stamp(file: &File) -> io::Result<Stamp> {
    let there = file.metadata()?;
    Ok(there.is_file().then(|| (there.len(), there.modified().ok())))
}

impl Input {
    /// Opens a file and unpacks it where its name says that it is packed. At most one byte more than the limit of a file
    /// is given.
    ///
    /// # Errors
    /// Where the file cannot be opened. What is read from a packed file that is damaged is an error too.
    pub(super) fn open(&self, path: &Path, limits: Limits) -> io::Result<impl Read + Send + use<>> {
        let file = File::open(path)?;
        let stamp = stamp(&file)?;
        progress::begin(Stage::Reading, stamp.map_or(0, |(length, _)| length));
        self.passed().file = Some((file.try_clone()?, stamp));
        let bytes = Watched { reader: file, input: self.clone() };
        let unpacked: Box<dyn Read + Send> = match Packing::of(path) {
            None => Box::new(bytes),
            Some(packing) => packing.unpack(bytes),
        };
        Ok(Unpacked {
            reader: unpacked.take(limits.file.saturating_add(1)),
            ratio: limits.ratio,
            input: self.clone(),
            is_packed: Packing::of(path),
        })
    }

    fn passed(&self) -> MutexGuard<'_, Passed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many bytes have been read of the table, unpacked.
    #[must_use]
    pub fn unpacked(&self) -> u64 {
        self.passed().unpacked
    }

    /// Whether the length of the file or the time of its last change is another than when it was opened.
    ///
    /// # Errors
    /// Where the file does not say.
    pub fn has_changed(&self) -> io::Result<bool> {
        match &self.passed().file {
            Some((file, before)) => Ok(stamp(file)? != *before),
            None => Ok(false),
        }
    }

    /// Reads what the table has left of a packed file, for its hash, and gives its record.
    pub(super) fn record(&self, name: &str) -> io::Result<InputRecord> {
        let rest = self.passed().file.take();
        if let Some((file, Some(_))) = rest {
            io::copy(&mut Watched { reader: file, input: self.clone() }, &mut io::sink())?;
        }
        let passed = self.passed();
        let hash = passed.hasher.clone().finalize();
        let sha256 = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(InputRecord { name: name.to_owned(), bytes: passed.bytes, sha256 })
    }
}

/// Bytes as they lie on the disk.
struct Watched<R> {
    reader: R,
    input: Input,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        progress::advance(length as u64);
        let mut passed = self.input.passed();
        passed.bytes += length as u64;
        passed.hasher.update(&buffer[..length]);
        Ok(length)
    }
}

/// What is unpacked whatever its ratio: a small table may be all the same row.
const FREE: u64 = 16 << 20;

/// Bytes of the table.
struct Unpacked<R> {
    reader: R,
    /// how many times the bytes on the disk these may be
    ratio: u64,
    input: Input,
    is_packed: Option<Packing>,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let outcome = self.reader.read(buffer);
        let mut passed = self.input.passed();
        match (outcome, self.is_packed) {
            (Ok(length), _) => {
                passed.unpacked += length as u64;
                let most = passed.bytes.saturating_mul(self.ratio).max(FREE);
                match self.is_packed {
                    Some(packing) if passed.unpacked > most => {
                        Err(io::Error::other(Damage { packing, what: Fault::Swells(self.ratio) }))
                    }
                    _ => Ok(length),
                }
            }
            (Err(error), Some(packing))
                if error.raw_os_error().is_none() && error.kind() != io::ErrorKind::Interrupted =>
            {
                Err(io::Error::other(Damage { packing, what: Fault::Broken(passed.unpacked) }))
            }
            (Err(error), _) => Err(error),
        }
    }
}

/// A packed file that cannot be unpacked.
#[derive(Debug)]
struct Damage {
    packing: Packing,
    what: Fault,
}

#[derive(Debug)]
enum Fault {
    /// it breaks off or is not what it says, after some bytes of the table
    Broken(u64),
    /// it comes to more than so many times its bytes
    Swells(u64),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.packing.name();
        match self.what {
            Fault::Broken(after) => {
                write!(f, "the {name} data is damaged or ends too early, after byte {after} of the unpacked table")
            }
            Fault::Swells(ratio) => write!(f, "the {name} data unpacks to more than {ratio} times its bytes"),
        }
    }
}

impl std::error::Error for Damage {}

/// What is wrong with a packed file, if that is why it could not be read, and what would be right.
pub(super) fn damage(error: &io::Error) -> Option<(String, &'static str)> {
    let damage = error.get_ref()?.downcast_ref::<Damage>()?;
    let remedy = match damage.what {
        Fault::Broken(_) => "pack it again, or unpack it beforehand",
        Fault::Swells(_) => "raise `--limit ratio` if you trust it, or unpack it beforehand",
    };
    Some((damage.to_string(), remedy))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_grows_while_it_is_read_has_changed() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"question,publisher,estimate\n").unwrap();
        let input = Input::default();
        let mut reader = input.open(file.path(), Limits::default()).unwrap();
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert!(!input.has_changed().unwrap());
        file.write_all(b"q,A,5\n").unwrap();
        assert!(input.has_changed().unwrap());
        assert_eq!(input.unpacked(), text.len() as u64);
    }

    #[test]
    fn a_file_written_over_in_place_has_changed() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"one").unwrap();
        let input = Input::default();
        let _reader = input.open(file.path(), Limits::default()).unwrap();
        let later = SystemTime::now() + std::time::Duration::from_secs(7);
        std::fs::write(file.path(), "two").unwrap();
        file.as_file().set_modified(later).unwrap();
        assert!(input.has_changed().unwrap());
    }

    #[test]
    fn only_packed_data_that_cannot_be_unpacked_is_called_damaged() {
        assert_eq!(damage(&io::Error::other("no such device")), None);
        let broken = Damage { packing: Packing::Gzip, what: Fault::Broken(7) };
        let (told, _) = damage(&io::Error::other(broken)).unwrap();
        assert!(told.contains("after byte 7"), "{told}");
    }
}
