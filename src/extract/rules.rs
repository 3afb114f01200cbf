//! The rule grammar: the default extractor.

use std::ops::Range;

use super::claim::{Bounded, Claim, Extraction, Mark, MarkKind, Party, Span, Standing};
use super::exclude::{Around, excluded};
use super::frame::{Attribution, LABEL, OWNED, Reach, TRACE, attributions, without_medium};
use super::language::is_english;
use super::lexicon::{Classes, Event, Lexicon, TRACED};
use super::memory::{Memory, stands_for};
use super::noun::{Scene, right};
use super::quantity::{Quantity, quantities};
use super::scope::chain;
use super::sentence::{ENOUGH, Sentence, Splitter};
use super::source::parties;
use super::token::{Gap, Kind, Token, Tokenizer};
use super::unit::{Counted, counted, event, number_of};
use super::{Document, ExtractError, Extractor, status};
use crate::model::{SourceKind, fold_name};

/// Reads claims by rules: a grammar of quantities, a lexicon of cues with frames, and a memory of
/// whom the passage has named. Needs no model. Linear in the length of the text.
#[derive(Debug)]
pub struct RuleExtractor {
    lexicon: Lexicon,
}

impl Default for RuleExtractor {
    fn default() -> Self {
        Self::new()
    }
}

impl RuleExtractor {
    /// The grammar with its tables.
    #[must_use]
    pub fn new() -> RuleExtractor {
        RuleExtractor { lexicon: Lexicon::new() }
    }
}

impl Extractor for RuleExtractor {
    fn extract(&mut self, document: &Document) -> Result<Extraction, ExtractError> {
        Ok(read(&self.lexicon, document.text(), document.publisher()))
    }
}

/// Claims of a text that a publisher printed. The text is cut as it is read: no more than a stretch
/// of it stands in tokens at a time.
fn read(lexicon: &Lexicon, text: &str, publisher: &str) -> Extraction {
    let mut rest = Tokenizer::new(text, lexicon);
    let mut tokens: Vec<Token> = rest.by_ref().take(STRETCH).collect();
    let remark = if tokens.is_empty() {
        Some("the text is empty")
    } else {
        (!is_english(text, &tokens))
            .then_some("this does not read as English, the one language that is read: nothing was taken from it")
    };
    if let Some(remark) = remark {
        return Extraction { remarks: vec![remark.to_owned()], ..Extraction::default() };
    }
    let mut passage = Passage {
        lexicon,
        text,
        publisher: fold_name(publisher),
        memory: Memory::default(),
        found: Extraction::default(),
        last: 0..0,
        voice: Vec::new(),
        speech: Vec::new(),
        pending: None,
        turn: None,
    };
    let mut splitter = Splitter::new();
    let mut from = 0;
    loop {
        if tokens.len() - from < ENOUGH {
            let done = from.saturating_sub(BEHIND);
            tokens.drain(..done);
            from -= done;
            tokens.extend(rest.by_ref().take(STRETCH));
        }
        let Some(sentence) = splitter.next(&tokens, from) else { break };
        from = sentence.to;
        passage.sentence(&tokens, sentence);
    }
    let mut found = passage.found;
    for claim in &mut found.claims {
        claim.rules.dedup();
    }
    found
}

/// How many tokens are cut at a time, and looked at for the language of the text.
const STRETCH: usize = 20_000;

/// How many claims back a later sentence may add to.
const RECENT: usize = 40;

/// How many tokens before a sentence are kept.
const BEHIND: usize = 16;

/// A passage while it is read.
struct Passage<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    publisher: String,
    memory: Memory,
    found: Extraction,
    /// claims of the sentence before
    last: Range<usize>,
    /// who speaks in the sentence before, where it counted nothing
    voice: Vec<Party>,
    /// who speaks in the quotation that is open
    speech: Vec<Party>,
    /// first claim of a quotation whose speaker is still to come
    pending: Option<usize>,
    /// who speaks in the line of a transcript
    turn: Option<Party>,
}

