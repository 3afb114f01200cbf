//! JSON: an array of objects with the names of the columns as keys.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::table::{Cell, Table};

/// Writes a table as an array of objects. Empty cells are `null`.
///
/// # Errors
/// Where `out` fails.
pub fn write_json(table: &Table<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut writer = JsonWriter::default();
    writer.add(table, out)?;
    writer.end(out)
}

/// Writes the parts of a table one after the other as one array.
#[derive(Debug, Default)]
pub struct JsonWriter {
    has_rows: bool,
}

impl JsonWriter {
    /// Writes the rows of a part.
    ///
    /// # Errors
    /// Where `out` fails.
    pub fn add(&mut self, part: &Table<'_>, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let header: Vec<&str> = part.header().collect();
        for row in &part.rows {
            out.write_all(if self.has_rows { b",\n  " } else { b"[\n  " })?;
            self.has_rows = true;
            let object: Map<String, Value> =
                header.iter().zip(row).map(|(&name, cell)| (name.to_owned(), value(cell))).collect();
            serde_json::to_writer(&mut *out, &object)?;
        }
        Ok(())
    }

    /// Ends the array.
    ///
    /// # Errors
    /// Where `out` fails.
    pub fn end(self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        out.write_all(if self.has_rows { b"\n]\n" } else { b"[]\n" })
    }
}

fn value(cell: &Cell<'_>) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::String(text.to_string()),
        Cell::Number(number) => serde_json::Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Cell::Count(count) => Value::from(*count),
        Cell::Flag(flag) => Value::Bool(*flag),
    }
}
