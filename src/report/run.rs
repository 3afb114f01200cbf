//! run.json: what a report was made from, so that it can be made again. It seals a report folder.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::analysis::Options;
use crate::consensus::Settings;
use crate::ingest::{InputRecord, read_date};
use crate::model::Case;
use crate::report::prose::Wording;

/// Name of the seal in a report folder.
pub const SEAL: &str = "run.json";

/// What bears on the results of a run: no time, no number of threads, no output path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run<S = Settings> {
    /// version of the program
    pub version: String,
    /// the command
    pub command: String,
    /// the arguments that bear on results
    pub arguments: BTreeMap<String, String>,
    /// constants in force
    pub settings: S,
    /// SHA-256 of each file of the case, by its path as it was typed
    pub inputs: BTreeMap<String, String>,
    /// SHA-256 of each file of the report
    pub outputs: BTreeMap<String, String>,
}

impl Run {
    /// A run that has made nothing yet.
    #[must_use]
    pub fn new(command: &str, arguments: BTreeMap<String, String>, settings: &Settings, inputs: &[InputRecord]) -> Run {
        Run {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            command: command.to_owned(),
            arguments,
            settings: settings.clone(),
            inputs: inputs.iter().map(|input| (input.name.clone(), input.sha256.clone())).collect(),
            outputs: BTreeMap::new(),
        }
    }

    /// Remembers a file that was made.
    pub fn made(&mut self, name: &str, bytes: &[u8]) {
        self.outputs.insert(name.to_owned(), sha256(bytes));
    }

    /// The seal as it is written.
    ///
    /// # Errors
    /// Where it cannot be put into JSON.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// The arguments of a report that bear on its results, as run.json keeps them.
#[must_use]
pub fn arguments_of(case: &Case, options: &Options) -> BTreeMap<String, String> {
    let mut arguments = BTreeMap::new();
    if let Some(date) = options.as_of {
        arguments.insert("as-of".to_owned(), date.to_string());
    }
    if options.wording != Wording::default() {
        arguments.insert("wording".to_owned(), options.wording.name().to_owned());
    }
    if !options.questions.is_empty() {
        let mut wanted: Vec<&str> = options.questions.iter().map(|&question| &*case.question(question).id).collect();
        wanted.sort_unstable();
        wanted.dedup();
        arguments.insert("question".to_owned(), wanted.join("\n"));
    }
    arguments
}

/// The options that [`arguments_of`] has written down; `Err` with the name of an argument that has no meaning here.
///
/// # Errors
/// For an argument that this version does not know, or a value of one that it cannot read.
pub fn options_of(case: &Case, arguments: &BTreeMap<String, String>) -> Result<Options, String> {
    let mut options = Options::default();
    for (name, value) in arguments {
        let is_known = match name.as_str() {
            "as-of" => read_date(value).map(|date| options.as_of = Some(date)).is_ok(),
            "wording" => Wording::find(value).map(|wording| options.wording = wording).is_some(),
            "question" => value.split('\n').all(|id| {
                let found = case.find_question(id);
                options.questions.extend(found);
                found.is_some()
            }),
            _ => false,
        };
        if !is_known {
            return Err(name.clone());
        }
    }
    Ok(options)
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
