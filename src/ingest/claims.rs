//! claims.csv.

use std::io;

use super::Limits;
use super::estimate::{Reading, Share, read_estimate};
use super::header::Known;
use super::index::Reference;
use super::names::Names;
use super::number::read_number;
use super::problem::{Lines, Place, Problem, Problems, Severity};
use super::questions::QuestionBook;
use super::suggest::{NearIndex, nearest};
use super::table::{Table, shown};
use super::via::read_via;
use crate::model::{
    Basis, Bound, Claims, Estimate, Inferred, Interval, Question, QuestionId, SourceId, Status, TextColumn, fold_name,
};

/// The columns of claims.csv.
pub const COLUMNS: &[Known] = &[
    Known { name: "claim", required: false, meaning: "id, unique in the case; default: the row number" },
    Known { name: "question", required: true, meaning: "id of the question" },
    Known { name: "publisher", required: true, meaning: "who printed or said it: name, alias or id of a source" },
    Known { name: "estimate", required: true, meaning: "the number as it was said: about 12,000, >=1000, 1000-3000" },
    Known { name: "low", required: false, meaning: "lower end of a stated interval, or of a range" },
    Known { name: "high", required: false, meaning: "upper end of a stated interval, or of a range" },
    Known { name: "level", required: false, meaning: "probability of the stated interval: 0.9" },
    Known { name: "unit", required: false, meaning: "singular noun or unit symbol" },
    Known {
        name: "via",
        required: false,
        meaning: "whom the text credits, from the publisher inward: NK News > anonymous: own sources; A & B side by side",
    },
    Known { name: "cites", required: false, meaning: "ids of the claims that this one repeats, separated by ;" },
    Known { name: "cue", required: false, meaning: "words of attribution" },
    Known { name: "published", required: false, meaning: "date of the claim: 2025-02-27, 2025-02 or 2025" },
    Known { name: "as_of", required: false, meaning: "date that the number refers to" },
    Known {
        name: "status",
        required: false,
        meaning: "asserted (default), projected, disputed, superseded, corrected or retracted",
    },
    Known { name: "scope", required: false, meaning: "what the figure counts instead of what the question asks" },
    Known { name: "revises", required: false, meaning: "id of the same speaker's earlier claim" },
    Known {
        name: "inferred",
        required: false,
        meaning: "yes, or which of publisher, via, cites, published were inferred",
    },
    Known { name: "credibility", required: false, meaning: "Admiralty credibility, 1 to 6; 6 cannot be judged" },
    Known { name: "basis", required: false, meaning: "witnessed, told, deduced or induced" },
    Known { name: "url", required: false, meaning: "address of the evidence" },
    Known { name: "archive", required: false, meaning: "address of an archived copy" },
    Known { name: "locator", required: false, meaning: "place in the evidence" },
    Known { name: "note", required: false, meaning: "remark" },
];

const CLAIM: usize = 0;
const QUESTION: usize = 1;
const PUBLISHER: usize = 2;
const ESTIMATE: usize = 3;
const LOW: usize = 4;
const HIGH: usize = 5;
const LEVEL: usize = 6;
const UNIT: usize = 7;
const VIA: usize = 8;
const CITES: usize = 9;
const CUE: usize = 10;
const PUBLISHED: usize = 11;
const AS_OF: usize = 12;
const STATUS: usize = 13;
const SCOPE: usize = 14;
const REVISES: usize = 15;
const INFERRED: usize = 16;
const CREDIBILITY: usize = 17;
const BASIS: usize = 18;
const URL: usize = 19;
const ARCHIVE: usize = 20;
const LOCATOR: usize = 21;
const NOTE: usize = 22;

/// Probability given to a stated interval whose level is left out.
const ASSUMED_LEVEL: f64 = 0.9;

/// A share of another question, whose name is looked up when all rows are read.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareOf {
    /// the claim, by row
    pub claim: u32,
    /// the other question as written
    pub of: String,
    /// where
    pub place: Place,
}

/// What reading the claims leaves to be looked up when all rows are known.
#[derive(Debug, Default)]
pub struct Pending {
    /// citations, in order of row
    pub cites: Vec<Reference>,
    /// revisions
    pub revises: Vec<Reference>,
    /// shares of other questions
    pub shares: Vec<ShareOf>,
}

/// Reads the claims of a table.
pub struct ClaimReader<'a> {
    /// sources
    pub names: &'a mut Names,
    /// questions
    pub book: &'a mut QuestionBook,
    /// limits in force
    pub limits: Limits,
    /// claims read so far
    pub claims: Claims,
    /// references to be looked up
    pub pending: Pending,
    /// lines of the rows read so far
    pub lines: Lines,
    declared_names: NearIndex,
    has_declared_sources: bool,
    has_declared_questions: bool,
}

