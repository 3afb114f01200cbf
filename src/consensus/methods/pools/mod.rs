//! Opinion pools: distributions that speakers stated, combined into one.

pub mod linear_pool;
pub mod log_pool;
pub mod median_of_quantiles;
pub mod opinion;
pub mod quantile_average;
