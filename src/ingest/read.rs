//! Reading a case: a folder of tables, or one file of claims.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::claims::{self, Pending};
use super::delimited::BLOCK;
use super::gather::Gather;
use super::index::ClaimIndex;
use super::input::{Input, InputRecord, damage};
use super::limits::{Limits, size};
use super::names::{Names, sort_by_name};
use super::problem::{Lines, Place, Problem, Problems, Severity};
use super::questions::{self, QuestionBook};
use super::rows::{self, file_problem};
use super::table::Table;
use super::{check, sources};
use crate::model::{Case, ClaimId, Claims, QuestionId, Resolution, SourceId};

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
    /// a report in the place of a case
    #[error("{}: this is a report and not a case; name the case that it was made from", .0.display())]
    Report(PathBuf),
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
    /// a case that is no single file of delimited text, which alone is read in pieces
    #[error("{}: only {needed} is read in pieces; leave --sorted away", path.display())]
    NotInPieces {
        /// the case
        path: PathBuf,
        /// what it takes
        needed: &'static str,
    },
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
    read_in_blocks(path, limits, BLOCK)
}

/// Reads a case as [`read`] does, its claims in blocks of some size, which no result depends on.
pub(super) fn read_in_blocks(path: &Path, limits: Limits, size: usize) -> Result<CaseRead, Error> {
    let files = Files::find(path)?;
    let mut reader = Reader { limits, problems: Problems::default(), inputs: Vec::new() };
    for path in &files.unread {
        let what = "is not read, since another file holds the same table";
        let mut problem = file_problem(&path.display().to_string(), 0, what, "keep one of the two");
        problem.severity = Severity::Warning;
        reader.problems.push(problem);
    }
    for (path, meant) in &files.misnamed {
        let remedy = format!("did you mean `{meant}`?");
        let mut problem = file_problem(&path.display().to_string(), 0, "is not read", remedy);
        problem.severity = Severity::Warning;
        reader.problems.push(problem);
    }
    let (mut names, mut book) = (Names::default(), QuestionBook::default());
    if let Some(file) = &files.questions {
        reader
            .table(file, questions::COLUMNS, |table, problems| questions::read_questions(table, &mut book, problems))?;
    }
    if let Some(file) = &files.sources {
        reader.table(file, sources::COLUMNS, |table, problems| {
            sources::read_sources(table, &mut names, limits.chain, problems)
        })?;
    }
    let file = files.claims.display().to_string();
    let gathered = reader.file(&files.claims, |input, problems| {
        let opened = rows::open_in_blocks(&files.claims, claims::COLUMNS, limits, input, size, problems)?;
        Gather::new(&file, &mut names, &mut book, limits).read(opened, problems)
    })?;
    let Some((claims, pending, lines)) = gathered else { return Err(Error::Bad(reader.problems)) };
    let mut resolutions = Vec::new();
    if let Some(file) = &files.resolutions {
        let read = |table, problems: &mut Problems| questions::read_resolutions(table, &book, problems);
        resolutions = reader.table(file, questions::RESOLUTION_COLUMNS, read)?;
    }
    let mut problems = reader.problems;
    let case = whole(&file, (claims, pending), (names, book), resolutions, &lines, &mut problems)?;
    let mut inputs = reader.inputs;
    inputs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(CaseRead { case, problems, inputs, lines })
}

/// The case that was read, if it has no errors.
pub(super) fn whole(
    file: &str,
    (claims, pending): (Claims, Pending),
    (names, book): (Names, QuestionBook),
    resolutions: Vec<Resolution>,
    lines: &Lines,
    problems: &mut Problems,
) -> Result<Case, Error> {
    if claims.is_empty() && problems.count(Severity::Error) == 0 {
        problems.push(file_problem(file, 0, "there are no claims", "write one row for each claim"));
    }
    let case = assemble((claims, pending), (names, book), resolutions, lines, problems);
    note_guessed_kinds(&case, file, problems);
    if problems.count(Severity::Error) > 0 {
        return Err(Error::Bad(std::mem::take(problems)));
    }
    Ok(case)
}

