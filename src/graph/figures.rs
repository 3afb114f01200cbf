//! Figures compared: whether two are the same but for rounding, and which of two counts.

use std::cmp::{Ordering, Reverse};

use crate::model::{Case, ClaimId, Estimate};

/// Whether two estimates give the same number, as far as the coarser of their roundings lets one
/// tell. Bounds are not compared; a claim without a number only equals another without one.
///
/// ```
/// use sayso::graph::is_same_figure;
/// use sayso::model::{Bound, Estimate};
/// let about = Estimate::single(Bound::About, 12_000.0, 1_000.0);
/// let exact = Estimate::single(Bound::Exact, 11_870.0, 10.0);
/// assert!(is_same_figure(&about, &exact));
/// assert!(!is_same_figure(&about, &Estimate::single(Bound::Exact, 11_000.0, 1_000.0)));
/// assert!(!is_same_figure(&about, &Estimate::UNKNOWN));
/// ```
#[must_use]
pub fn is_same_figure(a: &Estimate, b: &Estimate) -> bool {
    if !a.is_figure() || !b.is_figure() {
        return a.is_figure() == b.is_figure();
    }
    if a.of != b.of {
        return false;
    }
    let slack = 0.5 * a.granularity.max(b.granularity);
    let near = |x: f64, y: f64| (x - y).abs() <= slack.max(1e-9 * x.abs().max(y.abs()));
    let ((low, high), (other_low, other_high)) = (a.ends(), b.ends());
    near(low, other_low) && near(high, other_high)
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