impl Passage<'_> {
    fn sentence(&mut self, tokens: &[Token], sentence: Sentence) {
        let scene = Scene { text: self.text, tokens, from: sentence.from, to: sentence.to };
        if sentence.begins_paragraph && !sentence.opens_quoted {
            self.pending = None;
        }
        let all = quantities(self.text, tokens, sentence);
        let around = Around { text: self.text, tokens, sentence };
        let mut kept = Vec::with_capacity(all.len());
        for quantity in all {
            match excluded(&around, &quantity) {
                Some(why) => self.leave_out(quantity.figure.span, why),
                None => kept.push(quantity),
            }
        }
        let mut found = attributions(scene, &kept, self.lexicon);
        // A number that counts the sources themselves is no claim.
        let counts_sources = |quantity: &Quantity, found: &[Attribution]| {
            let within = |party: &Party| {
                party.surface.start <= quantity.figure.span.start && quantity.figure.span.end <= party.surface.end
            };
            found.iter().flat_map(|attribution| &attribution.parties).any(within)
        };
        for quantity in kept.iter().filter(|quantity| counts_sources(quantity, &found)) {
            self.leave_out(quantity.figure.span, "number of sources");
        }
        kept.retain(|quantity| !counts_sources(quantity, &found));
        self.resolve(scene, &mut found);
        self.unname(scene, &mut found);
        self.turn(scene, &mut found);
        self.trace_back(&kept, &mut found);
        self.look_back(scene, sentence, &kept, &found);
        let first = self.found.claims.len();
        for at in 0..kept.len() {
            self.claim(scene, sentence, &kept, at, &found);
        }
        self.quotation(sentence, &found, first);
        self.continuation(scene, sentence, &found, first);
        for attribution in &found {
            self.memory.keep(&attribution.parties);
        }
        self.keep_works(scene, &found);
        match found.as_slice() {
            [only] if !only.denies && first == self.found.claims.len() => self.voice.clone_from(&only.parties),
            [] if !sentence.begins_paragraph && first == self.found.claims.len() => {}
            _ => self.voice.clear(),
        }
        if first < self.found.claims.len() {
            self.last = first..self.found.claims.len();
        } else if sentence.begins_paragraph && self.found.claims.is_empty() {
            self.last = 0..0;
        }
    }

    /// Keeps "a report by the Harbour Institute" in mind, for the sentence that goes on with "the report".
    fn keep_works(&mut self, scene: Scene<'_>, found: &[Attribution]) {
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

    /// In a transcript everything up to the next line is said by whoever its label names.
    fn turn(&mut self, scene: Scene<'_>, found: &mut [Attribution]) {
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

    fn leave_out(&mut self, span: Span, why: &'static str) {
        self.found.left_out.push(Mark { span, kind: MarkKind::NoClaim, why });
    }

    /// Puts names for pronouns and definite nouns, with those outside of them.
    fn resolve(&self, scene: Scene<'_>, found: &mut [Attribution]) {
        for at in 0..found.len() {
            let (earlier, rest) = found.split_at_mut(at);
            let Some(attribution) = rest.first_mut() else { continue };
            let (mut outer, mut inner) = (Vec::new(), Vec::new());
            let count = attribution.parties.len();
            for (index, party) in attribution.parties.iter_mut().enumerate() {
                // "Amnesty, which said that it …": within the sentence first
                let near = earlier
                    .iter()
                    .rev()
                    .find(|other| other.parties.iter().any(|known| fits_pronoun(scene, party, known)));
                if let Some(known) =
                    near.and_then(|other| other.parties.iter().find(|known| fits_pronoun(scene, party, known)))
                {
                    party.name = known.name;
                    party.kind = known.kind;
                    continue;
                }
                let beyond = self.memory.resolve(self.text, party);
                if index == 0 {
                    outer = beyond.0;
                }
                if index + 1 == count {
                    inner = beyond.1;
                }
            }
            // "told the newspaper", which nobody named: the one that prints this
            let listens = |party: &Party| {
                let words = party.surface.of(scene.text);
                party.kind == SourceKind::Outlet
                    && ["the newspaper", "this newspaper", "the paper", "the website", "the magazine"]
                        .iter()
                        .any(|own| words.eq_ignore_ascii_case(own))
            };
            if attribution.speaker > 0 && attribution.parties.first().is_some_and(listens) && outer.is_empty() {
                let party = &attribution.parties[0];
                if party.name.of(scene.text).len() <= party.surface.of(scene.text).len()
                    && party.surface.start <= party.name.start
                    && party.name.end <= party.surface.end
                {
                    attribution.parties.remove(0);
                    attribution.speaker -= 1;
                }
            }
            inner.retain(|inner| !attribution.parties.iter().any(|party| party.name == inner.name));
            attribution.parties.extend(inner);
            outer.retain(|outer| !attribution.parties.iter().any(|party| party.name == outer.name));
            attribution.speaker += outer.len();
            attribution.parties.splice(0..0, outer);
            let publisher = &self.publisher;
            attribution
                .parties
                .retain(|party| publisher.is_empty() || !is_self(publisher, &fold_name(party.name.of(scene.text))));
        }
    }

    /// "who asked not to be named": whoever is spoken of is anonymous, in this sentence or before it.
    fn unname(&mut self, scene: Scene<'_>, found: &mut [Attribution]) {
        let Some((place, _)) = status::unnamed(scene) else { return };
        let offset = scene.tokens[place].start;
        let text = self.text;
        let speaks = |party: &Party| {
            let one = ["a ", "an ", "one "].iter().any(|first| {
                party.surface.of(text).get(..first.len()).is_some_and(|head| head.eq_ignore_ascii_case(first))
            });
            one || matches!(party.kind, SourceKind::Official | SourceKind::Person | SourceKind::Anonymous)
        };
        let mut nearest: Option<&mut Party> = None;
        for attribution in found.iter_mut() {
            for party in attribution.parties.iter_mut().filter(|party| speaks(party)) {
                let distance = |party: &Party| {
                    party.surface.start.abs_diff(offset) + if party.surface.start > offset { 40 } else { 0 }
                };
                if nearest.as_ref().is_none_or(|known| distance(party) <= distance(known)) {
                    nearest = Some(party);
                }
            }
        }
        let name = if let Some(party) = nearest {
            party.kind = SourceKind::Anonymous;
            Some(party.name)
        } else {
            let noun = (scene.from..place)
                .rev()
                .find(|&at| scene.tokens[at].is(Classes::OFFICIAL.or(Classes::PERSON).or(Classes::ANONYMOUS)));
            noun.and_then(|at| self.memory.latest_with_noun(self.text, scene.word(at)))
        };
        let Some(name) = name else { return };
        for party in
            found.iter_mut().flat_map(|attribution| &mut attribution.parties).filter(|party| party.name == name)
        {
            party.kind = SourceKind::Anonymous;
        }
        self.memory.unname(name);
        let recent = self.found.claims.len().saturating_sub(RECENT);
        for claim in &mut self.found.claims[recent..] {
            for party in claim.chain.iter_mut().filter(|party| party.name == name) {
                party.kind = SourceKind::Anonymous;
            }
        }
    }

    /// What a sentence says of the claims before it: where they come from, who denies them.
    fn look_back(&mut self, scene: Scene<'_>, sentence: Sentence, kept: &[Quantity], found: &[Attribution]) {
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
    fn trace_back(&mut self, kept: &[Quantity], found: &mut [Attribution]) {
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
    fn byline(&mut self, scene: Scene<'_>, sentence: Sentence, kept: &[Quantity], last: &Range<usize>) {
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
    fn traced(&mut self, scene: Scene<'_>, last: &Range<usize>) {
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

    fn claim(&mut self, scene: Scene<'_>, sentence: Sentence, kept: &[Quantity], at: usize, found: &[Attribution]) {
        let quantity = &kept[at];
        let what = event(self.text, scene.tokens, sentence, kept, at, self.lexicon);
        let counted = counted(self.text, scene.tokens, sentence, quantity)
            .unwrap_or_else(|| self.uncounted(scene, kept, at, what));
        if is_small_thing(scene, quantity, &counted, what) && !is_listed(scene, kept, at) {
            self.leave_out(quantity.figure.span, "a few things in passing");
            return;
        }
        let order = chain(scene, kept, found, quantity);
        let (from, to) = status::clause(scene, kept, at);
        let mut rules: Vec<&'static str> = vec![quantity.figure.bound.name()];
        let mut parties: Vec<Party> = Vec::new();
        let mut disputed_by: Vec<Party> = Vec::new();
        for &index in &order {
            let attribution = &found[index];
            rules.push(attribution.rule);
            if attribution.denies {
                // Everyone outside of a denial denies; the figure has its own source.
                disputed_by = std::mem::take(&mut parties);
                disputed_by.extend(attribution.parties.iter().cloned());
                continue;
            }
            add(self.text, &mut parties, &attribution.parties);
        }
        let mut standing = status::standing(scene, quantity, from, to);
        // "… though a spokesman denied this"
        let later =
            found.iter().enumerate().find(|(_, attribution)| attribution.denies && attribution.from >= quantity.to);
        if let Some((index, denial)) = later
            && disputed_by.is_empty()
            && !kept.iter().any(|other| other.from >= denial.to)
            && !order.contains(&index)
        {
            disputed_by.clone_from(&denial.parties);
            standing = Standing::Disputed;
            rules.push("denied in the same sentence");
        }
        if disputed_by.is_empty()
            && let Some((place, _)) = status::denial(scene, quantity.to, scene.to.min(quantity.to + 25))
            && order.iter().any(|&index| found[index].reach != Reach::Backward)
            && !parties.is_empty()
            && (quantity.to..place).any(|at| ["is", "was", "were", "are", "as"].iter().any(|be| scene.is_word(at, be)))
        {
            disputed_by = std::mem::take(&mut parties);
            rules.push("said to be false");
        }
        if !disputed_by.is_empty() && standing != Standing::Disputed {
            standing = Standing::Disputed;
            if parties.is_empty()
                && let Some(owner) = report_owner(scene, found, &order, quantity)
            {
                self.memory.keep(std::slice::from_ref(&owner));
                parties.push(owner);
            }
        }
        let hedges = status::hedges(scene, from, to);
        self.found.claims.push(Claim {
            figure: quantity.figure.clone(),
            unit: counted.unit,
            event: what,
            subject: counted.subject,
            chain: parties,
            hedges,
            standing,
            disputed_by,
            rules,
        });
    }

    /// What a number without a noun counts: what the one before it counted, else people.
    fn uncounted(&self, scene: Scene<'_>, kept: &[Quantity], at: usize, what: Event) -> Counted {
        if let Some(counted) = number_of(self.text, scene.tokens, scene.from, kept[at].from) {
            return counted;
        }
        let subject = kept[at].figure.span;
        let measured = |claim: &&Claim| super::lexicon::MEASURES.iter().any(|measure| measure.name == claim.unit);
        let prior = self.found.claims.iter().rev().take(3).find(|claim| !measured(claim)).filter(|claim| {
            !matches!(claim.unit.as_str(), "percent" | "magnitude")
                && claim.unit.chars().next().is_some_and(char::is_lowercase)
        });
        let same_sentence = prior.is_some_and(|claim| claim.figure.span.start >= scene.tokens[scene.from].start);
        let same_event = prior.is_some_and(|claim| claim.event == what);
        let people = what.of_people();
        let armed = what.of_people()
            && (scene.from..scene.to).any(|at| {
                ["troops", "soldiers", "servicemen", "soldier", "servicemembers"]
                    .iter()
                    .any(|word| scene.is_word(at, word))
            });
        let unit = match prior {
            _ if armed => "soldier".to_owned(),
            Some(claim) if people && claim.unit == "soldier" => claim.unit.clone(),
            Some(claim)
                if people
                    && !claim.event.of_people()
                    && claim.event != Event::Other
                    && claim.event != Event::Deployed =>
            {
                "person".to_owned()
            }
            Some(claim) if same_sentence || same_event || !people => claim.unit.clone(),
            _ => "person".to_owned(),
        };
        Counted { unit, subject }
    }

    /// A sentence that names no source goes on with the one before it, where that had a single source
    /// and nothing says that another matter begins: "Of those, 30 were children".
    fn continuation(&mut self, scene: Scene<'_>, sentence: Sentence, found: &[Attribution], first: usize) {
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
    fn quotation(&mut self, sentence: Sentence, found: &[Attribution], first: usize) {
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

/// Adds parties to a chain, those that stand there already left out.
fn add(text: &str, chain: &mut Vec<Party>, parties: &[Party]) {
    for party in parties {
        let same = |known: &Party| {
            known.name == party.name || fold_name(known.name.of(text)) == fold_name(party.name.of(text))
        };
        if !chain.iter().any(same) {
            chain.push(party.clone());
        }
    }
}

/// Whether a folded name is the publisher's, or "the Harbour Daily's newsroom".
fn is_self(publisher: &str, name: &str) -> bool {
    let own_part = name.strip_prefix(publisher).is_some_and(|rest| rest.starts_with("'s ") || rest.starts_with("’s "));
    // "the Mail" of the Daily Mail; "Palo News Agency" of the PNA
    let end = publisher.strip_suffix(name).is_some_and(|head| head.ends_with(' '));
    let initials = name.split(' ').filter_map(|word| word.chars().next()).collect::<String>();
    publisher.starts_with(name) || own_part || end || initials.len() > 1 && initials == publisher
}

/// Whether a pronoun may stand for a party of the same sentence.
fn fits_pronoun(scene: Scene<'_>, pronoun: &Party, known: &Party) -> bool {
    let word = pronoun.surface.of(scene.text).to_ascii_lowercase();
    let kinds: &[SourceKind] = match word.as_str() {
        "it" => &[SourceKind::Agency, SourceKind::Outlet, SourceKind::Document],
        "he" | "she" => &[SourceKind::Official, SourceKind::Person, SourceKind::Anonymous],
        "they" => &[SourceKind::Official, SourceKind::Person, SourceKind::Anonymous, SourceKind::Agency],
        // "… the group said": a body of the same sentence
        noun => {
            let body = matches!(known.kind, SourceKind::Agency | SourceKind::Outlet);
            return body && known.surface != pronoun.surface && stands_for(noun, known.kind);
        }
    };
    kinds.contains(&known.kind) && known.surface != pronoun.surface
}

/// Small numbers of things that nothing happens to: "two boats", "three weeks".
fn is_small_thing(scene: Scene<'_>, quantity: &Quantity, counted: &Counted, what: Event) -> bool {
    let figure = &quantity.figure;
    let small = figure.bound == Bounded::Exact
        && figure.low.is_some_and(|value| value < 10.0)
        && quantity.from == quantity.number;
    let word = scene.tokens[quantity.number].kind == Kind::Word;
    let vague = figure.bound == Bounded::Unquantified
        && ["several", "few", "a few"].iter().any(|word| figure.span.of(scene.text).eq_ignore_ascii_case(word));
    let people = scene.tokens.get(quantity.to).is_some_and(|token| token.is(Classes::PEOPLE));
    let thing = !people && counted.unit != "percent" && quantity.currency.is_none();
    (small && word || vague)
        && thing
        && (what == Event::Other || vague || !what.of_people() && what != Event::Destroyed && what != Event::Hit)
        || vague && what == Event::Other
        || small && word && people && what == Event::Other
}

/// Whether a quantity stands in a list of quantities: "lost 40 men, eight tanks and two guns".
fn is_listed(scene: Scene<'_>, kept: &[Quantity], at: usize) -> bool {
    let joined = |first: &Quantity, second: &Quantity| {
        let between = first.to.min(second.from)..second.from;
        let ends = second.from.checked_sub(1).map(|at| scene.tokens[at]);
        between.len() <= 8
            && ends.is_some_and(|token| token.is_comma() || token.is(Classes::AND))
            && between.clone().all(|at| {
                let token = scene.tokens[at];
                token.is_comma()
                    || token.kind == Kind::Word
                        && !token.is(Classes::CLAUSE.or(Classes::RELATIVE).or(Classes::CUE).or(Classes::AUXILIARY))
            })
    };
    let before = at.checked_sub(1).is_some_and(|before| joined(&kept[before], &kept[at]));
    before || kept.get(at + 1).is_some_and(|next| joined(&kept[at], next))
}

/// The outlet of "the Palo Post report of 1,500 deaths", between a denial and the figure.
fn report_owner(scene: Scene<'_>, found: &[Attribution], order: &[usize], quantity: &Quantity) -> Option<Party> {
    let from = order.iter().map(|&index| found[index].to).filter(|&to| to <= quantity.from).max()?;
    let at = (from..quantity.from).find(|&at| scene.tokens[at].is(Classes::DOCUMENT))?;
    let start = (from..at)
        .rev()
        .take_while(|&at| {
            scene.tokens[at].kind == Kind::Word
                && !scene.tokens[at].is(Classes::PREPOSITION.or(Classes::CLAUSE).or(Classes::VERB))
        })
        .last()
        .unwrap_or(at);
    let phrase = right(Scene { to: quantity.from, ..scene }, start)?;
    let cue = Span { start: scene.tokens[at].start, end: scene.tokens[at].end };
    let mut owner = parties(scene, phrase, cue).into_iter().next_back()?;
    let named = owner.name.of(scene.text).starts_with(char::is_uppercase)
        || scene.tokens[phrase.from..phrase.to].iter().any(|token| token.capital);
    // "a report by Sky": whoever reports is a medium
    if owner.kind == SourceKind::Person && named && owner.surface != owner.name
        || owner.kind == SourceKind::Person && named && scene.is_word(phrase.to, "by")
    {
        owner.kind = SourceKind::Outlet;
    }
    let unnamed = scene.is_word(at, "reports") && owner.kind == SourceKind::Document;
    (owner.kind == SourceKind::Outlet || named || unnamed).then_some(owner)
}
