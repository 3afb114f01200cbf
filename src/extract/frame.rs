//! Attributions of one sentence: a cue, who it makes the source, and which way it reaches.

use super::claim::{Party, Span};
use super::lexicon::{BEHIND, Classes, DENIALS, Frame, Lexicon, MEASURED, PREPOSITIONS, SOURCE_NOUNS, SPOKEN_TO};
use super::noun::{Phrase, Scene, right};
use super::quantity::Quantity;
use super::reach::{attach, reach};
use super::source::{is_source, parties, party};
use super::token::Kind;
use super::verb::{is_be, object, relay, verb};
use crate::model::SourceKind;

/// The name of the rule for "the organisers' estimate of".
pub(super) const OWNED: &str = "whose figure";

/// The name of the rule for the speaker in a transcript.
pub(super) const LABEL: &str = "speaker label";

/// The name of the rule for "attributed the toll to".
pub(super) const TRACE: &str = "attributed to";

/// The name of the rule for "which it attributed to".
pub(super) const TRACE_BACK: &str = "which is attributed to";

/// Which part of the sentence an attribution speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// what follows
    Forward,
    /// what went before
    Backward,
    /// either, as in "Nine, he said, were lost"
    Both,
}

/// An attribution.
#[derive(Debug, Clone)]
pub(super) struct Attribution {
    /// who is credited, the outer first
    pub parties: Vec<Party>,
    /// which of the parties is the one that speaks here
    pub speaker: usize,
    /// first token of the subject or of the preposition
    pub from: usize,
    /// the verb or preposition
    pub cue: usize,
    /// one past the last token
    pub to: usize,
    pub reach: Reach,
    pub denies: bool,
    pub rule: &'static str,
}

/// A source behind another, to be tied to the attribution that it belongs to.
pub(super) struct Cited {
    pub at: usize,
    pub to: usize,
    pub parties: Vec<Party>,
}

/// The attributions of a sentence in order of place.
pub(super) fn attributions(scene: Scene<'_>, quantities: &[Quantity], lexicon: &Lexicon) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = label(scene).into_iter().collect();
    let mut cited: Vec<Cited> = Vec::new();
    let mut behind: Vec<Cited> = Vec::new();
    let mut spoken_to: Vec<Cited> = Vec::new();
    for at in scene.from..scene.to {
        if let Some((length, words)) = preposition(scene, at) {
            prepositional(scene, at, length, words, &mut found, &mut behind, &mut spoken_to);
            continue;
        }
        let token = scene.tokens[at];
        spoken_to.extend(seen_medium(scene, at));
        if let Some(attribution) = agent(scene, quantities, at).or_else(|| owner(scene, quantities, at)) {
            found.push(attribution);
            continue;
        }
        if !token.is(Classes::CUE) || quantities.iter().any(|q| (q.from..q.to).contains(&at)) {
            continue;
        }
        let calls = ["called", "calls", "branded", "described", "labelled", "labeled", "termed"]
            .iter()
            .any(|word| scene.is_word(at, word));
        let false_after = calls && scene.find(at + 1, scene.to.min(at + 8), DENIALS).is_some();
        let Some(frame) =
            lexicon.frame(token.text(scene.text)).map(|frame| if false_after { Frame::Deny } else { frame })
        else {
            continue;
        };
        if calls && !false_after {
            continue;
        }
        if frame == Frame::Cite && (is_participle(scene, at) || cites_within(scene, at)) {
            let works = ["referencing", "referenced"].iter().any(|word| scene.is_word(at, word));
            if let Some(object) = object(scene, at + 1).filter(|object| !works || is_source(scene, *object)) {
                let cue = Span { start: token.start, end: token.end };
                cited.push(Cited { at, to: object.to, parties: parties(scene, object, cue) });
            }
        } else if let Some(attribution) = verb(scene, at, frame, found.last()) {
            found.push(attribution);
        }
    }
    for outlet in spoken_to {
        let before = found.iter().rposition(|speech| speech.cue < outlet.at && outlet.at - speech.cue <= 12);
        let after = found.iter().position(|speech| speech.cue >= outlet.to && speech.from < outlet.at);
        if after.is_none() && before.is_none() {
            found.push(Attribution {
                parties: outlet.parties,
                speaker: 0,
                from: outlet.at,
                cue: outlet.at,
                to: outlet.to,
                reach: Reach::Both,
                denies: false,
                rule: "preposition",
            });
            continue;
        }
        if let Some(speech) = after.or(before).and_then(|index| found.get_mut(index)) {
            speech.to = if speech.cue < outlet.at { outlet.to } else { speech.to };
            speech.speaker += outlet.parties.len();
            speech.parties.splice(0..0, outlet.parties);
        }
    }
    for attribution in
        found.iter_mut().filter(|attribution| !matches!(attribution.rule, TRACE | TRACE_BACK | OWNED | LABEL))
    {
        attribution.reach = reach(scene, quantities, attribution);
    }
    for cited in cited {
        attach(scene, quantities, cited, &mut found);
    }
    for cited in behind {
        let home = found.iter().rposition(|attribution| attribution.cue < cited.at);
        // "Based on satellite images, the institute said"; "a report based on interviews says"
        let ahead = || found.iter().position(|attribution| attribution.cue > cited.at && attribution.to > cited.to);
        match home.or_else(ahead).map(|home| &mut found[home]) {
            Some(attribution) => attribution.parties.extend(cited.parties),
            None => found.push(Attribution {
                parties: cited.parties,
                speaker: 0,
                from: cited.at,
                cue: cited.at,
                to: cited.to,
                reach: Reach::Both,
                denies: false,
                rule: "based on",
            }),
        }
    }
    found.sort_by_key(|attribution| attribution.from);
    found
}

