//! The records of one block of a delimited file. Cells are slices of the block; only those that hold doubled quotes or
//! control characters are copied.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr_iter};

use super::blocks::Block;
use super::control::{blank_signs, may_be_sign};
use super::digits::Decimal;
use super::limits::{Limits, size, sizes};
use super::problem::{Place, Problem, Problems, Severity};
use super::rows::{Rows, control_problem, file_problem};

/// The byte order mark.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";

/// What all blocks of a file share.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// file as the user named it
    pub file: String,
    pub limits: Limits,
    /// the sign between cells
    pub delimiter: u8,
    /// names of the columns; empty before the header is read
    pub columns: Vec<String>,
    /// the header as it is written, and its line
    pub header: String,
    pub line: u64,
}

/// A cell: where its text stands, in the block or among the copies.
#[derive(Debug, Clone, Default)]
struct Cell {
    range: Range<usize>,
    is_copy: bool,
}

/// The records of a block, read one after the other.
pub(super) struct Records {
    head: Arc<Head>,
    text: String,
    /// bytes that are not UTF-8, which stand as `?` in the text
    bad: Vec<usize>,
    /// whether the block holds what may be the beginning of a control character
    has_signs: bool,
    /// the present record, and where the next one begins
    record: Range<usize>,
    next: usize,
    /// line on which the present record starts, and the line at `next`
    line: u64,
    next_line: u64,
    cells: Vec<Cell>,
    copies: String,
    is_stopped: bool,
}

impl Records {
    /// The records of a block.
    pub fn new(head: Arc<Head>, block: Block) -> Records {
        let (text, bad) = match String::from_utf8(block.bytes) {
            Ok(text) => (text, Vec::new()),
            Err(error) => mended(error.as_bytes()),
        };
        let has_signs = text.as_bytes().chunks(1 << 12).any(may_have_signs);
        Records {
            head,
            text,
            bad,
            has_signs,
            record: 0..0,
            next: 0,
            line: block.line,
            next_line: block.line,
            cells: Vec::new(),
            copies: String::new(),
            is_stopped: false,
        }
    }

    /// No records.
    pub fn none(head: Arc<Head>) -> Records {
        Records::new(head, Block::default())
    }

    /// Names the columns, when the record that names them is read.
    pub fn set_head(&mut self, head: Arc<Head>) {
        self.head = head;
    }

    /// Goes back to the beginning, so that records which were only looked at are read.
    pub fn rewind(&mut self, (next, line): (usize, u64)) {
        (self.next, self.next_line) = (next, line);
        (self.record, self.line, self.is_stopped) = (next..next, line, false);
        self.cells.clear();
        self.copies.clear();
    }

    /// Where the next record begins, and its line.
    pub fn mark(&self) -> (usize, u64) {
        (self.next, self.next_line)
    }

    /// Takes the present record off, with those behind it.
    pub fn split(&mut self) -> Records {
        let at = self.record.start;
        let text = self.text.split_off(at);
        let bad = self.bad.split_off(self.bad.partition_point(|&bad| bad < at));
        Records {
            bad: bad.into_iter().map(|bad| bad - at).collect(),
            ..Records::new(self.head.clone(), Block { bytes: text.into_bytes(), line: self.line })
        }
    }

    /// Whether nothing is left of the block.
    pub fn is_over(&self) -> bool {
        self.next >= self.text.len()
    }

    /// How many cells the record has.
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// The record as it is written, without its line end.
    pub fn raw(&self) -> &str {
        &self.text[self.record.clone()]
    }

