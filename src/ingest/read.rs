//! Reading a case: a folder of tables, or one file of claims.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use sha2::{Digest, Sha256};

use super::claims::{self, ClaimReader, Pending};
use super::index::ClaimIndex;
use super::limits::{Limits, size};
use super::names::{Names, sort_by_name};
use super::problem::{Lines, Place, Problem, Problems, Severity};
use super::questions::{self, QuestionBook};
use super::rows::file_problem;
use super::table::Table;
use super::{check, sources};
use crate::model::{Case, ClaimId, Claims, Element, LabelId, Party, QuestionId, Resolution, SourceId};

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRecord {
    /// the file as the user named it, with `/`
    pub name: String,
    /// size in bytes
    pub bytes: u64,
    /// SHA-256 of the bytes, in hexadecimal
    pub sha256: String,
}

/// Counts and hashes the bytes of a file as they are read.
#[derive(Debug, Clone, Default)]
pub struct Input(Rc<RefCell<(u64, Sha256)>>);

impl Input {
    /// A reader that passes the bytes on.
    pub fn watch<R: Read>(&self, reader: R) -> impl Read + use<R> {
        Watched { reader, input: self.clone() }
    }

    /// How many bytes have passed.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.borrow().0
    }

    fn record(&self, name: &str) -> InputRecord {
        let (bytes, hasher) = &*self.0.borrow();
        let hash = hasher.clone().finalize();
        let sha256 = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        InputRecord { name: name.to_owned(), bytes: *bytes, sha256 }
    }
}

struct Watched<R> {
    reader: R,
    input: Input,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        let mut watched = self.input.0.borrow_mut();
        watched.0 += length as u64;
        watched.1.update(&buffer[..length]);
        Ok(length)
    }
}

/// A case that was read, and what there is to say about it.
#[derive(Debug, Clone)]
pub struct CaseRead {
    /// the case
    pub case: Case,
    /// warnings and assumptions
    pub problems: Problems,
    /// the files, in order of name
    pub inputs: Vec<InputRecord>,
    /// the lines of the claims' rows
    pub lines: Lines,
}

/// Why a case could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// the case has errors
    #[error("{} in the case", errors(.0))]
    Bad(Problems),
    /// there is nothing at the path
    #[error("{}: no such file or folder", .0.display())]
    NoSuchPath(PathBuf),
    /// a folder without claims
    #[error("{}: no claims.csv and no claims.jsonl in this folder; `sayso init FOLDER` makes a new case", .0.display())]
    NoClaims(PathBuf),
    /// a link in the case leads out of its folder
    #[error("{} is a link that leads out of the case, to {}; put the file itself into the folder", path.display(), target.display())]
    Outside {
        /// the link
        path: PathBuf,
        /// where it leads
        target: PathBuf,
    },
    /// a folder, a pipe or a device where a table should be
    #[error("{} is no file; put a table there", .0.display())]
    NotAFile(PathBuf),
    /// a file could not be read
    #[error("{} could not be read", path.display())]
    Io {
        /// the file
        path: PathBuf,
        /// why
        source: io::Error,
    },
}

fn errors(problems: &Problems) -> String {
    match problems.count(Severity::Error) {
        1 => "1 error".to_owned(),
        count => format!("{count} errors"),
    }
}

