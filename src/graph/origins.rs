//! Origins: where the chains end.

use std::collections::VecDeque;
use std::rc::Rc;

use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};

use super::build::{ClaimGraph, Node};
use super::figures::more_telling;
use super::standing::Standing;
use crate::model::{Case, ClaimId, Party};

/// Position of an origin among those of its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginId(pub u32);

impl OriginId {
    /// The position as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where chains end: the first party that can be identified, or one without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// who it is
    pub party: Party,
    /// the first node at which a chain ends at it
    pub end: NodeIndex,
    /// the figures that come from it straight, not through another claim of the case, and those
    /// that a later one of them revises
    pub own_figures: Vec<ClaimId>,
    /// every figure that rests on it, its own included
    pub figures: Vec<ClaimId>,
    /// number of publishers of those figures
    pub publications: usize,
    /// the own figure that counts, where one is evidence
    pub current: Option<ClaimId>,
    /// relays between the origin and the text that its figure was read in
    pub hops: u16,
}

/// The origins of a question, and of each of its nodes.
#[derive(Debug, Clone, Default)]
pub(super) struct Origins {
    pub list: Vec<Origin>,
    of_node: Vec<Rc<[OriginId]>>,
    /// claims that revise another or are revised
    in_series: FxHashSet<ClaimId>,
}

impl Origins {
    /// Finds the origins. A chain ends at a claim, an implied claim or an anonymous party that
    /// passes nothing on; claims without a number are no end. A named source is one origin wherever
    /// chains end at it; an anonymous party is one for each mention. Figures tied by `revises` have
    /// the origins of the latest of them.
    ///
    /// `parts` are the strongly connected parts, each after those that it leads to.
    /// Cost: linear in nodes and links, times the size of the sets of origins.
    pub fn find(graph: &ClaimGraph<'_>, parts: &[Vec<NodeIndex>]) -> Origins {
        let mut found = Origins::default();
        let ends = found.number_ends(graph);
        let mut sets: Vec<Option<Rc<[OriginId]>>> = ends.iter().map(|end| end.map(|id| Rc::from([id]))).collect();
        for claim in graph.claims() {
            if let Some(revised) = graph.case.claims.revises.get(claim.index()) {
                found.in_series.extend([claim, revised]);
            }
        }
        let latest = latest_of_series(graph);
        let first = spread(graph, parts, &sets);
        if latest.iter().any(Option::is_some) {
            for (set, latest) in sets.iter_mut().zip(&latest) {
                if let Some(latest) = latest {
                    *set = Some(Rc::clone(&first[latest.index()]));
                }
            }
            found.of_node = spread(graph, parts, &sets);
        } else {
            found.of_node = first;
        }
        found.collect_figures(graph, &ends, &latest);
        found.sort();
        found
    }

    /// The origins of a node's figure.
    pub fn of(&self, node: NodeIndex) -> &[OriginId] {
        self.of_node.get(node.index()).map_or(&[], |origins| origins)
    }

    /// Whether a claim revises another or is revised.
    pub fn is_in_series(&self, claim: ClaimId) -> bool {
        self.in_series.contains(&claim)
    }

    /// Makes an origin of every end of a chain; gives for each node the origin that ends there.
    fn number_ends(&mut self, graph: &ClaimGraph<'_>) -> Vec<Option<OriginId>> {
        let mut by_source: FxHashMap<Party, OriginId> = FxHashMap::default();
        let ends = graph.graph.node_indices().map(|node| {
            let is_end = !graph.is_silent(node) && graph.graph.neighbors(node).all(|next| graph.is_silent(next));
            if !is_end {
                return None;
            }
            let party = graph.speaker(node);
            let mut make = || {
                let id = OriginId(self.list.len() as u32);
                let (own_figures, figures) = (Vec::new(), Vec::new());
                self.list.push(Origin {
                    party,
                    end: node,
                    own_figures,
                    figures,
                    publications: 0,
                    current: None,
                    hops: 0,
                });
                id
            };
            Some(match party {
                Party::Source(_) => *by_source.entry(party).or_insert_with(make),
                Party::Anonymous(_) => make(),
            })
        });
        ends.collect()
    }

