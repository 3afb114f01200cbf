//! "Did you mean": the known name nearest to one that is not known.

use rustc_hash::FxHashMap;

use super::distinct::hash;

/// The nearest of some names by edit distance, if it is near enough to be a slip of the pen:
/// one edit up to five characters, two up to ten, three beyond. Ties go to the first.
/// Cost: the names times the length.
///
/// ```
/// use sayso::ingest::nearest;
/// assert_eq!(nearest("publishr", ["question", "publisher"]), Some("publisher"));
/// assert_eq!(nearest("colour", ["question", "publisher"]), None);
/// ```
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let reach = match length {
        0..=2 => return None,
        3..=5 => 1,
        6..=10 => 2,
        _ => 3,
    };
    names
        .into_iter()
        .filter(|known| known.len().abs_diff(name.len()) <= 4 * reach)
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|&(distance, _)| distance <= reach && distance > 0)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, known)| known)
}

/// Finds names within one edit of a set of names without comparing all pairs: every name is
/// indexed by itself and by itself less each character (Garbe 2012, symmetric delete).
/// Cost: the length of a name for each look-up, and as much again for every name that shares all letters but one.
#[derive(Debug, Default)]
pub struct NearIndex {
    /// the last entry of each key, by the hash of the key
    last: FxHashMap<u64, u32>,
    /// a name of a key, and the entry of that key before it
    entries: Vec<(u32, Option<u32>)>,
    names: Vec<(Box<str>, Box<str>)>,
}

impl NearIndex {
    /// Shorter names are not indexed: one edit turns AP into AFP.
    const SHORTEST: usize = 5;

    /// Adds a name, compared as `folded` and suggested as `shown`.
    pub fn insert(&mut self, folded: &str, shown: &str) {
        let name = self.names.len() as u32;
        self.names.push((folded.into(), shown.into()));
        Self::each_key(folded, |key| {
            let before = self.last.insert(key, self.entries.len() as u32);
            self.entries.push((name, before));
        });
    }

    /// The first name within one edit (insertion, deletion, substitution or swap of neighbours),
    /// as it is to be shown.
    #[must_use]
    pub fn near(&self, folded: &str) -> Option<&str> {
        let mut first = u32::MAX;
        Self::each_key(folded, |key| {
            let mut entry = self.last.get(&key).copied();
            while let Some((name, before)) = entry.map(|at| self.entries[at as usize]) {
                if name < first && is_one_edit(folded, &self.names[name as usize].0) {
                    first = name;
                }
                entry = before;
            }
        });
        self.names.get(first as usize).map(|name| &*name.1)
    }

    fn each_key(name: &str, mut on_key: impl FnMut(u64)) {
        let letters = name.chars().count();
        if !(Self::SHORTEST..=80).contains(&letters) {
            return;
        }
        let (mut key, mut before) = (String::with_capacity(name.len()), '\0');
        for (at, letter) in name.char_indices() {
            // Of a letter that is doubled, either may go.
            if at == 0 || letter != before {
                key.clear();
                key.push_str(&name[..at]);
                key.push_str(&name[at + letter.len_utf8()..]);
                on_key(hash(&key));
            }
            before = letter;
        }
        on_key(hash(name));
    }
}

/// Whether two names are one insertion, deletion, substitution or swap of neighbours apart.
fn is_one_edit(a: &str, b: &str) -> bool {
    let start: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (mut a, mut b) = (a[..a.len() - end].chars(), b[..b.len() - end].chars());
    match [a.next(), b.next(), a.next(), b.next()] {
        [None, None, ..] => false,
        [_, _, None, None] => true,
        [Some(p), Some(q), Some(r), Some(s)] => p == s && q == r && a.next().is_none() && b.next().is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_edit_is_a_distance_of_one(a in "[ab\u{e9}]{0,5}", b in "[ab\u{e9}]{0,5}") {
            prop_assert_eq!(is_one_edit(&a, &b), strsim::damerau_levenshtein(&a, &b) == 1);
        }

        #[test]
        fn the_index_finds_what_a_walk_over_all_names_finds(
            names in prop::collection::vec("[ab]{5,7}", 1..12),
            name in "[ab]{5,7}",
        ) {
            let mut index = NearIndex::default();
            for name in &names {
                index.insert(name, name);
            }
            let found = names.iter().find(|known| is_one_edit(known, &name)).map(String::as_str);
            prop_assert_eq!(index.near(&name), found);
        }
    }

    #[test]
    fn the_index_finds_one_edit_and_no_more() {
        let mut index = NearIndex::default();
        index.insert("reuters", "Reuters");
        index.insert("yonhap", "Yonhap");
        assert_eq!(index.near("reuterss"), Some("Reuters"));
        assert_eq!(index.near("yohnap"), Some("Yonhap"));
        assert_eq!(index.near("yonhap"), None);
        assert_eq!(index.near("xinhua"), None);
    }

    #[test]
    fn short_names_get_no_suggestion() {
        let mut index = NearIndex::default();
        index.insert("afp", "AFP");
        assert_eq!(index.near("ap"), None);
        assert_eq!(nearest("ap", ["afp"]), None);
    }
}
