//! What is said about a cell that was read with an assumption, or could not be read.

use super::cursor::Cursor;
use super::words::{below_hundred, multiplier};

/// Something that was assumed in reading a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// byte offset in the cell
    pub at: usize,
    /// what was assumed, and how to write what else may have been meant
    pub what: String,
}

/// A cell that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {remedy}")]
pub struct Unreadable {
    /// byte offset in the cell where reading stopped
    pub at: usize,
    /// what is wrong there
    pub what: String,
    /// what would be right
    pub remedy: String,
}

/// Longest cell that is read, in characters.
pub(super) const LONGEST: usize = 200;

const UNIT: &str = "write the unit in the `unit` column";
const ESTIMATE: &str = "write a number, as in `about 12,000`, or `unknown`";

/// Words that stand where a number should and give none: word, what is wrong, remedy.
const NO_NUMBER: &[(&str, &str, &str)] = &[
    ("many", "gives no number", ESTIMATE),
    ("most", "gives no number", "write `more than half of` and the question"),
    ("few", "gives no number", ESTIMATE),
    ("some", "gives no number", ESTIMATE),
    ("none", "may mean zero or no figure", "write `0` or `unknown`"),
    ("nil", "may mean zero or no figure", "write `0` or `unknown`"),
    ("nan", "is not a number", "write `unknown` where no number is given"),
    ("inf", "is not a number", "write `unknown`, or a bound such as `more than 1,000`"),
    ("infinity", "is not a number", "write `unknown`, or a bound such as `more than 1,000`"),
];

impl Unreadable {
    pub(super) fn new(at: usize, what: impl Into<String>, remedy: impl Into<String>) -> Unreadable {
        Unreadable { at, what: what.into(), remedy: remedy.into() }
    }

    /// A number was sought here and is not.
    pub(super) fn no_number(here: Cursor, after: &str) -> Unreadable {
        let here = here.space();
        if here.is_end() {
            let what = if after.is_empty() { "no number".into() } else { format!("no number after `{after}`") };
            return Unreadable::new(here.at(), what, ESTIMATE);
        }
        if let Some((word, ..)) = here.word() {
            if let Some((_, what, remedy)) = NO_NUMBER.iter().find(|row| word.eq_ignore_ascii_case(row.0)) {
                return Unreadable::new(here.at(), format!("`{}` {what}", quote(word)), *remedy);
            }
            return Unreadable::new(here.at(), format!("`{}` is not a number", quote(word)), ESTIMATE);
        }
        Unreadable::at_character(here, ESTIMATE)
    }

    /// The number is read, and something follows that does not belong to it.
    pub(super) fn trailing(here: Cursor) -> Unreadable {
        let here = here.space();
        let begins_number = here.first().is_some_and(|c| c.is_ascii_digit());
        if begins_number || multiplier(here).is_some() || below_hundred(here).is_some() {
            let len = here.rest().find(|c: char| !c.is_alphanumeric()).unwrap_or(here.rest().len());
            let what = format!("`{}` does not fit the number before it", quote(here.until(here.skip(len))));
            return Unreadable::new(here.at(), what, "write one number in digits, or a range as in `1,000 to 3,000`");
        }
        match here.word() {
            Some((word, _)) => {
                Unreadable::new(here.at(), format!("`{}` does not belong to the number", quote(word)), UNIT)
            }
            None => Unreadable::at_character(here, "leave it out, or move it to the `note` column"),
        }
    }

    fn at_character(here: Cursor, otherwise: &str) -> Unreadable {
        let Some(c) = here.first() else {
            return Unreadable::new(here.at(), "the text ends too early", otherwise);
        };
        let ascii = char::from_u32((c as u32).wrapping_sub(0xfee0)).filter(char::is_ascii_graphic);
        let (what, remedy) = match c {
            '$' | '¢'..='¥' | '\u{20a0}'..='\u{20cf}' => (" is a currency sign", UNIT.into()),
            '(' | ')' | '[' | ']' | '{' | '}' | '"' | '\'' | '`' | '“'..='„' | '‘'..='‚' | '«' | '»' => {
                (" does not belong to the number", "leave out brackets and quotation marks".into())
            }
            '±' => (" gives an interval", "write the interval in the `low` and `high` columns".into()),
            '/' => (" is not expected here", "write a share as in `1/3 of` and the question, or as `33%`".into()),
            _ if ascii.is_some() => (" is a full-width character", format!("write `{}`", ascii.unwrap_or(c))),
            _ if c.is_numeric() && !c.is_ascii() => {
                (" is not one of the digits 0 to 9", "write the number in these digits".into())
            }
            _ => (" is not expected here", otherwise.into()),
        };
        Unreadable::new(here.at(), format!("`{}`{what}", show(c)), remedy)
    }

    /// Refuses a text that is too long for any number.
    pub(super) fn if_too_long(text: &str) -> Result<(), Unreadable> {
        match text.char_indices().nth(LONGEST) {
            None => Ok(()),
            Some((at, _)) => {
                let what = format!("the text has more than {LONGEST} characters");
                Err(Unreadable::new(at, what, "keep the number and move the rest to the `note` column"))
            }
        }
    }
}

/// The beginning of a text, short enough for a message.
pub(super) fn quote(text: &str) -> String {
    let mut clipped: String = text.chars().take(40).map(show).collect();
    if text.chars().nth(40).is_some() {
        clipped.push('…');
    }
    clipped
}

/// A character as it can be seen: control and invisible ones are spelt out.
fn show(c: char) -> String {
    if matches!(c, '\'' | '"' | '\\') { c.into() } else { c.escape_debug().to_string() }
}
