//! run.json: what a report was made from, so that it can be made again. It seals a report folder.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::analysis::Options;
use crate::consensus::Settings;
use crate::ingest::{InputRecord, LIMITS, Limits, read_date};
use crate::model::Case;
use crate::report::prose::Wording;

/// Name of the seal in a report folder.
pub const SEAL: &str = crate::ingest::SEAL;

/// The command whose report a seal seals.
pub const COMMAND: &str = "report";

/// The largest seal that is read. One of 20,000 pages, the most that there are, has two megabytes.
pub const LARGEST_SEAL: u64 = 64 << 20;

/// The argument of the limits that were in force.
const LIMIT: &str = "limit";

/// What bears on the results of a run: no time, no number of threads, no output path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

/// Notes the limits that were in force while the case was read, where they are not the usual ones: `chain=200`, each
/// on its line.
pub fn note_limits(limits: &Limits, arguments: &mut BTreeMap<String, String>) {
    let usual = Limits::default();
    let other = LIMITS.iter().filter(|limit| (limit.get)(limits) != (limit.get)(&usual));
    let told: Vec<String> = other.map(|limit| format!("{}={}", limit.name, (limit.get)(limits))).collect();
    if !told.is_empty() {
        arguments.insert(LIMIT.to_owned(), told.join("\n"));
    }
}

/// The limits that [`note_limits`] has noted; none where one of them has no meaning here.
#[must_use]
pub fn limits_of(arguments: &BTreeMap<String, String>) -> Option<Limits> {
    let mut limits = Limits::default();
    let told = arguments.get(LIMIT).into_iter().flat_map(|told| told.split('\n'));
    told.map(|limit| limits.set(limit)).collect::<Result<(), String>>().ok()?;
    Some(limits)
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
            LIMIT => limits_of(arguments).is_some(),
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
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
