//! The nodes and links of some questions as every format writes them.

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashSet;

use super::ids::Ids;
use super::reach::{self, Reach};
use super::record::{NetworkLink, NetworkNode};
use crate::graph::{Account, ClaimGraph, Drift, Link, LinkKind, Node, OriginId};
use crate::model::{Date, Party, Question, SourceKind};
use crate::report::drifts::{said, sentence};

/// The graphs of some questions, with an id for each node.
#[derive(Debug)]
pub struct Network<'g> {
    /// one for each question, in the order given
    pub clusters: Vec<Cluster<'g>>,
}

/// The part of the network that is about one question.
#[derive(Debug)]
pub struct Cluster<'g> {
    /// nodes of the network that come before
    pub first: usize,
    graph: &'g ClaimGraph<'g>,
    ids: Vec<Box<str>>,
    reach: Vec<Reach>,
    /// the first node of each origin
    ends: FxHashSet<NodeIndex>,
}

impl<'g> Network<'g> {
    /// The network of some graphs. Nodes and links are made as they are asked for, one at a time.
    /// Cost: linear in nodes and links.
    #[must_use]
    pub fn new(graphs: &'g [ClaimGraph<'g>]) -> Network<'g> {
        let (mut ids, mut first, mut clusters) = (Ids::default(), 0, Vec::with_capacity(graphs.len()));
        for graph in graphs {
            let given: Vec<_> =
                graph.graph.node_weights().map(|&node| ids.give(graph.case, graph.question, node)).collect();
            let count = given.len();
            let ends = graph.origins().iter().map(|origin| origin.end).collect();
            clusters.push(Cluster { first, graph, ids: given, reach: reach::find(graph), ends });
            first += count;
        }
        Network { clusters }
    }

    /// Every node, question by question.
    pub fn nodes(&self) -> impl Iterator<Item = NetworkNode> + '_ {
        self.clusters.iter().flat_map(Cluster::nodes)
    }

    /// Every link, question by question.
    pub fn links(&self) -> impl Iterator<Item = NetworkLink<'_>> + '_ {
        self.clusters.iter().flat_map(Cluster::links)
    }

    /// How many links there are.
    #[must_use]
    pub fn link_count(&self) -> usize {
        self.clusters.iter().map(|cluster| cluster.graph.graph.edge_count()).sum()
    }

    /// The date by which claims had to be published to be seen, where one was given.
    #[must_use]
    pub fn as_of(&self) -> Option<String> {
        self.clusters.first().and_then(|cluster| cluster.graph.view.as_of).map(|date| date.to_string())
    }
}

impl<'g> Cluster<'g> {
    /// How many origins of a node are named; their number is always given.
    pub const ORIGINS_LISTED: usize = 50;

