//! The sentence on a question that can be printed, with its attribution.

use super::confidence::{confidence, is_used, joined};
use super::lint::{Finding, lint};
use super::scales::Wording;
use crate::analysis::{OriginSummary, QuestionResult};
use crate::consensus::{Camp, ConsensusRange, Outcome};
use crate::model::{Case, unit};
use crate::report::amount::{amount_range, counted};
use crate::report::paint::safe;
use crate::report::picture::figure;

/// Origins that a sentence names.
const NAMED: usize = 3;
/// Characters of a name, a figure or a title before they are cut.
const SHOWN: usize = 200;
/// Probability of the range that is told.
const LEVEL: f64 = 0.9;

/// What can be printed on a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// how probabilities are told
    pub wording: Wording,
    /// the range with its attribution, one sentence
    pub sentence: String,
    /// the degree of confidence with its grounds, a sentence of its own; none without a range, and
    /// none where probabilities are told in per cent
    pub confidence: Option<String>,
    /// words of the case in it
    foreign: Vec<String>,
}

impl Statement {
    /// Both sentences.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.confidence {
            Some(confidence) => format!("{} {confidence}", self.sentence),
            None => self.sentence.clone(),
        }
    }

    /// What the linter has against it; nothing, whatever the case holds.
    #[must_use]
    pub fn lint(&self) -> Vec<Finding> {
        lint(&self.text(), self.wording, &self.foreign)
    }
}

/// The printable sentence on a question, in some wording. Nothing stands in it that the case and its
/// analysis do not hold: the 90 % range, the date, the origins with the most weight and what they
/// said, and on how many numbers, publications and origins it rests.
///
/// ```
/// use sayso::report::prose::{Wording, statement};
///
/// let case = sayso::ingest::read("data/kursk-2025".as_ref(), Default::default())?.case;
/// let analysis = sayso::analyse(&case, &sayso::Options::default());
/// let statement = statement(&case, &analysis.questions[0], Wording::Icd203);
/// assert!(statement.sentence.contains("very likely between"));
/// assert!(statement.lint().is_empty());
/// # Ok::<(), sayso::ingest::Error>(())
/// ```
#[must_use]
pub fn statement(case: &Case, result: &QuestionResult, wording: Wording) -> Statement {
    let question = case.question(result.question);
    let title = own(question.heading());
    let unit =
        if question.unit.is_empty() { String::new() } else { format!(" {}", own(&unit::plural(&question.unit))) };
    let mut foreign = vec![title.clone(), unit.trim().to_owned()];
    let date = result.account.sought.map_or(String::new(), |date| format!(", as of {date}"));
    let sentence = match &result.consensus.outcome {
        Outcome::None { why } => format!("{title}: there is no range{date}, because {why}."),
        Outcome::Range(range) => {
            let range = if range.camps.len() > 1 {
                camps(range, &unit, wording)
            } else {
                let [low, high] = range.quantiles.central(LEVEL).unwrap_or([f64::NAN; 2]);
                one(low, high, &unit, wording)
            };
            format!("{title}: {range}{date}, {}.", attribution(case, result, &mut foreign))
        }
    };
    let confidence = wording.scale().and_then(|scale| {
        let confidence = confidence(result)?;
        Some(format!("{} is {}: {}.", scale.confidence, confidence.degree, confidence.grounds))
    });
    Statement { wording, sentence, confidence, foreign }
}

/// "between 1,000 and 3,000 people (90 % range)", "very likely between 1,000 and 3,000 people"
fn one(low: f64, high: f64, unit: &str, wording: Wording) -> String {
    let range = amount_range(low, high);
    let between = range.replacen(" to ", " and ", 1);
    match wording.scale() {
        None => format!("between {between}{unit} ({:.0} % range)", 100.0 * LEVEL),
        Some(scale) => format!("{} between {between}{unit}", with_article(scale.band(LEVEL).term)),
    }
}

/// "two camps and nothing between them: 1 to 2 people (52 %) or 8 to 9 (48 %)"
fn camps(range: &ConsensusRange, unit: &str, wording: Wording) -> String {
    let told = |(at, camp): (usize, &Camp)| {
        let ends = amount_range(camp.low, camp.high);
        let unit = if at == 0 { unit } else { "" };
        // The ends of a camp hold 95 per cent of it.
        let held = 0.95 * camp.mass;
        match wording.scale() {
            None => format!("{ends}{unit} ({:.0} %)", 100.0 * held),
            Some(scale) => format!("{} {ends}{unit}", with_article(scale.band(held).term)),
        }
    };
    let parts: Vec<String> = range.camps.iter().enumerate().map(told).collect();
    format!("{}, and no number between, {}", range.shape(), joined(&parts, "or"))
}

/// Terms that are nouns get what makes them fit before a range.
fn with_article(term: &str) -> String {
    if term.ends_with("chance") || term.ends_with("possibility") { format!("with a {term}") } else { term.to_owned() }
}

/// "according to NIS (“4,700”), HUR (“about 4,000”) and 8 other origins; 22 numbers in 16
/// publications rest on 11 origins, 4 of them unnamed"
fn attribution(case: &Case, result: &QuestionResult, foreign: &mut Vec<String>) -> String {
    let weight = |origin: &OriginSummary| {
        let standing = origin.evidence.and_then(|at| result.consensus.origins.get(at));
        standing.and_then(crate::consensus::Standing::weight).unwrap_or(0.0)
    };
    let mut used: Vec<&OriginSummary> =
        result.origins.iter().filter(|origin| is_used(result, origin.evidence)).collect();
    used.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let mut names: Vec<String> = Vec::new();
    for origin in used.iter().take(NAMED) {
        let (name, figure) = (own(&origin.name), own(&figure(case, origin.claim)));
        names.push(if origin.is_named {
            format!("{name} (“{figure}”)")
        } else {
            format!("unnamed “{name}” (“{figure}”)")
        });
        foreign.extend([name, figure]);
    }
    match used.len().saturating_sub(NAMED) {
        0 => {}
        1 => names.push("one other origin".to_owned()),
        more => names.push(format!("{more} other origins")),
    }
    let account = &result.account;
    let mut basis = format!(
        "{} in {} {} on {}",
        counted(account.numbers, "number", "numbers"),
        counted(account.publications, "publication", "publications"),
        if account.numbers == 1 { "rests" } else { "rest" },
        counted(account.origins, "origin", "origins")
    );
    match account.anonymous_origins {
        0 => {}
        all if all == account.origins => basis.push_str(if all == 1 { ", unnamed" } else { ", none of them named" }),
        some => basis.push_str(&format!(", {some} of them unnamed")),
    }
    format!("according to {}; {basis}", joined(&names, "and"))
}

/// A text of the case on one line, without marks that would end a quotation, cut where it is long.
fn own(text: &str) -> String {
    let line = text.split_whitespace().map(safe).collect::<Vec<_>>().join(" ").replace(['“', '”', '"'], "'");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
