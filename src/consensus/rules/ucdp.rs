//! UCDP's low, best and high.

use super::publication::{Number, Setting, ends};
use super::{NO_FIGURE, Ruling};
use crate::model::Reliability;

/// Lowest and highest reliable figure, and as best that of the most reliable source; where no
/// source can be told to be more reliable, the lower figure (UCDP Georeferenced Event Dataset
/// codebook: `low`, `best`, `high`; UCDP definitions: estimates).
///
/// Reliability is the analyst's grade: A before B before C before no grade before D; E, and items
/// graded 5, are not reliable.
#[must_use]
pub fn run(setting: &Setting<'_>) -> Ruling {
    let all: Vec<Number<'_>> = setting.numbers().collect();
    let reliable: Vec<Number<'_>> =
        all.iter().copied().filter(|number| !setting.is_discredited(number.publication)).collect();
    let Some([low, high]) = ends(&reliable) else {
        return Ruling::none(if all.is_empty() { NO_FIGURE } else { "no figure is from a reliable source" });
    };
    let place = |number: &Number<'_>| match setting.grade(number.publication) {
        Some(Reliability::A) => 0,
        Some(Reliability::B) => 1,
        Some(Reliability::C) => 2,
        Some(Reliability::D | Reliability::E) => 4,
        Some(Reliability::F) | None => 3,
    };
    let first = reliable.iter().map(place).min().unwrap_or(3);
    let of_first: Vec<Number<'_>> = reliable.iter().copied().filter(|number| place(number) == first).collect();
    let best = ends(&of_first).map(|[low, _]| low);
    let ruling = Ruling { low: Some(low), best, high: Some(high), ..Ruling::default() };
    match (of_first.len() < reliable.len(), of_first.iter().all(|n| n.low == low && n.high == low)) {
        (true, _) => ruling.with_note("best: the most reliable source by grade"),
        (false, false) => ruling.with_note("best: no source is graded above the others, the lower figure"),
        (false, true) => ruling,
    }
}
