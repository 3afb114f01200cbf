//! The words of numbers: `twelve`, `hundred`, `k`, `lakh`, `half`. Data and look-up.

use super::cursor::{Cursor, is_hyphen};

/// `zero` to `nineteen`, each at its value.
const SMALL: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// `twenty` to `ninety`, in tens from two.
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Names of one part of so many.
const PARTS: &[(&str, u32)] = &[
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("quarter", 4),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
];

/// A word that multiplies: by `factor` × 10^`zeros`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Multiplier {
    word: &'static str,
    pub factor: u32,
    pub zeros: i32,
    /// whether it is a word that may follow "a" and take a plural, not an abbreviation
    pub spoken: bool,
}

const fn spoken(word: &'static str, factor: u32, zeros: i32) -> Multiplier {
    Multiplier { word, factor, zeros, spoken: true }
}

const fn short(word: &'static str, zeros: i32) -> Multiplier {
    Multiplier { word, factor: 1, zeros, spoken: false }
}

const MULTIPLIERS: &[Multiplier] = &[
    spoken("dozen", 12, 0),
    spoken("score", 20, 0),
    spoken("hundred", 1, 2),
    spoken("thousand", 1, 3),
    spoken("lakh", 1, 5),
    spoken("lac", 1, 5),
    spoken("million", 1, 6),
    spoken("crore", 1, 7),
    spoken("billion", 1, 9),
    spoken("trillion", 1, 12),
    short("k", 3),
    short("thsd", 3),
    short("m", 6),
    short("mn", 6),
    short("mln", 6),
    short("b", 9),
    short("bn", 9),
    short("bln", 9),
    short("tn", 12),
];

/// Whether a word counts by itself or begins a number that goes on: `three`, `forty`, `half`, `hundred`.
pub(crate) fn is_numeral(word: &str) -> bool {
    let others = ["half", "hundred", "thousand"];
    SMALL.iter().skip(1).chain(TENS).chain(&others).any(|known| word.eq_ignore_ascii_case(known))
}

impl Multiplier {
    /// Whether it builds numbers below a thousand: hundred, dozen, score.
    pub fn is_small(self) -> bool {
        self.zeros < 3
    }

    /// Whether its one letter may also stand for a unit.
    pub fn is_doubtful(self) -> bool {
        matches!(self.word, "m" | "b")
    }

    /// Its value.
    pub fn value(self) -> u128 {
        u128::from(self.factor) * 10_u128.pow(self.zeros.unsigned_abs())
    }
}

/// The multiplier that stands here, singular or plural.
pub(super) fn multiplier(here: Cursor<'_>) -> Option<(Multiplier, Cursor<'_>)> {
    let (word, end) = here.word()?;
    let singular = word.strip_suffix(['s', 'S']);
    let found = MULTIPLIERS.iter().find(|m| {
        word.eq_ignore_ascii_case(m.word) || m.spoken && singular.is_some_and(|word| word.eq_ignore_ascii_case(m.word))
    })?;
    let dot = end.take(|c| c == '.' && !found.spoken).filter(|after| after.space().at() > after.at() || after.is_end());
    Some((*found, dot.unwrap_or(end)))
}

/// The multiplier that stands here in the singular, if it is a word and not an abbreviation.
pub(super) fn spoken_multiplier(here: Cursor<'_>) -> Option<(Multiplier, Cursor<'_>)> {
    multiplier(here).filter(|(m, end)| m.spoken && here.until(*end).len() == m.word.len())
}

/// The fraction word that stands here: how many parts make the whole.
pub(super) fn parts(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (word, end) = here.word()?;
    let singular = word.strip_suffix(['s', 'S']).unwrap_or(word);
    let found =
        PARTS.iter().find(|(part, _)| word.eq_ignore_ascii_case(part) || singular.eq_ignore_ascii_case(part))?;
    Some((found.1, end))
}

/// A fraction in words, less than one: `half`, `a third`, `two-thirds`, `three quarters`.
pub(super) fn fraction(here: Cursor<'_>) -> Option<(u32, u32, Cursor<'_>)> {
    let bare = here.phrase("half").or(here.phrase("quarter"));
    let (count, parts_at) = match below_hundred(here) {
        Some((count, end)) => (count, tied(end).0),
        None => (1, article(here).or(bare.map(|_| here))?),
    };
    let (of, end) = parts(parts_at)?;
    (0 < count && count < of).then_some((count, of, end))
}

/// Every word from which numbers are made, in the singular.
pub(super) fn number_words() -> impl Iterator<Item = &'static str> {
    let large = MULTIPLIERS.iter().filter(|m| m.spoken).map(|m| m.word);
    SMALL.iter().skip(1).chain(TENS).copied().chain(PARTS.iter().map(|part| part.0)).chain(large)
}

/// `%` or a word for it.
pub(super) fn percent(here: Cursor<'_>) -> Option<Cursor<'_>> {
    ["%", "percent", "per cent", "pct.", "pct"].iter().find_map(|sign| here.phrase(sign))
}

/// A number below a hundred in words: `twelve`, `twenty-five`.
pub(super) fn below_hundred(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (word, end) = here.word()?;
    let place = |table: &[&str], word: &str| table.iter().position(|w| word.eq_ignore_ascii_case(w));
    let number = |at: usize| u32::try_from(at).unwrap_or(0);
    if let Some(at) = place(SMALL, word) {
        return Some((number(at), end));
    }
    let tens = number(place(TENS, word)? + 2) * 10;
    let one = end.take(is_hyphen).unwrap_or(end).word().and_then(|(word, end)| Some((place(SMALL, word)?, end)));
    match one {
        Some((one @ 1..=9, end)) => Some((tens + number(one), end)),
        _ => Some((tens, end)),
    }
}

/// `a`, `an` or `one` where it counts the word after it.
pub(super) fn article(here: Cursor<'_>) -> Option<Cursor<'_>> {
    here.phrase("an").or(here.phrase("a")).or(here.phrase("one"))
}

/// To a word that is tied to the one before: after white space or one hyphen, and whether it was the hyphen.
pub(super) fn tied(here: Cursor<'_>) -> (Cursor<'_>, bool) {
    match here.take(is_hyphen) {
        Some(next) if next.first().is_some_and(char::is_alphanumeric) => (next, true),
        _ => (here.space(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_below_a_hundred_are_read_with_and_without_hyphen() {
        let read = |text| below_hundred(Cursor::new(text)).map(|(n, end)| (n, end.rest()));
        assert_eq!(read("Nineteen"), Some((19, "")));
        assert_eq!(read("twenty-five men"), Some((25, " men")));
        assert_eq!(read("twenty five"), Some((25, "")));
        assert_eq!(read("twenty-fifteen"), Some((20, "-fifteen")));
        assert_eq!(read("twenty zero"), Some((20, " zero")));
        assert_eq!(read("two3"), None);
    }

    #[test]
    fn no_multiplier_is_named_twice() {
        let words: std::collections::BTreeSet<_> = MULTIPLIERS.iter().map(|m| m.word).collect();
        assert_eq!(words.len(), MULTIPLIERS.len());
    }

    #[test]
    fn abbreviations_take_a_point_and_no_plural() {
        let read = |text| multiplier(Cursor::new(text)).map(|(m, end)| (m.zeros, end.rest()));
        assert_eq!(read("mln. x"), Some((6, " x")));
        assert_eq!(read("Millions"), Some((6, "")));
        assert_eq!(read("bns"), None);
        assert_eq!(read("km"), None);
    }
}
