//! An estimate: a number as it was said, with its bound.

use super::QuestionId;
use serde::{Deserialize, Serialize};

/// How a number was bounded by the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Bound {
    /// "12,000"
    Exact,
    /// "about 12,000", also "nearly" and "an estimated"
    About,
    /// "at least 1,000"
    AtLeast,
    /// "more than 1,000"
    MoreThan,
    /// "at most 4,000", "up to 4,000"
    AtMost,
    /// "fewer than 4,000"
    LessThan,
    /// "1,000 to 3,000"
    Range,
    /// "dozens", "several hundred": read by a lexical range
    Vague,
    /// the claim gives no number
    Unknown,
}

/// Bounds as far as a change between them matters: drift is a change of class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoundClass {
    /// exact or about
    Point,
    /// at least, more than
    Floor,
    /// at most, less than
    Ceiling,
    /// a range or a vague word
    Range,
    /// no number
    Unknown,
}

impl Bound {
    /// The word used in files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exact => "exact",
            Bound::About => "about",
            Bound::AtLeast => "at least",
            Bound::MoreThan => "more than",
            Bound::AtMost => "at most",
            Bound::LessThan => "less than",
            Bound::Range => "range",
            Bound::Vague => "vague",
            Bound::Unknown => "unknown",
        }
    }

    /// The class that drift is judged by.
    #[must_use]
    pub fn class(self) -> BoundClass {
        match self {
            Bound::Exact | Bound::About => BoundClass::Point,
            Bound::AtLeast | Bound::MoreThan => BoundClass::Floor,
            Bound::AtMost | Bound::LessThan => BoundClass::Ceiling,
            Bound::Range | Bound::Vague => BoundClass::Range,
            Bound::Unknown => BoundClass::Unknown,
        }
    }

    /// Rank by what the bound tells: the smaller, the more precise.
    #[must_use]
    pub fn imprecision(self) -> u8 {
        match self {
            Bound::Exact => 0,
            Bound::About => 1,
            Bound::Range => 2,
            Bound::AtLeast | Bound::AtMost => 3,
            Bound::MoreThan | Bound::LessThan => 4,
            Bound::Vague => 5,
            Bound::Unknown => 6,
        }
    }
}

/// An interval that its speaker stated around the number, with its probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// lower end, in the question's unit
    pub low: f64,
    /// upper end, in the question's unit
    pub high: f64,
    /// probability that the speaker gave to it, in (0, 1)
    pub level: f64,
}

/// A number as it was said. All values are in the question's unit, or shares of another
/// question where `of` is set (0.5 for "half of").
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// how the number was bounded
    pub bound: Bound,
    /// lower end of what was said; −∞ for ceilings and unknown
    pub low: f64,
    /// upper end of what was said; +∞ for floors and unknown
    pub high: f64,
    /// one unit of the last digit that was said: 1,000 for "12,000", 100,000 for "1.2 million".
    /// Zero where nothing is known about rounding
    pub granularity: f64,
    /// stated interval around a point
    pub interval: Option<Interval>,
    /// the question that this is a share of
    pub of: Option<QuestionId>,
}

impl Estimate {
    /// A claim that gives no number.
    pub const UNKNOWN: Estimate = Estimate {
        bound: Bound::Unknown,
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        granularity: 0.0,
        interval: None,
        of: None,
    };

    /// A single number under a bound: floors and ceilings get their open end.
    /// `Range`, `Vague` and `Unknown` need two ends and are read as [`Bound::Exact`] here.
    #[must_use]
    pub fn single(bound: Bound, value: f64, granularity: f64) -> Estimate {
        let (low, high) = match bound.class() {
            BoundClass::Floor => (value, f64::INFINITY),
            BoundClass::Ceiling => (f64::NEG_INFINITY, value),
            _ => (value, value),
        };
        Estimate { bound, low, high, granularity, interval: None, of: None }
    }

    /// A range, or a vague word's lexical range.
    #[must_use]
    pub fn between(bound: Bound, low: f64, high: f64, granularity: f64) -> Estimate {
        Estimate { bound, low, high, granularity, interval: None, of: None }
    }

    /// Whether a number was given at all.
    #[must_use]
    pub fn is_figure(&self) -> bool {
        self.bound != Bound::Unknown
    }

    /// The finite ends that were said: one number, or two for a range.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        match self.bound.class() {
            BoundClass::Floor => (self.low, self.low),
            BoundClass::Ceiling => (self.high, self.high),
            _ => (self.low, self.high),
        }
    }
}
