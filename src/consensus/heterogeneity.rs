//! How much the figures of a question disagree.

/// Cochran's Q and I².
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Heterogeneity {
    /// Q = Σ (z − z̄)²/v
    pub q: f64,
    /// degrees of freedom: figures that are no one-sided bounds, less one
    pub df: u32,
    /// I² = max(0, (Q − df)/Q), in `[0, 1)`; `None` with fewer than two such figures
    pub i2: Option<f64>,
}

/// A figure with its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// place on the scale
    pub z: f64,
    /// variance of the figure, above zero: its own width and its source's usual error
    pub variance: f64,
}

/// Q of Cochran (1954), Biometrics 10:101, and I² of Higgins and Thompson (2002), Stat. Med.
/// 21:1539, eq. 10, about the mean weighted by inverse variance.
///
/// n = 0 and n = 1 give Q = 0 without I²; equal figures give Q = 0 and I² = 0. Places that are far
/// apart may overflow Q to +∞, with I² = 1. Cost: linear.
///
/// ```
/// use sayso::consensus::heterogeneity::{Measured, heterogeneity};
/// let h = heterogeneity(&[1.0, 3.0].map(|z| Measured { z, variance: 0.5 }));
/// assert_eq!((h.q, h.df, h.i2), (4.0, 1, Some(0.75)));
/// ```
#[must_use]
pub fn heterogeneity(figures: &[Measured]) -> Heterogeneity {
    if figures.len() < 2 {
        return Heterogeneity::default();
    }
    let total: f64 = figures.iter().map(|f| 1.0 / f.variance).sum();
    let mean = figures.iter().map(|f| f.z / f.variance).sum::<f64>() / total;
    let q: f64 = figures.iter().map(|f| (f.z - mean) * (f.z - mean) / f.variance).sum();
    let df = (figures.len() - 1) as u32;
    let excess = q - f64::from(df);
    let i2 = if excess <= 0.0 {
        0.0
    } else if q.is_finite() {
        excess / q
    } else {
        1.0
    };
    Heterogeneity { q, df, i2: Some(i2) }
}
