//! The decision maker with global weights and the cut-off that serves it best on the seeds.

use super::decide::{Plan, decide};
use super::weights::Weighting;
use crate::consensus::methods::{Figures, Found};

/// Runs the method. With few seeds it often follows one expert.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    decide(figures, Plan { by: Weighting::Global, optimised: true })
}
