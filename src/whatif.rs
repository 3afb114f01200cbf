//! What a range would be with fewer origins or on an earlier date, worked out beforehand, so that a page without a
//! program behind it can answer. Nothing is learned anew: records stay as the whole case shows them.

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, OriginSummary, QuestionResult, look};
use crate::consensus::{Block, Consensus, NoConsensus, Outcome, Settings, answers, question_outcome};
use crate::credibility::SourceTable;
use crate::graph::View;
use crate::learning::Learned;
use crate::model::{Case, Date, Party, QuestionId};

/// A choice of origins that leaves some kinds out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Only {
    /// origins with a name
    pub named: bool,
    /// origins without a stake in the answer
    pub without_parties: bool,
}

impl Only {
    /// Every choice; the position of a choice is its number.
    pub const ALL: [Only; 4] = [
        Only { named: false, without_parties: false },
        Only { named: true, without_parties: false },
        Only { named: false, without_parties: true },
        Only { named: true, without_parties: true },
    ];

    fn keeps(self, case: &Case, origin: &OriginSummary) -> bool {
        let is_party = matches!(origin.party, Party::Source(source) if case.source(source).party);
        (origin.is_named || !self.named) && !(is_party && self.without_parties)
    }
}

/// Most earlier dates that are looked at, the latest of them.
const DATES: usize = 40;

/// The range that some origins give as of some date.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// the range, or why there is none; the members of its camps count the origins that are left
    pub outcome: Outcome,
    /// origins that are left
    pub used: usize,
    /// how many independent ones they are worth
    pub effective: f64,
}

/// The answers for one question.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// the present, then the earlier dates on which something changed, rising
    pub dates: Vec<Option<Date>>,
    /// origins that can be dropped, as positions in the question's result
    pub origins: Vec<usize>,
    /// the different answers; the first is the present one with every origin
    pub states: Vec<State>,
    /// position of the answer to each combination; none where it was not worked out
    answers: Vec<Option<u32>>,
}

impl WhatIf {
    /// Works out the combinations of a question, the plain ones first, until the allowance is spent: every earlier date,
    /// every kind of choice, every single origin dropped, then what remains. A figure that takes part in an
    /// answer costs one of the allowance, and so do the questions tied to this one by shares, once for each date. Shares
    /// of other questions keep those questions' full ranges.
    #[must_use]
    pub fn explore(case: &Case, analysis: &Analysis, result: &QuestionResult, allowance: usize) -> WhatIf {
        let mut dates: Vec<Option<Date>> =
            analysis.moments_of(case, result.question).iter().filter_map(|moment| moment.date).map(Some).collect();
        // As of the last date all is as it is now.
        dates.pop();
        dates.drain(..dates.len().saturating_sub(DATES));
        dates.insert(0, None);
        let has_evidence = |at: &usize| result.origins[*at].evidence.is_some();
        let origins: Vec<usize> = (0..result.origins.len()).filter(has_evidence).collect();
        let (present, used) = (&result.consensus, result.consensus.used());
        let first = State { outcome: present.outcome.clone(), used, effective: present.effective_origins };
        let count = dates.len() * Only::ALL.len() * (origins.len() + 1);
        let mut found = WhatIf { dates, origins, states: vec![first], answers: vec![None; count] };
        let alone = vec![result.question];
        let component = analysis.study.component(result.question).unwrap_or(&alone);
        let mut explorer = Explorer { case, analysis, result, component, spent: 0, scenes: FxHashMap::default() };
        let order = found.order();
        let first_drop = order.iter().position(|(_, _, drop)| drop.is_some());
        for (at, &(date, only, drop)) in order.iter().enumerate() {
            let is_plain = (only, drop) == (0, None);
            // Single origins are dropped all or none: an answer for some of them would be a matter of their order.
            let is_first_drop = Some(at) == first_drop;
            let all_drops = if is_first_drop { found.origins.len().pow(2) } else { 0 };
            let is_new_scene = !is_plain && component.len() > 1 && !explorer.scenes.contains_key(&date);
            let others = if is_new_scene { component.len() } else { 0 };
            if !is_plain && explorer.spent + all_drops + others > allowance {
                break;
            }
            explorer.spent += others;
            let answer = explorer.answer(&mut found, date, only, drop);
            let at = found.place(date, only, drop);
            found.answers[at] = Some(answer);
        }
        found
    }

    /// The answer as of a date, with a choice of origins and one of them dropped, by their positions.
    #[must_use]
    pub fn answer(&self, date: usize, only: usize, drop: Option<usize>) -> Option<&State> {
        self.answers[self.place(date, only, drop)].map(|at| &self.states[at as usize])
    }

    /// Positions of the answers, by date, then choice, then nobody dropped or each origin in turn.
    #[must_use]
    pub fn answers(&self) -> &[Option<u32>] {
        &self.answers
    }

