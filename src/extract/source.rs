//! From a noun phrase to a party: its name, its kind, and whether it is named at all.

use super::claim::{Party, Span};
use super::lexicon::{Classes, GIVEN_BY, SEEN, SOURCE_NOUNS};
use super::noun::{Phrase, Scene, personal_name, right};
use super::token::{Kind, Token};
use crate::model::SourceKind;

/// Whether a noun phrase can be a source at all, for cues that do not make one of any subject.
pub(super) fn is_source(scene: Scene<'_>, phrase: Phrase) -> bool {
    (phrase.from..phrase.to).any(|at| {
        let token = scene.tokens[at];
        token.is(SOURCE_NOUNS) || token.is(Classes::PRONOUN) || token.capital && at > scene.from
    }) || scene.tokens[phrase.from].capital && !scene.tokens[phrase.from].is(Classes::DETERMINER)
}

/// The parties that a phrase names, the outer first: a document and who made it are two.
pub(super) fn parties(scene: Scene<'_>, phrase: Phrase, cue: Span) -> Vec<Party> {
    let party = party(scene, phrase, cue);
    if let Some((outlet, giver)) = seen_by(scene, phrase, cue) {
        let known = giver.is_none() || is_own_work(scene, phrase);
        return [Some(outlet), known.then_some(party), giver].into_iter().flatten().collect();
    }
    let Some(maker) = maker(scene, phrase) else { return vec![party] };
    let inner = self::party(scene, maker, cue);
    match party.kind {
        // An outlet's tally of what others gave it; a drone survey that a paper paid for.
        SourceKind::Outlet => vec![party, inner],
        SourceKind::Document if is_commissioned(scene, phrase, maker) => vec![inner, party],
        SourceKind::Document if is_own_work(scene, phrase) => vec![party, inner],
        SourceKind::Document => vec![inner],
        _ => vec![party],
    }
}

/// Who brought a document to light, and who gave it: "data obtained by the Courier from a clerk".
fn seen_by(scene: Scene<'_>, phrase: Phrase, cue: Span) -> Option<(Party, Option<Party>)> {
    let seen = SEEN.iter().any(|word| scene.is_word(phrase.to, word)) && scene.is_word(phrase.to + 1, "by");
    let works = seen
        && !["published", "commissioned", "posted", "shared", "verified"]
            .iter()
            .any(|word| scene.is_word(phrase.to, word))
        && (phrase.from..phrase.to).any(|at| scene.tokens[at].is(Classes::DOCUMENT));
    let outlet = right(scene, phrase.to + 2).filter(|outlet| works && is_source(scene, *outlet))?;
    let from = (outlet.from + 1..outlet.to).find(|&at| scene.is_word(at, "from")).unwrap_or(outlet.to);
    let giver = if scene.is_word(from, "from") { right(scene, from + 1) } else { None };
    let giver = giver.filter(|giver| is_source(scene, *giver)).map(|giver| self::party(scene, giver, cue));
    let mut outlet = self::party(scene, Phrase { to: from, ..outlet }, cue);
    if outlet.kind == SourceKind::Person {
        outlet.kind = SourceKind::Outlet;
    }
    Some((outlet, giver))
}

