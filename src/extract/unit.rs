//! What is counted: the head noun after a number, a measure or money; and the event around it.

use super::claim::Span;
use super::lexicon::{Classes, Event, Lexicon, MEASURES, SAME_UNIT, irregular_singular};
use super::quantity::Quantity;
use super::sentence::Sentence;
use super::token::{Kind, Token};

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// the unit in the singular
    pub unit: String,
    /// the words for it
    pub subject: Span,
}

/// How far a head noun may be from its number, in words.
const REACH: usize = 7;

/// How far an event may be from its number, in words.
const EVENT_REACH: usize = 16;

/// Words that end a noun phrase.
const STOPS: Classes = Classes::PREPOSITION
    .or(Classes::AND)
    .or(Classes::CLAUSE)
    .or(Classes::RELATIVE)
    .or(Classes::AUXILIARY)
    .or(Classes::PRONOUN)
    .or(Classes::VERB);

/// What a quantity counts, if the words after it say so.
pub(super) fn counted(text: &str, tokens: &[Token], sentence: Sentence, quantity: &Quantity) -> Option<Counted> {
    let here = quantity.figure.span;
    if quantity.is_share {
        let end = tokens.get(quantity.to.saturating_sub(1)).map_or(here.end, |token| token.end);
        let subject =
            noun(text, tokens, sentence, quantity.to).map_or(Span { start: here.start, end }, |found| found.subject);
        return Some(Counted { unit: "percent".into(), subject });
    }
    if let Some(code) = quantity.currency {
        return Some(Counted { unit: code.into(), subject: here });
    }
    if let Some((name, end)) = measure(text, tokens, sentence, quantity) {
        return Some(Counted { unit: name.into(), subject: Span { start: here.start, end } });
    }
    if is_magnitude(text, tokens, sentence, quantity) {
        return Some(Counted { unit: "magnitude".into(), subject: here });
    }
    if tokens.get(quantity.to).is_some_and(|token| quantity.to < sentence.to && token.is(Classes::INDEFINITE)) {
        return None;
    }
    noun(text, tokens, sentence, quantity.to)
}

/// The measure after a number, clinging to it or apart.
fn measure(text: &str, tokens: &[Token], sentence: Sentence, quantity: &Quantity) -> Option<(&'static str, usize)> {
    let clinging = quantity.clinging.of(text).trim_start_matches('-').to_lowercase();
    let start = quantity.figure.span.end;
    let last = tokens.get(sentence.to - 1)?.end;
    let end = text.floor_char_boundary(last.min(start + 40));
    let after = text.get(start..end)?.trim_start_matches([' ', '-', '\u{a0}', '\u{2011}']).to_lowercase();
    let offset = end - start - after.len().min(end - start);
    for measure in MEASURES {
        for spelling in measure.spellings {
            let whole = after.strip_prefix(spelling).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
            if clinging == *spelling || whole && !spelling.is_empty() {
                let stop = text.floor_char_boundary((start + offset + spelling.len()).min(last));
                return Some((measure.name, stop.max(start)));
            }
        }
    }
    None
}

/// Whether a number is the strength of an earthquake: a small one near words that say so.
fn is_magnitude(text: &str, tokens: &[Token], sentence: Sentence, quantity: &Quantity) -> bool {
    let value = quantity.figure.low.or(quantity.figure.high).unwrap_or(100.0);
    let decimal = tokens[quantity.number].text(text).contains('.');
    let from = quantity.from.saturating_sub(8).max(sentence.from);
    let says = |words: &[&str]| {
        tokens[from..quantity.from]
            .iter()
            .any(|token| words.iter().any(|word| token.text(text).eq_ignore_ascii_case(word)))
    };
    value < 10.0 && (says(&["magnitude"]) || decimal && says(&["strength", "intensity", "quake", "earthquake"]))
}

