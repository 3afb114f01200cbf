//! Comma, semicolon or tab separated text: the head of a file, and its records with exact places.

use std::io::{self, Read};
use std::sync::Arc;

use super::blocks::Blocks;
use super::digits::Decimal;
use super::limits::Limits;
use super::problem::{Place, Problem, Problems, Severity};
use super::records::{Head, MARK, Records};
use super::rows::{Rows, file_problem, not_text};

/// How much of a file is looked at before the first record is read.
const STEP: usize = 1 << 16;

/// How much of a file is read as one block.
pub(super) const BLOCK: usize = 1 << 20;

/// A delimited file. A block of it and the bytes read ahead are in memory.
pub struct Delimited<R> {
    blocks: Blocks<R>,
    head: Arc<Head>,
    /// the block that is being read
    records: Records,
}

impl<R: Read> Delimited<R> {
    /// Reads the header. A file that has none is a problem, which names the columns that are `wanted`, and has no rows.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn new(reader: R, file: String, limits: Limits, wanted: &str, problems: &mut Problems) -> io::Result<Self> {
        Delimited::in_blocks(reader, file, limits, wanted, BLOCK, problems)
    }

    /// Reads the header of a file that is read in blocks of some size.
    pub(super) fn in_blocks(
        reader: R,
        file: String,
        limits: Limits,
        wanted: &str,
        size: usize,
        problems: &mut Problems,
    ) -> io::Result<Self> {
        let mut blocks = Blocks::new(reader, size, limits.record);
        let mut head = Head { file, limits, delimiter: b',', columns: Vec::new(), header: String::new(), line: 1 };
        blocks.read_ahead(STEP)?;
        let not_read = |head: Head, blocks| {
            let head = Arc::new(head);
            Delimited { blocks, records: Records::none(head.clone()), head }
        };
        if let Some((what, remedy)) = not_text(blocks.ahead().0) {
            problems.push(file_problem(&head.file, 0, what, remedy));
            return Ok(not_read(head, blocks));
        }
        let Some((skipped, delimiter)) = preamble(&mut blocks, limits.record)? else {
            let remedy = format!("the first line must name the columns: {wanted}");
            problems.push(file_problem(&head.file, 0, "the file is empty", remedy));
            return Ok(not_read(head, blocks));
        };
        blocks.start(skipped, delimiter);
        head.delimiter = delimiter;
        let Some(block) = blocks.next()? else { return Ok(not_read(head, blocks)) };
        let mut records = Records::new(Arc::new(head.clone()), block);
        if !records.next_record(problems) {
            return Ok(not_read(head, blocks));
        }
        let count = records.count();
        if count > limits.columns {
            let what = format!("{count} columns, where {} are allowed", limits.columns);
            let remedy = "raise `--limit columns`, if this is a table";
            problems.push(file_problem(&head.file, records.line(), what, remedy));
            return Ok(not_read(head, blocks));
        }
        head.line = records.line();
        records.raw().clone_into(&mut head.header);
        head.columns = (0..count).map(|at| records.cell(at).to_owned()).collect();
        let head = Arc::new(head);
        records.set_head(head.clone());
        check_header(&records, problems);
        Ok(Delimited { blocks, head, records })
    }

    /// The sign between cells.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.head.delimiter
    }

    /// The records of the next block that no row was read from; `None` at the end.
    pub(super) fn next_records(&mut self) -> io::Result<Option<Records>> {
        let records = std::mem::replace(&mut self.records, Records::none(self.head.clone()));
        if !records.is_over() {
            return Ok(Some(records));
        }
        if self.head.columns.is_empty() {
            return Ok(None);
        }
        Ok(self.blocks.next()?.map(|block| Records::new(self.head.clone(), block)))
    }
}

/// The bytes before the header - a byte order mark, comments, blank lines - and the sign between cells; `None` where
/// there is no header.
fn preamble<R: Read>(blocks: &mut Blocks<R>, longest: usize) -> io::Result<Option<(usize, u8)>> {
    let mut at = if blocks.ahead().0.starts_with(MARK) { MARK.len() } else { 0 };
    loop {
        let (ahead, at_end) = blocks.ahead();
        let end = memchr::memchr(b'\n', &ahead[at..]).map(|length| at + length);
        if end.is_none() && !at_end && ahead.len() <= longest {
            blocks.read_ahead(STEP)?;
            continue;
        }
        let line = &ahead[at..end.unwrap_or(ahead.len())];
        if !line.starts_with(b"#") && !line.iter().all(u8::is_ascii_whitespace) {
            return Ok(Some((at, delimiter(line))));
        }
        let Some(end) = end else { return Ok(None) };
        at = end + 1;
    }
}

fn check_header(records: &Records, problems: &mut Problems) {
    let columns = records.columns();
    for at in 0..columns.len() {
        let name = &columns[at];
        if !name.is_empty() && columns[..at].contains(name) {
            let what = format!("column `{name}` stands here twice");
            let (place, remedy) = (records.header_place(at), "keep one of them".to_owned());
            problems.push(Problem { place, severity: Severity::Error, what, remedy });
        }
    }
}

impl<R: Read> Rows for Delimited<R> {
    fn advance(&mut self, problems: &mut Problems) -> io::Result<bool> {
        loop {
            if self.records.advance(problems)? {
                return Ok(true);
            }
            if self.records.is_stopped() || self.head.columns.is_empty() {
                return Ok(false);
            }
            match self.blocks.next()? {
                Some(block) => self.records = Records::new(self.head.clone(), block),
                None => return Ok(false),
            }
        }
    }

    fn columns(&self) -> &[String] {
        self.records.columns()
    }

    fn cell(&self, column: usize) -> &str {
        self.records.cell(column)
    }

    fn line(&self) -> u64 {
        self.records.line()
    }

    fn place(&self, column: usize, offset: usize) -> Place {
        self.records.place(column, offset)
    }

    fn header_place(&self, column: usize) -> Place {
        self.records.header_place(column)
    }

    fn decimal(&self) -> Decimal {
        self.records.decimal()
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
