//! Arguments that several methods take.

use std::path::PathBuf;

use pyo3::prelude::*;
use sayso::consensus::Settings;
use sayso::consensus::rules::Rank;
use sayso::ingest::read_date;
use sayso::model::{Case, Date};
use sayso::{Options, named};

use crate::errors::{unknown, value};

/// One name, or several.
#[derive(FromPyObject)]
pub enum Names {
    /// one
    One(String),
    /// several
    Several(Vec<String>),
}

impl Names {
    /// The names, in order.
    pub fn list(names: Option<Names>) -> Vec<String> {
        match names {
            None => Vec::new(),
            Some(Names::One(name)) => vec![name],
            Some(Names::Several(names)) => names,
        }
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
    as_of: Option<&str>,
    settings: Option<PathBuf>,
) -> PyResult<Options> {
    let names = Names::list(question);
    let questions = names.iter().map(|id| named::question(case, id).map_err(unknown));
    Ok(Options {
        questions: questions.collect::<PyResult<_>>()?,
        as_of: date(as_of)?,
        settings: constants(settings)?,
        ..Options::default()
    })
}

/// The constants of a settings file, or the built-in ones.
pub fn constants(settings: Option<PathBuf>) -> PyResult<Settings> {
    let Some(path) = settings else { return Ok(Settings::default()) };
    let text = std::fs::read_to_string(&path)?;
    Settings::from_toml(&text).map_err(|error| value(format!("{}: {error}", path.display())))
}

/// The ranks of the rule `hierarchy`.
pub fn ranks(case: &Case, order: Option<Names>) -> PyResult<Vec<Rank>> {
    Names::list(order).iter().map(|word| named::rank(case, word).map_err(unknown)).collect()
}
