//! Numbers that are only hinted at: `dozens`, `several hundred`, `tens of thousands`.

use super::cursor::Cursor;
use super::phrase::{COUNTS, PLURALS};
use super::words::multiplier;

/// The range that a vague word stands for, and the place after it.
pub(super) fn vague(here: Cursor<'_>) -> Option<(f64, f64, Cursor<'_>)> {
    if let Some((&(_, low, below), end)) = here.longest(PLURALS, |row| row.0) {
        let (times, end) = times(end, false);
        return Some((low * times, below * times - 1.0, end));
    }
    let (&(phrase, low, high), end) = here.longest(COUNTS, |row| row.0)?;
    let (times, after) = times(end, true);
    let alone = after.at() == end.at();
    (phrase != "few" || !alone).then_some((low * times, high * times, after))
}

/// The product of the multipliers that follow: "of thousands", and "hundred thousand" if they may
/// follow without "of". Each is at least as large as the one before.
fn times(mut end: Cursor<'_>, without_of: bool) -> (f64, Cursor<'_>) {
    let (mut product, mut last) = (1.0, 0);
    loop {
        let next = end.phrase("of").or(Some(end).filter(|_| without_of));
        let found = next.and_then(multiplier).filter(|(m, _)| m.spoken && m.value() >= last);
        let Some((m, after)) = found else { return (product, end) };
        product *= f64::from(m.factor) * 10_f64.powi(m.zeros);
        (last, end) = (m.value(), after);
    }
}
