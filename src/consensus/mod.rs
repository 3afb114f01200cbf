//! From figures to ranges: likelihoods, the posterior over the true value, and the account of it.

pub mod account;
mod atoms;
pub mod calibration;
pub mod effective;
pub mod evidence;
pub mod fit;
pub mod heterogeneity;
pub mod influence;
pub mod likelihood;
pub mod methods;
pub mod partition;
pub mod posterior;
mod prepared;
pub mod reading;
mod records;
pub mod rules;
pub mod scale;
pub mod settings;
pub mod summary;
mod table;
pub mod units;

pub use account::{
    Camp, Consensus, ConsensusRange, Influence, NoConsensus, Outcome, Pull, Quantiles, Shape, Standing, Unused,
};
pub use evidence::{Block, Class, Evidence, QuestionEvidence, SharedUnit, SourceSlot};
pub use heterogeneity::Heterogeneity;
pub use partition::{answers, partition, question_outcome, question_quantiles, question_records};
pub use settings::{Settings, SettingsError};
