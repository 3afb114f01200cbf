//! TruthFinder: a fact is likely if trustworthy sources give it, or give something near it.

use super::facts::Facts;
use crate::consensus::methods::simple::median::median;
use crate::consensus::methods::{Figures, Found};

/// As published: trust at the start, weight of like facts, dampening, similarity that counts for nothing.
const START: f64 = 0.9;
const RHO: f64 = 0.5;
const GAMMA: f64 = 0.3;
const BASE: f64 = 0.5;

/// Rounds that are run at most, and the change of the sources' trust at which they end.
const ROUNDS: usize = 20;
const CHANGE: f64 = 1e-5;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let facts = Facts::of(figures);
    let confidence = truthfinder(figures, &facts);
    facts.found(figures, &confidence)
}

/// Yin, Han and Yu (2008), TKDE 20:796: confidence of a fact 1/(1 + exp(−γσ*)) with
/// σ* = σ + ρ·Σ σ(f′)·(sim(f′, f) − ½) and σ = Σ −ln(1 − trust) over its sources, and trust the mean confidence
/// of a source's facts, in turn.
///
/// sim = exp(−|Δz|/h) with h the median distance from the median figure (the mean one where that is
/// 0). Confidence comes close to 1 for whatever has many sources. Cost: facts times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::{facts::Facts, truthfinder::truthfinder}};
/// let figures = Figures::on_scale(&[vec![(0, 1.0), (1, 1.0), (2, 9.0)]]);
/// let facts = Facts::of(&figures);
/// let confidence = truthfinder(&figures, &facts);
/// assert!(confidence[0] > confidence[1]);
/// ```
#[must_use]
pub fn truthfinder(figures: &Figures, facts: &Facts) -> Vec<f64> {
    let widths: Vec<f64> = figures.sheets().map(|sheet| width(sheet.z)).collect();
    let mut trust = vec![START; facts.sources()];
    let mut confidence = vec![0.0; facts.len()];
    for _ in 0..ROUNDS {
        let tau: Vec<f64> = trust.iter().map(|t| -libm::log1p(-t.min(1.0 - 1e-10))).collect();
        let own: Vec<f64> =
            (0..facts.len()).map(|fact| facts.voters(fact).iter().map(|&source| tau[source as usize]).sum()).collect();
        for (question, &width) in widths.iter().enumerate() {
            let range = facts.of_question(question);
            let total: f64 = own[range.clone()].iter().sum();
            let near = nearness(&facts.z[range.clone()], &own[range.clone()], width);
            for (fact, near) in range.zip(near) {
                let others = near - BASE * (total - own[fact]);
                confidence[fact] = 1.0 / (1.0 + libm::exp(-GAMMA * (own[fact] + RHO * others)));
            }
        }
        let new: Vec<f64> = (0..facts.sources())
            .map(|source| {
                let claims = facts.claims(source);
                let sum: f64 = claims.iter().map(|&fact| confidence[fact as usize]).sum();
                sum / claims.len().max(1) as f64
            })
            .collect();
        let change = 1.0 - cosine(&trust, &new);
        trust = new;
        if change < CHANGE {
            break;
        }
    }
    confidence
}

/// Σ over other facts of weight·exp(−distance/width), for rising places: one pass up and one down.
fn nearness(places: &[f64], weights: &[f64], width: f64) -> Vec<f64> {
    let n = places.len();
    let mut near = vec![0.0; n];
    if width <= 0.0 {
        return near;
    }
    let step = |at: usize| libm::exp(-(places[at] - places[at - 1]) / width);
    let mut below = 0.0;
    for at in 1..n {
        below = step(at) * (below + weights[at - 1]);
        near[at] += below;
    }
    let mut above = 0.0;
    for at in (1..n).rev() {
        above = step(at) * (above + weights[at]);
        near[at - 1] += above;
    }
    near
}

fn width(z: &[f64]) -> f64 {
    let middle = median(z);
    let away: Vec<f64> = z.iter().map(|z| (z - middle).abs()).collect();
    let typical = median(&away);
    if typical > 0.0 { typical } else { away.iter().sum::<f64>() / away.len().max(1) as f64 }
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let sizes = (dot(a, a) * dot(b, b)).sqrt();
    if sizes > 0.0 { dot(a, b) / sizes } else { 1.0 }
}
