//! sayso
pub mod consensus;
pub mod credibility;
pub mod model;
pub mod stats;
