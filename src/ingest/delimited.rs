//! Comma, semicolon or tab separated text, read one record at a time with exact places.

use std::io::{self, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::control::blank_signs;
use super::digits::Decimal;
use super::limits::{Limits, size};
use super::problem::{Place, Problem, Problems, Severity};
use super::rows::{Rows, control_problem, file_problem, fill, not_text};

/// How much of a file is looked at before the first record is read, and how much is added at a time.
const STEP: usize = 1 << 16;

/// A delimited file. One record and the bytes read ahead are in memory.
pub struct Delimited<R> {
    reader: R,
    file: String,
    limits: Limits,
    delimiter: u8,
    parser: Reader,
    /// bytes of the file, from the start of the present record on
    buffer: Vec<u8>,
    /// first byte of the present record in the buffer, and one past its last
    record: (usize, usize),
    /// line on which the present record starts, and the next one
    line: (u64, u64),
    at_end: bool,
    /// cells of the record, unquoted, one after the other
    text: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    columns: Vec<String>,
    header_line: u64,
    header: Vec<u8>,
    /// the columns that the file must have
    wanted: String,
}

impl<R: Read> Delimited<R> {
    /// Reads the header. A file that has none is a problem, which names the columns that are `wanted`, and has no rows.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn new(reader: R, file: String, limits: Limits, wanted: String, problems: &mut Problems) -> io::Result<Self> {
        let mut rows = Delimited {
            reader,
            file,
            limits,
            delimiter: b',',
            parser: Reader::new(),
            buffer: Vec::new(),
            record: (0, 0),
            line: (1, 1),
            at_end: false,
            text: vec![0; 1024],
            ends: vec![0; 32],
            cells: 0,
            columns: Vec::new(),
            header_line: 1,
            header: Vec::new(),
            wanted,
        };
        rows.grow(STEP)?;
        if let Some((what, remedy)) = not_text(&rows.buffer) {
            problems.push(file_problem(&rows.file, 0, what, remedy));
            rows.stop();
            return Ok(rows);
        }
        rows.skip_preamble(problems)?;
        if !rows.next_record(problems)? {
            return Ok(rows);
        }
        rows.header_line = rows.line.0;
        rows.header = rows.buffer[rows.record.0..rows.record.1].to_vec();
        if rows.cells > limits.columns {
            let what = format!("{} columns, where {} are allowed", rows.cells, limits.columns);
            problems.push(file_problem(&rows.file, rows.line.0, what, "raise `--limit columns`, if this is a table"));
            rows.stop();
            return Ok(rows);
        }
        rows.columns = (0..rows.cells).map(|at| rows.cell(at).to_owned()).collect();
        rows.check_header(problems);
        Ok(rows)
    }

    /// The sign between cells.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Steps over the byte order mark and the comment lines before the header, and finds the delimiter.
    fn skip_preamble(&mut self, problems: &mut Problems) -> io::Result<()> {
        let mut at = if self.buffer.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        loop {
            let line_end = loop {
                match self.buffer[at..].iter().position(|&b| b == b'\n') {
                    Some(length) => break at + length,
                    None if self.at_end || self.buffer.len() > self.limits.record => break self.buffer.len(),
                    None => self.grow(STEP)?,
                }
            };
            let line = &self.buffer[at..line_end];
            let is_comment = line.first() == Some(&b'#');
            let is_blank = line.iter().all(u8::is_ascii_whitespace);
            if line_end < self.buffer.len() && (is_comment || is_blank) {
                at = line_end + 1;
                self.line.1 += 1;
                continue;
            }
            if is_comment || is_blank {
                let remedy = format!("the first line must name the columns: {}", self.wanted);
                problems.push(file_problem(&self.file, 0, "the file is empty", &remedy));
                self.stop();
            } else {
                self.delimiter = delimiter(line);
                self.parser = ReaderBuilder::new().delimiter(self.delimiter).build();
                self.record = (at, at);
            }
            return Ok(());
        }
    }

    fn check_header(&mut self, problems: &mut Problems) {
        for at in 0..self.columns.len() {
            let name = &self.columns[at];
            if !name.is_empty() && self.columns[..at].contains(name) {
                let what = format!("column `{name}` stands here twice");
                let place = self.header_place(at);
                let remedy = "keep one of them".to_owned();
                problems.push(Problem { place, severity: Severity::Error, what, remedy });
            }
        }
    }

    /// Reads at least `more` bytes ahead, or to the end of the file.
    fn grow(&mut self, more: usize) -> io::Result<()> {
        let target = self.buffer.len() + more;
        fill(&mut self.reader, &mut self.buffer, target)?;
        self.at_end = self.buffer.len() < target;
        Ok(())
    }

    fn stop(&mut self) {
        self.at_end = true;
        self.buffer.clear();
        self.record = (0, 0);
        self.cells = 0;
    }

    /// Reads the next record that is not blank; `false` at the end.
    fn next_record(&mut self, problems: &mut Problems) -> io::Result<bool> {
        if self.record.1 > STEP {
            self.buffer.drain(..self.record.1);
            self.record.1 = 0;
        }
        let (mut input, mut output, mut ended) = (self.record.1, 0, 0);
        // Line ends before the record belong to the one before.
        loop {
            match self.buffer.get(input) {
                Some(b'\r') => input += 1,
                Some(b'\n') => {
                    input += 1;
                    self.line.1 += 1;
                }
                Some(_) => break,
                None if self.at_end => return Ok(false),
                None => self.grow(STEP)?,
            }
        }
        let start = input;
        self.record = (start, start);
        self.line.0 = self.line.1;
        self.parser.reset();
        loop {
            let (result, read, written, fields) =
                self.parser.read_record(&self.buffer[input..], &mut self.text[output..], &mut self.ends[ended..]);
            (input, output, ended) = (input + read, output + written, ended + fields);
            match result {
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                // At the end of the file the parser wants to see an empty input once.
                ReadRecordResult::InputEmpty if !self.at_end || read > 0 => self.grow(STEP)?,
                ReadRecordResult::InputEmpty => {}
            }
            if input - start > self.limits.record {
                let what = format!("a line of more than {}", size(self.limits.record as u64));
                let remedy = "a quote may be missing, or this is not a table";
                problems.push(file_problem(&self.file, self.line.0, what, remedy));
                self.stop();
                return Ok(false);
            }
        }
        self.record.1 = input;
        self.cells = ended;
        self.line.1 += memchr::memchr_iter(b'\n', self.raw()).count() as u64;
        if self.is_unclosed() {
            let quote = self.raw().iter().position(|&byte| byte == b'"').unwrap_or(0);
            let place = self.place_of_byte(quote);
            let (what, remedy) = (
                "a quote that is opened here is never closed".to_owned(),
                "close it, or double the quotes inside the cell".to_owned(),
            );
            problems.push(Problem { place, severity: Severity::Error, what, remedy });
            self.stop();
            return Ok(false);
        }
        self.check_record(problems);
        Ok(true)
    }

    fn raw(&self) -> &[u8] {
        &self.buffer[self.record.0..self.record.1]
    }

    /// Whether the record ends with the file inside quotes.
    fn is_unclosed(&self) -> bool {
        let is_last = self.at_end && self.record.1 == self.buffer.len();
        is_last && memchr::memchr_iter(b'"', self.raw()).count() % 2 == 1
    }

    /// Place of a byte of the record's first line.
    fn place_of_byte(&self, byte: usize) -> Place {
        let characters = self.raw()[..byte].iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        Place { file: self.file.clone(), line: self.line.0, column: characters as u64 + 1 }
    }

    fn check_record(&mut self, problems: &mut Problems) {
        let mut error = |place: Place, what: String, remedy: &str| {
            problems.push(Problem { place, severity: Severity::Error, what, remedy: remedy.to_owned() });
        };
        let (mut start, mut signs) = (0, Vec::new());
        for at in 0..self.cells {
            let cell = &self.text[start..self.ends[at]];
            if let Err(bad) = std::str::from_utf8(cell) {
                let what = "this is not UTF-8 text".to_owned();
                error(self.place(at, bad.valid_up_to()), what, "save the file as UTF-8");
                self.text[start..self.ends[at]].fill(b'?');
            } else if cell.len() > self.limits.field {
                let (held, most) = (size(cell.len() as u64), size(self.limits.field as u64));
                let what = format!("a cell of {held}, where {most} are allowed");
                error(self.place(at, 0), what, "shorten it, or raise `--limit field`");
                self.text[start..self.ends[at]].fill(b'?');
            } else if let Some((byte, sign)) = blank_signs(&mut self.text[start..self.ends[at]]) {
                signs.push((at, byte, sign));
            }
            start = self.ends[at];
        }
        let named = self.columns.len();
        let filled = (0..self.cells).rev().find(|&at| !self.cell(at).is_empty()).map_or(0, |at| at + 1);
        if named > 0 && (filled > named || (self.cells < named && filled > 0)) {
            let what = format!("{} cells, where the header names {named} columns", self.cells);
            error(self.place(named.min(self.cells - 1), 0), what, "a delimiter or a quote is missing or too many");
        }
        for (at, byte, sign) in signs {
            problems.push(control_problem(self.place(at, byte), sign));
        }
    }
}

