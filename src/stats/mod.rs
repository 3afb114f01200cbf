//! Numerical tools that know nothing of claims: special functions, meshes, quantiles.

pub mod elementary;
pub mod mesh;
pub mod quantile;
pub mod single;
pub mod smooth;
pub mod special;
pub(crate) mod vectored;
