//! The compiled module of the Python package `sayso`. It has no logic of its own: arguments are read, the library does
//! the work without the interpreter's lock, and tables go out as Arrow.

#![forbid(unsafe_code)]
#![allow(clippy::doc_markdown, reason = "comments of what Python sees are its docstrings, in the form of numpydoc")]
#![allow(clippy::needless_pass_by_value, reason = "arguments come from Python by value")]
#![allow(clippy::too_many_arguments, reason = "they have names in Python")]

mod case;
mod errors;
mod extract;
mod html;
mod options;
mod parts;
mod simulate;
mod table;

use pyo3::prelude::*;

/// Compiled part of the package `sayso`.
#[pymodule]
fn _sayso(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("CaseError", module.py().get_type::<errors::CaseError>())?;
    module.add_class::<case::Case>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<table::Consensus>()?;
    module.add_class::<table::Picture>()?;
    module.add_function(wrap_pyfunction!(extract::extract, module)?)?;
    module.add_function(wrap_pyfunction!(simulate::simulate, module)?)?;
    module.add_function(wrap_pyfunction!(case::progress, module)?)?;
    module.add("KEY", parts::KEY_NAME)?;
    module.add_function(wrap_pyfunction!(parts::question_keys, module)?)?;
    module.add_function(wrap_pyfunction!(parts::consensus_columns, module)?)?;
    module.add_function(wrap_pyfunction!(parts::gather, module)?)?;
    module.add_class::<parts::Surveyor>()?;
    module.add_class::<parts::Evidence>()?;
    module.add_class::<parts::Thinner>()?;
    module.add_class::<parts::Learning>()?;
    module.add_class::<parts::Sweep>()?;
    module.add_class::<parts::Answers>()
}
