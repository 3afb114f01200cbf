//! Average·Log: the mean belief in a source's claims, times the logarithm of how many they are.

use super::facts::Facts;
use super::sums::rounds;
use crate::consensus::methods::{Figures, Found};

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let facts = Facts::of(figures);
    let belief = average_log(&facts);
    facts.found(figures, &belief)
}

/// Pasternack and Roth (2010), COLING: T(s) = ln n · Σ B(c)/n over the n claims of s, and B(c) = Σ T(s),
/// each divided by the largest. A source with one claim has no say.
///
/// If every source has one claim all beliefs are zero, and the figure nearest to the median is taken.
/// Cost: claims times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::{average_log::average_log, facts::Facts}};
/// let facts = Facts::of(&Figures::on_scale(&[vec![(0, 1.0), (1, 2.0)], vec![(0, 5.0)]]));
/// assert_eq!(average_log(&facts), [1.0, 0.0, 1.0]);
/// ```
#[must_use]
pub fn average_log(facts: &Facts) -> Vec<f64> {
    rounds(facts, |n, sum| if n > 0 { libm::log(n as f64) * sum / n as f64 } else { 0.0 })
}