impl<'a> ClaimReader<'a> {
    /// A reader that has read no claim yet.
    #[must_use]
    pub fn new(names: &'a mut Names, book: &'a mut QuestionBook, limits: Limits) -> Self {
        let mut declared_names = NearIndex::default();
        for source in &names.sources {
            for name in [&source.id, &source.name].into_iter().chain(&source.aliases) {
                declared_names.insert(&fold_name(name), name);
            }
        }
        let has_declared_sources = !names.sources.is_empty();
        let has_declared_questions = !book.questions.is_empty();
        ClaimReader {
            names,
            book,
            limits,
            claims: Claims::default(),
            pending: Pending::default(),
            lines: Lines::default(),
            declared_names,
            has_declared_sources,
            has_declared_questions,
        }
    }

    /// Reads all rows of a table. A row with an error is reported and makes no claim.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read(&mut self, mut table: Table, problems: &mut Problems) -> io::Result<()> {
        while table.advance(problems)? {
            self.lines.of_row.push(u32::try_from(table.line()).unwrap_or(u32::MAX));
            self.read_row(&table, problems);
            if self.names.sources.len() > self.limits.sources {
                break;
            }
        }
        Ok(())
    }

    /// Reads a row. One with an error makes a claim too, with stand-ins for what could not be read, so
    /// that the rest of it is checked and others may name it; the case is refused in the end.
    fn read_row(&mut self, table: &Table, problems: &mut Problems) {
        let question = self.question(table, problems);
        let publisher = self.publisher(table, problems);
        let mut unit = table.text(UNIT).to_owned();
        let estimate = self.estimate(table, question, &mut unit, problems).unwrap_or(Estimate::UNKNOWN);
        let claim = self.claims.push(table.row(), question, publisher, estimate);
        let at = claim.index();
        self.facts(table, at, problems);
        self.attribution(table, at, problems);
        let claims = &mut self.claims;
        for known in [CLAIM, QUESTION] {
            if table.text(known).contains('\n') {
                table.report(
                    problems,
                    Severity::Error,
                    (known, 0),
                    "an id of more than one line",
                    "write it on one line",
                );
            }
        }
        claims.id.set(at, table.text(CLAIM));
        let written = table.text(PUBLISHER);
        if fold_name(&self.names.sources[publisher.index()].name) != fold_name(written) {
            claims.byline.set(at, written);
        }
        claims.said.set(at, table.text(ESTIMATE));
        claims.unit.set(at, &unit);
        claims.scope.set(at, table.text(SCOPE));
        claims.cue.set(at, table.text(CUE));
        claims.url.set(at, table.text(URL));
        claims.archive.set(at, table.text(ARCHIVE));
        claims.locator.set(at, table.text(LOCATOR));
        claims.note.set(at, table.text(NOTE));
        for (name, text) in table.extra() {
            let column = claims.extra.iter().position(|(known, _)| **known == *name).unwrap_or_else(|| {
                claims.extra.push((name.into(), TextColumn::default()));
                claims.extra.len() - 1
            });
            claims.extra[column].1.set(at, text);
        }
    }

    fn question(&mut self, table: &Table, problems: &mut Problems) -> QuestionId {
        let id = table.text(QUESTION);
        if id.is_empty() {
            if table.has(QUESTION) {
                table.report(problems, Severity::Error, (QUESTION, 0), "a claim without a question", "name one");
            }
        } else if let Some(question) = self.book.find(id) {
            return question;
        } else if self.has_declared_questions {
            let remedy = match self.book.nearest(id) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "add a row for it to say what it asks".to_owned(),
            };
            let what = format!("question `{}` is not in the questions file; taken as a new one", shown(id));
            table.report(problems, Severity::Warning, (QUESTION, 0), what, remedy);
        }
        self.book.add(Question { id: id.into(), ..Question::default() })
    }

    fn publisher(&mut self, table: &Table, problems: &mut Problems) -> SourceId {
        let name = table.text(PUBLISHER);
        if name.is_empty() && table.has(PUBLISHER) {
            table.report(problems, Severity::Error, (PUBLISHER, 0), "a claim without a publisher", "name who said it");
        }
        let (source, is_new) = self.names.resolve(name);
        if is_new && !name.is_empty() {
            self.note_new_source(table, problems, name, (PUBLISHER, 0));
        }
        self.names.mark_publisher(source);
        source
    }

    /// A source that sources.csv does not have: probably a slip where a declared name is one edit away.
    fn note_new_source(&self, table: &Table, problems: &mut Problems, name: &str, cell: (usize, usize)) {
        if !self.has_declared_sources {
            return;
        }
        if let Some(meant) = self.declared_names.near(&fold_name(name)) {
            let what = format!("source `{}` is not in the sources file; taken as a new one", shown(name));
            table.report(problems, Severity::Warning, cell, what, format!("did you mean `{meant}`?"));
        }
    }

    fn estimate(
        &mut self,
        table: &Table,
        question: QuestionId,
        unit: &mut String,
        problems: &mut Problems,
    ) -> Option<Estimate> {
        let (low, high) = (table.number(problems, LOW), table.number(problems, HIGH));
        if (low.is_none() && !table.text(LOW).is_empty()) || (high.is_none() && !table.text(HIGH).is_empty()) {
            return None;
        }
        let text = table.text(ESTIMATE);
        if text.is_empty() && low.is_none() && high.is_none() {
            if table.has(ESTIMATE) {
                let remedy = "write the number as it was said, or `unknown`";
                table.report(problems, Severity::Error, (ESTIMATE, 0), "a claim without an estimate", remedy);
            }
            return None;
        }
        let mut estimate = if text.is_empty() { None } else { Some(self.said(table, question, unit, problems)?) };
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            let what = format!("low {low} is above high {high}");
            table.report(problems, Severity::Error, (LOW, 0), what, "swap them");
            return None;
        }
        if let Some(said) = &mut estimate
            && said.bound.class() == crate::model::BoundClass::Point
        {
            said.interval = interval(table, *said, (low, high), problems);
        } else if let (Some(said), true) = (&estimate, low.is_some() || high.is_some())
            && said.is_figure()
        {
            let what = format!("low and high beside `{}`; the estimate counts", shown(text));
            table.report(problems, Severity::Warning, (LOW, 0), what, "keep one of the two");
        }
        Some(match estimate {
            Some(said) if said.is_figure() => said,
            said => match (low, high) {
                (Some(low), Some(high)) if low == high => Estimate::single(Bound::Exact, low, 0.0),
                (Some(low), Some(high)) => Estimate::between(Bound::Range, low, high, 0.0),
                (Some(low), None) => Estimate::single(Bound::AtLeast, low, 0.0),
                (None, Some(high)) => Estimate::single(Bound::AtMost, high, 0.0),
                (None, None) => said.unwrap_or(Estimate::UNKNOWN),
            },
        })
    }

    /// The estimate cell.
    fn said(
        &mut self,
        table: &Table,
        question: QuestionId,
        unit: &mut String,
        problems: &mut Problems,
    ) -> Option<Estimate> {
        let reading = match read_estimate(table.text(ESTIMATE), table.decimal()) {
            Ok(reading) => reading,
            Err(error) => {
                table.unreadable(problems, ESTIMATE, error);
                return None;
            }
        };
        for remark in &reading.remarks {
            table.report(problems, Severity::Warning, (ESTIMATE, remark.at), remark.what.clone(), "");
        }
        let Reading { bound, low, high, granularity, .. } = reading;
        let mut estimate = Estimate { bound, low, high, granularity, interval: None, of: None };
        match reading.share {
            Share::None => {}
            Share::Of { name, at } => {
                let (claim, of) = (self.claims.len() as u32, name.to_owned());
                self.pending.shares.push(ShareOf { claim, of, place: table.place(ESTIMATE, at) });
            }
            Share::Percent => {
                let declared = &self.book.questions[question.index()].unit;
                let asked = if declared.is_empty() { unit.as_str() } else { declared };
                if asked.is_empty() {
                    "percent".clone_into(unit);
                } else if crate::model::unit::is_share(asked) {
                    estimate.low /= 100.0;
                    estimate.high /= 100.0;
                    estimate.granularity /= 100.0;
                } else if !crate::model::unit::is_percent(asked) {
                    let what = format!("a percentage, where the question asks for `{asked}`");
                    let remedy = "write `50% of QUESTION` for a share of another question of the case";
                    table.report(problems, Severity::Error, (ESTIMATE, 0), what, remedy);
                    return None;
                }
            }
        }
        Some(estimate)
    }

    /// Dates, status, grades.
    fn facts(&mut self, table: &Table, at: usize, problems: &mut Problems) {
        let claims = &mut self.claims;
        let (published, as_of) = (table.date(problems, PUBLISHED), table.date(problems, AS_OF));
        let status = table.word(problems, STATUS, &Status::ALL, Status::name).unwrap_or_default();
        if let (Some(published), Some(as_of)) = (published, as_of)
            && published.surely_before(as_of)
            && status != Status::Projected
        {
            let what = format!("published {published}, before the date {as_of} that it refers to");
            let remedy = "a forecast has the status `projected`";
            table.report(problems, Severity::Warning, (PUBLISHED, 0), what, remedy);
        }
        claims.published.set(at, published);
        claims.as_of.set(at, as_of);
        claims.status.set(at, status);
        claims.basis.set(at, table.word(problems, BASIS, &Basis::ALL, Basis::name));
        claims.inferred.set(at, inferred(table, problems));
        match table.text(CREDIBILITY) {
            "" => {}
            grade @ ("1" | "2" | "3" | "4" | "5" | "6") => claims.credibility.set(at, grade.as_bytes()[0] - b'0'),
            other => {
                let what = format!("credibility `{}` is no Admiralty grade", shown(other));
                let remedy = "write 1 to 6; the letter of the source goes to `reliability` in sources.csv";
                table.report(problems, Severity::Error, (CREDIBILITY, 0), what, remedy);
            }
        }
    }

    /// Via, cites, revises.
    fn attribution(&mut self, table: &Table, at: usize, problems: &mut Problems) {
        let via = table.text(VIA);
        if !via.is_empty() {
            let mut made = Vec::new();
            match read_via(via, self.limits.chain, self.names, |name, byte| made.push((name.to_owned(), byte))) {
                Ok(elements) => self.claims.via.set(at, &elements),
                Err(error) => table.unreadable(problems, VIA, error),
            }
            for (name, byte) in made {
                self.note_new_source(table, problems, &name, (VIA, byte));
            }
        }
        for (known, pending) in [(CITES, &mut self.pending.cites), (REVISES, &mut self.pending.revises)] {
            let text = table.text(known);
            if text.is_empty() {
                continue;
            }
            let cell = table.place(known, 0);
            let (line, mut column) = (cell.line as u32, cell.column as u32);
            for part in text.split(';') {
                let name = part.trim();
                let lead = part.chars().take_while(|c| c.is_whitespace()).count() as u32;
                if !name.is_empty() {
                    pending.push(Reference { claim: at as u32, name: name.into(), at: (line, column + lead) });
                }
                column += part.chars().count() as u32 + 1;
            }
        }
    }
}

