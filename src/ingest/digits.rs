//! Numbers in digits: `12,000`, `1.5`, `12,34,567`, `1'200`, `1e-9`.
//!
//! The file's convention decides what a point and a comma mean. Where a number could also be read
//! by the other convention, a remark says which reading was taken.

use super::cursor::Cursor;
use super::unreadable::{Remark, Unreadable, quote};

/// Which sign separates decimals in this file: a `;`-delimited file uses the comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `1.5`, and `1,200` is twelve hundred
    Point,
    /// `1,5`, and `1.200` is twelve hundred
    Comma,
}

impl Decimal {
    fn sign(self) -> char {
        if self == Decimal::Point { '.' } else { ',' }
    }
}

/// A number without sign, exactly as its digits say it: `digits` × 10^`power`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numeral {
    digits: String,
    power: i32,
    /// power of ten of the last digit that was said; zeros that end an integer count as rounding
    unit: i32,
    /// how many marks separated thousands
    pub marks: usize,
}

/// Powers of ten beyond this are out of any number's reach; the cap keeps sums of them small.
const FAR: i32 = 100_000;

impl Numeral {
    pub fn integer(value: u128) -> Numeral {
        Numeral::parse(value.to_string(), 0, false, 0)
    }

    fn parse(digits: String, power: i32, decimals: bool, marks: usize) -> Numeral {
        let written = digits.trim_end_matches('0').len();
        let zeros = if written == 0 { 0 } else { digits.len() - written };
        let rounded = if decimals { 0 } else { i32::try_from(zeros).unwrap_or(0) };
        Numeral { digits, power, unit: power + rounded, marks }
    }

    /// The value times ten to the power `shift`, rounded once.
    pub fn value(&self, shift: i32) -> f64 {
        format!("{}e{}", self.digits, self.power + shift).parse().unwrap_or(f64::NAN)
    }

    /// One unit of the last digit that was said, times ten to the power `shift`.
    pub fn granularity(&self, shift: i32) -> f64 {
        power_of_ten(self.unit + shift)
    }

    /// Three for each group of zeros that ends a number in groups: 3 for `40,000`.
    pub fn zeros_in_groups(&self) -> usize {
        let zeros = usize::try_from(self.unit).unwrap_or(0);
        (zeros / 3).min(self.marks) * 3
    }

    pub fn is_zero(&self) -> bool {
        self.digits.bytes().all(|b| b == b'0')
    }

    /// The value if it is a whole number that is not too large to add to.
    pub fn whole(&self) -> Option<u128> {
        let power = u32::try_from(self.power).ok()?;
        self.digits.parse::<u128>().ok()?.checked_mul(10_u128.checked_pow(power)?)
    }
}

/// Ten to the power `n`: 0 and infinity beyond the reach of numbers.
pub(super) fn power_of_ten(n: i32) -> f64 {
    format!("1e{n}").parse().unwrap_or(f64::NAN)
}

/// Digits in a row, and the mark that stands before them.
struct Run<'a> {
    mark: Option<char>,
    at: usize,
    digits: &'a str,
}

/// Reads a number in digits. `None` if none begins here.
pub(super) fn numeral(
    here: Cursor<'_>,
    decimal: Decimal,
) -> Result<Option<(Numeral, Option<Remark>, Cursor<'_>)>, Unreadable> {
    let (runs, mut end) = runs(here);
    if runs.is_empty() {
        return Ok(None);
    }
    let written = here.until(end);
    let (decimals, other) = layout(&runs, written, decimal)?;
    let exponent = match exponent(end) {
        Some((exponent, after)) => {
            end = after;
            exponent
        }
        None => 0,
    };
    let digits: String = runs.iter().map(|run| run.digits).collect();
    let after_sign = if decimals { runs.last().map_or(0, |run| run.digits.len()) } else { 0 };
    let marks = runs.len() - 1 - usize::from(decimals);
    let power = exponent - i32::try_from(after_sign).unwrap_or(FAR);
    let numeral = Numeral::parse(digits, power, decimals, marks);
    let remark = other
        .filter(|_| exponent == 0)
        .map(|other| Remark { at: here.at(), what: format!("`{written}` is read as {}; {other}", numeral.value(0)) });
    Ok(Some((numeral, remark, end)))
}

/// The digits from here on with the marks between them. A decimal sign may come first.
fn runs(start: Cursor<'_>) -> (Vec<Run<'_>>, Cursor<'_>) {
    let whole = digits(start);
    let mut found = vec![Run { mark: None, at: start.at(), digits: whole }];
    let mut end = start.skip(whole.len());
    while let (Some(mark), Some(next)) = (end.first().and_then(mark), end.take(|_| true)) {
        let digits = digits(next);
        let apart = mark == ' ' && !(digits.len() == 3 && is_spaced(&found));
        let leading = found.len() == 1 && whole.is_empty() && !matches!(mark, '.' | ',');
        if digits.is_empty() || apart || leading {
            break;
        }
        found.push(Run { mark: Some(mark), at: end.at(), digits });
        end = next.skip(digits.len());
    }
    if found.len() == 1 && whole.is_empty() {
        found.clear();
    }
    (found, end)
}

