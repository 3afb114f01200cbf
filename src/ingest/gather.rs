//! Blocks of rows to the claims of a case. Blocks are read on all threads and put together in the order of the file, so
//! that neither their size nor the number of threads can be seen in what comes out.

use std::io::{self, Read};

use rayon::prelude::*;

use super::Limits;
use super::claims::{Background, COLUMNS, ClaimBlock, FirstSeen, Pending};
use super::delimited::Delimited;
use super::header::Header;
use super::names::Names;
use super::problem::{Lines, Problem, Problems, Severity};
use super::questions::QuestionBook;
use super::records::Records;
use super::rows::{Opened, Rows, file_problem};
use super::suggest::NearIndex;
use super::table::{Table, shown};
use crate::model::{Claims, Question, fold_name};

/// Rows of JSON Lines that make a block.
const ROWS: usize = 1 << 14;

/// Most rows of a case: their numbers are 32 bits wide.
const MOST_ROWS: usize = u32::MAX as usize - 1;

/// Puts the blocks of a file together.
pub(super) struct Gather<'a> {
    names: &'a mut Names,
    book: &'a mut QuestionBook,
    limits: Limits,
    /// rows of the file before those that are read
    rows_before: u32,
    /// rows whose names are known to the case
    rows: u32,
    claims: Claims,
    pending: Pending,
    lines: Lines,
    problems: Problems,
    declared_names: NearIndex,
    is_over: bool,
    is_refused: bool,
}

impl<'a> Gather<'a> {
    /// Nothing yet. The names of declared sources and questions must be known.
    pub fn new(file: &str, names: &'a mut Names, book: &'a mut QuestionBook, limits: Limits) -> Self {
        let mut declared_names = NearIndex::default();
        for source in &names.sources {
            for name in [&source.id, &source.name].into_iter().chain(&source.aliases) {
                declared_names.insert(&fold_name(name), name);
            }
        }
        Gather {
            names,
            book,
            limits,
            rows_before: 0,
            rows: 0,
            claims: Claims::default(),
            pending: Pending::default(),
            lines: Lines::of(file),
            problems: Problems::default(),
            declared_names,
            is_over: false,
            is_refused: false,
        }
    }

    /// The same for a part of a file that stands behind so many rows.
    pub fn behind(mut self, rows: u32) -> Self {
        (self.rows_before, self.claims) = (rows, Claims::behind(rows));
        self
    }

    /// Reads all rows of a part of a file, under its header; as [`Gather::read`] has it. The last value says whether
    /// the rest of the file cannot be read.
    pub fn read_part<R: Rows + Send>(
        mut self,
        part: Vec<R>,
        header: &Header,
        problems: &mut Problems,
    ) -> Option<(Claims, Pending, Lines, bool)> {
        let width = 2 * rayon::current_num_threads();
        let mut blocks = part.into_iter();
        while !self.is_over && blocks.len() > 0 {
            let known = Background { names: self.names, book: self.book, limits: self.limits };
            let batch: Vec<R> = blocks.by_ref().take(width).collect();
            let parsed: Vec<_> = batch.into_par_iter().map(|rows| parse(rows, header.clone(), known)).collect();
            for block in parsed {
                if let Some(block) = self.resolve(block) {
                    self.claims.append(&block.claims);
                }
            }
        }
        problems.append(self.problems, |_, _| ());
        (!self.is_refused).then_some((self.claims, self.pending, self.lines, self.is_over))
    }

    /// Reads all rows of a file. A row with an error is reported. Where there are more sources or rows than there may
    /// be, that is the only problem, and there are no claims.
    pub fn read(mut self, opened: Opened, problems: &mut Problems) -> io::Result<Option<(Claims, Pending, Lines)>> {
        match opened {
            Opened::Delimited(rows) => self.read_blocks(rows, problems)?,
            Opened::JsonLines(rows) => self.read_lines(rows, problems)?,
        }
        problems.append(self.problems, |_, _| ());
        Ok((!self.is_refused).then_some((self.claims, self.pending, self.lines)))
    }

    /// Reads delimited text: while one batch of blocks is parsed on all threads, the next is read from the disk, and
    /// the claims of the one before go into their columns.
    fn read_blocks<R: Read + Send>(&mut self, mut file: Delimited<R>, problems: &mut Problems) -> io::Result<()> {
        let header = Header::of(COLUMNS, &file, problems);
        let width = 2 * rayon::current_num_threads();
        let mut batch = next_batch(&mut file, width)?;
        let mut resolved: Vec<ClaimBlock> = Vec::new();
        while !batch.is_empty() || !resolved.is_empty() {
            let known = Background { names: self.names, book: self.book, limits: self.limits };
            let claims = &mut self.claims;
            let parse =
                || batch.into_par_iter().map(|records| parse(records, header.clone(), known)).collect::<Vec<_>>();
            let append = || resolved.into_iter().for_each(|block| claims.append(&block.claims));
            let (next, (parsed, ())) = rayon::join(|| next_batch(&mut file, width), || rayon::join(parse, append));
            resolved = parsed.into_iter().map_while(|block| self.resolve(block)).collect();
            batch = if self.is_over { Vec::new() } else { next? };
        }
        Ok(())
    }

    /// Reads JSON Lines, whose columns are known when all lines are read.
    fn read_lines(&mut self, rows: impl Rows, problems: &mut Problems) -> io::Result<()> {
        let mut table = Table::new(rows, Header::new(COLUMNS));
        while !self.is_over {
            let mut block = ClaimBlock::default();
            let known = Background { names: self.names, book: self.book, limits: self.limits };
            while block.claims.len() < ROWS && table.advance(&mut block.problems)? {
                block.read_row(&table, known);
            }
            block.is_last = block.claims.len() < ROWS;
            if let Some(block) = self.resolve(block) {
                self.claims.append(&block.claims);
            }
        }
        if self.rows > 0 {
            table.check_header(problems);
        }
        Ok(())
    }

