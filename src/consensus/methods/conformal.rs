//! The median with a width learned from what medians missed by on settled questions.

use rustc_hash::FxHashMap;

use super::simple::median::median;
use super::{Figures, Found, NO_FIGURE};
use crate::consensus::Quantiles;
use crate::model::Scale;

/// Folds of questions where the case has one topic only.
const FOLDS: usize = 10;

/// Runs the method. A settled question is answered from those of other topics, or of other folds
/// where there is but one topic, so that no answer has seen itself.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let missed = missed(figures);
    let has_topics = missed.iter().any(|m| m.group != missed[0].group);
    let mut folds = vec![None; figures.len()];
    for (place, m) in missed.iter().enumerate() {
        folds[m.question] = Some(place % FOLDS);
    }
    // Residuals that a question may see, by its scale and by the topic or fold that it may not.
    let mut seen: FxHashMap<(Scale, Option<usize>), Vec<f64>> = FxHashMap::default();
    let found = figures.sheets().enumerate().map(|(at, sheet)| {
        if sheet.is_empty() {
            return Found::none(NO_FIGURE);
        }
        let scale = sheet.heading.transform.scale();
        let unseen = if has_topics { Some(sheet.heading.group as usize) } else { folds[at] };
        let residuals = seen.entry((scale, unseen)).or_insert_with(|| {
            let part = |m: &Missed| if has_topics { Some(m.group as usize) } else { folds[m.question] };
            let others = missed.iter().filter(|m| m.scale == scale && (unseen.is_none() || part(m) != unseen));
            let mut residuals: Vec<f64> = others.map(|m| m.by).collect();
            residuals.sort_by(f64::total_cmp);
            residuals
        });
        let middle = median(sheet.z);
        if residuals.is_empty() {
            return Found::point(middle).with_note("no other settled question to learn a width from");
        }
        let mut found = Found::default();
        for (quantile, p) in found.quantiles.iter_mut().zip(Quantiles::LEVELS) {
            *quantile = conformal(residuals, p).map(|by| middle + by);
        }
        found.with_note(format!("width from {} other settled questions", residuals.len()))
    });
    found.collect()
}

/// What a median missed by.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Missed {
    question: usize,
    group: u32,
    scale: Scale,
    by: f64,
}

fn missed(figures: &Figures) -> Vec<Missed> {
    let each = figures.sheets().enumerate().filter_map(|(question, sheet)| {
        let by = sheet.heading.truth? - median(sheet.z);
        let (group, scale) = (sheet.heading.group, sheet.heading.transform.scale());
        by.is_finite().then_some(Missed { question, group, scale, by })
    });
    each.collect()
}

/// Quantile of a new residual, given n that are exchangeable with it: the ⌊p(n + 1)⌋-th smallest
/// below the middle, the ⌈p(n + 1)⌉-th above it, the median at ½. Vovk, Gammerman and Shafer (2005),
/// section 2.2; Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018), JASA 113:1094, algorithm 2,
/// with one tail at a time.
///
/// The range between p and 1 − p then holds the new value with probability at least 1 − 2p. `None`
/// where n is too small to say: 39 residuals are needed for 2.5 %. `residuals` must be sorted. Cost: one look.
///
/// ```
/// use sayso::consensus::methods::conformal::conformal;
/// let residuals: Vec<f64> = (1..=19).map(f64::from).collect();
/// assert_eq!(conformal(&residuals, 0.05), Some(1.0));
/// assert_eq!(conformal(&residuals, 0.95), Some(19.0));
/// assert_eq!(conformal(&residuals, 0.975), None);
/// ```
#[must_use]
pub fn conformal(residuals: &[f64], p: f64) -> Option<f64> {
    if residuals.is_empty() {
        return None;
    }
    if p == 0.5 {
        return Some(median(residuals));
    }
    // The hair keeps 0.05·20 from being a hair more or less than 1.
    let place = p * (residuals.len() + 1) as f64;
    let rank = if p < 0.5 { (place + 1e-9).floor() } else { (place - 1e-9).ceil() };
    if rank < 1.0 { None } else { residuals.get(rank as usize - 1).copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_ranks_of_the_residuals_and_the_middle_is_their_median() {
        let residuals: Vec<f64> = (1..=19).map(f64::from).collect();
        let at = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975].map(|p| conformal(&residuals, p));
        assert_eq!(at, [None, Some(1.0), Some(5.0), Some(10.0), Some(15.0), Some(19.0), None]);
        assert_eq!(conformal(&[1.0, 4.0], 0.5), Some(2.5));
        assert_eq!(conformal(&[], 0.5), None);
    }
}
