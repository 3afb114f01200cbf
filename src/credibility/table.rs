//! The table of sources: one row for each source that figures are a record of.

use crate::consensus::{Class, Settings, SourceSlot};
use crate::model::Reliability;
use serde::{Deserialize, Serialize};

use super::prior::SIGMA_POINTS;
use super::record::SourceSum;

/// Wordings that have rates of exact records of their own: exact, about, at least, at most.
pub const WORDINGS: usize = 4;

/// What is believed of one source.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    /// the source, wherever its row stands
    pub slot: SourceSlot,
    /// how far it can be called to account
    pub class: Class,
    /// grade given by the analyst
    pub grade: Option<Reliability>,
    /// p(σⱼ) over [`sigma_grid`](super::sigma_grid); sums to 1
    pub p_sigma: [f64; SIGMA_POINTS],
    /// bias b, on the question's scale
    pub bias: f64,
    /// rate of gross errors π
    pub pi: f64,
    /// rate of exact records κ of each wording; 0 until it is learned
    pub kappa: [f64; WORDINGS],
    /// rate γ at which inexact figures repeat others
    pub repeat: f64,
    /// sources with which it shares errors, with the probability that a common figure was copied
    pub copies: Vec<(SourceSlot, f64)>,
}

impl SourceRow {
    /// The row of a source without a record: the prior of its class, moved by its grade.
    #[must_use]
    pub fn prior(slot: SourceSlot, class: Class, grade: Option<Reliability>, settings: &Settings) -> SourceRow {
        let prior = match class {
            Class::Named => settings.named,
            Class::Anonymous => settings.anonymous,
        }
        .graded(grade);
        SourceRow {
            slot,
            class,
            grade,
            p_sigma: prior.over_grid(),
            bias: 0.0,
            pi: prior.gross,
            kappa: [0.0; WORDINGS],
            repeat: 0.0,
            copies: Vec::new(),
        }
    }

    /// Probability that a figure which it has in common with another source was copied.
    #[must_use]
    pub fn copies_of(&self, other: SourceSlot) -> f64 {
        self.copies.iter().find(|(slot, _)| *slot == other).map_or(0.0, |(_, p)| *p)
    }
}

/// The rows by [`SourceSlot`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourceTable {
    rows: Vec<SourceRow>,
}

impl SourceTable {
    /// A table of rows, the first for slot 0.
    #[must_use]
    pub fn new(rows: Vec<SourceRow>) -> SourceTable {
        SourceTable { rows }
    }

    /// A table in which nothing is learned: class and grade of each slot in order.
    ///
    /// ```
    /// use sayso::consensus::{Class, Settings, SourceSlot};
    /// use sayso::credibility::SourceTable;
    /// let table = SourceTable::from_priors([(Class::Named, None), (Class::Anonymous, None)], &Settings::default());
    /// assert_eq!(table.get(SourceSlot(1)).map(|row| row.pi), Some(0.15));
    /// assert!(table.get(SourceSlot(2)).is_none());
    /// ```
    #[must_use]
    pub fn from_priors(
        sources: impl IntoIterator<Item = (Class, Option<Reliability>)>,
        settings: &Settings,
    ) -> SourceTable {
        SourceTable::new(
            sources
                .into_iter()
                .enumerate()
                .map(|(at, (class, grade))| SourceRow::prior(SourceSlot(at as u32), class, grade, settings))
                .collect(),
        )
    }

    /// The row of a slot.
    #[must_use]
    pub fn get(&self, slot: SourceSlot) -> Option<&SourceRow> {
        self.rows.get(slot.0 as usize)
    }

