//! The tables of a case in the making.

use std::collections::BTreeSet;

use crate::ingest::header::Known;
use crate::ingest::{Place, claims, questions, sources};
use crate::report::{Cell, Layout, Table, write_csv};

/// A row: its cells by column, and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// place in the file that was read
    pub place: Place,
    cells: Vec<(String, String)>,
}

impl Row {
    /// A row without cells.
    #[must_use]
    pub fn new(place: Place) -> Row {
        Row { place, cells: Vec::new() }
    }

    /// Fills a cell; an empty text leaves it empty.
    #[must_use]
    pub fn with(mut self, column: &str, text: impl Into<String>) -> Row {
        self.set(column, text);
        self
    }

    /// Fills a cell, or empties it.
    pub fn set(&mut self, column: &str, text: impl Into<String>) {
        let text = text.into();
        self.cells.retain(|(name, _)| name != column);
        if !text.trim().is_empty() {
            self.cells.push((column.to_owned(), text));
        }
    }

    /// The text of a cell.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| name == column).map_or("", |(_, text)| text)
    }
}

/// The tables of a case in the making.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// rows of claims.csv
    pub claims: Vec<Row>,
    /// rows of sources.csv
    pub sources: Vec<Row>,
    /// rows of questions.csv
    pub questions: Vec<Row>,
    /// rows of resolutions.csv
    pub resolutions: Vec<Row>,
    /// name of the format, before the names of columns that are carried through
    format: &'static str,
    known_questions: BTreeSet<String>,
    known_sources: BTreeSet<String>,
    known_claims: BTreeSet<String>,
}

impl Draft {
    /// A draft without rows.
    #[must_use]
    pub fn new(format: &'static str) -> Draft {
        Draft {
            claims: Vec::new(),
            sources: Vec::new(),
            questions: Vec::new(),
            resolutions: Vec::new(),
            format,
            known_questions: BTreeSet::new(),
            known_sources: BTreeSet::new(),
            known_claims: BTreeSet::new(),
        }
    }

    /// Adds a question, unless one of its id is there.
    pub fn question(&mut self, row: Row) {
        if self.known_questions.insert(row.get("question").to_owned()) {
            self.questions.push(row);
        }
    }

    /// Adds a source, unless one of its id is there.
    pub fn source(&mut self, row: Row) {
        if self.known_sources.insert(row.get("source").to_owned()) {
            self.sources.push(row);
        }
    }

    /// Adds a claim. One whose id is taken gets a number behind it.
    pub fn claim(&mut self, mut row: Row) {
        let id = row.get("claim").to_owned();
        let mut unique = id.clone();
        let mut times = 1;
        while !unique.is_empty() && !self.known_claims.insert(unique.clone()) {
            times += 1;
            unique = format!("{id} ({times})");
        }
        row.set("claim", unique);
        self.claims.push(row);
    }

    /// Name of a column that the case only carries through.
    #[must_use]
    pub fn carried(&self, column: &str) -> String {
        format!("{}_{}", self.format, column.trim().replace(' ', "_"))
    }

    /// The files: names and bytes. With claims.csv come the lines that its rows start on.
    #[must_use]
    pub fn files(&self) -> (Vec<(&'static str, Vec<u8>)>, Vec<u64>) {
        let mut files = Vec::new();
        for (name, known, rows) in [
            ("questions.csv", questions::COLUMNS, &self.questions),
            ("sources.csv", sources::COLUMNS, &self.sources),
            ("resolutions.csv", questions::RESOLUTION_COLUMNS, &self.resolutions),
        ] {
            if !rows.is_empty() {
                files.push((name, written(known, rows).0));
            }
        }
        let (bytes, lines) = written(claims::COLUMNS, &self.claims);
        files.push(("claims.csv", bytes));
        (files, lines)
    }
}

const LAYOUT: Layout = Layout { name: "case", row: "a row of a case", columns: &[] };

/// A table with the columns that any row fills: those of the format in its order, and the others in
/// the order in which rows have them.
fn written(known: &[Known], rows: &[Row]) -> (Vec<u8>, Vec<u64>) {
    let is_filled = |name: &str| rows.iter().any(|row| !row.get(name).is_empty());
    let mut names: Vec<&str> =
        known.iter().filter(|column| column.required || is_filled(column.name)).map(|column| column.name).collect();
    for (name, _) in rows.iter().flat_map(|row| &row.cells) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let mut bytes = Vec::new();
    let mut lines = Vec::with_capacity(rows.len());
    let mut table = Table { layout: &LAYOUT, extra: names.clone(), rows: Vec::new() };
    // A table in memory cannot fail to be written.
    let _ = write_csv(&table, &mut bytes);
    let header = bytes.len();
    table.rows = rows.iter().map(|row| names.iter().map(|name| Cell::from(row.get(name))).collect()).collect();
    let mut line = 2;
    for row in std::mem::take(&mut table.rows) {
        lines.push(line);
        table.rows = vec![row];
        let mut one = Vec::new();
        let _ = write_csv(&table, &mut one);
        // The header comes with each; only the row is kept.
        let row = &one[header..];
        line += memchr::memchr_iter(b'\n', row).count() as u64;
        bytes.extend_from_slice(row);
    }
    (bytes, lines)
}

/// A name as a chain can hold it: one line, and none of the signs that part the chain.
#[must_use]
pub fn party(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace(" & ", " and ").replace('>', "›")
}

/// A chain of parties in levels, each side by side: `A & B > C`.
#[must_use]
pub fn chain(levels: &[Vec<String>]) -> String {
    let level = |names: &Vec<String>| names.iter().map(|name| party(name)).collect::<Vec<_>>().join(" & ");
    levels.iter().filter(|names| !names.is_empty()).map(level).collect::<Vec<_>>().join(" > ")
}

/// Names parted by semicolons, each once.
#[must_use]
pub fn listed(cell: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in cell.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&str, &str)]) -> Row {
        let place = Place { file: "x".to_owned(), line: 1, column: 1 };
        cells.iter().fold(Row::new(place), |row, (name, text)| row.with(name, *text))
    }

    #[test]
    fn columns_are_those_that_are_filled_and_lines_those_that_rows_start_on() {
        let mut draft = Draft::new("wide");
        draft.claim(row(&[("question", "q"), ("publisher", "A"), ("estimate", "5"), ("note", "two\nlines")]));
        draft.claim(row(&[("question", "q"), ("publisher", "B"), ("estimate", "6"), ("wide_x", "=1")]));
        let (files, lines) = draft.files();
        let text = String::from_utf8(files[0].1.clone()).unwrap();
        assert_eq!(text, "question,publisher,estimate,note,wide_x\nq,A,5,\"two\nlines\",\nq,B,6,,'=1\n");
        assert_eq!((files.len(), lines), (1, vec![2, 4]));
    }

    #[test]
    fn a_chain_keeps_its_levels_apart_from_the_signs_in_names() {
        let levels = [vec!["Smith & Sons".to_owned(), "B>C".to_owned()], vec![], vec!["D".to_owned()]];
        assert_eq!(chain(&levels), "Smith and Sons & B›C > D");
        assert_eq!(listed(" a; b ;;a"), ["a", "b"]);
    }

    #[test]
    fn claims_of_one_id_get_numbers() {
        let mut draft = Draft::new("wide");
        for _ in 0..3 {
            draft.claim(row(&[("claim", "a")]));
        }
        assert_eq!(draft.claims.iter().map(|row| row.get("claim")).collect::<Vec<_>>(), ["a", "a (2)", "a (3)"]);
    }
}
