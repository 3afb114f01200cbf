//! One table of a case: rows read by the names of the format's columns, problems with their places.

use std::io;
use std::path::Path;

use super::control::is_direction;
use super::date::read_date;
use super::digits::Decimal;
use super::header::{Header, Known};
use super::number::read_number;
use super::problem::{Place, Problem, Problems, Severity};
use super::rows::{self, Rows};
use super::suggest::nearest;
use super::unreadable::Unreadable;
use super::{Input, Limits};
use crate::model::Date;

/// A table being read. Columns are named by their position in the format's list.
pub struct Table<R = Box<dyn Rows>> {
    rows: R,
    header: Header,
    /// number of the present row, from 1
    row: u32,
}

impl Table {
    /// Opens a table and checks its header.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn open(
        path: &Path,
        known: &'static [Known],
        limits: Limits,
        input: &Input,
        problems: &mut Problems,
    ) -> io::Result<Table> {
        let rows = rows::open(path, known, limits, input, problems)?;
        let header = Header::of(known, &rows, problems);
        Ok(Table::new(rows, header))
    }
}

impl<R: Rows> Table<R> {
    /// Rows under a header that was checked.
    pub fn new(rows: R, header: Header) -> Table<R> {
        Table { rows, header, row: 0 }
    }

    /// The rows beneath.
    pub(super) fn rows(&self) -> &R {
        &self.rows
    }

    /// Reads the next row that is not empty; `false` at the end.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn advance(&mut self, problems: &mut Problems) -> io::Result<bool> {
        loop {
            if !self.rows.advance(problems)? {
                return Ok(false);
            }
            self.header.update(&self.rows, problems);
            if !self.rows.is_blank() {
                self.row += 1;
                return Ok(true);
            }
            let (what, remedy) = ("an empty row, left out".to_owned(), String::new());
            let mut place = self.rows.place(0, 0);
            place.column = 0;
            problems.push(Problem { place, severity: Severity::Assumed, what, remedy });
        }
    }

    /// Number of the present row, from 1.
    #[must_use]
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Line that the present row starts on.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.rows.line()
    }

    /// Decimal sign of the file.
    #[must_use]
    pub fn decimal(&self) -> Decimal {
        self.rows.decimal()
    }

    /// Whether the file has a column.
    #[must_use]
    pub fn has(&self, known: usize) -> bool {
        self.header.position(known).is_some()
    }

    /// The text of a cell, trimmed; empty where the file does not have the column.
    #[must_use]
    pub fn text(&self, known: usize) -> &str {
        self.header.position(known).map_or("", |column| self.rows.cell(column))
    }

    /// The columns that the format does not know: name and text of the present row.
    pub fn extra(&self) -> impl Iterator<Item = (&str, &str)> {
        self.header.extra().iter().map(|&column| (self.rows.columns()[column].as_str(), self.rows.cell(column)))
    }

    /// Place of a byte of a cell that [`Table::extra`] gives at a position.
    #[must_use]
    pub fn extra_place(&self, at: usize, offset: usize) -> Place {
        self.rows.place(self.header.extra().get(at).copied().unwrap_or(0), offset)
    }

    /// Place of a byte of a cell.
    #[must_use]
    pub fn place(&self, known: usize, offset: usize) -> Place {
        self.rows.place(self.header.position(known).unwrap_or(0), offset)
    }

    /// Adds a problem of a cell.
    pub fn report(
        &self,
        problems: &mut Problems,
        severity: Severity,
        (known, offset): (usize, usize),
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let (what, remedy) = (what.into(), remedy.into());
        problems.push(Problem { place: self.place(known, offset), severity, what, remedy });
    }

    /// Reports the required columns that no row has had.
    pub fn check_header(&self, problems: &mut Problems) {
        self.header.check(&self.rows, problems);
    }

    /// Adds an error of a cell that could not be read.
    pub fn unreadable(&self, problems: &mut Problems, known: usize, error: Unreadable) {
        self.report(problems, Severity::Error, (known, error.at), error.what, error.remedy);
    }

    /// Reads a cell as a number.
    pub fn number(&self, problems: &mut Problems, known: usize) -> Option<f64> {
        let text = self.text(known);
        if text.is_empty() {
            return None;
        }
        read_number(text, self.decimal()).map_err(|error| self.unreadable(problems, known, error)).ok()
    }

    /// Reads a cell as a date.
    pub fn date(&self, problems: &mut Problems, known: usize) -> Option<Date> {
        let text = self.text(known);
        if text.is_empty() {
            return None;
        }
        read_date(text).map_err(|error| self.unreadable(problems, known, error)).ok()
    }

    /// Reads a cell as one of some words.
    pub fn word<T: Copy>(
        &self,
        problems: &mut Problems,
        known: usize,
        choices: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(known);
        if text.is_empty() {
            return None;
        }
        let found = choices.iter().copied().find(|&choice| text.eq_ignore_ascii_case(name(choice)));
        if found.is_none() {
            let names: Vec<_> = choices.iter().map(|&choice| name(choice)).collect();
            let remedy = match nearest(&text.to_lowercase(), names.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("write one of {}", names.join(", ")),
            };
            self.report(problems, Severity::Error, (known, 0), format!("`{}` is not known here", shown(text)), remedy);
        }
        found
    }
}

/// A text as it can be shown in a message: at most forty characters, control characters and signs of direction as
/// `?`.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut short: String =
        text.chars().take(40).map(|c| if c.is_control() || is_direction(c) { '?' } else { c }).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}