    /// Reads the next record that is not blank; `false` at the end.
    pub fn next_record(&mut self, problems: &mut Problems) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = self.next;
        // Line ends before the record belong to the one before.
        while let Some(b'\r' | b'\n') = bytes.get(at) {
            self.next_line += u64::from(bytes[at] == b'\n');
            at += 1;
        }
        self.line = self.next_line;
        self.cells.clear();
        self.copies.clear();
        self.record = at..at;
        self.next = at;
        // Files that were joined have a byte order mark before a record.
        if bytes[at..].starts_with(MARK) {
            at += MARK.len();
        }
        if at == bytes.len() {
            self.next = at;
            return false;
        }
        let (start, delimiter) = (at, self.head.delimiter);
        let (mut has_quotes, mut unclosed, mut behind) = (false, None, None);
        loop {
            let from = at;
            if bytes.get(at) == Some(&b'"') {
                has_quotes = true;
                let cell = quoted(&self.text, &mut at, delimiter, &mut self.copies);
                unclosed = cell.is_none().then_some(from);
                let (cell, has_text_behind) = cell.unwrap_or_default();
                behind = behind.or(has_text_behind.then_some(from));
                self.cells.push(cell);
            } else {
                at += bytes[at..]
                    .iter()
                    .position(|&b| b == delimiter || b == b'\n' || b == b'\r')
                    .unwrap_or(bytes.len() - at);
                self.cells.push(Cell { range: from..at, is_copy: false });
            }
            if bytes.get(at) != Some(&delimiter) {
                break;
            }
            at += 1;
        }
        self.record = start..at;
        self.next = at;
        if has_quotes {
            self.next_line += memchr_iter(b'\n', &bytes[start..at]).count() as u64;
        }
        if at - start > self.head.limits.record {
            let what = format!("a line of more than {}", size(self.head.limits.record as u64));
            let remedy = "a quote may be missing, or this is not a table; else raise `--limit record`";
            problems.push(file_problem(&self.head.file, self.line, what, remedy));
            self.stop();
            return false;
        }
        // Text behind a closing quote is part of the cell, but where quotes do not pair up one of them is a slip.
        let is_odd = || memchr_iter(b'"', self.raw().as_bytes()).count() % 2 == 1;
        if let Some(quote) = unclosed.or_else(|| behind.filter(|_| is_odd())) {
            let place = place_of_byte(self.raw(), quote - start, &self.head.file, self.line);
            let what = "a quote that is opened here is never closed".to_owned();
            let remedy = "close it, or double the quotes inside the cell".to_owned();
            problems.push(Problem { place, severity: Severity::Error, what, remedy });
            self.stop();
            return false;
        }
        self.check_record(has_quotes, problems);
        true
    }

    fn stop(&mut self) {
        self.is_stopped = true;
        self.next = self.text.len();
        self.cells.clear();
    }

    fn check_record(&mut self, has_quotes: bool, problems: &mut Problems) {
        let error = |place: Place, what: String, remedy: &str| Problem {
            place,
            severity: Severity::Error,
            what,
            remedy: remedy.to_owned(),
        };
        if self.bad.last().is_some_and(|&last| last >= self.record.start) {
            let first = self.bad.partition_point(|&at| at < self.record.start);
            let here: Vec<usize> = self.bad[first..].iter().copied().take_while(|&at| at < self.record.end).collect();
            for at in here {
                let place = place_of_byte(self.raw(), at - self.record.start, &self.head.file, self.line);
                problems.push(error(place, "this is not UTF-8 text".to_owned(), "save the file as UTF-8"));
                for cell in self.cells.iter_mut().filter(|cell| !cell.is_copy && cell.range.contains(&at)) {
                    let (start, length) = (self.copies.len(), cell.range.len());
                    self.copies.extend(std::iter::repeat_n('?', length));
                    *cell = Cell { range: start..start + length, is_copy: true };
                }
            }
        }
        if self.record.len() > self.head.limits.field {
            for at in 0..self.cells.len() {
                let (held, most) = (self.cells[at].range.len(), self.head.limits.field);
                if held > most {
                    let [held, most] = sizes(held as u64, most as u64);
                    let what = format!("a cell of {held}, where {most} are allowed");
                    problems.push(error(self.place(at, 0), what, "shorten it, or raise `--limit field`"));
                    self.cells[at] = Cell::default();
                }
            }
        }
        let signs = if self.has_signs || has_quotes { self.blank_cells() } else { Vec::new() };
        let (named, cells) = (self.head.columns.len(), self.cells.len());
        if named > 0 && cells != named {
            let filled = (0..cells).rev().find(|&at| !self.cell(at).is_empty()).map_or(0, |at| at + 1);
            if filled > named || (cells < named && filled > 0) {
                let what = format!("{cells} cells, where the header names {named} columns");
                let place = self.place(named.min(cells - 1), 0);
                problems.push(error(place, what, "a delimiter or a quote is missing or too many"));
            }
        }
        for (at, byte, sign) in signs {
            problems.push(control_problem(self.place(at, byte), sign));
        }
    }

    /// Puts spaces in the place of control characters; gives the first of each cell, with its byte.
    fn blank_cells(&mut self) -> Vec<(usize, usize, char)> {
        let mut signs = Vec::new();
        for at in 0..self.cells.len() {
            let text = self.written(at);
            if !text.bytes().any(may_be_sign) {
                continue;
            }
            let mut bytes = text.as_bytes().to_vec();
            if let Some((byte, sign)) = blank_signs(&mut bytes) {
                signs.push((at, byte, sign));
                let start = self.copies.len();
                self.copies.push_str(&String::from_utf8(bytes).unwrap_or_default());
                self.cells[at] = Cell { range: start..self.copies.len(), is_copy: true };
            }
        }
        signs
    }

    /// The text of a cell, white space around it included.
    fn written(&self, at: usize) -> &str {
        let Some(cell) = self.cells.get(at) else { return "" };
        let text = if cell.is_copy { &self.copies } else { &self.text };
        text.get(cell.range.clone()).unwrap_or_default()
    }
}

/// Whether control characters may stand in some bytes. A carriage return is one within quotes only, and looked for there.
fn may_have_signs(bytes: &[u8]) -> bool {
    // Counted, since counting goes over many bytes at a time.
    bytes.iter().filter(|&&byte| may_be_sign(byte) && byte != b'\r').count() > 0
}

