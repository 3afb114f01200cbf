//! The decision maker with global weights: calibration times mean information on the seeds.

use super::decide::{Plan, decide};
use super::weights::Weighting;
use crate::consensus::methods::{Figures, Found};

/// Runs the method. Nobody is cut off.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    decide(figures, Plan { by: Weighting::Global, optimised: false })
}
