//! Scores of predicted ranges, on the scale of each question.

use super::Prediction;
use crate::consensus::Quantiles;
use crate::model::{Case, Estimate, Scale};
use crate::stats::quantile::median;

/// Levels of the central ranges, with the positions of their ends.
const RANGES: [(f64, usize, usize); 4] = [(0.5, 3, 5), (0.8, 2, 6), (0.9, 1, 7), (0.95, 0, 8)];

/// A prediction on the scale on which its question is scored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// quantiles on the scale
    pub quantiles: [f64; 9],
    /// settled value on the scale
    pub truth: f64,
    /// median less settled value, in the question's unit
    pub error: f64,
    /// whether the median is off by more than one per cent
    pub is_off: bool,
    /// for each level, whether the central range holds the settled value; compared in the question's unit
    pub holds: [bool; 4],
}

/// Coverage of a central range with its 95 per cent interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// probability of the range
    pub level: f64,
    /// share that it held
    pub share: f64,
    /// ends of the interval of Wilson (1927)
    pub interval: [f64; 2],
}

/// How many settled values fell between two neighbouring quantiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PitBin {
    /// probabilities at its ends
    pub from: f64,
    /// upper end
    pub to: f64,
    /// share of settled values; one that equals several quantiles is shared out among their bins
    pub share: f64,
}

/// Mean scores of some predictions.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// predictions with a range
    pub scored: usize,
    /// settled questions without one
    pub missing: usize,
    /// coverage at 50, 80, 90 and 95 per cent
    pub coverage: [Coverage; 4],
    /// weighted interval score, K = 4
    pub wis: f64,
    /// width of the 90 per cent range
    pub width: f64,
    /// continuous ranked probability score of the distribution that is even between neighbouring quantiles
    pub crps: f64,
    /// mean ln density of that distribution, with exponential tails
    pub log_score: f64,
    /// mean absolute error of the median in the questions' own units
    pub mae: f64,
    /// its root mean square
    pub rmse: f64,
    /// share of medians off by more than one per cent
    pub off: f64,
    /// where the settled values fell
    pub pit: Vec<PitBin>,
}

/// Puts a prediction on the scale of its question: logarithm or linear as the case says, inverse hyperbolic sine
/// for a log question with a figure or settled value at or below zero. Linear questions with stated intervals are
/// measured in the median stated half-width over 1.645. `None` without a range.
#[must_use]
pub fn measured(case: &Case, prediction: &Prediction) -> Option<Measured> {
    let values = prediction.quantiles?.values;
    let (y, question) = (prediction.settled, prediction.question);
    let estimates = || case.claims_of(question).map(|claim| case.claims.estimate(claim)).filter(Estimate::is_figure);
    let lowest = estimates()
        .flat_map(|e| [e.ends().0, e.interval.map_or(f64::INFINITY, |i| i.low)])
        .filter(|x| x.is_finite())
        .fold(y, f64::min);
    let mut half: Vec<f64> = estimates().filter_map(|e| e.interval).map(|i| 0.5 * (i.high - i.low)).collect();
    let unit = median(&mut half).map_or(1.0, |half| half / 1.645);
    let unit = if unit > 0.0 { unit } else { 1.0 };
    let forward = |x: f64| match case.question(question).scale {
        Scale::Log if lowest > 0.0 => libm::log(x.max(1e-12)),
        Scale::Log | Scale::Asinh => libm::asinh(x),
        Scale::Linear => x / unit,
    };
    let error = values[4] - y;
    Some(Measured {
        quantiles: values.map(forward),
        truth: forward(y),
        error,
        is_off: error.abs() > 0.01 * y.abs(),
        holds: RANGES.map(|(_, low, high)| values[low] <= y && y <= values[high]),
    })
}

/// Mean scores; zero where there is nothing to score. Reference: Gneiting and Raftery (2007), JASA 102:359; the
/// weighted interval score of Bracher et al. (2021), PLOS Comput. Biol. 17:e1008618, eq. 1. Cost: linear.
#[must_use]
pub fn scores(measured: &[Measured], missing: usize) -> Scores {
    let n = measured.len();
    let mean = |f: &dyn Fn(&Measured) -> f64| if n == 0 { 0.0 } else { measured.iter().map(f).sum::<f64>() / n as f64 };
    let coverage = std::array::from_fn(|at| {
        let hits = measured.iter().filter(|m| m.holds[at]).count();
        Coverage { level: RANGES[at].0, share: hits as f64 / n.max(1) as f64, interval: wilson(hits, n) }
    });
    Scores {
        scored: n,
        missing,
        coverage,
        wis: mean(&wis),
        width: mean(&|m| m.quantiles[7] - m.quantiles[1]),
        crps: mean(&crps),
        log_score: mean(&log_score),
        mae: mean(&|m| m.error.abs()),
        rmse: mean(&|m| m.error * m.error).sqrt(),
        off: mean(&|m| f64::from(m.is_off)),
        pit: pit(measured),
    }
}

/// 95 per cent interval of a share, by the score of Wilson (1927), JASA 22:209; the whole range with nothing
/// counted.
///
/// ```
/// let [low, high] = sayso::backtest::wilson(9, 10);
/// assert!((low - 0.5958).abs() < 1e-3 && (high - 0.9821).abs() < 1e-3);
/// ```
#[must_use]
pub fn wilson(hits: usize, of: usize) -> [f64; 2] {
    if of == 0 {
        return [0.0, 1.0];
    }
    let (n, z2) = (of as f64, 1.959_963_985_f64.powi(2));
    let p = hits as f64 / n;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
    [(centre - half).max(0.0), (centre + half).min(1.0)]
}

