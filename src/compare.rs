//! Every method and house rule on every question, the default method first.

use crate::analysis::{Analysis, Options, QuestionResult, analyse};
use crate::consensus::Outcome;
use crate::consensus::methods::{Answer, METHODS, Method};
use crate::consensus::rules::{RULES, Rank, Rule, Ruling};
use crate::model::{Case, QuestionId};
use crate::published::{figures, rulings_of};

/// Who gives an answer.
#[derive(Clone, Copy)]
pub enum Voice {
    /// the default method
    Origins,
    /// a method of the literature
    Method(&'static Method),
    /// a house rule
    Rule(&'static Rule),
}

impl Voice {
    /// Name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Voice::Origins => "origins",
            Voice::Method(method) => method.name,
            Voice::Rule(rule) => rule.name,
        }
    }
}

/// What one voice says of one question.
#[derive(Clone)]
pub struct Line {
    /// who says it
    pub voice: Voice,
    /// what it says
    pub answer: Answer,
}

/// All that is said of one question.
#[derive(Clone)]
pub struct Compared {
    /// the question
    pub question: QuestionId,
    /// the default method, then the methods and the rules in their order
    pub lines: Vec<Line>,
}

/// Compares all methods, and the rules (those that need an order only where one is given), on each
/// question asked for. Sources are learned on the whole case.
///
/// Cost: the sum of all, of which the kernel and copying methods of truth discovery take most.
///
/// ```
/// let case = sayso::ingest::read("data/kursk-2025".as_ref(), Default::default())?.case;
/// let (_, compared) = sayso::compare::compare(&case, &Default::default(), &[]);
/// assert_eq!(compared[0].lines[0].voice.name(), "origins");
/// # Ok::<(), sayso::ingest::Error>(())
/// ```
#[must_use]
pub fn compare(case: &Case, options: &Options, order: &[Rank]) -> (Analysis, Vec<Compared>) {
    let analysis = analyse(case, options);
    let mut compared: Vec<Compared> = analysis.questions.iter().map(by_origins).collect();
    let published = figures(case, options);
    for method in METHODS {
        let answers = method.answers(&published);
        for one in &mut compared {
            let answer = answers[one.question.index()].clone();
            one.lines.push(Line { voice: Voice::Method(method), answer });
        }
    }
    let rules: Vec<&'static Rule> = RULES.iter().filter(|rule| !rule.needs_order || !order.is_empty()).collect();
    for (one, (_, rulings)) in compared.iter_mut().zip(rulings_of(case, options, &rules, order)) {
        let lines =
            rules.iter().zip(rulings).map(|(rule, ruling)| Line { voice: Voice::Rule(rule), answer: by_rule(ruling) });
        one.lines.extend(lines);
    }
    (analysis, compared)
}

fn by_origins(result: &QuestionResult) -> Compared {
    let mut answer = Answer::default();
    match &result.consensus.outcome {
        Outcome::Range(range) => {
            answer.quantiles = range.quantiles.values.map(Some);
            if range.camps.len() > 1 {
                answer.notes.push(range.shape().to_string());
            }
            answer.notes.push(format!("worth {:.1} independent origins", result.consensus.effective_origins));
        }
        Outcome::None { why } => answer.why_none = Some(why.to_string()),
    }
    Compared { question: result.question, lines: vec![Line { voice: Voice::Origins, answer }] }
}

/// A ruling as an answer: ends without a probability, and the figure that the rule settles on.
fn by_rule(ruling: Ruling) -> Answer {
    let mut answer = Answer { why_none: ruling.why_none.map(str::to_owned), notes: ruling.notes, ..Answer::default() };
    answer.quantiles[4] = ruling.best;
    answer.ends = (ruling.low.is_some() || ruling.high.is_some()).then_some([ruling.low, ruling.high]);
    if let Some(grade) = ruling.grade {
        answer.notes.insert(0, grade.to_owned());
    }
    answer
}
