//! The range that was published.

use super::publication::{Number, Setting, ends};
use super::{NO_FIGURE, Ruling};

/// The lowest and the highest figure published, with the ends of ranges. Bounds count as the number
/// said. Every Casualty Counts lists it among the ways to deal with sources that disagree.
#[must_use]
pub fn run(setting: &Setting<'_>) -> Ruling {
    let numbers: Vec<Number<'_>> = setting.numbers().collect();
    let Some([low, high]) = ends(&numbers) else { return Ruling::none(NO_FIGURE) };
    Ruling { low: Some(low), high: Some(high), ..Ruling::default() }
}
