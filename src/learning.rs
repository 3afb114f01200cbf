//! Learning across the questions of a case: records of sources in fixed sweeps, and constants fitted on settled
//! values. A question is always answered with what the *other* questions show: its own figures and its own
//! settled value have no part in the records and constants that its range is made with.

mod sample;
mod sweeps;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::consensus::calibration::{MOST, candidates, sample};
use crate::consensus::fit::{LEAST, fit};
use crate::consensus::{Block, Class, Evidence, QuestionEvidence, Settings, SourceSlot, question_records};
use crate::credibility::record::row;
use crate::credibility::{ClassRecord, CopyEvidence, Record, SourceRow, SourceSum, SourceSums, SourceTable, copies};
use crate::model::Reliability;
use crate::progress::{self, Stage};

pub(crate) use sample::{ENOUGH, Sampler};
pub(crate) use sample::{FEW, sample_of};
pub use sweeps::Sweeps;

/// Rate of exact records at which the sweeps start. It falls to nothing where figures are estimates.
const EXACT_START: f64 = 0.3;
/// Shares of old counts that have grown since, tried beside none.
const GROWTH: [f64; 2] = [0.15, 0.3];
/// What a growth of old counts must gain on settled values, since the shifts of the quantiles widen ranges upward too.
const GROWTH_GAIN: f64 = 0.99;
/// Spacing of the mesh in the sweeps, which need no quantiles.
const SWEEP_STEP: f64 = 0.3;

/// Sweeps that look at enough figures.
const FULL_SWEEPS: u8 = 3;

/// A source as the case declares it.
pub type Declared = (Class, Option<Reliability>);

/// What the figures of a case show of its sources, before any settled value is looked at, and what each
/// settled value would add. Folds of a back-test differ only in what they take from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    declared: Vec<Declared>,
    classes: [ClassRecord; 2],
    /// of each question, its figures against one another
    unresolved: Vec<Vec<(SourceSlot, SourceSum)>>,
    /// of each question, its figures against its settled value; empty without one
    resolved: Vec<Vec<(SourceSlot, SourceSum)>>,
    copies: Vec<CopyEvidence>,
    settings: Settings,
}

/// What the questions of a case show of its sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    declared: Vec<Declared>,
    classes: [ClassRecord; 2],
    totals: Vec<SourceSum>,
    /// of each question
    own: Vec<Vec<(SourceSlot, SourceSum)>>,
    /// pairs of sources with evidence of copying
    pub copies: Vec<CopyEvidence>,
    /// whether a source's bias is taken off its figures
    has_bias: bool,
    /// whether questions that are not settled count
    others: bool,
    /// constants in force
    pub settings: Settings,
    /// settled values that the constants were fitted on; 0 for those of the settings
    pub fitted_on: usize,
}

fn class_index(class: Class) -> usize {
    match class {
        Class::Named => 0,
        Class::Anonymous => 1,
    }
}

impl Shown {
    /// Scores every source against all others in fixed sweeps, then against the settled values that the
    /// evidence has. With figures on one question only, or no sweeps, nothing is shown.
    ///
    /// Sums are in fixed point and reduced by question, so that no bit depends on threads. Cost: for each
    /// sweep some 16 µs a figure.
    #[must_use]
    pub fn of(questions: &[QuestionEvidence], declared: Vec<Declared>, settings: &Settings) -> Shown {
        let with_figures = questions.iter().filter(|q| q.origins.iter().any(|e| e.estimate.is_figure())).count();
        let [few, enough] = [FEW, ENOUGH].map(|figures| sample_of(questions, figures));
        let is_learned = with_figures >= 2 && settings.sweeps > 0;
        let copies = if is_learned { copies(enough.iter().map(|&at| &questions[at])) } else { Vec::new() };
        let mut sweeps = Sweeps::new(declared.clone(), copies.clone(), with_figures, settings);
        let full = settings.sweeps.min(FULL_SWEEPS);
        let looks = usize::from(full) * enough.len() + usize::from(settings.sweeps - full) * few.len();
        if !sweeps.is_over() {
            progress::begin(Stage::Learning, looks as u64);
        }
        let sweep_settings = sweeps.settings();
        let mut unresolved = vec![Vec::new(); questions.len()];
        while !sweeps.is_over() {
            let sample = if sweeps.is_full() { &enough } else { &few };
            let table = sweeps.table();
            let look = |at: &usize| {
                progress::advance(1);
                Sweeps::look(&questions[*at], &table, &sweep_settings)
            };
            let found: Vec<_> = sample.par_iter().map(look).collect();
            if sweeps.is_full() {
                for &at in &few {
                    unresolved[at].clear();
                }
            }
            sweeps.take(&SourceSums::of(found.iter().flatten().copied(), declared.len()));
            for (&at, found) in sample.iter().zip(found) {
                unresolved[at] = found;
            }
        }
        let mut resolved = vec![Vec::new(); questions.len()];
        if sweeps.done() > 0 {
            let table = sweeps.learned().table();
            let settled = |q: &QuestionEvidence| match q.resolution {
                Some(_) => question_records(q, q.resolution, &table, &sweep_settings),
                None => Vec::new(),
            };
            resolved = questions.par_iter().map(settled).collect();
        }
        Shown { declared, classes: sweeps.classes(), unresolved, resolved, copies, settings: settings.clone() }
    }

