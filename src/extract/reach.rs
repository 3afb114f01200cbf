//! How far an attribution reaches, and to which one a source behind another belongs.

use super::claim::{Party, Span};
use super::frame::{Attribution, Cited, Reach};
use super::lexicon::{AS_SOURCE, Classes};
use super::noun::Scene;
use super::quantity::Quantity;
use super::source::{is_source, parties};
use super::subject::left;
use super::token::Kind;
use crate::model::SourceKind;

/// Ties "citing Y" to the attribution whose subject it speaks of.
pub(super) fn attach(scene: Scene<'_>, quantities: &[Quantity], cited: Cited, found: &mut Vec<Attribution>) {
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
pub(super) fn reach(scene: Scene<'_>, quantities: &[Quantity], attribution: &Attribution) -> Reach {
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
    // "…, the office said on Saturday, raising its count to 30"
    let pauses = pauses
        || after_pause && {
            let end = past_time(scene, attribution.to);
            end > attribution.to && scene.token(end).is_none_or(|token| token.is_comma() || token.is_mark('.'))
        };
    let earlier = quantities.iter().any(|q| q.to <= attribution.from);
    match (left, right) {
        (false, false) if earlier && after_pause && is_preposition => Reach::Backward,
        (true, false) if after_pause || is_preposition => Reach::Backward,
        (true, true) if is_preposition => Reach::Backward,
        (true, true) if after_pause && pauses => Reach::Backward,
        _ => Reach::Forward,
    }
}

/// Over "on Saturday", "late in the evening", "in a statement": where and when something was said.
fn past_time(scene: Scene<'_>, from: usize) -> usize {
    let mut at = from;
    while at - from < 8
        && scene.token(at).is_some_and(|token| {
            token.kind == Kind::Number && at > from
                || token.kind == Kind::Word
                    && (token.is(Classes::TIME.or(Classes::ADVERB).or(Classes::DOCUMENT).or(Classes::DETERMINER))
                        || [
                            "on",
                            "in",
                            "late",
                            "early",
                            "at",
                            "statement",
                            "post",
                            "interview",
                            "conference",
                            "briefing",
                        ]
                        .iter()
                        .any(|word| scene.is_word(at, word)))
        })
    {
        at += 1;
    }
    at
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
    // "while waiting for aid": the same clause
    let participle = scene.token(at + 1).is_some_and(|next| {
        let word = next.text(scene.text);
        word.len() > 4 && word.ends_with("ing") && !next.capital
    });
    token.is_mark(';')
        || !participle
            && token.is(Classes::CONTRAST)
            && (paused || scene.is_word(at, "while") || scene.is_word(at, "but") || scene.is_word(at, "whereas"))
}
