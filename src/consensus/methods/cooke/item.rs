//! The decision maker with item weights: calibration times information on the item itself.

use super::decide::{Plan, decide};
use super::weights::Weighting;
use crate::consensus::methods::{Figures, Found};

/// Runs the method. Nobody is cut off.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    decide(figures, Plan { by: Weighting::Item, optimised: false })
}
