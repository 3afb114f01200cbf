//! questions.csv and resolutions.csv.

use std::io;

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use super::distinct::hash;
use super::header::Known;
use super::problem::{Problems, Severity};
use super::suggest::nearest;
use super::table::{Table, shown};
use crate::model::{Measure, Question, QuestionId, Resolution, Scale};

/// The columns of questions.csv.
pub const COLUMNS: &[Known] = &[
    Known { name: "question", required: true, meaning: "id, unique in the case" },
    Known { name: "title", required: false, meaning: "what is counted, where, over which time" },
    Known { name: "unit", required: false, meaning: "singular noun or unit symbol" },
    Known { name: "measure", required: false, meaning: "stock (default), flow or peak" },
    Known { name: "scale", required: false, meaning: "log (default above zero), linear or asinh" },
    Known { name: "min", required: false, meaning: "smallest possible value" },
    Known { name: "max", required: false, meaning: "largest possible value" },
    Known { name: "place", required: false, meaning: "place" },
    Known { name: "opened", required: false, meaning: "first date that the question covers" },
    Known { name: "closed", required: false, meaning: "date as of which a stock is sought" },
    Known { name: "group", required: false, meaning: "topic, for back-testing" },
    Known { name: "note", required: false, meaning: "remark" },
];

const QUESTION: usize = 0;
const TITLE: usize = 1;
const UNIT: usize = 2;
const MEASURE: usize = 3;
const SCALE: usize = 4;
const MIN: usize = 5;
const MAX: usize = 6;
const PLACE: usize = 7;
const OPENED: usize = 8;
const CLOSED: usize = 9;
const GROUP: usize = 10;
const NOTE: usize = 11;

/// Questions as they are met.
#[derive(Debug, Default)]
pub struct QuestionBook {
    /// questions in the order in which they were met
    pub questions: Vec<Question>,
    by_id: HashTable<u32>,
}

impl QuestionBook {
    /// Names are compared with at most so many declared ids for a suggestion.
    const COMPARED: usize = 10_000;

    /// The question of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<QuestionId> {
        self.by_id.find(hash(id), |&at| &*self.questions[at as usize].id == id).copied().map(QuestionId)
    }

    /// Adds a question; its id must be new.
    pub fn add(&mut self, question: Question) -> QuestionId {
        let at = self.questions.len() as u32;
        let hashed = hash(&question.id);
        self.questions.push(question);
        let questions = &self.questions;
        self.by_id.insert_unique(hashed, at, |&at| hash(&questions[at as usize].id));
        QuestionId(at)
    }

    /// Whether the case declares questions. They come before all others.
    #[must_use]
    pub fn has_declared(&self) -> bool {
        self.questions.first().is_some_and(|question| question.declared)
    }

    /// The declared question whose id is nearest to one that is not known, where there are not too many to look at.
    #[must_use]
    pub fn nearest(&self, id: &str) -> Option<&str> {
        let declared = self.questions.iter().take_while(|question| question.declared).map(|question| &*question.id);
        if declared.clone().nth(Self::COMPARED).is_some() { None } else { nearest(id, declared) }
    }
}

/// Reads the declared questions.
///
/// # Errors
/// Where the file cannot be read.
pub fn read_questions(mut table: Table, book: &mut QuestionBook, problems: &mut Problems) -> io::Result<()> {
    while table.advance(problems)? {
        let id = table.text(QUESTION);
        if id.is_empty() {
            table.report(problems, Severity::Error, (QUESTION, 0), "a question without an id", "give it a short id");
            continue;
        }
        if book.find(id).is_some() {
            let what = format!("question `{}` stands here twice", shown(id));
            table.report(problems, Severity::Error, (QUESTION, 0), what, "keep one row for each question");
            continue;
        }
        let question = read_question(&table, problems);
        if let (Some(min), Some(max)) = (question.min, question.max)
            && min >= max
        {
            let what = format!("min {min} is not below max {max}");
            table.report(problems, Severity::Error, (MIN, 0), what, "swap them");
        }
        if let (Some(opened), Some(closed)) = (question.opened, question.closed)
            && closed.surely_before(opened)
        {
            let what = format!("closed {closed} comes before opened {opened}");
            table.report(problems, Severity::Error, (CLOSED, 0), what, "swap them");
        }
        book.add(question);
    }
    Ok(())
}

fn read_question(table: &Table, problems: &mut Problems) -> Question {
    let scale = table.word(problems, SCALE, &Scale::ALL, Scale::name);
    Question {
        id: table.text(QUESTION).into(),
        title: table.text(TITLE).into(),
        unit: table.text(UNIT).into(),
        measure: table.word(problems, MEASURE, &Measure::ALL, Measure::name).unwrap_or_default(),
        scale: scale.unwrap_or_default(),
        scale_given: scale.is_some(),
        min: table.number(problems, MIN),
        max: table.number(problems, MAX),
        place: table.text(PLACE).into(),
        opened: table.date(problems, OPENED),
        closed: table.date(problems, CLOSED),
        group: table.text(GROUP).into(),
        note: table.text(NOTE).into(),
        declared: true,
    }
}

/// The columns of resolutions.csv.
pub const RESOLUTION_COLUMNS: &[Known] = &[
    Known { name: "question", required: true, meaning: "id of the question" },
    Known { name: "value", required: true, meaning: "settled value, in the question's unit" },
    Known { name: "low", required: false, meaning: "lower end of the settled value" },
    Known { name: "high", required: false, meaning: "upper end of the settled value" },
    Known { name: "resolved", required: false, meaning: "date of the settlement" },
    Known { name: "authority", required: false, meaning: "who settled it" },
    Known { name: "url", required: false, meaning: "address of the evidence" },
    Known { name: "note", required: false, meaning: "remark" },
];

/// Reads the resolutions. One for a question that has no claims is left out with a warning; of two
/// for one question the later date counts, with a warning.
///
/// # Errors
/// Where the file cannot be read.
pub fn read_resolutions(mut table: Table, book: &QuestionBook, problems: &mut Problems) -> io::Result<Vec<Resolution>> {
    let mut resolutions: Vec<Resolution> = Vec::new();
    let mut at: FxHashMap<QuestionId, usize> = FxHashMap::default();
    while table.advance(problems)? {
        let id = table.text(0);
        let Some(question) = book.find(id) else {
            let remedy = match book.nearest(id) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "it is left out".to_owned(),
            };
            let what = format!("a resolution for `{}`, which is no question of the case", shown(id));
            table.report(problems, Severity::Warning, (0, 0), what, remedy);
            continue;
        };
        if table.text(1).is_empty() {
            table.report(problems, Severity::Error, (1, 0), "a resolution without a value", "write the settled number");
        }
        let Some(value) = table.number(problems, 1) else { continue };
        let resolution = Resolution {
            question,
            value,
            low: table.number(problems, 2),
            high: table.number(problems, 3),
            resolved: table.date(problems, 4),
            authority: table.text(5).into(),
            url: table.text(6).into(),
            note: table.text(7).into(),
        };
        match at.get(&question) {
            None => {
                at.insert(question, resolutions.len());
                resolutions.push(resolution);
            }
            Some(&first) => {
                let what = format!("question `{}` has two resolutions; the later one counts", shown(id));
                table.report(problems, Severity::Warning, (0, 0), what, "keep one row for each question");
                let kept = &mut resolutions[first];
                let order = (resolution.resolved, resolution.value.to_bits());
                if order > (kept.resolved, kept.value.to_bits()) {
                    *kept = resolution;
                }
            }
        }
    }
    Ok(resolutions)
}