/// The stated interval around a point; `None` too where it is in error, which is reported.
fn interval(
    table: &Table,
    said: Estimate,
    ends: (Option<f64>, Option<f64>),
    problems: &mut Problems,
) -> Option<Interval> {
    let (low, high) = match ends {
        (None, None) => {
            if !table.text(LEVEL).is_empty() {
                let what = "a level without low and high";
                table.report(problems, Severity::Warning, (LEVEL, 0), what, "it is left out");
            }
            return None;
        }
        (Some(low), Some(high)) => (low, high),
        _ => {
            let what = "one end of a stated interval is missing";
            table.report(problems, Severity::Error, (LOW, 0), what, "give low and high, or neither");
            return None;
        }
    };
    if said.low < low || said.high > high {
        let what = format!("the estimate {} is outside its own interval {low} to {high}", said.low);
        table.report(problems, Severity::Warning, (ESTIMATE, 0), what, "check the three numbers");
    }
    let level = match table.text(LEVEL) {
        "" => {
            let what = format!("low and high without a level; taken as a {ASSUMED_LEVEL} interval");
            table.report(problems, Severity::Assumed, (LOW, 0), what, "give `level`");
            ASSUMED_LEVEL
        }
        text => match read_number(text.trim_end_matches('%'), table.decimal()) {
            Ok(level) if level > 0.0 && level < 1.0 => level,
            Ok(level) if level > 1.0 && level < 100.0 => level / 100.0,
            _ => {
                let what = format!("level `{}` is no probability", shown(text));
                table.report(problems, Severity::Error, (LEVEL, 0), what, "write 0.9 for a 90 % interval");
                return None;
            }
        },
    };
    Some(Interval { low, high, level })
}

/// `yes`, or which of the four facts were inferred.
fn inferred(table: &Table, problems: &mut Problems) -> Inferred {
    const FACTS: [&str; 4] = ["publisher", "via", "cites", "published"];
    let text = table.text(INFERRED);
    let mut inferred = Inferred::default();
    for word in text.split([';', ',', ' ']).filter(|word| !word.is_empty()) {
        match word.to_ascii_lowercase().as_str() {
            "yes" => inferred = Inferred { publisher: true, via: true, cites: true, published: true },
            "no" => {}
            "publisher" => inferred.publisher = true,
            "via" => inferred.via = true,
            "cites" => inferred.cites = true,
            "published" => inferred.published = true,
            other => {
                let remedy = match nearest(other, FACTS) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "write yes, or which of publisher, via, cites, published".to_owned(),
                };
                let what = format!("`{}` is not known here", shown(word));
                problems.push(Problem { place: table.place(INFERRED, 0), severity: Severity::Error, what, remedy });
            }
        }
    }
    inferred
}
