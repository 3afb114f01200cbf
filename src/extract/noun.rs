//! Noun phrases that may name a source: what they are, and those to the right of a preposition.

use super::lexicon::Classes;
use super::token::{Kind, Token};

/// Words that no name is longer than.
pub(super) const LONGEST: usize = 18;

/// A noun phrase, as tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// first token
    pub from: usize,
    /// one past the last token
    pub to: usize,
    /// the words set off by commas that say what it is: first token, one past the last
    pub role: Option<(usize, usize)>,
    /// first token of all that belongs to it
    pub start: usize,
}

impl Phrase {
    pub fn plain(from: usize, to: usize) -> Phrase {
        Phrase { from, to, role: None, start: from }
    }
}

/// The text with its tokens, and the bounds that a search must keep.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// first token of the sentence
    pub from: usize,
    /// one past its last token
    pub to: usize,
}

impl Scene<'_> {
    pub fn token(&self, at: usize) -> Option<Token> {
        (self.from..self.to).contains(&at).then(|| self.tokens[at])
    }

    pub fn word(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| token.text(self.text))
    }

    pub fn is_word(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// Whether the words of a phrase stand here.
    pub fn says(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.is_word(at + i, word))
    }

    /// Whether any phrase of a table stands between two tokens, and where.
    pub fn find(&self, from: usize, to: usize, table: &[&[&str]]) -> Option<(usize, usize)> {
        (from..to.min(self.to)).filter(|&at| self.tokens[at].is(Classes::PHRASE)).find_map(|at| {
            let found = table.iter().filter(|words| self.says(at, words)).max_by_key(|words| words.len())?;
            Some((at, at + found.len()))
        })
    }
}

/// "records seen by", "documents leaked to": a participle follows, so a noun stands here.
pub(super) fn before_participle(scene: Scene<'_>, at: usize) -> bool {
    let link = ["by", "to", "with", "through", "from", "under"].iter().any(|word| scene.is_word(at + 2, word));
    let given = ["leaked", "released", "provided", "supplied"].iter().any(|word| scene.is_word(at + 1, word));
    link && (given || super::lexicon::SEEN.iter().any(|word| scene.is_word(at + 1, word)))
}

/// "A United Nations report says": a verb of saying follows, so a noun stands here.
pub(super) fn before_saying(scene: Scene<'_>, at: usize) -> bool {
    scene.token(at + 1).is_some_and(|next| next.is(Classes::CUE) && !next.is(Classes::DOCUMENT) && !next.capital)
}

/// Whether a word that may be a verb is a noun: after an article, a number, a nationality.
pub(super) fn is_noun_here(scene: Scene<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| scene.token(at)) else { return true };
    let word = before.text(scene.text);
    before.is(Classes::DETERMINER.or(Classes::PREPOSITION).or(Classes::DEMONYM).or(Classes::NUMBER))
        || before.kind == Kind::Number
        || word.ends_with("'s")
        || word.ends_with("’s")
        || [
            "media",
            "news",
            "initial",
            "earlier",
            "preliminary",
            "official",
            "new",
            "latest",
            "recent",
            "local",
            "first",
            "previous",
            "several",
            "some",
            "many",
            "police",
            "intelligence",
            "internal",
            "independent",
            "unconfirmed",
            "conservative",
            "drone",
            "death",
            "field",
            "press",
        ]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
            && !before.is(Classes::WIRE)
}

