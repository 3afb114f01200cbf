//! How well an expert's quantiles hold the settled values.

use super::panel::{Assessment, Panel};
use crate::stats::special::chi2_sf;

/// Settled values of the given seeds in each bin of an expert, for those that the expert answered.
/// A value equal to a quantile counts in the bin below it.
#[must_use]
pub fn counts(panel: &Panel, expert: usize, seeds: &[usize]) -> Vec<u32> {
    let mut counts = vec![0; panel.probabilities.len() + 1];
    for &seed in seeds {
        let item = &panel.items[seed];
        let answer = item.assessments.iter().find(|a| a.expert == expert);
        if let (Some(answer), Some(value)) = (answer, item.realisation) {
            counts[bin(answer, value)] += 1;
        }
    }
    counts
}

/// The bin of an assessment that holds a value.
#[must_use]
pub fn bin(assessment: &Assessment, value: f64) -> usize {
    assessment.quantiles.iter().filter(|&&q| value > q).count()
}

/// Calibration: P(χ² ≥ 2·n·Σ s·ln(s/p)) with s the shares of the bins, p their probabilities and one
/// degree of freedom fewer than bins (Cooke 1991, chapter 8).
///
/// `n` is the number of seeds that counts, the smallest answered by any expert. An expert without
/// seeds has calibration 0. The χ² distribution holds for many seeds; ten are the usual least.
/// Cost: the number of bins.
///
/// ```
/// use sayso::consensus::methods::cooke::calibration::calibration;
/// let bins = [0.05, 0.45, 0.45, 0.05];
/// assert_eq!(calibration(&[1, 9, 9, 1], &bins, 20), 1.0);
/// assert!(calibration(&[10, 0, 0, 10], &bins, 20) < 1e-12);
/// assert_eq!(calibration(&[0; 4], &bins, 20), 0.0);
/// ```
#[must_use]
pub fn calibration(counts: &[u32], bins: &[f64], n: u32) -> f64 {
    let total: u32 = counts.iter().sum();
    if total == 0 {
        return 0.0;
    }
    let terms = counts.iter().zip(bins).filter(|(count, _)| **count > 0).map(|(&count, p)| {
        let share = f64::from(count) / f64::from(total);
        share * libm::log(share / p)
    });
    // Rounding may leave a hair below zero where the shares are the probabilities.
    let statistic = (2.0 * f64::from(n) * terms.sum::<f64>()).max(0.0);
    if statistic == 0.0 { 1.0 } else { chi2_sf(statistic, (bins.len() - 1) as f64) }
}
