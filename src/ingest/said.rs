//! One bounded quantity, as it was said: phrases, a number or a range, phrases.

use crate::model::{Bound, BoundClass};

use super::cursor::{Cursor, is_dash};
use super::digits::Decimal;
use super::number::number;
use super::phrase::{AFTER, BEFORE};
use super::unreadable::{Remark, Unreadable, quote};
use super::vague::vague;
use super::value::Number;
use super::words::percent;

/// A number with its place, and whether it is per cent.
#[derive(Debug, Clone)]
pub(super) struct Figure<'a> {
    pub start: Cursor<'a>,
    pub end: Cursor<'a>,
    pub number: Number,
    pub percent: bool,
}

impl<'a> Figure<'a> {
    /// The number as it was written.
    pub fn written(&self) -> &'a str {
        self.start.until(self.end)
    }

    /// Whether it is a part of something, not a count.
    pub fn is_share(&self) -> bool {
        self.percent || self.number.is_fraction
    }
}

/// What stands between the phrases.
#[derive(Debug, Clone)]
pub(super) enum Quantity<'a> {
    One(Figure<'a>),
    Two(Figure<'a>, Figure<'a>),
    Vague { low: f64, high: f64, percent: bool },
}

/// A quantity under the bound that its phrases give it.
#[derive(Debug, Clone)]
pub(super) struct Said<'a> {
    pub bound: Bound,
    pub quantity: Quantity<'a>,
    pub remarks: Vec<Remark>,
    /// the phrases before the number
    pub phrases: &'a str,
}

/// Reads one bounded quantity, or two bounds that make a range: "at least 1,000 and at most 3,000".
pub(super) fn said(start: Cursor<'_>, decimal: Decimal) -> Result<(Said<'_>, Cursor<'_>), Unreadable> {
    let (first, end) = one_sided(start, decimal)?;
    let Some(next) = conjunction(end) else { return Ok((first, end)) };
    if next.longest(BEFORE, |row| row.0).is_none() {
        return Ok((first, end));
    }
    let (second, end_of_both) = one_sided(next, decimal)?;
    let (Quantity::One(a), Quantity::One(b)) = (&first.quantity, &second.quantity) else { return Ok((first, end)) };
    let (low, high) = match (first.bound.class(), second.bound.class()) {
        (BoundClass::Floor, BoundClass::Ceiling) => (a, b),
        (BoundClass::Ceiling, BoundClass::Floor) => (b, a),
        _ => return Ok((first, end)),
    };
    let mut remarks = Vec::new();
    let quantity = range(low.clone(), high.clone(), b.start, &mut remarks)?;
    Ok((Said { bound: Bound::Exact, quantity, remarks, phrases: "" }, end_of_both))
}

