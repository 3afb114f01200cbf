//! What was said, given what was meant: one density for each kind of bound.
//!
//! z is the number said, θ the true value and S the standard deviation of the noise, all on the
//! question's scale; x = z − θ − b, with the bias b of the source.

use crate::stats::elementary::{exp, ln};
use crate::stats::special::{LN_SQRT_2PI, erfcx, normal_log_cdf};

use super::settings::Settings;

/// ln density of "12,000", "about 12,000", a range or a vague word: N(x; 0, S²).
///
/// They differ in the width that goes into S: rounding, at least 8 per cent, or half the range.
///
/// ```
/// use sayso::consensus::likelihood::log_point;
/// assert!((log_point(0.3, 0.2) - (-0.434_500_620_770_572)).abs() < 1e-14);
/// ```
#[must_use]
pub fn log_point(x: f64, s: f64) -> f64 {
    -0.5 * (x / s) * (x / s) - ln(s) - LN_SQRT_2PI
}

/// ln density of a stated interval with a level: two half normals that meet at z with half the
/// probability each, so that the stated quantiles are met where σ is small.
///
/// `below` and `above` are the standard deviations on the two sides of z (θ < z and θ > z). The
/// density jumps at z where they differ; at x = 0 it is the mean of the two.
#[must_use]
pub fn log_interval(x: f64, below: f64, above: f64) -> f64 {
    if x > 0.0 {
        log_point(x, below)
    } else if x < 0.0 {
        log_point(x, above)
    } else {
        ln(0.5 / below + 0.5 / above) - LN_SQRT_2PI
    }
}

/// ln density of N(0, S²) − Exp(mean g) at x: a figure that understates by an exponential slack.
///
/// ln f = −ln g + x/g + S²/(2g²) + ln Φ(−x/S − S/g), the exponentially modified normal of
/// Grushka (1972), mirrored; by [`erfcx`] where the terms would cancel.
///
/// ```
/// use sayso::consensus::likelihood::log_understated;
/// assert!((log_understated(-0.5, 0.2, 0.12) - (-0.883_572_512_768_389_3)).abs() < 1e-13);
/// assert!(log_understated(0.0, 0.01, 1e-9).is_finite());
/// ```
#[must_use]
pub fn log_understated(x: f64, s: f64, g: f64) -> f64 {
    let v = (x / s + s / g) * std::f64::consts::FRAC_1_SQRT_2;
    if v > 0.0 {
        -0.5 * (x / s) * (x / s) + ln((0.5 * erfcx(v)).max(f64::MIN_POSITIVE)) - ln(g)
    } else {
        x / g + 0.5 * (s / g) * (s / g) + normal_log_cdf(-v * std::f64::consts::SQRT_2) - ln(g)
    }
}

/// ln density of "at least" and "more than": z = r − δ, with δ of mean `slack` mostly and of mean
/// 1 sometimes. "More than 11,000" means a little more, not anything up to infinity.
#[must_use]
pub fn log_floor(x: f64, s: f64, slack: f64, settings: &Settings) -> f64 {
    let far = settings.slack_far_weight;
    let near = log_understated(x, s, slack) + log_share(1.0 - far);
    let far = log_understated(x, s, settings.slack_far) + log_share(far);
    let top = near.max(far);
    top + ln(exp(near - top) + exp(far - top))
}

/// ln density of "at most", "less than" and "up to": the mirror of [`log_floor`].
#[must_use]
pub fn log_ceiling(x: f64, s: f64, slack: f64, settings: &Settings) -> f64 {
    log_floor(-x, s, slack, settings)
}

/// ln of the weight of a part, −∞ for none.
fn log_share(weight: f64) -> f64 {
    if weight > 0.0 { ln(weight) } else { f64::NEG_INFINITY }
}

/// ln density of an old point of a count that may have grown since: z = r − δ, with δ = 0 for most and
/// exponential of mean `growth` for the share that was outgrown.
#[must_use]
pub fn log_grown(x: f64, s: f64, growth: f64, settings: &Settings) -> f64 {
    let still = log_point(x, s) + log_share(1.0 - settings.growth_share);
    let grown = log_understated(x, s, growth) + log_share(settings.growth_share);
    let top = still.max(grown);
    top + ln(exp(still - top) + exp(grown - top))
}

/// What kind of density a figure has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// a point, a range or a stated interval
    Point,
    /// a floor
    Floor {
        /// mean of the near part of the slack
        slack: f64,
    },
    /// a ceiling
    Ceiling {
        /// mean of the near part of the slack
        slack: f64,
    },
    /// an old point of a count that may have grown since
    Grown {
        /// mean of the growth where there was any
        growth: f64,
    },
}

/// A figure on the scale: its place, its own width on either side, and its form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kernel {
    /// z, the number said
    pub z: f64,
    /// w for true values below z
    pub below: f64,
    /// w for true values above z
    pub above: f64,
    /// kind of density
    pub form: Form,
}

