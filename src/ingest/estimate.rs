//! The grammar of estimates: a number as it was said, with its bound.
//!
//! The phrases are data (`phrase.rs`); what each form is read as stands in the tests. Whatever
//! was assumed is remarked; whatever is left over is an error with its place.

use crate::model::{Bound, BoundClass, Estimate};

use super::cursor::{Cursor, is_dash};
use super::digits::Decimal;
use super::phrase::{BEFORE, COUNTS, PLURALS, UNKNOWN};
use super::said::{Figure, Quantity, Said, not_counted, said};
use super::unreadable::{Remark, Unreadable, quote};
use super::words::number_words as words_of_numbers;

/// What an estimate is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share<'a> {
    /// a number in the question's unit
    None,
    /// "50%", "half" with no whole named: the value is in per cent (50)
    Percent,
    /// "half of Q": the value is a share (0.5) of another question
    Of {
        /// the other question as it was written
        name: &'a str,
        /// byte offset of the name in the text
        at: usize,
    },
}

/// An estimate as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<'a> {
    /// how the number was bounded
    pub bound: Bound,
    /// lower end; −∞ for ceilings and unknown
    pub low: f64,
    /// upper end; +∞ for floors and unknown
    pub high: f64,
    /// one unit of the last digit that was said, of a range the finer: 1,000 for "12,000", 12 for
    /// "two dozen", 0.1 for a fraction in words. Zero for zero, vague words and unknown
    pub granularity: f64,
    /// whether the values are counts, per cent or shares of a question
    pub share: Share<'a>,
    /// what was assumed
    pub remarks: Vec<Remark>,
}

/// Reads an estimate: "about 12,000", "between 1,000 and 3,000", "dozens", "half of Q", "unknown".
///
/// Floors have an open upper end and ceilings an open lower end. A single number is both ends.
/// A range below a floor ("at least 200-300") counts from its lower end, with a remark. Cost: bounded,
/// as a text has at most 200 characters.
///
/// # Errors
///
/// An empty text, one with more than 200 characters, and anything that is no estimate: units and
/// currency signs, brackets, ranges that go down, wrong separators, contradicting bounds.
///
/// ```
/// use sayso::ingest::{Decimal, read_estimate};
/// use sayso::model::Bound;
/// let read = read_estimate("between 1.2 and 1.5 million", Decimal::Point)?;
/// assert_eq!((read.bound, read.low, read.high), (Bound::Range, 1_200_000.0, 1_500_000.0));
/// assert_eq!(read.granularity, 100_000.0);
///
/// let wrong = read_estimate("3000-1000", Decimal::Point).unwrap_err();
/// assert_eq!((wrong.at, wrong.remedy.as_str()), (5, "write `1000 to 3000`"));
/// # Ok::<(), sayso::ingest::Unreadable>(())
/// ```
pub fn read_estimate(text: &str, decimal: Decimal) -> Result<Reading<'_>, Unreadable> {
    if let Some(reading) = figure_alone(text) {
        return Ok(reading);
    }
    read_phrase(text, decimal)
}

/// The phrases before a number that most files repeat.
const FREQUENT: &[(&str, Bound)] = &[
    ("about", Bound::About),
    ("around", Bound::About),
    ("nearly", Bound::About),
    ("at least", Bound::AtLeast),
    ("more than", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("up to", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("less than", Bound::LessThan),
    ("fewer than", Bound::LessThan),
];

/// A whole number in digits, alone, behind a frequent phrase or as one of two ends, as most estimates are: the same as
/// the grammar reads, for a tenth of the time.
fn figure_alone(text: &str) -> Option<Reading<'static>> {
    let (before, digits) = match memchr::memrchr2(b' ', b'-', text.as_bytes()) {
        Some(at) => (&text[..=at], &text[at + 1..]),
        None => ("", text),
    };
    let (value, step) = whole(digits)?;
    let (bound, low, high, granularity) = if before.is_empty() {
        (Bound::Exact, value, value, step)
    } else if let Some(lower) = before.strip_suffix('-') {
        let (low, finer) = whole(lower).filter(|lower| lower.0 < value)?;
        (Bound::Range, low, value, step.min(finer))
    } else {
        let phrase = before.strip_suffix(' ')?;
        let bound = FREQUENT.iter().find(|row| row.0 == phrase)?.1;
        let Estimate { low, high, .. } = Estimate::single(bound, value, step);
        (bound, low, high, step)
    };
    Some(Reading { bound, low, high, granularity, share: Share::None, remarks: Vec::new() })
}

/// A whole number in up to 15 digits, of which the first is not zero, and one unit of its last digit that is not.
fn whole(text: &str) -> Option<(f64, f64)> {
    let digits = text.as_bytes();
    if !(1..=15).contains(&digits.len()) || digits[0] == b'0' || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0u64, |value, digit| 10 * value + u64::from(digit - b'0'));
    let zeros = digits.iter().rev().take_while(|digit| **digit == b'0').count();
    Some((value as f64, (0..zeros).fold(1u64, |unit, _| 10 * unit) as f64))
}

