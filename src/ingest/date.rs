//! ISO dates to the day, month or year. Other forms are refused, with the ISO form as the remedy
//! where it is plain which day is meant.

use crate::model::Date;

use super::unreadable::{Unreadable, quote};

const FORMS: &str = "write an ISO date, as in `2025-02-27`, `2025-02` or `2025`";

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads an ISO date: `2025-02-27`, `2025-02` or `2025`. White space around it is allowed.
///
/// # Errors
///
/// An empty text, a day that does not exist, and every other form, times included.
///
/// ```
/// use sayso::ingest::read_date;
/// assert_eq!(read_date("2025-02").unwrap().to_string(), "2025-02");
///
/// let wrong = read_date("27.02.2025").unwrap_err();
/// assert_eq!((wrong.at, wrong.remedy.as_str()), (2, "write `2025-02-27`"));
/// ```
pub fn read_date(text: &str) -> Result<Date, Unreadable> {
    if let Some(day) = plain_day(text.as_bytes()) {
        return Ok(day);
    }
    let date = text.trim();
    let start = text.len() - text.trim_start().len();
    if date.is_empty() {
        return Err(Unreadable::new(0, "no date", FORMS));
    }
    let fits = date.bytes().zip(*b"0000-00-00").take_while(|(b, form)| fits(*b, *form)).count();
    if fits == date.len() && matches!(fits, 4 | 7 | 10) {
        return iso(date).ok_or_else(|| no_such_day(date, start));
    }
    let what = format!("`{}` is not an ISO date", quote(date));
    let remedy = match meant(date) {
        Meant::One(day) => format!("write `{day}`"),
        Meant::Either(a, b) => format!("it may be `{a}` or `{b}`: write the one that is meant"),
        Meant::Unclear => FORMS.into(),
    };
    Err(Unreadable::new(start + fits, what, remedy))
}

/// A day as most are written, `2025-02-27` and nothing around it: the same, for a tenth of the time.
fn plain_day(text: &[u8]) -> Option<Date> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text else { return None };
    let number = |digits: &[u8]| {
        let digit =
            |value: Option<i16>, &byte: &u8| Some(10 * value? + i16::from(byte.is_ascii_digit().then(|| byte - b'0')?));
        digits.iter().fold(Some(0), digit)
    };
    let (year, month, day) = (number(&[a, b, c, d])?, number(&[e, f])?, number(&[g, h])?);
    if month == 0 || day == 0 { None } else { Date::new(year, month as i8, day as i8) }
}

fn fits(byte: u8, form: u8) -> bool {
    if form == b'0' { byte.is_ascii_digit() } else { byte == form }
}

/// The date that ISO fields give, if there is such a day.
fn iso(date: &str) -> Option<Date> {
    let mut fields = date.splitn(3, '-');
    let year = fields.next()?;
    // A zero that is written is not a field left out.
    let field = |text: Option<&str>| text.map_or(Some(0), |text| text.parse().ok().filter(|&n| n > 0));
    Date::new(year.parse().ok()?, field(fields.next())?, field(fields.next())?)
}

/// What is wrong with a date in the right form.
fn no_such_day(date: &str, start: usize) -> Unreadable {
    let (year, month, day) = (date.get(..4).unwrap_or(date), date.get(5..7), date.get(8..10));
    let is_year = iso(year).is_some();
    let (Some(month), true) = (month, is_year) else {
        return Unreadable::new(start, format!("there is no year {year}"), "write a year from 0001 to 9999");
    };
    let Some(whole) = iso(&format!("{year}-{month}")) else {
        let turned = day.and_then(|day| iso(&format!("{year}-{day}-{month}")));
        let remedy = turned.map_or("write a month from 01 to 12".into(), |date| format!("write `{date}`"));
        return Unreadable::new(start + 5, format!("there is no month {month}"), remedy);
    };
    let last = whole.last_day().day();
    let what = format!("{whole} has no day {}", day.unwrap_or(""));
    Unreadable::new(start + 8, what, format!("write a day from 01 to {last}, or `{whole}`"))
}

/// The day that another form means.
enum Meant {
    One(Date),
    Either(Date, Date),
    Unclear,
}

fn meant(date: &str) -> Meant {
    let one = |date: Option<Date>| date.map_or(Meant::Unclear, Meant::One);
    if let Some(day) = date.get(..10).and_then(iso)
        && date.get(10..).is_some_and(|time| time.starts_with(['T', 't', ' ']))
    {
        return Meant::One(day);
    }
    let fields = fields(date);
    if let Some(month) = fields.iter().find_map(|field| month(field)) {
        return one(with_month_name(&fields, month));
    }
    let join = |year: &str, month: &str, day: &str| iso(&format!("{year}-{month:0>2}-{day:0>2}"));
    match fields[..] {
        [year] if year.len() == 8 && year.is_ascii() => one(join(&year[..4], &year[4..6], &year[6..])),
        [year] if year.len() == 6 && year.is_ascii() => one(iso(&format!("{}-{}", &year[..4], &year[4..]))),
        [year, month] | [month, year] if year.len() == 4 => one(iso(&format!("{year}-{month:0>2}"))),
        [year, month, day] if year.len() == 4 => one(join(year, month, day)),
        [day, month, year] if year.len() == 4 => {
            let american = join(year, day, month).filter(|_| !date.contains('.'));
            match (join(year, month, day), american) {
                (Some(a), Some(b)) if a != b => Meant::Either(a, b),
                (a, b) => one(a.or(b)),
            }
        }
        _ => Meant::Unclear,
    }
}

