//! The account of a question: how many numbers there are, on whom they rest, what was left out.

use super::build::ClaimGraph;
use super::drift::Rule;
use super::standing::{LeftOut, Standing};
use crate::model::{ClaimId, Date};

/// A party on which publications rest, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// who it is
    pub name: String,
    /// whether it has a name of its own
    pub is_named: bool,
    /// publishers of used figures that rest on it
    pub publications: usize,
    /// publishers of used figures
    pub of: usize,
    /// whether every chain passes through it
    pub is_full: bool,
}

/// What stands behind a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// date as of which the number is sought
    pub sought: Option<Date>,
    /// claims on the question
    pub claims: usize,
    /// claims that give a number
    pub numbers: usize,
    /// publishers of those numbers
    pub publications: usize,
    /// origins of those numbers
    pub origins: usize,
    /// origins without a name
    pub anonymous_origins: usize,
    /// origins whose figure is evidence
    pub used_origins: usize,
    /// figures left out, with the reason
    pub left_out: Vec<(ClaimId, LeftOut)>,
    /// circles of claims
    pub circles: usize,
    /// drifts: the claim and the rule
    pub drifts: Vec<(ClaimId, &'static Rule)>,
    /// claims that are presented as confirmed and rest on one origin
    pub hollow: Vec<ClaimId>,
    /// where all chains pass, or else the origins that at least half of the publications rest on
    pub points: Vec<Point>,
}

impl ClaimGraph<'_> {
    /// The account of the question. Cost: as for the graph.
    #[must_use]
    pub fn account(&self) -> Account {
        let figures: Vec<ClaimId> = self.figures().collect();
        let mut publishers: Vec<_> = figures.iter().map(|c| self.case.claims.publisher[c.index()]).collect();
        publishers.sort_unstable();
        publishers.dedup();
        let left_out = figures.iter().filter_map(|&claim| match self.standing(claim) {
            Standing::LeftOut(why) => Some((claim, why)),
            _ => None,
        });
        let points = self.single_points().into_iter().map(|point| Point {
            name: self.speaker_name(point.node),
            is_named: self.is_named(point.node),
            publications: point.publications,
            of: point.of,
            is_full: point.is_full,
        });
        Account {
            sought: self.view.sought(self.case, self.question),
            claims: self.claims().count(),
            numbers: figures.len(),
            publications: publishers.len(),
            origins: self.origins().len(),
            anonymous_origins: self.origins().iter().filter(|origin| !self.case.is_named(origin.party)).count(),
            used_origins: self.origins().iter().filter(|origin| origin.current.is_some()).count(),
            left_out: left_out.collect(),
            circles: self.circles().len(),
            drifts: self.drifts().iter().map(|drift| (drift.claim, drift.rule)).collect(),
            hollow: self.hollow().iter().map(|hollow| hollow.claim).collect(),
            points: points.collect(),
        }
    }
}