    /// The question.
    #[must_use]
    pub fn question(&self) -> &'g Question {
        self.graph.case.question(self.graph.question)
    }

    /// What stands behind the range of the question.
    #[must_use]
    pub fn account(&self) -> Account {
        self.graph.account()
    }

    /// The nodes: claims by id, then the parties in the order in which claims mention them.
    pub fn nodes(&self) -> impl Iterator<Item = NetworkNode> + '_ {
        self.graph.graph.node_indices().map(|node| self.node(node))
    }

    /// The links, in the order of the nodes that they lead from and to.
    pub fn links(&self) -> impl Iterator<Item = NetworkLink<'_>> + '_ {
        self.graph.graph.node_indices().flat_map(move |node| {
            let mut links: Vec<_> = self.graph.graph.edges(node).collect();
            links.sort_by_key(EdgeRef::target);
            let drifts = if links.is_empty() { Vec::new() } else { self.drifts(node) };
            links.into_iter().map(move |link| {
                let to = link.target();
                let changed = drifts.iter().filter(|(_, other)| *other == Some(to));
                let drift = changed.map(|(drift, _)| sentence(self.graph.case, drift)).collect();
                self.link(node, to, *link.weight(), drift)
            })
        })
    }

    /// What changed in a claim, with the node against which it did.
    fn drifts(&self, node: NodeIndex) -> Vec<(Drift, Option<NodeIndex>)> {
        let Node::Claim(claim) = self.graph.graph[node] else { return Vec::new() };
        let drifts = self.graph.drifts_of(claim).into_iter();
        drifts
            .map(|drift| {
                let other = drift.other.and_then(|other| self.graph.node(other));
                (drift, other)
            })
            .collect()
    }

    /// What changed in a claim against something that it has no link to.
    fn drift_without_link(&self, node: NodeIndex) -> Vec<String> {
        let is_linked = |other: &Option<NodeIndex>| other.is_some_and(|to| self.graph.graph.contains_edge(node, to));
        let drifts = self.drifts(node).into_iter().filter(|(_, other)| !is_linked(other));
        drifts.map(|(drift, _)| sentence(self.graph.case, &drift)).collect()
    }

    fn node(&self, node: NodeIndex) -> NetworkNode {
        let (graph, case) = (self.graph, self.graph.case);
        let (kind, claim) = match graph.graph[node] {
            Node::Claim(claim) => ("claim", claim),
            Node::Implied { by, .. } => ("implied", by),
            Node::Anonymous { by, .. } => ("anonymous", by),
        };
        let (claims, at, is_claim) = (&case.claims, claim.index(), kind == "claim");
        let source_kind = match graph.speaker(node) {
            Party::Source(source) => case.source(source).kind,
            Party::Anonymous(_) => SourceKind::Anonymous,
        };
        let (name, speaker, said) = (claims.name(claim), graph.speaker_name(node), said(case, claim));
        let figure = graph.estimate(claim);
        let reach = self.reach[node.index()];
        let origins = graph.origins_of(node);
        let listed = origins.iter().take(Self::ORIGINS_LISTED);
        let unit = if claims.unit.get(at).is_empty() { &*self.question().unit } else { claims.unit.get(at) };
        let end = |end: Option<f64>| end.filter(|end| end.is_finite());
        let date = |date: Option<Date>| date.filter(|_| is_claim).map(|date| date.to_string());
        NetworkNode {
            id: self.ids[node.index()].clone(),
            question: self.question().id.to_string(),
            label: if is_claim { format!("{name} {speaker}: {said}") } else { speaker.clone() },
            kind,
            claim: name,
            speaker,
            source_kind,
            is_named: graph.is_named(node),
            estimate: figure.is_figure().then_some(said),
            bound: figure.bound,
            low: end(Some(figure.low)),
            high: end(Some(figure.high)),
            unit: given(unit),
            published: date(claims.published.get(at)),
            as_of: date(claims.as_of.get(at)),
            status: is_claim.then(|| claims.status.get(at).name()),
            standing: reach.name(),
            why: reach.why(graph, graph.graph[node]),
            is_origin: self.is_origin(node),
            origin_count: origins.len(),
            origins: listed.map(|id| self.ids[graph.origins()[id.index()].end.index()].to_string()).collect(),
            drift: self.drift_without_link(node),
            url: given(claims.url.get(at)).filter(|_| is_claim),
        }
    }

    /// Whether a chain ends at a node. A named source may be met at the end of several chains; each
    /// of those ends is marked, and their `origins` name the first.
    fn is_origin(&self, node: NodeIndex) -> bool {
        if self.ends.contains(&node) {
            return true;
        }
        let graph = self.graph;
        let is_end = !graph.is_silent(node) && graph.graph.neighbors(node).all(|next| graph.is_silent(next));
        let party = graph.speaker(node);
        let is_own = |id: &OriginId| graph.origins()[id.index()].party == party;
        is_end && matches!(party, Party::Source(_)) && graph.origins_of(node).iter().any(is_own)
    }

    fn link(&self, from: NodeIndex, to: NodeIndex, link: Link, drift: Vec<String>) -> NetworkLink<'_> {
        let claims = &self.graph.case.claims;
        NetworkLink {
            from: from.index(),
            to: to.index(),
            source: &self.ids[from.index()],
            target: &self.ids[to.index()],
            kind: match link.kind {
                LinkKind::Cites => "cites",
                LinkKind::ByNameAndFigure => "linked by name and figure",
                LinkKind::Implied => "implied",
            },
            is_inferred: link.is_inferred,
            cue: given(claims.cue.get(link.by.index())),
            by: claims.name(link.by),
            drift,
        }
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
