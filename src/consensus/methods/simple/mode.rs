//! The number that most publications give: a vote.

use super::median::median;
use crate::consensus::methods::{Figures, Found, NO_FIGURE, each};

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| {
        let Some(vote) = mode(sheet.z) else { return Found::none(NO_FIGURE) };
        let found = Found::point(vote.value);
        let n = sheet.len();
        if vote.votes == 1 && n > 1 {
            found.with_note("no two publications give the same number: the one nearest to the median")
        } else {
            found.with_note(format!("{} of {n} publications give it", vote.votes))
        }
    })
}

/// The outcome of a vote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vote {
    /// the value with most votes
    pub value: f64,
    /// how many there are for it
    pub votes: usize,
}

/// Most frequent value; of several, the one nearest to the median, and then the lowest
/// (Condorcet 1785 for the vote). `None` for n = 0. Cost: n·ln n.
///
/// ```
/// use sayso::consensus::methods::simple::mode::{Vote, mode};
/// assert_eq!(mode(&[5.0, 9.0, 5.0, 9.0, 8.0]), Some(Vote { value: 9.0, votes: 2 }));
/// assert_eq!(mode(&[]), None);
/// ```
#[must_use]
pub fn mode(values: &[f64]) -> Option<Vote> {
    let middle = median(values);
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut best: Option<Vote> = None;
    for run in sorted.chunk_by(|a, b| a == b) {
        let vote = Vote { value: run[0], votes: run.len() };
        let is_nearer = |known: &Vote| is_nearer((vote.value - middle).abs(), (known.value - middle).abs());
        if best.is_none_or(|b| vote.votes > b.votes || (vote.votes == b.votes && is_nearer(&b))) {
            best = Some(vote);
        }
    }
    best
}

/// Whether a distance is the smaller of two by more than rounding.
#[must_use]
pub fn is_nearer(distance: f64, other: f64) -> bool {
    distance < other - 1e-9 * (distance + other)
}
