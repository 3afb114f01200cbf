//! The steps over parts of a case, as Spark calls them: batches in, bytes or batches out. See `sayso::parts`.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{BinaryArray, Int64Array, RecordBatch};
use arrow_pyarrow::PyArrowType;
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use sayso::credibility::SourceSums;
use sayso::ingest::Limits;
use sayso::parts::{self, Held, KEY, Looked, Survey, Travels, Whole};
use sayso::report;

use crate::errors::{of_reading, problem_list, value};
use crate::options::{constants, date};
use crate::table::Table;

type Batch = PyArrowType<RecordBatch>;

/// Name of the column that rows of a part are in the order of.
pub const KEY_NAME: &str = KEY;

/// The keys of the questions of some rows, as a table of one column.
#[pyfunction]
pub fn question_keys(py: Python<'_>, batch: Batch) -> PyResult<Table> {
    py.detach(|| {
        let keys = parts::question_keys(&batch.0).ok_or_else(|| value("there is no column `question`"))?;
        let schema = Arc::new(Schema::new(vec![Field::new(KEY, DataType::Binary, false)]));
        let batch = RecordBatch::try_new(schema.clone(), vec![Arc::new(keys)]).map_err(value)?;
        Ok(Table::new(schema, vec![batch]))
    })
}

/// An empty table with the columns of consensus.csv.
#[pyfunction]
pub fn consensus_columns() -> PyResult<Table> {
    let table = report::find_table("consensus").ok_or_else(over)?;
    Ok(Table::new(Arc::new(report::schema(table.layout, &[])), Vec::new()))
}

/// What a step is told when it is asked for more after its end.
fn over() -> PyErr {
    value("this step is over")
}

fn keyed(batch: Batch) -> PyResult<RecordBatch> {
    let has_keys = batch.0.schema().column_with_name(KEY).is_some();
    if has_keys { Ok(batch.0) } else { Err(value(format!("there is no column `{KEY}`"))) }
}

/// First step, over a part: what it shows at first sight.
#[pyclass(module = "sayso")]
pub struct Surveyor(Option<parts::Surveyor>);

#[pymethods]
impl Surveyor {
    #[new]
    fn new() -> Surveyor {
        Surveyor(Some(parts::Surveyor::new(Limits::default())))
    }

    fn push(&mut self, py: Python<'_>, batch: Batch) -> PyResult<()> {
        let (step, batch) = (self.0.as_mut().ok_or_else(over)?, keyed(batch)?);
        py.detach(|| step.push(batch));
        Ok(())
    }

    fn finish<'py>(&mut self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let step = self.0.take().ok_or_else(over)?;
        let bytes = py.detach(|| step.finish().to_bytes()).map_err(value)?;
        Ok(PyBytes::new(py, &bytes))
    }
}

/// What all parts have to know of the whole: bytes; how many questions stand before each part; and the warnings.
///
/// Raises `CaseError` with the problems of all parts where one has errors.
#[pyfunction]
#[pyo3(signature = (surveys, as_of = None, settings = None))]
pub fn gather<'py>(
    py: Python<'py>,
    surveys: Vec<Vec<u8>>,
    as_of: Option<&str>,
    settings: Option<std::path::PathBuf>,
) -> PyResult<(Bound<'py, PyBytes>, Vec<u32>, Bound<'py, PyList>)> {
    let (as_of, settings) = (date(as_of)?, constants(settings)?);
    let surveys =
        surveys.iter().map(|bytes| Survey::from_bytes(bytes)).collect::<Result<Vec<_>, _>>().map_err(value)?;
    let mut before = Vec::with_capacity(surveys.len());
    let mut questions = 0_u32;
    for survey in &surveys {
        before.push(questions);
        questions = questions.checked_add(survey.questions).ok_or_else(|| value("more than 2^32 questions"))?;
    }
    let (whole, problems) = py
        .detach(|| Whole::of(&surveys, as_of, &settings, Limits::default()))
        .map_err(|error| of_reading(py, &error))?;
    Ok((PyBytes::new(py, &whole.to_bytes().map_err(value)?), before, problem_list(py, &problems)?))
}

/// Evidence as a table of positions and bytes.
fn evidence_table(looked: &[Looked]) -> PyResult<Table> {
    let position = Int64Array::from_iter_values(looked.iter().map(|looked| i64::from(looked.position)));
    let bytes = looked.iter().map(Travels::to_bytes).collect::<Result<Vec<_>, _>>().map_err(value)?;
    let evidence = BinaryArray::from_iter_values(bytes);
    let schema = Arc::new(Schema::new(vec![
        Field::new("position", DataType::Int64, false),
        Field::new("evidence", DataType::Binary, false),
    ]));
    let batch = RecordBatch::try_new(schema.clone(), vec![Arc::new(position), Arc::new(evidence)]).map_err(value)?;
    Ok(Table::new(schema, vec![batch]))
}

/// The evidence of a table; of the rows at positions that are wanted.
fn evidence_of(batch: &RecordBatch, is_wanted: impl Fn(u32) -> bool) -> PyResult<Vec<Looked>> {
    let foreign = || value("these are no rows of evidence");
    let column = |name| batch.column_by_name(name).ok_or_else(foreign);
    let positions = column("position")?.as_primitive_opt::<Int64Type>().ok_or_else(foreign)?;
    let evidence = column("evidence")?.as_binary_opt::<i32>().ok_or_else(foreign)?;
    let wanted = (0..batch.num_rows()).filter(|&row| u32::try_from(positions.value(row)).is_ok_and(&is_wanted));
    wanted.map(|row| Looked::from_bytes(evidence.value(row)).map_err(value)).collect()
}

