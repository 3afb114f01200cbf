//! Mutated inputs for every reader: none may stop the program or take long. Half a second for each target here;
//! `cargo xtask fuzz NAME --seconds N` takes longer. A new target is a line in [`TARGETS`].
//!
//! The fuzzer runs on the stable compiler and knows nothing of the code's branches. In their place it looks at what an
//! input comes to: the messages with their numbers taken out, the shape of what was read. An input that comes to
//! something new is kept and mutated further.

#![cfg(test)]

mod cases;
mod mutate;
mod targets;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mutate::{Random, mutated};
use targets::{TARGETS, Target};

/// Most inputs that are kept to be mutated further.
const KEPT: usize = 4000;

/// What a single input may take.
const SLOW: Duration = Duration::from_secs(5);

/// How often it is looked at how much time was taken.
const LOOK: Duration = Duration::from_millis(50);

/// Processor time of this process so far, all threads together, so that a machine that does other things does not
/// count. Where the system has no `/proc`, the time of the clock.
fn processor_time(start: Instant) -> Duration {
    // Fields 14 and 15 of proc_pid_stat(5), in hundredths of a second on Linux; the name before them ends with `)`.
    let ticks = fs::read_to_string("/proc/self/stat").ok().and_then(|stat| {
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
    });
    ticks.map_or_else(|| start.elapsed(), |ticks| Duration::from_millis(10 * ticks))
}

/// What came of a target.
#[derive(Debug, Default)]
struct Tally {
    executions: u64,
    /// kinds of outcome of the corpus alone, and in the end
    at_first: usize,
    kinds: BTreeSet<u64>,
    findings: Vec<String>,
}

impl Tally {
    /// Runs an input; whether it came to something new.
    fn run(&mut self, target: &Target, input: &[u8]) -> bool {
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
        self.executions += 1;
        // What took long by the clock may only have waited: it is run again by itself, in processor time.
        let is_slow = || {
            let before = processor_time(start);
            (target.run)(input);
            processor_time(start).saturating_sub(before) > SLOW
        };
        let what = match &outcome {
            Err(_) => "a panic",
            Ok(_) if start.elapsed() > SLOW && is_slow() => "slow",
            Ok(_) => "",
        };
        if !what.is_empty() {
            let path = finding(target, input);
            self.findings.push(format!("{what}: {}", path.display()));
        }
        outcome.is_ok_and(|kind| self.kinds.insert(kind))
    }
}

/// Writes down an input that stopped a reader. What is mended goes to tests/fuzz/found/TARGET/.
fn finding(target: &Target, input: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join("sayso-fuzz").join(target.name);
    let path = folder.join(format!("{:016x}", targets::kind_of(input)));
    if fs::create_dir_all(&folder).and_then(|()| fs::write(&path, input)).is_err() {
        println!("{}: {input:?}", target.name);
    }
    path
}

/// Inputs that once stopped a reader, and inputs that are wrong on purpose.
fn stored(target: &Target) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = |folder: PathBuf| {
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path()).collect();
        files.sort();
        files
    };
    let hostile = files(root.join("hostile/inputs")).into_iter().filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        target.hostile.iter().any(|part| name.starts_with(part) || name.ends_with(part))
    });
    let found = files(root.join("fuzz/found").join(target.name));
    found.into_iter().chain(hostile).filter_map(|path| fs::read(path).ok()).collect()
}

fn fuzz(target: &Target, time: Duration, seed: u64) -> Tally {
    let mut tally = Tally::default();
    let mut corpus: Vec<Vec<u8>> = target.corpus.iter().map(|text| text.as_bytes().to_vec()).collect();
    corpus.extend(stored(target));
    for input in &corpus {
        tally.run(target, input);
    }
    tally.at_first = tally.kinds.len();
    let mut random = Random::new(seed);
    let start = Instant::now();
    let (before, mut looked) = (processor_time(start), start);
    loop {
        if looked.elapsed() > LOOK {
            if processor_time(start).saturating_sub(before) >= time {
                break;
            }
            looked = Instant::now();
        }
        let input = mutated(&mut random, &corpus, target.words);
        if tally.run(target, &input) && corpus.len() < KEPT {
            corpus.push(input);
        }
    }
    tally
}

#[test]
fn no_mutated_input_stops_a_reader() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let wanted = std::env::var("SAYSO_FUZZ_TARGET").unwrap_or_default();
    let time = number("SAYSO_FUZZ_SECONDS").map_or(Duration::from_millis(500), Duration::from_secs);
    let mut findings = Vec::new();
    for target in TARGETS.iter().filter(|target| wanted.is_empty() || target.name == wanted) {
        let tally = fuzz(target, time, number("SAYSO_FUZZ_SEED").unwrap_or(1));
        println!(
            "{}: {} executions in {} s of processor time, kinds of outcome {} at first and {} in the end, {} findings",
            target.name,
            tally.executions,
            time.as_secs_f32(),
            tally.at_first,
            tally.kinds.len(),
            tally.findings.len()
        );
        assert!(tally.executions > 0);
        findings.extend(tally.findings.iter().map(|finding| format!("{}: {finding}", target.name)));
    }
    assert!(findings.is_empty(), "{findings:#?}");
    assert!(wanted.is_empty() || TARGETS.iter().any(|target| target.name == wanted), "there is no target `{wanted}`");
}

/// A fuzzer that finds nothing may be one that looks at nothing.
#[test]
fn the_fuzzer_finds_a_reader_that_stops() {
    let target = Target {
        name: "planted",
        corpus: &["about 12"],
        hostile: &[],
        words: &["half of"],
        run: |input| {
            assert!(!input.windows(4).any(|window| window == b"half"), "planted");
            input.len() as u64
        },
    };
    assert!(!fuzz(&target, Duration::from_millis(500), 1).findings.is_empty());
}
