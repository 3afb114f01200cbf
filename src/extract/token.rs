//! Words, numbers and marks of a text, with their places.

use super::lexicon::{BODIES, Classes, Lexicon, MASTHEADS};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// begins with a letter; inner hyphens, apostrophes and points of abbreviations belong to it
    Word,
    /// begins with a digit; letters that cling to it belong to it
    Number,
    /// one sign
    Mark(char),
}

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// nothing
    None,
    /// white space within a line
    Space,
    /// the end of a line
    Line,
    /// a line without text, or the start of the text
    Paragraph,
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub gap: Gap,
    /// what the word may be
    pub classes: Classes,
    /// whether it begins with a capital letter
    pub capital: bool,
}

impl Token {
    pub fn text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    pub fn is(self, classes: Classes) -> bool {
        self.classes.any(classes)
    }

    pub fn is_mark(self, sign: char) -> bool {
        self.kind == Kind::Mark(sign)
    }

    pub fn is_comma(self) -> bool {
        self.is_mark(',')
    }

    /// Dashes between clauses.
    pub fn is_dash(self) -> bool {
        matches!(self.kind, Kind::Mark('–' | '—' | '-' | '―'))
    }

    /// Marks that open or close direct speech.
    pub fn is_quote(self) -> bool {
        matches!(self.kind, Kind::Mark('"' | '“' | '”' | '„' | '«' | '»' | '‟'))
    }
}

/// Cuts a text into tokens, a stretch at a time. Linear in the length of the text.
#[derive(Debug)]
pub(super) struct Tokenizer<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    at: usize,
    gap: Gap,
    /// the token before, if any
    last: Option<Token>,
    /// room to work in
    lower: String,
}

impl<'a> Tokenizer<'a> {
    /// At the start of a text.
    pub fn new(text: &'a str, lexicon: &'a Lexicon) -> Tokenizer<'a> {
        Tokenizer { text, lexicon, at: 0, gap: Gap::Paragraph, last: None, lower: String::new() }
    }

    fn classes(&mut self, c: char, word: &str) -> Classes {
        // US and WHO are no pronouns.
        if matches!(word, "US" | "WHO" | "IT") {
            return Classes::AGENCY.or(Classes::DEMONYM);
        }
        let known = self.lexicon.classes(word, &mut self.lower);
        if c.is_uppercase() && self.last.is_some() && MASTHEADS.contains(&bare(word)) {
            return known.or(Classes::OUTLET);
        }
        if c.is_uppercase() && self.last.is_some_and(|before| before.capital) && BODIES.contains(&bare(word)) {
            return known.or(Classes::AGENCY);
        }
        known
    }
}

impl Iterator for Tokenizer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let text = self.text;
        while let Some(c) = char_at(text, self.at) {
            let at = self.at;
            if let Some(length) = escape(text, at, c) {
                self.at += length;
                continue;
            }
            if c.is_whitespace() || c.is_control() || is_invisible(c) {
                self.gap = match (self.gap, c) {
                    (Gap::Line, '\n') | (_, '\u{2029}') | (Gap::Paragraph, _) => Gap::Paragraph,
                    (_, '\n' | '\u{2028}') => Gap::Line,
                    (Gap::None, c) if !is_invisible(c) => Gap::Space,
                    (other, _) => other,
                };
                self.at += c.len_utf8();
                continue;
            }
            // marks of emphasis around words
            if c == '*' {
                self.at += 1;
                continue;
            }
            // two single marks are a double one
            let doubled = matches!(c, '’' | '‘' | '\'') && char_at(text, at + c.len_utf8()) == Some(c);
            let end = match c {
                _ if doubled => at + 2 * c.len_utf8(),
                '0'..='9' => number_end(text, at),
                c if c.is_alphabetic() => word_end(text, at),
                _ => at + c.len_utf8(),
            };
            let kind = match c {
                '’' if doubled => Kind::Mark('”'),
                '‘' if doubled => Kind::Mark('“'),
                '\'' if doubled => Kind::Mark('"'),
                '0'..='9' => Kind::Number,
                c if c.is_alphabetic() => Kind::Word,
                _ => Kind::Mark(c),
            };
            let classes = if kind == Kind::Word { self.classes(c, &text[at..end]) } else { Classes::NONE };
            let token = Token { start: at, end, kind, gap: self.gap, classes, capital: c.is_uppercase() };
            (self.at, self.gap, self.last) = (end, Gap::None, Some(token));
            return Some(token);
        }
        None
    }
}

/// All tokens of a text.
pub(super) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    Tokenizer::new(text, lexicon).collect()
}

/// The length of an escape sequence of a terminal (ECMA-48): `ESC [`, parameters, one letter.
fn escape(text: &str, at: usize, c: char) -> Option<usize> {
    let inner = text.get(at..).filter(|_| c == '\u{1b}')?.strip_prefix("\u{1b}[")?;
    let end = inner.bytes().take(32).position(|byte| (0x40..=0x7e).contains(&byte))?;
    inner.is_char_boundary(end + 1).then_some(end + 3)
}