/// The digits that stand right here.
fn digits(here: Cursor<'_>) -> &str {
    let rest = here.rest();
    rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())).0
}

/// Whether a space may be the next mark: two numbers side by side are no number.
fn is_spaced(found: &[Run]) -> bool {
    found.iter().skip(1).all(|run| run.mark == Some(' ')) && found.first().is_some_and(|run| run.digits.len() <= 3)
}

/// Signs that may stand between digits, with their variants made one.
fn mark(c: char) -> Option<char> {
    match c {
        '.' | ',' => Some(c),
        '\'' | '’' => Some('\''),
        ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => Some(' '),
        _ => None,
    }
}

/// Whether the last run is decimals, and what else the number could mean.
fn layout(runs: &[Run], written: &str, decimal: Decimal) -> Result<(bool, Option<String>), Unreadable> {
    let [whole, .., last] = runs else { return Ok((false, None)) };
    let (sign, count) = (last.mark, runs.iter().filter(|run| run.mark == last.mark).count());
    let is_decimal_sign = sign == Some(decimal.sign());
    if count > 1 || !matches!(sign, Some('.' | ',')) {
        groups(runs, written)?;
        return Ok((false, None));
    }
    if runs.len() > 2 {
        // Two kinds of signs: the last can only be the decimal one.
        groups(&runs[..runs.len() - 1], written)?;
        let convention = || format!("in this file `{}` separates decimals", decimal.sign());
        return Ok((true, (!is_decimal_sign).then(convention)));
    }
    let thousands = last.digits.len() == 3 && groups(runs, written).is_ok();
    match (is_decimal_sign, thousands) {
        (true, true) => Ok((true, Some(format!("write `{}{}` if thousands are meant", whole.digits, last.digits)))),
        (true, false) => Ok((true, None)),
        (false, true) if decimal == Decimal::Point => Ok((false, None)),
        (false, true) => {
            let decimals = last.digits.trim_end_matches('0');
            let plain = if decimals.is_empty() { "0" } else { decimals };
            Ok((false, Some(format!("write `{},{plain}` if decimals are meant", whole.digits))))
        }
        (false, false) => Err(misplaced(whole, last, written, decimal)),
    }
}

/// A sign that is neither the file's decimal sign nor before three digits.
fn misplaced(whole: &Run, last: &Run, written: &str, decimal: Decimal) -> Unreadable {
    let what = format!("`{}` has neither thousands nor this file's decimal sign", quote(written));
    let zero = if whole.digits.is_empty() { "0" } else { whole.digits };
    let decimals = format!("`{zero}{}{}`", decimal.sign(), last.digits);
    let grouped = matches!(whole.digits.len(), 1..=3) && !whole.digits.starts_with('0') && last.digits.len() < 3;
    let remedy = match last.mark {
        Some(mark) if grouped => format!("write {decimals} or `{}{mark}{:0<3}`", whole.digits, last.digits),
        _ => format!("write {decimals}"),
    };
    Unreadable::new(last.at, what, remedy)
}

/// Checks groups of three, or the Indian ones: 12,34,567.
fn groups(runs: &[Run], written: &str) -> Result<(), Unreadable> {
    let [whole, rest @ ..] = runs else { return Ok(()) };
    let Some((last, middle)) = rest.split_last() else { return Ok(()) };
    let wrong = |at| {
        let digits: String = runs.iter().map(|run| run.digits).collect();
        let what = format!("`{}` is not grouped in thousands", quote(written));
        Err(Unreadable::new(at, what, format!("write `{}` without marks", quote(&digits))))
    };
    if let Some(run) = rest.iter().find(|run| run.mark != last.mark) {
        return wrong(run.at.max(last.at));
    }
    let size = if last.mark == Some(',') && middle.first().is_some_and(|run| run.digits.len() == 2) { 2 } else { 3 };
    if whole.digits.is_empty() || whole.digits.len() > size || whole.digits.starts_with('0') {
        return wrong(rest[0].at);
    }
    match middle.iter().find(|run| run.digits.len() != size).or(Some(last).filter(|run| run.digits.len() != 3)) {
        Some(run) => wrong(run.at),
        None => Ok(()),
    }
}

