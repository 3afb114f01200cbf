//! Who is credited, against what the credited said and what the claim repeats.

use petgraph::graph::NodeIndex;
use rustc_hash::FxHashSet;

use super::Found;
use super::generic::is_generic;
use crate::graph::build::{ClaimGraph, Node};
use crate::graph::link::{self, LinkChoice};
use crate::model::{ClaimId, Party, SourceId, SourceKind};

/// The named sources that a claim's text credits, other than its publisher.
pub(super) fn credited<'g>(graph: &'g ClaimGraph<'_>, claim: ClaimId) -> impl Iterator<Item = SourceId> + 'g {
    let publisher = graph.case.claims.publisher[claim.index()];
    let is_named = |source: SourceId| graph.case.is_named(Party::Source(source));
    link::credited(graph.case, claim).filter(move |&source| source != publisher && is_named(source))
}

/// The credited party has claims on the question by that date, and only such as give no number.
pub(super) fn contradicted(graph: &ClaimGraph<'_>, claim: ClaimId, _: &[ClaimId]) -> Option<Found> {
    credited(graph, claim).find_map(|source| match graph.own_claim(claim, source) {
        LinkChoice::OnlyUnknown(other) => {
            let (name, by) = (&graph.case.source(source).name, graph.case.claims.name(other));
            let why = format!("credits {name}, which had given no number by then ({by})");
            Some(Found { other: Some(other), why })
        }
        _ => None,
    })
}

/// The credited party has figures by that date and none is this one; not where the claim says what it
/// repeats, nor in a series of revisions, where figures change by intent.
pub(super) fn unsupported(graph: &ClaimGraph<'_>, claim: ClaimId, _: &[ClaimId]) -> Option<Found> {
    let claims = &graph.case.claims;
    if !claims.cites.get(claim.index()).is_empty() || graph.is_in_series(claim) {
        return None;
    }
    credited(graph, claim).find_map(|source| match graph.own_claim(claim, source) {
        LinkChoice::OtherFigures(other) => {
            let (name, by) = (&graph.case.source(source).name, claims.name(other));
            let why = format!("credits {name}, which had given another figure by then ({by})");
            Some(Found { other: Some(other), why })
        }
        _ => None,
    })
}

/// A named source that occurs nowhere in the chain which the claim repeats, where that is not a
/// change of speaker.
pub(super) fn other_than_cited(graph: &ClaimGraph<'_>, claim: ClaimId, _: &[ClaimId]) -> Option<Found> {
    let (source, _) = stranger(graph, claim)?;
    if speaker_replaced(graph, claim, source).is_some() {
        return None;
    }
    let other = graph.case.claims.cites.get(claim.index()).first().copied();
    let name = &graph.case.source(source).name;
    Some(Found { other, why: format!("credits {name}, which stands nowhere in the chain that the claim repeats") })
}

/// The last party that the text credits is a person or body other than the one at which the repeated
/// chain ends.
pub(super) fn another_speaker(graph: &ClaimGraph<'_>, claim: ClaimId, _: &[ClaimId]) -> Option<Found> {
    let (source, _) = stranger(graph, claim)?;
    let speaker = speaker_replaced(graph, claim, source)?;
    let other = graph.case.claims.cites.get(claim.index()).first().copied();
    let (credited, said) = (&graph.case.source(source).name, &graph.case.source(speaker).name);
    Some(Found { other, why: format!("credits {credited} with what {said} said") })
}

/// The first credited source that occurs nowhere in the cited chain, and the sources that do.
/// `None` where the claim cites nothing, credits only descriptions, or the chain is too long to walk.
fn stranger(graph: &ClaimGraph<'_>, claim: ClaimId) -> Option<(SourceId, FxHashSet<SourceId>)> {
    if graph.case.claims.cites.get(claim.index()).is_empty() {
        return None;
    }
    let mut candidates = credited(graph, claim)
        .filter(|&source| {
            let source = graph.case.source(source);
            source.declared || !is_generic(&source.name)
        })
        .peekable();
    candidates.peek()?;
    let known = sources_behind(graph, graph.node(claim)?)?;
    let is_known = |source: SourceId| {
        let family = |other: &SourceId| graph.case.is_same_house(source, *other);
        known.contains(&source) || known.iter().any(family)
    };
    let source = candidates
        .find(|&source| !is_known(source) && !matches!(graph.own_claim(claim, source), LinkChoice::OnlyUnknown(_)))?;
    Some((source, known))
}

/// How many nodes of a chain are walked before a claim is given the benefit of the doubt.
const WALKED: usize = 2000;

/// Every named source that speaks behind a node, or is credited by a text there.
fn sources_behind(graph: &ClaimGraph<'_>, node: NodeIndex) -> Option<FxHashSet<SourceId>> {
    let mut found = FxHashSet::default();
    let mut seen = FxHashSet::from_iter([node]);
    let mut stack = vec![node];
    while let Some(at) = stack.pop() {
        for next in graph.graph.neighbors(at) {
            if seen.len() > WALKED {
                return None;
            }
            if seen.insert(next) {
                stack.push(next);
                if let Party::Source(source) = graph.speaker(next) {
                    found.insert(source);
                }
                if let Node::Claim(claim) = graph.graph[next] {
                    found.extend(credited(graph, claim));
                }
            }
        }
    }
    Some(found)
}

/// The person or body whose figure the claim repeats, where the text gives it to another one.
fn speaker_replaced(graph: &ClaimGraph<'_>, claim: ClaimId, source: SourceId) -> Option<SourceId> {
    let speaks = |source: SourceId| !matches!(graph.case.source(source).kind, SourceKind::Outlet | SourceKind::Wire);
    let is_last =
        graph.case.claims.via.get(claim.index()).last().is_some_and(|last| last.party == Party::Source(source));
    if !is_last || !speaks(source) {
        return None;
    }
    let node = graph.node(claim)?;
    graph.origins_of(node).iter().find_map(|origin| match graph.origins()[origin.index()].party {
        Party::Source(speaker) if speaker != source && speaks(speaker) => Some(speaker),
        _ => None,
    })
}