impl Kernel {
    /// ln density of the figure given θ and the source's noise σ·d; widths add in squares.
    #[must_use]
    pub fn log_density(&self, theta: f64, noise: f64, bias: f64, settings: &Settings) -> f64 {
        let x = self.z - theta - bias;
        let (below, above) = (libm::hypot(noise, self.below), libm::hypot(noise, self.above));
        match self.form {
            Form::Point if self.below == self.above => log_point(x, below),
            Form::Point => log_interval(x, below, above),
            Form::Floor { slack } => log_floor(x, below, slack, settings),
            Form::Ceiling { slack } => log_ceiling(x, above, slack, settings),
            Form::Grown { growth } => log_grown(x, if x > 0.0 { below } else { above }, growth, settings),
        }
    }

    /// Fisher information about θ that the figure carries at θ, −∂²ln f/∂θ², in (0, 1/S²]. The parts of a
    /// mixture are weighed by their share at θ.
    #[must_use]
    pub fn information(&self, theta: f64, noise: f64, bias: f64, settings: &Settings) -> f64 {
        let x = self.z - theta - bias;
        let s = libm::hypot(noise, if x > 0.0 { self.below } else { self.above });
        // Share of the second of two parts at x, from their log densities and its weight.
        let share = |first: f64, second: f64, weight: f64| {
            let odds = exp((first - second).clamp(-600.0, 600.0)) * (1.0 - weight);
            weight / (weight + odds)
        };
        let mixed = |x: f64, slack: f64| {
            let logs = (log_understated(x, s, slack), log_understated(x, s, settings.slack_far));
            let far = share(logs.0, logs.1, settings.slack_far_weight);
            (1.0 - far) * understated_information(x, s, slack) + far * understated_information(x, s, settings.slack_far)
        };
        match self.form {
            Form::Point => 1.0 / (s * s),
            Form::Floor { slack } => mixed(x, slack),
            Form::Ceiling { slack } => mixed(-x, slack),
            Form::Grown { growth } => {
                let grown = share(log_point(x, s), log_understated(x, s, growth), settings.growth_share);
                (1.0 - grown) / (s * s) + grown * understated_information(x, s, growth)
            }
        }
    }
}

/// −∂²/∂x² of [`log_understated`]: λ(λ + u)/S² with u = −x/S − S/g and λ = φ(u)/Φ(u).
fn understated_information(x: f64, s: f64, g: f64) -> f64 {
    let u = -x / s - s / g;
    let mills = exp(-0.5 * u * u - LN_SQRT_2PI - normal_log_cdf(u));
    (mills * (mills + u)).clamp(0.0, 1.0) / (s * s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_of_understatement_agrees_with_twenty_five_digits() {
        for (x, s, g, want) in [
            (-0.5, 0.2, 0.12, -0.883_572_512_768_389_3),
            (0.0, 0.2, 0.12, 0.468_220_929_936_005_07),
            (0.3, 0.2, 0.12, -1.158_689_494_305_691_7),
            (1.5, 0.2, 1.0, -31.101_366_909_980_106),
            (-3.0, 0.05, 0.12, -22.792_930_908_244_353),
            (-2.0, 1.5, 1.0, -1.710_134_412_060_477),
        ] {
            let got = log_understated(x, s, g);
            assert!((got - want).abs() < 1e-12 * f64::abs(want), "{x}, {s}, {g}: {got}");
        }
    }

    #[test]
    fn every_density_integrates_to_one() {
        let settings = Settings::default();
        for form in [Form::Point, Form::Floor { slack: 0.1 }, Form::Ceiling { slack: 0.3 }, Form::Grown { growth: 0.4 }]
        {
            let kernel = Kernel { z: 0.4, below: 0.3, above: 0.3, form };
            let step = 0.01;
            let mass: f64 =
                (-4000..4000).map(|i| kernel.log_density(f64::from(i) * step, 0.2, 0.1, &settings).exp() * step).sum();
            assert!((mass - 1.0).abs() < 1e-9, "{form:?}: {mass}");
        }
        // An interval has one half of its mass on either side.
        let below: f64 = (0..4000).map(|i| log_interval((f64::from(i) + 0.5) * 1e-3, 0.1, 0.4).exp() * 1e-3).sum();
        assert!((below - 0.5).abs() < 1e-6);
    }

    #[test]
    fn information_is_the_curvature_of_a_density_without_parts() {
        let settings = Settings { slack_far_weight: 0.0, ..Settings::default() };
        for form in [Form::Point, Form::Floor { slack: 0.2 }, Form::Ceiling { slack: 0.2 }] {
            let kernel = Kernel { z: 0.0, below: 0.1, above: 0.1, form };
            for theta in [-0.6, -0.1, 0.03, 0.4] {
                let h = 1e-4;
                let f = |theta: f64| kernel.log_density(theta, 0.2, 0.0, &settings);
                let curvature = -(f(theta + h) - 2.0 * f(theta) + f(theta - h)) / (h * h);
                let got = kernel.information(theta, 0.2, 0.0, &settings);
                assert!((got - curvature).abs() < 1e-4 * (1.0 + curvature), "{form:?} at {theta}: {got}, {curvature}");
            }
        }
    }
}
