//! Kernel density estimation from multiple sources.

use super::weighted::{counts, deviation};
use crate::consensus::methods::simple::median::median;
use crate::consensus::methods::{Figures, Found, NO_FIGURE, Sheet};

/// Rounds that are run at most, and the relative change of the objective at which they end.
const ROUNDS: usize = 50;
const CHANGE: f64 = 1e-5;

/// Least share of the loss, so that no source weighs without limit.
const LEAST: f64 = 1e-9;

/// Runs the method: the figure at which the weighted density is highest.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let weight = kdem(figures);
    let found = figures.sheets().map(|sheet| {
        let weights = shares(&sheet, &weight);
        let density = smoothed(&sheet, &weights);
        let best = (0..sheet.len()).reduce(|best, at| if density[at] > density[best] { at } else { best });
        best.map_or_else(|| Found::none(NO_FIGURE), |at| Found::point(sheet.z[at]))
    });
    found.collect()
}

/// Wan, Chen, Kaplan, Han, Gao and Zhao (2016), KDD: the opinion on a question is f = Σ w·K((x − xₛ)/h), and a
/// source's weight −ln of its share of all losses, a loss being ‖K(·, xₛ) − f‖² in the kernel's
/// space over the number of claims on the question, averaged over the source's claims. In turn,
/// from equal weights.
///
/// The kernel is Gaussian, exp(−(Δ/h)²), h the median distance from the median figure. Gives the
/// weight of each source. Cost: the square of each question's figures, times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::kdem::kdem};
/// let figures = Figures::on_scale(&[vec![(0, 1.0), (1, 1.1), (2, 9.0)], vec![(0, 4.0), (1, 4.1), (2, 0.0)]]);
/// let weight = kdem(&figures);
/// assert!(weight[0] > weight[2]);
/// ```
#[must_use]
pub fn kdem(figures: &Figures) -> Vec<f64> {
    let counts = counts(figures);
    let mut weight = vec![1.0; counts.len()];
    let mut objective = f64::NAN;
    for _ in 0..ROUNDS {
        let mut losses = vec![0.0; counts.len()];
        for sheet in figures.sheets().filter(|sheet| !sheet.is_empty()) {
            let w = shares(&sheet, &weight);
            let f = smoothed(&sheet, &w);
            let own: f64 = w.iter().zip(&f).map(|(w, f)| w * f).sum();
            for (&source, f) in sheet.source.iter().zip(&f) {
                losses[source as usize] += (1.0 - 2.0 * f + own).max(0.0) / sheet.len() as f64;
            }
        }
        let total: f64 = losses.iter().sum();
        if total <= 0.0 {
            break;
        }
        let share = losses.iter().zip(&counts).map(|(loss, &n)| loss / f64::from(n.max(1)) / total);
        weight = share.map(|share| (-libm::log(share.max(LEAST))).max(0.0)).collect();
        if (total - objective).abs() <= CHANGE * total {
            break;
        }
        objective = total;
    }
    weight
}

/// Weights of a question's figures, summing to 1; equal if their sources have none.
fn shares(sheet: &Sheet<'_>, weight: &[f64]) -> Vec<f64> {
    let own: Vec<f64> = sheet.source.iter().map(|&source| weight[source as usize]).collect();
    let total: f64 = own.iter().sum();
    own.iter().map(|w| if total > 0.0 { w / total } else { 1.0 / own.len() as f64 }).collect()
}

/// Σ w·K at each figure of a question.
fn smoothed(sheet: &Sheet<'_>, weights: &[f64]) -> Vec<f64> {
    let width = width(sheet.z);
    let at = |x: f64| {
        let kernel = |z: f64| {
            let u = (x - z) / width;
            if u == 0.0 || width <= 0.0 { 1.0 } else { libm::exp(-u * u) }
        };
        sheet.z.iter().zip(weights).map(|(&z, w)| w * kernel(z)).sum()
    };
    sheet.z.iter().map(|&x| at(x)).collect()
}

/// Median distance from the median, with a hair of the spread so that figures of which most are
/// equal still have a width.
fn width(z: &[f64]) -> f64 {
    let middle = median(z);
    let away: Vec<f64> = z.iter().map(|z| (z - middle).abs()).collect();
    if away.is_empty() { 0.0 } else { median(&away) + 1e-10 * deviation(z) }
}
