//! Numbers in digits and words: `12,000`, `1.2 million`, `four-thousand-100`, `half a million`.
//!
//! A number is a coefficient times multipliers, or a sum of such terms that fall in size
//! (`1 lakh 20 thousand`). The multipliers are kept apart, so that in `1.2-1.5 million` they can
//! be lent to the first number, and so that the value is rounded once.

use super::cursor::{Cursor, is_dash};
use super::digits::{Decimal, Numeral, numeral};
use super::unreadable::{Remark, Unreadable, quote};
use super::value::Number;
use super::words::{Multiplier, article, below_hundred, fraction, multiplier, parts, percent, spoken_multiplier, tied};

/// Reads a plain number cell such as `low`, `high`, `value` or `min`: digits with an optional
/// sign, separators and a power of ten.
///
/// What a single point or comma means is decided by the file's convention, without a word here;
/// [`read_number_with_remarks`] tells of it.
///
/// # Errors
///
/// Words, units, `NaN`, infinity, numbers out of the range of `f64`, wrong separators, and an
/// empty text, each with its place.
///
/// ```
/// use sayso::ingest::{Decimal, read_number};
/// assert_eq!(read_number("-1,200.5", Decimal::Point), Ok(-1200.5));
/// assert_eq!(read_number("1e-05", Decimal::Point), Ok(0.00001));
/// assert_eq!(read_number("1,2", Decimal::Comma), Ok(1.2));
/// assert_eq!(read_number("12 km", Decimal::Point).unwrap_err().at, 3);
/// ```
pub fn read_number(text: &str, decimal: Decimal) -> Result<f64, Unreadable> {
    read_number_with_remarks(text, decimal).map(|(value, _)| value)
}

/// Reads a plain number cell as [`read_number`] does, and says where it could be read otherwise.
///
/// # Errors
///
/// Those of [`read_number`].
///
/// ```
/// use sayso::ingest::{Decimal, read_number_with_remarks};
/// let (value, remarks) = read_number_with_remarks("1.200", Decimal::Comma)?;
/// assert_eq!(value, 1200.0);
/// assert_eq!(remarks[0].what, "`1.200` is read as 1200; write `1,2` if decimals are meant");
/// # Ok::<(), sayso::ingest::Unreadable>(())
/// ```
pub fn read_number_with_remarks(text: &str, decimal: Decimal) -> Result<(f64, Vec<Remark>), Unreadable> {
    Unreadable::if_too_long(text)?;
    let start = Cursor::new(text).space();
    let (negative, here) = sign(start);
    let Some((coefficient, remark, end)) = numeral(here, decimal)? else {
        return Err(Unreadable { remedy: in_digits(start, decimal), ..Unreadable::no_number(start, "") });
    };
    if !end.is_end() {
        return Err(Unreadable { remedy: in_digits(start, decimal), ..Unreadable::trailing(end) });
    }
    let read = Number { negative, ..Number::of(coefficient) }.checked(start)?;
    Ok((read.value(0), remark.into_iter().collect()))
}

/// The remedy for a cell that is no plain number, with the number if words give one.
fn in_digits(start: Cursor, decimal: Decimal) -> String {
    match number(start, decimal, true) {
        Ok(Some((number, end))) if end.is_end() => format!("write `{}`", number.value(0)),
        _ => "write a plain number, as in `1200` or `1e-5`, without unit".into(),
    }
}

/// How a term was written, as far as the next one depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Digits,
    Words,
    /// `a million`, or `million` alone
    Article,
}

struct Term {
    number: Number,
    form: Form,
    /// words tied by hyphens, as in `four-thousand-100`
    hyphens: bool,
}

/// Reads a number in digits or words. `None` if none begins here. Without `with_and`, an "and" is
/// left for the caller: "between one hundred and five hundred".
pub(super) fn number(
    start: Cursor<'_>,
    decimal: Decimal,
    with_and: bool,
) -> Result<Option<(Number, Cursor<'_>)>, Unreadable> {
    let start = start.space();
    let (negative, here) = sign(start);
    let Some((term, mut end)) = term(here, decimal, with_and)? else { return Ok(None) };
    let Term { mut number, hyphens, .. } = term;
    let mut room = number.room();
    while let (Some(limit), Some(sum)) = (room, number.whole()) {
        let Some((next, after)) = further_term(end, decimal, with_and, hyphens) else { break };
        let Some(sum) = next.whole().filter(|&whole| whole < limit).and_then(|whole| sum.checked_add(whole)) else {
            break;
        };
        room = next.room();
        let remarks = [number.remarks, next.remarks].concat();
        (number, end) = (Number { remarks, ..Number::of(Numeral::integer(sum)) }, after);
    }
    number.negative = negative;
    Ok(Some((number.checked(start)?, end)))
}

