//! Back-tests: settled values are hidden, predicted from the rest, and scored.

mod folds;
mod methods;
mod scores;

pub use folds::{By, Fold, folds};
pub use methods::{Predicted, by_method};
pub use scores::{Coverage, Measured, PitBin, Scores, measured, scores, wilson};

use std::collections::BTreeMap;

use rayon::prelude::*;

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
    let settled = |question: QuestionId| {
        case.resolutions.binary_search_by_key(&question, |r| r.question).ok().map(|at| case.resolutions[at].value)
    };
    // The growth of old counts that is shipped was chosen on data that the case may hold.
    let settings = &Settings { growth_share: 0.0, ..settings.clone() };
    let mut study = Study::of(case, View::new(case, None), settings);
    let shown = study.shown(case, settled);
    let groups = (by == By::Group).then(|| group_numbers(case));
    let mut predictions = Vec::new();
    for fold in folds(case, by) {
        let is_seen = |at: usize| fold.seen.binary_search(&QuestionId(at as u32)).is_ok();
        let learned = match &fold.known {
            None => shown.learn(&study.evidence, is_seen, groups.as_deref()),
            Some(known) => {
                let mut before = study.without(|question| known.binary_search(&question).is_err());
                before.shown(case, settled).learn(&before.evidence, is_seen, None)
            }
        };
        let is_hidden = |question: &QuestionId| fold.hidden.binary_search(question).is_ok();
        let components: Vec<&Vec<QuestionId>> =
            study.components.iter().filter(|component| component.iter().any(is_hidden)).collect();
        let found: Vec<Prediction> = components
            .par_iter()
            .flat_map_iter(|component| component.iter().zip(study.quantiles(component, &learned)))
            .filter(|(question, _)| is_hidden(question))
            .filter_map(|(&question, quantiles)| {
                Some(Prediction { question, quantiles, settled: settled(question)?, fitted_on: learned.fitted_on })
            })
            .collect();
        predictions.extend(found);
    }
    predictions.sort_by_key(|prediction| prediction.question);
    predictions
}

/// A number for the group of each question.
fn group_numbers(case: &Case) -> Vec<u32> {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    case.questions
        .iter()
        .map(|question| {
            let next = numbers.len() as u32;
            *numbers.entry(&question.group).or_insert(next)
        })
        .collect()
}
