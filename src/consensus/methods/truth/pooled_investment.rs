//! Pooled investment: the gain is shared out within a question.

use super::facts::Facts;
use super::investment::{invested, returns};
use super::sums::ROUNDS;
use crate::consensus::methods::{Figures, Found};

/// Exponent of the gain, as published.
const GAIN: f64 = 1.4;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let facts = Facts::of(figures);
    let belief = pooled_investment(&facts);
    facts.found(figures, &belief)
}

/// Pasternack and Roth (2010), COLING: as Investment, but with H(c) = Σ T(s)/n the belief is
/// B(c) = H(c)·H(c)^1.4/Σ H(d)^1.4 over the facts d of the question. Starts from equal beliefs.
///
/// A source that stands alone gets all that its claim returns, so that two against one is a tie and
/// vandals prevail among sources with few claims. Cost: claims times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::{facts::Facts, pooled_investment::pooled_investment}};
/// let facts = Facts::of(&Figures::on_scale(&[vec![(0, 1.0), (1, 1.0), (2, 9.0)]]));
/// let belief = pooled_investment(&facts);
/// assert_eq!(belief[0], belief[1]);
/// ```
#[must_use]
pub fn pooled_investment(facts: &Facts) -> Vec<f64> {
    let alternatives = |fact: usize| facts.of_question(facts.question[fact] as usize).len() as f64;
    let mut belief: Vec<f64> = (0..facts.len()).map(|fact| 1.0 / alternatives(fact)).collect();
    let mut trust = vec![1.0; facts.sources()];
    for _ in 0..ROUNDS {
        trust = returns(facts, &trust, &belief, &invested(facts, &trust));
        let pooled = invested(facts, &trust);
        let gain: Vec<f64> = pooled.iter().map(|h| libm::pow(*h, GAIN)).collect();
        for question in 0..facts.questions() {
            let range = facts.of_question(question);
            let total: f64 = gain[range.clone()].iter().sum();
            for fact in range {
                belief[fact] = if total > 0.0 { pooled[fact] * gain[fact] / total } else { 0.0 };
            }
        }
    }
    belief
}
