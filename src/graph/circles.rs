//! Circular reporting: strongly connected parts of the graph.

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::build::ClaimGraph;

/// Claims that rest on each other in a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// the nodes that all reach each other, in order
    pub nodes: Vec<NodeIndex>,
    /// one shortest round trip from the first node, ending before it comes back
    pub path: Vec<NodeIndex>,
    /// whether some chain leads out of the circle; one without has no origin
    pub has_way_out: bool,
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
            Circle { nodes, path, has_way_out }
        })
        .collect();
    circles.sort_by(|a, b| a.nodes.cmp(&b.nodes));
    circles
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
