//! Rows of data frames: record batches of Arrow, as pandas, polars, pyarrow and Spark hand them over. Texts are read
//! where they lie; numbers become text a block at a time, since what a cell holds is judged by one grammar for all
//! formats.

use std::io;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Float64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray,
};
use arrow_cast::{CastOptions, cast, cast_with_options};
use arrow_schema::{ArrowError, DataType, FieldRef, SchemaRef};

use super::claims::{COLUMNS, QUESTION};
use super::control::{blank_signs, may_be_sign};
use super::gather::Gather;
use super::header::{Header, Known};
use super::limits::{Limits, sizes};
use super::names::Names;
use super::pieces::Piece;
use super::problem::{Place, Problem, Problems, Severity};
use super::questions::{self, QuestionBook};
use super::read::{CaseRead, Error, assemble, whole};
use super::rows::{Rows, control_problem, file_problem};
use super::sources;
use super::table::{Table, shown};
use crate::report::plain;

/// Rows that make a block.
const ROWS: usize = 1 << 14;

/// The tables of a case as data frames, with the columns of the files of the same names. Cells are read as in a file:
/// a number as it would be written with the least digits, so that 12,000 as a float is a round figure; null and NaN are
/// empty; a date with a time is a date.
#[derive(Debug, Clone, Default)]
pub struct Frames {
    /// claims.csv
    pub claims: Vec<RecordBatch>,
    /// sources.csv, or nothing
    pub sources: Vec<RecordBatch>,
    /// questions.csv, or nothing
    pub questions: Vec<RecordBatch>,
    /// resolutions.csv, or nothing
    pub resolutions: Vec<RecordBatch>,
}

/// Reads a case from data frames. The place of a problem is the name of the frame, the number of the row, from 1, and
/// the number of the column, from 1. Cost: that of reading the same case from files, without their bytes.
///
/// # Errors
/// [`Error::Bad`] with every problem where the case has errors.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
/// use sayso::ingest::{Frames, read_frames};
///
/// let text = |cells: [&str; 2]| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef;
/// let claims = RecordBatch::try_from_iter([
///     ("question", text(["homes", "homes"])),
///     ("publisher", text(["Harbour Daily", "County Council"])),
///     ("estimate", Arc::new(Float64Array::from(vec![1200.0, 1100.0]))),
/// ])?;
/// let read = read_frames(&Frames { claims: vec![claims], ..Frames::default() }, Default::default())?;
/// assert_eq!(read.case.claims.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_frames(frames: &Frames, limits: Limits) -> Result<CaseRead, Error> {
    let mut problems = Problems::default();
    let (mut names, mut book) = (Names::default(), QuestionBook::default());
    let table = |name: &str, batches: &[RecordBatch], known: &'static [Known], problems: &mut Problems| {
        let rows = FrameRows::of(&Arc::new(Head::new(name, batches, known, limits, problems)), batches);
        let header = Header::of(known, &rows, problems);
        Table::new(Box::new(rows) as Box<dyn Rows>, header)
    };
    let failed = |source| Error::Io { path: "frame".into(), source };
    if !frames.questions.is_empty() {
        let table = table("questions", &frames.questions, questions::COLUMNS, &mut problems);
        questions::read_questions(table, &mut book, &mut problems).map_err(failed)?;
    }
    if !frames.sources.is_empty() {
        let table = table("sources", &frames.sources, sources::COLUMNS, &mut problems);
        sources::read_sources(table, &mut names, limits.chain, &mut problems).map_err(failed)?;
    }
    let head = Arc::new(Head::new("claims", &frames.claims, COLUMNS, limits, &mut problems));
    let header = Header::of(COLUMNS, &FrameRows::of(&head, &[]), &mut problems);
    let gather = Gather::new("claims", &mut names, &mut book, limits);
    let gathered = gather.read_part(blocks(&head, &frames.claims), &header, &mut problems);
    let Some((claims, pending, lines, _)) = gathered else { return Err(Error::Bad(problems)) };
    let mut resolutions = Vec::new();
    if !frames.resolutions.is_empty() {
        let table = table("resolutions", &frames.resolutions, questions::RESOLUTION_COLUMNS, &mut problems);
        resolutions = questions::read_resolutions(table, &book, &mut problems).map_err(failed)?;
    }
    let case = whole("claims", (claims, pending), (names, book), resolutions, &lines, &mut problems)?;
    Ok(CaseRead { case, problems, inputs: Vec::new(), lines })
}

