//! How much an expert's quantiles say, beside saying nothing.

use super::panel::{Assessment, Item};

/// Least width of a bin as a share of the range: a bin without width would be infinitely informative.
const LEAST: f64 = 1e-12;

/// Relative information of an assessment with respect to the uniform distribution on the item's
/// range: Σ p·ln(p/width) + ln(range) (Cooke 1991, chapter 8). 0 without a range.
///
/// ```
/// use sayso::consensus::methods::cooke::{information::information, panel::{Assessment, Item}};
/// let even = Assessment { expert: 0, quantiles: vec![2.0, 5.0, 8.0] };
/// let wide = Assessment { expert: 1, quantiles: vec![0.0, 5.0, 10.0] };
/// let item = Item { assessments: vec![even.clone(), wide.clone()], realisation: None };
/// let bins = [0.05, 0.45, 0.45, 0.05];
/// assert!(information(&item, &even.quantiles, &bins) > information(&item, &wide.quantiles, &bins));
/// ```
#[must_use]
pub fn information(item: &Item, quantiles: &[f64], bins: &[f64]) -> f64 {
    let Some([low, high]) = item.range() else { return 0.0 };
    information_in(low, high, quantiles, bins)
}

/// The same where the range is known.
#[must_use]
pub fn information_in(low: f64, high: f64, quantiles: &[f64], bins: &[f64]) -> f64 {
    let width = high - low;
    let mut below = low;
    let mut sum = libm::log(width);
    for (at, p) in bins.iter().enumerate() {
        let above = quantiles.get(at).copied().unwrap_or(high);
        sum += p * libm::log(p / (above - below).max(LEAST * width));
        below = above;
    }
    sum
}

/// Mean information of an expert over the given items that the expert answered; 0 without any.
#[must_use]
pub fn mean_information(items: &[&Item], expert: usize, bins: &[f64]) -> f64 {
    let answers: Vec<(&Item, &Assessment)> = items
        .iter()
        .filter_map(|item| item.assessments.iter().find(|a| a.expert == expert).map(|answer| (*item, answer)))
        .collect();
    let total: f64 = answers.iter().map(|(item, answer)| information(item, &answer.quantiles, bins)).sum();
    if answers.is_empty() { 0.0 } else { total / answers.len() as f64 }
}
