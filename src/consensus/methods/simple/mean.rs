//! The arithmetic mean on the scale: the geometric mean of counts.

use crate::consensus::methods::{Figures, Found, each_point};

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each_point(figures, |sheet| mean(sheet.z))
}

/// Mean of finite values, summed in their order and never outside them: equal values give that
/// value to the last bit. Legendre (1805), appendix on least squares.
///
/// n = 0 gives NaN. Cost: linear.
///
/// ```
/// use sayso::consensus::methods::simple::mean::mean;
/// assert_eq!(mean(&[1.0, 2.0, 6.0]), 3.0);
/// assert_eq!(mean(&[0.1; 3]), 0.1);
/// assert!(mean(&[]).is_nan());
/// ```
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    within(values.iter().map(|x| x / n).sum::<f64>(), values)
}

/// The value moved to the nearest end of the values if rounding has put it outside them; NaN if there are none.
#[must_use]
pub fn within(value: f64, values: &[f64]) -> f64 {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low <= high { value.clamp(low, high) } else { f64::NAN }
}
