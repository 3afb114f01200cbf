//! Made-up worlds with known truth.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use sayso::ingest::nearest;
use sayso::simulate::{Plan, World, case_files};

use crate::errors::value;

/// A made-up world with known truth, as the files of a case.
///
/// Parameters
/// ----------
/// world : str
///     "honest", "biased", "copied", "cabal" and others; an unknown one is told which there are.
/// seed : int
///     The same seed gives the same bytes everywhere.
/// questions, sources, resolved : int
///     How many questions, how many sources that say things of their own, how many questions that are settled.
///
/// Returns
/// -------
/// dict of str
///     The text of each file by its name: claims.csv, sources.csv, questions.csv, resolutions.csv, and truth.csv with the
///     answers to all questions.
///
/// Notes
/// -----
/// METHODS.md, section on made-up worlds.
#[pyfunction]
#[pyo3(signature = (world, *, seed = 1, questions = 240, sources = 36, resolved = 60))]
pub fn simulate(
    py: Python<'_>,
    world: &str,
    seed: u64,
    questions: u32,
    sources: u32,
    resolved: u32,
) -> PyResult<BTreeMap<&'static str, String>> {
    let names = || World::ALL.map(World::name);
    let world = World::find(world).ok_or_else(|| match nearest(world, names()) {
        Some(meant) => value(format!("there is no world `{world}`; did you mean `{meant}`?")),
        None => value(format!("there is no world `{world}`; there are {}", names().join(", "))),
    })?;
    if !(1..=1_000_000).contains(&questions) || !(1..=100_000).contains(&sources) {
        return Err(value("questions are 1 to 1,000,000, sources 1 to 100,000"));
    }
    let files = py.detach(|| case_files(&Plan { world, seed, questions, sources, resolved }));
    Ok(files.into_iter().map(|file| (file.name, file.text)).collect())
}