/// Past "and", "but" or a comma.
fn conjunction(end: Cursor<'_>) -> Option<Cursor<'_>> {
    [", but", ", and", "and", "but", ","].iter().find_map(|word| end.phrase(word))
}

fn one_sided(start: Cursor<'_>, decimal: Decimal) -> Result<(Said<'_>, Cursor<'_>), Unreadable> {
    let (mut bound, here) = before(start)?;
    let mut remarks = Vec::new();
    let phrases = start.until(here);
    let (quantity, mut end) = quantity(here, phrases, decimal, &mut remarks)?;
    while let Some((after, inner, next)) = suffix(end, decimal) {
        bound = joined(bound, inner).ok_or_else(|| contradiction(end, after))?;
        end = next;
    }
    Ok((Said { bound, quantity, remarks, phrases }, end))
}

/// The phrases that stand before a number.
fn before(start: Cursor<'_>) -> Result<(Bound, Cursor<'_>), Unreadable> {
    let (mut bound, mut here) = (Bound::Exact, start);
    while let Some((&(phrase, inner), end)) = here.longest(BEFORE, |row| row.0) {
        bound = joined(bound, inner).ok_or_else(|| contradiction(here, phrase))?;
        here = end;
    }
    Ok((bound, here.space()))
}

/// A phrase after a number, unless it belongs to a number that follows ("and over 500").
fn suffix(end: Cursor<'_>, decimal: Decimal) -> Option<(&'static str, Bound, Cursor<'_>)> {
    let (&(phrase, bound), next) = end.longest(AFTER, |row| row.0)?;
    let goes_on = next.phrase("than").is_some() || matches!(number(next, decimal, true), Ok(Some(_)));
    (!goes_on).then_some((phrase, bound, next))
}

fn contradiction(at: Cursor, phrase: &str) -> Unreadable {
    let what = format!("`{phrase}` contradicts the other bound");
    Unreadable::new(at.space().at(), what, "keep one bound, or write a range")
}

/// One bound from two: the one that says more. `None` if one is a floor and the other a ceiling.
fn joined(outer: Bound, inner: Bound) -> Option<Bound> {
    match (outer.class(), inner.class()) {
        (BoundClass::Floor, BoundClass::Ceiling) | (BoundClass::Ceiling, BoundClass::Floor) => None,
        (_, BoundClass::Point) if inner == Bound::Exact || outer.class() != BoundClass::Point => Some(outer),
        (BoundClass::Point, _) => Some(inner),
        // "at least more than" is strict
        _ => Some(outer.max(inner)),
    }
}

fn quantity<'a>(
    here: Cursor<'a>,
    phrases: &str,
    decimal: Decimal,
    remarks: &mut Vec<Remark>,
) -> Result<(Quantity<'a>, Cursor<'a>), Unreadable> {
    if let Some(next) = here.phrase("between") {
        return between(next, decimal, remarks);
    }
    if let Some(next) = here.phrase("from") {
        let first = bounded_end(next, "from", BoundClass::Floor, decimal, true, remarks)?;
        return match joint(&first, false, remarks) {
            Some((word, next)) => to_second(first, word, next, decimal, remarks),
            None => Err(no_second(first.end)),
        };
    }
    if let Some((low, high, end)) = vague(here) {
        let sign = percent(end);
        return Ok((Quantity::Vague { low, high, percent: sign.is_some() }, sign.unwrap_or(end)));
    }
    let first = end(here, phrases, decimal, true)?;
    if suffix(first.end, decimal).is_none()
        && let Some((word, next)) = joint(&first, false, remarks)
    {
        return to_second(first, word, next, decimal, remarks);
    }
    let end = first.end;
    Ok((Quantity::One(first), end))
}

/// "between A and B": the "and" may also stand within A, as in "one hundred and fifty".
fn between<'a>(
    next: Cursor<'a>,
    decimal: Decimal,
    remarks: &mut Vec<Remark>,
) -> Result<(Quantity<'a>, Cursor<'a>), Unreadable> {
    for with_and in [true, false] {
        let mut own = Vec::new();
        let first = bounded_end(next, "between", BoundClass::Floor, decimal, with_and, &mut own)?;
        if let Some((word, next)) = joint(&first, true, &mut own) {
            remarks.append(&mut own);
            return to_second(first, word, next, decimal, remarks);
        }
        if !with_and {
            return Err(no_second(first.end));
        }
    }
    Err(no_second(next))
}

fn no_second(end: Cursor) -> Unreadable {
    let remedy = "write both ends, as in `1,000 to 3,000`, or a bound, as in `at least 1,000`";
    Unreadable::new(end.space().at(), "a range without its second number", remedy)
}

/// What may stand between the numbers of a range.
fn joint<'a>(first: &Figure<'a>, between: bool, remarks: &mut Vec<Remark>) -> Option<(&'static str, Cursor<'a>)> {
    let end = first.end;
    let words = ["up to", "to", "or", "and"];
    if let Some((word, next)) = words.iter().find_map(|word| Some((*word, end.phrase(word)?))) {
        if word == "or" && !between {
            let what = "two numbers with `or` are read as the ends of a range";
            remarks.push(Remark { at: end.space().at(), what: what.into() });
        }
        return (word != "and" || between).then_some((word, next));
    }
    let next = end.space().take(is_dash)?;
    let clings = next.space().at() == next.at() && end.space().at() > end.at();
    if clings && first.number.value(0) < 0.0 {
        let what = "a dash after a space is read as `to`; write the word where a minus sign is meant";
        remarks.push(Remark { at: end.space().at(), what: what.into() });
    }
    Some(("-", next))
}

