//! Confidence-aware truth discovery.

use rustc_hash::FxHashMap;

use super::weighted::{Weights, counts, deviation, weighted_mean};
use crate::consensus::methods::simple::median::median;
use crate::consensus::methods::{Figures, Found};
use crate::stats::special::chi2_quantile;

/// Significance of the confidence interval.
const ALPHA: f64 = 0.05;

/// Rounds that are run at most.
const ROUNDS: usize = 10;

/// Least mean squared error of a source as a share of that of all claims. Without it one source
/// becomes the truth, its error zero and its weight without limit.
const LEAST: f64 = 1e-3;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    catd(figures, ROUNDS, LEAST, true).found()
}

/// Li, Li, Gao, Su, Zhao, Demirbas, Fan and Han (2014), PVLDB 8:425: the weight of a source with n
/// claims is the α/2 *quantile* of χ² with n degrees of freedom over the sum of its squared errors,
/// the upper end of the confidence interval for its precision; truths are weighted means. Starts at
/// the medians.
///
/// With `is_normed` errors count in standard deviations of the question's figures, as in CRH;
/// without, questions of large numbers rule. `least` holds the mean squared error of a source above that share of the mean of all; 0 lets the
/// method collapse onto one source, as published. Sources with few claims weigh little. Cost: figures times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::catd::catd};
/// let figures = Figures::on_scale(&[vec![(0, 1.0), (1, 1.1), (2, 9.0)], vec![(0, 4.0), (1, 4.1), (2, 0.0)]]);
/// assert!(catd(&figures, 2, 1e-4, true).truth[0] < 2.0);
/// ```
#[must_use]
pub fn catd(figures: &Figures, rounds: usize, least: f64, is_normed: bool) -> Weights {
    let counts = counts(figures);
    let mut quantiles: FxHashMap<u32, f64> = FxHashMap::default();
    let mut quantile = |n: u32| *quantiles.entry(n).or_insert_with(|| chi2_quantile(0.5 * ALPHA, f64::from(n)));
    let upper: Vec<f64> = counts.iter().map(|&n| if n > 0 { quantile(n) } else { 0.0 }).collect();
    let claims: f64 = counts.iter().map(|&n| f64::from(n)).sum();
    let spread = |z: &[f64]| if is_normed { Some(deviation(z)).filter(|s| *s > 0.0).unwrap_or(1.0) } else { 1.0 };
    let spreads: Vec<f64> = figures.sheets().map(|sheet| spread(sheet.z)).collect();
    let start = figures.sheets().map(|sheet| median(sheet.z)).collect();
    let mut found = Weights { truth: start, weight: vec![1.0; counts.len()] };
    for _ in 0..rounds {
        let mut errors = vec![0.0; counts.len()];
        for ((sheet, &truth), spread) in figures.sheets().zip(&found.truth).zip(&spreads) {
            for (&source, &z) in sheet.source.iter().zip(sheet.z) {
                let off = (z - truth) / spread;
                errors[source as usize] += off * off;
            }
        }
        // An error of zero would weigh without limit even where nothing is floored.
        let floor = least.max(1e-30) * errors.iter().sum::<f64>() / claims;
        let weight = errors.iter().zip(&counts).zip(&upper).map(|((&error, &n), &upper)| {
            let error = error.max(floor * f64::from(n));
            if error > 0.0 { upper / error } else { 0.0 }
        });
        let weight: Vec<f64> = weight.collect();
        if weight.iter().all(|w| *w == 0.0) {
            break;
        }
        found.weight = weight;
        let truth = figures
            .sheets()
            .map(|sheet| if sheet.is_empty() { f64::NAN } else { weighted_mean(&sheet, &found.weight) });
        found.truth = truth.collect();
    }
    found
}
