//! Building the graph: claims, the parties they credit, and the links between them.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::circles::{Circle, find_circles};
use super::link::{LinkChoice, Said};
use super::origins::{Origin, OriginId, Origins};
use super::single::{SinglePoint, find_single_points};
use super::standing::{self, LeftOut, Standing};
use super::ties::ties;
use super::view::View;
use crate::model::{Case, ClaimId, Element, Estimate, LabelId, Party, QuestionId, SourceId};

/// A node of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// a claim of the case
    Claim(ClaimId),
    /// a claim that a text credits to a source, and that the case does not have
    Implied {
        /// who is said to have made it
        source: SourceId,
        /// the first claim that credits it, which has the figure
        by: ClaimId,
    },
    /// a party without a name, as one mention has it
    Anonymous {
        /// how it is described
        label: LabelId,
        /// the mention
        by: ClaimId,
        /// which of the mention's elements it is
        element: u16,
    },
}

/// How a link from a claim to whom it credits was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// the case says so in `cites`
    Cites,
    /// a party of `via`, linked to its own claim by name and figure
    ByNameAndFigure,
    /// a party of `via` whose claim is implied
    Implied,
}

/// A link from a claim to what it passes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// how it was made
    pub kind: LinkKind,
    /// whether the analyst inferred it
    pub is_inferred: bool,
    /// the claim whose row states it
    pub by: ClaimId,
}

/// The graph of one question as far as it is seen: links lead from a claim to what it passes on.
/// Claims come first among the nodes, in order of id.
#[derive(Debug, Clone)]
pub struct ClaimGraph<'c> {
    /// the case
    pub case: &'c Case,
    /// the question
    pub question: QuestionId,
    /// what is seen
    pub view: View,
    /// nodes and links
    pub graph: DiGraph<Node, Link>,
    nodes: FxHashMap<ClaimId, NodeIndex>,
    said: Said,
    origins: Origins,
    standing: Vec<Standing>,
    circles: Vec<Circle>,
}

impl<'c> ClaimGraph<'c> {
    /// Builds the graph of a question.
    ///
    /// Cost: linear in claims and links, but for the look-up of a party's own claims (the logarithm of
    /// their number) and the sets of origins (those of each claim).
    #[must_use]
    pub fn build(case: &'c Case, question: QuestionId, view: View) -> ClaimGraph<'c> {
        let mut builder = Builder::new(case, question, view);
        let claims: Vec<ClaimId> = builder.claims.clone();
        for &claim in &claims {
            builder.link(claim);
        }
        let Builder { graph, nodes, said, .. } = builder;
        let mut built = ClaimGraph {
            case,
            question,
            view,
            graph,
            nodes,
            said,
            origins: Origins::default(),
            standing: Vec::new(),
            circles: Vec::new(),
        };
        let parts = kosaraju_scc(&built.graph);
        built.circles = find_circles(&built, &parts);
        built.standing = standing::judge(&built);
        built.origins = Origins::find(&built, &parts);
        built.standing = standing::with_origins(&built);
        built
    }

    /// The claims that are seen, in order of id.
    pub fn claims(&self) -> impl Iterator<Item = ClaimId> + '_ {
        self.graph.node_weights().map_while(|node| match node {
            Node::Claim(claim) => Some(*claim),
            _ => None,
        })
    }

    /// The seen claims that give a number.
    pub fn figures(&self) -> impl Iterator<Item = ClaimId> + '_ {
        self.claims().filter(|&claim| self.estimate(claim).is_figure())
    }

    /// The estimate of a claim.
    #[must_use]
    pub fn estimate(&self, claim: ClaimId) -> Estimate {
        self.case.claims.estimate(claim)
    }

    /// The node of a claim, if it is seen.
    #[must_use]
    pub fn node(&self, claim: ClaimId) -> Option<NodeIndex> {
        self.nodes.get(&claim).copied()
    }

    /// The origins of the question's figures, in order of their first claim.
    #[must_use]
    pub fn origins(&self) -> &[Origin] {
        &self.origins.list
    }

    /// The origins of a node's figure.
    #[must_use]
    pub fn origins_of(&self, node: NodeIndex) -> &[OriginId] {
        self.origins.of(node)
    }

    /// Whether a claim is evidence, and if not, why.
    #[must_use]
    pub fn standing(&self, claim: ClaimId) -> Standing {
        self.node(claim).map_or(Standing::LeftOut(LeftOut::NotSeen), |node| self.standing[node.index()])
    }

    /// The standing of a node; that of an implied claim or an anonymous party too.
    #[must_use]
    pub fn standing_at(&self, node: NodeIndex) -> Standing {
        self.standing[node.index()]
    }

    /// Circular reporting: every circle of the graph.
    #[must_use]
    pub fn circles(&self) -> &[Circle] {
        &self.circles
    }

    /// Where all or most chains pass.
    #[must_use]
    pub fn single_points(&self) -> Vec<SinglePoint> {
        find_single_points(self)
    }

    /// The group of each origin: those of one group may share an error. `u32::MAX` where an origin is alone.
    #[must_use]
    pub fn ties(&self) -> Vec<u32> {
        ties(self)
    }

    /// What a source that a claim credits said itself of it.
    #[must_use]
    pub fn own_claim(&self, claim: ClaimId, source: SourceId) -> LinkChoice {
        self.said.find(self.case, claim, source)
    }

    /// Whether a claim revises another or is revised.
    #[must_use]
    pub fn is_in_series(&self, claim: ClaimId) -> bool {
        self.origins.is_in_series(claim)
    }

    /// Whether a node is a claim that gives no number.
    #[must_use]
    pub fn is_silent(&self, node: NodeIndex) -> bool {
        matches!(self.graph[node], Node::Claim(claim) if !self.estimate(claim).is_figure())
    }

    /// Who speaks at a node: the publisher of a claim, or the credited party.
    #[must_use]
    pub fn speaker(&self, node: NodeIndex) -> Party {
        match self.graph[node] {
            Node::Claim(claim) => Party::Source(self.case.claims.publisher[claim.index()]),
            Node::Implied { source, .. } => Party::Source(source),
            Node::Anonymous { label, .. } => Party::Anonymous(label),
        }
    }
}

