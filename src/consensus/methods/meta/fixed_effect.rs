//! The fixed-effect model: every figure measures the same, with its stated error.

use super::random_effects::{Error, Fit, fit};
use super::study::Studies;
use crate::consensus::methods::{Figures, Found, NO_FIGURE, each};

/// Runs the method on the figures that state an error.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| {
        let studies = Studies::stated(sheet);
        if studies.is_empty() {
            let why = "no figure states an interval with its probability";
            return Found::none(if sheet.is_empty() { NO_FIGURE } else { why });
        }
        let model = fixed_effect(&studies);
        let found = Found::quantiles(|p| model.quantile(p));
        let rest = sheet.len() - studies.len();
        if rest > 0 {
            found.with_note(format!("{rest} of {} figures state no error and are left out", sheet.len()))
        } else {
            found
        }
    })
}

/// Mean by inverse variance, Σ(y/v)/Σ(1/v), with error 1/√Σ(1/v): Birge (1932), Phys. Rev. 40:207;
/// Hedges and Olkin (1985) Cost: linear.
///
/// ```
/// use sayso::consensus::methods::meta::{fixed_effect::fixed_effect, study::Studies};
/// let model = fixed_effect(&Studies::new(vec![1.0, 4.0], &[1.0, 0.5]));
/// assert_eq!(model.mean, 3.0);
/// ```
#[must_use]
pub fn fixed_effect(studies: &Studies) -> Fit {
    fit(studies, 0.0, Error::Wald)
}