/// A sign that clings to digits, or the word "minus".
fn sign(start: Cursor<'_>) -> (bool, Cursor<'_>) {
    let is_number = |here: Cursor| {
        let digit = |here: Cursor| here.first().is_some_and(|c| c.is_ascii_digit());
        digit(here) || here.take(|c| matches!(c, '.' | ',')).is_some_and(digit)
    };
    let minus = start.take(is_dash).filter(|&here| is_number(here)).or(start.phrase("minus").map(Cursor::space));
    let plus = start.take(|c| c == '+').filter(|&here| is_number(here));
    (minus.is_some(), minus.or(plus).unwrap_or(start))
}

/// A smaller term after a thousand or more: `20 thousand` of `1 lakh 20 thousand`.
fn further_term(end: Cursor<'_>, decimal: Decimal, with_and: bool, hyphens: bool) -> Option<(Number, Cursor<'_>)> {
    let and = end.phrase("and").filter(|_| with_and).map(|next| (next.space(), false));
    let (next, hyphen) = and.unwrap_or_else(|| tied(end));
    let (found, after) = term(next, decimal, with_and).ok().flatten()?;
    let belongs = match found.form {
        _ if hyphen => hyphens && found.form != Form::Article,
        Form::Digits => found.number.has_multiplier(),
        Form::Words => true,
        Form::Article => false,
    };
    (belongs && !found.number.is_fraction).then_some((found.number, after))
}

/// A coefficient with its multipliers.
fn term(here: Cursor<'_>, decimal: Decimal, with_and: bool) -> Result<Option<(Term, Cursor<'_>)>, Unreadable> {
    if let Some((count, over, end)) = fraction(here) {
        let mut number = Number::parts(count.into(), over);
        // "half a million", "a quarter of a million", "half a per cent"
        let whole = end.phrase("of").and_then(article).or(article(end)).unwrap_or(end);
        let counts = spoken_multiplier(whole).is_some();
        number.is_fraction = !counts && percent(whole).is_none();
        let term = Term { number, form: Form::Words, hyphens: false };
        let end = if term.number.is_fraction { end } else { whole };
        return Ok(Some(if counts { multiplied(term, end, decimal, false) } else { (term, end) }));
    }
    let Some((mut term, mut end)) = coefficient(here, decimal)? else { return Ok(None) };
    if term.number.is_fraction {
        return Ok(Some((term, end)));
    }
    if let (Some(whole), Some((count, over, after))) = (term.number.whole(), and_fraction(end, with_and))
        && let Some(count) = whole.checked_mul(over.into()).and_then(|whole| whole.checked_add(count.into()))
    {
        term.number = Number { remarks: term.number.remarks, ..Number::parts(count, over) };
        end = after;
    }
    Ok(Some(multiplied(term, end, decimal, with_and)))
}

/// "and a half" after a whole number or after "a million".
fn and_fraction(end: Cursor<'_>, with_and: bool) -> Option<(u32, u32, Cursor<'_>)> {
    end.phrase("and").filter(|_| with_and).and_then(fraction)
}

/// Digits, words below a hundred, or "a" before a multiplier.
fn coefficient(here: Cursor<'_>, decimal: Decimal) -> Result<Option<(Term, Cursor<'_>)>, Unreadable> {
    let term = |number, form| Term { number, form, hyphens: false };
    if let Some((coefficient, remark, end)) = numeral(here, decimal)? {
        let mut number = Number::of(coefficient);
        number.remarks.extend(remark);
        let of = parts(tied(end).0).filter(|(of, _)| number.whole().is_some_and(|whole| whole < u128::from(*of)));
        if let Some((whole, (over, after))) = number.whole().zip(divisor(end)?.or(of)) {
            number = Number { is_fraction: true, ..Number::parts(whole, over) };
            return Ok(Some((term(number, Form::Digits), after)));
        }
        return Ok(Some((term(number, Form::Digits), end)));
    }
    if let Some((value, end)) = below_hundred(here) {
        // "one-point-two million", as it is spoken
        let point = tied(end).0.phrase("point").map(|next| tied(next).0).and_then(below_hundred);
        if let Some((tenths, end)) = point.filter(|(tenths, _)| *tenths < 10) {
            let number = Number::parts(u128::from(value) * 10 + u128::from(tenths), 10);
            return Ok(Some((term(number, Form::Words), end)));
        }
        return Ok(Some((term(Number::of(Numeral::integer(value.into())), Form::Words), end)));
    }
    let end = article(here).unwrap_or(here);
    let counts = spoken_multiplier(end).is_some();
    Ok(counts.then(|| (term(Number::of(Numeral::integer(1)), Form::Article), end)))
}

