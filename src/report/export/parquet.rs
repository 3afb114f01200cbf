//! Parquet: the claims in columns, each with the range of its question. Uncompressed, one row group.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::dossier::{ClaimRecord, Dossier, QuestionRecord, via_text};
use crate::consensus::Quantiles;

/// A value of a row.
enum Value {
    Text(Option<String>),
    Number(Option<f64>),
}

type Of = fn(&QuestionRecord, &ClaimRecord) -> Value;

/// The columns of texts and numbers; those of the quantiles follow.
#[rustfmt::skip]
const COLUMNS: &[(&str, Of)] = &[
    ("question", |q, _| Value::Text(Some(q.id.clone()))),
    ("title", |q, _| Value::Text(q.title.clone())),
    ("claim", |_, c| Value::Text(Some(c.claim.clone()))),
    ("publisher", |_, c| Value::Text(Some(c.publisher_name.clone()))),
    ("estimate", |_, c| Value::Text(c.estimate.clone())),
    ("bound", |_, c| Value::Text(Some(c.bound.to_owned()))),
    ("low", |_, c| Value::Number(c.low)),
    ("high", |_, c| Value::Number(c.high)),
    ("unit", |_, c| Value::Text(c.unit.clone())),
    ("via", |_, c| Value::Text(Some(via_text(&c.via)).filter(|via| !via.is_empty()))),
    ("cites", |_, c| Value::Text(Some(c.cites.join(";")).filter(|cites| !cites.is_empty()))),
    ("published", |_, c| Value::Text(c.published.clone())),
    ("as_of", |_, c| Value::Text(c.as_of.clone())),
    ("status", |_, c| Value::Text(Some(c.status.to_owned()))),
    ("origins", |_, c| Value::Text(Some(c.origins.join(";")).filter(|origins| !origins.is_empty()))),
    ("chain", |_, c| Value::Text(Some(c.chain.clone()))),
    ("standing", |_, c| Value::Text(Some(c.standing.to_owned()))),
    ("why", |_, c| Value::Text(c.why.clone())),
    ("url", |_, c| Value::Text(c.url.clone())),
];

/// Writes the file.
///
/// # Errors
/// Where `out` fails.
pub fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&bytes(dossier).map_err(io::Error::other)?)
}

fn bytes(dossier: &Dossier) -> Result<Vec<u8>, ParquetError> {
    let rows: Vec<(&QuestionRecord, &ClaimRecord)> = dossier
        .questions
        .iter()
        .flat_map(|question| question.claims.iter().map(move |claim| (question, claim)))
        .collect();
    let mut columns: Vec<(&str, Vec<Value>)> = Vec::new();
    for (name, of) in COLUMNS {
        columns.push((name, rows.iter().map(|(question, claim)| of(question, claim)).collect()));
    }
    for name in Quantiles::NAMES {
        let of = |question: &QuestionRecord| question.range.as_ref().map(|range| range.quantile(name));
        columns.push((name, rows.iter().map(|(question, _)| Value::Number(of(question))).collect()));
    }
    let fields: Result<Vec<_>, ParquetError> =
        columns.iter().enumerate().map(|(at, (name, _))| Ok(Arc::new(field(name, is_number(at))?))).collect();
    let schema = Type::group_type_builder("claims").with_fields(fields?).build()?;
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(WriterProperties::default()))?;
    let mut group = file.next_row_group()?;
    for (_, values) in columns {
        column(&mut group, values)?;
    }
    group.close()?;
    file.into_inner()
}

/// Whether the column at a position holds numbers: the ends of the figure, and the quantiles.
fn is_number(at: usize) -> bool {
    COLUMNS.get(at).is_none_or(|(name, _)| matches!(*name, "low" | "high"))
}

fn field(name: &str, is_number: bool) -> Result<Type, ParquetError> {
    let physical = if is_number { Physical::DOUBLE } else { Physical::BYTE_ARRAY };
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    if is_number { field.build() } else { field.with_converted_type(ConvertedType::UTF8).build() }
}

fn column(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, values: Vec<Value>) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    let (mut texts, mut numbers, mut defined) = (Vec::new(), Vec::new(), Vec::new());
    let is_text = values.first().is_none_or(|value| matches!(value, Value::Text(_)));
    for value in values {
        defined.push(i16::from(matches!(&value, Value::Text(Some(_)) | Value::Number(Some(_)))));
        match value {
            Value::Text(text) => texts.extend(text.map(|text| ByteArray::from(text.into_bytes()))),
            Value::Number(number) => numbers.extend(number),
        }
    }
    if defined.is_empty() {
        return column.close();
    }
    if is_text {
        column.typed::<ByteArrayType>().write_batch(&texts, Some(&defined), None)?;
    } else {
        column.typed::<DoubleType>().write_batch(&numbers, Some(&defined), None)?;
    }
    column.close()
}
