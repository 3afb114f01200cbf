//! Tables as Arrow record batches, for data frames: the columns of the CSV tables, with their kinds.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};

use super::table::{Cell, Kind, Layout, Table};

/// The columns of a table, with those that a case has beyond the format. Texts are UTF-8, numbers 64-bit floats, counts
/// 64-bit integers, yes and no booleans. All of them can be null, which is an empty cell of the CSV table.
#[must_use]
pub fn schema(layout: &Layout, extra: &[&str]) -> Schema {
    let kind = |kind| match kind {
        Kind::Text => DataType::Utf8,
        Kind::Number => DataType::Float64,
        Kind::Count => DataType::Int64,
        Kind::Flag => DataType::Boolean,
    };
    let columns = layout.columns.iter().map(|column| Field::new(column.name, kind(column.kind), true));
    let extra = extra.iter().map(|name| Field::new(*name, DataType::Utf8, true));
    Schema::new(columns.chain(extra).collect::<Vec<_>>())
}

/// The rows of a table, in order. Texts are as they are: nothing is changed for the sake of spreadsheets. Numbers that
/// are not finite are null, as they are empty in CSV. Cost: linear.
///
/// # Errors
/// Where a table holds more than two gigabytes of text in one column.
///
/// ```
/// let read = sayso::ingest::read("data/kursk-2025".as_ref(), Default::default())?;
/// let analysis = sayso::analyse(&read.case, &sayso::Options::default());
/// let table = sayso::report::consensus_rows(&read.case, &analysis.questions);
/// let batch = sayso::report::batch(&table)?;
/// assert_eq!((batch.num_rows(), batch.num_columns()), (5, 26));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn batch(table: &Table<'_>) -> Result<RecordBatch, ArrowError> {
    let kinds = table.layout.columns.iter().map(|column| column.kind);
    let kinds = kinds.chain(table.extra.iter().map(|_| Kind::Text));
    let columns = kinds.enumerate().map(|(at, kind)| column(table, at, kind)).collect::<Result<Vec<_>, _>>()?;
    RecordBatch::try_new(Arc::new(schema(table.layout, &table.extra)), columns)
}

fn column(table: &Table<'_>, at: usize, kind: Kind) -> Result<ArrayRef, ArrowError> {
    let cells = || table.rows.iter().map(|row| &row[at]);
    Ok(match kind {
        Kind::Text => Arc::new(texts(cells())?),
        Kind::Number => Arc::new(cells().map(number).collect::<Float64Array>()),
        Kind::Count => Arc::new(cells().map(count).collect::<Int64Array>()),
        Kind::Flag => Arc::new(cells().map(flag).collect::<BooleanArray>()),
    })
}

fn number(cell: &Cell<'_>) -> Option<f64> {
    if let Cell::Number(number) = cell { Some(*number).filter(|number| number.is_finite()) } else { None }
}

fn count(cell: &Cell<'_>) -> Option<i64> {
    if let Cell::Count(count) = cell { i64::try_from(*count).ok() } else { None }
}

fn flag(cell: &Cell<'_>) -> Option<bool> {
    if let Cell::Flag(flag) = cell { Some(*flag) } else { None }
}

fn texts<'a>(cells: impl Iterator<Item = &'a Cell<'a>>) -> Result<arrow_array::StringArray, ArrowError> {
    let (mut builder, mut bytes) = (StringBuilder::new(), 0_usize);
    for cell in cells {
        let text = cell.text();
        bytes += text.len();
        if bytes > i32::MAX as usize {
            return Err(ArrowError::InvalidArgumentError("more than two gigabytes of text in one column".to_owned()));
        }
        builder.append_option(Some(&*text).filter(|text| !text.is_empty()));
    }
    Ok(builder.finish())
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, Int64Type};
    use arrow_array::{Array, types};

    use super::*;
    use crate::report::table::Column;

    const LAYOUT: Layout = Layout {
        name: "t",
        row: "a row",
        columns: &[Column::text("a", ""), Column::number("b", ""), Column::count("c", ""), Column::flag("d", "")],
    };

    #[test]
    fn cells_keep_their_kinds_and_empty_ones_are_null() {
        let first = vec![Cell::from("=1+1"), Cell::Number(0.1), Cell::Count(3), Cell::Flag(true), Cell::from("x")];
        let second = vec![Cell::from(""), Cell::Number(f64::INFINITY), Cell::Empty, Cell::Empty, Cell::Empty];
        let table = Table { layout: &LAYOUT, extra: vec!["own"], rows: vec![first, second] };
        let batch = batch(&table).unwrap();
        assert_eq!(batch.column(0).as_string::<i32>().value(0), "=1+1");
        assert_eq!(batch.column(1).as_primitive::<Float64Type>().value(0), 0.1);
        assert_eq!(batch.column(2).as_primitive::<Int64Type>().value(0), 3);
        assert!(batch.column(3).as_boolean().value(0));
        assert!(batch.columns().iter().all(|column| column.is_null(1)));
        assert_eq!(batch.schema().field(4).name(), "own");
        assert_eq!(batch.column(1).data_type(), &<types::Float64Type as types::ArrowPrimitiveType>::DATA_TYPE);
    }
}