/// Who made a document: "an estimate by", "figures from", "tolls previously given by".
fn maker(scene: Scene<'_>, phrase: Phrase) -> Option<Phrase> {
    let head = head(scene, phrase)?;
    let document = (phrase.from..phrase.to).any(|at| scene.tokens[at].is(Classes::DOCUMENT));
    if !document {
        return None;
    }
    // within the phrase: "figures from the ministry"
    let within = (head + 1..phrase.to).find(|&at| ["from", "by"].iter().any(|word| scene.is_word(at, word)));
    if let Some(at) = within {
        // "the report by Harbour Watch documents": the phrase ends before its verb
        let to = if at + 1 < phrase.to { phrase.to } else { scene.to };
        let maker = right(Scene { to, ..scene }, at + 1).filter(|maker| is_source(scene, *maker));
        return maker.map(|maker| apposed(scene, maker));
    }
    // after it: "tolls previously given by officials"
    let mut at = phrase.to;
    let mut steps = 0;
    while steps < 5 {
        let token = scene.token(at)?;
        let leads = GIVEN_BY.iter().any(|word| scene.is_word(at, word));
        if scene.is_word(at, "by") || scene.is_word(at, "from") {
            return right(scene, at + 1).filter(|maker| is_source(scene, *maker)).map(|maker| apposed(scene, maker));
        }
        if !(leads || token.is(Classes::ADVERB) || token.text(scene.text).ends_with("ly")) {
            return None;
        }
        at += 1;
        steps += 1;
    }
    None
}

/// A role with its name behind a comma: "by the deputy, Ana Lund," is by Ana Lund.
pub(super) fn apposed(scene: Scene<'_>, phrase: Phrase) -> Phrase {
    let comma = scene.token(phrase.to).is_some_and(Token::is_comma);
    let role = (phrase.from..phrase.to).any(|at| scene.tokens[at].is(Classes::OFFICIAL.or(Classes::PERSON)));
    match right(scene, phrase.to + 1) {
        Some(name)
            if comma
                && role
                && personal_name(scene, name.from, name.to)
                && !personal_name(scene, phrase.from, phrase.to)
                && scene.token(name.to).is_none_or(|token| token.kind != Kind::Word) =>
        {
            Phrase { from: name.from, to: name.to, role: Some((phrase.from, phrase.to)), start: phrase.from }
        }
        _ => phrase,
    }
}

fn is_commissioned(scene: Scene<'_>, phrase: Phrase, maker: Phrase) -> bool {
    (phrase.from..maker.from).any(|at| scene.is_word(at, "commissioned"))
}

/// Documents that are cited beside whoever made them.
fn is_own_work(scene: Scene<'_>, phrase: Phrase) -> bool {
    const WORKS: &[&str] = &[
        "report",
        "reports",
        "study",
        "survey",
        "assessment",
        "analysis",
        "estimate",
        "tally",
        "review",
        "audit",
        "poll",
        "article",
        "investigation",
        "inquiry",
        "dossier",
        "memo",
        "database",
        "dispatch",
        "cable",
    ];
    head(scene, phrase).is_some_and(|at| WORKS.iter().any(|word| scene.is_word(at, word)))
}

/// The head of a phrase: the last word before its first preposition.
fn head(scene: Scene<'_>, phrase: Phrase) -> Option<usize> {
    let end = (phrase.from + 1..phrase.to)
        .find(|&at| {
            scene.tokens[at].is(Classes::PREPOSITION) && !scene.tokens[at].capital || scene.tokens[at].is_mark('(')
        })
        .unwrap_or(phrase.to);
    (phrase.from..end).rev().find(|&at| scene.tokens[at].kind == Kind::Word)
}

/// A single party of a phrase.
pub(super) fn party(scene: Scene<'_>, phrase: Phrase, cue: Span) -> Party {
    let span = |from: usize, to: usize| Span { start: scene.tokens[from].start, end: scene.tokens[to - 1].end };
    let kind = kind(scene, phrase);
    let (mut from, mut to) = name(scene, phrase, kind);
    if from + 1 < to && scene.is_word(from, "the") {
        from += 1;
    }
    // A clause that says more about a name is no part of it.
    if let Some(at) = (from + 1..to).find(|&at| scene.tokens[at].is(Classes::RELATIVE)) {
        to = at;
    }
    let mut name = span(from, to);
    let possessive = name.of(scene.text);
    for ending in ["'s", "’s"] {
        if possessive.ends_with(ending) {
            name.end -= ending.len();
        }
    }
    let members = members(scene, from, to).into_iter().map(|(from, to)| span(from, to)).collect();
    Party { name, surface: span(phrase.from, phrase.to), kind, cue, inherited: false, members }
}