/// An implied claim is the same one for two mentions if the same source is credited with the same
/// figure and the same chain behind it, and nobody in that chain is without a name.
type ImpliedKey = (SourceId, [u64; 2], Option<QuestionId>, Vec<Element>, Option<ClaimId>);

struct Builder<'c> {
    case: &'c Case,
    claims: Vec<ClaimId>,
    graph: DiGraph<Node, Link>,
    nodes: FxHashMap<ClaimId, NodeIndex>,
    implied: FxHashMap<ImpliedKey, NodeIndex>,
    said: Said,
}

impl<'c> Builder<'c> {
    fn new(case: &'c Case, question: QuestionId, view: View) -> Self {
        let claims: Vec<ClaimId> = case.claims_of(question).filter(|&claim| view.sees(case, claim)).collect();
        let mut graph = DiGraph::new();
        let nodes = claims.iter().map(|&claim| (claim, graph.add_node(Node::Claim(claim)))).collect();
        let said = Said::of(case, view, question);
        Builder { case, claims, graph, nodes, implied: FxHashMap::default(), said }
    }

    /// Adds the links of a claim: to what it cites, else along its chain.
    fn link(&mut self, claim: ClaimId) {
        let inferred = self.case.claims.inferred.get(claim.index());
        let cited: Vec<NodeIndex> =
            self.case.claims.cites.get(claim.index()).iter().filter_map(|c| self.nodes.get(c).copied()).collect();
        if cited.is_empty() {
            self.link_chain(claim, inferred.via);
        } else {
            let link = Link { kind: LinkKind::Cites, is_inferred: inferred.cites, by: claim };
            for other in cited {
                self.graph.add_edge(self.nodes[&claim], other, link);
            }
        }
    }

    /// Follows the chain level by level; a party that is linked to its own claim ends its branch,
    /// because that claim's chain takes over.
    fn link_chain(&mut self, claim: ClaimId, is_inferred: bool) {
        let case = self.case;
        let elements = case.claims.via.get(claim.index());
        let mut credited_by = vec![self.nodes[&claim]];
        let mut at = 0;
        while at < elements.len() && !credited_by.is_empty() {
            let level = at..at + 1 + elements[at + 1..].iter().take_while(|element| element.beside).count();
            let is_last = level.end == elements.len();
            let (mut next, mut is_self) = (Vec::new(), false);
            for position in level.clone() {
                let found = self.party(claim, position, &elements[level.end..], is_last);
                let (node, kind) = match found {
                    Credited::Claim(node) => (node, LinkKind::ByNameAndFigure),
                    Credited::Implied(node) => (node, LinkKind::Implied),
                    Credited::Itself => {
                        is_self = true;
                        continue;
                    }
                    Credited::Silent => continue,
                };
                // An implied claim that two mentions share has its links already.
                for &from in &credited_by {
                    if !self.graph.neighbors(from).any(|known| known == node) {
                        self.graph.add_edge(from, node, Link { kind, is_inferred, by: claim });
                    }
                }
                if kind == LinkKind::Implied && !next.contains(&node) {
                    next.push(node);
                }
            }
            if is_self && next.is_empty() {
                next = credited_by;
            }
            credited_by = next;
            at = level.end;
        }
    }

    fn party(&mut self, claim: ClaimId, position: usize, rest: &[Element], is_last: bool) -> Credited {
        let case = self.case;
        let source = match case.claims.via.get(claim.index())[position].party {
            Party::Anonymous(label) => {
                let node = Node::Anonymous { label, by: claim, element: position as u16 };
                return Credited::Implied(self.graph.add_node(node));
            }
            Party::Source(source) => source,
        };
        // A publisher that credits itself speaks for itself; one that comes back behind others is a circle.
        if position == 0 && source == case.claims.publisher[claim.index()] {
            return Credited::Itself;
        }
        match self.said.find(case, claim, source) {
            LinkChoice::Claim(other, _) => return Credited::Claim(self.nodes[&other]),
            LinkChoice::OnlyUnknown(_) if is_last => return Credited::Silent,
            _ => {}
        }
        let estimate = case.claims.estimate(claim);
        let names_all = rest.iter().all(|element| matches!(element.party, Party::Source(_)));
        let ends = estimate.ends();
        let figure = [ends.0.to_bits(), ends.1.to_bits() ^ (estimate.bound as u64)];
        let key = (source, figure, estimate.of, rest.to_vec(), (!names_all).then_some(claim));
        let graph = &mut self.graph;
        Credited::Implied(
            *self.implied.entry(key).or_insert_with(|| graph.add_node(Node::Implied { source, by: claim })),
        )
    }
}

enum Credited {
    /// the party's own claim
    Claim(NodeIndex),
    /// a claim that the case does not have
    Implied(NodeIndex),
    /// the publisher itself
    Itself,
    /// a party that gave no number, at the end of the chain: never a figure's origin
    Silent,
}
