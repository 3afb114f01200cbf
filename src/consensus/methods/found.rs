//! What a method finds on a question, on the scale and then in the question's unit.

use rayon::prelude::*;

use super::figures::{Figures, Sheet};
use crate::consensus::Quantiles;

/// What a method finds, on the scale of the question. Only what its literature defines is filled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// values at [`Quantiles::LEVELS`]; a point estimate stands at the median
    pub quantiles: [Option<f64>; 9],
    /// ends of an interval to which the method gives no probability; ±∞ where it is open
    pub ends: Option<[f64; 2]>,
    /// why there is nothing; prints after "none, because"
    pub why_none: Option<&'static str>,
    /// what should be known of the numbers
    pub notes: Vec<String>,
}

impl Found {
    /// Nothing, for a reason that prints after "none, because".
    #[must_use]
    pub fn none(why: &'static str) -> Found {
        Found { why_none: Some(why), ..Found::default() }
    }

    /// A point.
    #[must_use]
    pub fn point(z: f64) -> Found {
        let mut found = Found::default();
        found.quantiles[4] = Some(z);
        found
    }

    /// All quantiles of a distribution.
    #[must_use]
    pub fn quantiles(mut at: impl FnMut(f64) -> f64) -> Found {
        Found { quantiles: Quantiles::LEVELS.map(|p| Some(at(p))), ..Found::default() }
    }

    /// An interval without a probability.
    #[must_use]
    pub fn ends(low: f64, high: f64) -> Found {
        Found { ends: Some([low, high]), ..Found::default() }
    }

    /// The same with something to be known of it.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Found {
        self.notes.push(note.into());
        self
    }
}

/// What a method finds, in the question's unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// values at [`Quantiles::LEVELS`], none where the method defines none; never falling
    pub quantiles: [Option<f64>; 9],
    /// ends of an interval to which the method gives no probability; none at an open end
    pub ends: Option<[Option<f64>; 2]>,
    /// why there is nothing; prints after "none, because"
    pub why_none: Option<String>,
    /// what should be known of the numbers
    pub notes: Vec<String>,
    /// what was read otherwise than it was said
    pub reading: Vec<String>,
}

impl Answer {
    /// The point estimate.
    #[must_use]
    pub fn point(&self) -> Option<f64> {
        self.quantiles[4]
    }

    /// From the scale to the question's unit. Numbers that are not finite are left out.
    #[must_use]
    pub fn of(found: Found, sheet: &Sheet<'_>) -> Answer {
        let back = |z: f64| z.is_finite().then(|| sheet.back(z));
        let mut quantiles = found.quantiles.map(|z| z.and_then(back));
        let mut least = f64::MIN;
        for value in quantiles.iter_mut().flatten() {
            *value = value.max(least);
            least = *value;
        }
        let ends = found.ends.map(|ends| ends.map(back)).filter(|ends| ends.iter().any(Option::is_some));
        let is_empty = quantiles.iter().all(Option::is_none) && ends.is_none();
        let why_none = found.why_none.or(is_empty.then_some("the figures lie too far apart to be computed with"));
        Answer { quantiles, ends, why_none: why_none.map(str::to_owned), notes: found.notes, reading: Vec::new() }
    }
}

/// Works on each question by itself. Results stand in the order of questions on any number of threads.
#[must_use]
pub fn each(figures: &Figures, find: impl Fn(&Sheet<'_>) -> Found + Sync) -> Vec<Found> {
    (0..figures.len()).into_par_iter().map(|at| find(&figures.sheet(at))).collect()
}

/// The same where a question without figures has nothing to say.
#[must_use]
pub fn each_point(figures: &Figures, find: impl Fn(&Sheet<'_>) -> f64 + Sync) -> Vec<Found> {
    each(figures, |sheet| if sheet.is_empty() { Found::none(NO_FIGURE) } else { Found::point(find(sheet)) })
}

/// Why a question without figures has no answer.
pub const NO_FIGURE: &str = "no claim gives a usable number";
