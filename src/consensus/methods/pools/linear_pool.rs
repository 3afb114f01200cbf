//! The linear opinion pool: the mean of the distributions.

use super::opinion::{Opinion, pooled, rising_root};
use crate::consensus::methods::{Figures, Found, each};

/// Runs the method with equal weights.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| pooled(sheet, |opinions| Found::quantiles(|p| linear_pool(opinions, p))))
}

/// Quantile of Σ w·F: Stone (1961), Ann. Math. Statist. 32:1339
///
/// It is wider than the mean of its members' widths where they disagree. One opinion gives itself;
/// none NaN. Cost: n for each of about 60 steps.
///
/// ```
/// use sayso::consensus::methods::pools::{linear_pool::linear_pool, opinion::Opinion};
/// let apart = [0.0, 8.0].map(|middle| Opinion { middle, below: 1.0, above: 1.0, weight: 0.5 });
/// assert!((linear_pool(&apart, 0.25) - 0.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn linear_pool(opinions: &[Opinion], p: f64) -> f64 {
    let each = opinions.iter().map(|opinion| opinion.quantile(p));
    let low = each.clone().fold(f64::INFINITY, f64::min);
    let high = each.fold(f64::NEG_INFINITY, f64::max);
    if low >= high {
        return low;
    }
    // In the upper half the other tail keeps the digits.
    if p <= 0.5 {
        rising_root(|x| opinions.iter().map(|o| o.weight * o.cdf(x)).sum::<f64>() - p, low, high)
    } else {
        rising_root(|x| (1.0 - p) - opinions.iter().map(|o| o.weight * o.survival(x)).sum::<f64>(), low, high)
    }
}