/// Reads a case from a folder, or from one file of claims. All problems of all files are reported.
///
/// # Errors
/// [`Error::Bad`] with every problem where the case has errors; the others where there is no case.
///
/// ```no_run
/// let read = sayso::ingest::read("data/kursk-2025".as_ref(), Default::default())?;
/// println!("{} claims", read.case.claims.len());
/// # Ok::<(), sayso::ingest::Error>(())
/// ```
pub fn read(path: &Path, limits: Limits) -> Result<CaseRead, Error> {
    let files = Files::find(path)?;
    let mut reader = Reader { limits, problems: Problems::default(), inputs: Vec::new() };
    for path in &files.unread {
        let what = "is not read, since another file holds the same table";
        let mut problem = file_problem(&path.display().to_string(), 0, what, "keep one of the two");
        problem.severity = Severity::Warning;
        reader.problems.push(problem);
    }
    let (mut names, mut book) = (Names::default(), QuestionBook::default());
    if let Some(file) = &files.questions {
        reader
            .table(file, questions::COLUMNS, |table, problems| questions::read_questions(table, &mut book, problems))?;
    }
    if let Some(file) = &files.sources {
        reader.table(file, sources::COLUMNS, |table, problems| sources::read_sources(table, &mut names, problems))?;
    }
    let mut rows = ClaimReader::new(&mut names, &mut book, limits);
    reader.table(&files.claims, claims::COLUMNS, |table, problems| rows.read(table, problems))?;
    let (mut claims, pending, mut lines) = (rows.claims, rows.pending, rows.lines);
    let mut resolutions = Vec::new();
    if let Some(file) = &files.resolutions {
        let read = |table, problems: &mut Problems| questions::read_resolutions(table, &book, problems);
        resolutions = reader.table(file, questions::RESOLUTION_COLUMNS, read)?;
    }
    let file = files.claims.display().to_string();
    lines.file.clone_from(&file);
    let mut problems = reader.problems;
    if names.sources.len() > limits.sources {
        let what = format!("more than {} sources", limits.sources);
        let remedy = "raise `--limit sources`; or a column other than the publisher stands in its place";
        problems.push(file_problem(&file, 0, what, remedy));
        return Err(Error::Bad(problems));
    }
    if claims.is_empty() && problems.count(Severity::Error) == 0 {
        problems.push(file_problem(&file, 0, "there are no claims", "write one row for each claim"));
    }
    look_up(&mut claims, &pending, &book, &lines, &mut problems);
    let mut case = in_order(claims, names, book, resolutions);
    check::settle_units(&mut case.questions, &case.claims, &lines, &mut problems);
    check::settle_scales(&mut case.questions, &case.claims, &lines, &mut problems);
    check::check_order_in_time(&case.claims, &lines, &mut problems);
    check::check_revisions(&case.claims, &lines, &mut problems);
    check::note_ungraded(&case.claims, &case.sources, &lines, &mut problems);
    note_guessed_kinds(&case, &file, &mut problems);
    if problems.count(Severity::Error) > 0 {
        return Err(Error::Bad(problems));
    }
    let mut inputs = reader.inputs;
    inputs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(CaseRead { case, problems, inputs, lines })
}

/// The files of a case.
struct Files {
    claims: PathBuf,
    sources: Option<PathBuf>,
    questions: Option<PathBuf>,
    resolutions: Option<PathBuf>,
    /// files that hold a table which another file holds too
    unread: Vec<PathBuf>,
}

impl Files {
    fn find(path: &Path) -> Result<Files, Error> {
        let kind = fs::metadata(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Error::NoSuchPath(path.to_owned()),
            _ => Error::Io { path: path.to_owned(), source },
        })?;
        if !kind.is_dir() {
            return Ok(Files {
                claims: path.to_owned(),
                sources: None,
                questions: None,
                resolutions: None,
                unread: Vec::new(),
            });
        }
        let mut unread = Vec::new();
        let mut file = |name: &str| {
            let mut found = ["csv", "tsv", "jsonl", "ndjson"]
                .iter()
                .map(|ending| path.join(name).with_extension(ending))
                .filter(|p| p.symlink_metadata().is_ok());
            let first = found.next();
            unread.extend(found);
            first.map(|file| own_file(path, file)).transpose()
        };
        Ok(Files {
            claims: file("claims")?.ok_or_else(|| Error::NoClaims(path.to_owned()))?,
            sources: file("sources")?,
            questions: file("questions")?,
            resolutions: file("resolutions")?,
            unread,
        })
    }
}

/// A file of a case folder: one that lies in it, links followed, and is a plain file. A case that somebody else has
/// made can thus neither show what lies elsewhere nor keep a reader waiting at a pipe.
fn own_file(folder: &Path, path: PathBuf) -> Result<PathBuf, Error> {
    let resolved = |path: &Path| {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        fs::canonicalize(path).map_err(failed)
    };
    let (home, target) = (resolved(folder)?, resolved(&path)?);
    if !target.starts_with(&home) {
        return Err(Error::Outside { path, target });
    }
    if target.is_file() { Ok(path) } else { Err(Error::NotAFile(path)) }
}

struct Reader {
    limits: Limits,
    problems: Problems,
    inputs: Vec<InputRecord>,
}

