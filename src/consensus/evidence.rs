//! What the consensus stage gets: for each question, one figure for each origin.
//!
//! The graph stage makes it. It is self-contained: a block of whole components (questions tied by
//! shares) can be sent to another thread or machine together with the table of sources.

use crate::model::{Estimate, QuestionId, Scale};
use serde::{Deserialize, Serialize};

/// How far a source can be called to account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// it has a name
    Named,
    /// it has none
    Anonymous,
}

/// Row of a source in the table of sources. Anonymous mentions share the row of their class,
/// since nobody can keep a record of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceSlot(pub u32);

/// One origin's current figure on one question.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// the source that the figure is a record of
    pub source: SourceSlot,
    /// what was said, in the question's unit
    pub estimate: Estimate,
    /// where `estimate.of` is set: position in the block of the question that it is a share of
    pub of: Option<u32>,
    /// relays between the origin and the nearest text that was seen
    pub hops: u16,
    /// days from the date of the figure to the date as of which a stock is sought; 0 for others
    pub age_days: i32,
    /// whether the case says that it is disputed
    pub disputed: bool,
    /// group of origins that are tied on this question (same owner, same party, same text);
    /// origins with the same number are tied, `u32::MAX` is tied to nobody
    pub tie: u32,
}

/// The unit of errors of a linear question whose kind is known from others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SharedUnit {
    /// of this question, held to its kind
    pub own: f64,
    /// of its kind
    pub kind: f64,
}

/// One question with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionEvidence {
    /// the question
    pub question: QuestionId,
    /// scale in force
    pub scale: Scale,
    /// smallest possible value
    pub min: Option<f64>,
    /// largest possible value
    pub max: Option<f64>,
    /// unit of a linear scale, where questions of one kind share it; else the figures give it
    pub shared_unit: Option<SharedUnit>,
    /// settled value, where the case gives it and it may be learned from
    pub resolution: Option<f64>,
    /// one figure for each origin, in the order of the graph's origins
    pub origins: Vec<Evidence>,
}

/// Whole components of questions. A question whose figures are shares of another comes after it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Block {
    /// the questions, each after those that it is a share of
    pub questions: Vec<QuestionEvidence>,
}

#[cfg(test)]
impl QuestionEvidence {
    /// A linear question with an exact figure of each of the first sources, for tests.
    pub(crate) fn of_points(values: &[f64]) -> QuestionEvidence {
        let origins = values.iter().enumerate().map(|(at, &x)| Evidence {
            source: SourceSlot(at as u32),
            estimate: Estimate::single(crate::model::Bound::Exact, x, 1.0),
            of: None,
            hops: 0,
            age_days: 0,
            disputed: false,
            tie: u32::MAX,
        });
        QuestionEvidence {
            question: QuestionId(0),
            scale: Scale::Linear,
            min: None,
            max: None,
            shared_unit: None,
            resolution: None,
            origins: origins.collect(),
        }
    }
}
