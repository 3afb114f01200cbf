//! The median of the quantiles at each probability.

use super::opinion::{Opinion, pooled};
use crate::consensus::methods::simple::median::median;
use crate::consensus::methods::{Figures, Found, each};

/// Runs the method, on the scale.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| pooled(sheet, |opinions| Found::quantiles(|p| median_of_quantiles(opinions, p))))
}

/// Median over speakers of F⁻¹(p), all counting alike: Hora, Fransen, Hawkins and Susel (2013),
/// Decis. Anal. 10:279; the ensemble of forecast hubs (Ray et al. 2023). Cost: n·ln n.
///
/// ```
/// use sayso::consensus::methods::pools::{median_of_quantiles::median_of_quantiles, opinion::Opinion};
/// let three = [0.0, 1.0, 90.0].map(|middle| Opinion { middle, below: 1.0, above: 1.0, weight: 1.0 / 3.0 });
/// assert_eq!(median_of_quantiles(&three, 0.5), 1.0);
/// ```
#[must_use]
pub fn median_of_quantiles(opinions: &[Opinion], p: f64) -> f64 {
    let quantiles: Vec<f64> = opinions.iter().map(|opinion| opinion.quantile(p)).collect();
    median(&quantiles)
}