/// The `3` of `1/3`.
fn divisor(end: Cursor<'_>) -> Result<Option<(u32, Cursor<'_>)>, Unreadable> {
    let Some(here) = end.take(|c| c == '/') else { return Ok(None) };
    let rest = here.rest();
    let digits = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())).0;
    match digits.parse::<u32>() {
        Ok(0) => Err(Unreadable::new(here.at(), "a share with nothing as its whole", "write the number of parts")),
        Ok(over) => Ok(Some((over, here.skip(digits.len())))),
        Err(_) => Ok(None),
    }
}

/// Applies the multipliers that follow, each at least as large as the one before, and what is
/// counted between hundreds and thousands: "two hundred and fifty thousand".
fn multiplied(mut term: Term, mut end: Cursor<'_>, decimal: Decimal, with_and: bool) -> (Term, Cursor<'_>) {
    let mut last = 0;
    loop {
        let (next, hyphen) = tied(end);
        let Some((m, after)) = multiplier(next) else { break };
        let number = &mut term.number;
        let scale = if m.is_small() { &mut number.small } else { &mut number.big };
        let Some(scaled) = scale.times(m).filter(|_| m.value() >= last && (m.spoken || last == 0)) else { break };
        *scale = scaled;
        if m.is_doubtful() {
            let word = next.until(after);
            let large = if m.zeros == 6 { "million" } else { "billion" };
            let what = format!("`{}` is read as {large}; {}", quote(word), "if it is a unit, write it in `unit`");
            number.remarks.push(Remark { at: next.at(), what });
        }
        (last, end) = (m.value(), after);
        term.hyphens |= hyphen;
        if let Some((rest, after)) = remainder(end, m, decimal, term.hyphens, with_and)
            && let Some(sum) = term.number.whole().and_then(|whole| whole.checked_add(rest))
        {
            let remarks = std::mem::take(&mut term.number.remarks);
            (term.number, end) = (Number { remarks, ..Number::of(Numeral::integer(sum)) }, after);
        }
    }
    if last > 0
        && term.form == Form::Article
        && term.number.coefficient.whole() == Some(1)
        && let Some((count, over, after)) = and_fraction(end, with_and)
    {
        // "a million and a half"
        let Number { small, big, remarks, .. } = term.number;
        term.number = Number { small, big, remarks, ..Number::parts(u128::from(over + count), over) };
        end = after;
    }
    (term, end)
}

/// What follows a hundred or a score and is smaller: "and fifty".
fn remainder(
    end: Cursor<'_>,
    m: Multiplier,
    decimal: Decimal,
    hyphens: bool,
    with_and: bool,
) -> Option<(u128, Cursor<'_>)> {
    let and = end.phrase("and").filter(|_| with_and).map(|next| (next.space(), false));
    let (next, hyphen) = and.unwrap_or_else(|| tied(end));
    let digits = || numeral(next, decimal).ok().flatten().filter(|_| hyphen && hyphens);
    let words = || below_hundred(next).filter(|_| !hyphen || hyphens);
    let (rest, after) = match digits() {
        Some((coefficient, _, after)) => (coefficient.whole()?, after),
        None => words().map(|(rest, after)| (u128::from(rest), after))?,
    };
    let follows = tied(after).0;
    // "between one hundred and two hundred", "a hundred and two thirds"
    let begins_another = multiplier(follows).is_some_and(|(m, _)| m.is_small()) || parts(follows).is_some();
    let fits = m.is_small() && m.value() != 12 && rest > 0 && rest < m.value();
    (fits && !begins_another).then_some((rest, after))
}

#[cfg(test)]
mod tests;
