//! Back-tests: settled values are hidden, predicted from the rest, and scored.

mod folds;
mod scores;

pub use folds::{By, Fold, folds};
pub use scores::{Coverage, Measured, PitBin, Scores, measured, scores, wilson};

use crate::analysis::Study;
use crate::consensus::{Quantiles, Settings};
use crate::graph::View;
use crate::model::{Case, QuestionId};

/// What was predicted of a question whose settled value was hidden.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// the question
    pub question: QuestionId,
    /// its range; none where there is no consensus
    pub quantiles: Option<Quantiles>,
    /// the settled value
    pub settled: f64,
    /// settled values that the constants were fitted on
    pub fitted_on: usize,
}

/// Predicts every question that has a settled value and claims, each from a study in which the settled values of
/// its fold are hidden. Claims are seen, but by time only those on questions that were closed before.
///
/// In order of question. Cost: for each fold, as for the consensus on the whole case.
#[must_use]
pub fn backtest(case: &Case, by: By, settings: &Settings) -> Vec<Prediction> {
    let study = Study::of(case, View::new(case, None), settings);
    let mut predictions = Vec::new();
    for fold in folds(case, by) {
        let seen = |question: QuestionId| fold.seen.binary_search(&question).is_ok();
        let settled = |question| {
            let at = case.resolutions.binary_search_by_key(&question, |r| r.question).ok()?;
            seen(question).then(|| case.resolutions[at].value)
        };
        let learned = match &fold.known {
            None => study.learn(case, settled),
            Some(known) => study.without(|question| known.binary_search(&question).is_err()).learn(case, settled),
        };
        for component in study.components.iter().filter(|c| c.iter().any(|q| fold.hidden.binary_search(q).is_ok())) {
            for (&question, consensus) in component.iter().zip(study.answer(component, &learned)) {
                let at = case.resolutions.binary_search_by_key(&question, |r| r.question);
                let (Ok(at), Ok(_)) = (at, fold.hidden.binary_search(&question)) else { continue };
                predictions.push(Prediction {
                    question,
                    quantiles: consensus.range().map(|range| range.quantiles),
                    settled: case.resolutions[at].value,
                    fitted_on: learned.fitted_on,
                });
            }
        }
    }
    predictions.sort_by_key(|prediction| prediction.question);
    predictions
}