/// "said in a memo obtained by the Courier": whoever brought it to light is outside of the speaker.
fn seen_medium(scene: Scene<'_>, at: usize) -> Option<Cited> {
    let seen = super::lexicon::SEEN.iter().any(|word| scene.is_word(at, word)) && scene.is_word(at + 1, "by");
    if !seen || at < scene.from + 2 || !scene.tokens[at - 1].is(Classes::DOCUMENT) {
        return None;
    }
    let opens = (scene.from..at - 1).rev().take(5).find(|&at| scene.tokens[at].is(Classes::PREPOSITION))?;
    let outlet = right(scene, at + 2).filter(|outlet| scene.is_word(opens, "in") && is_source(scene, *outlet))?;
    let cue = Span { start: scene.tokens[at].start, end: scene.tokens[at + 1].end };
    Some(Cited { at, to: outlet.to, parties: vec![relay(scene, outlet, cue)?] })
}

/// `citing` and `quoting`, and `cited` after a comma.
fn is_participle(scene: Scene<'_>, at: usize) -> bool {
    scene.word(at).to_ascii_lowercase().ends_with("ing")
}

/// "LUND: We counted 40": the speaker in a transcript. Hosts and reporters speak for the publisher.
fn label(scene: Scene<'_>) -> Option<Attribution> {
    const OWN: &[&str] = &["host", "anchor", "reporter", "q", "question", "presenter", "moderator", "correspondent"];
    let colon = (scene.from + 1..scene.to.min(scene.from + 5)).find(|&at| scene.tokens[at].is_mark(':'))?;
    let upper = (scene.from..colon).all(|at| {
        let token = scene.tokens[at];
        let word = token.text(scene.text);
        token.kind == Kind::Word && word.len() > 1 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    });
    let own = OWN.iter().any(|word| scene.is_word(scene.from, word));
    let media =
        (scene.from..colon).any(|at| scene.tokens[at].is(Classes::WIRE.or(Classes::TIME).or(Classes::PREPOSITION)));
    if !upper || own || media || colon + 1 >= scene.to {
        return None;
    }
    let phrase = Phrase { from: scene.from, to: colon, role: None, start: scene.from };
    let cue = Span { start: scene.tokens[colon].start, end: scene.tokens[colon].end };
    let mut speaker = party(scene, phrase, cue);
    if speaker.kind == SourceKind::Agency {
        speaker.kind = SourceKind::Person;
    }
    Some(Attribution {
        parties: vec![speaker],
        speaker: 0,
        from: scene.from,
        cue: colon,
        to: colon + 1,
        reach: Reach::Forward,
        denies: false,
        rule: LABEL,
    })
}

