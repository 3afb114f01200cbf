//! Class priors over a source's error scale, and what an analyst's grade does to them.

use serde::{Deserialize, Serialize};

use crate::model::Reliability;

/// Number of error scales that a source may have.
pub const SIGMA_POINTS: usize = 14;

/// The smallest error scale: two per cent, finer than reported counts of events ever are.
pub const SIGMA_LOWEST: f64 = 0.02;

/// The error scales σⱼ = 0.02·2^(j/2), j = 0…13: 0.02 to 1.81 on the question's scale.
///
/// ```
/// let grid = sayso::credibility::sigma_grid();
/// assert_eq!((grid[0], grid[2]), (0.02, 0.04));
/// ```
#[must_use]
pub fn sigma_grid() -> [f64; SIGMA_POINTS] {
    std::array::from_fn(|j| half_octaves(SIGMA_LOWEST, j as i32))
}

/// `base`·2^(steps/2), exact where `steps` is even.
#[must_use]
pub fn half_octaves(base: f64, steps: i32) -> f64 {
    let odd = if steps.rem_euclid(2) == 1 { std::f64::consts::SQRT_2 } else { 1.0 };
    libm::scalbn(base, steps.div_euclid(2)) * odd
}

/// What is believed of a source of some class before it has a record.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassPrior {
    /// median of the error scale σ
    pub sigma: f64,
    /// standard deviation of ln σ
    pub spread: f64,
    /// rate of gross errors π
    pub gross: f64,
}

impl ClassPrior {
    /// The prior after a grade: A and B lower σ and π, D and E raise them. C is the class itself.
    /// F ("cannot be judged") and no grade are missing data and change nothing.
    ///
    /// Each grade is a half octave of σ, one step of the grid, and of the odds of π. How far grades
    /// foretell accuracy is not established, so the steps are small: the whole way from A to E moves
    /// σ by a factor of 4, within what one class spans anyway.
    ///
    /// ```
    /// use sayso::{credibility::ClassPrior, model::Reliability};
    /// let class = ClassPrior { sigma: 0.25, spread: 0.8, gross: 0.05 };
    /// assert_eq!(class.graded(Some(Reliability::A)).sigma, 0.125);
    /// assert_eq!(class.graded(Some(Reliability::F)), class);
    /// assert_eq!(class.graded(None), class);
    /// ```
    #[must_use]
    pub fn graded(self, grade: Option<Reliability>) -> ClassPrior {
        let steps = match grade {
            Some(Reliability::A) => -2,
            Some(Reliability::B) => -1,
            Some(Reliability::C | Reliability::F) | None => return self,
            Some(Reliability::D) => 1,
            Some(Reliability::E) => 2,
        };
        let odds = half_octaves(self.gross / (1.0 - self.gross), steps);
        ClassPrior { sigma: half_octaves(self.sigma, steps), gross: odds / (1.0 + odds), ..self }
    }

    /// p₀(σⱼ) on the grid: log-normal, normalised.
    ///
    /// A spread of zero puts all weight on the nearest point of the grid.
    ///
    /// ```
    /// use sayso::credibility::ClassPrior;
    /// let p = ClassPrior { sigma: 0.25, spread: 0.8, gross: 0.05 }.over_grid();
    /// assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn over_grid(&self) -> [f64; SIGMA_POINTS] {
        let spread = self.spread.max(1e-3);
        let exponents = sigma_grid().map(|sigma| -0.5 * (libm::log(sigma / self.sigma) / spread).powi(2));
        let top = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights = exponents.map(|e| libm::exp(e - top));
        let total: f64 = weights.iter().sum();
        weights.map(|w| w / total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_grade_never_raises_the_error_scale_or_the_rate_of_gross_errors() {
        let class = ClassPrior { sigma: 0.4, spread: 0.8, gross: 0.15 };
        let grades = [Reliability::A, Reliability::B, Reliability::C, Reliability::D, Reliability::E];
        for pair in grades.windows(2) {
            let (better, worse) = (class.graded(Some(pair[0])), class.graded(Some(pair[1])));
            assert!(better.sigma < worse.sigma && better.gross < worse.gross);
            let mean = |p: ClassPrior| p.over_grid().iter().zip(sigma_grid()).map(|(w, s)| w * s).sum::<f64>();
            assert!(mean(better) < mean(worse));
        }
    }

    #[test]
    fn a_prior_far_off_the_grid_still_sums_to_one() {
        for sigma in [1e-9, 1e9] {
            let p = ClassPrior { sigma, spread: 0.0, gross: 0.05 }.over_grid();
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}