/// A case from what was read of it, with all checks that only the whole of it allows.
pub(super) fn assemble(
    (mut claims, pending): (Claims, Pending),
    (names, book): (Names, QuestionBook),
    resolutions: Vec<Resolution>,
    lines: &Lines,
    problems: &mut Problems,
) -> Case {
    look_up(&mut claims, &pending, &book, lines, problems);
    let mut case = in_order(claims, names, book, resolutions);
    check::settle_units(&mut case.questions, &case.claims, lines, problems);
    check::settle_scales(&mut case.questions, &case.claims, lines, problems);
    check::check_order_in_time(&case.claims, lines, problems);
    check::check_revisions(&case.claims, lines, problems);
    check::note_ungraded(&case.claims, &case.sources, lines, problems);
    case
}

/// The files of a case.
struct Files {
    claims: PathBuf,
    sources: Option<PathBuf>,
    questions: Option<PathBuf>,
    resolutions: Option<PathBuf>,
    /// files that hold a table which another file holds too
    unread: Vec<PathBuf>,
    /// files that are not read, with the name that they may be meant to have
    misnamed: Vec<(PathBuf, String)>,
}

/// Why a folder has no claims: there are none, or the system does not say.
fn no_claims(folder: &Path) -> Error {
    match folder.join("claims.csv").symlink_metadata() {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Error::Io { path: folder.to_owned(), source },
        _ => Error::NoClaims(folder.to_owned()),
    }
}

/// Files of a folder whose names are nearly those of tables that it does not have: `source.csv`, `SOURCES.csv`.
fn misnamed(folder: &Path, missing: &[&str]) -> Vec<(PathBuf, String)> {
    // A folder that cannot be listed can be read all the same.
    let mut names: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    let meant = |name: std::ffi::OsString| {
        let (stem, endings) = name.to_str()?.split_once('.')?;
        let endings = endings.to_lowercase();
        let stem = stem.to_lowercase();
        let in_other_letters = missing.iter().copied().find(|table| *table == stem);
        let table = in_other_letters.or_else(|| super::nearest(&stem, missing.iter().copied()))?;
        let right = format!("{table}.{endings}");
        is_case_table(Path::new(&right)).then(|| (folder.join(&name), right))
    };
    names.into_iter().filter_map(meant).collect()
}

impl Files {
    fn find(path: &Path) -> Result<Files, Error> {
        let kind = fs::metadata(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Error::NoSuchPath(path.to_owned()),
            _ => Error::Io { path: path.to_owned(), source },
        })?;
        if kind.is_dir() && path.join(SEAL).symlink_metadata().is_ok() {
            return Err(Error::Report(path.to_owned()));
        }
        if !kind.is_dir() {
            no_report(path, path)?;
            return Ok(Files {
                claims: path.to_owned(),
                sources: None,
                questions: None,
                resolutions: None,
                unread: Vec::new(),
                misnamed: Vec::new(),
            });
        }
        let mut unread = Vec::new();
        let mut file = |name: &str| {
            let mut found = places(path, name).filter(|p| p.symlink_metadata().is_ok());
            let first = found.next();
            unread.extend(found);
            first.map(|file| own_file(path, file)).transpose()
        };
        let claims = file("claims")?.ok_or_else(|| no_claims(path))?;
        no_report(path, &claims)?;
        let (sources, questions, resolutions) = (file("sources")?, file("questions")?, file("resolutions")?);
        let missing = [("sources", &sources), ("questions", &questions), ("resolutions", &resolutions)];
        let missing: Vec<&str> = missing.into_iter().filter(|table| table.1.is_none()).map(|table| table.0).collect();
        let misnamed = misnamed(path, &missing);
        Ok(Files { claims, sources, questions, resolutions, unread, misnamed })
    }
}

/// The seal of a report folder, and how the header of its claims begins. They are not to be taken for a case, whose
/// answer would be another one.
pub(crate) const SEAL: &str = "run.json";
pub(crate) const REPORTED: &str =
    "question,claim,publisher,estimate,bound,low,high,unit,published,as_of,origin,chain,flags,used,";

/// Refuses the claims of a report.
pub(super) fn no_report(case: &Path, claims: &Path) -> Result<(), Error> {
    if claims.extension().is_none_or(|ending| ending != "csv") || !claims.is_file() {
        return Ok(());
    }
    let mut start = Vec::new();
    // What cannot be read is told by whoever reads it.
    let read = fs::File::open(claims).and_then(|file| file.take(REPORTED.len() as u64).read_to_end(&mut start));
    if read.is_ok() && start == REPORTED.as_bytes() { Err(Error::Report(case.to_owned())) } else { Ok(()) }
}

/// The tables of a case.
const TABLES: [&str; 4] = ["claims", "sources", "questions", "resolutions"];
/// How the name of a table may end, and what may follow where it is packed.
const ENDINGS: [&str; 4] = ["csv", "tsv", "jsonl", "ndjson"];
const PACKED: [&str; 3] = ["", ".gz", ".zst"];

