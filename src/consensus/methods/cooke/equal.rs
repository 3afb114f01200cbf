//! The decision maker with equal weights: a linear pool of piecewise uniform distributions.

use super::decide::{Plan, decide};
use super::weights::Weighting;
use crate::consensus::methods::{Figures, Found};

/// Runs the method. It needs no settled question.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    decide(figures, Plan { by: Weighting::Equal, optimised: false })
}
