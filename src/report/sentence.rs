//! One sentence that can be printed: the range, its date, and on whose say-so.

use super::amount::{amount_beside, amount_range, counted};
use super::picture::spoken_date;
use crate::analysis::{OriginSummary, QuestionResult};
use crate::consensus::{Outcome, Standing};
use crate::model::{Case, unit};

/// Origins that are named in the sentence.
const NAMED: usize = 5;

/// The sentence for a question.
#[must_use]
pub fn sentence(case: &Case, result: &QuestionResult) -> String {
    let question = case.question(result.question);
    let unit = if question.unit.is_empty() { String::new() } else { format!(" {}", unit::plural(&question.unit)) };
    let date = result.account.sought.map_or(String::new(), |date| format!(" as of {}", spoken_date(date)));
    let heading = question.heading();
    match &result.consensus.outcome {
        Outcome::None { why } => format!("{heading}: no range{date}, because {why}."),
        Outcome::Range(range) if range.camps.len() > 1 => {
            let camps: Vec<String> = range
                .camps
                .iter()
                .map(|camp| format!("{}{unit} ({:.0} %)", amount_range(camp.low, camp.high), 100.0 * camp.mass))
                .collect();
            let camps = camps.join(" or ");
            format!("{heading}: {camps}, with nothing between,{date}{}.", attribution(result))
        }
        Outcome::Range(range) => {
            let values = &range.quantiles.values;
            let (ends, median) = (amount_range(values[1], values[7]), amount_beside(values[4], values[7] - values[1]));
            format!("{heading}: {ends}{unit} (90 % range, median {median}){date}{}.", attribution(result))
        }
    }
}

/// ", on the say-so of A, B (unnamed) and 2 others, to whom 17 published numbers go back"
fn attribution(result: &QuestionResult) -> String {
    let weight = |origin: &OriginSummary| match result.consensus.origins.get(origin.evidence?) {
        Some(Standing::Used(influence)) => Some(influence.weight),
        _ => None,
    };
    let mut used: Vec<(f64, &OriginSummary)> =
        result.origins.iter().filter_map(|origin| Some((weight(origin)?, origin))).collect();
    used.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut names: Vec<String> = used.iter().take(NAMED).map(|(_, origin)| name(origin)).collect();
    if used.len() > NAMED {
        names.push(counted(used.len() - NAMED, "other", "others"));
    }
    let last = names.pop().unwrap_or_default();
    let names = if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
    let numbers = result.account.numbers - result.account.left_out.len();
    format!(", on the say-so of {names}, behind {}", counted(numbers, "published number", "published numbers"))
}

/// "ROK military officials (Yonhap; unnamed)"
fn name(origin: &OriginSummary) -> String {
    match origin.name.strip_suffix(')') {
        _ if origin.is_named => origin.name.clone(),
        Some(open) => format!("{open}; unnamed)"),
        None => format!("{} (unnamed)", origin.name),
    }
}
