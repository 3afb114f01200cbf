//! Attributions of one sentence: a cue, who it makes the source, and which way it reaches.

use super::claim::{Party, Span};
use super::lexicon::{
    AS_SOURCE, BEHIND, Classes, DENIALS, Frame, Lexicon, MEASURED, PREPOSITIONS, SEEN, SOURCE_NOUNS, SPOKEN_TO,
};
use super::noun::{Phrase, Scene, before_participle, before_verb, is_noun_here, left, right};
use super::quantity::Quantity;
use super::source::{apposed, is_source, parties, party};
use super::token::Kind;
use crate::model::SourceKind;

/// The name of the rule for "the organisers' estimate of".
pub(super) const OWNED: &str = "whose figure";

/// The name of the rule for "attributed the toll to".
pub(super) const TRACE: &str = "attributed to";

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
struct Cited {
    at: usize,
    to: usize,
    parties: Vec<Party>,
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
        found.iter_mut().filter(|attribution| !matches!(attribution.rule, TRACE | OWNED | "speaker label"))
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
        rule: "speaker label",
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
    let quantity = quantities.iter().find(|quantity| quantity.from > at).filter(|q| q.from - at <= 4)?;
    let next = scene.token(at + 1)?;
    let links = LINKS.iter().any(|word| scene.is_word(at + 1, word)) || next.is_mark(':');
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
fn traced_to(scene: Scene<'_>, at: usize) -> Option<Phrase> {
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
    if words == ["per"] && !scene.tokens[phrase.from].capital && !scene.is_word(phrase.from, "the") {
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
    if inner_again || !is_source(scene, phrase) && words[0] != "according" {
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

/// Words set off by a comma after a name: ", a seismologist,".
fn aside(scene: Scene<'_>, comma: usize) -> Option<(usize, usize)> {
    let opens = scene.token(comma)?.is_comma() && scene.token(comma + 1)?.is(Classes::DETERMINER);
    let end =
        (comma + 1..scene.to.min(comma + 16)).find(|&at| scene.tokens[at].kind != Kind::Word).unwrap_or(comma + 1);
    (opens && end > comma + 1).then_some((comma + 1, end))
}

/// The attribution that a verb makes.
fn verb(scene: Scene<'_>, at: usize, frame: Frame, last: Option<&Attribution>) -> Option<Attribution> {
    let token = scene.tokens[at];
    let word = token.text(scene.text).to_ascii_lowercase();
    let end = before_verb(scene, at);
    let between = || (end..at).map(|at| scene.tokens[at]);
    let passive = between().next_back().is_some_and(|token| is_be(token.text(scene.text)))
        || between().any(|token| is_be(token.text(scene.text))) && !word.ends_with("ing");
    if passive {
        return quoted(scene, at, frame, end);
    }
    // "confirmed the report": whoever confirms is no source of it
    let corroborates = word.starts_with("confirm")
        && (at + 1..at + 6)
            .take_while(|&at| {
                scene.token(at).is_some_and(|token| token.kind == Kind::Word && !token.is(Classes::CLAUSE))
            })
            .any(|at| scene.tokens[at].is(Classes::DOCUMENT));
    if corroborates {
        return None;
    }
    let named =
        token.capital && at > scene.from && scene.tokens[at - 1].capital && token.gap <= super::token::Gap::Space;
    let negated = between().any(|token| token.is(Classes::NEGATION)) && frame != Frame::Deny;
    let infinitive = end > scene.from && scene.is_word(end - 1, "to");
    let participle =
        word.ends_with("ing") && frame != Frame::Cite && !between().any(|token| token.is(Classes::AUXILIARY));
    if named || negated || infinitive || participle || is_noun(scene, at, &word) {
        return None;
    }
    let mut speaker = 0;
    let (mut named, from, rule) = match subject(scene, at, end, frame) {
        Some((phrase, rule)) => {
            let cue = Span { start: token.start, end: token.end };
            let parties =
                if is_source(scene, phrase) { parties(scene, phrase, cue) } else { vec![party(scene, phrase, cue)] };
            let mut parties = parties;
            if let Some(outer) = seen_by(scene, phrase, cue)
                && !parties.iter().any(|party| party.name == outer.name)
            {
                parties.insert(0, outer);
            }
            speaker = parties.len() - 1;
            (parties, phrase.start, rule)
        }
        // "dismissed the figure and gave its own": the same subject
        None if end > scene.from && scene.tokens[end - 1].is(Classes::AND) => {
            let last = last.filter(|last| last.cue < at && at - last.cue < 30 && last.rule != "according to")?;
            (last.parties.clone(), end - 1, "same subject")
        }
        None => return None,
    };
    let inverted = rule == "said X";
    let mut to = at + 1;
    if inverted {
        to = right(scene, at + 1).map_or(to, |phrase| phrase.to);
    }
    match frame {
        Frame::Tell => {
            let listener = right(scene, at + 1)?;
            to = listener.to;
            let cue = Span { start: token.start, end: token.end };
            if let Some(outer) = relay(scene, listener, cue) {
                named.insert(0, outer);
                speaker += 1;
            }
        }
        Frame::Cite => {
            if let Some(own) = named.get_mut(speaker).filter(|own| is_initials(scene, own, from, end)) {
                own.kind = SourceKind::Outlet;
            }
            let cue = Span { start: token.start, end: token.end };
            if let Some((work, giver)) = quoted_work(scene, at + 1) {
                to = giver.to;
                named.extend(parties(scene, giver, cue));
                named.push(party(scene, work, cue));
            } else {
                let object = object(scene, at + 1)?;
                to = object.to;
                named.extend(parties(scene, object, cue));
            }
        }
        Frame::Trace => {
            let object = traced_to(scene, at)?;
            let cue = Span { start: token.start, end: token.end };
            named.extend(parties(scene, object, cue));
            let attribution = Attribution {
                parties: named,
                speaker,
                from,
                cue: at,
                to,
                reach: Reach::Forward,
                denies: false,
                rule: TRACE,
            };
            return Some(attribution);
        }
        _ => {}
    }
    let denies = frame == Frame::Deny;
    Some(Attribution { parties: named, speaker, from, cue: at, to, reach: Reach::Both, denies, rule })
}

/// A name in capitals alone that quotes others, as in "the OPT quoted officials": a medium.
fn is_initials(scene: Scene<'_>, own: &Party, from: usize, end: usize) -> bool {
    let known = (from..end).any(|at| scene.tokens[at].is(SOURCE_NOUNS));
    let capitals = |word: &str| word == "the" || word.chars().all(char::is_uppercase);
    own.kind == SourceKind::Agency && !known && own.name.of(scene.text).split_whitespace().all(capitals)
}

/// "cited “a secret tally” from two clerks": the work between quotes, and who gave it.
fn quoted_work(scene: Scene<'_>, start: usize) -> Option<(Phrase, Phrase)> {
    if !scene.token(start)?.is_quote() {
        return None;
    }
    let work = right(scene, start + 1)?;
    let closes = scene.token(work.to)?.is_quote() && scene.is_word(work.to + 1, "from");
    let document = (work.from..work.to).any(|at| scene.tokens[at].is(Classes::DOCUMENT));
    let giver = right(scene, work.to + 2).filter(|giver| closes && document && is_source(scene, *giver))?;
    Some((work, giver))
}

/// Who brought a document to light: "a memo seen by the Courier".
fn seen_by(scene: Scene<'_>, phrase: Phrase, cue: Span) -> Option<Party> {
    let (turn, _) = phrase.role?;
    let leaked = ["leaked", "provided", "supplied"].iter().any(|word| scene.is_word(turn, word))
        && scene.is_word(turn + 1, "to");
    let seen = SEEN.iter().any(|word| scene.is_word(turn, word)) && scene.is_word(turn + 1, "by") || leaked;
    let outlet = right(scene, turn + 2).filter(|outlet| seen && is_source(scene, *outlet))?;
    Some(party(scene, outlet, cue))
}

/// "was quoted by the paper as saying".
fn quoted(scene: Scene<'_>, at: usize, frame: Frame, end: usize) -> Option<Attribution> {
    let told_by = frame == Frame::Tell && scene.is_word(at + 1, "by");
    if frame != Frame::Cite && !told_by {
        return None;
    }
    let cue = Span { start: scene.tokens[at].start, end: scene.tokens[at].end };
    let phrase = left(scene, end)?;
    if !is_source(scene, phrase) {
        return None;
    }
    let mut named = vec![party(scene, phrase, cue)];
    let mut to = at + 1;
    if scene.is_word(at + 1, "by")
        && let Some(outlet) = right(scene, at + 2)
    {
        to = outlet.to;
        // "was quoted by the paper" has the paper outside, "was told by officials" the officials inside
        let mut by = party(scene, outlet, cue);
        if !told_by && by.kind == SourceKind::Person {
            by.kind = SourceKind::Outlet;
        }
        named.insert(usize::from(told_by), by);
    }
    let speaker = named.len() - 1;
    Some(Attribution {
        parties: named,
        speaker,
        from: phrase.start,
        cue: at,
        to,
        reach: Reach::Both,
        denies: false,
        rule: "was quoted",
    })
}

fn is_be(word: &str) -> bool {
    ["is", "are", "was", "were", "be", "been", "being"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word that may be a verb of attribution is a noun or something else here.
fn is_noun(scene: Scene<'_>, at: usize, word: &str) -> bool {
    const BASE: &[&str] = &[
        "report",
        "estimate",
        "claim",
        "state",
        "note",
        "count",
        "record",
        "show",
        "find",
        "posted",
        "points",
        "broadcast",
        "list",
        "document",
        "reveal",
        "projects",
    ];
    const THIRD: &[&str] = &[
        "reports",
        "estimates",
        "claims",
        "notes",
        "counts",
        "records",
        "shows",
        "lists",
        "logs",
        "states",
        "tallies",
        "forecasts",
        "quotes",
        "talks",
        "posts",
        "places",
        "finds",
        "tweets",
    ];
    if scene.tokens[at].is(Classes::DOCUMENT) && before_participle(scene, at) {
        return true;
    }
    let Some(before) = at.checked_sub(1).and_then(|at| scene.token(at)) else {
        return BASE.contains(&word) || THIRD.contains(&word);
    };
    let prior = before.text(scene.text).to_ascii_lowercase();
    let plural = prior.ends_with('s')
        && !["ous", "ss", "us", "is"].iter().any(|end| prior.ends_with(end))
        && !before.is(Classes::WIRE)
        || ["media", "police", "people", "they", "we", "you", "i"].contains(&prior.as_str())
        || before.is_comma();
    // "records seen by the paper show"
    let seen = (at.saturating_sub(8).max(scene.from + 1)..at).any(|place| {
        let link = ["by", "to"].iter().any(|word| scene.is_word(place + 1, word));
        let brought = scene.is_word(place, "leaked") || SEEN.iter().any(|word| scene.is_word(place, word));
        link && brought && scene.word(place - 1).ends_with('s') && scene.tokens[place - 1].is(Classes::DOCUMENT)
    });
    let plural = plural || seen;
    let third = ["he", "she", "it", "who", "which"].contains(&prior.as_str());
    if BASE.contains(&word) {
        return !(plural || before.is(Classes::AUXILIARY) || prior == "who")
            || is_noun_here(scene, at) && prior != "media" && prior != "police"
            || before.is(Classes::AUXILIARY) && is_noun_here(scene, at);
    }
    if THIRD.contains(&word) && ["some", "many", "most", "other", "several", "the", "all"].contains(&prior.as_str()) {
        return true;
    }
    // "police estimates put", "unconfirmed reports speak": another verb follows
    let verb_follows = scene.token(at + 1).is_some_and(|next| {
        next.is(Classes::VERB) && !next.is(Classes::DOCUMENT) && !next.capital && next.kind == Kind::Word
    });
    if THIRD.contains(&word) && verb_follows {
        return true;
    }
    if THIRD.contains(&word) {
        let subject = before.capital && before.kind == Kind::Word && !before.is(Classes::DEMONYM)
            || before.is(super::lexicon::SOURCE_NOUNS) && !prior.ends_with('s')
            || third
            || before.is_comma()
            || before.is_mark(')');
        let object = scene
            .token(at + 1)
            .is_none_or(|next| !next.is(Classes::PREPOSITION.or(Classes::RELATIVE)) || next.is(Classes::CLAUSE));
        return !(subject && (object || scene.is_word(at + 1, "that"))) || prior == "news" || prior == "media";
    }
    false
}

/// The subject of a verb, with the name of the rule that found it.
fn subject(scene: Scene<'_>, at: usize, end: usize, frame: Frame) -> Option<(Phrase, &'static str)> {
    let strong = matches!(frame, Frame::Say);
    let who = end.checked_sub(1).and_then(|at| scene.token(at)).is_some_and(|token| token.is(Classes::RELATIVE));
    if who {
        let comma = end >= scene.from + 2 && scene.tokens[end - 2].is_comma();
        let phrase = left_of(scene, if comma { end - 2 } else { end - 1 })?;
        return is_source(scene, phrase).then_some((phrase, "who said"));
    }
    // "…," said Ana Lund, a nurse
    let before = at.checked_sub(1).and_then(|at| scene.token(at));
    let after_pause = before.is_some_and(|token| token.is_comma() || token.is_quote());
    if strong
        && after_pause
        && let Some(mut phrase) = right(scene, at + 1)
        && is_source(scene, phrase)
        && scene.token(at + 1).is_some_and(|token| {
            token.capital
                || token.is(Classes::DETERMINER.or(Classes::NUMBER).or(super::lexicon::SOURCE_NOUNS))
                    && !token.is(Classes::CLAUSE)
        })
        && !scene.is_word(at + 1, "that")
        && inverts(scene, phrase.to)
    {
        phrase.role = aside(scene, phrase.to);
        phrase.start = at;
        return Some((phrase, "said X"));
    }
    let phrase = left(scene, at)?;
    if ["we", "i", "you", "us", "there"].iter().any(|word| scene.is_word(phrase.to - 1, word))
        && scene.tokens[phrase.to - 1].is(Classes::PRONOUN)
    {
        return None;
    }
    let whole = strong && (scene.tokens[phrase.from].is(Classes::DETERMINER) || scene.tokens[phrase.from].capital);
    let counted = (phrase.from + 1..phrase.to).any(|at| scene.tokens[at].kind == Kind::Number);
    ((is_source(scene, phrase) || whole) && !counted)
        .then_some((phrase, if phrase.role.is_some() { "subject with aside" } else { "subject" }))
}

/// Whether nothing but an end, an aside or a time follows an inverted subject.
fn inverts(scene: Scene<'_>, to: usize) -> bool {
    scene.token(to).is_none_or(|token| {
        token.kind != Kind::Word
            || token.is(Classes::TIME
                .or(Classes::PREPOSITION)
                .or(Classes::RELATIVE)
                .or(Classes::ADVERB)
                .or(Classes::CONTRAST))
    })
}

/// The antecedent of "who" and "which".
fn left_of(scene: Scene<'_>, end: usize) -> Option<Phrase> {
    // the same walk as for a subject, without auxiliaries to step over
    left(Scene { to: end.max(scene.from), ..scene }, end)
}

/// The object of citing: a phrase, with a name set off after a role: "the deputy chief, Ana Lund, as saying".
fn object(scene: Scene<'_>, start: usize) -> Option<Phrase> {
    let phrase = right(scene, start)?;
    if !is_source(scene, phrase) && !scene.tokens[phrase.from].is(Classes::DETERMINER) {
        return None;
    }
    let comma = scene.token(phrase.to).is_some_and(super::token::Token::is_comma);
    if comma
        && let Some(name) = right(scene, phrase.to + 1)
        && super::noun::personal_name(scene, name.from, name.to)
        && scene.token(name.to).is_some_and(|token| token.is_comma() || token.is(Classes::PREPOSITION))
    {
        return Some(Phrase { from: name.from, to: name.to, role: Some((phrase.from, phrase.to)), start: phrase.from });
    }
    Some(apposed(scene, phrase))
}

/// The listener, where it is one who passes things on.
fn relay(scene: Scene<'_>, listener: Phrase, cue: Span) -> Option<Party> {
    let first = scene.tokens[listener.from];
    let only_listens = (listener.from..listener.to).any(|at| {
        let token = scene.tokens[at];
        token.is(Classes::LISTENER) && (!token.capital || token.is(Classes::AGENCY))
            || token.is(Classes::PRONOUN) && !token.capital
    });
    let mut heard = party(scene, listener, cue);
    let known = (listener.from..listener.to).any(|at| scene.tokens[at].is(super::lexicon::SOURCE_NOUNS));
    let named = scene.tokens[listener.from..listener.to].iter().any(|token| token.capital);
    if heard.kind == SourceKind::Agency && !known && named {
        heard.kind = SourceKind::Outlet;
    }
    let media = heard.kind == SourceKind::Outlet;
    if (scene.is_word(listener.from, "a") || only_listens) && !media {
        return None;
    }
    let titled = first.is(Classes::TITLE);
    match heard.kind {
        SourceKind::Outlet => Some(heard),
        SourceKind::Agency if known || named => Some(heard),
        SourceKind::Person if !titled && scene.tokens[listener.from..listener.to].iter().any(|token| token.capital) => {
            heard.kind = SourceKind::Outlet;
            Some(heard)
        }
        _ => None,
    }
}

/// Ties "citing Y" to the attribution whose subject it speaks of.
fn attach(scene: Scene<'_>, quantities: &[Quantity], cited: Cited, found: &mut Vec<Attribution>) {
    let before = cited.at.checked_sub(1).and_then(|at| scene.token(at));
    // "a news report citing officials": a noun right before it
    if let Some(noun) =
        before.filter(|token| token.kind == Kind::Word && !token.is(Classes::VERB) || token.is(Classes::DOCUMENT))
        && let Some(phrase) = left(scene, cited.at)
        && is_source(scene, phrase)
        && !noun.is(Classes::TIME)
        && !found.iter().any(|attribution| (attribution.from..attribution.to).contains(&(cited.at - 1)))
    {
        let cue = Span { start: scene.tokens[cited.at].start, end: scene.tokens[cited.at].end };
        let mut named = parties(scene, phrase, cue);
        let speaker = named.len().saturating_sub(1);
        named.extend(cited.parties);
        // a verb after it has the same subject: "the paper citing officials said"
        let verb = found.iter_mut().find(|attribution| attribution.cue > cited.at && attribution.from <= phrase.from);
        if let Some(verb) = verb {
            verb.parties = named;
            return;
        }
        let to = past_saying(scene, cited.to);
        found.push(Attribution {
            parties: named,
            speaker,
            from: phrase.from,
            cue: cited.at,
            to,
            reach: Reach::Forward,
            denies: false,
            rule: "X citing Y",
        });
        return;
    }
    // "X, citing Y, said": the subject of the next verb stands before
    let around = found.iter().position(|attribution| {
        attribution.from < cited.at && attribution.cue > cited.at && attribution.rule != "according to"
    });
    let prior = found.iter().rposition(|attribution| attribution.cue < cited.at);
    let next = found.iter().position(|attribution| attribution.from >= cited.to);
    let leading = !quantities.iter().any(|quantity| quantity.from < cited.at) && prior.is_none();
    let home = around.or(if leading { next } else { prior.or(next) });
    if let Some(home) = home {
        let attribution = &mut found[home];
        for party in &mut attribution.parties {
            // Whoever cites is a medium, unless it is known to be something else.
            if party.kind == SourceKind::Person && looks_like_outlet(scene, party) {
                party.kind = SourceKind::Outlet;
            }
        }
        let place = (attribution.speaker + 1).min(attribution.parties.len());
        attribution.parties.splice(place..place, cited.parties);
        attribution.to =
            if home == prior.unwrap_or(usize::MAX) { attribution.to } else { attribution.to.max(attribution.cue + 1) };
    } else {
        let reach =
            if quantities.iter().any(|quantity| quantity.to <= cited.at) { Reach::Backward } else { Reach::Forward };
        found.push(Attribution {
            parties: cited.parties,
            speaker: 0,
            from: cited.at,
            cue: cited.at,
            to: cited.to,
            reach,
            denies: false,
            rule: "citing",
        });
    }
}

/// A name with a word that no person has.
fn looks_like_outlet(scene: Scene<'_>, party: &Party) -> bool {
    let name = party.name.of(scene.text);
    name.split_whitespace().count() > 1 && party.surface == party.name || name.starts_with("the ")
}

/// Over "as saying that".
fn past_saying(scene: Scene<'_>, to: usize) -> usize {
    let mut at = to;
    while scene.is_word(at, "as") || AS_SOURCE.iter().any(|word| scene.is_word(at, word)) {
        at += 1;
    }
    at
}

/// Which way an attribution reaches, by where the quantities of its clause stand.
fn reach(scene: Scene<'_>, quantities: &[Quantity], attribution: &Attribution) -> Reach {
    let clause_end = strong_boundary_after(scene, attribution.to);
    let clause_start = strong_boundary_before(scene, attribution.from);
    let right = quantities.iter().any(|q| q.from >= attribution.to && q.from < clause_end);
    let left = quantities.iter().any(|q| q.to <= attribution.from && q.from >= clause_start);
    let before = attribution.from.checked_sub(1).and_then(|at| scene.token(at));
    let after_pause =
        before.is_some_and(|token| token.is_comma() || token.is_quote() || token.is_dash() || token.is_mark(')'));
    let pauses = scene.token(attribution.to).is_some_and(|token| token.is_comma() || token.is_quote());
    let is_preposition = matches!(attribution.rule, "according to" | "preposition");
    if attribution.rule == "said X" {
        return if right && pauses { Reach::Both } else { Reach::Backward };
    }
    match (left, right) {
        (true, false) if after_pause || is_preposition => Reach::Backward,
        (true, true) if is_preposition => Reach::Backward,
        (true, true) if after_pause && pauses => Reach::Backward,
        _ => Reach::Forward,
    }
}

/// The next place after which another speaker may begin: a semicolon, or a contrast.
pub(super) fn strong_boundary_after(scene: Scene<'_>, from: usize) -> usize {
    (from..scene.to).find(|&at| is_boundary(scene, at)).unwrap_or(scene.to)
}

/// The last such place before; the start of the sentence where there is none.
pub(super) fn strong_boundary_before(scene: Scene<'_>, to: usize) -> usize {
    (scene.from..to).rev().find(|&at| is_boundary(scene, at)).unwrap_or(scene.from)
}

fn is_boundary(scene: Scene<'_>, at: usize) -> bool {
    let token = scene.tokens[at];
    let before = at.checked_sub(1).and_then(|at| scene.token(at));
    let paused = before.is_some_and(|token| token.is_comma() || token.is_quote() || token.is_dash());
    token.is_mark(';')
        || token.is(Classes::CONTRAST)
            && (paused || scene.is_word(at, "while") || scene.is_word(at, "but") || scene.is_word(at, "whereas"))
}
