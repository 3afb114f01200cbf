//! Figures compared: whether two are the same but for rounding, and which of two counts.

use std::cmp::{Ordering, Reverse};

use crate::model::{Case, ClaimId, Estimate};

/// Whether a relay gives the number of an original: the same, or a rounding of it. A relay may be
/// coarser than the original by half a unit of its own last digit, but by no more than a tenth of the
/// number; a finer one has the very number. Bounds are not compared; a claim without a number only
/// equals another without one.
///
/// ```
/// use sayso::graph::is_same_figure;
/// use sayso::model::{Bound, Estimate};
/// let about = Estimate::single(Bound::About, 12_000.0, 1_000.0);
/// let exact = Estimate::single(Bound::Exact, 11_870.0, 10.0);
/// assert!(is_same_figure(&about, &exact));
/// assert!(!is_same_figure(&exact, &about));
/// assert!(!is_same_figure(&about, &Estimate::UNKNOWN));
/// ```
#[must_use]
pub fn is_same_figure(relay: &Estimate, original: &Estimate) -> bool {
    if !relay.is_figure() || !original.is_figure() {
        return relay.is_figure() == original.is_figure();
    }
    let ((low, high), (was_low, was_high)) = (relay.ends(), original.ends());
    relay.of == original.of && is_rounding(relay, low, was_low) && is_rounding(relay, high, was_high)
}

/// Whether an end of a relay is what was said, or a rounding of it.
pub(super) fn is_rounding(relay: &Estimate, said: f64, was: f64) -> bool {
    /// What a rounding may change at the most: one in ten.
    const MOST: f64 = 0.1;
    let exactness = 1e-9 * said.abs().max(was.abs());
    let is_coarser = was.abs() % relay.granularity.max(f64::MIN_POSITIVE) > exactness;
    let slack = if is_coarser { (0.5 * relay.granularity).min(MOST * was.abs()) } else { 0.0 };
    (said - was).abs() <= slack.max(exactness)
}

/// Orders two figures of one origin; the greater counts: the later date referred to, the later
/// publication, the more precise bound, then the first claim.
#[must_use]
pub fn more_telling(case: &Case, a: ClaimId, b: ClaimId) -> Ordering {
    let key = |claim: ClaimId| {
        (
            case.claims.refers_to(claim),
            case.claims.published.get(claim.index()),
            Reverse(case.claims.bound[claim.index()].imprecision()),
            Reverse(claim),
        )
    };
    key(a).cmp(&key(b))
}
