//! What a claim counts, against what the claims count that it passes on.

use super::Found;
use crate::graph::build::ClaimGraph;
use crate::model::{ClaimId, fold_name, unit};

/// Every claim that is passed on counts something else.
pub(super) fn another_count(graph: &ClaimGraph<'_>, claim: ClaimId, legs: &[ClaimId]) -> Option<Found> {
    let &leg = legs.first()?;
    let all = legs.iter().all(|&leg| is_another_count(graph, claim, leg));
    all.then(|| Found { other: Some(leg), why: difference(graph, claim, leg) })
}

/// Whether two claims count different things: another scope, another unit, or a share against a count.
pub(super) fn is_another_count(graph: &ClaimGraph<'_>, claim: ClaimId, other: ClaimId) -> bool {
    let claims = &graph.case.claims;
    let (a, b) = (claim.index(), other.index());
    let is_same_scope = claims.scope.is_empty() || fold_name(claims.scope.get(a)) == fold_name(claims.scope.get(b));
    let has_same_unit = claims.of.get(a).is_some() || unit::is_same(counted(graph, a), counted(graph, b));
    !is_same_scope || !has_same_unit || claims.of.get(a) != claims.of.get(b)
}

/// The unit of a claim, which is that of its question where it names none.
fn counted<'a>(graph: &ClaimGraph<'a>, at: usize) -> &'a str {
    match graph.case.claims.unit.get(at) {
        "" => &graph.case.question(graph.question).unit,
        unit => unit,
    }
}

fn difference(graph: &ClaimGraph<'_>, claim: ClaimId, other: ClaimId) -> String {
    let claims = &graph.case.claims;
    let (a, b) = (claim.index(), other.index());
    let scope = |at: usize| match claims.scope.get(at) {
        "" => "what the question asks",
        scope => scope,
    };
    match (claims.of.get(a), claims.of.get(b)) {
        (Some(of), None) => format!("a count became a share of {}", graph.case.question(of).id),
        (None, Some(of)) => format!("a share of {} became a count", graph.case.question(of).id),
        (Some(of), Some(was)) if of != was => {
            format!("a share of {} became one of {}", graph.case.question(was).id, graph.case.question(of).id)
        }
        _ if scope(a) == scope(b) => format!("{} became {}", counted(graph, b), counted(graph, a)),
        _ => format!("{} became {}", scope(b), scope(a)),
    }
}
