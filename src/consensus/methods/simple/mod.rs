//! Simple summaries of the published figures.

pub mod mean;
pub mod median;
pub mod min_max;
pub mod mode;
pub mod trimmed_mean;