    fn add(&mut self, state: State) -> u32 {
        self.states.push(state);
        self.states.len() as u32 - 1
    }

    fn place(&self, date: usize, only: usize, drop: Option<usize>) -> usize {
        (date * Only::ALL.len() + only) * (self.origins.len() + 1) + drop.map_or(0, |at| at + 1)
    }

    /// Every combination, the plain ones first.
    fn order(&self) -> Vec<(usize, usize, Option<usize>)> {
        let drops = || std::iter::once(None).chain((0..self.origins.len()).map(Some));
        let mut all: Vec<(usize, usize, Option<usize>)> = (0..self.dates.len())
            .flat_map(|date| (0..Only::ALL.len()).flat_map(move |only| drops().map(move |drop| (date, only, drop))))
            .collect();
        all.sort_by_key(|&(date, only, drop)| {
            let changes = usize::from(date > 0) + usize::from(only > 0) + usize::from(drop.is_some());
            // Dates alone cost nothing: the timeline has them.
            (changes, drop.is_some(), only > 0)
        });
        all
    }
}

/// What is known on a date.
struct Scene {
    origins: Vec<OriginSummary>,
    block: Block,
    table: SourceTable,
    /// place of the question in the block
    place: usize,
    solved: Vec<Option<Consensus>>,
    settings: Settings,
    /// answers by the figures that are kept
    known: FxHashMap<Vec<bool>, u32>,
}

struct Explorer<'a> {
    case: &'a Case,
    analysis: &'a Analysis,
    result: &'a QuestionResult,
    component: &'a [QuestionId],
    spent: usize,
    scenes: FxHashMap<usize, Scene>,
}

impl Explorer<'_> {
    fn answer(&mut self, found: &mut WhatIf, date: usize, only: usize, drop: Option<usize>) -> u32 {
        let (case, result, component) = (self.case, self.result, self.component);
        let (as_of, analysis) = (found.dates[date], self.analysis);
        if let (0, None) = (only, drop) {
            let Some(date) = as_of else { return 0 };
            let moments = analysis.moments_of(case, result.question);
            if let Some(moment) = moments.iter().find(|moment| moment.date == Some(date)) {
                let consensus = &moment.result.consensus;
                let (outcome, used) = (consensus.outcome.clone(), consensus.used());
                return found.add(State { outcome, used, effective: consensus.effective_origins });
            }
        }
        let scene = self.scenes.entry(date).or_insert_with(|| match as_of {
            None => scene(case, analysis, component, result.question, analysis.view, &analysis.learned),
            Some(date) => {
                scene(case, analysis, component, result.question, analysis.view.on(Some(date)), analysis.unsettled())
            }
        });
        let dropped = drop.map(|at| &result.origins[found.origins[at]]);
        let is_dropped = |origin: &OriginSummary| {
            dropped.is_some_and(|dropped| dropped.party == origin.party && dropped.name == origin.name)
        };
        let question = &scene.block.questions[scene.place];
        let mut kept = vec![false; question.origins.len()];
        for origin in &scene.origins {
            if let Some(at) = origin.evidence {
                kept[at] = Only::ALL[only].keeps(case, origin) && !is_dropped(origin);
            }
        }
        if as_of.is_none() && kept.iter().all(|kept| *kept) {
            return 0;
        }
        if let Some(&known) = scene.known.get(&kept) {
            return known;
        }
        let mut question = question.clone();
        let mut keeps = kept.iter();
        question.origins.retain(|_| keeps.next().is_some_and(|kept| *kept));
        let used = question.origins.len();
        self.spent += used + 1;
        let (outcome, effective) = if used == 0 {
            (Outcome::None { why: NoConsensus::NoFigure }, 0.0)
        } else {
            question_outcome(&question, &scene.solved, &scene.table, &scene.settings)
        };
        let at = found.add(State { outcome, used, effective });
        scene.known.insert(kept, at);
        at
    }
}

fn scene(
    case: &Case,
    analysis: &Analysis,
    component: &[QuestionId],
    question: QuestionId,
    view: View,
    learned: &Learned,
) -> Scene {
    let mut found = look(case, view, component, Some(&analysis.study));
    let place = component.iter().position(|&other| other == question).unwrap_or(0);
    let positions: Vec<usize> = component.iter().map(|question| question.index()).collect();
    let (block, table) = learned.block(&positions, &found.evidence.iter().collect::<Vec<_>>());
    let is_alone = block.questions.len() == 1;
    let solved = if is_alone { Vec::new() } else { answers(&block, &table, &learned.settings, false) };
    let (_, origins, _) = found.accounts.swap_remove(place);
    let (solved, settings) = (solved.into_iter().map(Some).collect(), learned.settings.clone());
    Scene { origins, block, table, place, solved, settings, known: FxHashMap::default() }
}
