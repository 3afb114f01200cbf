//! Tables that pandas, polars and pyarrow take without copying: Arrow's PyCapsule interface.

use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyString};
use sayso::report;

use crate::errors::value;
use crate::html;

/// A table of results, held as Arrow record batches.
///
/// `pandas.DataFrame.from_arrow(table)`, `polars.DataFrame(table)` and `pyarrow.table(table)` take it without copying
/// its numbers; `to_pandas()`, `to_polars()` and `to_pyarrow()` are short for that. Printed, it is what the command of
/// the same name prints, where there is one.
#[pyclass(frozen, subclass, module = "sayso")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    /// what a person reads
    text: Option<String>,
}

impl Table {
    /// A table of batches that have one schema.
    pub fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Table {
        Table { schema, batches, text: None }
    }

    /// A table of the library.
    pub fn of(table: &report::Table<'_>) -> PyResult<Table> {
        let batch = report::batch(table).map_err(value)?;
        Ok(Table::new(batch.schema(), vec![batch]))
    }

    /// The same with a text for a person.
    pub fn with_text(self, text: Option<String>) -> Table {
        Table { text, ..self }
    }
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Best effort, says the specification: there is one schema, and consumers cast.
        drop(requested_schema);
        let batches: Vec<Result<RecordBatch, ArrowError>> = self.batches.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema).map_err(value)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Names of the columns, in order.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// A pandas data frame (pandas 3 or later, or with pyarrow an earlier one).
    fn to_pandas<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let frame = this.py().import("pandas")?.getattr("DataFrame")?;
        if frame.hasattr("from_arrow")? {
            return frame.call_method1("from_arrow", (this,));
        }
        Table::to_pyarrow(this)?.call_method0("to_pandas")
    }

    /// A polars data frame.
    fn to_polars<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        this.py().import("polars")?.getattr("DataFrame")?.call1((this,))
    }

    /// A pyarrow table.
    fn to_pyarrow<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        this.py().import("pyarrow")?.call_method1("table", (this,))
    }

    fn __repr__(&self) -> String {
        format!("<sayso.Table of {} rows: {}>", self.__len__(), self.columns().join(", "))
    }

    fn __str__(&self) -> String {
        self.text.clone().unwrap_or_else(|| self.__repr__())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        match &self.text {
            Some(text) => Ok(html::text(text)),
            None => html::table(&self.schema, &self.batches).map_err(value),
        }
    }
}

/// Draws the pictures of a result when a notebook asks for them.
type Draw = Arc<dyn Fn() -> Vec<html::Figure> + Send + Sync>;

/// Ranges: a row for each question, in the columns of consensus.csv.
///
/// A `Table`; in a notebook the forest plots of its first eight questions stand above it, where the case has at most
/// 20,000 claims.
#[pyclass(frozen, extends = Table, module = "sayso")]
pub struct Consensus {
    draw: Option<Draw>,
}

impl Consensus {
    /// Ranges with pictures, where there are some.
    pub fn of(py: Python<'_>, table: Table, draw: Option<Draw>) -> PyResult<Py<Consensus>> {
        Py::new(py, PyClassInitializer::from(table).add_subclass(Consensus { draw }))
    }
}

#[pymethods]
impl Consensus {
    fn __repr__(this: PyRef<'_, Self>) -> String {
        format!("<sayso.Consensus of {} questions>", this.as_super().__len__())
    }

    fn _repr_html_(this: PyRef<'_, Self>) -> PyResult<String> {
        let py = this.py();
        let table = this.as_super();
        let rows = html::table(&table.schema, &table.batches).map_err(value)?;
        let Some(draw) = this.draw.clone() else { return Ok(rows) };
        let figures = py.detach(|| draw());
        Ok(html::figures(&figures) + &rows)
    }
}

/// A picture as SVG.
#[pyclass(frozen, module = "sayso")]
pub struct Picture {
    /// the text of the file
    pub svg: String,
}

#[pymethods]
impl Picture {
    /// The text of the SVG file.
    #[getter]
    fn svg(&self) -> &str {
        &self.svg
    }

    fn __str__(&self) -> &str {
        &self.svg
    }

    fn __repr__<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::new(py, &format!("<sayso.Picture of {} bytes>", self.svg.len()))
    }

    /// As an image of its own, so that the rules of several pictures do not meet in one page.
    fn _repr_html_(&self) -> String {
        html::image(&self.svg)
    }
}
