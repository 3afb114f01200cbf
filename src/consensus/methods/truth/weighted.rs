//! What methods that weigh sources have in common.

use crate::consensus::methods::simple::mean::{mean, within};
use crate::consensus::methods::{Figures, Found, NO_FIGURE, Sheet};

/// Truths and weights that a method settles on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weights {
    /// the truth of each question on its scale; NaN where it has no figure
    pub truth: Vec<f64>,
    /// the weight of each source
    pub weight: Vec<f64>,
}

impl Weights {
    /// The truths as what a method finds.
    #[must_use]
    pub fn found(&self) -> Vec<Found> {
        let point = |&z: &f64| if z.is_nan() { Found::none(NO_FIGURE) } else { Found::point(z) };
        self.truth.iter().map(point).collect()
    }
}

/// Mean of a question's figures by the weights of their sources; the plain mean if all are zero.
#[must_use]
pub fn weighted_mean(sheet: &Sheet<'_>, weight: &[f64]) -> f64 {
    let total: f64 = sheet.source.iter().map(|&source| weight[source as usize]).sum();
    if total > 0.0 && total.is_finite() {
        let sum = sheet.z.iter().zip(sheet.source).map(|(z, &source)| z * (weight[source as usize] / total)).sum();
        within(sum, sheet.z)
    } else {
        mean(sheet.z)
    }
}

/// How many figures each source gives.
#[must_use]
pub fn counts(figures: &Figures) -> Vec<u32> {
    let mut counts = vec![0; figures.sources()];
    for sheet in figures.sheets() {
        sheet.source.iter().for_each(|&source| counts[source as usize] += 1);
    }
    counts
}

/// Standard deviation with n, as truth discovery norms by it; 0 for n = 0.
#[must_use]
pub fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|z| (z - mean) * (z - mean)).sum::<f64>() / values.len().max(1) as f64).sqrt()
}