/// Reads an estimate by the grammar.
fn read_phrase(text: &str, decimal: Decimal) -> Result<Reading<'_>, Unreadable> {
    Unreadable::if_too_long(text)?;
    let start = Cursor::new(text).space();
    if let Some(remarks) = unknown(start) {
        let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        return Ok(Reading { bound: Bound::Unknown, low, high, granularity: 0.0, share: Share::None, remarks });
    }
    let (said, end) = said(start, decimal)?;
    let whole = end.phrase("of").map(Cursor::space).filter(|_| is_countable(&said.quantity));
    if let Some(name) = whole.filter(|name| name.is_end()) {
        return Err(Unreadable::new(name.at(), "no question after `of`", "write the question's id"));
    }
    if whole.is_none() && !end.is_end() {
        return Err(Unreadable::trailing(end));
    }
    let share = match whole {
        Some(name) => Share::Of { name: name.rest().trim_end(), at: name.at() },
        None => share_of_nothing(&said.quantity, end)?,
    };
    reading(said, share, start)
}

/// Reads the estimate that a text begins with, and says where it ends: "about 300 homes" gives the
/// reading of "about 300" and 9. Cost: bounded, as only the first 200 bytes are looked at.
///
/// # Errors
///
/// Where the text begins with no estimate; as [`read_estimate`] for what is wrong with one.
pub(crate) fn read_leading(text: &str) -> Result<(Reading<'_>, usize), Unreadable> {
    let start = Cursor::new(text.get(..text.floor_char_boundary(200)).unwrap_or(""));
    let (said, end) = said(start, Decimal::Point)?;
    let share = share_of_nothing(&said.quantity, end)?;
    Ok((reading(said, share, start)?, end.at()))
}

/// Words with which the phrases before a number begin.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    BEFORE.iter().filter_map(|row| row.0.split(' ').next()).chain(["between", "from", "a", "an", "the"])
}

/// Words that give a number, alone or with others: "twelve", "dozens", "several", "half".
pub(crate) fn number_words() -> impl Iterator<Item = &'static str> {
    let vague = PLURALS.iter().chain(COUNTS).filter_map(|row| row.0.split(' ').next()).filter(|&word| word != "a");
    vague.chain(words_of_numbers())
}

/// The remarks for a text that gives no number. `None` if it may give one.
fn unknown(start: Cursor) -> Option<Vec<Remark>> {
    if start.take(is_dash).is_some_and(Cursor::is_end) {
        return Some(vec![Remark { at: start.at(), what: "a dash alone is read as `unknown`".into() }]);
    }
    let (_, end) = start.longest(UNKNOWN, |phrase| phrase)?;
    end.is_end().then(Vec::new)
}

/// Whether "of" and a question may follow: "hundreds of" is not a share.
fn is_countable(quantity: &Quantity) -> bool {
    !matches!(quantity, Quantity::Vague { percent: false, .. })
}

/// The kind of a number with no question named: fractions in words are per cent.
fn share_of_nothing<'a>(quantity: &Quantity, end: Cursor) -> Result<Share<'a>, Unreadable> {
    let is_share = match quantity {
        Quantity::One(one) | Quantity::Two(one, _) => one.is_share(),
        Quantity::Vague { percent, .. } => *percent,
    };
    if let Quantity::One(one) | Quantity::Two(_, one) = quantity
        && one.number.is_fraction
        && one.written().contains('/')
    {
        let percent = one.number.value(2);
        let remedy = format!("write `{} of` and the question, or `{percent:.1}%`", one.written());
        return Err(Unreadable::new(end.space().at(), "a share of what is not said", remedy));
    }
    Ok(if is_share { Share::Percent } else { Share::None })
}