/// The rows of claims in blocks that are read on all threads.
pub(super) fn blocks(head: &Arc<Head>, batches: &[RecordBatch]) -> Vec<FrameRows> {
    let mut blocks = Vec::new();
    let mut before = 0;
    for batch in batches {
        for start in (0..batch.num_rows()).step_by(ROWS) {
            let block = batch.slice(start, ROWS.min(batch.num_rows() - start));
            let rows = block.num_rows() as u64;
            blocks.push(FrameRows { row: before, ..FrameRows::of(head, &[block]) });
            before += rows;
        }
    }
    blocks
}

/// What all blocks of a frame share.
#[derive(Debug)]
pub(super) struct Head {
    name: String,
    columns: Vec<String>,
    limits: Limits,
    /// the column by which problems name a claim, in the place of the number of its row
    claim: Option<usize>,
}

impl Head {
    /// The columns of a frame. Where those of the format are no texts, numbers, dates or flags, that is an error, and so
    /// are too many; others are left out with a warning.
    pub fn new(name: &str, batches: &[RecordBatch], known: &[Known], limits: Limits, problems: &mut Problems) -> Head {
        let schema: Option<SchemaRef> = batches.first().map(RecordBatch::schema);
        let fields = schema.iter().flat_map(|schema| schema.fields()).collect::<Vec<_>>();
        if fields.len() > limits.columns {
            let what = format!("more than {} columns", limits.columns);
            problems.push(file_problem(name, 0, what, "raise `--limit columns`, if this is a table"));
        }
        for (at, field) in fields.iter().enumerate().filter(|(_, field)| !is_readable(field)) {
            let what = format!("column `{}` holds values of type {}", shown(field.name()), kind_of(field));
            let place = Place { file: name.to_owned(), line: 0, column: at as u64 + 1 };
            let is_known = known.iter().any(|column| column.name.eq_ignore_ascii_case(field.name().trim()));
            let (severity, remedy) = if is_known {
                (Severity::Error, "give texts, numbers, dates or booleans; lists as one text, separated by ;")
            } else {
                (Severity::Warning, "it is left out")
            };
            problems.push(Problem { place, severity, what, remedy: remedy.to_owned() });
        }
        let columns = fields.iter().take(limits.columns).map(|field| field.name().trim().to_owned()).collect();
        Head { name: name.to_owned(), columns, limits, claim: None }
    }

    /// The place of a column.
    fn place(&self, column: usize) -> Place {
        Place { file: self.name.clone(), line: 0, column: column as u64 + 1 }
    }

    /// The same, with problems that name the claim by its id.
    pub fn by_claim(mut self) -> Head {
        self.claim = self.columns.iter().position(|name| name == COLUMNS[0].name);
        self
    }
}

/// Name of the extension type under which a library stores something else than the type of the column.
fn extension(field: &FieldRef) -> Option<&str> {
    field.metadata().get("ARROW:extension:name").map(String::as_str).filter(|name| name.starts_with("pandas."))
}

fn kind_of(field: &FieldRef) -> String {
    extension(field).map_or_else(|| field.data_type().to_string(), str::to_owned)
}

fn is_readable(field: &FieldRef) -> bool {
    extension(field).is_none() && is_readable_type(field.data_type())
}

fn is_readable_type(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, value) => is_readable_type(value),
        DataType::Null | DataType::Boolean | DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => true,
        kind => kind.is_string() || kind.is_integer() || kind.is_floating() || kind.is_decimal(),
    }
}

/// The cells of a column of a block.
enum Cells {
    Text(StringArray),
    LargeText(LargeStringArray),
    View(StringViewArray),
    Number(Float64Array),
    Flag(BooleanArray),
    Nothing,
}

