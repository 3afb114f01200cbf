//! The whole way from a case to ranges: graphs, evidence, consensus.

use std::sync::OnceLock;

use petgraph::algo::toposort;
use petgraph::graph::DiGraph;
use petgraph::unionfind::UnionFind;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::consensus::units::{UnitSpread, pool_units};
use crate::consensus::{
    Class, Consensus, Evidence, NoConsensus, Outcome, Quantiles, QuestionEvidence, Settings, SourceSlot, answers,
    question_quantiles,
};
use crate::credibility::SourceSum;
use crate::graph::{Account, ClaimGraph, Origin, Remark, View};
use crate::learning::{Declared, ENOUGH, Learned, Sampler, Shown};
use crate::model::{Case, ClaimId, Date, Measure, Party, QuestionId, Resolution, Source, SourceKind, Status};
use crate::progress::{self, Stage};
use crate::report::prose::Wording;
use crate::timeline::{Moment, moments};

/// Claims up to which the evidence of all questions is kept.
const KEPT: usize = 200_000;
/// Questions that are answered at a time.
const SLICE: usize = 4096;

/// What is asked of a case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// only claims published by this date
    pub as_of: Option<Date>,
    /// only these questions, and those that they are shares of; all where empty
    pub questions: Vec<QuestionId>,
    /// constants of the method
    pub settings: Settings,
    /// how much is found
    pub depth: Depth,
    /// how printed sentences tell probabilities
    pub wording: Wording,
}

/// How much is found of a case. What is not asked for is not computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Depth {
    /// what stands behind each question, without its origins one by one, records of sources and ranges
    Account,
    /// ranges too
    Ranges,
    /// and what each origin does to its range
    #[default]
    Influence,
}

/// One origin of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct OriginSummary {
    /// name to print
    pub name: String,
    /// who it is
    pub party: Party,
    /// what it is
    pub kind: SourceKind,
    /// whether it has a name
    pub is_named: bool,
    /// the claim whose figure stands for it, or would
    pub claim: ClaimId,
    /// relays between it and the text of that claim
    pub hops: u16,
    /// publishers of the figures that rest on it
    pub publications: usize,
    /// figures that rest on it
    pub figures: usize,
    /// position of its figure among the evidence; none where it is left out
    pub evidence: Option<usize>,
}

/// All that was found on one question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionResult {
    /// the question
    pub question: QuestionId,
    /// what stands behind the range
    pub account: Account,
    /// the origins, in order of their first figure
    pub origins: Vec<OriginSummary>,
    /// the range, or why there is none
    pub consensus: Consensus,
    /// what a person should look at
    pub remarks: Vec<Remark>,
}

/// What was found in a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// one result for each question asked for, in order of question
    pub questions: Vec<QuestionResult>,
    /// what is seen of the case
    pub view: View,
    /// what was asked
    pub options: Options,
    /// what the questions show of the sources
    pub learned: Learned,
    /// what the records were learned from
    pub(crate) study: Study,
    /// what that shows before any settled value counts
    pub(crate) shown: Shown,
    unsettled: OnceLock<Learned>,
    moments: OnceLock<Vec<Moment>>,
}

impl Analysis {
    /// The consensus as of each date on which something changed, as [`timeline`](crate::timeline::timeline) finds it
    /// for the same options. Computed when it is first asked for, from the records at hand.
    pub fn moments(&self, case: &Case) -> &[Moment] {
        self.moments.get_or_init(|| moments(case, &self.options, self.view, &self.study, self.unsettled()))
    }

    /// The records without the settled values.
    pub(crate) fn unsettled(&self) -> &Learned {
        self.unsettled.get_or_init(|| self.shown.learn(&self.study.evidence, |_| false, None))
    }

    /// The value of a question as it was settled, where that is seen.
    #[must_use]
    pub fn settled<'a>(&self, case: &'a Case, question: QuestionId) -> Option<&'a Resolution> {
        let at = case.resolutions.binary_search_by_key(&question, |resolution| resolution.question).ok()?;
        Some(&case.resolutions[at]).filter(|resolution| is_seen(self.view, resolution))
    }

    /// The moments of one question, in order of date.
    pub fn moments_of(&self, case: &Case, question: QuestionId) -> &[Moment] {
        let all = self.moments(case);
        let from = all.partition_point(|moment| moment.result.question < question);
        let to = all.partition_point(|moment| moment.result.question <= question);
        &all[from..to]
    }
}