/// The tokens of the name: of "the state news agency Palo" it is the last.
fn name(scene: Scene<'_>, phrase: Phrase, kind: SourceKind) -> (usize, usize) {
    let whole = (phrase.from, phrase.to);
    if kind == SourceKind::Anonymous || kind == SourceKind::Document {
        // "a Reuters tally" by Reuters is the outlet's, and kind says so
        return whole;
    }
    let capital = |at: usize| {
        let token = scene.tokens[at];
        token.kind == Kind::Word && token.capital
            || matches!(token.kind, Kind::Mark('(' | ')' | '&'))
            || matches!(token.text(scene.text), "al" | "de" | "bin" | "van" | "von" | "el" | "di" | "da" | "der")
    };
    let mut from = phrase.to;
    while from > phrase.from && capital(from - 1) {
        from -= 1;
    }
    let tail = phrase.to - from;
    let before = from.checked_sub(1).filter(|&at| at >= phrase.from).map(|at| scene.tokens[at]);
    if tail > 0 && before.is_some_and(|token| token.is(SOURCE_NOUNS.or(Classes::TITLE)) && !token.capital) {
        return (from, phrase.to);
    }
    // "an Osterby Post tally", "the Reuters report": the outlet
    if kind == SourceKind::Outlet
        && let Some(head) = head(scene, phrase)
        && scene.tokens[head].is(Classes::DOCUMENT)
        && !scene.tokens[head].capital
    {
        let end = head;
        let mut from = end;
        while from > phrase.from && capital(from - 1) && !scene.tokens[from - 1].is(Classes::DETERMINER) {
            from -= 1;
        }
        if from < end {
            return (from, end);
        }
    }
    whole
}

/// The parts of a phrase that names several side by side.
fn members(scene: Scene<'_>, from: usize, to: usize) -> Vec<(usize, usize)> {
    let joints: Vec<usize> = (from + 1..to.saturating_sub(1))
        .filter(|&at| scene.tokens[at].is(Classes::AND) || scene.tokens[at].is_comma())
        .collect();
    let within_name = (from..to).any(|at| scene.tokens[at].is(Classes::PREPOSITION) && !scene.tokens[at].capital);
    if joints.is_empty() || within_name {
        return Vec::new();
    }
    let mut starts = vec![from];
    starts.extend(joints.iter().map(|at| at + 1));
    let ends = joints.iter().copied().chain([to]);
    starts.into_iter().zip(ends).filter(|(from, to)| from < to).collect()
}