/// Reads the cell in quotes that begins at a byte, and moves past it. `None` where it is not closed. Text behind the
/// closing quote belongs to the cell; whether there is some is the second value.
fn quoted(text: &str, at: &mut usize, delimiter: u8, copies: &mut String) -> Option<(Cell, bool)> {
    let bytes = text.as_bytes();
    let start = *at + 1;
    let (mut from, mut copied) = (start, None);
    loop {
        let Some(length) = memchr(b'"', &bytes[from.min(bytes.len())..]) else {
            *at = bytes.len();
            return None;
        };
        let quote = from + length;
        let is_end = |byte: Option<&u8>| byte.is_none_or(|&b| b == delimiter || b == b'\n' || b == b'\r');
        if is_end(bytes.get(quote + 1)) {
            *at = quote + 1;
            let Some(copy) = copied else { return Some((Cell { range: start..quote, is_copy: false }, false)) };
            copies.push_str(&text[from..quote]);
            return Some((Cell { range: copy..copies.len(), is_copy: true }, false));
        }
        let copy = *copied.get_or_insert(copies.len());
        copies.push_str(&text[from..quote]);
        if bytes.get(quote + 1) == Some(&b'"') {
            copies.push('"');
            from = quote + 2;
        } else {
            let rest = &bytes[quote + 1..];
            let end = quote + 1 + rest.iter().position(|b| is_end(Some(b))).unwrap_or(rest.len());
            copies.push_str(&text[quote + 1..end]);
            *at = end;
            return Some((Cell { range: copy..copies.len(), is_copy: true }, true));
        }
    }
}

/// A text with `?` for every byte that is not UTF-8, and where those begin that follow text.
fn mended(bytes: &[u8]) -> (String, Vec<usize>) {
    let (mut text, mut bad) = (String::with_capacity(bytes.len()), Vec::new());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            bad.push(text.len());
            chunk.invalid().iter().for_each(|_| text.push('?'));
        }
    }
    (text, bad)
}

impl Rows for Records {
    fn advance(&mut self, problems: &mut Problems) -> io::Result<bool> {
        Ok(!self.head.columns.is_empty() && self.next_record(problems))
    }

    fn columns(&self) -> &[String] {
        &self.head.columns
    }

    fn cell(&self, column: usize) -> &str {
        let text = self.written(column);
        match text.as_bytes() {
            // Most cells have nothing around them, which is cheap to see.
            [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => text,
            _ => armed(text.trim()),
        }
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn place(&self, column: usize, offset: usize) -> Place {
        place_in(self.raw().as_bytes(), self.head.delimiter, column, offset, &self.head.file, self.line)
    }

    fn header_place(&self, column: usize) -> Place {
        place_in(self.head.header.as_bytes(), self.head.delimiter, column, 0, &self.head.file, self.head.line)
    }

    fn decimal(&self) -> Decimal {
        if self.head.delimiter == b';' { Decimal::Comma } else { Decimal::Point }
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped
    }
}

/// What a spreadsheet reads a formula from.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn armed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// The place of a byte of a record.
fn place_of_byte(raw: &str, byte: usize, file: &str, first_line: u64) -> Place {
    let before = &raw[..raw.floor_char_boundary(byte)];
    let line = first_line + memchr_iter(b'\n', before.as_bytes()).count() as u64;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
    Place { file: file.to_owned(), line, column }
}

/// The place of byte `offset` of trimmed cell `column` in a record, found by walking its raw bytes.
fn place_in(raw: &[u8], delimiter: u8, column: usize, offset: usize, file: &str, first_line: u64) -> Place {
    let (mut line, mut from, mut field, mut quoted) = (first_line, 0, 0, false);
    let mut at = 0;
    while at < raw.len() && field < column {
        match raw[at] {
            b'"' => quoted = !quoted,
            b'\n' => (line, from) = (line + 1, at + 1),
            byte if byte == delimiter && !quoted => field += 1,
            _ => {}
        }
        at += 1;
    }
    let is = |at: usize, byte: u8| raw.get(at) == Some(&byte);
    while is(at, b' ') {
        at += 1;
    }
    if is(at, b'"') {
        at += 1;
        while is(at, b' ') {
            at += 1;
        }
    }
    if raw.get(at) == Some(&b'\'') && raw.get(at + 1).is_some_and(|&byte| FORMULA.contains(&char::from(byte))) {
        at += 1;
    }
    let mut left = offset;
    while left > 0 && at < raw.len() {
        match raw[at] {
            b'"' if raw.get(at + 1) == Some(&b'"') => at += 1,
            b'\n' => (line, from) = (line + 1, at + 1),
            _ => {}
        }
        (at, left) = (at + 1, left - 1);
    }
    let before = &raw[from..at.min(raw.len())];
    let characters = before.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    Place { file: file.to_owned(), line, column: characters as u64 + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_behind_a_cell_of_several_lines_has_its_column_on_its_own_line() {
        let raw = b"\"a\nb\",q,  \"x\"\"y\",bad";
        let place = |column, offset| {
            let place = place_in(raw, b',', column, offset, "f.csv", 2);
            (place.line, place.column)
        };
        assert_eq!([place(0, 0), place(1, 0), place(2, 0), place(3, 1)], [(2, 2), (3, 4), (3, 9), (3, 16)]);
        // Behind the doubled quote, which is two characters of the file and one of the cell.
        assert_eq!(place(2, 2), (3, 12));
    }
}