/// Follows every claim to its origin and combines the origins of each question.
///
/// Results do not depend on the number of threads: slices are fixed and put together in order.
/// Cost: linear in claims, but for the sets of origins of each claim.
///
/// ```
/// # let dir = std::env::temp_dir().join(format!("sayso-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&dir)?;
/// # let file = dir.join("claims.csv");
/// # std::fs::write(&file, "question,publisher,estimate\nq,A,1000-3000\nq,B,more than 1000\n")?;
/// let read = sayso::ingest::read(&file, Default::default())?;
/// let analysis = sayso::analyse(&read.case, &sayso::Options::default());
/// let range = analysis.questions[0].consensus.range().expect("two figures give a range");
/// assert!(range.quantiles.median() > 1000.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn analyse(case: &Case, options: &Options) -> Analysis {
    Basis::of(case, options).analysis(case)
}

/// What a case shows of its sources, from which its questions are answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Basis {
    view: View,
    options: Options,
    learned: Learned,
    study: Study,
    shown: Shown,
}

impl Basis {
    /// Learns from the whole case, or from a part of a large one in which each source has figures enough.
    #[must_use]
    pub fn of(case: &Case, options: &Options) -> Basis {
        let view = View::new(case, options.as_of);
        let mut settings = options.settings.clone();
        let resolutions = resolutions(case, view);
        let mut study = if options.depth == Depth::Account {
            (settings.sweeps, settings.fit) = (0, false);
            Study { evidence: Vec::new(), components: components(case, &[]), settings }
        } else if case.claims.len() <= KEPT {
            Study::of(case, view, &settings)
        } else {
            Study::of_part(case, view, &settings, |question| resolutions.contains_key(&question))
        };
        let shown = study.shown(case, |question| resolutions.get(&question).copied());
        let learned = shown.learn(&study.evidence, |_| true, None);
        Basis { view, options: options.clone(), learned, study, shown }
    }

    /// What the questions show of the sources.
    #[must_use]
    pub fn learned(&self) -> &Learned {
        &self.learned
    }

    /// All results together.
    #[must_use]
    pub fn analysis(self, case: &Case) -> Analysis {
        let questions = self.results(case).flatten().collect();
        let Basis { view, options, learned, study, shown } = self;
        let (unsettled, moments) = (OnceLock::new(), OnceLock::new());
        Analysis { questions, view, options, learned, study, shown, unsettled, moments }
    }

    /// Hands over the results, as [`Basis::results`] gives them, while the next ones are being found.
    ///
    /// # Errors
    /// The first that `take` returns; then nothing more is found.
    pub fn each<E: Send>(
        &self,
        case: &Case,
        mut take: impl FnMut(Vec<QuestionResult>) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        let mut slices = self.results(case);
        let mut found = slices.next();
        while let Some(results) = found {
            let (next, taken) = rayon::join(|| slices.next(), || take(results));
            taken?;
            found = next;
        }
        Ok(())
    }

    /// The results of the questions asked for, in order of question, some at a time: what there is to be said of them
    /// need not stand in memory together.
    pub fn results<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = Vec<QuestionResult>> + Send + 'a {
        let Options { depth, questions, .. } = &self.options;
        let wanted = |question: QuestionId| questions.is_empty() || questions.contains(&question);
        let components: Vec<&Vec<QuestionId>> =
            self.study.components.iter().filter(|component| component.iter().any(|&q| wanted(q))).collect();
        // A component of several questions may reach over others.
        let are_single = components.iter().all(|component| component.len() == 1);
        let slice = if are_single { SLICE } else { components.len().max(1) };
        let slices: Vec<Vec<&Vec<QuestionId>>> = components.chunks(slice).map(<[_]>::to_vec).collect();
        progress::begin(Stage::Answering, components.len() as u64);
        slices.into_iter().map(move |components| {
            let mut results: Vec<QuestionResult> = components
                .par_iter()
                .flat_map_iter(|component| {
                    progress::advance(1);
                    match depth {
                        Depth::Account => component.iter().map(|&q| unanswered(case, q, self.view)).collect(),
                        depth => answer(look(case, self.view, component, Some(&self.study)), &self.learned, *depth),
                    }
                })
                .filter(|result| wanted(result.question))
                .collect();
            results.sort_by_key(|result| result.question);
            results
        })
    }
}

/// The settled values that are seen.
pub(crate) fn resolutions(case: &Case, view: View) -> FxHashMap<QuestionId, f64> {
    case.resolutions.iter().filter(|r| is_seen(view, r)).map(|r| (r.question, r.value)).collect()
}

