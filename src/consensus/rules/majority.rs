//! The figure that most sources give.

use super::publication::{Number, Setting};
use super::{NO_FIGURE, Ruling};

/// The figure that most publishers give, each counted once for a figure; a range is a figure of its
/// own. The rule does not say what to do where two are given equally often, and so nothing is done.
#[must_use]
pub fn run(setting: &Setting<'_>) -> Ruling {
    let mut numbers: Vec<Number<'_>> = setting.numbers().collect();
    if numbers.is_empty() {
        return Ruling::none(NO_FIGURE);
    }
    numbers.sort_by(|a, b| a.low.total_cmp(&b.low).then(a.high.total_cmp(&b.high)));
    let same = |a: &Number<'_>, b: &Number<'_>| a.low == b.low && a.high == b.high;
    let counted: Vec<(usize, Number<'_>)> =
        numbers.chunk_by(same).map(|alike| (Setting::publishers(alike), alike[0])).collect();
    let most = counted.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let mut first = counted.iter().filter(|(count, _)| *count == most);
    let (Some((_, figure)), None) = (first.next(), first.next()) else {
        return Ruling::none("no figure is given by more sources than every other");
    };
    let all = Setting::publishers(&numbers);
    let ruling = if figure.low == figure.high {
        Ruling::best(figure.low)
    } else {
        Ruling { low: Some(figure.low), high: Some(figure.high), ..Ruling::default() }
    };
    ruling.with_note(format!("{most} of {all} sources give it"))
}