    fn collect_figures(&mut self, graph: &ClaimGraph<'_>, ends: &[Option<OriginId>], latest: &[Option<NodeIndex>]) {
        let case = graph.case;
        let mut best_hops: Vec<Option<(ClaimId, u16)>> = vec![None; self.list.len()];
        let mut best_is_own = vec![false; self.list.len()];
        for claim in graph.figures() {
            let Some(node) = graph.node(claim) else { continue };
            for origin in self.of_node[node.index()].iter() {
                self.list[origin.index()].figures.push(claim);
            }
            let speaks_last = latest[node.index()].unwrap_or(node);
            for (origin, hops) in straight_origins(graph, speaks_last, ends) {
                let found = &mut self.list[origin.index()];
                found.own_figures.push(claim);
                let is_evidence = latest[node.index()].is_none() && graph.standing(claim) == Standing::Used;
                // What the origin said itself, or revised, counts before what is credited to it in passing.
                let is_own = hops == 0 || self.in_series.contains(&claim);
                let is_better = found.current.is_none_or(|best| {
                    let order = is_own.cmp(&best_is_own[origin.index()]);
                    order.then_with(|| more_telling(case, claim, best)).is_gt()
                });
                if is_evidence && is_better {
                    found.current = Some(claim);
                    best_is_own[origin.index()] = is_own;
                }
                if found.current == Some(claim) || best_hops[origin.index()].is_none() {
                    best_hops[origin.index()] = Some((claim, hops));
                }
            }
        }
        for (origin, hops) in self.list.iter_mut().zip(best_hops) {
            let mut publishers: Vec<_> = origin.figures.iter().map(|c| case.claims.publisher[c.index()]).collect();
            publishers.sort_unstable();
            publishers.dedup();
            origin.publications = publishers.len();
            origin.hops = hops.map_or(0, |(_, hops)| hops);
        }
    }

    /// Drops origins that no figure rests on and orders the others by their first figure.
    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.list.len()).filter(|&at| !self.list[at].figures.is_empty()).collect();
        order.sort_by_key(|&at| {
            let origin = &self.list[at];
            (origin.own_figures.first().copied().unwrap_or(origin.figures[0]), origin.end)
        });
        let mut place = vec![None; self.list.len()];
        for (to, &from) in order.iter().enumerate() {
            place[from] = Some(OriginId(to as u32));
        }
        self.list = order.iter().map(|&at| self.list[at].clone()).collect();
        let mut moved: FxHashMap<*const OriginId, Rc<[OriginId]>> = FxHashMap::default();
        let old = std::mem::take(&mut self.of_node);
        self.of_node = old
            .iter()
            .map(|set| {
                let renumber = || {
                    let mut ids: Vec<OriginId> = set.iter().filter_map(|id| place[id.index()]).collect();
                    ids.sort_unstable();
                    ids.into()
                };
                Rc::clone(moved.entry(set.as_ptr()).or_insert_with(renumber))
            })
            .collect();
    }
}

/// The set of origins of each node: its own where `sets` gives one, else those of what it leads to.
/// The nodes of a circle share those of the ways out.
fn spread(graph: &ClaimGraph<'_>, parts: &[Vec<NodeIndex>], sets: &[Option<Rc<[OriginId]>>]) -> Vec<Rc<[OriginId]>> {
    let empty: Rc<[OriginId]> = Rc::from([]);
    let mut of_node = vec![Rc::clone(&empty); graph.graph.node_count()];
    for part in parts {
        let mut below: Vec<Rc<[OriginId]>> = Vec::new();
        for &node in part.iter().filter(|&&node| !graph.is_silent(node)) {
            match &sets[node.index()] {
                Some(own) => below.push(Rc::clone(own)),
                None => below.extend(graph.graph.neighbors(node).map(|next| Rc::clone(&of_node[next.index()]))),
            }
        }
        below.retain(|set| !set.is_empty());
        below.sort_by_key(|set| set.as_ptr() as usize);
        below.dedup_by(|a, b| Rc::ptr_eq(a, b));
        let union = match &below[..] {
            [] => Rc::clone(&empty),
            [only] => Rc::clone(only),
            several => {
                let mut ids: Vec<OriginId> = several.iter().flat_map(|set| set.iter().copied()).collect();
                ids.sort_unstable();
                ids.dedup();
                ids.into()
            }
        };
        for &node in part.iter().filter(|&&node| !graph.is_silent(node)) {
            of_node[node.index()] = match &sets[node.index()] {
                Some(own) => Rc::clone(own),
                None => Rc::clone(&union),
            };
        }
    }
    of_node
}

