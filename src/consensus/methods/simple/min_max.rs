//! The lowest and the highest figure: ends without a probability.

use crate::consensus::methods::{Figures, Found, NO_FIGURE, each};

/// Runs the method. Every figure counts as the point that it is read as; n figures drawn alike hold
/// the next one with probability (n − 1)/(n + 1), which is no probability of the truth.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| min_max(sheet.z).map_or_else(|| Found::none(NO_FIGURE), |[low, high]| Found::ends(low, high)))
}

/// Smallest and largest of finite values; `None` for n = 0. Cost: linear.
///
/// ```
/// use sayso::consensus::methods::simple::min_max::min_max;
/// assert_eq!(min_max(&[3.0, 1.0, 2.0]), Some([1.0, 3.0]));
/// ```
#[must_use]
pub fn min_max(values: &[f64]) -> Option<[f64; 2]> {
    let low = values.iter().copied().reduce(f64::min)?;
    let high = values.iter().copied().reduce(f64::max)?;
    Some([low, high])
}
