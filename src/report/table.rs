//! Tables: the columns of every report, which are a contract, and the cells of a row.

use std::borrow::Cow;

use crate::model::Date;

/// What the cells of a column are, where they are not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// text; dates too, since they may be months or years
    Text,
    /// numbers
    Number,
    /// counts
    Count,
    /// yes or no
    Flag,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Number => "number",
            Kind::Count => "count",
            Kind::Flag => "yes or no",
        }
    }
}

/// A column of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// its name in the header
    pub name: &'static str,
    /// what its cells are
    pub kind: Kind,
    /// what it holds
    pub meaning: &'static str,
}

impl Column {
    /// A column of texts.
    #[must_use]
    pub const fn text(name: &'static str, meaning: &'static str) -> Column {
        Column { name, kind: Kind::Text, meaning }
    }

    /// A column of numbers.
    #[must_use]
    pub const fn number(name: &'static str, meaning: &'static str) -> Column {
        Column { name, kind: Kind::Number, meaning }
    }

    /// A column of counts.
    #[must_use]
    pub const fn count(name: &'static str, meaning: &'static str) -> Column {
        Column { name, kind: Kind::Count, meaning }
    }

    /// A column of yes and no.
    #[must_use]
    pub const fn flag(name: &'static str, meaning: &'static str) -> Column {
        Column { name, kind: Kind::Flag, meaning }
    }
}

/// A report: its file name without ending, and its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// name
    pub name: &'static str,
    /// what a row is
    pub row: &'static str,
    /// columns in order
    pub columns: &'static [Column],
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// nothing to say
    Empty,
    /// text
    Text(Cow<'a, str>),
    /// a number, in full precision; one that is not finite is written as an empty cell
    Number(f64),
    /// a count
    Count(usize),
    /// yes or no
    Flag(bool),
}

impl<'a> Cell<'a> {
    /// A number, or nothing.
    #[must_use]
    pub fn maybe(number: Option<f64>) -> Cell<'a> {
        number.map_or(Cell::Empty, Cell::Number)
    }

    /// A date, or nothing.
    #[must_use]
    pub fn date(date: Option<Date>) -> Cell<'a> {
        date.map_or(Cell::Empty, |date| Cell::Text(date.to_string().into()))
    }

    /// What the cell is; nothing where it is empty.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Cell::Empty => None,
            Cell::Text(_) => Some(Kind::Text),
            Cell::Number(_) => Some(Kind::Number),
            Cell::Count(_) => Some(Kind::Count),
            Cell::Flag(_) => Some(Kind::Flag),
        }
    }

    /// The text of the cell as files hold it.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => "".into(),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => plain(*number).into(),
            Cell::Count(count) => count.to_string().into(),
            Cell::Flag(true) => "yes".into(),
            Cell::Flag(false) => "no".into(),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(text.into())
    }
}

/// A number in full precision, the shortest form that reads back as the same number; empty if it is
/// not finite. Very large and very small ones are in scientific notation.
#[must_use]
pub fn plain(number: f64) -> String {
    let size = number.abs();
    if !number.is_finite() {
        String::new()
    } else if size != 0.0 && !(1e-5..1e16).contains(&size) {
        format!("{number:e}")
    } else {
        // Minus zero is zero.
        format!("{}", number + 0.0)
    }
}

/// A report in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<'a> {
    /// its columns
    pub layout: &'static Layout,
    /// columns of the case that are carried through, after those of the layout
    pub extra: Vec<&'a str>,
    /// rows, each as long as the header
    pub rows: Vec<Vec<Cell<'a>>>,
}

impl<'a> Table<'a> {
    /// A table without rows.
    #[must_use]
    pub fn new(layout: &'static Layout) -> Table<'a> {
        Table { layout, extra: Vec::new(), rows: Vec::new() }
    }

    /// A cell that is not what its column holds, as the name of the column and the cell; none where all is well.
    #[must_use]
    pub fn misplaced(&self) -> Option<(&'static str, &Cell<'a>)> {
        let columns = self.layout.columns;
        let of_row =
            |row: &'_ [Cell<'a>]| row.iter().zip(columns).position(|(c, of)| c.kind().is_some_and(|k| k != of.kind));
        let (row, at) = self.rows.iter().find_map(|row| Some((row, of_row(row)?)))?;
        Some((columns[at].name, &row[at]))
    }

    /// Names of all columns.
    pub fn header(&self) -> impl Iterator<Item = &str> {
        self.layout.columns.iter().map(|column| column.name).chain(self.extra.iter().copied())
    }
}
