//! A report made again from what its seal records, and compared byte by byte.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::analysis::{Options, analyse};
use crate::consensus::Settings;
use crate::ingest::{self, LIMITS, Limits, read, safe};
use crate::report::{
    COMMAND, Cell, Column, LARGEST_SEAL, Layout, PAGES, Run, SEAL, Stray, Table, Unique, hash_own, is_leftover,
    limits_of, options_of, read_own, report_files, sha256,
};

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// the program
    Version,
    /// a constant of the method
    Setting,
    /// an argument of the command
    Argument,
    /// a file of the case
    Input,
    /// a file of the report
    Output,
}

impl Part {
    /// The word that is printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Version => "version",
            Part::Setting => "setting",
            Part::Argument => "argument",
            Part::Input => "input",
            Part::Output => "output",
        }
    }
}

/// How a part of a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// the same, to the byte
    Agrees,
    /// not what it was when the report was made
    Changed,
    /// recorded, and not there
    Missing,
    /// there, and not recorded
    New,
    /// a file that is not the one that the seal records
    NotAsSealed,
    /// a file as it was sealed, and another one comes out now
    NotAsRecomputed,
    /// not recorded, where every seal of this version has it
    NotRecorded,
    /// left behind by a run that was interrupted
    Leftover,
    /// a folder, a pipe or a device in the place of a file
    NotAFile,
    /// a file of more bytes than are read
    TooLarge,
    /// a file that the system does not give
    Unreadable,
    /// a name that leads out of the report
    Outside,
}

impl State {
    /// The words that are printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Agrees => "agrees",
            State::Changed => "changed",
            State::Missing => "missing",
            State::New => "new",
            State::NotAsSealed => "not as sealed",
            State::NotAsRecomputed => "not as recomputed",
            State::NotRecorded => "not recorded",
            State::Leftover => "left by an interrupted run",
            State::NotAFile => "no file",
            State::TooLarge => "larger than `--limit file`",
            State::Unreadable => "cannot be read",
            State::Outside => "outside the report",
        }
    }
}

/// One part of a report, as it was recorded and as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// what it is about
    pub part: Part,
    /// the file, the setting or the argument
    pub name: String,
    /// how it stands
    pub state: State,
    /// what the seal records
    pub recorded: String,
    /// what there is now
    pub found: String,
}

/// What came of making a report again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// every part, in order
    pub findings: Vec<Finding>,
    /// why the report could not be made again, where it could not
    pub not_remade: Option<String>,
}

impl Verdict {
    /// Whether every byte agrees with the seal and with what comes out now.
    #[must_use]
    pub fn agrees(&self) -> bool {
        // Constants other than the built-in ones, limits, another version and what a later run has left beside the
        // report are no fault where the bytes agree. A seal of this very version names all of its constants.
        let is_of_now = self.findings.iter().any(|f| f.part == Part::Version && f.state == State::Agrees);
        let is_fault = |finding: &Finding| match (finding.state, finding.part) {
            (State::Agrees | State::Leftover, _) => false,
            (State::NotRecorded, Part::Setting) => is_of_now,
            (_, part) => !matches!(part, Part::Setting | Part::Version),
        };
        self.not_remade.is_none() && !self.findings.iter().any(is_fault)
    }
}

/// Why a report cannot be verified.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// there is nothing at the path
    #[error("{}: no such folder", .0.display())]
    NoSuchPath(PathBuf),
    /// a folder without a seal
    #[error("{}: there is no run.json in it; it is no report, or the run that made it was interrupted", .0.display())]
    NoSeal(PathBuf),
    /// a seal that cannot be read
    #[error("{}: this is not the seal of a report: {why}", path.display())]
    BadSeal {
        /// the seal
        path: PathBuf,
        /// why
        why: String,
    },
    /// the folder or its seal could not be read
    #[error("{} could not be read", path.display())]
    Io {
        /// the file
        path: PathBuf,
        /// why
        source: io::Error,
    },
}

/// The seal of a report folder, with its settings as they stand there.
///
/// # Errors
/// Where there is none, or it cannot be read.
pub fn read_seal(folder: &Path) -> Result<Run<Value>, Error> {
    let path = folder.join(SEAL);
    let bytes = read_own(folder, SEAL, LARGEST_SEAL).map_err(|why| match why {
        Stray::Missing if !folder.exists() => Error::NoSuchPath(folder.to_owned()),
        Stray::Missing => Error::NoSeal(folder.to_owned()),
        Stray::Io(source) if source.kind() == ErrorKind::NotADirectory => Error::NoSeal(folder.to_owned()),
        Stray::Io(source) => Error::Io { path: path.clone(), source },
        why => Error::BadSeal { path: path.clone(), why: why.to_string() },
    })?;
    let parsed = serde_json::from_slice::<Unique>(&bytes).and_then(|Unique| serde_json::from_slice(&bytes));
    parsed.map_err(|error| Error::BadSeal { path, why: error.to_string() })
}

