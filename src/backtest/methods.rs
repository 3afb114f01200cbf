//! The methods of the literature in the same back-test: what each says of a settled question from what was seen.

use super::{By, Fold, folds};
use crate::analysis::Options;
use crate::consensus::Settings;
use crate::consensus::methods::{Answer, Family, Figures, METHODS, Method};
use crate::model::{Case, QuestionId};
use crate::published::figures;

/// What a method predicted of a question whose settled value was hidden.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicted {
    /// the question
    pub question: QuestionId,
    /// values at [`Quantiles::LEVELS`](crate::consensus::Quantiles::LEVELS); most methods give a point only
    pub quantiles: [Option<f64>; 9],
    /// the settled value
    pub settled: f64,
}

/// Every method with its predictions, both in order; methods that say nothing of any question are left out.
///
/// Methods that learn from settled values see those of the other folds only; by time, all of them see only what was
/// published on questions that were closed before, and the figures on the question itself. Cost: each method once, and
/// those that learn from settled values once for each fold.
#[must_use]
pub fn by_method(case: &Case, by: By, settings: &Settings) -> Vec<(&'static Method, Vec<Predicted>)> {
    let options = Options { settings: settings.clone(), ..Options::default() };
    let mut all = figures(case, &options);
    let truths: Vec<Option<f64>> = all.questions.iter().map(|heading| heading.truth).collect();
    all.questions.iter_mut().for_each(|heading| heading.truth = None);
    let folds = folds(case, by);
    let predicted = |method: &Method| {
        let is_taught = matches!(method.family, Family::Elicitation | Family::Conformal);
        let once = if is_taught || by == By::Time { Vec::new() } else { method.answers(&all) };
        let mut predictions = Vec::new();
        for fold in &folds {
            let own = if once.is_empty() { method.answers(&seen(&all, &truths, fold)) } else { Vec::new() };
            let answers = if once.is_empty() { &own } else { &once };
            predictions.extend(fold.hidden.iter().filter_map(|&question| prediction(case, question, answers)));
        }
        predictions.sort_by_key(|prediction| prediction.question);
        predictions
    };
    let each = METHODS.iter().map(|method| (method, predicted(method)));
    each.filter(|(_, predictions)| predictions.iter().any(|p| p.quantiles.iter().any(Option::is_some))).collect()
}

/// The figures with the settled values that a fold shows; by time without those on questions that were still open.
fn seen(all: &Figures, truths: &[Option<f64>], fold: &Fold) -> Figures {
    let is_kept = |question: &QuestionId| match &fold.known {
        None => true,
        Some(known) => known.binary_search(question).is_ok() || fold.hidden.binary_search(question).is_ok(),
    };
    let mut figures = all.only(|heading| is_kept(&heading.question));
    for question in &fold.seen {
        figures.questions[question.index()].truth = truths[question.index()];
    }
    figures
}

fn prediction(case: &Case, question: QuestionId, answers: &[Answer]) -> Option<Predicted> {
    let at = case.resolutions.binary_search_by_key(&question, |r| r.question).ok()?;
    let quantiles = answers.get(question.index())?.quantiles;
    Some(Predicted { question, quantiles, settled: case.resolutions[at].value })
}