/// "in a report that cited", "a statement which quoted": the speaker is another one's.
fn cites_within(scene: Scene<'_>, at: usize) -> bool {
    let clause = at > scene.from && ["that", "which"].iter().any(|word| scene.is_word(at - 1, word));
    clause
        && at >= scene.from + 3
        && scene.tokens[at - 2].is(Classes::DOCUMENT)
        && scene.tokens[at - 3].is(Classes::INDEFINITE)
}

/// "was put at 20 by the police": whoever measured a figure, behind it.
fn agent(scene: Scene<'_>, quantities: &[Quantity], at: usize) -> Option<Attribution> {
    if !scene.is_word(at, "by") {
        return None;
    }
    let quantity = quantities.iter().rev().find(|quantity| quantity.to <= at).filter(|q| at - q.to <= 4)?;
    let start = quantity.from.saturating_sub(8).max(scene.from);
    let measured = (start + 1..quantity.from).rev().find(|&place| {
        MEASURED.iter().any(|word| scene.is_word(place, word))
            && (start..place).rev().take(3).any(|place| is_be(scene.word(place)))
    })?;
    let clause =
        (measured..at).any(|place| scene.tokens[place].is_comma() || scene.tokens[place].is(Classes::RELATIVE));
    let phrase = right(scene, at + 1).filter(|phrase| !clause && is_source(scene, *phrase))?;
    let cue = Span { start: scene.tokens[measured].start, end: scene.tokens[measured].end };
    let phrase = Phrase { role: aside(scene, phrase.to), ..phrase };
    Some(Attribution {
        parties: parties(scene, phrase, cue),
        speaker: 0,
        from: at,
        cue: at,
        to: phrase.to,
        reach: Reach::Both,
        denies: false,
        rule: "preposition",
    })
}

