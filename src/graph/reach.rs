//! What stands behind a claim, and what rests on it.

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashSet;

use super::build::{ClaimGraph, Node};
use crate::model::{ClaimId, Party, SourceId};

impl ClaimGraph<'_> {
    /// A claim and every claim that it rests on. Cost: linear in those.
    #[must_use]
    pub fn behind(&self, claim: ClaimId) -> FxHashSet<ClaimId> {
        self.reached(self.node(claim), Direction::Outgoing)
    }

    /// The claims of a source, those that rest on what it said or is said to have said, and those whose
    /// text credits it. Cost: linear in the graph.
    #[must_use]
    pub fn about(&self, source: SourceId) -> FxHashSet<ClaimId> {
        let party = Party::Source(source);
        let spoken = self.graph.node_indices().filter(|&node| self.speaker(node) == party);
        let mut claims = self.reached(spoken, Direction::Incoming);
        claims.extend(self.crediting(source));
        claims
    }

    /// The claims whose text credits a source, in order.
    pub fn crediting(&self, source: SourceId) -> impl Iterator<Item = ClaimId> + '_ {
        let party = Party::Source(source);
        let credits =
            move |claim: &ClaimId| self.case.claims.via.get(claim.index()).iter().any(|element| element.party == party);
        self.claims().filter(credits)
    }

    /// Whether all chains of a claim end at parties without a name.
    #[must_use]
    pub fn is_unnamed(&self, claim: ClaimId) -> bool {
        let origins = self.node(claim).map_or(&[][..], |node| self.origins_of(node));
        !origins.is_empty() && origins.iter().all(|id| !self.case.is_named(self.origins()[id.index()].party))
    }

    fn reached(&self, from: impl IntoIterator<Item = NodeIndex>, direction: Direction) -> FxHashSet<ClaimId> {
        let mut stack: Vec<NodeIndex> = from.into_iter().collect();
        let mut seen: FxHashSet<NodeIndex> = stack.iter().copied().collect();
        while let Some(node) = stack.pop() {
            for next in self.graph.neighbors_directed(node, direction) {
                if seen.insert(next) {
                    stack.push(next);
                }
            }
        }
        let claim = |node: NodeIndex| match self.graph[node] {
            Node::Claim(claim) => Some(claim),
            _ => None,
        };
        seen.into_iter().filter_map(claim).collect()
    }
}
