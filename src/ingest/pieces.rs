//! A file of claims whose rows stand grouped by question, in pieces of whole questions, each a case of its own.

use std::convert::Infallible;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::claims::{COLUMNS, QUESTION};
use super::delimited::{BLOCK, Delimited};
use super::gather::Gather;
use super::header::Header;
use super::input::{Input, InputRecord};
use super::limits::Limits;
use super::names::Names;
use super::problem::{Place, Problem, Problems, Severity};
use super::questions::QuestionBook;
use super::read::{CaseRead, Error, assemble, no_report, record, sound, too_large};
use super::records::Records;
use super::rows::{Bytes, Opened, Rows, file_problem, open_in_blocks};
use super::table::shown;
use crate::model::QuestionId;

/// Some questions of a file that follow one another.
pub(crate) struct Piece {
    /// the case that they are
    pub read: CaseRead,
    /// its questions in the order of the file
    pub order: Vec<QuestionId>,
    /// how many questions of the file come before
    pub questions_before: u32,
}

/// A file in pieces. One piece and the block behind it are in memory, and a hash of each question: 64 bits, by which two
/// of ten million questions are taken for one in three of a million files.
pub(crate) struct Pieces {
    path: PathBuf,
    limits: Limits,
    /// claims of a piece, before the question ends
    size: usize,
    input: Input,
    rows: Delimited<Bytes>,
    header: Header,
    /// position of the column of questions
    column: usize,
    /// records behind the last piece
    ahead: Option<Records>,
    /// the question that records were last looked at of
    present: String,
    seen: FxHashSet<u64>,
    rows_before: u32,
    questions_before: u32,
    is_over: bool,
    is_unsorted: bool,
    problems: Problems,
}