/// A word without its possessive ending.
fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Marks that change how a text is shown and not what it says.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// The end of digits with their separators, and of letters that cling to them: `12,000`, `155mm`, `3rd`.
fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = start;
    loop {
        while digit(at) {
            at += 1;
        }
        let separates = matches!(bytes.get(at), Some(b',' | b'.' | b'\'' | b':' | b'/')) && digit(at + 1);
        if !separates {
            break;
        }
        at += 1;
    }
    letters_end(text, at)
}

/// The end of the letters, digits and inner hyphens from here on.
fn letters_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(c) = char_at(text, at) {
        let inner = matches!(c, '-' | '\u{2010}' | '\u{2011}')
            && at > 0
            && char_at(text, at + c.len_utf8()).is_some_and(char::is_alphabetic);
        if !c.is_alphanumeric() && !inner || at == start && inner && !clings(text, at) {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// Whether letters follow a hyphen directly, as in `20-year-old`.
fn clings(text: &str, at: usize) -> bool {
    text.get(at + 1..).is_some_and(|rest| rest.chars().next().is_some_and(char::is_alphabetic))
}

/// Codes of money that digits may cling to.
const PREFIXES: &[&str] = &["SFr", "CHF", "USD", "EUR", "GBP", "RM", "Rp", "Tk", "Rs"];

/// The end of a word: `U.S.`, `Mr.`, `Korea’s`, `Agence France-Presse` is two, `http://x` is one.
fn word_end(text: &str, start: usize) -> usize {
    let mut at = start;
    let mut letters = 0;
    while let Some(c) = char_at(text, at) {
        let next = at + c.len_utf8();
        let inner = || char_at(text, next).is_some_and(char::is_alphanumeric);
        let joins = match c {
            '\'' | '’' | '-' | '\u{2010}' | '\u{2011}' | '&' | '_' | '@' => inner(),
            // the point of `U.S.` and of `example.org`
            '.' => letters == 1 && inner() || is_site(text, start, next),
            ':' => text.get(at..).is_some_and(|rest| rest.starts_with("://")),
            '/' => text.get(start..at).is_some_and(|head| head.contains("://") || head.ends_with(':')),
            // the money of `SFr10bn`
            c if c.is_ascii_digit() => !text.get(start..at).is_some_and(|head| PREFIXES.contains(&head)),
            c => c.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        letters = if c == '.' { 0 } else { letters + 1 };
        at = next;
    }
    let word = text.get(start..at).unwrap_or("");
    let dotted = word.contains('.') && letters == 1 || is_abbreviation(word);
    if dotted && text.as_bytes().get(at) == Some(&b'.') { at + 1 } else { at }
}

/// Whether a point stands within the name of a site: lower-case letters before it and a short ending after.
fn is_site(text: &str, start: usize, next: usize) -> bool {
    const ENDINGS: &[&str] = &["com", "org", "net", "info", "gov", "io", "tv", "co", "ua", "uk", "ru", "eu", "int"];
    let rest = text.get(next..).unwrap_or("");
    let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len().min(8));
    next - start > 2 && ENDINGS.contains(&rest.get(..end).unwrap_or(""))
}

/// Words that are written with a point which ends no sentence.
fn is_abbreviation(word: &str) -> bool {
    const SHORT: &[&str] = &[
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Sgt", "Capt", "Maj", "Adm", "Cmdr", "Gov", "Sen", "Rep",
        "Rev", "Hon", "St", "Jr", "Sr", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov",
        "Dec", "Mon", "Tue", "Tues", "Wed", "Thu", "Thurs", "Fri", "vs", "approx", "ca", "est", "Inc", "Ltd", "Corp",
        "Brig", "Pvt", "Ave", "Mt", "Ft", "al",
    ];
    word.len() <= 6 && SHORT.contains(&word) || word.len() == 1 && word != "X" && word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, &Lexicon::new()).into_iter().map(|token| token.text(text)).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        assert_eq!(
            cut("Mr. Okoro’s 12,000 men, he said."),
            ["Mr.", "Okoro’s", "12,000", "men", ",", "he", "said", "."]
        );
        assert_eq!(cut("the U.S. Navy"), ["the", "U.S.", "Navy"]);
        assert_eq!(cut("27-hundred on 3 Dec. at 155mm"), ["27-hundred", "on", "3", "Dec.", "at", "155mm"]);
        assert_eq!(cut("30-40,000"), ["30", "-", "40,000"]);
        assert_eq!(cut("paid SFr61.2bn on X. Then"), ["paid", "SFr", "61.2bn", "on", "X", ".", "Then"]);
        assert_eq!(cut("(IOM) said"), ["(", "IOM", ")", "said"]);
        assert_eq!(cut("see example.org. Then"), ["see", "example.org", ".", "Then"]);
    }

    #[test]
    fn lines_and_paragraphs_are_seen() {
        let gaps: Vec<_> = tokens("a b\nc\n\nd\n e", &Lexicon::new()).iter().map(|token| token.gap).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Space, Gap::Line, Gap::Paragraph, Gap::Line]);
    }

    #[test]
    fn odd_characters_make_tokens_that_cover_them() {
        for text in ["\u{0}\u{7}", "שלום 12", "👍🏽 5", "1.", "a-", "'", "1,,2", "-\u{301}"] {
            for token in tokens(text, &Lexicon::new()) {
                assert!(!token.text(text).is_empty(), "{text:?}");
            }
        }
    }
}
