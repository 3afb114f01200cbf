//! Questions: one number that is sought.

use super::Date;
use serde::{Deserialize, Serialize};

/// What kind of number a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Measure {
    /// a total as of a date
    #[default]
    Stock,
    /// an amount over a window of time
    Flow,
    /// the highest value over a window of time
    Peak,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Measure; 3] = [Measure::Stock, Measure::Flow, Measure::Peak];

    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Measure::Stock => "stock",
            Measure::Flow => "flow",
            Measure::Peak => "peak",
        }
    }
}

/// The scale on which errors of a question are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Scale {
    /// logarithm: counts and amounts above zero
    #[default]
    Log,
    /// as they are
    Linear,
    /// inverse hyperbolic sine: amounts that may be zero or negative
    Asinh,
}

impl Scale {
    /// Every scale.
    pub const ALL: [Scale; 3] = [Scale::Log, Scale::Linear, Scale::Asinh];

    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Scale::Log => "log",
            Scale::Linear => "linear",
            Scale::Asinh => "asinh",
        }
    }
}

/// One number that is sought.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// id, unique in the case
    pub id: Box<str>,
    /// what is counted, where, over which time; empty where not given
    pub title: Box<str>,
    /// singular noun or symbol; empty where neither questions nor claims say
    pub unit: Box<str>,
    /// stock, flow or peak
    pub measure: Measure,
    /// scale in force
    pub scale: Scale,
    /// whether the case gives the scale
    pub scale_given: bool,
    /// smallest possible value
    pub min: Option<f64>,
    /// largest possible value
    pub max: Option<f64>,
    /// place, as written
    pub place: Box<str>,
    /// first date that the question covers
    pub opened: Option<Date>,
    /// date as of which a stock is sought
    pub closed: Option<Date>,
    /// topic, for back-testing
    pub group: Box<str>,
    /// remark
    pub note: Box<str>,
    /// whether the question stands in questions.csv
    pub declared: bool,
}

impl Question {
    /// The title, or the id where there is none.
    #[must_use]
    pub fn heading(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }
}
