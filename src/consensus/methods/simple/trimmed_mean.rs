//! The mean without the outer figures.

use super::mean::mean;
use crate::consensus::methods::{Figures, Found, each_point};

/// Share of the figures cut off at each end: a fifth, Wilcox's (2012, section 3.3) usual choice.
pub const SHARE: f64 = 0.2;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each_point(figures, |sheet| trimmed_mean(sheet.z, SHARE))
}

/// Mean without the ⌊share·n⌋ smallest and as many of the largest values: Tukey and McLaughlin
/// (1963), Sankhya A 25:331. `share` from 0 to below one half; with n·share below 1 nothing is
/// cut. NaN for n = 0. Cost: n·ln n.
///
/// ```
/// use sayso::consensus::methods::simple::trimmed_mean::trimmed_mean;
/// assert_eq!(trimmed_mean(&[1.0, 2.0, 3.0, 4.0, 1000.0], 0.2), 3.0);
/// assert_eq!(trimmed_mean(&[1.0, 3.0], 0.2), 2.0);
/// ```
#[must_use]
pub fn trimmed_mean(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let cut = (share.clamp(0.0, 0.499) * values.len() as f64) as usize;
    mean(&sorted[cut..sorted.len() - cut])
}
