//! The random-effects model with any estimator of τ².

use super::study::{Studies, random_studies};
use super::tau2::{Tau2, weighted};
use crate::consensus::methods::{Figures, Found, each};
use crate::stats::special::{normal_quantile, t_quantile};

/// How the error of the mean is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// 1/√Σw and the normal distribution
    Wald,
    /// Hartung (1999), Knapp and Hartung (2003), Sidik and Jonkman (2002): times the root of
    /// Σw(y − μ)²/(k − 1), with Student's t of k − 1 degrees of freedom; not bounded below
    Hksj,
}

/// A fitted model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// number of studies
    pub k: usize,
    /// the mean effect
    pub mean: f64,
    /// its standard error
    pub error: f64,
    /// variance between studies
    pub tau2: f64,
    /// Cochran's Q at τ² = 0
    pub q: f64,
    /// typical variance of a study's error: Higgins and Thompson (2002), eq. 9
    pub typical: f64,
    /// how the error was found
    pub by: Error,
}

/// Fits the model: mean Σwy/Σw with w = 1/(v + τ²) (DerSimonian and Laird 1986).
///
/// τ² = 0 gives the fixed-effect model. No studies give NaN; a single one its own effect and error
/// (under HKSJ an error of NaN). Cost: as for τ².
///
/// ```
/// use sayso::consensus::methods::meta::random_effects::{Error, fit};
/// use sayso::consensus::methods::meta::study::Studies;
/// let model = fit(&Studies::new(vec![0.0, 2.0], &[0.5, 0.5]), 1.5, Error::Wald);
/// assert_eq!((model.mean, model.error, model.q), (1.0, 1.0, 4.0));
/// assert!((model.i2() - 0.75).abs() < 1e-12);
/// ```
#[must_use]
pub fn fit(studies: &Studies, tau2: f64, by: Error) -> Fit {
    let k = studies.len();
    let (fixed, sums) = (weighted(studies, 0.0), weighted(studies, tau2));
    let df = (k as f64) - 1.0;
    let error = match by {
        Error::Wald => (1.0 / sums.w).sqrt(),
        Error::Hksj => (sums.q / df / sums.w).sqrt(),
    };
    let typical = df * fixed.w / (fixed.w * fixed.w - fixed.w2);
    Fit { k, mean: sums.mean, error, tau2, q: fixed.q, typical, by }
}

impl Fit {
    /// Share of the variance that lies between studies: τ²/(τ² + typical), Higgins and Thompson
    /// (2002), eq. 10. 0 with fewer than two studies.
    #[must_use]
    pub fn i2(&self) -> f64 {
        let share = self.tau2 / (self.tau2 + self.typical);
        if share > 0.0 { share } else { 0.0 }
    }

    /// The same from Q, (Q − (k − 1))/Q, for the fixed-effect model.
    #[must_use]
    pub fn i2_of_q(&self) -> f64 {
        let share = (self.q - ((self.k as f64) - 1.0)) / self.q;
        if share > 0.0 { share } else { 0.0 }
    }

    /// Quantile of the mean effect.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.mean + self.deviate(p) * self.error
    }

    /// Quantile of the effect in a new study: Higgins, Thompson and Spiegelhalter (2009),
    /// with the distribution of the mean (k − 1 degrees of freedom under HKSJ, where they give k − 2).
    #[must_use]
    pub fn predicted(&self, p: f64) -> f64 {
        self.mean + self.deviate(p) * (self.error * self.error + self.tau2).sqrt()
    }

    fn deviate(&self, p: f64) -> f64 {
        match self.by {
            _ if p == 0.5 => 0.0,
            Error::Wald => normal_quantile(p),
            Error::Hksj => t_quantile(p, (self.k as f64) - 1.0),
        }
    }
}

/// Runs the model on each question, with an estimator and a way to the error.
#[must_use]
pub fn run_with(figures: &Figures, tau2: Tau2, by: Error, quantile: impl Fn(&Fit, f64) -> f64 + Sync) -> Vec<Found> {
    each(figures, |sheet| {
        let (studies, note) = match random_studies(sheet) {
            Ok(found) => found,
            Err(why) => return Found::none(why),
        };
        let model = fit(&studies, tau2.estimate(&studies), by);
        let found = Found::quantiles(|p| quantile(&model, p));
        let note = note.unwrap_or_else(|| format!("I² {:.0} %", 100.0 * model.i2()));
        found.with_note(note)
    })
}

/// DerSimonian and Laird.
#[must_use]
pub fn run_dl(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Dl, Error::Wald, Fit::quantile)
}

/// Restricted maximum likelihood.
#[must_use]
pub fn run_reml(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Reml, Error::Wald, Fit::quantile)
}

/// Maximum likelihood.
#[must_use]
pub fn run_ml(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Ml, Error::Wald, Fit::quantile)
}

/// Paule and Mandel.
#[must_use]
pub fn run_pm(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Pm, Error::Wald, Fit::quantile)
}

/// Hedges.
#[must_use]
pub fn run_he(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::He, Error::Wald, Fit::quantile)
}

/// Sidik and Jonkman.
#[must_use]
pub fn run_sj(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Sj, Error::Wald, Fit::quantile)
}

/// Hunter and Schmidt.
#[must_use]
pub fn run_hs(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Hs, Error::Wald, Fit::quantile)
}

/// Empirical Bayes.
#[must_use]
pub fn run_eb(figures: &Figures) -> Vec<Found> {
    run_with(figures, Tau2::Eb, Error::Wald, Fit::quantile)
}