    /// The records with the settled values of some questions, by position. Without `others`, figures on
    /// questions that are not settled count for nothing.
    fn all(&self, settled: impl Fn(usize) -> bool, others: bool) -> Learned {
        let own = (0..self.unresolved.len())
            .map(|at| {
                if settled(at) && !self.resolved[at].is_empty() {
                    self.resolved[at].clone()
                } else if others {
                    self.unresolved[at].clone()
                } else {
                    Vec::new()
                }
            })
            .collect();
        let mut learned = Learned {
            declared: self.declared.clone(),
            classes: self.classes,
            totals: vec![SourceSum::default(); self.declared.len()],
            own,
            copies: self.copies.clone(),
            has_bias: true,
            others,
            settings: self.settings.clone(),
            fitted_on: 0,
        };
        learned.sum_up();
        learned
    }

    /// The records and constants that follow from the settled values of some questions. Where there are enough of
    /// them to fit constants, they also decide whether figures on other questions say anything of a source: where
    /// most sources share an error, agreement is no merit. With `groups`, constants are fitted as for a group of
    /// which nothing is settled.
    #[must_use]
    pub fn learn(
        &self,
        questions: &[QuestionEvidence],
        settled: impl Fn(usize) -> bool,
        groups: Option<&[u32]>,
    ) -> Learned {
        let mut whole = self.all(&settled, true);
        if !self.settings.fit {
            return whole;
        }
        let start = Settings { growth_share: 0.0, ..self.settings.clone() };
        let shipped = std::mem::replace(&mut whole.settings, start.clone());
        let Some(mut score) = whole.calibrate(self, questions, &settled, groups) else {
            whole.settings = shipped;
            return whole.unsettled(&self.settings);
        };
        let mut best = whole;
        let alone = self.all(&settled, false);
        for base in [alone, best.clone()] {
            let mut other = Learned { settings: start.clone(), ..base };
            other.has_bias = other.own != best.own || !best.has_bias;
            if let Some(its) = other.calibrate(self, questions, &settled, groups)
                && its < 0.98 * score
            {
                (best, score) = (other, its);
            }
        }
        let has_aged = questions.iter().flat_map(|q| &q.origins).any(|e| e.age_days > 0);
        for growth_share in GROWTH.into_iter().filter(|_| has_aged) {
            let mut other = Learned { settings: Settings { growth_share, ..self.settings.clone() }, ..best.clone() };
            if let Some(its) = other.calibrate(self, questions, &settled, groups)
                && its < GROWTH_GAIN * score
            {
                (best, score) = (other, its);
            }
        }
        best
    }
}

impl Learned {
    /// The same where nothing is settled: an error that all have in common cannot be seen, and ranges allow for it.
    pub(crate) fn unsettled(mut self, settings: &Settings) -> Learned {
        if settings.fit && self.classes.iter().any(|class| class.is_learned) {
            let [near, far, farthest] = settings.unverified_reach;
            self.settings.shift = [-farthest, -far, -near, 0.0, 0.0, 0.0, near, far, farthest];
            self.settings.eps = settings.unverified_eps;
        }
        self
    }

    /// What some questions have shown themselves, by their positions.
    pub(crate) fn own(&self, positions: &[usize]) -> Vec<(SourceSlot, SourceSum)> {
        positions.iter().flat_map(|&at| self.own[at].iter().copied()).collect()
    }

    fn sum_up(&mut self) {
        self.totals.fill(SourceSum::default());
        for &(slot, sum) in self.own.iter().flatten() {
            let total = &mut self.totals[slot.0 as usize];
            *total = total.plus(sum);
        }
        let of_class = |class: Class| {
            self.declared.iter().zip(&self.totals).filter(move |((c, _), _)| *c == class).map(|(_, sum)| sum)
        };
        self.classes = [Class::Named, Class::Anonymous]
            .map(|class| self.classes[class_index(class)].learned(class, of_class(class), &self.settings));
    }

