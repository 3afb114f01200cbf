//! Quantile averaging: the mean of the quantiles at each probability.

use super::opinion::{Opinion, pooled};
use crate::consensus::methods::{Figures, Found, each};

/// Runs the method with equal weights, on the scale.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| pooled(sheet, |opinions| Found::quantiles(|p| quantile_average(opinions, p))))
}

/// Σ w·F⁻¹(p): Vincent (1912); Ratcliff (1979), Psychol. Bull. 86:446; Lichtendahl, Grushka-Cockayne
/// and Winkler (2013), Manage. Sci. 59:1594 As wide as its members on average.
///
/// Cost: linear.
///
/// ```
/// use sayso::consensus::methods::pools::{opinion::Opinion, quantile_average::quantile_average};
/// let apart = [0.0, 8.0].map(|middle| Opinion { middle, below: 1.0, above: 1.0, weight: 0.5 });
/// assert_eq!(quantile_average(&apart, 0.5), 4.0);
/// ```
#[must_use]
pub fn quantile_average(opinions: &[Opinion], p: f64) -> f64 {
    opinions.iter().map(|opinion| opinion.weight * opinion.quantile(p)).sum()
}