impl Reader {
    fn table<T>(
        &mut self,
        path: &Path,
        known: &'static [super::header::Known],
        read: impl FnOnce(Table, &mut Problems) -> io::Result<T>,
    ) -> Result<T, Error> {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        let input = Input::default();
        let too_large = |problems: &mut Problems| {
            let what = format!("a file of more than {}", size(self.limits.file));
            problems.push(file_problem(&path.display().to_string(), 0, what, "raise `--limit file`, or split it"));
        };
        // A file says its size beforehand; a pipe is cut off behind the limit.
        if path.metadata().is_ok_and(|there| there.is_file() && there.len() > self.limits.file) {
            too_large(&mut self.problems);
            return Err(Error::Bad(std::mem::take(&mut self.problems)));
        }
        let table = Table::open(path, known, self.limits, &input, &mut self.problems).map_err(failed)?;
        let rows = read(table, &mut self.problems).map_err(failed)?;
        if input.bytes() > self.limits.file {
            too_large(&mut self.problems);
        }
        self.inputs.push(input.record(&named(path)));
        Ok(rows)
    }
}

/// A path in one form, whatever signs the user put into it: `./case//claims.csv` is `case/claims.csv`.
fn named(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    let path: PathBuf = parts.collect();
    path.to_string_lossy().replace('\\', "/")
}

/// Looks up the claims and questions that claims name.
fn look_up(claims: &mut Claims, pending: &Pending, book: &QuestionBook, lines: &Lines, problems: &mut Problems) {
    let (cites, revises) = {
        let index = ClaimIndex::new(claims, lines, problems);
        let cites = index.resolve(&pending.cites, "cites", problems);
        (cites, index.resolve(&pending.revises, "revises", problems))
    };
    for same in cites.chunk_by(|a, b| a.0 == b.0) {
        let mut cited: Vec<ClaimId> = same.iter().map(|pair| pair.1).collect();
        cited.sort_unstable();
        cited.dedup();
        claims.cites.set(same[0].0 as usize, &cited);
    }
    for (claim, revised) in revises {
        claims.revises.set(claim as usize, Some(revised));
    }
    check::resolve_shares(claims, &pending.shares, book, problems);
}

/// Puts questions, sources and labels into the order of their names and claims into that of their
/// questions and ids, so that nothing remembers the order of rows.
fn in_order(mut claims: Claims, mut names: Names, book: QuestionBook, mut resolutions: Vec<Resolution>) -> Case {
    names.guess_kinds();
    let (mut questions, mut sources, mut labels) = (book.questions, names.sources, names.labels);
    let question_place = sort_by_name(&mut questions, |question| &question.id);
    let source_place = sort_by_name(&mut sources, |source| &source.id);
    let label_place = sort_by_name(&mut labels, |label| label);
    let moved = |source: SourceId| SourceId(source_place[source.index()]);
    for source in &mut sources {
        source.parent = source.parent.map(moved);
    }
    for question in &mut claims.question {
        *question = QuestionId(question_place[question.index()]);
    }
    for publisher in &mut claims.publisher {
        *publisher = moved(*publisher);
    }
    for at in 0..claims.len() {
        claims.of.set(at, claims.of.get(at).map(|of| QuestionId(question_place[of.index()])));
    }
    let all: Vec<u32> = if claims.via.is_empty() { Vec::new() } else { (0..claims.len() as u32).collect() };
    claims.via = claims.via.reordered(&all, |element| {
        let party = match element.party {
            Party::Source(source) => Party::Source(moved(source)),
            Party::Anonymous(label) => Party::Anonymous(LabelId(label_place[label.index()])),
        };
        Element { party, ..element }
    });
    claims.group(questions.len());
    claims.extra.sort_by(|a, b| a.0.cmp(&b.0));
    for resolution in &mut resolutions {
        resolution.question = QuestionId(question_place[resolution.question.index()]);
    }
    resolutions.sort_by_key(|resolution| resolution.question);
    Case { questions, sources, labels, claims, resolutions }
}

fn note_guessed_kinds(case: &Case, file: &str, problems: &mut Problems) {
    for source in case.sources.iter().filter(|source| source.kind_guessed) {
        let place = Place { file: file.to_owned(), line: 0, column: 0 };
        let what =
            format!("source `{}` is taken as {}, by its name", super::table::shown(&source.name), source.kind.name());
        let remedy = "say its `kind` in sources.csv".to_owned();
        problems.push(Problem { place, severity: Severity::Assumed, what, remedy });
    }
}
