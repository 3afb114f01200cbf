//! Linking a credited party to what it said itself.
//!
//! A ministry may have a thousand figures on a question, and be credited a thousand times. So what a party said is kept
//! by figure and by date, and no look-up goes over all of it.

use std::cmp::{Ordering, Reverse};

use jiff::civil;
use rustc_hash::FxHashMap;

use super::figures::{is_rounding, is_same_figure, more_telling};
use super::view::View;
use crate::model::{Case, ClaimId, Date, Estimate, Party, QuestionId, SourceId};

/// What was found when looking for a credited party's own claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkChoice {
    /// its claim, and others that would have done as well, four at most
    Claim(ClaimId, Vec<ClaimId>),
    /// it has claims on the question by that date, and none gives a number; the first by id
    OnlyUnknown(ClaimId),
    /// it has figures by that date, and none is this one; the one that counts
    OtherFigures(ClaimId),
    /// it has no claim on the question by that date
    Nothing,
}

/// Claims named beside the one that was chosen.
pub(super) const OTHERS: usize = 4;

/// Who may have said something: a source, or a house whose sources are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Speaker {
    Source(SourceId),
    House(SourceId),
}

/// An end of a relayed figure and how closely it was given, as bits, and the question that it is a share of.
type End = (u64, u64, Option<QuestionId>);

/// What the parties credited on a question said on it themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    voices: FxHashMap<Speaker, Voice>,
    has_houses: bool,
    /// figures of a speaker with an end that is an end of some relay, or was rounded to it
    near: FxHashMap<(Speaker, End), UpTo>,
    /// figures of a speaker that are some relay's figure, or were rounded to it
    same: FxHashMap<(Speaker, End, End), UpTo>,
}

/// All that a speaker said.
#[derive(Debug, Clone)]
struct Voice {
    all: UpTo,
    figures: UpTo,
    without_number: UpTo,
}

impl Said {
    /// Sorts what was said by the figures and the parties that claims pass on.
    /// Cost: claims, times the logarithm of their number; for each figure passed on, the figures of the party that were
    /// rounded to it.
    pub fn of(case: &Case, view: View, question: QuestionId) -> Said {
        let seen: Vec<ClaimId> = case.claims_of(question).filter(|&claim| view.sees(case, claim)).collect();
        let mut said = Said::default();
        if seen.iter().all(|claim| case.claims.via.get(claim.index()).is_empty()) {
            return said;
        }
        let has_owner = |source: SourceId| case.source(source).parent.is_some();
        said.has_houses = seen
            .iter()
            .any(|claim| has_owner(case.claims.publisher[claim.index()]) || credited(case, *claim).any(has_owner));
        let mut spoken = Vec::with_capacity(seen.len());
        for &claim in &seen {
            let publisher = case.claims.publisher[claim.index()];
            let house = said.has_houses.then(|| Speaker::House(case.house(publisher)));
            let (low, high) = case.claims.estimate(claim).ends();
            for speaker in [Some(Speaker::Source(publisher)), house].into_iter().flatten() {
                spoken.push((speaker, low, claim));
                if high != low {
                    spoken.push((speaker, high, claim));
                }
            }
        }
        spoken.sort_unstable_by(|a, b| (a.0.cmp(&b.0)).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        for &claim in &seen {
            for source in credited(case, claim) {
                said.sort_for(case, claim, Speaker::Source(source), &spoken);
                if said.has_houses {
                    said.sort_for(case, claim, Speaker::House(case.house(source)), &spoken);
                }
            }
        }
        said
    }

    fn sort_for(&mut self, case: &Case, claim: ClaimId, speaker: Speaker, spoken: &[(Speaker, f64, ClaimId)]) {
        let from = spoken.partition_point(|said| said.0 < speaker);
        let own = &spoken[from..from + spoken[from..].partition_point(|said| said.0 == speaker)];
        if own.is_empty() {
            return;
        }
        self.voices.entry(speaker).or_insert_with(|| Voice::of(case, own));
        let relay = case.claims.estimate(claim);
        if !relay.is_figure() {
            return;
        }
        let (low, high) = keys(&relay);
        for (key, end) in [(low, relay.ends().0), (high, relay.ends().1)] {
            self.near.entry((speaker, key)).or_insert_with(|| {
                // No less than any rounding that `is_rounding` admits; it decides.
                let reach = (0.5 * relay.granularity).max(2e-9 * end.abs());
                let from = own.partition_point(|said| said.1 < end - reach);
                let within = own[from..].iter().take_while(|said| said.1 <= end + reach);
                let fits = |claim: ClaimId, was: f64| {
                    let original = case.claims.estimate(claim);
                    original.is_figure() && original.of == relay.of && is_rounding(&relay, end, was)
                };
                UpTo::of(case, within.filter(|said| fits(said.2, said.1)).map(|said| said.2), latest)
            });
        }
        if !self.same.contains_key(&(speaker, low, high)) {
            let (a, b) = (&self.near[&(speaker, low)], &self.near[&(speaker, high)]);
            let fewer = if a.claims.len() <= b.claims.len() { a } else { b };
            let fits = |&claim: &ClaimId| is_same_figure(&relay, &case.claims.estimate(claim));
            let same = UpTo::of(case, fewer.claims.iter().copied().filter(fits), latest);
            self.same.insert((speaker, low, high), same);
        }
    }

    /// Looks for the claim of a source that another claim passes on: the same question, the same figure
    /// but for rounding, or one with an end in common, not known to be later. Of several, the same before
    /// the kin, then the latest, then the first by id. A source that has no claim on the question is looked for under its
    /// owner and what it owns, but not where the claim is made in that house itself: it would be found to repeat itself.
    ///
    /// For sources that the claim credits; for another one there is nothing.
    /// Cost: the logarithm of the number of claims of the source on the question.
    pub fn find(&self, case: &Case, claim: ClaimId, source: SourceId) -> LinkChoice {
        match self.choose(case, claim, Speaker::Source(source)) {
            LinkChoice::Nothing if self.has_houses => {
                let house = case.house(source);
                let is_own = case.house(case.claims.publisher[claim.index()]) == house;
                match self.choose(case, claim, Speaker::House(house)) {
                    found @ LinkChoice::Claim(..) if !is_own => found,
                    _ => LinkChoice::Nothing,
                }
            }
            found => found,
        }
    }

    fn choose(&self, case: &Case, claim: ClaimId, speaker: Speaker) -> LinkChoice {
        let by = case.claims.published.get(claim.index());
        let Some(voice) = self.voices.get(&speaker) else { return LinkChoice::Nothing };
        let Some(first) = voice.all.best(case, by) else { return LinkChoice::Nothing };
        let relay = case.claims.estimate(claim);
        let (low, high) = keys(&relay);
        let near = |end: End| self.near.get(&(speaker, end)).filter(|_| relay.is_figure());
        let fitting = if relay.is_figure() {
            let same = self.same.get(&(speaker, low, high)).filter(|same| same.best(case, by).is_some());
            same.map_or_else(|| [near(low), near(high)], |same| [Some(same), None])
        } else {
            [Some(&voice.without_number), None]
        };
        let fitting = fitting.into_iter().flatten();
        let best = fitting.clone().filter_map(|claims| claims.best(case, by)).max_by(|&a, &b| latest(case, a, b));
        let figure = voice.figures.best(case, by);
        match (best, figure) {
            (Some(best), _) => {
                // In order of id: with the best among them, so many of each hold the first of the others.
                let beside = fitting.flat_map(|claims| claims.beside(case, best).iter().take(OTHERS + 1));
                let mut others: Vec<ClaimId> = beside.copied().collect();
                others.sort_unstable();
                others.dedup();
                others.retain(|&other| other != best);
                others.truncate(OTHERS);
                LinkChoice::Claim(best, others)
            }
            (None, Some(figure)) => LinkChoice::OtherFigures(figure),
            (None, None) => LinkChoice::OnlyUnknown(first),
        }
    }
}

/// The sources with an id that a claim credits.
pub(super) fn credited(case: &Case, claim: ClaimId) -> impl Iterator<Item = SourceId> + '_ {
    case.claims.via.get(claim.index()).iter().filter_map(|element| match element.party {
        Party::Source(source) => Some(source),
        Party::Anonymous(_) => None,
    })
}

