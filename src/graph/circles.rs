//! Circular reporting: strongly connected parts of the graph.

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::build::ClaimGraph;
use crate::model::{ClaimId, Party};

/// Claims that rest on each other in a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// the nodes that all reach each other, in order
    pub nodes: Vec<NodeIndex>,
    /// one shortest round trip from the first node, ending before it comes back
    pub path: Vec<NodeIndex>,
    /// whether some chain leads out of the circle; one without has no origin
    pub has_way_out: bool,
    /// whether it is one claim that rests on itself, or a chain that comes back to its publisher
    /// through others, by another claim of the same
    pub kind: CircleKind,
}

/// What comes back in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CircleKind {
    /// the claim itself
    Claim,
    /// its publisher, by another claim
    Publisher,
}

/// Finds all circles among the strongly connected parts. Cost: linear in nodes and links.
pub(super) fn find_circles(graph: &ClaimGraph<'_>, parts: &[Vec<NodeIndex>]) -> Vec<Circle> {
    let links = &graph.graph;
    let mut circles: Vec<Circle> = parts
        .iter()
        .filter(|part| part.len() > 1 || part.iter().any(|&node| links.contains_edge(node, node)))
        .map(|part| {
            let mut nodes = part.clone();
            nodes.sort_unstable();
            let is_inside = |node: NodeIndex| nodes.binary_search(&node).is_ok();
            let has_way_out = nodes.iter().any(|&node| links.neighbors(node).any(|next| !is_inside(next)));
            let path = round_trip(graph, &nodes);
            Circle { nodes, path, has_way_out, kind: CircleKind::Claim }
        })
        .collect();
    // Only a source that speaks more than once can be come back to.
    let mut spoken: FxHashMap<Party, usize> = FxHashMap::default();
    for node in links.node_indices() {
        *spoken.entry(graph.speaker(node)).or_default() += 1;
    }
    let speaks_again = |claim: &ClaimId| {
        let publisher = Party::Source(graph.case.claims.publisher[claim.index()]);
        spoken.get(&publisher).is_some_and(|&times| times > 1)
    };
    circles.extend(graph.claims().filter(speaks_again).filter_map(|claim| returning_chain(graph, claim)));
    circles.sort_by(|a, b| a.nodes.cmp(&b.nodes));
    circles
}

/// How many nodes of a chain are walked in search of its publisher.
const WALKED: usize = 2000;

/// A shortest chain from a claim through others to another claim of its publisher (breadth first).
/// A publisher that cites itself straight returns through nobody, and one that revises its earlier
/// claim in a series says so.
fn returning_chain(graph: &ClaimGraph<'_>, claim: ClaimId) -> Option<Circle> {
    let start = graph.node(claim)?;
    let publisher = graph.speaker(start);
    let mut from: FxHashMap<NodeIndex, NodeIndex> = FxHashMap::default();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        let mut next: Vec<NodeIndex> = graph.graph.neighbors(at).filter(|next| !from.contains_key(next)).collect();
        next.sort_unstable();
        for node in next {
            if node == start || from.len() > WALKED {
                return None;
            }
            from.insert(node, at);
            let is_through_others = at != start && graph.speaker(at) != publisher;
            if graph.speaker(node) == publisher && is_through_others {
                let mut path = vec![node];
                while let Some(&before) = from.get(&path[path.len() - 1]) {
                    path.push(before);
                }
                path.reverse();
                let mut nodes = path.clone();
                nodes.sort_unstable();
                return Some(Circle { nodes, path, has_way_out: true, kind: CircleKind::Publisher });
            }
            queue.push_back(node);
        }
    }
    None
}

/// A shortest way from the first node back to it, inside the circle (breadth first).
fn round_trip(graph: &ClaimGraph<'_>, nodes: &[NodeIndex]) -> Vec<NodeIndex> {
    let (start, place) = (nodes[0], |node: NodeIndex| nodes.binary_search(&node).ok());
    let mut from: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut queue = std::collections::VecDeque::from([0]);
    while let Some(at) = queue.pop_front() {
        let mut next: Vec<NodeIndex> = graph.graph.edges(nodes[at]).map(|link| link.target()).collect();
        next.sort_unstable();
        for node in next {
            if node == start {
                let mut path = vec![nodes[at]];
                let mut step = at;
                while let Some(before) = from[step] {
                    path.push(nodes[before]);
                    step = before;
                }
                path.reverse();
                return path;
            }
            if let Some(to) = place(node)
                && from[to].is_none()
                && to != 0
            {
                from[to] = Some(at);
                queue.push_back(to);
            }
        }
    }
    nodes.to_vec()
}
