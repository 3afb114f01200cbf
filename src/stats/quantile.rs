//! Medians and quantiles of weighted values.

/// Median of the values that are finite numbers: the mean of the middle two where their number is
/// even. `None` if there is none. Reorders the values.
///
/// Cost: n·ln n.
///
/// ```
/// use sayso::stats::quantile::median;
/// assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
/// assert_eq!(median(&mut [1.0, f64::NAN, 2.0]), Some(1.5));
/// assert_eq!(median(&mut []), None);
/// ```
#[must_use]
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let first = values.iter().position(|x| x.is_finite())?;
    let last = values.iter().rposition(|x| x.is_finite())?;
    let (low, high) = (values[usize::midpoint(first, last)], values[(first + last).div_ceil(2)]);
    Some(low.midpoint(high))
}

/// A value and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// the value
    pub value: f64,
    /// its weight, not negative
    pub weight: f64,
}

/// The quantile of weighted values at probability `p`: the inverse of their distribution function,
/// averaged where it is flat at p (Hyndman and Fan 1996, type 2, with weights).
///
/// Values that are not finite and weights that are not above zero are left out. `None` if nothing
/// is left or p lies outside `[0, 1]`. Cost: n·ln n.
///
/// ```
/// use sayso::stats::quantile::{Weighted, weighted_quantile};
/// let values = [(1.0, 1.0), (2.0, 1.0), (9.0, 2.0)].map(|(value, weight)| Weighted { value, weight });
/// assert_eq!(weighted_quantile(&values, 0.5), Some(5.5));
/// assert_eq!(weighted_quantile(&values, 0.6), Some(9.0));
/// ```
#[must_use]
pub fn weighted_quantile(values: &[Weighted], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let mut kept: Vec<Weighted> =
        values.iter().copied().filter(|v| v.value.is_finite() && v.weight > 0.0 && v.weight.is_finite()).collect();
    kept.sort_by(|a, b| a.value.total_cmp(&b.value));
    let total: f64 = kept.iter().map(|v| v.weight).sum();
    let target = p * total;
    let mut below = 0.0;
    for (at, v) in kept.iter().enumerate() {
        below += v.weight;
        // Sums of weights that should meet the target exactly may miss it by rounding.
        if (below - target).abs() <= 1e-12 * total {
            let next = kept.get(at + 1).map_or(v.value, |next| next.value);
            return Some(0.5 * v.value + 0.5 * next);
        }
        if below > target {
            return Some(v.value);
        }
    }
    kept.last().map(|v| v.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_one_give_the_ordinary_median() {
        for n in 1..8 {
            let mut plain: Vec<f64> = (0..n).map(|i| f64::from((i * 5) % 7)).collect();
            let weighted: Vec<_> = plain.iter().map(|&value| Weighted { value, weight: 1.0 }).collect();
            assert_eq!(weighted_quantile(&weighted, 0.5), median(&mut plain));
        }
    }

    #[test]
    fn nothing_usable_gives_none() {
        assert_eq!(weighted_quantile(&[], 0.5), None);
        assert_eq!(weighted_quantile(&[Weighted { value: 1.0, weight: 0.0 }], 0.5), None);
        assert_eq!(weighted_quantile(&[Weighted { value: f64::NAN, weight: 1.0 }], 0.5), None);
        assert_eq!(weighted_quantile(&[Weighted { value: 1.0, weight: 1.0 }], f64::NAN), None);
        assert_eq!(median(&mut [f64::NAN]), None);
        assert_eq!(median(&mut [f64::MAX, f64::MAX]), Some(f64::MAX));
    }
}