/// What a phrase names, by its words and those set off beside it.
fn kind(scene: Scene<'_>, phrase: Phrase) -> SourceKind {
    let all = || (phrase.from..phrase.to).map(|at| scene.tokens[at]);
    let has = |class: Classes| all().any(|token| token.is(class));
    let head_end = head(scene, phrase).map_or(phrase.to, |at| at + 1);
    let head_part = || (phrase.from..head_end).map(|at| scene.tokens[at]);
    let last = head_part().rfind(|token| token.is(SOURCE_NOUNS));
    let media = |token: Token| token.is(Classes::OUTLET.or(Classes::WIRE));
    let lower_media = head_part().any(|token| media(token) && !token.is(Classes::AGENCY));
    if all().any(|token| token.is(Classes::ANONYMOUS)) && !last.is_some_and(media) || unnamed_people(scene, phrase) {
        return SourceKind::Anonymous;
    }
    // "Le Jour, quoting a clerk, wrote": what it quotes says nothing of it
    let quotes = phrase.role.is_some_and(|(from, _)| {
        ["citing", "quoting", "referring", "referencing", "relying", "drawing"]
            .iter()
            .any(|word| scene.is_word(from, word))
    });
    let phrase = if quotes { Phrase { role: None, ..phrase } } else { phrase };
    if personal_name(scene, phrase.from, phrase.to) {
        return role_kind(scene, phrase);
    }
    let Some(last) = last else {
        return match phrase.role {
            Some(_) => role_kind(scene, phrase),
            None => by_letters(scene, phrase),
        };
    };
    let opens = last.start == scene.tokens[scene.from].start;
    if last.is(Classes::DOCUMENT) && (!last.capital || opens) {
        let owner = head_part().any(|token| {
            token.is(Classes::WIRE) || token.is(Classes::OUTLET) && (token.capital || token.text(scene.text) == "news")
        });
        return if owner { SourceKind::Outlet } else { SourceKind::Document };
    }
    if media(last)
        || last.is(Classes::AGENCY)
            && lower_media
            && !last.is(Classes::OFFICIAL)
            && has(Classes::OUTLET.or(Classes::WIRE))
            && is_agency_word(scene, last)
    {
        return SourceKind::Outlet;
    }
    // "the state-run Daily Worker"
    let body = last.is(Classes::AGENCY) && !media(last) && !is_agency_word(scene, last);
    if last.capital && head_part().any(|token| token.capital && media(token)) && !last.is(Classes::OFFICIAL) && !body {
        return SourceKind::Outlet;
    }
    // "the Joint Chiefs of Staff" are a body
    let holder = (head_end..phrase.to).any(|at| scene.tokens[at].is(Classes::OFFICIAL));
    if last.text(scene.text) == "Chiefs" && !holder {
        return SourceKind::Agency;
    }
    // "the presidential spokesman Jan Holt": a name after the role
    if last.is(Classes::OFFICIAL) {
        // the leader of a militia or of a village holds no office
        let leads = ["leader", "leaders"].iter().any(|word| last.text(scene.text) == *word)
            && head_part().any(|token| {
                let word = token.text(scene.text);
                ["militia", "rebel", "community", "student", "tribal", "village", "church", "gang", "union", "protest"]
                    .contains(&word)
            });
        if leads {
            return SourceKind::Person;
        }
        return if is_unnamed_holder(scene, phrase, last) { SourceKind::Anonymous } else { SourceKind::Official };
    }
    if last.is(Classes::AGENCY) {
        return SourceKind::Agency;
    }
    SourceKind::Person
}