impl Cells {
    fn of(column: &dyn Array) -> Result<Cells, ArrowError> {
        // A value that has no place in the other type is an error and not an empty cell.
        let strict = CastOptions { safe: false, ..CastOptions::default() };
        let to = |kind: &DataType| cast_with_options(column, kind, &strict);
        Ok(match column.data_type() {
            DataType::Utf8 => Cells::Text(column.as_string::<i32>().clone()),
            DataType::LargeUtf8 => Cells::LargeText(column.as_string::<i64>().clone()),
            DataType::Utf8View => Cells::View(column.as_string_view().clone()),
            DataType::Float64 => Cells::Number(column.as_primitive::<Float64Type>().clone()),
            kind if kind.is_decimal() => Cells::Number(to(&DataType::Float64)?.as_primitive::<Float64Type>().clone()),
            // The digits of a float of 32 bits, not those of the double next to it.
            kind if kind.is_floating() => {
                let texts = to(&DataType::Utf8)?;
                Cells::Number(cast(&texts, &DataType::Float64)?.as_primitive::<Float64Type>().clone())
            }
            DataType::Boolean => Cells::Flag(column.as_boolean().clone()),
            DataType::Null => Cells::Nothing,
            DataType::Timestamp(..) | DataType::Date64 => {
                Cells::Text(cast(&to(&DataType::Date32)?, &DataType::Utf8)?.as_string::<i32>().clone())
            }
            DataType::Dictionary(_, value) if !value.is_string() => return Cells::of(&to(value)?),
            kind if is_readable_type(kind) => Cells::Text(to(&DataType::Utf8)?.as_string::<i32>().clone()),
            _ => Cells::Nothing,
        })
    }

    /// The text of a cell where it lies; nothing where it has to be made.
    fn text(&self, row: usize) -> Option<&str> {
        match self {
            Cells::Text(cells) => Some(if cells.is_null(row) { "" } else { cells.value(row) }),
            Cells::LargeText(cells) => Some(if cells.is_null(row) { "" } else { cells.value(row) }),
            Cells::View(cells) => Some(if cells.is_null(row) { "" } else { cells.value(row) }),
            Cells::Flag(cells) if cells.is_null(row) => Some(""),
            Cells::Flag(cells) => Some(if cells.value(row) { "yes" } else { "no" }),
            Cells::Number(cells) if cells.is_null(row) || cells.value(row).is_nan() => Some(""),
            Cells::Number(_) => None,
            Cells::Nothing => Some(""),
        }
    }

    fn number(&self, row: usize) -> f64 {
        if let Cells::Number(cells) = self { cells.value(row) } else { f64::NAN }
    }
}

/// Rows of some batches that follow one another.
pub(super) struct FrameRows {
    head: Arc<Head>,
    /// batches still to come, the next one last
    batches: Vec<RecordBatch>,
    cells: Vec<Cells>,
    /// rows of the present batch, and which of them is the present one
    rows: usize,
    at: usize,
    /// number of the present row, from 1
    row: u64,
    /// what does not stand in the frame as it is read: numbers, and texts with control characters
    made: Vec<Option<String>>,
}

impl FrameRows {
    /// The rows of some batches.
    pub fn of(head: &Arc<Head>, batches: &[RecordBatch]) -> FrameRows {
        let batches = batches.iter().rev().cloned().collect();
        FrameRows { head: head.clone(), batches, cells: Vec::new(), rows: 0, at: 0, row: 0, made: Vec::new() }
    }

    /// Goes on to the next batch that has rows.
    fn next_batch(&mut self, problems: &mut Problems) -> bool {
        while let Some(batch) = self.batches.pop() {
            if batch.num_rows() == 0 {
                continue;
            }
            let schema = batch.schema();
            let cells = |(at, column): (usize, &ArrayRef)| {
                if !is_readable(&schema.fields()[at]) {
                    return Cells::Nothing;
                }
                Cells::of(column).unwrap_or_else(|error| {
                    let what = format!("column `{}` cannot be read: {error}", shown(schema.field(at).name()));
                    let remedy = "give it as text; times without a time zone".to_owned();
                    problems.push(Problem { place: self.head.place(at), severity: Severity::Error, what, remedy });
                    Cells::Nothing
                })
            };
            self.cells = batch.columns().iter().enumerate().take(self.head.columns.len()).map(cells).collect();
            self.cells.resize_with(self.head.columns.len(), || Cells::Nothing);
            (self.rows, self.at) = (batch.num_rows(), 0);
            return true;
        }
        false
    }

