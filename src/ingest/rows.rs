//! Rows of named cells, whatever the file format: the one thing the tables are read through.

use std::io::{self, BufReader, Read};
use std::path::Path;

use super::Input;
use super::control::is_direction;
use super::delimited::{BLOCK, Delimited};
use super::digits::Decimal;
use super::header::Known;
use super::jsonl::JsonLines;
use super::limits::Limits;
use super::packed::Packing;
use super::problem::{Place, Problem, Problems, Severity};

/// A file of rows. The cells of one row at a time are in memory.
pub trait Rows {
    /// Reads the next row; `false` at the end of the file. A problem that makes the rest of the
    /// file unreadable ends it too.
    ///
    /// # Errors
    /// Where the file cannot be read.
    fn advance(&mut self, problems: &mut Problems) -> io::Result<bool>;
    /// Names of the columns met so far.
    fn columns(&self) -> &[String];
    /// A cell of the row, trimmed; empty where the row has none.
    fn cell(&self, column: usize) -> &str;
    /// Line that the row starts on.
    fn line(&self) -> u64;
    /// Place of a byte of a cell.
    fn place(&self, column: usize, offset: usize) -> Place;
    /// Place of a column's name.
    fn header_place(&self, column: usize) -> Place;
    /// Decimal sign of the file.
    fn decimal(&self) -> Decimal {
        Decimal::Point
    }

    /// Whether something was found that makes the rest of the file unreadable.
    fn is_stopped(&self) -> bool {
        false
    }

    /// Whether every cell of the row is empty.
    fn is_blank(&self) -> bool {
        (0..self.columns().len()).all(|column| self.cell(column).is_empty())
    }
}

impl Rows for Box<dyn Rows> {
    fn advance(&mut self, problems: &mut Problems) -> io::Result<bool> {
        (**self).advance(problems)
    }

    fn columns(&self) -> &[String] {
        (**self).columns()
    }

    fn cell(&self, column: usize) -> &str {
        (**self).cell(column)
    }

    fn line(&self) -> u64 {
        (**self).line()
    }

    fn place(&self, column: usize, offset: usize) -> Place {
        (**self).place(column, offset)
    }

    fn header_place(&self, column: usize) -> Place {
        (**self).header_place(column)
    }

    fn decimal(&self) -> Decimal {
        (**self).decimal()
    }

    fn is_stopped(&self) -> bool {
        (**self).is_stopped()
    }
}

/// The bytes of a file, whatever it is packed by.
pub(super) type Bytes = Box<dyn Read + Send>;

/// A file of rows that was opened.
pub(super) enum Opened {
    Delimited(Delimited<Bytes>),
    JsonLines(JsonLines<BufReader<Bytes>>),
}

/// Opens a table, by its ending: `.jsonl` and `.ndjson` are JSON Lines, everything else is
/// delimited text. Bytes read are counted and hashed into `input` as they pass.
///
/// # Errors
/// Where the file cannot be opened or read.
pub fn open(
    path: &Path,
    known: &[Known],
    limits: Limits,
    input: &Input,
    problems: &mut Problems,
) -> io::Result<Box<dyn Rows>> {
    Ok(match open_in_blocks(path, known, limits, input, BLOCK, problems)? {
        Opened::Delimited(rows) => Box::new(rows),
        Opened::JsonLines(rows) => Box::new(rows),
    })
}

/// Opens a table whose rows are read in blocks of some size.
pub(super) fn open_in_blocks(
    path: &Path,
    known: &[Known],
    limits: Limits,
    input: &Input,
    size: usize,
    problems: &mut Problems,
) -> io::Result<Opened> {
    let file = path.display().to_string();
    let required: Vec<&str> = known.iter().filter(|column| column.required).map(|column| column.name).collect();
    let bytes: Bytes = Box::new(input.open(path, limits)?);
    if is_json_lines(path) {
        let reader = BufReader::with_capacity(1 << 16, bytes);
        return Ok(Opened::JsonLines(JsonLines::new(reader, file, limits)));
    }
    Delimited::in_blocks(bytes, file, limits, &required.join(","), size, problems).map(Opened::Delimited)
}

/// Whether a path names JSON Lines, packed or not.
#[must_use]
pub fn is_json_lines(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let plain = match Packing::of(path) {
        Some(_) => Path::new(name).file_stem().unwrap_or_default(),
        None => name,
    };
    Path::new(plain).extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson")
}

/// A problem of the whole file.
pub(super) fn file_problem(file: &str, line: u64, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
    let place = Place { file: file.to_owned(), line, column: 0 };
    Problem { place, severity: Severity::Error, what: what.into(), remedy: remedy.into() }
}

/// A sign that a terminal would act upon. One that turns text round stays, since a name may hold it; a number that
/// does is refused by its grammar.
pub(super) fn control_problem(place: Place, sign: char) -> Problem {
    let code = u32::from(sign);
    let what = if is_direction(sign) {
        format!("U+{code:04X}, which changes the direction or the lines of the text around it")
    } else {
        format!("a control character, U+{code:04X}; read as a space")
    };
    Problem { place, severity: Severity::Warning, what, remedy: "take it out".to_owned() }
}

/// What the first bytes of a file say against reading it as text.
#[must_use]
pub fn not_text(start: &[u8]) -> Option<(&'static str, &'static str)> {
    let packed: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "this is a zip archive or an Excel file"),
        (b"\x1f\x8b", "this is a gzip file"),
        (b"\x28\xb5\x2f\xfd", "this is a zstd file"),
        (b"%PDF", "this is a PDF file"),
        (b"SQLite format 3", "this is a SQLite database"),
    ];
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Some(("this is UTF-16", "save it as UTF-8"));
    }
    if let Some((_, what)) = packed.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Some((what, "save the sheet as CSV in UTF-8"));
    }
    start.contains(&0).then_some(("this is a binary file", "a table is text: CSV or JSON Lines in UTF-8"))
}