    /// All rows, in order of slot.
    #[must_use]
    pub fn rows(&self) -> &[SourceRow] {
        &self.rows
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Sums over questions for each source, to be merged over blocks.
///
/// All terms are whole numbers, so that merging in any order gives the same bits.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceSums {
    /// ordered by slot, one entry for each
    rows: Vec<(SourceSlot, SourceSum)>,
}

impl SourceSums {
    /// The sums of many figures of some sources. Cost: linear in both.
    #[must_use]
    pub fn of(figures: impl Iterator<Item = (SourceSlot, SourceSum)>, sources: usize) -> SourceSums {
        let mut sums: Vec<Option<SourceSum>> = vec![None; sources];
        for (slot, sum) in figures {
            if let Some(known) = sums.get_mut(slot.0 as usize) {
                *known = Some(known.unwrap_or_default().plus(sum));
            }
        }
        let rows = (0..).map(SourceSlot).zip(sums).filter_map(|(slot, sum)| Some((slot, sum?)));
        SourceSums { rows: rows.collect() }
    }

    /// Adds figures of a source.
    pub fn add(&mut self, slot: SourceSlot, sum: SourceSum) {
        match self.rows.binary_search_by_key(&slot, |row| row.0) {
            Ok(at) => self.rows[at].1 = self.rows[at].1.plus(sum),
            Err(at) => self.rows.insert(at, (slot, sum)),
        }
    }

    /// Adds the sums of other questions. Commutative and associative. Cost: linear in both.
    ///
    /// ```
    /// use sayso::consensus::SourceSlot;
    /// use sayso::credibility::{SourceSum, SourceSums};
    /// let mut left = SourceSums::default();
    /// left.add(SourceSlot(3), SourceSum::counted(false));
    /// let right = left.clone();
    /// left.merge(&right);
    /// assert_eq!(left.get(SourceSlot(3)).figures, 2);
    /// ```
    pub fn merge(&mut self, other: &SourceSums) {
        let mine = std::mem::take(&mut self.rows);
        self.rows.reserve(mine.len().max(other.rows.len()));
        let (mut left, mut right) = (mine.into_iter().peekable(), other.rows.iter().copied().peekable());
        loop {
            match (left.peek(), right.peek()) {
                (Some(a), Some(b)) if a.0 == b.0 => {
                    self.rows.push((a.0, a.1.plus(b.1)));
                    left.next();
                    right.next();
                }
                (Some(a), Some(b)) if a.0 > b.0 => self.rows.extend(right.next()),
                (Some(_), _) => self.rows.extend(left.next()),
                (None, Some(_)) => self.rows.extend(right.next()),
                (None, None) => return,
            }
        }
    }

    /// The sum of a source; zero where it has none.
    #[must_use]
    pub fn get(&self, slot: SourceSlot) -> SourceSum {
        self.rows.binary_search_by_key(&slot, |row| row.0).map_or_else(|_| SourceSum::default(), |at| self.rows[at].1)
    }

    /// The sources with a sum, in order of slot.
    pub fn iter(&self) -> impl Iterator<Item = (SourceSlot, SourceSum)> + '_ {
        self.rows.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sums(slots: &[u32]) -> SourceSums {
        let mut sums = SourceSums::default();
        for &slot in slots {
            sums.add(SourceSlot(slot), SourceSum::counted(slot % 2 == 1));
        }
        sums
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn merging_parts_equals_adding_the_whole(slots in proptest::collection::vec(0u32..9, 0..40), cut in 0usize..40) {
            let (left, right) = slots.split_at(cut.min(slots.len()));
            let (mut ab, mut ba) = (sums(left), sums(right));
            ab.merge(&sums(right));
            ba.merge(&sums(left));
            prop_assert_eq!(&ab, &sums(&slots));
            prop_assert_eq!(&ba, &ab);
        }
    }

    #[test]
    fn a_table_has_a_row_for_each_source_under_its_slot() {
        let table = SourceTable::from_priors([(Class::Named, None), (Class::Anonymous, None)], &Settings::default());
        assert_eq!((table.len(), table.is_empty()), (2, false));
        assert_eq!(table.get(SourceSlot(1)).map(|row| row.class), Some(Class::Anonymous));
        assert!(table.get(SourceSlot(2)).is_none() && SourceTable::new(Vec::new()).is_empty());
    }
}
