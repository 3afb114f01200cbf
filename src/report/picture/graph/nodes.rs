//! The boxes of an attribution graph, with their words.

use petgraph::graph::NodeIndex;
use rustc_hash::FxHashSet;

use super::{LINE, SMALL, Subject, WIDTH};
use crate::graph::{Drift, DriftKind, LeftOut, Node, Standing};
use crate::model::{Case, ClaimId};
use crate::report::drifts::sentence;
use crate::report::picture::phrase::figure;
use crate::report::picture::text;

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// a claim of the case
    Claim,
    /// a claim that is credited to somebody, and that the case does not have
    Implied,
    /// somebody without a name
    Unnamed,
}

/// A node in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Box {
    /// what it stands for
    pub look: Look,
    /// whether a chain ends there
    pub is_origin: bool,
    /// whether it is left out of the range
    pub is_left_out: bool,
    /// boxes of one origin stand together
    pub group: usize,
    /// its lines, who first
    pub lines: Vec<String>,
    /// what changed in it
    pub changed: Vec<Changed>,
}

/// A drift in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// position of the node against which something changed
    pub from: Option<usize>,
    /// both figures, or who was credited, in lines
    pub words: Vec<String>,
    /// the whole
    pub sentence: String,
}

impl Box {
    /// Height of the words above the box.
    pub fn above(&self) -> f64 {
        LINE * self.changed.iter().map(|changed| changed.words.len()).sum::<usize>() as f64
    }

    /// Height of the box itself.
    pub fn inside(&self) -> f64 {
        LINE * self.lines.len() as f64 + 8.0
    }

    /// Height of both.
    pub fn height(&self) -> f64 {
        self.above() + self.inside()
    }
}

/// The boxes of a graph, in the order of its nodes.
pub fn boxes(subject: &Subject<'_>) -> Vec<Box> {
    let graph = &subject.graph;
    let ends: FxHashSet<NodeIndex> = graph.origins().iter().map(|origin| origin.end).collect();
    graph.graph.node_indices().map(|node| a_box(subject, node, ends.contains(&node))).collect()
}

fn a_box(subject: &Subject<'_>, node: NodeIndex, is_first_end: bool) -> Box {
    let (graph, case) = (&subject.graph, subject.case);
    let is_left_out = matches!(graph.standing_at(node), Standing::LeftOut(_));
    let is_origin = is_first_end || (!graph.is_silent(node) && graph.graph.neighbors(node).next().is_none());
    let group = graph.origins_of(node).first().map_or(usize::MAX, |id| id.index());
    match graph.graph[node] {
        Node::Claim(claim) => {
            let mut lines = vec![format!("{} {}", case.claims.name(claim), case.publisher_name(claim))];
            let date = case.claims.published.get(claim.index()).map(|date| date.to_string());
            lines.push([Some(figure(case, claim)), date].into_iter().flatten().collect::<Vec<_>>().join(" · "));
            if let Standing::LeftOut(why) = graph.standing(claim) {
                lines.push(format!("left out: {}", short(case, claim, why)));
            }
            let changed = graph.drifts_of(claim).iter().map(|drift| changed(subject, drift)).collect();
            let look = if graph.is_named(node) { Look::Claim } else { Look::Unnamed };
            Box { look, is_origin, is_left_out, group, lines, changed }
        }
        Node::Implied { .. } => {
            let lines = vec![graph.speaker_name(node), "no claim of its own here".to_owned()];
            let look = if graph.is_named(node) { Look::Implied } else { Look::Unnamed };
            Box { look, is_origin, is_left_out, group, lines, changed: Vec::new() }
        }
        Node::Anonymous { label, .. } => {
            let described = match case.label(label) {
                "" => "anonymous",
                label => label,
            };
            let lines = vec![described.to_owned(), "unnamed".to_owned()];
            Box { look: Look::Unnamed, is_origin, is_left_out, group, lines, changed: Vec::new() }
        }
    }
}

fn short(case: &Case, claim: ClaimId, why: LeftOut) -> String {
    match why {
        LeftOut::Scope => case.claims.scope.get(claim.index()).to_owned(),
        why => why.why(case, claim),
    }
}

fn changed(subject: &Subject<'_>, drift: &Drift) -> Changed {
    let case = subject.case;
    let words = match (drift.rule.kind, drift.other) {
        (DriftKind::Attribution | DriftKind::Identity, _) => drift.why.clone(),
        (_, Some(other)) => format!("{} → {}", figure(case, other), figure(case, drift.claim)),
        (kind, None) => format!("{} drift", kind.name()),
    };
    let words = text::lines(&words, SMALL, WIDTH, 3);
    let from = drift.other.and_then(|other| subject.graph.node(other)).map(NodeIndex::index);
    Changed { from, words, sentence: sentence(case, drift) }
}
