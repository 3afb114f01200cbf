//! The decision maker: the experts' distributions on an item, weighted and added.

use super::panel::Item;

/// The distribution functions of all experts on an item, at every number that any of them gives:
/// uniform between quantiles and out to the ends of the range. Made once for many sets of weights.
#[derive(Debug, Clone, Default)]
pub struct Mixture {
    /// rising numbers, from one end of the range to the other
    points: Vec<f64>,
    /// expert of each row of `cdf`
    experts: Vec<usize>,
    /// distribution function; row by expert, then point
    cdf: Vec<f64>,
}

impl Mixture {
    /// The functions of an item. Cost: experts times numbers.
    #[must_use]
    pub fn new(item: &Item, probabilities: &[f64]) -> Mixture {
        let numbers = || item.assessments.iter().flat_map(|a| a.quantiles.iter().copied());
        let [low, high] = match (item.range(), numbers().next()) {
            (Some(range), _) => range,
            (None, Some(only)) => [only, only],
            (None, None) => return Mixture::default(),
        };
        let mut points: Vec<f64> = numbers().chain([low, high]).collect();
        points.sort_by(f64::total_cmp);
        points.dedup();
        let levels: Vec<f64> = [0.0].iter().chain(probabilities).chain(&[1.0]).copied().collect();
        let mut cdf = Vec::with_capacity(points.len() * item.assessments.len());
        for assessment in &item.assessments {
            let places: Vec<f64> = [low].iter().chain(&assessment.quantiles).chain(&[high]).copied().collect();
            cdf.extend(points.iter().map(|&point| interpolate(&places, &levels, point)));
        }
        Mixture { points, experts: item.assessments.iter().map(|a| a.expert).collect(), cdf }
    }

    /// The weighted distribution function at each point; `None` if no expert of the item has weight.
    #[must_use]
    pub fn weighted(&self, weight: impl Fn(usize) -> f64) -> Option<Weighted<'_>> {
        let weights: Vec<f64> = self.experts.iter().map(|&expert| weight(expert)).collect();
        let total: f64 = weights.iter().sum();
        if !(total > 0.0 && total.is_finite()) {
            return None;
        }
        let mut cdf = vec![0.0; self.points.len()];
        for (row, w) in self.cdf.chunks_exact(self.points.len()).zip(&weights) {
            for (sum, f) in cdf.iter_mut().zip(row) {
                *sum += w / total * f;
            }
        }
        Some(Weighted { points: &self.points, cdf })
    }
}

/// The decision maker's distribution on an item.
#[derive(Debug, Clone)]
pub struct Weighted<'a> {
    points: &'a [f64],
    cdf: Vec<f64>,
}

impl Weighted<'_> {
    /// Its quantile at a probability in (0, 1).
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        interpolate(&self.cdf, self.points, p)
    }
}

/// Piecewise linear function through (places, values) at x; places never fall. Where several stand
/// at x the last counts.
fn interpolate(places: &[f64], values: &[f64], x: f64) -> f64 {
    let after = places.partition_point(|&place| place <= x);
    match (after, places.get(after)) {
        (0, _) => values[0],
        (_, None) => values[values.len() - 1],
        (_, Some(&next)) => {
            let (before, from) = (places[after - 1], values[after - 1]);
            from + (values[after] - from) * ((x - before) / (next - before))
        }
    }
}
