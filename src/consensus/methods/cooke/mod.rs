//! Cooke's classical model (Cooke 1991, *Experts in Uncertainty*): speakers weighted by how well
//! they did on questions that were settled.

pub mod calibration;
pub mod decide;
pub mod decision_maker;
pub mod equal;
pub mod global;
pub mod information;
pub mod item;
pub mod optimised;
pub mod panel;
pub mod weights;
