//! Constants fitted on questions with a settled value: how far to trust the product, and split conformal shifts.
//!
//! Of a few candidates for (ρ, ε, ω) and the factor s on the model's own spread, the one with the smallest
//! weighted interval score is taken, after every quantile is shifted by the p-quantile of its residuals
//! (Romano, Patterson and Candès 2019, conformalized quantile regression). s = 0 with the model's median is the
//! plain conformal range about a point, s = 1 trusts the model in how much wider one question is than another.

use super::account::Quantiles;
use super::atoms::atoms;
use super::evidence::QuestionEvidence;
use super::partition::usable;
use super::prepared::{Gist, Prepared, independence};
use super::settings::Settings;
use super::summary::{Place, Reading, calibrated, crowding};
use crate::credibility::SourceTable;

/// Fewer settled values than this fit nothing.
pub const LEAST: usize = 25;
/// More than this are not looked at: they are taken evenly from all.
pub const MOST: usize = 480;
/// Pseudo-counts that hold the shifts to zero.
const SHIFT_COUNTS: f64 = 4.0;
const RHO: [f64; 4] = [0.02, 0.12, 0.35, 0.8];
const EPS: [f64; 3] = [0.05, 0.3, 0.7];
const VOTE: [f64; 4] = [0.03, 0.1, 0.35, 1.0];
const MEAN: [[f64; 2]; 5] = [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0], [0.0, 0.5], [0.0, 1.0]];
/// What a mean in the place of a median, or shifts by number of origins, must gain.
const PRICE: f64 = 1.015;
const CROWD: [f64; 3] = [0.5, 0.75, 1.0];
const SPREAD: [f64; 7] = [0.0, 0.25, 0.5, 0.75, 1.0, 1.3, 1.7];

/// The constants that are tried, as settings.
#[must_use]
pub fn candidates(settings: &Settings, has_exact: bool) -> Vec<Settings> {
    let mut all = Vec::new();
    for rho in RHO {
        for eps in EPS {
            for vote in if has_exact { &VOTE[..] } else { &VOTE[..1] } {
                // The shifts take the place of a blur.
                all.push(Settings {
                    rho,
                    eps,
                    vote: *vote,
                    mu: 0.0,
                    tau: 0.0,
                    mean: [0.0; 2],
                    spread: 1.0,
                    crowd: 0.0,
                    shift: [0.0; 9],
                    ..settings.clone()
                });
            }
        }
    }
    all
}

/// What the candidates say of a question whose value is settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// settled value, on the scale
    truth: f64,
    /// the figures in brief
    gist: Gist,
    /// quantiles under each candidate
    places: Vec<[Place; 9]>,
}

/// The sample of a question; `None` where it has no range or the settled value has no place on its scale.
/// Cost: for each candidate, as for leaving an origin out.
#[must_use]
pub fn sample(
    question: &QuestionEvidence,
    value: f64,
    sources: &SourceTable,
    candidates: &[Settings],
) -> Option<Sample> {
    let base = candidates.first()?;
    let figures = usable(question, sources);
    let prepared = Prepared::of(question, &figures, base).ok()?;
    let truth = prepared.place(value);
    if !truth.is_finite() {
        return None;
    }
    let Prepared { voices, posterior, transform, support, .. } = &prepared;
    let mut known: Option<(f64, f64, Vec<f64>)> = None;
    let mut places = Vec::with_capacity(candidates.len());
    for settings in candidates {
        let density = match known.take() {
            Some((rho, eps, density)) if rho == settings.rho && eps == settings.eps => density,
            _ => posterior.reweighted(voices, &independence(&figures, settings).eta, settings.eps),
        };
        let atoms = atoms(voices, posterior, &density, None, settings);
        let reading = Reading::new(posterior, &density, atoms, Gist::default(), *transform, *support, settings)?;
        places.push(reading.places());
        known = Some((settings.rho, settings.eps, density));
    }
    Some(Sample { truth, gist: prepared.gist(), places })
}

/// Constants that were fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// the constants
    pub settings: Settings,
    /// mean weighted interval score on the samples
    pub score: f64,
}

