//! What is no claim: dates, ages, durations, calibres, ordinals, distances, mentions again.

use super::claim::Bounded;
use super::lexicon::{Classes, DIRECTIONS, MEASURES, MONTHS};
use super::quantity::Quantity;
use super::sentence::Sentence;
use super::token::{Kind, Token};

/// A place in a sentence, with the look-ups that the rules need.
pub(super) struct Around<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub sentence: Sentence,
}

impl Around<'_> {
    fn token(&self, at: usize) -> Option<Token> {
        (self.sentence.from..self.sentence.to).contains(&at).then(|| self.tokens[at])
    }

    /// The word at a place in lower case; empty beyond the sentence.
    fn word(&self, at: usize) -> String {
        self.token(at).map_or(String::new(), |token| token.text(self.text).to_lowercase())
    }

    fn before(&self, at: usize, back: usize) -> Option<Token> {
        at.checked_sub(back).and_then(|at| self.token(at))
    }

    fn word_before(&self, at: usize, back: usize) -> String {
        at.checked_sub(back).map_or(String::new(), |at| self.word(at))
    }
}

/// A rule: its name, and whether it says that a quantity is no claim.
type Rule = (&'static str, fn(&Around<'_>, &Quantity) -> bool);

/// A newcomer is a line here. The first that holds is named.
const RULES: &[Rule] = &[
    ("time or date in digits", |a, q| a.tokens[q.number].text(a.text).contains([':', '/']) && !q.is_share),
    ("ordinal, model or calibre", clings),
    ("date", is_date),
    ("year", is_year),
    ("duration", is_duration),
    ("age", is_age),
    ("numbered thing", is_numbered),
    ("distance to a place", is_place),
    ("unit restated", is_restated),
    ("mentioned again", is_mention),
    ("a few of those spoken of", is_definite),
    ("article", is_article),
    ("fraction that is an ordinal", is_ordinal_fraction),
    ("multiple", is_multiple),
];

