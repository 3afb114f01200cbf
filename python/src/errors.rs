//! Errors of the library as exceptions.

use pyo3::create_exception;
use pyo3::exceptions::{PyFileNotFoundError, PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use sayso::ingest::{Error, Problem, Problems, Severity};
use sayso::named::Unknown;

/// Errors that the text of an exception has.
const SHOWN: usize = 20;

create_exception!(
    sayso,
    CaseError,
    PyValueError,
    "A case has errors.\n\n`problems` lists them, the first 1,000 of each severity: dicts with `severity`, `file`, \
     `line`, `column` (0: the whole), `what` and `remedy`."
);

/// The problems of a case as a list of dicts, errors first.
pub fn problem_list<'py>(py: Python<'py>, problems: &Problems) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for problem in Severity::ALL.into_iter().flat_map(|severity| problems.of(severity)) {
        list.append(problem_dict(py, problem)?)?;
    }
    Ok(list)
}

fn problem_dict<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("severity", problem.severity.name())?;
    dict.set_item("file", &problem.place.file)?;
    dict.set_item("line", problem.place.line)?;
    dict.set_item("column", problem.place.column)?;
    dict.set_item("what", &problem.what)?;
    dict.set_item("remedy", &problem.remedy)?;
    Ok(dict)
}

/// An error of reading as an exception.
pub fn of_reading(py: Python<'_>, error: &Error) -> PyErr {
    match error {
        Error::Bad(problems) => bad(py, problems),
        Error::NoSuchPath(_) | Error::NoClaims(_) => PyFileNotFoundError::new_err(error.to_string()),
        Error::Io { source, .. } => PyOSError::new_err(format!("{error}: {source}")),
        other => PyValueError::new_err(other.to_string()),
    }
}

/// The errors of a case as one exception, whose text has each on a line.
pub fn bad(py: Python<'_>, problems: &Problems) -> PyErr {
    let lines: Vec<String> = problems.of(Severity::Error).take(SHOWN).map(ToString::to_string).collect();
    let more = problems.count(Severity::Error).saturating_sub(lines.len());
    let more = if more > 0 {
        format!("\n… and {more} more; `problems` lists the first {}", Problems::KEPT)
    } else {
        String::new()
    };
    let error = CaseError::new_err(format!("{}{more}", lines.join("\n")));
    match problem_list(py, problems).and_then(|list| error.value(py).setattr("problems", list)) {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// A file that could not be read.
pub fn of_file(path: &std::path::Path, error: std::io::Error) -> PyErr {
    match error.raw_os_error() {
        Some(code) => PyOSError::new_err((code, error.to_string(), path.display().to_string())),
        None => PyOSError::new_err(format!("{}: {error}", path.display())),
    }
}

/// A name that there is nothing of.
pub fn unknown(unknown: Unknown) -> PyErr {
    PyValueError::new_err(unknown.0)
}

/// Anything else that was given wrong, or went wrong.
pub fn value(error: impl ToString) -> PyErr {
    PyValueError::new_err(error.to_string())
}