    /// Makes what the present row does not have as it is read.
    fn make(&mut self, problems: &mut Problems) {
        self.made.clear();
        self.made.resize(self.cells.len(), None);
        for column in 0..self.cells.len() {
            let made = match self.cells[column].text(self.at) {
                None => Some(plain_or_infinite(self.cells[column].number(self.at))),
                Some(text) if text.len() > self.head.limits.field => {
                    let [held, most] = sizes(text.len() as u64, self.head.limits.field as u64);
                    let what = format!("a cell of {held}, where {most} are allowed");
                    let remedy = "shorten it, or raise `--limit field`".to_owned();
                    problems.push(Problem { place: self.place(column, 0), severity: Severity::Error, what, remedy });
                    Some(String::new())
                }
                Some(text) if text.bytes().any(may_be_sign) => {
                    let mut bytes = text.as_bytes().to_vec();
                    if let Some((_, sign)) = blank_signs(&mut bytes) {
                        problems.push(control_problem(self.place(column, 0), sign));
                    }
                    String::from_utf8(bytes).ok()
                }
                Some(_) => None,
            };
            self.made[column] = made;
        }
    }
}

/// A number as the least digits that read back as it; infinity is no number to the grammar, and it says so.
fn plain_or_infinite(number: f64) -> String {
    if number.is_finite() { plain(number) } else { number.to_string() }
}

impl Rows for FrameRows {
    fn advance(&mut self, problems: &mut Problems) -> io::Result<bool> {
        self.at += 1;
        if self.at >= self.rows && !self.next_batch(problems) {
            self.made.clear();
            (self.rows, self.at) = (0, 0);
            return Ok(false);
        }
        self.row += 1;
        self.make(problems);
        Ok(true)
    }

    fn columns(&self) -> &[String] {
        &self.head.columns
    }

    fn cell(&self, column: usize) -> &str {
        let made = self.made.get(column).and_then(Option::as_deref);
        let text = made.or_else(|| self.cells.get(column).filter(|_| self.at < self.rows)?.text(self.at));
        text.unwrap_or("").trim()
    }

    fn line(&self) -> u64 {
        self.row
    }

    fn place(&self, column: usize, _: usize) -> Place {
        let name = &self.head.name;
        match self.head.claim.map(|claim| self.cell(claim)) {
            Some(claim) => {
                Place { file: format!("{name}, claim {}", shown(claim)), line: 0, column: column as u64 + 1 }
            }
            None => Place { file: name.clone(), line: self.row, column: column as u64 + 1 },
        }
    }

    fn header_place(&self, column: usize) -> Place {
        self.head.place(column)
    }
}

/// Name of the column that the rows of a part are in the order of.
pub const KEY: &str = "__sayso_key";

/// Bytes whose order is that of questions: that of [`natural_order`](crate::model::natural_order). No two questions
/// have the same.
///
/// ```
/// use sayso::ingest::question_key;
/// assert!(question_key("q9") < question_key("q10") && question_key("q10") < question_key("r1"));
/// ```
#[must_use]
pub fn question_key(question: &str) -> Vec<u8> {
    let (bytes, mut at) = (question.as_bytes(), 0);
    let mut key = Vec::with_capacity(2 * bytes.len() + 8);
    while let Some(&byte) = bytes.get(at) {
        if !byte.is_ascii_digit() {
            key.push(byte);
            at += 1;
            continue;
        }
        // A run of digits goes by its value: by how many there are behind the zeros, then by what they are.
        let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = &bytes[at..at + run];
        let digits = &digits[digits.iter().take_while(|&&digit| digit == b'0').count()..];
        key.push(b'0');
        key.extend((digits.len() as u32).to_be_bytes());
        key.extend(digits);
        at += run;
    }
    // An end comes before everything that could follow; then what is written differently has its own place.
    key.push(0);
    key.extend(bytes);
    key
}

/// The keys of the questions of a batch, as a column; none where it has no readable column `question`.
#[must_use]
pub fn question_keys(batch: &RecordBatch) -> Option<BinaryArray> {
    let is_question = |field: &FieldRef| field.name().trim().eq_ignore_ascii_case(COLUMNS[QUESTION].name);
    let at = batch.schema().fields().iter().position(is_question)?;
    let cells = Cells::of(batch.column(at)).ok()?;
    let key = |row| {
        let text = cells.text(row).map_or_else(|| plain_or_infinite(cells.number(row)), str::to_owned);
        let mut bytes = text.into_bytes();
        blank_signs(&mut bytes);
        question_key(String::from_utf8_lossy(&bytes).trim())
    };
    Some(BinaryArray::from_iter_values((0..batch.num_rows()).map(key)))
}