impl<R: Read> Rows for Delimited<R> {
    fn advance(&mut self, problems: &mut Problems) -> io::Result<bool> {
        if self.columns.is_empty() { Ok(false) } else { self.next_record(problems) }
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cell(&self, column: usize) -> &str {
        if column >= self.cells {
            return "";
        }
        let start = if column == 0 { 0 } else { self.ends[column - 1] };
        armed(std::str::from_utf8(&self.text[start..self.ends[column]]).unwrap_or_default().trim())
    }

    fn line(&self) -> u64 {
        self.line.0
    }

    fn place(&self, column: usize, offset: usize) -> Place {
        place_in(self.raw(), self.delimiter, column, offset, &self.file, self.line.0)
    }

    fn header_place(&self, column: usize) -> Place {
        place_in(&self.header, self.delimiter, column, 0, &self.file, self.header_line)
    }

    fn decimal(&self) -> Decimal {
        if self.delimiter == b';' { Decimal::Comma } else { Decimal::Point }
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

/// The most frequent of comma, semicolon and tab outside quotes; comma where there is none.
fn delimiter(header: &[u8]) -> u8 {
    let count = |wanted: u8| {
        let mut quoted = false;
        header
            .iter()
            .filter(|&&b| {
                quoted ^= b == b'"';
                b == wanted && !quoted
            })
            .count()
    };
    [b';', b'\t']
        .into_iter()
        .filter(|&other| count(other) > count(b','))
        .max_by_key(|&other| count(other))
        .unwrap_or(b',')
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
    while raw.get(at).is_some_and(|&byte| byte == b' ' || byte == b'"') {
        at += 1;
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
