//! Meta-analysis: figures as studies with known errors.

pub mod fixed_effect;
pub mod hksj;
pub mod leave_one_out;
pub mod prediction;
pub mod random_effects;
pub mod study;
pub mod tau2;
