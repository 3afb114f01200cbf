//! Whether a party that is no claim of the case stands behind the range: as far as the claims that credit it do.

use petgraph::graph::NodeIndex;

use crate::graph::{ClaimGraph, Node, Standing};

/// Standing of a node of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// as the graph has it: a claim, or a party that rests on a claim which is left out
    Own(Standing),
    /// credited by claims alone that are left out
    LeftOut,
}

/// The standing of every node. Cost: linear in nodes and links.
pub fn find(graph: &ClaimGraph<'_>) -> Vec<Reach> {
    let mut found: Vec<Option<Reach>> = graph
        .graph
        .node_indices()
        .map(|node| match (graph.graph[node], graph.standing_at(node)) {
            (Node::Claim(_), standing) | (_, standing @ Standing::LeftOut(_)) => Some(Reach::Own(standing)),
            _ => None,
        })
        .collect();
    let is_left_out = |standing| matches!(standing, Standing::LeftOut(_));
    spread(graph, &mut found, |standing| standing == Standing::Used, Reach::Own(Standing::Used));
    spread(graph, &mut found, is_left_out, Reach::LeftOut);
    found.into_iter().map(|reach| reach.unwrap_or(Reach::Own(Standing::NoNumber))).collect()
}

/// Gives `reach` to the parties that have none yet and stand behind claims of the wanted standing.
fn spread(graph: &ClaimGraph<'_>, found: &mut [Option<Reach>], is_wanted: impl Fn(Standing) -> bool, reach: Reach) {
    let is_claim = |node: NodeIndex| matches!(graph.graph[node], Node::Claim(_));
    let mut open: Vec<NodeIndex> =
        graph.graph.node_indices().filter(|&node| is_claim(node) && is_wanted(graph.standing_at(node))).collect();
    while let Some(node) = open.pop() {
        for next in graph.graph.neighbors(node) {
            if found[next.index()].is_none() {
                found[next.index()] = Some(reach);
                open.push(next);
            }
        }
    }
}

impl Reach {
    /// The word for it: "used", "no number" or "left out".
    pub fn name(self) -> &'static str {
        match self {
            Reach::Own(Standing::Used) => "used",
            Reach::Own(Standing::NoNumber) => "no number",
            Reach::Own(Standing::LeftOut(_)) | Reach::LeftOut => "left out",
        }
    }

    /// Why a node is left out.
    pub fn why(self, graph: &ClaimGraph<'_>, node: Node) -> Option<String> {
        match (self, node) {
            (Reach::LeftOut, _) => Some("credited only by claims that are left out".to_owned()),
            (
                Reach::Own(Standing::LeftOut(why)),
                Node::Claim(claim) | Node::Implied { by: claim, .. } | Node::Anonymous { by: claim, .. },
            ) => Some(why.why(graph.case, claim)),
            _ => None,
        }
    }
}