/// For each claim that is not the last word of its series of revisions, the claim that is. The last
/// word is the most telling of those that are evidence, or of all where none is.
fn latest_of_series(graph: &ClaimGraph<'_>) -> Vec<Option<NodeIndex>> {
    let mut latest = vec![None; graph.graph.node_count()];
    let case = graph.case;
    // Series are those of the whole case: one that is not seen yet still ties those around it.
    let all = case.claims.of_question(graph.question);
    let place = |claim: ClaimId| (claim.0 - all.start) as usize;
    let mut series = UnionFind::<usize>::new(all.len());
    let mut has_series = false;
    for claim in all.clone().map(ClaimId) {
        if let Some(revised) = case.claims.revises.get(claim.index()) {
            has_series |= series.union(place(claim), place(revised));
        }
    }
    if !has_series {
        return latest;
    }
    let revisions = revisions(case, all.clone());
    // Of two figures from the same day, the one that revises more is the later.
    let later = |a: ClaimId, b: ClaimId| {
        let dates = |claim: ClaimId| (case.claims.refers_to(claim), case.claims.published.get(claim.index()));
        let by_revision = || revisions[place(a)].cmp(&revisions[place(b)]);
        dates(a).cmp(&dates(b)).then_with(by_revision).then_with(|| more_telling(case, a, b))
    };
    let mut last: FxHashMap<usize, ClaimId> = FxHashMap::default();
    for claim in graph.figures() {
        let is_used = |claim: ClaimId| graph.standing(claim) == Standing::Used;
        last.entry(series.find(place(claim)))
            .and_modify(|best| {
                let order = is_used(claim).cmp(&is_used(*best)).then_with(|| later(claim, *best));
                if order.is_gt() {
                    *best = claim;
                }
            })
            .or_insert(claim);
    }
    for claim in graph.figures() {
        if let Some(node) = graph.node(claim) {
            let best = last.get(&series.find(place(claim))).copied();
            latest[node.index()] = best.filter(|&best| best != claim).and_then(|best| graph.node(best));
        }
    }
    latest
}

/// How many earlier figures each claim revises, one behind the other; the reader refuses circles of revisions.
fn revisions(case: &Case, claims: std::ops::Range<u32>) -> Vec<u32> {
    let mut known: Vec<Option<u32>> = vec![None; claims.len()];
    let place = |claim: ClaimId| (claim.0 - claims.start) as usize;
    for claim in claims.clone().map(ClaimId) {
        let mut way = Vec::new();
        let mut next = Some(claim);
        let earlier = |at: ClaimId| case.claims.revises.get(at.index()).filter(|at| claims.contains(&at.0));
        while let Some(at) = next.filter(|&at| known[place(at)].is_none()) {
            known[place(at)] = Some(0);
            way.push(at);
            next = earlier(at);
        }
        let first = next.and_then(|at| known[place(at)]).map_or(0, |depth| depth + 1);
        for (depth, at) in (first..).zip(way.into_iter().rev()) {
            known[place(at)] = Some(depth);
        }
    }
    known.into_iter().map(Option::unwrap_or_default).collect()
}

/// The origins that a claim gives a figure of straight, with the relays between: breadth first over
/// the parties that are not claims of the case.
fn straight_origins(graph: &ClaimGraph<'_>, claim: NodeIndex, ends: &[Option<OriginId>]) -> Vec<(OriginId, u16)> {
    let mut found: Vec<(OriginId, u16)> = Vec::new();
    let mut queue = VecDeque::from([(claim, 0u16)]);
    let mut seen = vec![claim];
    while let Some((node, hops)) = queue.pop_front() {
        if let Some(origin) = ends[node.index()]
            && found.iter().all(|&(known, _)| known != origin)
        {
            found.push((origin, hops));
        }
        for next in graph.graph.neighbors(node) {
            if !matches!(graph.graph[next], Node::Claim(_)) && !seen.contains(&next) {
                seen.push(next);
                queue.push_back((next, hops.saturating_add(1)));
            }
        }
    }
    found.sort_unstable();
    found
}
