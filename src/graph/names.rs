//! Names for people: of an origin, of a chain.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::build::{ClaimGraph, Node};
use crate::model::Party;

impl ClaimGraph<'_> {
    /// Name of whoever speaks at a node. A party without a name is told apart by who credits it:
    /// "own sources (JoongAng Ilbo)".
    #[must_use]
    pub fn speaker_name(&self, node: NodeIndex) -> String {
        let party = self.speaker(node);
        let Party::Anonymous(label) = party else { return self.case.party_name(party) };
        let described = match self.case.label(label) {
            "" => "anonymous",
            label => label,
        };
        match self.graph.neighbors_directed(node, Direction::Incoming).min() {
            Some(by) => format!("{described} ({})", self.case.party_name(self.speaker(by))),
            None => described.to_owned(),
        }
    }

    /// Whether whoever speaks at a node has a name.
    #[must_use]
    pub fn is_named(&self, node: NodeIndex) -> bool {
        self.case.is_named(self.speaker(node))
    }

    /// One chain from a node to where it ends, as `A > B > anonymous: own sources`. Where chains
    /// part, the first is followed, and the number of the others is given. A chain longer than
    /// [`Self::CHAIN_SHOWN`] is cut in the middle.
    #[must_use]
    pub fn chain(&self, node: NodeIndex) -> String {
        let (mut names, mut seen, mut at, mut others) = (Vec::new(), vec![node], node, 0);
        loop {
            let name = match self.graph[at] {
                Node::Claim(claim) if at != node => {
                    format!("{} [{}]", self.case.party_name(self.speaker(at)), self.case.claims.name(claim))
                }
                _ => self.case.party_name(self.speaker(at)),
            };
            names.push(name);
            let mut next: Vec<NodeIndex> =
                self.graph.neighbors(at).filter(|&next| !self.origins_of(next).is_empty()).collect();
            next.sort_unstable();
            next.dedup();
            if next.len() > 1 && next.iter().all(|&next| self.ends_at(next)) {
                let beside: Vec<String> = next.iter().map(|&next| self.case.party_name(self.speaker(next))).collect();
                names.push(beside.join(" & "));
                break;
            }
            others += next.len().saturating_sub(1);
            match next.first() {
                Some(&first) if !seen.contains(&first) && names.len() <= Self::CHAIN_SHOWN => {
                    seen.push(first);
                    at = first;
                }
                Some(_) => {
                    names.push("…".to_owned());
                    break;
                }
                None => break,
            }
        }
        let chain = names.join(" > ");
        if others == 0 { chain } else { format!("{chain} (and {others} more)") }
    }

    /// Whether a chain ends at a party that is no claim of the case.
    fn ends_at(&self, node: NodeIndex) -> bool {
        !matches!(self.graph[node], Node::Claim(_)) && self.graph.neighbors(node).next().is_none()
    }

    /// How many parties of a chain are written out.
    pub const CHAIN_SHOWN: usize = 24;
}