/// The rule by which a quantity is no claim.
pub(super) fn excluded(around: &Around<'_>, quantity: &Quantity) -> Option<&'static str> {
    RULES.iter().find(|(_, holds)| holds(around, quantity)).map(|(name, _)| *name)
}

/// Letters after the digits that are no unit: `3rd`, `155mm`, `34-year-old`, `1990s`, `7.0-m`.
fn clings(a: &Around<'_>, q: &Quantity) -> bool {
    let rest = q.clinging.of(a.text).to_lowercase();
    let rest = rest.trim_start_matches(['-', '\u{2010}', '\u{2011}']);
    if rest.is_empty() || rest == "magnitude" || rest == "strong" || rest == "plus" || rest == "odd" {
        return false;
    }
    let is_unit = MEASURES.iter().any(|m| m.spellings.contains(&rest) && !matches!(rest, "mm" | "cm"));
    let hyphen = q.clinging.of(a.text).starts_with(['-', '\u{2010}', '\u{2011}']);
    !is_unit || hyphen
}

fn is_month(word: &str) -> bool {
    MONTHS.contains(&word.trim_end_matches('.'))
}

/// Whether a number could be the day of a month.
fn is_day(q: &Quantity) -> bool {
    let value = q.figure.low.or(q.figure.high);
    q.figure.bound == Bounded::Exact && value.is_some_and(|v| (1.0..=31.0).contains(&v) && v.fract() == 0.0)
        || q.figure.bound == Bounded::Range && q.figure.high.is_some_and(|v| v <= 31.0)
}

fn is_date(a: &Around<'_>, q: &Quantity) -> bool {
    let after = a.token(q.to).filter(|token| token.capital).map_or(String::new(), |_| a.word(q.to));
    let month_before =
        a.before(q.from, 1).as_ref().is_some_and(|token| token.capital) && is_month(&a.word_before(q.from, 1));
    let listed = matches!(a.word_before(q.from, 1).as_str(), "and" | "," | "-" | "–" | "or" | "to")
        && is_month(&a.word_before(q.from, 3));
    is_day(q) && (month_before || is_month(&after) || listed)
        || is_day(q) && a.word(q.to) == "of" && is_month(&a.word(q.to + 1))
        || q.figure.bound == Bounded::Range && month_before
}

/// Four digits without separator that no noun follows.
fn is_year(a: &Around<'_>, q: &Quantity) -> bool {
    let text = a.tokens[q.number].text(a.text);
    let is_form = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && q.currency.is_none() && !q.is_share;
    let value = text.parse::<u32>().unwrap_or(0);
    if !is_form || !(1400..=2150).contains(&value) || q.to > q.number + 3 {
        return false;
    }
    let follows = a.token(q.to);
    let people = follows.is_some_and(|token| token.is(Classes::PEOPLE) && !token.capital);
    let before = a.word_before(q.number, 1);
    let dated = matches!(
        before.as_str(),
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "during"
            | "late"
            | "early"
            | "mid"
            | "from"
            | "of"
            | "before"
            | "after"
    ) || is_month(&before)
        || before == "," && is_month(&a.word_before(q.number, 3));
    let noun = follows.is_some_and(|token| token.kind == Kind::Word && !token.is(STOPS) && !token.capital);
    !people && (dated || !noun && q.from == q.number)
}

/// Words that are no noun of what is counted.
const STOPS: Classes = Classes::PREPOSITION
    .or(Classes::AND)
    .or(Classes::CLAUSE)
    .or(Classes::RELATIVE)
    .or(Classes::AUXILIARY)
    .or(Classes::ADVERB)
    .or(Classes::PRONOUN)
    .or(Classes::VERB)
    .or(Classes::DETERMINER);

fn is_duration(a: &Around<'_>, q: &Quantity) -> bool {
    // "two and a half years", "six or seven long months"
    let skip =
        usize::from(a.token(q.to).is_some_and(|t| t.kind == Kind::Word && !t.is(STOPS) && !t.is(Classes::PEOPLE)));
    let is_time = |at: usize| a.token(at).is_some_and(|token| token.is(Classes::DURATION));
    let of_time = a.word(q.to) == "of" && is_time(q.to + 1);
    !q.is_share && (is_time(q.to) || of_time || skip == 1 && is_time(q.to + 1) && !a.tokens[q.to].capital)
        || q.is_fraction && a.token(q.to).is_some_and(|t| t.is(Classes::INDEFINITE)) && is_time(q.to + 1)
}

fn is_age(a: &Around<'_>, q: &Quantity) -> bool {
    let value = q.figure.low.or(q.figure.high).unwrap_or(f64::INFINITY);
    let before = a.word_before(q.from, 1);
    let aged =
        matches!(before.as_str(), "aged" | "age" | "ages") || before == "of" && a.word_before(q.from, 2) == "age";
    // "Maria Lund, 34, said"
    let apposed = before == ","
        && q.figure.bound == Bounded::Exact
        && a.tokens[q.number].kind == Kind::Number
        && a.token(q.to).is_some_and(|token| token.is_comma() || token.is_mark('.'))
        && a.before(q.from, 2).is_some_and(|token| token.capital);
    value <= 120.0 && (aged || apposed)
}

/// "the dead number 3,117", where "number" is a verb.
fn is_verb_number(a: &Around<'_>, q: &Quantity) -> bool {
    let large = q.figure.low.or(q.figure.high).is_none_or(|value| value >= 20.0);
    let Some(verb) = q.from.checked_sub(1).filter(|&at| at > a.sentence.from) else { return false };
    let word = a.tokens[verb].text(a.text);
    let before = a.tokens[verb - 1];
    large
        && ["number", "numbered"].contains(&word)
        && before.kind == Kind::Word
        && !before.is(Classes::DETERMINER.or(Classes::PREPOSITION))
        && a.tokens[verb].start > before.end
}

/// "Radio Lanta 9, citing", "France 24 said": a number that ends a name.
fn is_name_number(a: &Around<'_>, q: &Quantity) -> bool {
    let plain = q.from == q.number && q.to == q.number + 1 && a.tokens[q.number].kind == Kind::Number;
    let Some(before) = q.from.checked_sub(1).filter(|&at| plain && at >= a.sentence.from) else { return false };
    let name = a.tokens[before].capital && !a.tokens[before].is(Classes::PREPOSITION.or(Classes::TIME));
    let small = q.figure.low.is_some_and(|value| value < 1000.0);
    let comma = a.tokens.get(q.to).is_some_and(|token| token.is_comma());
    let next = q.to + usize::from(comma);
    let says = a.tokens.get(next).is_some_and(|token| {
        next < a.sentence.to
            && token.is(Classes::CUE)
            && !token.capital
            && (!comma || token.text(a.text).ends_with("ing"))
    });
    name && small && says
}

/// `Flight 370`, `No. 3`, `Article 5`, `Channel 4`, `#7`, `G-7`.
fn is_numbered(a: &Around<'_>, q: &Quantity) -> bool {
    const THINGS: &[&str] = &[
        "flight",
        "article",
        "resolution",
        "channel",
        "room",
        "page",
        "chapter",
        "section",
        "highway",
        "route",
        "unit",
        "phase",
        "gate",
        "level",
        "tier",
        "category",
        "stage",
        "platform",
        "grade",
        "class",
        "boeing",
        "airbus",
        "no",
        "nos",
        "number",
        "block",
        "ward",
        "district",
        "division",
        "brigade",
        "paragraph",
        "rule",
        "line",
        "episode",
        "season",
        "war",
        "covid",
        "type",
        "model",
        "version",
        "point",
        "title",
        "tower",
        "reactor",
        "day",
        "week",
    ];
    if is_verb_number(a, q) {
        return false;
    }
    if is_name_number(a, q) {
        return true;
    }
    let before = a.before(q.number, 1);
    let word = a.word_before(q.number, 1);
    let named = before.is_some_and(|token| token.kind == Kind::Word && token.capital) && q.from == q.number;
    let is_first = before.is_some_and(|token| token.start == a.tokens[a.sentence.from].start);
    let counts = a.token(q.to).is_some_and(|token| token.kind == Kind::Word && !token.is(STOPS) && !token.capital);
    let thing = THINGS.contains(&word.as_str());
    let point = word == "." && matches!(a.word_before(q.number, 2).as_str(), "no" | "nos");
    point
        || matches!(word.as_str(), "#" | "№")
        || thing && (named || word == "number") && !matches!(word.as_str(), "no" if is_first)
        || named && !is_first && !counts && q.figure.bound == Bounded::Exact && !q.is_share && thing
}

fn is_place(a: &Around<'_>, q: &Quantity) -> bool {
    let is_length = |at: usize| {
        let word = a.word(at);
        MEASURES.iter().any(|m| m.is_length && m.spellings.contains(&word.as_str()))
    };
    let clinging = q.clinging.of(a.text).to_lowercase();
    let clings = MEASURES.iter().any(|m| m.is_length && m.spellings.contains(&clinging.as_str()));
    let mut at = match (is_length(q.to), clings) {
        (true, _) => q.to + 1,
        (_, true) => q.to,
        _ => return false,
    };
    // "(8 miles)" may stand between
    if a.token(at).is_some_and(|token| token.is_mark('(')) {
        at = (at..at + 6).find(|&at| a.token(at).is_some_and(|token| token.is_mark(')'))).map_or(at, |close| close + 1);
    }
    DIRECTIONS.contains(&a.word(at).as_str()) || a.word(at).starts_with("south") || a.word(at).starts_with("north")
}

/// `15 km (9 miles)`.
fn is_restated(a: &Around<'_>, q: &Quantity) -> bool {
    let opens = a.before(q.from, 1).is_some_and(|token| token.is_mark('('));
    let measured = MEASURES.iter().any(|m| m.spellings.contains(&a.word(q.to).as_str())) || q.currency.is_some();
    opens && measured && a.before(q.from, 2).is_some_and(|token| token.kind != Kind::Mark('.'))
}

/// "the 1,500 figure", "rather than 37".
fn is_mention(a: &Around<'_>, q: &Quantity) -> bool {
    let noun = a.word(q.to);
    let again = matches!(noun.as_str(), "figure" | "mark" | "number" | "estimate" | "threshold" | "milestone");
    let contrast = (a.word_before(q.from, 2) == "rather" && a.word_before(q.from, 1) == "than")
        || (a.word_before(q.from, 2) == "instead" && a.word_before(q.from, 1) == "of");
    again || contrast
}

/// "the two countries", "his three sons": definite, and small.
fn is_definite(a: &Around<'_>, q: &Quantity) -> bool {
    let small = q.figure.bound == Bounded::Exact
        && a.tokens[q.number].kind == Kind::Word
        && q.figure.low.is_some_and(|value| value <= 12.0)
        && !q.is_share;
    let at = q.from;
    let own = a.token(at).is_some_and(|token| at < q.number && token.text(a.text).eq_ignore_ascii_case("the"));
    let before = a.word_before(at, 1);
    let definite =
        matches!(before.as_str(), "the" | "these" | "those" | "his" | "her" | "their" | "its" | "our" | "my");
    let other = matches!(before.as_str(), "other" | "first" | "last") && a.word_before(at, 2) == "the";
    small && (own || definite || other)
}

/// "one" as an article, a pronoun or in "one of".
fn is_article(a: &Around<'_>, q: &Quantity) -> bool {
    let one = a.tokens[q.number].text(a.text).eq_ignore_ascii_case("one") && q.to == q.number + 1;
    let next = a.token(q.to);
    let counts = next.is_some_and(|token| token.is(Classes::PEOPLE));
    let dies =
        (q.to..q.to + 3).any(|at| matches!(a.word(at).as_str(), "killed" | "dead" | "injured" | "wounded" | "missing"));
    one && (!(counts || dies) || a.word(q.to) == "of")
}

/// "a third man", "first quarter": no part of anything.
fn is_ordinal_fraction(a: &Around<'_>, q: &Quantity) -> bool {
    if !q.is_fraction || a.text.get(q.figure.span.start..q.figure.span.end).is_some_and(|t| t.contains('/')) {
        return false;
    }
    let next = a.token(q.to);
    let ordinal =
        matches!(a.word_before(q.from, 1).as_str(), "first" | "second" | "third" | "fourth" | "last" | "final");
    let whole = a.word(q.to) == "of" || a.word(q.to) == "the" || a.word(q.to) == "their" || a.word(q.to) == "its";
    ordinal
        || next.is_some_and(|token| token.kind == Kind::Word && !whole && !token.is(STOPS))
        || !q.clinging.of(a.text).is_empty()
}

/// "three times as many", "12-fold".
fn is_multiple(a: &Around<'_>, q: &Quantity) -> bool {
    a.word(q.to) == "times" || a.word(q.to) == "fold" || a.word(q.to) == "x"
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::quantity::quantities;
    use super::super::sentence::sentences;
    use super::super::token::tokens;
    use super::*;

    fn rules(text: &str) -> Vec<Option<&'static str>> {
        let tokens = tokens(text, &Lexicon::new());
        let mut found = Vec::new();
        for sentence in sentences(&tokens) {
            let around = Around { text, tokens: &tokens, sentence };
            found.extend(quantities(text, &tokens, sentence).iter().map(|q| excluded(&around, q)));
        }
        found
    }

    #[test]
    fn what_is_no_claim_is_told_by_name() {
        for (text, rule) in [
            ("It began on 14 March in the hills.", "date"),
            ("It began on Dec. 3 in the hills.", "date"),
            ("It was built in 1987 by masons.", "year"),
            ("It lasted six months.", "duration"),
            ("Maria Lund, 34, was there.", "age"),
            ("They fired 155mm shells.", "ordinal, model or calibre"),
            ("She took Flight 370 home.", "numbered thing"),
            ("The farm is 12 km north of Oby.", "distance to a place"),
            ("It left at 9:30 sharp.", "time or date in digits"),
            ("Nobody believed the 1,500 figure.", "mentioned again"),
            ("The two countries met.", "a few of those spoken of"),
            ("She took one boat.", "article"),
            ("A third man came.", "fraction that is an ordinal"),
        ] {
            assert_eq!(rules(text), [Some(rule)], "{text}");
        }
    }

    #[test]
    fn counts_are_claims() {
        for text in [
            "2000 people came.",
            "Some 40 boats sank.",
            "It cost $30.",
            "A third of the crew left.",
            "12 km of road sank.",
        ] {
            assert_eq!(rules(text), [None], "{text}");
        }
    }
}