/// Makes a report again, from the files that its seal names or from `case`, and compares every byte.
/// Paths of the seal are taken from the present folder, or else from one above the report.
///
/// # Errors
/// Where the folder has no seal or cannot be read. A case that is gone or bad is a finding, not an error.
pub fn verify(folder: &Path, case: Option<&Path>, limits: Limits) -> Result<Verdict, Error> {
    let sealed = read_seal(folder)?;
    let mut findings = vec![
        compared(Part::Version, "sayso", &sealed.version, Some(env!("CARGO_PKG_VERSION"))),
        compared(Part::Argument, "command", &sealed.command, Some(COMMAND)),
    ];
    limited(&sealed, limits, &mut findings);
    let remade = remake(folder, &sealed, case, limits, &mut findings);
    let (remade, not_remade) = match remade {
        Ok(files) => (Some(files), None),
        Err(why) => (None, Some(why)),
    };
    outputs(folder, &sealed.outputs, remade.as_ref(), limits, &mut findings)?;
    findings.sort_by(|a, b| (a.part, &a.name).cmp(&(b.part, &b.name)));
    Ok(Verdict { findings, not_remade })
}

/// Limits of reading that are not those that were in force when the report was made.
fn limited(sealed: &Run<Value>, limits: Limits, findings: &mut Vec<Finding>) {
    // What has no meaning here is found with the other arguments.
    let recorded = limits_of(&sealed.arguments).unwrap_or_default();
    for limit in LIMITS.iter().filter(|limit| (limit.get)(&recorded) != (limit.get)(&limits)) {
        let (recorded, now) = ((limit.get)(&recorded).to_string(), (limit.get)(&limits).to_string());
        findings.push(compared(Part::Setting, &format!("limit {}", limit.name), &recorded, Some(&now)));
    }
}

/// A finding on a value that is recorded, and is or is not there now.
fn compared(part: Part, name: &str, recorded: &str, found: Option<&str>) -> Finding {
    let state = match found {
        None => State::Missing,
        Some(found) if found == recorded => State::Agrees,
        Some(_) => State::Changed,
    };
    let found = found.unwrap_or_default().to_owned();
    Finding { part, name: name.to_owned(), state, recorded: recorded.to_owned(), found }
}

/// The hashes of the files that come out now; in words why there are none.
fn remake(
    folder: &Path,
    sealed: &Run<Value>,
    case: Option<&Path>,
    limits: Limits,
    findings: &mut Vec<Finding>,
) -> Result<BTreeMap<String, String>, String> {
    let settings = settings(&sealed.settings, findings);
    let path = find_case(folder, sealed, case)?;
    let read = read(&path, limits).map_err(|error| told(&path, &error));
    let now = match &read {
        Ok(read) => read.inputs.iter().map(|input| (input.name.clone(), input.sha256.clone())).collect(),
        Err(_) => hashed(&path, sealed, limits),
    };
    inputs(sealed, now, findings);
    let (settings, read) = (settings?, read?);
    let options = options_of(&read.case, &sealed.arguments).map_err(|name| {
        let recorded = sealed.arguments.get(&name).map_or("", String::as_str);
        findings.push(compared(Part::Argument, &name, recorded, None));
        format!("the argument `{name}` has no meaning for this case")
    })?;
    let analysis = analyse(&read.case, &Options { settings, ..options });
    let files = report_files(&read.case, &analysis).map_err(|error| error.to_string())?;
    Ok(files.into_iter().map(|file| (file.name, sha256(&file.bytes))).collect())
}

/// Why a case cannot be read. Its problems quote it, and the seal of somebody else can name any file, so they are left
/// to `check`.
fn told(case: &Path, error: &ingest::Error) -> String {
    match error {
        ingest::Error::Bad(_) => format!("{error}; `sayso check {}` lists them", case.display()),
        error => error.to_string(),
    }
}

