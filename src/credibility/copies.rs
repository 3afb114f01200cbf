//! Undeclared copies: pairs of sources that share what others do not say.
//!
//! Two sources that are both right agree. Two that agree where both stand apart from everybody else have a common
//! origin (Dong, Berti-Équille and Srivastava 2009, PVLDB 2:550). Nothing is merged: the evidence says what part of
//! a further voice a source is, and is reported.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::consensus::{QuestionEvidence, SourceSlot};
use crate::model::Bound;

/// Shared figures apart from the rest that it takes to look at a pair.
const LEAST: u32 = 8;
/// Share of them below which agreement is put down to chance.
const CHANCE: f64 = 0.5;
/// Share of agreement, and of questions in common, from which on one is called a copy of the other.
const MIRROR: f64 = 0.9;
/// Figures in one block that are paired; of more the first are taken.
const BLOCK: usize = 64;

/// What a pair of sources shows of copying.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CopyEvidence {
    /// the one with the smaller slot
    pub a: SourceSlot,
    /// the other
    pub b: SourceSlot,
    /// equal figures that are not the usual one
    pub shared: u32,
    /// questions on which at least one of them stands apart
    pub apart: u32,
    /// questions that both answer
    pub common: u32,
    /// questions that at least one answers
    pub either: u32,
}

impl CopyEvidence {
    /// Probability that a figure in common was copied: the share of agreement apart from the rest, two pseudo-counts
    /// against; 0 up to one half.
    #[must_use]
    pub fn probability(&self) -> f64 {
        let share = f64::from(self.shared) / (f64::from(self.apart) + 2.0);
        if share > CHANCE { share } else { 0.0 }
    }

    /// Whether one is likely a mirror of the other: the same figures on the same questions.
    #[must_use]
    pub fn is_mirror(&self) -> bool {
        self.probability() >= MIRROR && f64::from(self.common) >= MIRROR * f64::from(self.either)
    }
}

/// The pairs with evidence of copying, in order. Exact figures only; the usual figure of a question is the one that
/// most give, and a question without a single such figure says nothing.
///
/// Only pairs that share an unusual figure somewhere are formed, in blocks of equal figures. Cost: figures, plus the
/// squares of the blocks.
#[must_use]
pub fn copies<'a>(questions: impl IntoIterator<Item = &'a QuestionEvidence>) -> Vec<CopyEvidence> {
    let said: Vec<Said> = questions.into_iter().map(Said::of).collect();
    let mut answered: FxHashMap<SourceSlot, u32> = FxHashMap::default();
    let mut shared: FxHashMap<(SourceSlot, SourceSlot), u32> = FxHashMap::default();
    for said in &said {
        for &(_, slot) in &said.figures {
            *answered.entry(slot).or_default() += 1;
        }
        let Some(usual) = said.usual else { continue };
        for block in said.figures.chunk_by(|x, y| x.0 == y.0).filter(|block| block[0].0 != usual) {
            let block = &block[..block.len().min(BLOCK)];
            for (at, &(_, a)) in block.iter().enumerate() {
                for &(_, b) in &block[at + 1..] {
                    *shared.entry((a.min(b), a.max(b))).or_default() += 1;
                }
            }
        }
    }
    let mut pairs: Vec<CopyEvidence> = shared
        .into_iter()
        .filter(|&((a, b), shared)| shared >= LEAST && a != b)
        .map(|((a, b), shared)| CopyEvidence { a, b, shared, apart: 0, common: 0, either: answered[&a] + answered[&b] })
        .collect();
    pairs.sort_by_key(|pair| (pair.a, pair.b));
    let mut partners: FxHashMap<SourceSlot, Vec<usize>> = FxHashMap::default();
    for (at, pair) in pairs.iter().enumerate() {
        partners.entry(pair.a).or_default().push(at);
    }
    for said in &said {
        let by_slot: FxHashMap<SourceSlot, f64> = said.figures.iter().map(|&(value, slot)| (slot, value)).collect();
        for (slot, value) in &by_slot {
            for &at in partners.get(slot).into_iter().flatten() {
                let Some(other) = by_slot.get(&pairs[at].b) else { continue };
                pairs[at].common += 1;
                pairs[at].either -= 1;
                let is_apart = said.usual.is_some_and(|usual| *value != usual || *other != usual);
                pairs[at].apart += u32::from(is_apart);
            }
        }
    }
    // Short of that, two that are right against a wrong majority would pass for copies.
    pairs.retain(CopyEvidence::is_mirror);
    pairs
}

/// The exact figures of a question.
struct Said {
    /// by value, then source; one for each source
    figures: Vec<(f64, SourceSlot)>,
    /// the one that most give
    usual: Option<f64>,
}

impl Said {
    fn of(question: &QuestionEvidence) -> Said {
        let mut figures: Vec<(f64, SourceSlot)> = question
            .origins
            .iter()
            .filter(|e| e.estimate.bound == Bound::Exact && e.estimate.interval.is_none() && e.of.is_none())
            .map(|e| (e.estimate.low, e.source))
            .filter(|(value, _)| value.is_finite())
            .collect();
        figures.sort_by(|x, y| x.1.cmp(&y.1).then(x.0.total_cmp(&y.0)));
        figures.dedup_by_key(|figure| figure.1);
        figures.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
        let mut counts: Vec<(usize, f64)> = figures.chunk_by(|x, y| x.0 == y.0).map(|b| (b.len(), b[0].0)).collect();
        counts.sort_by_key(|count| std::cmp::Reverse(count.0));
        let usual = match &counts[..] {
            [only] => Some(only.1),
            [first, second, ..] if first.0 > second.0 => Some(first.1),
            _ => None,
        };
        Said { figures, usual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_is_found_by_what_both_say_apart_from_the_rest() {
        // Sources 0 to 2 are right, 3 errs by itself, 4 errs often and 5 repeats it.
        let questions: Vec<_> = (0..120u32)
            .map(|i| {
                let truth = f64::from(i) * 10.0;
                let wrong = if i % 2 == 0 { truth + 1.0 + f64::from(i % 3) } else { truth };
                QuestionEvidence::of_points(&[truth, truth, truth, truth + f64::from(i % 5), wrong, wrong])
            })
            .collect();
        let found = copies(&questions);
        let pairs: Vec<(u32, u32)> = found.iter().filter(|pair| pair.is_mirror()).map(|p| (p.a.0, p.b.0)).collect();
        assert_eq!(pairs, [(4, 5)]);
        assert!(copies(&questions[..10]).is_empty() && copies(&[]).is_empty());
    }
}
