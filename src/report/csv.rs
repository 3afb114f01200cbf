//! CSV: one header, LF, UTF-8, cells that no spreadsheet runs as a formula.

use std::borrow::Cow;
use std::io::{self, Write};

use super::table::{Cell, Table};

/// Writes a table.
///
/// # Errors
/// Where `out` fails.
pub fn write_csv(table: &Table<'_>, out: &mut impl Write) -> io::Result<()> {
    debug_assert_eq!(table.misplaced(), None, "{}", table.layout.name);
    write_header(table, out)?;
    table.rows.iter().try_for_each(|row| write_row(row, out))
}

/// Writes the header of a table.
///
/// # Errors
/// Where `out` fails.
pub fn write_header(table: &Table<'_>, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let header: Vec<Cell<'_>> = table.header().map(Cell::from).collect();
    write_row(&header, out)
}

/// Writes one row, with its line end.
///
/// # Errors
/// Where `out` fails.
pub fn write_row(row: &[Cell<'_>], out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    for (at, cell) in row.iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        out.write_all(quoted(&defused(cell)).as_bytes())?;
    }
    out.write_all(b"\n")
}

/// Signs that begin a formula, the full-width ones that some spreadsheets read as the same.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The text of a cell, with an apostrophe before it if a spreadsheet would run it as a formula:
/// one that starts with such a sign and is not a number (OWASP, CSV injection).
fn defused<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    let text = cell.text();
    let is_formula = text.starts_with(FORMULA) && text.parse::<f64>().is_err();
    if is_formula { format!("'{text}").into() } else { text }
}

fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::{Column, Layout};

    const LAYOUT: Layout = Layout { name: "t", row: "a row", columns: &[Column::text("a", "a cell")] };

    fn written(cell: Cell<'_>) -> String {
        let mut out = Vec::new();
        let table = Table { layout: &LAYOUT, extra: vec!["=b"], rows: Vec::new() };
        write_header(&table, &mut out).unwrap();
        write_row(&[cell, Cell::Empty], &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().skip(1).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(written("plain".into()), "plain,");
        assert_eq!(written("a, \"b\"".into()), "\"a, \"\"b\"\"\",");
        assert_eq!(written(Cell::Number(1200.5)), "1200.5,");
        assert_eq!(written(Cell::Number(f64::NAN)), ",");
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_defused() {
        assert_eq!(written("=1+1".into()), "'=1+1,");
        assert_eq!(written("@sum".into()), "'@sum,");
        assert_eq!(written("-cmd".into()), "'-cmd,");
        assert_eq!(written("-5".into()), "-5,");
        assert_eq!(written(Cell::Number(-5.0)), "-5,");
        assert_eq!(written("\tx".into()), "'\tx,");
    }
}