/// The noun phrase that begins here.
fn noun(text: &str, tokens: &[Token], sentence: Sentence, from: usize) -> Option<Counted> {
    let mut head: Option<usize> = None;
    let mut first = from;
    for at in from..sentence.to.min(from + REACH) {
        let token = tokens[at];
        let word = token.text(text);
        let of_many = token.kind == Kind::Number && head.is_none() && at > from && at <= from + 2;
        if of_many {
            first = at + 1;
            continue;
        }
        if token.kind != Kind::Word {
            let quoted = token.is_quote() && at == from;
            let joined =
                token.is_comma() && head.is_some_and(|head| is_adjective(text, tokens[head])) && at + 1 < sentence.to;
            if quoted || joined {
                continue;
            }
            break;
        }
        let opening = head.is_none() && at <= from + 2;
        let skipped =
            matches!(word.to_ascii_lowercase().as_str(), "more" | "of" | "the" | "its" | "their" | "or" | "so");
        // "at least 14 the number of schools"
        if head.is_none()
            && matches!(word, "number" | "total" | "amount")
            && tokens.get(at + 1).is_some_and(|next| at + 1 < sentence.to && next.text(text) == "of")
        {
            return noun(text, tokens, sentence, at + 2);
        }
        if opening && skipped && !(word.eq_ignore_ascii_case("or")) {
            first = at + 1;
            continue;
        }
        let document = head.is_none() && token.is(Classes::DOCUMENT);
        let condition = matches!(word, "missing" | "dead" | "displaced" | "armed" | "wounded" | "injured" | "deployed");
        let described = token.is(Classes::VERB)
            && !token.is(Classes::AUXILIARY)
            && is_participle(word)
            && head.is_none()
            && at <= from + 1;
        let plural_next = described
            && tokens.get(at + 1).is_some_and(|next| {
                at + 1 < sentence.to && next.kind == Kind::Word && !next.is(STOPS) && is_plural(text, *next)
            });
        let modifies = plural_next
            || condition && tokens.get(at + 1).is_some_and(|next| at + 1 < sentence.to && next.is(Classes::PEOPLE));
        // "151 warranty claims": a noun after a noun that describes it
        let compound = matches!(word, "claims" | "posts" | "counts" | "calls" | "votes" | "works" | "strikes")
            && head.is_some_and(|head| !is_plural(text, tokens[head]) && !tokens[head].capital)
            && from.checked_sub(1).is_some_and(|number| !tokens[number].text(text).eq_ignore_ascii_case("one"));
        let ends = token.is(STOPS) && !document && !modifies && !compound && !token.is(Classes::PEOPLE);
        // "14 seriously hurt"
        let manner = word.ends_with("ly")
            && !token.capital
            && word.len() > 5
            && tokens
                .get(at + 1)
                .is_some_and(|next| at + 1 < sentence.to && (next.is(Classes::VERB) || is_participle(next.text(text))));
        if ends
            || manner
            || token.is(Classes::ADVERB) && head.is_some()
            || is_participle(word) && head.is_some_and(|h| is_plural(text, tokens[h]))
        {
            break;
        }
        if !token.is(Classes::DETERMINER) {
            head = Some(at);
        }
        let next_is_plural = tokens.get(at + 1).is_some_and(|next| {
            at + 1 < sentence.to
                && next.kind == Kind::Word
                && !next.capital
                && is_plural(text, *next)
                && !next.is(STOPS)
        });
        if is_plural(text, token) && !next_is_plural && !modifies {
            break;
        }
    }
    let head = head?;
    let word = tokens[head].text(text);
    if is_participle(word) && !is_plural(text, tokens[head]) {
        return None;
    }
    let nationals = tokens[head].capital && head == first && names_a_people(word);
    let unit = if nationals { "person".to_owned() } else { unit_of(word) };
    let start = tokens[first.min(head)].start;
    Some(Counted { unit, subject: Span { start, end: tokens[head].end } })
}

/// "Syrians", "Israelis", "Poles"; not "Cybertrucks".
fn names_a_people(word: &str) -> bool {
    const PEOPLES: &[&str] = &[
        "Poles",
        "Turks",
        "Kurds",
        "Greeks",
        "Serbs",
        "Croats",
        "Czechs",
        "Finns",
        "Danes",
        "Swedes",
        "Arabs",
        "Jews",
        "Hindus",
        "Sikhs",
        "Muslims",
        "Houthis",
        "Uyghurs",
        "Uighurs",
        "Scots",
        "Spaniards",
        "Druze",
        "Alawites",
        "Shiites",
        "Sunnis",
        "Yazidis",
        "Filipinos",
        "Slovaks",
        "Dutch",
        "French",
        "British",
        "Rohingya",
        "Cypriots",
        "Kazakhs",
        "Uzbeks",
        "Tajiks",
        "Afghans",
        "Catholics",
    ];
    let endings = ["ans", "ese", "ens", "alis", "aqis", "audis", "eshis", "anis", "aitis", "atis", "enis"];
    endings.iter().any(|ending| word.ends_with(ending)) || PEOPLES.contains(&word)
}

/// What "the number of crates" before a quantity counts.
pub(super) fn number_of(text: &str, tokens: &[Token], from: usize, to: usize) -> Option<Counted> {
    let says = |at: usize, words: &[&str]| words.iter().any(|word| tokens[at].text(text).eq_ignore_ascii_case(word));
    let at = (from..to.saturating_sub(2))
        .rev()
        .find(|&at| says(at, &["number", "total", "count"]) && says(at + 1, &["of"]))?;
    let sentence =
        Sentence { from, to, opens_quoted: false, ends_quoted: false, begins_paragraph: false, is_cut: false };
    noun(text, tokens, sentence, at + 2)
}

fn is_adjective(text: &str, token: Token) -> bool {
    !is_plural(text, token)
}

