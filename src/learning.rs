//! Learning across the questions of a case: records of sources in fixed sweeps, and constants fitted on settled
//! values. A question is always answered with what the *other* questions show: its own figures and its own
//! settled value have no part in the records and constants that its range is made with.

use rayon::prelude::*;

use crate::consensus::calibration::{candidates, fit, sample, LEAST, MOST};
use crate::consensus::{Block, Class, Evidence, QuestionEvidence, Settings, SourceSlot, question_records};
use crate::credibility::record::row;
use crate::credibility::{ClassRecord, Record, SourceRow, SourceSum, SourceTable};
use crate::model::Reliability;

/// Rate of exact records at which the sweeps start. It falls to nothing where figures are estimates.
const EXACT_START: f64 = 0.3;
/// Spacing of the mesh in the sweeps, which need no quantiles.
const SWEEP_STEP: f64 = 0.3;

/// A source as the case declares it.
pub type Declared = (Class, Option<Reliability>);

/// What the questions of a case show of its sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    declared: Vec<Declared>,
    classes: [ClassRecord; 2],
    totals: Vec<SourceSum>,
    /// of each question
    own: Vec<Vec<(SourceSlot, SourceSum)>>,
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

impl Learned {
    /// Learns from the figures of all questions, and from the settled values of those that have one in their
    /// evidence. With one question, or no sweeps, there is nothing to learn from.
    ///
    /// Sums are in fixed point and reduced by question, so that no bit depends on threads. Cost: for each
    /// sweep 20 to 60 µs a figure.
    #[must_use]
    pub fn from(questions: &[QuestionEvidence], declared: Vec<Declared>, settings: &Settings) -> Learned {
        let prior = [Class::Named, Class::Anonymous].map(|class| ClassRecord::prior(class, settings));
        let totals = vec![SourceSum::default(); declared.len()];
        let own = vec![Vec::new(); questions.len()];
        let mut learned = Learned { declared, classes: prior, totals, own, settings: settings.clone(), fitted_on: 0 };
        let with_figures = questions.iter().filter(|q| q.origins.iter().any(|e| e.estimate.is_figure())).count();
        if with_figures < 2 {
            return learned;
        }
        let sweep_settings = Settings { mesh_step: SWEEP_STEP.max(settings.mesh_step), ..settings.clone() };
        for sweep in 0..settings.sweeps {
            let mut table = learned.table();
            if sweep == 0 {
                table = SourceTable::new(
                    table.rows().iter().map(|row| SourceRow { kappa: EXACT_START, repeat: 0.2, ..row.clone() }).collect(),
                );
            }
            learned.own =
                questions.par_iter().map(|question| question_records(question, &table, &sweep_settings)).collect();
            learned.sum_up();
        }
        learned.calibrate(questions);
        learned
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

    /// Fits the constants on the questions that have a settled value in their evidence.
    fn calibrate(&mut self, questions: &[QuestionEvidence]) {
        let settled: Vec<usize> = (0..questions.len())
            .filter(|&at| questions[at].resolution.is_some() && !questions[at].origins.is_empty())
            .collect();
        if settled.len() < LEAST {
            return;
        }
        let step = settled.len() as f64 / settled.len().min(MOST) as f64;
        let chosen: Vec<usize> = (0..settled.len().min(MOST)).map(|i| settled[(i as f64 * step) as usize]).collect();
        let has_exact = self.classes.iter().any(|class| class.exact > 0.01);
        let candidates = candidates(&self.settings, has_exact);
        let samples: Vec<_> = chosen
            .par_iter()
            .filter_map(|&at| {
                let (block, table) = self.block(&[at], &[&questions[at]]);
                sample(&block.questions[0], questions[at].resolution?, &table, &candidates)
            })
            .collect();
        if let Some(fitted) = fit(&samples, &candidates) {
            self.settings = fitted;
            self.fitted_on = samples.len();
        }
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
        row(slot, class, grade, &self.classes[class_index(class)], &sum, &self.settings)
    }

    /// A component of questions, given by their positions, as a block of its own: with the rows of its sources
    /// only, from what all other questions show. The evidence may be that of an earlier date.
    #[must_use]
    pub fn block(&self, positions: &[usize], evidence: &[&QuestionEvidence]) -> (Block, SourceTable) {
        let mut slots: Vec<SourceSlot> = evidence.iter().flat_map(|q| &q.origins).map(|e| e.source).collect();
        slots.sort_unstable();
        slots.dedup();
        let own: Vec<(SourceSlot, SourceSum)> = positions.iter().flat_map(|&at| self.own[at].iter().copied()).collect();
        let rows = slots.iter().map(|&slot| {
            let shown = own.iter().filter(|(s, _)| *s == slot);
            self.row(slot, &shown.fold(SourceSum::default(), |sum, (_, more)| sum.plus(*more)))
        });
        let table = SourceTable::new(rows.collect());
        let local = |e: &Evidence| Evidence {
            source: SourceSlot(slots.partition_point(|slot| *slot < e.source) as u32),
            ..*e
        };
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
