//! The decision maker of a panel for every question of a case, without peeking at its answer.

use super::decision_maker::Mixture;
use super::panel::Panel;
use super::weights::{Scores, Weighting};
use crate::consensus::methods::{Figures, Found, NO_FIGURE};

/// Seeds are predicted in at most this many folds, each with weights learned on the other folds.
const FOLDS: usize = 10;

/// How the experts are weighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// what the weights are made of
    pub by: Weighting,
    /// whether experts below the best cut-off count for nothing
    pub optimised: bool,
}

/// Runs the classical model. An open question is answered with weights learned on all settled ones;
/// a settled one with weights learned on those of other folds and with its own value unseen.
#[must_use]
pub fn decide(figures: &Figures, plan: Plan) -> Vec<Found> {
    let mut found: Vec<Found> = figures
        .sheets()
        .map(|sheet| {
            Found::none(if sheet.is_empty() { NO_FIGURE } else { "no figure states an interval with its probability" })
        })
        .collect();
    for panel in Panel::of(figures) {
        decide_panel(figures, &panel, plan, &mut found);
    }
    found
}

fn decide_panel(figures: &Figures, panel: &Panel, plan: Plan, found: &mut [Found]) {
    let seeds: Vec<usize> = panel.seeds().collect();
    let folds = if plan.by == Weighting::Equal { 0 } else { FOLDS.min(seeds.len()) };
    let mut answer = |items: &[usize], learn: &[usize]| {
        let scores = Scores::new(panel, learn);
        let scores = if plan.optimised { scores.optimised(panel, learn) } else { scores };
        for &item in items {
            found[panel.questions[item]] = decided(figures, panel, item, &scores, learn.len(), plan);
        }
    };
    let is_seed = |item: &usize| panel.items[*item].realisation.is_some();
    if folds == 0 {
        answer(&(0..panel.items.len()).collect::<Vec<_>>(), &[]);
        return;
    }
    answer(&(0..panel.items.len()).filter(|item| !is_seed(item)).collect::<Vec<_>>(), &seeds);
    for fold in 0..folds {
        let split = |inside: bool| seeds.iter().enumerate().filter(move |(at, _)| (at % folds == fold) == inside);
        let (held, rest): (Vec<usize>, Vec<usize>) =
            (split(true).map(|(_, &seed)| seed).collect(), split(false).map(|(_, &seed)| seed).collect());
        answer(&held, &rest);
    }
}

fn decided(figures: &Figures, panel: &Panel, item: usize, scores: &Scores, learned: usize, plan: Plan) -> Found {
    let target = panel.items[item].unsettled();
    let bins = panel.bins();
    if plan.by != Weighting::Equal && learned == 0 {
        return Found::none("no other settled question has stated intervals of these sources");
    }
    let mixture = Mixture::new(&target, &panel.probabilities);
    let weight = |expert| scores.weight(&target, expert, &bins, plan.by);
    let Some(decision) = mixture.weighted(weight) else {
        return Found::none("nobody who stated an interval here has a weight");
    };
    let mut made = Found::quantiles(|p| decision.quantile(p));
    if plan.by != Weighting::Equal {
        let counted = target.assessments.iter().filter(|a| weight(a.expert) > 0.0).count();
        let all = target.assessments.len();
        made = made.with_note(format!("{counted} of {all} have a weight, learned on {learned} settled questions"));
    }
    let sheet = figures.sheet(panel.questions[item]);
    let rest = sheet.len() - target.assessments.len();
    if rest > 0 {
        made =
            made.with_note(format!("{rest} of {} figures are left out: no interval at the usual level", sheet.len()));
    }
    made
}
