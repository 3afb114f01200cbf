//! Texts that a part of a file repeats, each kept once.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::model::TextColumn;

/// The hash by which texts are looked up.
pub(super) fn hash(text: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(text)
}

/// Texts with positions in the order in which they were met.
#[derive(Debug, Default)]
pub struct Distinct {
    texts: TextColumn,
    count: u32,
    table: HashTable<u32>,
    /// the position that was asked for last: neighbouring rows often repeat a text
    last: u32,
}

impl Distinct {
    /// The position of a text, and whether it was not met before.
    pub fn id(&mut self, text: &str) -> (u32, bool) {
        if self.last < self.count && self.texts.get(self.last as usize) == text {
            return (self.last, false);
        }
        let hashed = hash(text);
        let found = self.table.find(hashed, |&id| self.texts.get(id as usize) == text).copied();
        self.last = found.unwrap_or(self.count);
        if found.is_none() {
            self.texts.set(self.count as usize, text);
            self.count += 1;
            let texts = &self.texts;
            self.table.insert_unique(hashed, self.last, |&id| hash(texts.get(id as usize)));
        }
        (self.last, found.is_none())
    }

    /// The text at a position.
    #[must_use]
    pub fn text(&self, id: u32) -> &str {
        self.texts.get(id as usize)
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_the_position_of_its_first_row() {
        let mut distinct = Distinct::default();
        let ids: Vec<_> = ["a", "", "a", "b", "b", "", "a"].map(|text| distinct.id(text)).into();
        let first = [(0, true), (1, true), (0, false), (2, true), (2, false), (1, false), (0, false)];
        assert_eq!(ids, first);
        assert_eq!((distinct.len(), distinct.text(1), distinct.text(2)), (3, "", "b"));
    }
}
