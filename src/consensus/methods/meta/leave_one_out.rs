//! What each study does to the mean: models without it.

use super::random_effects::{Error, Fit, fit};
use super::study::Studies;
use super::tau2::Tau2;

/// What one study does, with τ² estimated anew without it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deleted {
    /// the model without the study
    pub without: Fit,
    /// share of the weights, in `[0, 1]`
    pub weight: f64,
    /// squared change of the mean over its variance: Viechtbauer and Cheung (2010)
    pub cooks_distance: f64,
    /// change of the fitted value over its error without the study: the same
    pub dffits: f64,
}

/// The influence of every study, in their order; empty with fewer than two.
///
/// Cost: k times that of the model.
///
/// ```
/// use sayso::consensus::methods::meta::{leave_one_out::leave_one_out, study::Studies, tau2::Tau2};
/// let studies = Studies::new(vec![0.0, 0.1, 5.0], &[0.1, 0.1, 0.1]);
/// let deleted = leave_one_out(&studies, Tau2::Dl);
/// assert!(deleted[2].cooks_distance > deleted[1].cooks_distance);
/// ```
#[must_use]
pub fn leave_one_out(studies: &Studies, tau2: Tau2) -> Vec<Deleted> {
    if studies.len() < 2 {
        return Vec::new();
    }
    let full = fit(studies, tau2.estimate(studies), Error::Wald);
    let total = 1.0 / (full.error * full.error);
    let each = (0..studies.len()).map(|at| {
        let rest = studies.without(at);
        let without = fit(&rest, tau2.estimate(&rest), Error::Wald);
        let weight = 1.0 / (studies.v[at] + full.tau2) / total;
        let change = full.mean - without.mean;
        Deleted {
            without,
            weight,
            cooks_distance: change * change * total,
            dffits: change / (weight * (without.tau2 + studies.v[at])).sqrt(),
        }
    });
    each.collect()
}
