//! Random effects by REML with the error of Hartung, Knapp, Sidik and Jonkman.

use super::random_effects::{Error, Fit, run_with};
use super::tau2::Tau2;
use crate::consensus::methods::{Figures, Found};

/// Runs the method. With equal errors it is Student's interval for the mean.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Reml, Error::Hksj, Fit::quantile)
}
