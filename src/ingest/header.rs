//! Which column of a file is which column of the format.

use super::problem::{Problem, Problems, Severity};
use super::rows::Rows;
use super::suggest::nearest;

/// A column that the format knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// its name
    pub name: &'static str,
    /// whether a file must have it
    pub required: bool,
    /// what it holds, for the templates and the documentation
    pub meaning: &'static str,
}

/// The columns of one file, matched to the format. Columns may be added as rows are read, since
/// JSON Lines names them row by row.
#[derive(Clone)]
pub struct Header {
    known: &'static [Known],
    /// position in the file of each known column
    at: Vec<Option<usize>>,
    /// positions in the file of the columns that the format does not know
    extra: Vec<usize>,
    matched: usize,
}

impl Header {
    /// A header with no column matched yet.
    #[must_use]
    pub fn new(known: &'static [Known]) -> Self {
        Header { known, at: vec![None; known.len()], extra: Vec::new(), matched: 0 }
    }

    /// The header of a file that names its columns before its rows; of another, one with no column matched yet.
    pub fn of(known: &'static [Known], rows: &impl Rows, problems: &mut Problems) -> Self {
        let mut header = Header::new(known);
        if !rows.columns().is_empty() {
            header.update(rows, problems);
            header.check(rows, problems);
        }
        header
    }

    /// Matches the columns that were added since the last call. A column that is a slip of the pen
    /// away from a known one that is missing gets a warning.
    pub fn update(&mut self, rows: &impl Rows, problems: &mut Problems) {
        let columns = rows.columns();
        if columns.len() == self.matched {
            return;
        }
        let found = |name: &str| self.known.iter().position(|known| name.eq_ignore_ascii_case(known.name));
        let (first, mut twice) = (self.matched, Vec::new());
        for (column, name) in columns.iter().enumerate().skip(first) {
            match found(name) {
                Some(known) if self.at[known].is_none() => self.at[known] = Some(column),
                Some(known) => {
                    let what = format!("column `{}` stands here twice", self.known[known].name);
                    let (place, remedy) = (rows.header_place(column), "keep one of them".to_owned());
                    twice.push(Problem { place, severity: Severity::Error, what, remedy });
                }
                None => self.extra.push(column),
            }
        }
        self.matched = columns.len();
        // The same name in the same letters is reported where the file is read.
        let is_other = |problem: &Problem| !problems.of(Severity::Error).any(|known| known.place == problem.place);
        twice.retain(is_other);
        for problem in twice {
            problems.push(problem);
        }
        for &column in self.extra.iter().filter(|&&column| column >= first) {
            let missing = self.known.iter().zip(&self.at).filter(|(_, at)| at.is_none()).map(|(known, _)| known.name);
            if let Some(meant) = nearest(&columns[column], missing) {
                let what =
                    format!("column `{}` is not part of the format and is only carried through", columns[column]);
                let remedy = format!("did you mean `{meant}`?");
                problems.push(Problem { place: rows.header_place(column), severity: Severity::Warning, what, remedy });
            }
        }
    }

    /// Reports the required columns that the file lacks; `true` if it has them all.
    pub fn check(&self, rows: &impl Rows, problems: &mut Problems) -> bool {
        let mut is_complete = true;
        for (known, _) in self.known.iter().zip(&self.at).filter(|(known, at)| known.required && at.is_none()) {
            is_complete = false;
            let others = self.extra.iter().map(|&column| rows.columns()[column].as_str());
            let remedy = if let Some(meant) = nearest(known.name, others) {
                format!("did you mean `{meant}` to be it?")
            } else {
                let names: Vec<_> = self.known.iter().filter(|k| k.required).map(|k| k.name).collect();
                format!("required are {}", names.join(", "))
            };
            let mut place = rows.header_place(0);
            place.column = 0;
            let what = format!("column `{}` is missing", known.name);
            problems.push(Problem { place, severity: Severity::Error, what, remedy });
        }
        is_complete
    }

    /// Position in the file of a known column, by its position in the format.
    #[must_use]
    pub fn position(&self, known: usize) -> Option<usize> {
        self.at[known]
    }

    /// Positions in the file of the columns that the format does not know.
    #[must_use]
    pub fn extra(&self) -> &[usize] {
        &self.extra
    }
}
