//! Interval fusion: sensors that each state an interval, some of them faulty.

pub mod brooks_iyengar;
pub mod marzullo;