/// "the organisers' estimate of 500", "police figure: 300", "the council's count that 40": whose figure it is.
fn owner(scene: Scene<'_>, quantities: &[Quantity], at: usize) -> Option<Attribution> {
    const FIGURES: &[&str] = &[
        "estimate",
        "estimates",
        "count",
        "tally",
        "figure",
        "figures",
        "claim",
        "toll",
        "assessment",
        "calculation",
        "calculations",
        "projection",
        "projections",
        "reckoning",
    ];
    const LINKS: &[&str] =
        &["of", "that", "ranged", "range", "is", "was", "stands", "stood", "reached", "for", "show", "are", "were"];
    if !FIGURES.iter().any(|word| scene.is_word(at, word)) || scene.tokens[at].capital || at == scene.from {
        return None;
    }
    let reach = if scene.token(at + 1)?.is_comma() { 16 } else { 4 };
    let quantity = quantities.iter().find(|quantity| quantity.from > at).filter(|q| q.from - at <= reach)?;
    let next = scene.token(at + 1)?;
    // "the agency's count, based on reports from clinics, stood at"
    let closes = (at + 2..quantity.from).find(|&at| next.is_comma() && scene.tokens[at].is_comma());
    let after = closes.map_or(at + 1, |comma| comma + 1);
    let links = LINKS.iter().any(|word| scene.is_word(after, word)) || next.is_mark(':');
    // back over adjectives to the possessor
    let mut end = at;
    let possessive = |at: usize| {
        let word = scene.word(at);
        word.ends_with("'s") || word.ends_with("’s") || scene.tokens[at].is_mark('\'') || scene.tokens[at].is_mark('’')
    };
    while end > scene.from && at - end < 3 && !possessive(end - 1) && !scene.tokens[end - 1].is(SOURCE_NOUNS) {
        if scene.tokens[end - 1].kind != Kind::Word || scene.tokens[end - 1].is(Classes::DETERMINER) {
            break;
        }
        end -= 1;
    }
    // a town has a toll, whoever counts it
    if scene.is_word(at, "toll") && !scene.is_word(at + 1, "of") {
        return None;
    }
    let owned = possessive(end.checked_sub(1)?);
    let direct =
        end == at && scene.tokens[at - 1].is(Classes::AGENCY.or(Classes::PERSON).or(Classes::OUTLET).or(Classes::WIRE));
    if !owned && !direct {
        return None;
    }
    let to = if scene.tokens[end - 1].kind == Kind::Word { end } else { end - 1 };
    let mut from = to;
    while from > scene.from && to - from < 8 {
        let token = scene.tokens[from - 1];
        let noun = token.kind == Kind::Word
            && !token.is(Classes::PREPOSITION
                .or(Classes::CLAUSE)
                .or(Classes::AUXILIARY)
                .or(Classes::PRONOUN)
                .or(Classes::AND))
            && (!token.is(Classes::VERB) || token.capital && from - 1 > scene.from);
        if !noun && !token.is(Classes::DETERMINER) {
            break;
        }
        from -= 1;
        if token.is(Classes::DETERMINER) {
            break;
        }
    }
    let by = from > scene.from && scene.is_word(from - 1, "by") && next.is_comma();
    let attributed = from > scene.from && scene.is_word(from - 1, "to");
    if from == to || !(links || by) || attributed {
        return None;
    }
    let phrase = Phrase { from, to, role: None, start: from };
    if !is_source(scene, phrase) || scene.tokens[to - 1].is(Classes::TIME) {
        return None;
    }
    let cue = Span { start: scene.tokens[at].start, end: scene.tokens[at].end };
    let end = quantities.iter().rev().find(|q| q.from <= quantity.to + 4).map_or(quantity.to, |q| q.to);
    Some(Attribution {
        parties: vec![party(scene, phrase, cue)],
        speaker: 0,
        from,
        cue: at,
        to: (at + 1).min(end),
        reach: Reach::Forward,
        denies: false,
        rule: OWNED,
    })
}

/// Where the object of "attributed the toll to" names its source.
pub(super) fn traced_to(scene: Scene<'_>, at: usize) -> Option<Phrase> {
    let end = scene.to.min(at + 14);
    let to = (at + 1..end)
        .take_while(|&at| !scene.tokens[at].is_comma() && !scene.tokens[at].is_mark(';'))
        .find(|&at| scene.is_word(at, "to"))?;
    let figure = (at + 1..to).any(|at| {
        scene.tokens[at].is(Classes::DOCUMENT)
            || ["number", "total", "claim", "it", "this", "information", "them"]
                .iter()
                .any(|word| scene.is_word(at, word))
    });
    right(scene, to + 1).filter(|phrase| figure && is_source(scene, *phrase))
}