/// Whether words are a name of a person: two to four capitalised words of no other class.
pub(super) fn personal_name(scene: Scene<'_>, from: usize, to: usize) -> bool {
    let other = Classes::OUTLET
        .or(Classes::AGENCY)
        .or(Classes::WIRE)
        .or(Classes::DEMONYM)
        .or(Classes::TIME)
        .or(Classes::DOCUMENT);
    let first = (from..to).find(|&at| !scene.token(at).is_some_and(|token| token.is(Classes::TITLE))).unwrap_or(to);
    let plain = |token: Token| {
        let word = token.text(scene.text);
        token.kind == Kind::Word
            && !token.is(other)
            && (token.capital
                || matches!(word, "al" | "de" | "bin" | "van" | "von" | "el" | "der" | "da" | "di" | "ibn"))
            && !word.ends_with("'s")
            && !word.ends_with("’s")
            && word.chars().skip(1).any(char::is_lowercase)
    };
    (2..=5).contains(&(to - first)) && (first..to).all(|at| scene.token(at).is_some_and(plain))
        || to - first == 1 && first > from && scene.token(first).is_some_and(plain)
}

/// The noun phrase that begins at `start` or after adverbs there.
pub(super) fn right(scene: Scene<'_>, start: usize) -> Option<Phrase> {
    let mut from = start;
    while scene
        .token(from)
        .is_some_and(|token| token.is(Classes::ADVERB) && !token.is(Classes::DETERMINER) && !token.capital)
    {
        from += 1;
    }
    if scene.token(from)?.is(Classes::PRONOUN) && !scene.token(from)?.is(Classes::DETERMINER) {
        return Some(Phrase::plain(from, from + 1));
    }
    let mut at = from;
    let mut depth = 0_usize;
    while let Some(token) = scene.token(at).filter(|_| at - from < LONGEST) {
        let goes_on = match token.kind {
            Kind::Mark('(') if at > from => {
                depth += 1;
                true
            }
            Kind::Mark(')') if depth > 0 => {
                depth -= 1;
                true
            }
            Kind::Mark('&') => true,
            Kind::Mark(_) => depth > 0,
            Kind::Number => at == from || depth > 0,
            Kind::Word => depth > 0 || goes_on(scene, token, at, from),
        };
        if !goes_on {
            break;
        }
        at += 1;
    }
    // Trailing words that begin something else.
    while at > from {
        let Some(last) = scene.token(at - 1) else { break };
        let loose = last.is(Classes::PREPOSITION.or(Classes::AND))
            || last.is(Classes::DETERMINER) && at - 1 > from
            || last.is(Classes::ADVERB) && !last.capital;
        if !loose {
            break;
        }
        at -= 1;
    }
    (from < at).then(|| Phrase::plain(from, at))
}

/// "told the Mail privately": an adverb at the end of a phrase.
fn is_manner(scene: Scene<'_>, at: usize) -> bool {
    let token = scene.tokens[at];
    let ends = |next: Token| next.kind != Kind::Word || next.is(Classes::CLAUSE.or(Classes::AUXILIARY));
    scene.word(at).ends_with("ly")
        && !token.capital
        && !token.is(super::lexicon::SOURCE_NOUNS)
        && scene.token(at + 1).is_none_or(ends)
}

