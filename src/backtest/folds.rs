//! What is hidden together.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::model::{Case, Date, QuestionId};

/// How settled values are hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// ten folds of questions
    Question,
    /// topic by topic, by `group` of questions.csv
    Group,
    /// ten stretches of time, each predicted from what was settled before it
    Time,
}

/// Questions that are predicted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// the questions that are predicted, rising
    pub hidden: Vec<QuestionId>,
    /// those whose settled values are seen, rising
    pub seen: Vec<QuestionId>,
    /// those whose claims are seen, rising; all where there is none
    pub known: Option<Vec<QuestionId>>,
}

/// Folds of the questions that have a settled value and claims. The fold of a question is the SHA-256 of its id
/// modulo ten. Cost: n·ln n.
#[must_use]
pub fn folds(case: &Case, by: By) -> Vec<Fold> {
    let settled: Vec<QuestionId> =
        case.resolutions.iter().map(|r| r.question).filter(|&q| case.claims_of(q).next().is_some()).collect();
    let parts = |key: &dyn Fn(QuestionId) -> String| {
        let mut parts: BTreeMap<String, Vec<QuestionId>> = BTreeMap::new();
        for &question in &settled {
            parts.entry(key(question)).or_default().push(question);
        }
        let others = |hidden: &[QuestionId]| {
            let hidden: BTreeSet<QuestionId> = hidden.iter().copied().collect();
            settled.iter().copied().filter(|question| !hidden.contains(question)).collect()
        };
        parts.into_values().map(|hidden| Fold { seen: others(&hidden), hidden, known: None }).collect()
    };
    match by {
        By::Question => parts(&|question| tenth(&case.question(question).id).to_string()),
        By::Group => parts(&|question| case.question(question).group.to_string()),
        By::Time => by_time(case, &settled),
    }
}

impl By {
    /// By group where there are several among the settled questions, else by question.
    #[must_use]
    pub fn usual(case: &Case) -> By {
        let groups: BTreeSet<&str> = case.resolutions.iter().map(|r| &*case.question(r.question).group).collect();
        if groups.len() > 1 { By::Group } else { By::Question }
    }
}

/// SHA-256 of an id, read as one number, modulo ten.
///
/// ```
/// assert!(sayso::backtest::folds(&Default::default(), sayso::backtest::By::Question).is_empty());
/// ```
fn tenth(id: &str) -> u32 {
    Sha256::digest(id.as_bytes()).iter().fold(0, |rest, &byte| (rest * 256 + u32::from(byte)) % 10)
}

/// Ten stretches with as many questions each, by the date of the last claim. A settled value is seen where it, or
/// else the last claim on it, came before the first of the stretch.
fn by_time(case: &Case, settled: &[QuestionId]) -> Vec<Fold> {
    let last = |question: QuestionId| {
        case.claims_of(question).filter_map(|claim| case.claims.published.get(claim.index())).max()
    };
    let mut order: Vec<(Option<Date>, QuestionId)> = settled.iter().map(|&q| (last(q), q)).collect();
    order.sort();
    let size = order.len().div_ceil(10).max(1);
    let resolved: BTreeMap<QuestionId, Option<Date>> =
        case.resolutions.iter().map(|r| (r.question, r.resolved)).collect();
    order
        .chunks(size)
        .map(|stretch| {
            let start = stretch[0].0;
            let before =
                |date: Option<Date>| matches!((date, start), (Some(date), Some(start)) if date.surely_before(start));
            let mut hidden: Vec<QuestionId> = stretch.iter().map(|&(_, question)| question).collect();
            hidden.sort_unstable();
            let known: Vec<QuestionId> = case.question_ids().filter(|&q| before(last(q))).collect();
            let settled_before = |q: &QuestionId| before(resolved.get(q).copied().flatten().or(last(*q)));
            let mut seen: Vec<QuestionId> = settled.iter().copied().filter(settled_before).collect();
            seen.retain(|question| known.binary_search(question).is_ok());
            Fold { hidden, seen, known: Some(known) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fold_is_the_hash_as_a_number_modulo_ten() {
        // int(hashlib.sha256(id.encode()).hexdigest(), 16) % 10
        assert_eq!(["", "q1", "AT01"].map(tenth), [9, 3, 5]);
    }
}
