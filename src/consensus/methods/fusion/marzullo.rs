//! The smallest interval on which most intervals agree.

use crate::consensus::methods::{Figures, Found, NO_FIGURE, each};

/// Runs the method. A figure without an interval is one without width, a floor or ceiling a half-line.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    each(figures, |sheet| {
        let intervals: Vec<[f64; 2]> = sheet.low.iter().zip(sheet.high).map(|(&low, &high)| [low, high]).collect();
        if intervals.iter().all(|[low, high]| low == high) {
            let why = "no figure is an interval or a bound";
            return Found::none(if sheet.is_empty() { NO_FIGURE } else { why });
        }
        let Some(agreed) = marzullo(&intervals) else { return Found::none(NO_FIGURE) };
        let n = intervals.len();
        Found::ends(agreed.low, agreed.high).with_note(format!("{} of {n} agree on it", agreed.count))
    })
}

/// Where most intervals overlap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreed {
    /// lower end
    pub low: f64,
    /// upper end
    pub high: f64,
    /// how many of the intervals hold it
    pub count: usize,
}

/// The interval held by the greatest number of closed intervals; of several the lowest: Marzullo
/// (1984), PhD thesis, Stanford; it is what Mills (1985), RFC 956, took up for clocks.
///
/// If the intervals of all but n − count are correct, it holds the truth. Ends that touch overlap.
/// Ends that are NaN, or low above high, make the interval count for nothing. `None` for n = 0.
/// Cost: n·ln n.
///
/// ```
/// use sayso::consensus::methods::fusion::marzullo::{Agreed, marzullo};
/// let agreed = marzullo(&[[8.0, 12.0], [11.0, 13.0], [10.0, 12.0]]);
/// assert_eq!(agreed, Some(Agreed { low: 11.0, high: 12.0, count: 3 }));
/// ```
#[must_use]
pub fn marzullo(intervals: &[[f64; 2]]) -> Option<Agreed> {
    let mut ends: Vec<(f64, bool)> = intervals
        .iter()
        .filter(|[low, high]| low <= high)
        .flat_map(|&[low, high]| [(low, false), (high, true)])
        .collect();
    // Starts come before ends at the same place, so that touching intervals overlap.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut open, mut best) = (0, None::<Agreed>);
    for (at, &(place, is_end)) in ends.iter().enumerate() {
        if is_end {
            open -= 1;
            continue;
        }
        open += 1;
        if best.is_none_or(|known| open > known.count) {
            let high = ends.get(at + 1).map_or(place, |next| next.0);
            best = Some(Agreed { low: place, high, count: open });
        }
    }
    best
}
