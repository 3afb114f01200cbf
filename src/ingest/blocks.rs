//! A delimited file in blocks that end where a record ends, so that each can be read on its own.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr2};

use super::records::MARK;

/// Some records of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub bytes: Vec<u8>,
    /// line on which it starts
    pub line: u64,
}

/// A file in blocks. One block and the bytes of the next that are read ahead are in memory.
pub(super) struct Blocks<R> {
    reader: R,
    /// how many bytes a block has, if a record ends there
    size: usize,
    /// how long a record may be
    longest: usize,
    delimiter: u8,
    /// bytes of the file that no block has had yet
    ahead: Vec<u8>,
    /// how many of them were looked at, and whether a cell in quotes is open there
    seen: usize,
    is_quoted: bool,
    /// line of the first of them
    line: u64,
    at_end: bool,
}

impl<R: Read> Blocks<R> {
    pub fn new(reader: R, size: usize, longest: usize) -> Self {
        Blocks {
            reader,
            size,
            longest,
            delimiter: b',',
            ahead: Vec::new(),
            seen: 0,
            is_quoted: false,
            line: 1,
            at_end: false,
        }
    }

    /// Reads ahead: `more` bytes, or to the end of the file.
    pub fn read_ahead(&mut self, more: usize) -> io::Result<()> {
        let target = self.ahead.len() + more;
        self.ahead.reserve_exact(more);
        self.reader.by_ref().take(more as u64).read_to_end(&mut self.ahead)?;
        self.at_end = self.ahead.len() < target;
        Ok(())
    }

    /// What was read ahead, and whether the file ends with it.
    pub fn ahead(&self) -> (&[u8], bool) {
        (&self.ahead, self.at_end)
    }

    /// Leaves out what stands before the header, and fixes the sign between cells.
    pub fn start(&mut self, skipped: usize, delimiter: u8) {
        self.line += memchr_iter(b'\n', &self.ahead[..skipped]).count() as u64;
        self.ahead.drain(..skipped);
        self.delimiter = delimiter;
    }

    /// The next block; `None` at the end. A record longer than any may be ends the file, and the block with its
    /// beginning is the last.
    pub fn next(&mut self) -> io::Result<Option<Block>> {
        let (mut cut, mut window) = (0, self.size.max(1));
        loop {
            if self.ahead.len() < window && !self.at_end {
                self.read_ahead(window - self.ahead.len())?;
            }
            let limit = window.min(self.ahead.len());
            let is_last = self.at_end && limit == self.ahead.len();
            cut = self.look(limit, is_last, cut);
            if is_last {
                cut = limit;
            } else if cut == 0 && limit > self.longest {
                self.at_end = true;
                self.ahead.truncate(limit);
                cut = limit;
            }
            if cut > 0 || is_last {
                break;
            }
            // Twice as much each time, so that a long record is not moved again and again.
            window = 2 * limit;
        }
        let rest = self.ahead[cut..].to_vec();
        let mut bytes = std::mem::replace(&mut self.ahead, rest);
        bytes.truncate(cut);
        self.seen = self.seen.saturating_sub(cut);
        let block = Block { bytes, line: self.line };
        self.line += memchr_iter(b'\n', &block.bytes).count() as u64;
        Ok((!block.bytes.is_empty()).then_some(block))
    }

    /// Looks at what was not looked at yet, up to a limit; gives the end of the last record that ends there, or `cut`.
    /// A quote opens a cell only where the cell begins, as the reader of records has it.
    fn look(&mut self, limit: usize, is_last: bool, mut cut: usize) -> usize {
        let bytes = &self.ahead[..limit];
        while self.seen < bytes.len() {
            let quote = memchr(b'"', &bytes[self.seen..]).map(|at| self.seen + at);
            let end = quote.unwrap_or(bytes.len());
            if self.is_quoted {
                match quote {
                    // Whether a quote closes the cell or stands for itself is told by the byte behind it.
                    Some(at) if at + 1 == limit && !is_last => {
                        self.seen = at;
                        return cut;
                    }
                    Some(at) if bytes.get(at + 1) == Some(&b'"') => self.seen = at + 2,
                    Some(at) => (self.seen, self.is_quoted) = (at + 1, false),
                    None => self.seen = end,
                }
                continue;
            }
            if let Some(at) = memrchr2(b'\n', b'\r', &bytes[self.seen..end]) {
                cut = self.seen + at + 1;
            }
            let before = bytes[..end].strip_suffix(MARK).unwrap_or(&bytes[..end]).last().copied();
            self.is_quoted = quote.is_some() && before.is_none_or(|b| b == self.delimiter || b == b'\n' || b == b'\r');
            self.seen = (end + 1).min(bytes.len());
        }
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str, size: usize) -> Vec<(String, u64)> {
        let mut blocks = Blocks::new(text.as_bytes(), size, 1000);
        let mut found = Vec::new();
        while let Some(block) = blocks.next().unwrap() {
            found.push((String::from_utf8(block.bytes).unwrap(), block.line));
        }
        found
    }

    #[test]
    fn a_block_ends_where_a_record_ends() {
        let text = "a,b\n\"c\nd\",\"e\"\"\n\"\"\"\nf,5\" g\nh,\"\"\n\"i\"\"\",j\r\nk";
        let records = ["a,b\n", "\"c\nd\",\"e\"\"\n\"\"\"\n", "f,5\" g\n", "h,\"\"\n", "\"i\"\"\",j\r\n", "k"];
        let lines = [1, 2, 5, 6, 7, 8];
        for size in 1..text.len() + 2 {
            let found = blocks(text, size);
            assert_eq!(found.iter().map(|block| block.0.as_str()).collect::<String>(), text);
            let mut start = 0;
            for (block, line) in &found {
                let at = records.iter().scan(0, |at, record| Some(std::mem::replace(at, *at + record.len())));
                let record = at.into_iter().position(|at| at == start);
                // A line feed that a block of few bytes left behind a carriage return is the only other beginning.
                assert!(record.is_some_and(|at| lines[at] == *line) || block.starts_with('\n'), "{size}: {found:?}");
                start += block.len();
            }
        }
    }

    #[test]
    fn a_record_without_end_is_not_read_to_its_end() {
        let text = format!("a,b\n{}", "x".repeat(1 << 20));
        let found = blocks(&text, 16);
        assert_eq!(found[0], ("a,b\n".to_owned(), 1));
        assert_eq!(found.len(), 2);
        assert!((1001..2100).contains(&found[1].0.len()), "{}", found[1].0.len());
    }
}