/// `e5`, `E-9`: a power of ten, if no letter or digit clings to it.
fn exponent(here: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let e = here.take(|c| matches!(c, 'e' | 'E'))?;
    let minus = e.take(|c| matches!(c, '-' | '\u{2212}'));
    let first = minus.or(e.take(|c| c == '+')).unwrap_or(e);
    let digits = digits(first);
    let end = first.skip(digits.len());
    let clings = end.first().is_some_and(|c| c.is_alphanumeric() || c == '_');
    if digits.is_empty() || clings {
        return None;
    }
    let size = digits.parse::<i32>().map_or(FAR, |size| size.min(FAR));
    Some((if minus.is_some() { -size } else { size }, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::read_number_with_remarks;

    fn assert_plain(decimal: Decimal, rows: &[(&str, f64)]) {
        for &(text, expected) in rows {
            assert_eq!(read_number_with_remarks(text, decimal), Ok((expected, vec![])), "{text}");
        }
    }

    #[test]
    fn the_files_own_signs_are_read_without_a_word() {
        assert_plain(
            Decimal::Point,
            &[
                ("12,000", 12e3),
                ("1,200.5", 1200.5),
                ("0.331", 0.331),
                (".5", 0.5),
                ("1.5", 1.5),
                ("2.5e-06", 2.5e-6),
                ("1E+17", 1e17),
                ("1.2e4", 12e3),
                ("007", 7.0),
            ],
        );
        assert_plain(Decimal::Comma, &[("1,5", 1.5), ("1.200,5", 1200.5), (",5", 0.5), ("2,5e-06", 2.5e-6)]);
    }

    #[test]
    fn repeated_marks_spaces_and_apostrophes_separate_thousands() {
        for decimal in [Decimal::Point, Decimal::Comma] {
            let twelve_million = "12,000,000 12.000.000 12'000'000 12’000’000 12\u{a0}000\u{a0}000 12\u{202f}000\u{202f}000 \
                                  12\u{2009}000\u{2009}000";
            for text in twelve_million.split(' ').chain(["12 000 000"]) {
                assert_plain(decimal, &[(text, 12e6)]);
            }
            assert_plain(
                decimal,
                &[("12,34,567", 1_234_567.0), ("1,20,000", 120e3), ("1'200", 1200.0), ("1 200", 1200.0)],
            );
        }
        assert_plain(Decimal::Point, &[("1 200.5", 1200.5), ("12,34,567.5", 1_234_567.5)]);
    }

    #[test]
    fn a_mark_that_could_be_either_is_read_by_the_convention_with_a_remark() {
        use Decimal::{Comma, Point};
        for (text, decimal, value, what) in [
            ("1.200", Point, 1.2, "`1.200` is read as 1.2; write `1200` if thousands are meant"),
            ("1.200", Comma, 1200.0, "`1.200` is read as 1200; write `1,2` if decimals are meant"),
            ("1.000", Comma, 1000.0, "`1.000` is read as 1000; write `1,0` if decimals are meant"),
            ("1,200", Comma, 1.2, "`1,200` is read as 1.2; write `1200` if thousands are meant"),
            ("1.200,5", Point, 1200.5, "`1.200,5` is read as 1200.5; in this file `.` separates decimals"),
            ("1 200,5", Point, 1200.5, "`1 200,5` is read as 1200.5; in this file `.` separates decimals"),
        ] {
            let remark = Remark { at: 0, what: what.into() };
            assert_eq!(read_number_with_remarks(text, decimal), Ok((value, vec![remark])), "{text}");
        }
    }

    #[test]
    fn misplaced_marks_are_refused_at_the_mark() {
        use Decimal::{Comma, Point};
        let sign = "has neither thousands nor this file's decimal sign";
        for (text, decimal, at, message) in [
            ("1,2", Point, 1, format!("`1,2` {sign}; write `1.2` or `1,200`")),
            ("-1,23", Point, 2, format!("`1,23` {sign}; write `1.23` or `1,230`")),
            ("0,5", Point, 1, format!("`0,5` {sign}; write `0.5`")),
            ("0,500", Point, 1, format!("`0,500` {sign}; write `0.500`")),
            (",5", Point, 0, format!("`,5` {sign}; write `0.5`")),
            ("1234,5678", Point, 4, format!("`1234,5678` {sign}; write `1234.5678`")),
            ("1.5", Comma, 1, format!("`1.5` {sign}; write `1,5` or `1.500`")),
            ("1,20,0", Point, 4, "`1,20,0` is not grouped in thousands; write `1200` without marks".into()),
            ("1,2000,000", Point, 1, "`1,2000,000` is not grouped in thousands; write `12000000` without marks".into()),
            (
                "1000,000,000",
                Point,
                4,
                "`1000,000,000` is not grouped in thousands; write `1000000000` without marks".into(),
            ),
            ("1,200'300", Point, 5, "`1,200'300` is not grouped in thousands; write `1200300` without marks".into()),
            ("27.02.2025", Point, 2, "`27.02.2025` is not grouped in thousands; write `27022025` without marks".into()),
        ] {
            let wrong = read_number_with_remarks(text, decimal).unwrap_err();
            assert_eq!((wrong.at, wrong.to_string()), (at, message), "{text}");
        }
    }
}