fn to_second<'a>(
    first: Figure<'a>,
    word: &str,
    next: Cursor<'a>,
    decimal: Decimal,
    remarks: &mut Vec<Remark>,
) -> Result<(Quantity<'a>, Cursor<'a>), Unreadable> {
    let second = bounded_end(next, word, BoundClass::Ceiling, decimal, true, remarks)?;
    let (at, end) = (second.start, second.end);
    Ok((range(first, second, at, remarks)?, end))
}

/// A number of a range, with a bound of its own that adds nothing: "from about 1,000 to as many as 3,000".
fn bounded_end<'a>(
    start: Cursor<'a>,
    after: &str,
    also: BoundClass,
    decimal: Decimal,
    with_and: bool,
    remarks: &mut Vec<Remark>,
) -> Result<Figure<'a>, Unreadable> {
    let (bound, here) = before(start)?;
    let phrase = start.until(here);
    if bound.class() != BoundClass::Point && bound.class() != also {
        return Err(contradiction(start, phrase));
    }
    let found = end(here, if phrase.is_empty() { after } else { phrase }, decimal, with_and)?;
    if bound != Bound::Exact {
        remarks.push(not_counted(start.space().at(), phrase, found.written()));
    }
    Ok(found)
}

/// The remark that a phrase adds nothing to a range.
pub(super) fn not_counted(at: usize, phrase: &str, before: &str) -> Remark {
    Remark { at, what: format!("`{}` before `{}` adds nothing to a range", quote(phrase), quote(before)) }
}

fn end<'a>(here: Cursor<'a>, after: &str, decimal: Decimal, with_and: bool) -> Result<Figure<'a>, Unreadable> {
    let start = here.space();
    let Some((number, end)) = number(start, decimal, with_and)? else {
        return Err(Unreadable::no_number(start, after));
    };
    let sign = percent(end);
    Ok(Figure { start, end: sign.unwrap_or(end), number, percent: sign.is_some() })
}

/// Makes a range of two numbers: what is said after the second alone may count for both.
fn range<'a>(
    mut low: Figure<'a>,
    high: Figure<'a>,
    second: Cursor<'a>,
    remarks: &mut Vec<Remark>,
) -> Result<Quantity<'a>, Unreadable> {
    low.percent |= high.percent && !low.number.is_fraction;
    if low.is_share() != high.is_share() {
        let what = "one end of the range is a share and the other is not";
        return Err(Unreadable::new(second.at(), what, "write `%` after both numbers"));
    }
    let literal = low.number.value(0);
    let lent = low.number.borrow_multiplier(&high.number);
    if lent && low.number.is_whole() || !lent && !low.percent && low.number.borrow_thousands(&high.number) {
        let (from, to) = (low.number.value(0), high.number.value(0));
        let what = format!("read as {from} to {to}; write `{literal} to {to}` if `{}` is meant so", low.written());
        remarks.push(Remark { at: low.start.at(), what });
    }
    let share = |figure: &Figure| figure.number.value(if figure.percent { -2 } else { 0 });
    if share(&low) > share(&high) {
        let what = format!("the range goes down from `{}` to `{}`", quote(low.written()), quote(high.written()));
        let turned = format!("write `{} to {}`", quote(high.written()), quote(low.written()));
        let lacks = low.number.has_multiplier() && !high.number.has_multiplier();
        let turned = if lacks { format!("{turned}, or the multiplier after both numbers") } else { turned };
        return Err(Unreadable::new(second.at(), what, turned));
    }
    Ok(Quantity::Two(low, high))
}
