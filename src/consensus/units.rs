//! One unit for linear questions of a kind: empirical Bayes over the spread of their figures.
//!
//! Where questions ask for the same kind of number (margins of polls, ratings), errors are alike in size, and a
//! question with three figures borrows the unit of its errors from the others. Where they are not, the
//! variance between questions says so and each keeps its own.

use crate::model::Scale;
use crate::stats::quantile::median;

use super::evidence::{QuestionEvidence, SharedUnit};
use super::settings::Settings;

/// Variance of the log of a spread that is measured on n figures, times n − 1.
const SAMPLING: f64 = 0.8;
/// Between questions, a standard deviation of the log spread above this means that they are no kind.
const APART: f64 = 1.5;
/// Questions that it takes to make a kind.
const LEAST: usize = 8;

/// Sets the shared unit of the linear questions of one kind; `spreads` has the spread of each question's figures, and
/// `kinds` a number for each question.
///
/// ln s of a question is shrunk to the mean of its kind by `v_b/(v_b + v_q)` (Morris 1983, JASA 78:47); one without
/// a spread of its own takes the mean. Stated intervals bring their own widths: a kind with any is left alone.
/// Cost: n·ln n.
pub fn pool_units(questions: &mut [QuestionEvidence], spreads: &[UnitSpread], kinds: &[u32], settings: &Settings) {
    let mut order: Vec<usize> = (0..questions.len()).filter(|&at| questions[at].scale == Scale::Linear).collect();
    order.sort_by_key(|&at| (kinds[at], at));
    for kind in order.chunk_by(|&a, &b| kinds[a] == kinds[b]) {
        if kind.iter().any(|&at| spreads[at].states_intervals) {
            continue;
        }
        let known: Vec<Spread> = kind.iter().filter_map(|&at| spreads[at].spread).collect();
        if known.len() < LEAST {
            continue;
        }
        let n = known.len() as f64;
        let mean = known.iter().map(|s| s.log).sum::<f64>() / n;
        let total = known.iter().map(|s| (s.log - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let between = (total - known.iter().map(|s| s.variance).sum::<f64>() / n).max(1e-4);
        if between > APART * APART {
            continue;
        }
        for &at in kind {
            let log =
                spreads[at].spread.map_or(mean, |s| (s.log * between + mean * s.variance) / (between + s.variance));
            let unit = |log: f64| libm::exp(log) / settings.named.sigma;
            let shared = SharedUnit { own: unit(log), kind: unit(mean) };
            let is_unit = |unit: f64| unit.is_finite() && unit > 0.0;
            questions[at].shared_unit = (is_unit(shared.own) && is_unit(shared.kind)).then_some(shared);
        }
    }
}

/// What the figures of a question say of its unit.
#[derive(Debug, Clone, Copy)]
pub struct UnitSpread {
    spread: Option<Spread>,
    /// whether any figure brings its own width
    states_intervals: bool,
}

impl UnitSpread {
    /// Of a linear question; others say nothing.
    #[must_use]
    pub fn of(question: &QuestionEvidence) -> UnitSpread {
        let is_linear = question.scale == Scale::Linear;
        UnitSpread {
            spread: is_linear.then(|| Spread::of(question)).flatten(),
            states_intervals: is_linear && question.origins.iter().any(|e| e.estimate.interval.is_some()),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Spread {
    log: f64,
    variance: f64,
}

impl Spread {
    /// The spread of the figures of a question: 1.4826·MAD, or the mean deviation where half of them agree.
    fn of(question: &QuestionEvidence) -> Option<Spread> {
        let mut centres: Vec<f64> = question
            .origins
            .iter()
            .filter(|e| e.estimate.is_figure() && e.of.is_none())
            .map(|e| e.estimate.ends())
            .map(|(low, high)| 0.5 * low + 0.5 * high)
            .filter(|c| c.is_finite())
            .collect();
        let n = centres.len();
        if n < 2 {
            return None;
        }
        let centre = median(&mut centres)?;
        let mut away: Vec<f64> = centres.iter().map(|c| (c - centre).abs()).collect();
        let mean = away.iter().map(|a| a / n as f64).sum::<f64>();
        let mad = 1.4826 * median(&mut away)?;
        let spread = if mad > 0.0 { mad } else { 1.2533 * mean };
        let log = libm::log(spread);
        log.is_finite().then_some(Spread { log, variance: SAMPLING / (n - 1) as f64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_of_a_kind_share_their_unit_and_others_keep_their_own() {
        let settings = Settings::default();
        let mut alike: Vec<_> =
            (0..20).map(|i| QuestionEvidence::of_points(&[0.0, 3.0 + f64::from(i % 3), -4.0])).collect();
        alike.push(QuestionEvidence::of_points(&[5.0]));
        let kinds = vec![0; alike.len()];
        let pool_units = |questions: &mut [QuestionEvidence]| {
            let spreads: Vec<UnitSpread> = questions.iter().map(UnitSpread::of).collect();
            pool_units(questions, &spreads, &kinds, &settings);
        };
        pool_units(&mut alike);
        assert!(alike.iter().all(|q| q.shared_unit.is_some_and(|u| u.own > 8.0 && u.own < 40.0)));
        let mut unlike: Vec<_> =
            (0..20).map(|i| 10f64.powi(i)).map(|x| QuestionEvidence::of_points(&[0.0, 3.0 * x, -4.0 * x])).collect();
        pool_units(&mut unlike);
        assert!(unlike.iter().all(|q| q.shared_unit.is_none()));
    }

    /// Eight questions whose spreads are as e⁰ and e² in turn, worked out by hand. With three figures each measured
    /// log spread has the variance 0.4, between them lie 8/7 − 0.4, and 0.65 of each distance from the mean is kept;
    /// with two figures the variance is 0.8, and 0.3 is kept.
    #[test]
    fn a_spread_is_shrunk_by_what_is_due_to_few_figures() {
        let settings = Settings::default();
        for (figures, kept) in [(&[-1.0, 0.0, 1.0][..], 0.65), (&[-1.0, 1.0], 0.3)] {
            let size = |at: usize| if at.is_multiple_of(2) { 1.0 } else { libm::exp(2.0) };
            let of = |at: usize| {
                QuestionEvidence::of_points(&figures.iter().map(|figure| figure * size(at)).collect::<Vec<_>>())
            };
            let mut questions: Vec<_> = (0..8).map(of).collect();
            let spreads: Vec<UnitSpread> = questions.iter().map(UnitSpread::of).collect();
            pool_units(&mut questions, &spreads, &[0; 8], &settings);
            let kind = 1.4826 * libm::exp(1.0) / settings.named.sigma;
            for (at, question) in questions.iter().enumerate() {
                let shared = question.shared_unit.unwrap();
                let own = kind * libm::exp(if at.is_multiple_of(2) { -kept } else { kept });
                assert!((shared.kind / kind - 1.0).abs() < 1e-12, "{figures:?}: {shared:?}");
                assert!((shared.own / own - 1.0).abs() < 1e-12, "{figures:?} {at}: {shared:?}");
            }
        }
    }
}