fn keys(relay: &Estimate) -> (End, End) {
    let key = |end: f64| (end.to_bits(), relay.granularity.to_bits(), relay.of);
    let (low, high) = relay.ends();
    (key(low), key(high))
}

/// The later of two claims is the greater, then the first by id.
fn latest(case: &Case, a: ClaimId, b: ClaimId) -> Ordering {
    let key = |claim: ClaimId| (case.claims.published.get(claim.index()), Reverse(claim));
    key(a).cmp(&key(b))
}

impl Voice {
    fn of(case: &Case, own: &[(Speaker, f64, ClaimId)]) -> Voice {
        let claims = || own.iter().map(|said| said.2);
        let is_figure = |claim: &ClaimId| case.claims.estimate(*claim).is_figure();
        Voice {
            all: UpTo::of(case, claims(), |_, a, b| b.cmp(&a)),
            figures: UpTo::of(case, claims().filter(is_figure), more_telling),
            without_number: UpTo::of(case, claims().filter(|claim| !is_figure(claim)), latest),
        }
    }
}

/// Claims in the order of the first day on which each may have been made, and the greatest up to each.
#[derive(Debug, Clone)]
struct UpTo {
    claims: Vec<ClaimId>,
    best: Vec<ClaimId>,
}

impl UpTo {
    fn of(
        case: &Case,
        claims: impl Iterator<Item = ClaimId>,
        order: impl Fn(&Case, ClaimId, ClaimId) -> Ordering,
    ) -> UpTo {
        let mut claims: Vec<ClaimId> = claims.collect();
        claims.sort_unstable_by_key(|&claim| (UpTo::day(case, claim), claim));
        claims.dedup();
        let mut best = claims.clone();
        for at in 1..best.len() {
            if order(case, best[at - 1], best[at]) == Ordering::Greater {
                best[at] = best[at - 1];
            }
        }
        UpTo { claims, best }
    }

    fn day(case: &Case, claim: ClaimId) -> Option<(civil::Date, Date)> {
        case.claims.published.get(claim.index()).map(|date| (date.first_day(), date))
    }

    /// The greatest of the claims that are not known to be later than a date.
    fn best(&self, case: &Case, by: Option<Date>) -> Option<ClaimId> {
        let is_later = |claim: ClaimId| {
            case.claims.published.get(claim.index()).zip(by).is_some_and(|(date, by)| by.surely_before(date))
        };
        self.best[..self.claims.partition_point(|&claim| !is_later(claim))].last().copied()
    }

    /// The claims of the same date as one of them, itself among them, in order of id.
    fn beside(&self, case: &Case, claim: ClaimId) -> &[ClaimId] {
        let day = UpTo::day(case, claim);
        let from = self.claims.partition_point(|&other| UpTo::day(case, other) < day);
        let to = self.claims.partition_point(|&other| UpTo::day(case, other) <= day);
        &self.claims[from..to]
    }
}
