//! Linking a credited party to what it said itself.

use std::cmp::Reverse;

use super::figures::{is_kin_figure, is_same_figure};
use super::view::View;
use crate::model::{Case, ClaimId, QuestionId, SourceId};

/// What was found when looking for a credited party's own claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkChoice {
    /// its claim, and the other claims that would have done as well
    Claim(ClaimId, Vec<ClaimId>),
    /// it has claims on the question by that date, and none gives a number
    OnlyUnknown(Vec<ClaimId>),
    /// it has figures by that date, and none is this one
    OtherFigures(Vec<ClaimId>),
    /// it has no claim on the question by that date
    Nothing,
}

/// Looks for the claim of a source that another claim passes on: the same question, the same figure
/// but for rounding, or one with an end in common, not known to be later. Of several, the same before
/// the kin, then the latest, then the first by id. A source
/// that has no claim on the question is looked for under its owner and what it owns.
/// Cost: the claims of the source on the question.
#[must_use]
pub(super) fn find_claim(
    case: &Case,
    view: View,
    claim: ClaimId,
    by_publisher: &ByPublisher,
    source: SourceId,
) -> LinkChoice {
    match choose(case, view, claim, by_publisher.of(source)) {
        LinkChoice::Nothing => match choose(case, view, claim, by_publisher.of_house(case, source)) {
            found @ LinkChoice::Claim(..) => found,
            _ => LinkChoice::Nothing,
        },
        found => found,
    }
}

fn choose(case: &Case, view: View, claim: ClaimId, claims: Vec<ClaimId>) -> LinkChoice {
    let published = case.claims.published.get(claim.index());
    let is_later = |other: ClaimId| match (published, case.claims.published.get(other.index())) {
        (Some(own), Some(other)) => own.surely_before(other),
        _ => false,
    };
    let by_then: Vec<ClaimId> =
        claims.into_iter().filter(|&other| view.sees(case, other) && !is_later(other)).collect();
    let figure = case.claims.estimate(claim);
    let kin = |&other: &ClaimId| is_kin_figure(&figure, &case.claims.estimate(other));
    let mut fitting: Vec<ClaimId> = by_then.iter().copied().filter(kin).collect();
    let is_same = |other: ClaimId| is_same_figure(&figure, &case.claims.estimate(other));
    fitting.sort_by_key(|&other| (!is_same(other), Reverse(case.claims.published.get(other.index())), other));
    match fitting.split_first() {
        Some((&best, others)) => {
            let date = case.claims.published.get(best.index());
            let as_good = others
                .iter()
                .copied()
                .filter(|&o| case.claims.published.get(o.index()) == date && is_same(o) == is_same(best))
                .collect();
            LinkChoice::Claim(best, as_good)
        }
        None if by_then.is_empty() => LinkChoice::Nothing,
        None if by_then.iter().all(|&other| !case.claims.estimate(other).is_figure()) => {
            LinkChoice::OnlyUnknown(by_then)
        }
        None => LinkChoice::OtherFigures(by_then),
    }
}

/// The claims of each publisher on one question, for look-up.
#[derive(Debug, Clone)]
pub(super) struct ByPublisher {
    claims: Vec<(SourceId, ClaimId)>,
    has_owners: bool,
}

impl ByPublisher {
    pub fn new(case: &Case, question: QuestionId) -> Self {
        let mut claims: Vec<_> = case.claims_of(question).map(|c| (case.claims.publisher[c.index()], c)).collect();
        claims.sort_unstable();
        let has_owners = claims.iter().any(|&(source, _)| case.source(source).parent.is_some());
        ByPublisher { claims, has_owners }
    }

    pub fn of(&self, source: SourceId) -> Vec<ClaimId> {
        let start = self.claims.partition_point(|&(publisher, _)| publisher < source);
        self.claims[start..]
            .iter()
            .take_while(|&&(publisher, _)| publisher == source)
            .map(|&(_, claim)| claim)
            .collect()
    }

    /// Claims of the source's owner and of those who have the source, or its owner, as theirs.
    fn of_house(&self, case: &Case, source: SourceId) -> Vec<ClaimId> {
        if !self.has_owners && case.source(source).parent.is_none() {
            return Vec::new();
        }
        let is_kin = |other: SourceId| other != source && case.is_same_house(source, other);
        self.claims.iter().filter(|&&(publisher, _)| is_kin(publisher)).map(|&(_, claim)| claim).collect()
    }
}
