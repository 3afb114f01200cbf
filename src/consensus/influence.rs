//! What each origin did to a range. Dropping an origin divides out one factor; nothing is fitted anew.

use crate::stats::elementary::{exp, ln};

use super::account::{Influence, Pull};
use super::atoms::atoms;
use super::posterior::{DIFFICULTIES, NOISES, Posterior, Support, Voice, noise};
use super::prepared::Gist;
use super::scale::Transform;
use super::settings::Settings;
use super::summary::Reading;

/// Origins for which it is worked out what the range would be without them; of more, those of most weight. Each costs a
/// look at all: with 60,000 left out in turn, a question takes half a minute.
const LEFT_OUT: usize = 2000;

/// The influence of every origin, in order. Of a question with more than [`LEFT_OUT`] origins, those of less weight have
/// their weight alone.
///
/// Cost: for each origin that is left out, two exponentials for each node and difficulty, and a look at all origins.
pub(super) fn influences(
    voices: &[Voice],
    posterior: &Posterior,
    reading: &Reading,
    transform: Transform,
    support: Support,
    settings: &Settings,
) -> Vec<Influence> {
    let weights = information_shares(voices, posterior, reading, settings);
    let median = reading.at(0.5);
    let alone = voices.len() < 2;
    let mut by_weight: Vec<usize> = (0..voices.len()).collect();
    by_weight.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
    let mut is_left_out = vec![false; voices.len()];
    for &at in by_weight.iter().take(LEFT_OUT) {
        is_left_out[at] = true;
    }
    let mut joint = Vec::new();
    voices
        .iter()
        .enumerate()
        .map(|(at, voice)| {
            let product = posterior.without(at, voice.eta, &mut joint);
            let reference = posterior.reference(at);
            let top = reference.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let unit = reference.iter().zip(posterior.mesh.weights()).map(|(r, w)| w * exp(r - top)).collect();
            let others = Others {
                joint: &joint,
                likelihood: posterior.likelihood(at),
                gross: posterior.gross(at),
                unit,
                weights: posterior.mesh.weights(),
            };
            let mut influence = Influence {
                eta: voice.eta,
                weight: weights[at],
                pull: None,
                information: None,
                tension: None,
                p_gross: others.p_gross(),
            };
            if alone || !is_left_out[at] {
                return influence;
            }
            let density = posterior.mixed(&product, Some(at), settings.eps);
            influence.information = Some(posterior.divergence(&density));
            influence.tension = Some(others.tension());
            let atoms = atoms(voices, posterior, &density, Some(at), settings);
            if let Some(rest) = Reading::new(posterior, &density, atoms, Gist::default(), transform, support, settings)
            {
                influence.pull = Some(pull(transform, median, rest.at(0.5)));
            }
            influence
        })
        .collect()
}

/// The median with against the median without.
fn pull(transform: Transform, with: f64, without: f64) -> Pull {
    match transform {
        Transform::Log if without > 0.0 => Pull::Ratio(with / without),
        Transform::Log => Pull::Ratio(1.0),
        Transform::Linear { .. } | Transform::Asinh { .. } => Pull::Difference(with - without),
    }
}

/// Share of each origin in the Fisher information about θ: ηₒ·E[Iₒ], the expectation over the
/// middle of the posterior and over which error scale, difficulty and part of the mixture the figure came
/// from (the complete-data information of Louis 1982, JRSS B 44:226, which is never negative and
/// falls for outliers). Equal shares where nobody informs.
///
/// At the median alone the share would go by the accident of which figure lies nearest to it.
fn information_shares(voices: &[Voice], posterior: &Posterior, reading: &Reading, settings: &Settings) -> Vec<f64> {
    let mut shares = vec![0.0; voices.len()];
    for place in reading.middle(settings) {
        let difficulty = posterior.difficulty_at(place);
        for (share, voice) in shares.iter_mut().zip(voices) {
            *share += voice.eta * information(voice, place, posterior.origin, &difficulty, settings);
        }
    }
    let total: f64 = shares.iter().sum();
    for share in &mut shares {
        *share = if total > 0.0 && total.is_finite() { *share / total } else { 1.0 / voices.len() as f64 };
    }
    shares
}

/// Expected information of one origin at a place, given p(d) there.
fn information(voice: &Voice, place: f64, origin: f64, difficulty: &[f64; DIFFICULTIES], settings: &Settings) -> f64 {
    let mut kernel = voice.kernel;
    kernel.z -= origin;
    let part = |noise: f64, bias: f64| Part {
        log: kernel.log_density(place, noise, bias, settings),
        information: kernel.information(place, noise, bias, settings),
    };
    let good: [Part; NOISES] = std::array::from_fn(|k| part(noise(k), voice.row.bias));
    let bad = part(settings.gross_sigma, 0.0);
    let top = good.iter().map(|part| part.log).fold(bad.log, f64::max);
    let density = good.map(|part| exp(part.log - top));
    let gross = voice.gross * exp(bad.log - top);
    let (mut sum, mut total) = (0.0, 0.0);
    for (d, p_d) in difficulty.iter().enumerate() {
        let (mut inner, mut mass) = (gross * bad.information, gross);
        for (j, p) in voice.row.p_sigma.iter().enumerate() {
            let weight = (1.0 - voice.gross) * p * density[d + j];
            inner += weight * good[d + j].information;
            mass += weight;
        }
        if mass > 0.0 {
            sum += p_d * inner / mass;
            total += p_d;
        }
    }
    if total > 0.0 { sum / total } else { 0.0 }
}

