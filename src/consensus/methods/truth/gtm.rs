//! The Gaussian truth model.

use super::weighted::{counts, deviation};
use crate::consensus::methods::simple::mean::mean;
use crate::consensus::methods::{Figures, Found, NO_FIGURE};
use crate::stats::special::normal_quantile;

/// Shape and rate of the inverse gamma prior of a source's variance, as published.
const ALPHA: f64 = 10.0;
const BETA: f64 = 10.0;

/// Rounds that are run.
const ROUNDS: usize = 20;

/// Truth of a question and its variance, in standard deviations of the question's figures about
/// their mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    /// mean
    pub mean: f64,
    /// variance
    pub variance: f64,
}

/// Runs the method: the quantiles are those of the posterior given the sources' variances.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let (truths, _) = gtm(figures, ROUNDS);
    let found = figures.sheets().zip(truths).map(|(sheet, truth)| {
        let (centre, spread) = (mean(sheet.z), deviation(sheet.z));
        if sheet.is_empty() {
            Found::none(NO_FIGURE)
        } else if spread > 0.0 {
            Found::quantiles(|p| centre + spread * (truth.mean + normal_quantile(p) * truth.variance.sqrt()))
        } else {
            Found::point(centre).with_note("the figures do not differ: no width")
        }
    });
    found.collect()
}

/// Zhao and Han (2012), QDB: claims are normal about the truth with the source's *variance* σ², the
/// truth of a question normal with mean 0 and variance 1 after norming its claims, σ² inverse gamma.
/// EM in turn: μ = Σ(x/σ²)/(1 + Σ 1/σ²) and σ² = (2β + Σ(x − μ)²)/(2(α + 1) + n).
///
/// Gives truths with their variances, and the variance of each source. The range is of the same width for
/// every pair of sources, however far apart their claims. Cost: figures times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::gtm::gtm};
/// let figures = Figures::on_scale(&[vec![(0, 1.0), (1, 1.1), (2, 9.0)], vec![(0, 4.0), (1, 4.1), (2, 0.0)]]);
/// let (_, variances) = gtm(&figures, 20);
/// assert!(variances[0] < variances[2]);
/// ```
#[must_use]
pub fn gtm(figures: &Figures, rounds: usize) -> (Vec<Normal>, Vec<f64>) {
    let counts = counts(figures);
    let normed: Vec<Vec<f64>> = figures
        .sheets()
        .map(|sheet| {
            let (centre, spread) = (mean(sheet.z), deviation(sheet.z));
            sheet.z.iter().map(|z| if spread > 0.0 { (z - centre) / spread } else { 0.0 }).collect()
        })
        .collect();
    let mut variance = vec![BETA / (ALPHA + 1.0); counts.len()];
    let mut truths = Vec::new();
    for _ in 0..rounds.max(1) {
        truths = figures.sheets().zip(&normed).map(|(sheet, x)| truth(sheet.source, x, &variance)).collect();
        let mut sums = vec![2.0 * BETA; counts.len()];
        for ((sheet, x), truth) in figures.sheets().zip(&normed).zip(&truths) {
            for (&source, x) in sheet.source.iter().zip(x) {
                sums[source as usize] += (x - truth.mean) * (x - truth.mean);
            }
        }
        let new = sums.iter().zip(&counts).map(|(sum, &n)| sum / (2.0 * (ALPHA + 1.0) + f64::from(n)));
        variance = new.collect();
    }
    (truths, variance)
}

fn truth(sources: &[u32], x: &[f64], variance: &[f64]) -> Normal {
    let precision: f64 = 1.0 + sources.iter().map(|&source| 1.0 / variance[source as usize]).sum::<f64>();
    let sum: f64 = sources.iter().zip(x).map(|(&source, x)| x / variance[source as usize]).sum();
    Normal { mean: sum / precision, variance: 1.0 / precision }
}
