//! How many independent origins some origins are worth.

use super::settings::Settings;

/// η of each origin, and their sum.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Effective {
    /// what part of an independent origin each counts for, in (0, 1]
    pub eta: Vec<f64>,
    /// effective number of origins, Σ η
    pub number: f64,
}

/// ηₒ = 1/Σⱼ rₒⱼ, with rₒₒ = 1, rₒⱼ = ρ, and the larger of ρ and the tied correlation where o and
/// j are tied. `ties` has one number for each origin; `u32::MAX` is tied to nobody.
///
/// Without ties the effective number is n/(1 + (n − 1)ρ), the design effect of Kish (1965, eq.
/// 5.4.1). Of an origin and its tied twin each counts for less, and the others as before.
/// n = 0 gives 0, n = 1 gives 1. Cost: n·ln n.
///
/// ```
/// use sayso::consensus::{Settings, effective::effective};
/// let free = effective(&[u32::MAX; 5], &Settings::default());
/// assert!((free.number - 5.0 / (1.0 + 4.0 * 0.35)).abs() < 1e-12);
/// let tied = effective(&[7, 7, u32::MAX], &Settings::default());
/// assert!(tied.eta[0] < tied.eta[2] && tied.number < 3.0 / 1.7);
/// ```
#[must_use]
pub fn effective(ties: &[u32], settings: &Settings) -> Effective {
    let mut sorted = ties.to_vec();
    sorted.sort_unstable();
    let others = ties.len().saturating_sub(1) as f64;
    let tied = settings.rho.max(settings.rho_tied);
    let eta: Vec<f64> = ties
        .iter()
        .map(|&tie| {
            let twins = if tie == u32::MAX {
                0.0
            } else {
                (sorted.partition_point(|&t| t <= tie) - sorted.partition_point(|&t| t < tie) - 1) as f64
            };
            1.0 / (1.0 + twins * tied + (others - twins) * settings.rho)
        })
        .collect();
    Effective { number: eta.iter().sum(), eta }
}