/// The ends of a quantity in the unit that its share asks for, with their granularity.
struct Ends {
    low: f64,
    high: f64,
    granularity: f64,
}

fn ends(quantity: &Quantity, share: Share) -> Ends {
    let of = matches!(share, Share::Of { .. });
    let shift = |figure: &Figure| match (figure.percent, figure.number.is_fraction) {
        (true, _) if of => -2,
        (_, true) if !of => 2,
        _ => 0,
    };
    let value = |figure: &Figure| figure.number.value(shift(figure));
    let granularity = |figure: &Figure| figure.number.granularity(shift(figure));
    match quantity {
        Quantity::One(one) => Ends { low: value(one), high: value(one), granularity: granularity(one) },
        Quantity::Two(a, b) => {
            // Zero has no last digit that was rounded, so the other end decides.
            // Zero is said to no step when the other end is.
            let told = [a, b].into_iter().filter(|figure| value(figure) != 0.0).map(granularity);
            let finer = told.filter(|&unit| unit > 0.0).fold(f64::INFINITY, f64::min);
            Ends { low: value(a), high: value(b), granularity: if finer.is_finite() { finer } else { 0.0 } }
        }
        Quantity::Vague { low, high, percent } => {
            let whole = if of && *percent { 100.0 } else { 1.0 };
            Ends { low: low / whole, high: high / whole, granularity: 0.0 }
        }
    }
}

fn reading<'a>(said: Said, share: Share<'a>, start: Cursor<'a>) -> Result<Reading<'a>, Unreadable> {
    let Ends { low, high, granularity } = ends(&said.quantity, share);
    let Said { bound, quantity, mut remarks, phrases } = said;
    let own = match &quantity {
        Quantity::One(one) => [one.number.remarks.clone(), Vec::new()],
        Quantity::Two(a, b) => [a.number.remarks.clone(), b.number.remarks.clone()],
        Quantity::Vague { .. } => [Vec::new(), Vec::new()],
    };
    remarks.extend(own.concat());
    if let (Share::Of { name, .. }, Quantity::One(last) | Quantity::Two(_, last)) = (share, &quantity) {
        remarks.extend(unusual_share(last, low, high, &quote(name))?);
    }
    let vague = matches!(quantity, Quantity::Vague { .. });
    let wide = vague || low < high;
    if wide && bound != Bound::Exact {
        remarks.push(beside_range(bound, vague, phrases, start, (low, high)));
    }
    let (bound, low, high) = match bound.class() {
        BoundClass::Floor => (bound, low, f64::INFINITY),
        BoundClass::Ceiling if vague || !wide => (bound, f64::NEG_INFINITY, high),
        _ if vague => (Bound::Vague, low, high),
        _ if wide => (Bound::Range, low, high),
        _ => (bound, low, high),
    };
    remarks.sort_by_key(|remark| remark.at);
    Ok(Reading { bound, low, high, granularity, share, remarks })
}

/// What a bound does to a range or a vague word.
fn beside_range(bound: Bound, vague: bool, phrases: &str, start: Cursor, (low, high): (f64, f64)) -> Remark {
    let written = start.rest().trim();
    match bound.class() {
        BoundClass::Floor => {
            let what = format!("`{}` is read as {} {low}, the lower end", quote(written), bound.name());
            Remark { at: start.at(), what }
        }
        BoundClass::Ceiling if vague => {
            let what = format!("`{}` is read as {} {high}, the upper end", quote(written), bound.name());
            Remark { at: start.at(), what }
        }
        _ => {
            let rest = written.get(phrases.len()..).unwrap_or(written).trim();
            not_counted(start.at(), if phrases.is_empty() { bound.name() } else { phrases }, rest)
        }
    }
}

/// A share below nothing is an error, and one above everything is remarked.
fn unusual_share(last: &Figure, low: f64, high: f64, question: &str) -> Result<Option<Remark>, Unreadable> {
    if low < 0.0 {
        return Err(Unreadable::new(last.start.at(), "a share below zero", "write a share between 0% and 100%"));
    }
    if high > 1.0 && !last.is_share() {
        let what = format!("{high} is more than the whole of `{question}`");
        let remedy = "write a share, as in `50% of`, or a number without `of`";
        return Err(Unreadable::new(last.end.space().at(), what, remedy));
    }
    let what = || format!("the share is more than the whole of `{question}`");
    Ok((high > 1.0).then(|| Remark { at: last.start.at(), what: what() }))
}

#[cfg(test)]
mod tests;
