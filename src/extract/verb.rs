//! Verbs of saying: who says it, to whom, and how the sentence is turned round.

use super::claim::{Party, Span};
use super::frame::{Attribution, Reach, TRACE, TRACE_BACK};
use super::frame::{aside, traced_to};
use super::lexicon::{Classes, Frame, SEEN, SOURCE_NOUNS};
use super::noun::{Phrase, Scene, before_participle, is_noun_here, right};
use super::source::{apposed, is_source, parties, party};
use super::subject::{before_verb, left};
use super::token::Kind;
use crate::model::SourceKind;

/// The attribution that a verb makes.
pub(super) fn verb(scene: Scene<'_>, at: usize, frame: Frame, last: Option<&Attribution>) -> Option<Attribution> {
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
    // "revised its figure to 40": whoever does that gives the figure
    let figure = |at: usize| {
        scene.token(at).is_some_and(|token| token.is(Classes::DOCUMENT))
            || ["number", "total", "forecast"].iter().any(|word| scene.is_word(at, word))
    };
    if REVISIONS.contains(&word.as_str()) && !(at + 1..at + 6).any(figure) {
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
    let mut found = speech(scene, at, end, frame, last)?;
    if frame == Frame::Cite
        && let Some(own) = found.parties.get_mut(found.speaker).filter(|own| is_initials(scene, own, found.from, end))
    {
        own.kind = SourceKind::Outlet;
    }
    objects(scene, at, frame, &mut found)?;
    Some(found)
}

/// Who speaks by a verb.
fn speech(scene: Scene<'_>, at: usize, end: usize, frame: Frame, last: Option<&Attribution>) -> Option<Attribution> {
    let cue = Span { start: scene.tokens[at].start, end: scene.tokens[at].end };
    let mut speaker = 0;
    // "according to the Courier, which cited": whoever was named right before
    let which = last.filter(|last| {
        last.rule == "according to"
            && end > last.to
            && end - last.to <= 2
            && scene.tokens[end - 1].is(Classes::RELATIVE)
            && scene.tokens[last.to..end - 1].iter().all(|token| token.is_comma())
    });
    let (named, from, rule) = match (subject(scene, at, end, frame), which) {
        (Some((phrase, rule)), _) => {
            let mut parties =
                if is_source(scene, phrase) { parties(scene, phrase, cue) } else { vec![party(scene, phrase, cue)] };
            if let Some(outer) = seen_by(scene, phrase, cue)
                && !parties.iter().any(|party| party.name == outer.name)
            {
                parties.insert(0, outer);
            }
            speaker = parties.len() - 1;
            parties.extend(briefed_by(scene, phrase, cue));
            (parties, phrase.start, rule)
        }
        (None, Some(last)) => {
            speaker = last.parties.len().saturating_sub(1);
            (last.parties.clone(), end - 1, "who said")
        }
        // "dismissed the figure and gave its own": the same subject
        (None, None) if end > scene.from && scene.tokens[end - 1].is(Classes::AND) => {
            let last = last.filter(|last| last.cue < at && at - last.cue < 30 && last.rule != "according to")?;
            (last.parties.clone(), end - 1, "same subject")
        }
        (None, None) => return None,
    };
    let inverted = if rule == "said X" { right(scene, at + 1) } else { None };
    let to = inverted.map_or(at + 1, |phrase| phrase.to);
    let denies = frame == Frame::Deny;
    Some(Attribution { parties: named, speaker, from, cue: at, to, reach: Reach::Both, denies, rule })
}

/// Adds whom the objects of a verb name. `None` where the verb lacks the object that it needs.
fn objects(scene: Scene<'_>, at: usize, frame: Frame, found: &mut Attribution) -> Option<()> {
    let cue = Span { start: scene.tokens[at].start, end: scene.tokens[at].end };
    // "reported to the ministry that"
    let reported_to =
        frame == Frame::Say && scene.word(at).to_ascii_lowercase().starts_with("report") && scene.is_word(at + 1, "to");
    match frame {
        Frame::Tell | Frame::Say if frame == Frame::Tell || reported_to => {
            let listener = right(scene, at + 1 + usize::from(reported_to));
            let Some(listener) = listener.filter(|listener| !reported_to || is_source(scene, *listener)) else {
                return reported_to.then_some(());
            };
            let outer = relay(scene, listener, cue);
            if !reported_to || outer.is_some() {
                found.to = listener.to;
            }
            found.speaker += usize::from(outer.is_some());
            found.parties.splice(0..0, outer);
        }
        Frame::Cite => {
            if let Some((work, giver)) = quoted_work(scene, at + 1) {
                found.to = giver.to;
                found.parties.extend(parties(scene, giver, cue));
                found.parties.push(party(scene, work, cue));
            } else {
                let object = object(scene, at + 1)?;
                found.to = object.to;
                found.parties.extend(parties(scene, object, cue));
            }
        }
        Frame::Trace => {
            let relative = scene.is_word(at + 1, "to")
                && (scene.from.max(at.saturating_sub(4))..at).any(|at| scene.tokens[at].is(Classes::RELATIVE));
            let object = if relative { right(scene, at + 2) } else { traced_to(scene, at) };
            let object = object.filter(|object| is_source(scene, *object))?;
            found.parties.extend(parties(scene, object, cue));
            (found.reach, found.rule) = if relative { (Reach::Backward, TRACE_BACK) } else { (Reach::Forward, TRACE) };
        }
        _ => {}
    }
    Some(())
}

/// Verbs that give a figure where a figure is their object.
const REVISIONS: &[&str] =
    &["revised", "revises", "raised", "raises", "lowered", "lowers", "updated", "increased", "reduced", "corrected"];

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

/// Who told those who speak: "lawmakers briefed by the service".
fn briefed_by(scene: Scene<'_>, phrase: Phrase, cue: Span) -> Option<Party> {
    let (turn, _) = phrase.role?;
    let told = ["briefed", "informed", "told", "notified"].iter().any(|word| scene.is_word(turn, word));
    let giver = right(scene, turn + 2).filter(|_| told && scene.is_word(turn + 1, "by"))?;
    is_source(scene, giver).then(|| party(scene, giver, cue))
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

pub(super) fn is_be(word: &str) -> bool {
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
        "expect",
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
    // "A United Nations report says": a verb of its own follows
    let verb_next = scene.token(at + 1).is_some_and(|next| {
        next.is(Classes::CUE) && !next.is(Classes::DOCUMENT) && !next.capital && !scene.is_word(at + 1, "saying")
    });
    if BASE.contains(&word) && verb_next {
        return true;
    }
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
    // "Radio Lanta 9" ends with a number, and counts nothing
    let counted = (phrase.from + 1..phrase.to)
        .any(|at| scene.tokens[at].kind == Kind::Number && !(at + 1 == phrase.to && scene.tokens[at - 1].capital));
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
pub(super) fn object(scene: Scene<'_>, start: usize) -> Option<Phrase> {
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
pub(super) fn relay(scene: Scene<'_>, listener: Phrase, cue: Span) -> Option<Party> {
    let first = scene.tokens[listener.from];
    let only_listens = (listener.from..listener.to).any(|at| {
        let token = scene.tokens[at];
        token.is(Classes::LISTENER) && (!token.capital || token.is(Classes::AGENCY))
            || token.is(Classes::PRONOUN) && !token.capital
    });
    let any_named = scene.tokens[listener.from..listener.to].iter().any(|token| token.capital);
    let place = (listener.from..listener.to).find(|&at| scene.is_word(at, "in") || scene.is_word(at, "at"));
    let event = scene.tokens[listener.from..place.unwrap_or(listener.to)].iter().all(|token| !token.capital);
    // "told a press briefing in Oby"
    if only_listens && (!any_named || event) {
        return None;
    }
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