/// The preposition that stands here, and how many words it has.
fn preposition(scene: Scene<'_>, at: usize) -> Option<(usize, &'static [&'static str])> {
    if !scene.tokens[at].is(Classes::PHRASE) {
        return None;
    }
    let found = PREPOSITIONS.iter().filter(|words| scene.says(at, words)).max_by_key(|words| words.len())?;
    Some((found.len(), found))
}

fn prepositional(
    scene: Scene<'_>,
    at: usize,
    length: usize,
    words: &'static [&'static str],
    found: &mut Vec<Attribution>,
    behind: &mut Vec<Cited>,
    spoken_to: &mut Vec<Cited>,
) {
    let start = at + length;
    let quoted = ["quoted", "cited"].iter().any(|word| scene.is_word(at, word));
    if quoted && at > scene.from && is_be(scene.word(at - 1)) {
        found.extend(verb(scene, at, Frame::Cite, None));
        return;
    }
    let Some(mut phrase) = right(scene, start) else { return };
    if words == ["per"]
        && !scene.tokens[phrase.from].capital
        && !["the", "its", "their", "his", "her"].iter().any(|word| scene.is_word(phrase.from, word))
    {
        return;
    }
    // "interviews with officials": those who were asked
    let asked = (start..phrase.to)
        .find(|&at| ["interviews", "conversations", "talks"].iter().any(|word| scene.is_word(at, word)))
        .filter(|&at| BEHIND.contains(&words) && scene.is_word(at + 1, "with"))
        .and_then(|at| right(scene, at + 2));
    phrase = asked.unwrap_or(phrase);
    let inner_again = at > scene.from && words.last() == Some(&"by") && words.len() == 2 && {
        // "as reported by" was taken as a whole
        found.last().is_some_and(|last| last.to > at)
    };
    // "a figure given by the council"
    let bare = ["given", "provided", "supplied"].contains(&words[0])
        && !at.checked_sub(1).and_then(|at| scene.token(at)).is_some_and(|token| token.is(Classes::DOCUMENT));
    if bare || inner_again || !is_source(scene, phrase) && words[0] != "according" {
        return;
    }
    // "those who reached land"
    let open = phrase.to - phrase.from <= 2 && scene.token(phrase.to).is_some_and(|token| token.is(Classes::RELATIVE));
    if open && scene.tokens[phrase.to - 1].is(Classes::PERSON) {
        while scene.token(phrase.to).is_some_and(|token| token.kind == Kind::Word) && phrase.to - phrase.from < 10 {
            phrase.to += 1;
        }
    }
    phrase.role = aside(scene, phrase.to);
    let cue = Span { start: scene.tokens[at].start, end: scene.tokens[start - 1].end };
    let named = parties(scene, phrase, cue);
    if BEHIND.contains(&words) {
        let document = (phrase.from..phrase.to).any(|at| scene.tokens[at].is(super::lexicon::SOURCE_NOUNS));
        let named = without_medium(scene, named);
        if document {
            behind.push(Cited { at, to: phrase.to, parties: named });
        }
        return;
    }
    if words.iter().any(|word| SPOKEN_TO.contains(word)) || quoted && words.len() == 2 {
        let carried = ["carried", "aired", "broadcast"].contains(&words[0]);
        if let Some(outlet) = relay(scene, phrase, cue).filter(|outlet| !carried || outlet.kind == SourceKind::Outlet) {
            spoken_to.push(Cited { at, to: phrase.to, parties: vec![outlet] });
        }
        return;
    }
    found.push(Attribution {
        parties: named,
        speaker: 0,
        from: at,
        cue: at,
        to: phrase.to,
        reach: Reach::Both,
        denies: false,
        rule: if words[0] == "according" { "according to" } else { "preposition" },
    });
}

/// "reports from clinics", "accounts by residents": whoever gave them, without what they gave.
pub(super) fn without_medium(scene: Scene<'_>, mut named: Vec<Party>) -> Vec<Party> {
    const MEDIA: &[&str] = &["reports", "accounts", "testimonies", "statements", "information", "figures", "data"];
    let medium = named.first().is_some_and(|first| {
        let mut words = first.name.of(scene.text).split_whitespace();
        first.kind == SourceKind::Document && words.any(|word| MEDIA.contains(&word))
    });
    if medium && named.len() > 1 {
        named.remove(0);
    }
    named
}

/// Words set off by a comma after a name: ", a seismologist,".
pub(super) fn aside(scene: Scene<'_>, comma: usize) -> Option<(usize, usize)> {
    let opens = scene.token(comma)?.is_comma() && scene.token(comma + 1)?.is(Classes::DETERMINER);
    let end =
        (comma + 1..scene.to.min(comma + 16)).find(|&at| scene.tokens[at].kind != Kind::Word).unwrap_or(comma + 1);
    (opens && end > comma + 1).then_some((comma + 1, end))
}