fn is_agency_word(scene: Scene<'_>, token: Token) -> bool {
    let word = token.text(scene.text);
    ["agency", "agencies", "service", "network", "group", "company"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// "people familiar with the matter", "a person briefed on it", "those close to the talks".
fn unnamed_people(scene: Scene<'_>, phrase: Phrase) -> bool {
    let people = (phrase.from..phrase.to).find(|&at| {
        ["people", "person", "persons", "those", "someone", "individuals", "man", "woman"]
            .iter()
            .any(|word| scene.is_word(at, word))
    });
    let Some(people) = people else { return false };
    let told = |at: usize| {
        ["familiar", "briefed", "knowledge", "close", "privy", "acquainted", "aware"]
            .iter()
            .any(|word| scene.is_word(at, word))
    };
    (people..(people + 5).min(scene.to)).any(told)
}

/// An office-holder without name: "an Estonian official", "two diplomats". Spokespeople speak for their body.
fn is_unnamed_holder(scene: Scene<'_>, phrase: Phrase, role: Token) -> bool {
    let first = scene.tokens[phrase.from];
    let speaks = role.text(scene.text).to_ascii_lowercase().starts_with("spokes");
    let number = first.kind == Kind::Number || first.is(Classes::NUMBER) && !scene.is_word(phrase.from, "several");
    let indefinite = first.is(Classes::INDEFINITE) || number;
    let named = (phrase.from + 1..phrase.to).any(|at| {
        scene.tokens[at].start > role.start && scene.tokens[at].capital && personal_tail(scene, at, phrase.to)
    });
    let one = scene.is_word(phrase.from, "one") || !phrase_is_unique(scene, phrase);
    let apposed = phrase.role.is_some_and(|(from, _)| scene.tokens[from].capital);
    indefinite && !speaks && !named && one && !apposed
}

fn personal_tail(scene: Scene<'_>, from: usize, to: usize) -> bool {
    personal_name(scene, from, to)
}

fn phrase_is_unique(scene: Scene<'_>, phrase: Phrase) -> bool {
    scene.is_word(phrase.from, "the")
}

/// The kind of a name by the role beside it.
fn role_kind(scene: Scene<'_>, phrase: Phrase) -> SourceKind {
    let titled = (phrase.from..phrase.to).any(|at| scene.tokens[at].is(Classes::OFFICIAL));
    if titled {
        return SourceKind::Official;
    }
    let Some((from, to)) = phrase.role else { return SourceKind::Person };
    let tokens = || (from..to).map(|at| scene.tokens[at]);
    if tokens().next().is_some_and(|token| {
        token.is(Classes::CUE.or(Classes::RELATIVE).or(Classes::VERB))
            || !token.capital && !token.is(Classes::DETERMINER.or(SOURCE_NOUNS))
    }) && !personal_name(scene, phrase.from, phrase.to)
    {
        // "Lund, citing sources, said": nothing is said of Lund
        return by_letters(scene, Phrase { role: None, ..phrase });
    }
    if tokens().any(|token| token.is(Classes::OFFICIAL)) {
        return SourceKind::Official;
    }
    let first = tokens().find(|token| token.is(SOURCE_NOUNS));
    match first {
        Some(token) if token.is(Classes::OUTLET) => SourceKind::Outlet,
        Some(token) if token.is(Classes::AGENCY) && !personal_name(scene, phrase.from, phrase.to) => SourceKind::Agency,
        Some(token) if token.is(Classes::ANONYMOUS) => SourceKind::Person,
        _ if personal_name(scene, phrase.from, phrase.to) => SourceKind::Person,
        _ => by_letters(scene, phrase),
    }
}

/// How nouns end that name people by what they do.
const TRADES: &[&str] = &["er", "or", "ist", "ian", "man", "woman", "ant", "eer", "herd"];

/// A guess for a name without any known word: capitals only are a body, others a person.
fn by_letters(scene: Scene<'_>, phrase: Phrase) -> SourceKind {
    let first = scene.tokens[phrase.from];
    let words: Vec<Token> =
        (phrase.from..phrase.to).map(|at| scene.tokens[at]).filter(|token| token.kind == Kind::Word).collect();
    if first.is(Classes::PRONOUN) {
        return if scene.is_word(phrase.from, "it") { SourceKind::Agency } else { SourceKind::Person };
    }
    let acronym = words.iter().any(|token| {
        let word = token.text(scene.text);
        word.len() >= 2 && word.chars().all(|c| c.is_uppercase() || c == '-' || c == '.')
    });
    let hyphenated = words.len() == 1 && words[0].text(scene.text).contains('-');
    // "a local hunter", "a trader", "a pharmacist"
    let trade = first.is(Classes::INDEFINITE)
        && words.last().is_some_and(|token| {
            let word = token.text(scene.text);
            !token.capital && word.len() > 4 && TRADES.iter().any(|ending| word.ends_with(ending))
        });
    if trade {
        return SourceKind::Person;
    }
    if acronym || hyphenated || first.is(Classes::DETERMINER) || words.iter().any(|token| token.is(Classes::DEMONYM)) {
        return SourceKind::Agency;
    }
    // "Osterland's air force"
    let possessed = words.len() > 1
        && words.last().is_some_and(|token| !token.capital)
        && words.iter().any(|token| token.text(scene.text).ends_with("'s") || token.text(scene.text).ends_with("’s"));
    if possessed {
        return SourceKind::Agency;
    }
    if words.iter().any(|token| token.capital) { SourceKind::Person } else { SourceKind::Agency }
}
