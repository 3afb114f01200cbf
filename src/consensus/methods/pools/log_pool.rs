//! The logarithmic opinion pool: the geometric mean of the densities.

use super::opinion::{Opinion, pooled};
use crate::consensus::methods::{Figures, Found, each};
use crate::stats::special::{normal_cdf, normal_quantile};

/// Runs the method with equal weights.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| {
        pooled(sheet, |opinions| {
            let pool = LogPool::new(opinions);
            Found::quantiles(|p| pool.quantile(p))
        })
    })
}

/// A stretch of the pool on which its density is that of a normal distribution.
#[derive(Debug, Clone, Copy)]
struct Piece {
    low: f64,
    high: f64,
    mean: f64,
    sd: f64,
    /// probability of the piece
    mass: f64,
}

/// Π f^w, normed: Genest and Zidek (1986), Statist. Sci. 1:114
///
/// The opinions are normal to the left and to the right of their medians, and so the pool is normal
/// between one median and the next. With equal halves it is the normal distribution with precision
/// Σ w/s² and mean Σ(w·m/s²)/Σ(w/s²), whatever the opinions disagree about: it never widens.
#[derive(Debug, Clone)]
pub struct LogPool {
    pieces: Vec<Piece>,
}

impl LogPool {
    /// The pool of opinions whose weights sum to 1. Cost: n².
    ///
    /// ```
    /// use sayso::consensus::methods::pools::{log_pool::LogPool, opinion::Opinion};
    /// let apart = [0.0, 8.0].map(|middle| Opinion { middle, below: 1.0, above: 1.0, weight: 0.5 });
    /// let pool = LogPool::new(&apart);
    /// assert!((pool.quantile(0.5) - 4.0).abs() < 1e-12);
    /// assert!((pool.quantile(0.975) - 4.0 - 1.959_963_984_540_054).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn new(opinions: &[Opinion]) -> LogPool {
        let is_even = opinions.iter().all(|o| o.below == o.above);
        let mut edges = vec![f64::NEG_INFINITY];
        if !is_even {
            edges.extend(opinions.iter().map(|o| o.middle));
            edges[1..].sort_by(f64::total_cmp);
            edges.dedup();
        }
        edges.push(f64::INFINITY);
        let mut pieces: Vec<(Piece, f64)> = edges.windows(2).map(|ends| piece(opinions, ends[0], ends[1])).collect();
        let highest = pieces.iter().map(|(_, log_mass)| *log_mass).fold(f64::NEG_INFINITY, f64::max);
        for (piece, log_mass) in &mut pieces {
            piece.mass = libm::exp(*log_mass - highest);
        }
        let total: f64 = pieces.iter().map(|(piece, _)| piece.mass).sum();
        let normed = pieces.into_iter().map(|(piece, _)| Piece { mass: piece.mass / total, ..piece });
        LogPool { pieces: normed.collect() }
    }

    /// The quantile at a probability in (0, 1).
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let mut below = 0.0;
        for (at, piece) in self.pieces.iter().enumerate() {
            let is_last = at + 1 == self.pieces.len();
            if p <= below + piece.mass || is_last {
                let share = if piece.mass > 0.0 { ((p - below) / piece.mass).clamp(0.0, 1.0) } else { 0.5 };
                return piece.at(share);
            }
            below += piece.mass;
        }
        f64::NAN
    }
}

impl Piece {
    /// The point with this share of the piece's mass below it.
    fn at(&self, share: f64) -> f64 {
        let (a, b) = ((self.low - self.mean) / self.sd, (self.high - self.mean) / self.sd);
        // From the tail that is nearer, so that no digits are lost far from the mean.
        let deviate = if a > 0.0 {
            let (far, near) = (normal_cdf(-b), normal_cdf(-a));
            -normal_quantile(near + share * (far - near))
        } else {
            let (low, high) = (normal_cdf(a), normal_cdf(b));
            normal_quantile(low + share * (high - low))
        };
        (self.mean + self.sd * deviate).clamp(self.low, self.high)
    }
}

/// The piece between two edges, with the logarithm of its mass before norming.
fn piece(opinions: &[Opinion], low: f64, high: f64) -> (Piece, f64) {
    // Offsets from one middle keep the digits of sums of squares.
    let origin = opinions.first().map_or(0.0, |o| o.middle);
    let (mut precision, mut first, mut second, mut height) = (0.0, 0.0, 0.0, 0.0);
    for opinion in opinions {
        // The half of the opinion that covers the piece: it lies on one side of every median.
        let s = if low >= opinion.middle { opinion.above } else { opinion.below };
        let (w, m) = (opinion.weight / (s * s), opinion.middle - origin);
        precision += w;
        first += w * m;
        second += w * m * m;
        height -= opinion.weight * libm::log(s);
    }
    let (mean, sd) = (first / precision, 1.0 / precision.sqrt());
    let scale = libm::log(sd) + height - 0.5 * (second - first * mean).max(0.0);
    let mean = mean + origin;
    let (a, b) = ((low - mean) / sd, (high - mean) / sd);
    let inside = if a > 0.0 { normal_cdf(-a) - normal_cdf(-b) } else { normal_cdf(b) - normal_cdf(a) };
    (Piece { low, high, mean, sd, mass: 0.0 }, scale + libm::log(inside))
}
