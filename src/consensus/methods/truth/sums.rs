//! Sums: sources are worth what their facts are, and facts what their sources are.

use super::facts::{Facts, norm_by_largest};
use crate::consensus::methods::{Figures, Found};

/// Rounds that are run, as published.
pub(super) const ROUNDS: usize = 20;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let facts = Facts::of(figures);
    let belief = sums(&facts);
    facts.found(figures, &belief)
}

/// Pasternack and Roth (2010), COLING, after Kleinberg's hubs and authorities (1999): T(s) = Σ B(c)
/// over the claims of s, B(c) = Σ T(s) over the sources of c, each divided by the largest.
///
/// Sources with many claims gain most, whatever they claim. Cost: claims times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::{facts::Facts, sums::sums}};
/// let facts = Facts::of(&Figures::on_scale(&[vec![(0, 1.0), (1, 1.0), (2, 9.0)]]));
/// assert_eq!(sums(&facts)[0], 1.0);
/// ```
#[must_use]
pub fn sums(facts: &Facts) -> Vec<f64> {
    rounds(facts, |_, sum| sum)
}

/// The rounds of Sums with another way from the sum of a source's beliefs to its worth, which gets
/// the number of its claims too.
pub(super) fn rounds(facts: &Facts, worth: impl Fn(usize, f64) -> f64) -> Vec<f64> {
    let mut belief = vec![0.5; facts.len()];
    for _ in 0..ROUNDS {
        let mut trust: Vec<f64> = (0..facts.sources())
            .map(|source| {
                let claims = facts.claims(source);
                worth(claims.len(), claims.iter().map(|&fact| belief[fact as usize]).sum())
            })
            .collect();
        norm_by_largest(&mut trust);
        belief = (0..facts.len())
            .map(|fact| facts.voters(fact).iter().map(|&source| trust[source as usize]).sum())
            .collect();
        norm_by_largest(&mut belief);
    }
    belief
}