    /// Gives the names of a block their places in the case, and takes over all of it but the columns. `None` where the
    /// file has ended.
    fn resolve(&mut self, mut block: ClaimBlock) -> Option<ClaimBlock> {
        if self.is_over {
            return None;
        }
        self.is_over = block.is_last;
        if block.claims.len() > MOST_ROWS - self.rows_before as usize - self.rows as usize {
            let what = format!("more than {MOST_ROWS} rows");
            self.refuse(&what, "split the file");
            return None;
        }
        let (questions, new_questions) = self.place_questions(&block);
        let (sources, new_names) = self.place_names(&mut block);
        if self.names.sources.len() > self.limits.sources {
            let what = format!("more than {} sources", self.limits.sources);
            self.refuse(&what, "raise `--limit sources`; or a column other than the publisher stands in its place");
            return None;
        }
        let labels: Vec<u32> =
            (0..block.met.labels.len()).map(|label| self.names.label(block.met.labels.text(label)).0).collect();
        block.claims.renumber(&questions, &sources, &labels);
        self.note(&mut block, &new_questions, &new_names);
        self.pending.append(self.rows, std::mem::take(&mut block.pending));
        self.lines.append(self.rows_before + self.rows, &block.lines);
        self.rows += block.claims.len() as u32;
        Some(block)
    }

    /// Ends the file with one problem, in the place of all that were found in it.
    fn refuse(&mut self, what: &str, remedy: &str) {
        (self.is_over, self.is_refused) = (true, true);
        self.problems = Problems::default();
        self.problems.push(file_problem(&self.lines.file, 0, what, remedy));
    }

    /// The questions of a block, and which of them are new.
    fn place_questions(&mut self, block: &ClaimBlock) -> (Vec<u32>, Vec<bool>) {
        let place = |at| {
            let id = block.questions.text(at);
            let found = self.book.find(id);
            let question = found.unwrap_or_else(|| self.book.add(Question { id: id.into(), ..Question::default() }));
            (question.0, found.is_none())
        };
        (0..block.questions.len()).map(place).unzip()
    }

    /// The sources of a block, and which of them are new. Rows that name a source otherwise than it is named keep what
    /// they write.
    fn place_names(&mut self, block: &mut ClaimBlock) -> (Vec<u32>, Vec<bool>) {
        let (names, count) = (&block.met.names, block.met.names.len());
        let (mut places, mut new, mut others) = (Vec::new(), Vec::new(), vec![false; count as usize]);
        for at in 0..count {
            let name = names.text(at);
            let (source, is_new) = self.names.resolve(name);
            places.push(source.0);
            new.push(is_new);
            if block.publishes.get(at as usize) == Some(&true) {
                self.names.mark_publisher(source);
                let printed = &*self.names.sources[source.index()].name;
                others[at as usize] = printed != name && fold_name(printed) != fold_name(name);
            }
        }
        if others.contains(&true) {
            for at in 0..block.claims.len() {
                let publisher = block.claims.publisher[at];
                if others[publisher.index()] {
                    block.claims.byline.set(at, names.text(publisher.0));
                }
            }
        }
        (places, new)
    }

    /// Takes over the problems of a block, and adds those of names that no block before it has.
    fn note(&mut self, block: &mut ClaimBlock, new_questions: &[bool], new_names: &[bool]) {
        let found = std::mem::take(&mut block.problems);
        let mut questions = block.new_questions.iter().filter(|seen| new_questions[seen.id as usize]).peekable();
        let mut names = block.new_names.iter().filter(|seen| new_names[seen.id as usize]).peekable();
        let (book, near, met) = (&*self.book, &self.declared_names, &*block);
        self.problems.append(found, |problems, at| {
            while let Some(seen) = questions.next_if(|seen| seen.after <= at) {
                let id = met.questions.text(seen.id);
                let what = format!("question `{}` is not in the questions file; taken as a new one", shown(id));
                problems.push_with(Severity::Warning, || {
                    let nearest = book.nearest(id).map(|meant| format!("did you mean `{meant}`?"));
                    unknown(seen, what, nearest.unwrap_or_else(|| "add a row for it to say what it asks".to_owned()))
                });
            }
            // A source that sources.csv does not have: probably a slip where a declared name is one edit away.
            while let Some(seen) = names.next_if(|seen| seen.after <= at) {
                let name = met.met.names.text(seen.id);
                if let Some(meant) = near.near(&fold_name(name)) {
                    let what = format!("source `{}` is not in the sources file; taken as a new one", shown(name));
                    problems.push(unknown(seen, what, format!("did you mean `{meant}`?")));
                }
            }
        });
    }
}

fn unknown(seen: &FirstSeen, what: String, remedy: String) -> Problem {
    Problem { place: seen.place.clone(), severity: Severity::Warning, what, remedy }
}

/// The next blocks of a file, at most `width`.
fn next_batch<R: Read>(file: &mut Delimited<R>, width: usize) -> io::Result<Vec<Records>> {
    let mut batch = Vec::with_capacity(width);
    while batch.len() < width
        && let Some(records) = file.next_records()?
    {
        batch.push(records);
    }
    Ok(batch)
}

/// Reads the rows of a block.
fn parse(rows: impl Rows, header: Header, known: Background) -> ClaimBlock {
    let (mut table, mut block) = (Table::new(rows, header), ClaimBlock::default());
    // A block is in memory, so there is no error of reading.
    while table.advance(&mut block.problems).unwrap_or(false) {
        block.read_row(&table, known);
    }
    block.is_last = table.rows().is_stopped();
    block
}

#[cfg(test)]
mod tests;
