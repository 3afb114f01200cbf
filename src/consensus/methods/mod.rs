//! The classical methods, to be set beside the default one. Each reads published figures, not
//! origins, and gives what its literature defines and nothing more.

pub mod conformal;
pub mod cooke;
pub mod figures;
pub mod found;
pub mod fusion;
pub mod meta;
pub mod pools;
pub mod simple;
mod table;
pub mod truth;

pub use figures::{Asked, Figures, Heading, Reported, Sheet};
pub use found::{Answer, Found, NO_FIGURE, each, each_point};
pub use table::METHODS;

use crate::model::BoundClass;

/// Where a method comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// summaries that need nothing but the numbers
    Simple,
    /// figures as studies with known errors
    MetaAnalysis,
    /// stated distributions, combined
    Pool,
    /// experts weighted by settled questions
    Elicitation,
    /// intervals, some of them wrong
    IntervalFusion,
    /// truths and sources from each other
    TruthDiscovery,
    /// a width learned from settled questions
    Conformal,
}

impl Family {
    /// The words used in text.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Family::Simple => "simple",
            Family::MetaAnalysis => "meta-analysis",
            Family::Pool => "pool",
            Family::Elicitation => "elicitation",
            Family::IntervalFusion => "interval fusion",
            Family::TruthDiscovery => "truth discovery",
            Family::Conformal => "conformal",
        }
    }
}

/// What a method reads of a figure that is no plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// every figure as a point: a bound as the number said, a range at its middle on the scale
    Points,
    /// intervals with a probability; where fewer than two state one, every figure as a point
    Errors,
    /// intervals with a probability; other figures are left out
    Stated,
    /// the ends as said: bounds as half-lines, numbers as intervals without width
    Ends,
}

impl Reads {
    /// What becomes of bounds, as a sentence.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Reads::Points => "bounds as points, ranges at their middle on the scale",
            Reads::Errors => {
                "intervals with a probability as errors; without two of those, bounds as points and ranges at their middle"
            }
            Reads::Stated => "intervals with a probability; bounds, ranges and plain numbers are left out",
            Reads::Ends => "bounds as half-lines, ranges and intervals as they are",
        }
    }
}

/// A method of the literature.
#[derive(Clone, Copy)]
pub struct Method {
    /// name as typed at `--method`
    pub name: &'static str,
    /// where it comes from
    pub family: Family,
    /// author and year
    pub reference: &'static str,
    /// what it computes
    pub equation: &'static str,
    /// what it reads of bounds
    pub reads: Reads,
    /// what it finds on each question, on the scale
    pub run: fn(&Figures) -> Vec<Found>,
}

impl Method {
    /// What the method says of each question, in its unit and in the order of questions, with a
    /// note of what was read as a point or left out.
    ///
    /// ```
    /// use sayso::consensus::methods::{Figures, find};
    /// let figures = Figures::on_scale(&[vec![(0, 1.0), (1, 4.0), (2, 9.0)], vec![]]);
    /// let answers = find("median").unwrap().answers(&figures);
    /// assert_eq!(answers[0].point(), Some(4.0));
    /// assert_eq!(answers[1].why_none.as_deref(), Some("no claim gives a usable number"));
    /// ```
    #[must_use]
    pub fn answers(&self, figures: &Figures) -> Vec<Answer> {
        let found = (self.run)(figures);
        let answers = found.into_iter().zip(figures.sheets()).map(|(found, sheet)| {
            let mut answer = Answer::of(found, &sheet);
            answer.reading = self.reading(&sheet);
            answer
        });
        answers.collect()
    }

    /// What was read otherwise than it was said.
    fn reading(&self, sheet: &Sheet<'_>) -> Vec<String> {
        let mut notes = Vec::new();
        let mut note = |count: usize, one: &str, many: &str| {
            if count > 0 {
                notes.push(format!("{count} {}", if count == 1 { one } else { many }));
            }
        };
        let has_errors = sheet.level.iter().filter(|level| **level > 0.0).count() >= 2;
        if self.reads == Reads::Points || (self.reads == Reads::Errors && !has_errors) {
            let bounds = sheet.count(BoundClass::Floor) + sheet.count(BoundClass::Ceiling);
            note(bounds, "bound read as a point", "bounds read as points");
            note(sheet.count(BoundClass::Range), "range read at its middle", "ranges read at their middle");
        }
        note(sheet.heading.vague as usize, "vague word left out", "vague words left out");
        note(sheet.heading.shares as usize, "share left out", "shares left out");
        notes
    }
}

/// The method of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}
