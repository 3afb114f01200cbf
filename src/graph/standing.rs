//! Whether a claim is evidence, and if not, why.

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::build::{ClaimGraph, Node};
use crate::model::{Case, ClaimId, Status};

/// Why a figure is left out of the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// its status: projected, superseded, corrected, retracted
    Status(Status),
    /// it counts something else than the question asks
    Scope,
    /// another unit
    Unit,
    /// everything that it rests on is left out; the claim is one of those
    RestsOn(ClaimId),
    /// its chains run in a circle and end nowhere
    Circular,
    /// it was not published by the date
    NotSeen,
}

/// Standing of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// its origin's figure is evidence, this one or a later
    Used,
    /// it gives no number
    NoNumber,
    /// it gives a number that is left out
    LeftOut(LeftOut),
}

impl LeftOut {
    /// The reason as a few words, such as "projected" or "one week, not what the question asks".
    #[must_use]
    pub fn why(self, case: &Case, claim: ClaimId) -> String {
        match self {
            LeftOut::Status(status) => status.name().to_owned(),
            LeftOut::Scope => format!("another scope: {}", case.claims.scope.get(claim.index())),
            LeftOut::Unit => format!("another unit: {}", case.claims.unit.get(claim.index())),
            LeftOut::RestsOn(other) => format!("rests on {}, which is left out", case.claims.name(other)),
            LeftOut::Circular => "circular: no chain leads to an origin".to_owned(),
            LeftOut::NotSeen => "not published by the date".to_owned(),
        }
    }
}

/// The standing of each node by its own row, and by what it rests on: what is left out reaches every
/// claim that rests on it alone. Cost: linear in nodes and links.
pub(super) fn judge(graph: &ClaimGraph<'_>) -> Vec<Standing> {
    let links = &graph.graph;
    let mut standing: Vec<Standing> = links.node_indices().map(|node| own_standing(graph, node)).collect();
    let is_used = |standing: &[Standing], node: NodeIndex| standing[node.index()] == Standing::Used;
    // Legs of each node that are not left out yet; those without a number are no legs.
    let is_leg = |standing: &[Standing], leg: NodeIndex| standing[leg.index()] != Standing::NoNumber;
    let mut legs: Vec<usize> =
        links.node_indices().map(|node| links.neighbors(node).filter(|&leg| is_leg(&standing, leg)).count()).collect();
    let mut left_out: VecDeque<NodeIndex> =
        links.node_indices().filter(|node| matches!(standing[node.index()], Standing::LeftOut(_))).collect();
    while let Some(leg) = left_out.pop_front() {
        let mut above: Vec<NodeIndex> = links.neighbors_directed(leg, Direction::Incoming).collect();
        above.sort_unstable();
        for node in above {
            legs[node.index()] -= 1;
            if is_used(&standing, node) && legs[node.index()] == 0 {
                let claims = links.neighbors(node).filter_map(|leg| culprit(links[leg], standing[leg.index()]));
                if let Some(claim) = claims.min() {
                    standing[node.index()] = Standing::LeftOut(LeftOut::RestsOn(claim));
                    left_out.push_back(node);
                }
            }
        }
    }
    standing
}

/// The claim that a node which is left out stands for, or rests on.
fn culprit(node: Node, standing: Standing) -> Option<ClaimId> {
    match (node, standing) {
        (Node::Claim(claim), Standing::LeftOut(_)) | (_, Standing::LeftOut(LeftOut::RestsOn(claim))) => Some(claim),
        _ => None,
    }
}

fn own_standing(graph: &ClaimGraph<'_>, node: NodeIndex) -> Standing {
    let Node::Claim(claim) = graph.graph[node] else { return Standing::Used };
    let (case, at) = (graph.case, claim.index());
    let status = case.claims.status.get(at);
    if !graph.estimate(claim).is_figure() {
        Standing::NoNumber
    } else if !status.is_evidence() {
        Standing::LeftOut(LeftOut::Status(status))
    } else if !case.claims.scope.get(at).is_empty() {
        Standing::LeftOut(LeftOut::Scope)
    } else if !crate::model::unit::is_same(case.claims.unit.get(at), &case.question(graph.question).unit)
        && graph.estimate(claim).of.is_none()
    {
        Standing::LeftOut(LeftOut::Unit)
    } else {
        Standing::Used
    }
}

/// The standing once origins are known: a figure without any runs in a circle.
pub(super) fn with_origins(graph: &ClaimGraph<'_>) -> Vec<Standing> {
    graph
        .graph
        .node_indices()
        .map(|node| match graph.standing_at(node) {
            Standing::Used if graph.origins_of(node).is_empty() => Standing::LeftOut(LeftOut::Circular),
            standing => standing,
        })
        .collect()
}
