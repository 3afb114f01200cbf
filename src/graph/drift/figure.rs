//! The figure of a claim against those of the claims that it passes on.

use super::Found;
use super::scope::is_another_count;
use crate::graph::build::{ClaimGraph, Node};
use crate::graph::figures::is_same_figure;
use crate::model::{BoundClass, ClaimId};

/// The claims with a number that a claim passes on straight, in order.
pub(super) fn legs(graph: &ClaimGraph<'_>, claim: ClaimId) -> Vec<ClaimId> {
    let Some(node) = graph.node(claim) else { return Vec::new() };
    let mut legs: Vec<ClaimId> = graph
        .graph
        .neighbors(node)
        .filter_map(|next| match graph.graph[next] {
            Node::Claim(other) if graph.estimate(other).is_figure() => Some(other),
            _ => None,
        })
        .collect();
    legs.sort_unstable();
    legs
}

/// The first leg that counts the same thing, where no leg gives the very figure.
fn changed_leg(graph: &ClaimGraph<'_>, claim: ClaimId, legs: &[ClaimId]) -> Option<ClaimId> {
    let figure = graph.estimate(claim);
    let mut first = None;
    for &leg in legs.iter().filter(|&&leg| !is_another_count(graph, claim, leg)) {
        let other = graph.estimate(leg);
        if other.bound.class() == figure.bound.class() && is_same_figure(&figure, &other) {
            return None;
        }
        first = first.or(Some(leg));
    }
    first
}

/// Another class of bound. Strictness alone, and exact against about, are no change of class.
pub(super) fn another_bound(graph: &ClaimGraph<'_>, claim: ClaimId, legs: &[ClaimId]) -> Option<Found> {
    let leg = changed_leg(graph, claim, legs)?;
    let (from, to) = (graph.estimate(leg).bound.class(), graph.estimate(claim).bound.class());
    (from != to).then(|| Found { other: Some(leg), why: format!("{} became {}", class_name(from), class_name(to)) })
}

/// Another number with the same class of bound.
pub(super) fn another_figure(graph: &ClaimGraph<'_>, claim: ClaimId, legs: &[ClaimId]) -> Option<Found> {
    let leg = changed_leg(graph, claim, legs)?;
    let is_same_class = graph.estimate(leg).bound.class() == graph.estimate(claim).bound.class();
    is_same_class.then(|| Found { other: Some(leg), why: "the number differs by more than rounding".to_owned() })
}

fn class_name(class: BoundClass) -> &'static str {
    match class {
        BoundClass::Point => "a figure",
        BoundClass::Floor => "a floor",
        BoundClass::Ceiling => "a ceiling",
        BoundClass::Range => "a range",
        BoundClass::Unknown => "no number",
    }
}