fn wis(m: &Measured) -> f64 {
    let mut sum = 0.5 * (m.truth - m.quantiles[4]).abs();
    for (level, low, high) in RANGES {
        let (low, high, alpha) = (m.quantiles[low], m.quantiles[high], 1.0 - level);
        let outside = (low - m.truth).max(0.0) + (m.truth - high).max(0.0);
        sum += 0.5 * alpha * (high - low + 2.0 / alpha * outside);
    }
    sum / 4.5
}

/// ∫ (F(x) − 1[x ≥ y])² dx with F linear between the quantiles and a step at the outermost.
fn crps(m: &Measured) -> f64 {
    let square = |a: f64, b: f64, from: f64, to: f64| (to - from) * (a * a + a * b + b * b) / 3.0;
    let (q, p) = (&m.quantiles, Quantiles::LEVELS);
    let mut sum = (q[0] - m.truth).max(0.0) + (m.truth - q[8]).max(0.0);
    for at in 1..9 {
        let (from, to) = (q[at - 1], q[at]);
        if to <= from {
            continue;
        }
        let y = m.truth.clamp(from, to);
        let at_y = p[at - 1] + (p[at] - p[at - 1]) * (y - from) / (to - from);
        sum += square(p[at - 1], at_y, from, y) + square(1.0 - at_y, 1.0 - p[at], y, to);
    }
    sum
}

/// ln density, of at least 1e-12 of the scale between neighbours. Beyond the outermost quantiles the density falls
/// exponentially from that of the neighbouring interval.
fn log_score(m: &Measured) -> f64 {
    let (q, p) = (&m.quantiles, Quantiles::LEVELS);
    let density = |at: usize| (p[at] - p[at - 1]) / (q[at] - q[at - 1]).max(1e-12);
    let tail = |at: usize, away: f64| libm::log(density(at)) - away * density(at) / p[0];
    let inside = (1..9).filter(|&at| q[at - 1] <= m.truth && m.truth <= q[at]).map(density);
    match inside.max_by(f64::total_cmp) {
        Some(density) => libm::log(density),
        None if m.truth < q[0] => tail(1, q[0] - m.truth),
        None => tail(8, m.truth - q[8]),
    }
}

fn pit(measured: &[Measured]) -> Vec<PitBin> {
    let edges: Vec<f64> = std::iter::once(0.0).chain(Quantiles::LEVELS).chain([1.0]).collect();
    let mut shares = vec![0.0; edges.len() - 1];
    for m in measured {
        let first = m.quantiles.iter().filter(|q| **q < m.truth).count();
        let last = m.quantiles.iter().filter(|q| **q <= m.truth).count();
        let whole = edges[last + 1] - edges[first];
        for bin in first..=last {
            shares[bin] += (edges[bin + 1] - edges[bin]) / whole / measured.len() as f64;
        }
    }
    shares.into_iter().zip(edges.windows(2)).map(|(share, e)| PitBin { from: e[0], to: e[1], share }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(truth: f64) -> Measured {
        let quantiles = Quantiles::LEVELS.map(crate::stats::special::normal_quantile);
        let holds = RANGES.map(|(_, low, high)| quantiles[low] <= truth && truth <= quantiles[high]);
        Measured { quantiles, truth, error: -truth, is_off: true, holds }
    }

    #[test]
    fn the_weighted_interval_score_is_twice_the_mean_quantile_loss() {
        for truth in [-3.0, 0.0, 0.4, 2.0] {
            let m = normal(truth);
            let loss = |(q, p): (&f64, f64)| if truth > *q { p * (truth - q) } else { (p - 1.0) * (truth - q) };
            let mean = 2.0 * m.quantiles.iter().zip(Quantiles::LEVELS).map(loss).sum::<f64>() / 9.0;
            assert!((wis(&m) - mean).abs() < 1e-12);
            // The score of the whole normal distribution is (y(2Φ(y) − 1) + 2φ(y) − 1/√π).
            let (cdf, pdf) = (crate::stats::special::normal_cdf(truth), crate::stats::special::normal_pdf(truth));
            let whole = truth * (2.0 * cdf - 1.0) + 2.0 * pdf - std::f64::consts::PI.sqrt().recip();
            assert!((crps(&m) - whole).abs() < 0.03, "{truth}: {} for {whole}", crps(&m));
        }
    }

    #[test]
    fn nothing_to_score_gives_zeros() {
        let none = scores(&[], 3);
        assert_eq!((none.scored, none.missing, none.wis), (0, 3, 0.0));
        assert_eq!(none.coverage[0].interval, [0.0, 1.0]);
    }

    #[test]
    fn the_bins_of_an_even_spread_hold_what_they_should() {
        let many: Vec<Measured> =
            (0..2000).map(|i| normal(crate::stats::special::normal_quantile((f64::from(i) + 0.5) / 2000.0))).collect();
        for bin in scores(&many, 0).pit {
            assert!((bin.share - (bin.to - bin.from)).abs() < 2e-3, "{bin:?}");
        }
    }
}
