//! The sweeps in which records of sources are learned, a step at a time: on one machine over the questions in memory,
//! on many by sums of parts. The sums are whole numbers, so no bit depends on who adds them up.

use serde::{Deserialize, Serialize};

use super::{Declared, EXACT_START, FULL_SWEEPS, Learned, SWEEP_STEP, class_index};
use crate::consensus::{Class, QuestionEvidence, Settings, SourceSlot, question_records};
use crate::credibility::{ClassRecord, CopyEvidence, SourceRow, SourceSum, SourceSums, SourceTable, WORDINGS};

/// How far the sweeps are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sweeps {
    declared: Vec<Declared>,
    classes: [ClassRecord; 2],
    /// what the last sweep has shown of each source
    totals: Vec<SourceSum>,
    copies: Vec<CopyEvidence>,
    settings: Settings,
    done: u8,
    is_over: bool,
}

impl Sweeps {
    /// Before the first sweep. With figures on one question only nothing can be learned.
    #[must_use]
    pub fn new(declared: Vec<Declared>, copies: Vec<CopyEvidence>, with_figures: usize, settings: &Settings) -> Sweeps {
        let classes = [Class::Named, Class::Anonymous].map(|class| ClassRecord::prior(class, settings));
        let totals = vec![SourceSum::default(); declared.len()];
        let is_over = with_figures < 2 || settings.sweeps == 0;
        Sweeps { declared, classes, totals, copies, settings: settings.clone(), done: 0, is_over }
    }

    /// Whether no sweep is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Sweeps so far.
    #[must_use]
    pub fn done(&self) -> u8 {
        self.done
    }

    /// Whether the next sweep looks at enough figures of each source, and not at few.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.done + FULL_SWEEPS >= self.settings.sweeps
    }

    /// The table that the next sweep judges others by.
    #[must_use]
    pub fn table(&self) -> SourceTable {
        let table = self.learned().table();
        if self.done > 0 {
            return table;
        }
        let start = |row: &SourceRow| SourceRow { kappa: [EXACT_START; WORDINGS], repeat: 0.2, ..row.clone() };
        SourceTable::new(table.rows().iter().map(start).collect())
    }

    /// The settings of sweeps, whose mesh is coarser: they need no quantiles.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings { mesh_step: SWEEP_STEP.max(self.settings.mesh_step), ..self.settings.clone() }
    }

    /// What one question shows of its sources by a table of [`Sweeps::table`].
    #[must_use]
    pub fn look(question: &QuestionEvidence, table: &SourceTable, settings: &Settings) -> Vec<(SourceSlot, SourceSum)> {
        question_records(question, None, table, settings)
    }

    /// Takes what a sweep has shown of the sources, all of its questions together.
    pub fn take(&mut self, sums: &SourceSums) {
        self.totals.fill(SourceSum::default());
        for (slot, sum) in sums.iter() {
            if let Some(total) = self.totals.get_mut(slot.0 as usize) {
                *total = sum;
            }
        }
        let is_full = self.is_full();
        let now = self.learned().classes;
        let before = std::mem::replace(&mut self.classes, now);
        self.done += 1;
        let is_settled = is_full && before.iter().zip(&self.classes).all(|(a, b)| a.is_near(b));
        self.is_over = is_settled || self.done >= self.settings.sweeps;
    }

    /// The classes as they stand.
    pub(super) fn classes(&self) -> [ClassRecord; 2] {
        self.classes
    }

    /// What was learned so far, without what single questions have shown.
    #[must_use]
    pub fn learned(&self) -> Learned {
        let of_class = |class: Class| {
            self.declared.iter().zip(&self.totals).filter(move |((c, _), _)| *c == class).map(|(_, sum)| sum)
        };
        let classes = [Class::Named, Class::Anonymous]
            .map(|class| self.classes[class_index(class)].learned(class, of_class(class), &self.settings));
        Learned {
            declared: self.declared.clone(),
            classes,
            totals: self.totals.clone(),
            own: Vec::new(),
            copies: self.copies.clone(),
            has_bias: true,
            others: true,
            settings: self.settings.clone(),
            fitted_on: 0,
        }
    }
}
