//! Inputs that are wrong on purpose: every one is answered as expected.tsv says, within five seconds of a processor and
//! a gigabyte, without a panic and without a sign that a terminal, a spreadsheet or a browser would act upon.
//!
//! tests/hostile/make.py makes the inputs. With `INSTA_UPDATE=always` the answers are written again; read what changed.

#![cfg(test)]
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use rayon::prelude::*;

/// Seconds that an answer may take, and kilobytes of address space.
const SECONDS: u64 = 5;
const MOST: u64 = 1 << 20;

struct Input {
    name: String,
    command: String,
    /// head, unit, count and tail of an input that is made here
    made: Option<(String, String, usize, String)>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")
}

fn inputs() -> Vec<Input> {
    let text = fs::read_to_string(folder().join("inputs.tsv")).unwrap();
    let line = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let (name, command, made) = (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap());
        Input { name, command, made: (!made.is_empty()).then(|| serde_json::from_str(&made).unwrap()) }
    };
    text.lines().map(line).collect()
}

/// Runs sayso on an input within a folder of its own, with the address space limited.
fn run(input: &Input, place: &Path) -> (Output, Duration) {
    let name = input.name.clone();
    if let Some((head, unit, count, tail)) = &input.made {
        fs::write(place.join(&name), format!("{head}{}{tail}", unit.repeat(*count))).unwrap();
    } else {
        std::os::unix::fs::symlink(folder().join("inputs").join(&name), place.join(&name)).unwrap();
    }
    let arguments: Vec<String> = match input.command.as_str() {
        "report" => vec!["report".into(), name, "-o".into(), "out".into(), "--threads".into(), "2".into()],
        "extract" => vec!["extract".into(), name],
        "verify" => vec!["verify".into(), name],
        "settings" => {
            fs::write(place.join("claims.csv"), "question,publisher,estimate\nq,A,5\n").unwrap();
            vec!["consensus".into(), "claims.csv".into(), "--settings".into(), name]
        }
        "check" => vec!["check".into(), name, "--threads".into(), "2".into()],
        import => import.split(' ').map(str::to_owned).chain([name, "-o".into(), "out".into()]).collect(),
    };
    let start = Instant::now();
    let output = Command::new("sh")
        .current_dir(place)
        .args([
            "-c",
            &format!("ulimit -v {MOST}; ulimit -t {SECONDS}; exec timeout {SECONDS}0 \"$0\" \"$@\""),
            env!("CARGO_BIN_EXE_sayso"),
        ])
        .args(&arguments)
        .env("RAYON_NUM_THREADS", "2")
        .output()
        .unwrap();
    (output, start.elapsed())
}

/// The line that tells most of an answer: the first of the errors, else the last that was printed.
fn told(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    let lines = || err.lines().filter(|line| !line.is_empty());
    let line = match status.as_str() {
        "0" => out.lines().next_back().or_else(|| lines().next_back()),
        _ => lines().find(|line| line.contains(": error: ")).or_else(|| lines().next_back()),
    };
    format!("{status}\t{}", line.unwrap_or_default())
}

/// What is wrong with how a run went, whatever it said.
fn faults(input: &Input, output: &Output, time: Duration, place: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    let printed = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8_lossy(&printed);
    let turns_round =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_acted_upon = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || turns_round(c);
    if text.contains("panicked") || text.contains("memory allocation") {
        faults.push(format!("panicked: {text}"));
    }
    if !matches!(output.status.code(), Some(0..=2)) {
        faults.push(format!("ended with {:?}", output.status));
    }
    if let Some(sign) = text.chars().find(|&c| is_acted_upon(c)) {
        faults.push(format!("prints {sign:?}"));
    }
    // Time of the processor is limited from outside; the clock shows whoever waits for nothing.
    if time > Duration::from_secs(10 * SECONDS) {
        faults.push(format!("took {time:?}"));
    }
    if output.status.code() != Some(0) && place.join("out").exists() {
        faults.push("left a folder behind".to_owned());
    }
    if input.command == "report" && output.status.success() {
        faults.extend(report_faults(&place.join("out")));
        for command in ["consensus", "trace", "timeline", "sources"] {
            let shown =
                Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(place).args([command, &input.name]).output();
            let shown = shown.unwrap();
            let text = String::from_utf8_lossy(&shown.stdout).into_owned();
            if !shown.status.success() || text.chars().any(is_acted_upon) {
                faults.push(format!("{command} prints {text:?}"));
            }
        }
    }
    faults
}

/// Cells of a report that a spreadsheet would run, and tags or addresses of its page that a browser would.
fn report_faults(folder: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    for file in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if file.is_dir() {
            faults.extend(report_faults(&file));
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => {
                let mut rows = csv_core::Reader::new();
                let (mut input, mut cells, mut ends) = (text.as_bytes(), vec![0; text.len() + 1], vec![0; 64]);
                loop {
                    let (result, read, _, fields) = rows.read_record(input, &mut cells, &mut ends);
                    input = &input[read..];
                    if !matches!(result, csv_core::ReadRecordResult::Record) {
                        break;
                    }
                    for at in 0..fields {
                        let from = if at == 0 { 0 } else { ends[at - 1] };
                        let cell = String::from_utf8_lossy(&cells[from..ends[at]]);
                        let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
                        if runs {
                            faults.push(format!("{}: a cell {cell:?}", file.display()));
                        }
                    }
                }
            }
            Some("html") => {
                let lower = text.to_lowercase();
                let scripts = lower.matches("<script").count();
                for sign in [
                    "<script>alert",
                    "<img",
                    "<svg onload",
                    "href=\"javascript",
                    "href=\"data",
                    "href=\"file",
                    "href=\"vbscript",
                    "</script><script>alert",
                ] {
                    if lower.contains(sign) {
                        faults.push(format!("{}: {sign}", file.display()));
                    }
                }
                if scripts > 3 {
                    faults.push(format!("{scripts} scripts"));
                }
            }
            _ => {}
        }
    }
    faults
}

#[test]
fn every_hostile_input_is_answered_as_it_should_be() {
    let inputs = inputs();
    assert!(inputs.len() >= 200);
    let notes = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("SECURITY.md")).unwrap();
    assert!(notes.contains(&format!("holds {} inputs", inputs.len())), "SECURITY.md has another number");
    let answers: Vec<(String, String, Vec<String>)> = inputs
        .par_iter()
        .map(|input| {
            let place = tempfile::tempdir().unwrap();
            let (output, time) = run(input, place.path());
            (input.name.clone(), told(&output), faults(input, &output, time, place.path()))
        })
        .collect();
    let faults: Vec<_> =
        answers.iter().filter(|(.., faults)| !faults.is_empty()).map(|(name, _, faults)| (name, faults)).collect();
    let path = folder().join("expected.tsv");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let text: String = answers.iter().map(|(name, answer, _)| format!("{name}\t{answer}\n")).collect();
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let expected: BTreeMap<&str, &str> = expected.lines().filter_map(|line| line.split_once('\t')).collect();
    let other: Vec<_> = answers
        .iter()
        .filter(|(name, answer, _)| expected.get(name.as_str()) != Some(&answer.as_str()))
        .map(|(name, answer, _)| {
            format!("{name}: {answer}\n    not {}", expected.get(name.as_str()).unwrap_or(&"there"))
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(other.is_empty(), "{}", other.join("\n"));
    assert_eq!(expected.len(), inputs.len(), "expected.tsv has answers to inputs that are gone");
}