/// The files that a table of a folder may stand in, the first of which is read.
fn places<'a>(folder: &'a Path, table: &'a str) -> impl Iterator<Item = PathBuf> + 'a {
    let named = move |packed: &'a str| ENDINGS.map(|ending| folder.join(format!("{table}.{ending}{packed}")));
    PACKED.into_iter().flat_map(named)
}

/// The files that a case is read from: the tables of a folder that are there, or the file that it is.
#[must_use]
pub fn case_files(case: &Path) -> Vec<PathBuf> {
    if !case.is_dir() {
        return vec![case.to_owned()];
    }
    TABLES.iter().flat_map(|table| places(case, table)).filter(|file| file.symlink_metadata().is_ok()).collect()
}

/// Whether a file is one that a case is read from where it lies in its folder, by its name.
#[must_use]
pub fn is_case_table(file: &Path) -> bool {
    let folder = file.parent().unwrap_or(Path::new(""));
    TABLES.iter().flat_map(|table| places(folder, table)).any(|place| place == file)
}

/// A file of a case folder: one that lies in it, links followed, and is a plain file. A case that somebody else has
/// made can thus neither show what lies elsewhere nor keep a reader waiting at a pipe.
pub(crate) fn own_file(folder: &Path, path: PathBuf) -> Result<PathBuf, Error> {
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
        let limits = self.limits;
        self.file(path, |input, problems| read(Table::open(path, known, limits, input, problems)?, problems))
    }

    /// Reads a file and notes its hash. A file that is too large, is damaged or changes while it is read is refused
    /// with whatever else was wrong before it.
    fn file<T>(&mut self, path: &Path, read: impl FnOnce(&Input, &mut Problems) -> io::Result<T>) -> Result<T, Error> {
        let (input, mut problems) = (Input::default(), Problems::default());
        // A file says its size beforehand; a pipe is cut off behind the limit.
        let outcome = match too_large(path, self.limits) {
            Some(problem) => Err(problem),
            None => sound(path, self.limits, &input, read(&input, &mut problems))?,
        };
        match outcome {
            Ok(outcome) => {
                self.problems.append(problems, |_, _| ());
                self.inputs.push(record(path, &input)?);
                Ok(outcome)
            }
            Err(problem) => {
                let mut problems = std::mem::take(&mut self.problems);
                problems.push(problem);
                Err(Error::Bad(problems))
            }
        }
    }
}

/// Whether a file says that it is too large.
pub(super) fn too_large(path: &Path, limits: Limits) -> Option<Problem> {
    let is_large = path.metadata().is_ok_and(|there| there.is_file() && there.len() > limits.file);
    is_large.then(|| larger(path, limits))
}

fn larger(path: &Path, limits: Limits) -> Problem {
    let what = format!("a file of more than {}", size(limits.file));
    file_problem(&path.display().to_string(), 0, what, "raise `--limit file`, or split it")
}

/// What came of reading a file, unless it is too large, is damaged or has changed meanwhile.
pub(super) fn sound<T>(
    path: &Path,
    limits: Limits,
    input: &Input,
    outcome: io::Result<T>,
) -> Result<Result<T, Problem>, Error> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    let problem = |what: String, remedy| Ok(Err(file_problem(&path.display().to_string(), 0, what, remedy)));
    if input.has_changed().map_err(failed)? {
        return problem("the file changed while it was read".to_owned(), "read it again when nothing writes to it");
    }
    match outcome {
        Err(error) => match damage(&error) {
            Some((what, remedy)) => problem(what, remedy),
            None => Err(failed(error)),
        },
        Ok(_) if input.unpacked() > limits.file => Ok(Err(larger(path, limits))),
        Ok(outcome) => Ok(Ok(outcome)),
    }
}

/// The record of a file that was read.
pub(super) fn record(path: &Path, input: &Input) -> Result<InputRecord, Error> {
    input.record(&named(path)).map_err(|source| Error::Io { path: path.to_owned(), source })
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
        let has_references = !pending.cites.is_empty() || !pending.revises.is_empty();
        let index = ClaimIndex::new(claims, lines, has_references, problems);
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
    for source in &mut sources {
        source.parent = source.parent.map(|parent| SourceId(source_place[parent.index()]));
    }
    claims.renumber(&question_place, &source_place, &label_place);
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
