//! The prediction interval of random effects by REML with the HKSJ error: where a new study would fall.

use super::random_effects::{Error, Fit, run_with};
use super::tau2::Tau2;
use crate::consensus::methods::{Figures, Found};

/// Runs the method. It tells where the next figure may lie, which is wider than where the truth may.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Reml, Error::Hksj, Fit::predicted)
}
