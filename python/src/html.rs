//! What a notebook shows: tables, texts, and pictures as images of their own.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{ArrowError, DataType, Schema};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sayso::report::amount;
use sayso::report::picture::escaped;

/// Rows of a table that a notebook shows.
const ROWS: usize = 20;

/// A sentence and a picture of a question.
pub struct Figure {
    /// the sentence
    pub words: String,
    /// the picture as SVG; none where there is nothing to draw
    pub svg: Option<String>,
}

/// A text with its spaces and line ends.
pub fn text(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(escaped).collect();
    format!("<pre>{}</pre>", lines.join("\n"))
}

/// A picture as an image.
pub fn image(svg: &str) -> String {
    format!("<img style=\"max-width:100%\" src=\"data:image/svg+xml;base64,{}\">", STANDARD.encode(svg))
}

/// Sentences, each over its picture.
pub fn figures(figures: &[Figure]) -> String {
    let one = |figure: &Figure| {
        let picture = figure.svg.as_deref().map(image).unwrap_or_default();
        format!(
            "<figure style=\"margin:0 0 1em\"><figcaption>{}</figcaption>{picture}</figure>",
            escaped(&figure.words)
        )
    };
    figures.iter().map(one).collect()
}

/// The first rows of a table, without columns that are empty in all of them.
pub fn table(schema: &Schema, batches: &[RecordBatch]) -> Result<String, ArrowError> {
    let total: usize = batches.iter().map(RecordBatch::num_rows).sum();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for batch in batches {
        for row in 0..batch.num_rows().min(ROWS - rows.len()) {
            rows.push(batch.columns().iter().map(|column| cell(column, row)).collect());
        }
    }
    let shown: Vec<usize> =
        (0..schema.fields().len()).filter(|&at| rows.iter().any(|row| !row[at].is_empty())).collect();
    let line = |cells: Vec<&str>, tag: &str| {
        let cells = cells.into_iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let header = line(shown.iter().map(|&at| schema.field(at).name().as_str()).collect(), "th");
    let body: String = rows.iter().map(|row| line(shown.iter().map(|&at| row[at].as_str()).collect(), "td")).collect();
    let more = if total > rows.len() { format!("<p>{} of {total} rows</p>", rows.len()) } else { String::new() };
    let table = format!("<table><thead>{header}</thead><tbody>{body}</tbody></table>");
    Ok(format!("<div style=\"overflow-x:auto\">{table}</div>{more}"))
}

fn cell(column: &dyn Array, row: usize) -> String {
    if column.is_null(row) {
        return String::new();
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Float64 => amount(column.as_primitive::<Float64Type>().value(row)),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Boolean => if column.as_boolean().value(row) { "yes" } else { "no" }.to_owned(),
        _ => String::new(),
    }
}
