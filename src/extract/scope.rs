//! Which attributions speak of which quantity, and in which order they make its chain.

use super::frame::{Attribution, LABEL, Reach};
use super::noun::Scene;
use super::quantity::Quantity;
use super::reach::strong_boundary_before;

/// The attributions behind a quantity, from the reader to the origin, by their places in the list.
pub(super) fn chain(
    scene: Scene<'_>,
    quantities: &[Quantity],
    found: &[Attribution],
    quantity: &Quantity,
) -> Vec<usize> {
    let at = quantity.number;
    let mut behind: Vec<usize> = Vec::new();
    let mut ahead: Vec<usize> = Vec::new();
    for (index, attribution) in found.iter().enumerate() {
        let after = attribution.cue > at;
        match attribution.reach {
            Reach::Forward | Reach::Both if !after && covers_forward(scene, quantities, found, index, at) => {
                ahead.push(index);
            }
            Reach::Backward | Reach::Both if after && covers_backward(scene, quantities, found, index, at) => {
                behind.push(index);
            }
            _ => {}
        }
    }
    // What stands at the end of the sentence is outermost; what leads in stands in its own order.
    behind.reverse();
    behind.extend(ahead);
    if behind.is_empty() {
        behind.extend(nearest_before(scene, found, at));
    }
    behind
}

/// Whether an attribution that stands before a quantity still speaks there.
fn covers_forward(scene: Scene<'_>, quantities: &[Quantity], found: &[Attribution], index: usize, at: usize) -> bool {
    if found[index].rule == LABEL {
        return true;
    }
    let mut end = found[index].to;
    for next in found.iter().skip(index + 1).filter(|next| next.reach != Reach::Backward && next.from < at) {
        if next.cue < end {
            continue;
        }
        if !is_nested(scene, quantities, end, next) {
            return false;
        }
        end = next.to;
    }
    true
}

/// Whether an attribution is said by the one before it: nothing is counted and no clause ends between them.
fn is_nested(scene: Scene<'_>, quantities: &[Quantity], end: usize, next: &Attribution) -> bool {
    if next.rule == "same subject" {
        return false;
    }
    let counted = quantities.iter().any(|quantity| quantity.from >= end && quantity.to <= next.from);
    let boundary = strong_boundary_before(scene, next.from);
    let parted = boundary > end && boundary > scene.from || is_boundary_at(scene, next.from, end);
    !counted && !parted
}

/// Whether a clause begins between two places.
fn is_boundary_at(scene: Scene<'_>, from: usize, end: usize) -> bool {
    strong_boundary_before(scene, from + 1) >= end.max(scene.from + 1)
}

/// Whether an attribution that stands after a quantity speaks of it.
fn covers_backward(scene: Scene<'_>, quantities: &[Quantity], found: &[Attribution], index: usize, at: usize) -> bool {
    let own = &found[index];
    // Another one that looks back stands between, and has quantities of its own before this.
    let cut = found.iter().take(index).any(|other| {
        other.cue > at
            && other.reach != Reach::Forward
            && quantities.iter().any(|q| q.from >= other.to && q.to <= own.from)
    });
    let boundary = strong_boundary_before(scene, own.from);
    let own_clause = quantities.iter().any(|q| q.number > boundary && q.to <= own.from);
    !cut && (boundary <= at || !own_clause)
}

/// For a quantity that none reaches: the attribution before it in the same clause that looked back.
fn nearest_before(scene: Scene<'_>, found: &[Attribution], at: usize) -> Option<usize> {
    let boundary = strong_boundary_before(scene, at);
    let before = |attribution: &Attribution| attribution.to <= at && attribution.reach != Reach::Forward;
    let near = found.iter().rposition(|attribution| before(attribution) && attribution.from >= boundary);
    // "Nine, he said, were found, while two are missing": nobody else speaks
    let while_only = scene.is_word(boundary, "while") && found.iter().all(|attribution| attribution.from < boundary);
    near.or_else(|| {
        let medial = |attribution: &Attribution| scene.token(attribution.to).is_some_and(super::token::Token::is_comma);
        found.iter().rposition(|attribution| {
            while_only && before(attribution) && medial(attribution) && !attribution.rule.starts_with("according")
        })
    })
}
