//! Hedges, denials, and figures that were overtaken or lie ahead.

use super::claim::{Span, Standing};
use super::lexicon::{Classes, DENIALS, HEDGES, PLANS, REPLACED, SUPERSEDED, UNNAMED};
use super::noun::Scene;
use super::quantity::Quantity;
use super::reach::{strong_boundary_after, strong_boundary_before};

/// The part of a sentence that speaks of a quantity: up to the quantities around it, and no further
/// than its clause.
pub(super) fn clause(scene: Scene<'_>, quantities: &[Quantity], at: usize) -> (usize, usize) {
    let quantity = &quantities[at];
    let start = at.checked_sub(1).map_or(scene.from, |prior| quantities[prior].to);
    let end = quantities.get(at + 1).map_or(scene.to, |next| next.from);
    let start = start.max(strong_boundary_before(scene, quantity.from));
    (start.min(quantity.from), end.min(strong_boundary_after(scene, quantity.to)).max(quantity.to))
}

/// The hedges of a clause.
pub(super) fn hedges(scene: Scene<'_>, from: usize, to: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some((start, end)) = scene.find(at, to, HEDGES) {
        // May with a capital is a month.
        let month = scene.is_word(start, "may") && scene.tokens[start].capital && start > scene.from;
        if !month {
            found.push(Span { start: scene.tokens[start].start, end: scene.tokens[end - 1].end });
        }
        at = end;
    }
    found
}

/// Whether the words around a figure date it or place it ahead.
pub(super) fn standing(scene: Scene<'_>, quantity: &Quantity, from: usize, to: usize) -> Standing {
    let replaced = scene.find(quantity.from.saturating_sub(2).max(from), quantity.from, REPLACED).is_some();
    // "an earlier report", "initial police estimates"
    let early = (from..quantity.from).any(|at| {
        ["earlier", "previous", "initial", "prior"].iter().any(|word| scene.is_word(at, word))
            && (at + 1..at + 3).any(|at| scene.token(at).is_some_and(|token| token.is(Classes::DOCUMENT)))
    });
    if replaced || early || scene.find(from, to, SUPERSEDED).is_some() {
        return Standing::Superseded;
    }
    let after = (quantity.to + 8).min(to);
    let planned = scene.find(from, quantity.from, PLANS).or_else(|| scene.find(quantity.to, after, PLANS));
    if planned.is_some() { Standing::Projected } else { Standing::Asserted }
}

/// The place of a denial after a figure, or before it in the same sentence.
pub(super) fn denial(scene: Scene<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    scene.find(from, to, DENIALS)
}

/// The place of words that say that a speaker is not named.
pub(super) fn unnamed(scene: Scene<'_>) -> Option<(usize, usize)> {
    scene.find(scene.from, scene.to, UNNAMED)
}
