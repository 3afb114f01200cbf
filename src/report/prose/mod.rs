//! Sentences that can be printed: words for probabilities by a named scale, and a linter for them.

mod confidence;
mod lint;
mod scales;
mod statement;

pub use confidence::{Confidence, confidence};
pub use lint::{Finding, lint};
pub use scales::{Band, ICD_203, PHIA, SCALES, WordScale, Wording};
pub use statement::{Statement, statement};