    /// Fits the constants on settled questions; gives the mean score, or nothing where there are too few.
    fn calibrate(
        &mut self,
        shown: &Shown,
        questions: &[QuestionEvidence],
        settled: impl Fn(usize) -> bool,
        groups: Option<&[u32]>,
    ) -> Option<f64> {
        let settled: Vec<usize> = (0..questions.len())
            .filter(|&at| settled(at) && questions[at].resolution.is_some() && !questions[at].origins.is_empty())
            .collect();
        if settled.len() < LEAST {
            return None;
        }
        let step = settled.len() as f64 / settled.len().min(MOST) as f64;
        let chosen: Vec<usize> = (0..settled.len().min(MOST)).map(|i| settled[(i as f64 * step) as usize]).collect();
        let has_exact = self.classes.iter().any(|class| class.exact.iter().any(|rate| *rate > 0.01));
        let candidates = candidates(&self.settings, has_exact);
        let peers = groups.map(|groups| self.peers(shown, groups));
        let samples: Vec<_> = chosen
            .par_iter()
            .enumerate()
            .filter_map(|(rank, &at)| {
                let (block, table) = match (&peers, groups) {
                    (Some(peers), Some(groups)) => {
                        // The group counts as not settled, and the question itself not at all.
                        let settled = peers.get(&groups[at]).into_iter().flatten().copied();
                        let own = if self.others { &shown.unresolved[at][..] } else { &[] };
                        let without: Vec<_> = settled.chain(own.iter().copied()).collect();
                        self.block_without(&without, &[&questions[at]])
                    }
                    _ => self.block(&[at], &[&questions[at]]),
                };
                let fold = groups.map_or(rank, |groups| groups[at] as usize);
                sample(&block.questions[0], questions[at].resolution?, fold, &table, &candidates)
            })
            .collect();
        let fitted = fit(&samples, &candidates)?;
        self.settings = fitted.settings;
        self.fitted_on = samples.len();
        Some(fitted.score)
    }

    /// For each group, what its settled values have changed of the records.
    fn peers(&self, shown: &Shown, groups: &[u32]) -> FxHashMap<u32, Vec<(SourceSlot, SourceSum)>> {
        let mut peers: FxHashMap<u32, FxHashMap<SourceSlot, SourceSum>> = FxHashMap::default();
        for (at, own) in self.own.iter().enumerate() {
            let group = peers.entry(groups[at]).or_default();
            for (slot, sum) in own {
                let known = group.entry(*slot).or_default();
                *known = known.plus(*sum);
            }
            for (slot, sum) in if self.others { &shown.unresolved[at][..] } else { &[] } {
                let known = group.entry(*slot).or_default();
                *known = known.minus(*sum);
            }
        }
        peers.into_iter().map(|(group, sums)| (group, sums.into_iter().collect())).collect()
    }

    /// The table in which every source has its whole record.
    #[must_use]
    pub fn table(&self) -> SourceTable {
        let slots = 0..self.declared.len() as u32;
        SourceTable::new(slots.map(|slot| self.row(SourceSlot(slot), &SourceSum::default())).collect())
    }

    /// The row of a source from its record without a part of it.
    fn row(&self, slot: SourceSlot, without: &SourceSum) -> SourceRow {
        let (class, grade) = self.declared[slot.0 as usize];
        let sum = self.totals[slot.0 as usize].minus(*without);
        let row = row(slot, class, grade, &self.classes[class_index(class)], &sum, &self.settings);
        let partners = self.copies.iter().filter(|pair| pair.a == slot || pair.b == slot);
        let copies = partners.map(|pair| (if pair.a == slot { pair.b } else { pair.a }, pair.probability())).collect();
        SourceRow { bias: if self.has_bias { row.bias } else { 0.0 }, copies, ..row }
    }

    /// A component of questions, given by their positions, as a block of its own: with the rows of its sources
    /// only, from what all other questions show. The evidence may be that of an earlier date.
    #[must_use]
    pub fn block(&self, positions: &[usize], evidence: &[&QuestionEvidence]) -> (Block, SourceTable) {
        self.block_without(&self.own(positions), evidence)
    }

    /// The same without what the questions themselves have shown.
    pub(crate) fn block_without(
        &self,
        own: &[(SourceSlot, SourceSum)],
        evidence: &[&QuestionEvidence],
    ) -> (Block, SourceTable) {
        let mut slots: Vec<SourceSlot> = evidence.iter().flat_map(|q| &q.origins).map(|e| e.source).collect();
        slots.sort_unstable();
        slots.dedup();
        let rows = slots.iter().map(|&slot| {
            let shown = own.iter().filter(|(s, _)| *s == slot);
            self.row(slot, &shown.fold(SourceSum::default(), |sum, (_, more)| sum.plus(*more)))
        });
        let table = SourceTable::new(rows.collect());
        let local =
            |e: &Evidence| Evidence { source: SourceSlot(slots.partition_point(|slot| *slot < e.source) as u32), ..*e };
        let questions = evidence
            .iter()
            .map(|q| QuestionEvidence { origins: q.origins.iter().map(local).collect(), ..(*q).clone() })
            .collect();
        (Block { questions }, table)
    }

    /// What is reported of a source; `None` where it has no figure, or nothing was learned.
    #[must_use]
    pub fn record(&self, slot: SourceSlot) -> Option<Record> {
        let sum = self.totals.get(slot.0 as usize).filter(|sum| sum.figures > 0)?;
        Some(Record::of(&self.row(slot, &SourceSum::default()), sum))
    }
}
