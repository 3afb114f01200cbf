//! The questions that sources are scored on: of many a part in which each source has figures enough.
//!
//! Each question has a rank, a number without order that follows from its position. A question is looked at where for
//! one of its sources that has more than one figure it is among the questions of the lowest ranks, or among the lowest of
//! all. So the choice can be made while questions come by, and it stays the same when it is made again among the chosen
//! and any others (bottom-k samples: Cohen and Kaplan 2007, PODC, p. 225).

use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use crate::consensus::{QuestionEvidence, SourceSlot};

/// How many figures of a source are enough to know it: 200, its error scale to some 5 per cent; where there are many
/// sources less, so that all of them have a budget, but 60 at least, its error scale to 9 per cent. The budgets keep
/// eight sweeps of 2,000 sources to some 10 s of processor time; they are no finding of statistics.
pub(crate) const ENOUGH: Enough = Enough { budget: 120_000, least: 60 };
/// The same in all sweeps but the last, when others are only judged by them.
pub(crate) const FEW: Enough = Enough { budget: 40_000, least: 20 };
/// Questions of a source of which more are never looked at for its sake.
const MOST_FIGURES: u32 = 200;
/// Questions that are scored at least.
const LEAST_SAMPLE: usize = 1000;

/// On how many questions a source is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Enough {
    /// figures of all sources
    budget: u32,
    /// figures of one source at least
    least: u32,
}

impl Enough {
    /// For that many sources.
    fn of(self, sources: usize) -> usize {
        (self.budget / sources.clamp(1, u32::MAX as usize) as u32).clamp(self.least, MOST_FIGURES) as usize
    }
}

/// The questions that sources are scored on, as positions in order. Cost: n·ln k for k questions of a source.
pub(crate) fn sample_of(questions: &[QuestionEvidence], enough: Enough) -> Vec<usize> {
    let mut sampler = Sampler::new(enough);
    for (at, question) in questions.iter().enumerate() {
        sampler.add(question.question.0, at as u32, question.origins.iter().map(|figure| figure.source));
    }
    sampler.sample().into_iter().map(|at| at as usize).collect()
}

/// The questions of the lowest ranks so far, and what they are.
type Lowest = BinaryHeap<(u64, u32)>;

/// Chooses while questions come by. Memory: the chosen questions, and those that may yet be.
#[derive(Debug)]
pub(crate) struct Sampler {
    enough: Enough,
    sources: Vec<Met>,
    /// sources that have more than one figure
    repeated: usize,
    all: Lowest,
    /// in how many of these each question is
    held: FxHashMap<u32, u32>,
}

/// What was met of a source.
#[derive(Debug, Clone, Default)]
struct Met {
    has_figure: bool,
    is_repeated: bool,
    lowest: Lowest,
}

impl Sampler {
    /// Nothing yet.
    pub fn new(enough: Enough) -> Sampler {
        Sampler { enough, sources: Vec::new(), repeated: 0, all: Lowest::new(), held: FxHashMap::default() }
    }

    /// Adds the question at a position, with the sources of its figures; it is told by the number `at`. Gives the
    /// questions that will not be chosen any more.
    pub fn add(&mut self, position: u32, at: u32, slots: impl Iterator<Item = SourceSlot>) -> Vec<u32> {
        let ranked = (scrambled(position.into()), at);
        let mut slots: Vec<usize> = slots.map(|slot| slot.0 as usize).collect();
        slots.sort_unstable();
        let Some(&last) = slots.last() else { return vec![at] };
        if self.sources.len() <= last {
            self.sources.resize(last + 1, Met::default());
        }
        let mut dropped = Vec::new();
        // While it is looked at, so that it is dropped once at most.
        *self.held.entry(at).or_default() += 1;
        push(&mut self.all, ranked, LEAST_SAMPLE, &mut self.held, &mut dropped);
        for same in slots.chunk_by(|a, b| a == b) {
            let met = &mut self.sources[same[0]];
            if !met.is_repeated && (met.has_figure || same.len() > 1) {
                met.is_repeated = true;
                self.repeated += 1;
            }
            met.has_figure = true;
            // With more sources to come the number only falls.
            let enough = self.enough.of(self.repeated);
            push(&mut met.lowest, ranked, enough, &mut self.held, &mut dropped);
        }
        release(at, &mut self.held, &mut dropped);
        dropped
    }