/// "27 February 2025", "Feb 27th, 2025", "February 2025".
fn with_month_name(fields: &[&str], month: usize) -> Option<Date> {
    let numbers: Vec<_> = fields.iter().filter(|field| field.starts_with(|c: char| c.is_ascii_digit())).collect();
    let year = numbers.iter().find(|number| number.len() == 4)?;
    match numbers[..] {
        [_] => iso(&format!("{year}-{month:02}")),
        [a, b] => {
            let day = if a == *year { b } else { a };
            iso(&format!("{year}-{month:02}-{day:0>2}"))
        }
        _ => None,
    }
}

/// Which month a word names, in full or cut after three letters or more.
fn month(word: &str) -> Option<usize> {
    let name = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(&name));
    at.map(|at| at + 1)
}

/// Runs of digits and runs of letters. A long text has none worth looking at.
fn fields(date: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = if date.len() <= 40 { date } else { "" };
    while let Some(first) = rest.chars().next() {
        let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let (run, after) = rest.split_at(rest.find(|c| class(c) != class(first)).unwrap_or(rest.len()));
        if class(first) != (false, false) {
            found.push(run);
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn iso_dates_keep_their_precision() {
        for text in ["2025-02-27", "2025-02", "2025", "2024-02-29", "0987"] {
            assert_eq!(read_date(text).map(|date| date.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(read_date(" \t2025-02\n").map(|date| date.to_string()), Ok("2025-02".to_owned()));
    }

    #[test]
    fn other_forms_are_refused_with_the_day_they_mean() {
        for (text, at, remedy) in [
            ("27.02.2025", 2, "write `2025-02-27`"),
            ("3.2.2025", 1, "write `2025-02-03`"),
            ("2/27/2025", 1, "write `2025-02-27`"),
            ("27/2/2025", 2, "write `2025-02-27`"),
            ("2/3/2025", 1, "it may be `2025-03-02` or `2025-02-03`: write the one that is meant"),
            ("2/2/2025", 1, "write `2025-02-02`"),
            ("2025/02/27", 4, "write `2025-02-27`"),
            ("2025–02–27", 4, "write `2025-02-27`"),
            ("2025-2-7", 6, "write `2025-02-07`"),
            ("20250227", 4, "write `2025-02-27`"),
            ("202502", 4, "write `2025-02`"),
            ("02/2025", 2, "write `2025-02`"),
            (" 2025-02-27T10:00:00Z", 11, "write `2025-02-27`"),
            ("2025-02-27 10:00", 10, "write `2025-02-27`"),
            ("27 February 2025", 2, "write `2025-02-27`"),
            ("Feb. 27th, 2025", 0, "write `2025-02-27`"),
            ("February 2025", 0, "write `2025-02`"),
            ("27.02.25", 2, FORMS),
            ("27 Decades 2025", 2, FORMS),
            ("yesterday", 0, FORMS),
            ("32.13.2025", 2, FORMS),
            ("2025-", 5, FORMS),
            ("２０２５", 0, FORMS),
        ] {
            let wrong = read_date(text).unwrap_err();
            assert_eq!((wrong.at, wrong.remedy.as_str()), (at, remedy), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused_at_their_place() {
        for (text, at, message) in [
            ("2025-02-29", 8, "2025-02 has no day 29; write a day from 01 to 28, or `2025-02`"),
            ("2025-02-00", 8, "2025-02 has no day 00; write a day from 01 to 28, or `2025-02`"),
            ("2025-13", 5, "there is no month 13; write a month from 01 to 12"),
            ("2025-27-02", 5, "there is no month 27; write `2025-02-27`"),
            ("0000-01", 0, "there is no year 0000; write a year from 0001 to 9999"),
            ("", 0, "no date; write an ISO date, as in `2025-02-27`, `2025-02` or `2025`"),
        ] {
            let wrong = read_date(text).unwrap_err();
            assert_eq!((wrong.at, wrong.to_string().as_str()), (at, message), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_of_dates_panic(text in "\\PC{0,24}", date in "[0-9a-z/. :T-]{0,12}") {
            for text in [text, date] {
                if let Err(wrong) = read_date(&text) {
                    prop_assert!(text.is_char_boundary(wrong.at));
                }
            }
        }

        #[test]
        fn a_date_that_is_printed_is_read_again(year in 1_i16..10_000, month in 0_i8..13, day in 0_i8..32) {
            if let Some(date) = Date::new(year, month, day) {
                prop_assert_eq!(read_date(&date.to_string()), Ok(date));
            }
        }
    }
}
