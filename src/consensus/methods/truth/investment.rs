//! Investment: sources spread their trust over their claims and get it back with the claims' gain.

use super::facts::{Facts, norm_by_largest};
use super::sums::ROUNDS;
use crate::consensus::methods::{Figures, Found};

/// Exponent of the gain, as published.
const GAIN: f64 = 1.2;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let facts = Facts::of(figures);
    let belief = investment(&facts);
    facts.found(figures, &belief)
}

/// Pasternack and Roth (2010), COLING: each of the n claims of a source gets T(s)/n;
/// T(s) ← Σ B(c)·(T(s)/n)/Σ(T(r)/n′), and B(c) = (Σ T(s)/n)^1.2. Starts from votes as shares of the
/// question; trust is divided by the largest, which changes no order.
///
/// Cost: claims times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::{facts::Facts, investment::investment}};
/// let facts = Facts::of(&Figures::on_scale(&[vec![(0, 1.0), (1, 1.0), (2, 9.0)]]));
/// let belief = investment(&facts);
/// assert!(belief[0] > belief[1]);
/// ```
#[must_use]
pub fn investment(facts: &Facts) -> Vec<f64> {
    let votes = |fact: usize| facts.voters(fact).len() as f64;
    let mut belief: Vec<f64> = (0..facts.len())
        .map(|fact| votes(fact) / facts.of_question(facts.question[fact] as usize).map(votes).sum::<f64>())
        .collect();
    let mut trust = vec![1.0; facts.sources()];
    for _ in 0..ROUNDS {
        let invested = invested(facts, &trust);
        trust = returns(facts, &trust, &belief, &invested);
        belief = self::invested(facts, &trust).iter().map(|sum| libm::pow(*sum, GAIN)).collect();
    }
    belief
}

/// What each fact gets from its sources: Σ T(s)/n.
pub(super) fn invested(facts: &Facts, trust: &[f64]) -> Vec<f64> {
    let share = |&source: &u32| trust[source as usize] / facts.claims(source as usize).len() as f64;
    (0..facts.len()).map(|fact| facts.voters(fact).iter().map(share).sum()).collect()
}

/// What each source gets back: its part of the belief in each of its claims.
pub(super) fn returns(facts: &Facts, trust: &[f64], belief: &[f64], invested: &[f64]) -> Vec<f64> {
    let mut new: Vec<f64> = (0..facts.sources())
        .map(|source| {
            let claims = facts.claims(source);
            let share = trust[source] / claims.len().max(1) as f64;
            let back = |&fact: &u32| {
                let all = invested[fact as usize];
                if all > 0.0 { belief[fact as usize] * share / all } else { 0.0 }
            };
            claims.iter().map(back).sum()
        })
        .collect();
    norm_by_largest(&mut new);
    new
}
