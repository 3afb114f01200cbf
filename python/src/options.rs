//! Arguments that several methods take.

use std::path::PathBuf;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use sayso::consensus::Settings;
use sayso::consensus::rules::Rank;
use sayso::ingest::read_date;
use sayso::model::{Case, Date};
use sayso::{Options, named};

use crate::errors::{of_file, unknown, value};

/// One name, or several.
pub struct Names(Vec<String>);

impl FromPyObject<'_, '_> for Names {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, '_, PyAny>) -> PyResult<Names> {
        if let Ok(name) = given.extract::<String>() {
            return Ok(Names(vec![name]));
        }
        match given.extract::<Vec<String>>() {
            Ok(names) if names.is_empty() => Err(value("an empty list of names; leave it away for all")),
            Ok(names) => Ok(Names(names)),
            Err(_) => Err(PyTypeError::new_err(format!("a name or a list of names, not {}", given.get_type().name()?))),
        }
    }
}

impl Names {
    /// The names, in order.
    pub fn list(names: Option<Names>) -> Vec<String> {
        names.map(|names| names.0).unwrap_or_default()
    }
}

/// A date: a text as in a case, or something that tells its date in that form.
pub struct Day(String);

impl FromPyObject<'_, '_> for Day {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, '_, PyAny>) -> PyResult<Day> {
        if let Ok(text) = given.extract::<String>() {
            return Ok(Day(text));
        }
        match given.call_method0("isoformat").and_then(|text| text.extract::<String>()) {
            Ok(text) => Ok(Day(text.split('T').next().unwrap_or_default().to_owned())),
            Err(_) => Err(PyTypeError::new_err(format!("a date or its text, not {}", given.get_type().name()?))),
        }
    }
}

impl Day {
    /// As text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// A date as it is written in a case.
pub fn date(text: Option<&str>) -> PyResult<Option<Date>> {
    text.map(|text| read_date(text).map_err(|error| value(format!("{}; {}", error.what, error.remedy)))).transpose()
}

/// What is asked of a case.
pub fn options(
    case: &Case,
    question: Option<Names>,
    as_of: Option<Day>,
    settings: Option<PathBuf>,
) -> PyResult<Options> {
    let names = Names::list(question);
    let questions = names.iter().map(|id| named::question(case, id).map_err(unknown));
    Ok(Options {
        questions: questions.collect::<PyResult<_>>()?,
        as_of: date(as_of.as_ref().map(Day::text))?,
        settings: constants(settings)?,
        ..Options::default()
    })
}

/// The constants of a settings file, or the built-in ones.
pub fn constants(settings: Option<PathBuf>) -> PyResult<Settings> {
    let Some(path) = settings else { return Ok(Settings::default()) };
    let text = std::fs::read_to_string(&path).map_err(|error| of_file(&path, error))?;
    Settings::from_toml(&text).map_err(|error| value(format!("{}: {error}", path.display())))
}

/// The ranks of the rule `hierarchy`.
pub fn ranks(case: &Case, order: Option<Names>) -> PyResult<Vec<Rank>> {
    Names::list(order).iter().map(|word| named::rank(case, word).map_err(unknown)).collect()
}
