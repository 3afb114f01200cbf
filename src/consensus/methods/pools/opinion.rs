//! A stated distribution: three quantiles, with a normal distribution through them.

use crate::consensus::methods::{Found, NO_FIGURE, Sheet};
use crate::stats::special::{normal_cdf, normal_quantile};

/// A normal distribution in two halves that meet at the median, half of the probability on each
/// side: x(p) = m + z(p)·s with one s below and another above. The density jumps at m where they
/// differ; the two-piece normal of Wallis (2014), Statist. Sci. 29:106, has its mode there instead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opinion {
    /// the median
    pub middle: f64,
    /// standard deviation below it, above zero
    pub below: f64,
    /// standard deviation above it, above zero
    pub above: f64,
    /// how much it counts; weights of one pool sum to 1
    pub weight: f64,
}

/// Least standard deviation: an opinion without width has no density.
const LEAST: f64 = 1e-9;

impl Opinion {
    /// The quantile at a probability in (0, 1).
    ///
    /// ```
    /// use sayso::consensus::methods::pools::opinion::Opinion;
    /// let opinion = Opinion { middle: 10.0, below: 1.0, above: 2.0, weight: 1.0 };
    /// assert!((opinion.quantile(0.975) - 13.919_927_969).abs() < 1e-8);
    /// assert!((opinion.cdf(opinion.quantile(0.1)) - 0.1).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        if p == 0.5 {
            return self.middle;
        }
        self.middle + normal_quantile(p) * if p < 0.5 { self.below } else { self.above }
    }

    /// The distribution function.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let offset = x - self.middle;
        normal_cdf(offset / if offset < 0.0 { self.below } else { self.above })
    }

    /// One minus the distribution function, without cancellation.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        let offset = self.middle - x;
        normal_cdf(offset / if offset > 0.0 { self.below } else { self.above })
    }

    /// The opinions stated on a question, with equal weights.
    #[must_use]
    pub fn stated(sheet: &Sheet<'_>) -> Vec<Opinion> {
        let stated: Vec<usize> = (0..sheet.len()).filter(|&at| sheet.level[at] > 0.0).collect();
        let weight = 1.0 / stated.len() as f64;
        let opinion = |at: usize| {
            let deviate = normal_quantile(0.5 + 0.5 * sheet.level[at]);
            let middle = sheet.z[at];
            let (below, above) = ((middle - sheet.low[at]) / deviate, (sheet.high[at] - middle) / deviate);
            Opinion { middle, below: below.max(LEAST), above: above.max(LEAST), weight }
        };
        stated.into_iter().map(opinion).collect()
    }
}

/// Pools the opinions stated on a question; figures without a probability are left out and counted.
#[must_use]
pub fn pooled(sheet: &Sheet<'_>, pool: impl FnOnce(&[Opinion]) -> Found) -> Found {
    let opinions = Opinion::stated(sheet);
    let rest = sheet.len() - opinions.len();
    if sheet.is_empty() {
        Found::none(NO_FIGURE)
    } else if opinions.is_empty() {
        Found::none("no figure states an interval with its probability")
    } else if rest > 0 {
        pool(&opinions).with_note(format!("{rest} of {} figures state no interval and are left out", sheet.len()))
    } else {
        pool(&opinions)
    }
}

/// The point at which an increasing function reaches zero, by bisection to the last bit.
#[must_use]
pub fn rising_root(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * low + 0.5 * high;
        if middle <= low || middle >= high {
            break;
        }
        if f(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * low + 0.5 * high
}