/// Whether a lower-case word is a plural noun, by its ending or by the table.
fn is_plural(text: &str, token: Token) -> bool {
    let word = token.text(text);
    let lower = word.to_ascii_lowercase();
    let ending = lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us") && !lower.ends_with("is");
    !token.capital
        && (token.is(Classes::PEOPLE)
            || irregular_singular(&lower).is_some()
            || ending && lower.len() > 3 && !lower.contains('\'') && !lower.contains('’'))
}

fn is_participle(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_lowercase());
    plain
        && word.len() > 4
        && (word.ends_with("ed") || word.ends_with("ing"))
        && !matches!(word, "building" | "seed" | "feed" | "steed" | "wedding" | "dwelling" | "vessel")
}

/// The unit that a noun names: its singular, in British spelling, and "soldier" for troops.
pub(super) fn unit_of(noun: &str) -> String {
    let lower = noun.to_lowercase();
    let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    let singular = singular(bare);
    SAME_UNIT.iter().find(|row| row.0 == singular).map_or(singular, |row| row.1.to_owned())
}

/// The singular of a noun. A word that is none stays as it is.
fn singular(word: &str) -> String {
    if let Some(irregular) = irregular_singular(word) {
        return irregular.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for ending in ["ches", "shes", "xes", "sses", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) && stem.len() > 1 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The event that a quantity is counted in: the nearest word for one after it, else before it.
pub(super) fn event(
    text: &str,
    tokens: &[Token],
    sentence: Sentence,
    quantities: &[Quantity],
    at: usize,
    lexicon: &Lexicon,
) -> Event {
    let quantity = &quantities[at];
    let after_end = quantities.get(at + 1).map_or(sentence.to, |next| next.from).min(quantity.to + EVENT_REACH);
    let before_start = at.checked_sub(1).map_or(sentence.from, |prior| quantities[prior].to);
    let before_start = before_start.max(quantity.from.saturating_sub(EVENT_REACH));
    let find = |at: usize| lexicon.event(tokens[at].text(text)).map(|event| (at, event));
    let is_barrier = |at: &usize| tokens[*at].is_mark(';') || tokens[*at].is(Classes::CONTRAST);
    let after = (quantity.to..after_end).take_while(|at| !is_barrier(at)).find_map(find);
    let before = || (before_start..quantity.from).rev().take_while(|at| !is_barrier(at)).find_map(find);
    // "killed 12 and hurt 30": the verb right before
    let object = quantity.from.checked_sub(1).filter(|&at| at >= before_start).and_then(&find);
    let object = object.filter(|found| tokens[found.0].is(Classes::VERB));
    let Some((place, event)) = object.or(after).or_else(before) else {
        let wide = (sentence.from..quantity.from).rev().take(40).find_map(find);
        return wide.map_or(Event::Other, |found| found.1);
    };
    // "killed or wounded", "killed and hurt"
    let near = if place > quantity.to { after_end } else { quantity.from };
    let other = (place + 1..(place + 4).min(near)).find_map(find).map(|found| found.1);
    let joined = tokens.get(place + 1).is_some_and(|token| token.is(Classes::AND));
    match (event, other) {
        (Event::Killed, Some(Event::Wounded | Event::Missing)) | (Event::Wounded, Some(Event::Killed)) if joined => {
            Event::Casualties
        }
        _ => event,
    }
}

#[cfg(test)]
mod tests {
    use super::super::quantity::quantities;
    use super::super::sentence::sentences;
    use super::super::token::tokens;
    use super::*;

    fn read(text: &str) -> Vec<(String, &'static str)> {
        let lexicon = Lexicon::new();
        let tokens = tokens(text, &lexicon);
        let mut found = Vec::new();
        for sentence in sentences(&tokens) {
            let all = quantities(text, &tokens, sentence);
            for at in 0..all.len() {
                let unit = counted(text, &tokens, sentence, &all[at]).map_or(String::new(), |counted| counted.unit);
                found.push((unit, event(text, &tokens, sentence, &all, at, &lexicon).name()));
            }
        }
        found
    }

    #[test]
    fn units_are_head_nouns_in_the_singular() {
        for (text, unit, event) in [
            ("some 40 Estonian fishing boats sank", "boat", "other"),
            ("about 300 troops were deployed", "soldier", "deployed"),
            ("nearly 50 people died", "person", "killed"),
            ("12 children were hurt", "child", "wounded"),
            ("hundreds of families fled", "family", "displaced"),
            ("80 square kilometers of forest", "square kilometre", "other"),
            ("a third of the houses collapsed", "percent", "destroyed"),
            ("$5 million was paid", "USD", "other"),
            ("40 were killed or wounded", "", "casualties"),
            ("a magnitude of 6.1 was measured", "magnitude", "other"),
            ("12 boxes and 3 wishes", "box", "other"),
        ] {
            assert_eq!(read(text).first(), Some(&(unit.to_owned(), event)), "{text}");
        }
    }
}
