//! What is believed of sources: priors by class and grade, and the table that the consensus reads.

pub mod anonymity;
pub mod copies;
pub mod prior;
pub mod record;
pub mod table;

pub use anonymity::Anonymity;
pub use copies::{CopyEvidence, copies};
pub use prior::{ClassPrior, SIGMA_POINTS, sigma_grid};
pub use record::{ClassRecord, Fixed, Record, SourceSum};
pub use table::{SourceRow, SourceSums, SourceTable, WORDINGS};
