//! The consensus as of each date on which something changed.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::analysis::{Depth, Options, QuestionResult, Study, answer, components, look};
use crate::graph::View;
use crate::learning::Learned;
use crate::model::{Case, ClaimId, Date, QuestionId};

/// The consensus on a question as of a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// the date; none for claims that have none, which are known from the start
    pub date: Option<Date>,
    /// the claims that came, in order of id; empty where only the whole changed of which the
    /// question's figures are shares
    pub changed_by: Vec<ClaimId>,
    /// what was found by then
    pub result: QuestionResult,
}

/// The consensus on every question asked for, as of each date on which a claim on it came, in order
/// of question and date. A claim dated to the month or year comes when that is over.
///
/// Records of sources are those of the last date; settled values are not used, since they came later.
/// Only the questions touched by a date are computed, with those that they are shares of.
/// Cost: for each date of a question, the claims on it by then.
#[must_use]
pub fn timeline(case: &Case, options: &Options) -> Vec<Moment> {
    let view = View::new(case, options.as_of);
    let mut study = Study::of(case, view, &options.settings);
    let learned = study.shown(case, |_| None).learn(&study.evidence, |_| false, None);
    moments(case, options, view, &study, &learned)
}

/// The moments of the questions asked for, from records without settled values.
pub(crate) fn moments(case: &Case, options: &Options, view: View, study: &Study, learned: &Learned) -> Vec<Moment> {
    let components = components(case, &options.questions);
    let mut moments: Vec<Moment> = components
        .par_iter()
        .flat_map_iter(|component| {
            let touched = touched(case, component, options.as_of);
            let mut moments = Vec::new();
            for (&date, claims) in &touched {
                let view = view.on(date.or(Some(BEFORE)));
                let wanted = Wanted::of(case, view, component, claims);
                let results = answer(look(case, view, &wanted.computed, Some(study)), learned, Depth::Influence);
                let has_changed =
                    |result: &QuestionResult| result.account.claims > 0 && wanted.changed.contains(&result.question);
                for result in results.into_iter().filter(has_changed) {
                    let changed_by =
                        claims.iter().copied().filter(|c| case.claims.question[c.index()] == result.question).collect();
                    moments.push(Moment { date, changed_by, result });
                }
            }
            moments
        })
        .collect();
    if !options.questions.is_empty() {
        moments.retain(|moment| options.questions.contains(&moment.result.question));
    }
    moments.sort_by_key(|moment| (moment.result.question, moment.date));
    moments
}

/// A date before all others, as of which only claims without a date are known.
const BEFORE: Date = Date::FIRST;

/// The claims that come on each date.
fn touched(case: &Case, component: &[QuestionId], as_of: Option<Date>) -> BTreeMap<Option<Date>, Vec<ClaimId>> {
    let mut touched: BTreeMap<Option<Date>, Vec<ClaimId>> = BTreeMap::new();
    for claim in component.iter().flat_map(|&question| case.claims_of(question)) {
        let date = case.claims.published.get(claim.index()).map(Date::to_last_day);
        if as_of.is_none_or(|as_of| date.is_none_or(|date| date.by(as_of))) {
            touched.entry(date).or_default().push(claim);
        }
    }
    touched
}

/// What a date asks for.
struct Wanted {
    /// questions on which something changed
    changed: BTreeSet<QuestionId>,
    /// those and the ones they are shares of, in order
    computed: Vec<QuestionId>,
}

impl Wanted {
    fn of(case: &Case, view: View, component: &[QuestionId], claims: &[ClaimId]) -> Wanted {
        let shares: Vec<(QuestionId, QuestionId)> = component
            .iter()
            .flat_map(|&question| case.claims_of(question))
            .filter(|&claim| view.sees(case, claim))
            .filter_map(|claim| Some((case.claims.question[claim.index()], case.claims.of.get(claim.index())?)))
            .collect();
        let mut changed: BTreeSet<QuestionId> =
            claims.iter().map(|claim| case.claims.question[claim.index()]).collect();
        // The component is in order, so one pass upward and one downward reach everything.
        for &question in component {
            if shares.iter().any(|&(share, of)| share == question && changed.contains(&of)) {
                changed.insert(question);
            }
        }
        let mut needed = changed.clone();
        for &question in component.iter().rev().filter(|_| !shares.is_empty()) {
            if shares.iter().any(|&(share, of)| of == question && needed.contains(&share)) {
                needed.insert(question);
            }
        }
        let computed = component.iter().copied().filter(|question| needed.contains(question)).collect();
        Wanted { changed, computed }
    }
}