fn is_seen(view: View, resolution: &Resolution) -> bool {
    match (view.as_of, resolution.resolved) {
        (Some(as_of), Some(resolved)) => resolved.by(as_of),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// The evidence of every question of a case, as records are learned from it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Study {
    /// in order of question
    pub evidence: Vec<QuestionEvidence>,
    /// questions tied by shares
    pub components: Vec<Vec<QuestionId>>,
    settings: Settings,
}

impl Study {
    /// Follows every claim to its origin. Cost: as for [`analyse`].
    pub fn of(case: &Case, view: View, settings: &Settings) -> Study {
        let components = components(case, &[]);
        let mut evidence: Vec<QuestionEvidence> =
            components.par_iter().flat_map_iter(|component| figures(case, view, component)).collect();
        evidence.sort_by_key(|evidence| evidence.question);
        let spreads: Vec<UnitSpread> = evidence.iter().map(UnitSpread::of).collect();
        pool_units(&mut evidence, &spreads, &kinds(case), settings);
        Study { evidence, components, settings: settings.clone() }
    }

    /// The same with the evidence of some questions only, enough to learn from: a part in which each source has figures
    /// enough, and what has to be there. Graphs are built twice for these and once for the others.
    fn of_part(case: &Case, view: View, settings: &Settings, is_needed: impl Fn(QuestionId) -> bool + Sync) -> Study {
        let components = components(case, &[]);
        let glance = |evidence: QuestionEvidence| {
            let slots: Box<[SourceSlot]> = evidence.origins.iter().map(|figure| figure.source).collect();
            let spread = UnitSpread::of(&evidence);
            (QuestionEvidence { origins: Vec::new(), ..evidence }, slots, spread)
        };
        let mut glances: Vec<_> =
            components.par_iter().flat_map_iter(|component| figures(case, view, component).map(glance)).collect();
        glances.sort_by_key(|(evidence, ..)| evidence.question);
        let mut sampler = Sampler::new(ENOUGH);
        for (at, (_, slots, _)) in (0..).zip(&glances) {
            sampler.add(at, at, slots.iter().copied());
        }
        let mut is_kept = vec![false; glances.len()];
        for at in sampler.sample() {
            is_kept[at as usize] = true;
        }
        let (mut evidence, spreads): (Vec<_>, Vec<_>) =
            glances.into_iter().map(|(evidence, _, spread)| (evidence, spread)).unzip();
        let kept: Vec<QuestionEvidence> = components
            .par_iter()
            .filter(|component| component.iter().any(|&q| is_kept[q.index()] || is_needed(q)))
            .flat_map_iter(|component| figures(case, view, component))
            .collect();
        for kept in kept {
            let at = kept.question.index();
            evidence[at] = kept;
        }
        pool_units(&mut evidence, &spreads, &kinds(case), settings);
        Study { evidence, components, settings: settings.clone() }
    }

    /// The component of a question. They stand in order of the first question of each.
    pub fn component(&self, question: QuestionId) -> Option<&[QuestionId]> {
        let first = |component: &[QuestionId]| component.iter().copied().min();
        let from = self.components.partition_point(|component| first(component) <= Some(question));
        let component = self.components[..from].iter().rev().find(|component| component.contains(&question))?;
        Some(component)
    }

    /// The study without the claims on some questions.
    pub fn without(&self, hides: impl Fn(QuestionId) -> bool) -> Study {
        let mut evidence = self.evidence.clone();
        evidence.iter_mut().filter(|e| hides(e.question)).for_each(|e| e.origins.clear());
        Study { evidence, components: self.components.clone(), settings: self.settings.clone() }
    }

    /// What the figures show of the sources, and what the settled values of the case would add.
    pub fn shown(&mut self, case: &Case, settled: impl Fn(QuestionId) -> Option<f64>) -> Shown {
        self.evidence.iter_mut().for_each(|evidence| evidence.resolution = settled(evidence.question));
        Shown::of(&self.evidence, declared(&case.sources), &self.settings)
    }

    /// The quantiles of the questions of one component, in its order, without an account.
    pub fn quantiles(&self, component: &[QuestionId], learned: &Learned) -> Vec<Option<Quantiles>> {
        let positions: Vec<usize> = component.iter().map(|question| question.index()).collect();
        let evidence: Vec<&QuestionEvidence> = positions.iter().map(|&at| &self.evidence[at]).collect();
        let (block, table) = learned.block(&positions, &evidence);
        if let [alone] = &block.questions[..] {
            return vec![question_quantiles(alone, &table, &learned.settings).ok()];
        }
        answers(&block, &table, &learned.settings, false)
            .iter()
            .map(|consensus| consensus.range().map(|range| range.quantiles))
            .collect()
    }
}

/// The evidence of the questions of a component, in its order.
fn figures(case: &Case, view: View, component: &[QuestionId]) -> impl Iterator<Item = QuestionEvidence> {
    evidences(case, view, component).into_iter().map(|(evidence, _)| evidence)
}

/// The evidence of the questions of a component with its origins, in its order.
pub(crate) fn evidences(
    case: &Case,
    view: View,
    component: &[QuestionId],
) -> Vec<(QuestionEvidence, Vec<OriginSummary>)> {
    let mut place = FxHashMap::default();
    let evidence = |&question: &QuestionId| {
        place.insert(question, place.len() as u32);
        evidence(&ClaimGraph::build(case, question, view), &place)
    };
    component.iter().map(evidence).collect()
}

/// A number for the unit of each question.
fn kinds(case: &Case) -> Vec<u32> {
    let mut kinds: FxHashMap<&str, u32> = FxHashMap::default();
    let mut number = |unit| {
        let next = kinds.len() as u32;
        *kinds.entry(unit).or_insert(next)
    };
    case.questions.iter().map(|question| number(&*question.unit)).collect()
}

/// What is found on a component of questions before it is answered.
pub(crate) struct Found {
    /// of each question of the component, in its order
    pub evidence: Vec<QuestionEvidence>,
    /// what stands behind each
    pub accounts: Vec<(Account, Vec<OriginSummary>, Vec<Remark>)>,
}

/// Follows the claims on a component; units that questions share come from the study.
pub(crate) fn look(case: &Case, view: View, component: &[QuestionId], study: Option<&Study>) -> Found {
    let mut found = Found { evidence: Vec::new(), accounts: Vec::new() };
    let mut place: FxHashMap<QuestionId, u32> = FxHashMap::default();
    for &question in component {
        let graph = ClaimGraph::build(case, question, view);
        place.insert(question, found.evidence.len() as u32);
        let (mut evidence, origins) = evidence(&graph, &place);
        evidence.shared_unit = study.and_then(|study| study.evidence[question.index()].shared_unit);
        found.evidence.push(evidence);
        found.accounts.push((graph.account(), origins, graph.remarks()));
    }
    found
}

/// Answers the questions of a component with what the others show.
pub(crate) fn answer(found: Found, learned: &Learned, depth: Depth) -> Vec<QuestionResult> {
    let positions: Vec<usize> = found.evidence.iter().map(|evidence| evidence.question.index()).collect();
    answer_beside(found, &learned.own(&positions), learned, depth)
}

/// Answers the questions of a component with what was learned but for what they have shown themselves.
pub(crate) fn answer_beside(
    found: Found,
    own: &[(SourceSlot, SourceSum)],
    learned: &Learned,
    depth: Depth,
) -> Vec<QuestionResult> {
    let (block, table) = learned.block_without(own, &found.evidence.iter().collect::<Vec<_>>());
    results(found.accounts, answers(&block, &table, &learned.settings, depth == Depth::Influence))
}

/// What stands behind a question, without its origins one by one and without a range.
fn unanswered(case: &Case, question: QuestionId, view: View) -> QuestionResult {
    let graph = ClaimGraph::build(case, question, view);
    let consensus = Consensus {
        question,
        outcome: Outcome::None { why: NoConsensus::NotAsked },
        origins: Vec::new(),
        effective_origins: 0.0,
    };
    QuestionResult { question, account: graph.account(), origins: Vec::new(), consensus, remarks: graph.remarks() }
}

fn results(
    accounts: Vec<(Account, Vec<OriginSummary>, Vec<Remark>)>,
    consensus: Vec<Consensus>,
) -> Vec<QuestionResult> {
    accounts
        .into_iter()
        .zip(consensus)
        .map(|((account, origins, remarks), consensus)| {
            let question = consensus.question;
            QuestionResult { question, account, origins, consensus, remarks }
        })
        .collect()
}

/// The questions in components tied by shares, each component in an order that puts a question
/// after those that it is a share of.
pub(crate) fn components(case: &Case, wanted: &[QuestionId]) -> Vec<Vec<QuestionId>> {
    let mut ties: Vec<(QuestionId, QuestionId)> =
        (0..case.claims.len()).filter_map(|at| Some((case.claims.question[at], case.claims.of.get(at)?))).collect();
    ties.sort_unstable();
    ties.dedup();
    let mut tied = UnionFind::<u32>::new(case.questions.len());
    for &(question, of) in &ties {
        tied.union(question.0, of.0);
    }
    let mut members: FxHashMap<u32, usize> = FxHashMap::default();
    let mut components: Vec<Vec<QuestionId>> = Vec::new();
    for question in case.question_ids() {
        let at = *members.entry(tied.find(question.0)).or_insert_with(|| {
            components.push(Vec::new());
            components.len() - 1
        });
        components[at].push(question);
    }
    if !wanted.is_empty() {
        components.retain(|component| component.iter().any(|question| wanted.contains(question)));
    }
    for component in components.iter_mut().filter(|component| component.len() > 1) {
        let mut order = DiGraph::<QuestionId, ()>::new();
        let nodes: FxHashMap<QuestionId, _> =
            component.iter().map(|&question| (question, order.add_node(question))).collect();
        for (question, of) in &ties {
            if let (Some(&question), Some(&of)) = (nodes.get(question), nodes.get(of)) {
                order.update_edge(of, question, ());
            }
        }
        // The reader refuses circles of shares; a case made by hand that has one keeps its order.
        if let Ok(sorted) = toposort(&order, None) {
            *component = sorted.into_iter().map(|node| order[node]).collect();
        }
    }
    components
}

/// Slot of a named source is its position; those without a name share the row after the last.
fn slot(case: &Case, party: Party) -> SourceSlot {
    match party {
        Party::Source(source) => SourceSlot(source.0),
        Party::Anonymous(_) => SourceSlot(case.sources.len() as u32),
    }
}

/// Class and grade of each slot.
pub(crate) fn declared(sources: &[Source]) -> Vec<Declared> {
    let class = |kind| if kind == SourceKind::Anonymous { Class::Anonymous } else { Class::Named };
    let declared = sources.iter().map(|source| (class(source.kind), source.reliability));
    declared.chain([(Class::Anonymous, None)]).collect()
}

/// The evidence on a question: the current figure of each origin that has one.
fn evidence(graph: &ClaimGraph<'_>, place: &FxHashMap<QuestionId, u32>) -> (QuestionEvidence, Vec<OriginSummary>) {
    let (case, question) = (graph.case, graph.case.question(graph.question));
    let sought = graph.view.sought(case, graph.question).filter(|_| question.measure == Measure::Stock);
    let ties = graph.ties();
    let mut summaries = Vec::new();
    let mut figures = Vec::new();
    for (at, origin) in graph.origins().iter().enumerate() {
        let mut summary = summary(graph, origin);
        if let Some(claim) = origin.current {
            summary.evidence = Some(figures.len());
            let estimate = graph.estimate(claim);
            let age = sought.and_then(|sought| Some(case.claims.refers_to(claim)?.days_until(sought).max(0)));
            figures.push(Evidence {
                source: slot(case, origin.party),
                estimate,
                of: estimate.of.and_then(|of| place.get(&of).copied()),
                hops: origin.hops,
                age_days: age.unwrap_or(0),
                disputed: case.claims.status.get(claim.index()) == Status::Disputed,
                tie: ties[at],
            });
        }
        summaries.push(summary);
    }
    let evidence = QuestionEvidence {
        question: graph.question,
        scale: question.scale,
        min: question.min,
        max: question.max,
        shared_unit: None,
        resolution: None,
        origins: figures,
    };
    (evidence, summaries)
}

fn summary(graph: &ClaimGraph<'_>, origin: &Origin) -> OriginSummary {
    let figures = if origin.own_figures.is_empty() { &origin.figures } else { &origin.own_figures };
    let own = figures.iter().copied();
    let kind = match origin.party {
        Party::Source(source) => graph.case.source(source).kind,
        Party::Anonymous(_) => SourceKind::Anonymous,
    };
    OriginSummary {
        name: graph.speaker_name(origin.end),
        party: origin.party,
        kind,
        is_named: graph.case.is_named(origin.party),
        claim: origin
            .current
            .or_else(|| own.max_by(|&a, &b| crate::graph::more_telling(graph.case, a, b)))
            .unwrap_or(ClaimId(0)),
        hops: origin.hops,
        publications: origin.publications,
        figures: origin.figures.len(),
        evidence: None,
    }
}
