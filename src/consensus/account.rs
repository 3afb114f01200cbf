//! The answer to a question and the account of it. Values only; other files compute them.

use std::fmt;

use crate::model::{QuestionId, Scale};

use super::Heterogeneity;

/// The consensus on one question, also where there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Consensus {
    /// the question
    pub question: QuestionId,
    /// the range, or why there is none
    pub outcome: Outcome,
    /// one entry for each figure of the evidence, in its order, used or not
    pub origins: Vec<Standing>,
    /// how many independent origins the used ones are worth; 0 without any
    pub effective_origins: f64,
}

impl Consensus {
    /// The range, if there is one.
    #[must_use]
    pub fn range(&self) -> Option<&ConsensusRange> {
        match &self.outcome {
            Outcome::Range(range) => Some(range),
            Outcome::None { .. } => None,
        }
    }

    /// How many figures were used.
    #[must_use]
    pub fn used(&self) -> usize {
        self.origins.iter().filter(|standing| matches!(standing, Standing::Used(_))).count()
    }
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// a range
    Range(ConsensusRange),
    /// no consensus
    None {
        /// the reason; prints after "no consensus, because"
        why: NoConsensus,
    },
}

/// Why there is no consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoConsensus {
    /// there are no figures, or none can be used
    NoFigure,
    /// the question's limits leave no room
    NoRoom,
    /// the arithmetic left no probability anywhere; not known to happen
    NoMass,
    /// only the account of the claims was asked for
    NotAsked,
}

impl fmt::Display for NoConsensus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoConsensus::NoFigure => "no claim gives a usable number",
            NoConsensus::NoRoom => "the smallest possible value of the question is not below the largest",
            NoConsensus::NoMass => "the numbers leave no probability to any value",
            NoConsensus::NotAsked => "it was not asked for",
        })
    }
}

/// The range of a question, in the question's unit.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsensusRange {
    /// quantiles of the posterior
    pub quantiles: Quantiles,
    /// the pieces where the density has several modes; the one piece otherwise
    pub camps: Vec<Camp>,
    /// how much the figures disagree
    pub heterogeneity: Heterogeneity,
    /// scale in force: the question's, or asinh where a figure at or below zero stands on a log question
    pub scale: Scale,
}

impl ConsensusRange {
    /// One camp or several.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape { camps: self.camps.len() }
    }
}

/// How many camps the figures form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// number of camps, at least one
    pub camps: usize,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.camps {
            0 | 1 => f.write_str("one camp"),
            2 => f.write_str("two camps"),
            3 => f.write_str("three camps"),
            4 => f.write_str("four camps"),
            n => write!(f, "{n} camps"),
        }
    }
}

/// Quantiles at the levels that are reported.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles {
    /// values at [`Quantiles::LEVELS`], never falling
    pub values: [f64; 9],
}

impl Quantiles {
    /// The probabilities.
    pub const LEVELS: [f64; 9] = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];

    /// Their names in files.
    pub const NAMES: [&'static str; 9] = ["q025", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q975"];

    /// The median.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.values[4]
    }

    /// Ends of the central range with probability 0.5, 0.8, 0.9 or 0.95; `None` for another level.
    #[must_use]
    pub fn central(&self, level: f64) -> Option<[f64; 2]> {
        let at = [0.95, 0.9, 0.8, 0.5].iter().position(|known| (known - level).abs() < 1e-9)?;
        Some([self.values[at], self.values[8 - at]])
    }
}

/// One mode of the posterior with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Camp {
    /// lower end: the 2.5 per cent point of this piece alone
    pub low: f64,
    /// median of this piece
    pub median: f64,
    /// upper end: the 97.5 per cent point of this piece alone
    pub high: f64,
    /// probability of the piece
    pub mass: f64,
    /// positions in [`Consensus::origins`] of those who stand here, rising
    pub members: Vec<u32>,
}

/// Whether a figure was used, and what it did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing {
    /// it took part; what it did, where that was asked for
    Used(Option<Influence>),
    /// it could not
    Unused(Unused),
}

impl Standing {
    /// The share of the information of a used figure; `None` for an unused one, or where it was not asked for.
    #[must_use]
    pub fn weight(&self) -> Option<f64> {
        match self {
            Standing::Used(influence) => influence.map(|influence| influence.weight),
            Standing::Unused(_) => None,
        }
    }
}

/// Why a figure could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unused {
    /// the claim gives no number
    Unknown,
    /// a number that is not finite, or a range without ends
    NotFinite,
    /// a share of a question on which there is no consensus
    ShareOfNothing,
    /// a share in a circle, or of a question outside the block
    ShareCircle,
    /// the table of sources has no row for it
    NoSource,
    /// usable by itself, but the question has no consensus for another reason
    NoConsensus,
}

impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unused::Unknown => "gives no number",
            Unused::NotFinite => "is not a finite number",
            Unused::ShareOfNothing => "is a share of a question without consensus",
            Unused::ShareCircle => "is a share in a circle",
            Unused::NoSource => "has no source on record",
            Unused::NoConsensus => "stands on a question without consensus",
        })
    }
}

/// What one origin did to a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// η: what part of an independent origin it counts for, in (0, 1]
    pub eta: f64,
    /// share of the Fisher information in the middle of the range; all shares sum to 1
    pub weight: f64,
    /// what it does to the median; `None` if it is the only origin
    pub pull: Option<Pull>,
    /// KL(p ‖ p₋ₒ): information in nats that it adds, at least 0; `None` if it is the only origin
    pub information: Option<f64>,
    /// probability of a conflict as great between it and all others, small where they disagree;
    /// `None` if it is the only origin
    pub tension: Option<f64>,
    /// probability that it is a gross error, given the others
    pub p_gross: f64,
}

/// The median with an origin against the median without it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pull {
    /// ratio, on the log scale
    Ratio(f64),
    /// difference in the question's unit, on the other scales
    Difference(f64),
}

impl Pull {
    /// The number.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Pull::Ratio(value) | Pull::Difference(value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn central_ranges_pair_the_levels_up() {
        let quantiles = Quantiles { values: Quantiles::LEVELS };
        for level in [0.5, 0.8, 0.9, 0.95] {
            let [low, high] = quantiles.central(level).unwrap();
            assert!((high - low - level).abs() < 1e-12);
        }
        assert_eq!(quantiles.central(0.7), None);
        assert!((quantiles.median() - 0.5).abs() < 1e-15);
    }

    #[test]
    fn shapes_print_as_words() {
        assert_eq!(Shape { camps: 1 }.to_string(), "one camp");
        assert_eq!(Shape { camps: 2 }.to_string(), "two camps");
        assert_eq!(Shape { camps: 11 }.to_string(), "11 camps");
    }
}
