//! Hollow confirmation: what is presented as confirmed by several, and rests on one.

use super::build::{ClaimGraph, Node};
use super::origins::OriginId;
use crate::model::ClaimId;

/// A confirmation that adds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hollow {
    /// the claim
    pub claim: ClaimId,
    /// the one origin that it rests on
    pub origin: OriginId,
    /// what presents it as confirmed
    pub why: HollowReason,
}

/// What presents a claim as confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HollowReason {
    /// its credibility is given as 1, "confirmed by other sources"
    Credibility,
    /// it credits several parties side by side
    SideBySide,
}

impl HollowReason {
    /// The reason in a few words.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            HollowReason::Credibility => "given as confirmed (credibility 1), and all chains end at one origin",
            HollowReason::SideBySide => "several parties are credited side by side, and all chains end at one origin",
        }
    }
}

impl ClaimGraph<'_> {
    /// Claims that are presented as confirmed and whose chains all end at one origin, in order of claim.
    /// A claim that is its own origin and credits nobody is not presented as confirmed by its chain.
    #[must_use]
    pub fn hollow(&self) -> Vec<Hollow> {
        self.figures().filter_map(|claim| self.hollow_claim(claim)).collect()
    }

    /// Whether one claim is presented as confirmed and rests on one origin.
    #[must_use]
    pub fn hollow_claim(&self, claim: ClaimId) -> Option<Hollow> {
        let node = self.node(claim)?;
        let [origin] = *self.origins_of(node) else { return None };
        let why = if self.case.claims.credibility.get(claim.index()) == 1 {
            HollowReason::Credibility
        } else if self.credits_several(claim) {
            HollowReason::SideBySide
        } else {
            return None;
        };
        Some(Hollow { claim, origin, why })
    }

    /// Whether a claim repeats claims of several publishers, or its text credits several side by side.
    fn credits_several(&self, claim: ClaimId) -> bool {
        let Some(node) = self.node(claim) else { return false };
        let claims = &self.case.claims;
        let mut cited = self
            .graph
            .neighbors(node)
            .filter(|&next| matches!(self.graph[next], Node::Claim(_)) && !self.is_silent(next))
            .map(|next| self.speaker(next));
        let has_several = cited.next().is_some_and(|first| cited.any(|other| other != first));
        let via = claims.via.get(claim.index());
        let side_by_side = claims.cites.get(claim.index()).is_empty()
            && via.windows(2).any(|pair| pair[1].beside && pair[0].party != pair[1].party);
        has_several || side_by_side
    }
}
