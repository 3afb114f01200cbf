//! sayso
pub mod model;