/// The rows of a part, in pieces of whole questions. Rows come in batches, in the order of [`KEY`]; what may go on in the
/// next batch waits for it.
pub(crate) struct FramePieces {
    limits: Limits,
    /// claims of a piece, before its last question
    size: usize,
    waiting: Vec<RecordBatch>,
    rows_before: u32,
    questions_before: u32,
    problems: Problems,
}

impl FramePieces {
    /// At the start of a part that stands behind so many questions.
    pub fn new(limits: Limits, size: usize, questions_before: u32) -> FramePieces {
        let (waiting, problems) = (Vec::new(), Problems::default());
        FramePieces { limits, size, waiting, rows_before: 0, questions_before, problems }
    }

    /// Takes the next rows, and gives a piece where enough have come. `meet` is given the sources of the piece before
    /// anything is made of their names.
    pub fn push(&mut self, batch: RecordBatch, meet: impl FnOnce(&mut Names)) -> Option<Piece> {
        if batch.num_rows() > 0 {
            self.waiting.push(batch);
        }
        if self.waiting.iter().map(RecordBatch::num_rows).sum::<usize>() < self.size {
            return None;
        }
        let behind = self.take_last_question();
        if self.waiting.is_empty() {
            self.waiting = behind;
            return None;
        }
        let piece = std::mem::replace(&mut self.waiting, behind);
        self.piece(&piece, meet)
    }

    /// What is left at the end of the part.
    pub fn finish(&mut self, meet: impl FnOnce(&mut Names)) -> Option<Piece> {
        let piece = std::mem::take(&mut self.waiting);
        if piece.is_empty() { None } else { self.piece(&piece, meet) }
    }

    /// What was found so far.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// Takes the rows of the last question off.
    fn take_last_question(&mut self) -> Vec<RecordBatch> {
        let mut behind = Vec::new();
        let last = self.waiting.last().and_then(|batch| Some(keys(batch)?.value(batch.num_rows() - 1).to_vec()));
        while let Some(batch) = self.waiting.pop() {
            let same = keys(&batch).zip(last.as_ref()).map_or(0, |(keys, last)| {
                (0..batch.num_rows()).rev().take_while(|&row| keys.value(row) == last.as_slice()).count()
            });
            let before = batch.num_rows() - same;
            if same > 0 {
                behind.insert(0, batch.slice(before, same));
            }
            if before > 0 {
                self.waiting.push(batch.slice(0, before));
                break;
            }
        }
        behind
    }

    fn piece(&mut self, batches: &[RecordBatch], meet: impl FnOnce(&mut Names)) -> Option<Piece> {
        let batches: Vec<RecordBatch> = batches.iter().map(without_key).collect();
        let (mut names, mut book) = (Names::default(), QuestionBook::default());
        let head = Arc::new(Head::new("claims", &batches, COLUMNS, self.limits, &mut self.problems).by_claim());
        let header = Header::of(COLUMNS, &FrameRows::of(&head, &[]), &mut self.problems);
        let gather = Gather::new("claims", &mut names, &mut book, self.limits).behind(self.rows_before);
        let gathered = gather.read_part(blocks(&head, &batches), &header, &mut self.problems);
        let (claims, pending, lines, _) = gathered?;
        meet(&mut names);
        self.rows_before += claims.len() as u32;
        let questions_before = self.questions_before;
        self.questions_before += book.questions.len() as u32;
        let case = assemble((claims, pending), (names, book), Vec::new(), &lines, &mut self.problems);
        let order = case.question_ids().collect();
        let read = CaseRead { case, problems: Problems::default(), inputs: Vec::new(), lines };
        Some(Piece { read, order, questions_before })
    }
}

/// The keys of a batch, as Spark or the reader of keys made them.
fn keys(batch: &RecordBatch) -> Option<&BinaryArray> {
    batch.column_by_name(KEY)?.as_binary_opt::<i32>()
}

fn without_key(batch: &RecordBatch) -> RecordBatch {
    let others: Vec<usize> =
        (0..batch.num_columns()).filter(|&at| batch.schema_ref().field(at).name() != KEY).collect();
    batch.project(&others).unwrap_or_else(|_| batch.clone())
}

#[cfg(test)]
mod tests;
