//! The median on the scale.

use crate::consensus::methods::{Figures, Found, each_point};
use crate::stats::quantile;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each_point(figures, |sheet| median(sheet.z))
}

/// Median: the middle value, or the mean of the two in the middle (Galton 1881). NaN for n = 0.
/// Cost: n·ln n.
///
/// ```
/// use sayso::consensus::methods::simple::median::median;
/// assert_eq!(median(&[9.0, 1.0, 2.0]), 2.0);
/// ```
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    quantile::median(&mut values.to_vec()).unwrap_or(f64::NAN)
}
