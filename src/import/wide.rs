//! A sheet with a row for each question and a column for each source.

use std::io;

use super::draft::{Draft, Row, party};
use crate::ingest::header::Known;
use crate::ingest::table::Table;
use crate::ingest::{Decimal, Problem, Problems, Severity, read_estimate};

const fn column(name: &'static str, required: bool, meaning: &'static str) -> Known {
    Known { name, required, meaning }
}

/// The columns that are about the question; every other column is a source.
pub const COLUMNS: &[Known] = &[
    column("question", true, "id of the question"),
    column("title", false, "what is counted, where, over which time"),
    column("unit", false, "unit of the row"),
    column("measure", false, "stock, flow or peak"),
    column("scale", false, "log, linear or asinh"),
    column("place", false, "place"),
    column("opened", false, "first date that the question covers"),
    column("closed", false, "date as of which a stock is sought"),
    column("group", false, "topic"),
    column("as_of", false, "date that the numbers of the row refer to"),
    column("published", false, "date on which they were published"),
];

const QUESTION: usize = 0;
const AS_OF: usize = 9;
const PUBLISHED: usize = 10;

/// Reads the sheet. A filled cell is a claim, with the estimate as the cell has it.
///
/// # Errors
/// Where the file cannot be read.
pub fn read(table: &mut Table, draft: &mut Draft, problems: &mut Problems) -> io::Result<()> {
    while table.advance(problems)? {
        let id = table.text(QUESTION);
        if id.is_empty() {
            table.report(problems, Severity::Error, (QUESTION, 0), "a row without a question", "give it a short id");
            continue;
        }
        let mut question = Row::new(table.place(QUESTION, 0));
        for (known, column) in COLUMNS.iter().enumerate().take(AS_OF) {
            question.set(column.name, table.text(known));
        }
        for known in [6, 7, AS_OF, PUBLISHED] {
            table.date(problems, known);
        }
        draft.question(question);
        for (at, (name, text)) in table.extra().enumerate() {
            if text.is_empty() {
                continue;
            }
            if name.is_empty() {
                let (what, remedy) = ("a number in a column without a name".to_owned(), "name the source".to_owned());
                problems.push(Problem { place: table.extra_place(at, 0), severity: Severity::Error, what, remedy });
                continue;
            }
            if let Err(error) = read_estimate(text, table.decimal()) {
                let place = table.extra_place(at, error.at);
                let (what, remedy) = (error.what, error.remedy);
                problems.push(Problem { place, severity: Severity::Error, what, remedy });
                continue;
            }
            draft.claim(
                Row::new(table.extra_place(at, 0))
                    .with("claim", format!("{id}: {}", party(name)))
                    .with("question", id)
                    .with("publisher", party(name))
                    .with("estimate", with_point(text, table.decimal()))
                    .with("as_of", table.text(AS_OF))
                    .with("published", table.text(PUBLISHED)),
            );
        }
    }
    Ok(())
}

/// An estimate as a file with decimal points has it: between digits, points and commas change places.
pub fn with_point(text: &str, decimal: Decimal) -> String {
    if decimal == Decimal::Point {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
    let swapped = characters.iter().enumerate().map(|(at, &c)| match c {
        '.' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => ',',
        ',' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => '.',
        c => c,
    });
    swapped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_commas_change_places_between_digits() {
        assert_eq!(with_point("etwa 1.234,5, 2", Decimal::Comma), "etwa 1,234.5, 2");
        assert_eq!(with_point("1,234.5", Decimal::Point), "1,234.5");
    }
}
