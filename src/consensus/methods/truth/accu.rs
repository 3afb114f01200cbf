//! ACCU: votes weighted by the accuracy of the voters.

use super::facts::Facts;
use crate::consensus::methods::{Figures, Found};

/// Accuracy at the start, as published, and how many wrong values a question has. More of them make
/// votes nearly equal; with ten the accurate prevail over the many.
pub(super) const START: f64 = 0.8;
pub(super) const WRONG: f64 = 10.0;

/// Rounds that are run at most.
pub(super) const ROUNDS: usize = 20;

/// Accuracies are kept off 0 and 1, where a vote would weigh without limit.
pub(super) const ACCURACY: [f64; 2] = [0.01, 0.99];

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let facts = Facts::of(figures);
    let probability = accu(&facts);
    facts.found(figures, &probability)
}

/// Dong, Berti-Equille and Srivastava (2009), PVLDB 2:550: a source of accuracy A adds
/// ln(nA/(1 − A)) to the facts it claims, n wrong values being equally likely; the probability of a
/// fact is e^votes over the sum for all values of its question, and A the mean probability of a source's facts.
///
/// Gives the probability of each fact. Two numbers that differ by one are as unlike as any. Cost:
/// claims times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::{accu::accu, facts::Facts}};
/// let facts = Facts::of(&Figures::on_scale(&[vec![(0, 1.0), (1, 1.0), (2, 9.0)]]));
/// assert!(accu(&facts)[0] > 0.9);
/// ```
#[must_use]
pub fn accu(facts: &Facts) -> Vec<f64> {
    let mut accuracy = vec![START; facts.sources()];
    let mut probability = vec![0.0; facts.len()];
    for _ in 0..ROUNDS {
        let score: Vec<f64> = accuracy.iter().map(|a| score(*a)).collect();
        let votes: Vec<f64> =
            (0..facts.len()).map(|fact| facts.voters(fact).iter().map(|&s| score[s as usize]).sum()).collect();
        probability = probabilities(facts, &votes);
        let new = accuracies(facts, &probability);
        let change = accuracy.iter().zip(&new).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        accuracy = new;
        if change < 1e-9 {
            break;
        }
    }
    probability
}

/// What a vote of a source weighs: ln(nA/(1 − A)).
pub(super) fn score(accuracy: f64) -> f64 {
    libm::log(WRONG * accuracy / (1.0 - accuracy))
}

/// Probability of each fact from the sum of its votes: the wrong values that nobody claims have e⁰ each.
pub(super) fn probabilities(facts: &Facts, votes: &[f64]) -> Vec<f64> {
    let mut probability = vec![0.0; votes.len()];
    for question in 0..facts.questions() {
        let range = facts.of_question(question);
        let most = votes[range.clone()].iter().copied().fold(0.0, f64::max);
        let unclaimed = (WRONG + 1.0 - range.len() as f64).max(0.0) * libm::exp(-most);
        let total: f64 = votes[range.clone()].iter().map(|vote| libm::exp(vote - most)).sum::<f64>() + unclaimed;
        for fact in range {
            probability[fact] = libm::exp(votes[fact] - most) / total;
        }
    }
    probability
}

/// Accuracy of each source: the mean probability of its facts, kept off the ends.
pub(super) fn accuracies(facts: &Facts, probability: &[f64]) -> Vec<f64> {
    let mean = |source: usize| {
        let claims = facts.claims(source);
        let sum: f64 = claims.iter().map(|&fact| probability[fact as usize]).sum();
        if claims.is_empty() { START } else { (sum / claims.len() as f64).clamp(ACCURACY[0], ACCURACY[1]) }
    };
    (0..facts.sources()).map(mean).collect()
}
