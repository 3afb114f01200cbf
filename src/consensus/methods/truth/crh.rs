//! Conflict resolution on heterogeneous data.

use super::weighted::{Weights, counts, deviation, weighted_mean};
use crate::consensus::methods::simple::median::median;
use crate::consensus::methods::{Figures, Found, Sheet};
use crate::stats::quantile::{Weighted, weighted_quantile};

/// How far a claim is from the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// |x − t| over the standard deviation of the question's figures; truths are weighted medians
    Absolute,
    /// its square; truths are weighted means
    Squared,
}

/// Rounds that are run.
const ROUNDS: usize = 20;

/// Least share of the loss: a source that is never off would weigh without limit.
const LEAST: f64 = 1e-6;

/// Runs the method with absolute loss.
#[must_use]
pub fn run_absolute(figures: &Figures) -> Vec<Found> {
    crh(figures, Loss::Absolute, ROUNDS).found()
}

/// Runs the method with squared loss.
#[must_use]
pub fn run_squared(figures: &Figures) -> Vec<Found> {
    crh(figures, Loss::Squared, ROUNDS).found()
}

/// Li, Li, Gao, Zhao, Fan and Han (2014), SIGMOD: truths that minimise Σ w·loss and weights
/// w = −ln(loss of the source/loss of all), in turn, from equal weights. The loss of a source is the
/// mean over its claims.
///
/// With a single source, or no disagreement, all weights are alike. The weights tell sources apart
/// less the more of them there are, and those who agree with themselves win. Cost: figures times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::crh::{Loss, crh}};
/// let figures = Figures::on_scale(&[vec![(0, 1.0), (1, 1.1), (2, 9.0)], vec![(0, 4.0), (1, 4.1), (2, 0.0)]]);
/// let found = crh(&figures, Loss::Squared, 20);
/// assert!(found.weight[0] > found.weight[2] && found.truth[0] < 2.0);
/// ```
#[must_use]
pub fn crh(figures: &Figures, loss: Loss, rounds: usize) -> Weights {
    let counts = counts(figures);
    let spreads: Vec<f64> = figures.sheets().map(|sheet| deviation(sheet.z)).collect();
    let mut found = Weights { truth: vec![f64::NAN; figures.len()], weight: vec![1.0; counts.len()] };
    for _ in 0..rounds {
        found.truth = figures.sheets().map(|sheet| truth(&sheet, &found.weight, loss)).collect();
        let mut losses = vec![0.0; counts.len()];
        for ((sheet, &truth), &spread) in figures.sheets().zip(&found.truth).zip(&spreads) {
            for (&source, &z) in sheet.source.iter().zip(sheet.z) {
                let off = if spread > 0.0 { ((z - truth) / spread).abs() } else { 0.0 };
                losses[source as usize] += if loss == Loss::Squared { off * off } else { off };
            }
        }
        for (loss, &count) in losses.iter_mut().zip(&counts) {
            *loss /= f64::from(count.max(1));
        }
        let total: f64 = losses.iter().sum();
        if total <= 0.0 {
            break;
        }
        let weight = losses.iter().map(|loss| -libm::log((loss / total).max(LEAST)));
        found.weight = weight.map(|w| w.max(0.0)).collect();
    }
    found
}

fn truth(sheet: &Sheet<'_>, weight: &[f64], loss: Loss) -> f64 {
    if sheet.is_empty() {
        return f64::NAN;
    }
    if loss == Loss::Squared {
        return weighted_mean(sheet, weight);
    }
    let pairs = sheet.z.iter().zip(sheet.source);
    let values: Vec<Weighted> =
        pairs.map(|(&value, &source)| Weighted { value, weight: weight[source as usize] }).collect();
    weighted_quantile(&values, 0.5).unwrap_or_else(|| median(sheet.z))
}
