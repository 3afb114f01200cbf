//! Sentences: runs of tokens, with what is known of the quotation they stand in.

use super::token::{Gap, Kind, Token};

/// More tokens than this are cut, so that no rule looks at more.
const LONGEST: usize = 300;

/// So many tokens hold a sentence, and the token after it.
pub(super) const ENOUGH: usize = LONGEST + 2;

/// A run of tokens that is read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sentence {
    /// first token
    pub from: usize,
    /// one past the last token
    pub to: usize,
    /// whether a quotation is open where it begins
    pub opens_quoted: bool,
    /// whether a quotation is open where it ends
    pub ends_quoted: bool,
    /// whether a paragraph begins with it
    pub begins_paragraph: bool,
    /// whether it is longer than what is read at once, and goes on in the next
    pub is_cut: bool,
}

/// Splits at stops, line ends and, in texts whose sentences run together, at a stop before a capital
/// letter. Knows what was open when the last sentence ended.
#[derive(Debug)]
pub(super) struct Splitter {
    quoted: bool,
    paragraph: bool,
}

impl Splitter {
    /// At the start of a text.
    pub fn new() -> Splitter {
        Splitter { quoted: false, paragraph: true }
    }

    /// The sentence that begins at token `from`. `None` at the end of the tokens; where more of the
    /// text is to come, [`ENOUGH`] tokens always hold a sentence.
    pub fn next(&mut self, tokens: &[Token], from: usize) -> Option<Sentence> {
        let opens_quoted = self.quoted;
        for at in from..tokens.len() {
            match tokens[at].kind {
                Kind::Mark('“' | '„' | '«') => self.quoted = true,
                Kind::Mark('”' | '»') => self.quoted = false,
                Kind::Mark('"') => self.quoted = !self.quoted,
                _ => {}
            }
            let is_end = ends(tokens, at);
            if is_end || at + 1 - from >= LONGEST {
                let begins_paragraph = self.paragraph;
                let ends_quoted = self.quoted;
                self.paragraph = tokens.get(at + 1).is_none_or(|next| next.gap == Gap::Paragraph);
                // A quotation that is never closed ends with its paragraph.
                self.quoted &= !self.paragraph;
                return Some(Sentence {
                    from,
                    to: at + 1,
                    opens_quoted,
                    ends_quoted,
                    begins_paragraph,
                    is_cut: !is_end,
                });
            }
        }
        None
    }
}

/// The sentences of tokens that are all there are.
pub(super) fn sentences(tokens: &[Token]) -> Vec<Sentence> {
    let mut splitter = Splitter::new();
    let next = |last: Option<&Sentence>| last.map_or(0, |last| last.to);
    let mut found: Vec<Sentence> = Vec::new();
    while let Some(sentence) = splitter.next(tokens, next(found.last())) {
        found.push(sentence);
    }
    found
}

/// Whether a sentence ends with this token.
fn ends(tokens: &[Token], at: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.gap == Gap::Paragraph {
        return true;
    }
    let token = tokens[at];
    let closes = |token: &Token| matches!(token.kind, Kind::Mark('”' | '"' | '’' | '\'' | ')' | ']' | '»'));
    let is_stop = |token: &Token| matches!(token.kind, Kind::Mark('.' | '!' | '?' | '…' | '。'));
    if next.gap == Gap::Line && !token.is_comma() {
        return is_stop(&token) || closes(&token) || begins(next);
    }
    if is_stop(&token) {
        // The marks that close a quotation belong to the sentence that they end.
        let clings = next.gap == Gap::None && closes(next);
        return !clings && !is_stop(next) && begins(next);
    }
    let after_stop = at > 0 && is_stop(&tokens[at - 1]) && closes(&token) && token.gap == Gap::None;
    after_stop && begins(next) && next.gap != Gap::None
}

/// Whether a token may begin a sentence.
fn begins(token: &Token) -> bool {
    match token.kind {
        Kind::Word => token.capital,
        Kind::Number => token.gap != Gap::None,
        Kind::Mark(sign) => matches!(sign, '“' | '"' | '„' | '«' | '‘' | '(' | '-' | '–' | '—' | '•' | '*'),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::token::tokens;
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let tokens = tokens(text, &Lexicon::new());
        sentences(&tokens).iter().map(|s| &text[tokens[s.from].start..tokens[s.to - 1].end]).collect()
    }

    #[test]
    fn stops_end_sentences_and_points_of_abbreviations_do_not() {
        assert_eq!(
            split("Gov. Lindqvist of the U.S. Navy paid $1.5 million. It sank on Dec. 3. No one died."),
            ["Gov. Lindqvist of the U.S. Navy paid $1.5 million.", "It sank on Dec. 3.", "No one died."]
        );
    }

    #[test]
    fn sentences_that_run_together_are_parted() {
        assert_eq!(split("Nine died in May.The mayor wept."), ["Nine died in May.", "The mayor wept."]);
    }

    #[test]
    fn closing_quotes_belong_to_their_sentence() {
        assert_eq!(split("“Ten fell. Two rose.” He left."), ["“Ten fell.", "Two rose.”", "He left."]);
        let text = "“Ten fell. Two rose,” he said.\n\nNext";
        let tokens = tokens(text, &Lexicon::new());
        let quoted: Vec<_> = sentences(&tokens).iter().map(|s| (s.opens_quoted, s.ends_quoted)).collect();
        assert_eq!(quoted, [(false, true), (true, false), (false, false)]);
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        let text = "and so on ".repeat(1000);
        let tokens = tokens(&text, &Lexicon::new());
        assert!(sentences(&tokens).iter().all(|s| s.to - s.from <= LONGEST));
    }
}
