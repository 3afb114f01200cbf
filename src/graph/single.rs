//! Single points of failure: parties through which all chains pass, or most.

use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::build::ClaimGraph;
use super::origins::OriginId;
use super::standing::Standing;
use crate::model::{ClaimId, SourceId};

/// A party on which figures rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinglePoint {
    /// the node, the nearest to the origin where several lie in line
    pub node: NodeIndex,
    /// publishers of used figures that rest on it
    pub publications: usize,
    /// publishers of used figures
    pub of: usize,
    /// whether every chain passes through it
    pub is_full: bool,
}

/// The point through which all chains of used figures pass, by the dominators of a virtual sink
/// behind the origins (Cooper, Harvey and Kennedy 2001, `simple_fast`), seen from a virtual root
/// before the publishers. Where there is none, the origins that at least half of the publications
/// rest on, the largest first. A question with one publisher has no such point: it is one voice
/// anyway. Cost: near linear in nodes and links.
pub(super) fn find_single_points(graph: &ClaimGraph<'_>) -> Vec<SinglePoint> {
    let used: Vec<(ClaimId, NodeIndex)> = graph
        .figures()
        .filter(|&claim| graph.standing(claim) == Standing::Used)
        .filter_map(|claim| Some((claim, graph.node(claim)?)))
        .collect();
    let publisher = |claim: ClaimId| graph.case.claims.publisher[claim.index()];
    let of = count_distinct(used.iter().map(|&(claim, _)| publisher(claim)));
    if of < 2 {
        return Vec::new();
    }
    if let Some(node) = dominator(graph, &used) {
        return vec![SinglePoint { node, publications: of, of, is_full: true }];
    }
    let mut resting: FxHashMap<OriginId, Vec<SourceId>> = FxHashMap::default();
    for &(claim, node) in &used {
        for &origin in graph.origins_of(node) {
            resting.entry(origin).or_default().push(publisher(claim));
        }
    }
    let mut points: Vec<SinglePoint> = resting
        .into_iter()
        .map(|(origin, publishers)| SinglePoint {
            node: graph.origins()[origin.index()].end,
            publications: count_distinct(publishers.into_iter()),
            of,
            is_full: false,
        })
        .filter(|point| point.publications > 1 && 2 * point.publications >= of)
        .collect();
    points.sort_by_key(|point| (std::cmp::Reverse(point.publications), point.node));
    points
}

/// The node nearest to the origins that every chain passes.
fn dominator(graph: &ClaimGraph<'_>, used: &[(ClaimId, NodeIndex)]) -> Option<NodeIndex> {
    // Without links chains meet nowhere but at a common origin.
    let first = graph.origins_of(used.first()?.1);
    if graph.graph.edge_count() == 0 && used.iter().any(|&(_, node)| graph.origins_of(node) != first) {
        return None;
    }
    let mut flow = DiGraph::<(), ()>::with_capacity(graph.graph.node_count() + 2, graph.graph.edge_count());
    for _ in 0..graph.graph.node_count() + graph.origins().len() {
        flow.add_node(());
    }
    let (root, sink) = (flow.add_node(()), flow.add_node(()));
    let origin_node = |origin: usize| NodeIndex::new(graph.graph.node_count() + origin);
    for &(_, node) in used {
        flow.add_edge(root, node, ());
    }
    for node in graph.graph.node_indices() {
        let mut ends_here = true;
        for next in graph.graph.neighbors(node) {
            if !graph.origins_of(next).is_empty() {
                flow.add_edge(node, next, ());
                ends_here = false;
            }
        }
        if ends_here {
            for origin in graph.origins_of(node) {
                flow.add_edge(node, origin_node(origin.index()), ());
            }
        }
    }
    for origin in 0..graph.origins().len() {
        flow.add_edge(origin_node(origin), sink, ());
    }
    let nearest = simple_fast(&flow, root).immediate_dominator(sink)?;
    if nearest == root {
        return None;
    }
    let origin = nearest.index().checked_sub(graph.graph.node_count());
    Some(origin.map_or(nearest, |origin| graph.origins()[origin].end))
}

fn count_distinct(sources: impl Iterator<Item = SourceId>) -> usize {
    let mut sources: Vec<SourceId> = sources.collect();
    sources.sort_unstable();
    sources.dedup();
    sources.len()
}
