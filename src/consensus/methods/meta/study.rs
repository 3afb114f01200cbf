//! Figures as studies: an effect and the variance of its error.

use crate::consensus::methods::Sheet;
use crate::stats::special::normal_quantile;

/// Studies in columns. Variances lie above zero.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Studies {
    /// effects
    pub y: Vec<f64>,
    /// variances of their errors
    pub v: Vec<f64>,
}

/// Least variance beside the spread of the effects: a study without any error has no finite weight.
const LEAST: f64 = 1e-12;

impl Studies {
    /// Studies with variances made usable: NaN and those at or below zero become 1e-12 of the
    /// squared spread of the effects (of 1 without spread).
    #[must_use]
    pub fn new(y: Vec<f64>, v: &[f64]) -> Studies {
        let spread = variance(&y);
        let least = LEAST * if spread > 0.0 { spread } else { 1.0 };
        let v = v.iter().map(|&v| if v > least { v } else { least }).collect();
        Studies { y, v }
    }

    /// The figures of a question that state an interval with a probability. The error is half the
    /// interval over the normal deviate of its level.
    #[must_use]
    pub fn stated(sheet: &Sheet<'_>) -> Studies {
        let stated: Vec<usize> = (0..sheet.len()).filter(|&at| sheet.level[at] > 0.0).collect();
        let error = |at: usize| {
            let deviate = normal_quantile(0.5 + 0.5 * sheet.level[at]);
            (0.5 * (sheet.high[at] - sheet.low[at]) / deviate).powi(2)
        };
        let v: Vec<f64> = stated.iter().map(|&at| error(at)).collect();
        Studies::new(stated.iter().map(|&at| sheet.z[at]).collect(), &v)
    }

    /// All figures, their errors equal and small beside their spread. Under random effects only the
    /// sum of error and spread is then seen: weights are equal and the estimate is the mean.
    #[must_use]
    pub fn equal(sheet: &Sheet<'_>) -> Studies {
        Studies::new(sheet.z.to_vec(), &vec![0.0; sheet.len()])
    }

    /// How many studies there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.y.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.y.is_empty()
    }

    /// The studies without one of them.
    #[must_use]
    pub fn without(&self, at: usize) -> Studies {
        let mut rest = self.clone();
        rest.y.remove(at);
        rest.v.remove(at);
        rest
    }
}

/// Studies of a question for a random-effects model, and what to say of them: those with stated
/// errors where there are two or more, else all with equal errors.
///
/// # Errors
/// With fewer than two figures, or none that differ and state an error: the reason.
pub fn random_studies(sheet: &Sheet<'_>) -> Result<(Studies, Option<String>), &'static str> {
    let stated = Studies::stated(sheet);
    if stated.len() >= 2 {
        let rest = sheet.len() - stated.len();
        let note = (rest > 0).then(|| format!("{rest} of {} figures state no error and are left out", sheet.len()));
        return Ok((stated, note));
    }
    match sheet.len() {
        0 => Err(super::super::NO_FIGURE),
        1 => Err("a single figure shows no spread"),
        _ if sheet.z.iter().all(|&z| z == sheet.z[0]) => Err("the figures are equal and state no error"),
        _ => Ok((Studies::equal(sheet), Some("no errors stated: taken as equal, so the mean".to_owned()))),
    }
}

/// Sample variance with n − 1; 0 for n < 2.
#[must_use]
pub fn variance(y: &[f64]) -> f64 {
    if y.len() < 2 {
        return 0.0;
    }
    let mean = crate::consensus::methods::simple::mean::mean(y);
    y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (y.len() - 1) as f64
}
