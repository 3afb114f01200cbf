//! Origins that may share an error, though none of them is the other's source.

use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::build::{ClaimGraph, Node};
use crate::model::{ClaimId, Party, SourceId, Status};

/// Why origins are tied.
#[derive(PartialEq, Eq, Hash)]
enum Tie<'a> {
    Text(ClaimId),
    House(SourceId),
    Side(&'a str),
}

/// The group of each origin; `u32::MAX` where it is alone. In one group are origins read in the same text, of the same
/// house, parties with a stake from one country, and those of which one is known to pass on the other. Only an origin
/// with a figure can share an error with another, so the others tie nobody.
pub(super) fn ties(graph: &ClaimGraph<'_>) -> Vec<u32> {
    let (case, origins) = (graph.case, graph.origins());
    let mut tied = UnionFind::<u32>::new(origins.len());
    let mut first: FxHashMap<Tie<'_>, u32> = FxHashMap::default();
    let with_figure = || (0u32..).zip(origins).filter_map(|(at, origin)| Some((at, origin, origin.current?)));
    for (at, origin, current) in with_figure() {
        let mut reasons = vec![Tie::Text(current)];
        if let Party::Source(id) = origin.party {
            let source = case.source(id);
            reasons.push(Tie::House(case.house(id)));
            if source.party && !source.country.is_empty() {
                reasons.push(Tie::Side(&source.country));
            }
        }
        for reason in reasons {
            tied.union(at, *first.entry(reason).or_insert(at));
        }
    }
    let by_party: FxHashMap<Party, u32> = with_figure().map(|(at, origin, _)| (origin.party, at)).collect();
    for node in still_said(graph) {
        if let Some(&own) = by_party.get(&graph.speaker(node)) {
            let passed_on = graph.origins_of(node).iter().filter(|origin| origins[origin.index()].current.is_some());
            for origin in passed_on {
                tied.union(own, origin.0);
            }
        }
    }
    let labels: Vec<u32> = (0..origins.len() as u32).map(|at| tied.find(at)).collect();
    let mut members: FxHashMap<u32, usize> = FxHashMap::default();
    for &label in &labels {
        *members.entry(label).or_default() += 1;
    }
    labels.into_iter().map(|label| if members[&label] > 1 { label } else { u32::MAX }).collect()
}

/// The nodes that anybody still speaks of: what was retracted is as if it had never been said, also of who passes on
/// whom. Cost: linear, and nothing much where nothing was retracted.
fn still_said(graph: &ClaimGraph<'_>) -> Vec<NodeIndex> {
    let is_retracted = |claim: ClaimId| graph.case.claims.status.get(claim.index()) == Status::Retracted;
    if !graph.claims().any(is_retracted) {
        return graph.graph.node_indices().collect();
    }
    let stands = |&node: &NodeIndex| matches!(graph.graph[node], Node::Claim(claim) if !is_retracted(claim));
    let mut open: Vec<NodeIndex> = graph.graph.node_indices().filter(stands).collect();
    let mut is_met = vec![false; graph.graph.node_count()];
    let mut met = Vec::new();
    while let Some(node) = open.pop() {
        let is_withdrawn = matches!(graph.graph[node], Node::Claim(claim) if is_retracted(claim));
        if !std::mem::replace(&mut is_met[node.index()], true) && !is_withdrawn {
            met.push(node);
            let standing = graph.graph.edges(node).filter(|link| !is_retracted(link.weight().by));
            open.extend(standing.map(|link| link.target()));
        }
    }
    met.sort_unstable();
    met
}
