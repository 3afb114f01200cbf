//! Rows for an existing case: written after its last one, whatever stands there left as it is.

use std::collections::BTreeSet;

use crate::ingest::rows::Rows;
use crate::ingest::{Limits, Problems, delimited::Delimited};
use crate::report::table::{Cell, Layout};

/// Why rows could not be added.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// the table has no header that can be read
    #[error("the case's claims cannot be read; `sayso check` says why")]
    Unreadable,
    /// a column without which no claim is one
    #[error("the case's claims have no column `{0}`")]
    NoColumn(&'static str),
}

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// the file as it would be
    pub bytes: Vec<u8>,
    /// the new lines alone
    pub added: String,
    /// columns that the case does not have, with something to say
    pub without: Vec<&'static str>,
    /// rows left out, as the case has them: the same publisher, place and estimate
    pub known: usize,
}

/// Adds rows to the bytes of a delimited claims file: in its own columns and with its own delimiter.
/// Ids that the case has already get a number. Rows with the publisher, url, locator and estimate of a
/// row of the case are left out.
///
/// # Errors
/// Where the file has no readable header, or lacks a column that a claim must have.
pub fn append(file: &[u8], layout: &Layout, rows: &[Vec<Cell<'_>>]) -> Result<Appended, AppendError> {
    let mut problems = Problems::default();
    let read = Delimited::new(file, String::new(), Limits::default(), "", &mut problems);
    let mut table = read.map_err(|_| AppendError::Unreadable)?;
    let columns = table.columns().to_vec();
    if columns.is_empty() {
        return Err(AppendError::Unreadable);
    }
    let place = |name: &str| layout.columns.iter().position(|column| column.name == name);
    let folded: Vec<String> = columns.iter().map(|column| column.trim().to_lowercase()).collect();
    for required in ["question", "publisher", "estimate"] {
        if !folded.iter().any(|column| column == required) {
            return Err(AppendError::NoColumn(required));
        }
    }
    // What makes a row the same as another; nothing does where the case keeps no place of a claim.
    let same: Vec<usize> = (0..folded.len())
        .filter(|&at| ["publisher", "url", "locator", "estimate"].contains(&folded[at].as_str()))
        .collect();
    let placed = |at: usize| matches!(folded[at].as_str(), "url" | "locator");
    let mut there: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut ids = BTreeSet::new();
    let id_column = folded.iter().position(|column| column == "claim");
    while table.advance(&mut problems).map_err(|_| AppendError::Unreadable)? {
        if let Some(column) = id_column {
            ids.insert(table.cell(column).to_owned());
        }
        if same.iter().any(|&at| placed(at) && !table.cell(at).trim().is_empty()) {
            there.insert(same.iter().map(|&at| plain(table.cell(at))).collect());
        }
    }
    let delimiter = table.delimiter();
    let filled = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.text().is_empty()));
    let missing = layout
        .columns
        .iter()
        .enumerate()
        .filter(|(at, column)| !folded.iter().any(|name| name == column.name) && filled(*at));
    let without = missing.map(|(_, column)| column.name).collect();
    let mut added = String::new();
    let mut known = 0;
    for row in rows {
        let text = |at: usize| place(&folded[at]).and_then(|at| row.get(at)).map(|cell| cell.text().into_owned());
        if there.contains(&same.iter().map(|&at| plain(&text(at).unwrap_or_default())).collect::<Vec<_>>()) {
            known += 1;
            continue;
        }
        let cells = folded.iter().enumerate().map(|(at, name)| {
            let text = place(name).and_then(|at| row.get(at)).map(|cell| cell.text().into_owned()).unwrap_or_default();
            let text = if Some(at) == id_column { unused(&mut ids, text) } else { text };
            quoted(&text, delimiter)
        });
        let line = cells.collect::<Vec<_>>().join(char::from(delimiter).to_string().as_str());
        added.push_str(&line);
        added.push('\n');
    }
    let mut bytes = file.to_vec();
    if !added.is_empty() && !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(added.as_bytes());
    Ok(Appended { bytes, added, without, known })
}

/// A cell without what keeps a spreadsheet from reading it as a formula.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    cell.strip_prefix('\'').unwrap_or(cell).to_owned()
}

/// An id that the case does not have yet.
fn unused(ids: &mut BTreeSet<String>, wanted: String) -> String {
    let numbered = (2_u64..).map(|number| format!("{wanted}.{number}"));
    let id = std::iter::once(wanted.clone()).chain(numbered).find(|id| !ids.contains(id)).unwrap_or(wanted);
    ids.insert(id.clone());
    id
}

fn quoted(text: &str, delimiter: u8) -> String {
    let formula = text.starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err();
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    let special = [char::from(delimiter), '"', '\n', '\r'];
    if text.contains(special) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::SHEET;
    use super::*;

    fn row(question: &str) -> Vec<Cell<'static>> {
        let mut row = vec![Cell::Empty; SHEET.columns.len()];
        for (at, text) in [(0, "a-1"), (1, question), (2, "Oby Post"), (3, "1,200"), (6, "said")] {
            row[at] = Cell::from(text.to_owned());
        }
        row
    }

    #[test]
    fn rows_are_added_in_the_columns_of_the_case_and_others_stay() {
        let file = b"estimate;question;publisher;claim\r\n7;q;P;a-1";
        let added = append(file, &SHEET, &[row("q2"), row("x;y")]).unwrap();
        let expected =
            "estimate;question;publisher;claim\r\n7;q;P;a-1\n1,200;q2;Oby Post;a-1.2\n1,200;\"x;y\";Oby Post;a-1.3\n";
        assert_eq!(String::from_utf8(added.bytes).unwrap(), expected);
        assert_eq!(added.without, ["cue"]);
    }

    #[test]
    fn a_table_without_a_needed_column_is_refused() {
        let error = append(b"question,publisher\nq,P\n", &SHEET, &[row("q")]).unwrap_err();
        assert_eq!(error.to_string(), "the case's claims have no column `estimate`");
    }
}
