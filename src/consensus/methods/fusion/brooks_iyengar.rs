//! A point and an interval in spite of faulty sensors.

use crate::consensus::methods::{Figures, Found, NO_FIGURE, each};

/// Runs the method on the figures that state two ends, with as many faulty ones as can be borne:
/// ⌊(n − 1)/3⌋.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| {
        let pairs = sheet.low.iter().zip(sheet.high).map(|(&low, &high)| [low, high]);
        let intervals: Vec<[f64; 2]> =
            pairs.filter(|[low, high]| low < high && low.is_finite() && high.is_finite()).collect();
        if intervals.is_empty() {
            let why = "no figure is an interval with two ends";
            return Found::none(if sheet.is_empty() { NO_FIGURE } else { why });
        }
        let faulty = (intervals.len() - 1) / 3;
        let Some(fused) = brooks_iyengar(&intervals, faulty) else {
            return Found::none("the intervals overlap too little to bear so many faulty ones");
        };
        let mut found = Found::point(fused.point);
        found.ends = Some([fused.low, fused.high]);
        let (n, rest) = (intervals.len(), sheet.len() - intervals.len());
        let found = found.with_note(format!("holds if at most {faulty} of {n} intervals are wrong"));
        if rest > 0 { found.with_note(format!("{rest} of {} figures have no two ends", sheet.len())) } else { found }
    })
}

/// What the intervals come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fused {
    /// mean of the middles of the stretches held by enough intervals, weighted by how many hold them
    pub point: f64,
    /// lower end of the first such stretch
    pub low: f64,
    /// upper end of the last
    pub high: f64,
}

/// Brooks and Iyengar (1996), IEEE Computer 29:53: the stretches between neighbouring ends that at
/// least n − `faulty` intervals hold, their middles weighted by how many.
///
/// `None` if no stretch is held so, or for n = 0. Ends must be finite, low at most high. The length
/// of a stretch does not count. Cost: n·ln n.
///
/// ```
/// use sayso::consensus::methods::fusion::brooks_iyengar::brooks_iyengar;
/// let sensors = [[2.7, 6.7], [0.0, 3.2], [1.5, 4.5], [0.8, 2.8], [1.4, 4.6]];
/// let fused = brooks_iyengar(&sensors, 1).unwrap();
/// assert!((fused.point - 34.15 / 13.0).abs() < 1e-14);
/// assert_eq!((fused.low, fused.high), (1.5, 3.2));
/// ```
#[must_use]
pub fn brooks_iyengar(intervals: &[[f64; 2]], faulty: usize) -> Option<Fused> {
    let sorted = |side: usize| {
        let mut ends: Vec<f64> = intervals.iter().map(|ends| ends[side]).collect();
        ends.sort_by(f64::total_cmp);
        ends
    };
    let (lows, highs) = (sorted(0), sorted(1));
    let mut ends: Vec<f64> = intervals.iter().flatten().copied().collect();
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let enough = intervals.len().saturating_sub(faulty);
    let (mut sum, mut total) = (0.0, 0.0);
    let mut held: Option<[f64; 2]> = None;
    for pair in ends.windows(2) {
        // No end lies inside the stretch: begun by its start and not ended by it.
        let count = lows.partition_point(|low| *low <= pair[0]) - highs.partition_point(|high| *high <= pair[0]);
        if count >= enough && count > 0 {
            let weight = count as f64;
            sum += (0.5 * pair[0] + 0.5 * pair[1]) * weight;
            total += weight;
            held = Some([held.map_or(pair[0], |[low, _]| low), pair[1]]);
        }
    }
    held.map(|[low, high]| Fused { point: sum / total, low, high })
}