/// One part of a mixture at a place.
#[derive(Clone, Copy)]
struct Part {
    log: f64,
    information: f64,
}

/// The posterior of all but one origin against the likelihood of that one; neither is normalised.
struct Others<'a> {
    /// p₋ₒ(θ, d)
    joint: &'a [f32],
    /// L*(θ, d) over its reference
    likelihood: &'a [f32],
    /// π·B(θ) over the same
    gross: &'a [f32],
    /// weights of the mesh times the reference, over its largest value
    unit: Vec<f64>,
    /// of the mesh
    weights: &'a [f64],
}

impl Others<'_> {
    /// p₋ₒ and L* by difficulty.
    fn rows(&self) -> impl Iterator<Item = (&[f32], &[f32])> {
        let nodes = self.weights.len();
        self.joint.chunks_exact(nodes).zip(self.likelihood.chunks_exact(nodes))
    }

    /// P(gross | all) = ∫p₋ₒ·πB / ∫p₋ₒ·L*. A figure so far off that both vanish counts as gross.
    fn p_gross(&self) -> f64 {
        let (mut bad, mut all) = (0.0, 0.0);
        for (row, likelihood) in self.rows() {
            for (((p, l), gross), unit) in row.iter().zip(likelihood).zip(self.gross).zip(&self.unit) {
                let p = f64::from(*p) * unit;
                bad += p * f64::from(*gross);
                all += p * f64::from(*l);
            }
        }
        if all > 0.0 { (bad / all).clamp(0.0, 1.0) } else { 1.0 }
    }

    /// Conflict between the origin and the others: 2·min(c, 1 − c) with c = P(θ₁ < θ₂), θ₁ from
    /// the others and θ₂ from the origin's likelihood without its gross part (node splitting,
    /// Marshall and Spiegelhalter 2007, Bayesian Analysis 2:409).
    fn tension(&self) -> f64 {
        let (mut less, mut total) = (0.0, 0.0);
        for (row, likelihood) in self.rows() {
            let good = likelihood.iter().zip(self.gross).zip(&self.unit);
            let good: Vec<f64> = good.map(|((l, gross), unit)| unit * f64::from((l - gross).max(0.0))).collect();
            let mass: f64 = good.iter().sum();
            if mass <= 0.0 {
                continue;
            }
            let (mut below, mut sum) = (0.0, 0.0);
            for ((p, weight), good) in row.iter().zip(self.weights).zip(&good) {
                let p = f64::from(*p) * weight;
                sum += p * (mass - below - 0.5 * good);
                total += p;
                below += good;
            }
            less += sum / mass;
        }
        if total > 0.0 {
            let c = (less / total).clamp(0.0, 1.0);
            2.0 * c.min(1.0 - c)
        } else {
            0.0
        }
    }
}

impl Posterior {
    /// KL(p ‖ q) in nats of the final density to another on the same mesh.
    fn divergence(&self, other: &[f64]) -> f64 {
        let sum: f64 = self
            .density
            .iter()
            .zip(other)
            .zip(self.mesh.weights())
            .filter(|((p, _), _)| **p > 0.0)
            .map(|((p, q), w)| w * p * ln((p / q.max(1e-290)).max(1e-290)))
            .sum();
        sum.max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    /// Three nodes and two difficulties, against the double sums over all pairs of nodes that the definitions ask for.
    #[test]
    fn tension_and_gross_errors_are_sums_over_pairs_of_nodes() {
        let joint: Vec<f32> = [&[0.5f32, 0.3, 0.2][..], &[0.1, 0.2, 0.4], &[0.0; 3]].concat();
        let likelihood: Vec<f32> = [&[0.2f32, 0.9, 1.5][..], &[0.3, 0.6, 0.7], &[0.1; 3]].concat();
        let gross = [0.1f32, 0.1, 0.3];
        let (unit, weights) = (vec![1.0, 0.5, 0.25], [0.7, 1.0, 0.4]);
        let (mut less, mut total, mut bad, mut all) = (0.0, 0.0, 0.0, 0.0);
        for d in 0..3 {
            let p = |i: usize| f64::from(joint[3 * d + i]) * weights[i];
            let good = |i: usize| unit[i] * f64::from(likelihood[3 * d + i] - gross[i]).max(0.0);
            let mass = good(0) + good(1) + good(2);
            for i in 0..3 {
                let p_unit = f64::from(joint[3 * d + i]) * unit[i];
                bad += p_unit * f64::from(gross[i]);
                all += p_unit * f64::from(likelihood[3 * d + i]);
                total += if mass > 1e-6 { p(i) } else { 0.0 };
                for j in 0..3 {
                    let share = match i.cmp(&j) {
                        Ordering::Less => 1.0,
                        Ordering::Equal => 0.5,
                        Ordering::Greater => 0.0,
                    };
                    less += if mass > 1e-6 { p(i) * good(j) / mass * share } else { 0.0 };
                }
            }
        }
        let others =
            Others { joint: &joint, likelihood: &likelihood, gross: &gross, unit: unit.clone(), weights: &weights };
        let c: f64 = less / total;
        assert!((others.tension() - 2.0 * c.min(1.0 - c)).abs() < 1e-6, "{} for c = {c}", others.tension());
        assert!((others.p_gross() - bad / all).abs() < 1e-6, "{} for {}", others.p_gross(), bad / all);
    }
}