    /// The chosen questions, in order.
    pub fn sample(self) -> Vec<u32> {
        let enough = self.enough.of(self.repeated);
        let mut sample: Vec<u32> = self.all.into_iter().map(|(_, at)| at).collect();
        for met in self.sources.into_iter().filter(|met| met.is_repeated) {
            let lowest = met.lowest.into_sorted_vec();
            sample.extend(lowest.into_iter().take(enough).map(|(_, at)| at));
        }
        sample.sort_unstable();
        sample.dedup();
        sample
    }
}

/// Adds a question where it is among the `most` lowest; others fall out.
fn push(lowest: &mut Lowest, ranked: (u64, u32), most: usize, held: &mut FxHashMap<u32, u32>, dropped: &mut Vec<u32>) {
    if lowest.len() < most || lowest.peek().is_some_and(|highest| ranked < *highest) {
        lowest.push(ranked);
        *held.entry(ranked.1).or_default() += 1;
    }
    while lowest.len() > most
        && let Some((_, at)) = lowest.pop()
    {
        release(at, held, dropped);
    }
}

/// Takes a question out of one place; where that was the last, it is dropped.
fn release(at: u32, held: &mut FxHashMap<u32, u32>, dropped: &mut Vec<u32>) {
    let Some(count) = held.get_mut(&at) else { return };
    *count -= 1;
    if *count == 0 {
        held.remove(&at);
        dropped.push(at);
    }
}

/// A position as a number without order: the finaliser of `SplitMix64` (Steele, Lea and Flood 2014). No two are the same.
fn scrambled(at: u64) -> u64 {
    let mut x = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: Enough = Enough { budget: 1000, least: 20 };
    const SOME: Enough = Enough { budget: 400, least: 20 };

    /// Sources of a question: one of three, one of seven, and one that is met nowhere else.
    fn slots(at: u32) -> Vec<SourceSlot> {
        let mut slots = vec![SourceSlot(at % 3), SourceSlot(3 + at % 7), SourceSlot(10 + at)];
        slots.extend(at.is_multiple_of(5).then_some(SourceSlot(0)));
        slots
    }

    fn sample(positions: impl Iterator<Item = u32>, enough: Enough) -> (Vec<u32>, Vec<u32>) {
        let (mut sampler, mut dropped) = (Sampler::new(enough), Vec::new());
        for at in positions {
            dropped.extend(sampler.add(at, at, slots(at).into_iter()));
        }
        (sampler.sample(), dropped)
    }

    #[test]
    fn the_choice_is_the_rule_and_what_fell_out_is_not_chosen() {
        const MOST: u32 = 6000;
        let by_rank = |positions: Vec<u32>, most: usize| {
            let mut positions = positions;
            positions.sort_by_key(|&at| scrambled(at.into()));
            positions.truncate(most);
            positions
        };
        for enough in [MANY, SOME] {
            let mut expected = by_rank((0..MOST).collect(), LEAST_SAMPLE);
            for slot in (0..10).map(SourceSlot) {
                let positions = (0..MOST).filter(|&at| slots(at).contains(&slot)).collect();
                expected.extend(by_rank(positions, enough.of(10)));
            }
            expected.sort_unstable();
            expected.dedup();
            let (chosen, mut dropped) = sample(0..MOST, enough);
            assert_eq!(chosen, expected);
            assert!(chosen.len() < MOST as usize / 2, "{}", chosen.len());
            let count = dropped.len();
            dropped.sort_unstable();
            dropped.dedup();
            assert_eq!(dropped.len(), count);
            assert!(!dropped.iter().any(|at| chosen.binary_search(at).is_ok()));
        }
    }

    #[test]
    fn the_choice_does_not_depend_on_the_order_nor_on_questions_that_are_not_chosen() {
        let (chosen, _) = sample(0..6000, MANY);
        assert_eq!(sample((0..6000).rev(), MANY).0, chosen);
        let part = |at: &u32| at.is_multiple_of(7) || chosen.binary_search(at).is_ok();
        assert_eq!(sample((0..6000).filter(part), MANY).0, chosen);
        assert_eq!(sample(chosen.iter().copied(), SOME).0, sample(0..6000, SOME).0);
    }
}
