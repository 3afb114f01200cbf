//! claims.csv.

use std::borrow::Cow;

use super::Limits;
use super::distinct::Distinct;
use super::estimate::{Reading, Share, read_estimate};
use super::header::Known;
use super::index::Reference;
use super::names::Names;
use super::number::read_number;
use super::problem::{Lines, Place, Problem, Problems, Severity};
use super::questions::QuestionBook;
use super::rows::Rows;
use super::suggest::nearest;
use super::table::{Table, shown};
use super::via::{Met, read_via};
use crate::model::{Basis, Bound, Claims, Estimate, Inferred, Interval, QuestionId, SourceId, Status};

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
pub(super) const QUESTION: usize = 1;
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

impl Pending {
    /// Adds what the claims behind the first `rows` ones leave to be looked up.
    pub fn append(&mut self, rows: u32, other: Pending) {
        let moved = |reference: Reference| Reference { claim: rows + reference.claim, ..reference };
        self.cites.extend(other.cites.into_iter().map(moved));
        self.revises.extend(other.revises.into_iter().map(moved));
        self.shares.extend(other.shares.into_iter().map(|share| ShareOf { claim: rows + share.claim, ..share }));
    }
}

/// What all rows are read against, whatever stands in other rows.
#[derive(Clone, Copy)]
pub struct Background<'a> {
    /// sources, of which only the declared ones matter here
    pub names: &'a Names,
    /// questions, of which only the declared ones matter here
    pub book: &'a QuestionBook,
    /// limits in force
    pub limits: Limits,
}

/// A name that the rows before it in its block do not have; whether it is new to the file is seen later.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstSeen {
    /// position among the distinct names of the block
    pub id: u32,
    /// where it stands
    pub place: Place,
    /// how many problems of the block come before it
    pub after: usize,
}

/// The claims of some rows that follow one another. Questions, sources and labels are positions among those that the
/// block has met; rows count from 1.
#[derive(Debug, Default)]
pub struct ClaimBlock {
    /// the claims
    pub claims: Claims,
    /// ids of questions
    pub questions: Distinct,
    /// names of sources and descriptions of parties without a name
    pub met: Met,
    /// whether each name has published something
    pub publishes: Vec<bool>,
    /// references to be looked up
    pub pending: Pending,
    /// lines of the rows
    pub lines: Lines,
    /// problems, without those of [`ClaimBlock::new_questions`] and [`ClaimBlock::new_names`]
    pub problems: Problems,
    /// first rows of questions, where the case declares some
    pub new_questions: Vec<FirstSeen>,
    /// first rows of names, where the case declares sources
    pub new_names: Vec<FirstSeen>,
    /// whether the file ends here because the rest of it cannot be read
    pub is_last: bool,
}

impl ClaimBlock {
    /// Reads the next row of a table. One with an error makes a claim too, with stand-ins for what could not be read,
    /// so that the rest of it is checked and others may name it; the case is refused in the end.
    pub fn read_row(&mut self, table: &Table<impl Rows>, known: Background) {
        let question = self.question(table, known);
        let publisher = self.publisher(table, known);
        let mut unit = Cow::Borrowed(table.text(UNIT));
        let estimate = self.estimate(table, known, &mut unit).unwrap_or(Estimate::UNKNOWN);
        let at = self.claims.push(question, publisher, estimate).index();
        self.lines.push(at as u32 + 1, u32::try_from(table.line()).unwrap_or(u32::MAX));
        self.facts(table, at);
        self.attribution(table, at, known);
        for known in [CLAIM, QUESTION] {
            if table.text(known).contains('\n') {
                let what = "an id of more than one line";
                table.report(&mut self.problems, Severity::Error, (known, 0), what, "write it on one line");
            }
        }
        let claims = &mut self.claims;
        claims.id.set(at, table.text(CLAIM));
        claims.said.set(at, table.text(ESTIMATE));
        claims.unit.set(at, &unit);
        claims.scope.set(at, table.text(SCOPE));
        claims.cue.set(at, table.text(CUE));
        claims.url.set(at, table.text(URL));
        claims.archive.set(at, table.text(ARCHIVE));
        claims.locator.set(at, table.text(LOCATOR));
        claims.note.set(at, table.text(NOTE));
        for (name, text) in table.extra() {
            let column = claims.extra_column(name);
            claims.extra[column].1.set(at, text);
        }
    }

    fn question(&mut self, table: &Table<impl Rows>, known: Background) -> QuestionId {
        let id = table.text(QUESTION);
        if id.is_empty() && table.has(QUESTION) {
            let what = "a claim without a question";
            table.report(&mut self.problems, Severity::Error, (QUESTION, 0), what, "name one");
        }
        let (question, is_new) = self.questions.id(id);
        if is_new && known.book.has_declared() && !id.is_empty() {
            let (place, after) = (table.place(QUESTION, 0), self.problems.kept());
            self.new_questions.push(FirstSeen { id: question, place, after });
        }
        QuestionId(question)
    }

    fn publisher(&mut self, table: &Table<impl Rows>, known: Background) -> SourceId {
        let name = table.text(PUBLISHER);
        if name.is_empty() && table.has(PUBLISHER) {
            let what = "a claim without a publisher";
            table.report(&mut self.problems, Severity::Error, (PUBLISHER, 0), what, "name who said it");
        }
        let (source, is_new) = self.met.names.id(name);
        if is_new && known.names.has_declared() && !name.is_empty() {
            let (place, after) = (table.place(PUBLISHER, 0), self.problems.kept());
            self.new_names.push(FirstSeen { id: source, place, after });
        }
        if self.publishes.len() <= source as usize {
            self.publishes.resize(source as usize + 1, false);
        }
        self.publishes[source as usize] = true;
        SourceId(source)
    }

    fn estimate(&mut self, table: &Table<impl Rows>, known: Background, unit: &mut Cow<'_, str>) -> Option<Estimate> {
        let problems = &mut self.problems;
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
        let mut estimate = if text.is_empty() { None } else { Some(self.said(table, known, unit)?) };
        let problems = &mut self.problems;
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
    fn said(&mut self, table: &Table<impl Rows>, known: Background, unit: &mut Cow<'_, str>) -> Option<Estimate> {
        let problems = &mut self.problems;
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
                let question = known.book.find(table.text(QUESTION)).map(|id| &known.book.questions[id.index()]);
                let declared = question.map_or("", |question| &*question.unit);
                let asked = if declared.is_empty() { &**unit } else { declared };
                if asked.is_empty() {
                    *unit = Cow::Borrowed("percent");
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
    fn facts(&mut self, table: &Table<impl Rows>, at: usize) {
        let (claims, problems) = (&mut self.claims, &mut self.problems);
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
    fn attribution(&mut self, table: &Table<impl Rows>, at: usize, known: Background) {
        let via = table.text(VIA);
        if !via.is_empty() {
            let after = self.problems.kept();
            let (new_names, notes) = (&mut self.new_names, known.names.has_declared());
            let on_new = |id, byte| {
                if notes {
                    new_names.push(FirstSeen { id, place: table.place(VIA, byte), after });
                }
            };
            match read_via(via, known.limits.chain, known.names, &mut self.met, on_new) {
                Ok(elements) => self.claims.via.set(at, &elements),
                Err(error) => table.unreadable(&mut self.problems, VIA, error),
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
    table: &Table<impl Rows>,
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
fn inferred(table: &Table<impl Rows>, problems: &mut Problems) -> Inferred {
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