/// Second step, over a part: the evidence that sources may be learned on.
#[pyclass(module = "sayso")]
pub struct Evidence(Option<parts::Evidence>);

#[pymethods]
impl Evidence {
    #[new]
    fn new(whole: &[u8], before: u32) -> PyResult<Evidence> {
        let whole = Whole::from_bytes(whole).map_err(value)?;
        Ok(Evidence(Some(parts::Evidence::new(whole, before, Limits::default()))))
    }

    fn push(&mut self, py: Python<'_>, batch: Batch) -> PyResult<()> {
        let (step, batch) = (self.0.as_mut().ok_or_else(over)?, keyed(batch)?);
        py.detach(|| step.push(batch));
        Ok(())
    }

    fn finish(&mut self, py: Python<'_>) -> PyResult<Table> {
        let step = self.0.take().ok_or_else(over)?;
        py.detach(|| evidence_table(&step.finish()))
    }
}

/// Between the second step and the third: of the evidence of several parts what may be learned on of all of them.
#[pyclass(module = "sayso")]
pub struct Thinner(Option<Held>);

#[pymethods]
impl Thinner {
    #[new]
    fn new() -> Thinner {
        Thinner(Some(Held::default()))
    }

    fn push(&mut self, batch: Batch) -> PyResult<()> {
        let held = self.0.as_mut().ok_or_else(over)?;
        evidence_of(&batch.0, |_| true)?.into_iter().for_each(|looked| held.add(looked));
        Ok(())
    }

    fn finish(&mut self) -> PyResult<Table> {
        evidence_table(&self.0.take().ok_or_else(over)?.finish())
    }
}

/// Third step, in one place: what is learned of the sources, a sweep at a time.
#[pyclass(module = "sayso")]
pub struct Learning(parts::Learning);

#[pymethods]
impl Learning {
    #[new]
    fn new(py: Python<'_>, whole: &[u8], evidence: Vec<Batch>) -> PyResult<Learning> {
        let whole = Whole::from_bytes(whole).map_err(value)?;
        py.detach(|| {
            let mut all = Vec::new();
            for batch in &evidence {
                all.extend(evidence_of(&batch.0, |_| true)?);
            }
            Ok(Learning(parts::Learning::new(whole, all.into_iter())))
        })
    }

    /// As bytes, for every part.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.to_bytes().map_err(value)?))
    }

    /// Whether no sweep is left.
    #[getter]
    fn is_over(&self) -> bool {
        self.0.is_over()
    }

    /// Sweeps so far.
    #[getter]
    fn sweeps(&self) -> u8 {
        self.0.sweeps()
    }

    /// Takes the sums of a sweep over all parts, in any order.
    fn take(&mut self, sums: Vec<Vec<u8>>) -> PyResult<()> {
        let mut all = SourceSums::default();
        for sums in sums {
            all.merge(&SourceSums::from_bytes(&sums).map_err(value)?);
        }
        self.0.take(&all);
        Ok(())
    }

    /// The table of sources.
    fn sources(&self, py: Python<'_>) -> PyResult<Table> {
        py.detach(|| self.0.sources(Table::of))
    }
}

/// Fourth step, over evidence: one sweep.
#[pyclass(module = "sayso")]
pub struct Sweep(Option<parts::Sweep>);

#[pymethods]
impl Sweep {
    #[new]
    fn new(learning: &[u8]) -> PyResult<Sweep> {
        Ok(Sweep(Some(parts::Sweep::new(&parts::Learning::from_bytes(learning).map_err(value)?))))
    }

    fn push(&mut self, py: Python<'_>, batch: Batch) -> PyResult<()> {
        let sweep = self.0.as_mut().ok_or_else(over)?;
        py.detach(|| {
            sweep.look(&evidence_of(&batch.0, |position| sweep.wants(position))?);
            Ok(())
        })
    }

    fn finish<'py>(&mut self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let sums = self.0.take().ok_or_else(over)?.finish();
        Ok(PyBytes::new(py, &sums.to_bytes().map_err(value)?))
    }
}

/// Fifth step, over a part: the ranges.
#[pyclass(module = "sayso")]
pub struct Answers(Option<parts::Answers>);

#[pymethods]
impl Answers {
    #[new]
    fn new(learning: &[u8], before: u32) -> PyResult<Answers> {
        let learning = parts::Learning::from_bytes(learning).map_err(value)?;
        Ok(Answers(Some(parts::Answers::new(learning, before, Limits::default()))))
    }

    fn push(&mut self, py: Python<'_>, batch: Batch) -> PyResult<Option<Table>> {
        let (step, batch) = (self.0.as_mut().ok_or_else(over)?, keyed(batch)?);
        py.detach(|| step.push(batch, |case, results| Table::of(&report::consensus_rows(case, results))).transpose())
    }

    fn finish(&mut self, py: Python<'_>) -> PyResult<Option<Table>> {
        let step = self.0.take().ok_or_else(over)?;
        py.detach(|| step.finish(|case, results| Table::of(&report::consensus_rows(case, results))).transpose())
    }
}
