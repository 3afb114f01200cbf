//! What a sentence says of the claims around it: where they come from, who denies them, who goes on speaking.

use std::ops::Range;

use super::claim::{Party, Span, Standing};
use super::frame::{Attribution, LABEL, OWNED, Reach, TRACE, without_medium};
use super::lexicon::{Classes, TRACED};
use super::noun::{Scene, right};
use super::passage::{Passage, RECENT};
use super::quantity::Quantity;
use super::sentence::Sentence;
use super::source::parties;
use super::token::Gap;
use crate::model::SourceKind;

impl Passage<'_> {
    /// In a transcript everything up to the next line is said by whoever its label names.
    pub(super) fn turn(&mut self, scene: Scene<'_>, found: &mut [Attribution]) {
        if scene.tokens[scene.from].gap >= Gap::Line {
            self.turn = None;
        }
        if let Some(label) = found.iter().find(|attribution| attribution.rule == LABEL) {
            self.turn = label.parties.first().cloned();
            return;
        }
        let Some(speaker) = &self.turn else { return };
        for attribution in found.iter_mut().filter(|attribution| !attribution.denies) {
            if !attribution.parties.iter().any(|party| party.name == speaker.name) {
                attribution.parties.insert(0, Party { inherited: true, ..speaker.clone() });
                attribution.speaker += 1;
            }
        }
    }

    /// Keeps "a report by the Harbour Institute" in mind, for the sentence that goes on with "the report".
    pub(super) fn keep_works(&mut self, scene: Scene<'_>, found: &[Attribution]) {
        for at in scene.from + 1..scene.to.saturating_sub(2) {
            let work = scene.tokens[at].is(Classes::DOCUMENT)
                && scene.tokens[at - 1].is(Classes::INDEFINITE)
                && scene.is_word(at + 1, "by");
            if !work || found.iter().any(|attribution| (attribution.from..attribution.to).contains(&at)) {
                continue;
            }
            let cue = Span { start: scene.tokens[at + 1].start, end: scene.tokens[at + 1].end };
            let named = right(scene, at).map(|phrase| parties(scene, phrase, cue)).unwrap_or_default();
            if named.len() > 1 {
                self.memory.keep(&named);
            }
        }
    }

    /// What a sentence says of the claims before it: where they come from, who denies them.
    pub(super) fn look_back(&mut self, scene: Scene<'_>, sentence: Sentence, kept: &[Quantity], found: &[Attribution]) {
        let last = self.last.clone();
        self.traced(scene, &last);
        if last.is_empty() {
            return;
        }
        self.byline(scene, sentence, kept, &last);
        // "Citing anonymous sources, the report noted": more of the chain, where nothing is counted
        if kept.is_empty()
            && let [only] = found
            && only.parties.len() > 1
            && !only.denies
        {
            let own_words = |end: &Party| {
                matches!(end.kind, SourceKind::Official | SourceKind::Person | SourceKind::Anonymous)
                    && scene.is_word(only.to, "as")
            };
            // the claims before with the same last link, over the sentences that go on with it
            let mark = self.found.claims[last.clone()].last().and_then(|claim| claim.chain.last()).map(|end| end.name);
            let from = self.found.claims[..last.start]
                .iter()
                .rposition(|claim| claim.chain.last().map(|end| end.name) != mark)
                .map_or(0, |at| at + 1)
                .max(last.start.saturating_sub(RECENT));
            for claim in &mut self.found.claims[from..last.end] {
                let Some(end) = claim.chain.last() else { continue };
                // "the newspaper said … The Courier quoted the officials": the paper that was meant
                let meant = |party: &Party| {
                    party.kind == SourceKind::Outlet
                        && end.kind == SourceKind::Outlet
                        && end.name.of(self.text).starts_with(char::is_lowercase)
                };
                let place = only
                    .parties
                    .iter()
                    .position(|party| party.name == end.name && party.surface != party.name || meant(party))
                    .filter(|_| !own_words(end));
                if let Some(place) = place {
                    claim.chain.extend(
                        only.parties[place + 1..].iter().map(|party| Party { inherited: true, ..party.clone() }),
                    );
                    claim.rules.push("source named in the next sentence");
                }
            }
        }
        // "The ministry dismissed the figure": a denial of what was counted before
        for (index, denial) in found.iter().enumerate().filter(|(_, attribution)| attribution.denies) {
            let end = found.get(index + 1).map_or(scene.to, |next| next.from.max(denial.to));
            let own = kept
                .iter()
                .any(|quantity| quantity.from >= denial.to && quantity.to <= end || quantity.to <= denial.from);
            let object = (denial.to..end.min(denial.to + 8)).any(|at| {
                let word = scene.word(at).to_ascii_lowercase();
                [
                    "figure",
                    "figures",
                    "report",
                    "reports",
                    "claim",
                    "claims",
                    "number",
                    "numbers",
                    "toll",
                    "estimate",
                    "it",
                    "that",
                    "this",
                    "allegation",
                    "allegations",
                    "accusation",
                    "them",
                    "account",
                ]
                .contains(&word.as_str())
            });
            if own || !object {
                continue;
            }
            for claim in &mut self.found.claims[last.clone()] {
                if claim.disputed_by.is_empty()
                    && !claim.chain.iter().any(|party| denial.parties.iter().any(|other| other.name == party.name))
                {
                    claim.standing = Standing::Disputed;
                    claim.disputed_by.clone_from(&denial.parties);
                    claim.rules.push("denied in a later sentence");
                }
            }
        }
    }

    /// "The monitors attributed the toll to army sources": the chain of the claims before goes further in.
    pub(super) fn trace_back(&mut self, kept: &[Quantity], found: &mut [Attribution]) {
        for attribution in found.iter_mut().filter(|attribution| attribution.rule == TRACE) {
            let own =
                kept.iter().any(|quantity| quantity.from > attribution.cue && quantity.from < attribution.cue + 10);
            if own {
                continue;
            }
            for claim in &mut self.found.claims[self.last.clone()] {
                for party in &attribution.parties {
                    let known = claim.chain.iter().any(|other| other.name == party.name);
                    if !known {
                        claim.chain.push(Party { inherited: true, ..party.clone() });
                    }
                }
                claim.rules.push("attributed in the next sentence");
            }
            attribution.parties.truncate(attribution.speaker + 1);
        }
    }

    /// "-- Palo News Agency" after a sentence.
    pub(super) fn byline(&mut self, scene: Scene<'_>, sentence: Sentence, kept: &[Quantity], last: &Range<usize>) {
        let dashes = (scene.from..scene.to).take_while(|&at| scene.tokens[at].is_dash()).count();
        if dashes == 0 || !kept.is_empty() || sentence.to - sentence.from > dashes + 8 {
            return;
        }
        let Some(phrase) = right(scene, scene.from + dashes) else { return };
        let cue = Span { start: scene.tokens[scene.from].start, end: scene.tokens[scene.from + dashes - 1].end };
        let named = parties(scene, phrase, cue);
        if phrase.to + 1 < scene.to || named.iter().any(|party| party.kind != SourceKind::Outlet) {
            return;
        }
        for claim in &mut self.found.claims[last.clone()] {
            claim.chain.splice(0..0, named.iter().cloned());
            claim.rules.push("byline after a dash");
        }
    }

    /// "The figure came from Z", "This was stated by Z".
    pub(super) fn traced(&mut self, scene: Scene<'_>, last: &Range<usize>) {
        const FIGURES: &[&str] = &[
            "figure",
            "figures",
            "number",
            "numbers",
            "estimate",
            "toll",
            "count",
            "data",
            "information",
            "tally",
            "this",
            "it",
            "total",
            "statistics",
            "they",
            "news",
            "breakdown",
            "details",
            "account",
            "statement",
            "that",
        ];
        let window = scene.to.min(scene.from + 12);
        let based = || {
            let at = (scene.from + 2..window)
                .find(|&at| scene.says(at, &["based", "on"]) && scene.tokens[at - 1].is_quote())?;
            ["is", "was"].iter().any(|be| scene.is_word(at - 2, be)).then_some((at, at + 2))
        };
        let Some((place, end)) = scene.find(scene.from, window, TRACED).or_else(based) else { return };
        let subject = (scene.from..place).any(|at| FIGURES.iter().any(|word| scene.is_word(at, word)));
        let Some(phrase) = right(scene, end).filter(|_| subject) else { return };
        let cue = Span { start: scene.tokens[place].start, end: scene.tokens[end - 1].end };
        let named = without_medium(scene, parties(scene, phrase, cue));
        for claim in &mut self.found.claims[last.clone()] {
            let known = claim.chain.iter().any(|party| named.iter().any(|other| other.name == party.name));
            if !known {
                claim.chain.extend(named.iter().map(|party| Party { inherited: true, ..party.clone() }));
                claim.rules.push("traced in the next sentence");
            }
        }
        self.memory.keep(&named);
    }

    /// A sentence that names no source goes on with the one before it, where that had a single source
    /// and nothing says that another matter begins: "Of those, 30 were children".
    pub(super) fn continuation(&mut self, scene: Scene<'_>, sentence: Sentence, found: &[Attribution], first: usize) {
        const GOES_ON: &[&str] =
            &["they", "these", "those", "it", "this", "another", "among", "of", "most", "he", "she"];
        const APART: &[&str] = &[
            "meanwhile",
            "however",
            "separately",
            "but",
            "earlier",
            "previously",
            "elsewhere",
            "yet",
            "although",
            "while",
        ];
        let silent = (scene.from..scene.to)
            .any(|at| scene.says(at, &["declined", "to", "comment"]) || scene.says(at, &["not", "respond"]));
        let apart = silent || APART.iter().any(|word| scene.is_word(scene.from, word));
        let quoted = scene.tokens[scene.from].is_quote() || GOES_ON.iter().any(|word| scene.is_word(scene.from, word));
        if !found.is_empty() || apart || sentence.begins_paragraph && !quoted {
            return;
        }
        let prior = &self.found.claims[self.last.clone()];
        // "They include", "Of these": the last of them alone
        let refers = ["they", "these", "those"].iter().any(|word| scene.is_word(scene.from, word))
            || ["of", "among"].iter().any(|word| scene.is_word(scene.from, word))
                && ["them", "these", "those"].iter().any(|word| scene.is_word(scene.from + 1, word));
        let prior = if refers { &prior[prior.len().saturating_sub(1)..] } else { prior };
        // whose figure it was ends with the figure
        let owned = prior.iter().any(|claim| claim.rules.contains(&OWNED));
        let single = !owned && prior.iter().all(|claim| claim.chain == prior[0].chain && claim.disputed_by.is_empty());
        // The sentence that named the source may have counted nothing.
        let source = if self.voice.is_empty() { prior.last().map(|claim| &claim.chain) } else { Some(&self.voice) };
        let Some(source) = source.filter(|_| single || !self.voice.is_empty()) else { return };
        let chain: Vec<Party> = source.iter().map(|party| Party { inherited: true, ..party.clone() }).collect();
        for claim in &mut self.found.claims[first..] {
            if claim.chain.is_empty() {
                claim.chain.clone_from(&chain);
                claim.rules.push("goes on with the source before");
            }
        }
    }

    /// Quotations over several sentences have one speaker, named before or after them.
    pub(super) fn quotation(&mut self, sentence: Sentence, found: &[Attribution], first: usize) {
        let count = self.found.claims.len();
        if sentence.opens_quoted && !self.speech.is_empty() {
            for claim in &mut self.found.claims[first..count] {
                if claim.chain.is_empty() && claim.disputed_by.is_empty() {
                    claim.chain = self.speech.iter().map(|party| Party { inherited: true, ..party.clone() }).collect();
                    claim.rules.push("goes on in a quotation");
                }
            }
        }
        if let (Some(start), Some(attribution)) =
            (self.pending, found.iter().find(|attribution| attribution.reach != Reach::Forward))
        {
            for claim in &mut self.found.claims[start.min(first)..first] {
                if claim.chain.is_empty() {
                    claim.chain =
                        attribution.parties.iter().map(|party| Party { inherited: true, ..party.clone() }).collect();
                    claim.rules.push("quotation whose speaker follows");
                }
            }
            self.pending = None;
        }
        if sentence.ends_quoted {
            if let Some(attribution) = found.last().filter(|attribution| !attribution.denies) {
                self.speech.clone_from(&attribution.parties);
            } else if !sentence.opens_quoted {
                self.speech.clear();
                self.pending = Some(first);
            }
        } else {
            self.speech.clear();
            self.pending = None;
        }
    }
}
