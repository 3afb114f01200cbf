//! "Did you mean": the known name nearest to one that is not known.

use rustc_hash::FxHashMap;

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
/// Cost: the length of a name for each look-up.
#[derive(Debug, Default)]
pub struct NearIndex {
    by_deletion: FxHashMap<String, Vec<u32>>,
    names: Vec<(String, String)>,
}

impl NearIndex {
    /// Shorter names are not indexed: one edit turns AP into AFP.
    const SHORTEST: usize = 5;

    /// Adds a name, compared as `folded` and suggested as `shown`.
    pub fn insert(&mut self, folded: &str, shown: &str) {
        let at = self.names.len() as u32;
        self.names.push((folded.to_owned(), shown.to_owned()));
        for key in Self::keys(folded) {
            self.by_deletion.entry(key).or_default().push(at);
        }
    }

    /// The first name within one edit (insertion, deletion, substitution or swap of neighbours),
    /// as it is to be shown.
    #[must_use]
    pub fn near(&self, folded: &str) -> Option<&str> {
        let near = |&at: &u32| strsim::damerau_levenshtein(folded, &self.names[at as usize].0) == 1;
        let keys = Self::keys(folded);
        let found = keys.iter().filter_map(|key| self.by_deletion.get(key)).flatten().copied().filter(near).min();
        found.map(|at| self.names[at as usize].1.as_str())
    }

    fn keys(name: &str) -> Vec<String> {
        let letters: Vec<char> = name.chars().collect();
        if letters.len() < Self::SHORTEST || letters.len() > 80 {
            return Vec::new();
        }
        let without = |skip: usize| letters.iter().enumerate().filter(|&(at, _)| at != skip).map(|(_, &c)| c).collect();
        let mut keys: Vec<String> = (0..letters.len()).map(without).collect();
        keys.push(name.to_owned());
        keys.dedup();
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
