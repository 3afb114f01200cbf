//! The variance between studies: eight estimators, each a function of the studies.

use super::study::{Studies, variance};

/// An estimator of τ².
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tau2 {
    /// DerSimonian and Laird
    Dl,
    /// restricted maximum likelihood
    Reml,
    /// maximum likelihood
    Ml,
    /// Paule and Mandel
    Pm,
    /// Hedges
    He,
    /// Sidik and Jonkman
    Sj,
    /// Hunter and Schmidt
    Hs,
    /// empirical Bayes
    Eb,
}

impl Tau2 {
    /// The estimate, at least 0; 0 with fewer than two studies.
    ///
    /// Cost: linear, times about 300 steps for REML and 100 for ML, PM and EB.
    ///
    /// ```
    /// use sayso::consensus::methods::meta::{study::Studies, tau2::Tau2};
    /// let studies = Studies::new(vec![0.0, 2.0], &[0.5, 0.5]);
    /// assert_eq!(Tau2::Dl.estimate(&studies), 1.5);
    /// assert!((Tau2::Reml.estimate(&studies) - 1.5).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn estimate(self, studies: &Studies) -> f64 {
        if studies.len() < 2 {
            return 0.0;
        }
        let tau2 = match self {
            Tau2::Dl => dl(studies),
            Tau2::Reml => reml(studies),
            Tau2::Ml => ml(studies),
            Tau2::Pm | Tau2::Eb => pm(studies),
            Tau2::He => he(studies),
            Tau2::Sj => sj(studies),
            Tau2::Hs => hs(studies),
        };
        if tau2 > 0.0 { tau2 } else { 0.0 }
    }
}

/// Sums with the weights w = 1/(v + τ²).
#[derive(Debug, Clone, Copy)]
pub struct Weighted {
    /// Σw
    pub w: f64,
    /// Σw²
    pub w2: f64,
    /// weighted mean
    pub mean: f64,
    /// Σw·(y − mean)²
    pub q: f64,
    /// Σw²·(y − mean)²
    pub q2: f64,
}

/// The sums at a value of τ².
#[must_use]
pub fn weighted(studies: &Studies, tau2: f64) -> Weighted {
    let pairs = || studies.y.iter().zip(&studies.v).map(|(&y, &v)| (y, 1.0 / (v + tau2)));
    let w: f64 = pairs().map(|(_, w)| w).sum();
    let mean = pairs().map(|(y, part)| y * (part / w)).sum::<f64>();
    let mean = crate::consensus::methods::simple::mean::within(mean, &studies.y);
    Weighted {
        w,
        w2: pairs().map(|(_, w)| w * w).sum(),
        mean,
        q: pairs().map(|(y, w)| w * (y - mean) * (y - mean)).sum(),
        q2: pairs().map(|(y, w)| w * w * (y - mean) * (y - mean)).sum(),
    }
}

/// DerSimonian and Laird (1986): (Q − (k − 1))/(Σw − Σw²/Σw).
fn dl(studies: &Studies) -> f64 {
    let s = weighted(studies, 0.0);
    (s.q - (studies.len() - 1) as f64) / (s.w - s.w2 / s.w)
}

/// Hedges and Olkin (1985): s² − mean v.
fn he(studies: &Studies) -> f64 {
    variance(&studies.y) - studies.v.iter().sum::<f64>() / studies.len() as f64
}

/// Hunter and Schmidt (1990), as by Viechtbauer (2005): (Q − k)/Σw.
fn hs(studies: &Studies) -> f64 {
    let s = weighted(studies, 0.0);
    (s.q - studies.len() as f64) / s.w
}

/// Sidik and Jonkman (2005): τ₀² = Σ(y − ȳ)²/k, then τ₀²·Σ w(y − μ)²/(k − 1) with w = 1/(v + τ₀²).
fn sj(studies: &Studies) -> f64 {
    let k = studies.len() as f64;
    let start = variance(&studies.y) * (k - 1.0) / k;
    if start > 0.0 { start * weighted(studies, start).q / (k - 1.0) } else { 0.0 }
}

/// Paule and Mandel (1982): the root of Σw(y − μ)² = k − 1, which falls in τ². The empirical Bayes
/// estimate of Morris (1983), Σw(k/(k − 1)·(y − μ)² − v)/Σw = τ², is the same root.
fn pm(studies: &Studies) -> f64 {
    let df = (studies.len() - 1) as f64;
    falling_root(|tau2| weighted(studies, tau2).q - df, top(studies))
}

/// Maximum likelihood, Hardy and Thompson (1996): Σw²(y − μ)² = Σw.
fn ml(studies: &Studies) -> f64 {
    let score = |tau2: f64| {
        let s = weighted(studies, tau2);
        s.q2 - s.w
    };
    best_root(studies, score, |tau2| log_likelihood(studies, tau2))
}

/// Restricted maximum likelihood, Viechtbauer (2005): Σw²(y − μ)² = Σw − Σw²/Σw.
fn reml(studies: &Studies) -> f64 {
    let score = |tau2: f64| {
        let s = weighted(studies, tau2);
        s.q2 - s.w + s.w2 / s.w
    };
    best_root(studies, score, |tau2| log_likelihood(studies, tau2) - 0.5 * libm::log(weighted(studies, tau2).w))
}

/// Log-likelihood with μ at its best, but for a constant.
fn log_likelihood(studies: &Studies, tau2: f64) -> f64 {
    -0.5 * (studies.v.iter().map(|v| libm::log(v + tau2)).sum::<f64>() + weighted(studies, tau2).q)
}

/// No root lies above the sum of squares about the mean.
fn top(studies: &Studies) -> f64 {
    2.0 * variance(&studies.y) * studies.len() as f64
}

/// The highest of 0 and the points where the score turns from positive to negative: likelihoods of
/// τ² may have several tops, and Fisher scoring finds the nearest or none.
fn best_root(studies: &Studies, score: impl Fn(f64) -> f64, height: impl Fn(f64) -> f64) -> f64 {
    let top = top(studies);
    let least = 1e-6 * studies.v.iter().copied().fold(f64::INFINITY, f64::min).min(top);
    if least <= 0.0 || !(top / least).is_finite() {
        return 0.0;
    }
    let steps = 64;
    let ratio = libm::exp(libm::log(top / least) / f64::from(steps));
    let mut best = (0.0, height(0.0));
    let (mut below, mut rises) = (0.0, score(0.0) > 0.0);
    let mut at = least;
    for _ in 0..=steps {
        let still = score(at) > 0.0;
        if rises && !still {
            let root = bisect(&score, below, at);
            let found = height(root);
            if found > best.1 {
                best = (root, found);
            }
        }
        (below, rises) = (at, still);
        at *= ratio;
    }
    best.0
}

/// Root of a function that falls from 0 to `top`; 0 where it starts at or below zero.
fn falling_root(f: impl Fn(f64) -> f64, top: f64) -> f64 {
    let mut high = if top > 0.0 { top } else { return 0.0 };
    if f(0.0) <= 0.0 {
        return 0.0;
    }
    for _ in 0..200 {
        if f(high) <= 0.0 {
            break;
        }
        high *= 2.0;
    }
    bisect(&f, 0.0, high)
}

/// The point where a function turns from positive to negative, to the last bit or 200 halvings.
fn bisect(f: &impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if f(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
