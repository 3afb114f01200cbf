//! JSON: an array of objects with the names of the columns as keys.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::table::{Cell, Table};

/// Writes a table as an array of objects. Empty cells are `null`.
///
/// # Errors
/// Where `out` fails.
pub fn write_json(table: &Table<'_>, out: &mut impl Write) -> io::Result<()> {
    let header: Vec<&str> = table.header().collect();
    out.write_all(b"[")?;
    for (at, row) in table.rows.iter().enumerate() {
        out.write_all(if at == 0 { b"\n  " } else { b",\n  " })?;
        let object: Map<String, Value> =
            header.iter().zip(row).map(|(&name, cell)| (name.to_owned(), value(cell))).collect();
        serde_json::to_writer(&mut *out, &object)?;
    }
    out.write_all(if table.rows.is_empty() { b"]\n" } else { b"\n]\n" })
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
