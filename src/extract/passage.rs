//! A passage while it is read: sentence by sentence, quantities to claims.

use std::ops::Range;

use super::claim::{Bounded, Claim, Extraction, Mark, MarkKind, Party, Span, Standing};
use super::exclude::{Around, excluded};
use super::frame::{Attribution, Reach, attributions};
use super::lexicon::{Classes, Event, Lexicon};
use super::memory::{Memory, stands_for};
use super::noun::{Scene, right};
use super::quantity::{Quantity, quantities};
use super::scope::chain;
use super::sentence::Sentence;
use super::source::parties;
use super::status;
use super::token::{Kind, Token};
use super::unit::{Counted, counted, event, number_of};
use crate::model::{SourceKind, fold_name};

/// How many claims back a later sentence may add to.
pub(super) const RECENT: usize = 40;

/// How many claims a sentence makes at most. What has more numbers is a table or a list, and the sentence around each
/// would be looked at as often as there are any.
const FIGURES: usize = 40;

/// A passage while it is read.
pub(super) struct Passage<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a str,
    pub publisher: String,
    pub memory: Memory,
    pub found: Extraction,
    /// numbers of the present sentence that may be claims, and whether it goes on
    pub figures: usize,
    pub is_cut: bool,
    /// whether a sentence had more numbers than it makes claims
    pub is_crowded: bool,
    /// claims of the sentence before
    pub last: Range<usize>,
    /// who speaks in the sentence before, where it counted nothing
    pub voice: Vec<Party>,
    /// who speaks in the quotation that is open
    pub speech: Vec<Party>,
    /// first claim of a quotation whose speaker is still to come
    pub pending: Option<usize>,
    /// who speaks in the line of a transcript
    pub turn: Option<Party>,
}

impl Passage<'_> {
    /// Reads one sentence.
    pub fn sentence(&mut self, tokens: &[Token], sentence: Sentence) {
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
        let room = FIGURES - if self.is_cut { self.figures } else { 0 };
        if kept.len() > room {
            self.is_crowded = true;
            for quantity in kept.drain(room..) {
                self.leave_out(quantity.figure.span, "one of too many numbers in a sentence");
            }
        }
        self.figures = FIGURES - room + kept.len();
        self.is_cut = sentence.is_cut;
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
    let made = owner.surface != owner.name || scene.is_word(phrase.to, "by");
    if owner.kind == SourceKind::Person && named && made {
        owner.kind = SourceKind::Outlet;
    }
    let unnamed = scene.is_word(at, "reports") && owner.kind == SourceKind::Document;
    (owner.kind == SourceKind::Outlet || named || unnamed).then_some(owner)
}