/// The recorded settings, and which of them are not the built-in ones.
fn settings(recorded: &Value, findings: &mut Vec<Finding>) -> Result<Settings, String> {
    let built_in = serde_json::to_value(Settings::default()).map_err(|error| error.to_string())?;
    for (name, value) in recorded.as_object().into_iter().flatten() {
        let built_in = built_in.get(name).map(Value::to_string);
        if built_in.as_deref() != Some(&value.to_string()) {
            findings.push(compared(Part::Setting, name, &value.to_string(), built_in.as_deref()));
        }
    }
    for (name, built_in) in built_in.as_object().into_iter().flatten().filter(|(name, _)| recorded.get(name).is_none())
    {
        let (recorded, found) = (String::new(), built_in.to_string());
        findings.push(Finding { part: Part::Setting, name: name.clone(), state: State::NotRecorded, recorded, found });
    }
    let settings: Settings =
        Settings::deserialize(recorded).map_err(|error| format!("settings of run.json: {error}"))?;
    settings.check().map_err(|error| format!("settings of run.json: {error}"))?;
    Ok(settings)
}

/// The case that a seal names: the folder of its files, or its only file.
fn find_case(folder: &Path, sealed: &Run<Value>, case: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(case) = case {
        return Ok(case.to_owned());
    }
    let mut names = sealed.inputs.keys().map(Path::new);
    let first = names.next().ok_or("the seal names no file of a case; name the case with --case")?;
    let is_claims = |path: &Path| path.file_stem().is_some_and(|stem| stem == "claims");
    let is_folder = sealed.inputs.len() > 1 || is_claims(first);
    let case =
        if is_folder { first.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")) } else { first };
    let above = fs::canonicalize(folder).unwrap_or_default();
    let places = std::iter::once(PathBuf::from(".")).chain(above.ancestors().skip(1).map(Path::to_owned));
    let found = places.map(|place| place.join(case)).find(|path| sealed.inputs.keys().any(|name| there(path, name)));
    found.ok_or_else(|| format!("{} is no file here; name the case with --case", first.display()))
}

/// Whether a file of the case is there.
fn there(case: &Path, name: &str) -> bool {
    case.is_file() || Path::new(name).file_name().is_some_and(|name| case.join(name).is_file())
}

/// The name of a file within its case.
fn base(name: &str) -> String {
    Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The hashes of the sealed files of a case that cannot be read as one.
fn hashed(case: &Path, sealed: &Run<Value>, limits: Limits) -> Vec<(String, String)> {
    let folder = if case.is_dir() { case } else { case.parent().unwrap_or(Path::new("")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names = sealed.inputs.keys().map(|name| base(name));
    names.filter_map(|name| Some((name.clone(), hash_own(folder, &name, limits.file).ok()?))).collect()
}

/// Whether the files of the case are those that were read, by their names within it.
fn inputs(sealed: &Run<Value>, now: Vec<(String, String)>, findings: &mut Vec<Finding>) {
    let mut now: BTreeMap<String, (String, String)> = now.into_iter().map(|input| (base(&input.0), input)).collect();
    for (name, recorded) in &sealed.inputs {
        let found = now.remove(&base(name));
        findings.push(compared(Part::Input, name, recorded, found.as_ref().map(|(_, hash)| &**hash)));
    }
    for (name, found) in now.into_values() {
        findings.push(Finding { part: Part::Input, name, state: State::New, recorded: String::new(), found });
    }
}

/// Whether the files of the report are those of the seal, and those that come out now.
fn outputs(
    folder: &Path,
    sealed: &BTreeMap<String, String>,
    remade: Option<&BTreeMap<String, String>>,
    limits: Limits,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    for (name, recorded) in sealed {
        let again = remade.map(|remade| remade.get(name).map_or("", String::as_str));
        findings.push(output(folder, name, recorded, again, limits));
    }
    let fresh = remade.into_iter().flatten().filter(|(name, _)| !sealed.contains_key(*name));
    for (name, found) in fresh {
        let (name, found) = (name.clone(), found.clone());
        findings.push(Finding { part: Part::Output, name, state: State::New, recorded: String::new(), found });
    }
    for name in listed(folder)?.into_iter().filter(|name| !sealed.contains_key(name) && name != SEAL) {
        if findings.iter().any(|finding| finding.part == Part::Output && finding.name == name) {
            continue;
        }
        let state = if is_leftover(&name) { State::Leftover } else { State::NotRecorded };
        findings.push(Finding { part: Part::Output, name, state, recorded: String::new(), found: String::new() });
    }
    Ok(())
}

/// The names of what lies in a report folder and in its folder of pages; of other folders their names alone.
fn listed(folder: &Path) -> Result<Vec<String>, Error> {
    let of = |path: &Path, before: &str| -> Result<Vec<String>, Error> {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        let entries = fs::read_dir(path).map_err(failed)?;
        entries.map(|entry| Ok(format!("{before}{}", entry.map_err(failed)?.file_name().to_string_lossy()))).collect()
    };
    let mut names = of(folder, "")?;
    let pages = folder.join(PAGES);
    if fs::symlink_metadata(&pages).is_ok_and(|there| there.is_dir()) {
        names.retain(|name| name != PAGES);
        names.extend(of(&pages, &format!("{PAGES}/"))?);
    }
    Ok(names)
}

/// How one file of the report stands; `again` is the hash of what comes out now, empty where nothing does.
fn output(folder: &Path, name: &str, recorded: &str, again: Option<&str>, limits: Limits) -> Finding {
    let mut finding = compared(Part::Output, name, recorded, None);
    match hash_own(folder, name, limits.file) {
        Ok(hash) => finding.found = hash,
        Err(why) => {
            finding.state = match &why {
                Stray::Missing => State::Missing,
                Stray::Outside => State::Outside,
                Stray::NotAFile => State::NotAFile,
                Stray::TooLarge(_) => State::TooLarge,
                Stray::Io(_) => State::Unreadable,
            };
            if finding.state == State::Unreadable {
                finding.found = why.to_string();
            }
            return finding;
        }
    }
    finding.state = if finding.found == recorded { State::Agrees } else { State::NotAsSealed };
    if let (State::Agrees, Some(again)) = (finding.state, again.filter(|again| *again != recorded)) {
        again.clone_into(&mut finding.found);
        finding.state = State::NotAsRecomputed;
    }
    finding
}

/// The columns of a verdict.
pub const LAYOUT: Layout = Layout {
    name: "verify",
    row: "a part of a report",
    columns: &[
        Column::text("part", "version, setting, argument, input or output"),
        Column::text("name", "which one; settings and limits are listed where they are not the built-in ones"),
        Column::text("state", "agrees, or how it does not"),
        Column::text("recorded", "what run.json records: a hash of a file, or a value"),
        Column::text("found", "what there is, or what comes out now"),
    ],
};

/// A verdict as a table.
#[must_use]
pub fn verdict_table(verdict: &Verdict) -> Table<'_> {
    let mut table = Table::new(&LAYOUT);
    for finding in &verdict.findings {
        let Finding { part, name, state, recorded, found } = finding;
        table.rows.push(vec![
            part.name().into(),
            Cell::from(name.as_str()),
            state.name().into(),
            recorded.as_str().into(),
            found.as_str().into(),
        ]);
    }
    table
}

/// A verdict as a person reads it: what does not agree, and what that comes to.
///
/// # Errors
/// Where `out` fails.
pub fn write_verdict(verdict: &Verdict, out: &mut impl io::Write) -> io::Result<()> {
    for finding in verdict.findings.iter().filter(|finding| finding.state != State::Agrees) {
        let Finding { part, name, state, recorded, found } = finding;
        let (name, recorded, found) = (safe(name), safe(recorded), safe(found));
        match (part, state) {
            (Part::Setting, State::NotRecorded) => writeln!(out, "setting {name}: not recorded, built in: {found}")?,
            (_, State::Unreadable) => writeln!(out, "{} {name}: {}: {found}", part.name(), state.name())?,
            (Part::Version, _) => writeln!(out, "version: made by {recorded}, this is {found}")?,
            (Part::Setting, State::Missing) => writeln!(out, "setting {name}: {recorded}, not known to this version")?,
            (Part::Setting, _) => writeln!(out, "setting {name}: {recorded}, built in: {found}")?,
            _ => writeln!(out, "{} {name}: {}", part.name(), state.name())?,
        }
    }
    if let Some(why) = &verdict.not_remade {
        writeln!(out, "not made again: {}", safe(why))?;
    }
    let count = |part: Part| verdict.findings.iter().filter(|f| f.part == part && f.state == State::Agrees).count();
    let (inputs, outputs) = (count(Part::Input), count(Part::Output));
    let how = if verdict.not_remade.is_some() { "the seal" } else { "the seal and with what comes out now" };
    let counted = crate::report::counted;
    writeln!(
        out,
        "{} unchanged; {} to the byte with {how}",
        counted(inputs, "input", "inputs"),
        counted(outputs, "file agrees", "files agree")
    )
}
