//! Finds quantities by the grammar of estimates, with the words that bound them.

use super::claim::{Bounded, Figure, Span};
use super::lexicon::{CURRENCIES, CURRENCY_CODES, Classes};
use super::sentence::Sentence;
use super::token::{Kind, Token};
use crate::ingest::estimate::read_leading;
use crate::ingest::{Share, is_numeral};
use crate::model::{Bound, BoundClass};

/// How many words before a number may bound it.
const BEFORE: usize = 6;

/// How much of the text a quantity may take.
const WINDOW: usize = 120;

/// A quantity of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    pub figure: Figure,
    /// first token
    pub from: usize,
    /// token in which the number begins
    pub number: usize,
    /// one past the last token
    pub to: usize,
    /// whether it is per cent or a part of a whole
    pub is_share: bool,
    /// whether it is a part in words: half, a third
    pub is_fraction: bool,
    /// what clings to the number within its last token: `mm` of `155mm`
    pub clinging: Span,
    /// the code of its money
    pub currency: Option<&'static str>,
}

/// The quantities of a sentence, in order.
pub(super) fn quantities(text: &str, tokens: &[Token], sentence: Sentence) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = sentence.from;
    while at < sentence.to {
        let earliest = found.last().map_or(sentence.from, |last| last.to);
        match quantity_at(text, tokens, at, earliest, sentence.to) {
            Some(quantity) => {
                at = quantity.to.max(at + 1);
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    share_bounds(tokens, &mut found);
    found
}

/// The quantity whose number begins with this token.
fn quantity_at(text: &str, tokens: &[Token], at: usize, earliest: usize, to: usize) -> Option<Quantity> {
    let token = tokens[at];
    if token.kind == Kind::Word {
        if let Some(unknown) = unknown_amount(text, tokens, at, earliest, to) {
            return Some(unknown);
        }
        if !is_number_word(text, token) {
            return None;
        }
    } else if token.kind != Kind::Number {
        return None;
    }
    let first = at.saturating_sub(BEFORE).max(earliest);
    // "The union estimated 300": a verb, where it has a subject.
    let is_verb = |start: usize| {
        let subject = start.checked_sub(1).map(|before| tokens[before]);
        tokens[start].text(text).eq_ignore_ascii_case("estimated")
            && subject.is_some_and(|before| {
                before.is_comma()
                    || before.kind == Kind::Word
                        && !before.is(Classes::DETERMINER.or(Classes::PREPOSITION).or(Classes::AUXILIARY))
            })
    };
    let starts = (first..=at).filter(|&start| start == at || may_bound(tokens[start]) && !is_verb(start));
    starts.into_iter().find_map(|start| read(text, tokens, start, at, to))
}

/// Whether a token may begin a bounded quantity.
fn may_bound(token: Token) -> bool {
    token.is(Classes::BOUND)
        || matches!(token.kind, Kind::Mark('~' | '≈' | '>' | '<' | '≥' | '≤'))
        || is_currency_mark(token)
}

fn is_currency_mark(token: Token) -> bool {
    matches!(token.kind, Kind::Mark('$' | '€' | '£' | '¥' | '₹' | '₽' | '₴' | '₩' | '₺' | '₪' | '₦'))
}

/// Number words, also as the first part of `three-thousand`, also in the plural.
fn is_number_word(text: &str, token: Token) -> bool {
    if token.is(Classes::NUMBER) {
        return true;
    }
    let word = token.text(text);
    let head = word.split(['-', '\u{2010}', '\u{2011}']).next().unwrap_or("");
    head.len() < word.len() && is_numeral(head)
}

/// Reads the quantity from token `start` on, if it reaches over the number at token `at`.
fn read(text: &str, tokens: &[Token], start: usize, at: usize, to: usize) -> Option<Quantity> {
    let begin = tokens[start].start;
    let last = tokens[to - 1].end;
    let end = text.floor_char_boundary(last.min(begin + WINDOW));
    let window = text.get(begin..end)?;
    let masked = without_currency(window);
    let window = masked.as_deref().unwrap_or(window);
    let beyond = tokens[at].start - begin;
    let attempt = |length: usize| {
        let (reading, end) = read_leading(window.get(..length)?).ok()?;
        (end > beyond).then_some((reading, end))
    };
    let whole = attempt(window.len());
    // What follows may not fit ("300 to Russia"): the number itself is tried by itself.
    let (reading, length) = whole.or_else(|| {
        let ends = tokens[at..to.min(at + 5)].iter().rev().map(|token| token.end - begin);
        ends.filter(|&length| length < window.len()).find_map(attempt)
    })?;
    let is_share = reading.share != Share::None;
    let stop = begin + length;
    let past = tokens[at..to].iter().take_while(|token| token.start < stop).count() + at;
    let rest = Span { start: stop, end: tokens.get(past - 1).map_or(stop, |token| token.end.max(stop)) };
    let span = Span { start: begin, end: stop };
    let words = span.of(text);
    let currency = currency(text, tokens, start, past, to, words);
    let begin = currency_start(tokens, start);
    Some(Quantity {
        figure: figure(&reading, Span { start: begin, end: stop }, words),
        from: start - usize::from(begin < span.start),
        number: at,
        to: past,
        is_share,
        is_fraction: is_share && !words.contains(['%']) && !words.to_ascii_lowercase().contains("per"),
        clinging: rest,
        currency,
    })
}

/// The place of a currency sign right before the first token, or of the token.
fn currency_start(tokens: &[Token], start: usize) -> usize {
    let before = start.checked_sub(1).map(|at| tokens[at]);
    let sign = before.filter(|token| is_currency_mark(*token) && token.end == tokens[start].start);
    sign.map_or(tokens[start].start, |token| token.start)
}

/// The text with blanks in the place of currency signs, which the grammar does not read.
fn without_currency(window: &str) -> Option<String> {
    let sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '₴' | '₩' | '₺' | '₪' | '₦');
    if !window.contains(sign) {
        return None;
    }
    let mut masked = String::with_capacity(window.len());
    for c in window.chars() {
        if sign(c) { masked.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { masked.push(c) }
    }
    Some(masked)
}

/// The money that a quantity is in: by a sign before or in it, or by the word after it.
fn currency(text: &str, tokens: &[Token], start: usize, past: usize, to: usize, words: &str) -> Option<&'static str> {
    let before = start.checked_sub(2).map_or(0, |at| tokens[at].start);
    let head = text.get(before..tokens[start].end)?;
    let is_sign = |sign: &str| sign.chars().last().is_some_and(|c| !c.is_alphabetic());
    let signed = |sign: &str| {
        words.contains(sign) || head.trim_end().ends_with(sign) || {
            let prior = text.get(before..tokens[start].start).unwrap_or("");
            prior.ends_with(sign)
        }
    };
    let by_sign = CURRENCIES.iter().filter(|row| is_sign(row.0)).find(|row| signed(row.0));
    let after = tokens.get(past).filter(|_| past < to)?;
    let by_word =
        || CURRENCIES.iter().filter(|row| !is_sign(row.0)).find(|row| after.text(text).eq_ignore_ascii_case(row.0));
    // `SFr10bn`
    let clings = start.checked_sub(1).map(|at| tokens[at]).filter(|token| token.end == tokens[start].start);
    let by_code = || {
        let code = clings?.text(text);
        CURRENCY_CODES.iter().find(|row| row.0 == code)
    };
    by_sign.or_else(by_code).or_else(by_word).map(|row| row.1)
}

/// The figure of a reading.
fn figure(reading: &crate::ingest::Reading, span: Span, words: &str) -> Figure {
    let lower = words.to_ascii_lowercase();
    let near = ["nearly", "almost", "close to", "close on", "approaching", "nearing"];
    let below = near.iter().any(|word| lower.contains(word));
    let strict = matches!(reading.bound, Bound::MoreThan | Bound::LessThan);
    let is_vague = reading.granularity == 0.0 && reading.low != 0.0 && reading.high != 0.0;
    if is_vague {
        let low = if reading.low.is_finite() { reading.low } else { reading.high };
        let each = if lower.contains("several") { 3.0 } else { 2.0 };
        let base = Some(low / each).filter(|_| !lower.trim_start().starts_with("up to"));
        return Figure {
            span,
            low: None,
            high: None,
            bound: Bounded::Unquantified,
            strict: false,
            below,
            vague_base: base,
        };
    }
    let (low, high) = (Some(reading.low).filter(|x| x.is_finite()), Some(reading.high).filter(|x| x.is_finite()));
    let bound = match (reading.bound, reading.bound.class()) {
        (Bound::About, _) => Bounded::About,
        (_, BoundClass::Floor) => Bounded::AtLeast,
        (_, BoundClass::Ceiling) => Bounded::AtMost,
        (_, BoundClass::Range) => Bounded::Range,
        _ => Bounded::Exact,
    };
    Figure { span, low, high, bound, strict, below, vague_base: None }
}

/// "an undetermined number of": a claim that gives no number.
fn unknown_amount(text: &str, tokens: &[Token], at: usize, earliest: usize, to: usize) -> Option<Quantity> {
    const UNKNOWN: &[&str] = &["undetermined", "unknown", "unspecified", "undisclosed", "untold"];
    const AMOUNTS: &[&str] = &["number", "numbers", "amount", "amounts", "quantity", "quantities"];
    let says = |at: usize, words: &[&str]| {
        let word = tokens.get(at).filter(|_| at < to).map_or("", |token| token.text(text));
        words.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    if !says(at, UNKNOWN) || !says(at + 1, AMOUNTS) || !says(at + 2, &["of"]) {
        return None;
    }
    let from =
        at.checked_sub(1).filter(|&before| before >= earliest && tokens[before].is(Classes::DETERMINER)).unwrap_or(at);
    let span = Span { start: tokens[from].start, end: tokens[at + 1].end };
    let figure = Figure {
        span,
        low: None,
        high: None,
        bound: Bounded::Unquantified,
        strict: false,
        below: false,
        vague_base: None,
    };
    let clinging = Span { start: span.end, end: span.end };
    Some(Quantity {
        figure,
        from,
        number: at,
        to: at + 2,
        is_share: false,
        is_fraction: false,
        clinging,
        currency: None,
    })
}

/// A bound governs all numbers of its noun phrase: "at least 56 pupils and 5 teachers".
fn share_bounds(tokens: &[Token], found: &mut [Quantity]) {
    for second in 1..found.len() {
        let first = &found[second - 1];
        let between = &tokens[first.to.min(found[second].from)..found[second].from];
        let shared = matches!(first.figure.bound, Bounded::About | Bounded::AtLeast | Bounded::AtMost);
        let joined = between.last().is_some_and(|token| token.is(Classes::AND)) && between.len() <= 7;
        let plain =
            between.iter().all(|token| token.kind == Kind::Word && !token.is(Classes::AUXILIARY.or(Classes::CLAUSE)));
        // "At least 74 lost their lives and 125 were hurt": a verb with an object ends the phrase
        let verb = between.iter().position(|token| token.is(Classes::VERB) && !token.is(Classes::DOCUMENT));
        let plain = plain && verb.is_none_or(|verb| verb + 2 == between.len());
        let own = found[second].figure.clone();
        if !(shared && joined && plain && own.bound == Bounded::Exact && found[second].from == found[second].number) {
            continue;
        }
        let (bound, strict, below) = (first.figure.bound, first.figure.strict, first.figure.below);
        let (low, high) = match bound {
            Bounded::AtLeast => (own.low, None),
            Bounded::AtMost => (None, own.high),
            _ => (own.low, own.high),
        };
        found[second].figure = Figure { low, high, bound, strict, below, ..own };
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::sentence::sentences;
    use super::super::token::tokens;
    use super::*;

    fn found(text: &str) -> Vec<(&str, Bounded, Option<f64>, Option<f64>)> {
        let tokens = tokens(text, &Lexicon::new());
        let all = sentences(&tokens).into_iter().flat_map(|s| quantities(text, &tokens, s)).collect::<Vec<_>>();
        all.into_iter().map(|q| (q.figure.span.of(text), q.figure.bound, q.figure.low, q.figure.high)).collect()
    }

    #[test]
    fn numbers_are_read_in_digits_words_and_mixtures() {
        use Bounded::{About, AtLeast, AtMost, Exact, Range, Unquantified};
        for (text, words, bound, low, high) in [
            ("They lost 27-hundred boats.", "27-hundred", Exact, Some(2700.0), Some(2700.0)),
            ("some four-thousand-100 boats", "some four-thousand-100", About, Some(4100.0), Some(4100.0)),
            ("saw 30-40,000 people", "30-40,000", Range, Some(3e4), Some(4e4)),
            ("half a million went", "half a million", Exact, Some(5e5), Some(5e5)),
            ("about 12k went", "about 12k", About, Some(12e3), Some(12e3)),
            ("moved 300 to Lagos", "300", Exact, Some(300.0), Some(300.0)),
            ("at least more than 40 fell", "at least more than 40", AtLeast, Some(40.0), None),
            ("up to 15 boats", "up to 15", AtMost, None, Some(15.0)),
            ("as many as 200-300 boats", "as many as 200-300", Range, Some(200.0), Some(300.0)),
            ("dozens more fell", "dozens", Unquantified, None, None),
            ("at least several million fell", "at least several million", Unquantified, None, None),
            ("took an undisclosed amount of rice", "an undisclosed amount", Unquantified, None, None),
            ("paid more than $5 million", "more than $5 million", AtLeast, Some(5e6), None),
            ("more than half of the crew", "more than half", AtLeast, Some(50.0), None),
        ] {
            assert_eq!(found(text), [(words, bound, low, high)], "{text}");
        }
    }

    #[test]
    fn a_bound_governs_the_numbers_of_its_phrase_and_no_other_clause() {
        use Bounded::{AtLeast, Exact};
        let bounds = |text| found(text).iter().map(|q| q.1).collect::<Vec<_>>();
        assert_eq!(bounds("at least 56 pupils and 5 teachers"), [AtLeast, AtLeast]);
        assert_eq!(bounds("at least 56 have died, and 100 have been hurt"), [AtLeast, Exact]);
    }
}