/// Whether a phrase that began at `from` goes on with this word.
fn goes_on(scene: Scene<'_>, token: Token, at: usize, from: usize) -> bool {
    let word = token.text(scene.text);
    let next = scene.token(at + 1);
    let inside_name = token.capital;
    if token.is(Classes::TIME) {
        return inside_name
            && next.is_some_and(|next| next.capital && next.kind == Kind::Word && !next.is(Classes::TIME))
            && at > from
            || at == from && inside_name && next.is_some_and(|next| next.is(Classes::OUTLET));
    }
    if token.is(Classes::PREPOSITION) && inside_name && at > from && next.is_some_and(|next| next.capital) {
        return true;
    }
    if token.is(Classes::PREPOSITION) {
        let noun = next
            .is_some_and(|next| next.kind == Kind::Word && !next.is(Classes::TIME) && !next.is(Classes::INDEFINITE));
        let people = (from..at).any(|at| {
            scene.token(at).is_some_and(|token| token.is(Classes::PERSON.or(Classes::ANONYMOUS).or(Classes::OFFICIAL)))
        });
        let person = word.eq_ignore_ascii_case("with")
            || word.eq_ignore_ascii_case("to") && scene.is_word(at.wrapping_sub(1), "close");
        let medium =
            ["statement", "interview", "post", "report", "letter", "briefing", "message", "tweet", "email", "text"]
                .iter()
                .any(|medium| scene.is_word(at + 1, medium) || scene.is_word(at + 2, medium));
        let made = word.eq_ignore_ascii_case("from")
            && (people || (from..at).any(|at| scene.tokens[at].is(Classes::DOCUMENT)));
        let place = made || ["of", "at", "for", "inside", "near"].iter().any(|known| word.eq_ignore_ascii_case(known));
        let in_place =
            word.eq_ignore_ascii_case("in") || word.eq_ignore_ascii_case("on") && scene.is_word(at + 1, "the");
        let condition = scene.is_word(at + 1, "condition") || scene.is_word(at + 2, "condition");
        return at > from
            && noun
            && !condition
            && (!medium || place)
            && (place || in_place || person && people || word == "with" && people);
    }
    if token.is(Classes::AND) {
        let side = |token: Token| {
            token.capital || token.is(super::lexicon::SOURCE_NOUNS.or(Classes::DEMONYM).or(Classes::DETERMINER))
        };
        // "French and other Gulf diplomats": adjectives up to a common noun
        let shared = (from..at).any(|at| scene.tokens[at].is(Classes::DEMONYM))
            && (from..at).all(|at| !scene.tokens[at].is(super::lexicon::SOURCE_NOUNS));
        let common = shared
            && (at + 1..at + 5)
                .take_while(|&at| {
                    scene.token(at).is_some_and(|token| {
                        token.kind == Kind::Word
                            && !token.is(Classes::AUXILIARY.or(Classes::CUE).or(Classes::PREPOSITION))
                    })
                })
                .any(|at| scene.tokens[at].is(super::lexicon::SOURCE_NOUNS));
        if common {
            return true;
        }
        let far = scene.token(at + 2);
        let joined = next.is_some_and(side)
            || next.is_some_and(|n| n.kind == Kind::Word && !n.is(Classes::VERB))
                && far.is_some_and(|t| t.is(super::lexicon::SOURCE_NOUNS));
        let verb = (at + 2..at + 6).any(|at| {
            scene
                .token(at)
                .is_some_and(|token| token.is(Classes::AUXILIARY.or(Classes::CUE)) && !token.is(Classes::DOCUMENT))
        });
        return at > from
            && joined
            && !verb
            && !next.is_some_and(|next| next.is(Classes::PRONOUN) && !next.is(Classes::DETERMINER));
    }
    if token.is(Classes::DETERMINER) {
        let after_preposition = at
            .checked_sub(1)
            .and_then(|at| scene.token(at))
            .is_some_and(|token| token.is(Classes::PREPOSITION.or(Classes::AND)));
        return at == from || after_preposition;
    }
    if token.is(Classes::CLAUSE.or(Classes::RELATIVE).or(Classes::AUXILIARY).or(Classes::PRONOUN)) {
        return false;
    }
    if token.is(Classes::VERB) {
        return inside_name && at > from
            || token.is(Classes::DOCUMENT)
                && (at == from
                    || scene.tokens[from].is(Classes::INDEFINITE)
                    || is_noun_here(scene, at)
                    || scene
                        .token(at - 1)
                        .is_some_and(|token| token.capital || token.is(super::lexicon::SOURCE_NOUNS)));
    }
    let adverb = token.is(Classes::ADVERB) && !inside_name || at > from && is_manner(scene, at);
    let participle = word.ends_with("ed")
        && word.len() > 5
        && !token.capital
        && !word.contains('-')
        && at > from
        && !token.is(super::lexicon::SOURCE_NOUNS)
        && scene.token(at - 1).is_some_and(|before| !before.is(Classes::DETERMINER));
    !adverb && !participle
}
