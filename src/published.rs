//! From a case to what the classical methods and the house rules read: figures as they were
//! published, not one for each origin.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::analysis::{Options, resolutions};
use crate::consensus::methods::{Asked, Figures, Reported};
use crate::consensus::rules::{Publication, Rank, Rule, Ruling, Setting};
use crate::graph::{ClaimGraph, LeftOut, Standing, View};
use crate::model::{Case, ClaimId, QuestionId, Status};

/// Questions whose figures are found at a time, and by one thread.
const SLICE: usize = 8192;
const PART: usize = 256;

/// The published figures of all questions of a case, whatever questions are asked for: sources are
/// learned on all of them. Figures that are left out of ranges are left out here.
///
/// Cost: that of the graphs.
///
/// ```
/// let case = sayso::ingest::read("data/kursk-2025".as_ref(), Default::default())?.case;
/// let figures = sayso::published::figures(&case, &Default::default());
/// assert_eq!(figures.len(), case.questions.len());
/// # Ok::<(), sayso::ingest::Error>(())
/// ```
#[must_use]
pub fn figures(case: &Case, options: &Options) -> Figures {
    let view = View::new(case, options.as_of);
    let reported = |question: &QuestionId| -> Vec<Reported> {
        let graph = ClaimGraph::build(case, *question, view);
        let used = graph.figures().filter(|&claim| graph.standing(claim) == Standing::Used);
        let reported = |claim: ClaimId| Reported {
            source: case.claims.publisher[claim.index()].0,
            estimate: graph.estimate(claim),
        };
        used.map(reported).collect()
    };
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut number = |group| {
        let next = numbers.len() as u32;
        *numbers.entry(group).or_insert(next)
    };
    let groups: Vec<u32> = case.questions.iter().map(|question| number(&*question.group)).collect();
    let truths = resolutions(case, view);
    let part = |part: &[QuestionId]| {
        let mut figures = Figures::default();
        for id in part {
            let question = case.question(*id);
            let asked = Asked {
                question: *id,
                scale: question.scale,
                limits: question.min.zip(question.max).map(|(low, high)| [low, high]),
                truth: truths.get(id).copied(),
                group: groups[id.index()],
            };
            figures.push(&asked, &reported(id), options.settings.named.sigma);
        }
        figures
    };
    let questions: Vec<QuestionId> = case.question_ids().collect();
    let mut figures = Figures::with_capacity(questions.len(), case.claims.len());
    for slice in questions.chunks(SLICE) {
        let parts: Vec<Figures> = slice.par_chunks(PART).map(part).collect();
        for part in &parts {
            figures.append(part);
        }
    }
    figures
}

/// What a rule says of each question asked for, in order.
///
/// Cost: that of the graphs.
#[must_use]
pub fn rulings(case: &Case, options: &Options, rule: &Rule, order: &[Rank]) -> Vec<(QuestionId, Ruling)> {
    let all = rulings_of(case, options, &[rule], order);
    all.into_iter().flat_map(|(question, rulings)| rulings.into_iter().map(move |ruling| (question, ruling))).collect()
}

/// What several rules say of each question asked for, in order.
#[must_use]
pub fn rulings_of(case: &Case, options: &Options, rules: &[&Rule], order: &[Rank]) -> Vec<(QuestionId, Vec<Ruling>)> {
    let view = View::new(case, options.as_of);
    let is_wanted = |q: &QuestionId| options.questions.is_empty() || options.questions.contains(q);
    let questions: Vec<QuestionId> = case.question_ids().filter(is_wanted).collect();
    let each = questions.par_iter().map(|&question| {
        let graph = ClaimGraph::build(case, question, view);
        let publications = publications(&graph);
        let is_retracted = |standing: Standing| standing == Standing::LeftOut(LeftOut::Status(Status::Retracted));
        let retracted = graph.figures().filter(|&claim| is_retracted(graph.standing(claim))).count();
        let setting = Setting { case, question, publications: &publications, order, retracted };
        (question, rules.iter().map(|rule| (rule.run)(&setting)).collect())
    });
    each.collect()
}

/// The published figures of a question that are evidence.
fn publications(graph: &ClaimGraph<'_>) -> Vec<Publication> {
    let used = graph.figures().filter(|&claim| graph.standing(claim) == Standing::Used);
    let publication = |claim| {
        let origins = graph.node(claim).map_or(&[][..], |node| graph.origins_of(node));
        Publication {
            claim,
            publisher: graph.case.claims.publisher[crate::model::ClaimId::index(claim)],
            estimate: graph.estimate(claim),
            origins: origins.iter().map(|origin| graph.origins()[origin.index()].party).collect(),
        }
    };
    used.map(publication).collect()
}
