//! run.json: what a report was made from, so that it can be made again. It seals a report folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::consensus::Settings;
use crate::ingest::InputRecord;

/// What bears on the results of a run: no time, no number of threads, no output path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// version of the program
    pub version: String,
    /// the command
    pub command: String,
    /// the arguments that bear on results
    pub arguments: BTreeMap<String, String>,
    /// constants in force
    pub settings: Settings,
    /// SHA-256 of each file of the case
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
        self.outputs.insert(name.to_owned(), hash(bytes));
    }
}

/// SHA-256 of a file in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
