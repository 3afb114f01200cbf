//! A place in a text, and the few steps that the grammar takes from it.

/// A place in a text. Steps return a new place, so that going back is keeping the old one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The start of a text.
    pub fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    /// Byte offset in the text.
    pub fn at(self) -> usize {
        self.at
    }

    /// What is still to be read.
    pub fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// What lies between here and a later place, without white space around it.
    pub fn until(self, end: Cursor<'a>) -> &'a str {
        self.text.get(self.at..end.at).unwrap_or("").trim()
    }

    /// The next character.
    pub fn first(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// `bytes` further on; the caller knows that a character ends there.
    pub fn skip(self, bytes: usize) -> Cursor<'a> {
        Cursor { at: self.at + bytes, ..self }
    }

    /// Past white space of any kind, line breaks and no-break spaces included.
    pub fn space(self) -> Cursor<'a> {
        self.skip(self.rest().len() - self.rest().trim_start().len())
    }

    /// Whether nothing but white space is left.
    pub fn is_end(self) -> bool {
        self.space().rest().is_empty()
    }

    /// Past one character that is accepted.
    pub fn take(self, accept: impl Fn(char) -> bool) -> Option<Cursor<'a>> {
        let first = self.first().filter(|&c| accept(c))?;
        Some(self.skip(first.len_utf8()))
    }

    /// Past the words of a phrase in any case and with any white space before and between them.
    /// A phrase that ends in a letter does not match the beginning of a longer word.
    pub fn phrase(self, phrase: &str) -> Option<Cursor<'a>> {
        let mut here = self;
        for (i, piece) in phrase.split(' ').enumerate() {
            let start = here.space();
            let apart = i == 0 || start.at > here.at;
            let head = start.rest().get(..piece.len()).filter(|_| apart)?;
            if !head.eq_ignore_ascii_case(piece) {
                return None;
            }
            here = start.skip(piece.len());
        }
        let cut = phrase.ends_with(char::is_alphabetic) && here.first().is_some_and(|c| c.is_alphabetic() || c == '_');
        (!cut).then_some(here)
    }

    /// The row of a table whose phrase is the longest that stands here, and the place after it.
    pub fn longest<T>(self, table: &[T], phrase: impl Fn(&T) -> &str) -> Option<(&T, Cursor<'a>)> {
        let here = self.space();
        let first = here.rest().bytes().next()?;
        // Most rows differ in their first letter, which is cheap to see.
        let begins = |row: &&T| phrase(row).bytes().next().is_some_and(|b| b.eq_ignore_ascii_case(&first));
        let found = table.iter().filter(begins).filter_map(|row| Some((row, here.phrase(phrase(row))?)));
        // Of equals the last wins, so a table must not hold a phrase twice.
        found.max_by_key(|(_, end)| end.at)
    }

    /// A run of letters after white space, if no digit or `_` clings to its end.
    pub fn word(self) -> Option<(&'a str, Cursor<'a>)> {
        let start = self.space();
        let rest = start.rest();
        let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let end = start.skip(len);
        let clings = end.first().is_some_and(|c| c.is_numeric() || c == '_');
        (len > 0 && !clings).then_some((start.until(end), end))
    }
}

/// Dashes of every kind, the minus sign and the full-width hyphen included.
pub(super) fn is_dash(c: char) -> bool {
    is_hyphen(c) || matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Dashes that may stand within a word.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_matches_whole_words_in_any_case_and_spacing() {
        let after = |text, phrase| Cursor::new(text).phrase(phrase).map(Cursor::at);
        assert_eq!(after(" At\u{a0}\n least 3", "at least"), Some(12));
        assert_eq!(after("at leasts", "at least"), None);
        assert_eq!(after("atleast", "at least"), None);
        assert_eq!(after("c.5", "c."), Some(2));
        assert_eq!(after("é", "c"), None);
    }

    #[test]
    fn the_longest_phrase_wins_whatever_the_order_of_the_table() {
        let table = ["no", "no more than", "no more"];
        let (row, end) = Cursor::new("no more than 5").longest(&table, |row| row).unwrap();
        assert_eq!((*row, end.at()), ("no more than", 12));
    }

    #[test]
    fn a_word_that_runs_into_digits_is_none() {
        assert_eq!(Cursor::new(" k,").word().map(|(w, end)| (w, end.at())), Some(("k", 2)));
        assert!(Cursor::new("k5").word().is_none());
        assert!(Cursor::new("k_").word().is_none());
    }
}