impl Pieces {
    /// Opens a file, which is delimited text, packed or not, and can be opened again. Pieces have `size` claims, and
    /// those that the last question has beyond.
    pub fn open(path: &Path, limits: Limits, size: usize) -> Result<Pieces, Error> {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        let there = path.metadata().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::NoSuchPath(path.to_owned()),
            _ => failed(error),
        })?;
        let refused = |needed| Err(Error::NotInPieces { path: path.to_owned(), needed });
        if there.is_dir() {
            return refused("a single file of claims, without tables beside it,");
        }
        if !there.is_file() {
            return refused("a plain file, since it is read twice,");
        }
        no_report(path, path)?;
        let (input, mut problems) = (Input::default(), Problems::default());
        if let Some(problem) = too_large(path, limits) {
            return Err(alone(problem));
        }
        // Blocks are smaller than where there are more of them, so that a piece has enough for all threads.
        let opened = open_in_blocks(path, COLUMNS, limits, &input, BLOCK / 8, &mut problems);
        let opened = opened.map_err(|error| unsound(path, limits, &input, error))?;
        let rows = match opened {
            Opened::Delimited(rows) => rows,
            Opened::JsonLines(_) => return refused("delimited text"),
        };
        let header = Header::of(COLUMNS, &rows, &mut problems);
        let Some(column) = header.position(QUESTION) else { return Err(Error::Bad(problems)) };
        Ok(Pieces {
            path: path.to_owned(),
            limits,
            size: size.max(1),
            input,
            rows,
            header,
            column,
            ahead: None,
            present: String::new(),
            seen: FxHashSet::default(),
            rows_before: 0,
            questions_before: 0,
            is_over: false,
            is_unsorted: false,
            problems,
        })
    }

    /// The next piece; `None` at the end. Where there are errors, it is of use for nothing but to go on to the next.
    /// `meet` is given the sources of the piece before anything is made of their names.
    pub fn next(&mut self, meet: impl FnOnce(&mut Names)) -> Result<Option<Piece>, Error> {
        let records = match self.records() {
            Ok(records) if records.is_empty() => return Ok(None),
            Ok(records) => records,
            Err(error) => return Err(unsound(&self.path, self.limits, &self.input, error)),
        };
        let (mut names, mut book) = (Names::default(), QuestionBook::default());
        let file = self.path.display().to_string();
        let gather = Gather::new(&file, &mut names, &mut book, self.limits).behind(self.rows_before);
        let Some((claims, pending, lines, is_over)) = gather.read_part(records, &self.header, &mut self.problems)
        else {
            return Err(Error::Bad(std::mem::take(&mut self.problems)));
        };
        meet(&mut names);
        self.is_over |= is_over;
        self.rows_before += claims.len() as u32;
        let questions_before = self.questions_before;
        self.questions_before += book.questions.len() as u32;
        let case = assemble((claims, pending), (names, book), Vec::new(), &lines, &mut self.problems);
        let mut order: Vec<QuestionId> = case.question_ids().collect();
        order.sort_by_cached_key(|&question| case.claims_of(question).map(|claim| case.claims.row(claim)).min());
        let read = CaseRead { case, problems: Problems::default(), inputs: Vec::new(), lines };
        Ok(Some(Piece { read, order, questions_before }))
    }

    /// Errors so far.
    pub fn errors(&self) -> usize {
        self.problems.count(Severity::Error)
    }

    /// What the file is, and all that is to be said of its pieces.
    pub fn finish(mut self) -> Result<(InputRecord, Problems), Error> {
        sound(&self.path, self.limits, &self.input, Ok(()))?.map_err(alone)?;
        if self.rows_before == 0 && self.errors() == 0 {
            let file = self.path.display().to_string();
            self.problems.push(file_problem(&file, 0, "there are no claims", "write one row for each claim"));
        }
        Ok((record(&self.path, &self.input)?, self.problems))
    }

    /// The records of the next piece.
    fn records(&mut self) -> io::Result<Vec<Records>> {
        let (mut piece, mut rows) = (Vec::new(), 0);
        while !self.is_over {
            let next = match self.ahead.take() {
                Some(records) => Some(records),
                None => self.rows.next_records()?,
            };
            let Some(mut records) = next else { break };
            self.ahead = self.cut(&mut records, &mut rows);
            if !records.is_over() {
                piece.push(records);
            }
            if self.ahead.is_some() {
                break;
            }
        }
        Ok(piece)
    }

    /// Looks for the record with which another question begins once the piece has rows enough, and gives it with what
    /// is behind.
    fn cut(&mut self, records: &mut Records, rows: &mut usize) -> Option<Records> {
        let start = records.mark();
        // What is wrong with a record is told when it is read.
        let mut told_later = Problems::default();
        let mut rest = None;
        while records.next_record(&mut told_later) {
            let id = records.cell(self.column);
            if !id.is_empty() && id != self.present {
                if *rows >= self.size {
                    rest = Some(records.split());
                    break;
                }
                self.begin(records);
            }
            *rows += 1;
        }
        self.is_over |= records.is_stopped();
        records.rewind(start);
        rest
    }

    /// Begins the question of a record. One that was there before is an error, which is told once.
    fn begin(&mut self, records: &Records) {
        records.cell(self.column).clone_into(&mut self.present);
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(&self.present);
        if !self.seen.insert(hash) && !std::mem::replace(&mut self.is_unsorted, true) {
            let what = format!("the rows of `{}` do not stand together", shown(&self.present));
            let place = Place { column: 0, ..records.place(self.column, 0) };
            let remedy = "leave --sorted away or sort the file by question".to_owned();
            self.problems.push(Problem { place, severity: Severity::Error, what, remedy });
        }
    }
}

/// Why reading cannot go on.
fn unsound(path: &Path, limits: Limits, input: &Input, error: io::Error) -> Error {
    match sound::<Infallible>(path, limits, input, Err(error)) {
        Err(error) => error,
        Ok(Err(problem)) => alone(problem),
        Ok(Ok(never)) => match never {},
    }
}

/// One problem that stands for all.
fn alone(problem: Problem) -> Error {
    let mut problems = Problems::default();
    problems.push(problem);
    Error::Bad(problems)
}