/// The candidate with the smallest score, with its factor and shifts; `None` with fewer than [`LEAST`] samples.
#[must_use]
pub fn fit(samples: &[Sample], candidates: &[Settings]) -> Option<Fitted> {
    if samples.len() < LEAST {
        return None;
    }
    let mut best: Option<(f64, usize, Settings)> = None;
    for (at, candidate) in candidates.iter().enumerate() {
        for (spread, mean) in SPREAD.iter().flat_map(|&s| MEAN.map(|m| (s, m))) {
            let tried = Settings { mean, spread, ..candidate.clone() };
            let places: Vec<[f64; 9]> = samples.iter().map(|s| moved(&s.places[at], &s.gist, &tried)).collect();
            let (loss, shift) = shifted_loss(samples, &places, 0.0);
            // The mean answers to outliers; it has to earn its place.
            let score = if mean == [0.0; 2] { loss } else { loss * PRICE };
            if best.as_ref().is_none_or(|(known, ..)| score < *known) {
                best = Some((score, at, Settings { shift, ..tried }));
            }
        }
    }
    let (mut score, at, mut settings) = best?;
    for crowd in CROWD {
        let tried = Settings { crowd, shift: [0.0; 9], ..settings.clone() };
        let places: Vec<[f64; 9]> = samples.iter().map(|s| moved(&s.places[at], &s.gist, &tried)).collect();
        let (loss, shift) = shifted_loss(samples, &places, crowd);
        if loss * PRICE < score {
            (score, settings) = (loss * PRICE, Settings { shift, ..tried });
        }
    }
    Some(Fitted { score: score / samples.len() as f64, settings })
}

fn moved(places: &[Place; 9], gist: &Gist, settings: &Settings) -> [f64; 9] {
    calibrated(places, gist, settings).map(|place| place.z)
}

/// The loss after the best shifts, and those.
fn shifted_loss(samples: &[Sample], places: &[[f64; 9]], crowd: f64) -> (f64, [f64; 9]) {
    let sizes: Vec<f64> = samples.iter().map(|s| crowding(s.gist.origins, crowd)).collect();
    let shift = shifts(samples, places, &sizes);
    let lost = |((s, p), size): ((&Sample, &[f64; 9]), &f64)| wis(&shifted(p, &shift, *size), s.truth);
    (samples.iter().zip(places).zip(&sizes).map(lost).sum(), shift)
}

fn shifted(places: &[f64; 9], shift: &[f64; 9], size: f64) -> [f64; 9] {
    let mut moved: [f64; 9] = std::array::from_fn(|at| places[at] + size * shift[at]);
    moved.sort_by(f64::total_cmp);
    moved
}

/// The p-quantile of the residuals at each level, in units of the sizes, by ranks (n + 1)p, shrunk to zero.
fn shifts(samples: &[Sample], places: &[[f64; 9]], sizes: &[f64]) -> [f64; 9] {
    let n = samples.len();
    let keep = n as f64 / (n as f64 + SHIFT_COUNTS);
    std::array::from_fn(|level| {
        let mut residuals: Vec<f64> =
            samples.iter().zip(places).zip(sizes).map(|((s, p), size)| (s.truth - p[level]) / size).collect();
        residuals.sort_by(f64::total_cmp);
        // Where the residuals do not ask for a shift there is none, so that exact records stay exact.
        let p = Quantiles::LEVELS[level];
        let slack = (n as f64 * p * (1.0 - p)).sqrt();
        let order = |rank: f64| residuals[(rank.max(0.0) as usize).min(n - 1)];
        if order(n as f64 * p - slack - 1.0) <= 0.0 && order(n as f64 * p + slack) >= 0.0 && (0.2..0.8).contains(&p) {
            return 0.0;
        }
        let rank = ((n as f64 + 1.0) * Quantiles::LEVELS[level] - 1.0).clamp(0.0, (n - 1) as f64);
        let (low, part) = (rank.floor() as usize, rank.fract());
        let quantile = residuals[low] * (1.0 - part) + residuals[(low + 1).min(n - 1)] * part;
        (keep * quantile).clamp(-100.0, 100.0)
    })
}

/// Twice the mean quantile loss over the nine levels, which is the weighted interval score with K = 4 (Bracher et al. 2021).
fn wis(places: &[f64; 9], truth: f64) -> f64 {
    let loss = |(place, p): (&f64, f64)| {
        let away = truth - place;
        if away > 0.0 { p * away } else { (p - 1.0) * away }
    };
    2.0 * places.iter().zip(Quantiles::LEVELS).map(loss).sum::<f64>() / 9.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_are_half_too_narrow_are_widened_to_cover() {
        let truth = |i: usize| crate::stats::special::normal_quantile((i as f64 + 0.5) / 200.0);
        let narrow =
            Quantiles::LEVELS.map(|p| Place { z: 0.5 * crate::stats::special::normal_quantile(p), value: None });
        let samples: Vec<Sample> = (0..200)
            .map(|i| Sample { truth: truth(i), gist: Gist { means: [0.0; 2], origins: 1.0 }, places: vec![narrow] })
            .collect();
        let fitted = fit(&samples, &[Settings::default()]).unwrap().settings;
        let ends = moved(&narrow, &Gist { means: [0.0; 2], origins: 1.0 }, &fitted);
        assert!((ends[7] - 1.645).abs() < 0.1 && (ends[1] + 1.645).abs() < 0.1, "{ends:?}");
        assert_eq!(fit(&samples[..10], &[Settings::default()]), None);
    }
}
