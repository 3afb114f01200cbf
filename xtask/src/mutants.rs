//! `cargo xtask mutants`: small faults put into the code, to see whether a test notices.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::workspace::{Workspace, run, works};

/// Release of cargo-mutants that is used.
const CARGO_MUTANTS: &str = "27.1.0";

/// The stages whose faults would be quietly wrong numbers.
const STAGES: [&str; 4] = ["src/graph/**", "src/consensus/**", "src/credibility/**", "src/ingest/**"];

/// What is typed.
const USAGE: &str = "write `cargo xtask mutants --seed N --count N`, or with `--missed FILE` for those that an earlier \
                     results.tsv calls missed";

/// What was asked for.
#[derive(Debug, PartialEq)]
struct Asked {
    /// seed of the draw
    seed: u64,
    /// how many are drawn
    count: usize,
    /// results of an earlier run, of which only the missed are run again
    missed: Option<String>,
}

/// Draws mutants by a seed and runs the tests on each, as the last commit has them. Outcomes lie in
/// `tools/mutants/COMMIT/results.tsv` of the target folder; a run that broke off goes on where it stopped.
///
/// cargo-mutants names the mutants and says what each changes. `mutants.py` beside this package builds all of them into
/// one program, since a build for each costs more than the tests.
///
/// # Errors
/// [`Failure::Usage`] for numbers that are none; [`Failure::Missing`] without cargo-mutants; the failure of a run, also
/// where mutants survive.
pub fn check(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let asked = asked(arguments)?;
    if !works(Command::new("cargo-mutants").args(["mutants", "--version"])) {
        let install = format!("cargo install cargo-mutants --locked --version {CARGO_MUTANTS}");
        return Err(Failure::Missing(format!("cargo-mutants is not here; `{install}` installs it")));
    }
    let commit = told(workspace.program(Path::new("git")).args(["rev-parse", "--short=12", "HEAD"]))?;
    let folder = workspace.tool("mutants");
    let (tree, out) = (folder.join("tree"), folder.join(commit.trim()));
    if tree.exists() {
        fs::remove_dir_all(&tree).map_err(|error| Failure::Missing(format!("{}: {error}", tree.display())))?;
    }
    run(workspace.program(Path::new("git")).args(["clone", "--quiet", "."]).arg(&tree))?;
    let listed = |form: &[&str]| {
        let mut list = Command::new("cargo-mutants");
        list.current_dir(&tree).args(["mutants", "--list"]).args(form);
        told(list.args(STAGES.iter().flat_map(|stage| ["--file", stage])))
    };
    let all: Vec<String> = listed(&[])?.lines().map(str::to_owned).collect();
    let mut names = drawn(all, asked.seed, asked.count);
    println!("{} mutants drawn with seed {}", names.len(), asked.seed);
    if let Some(file) = &asked.missed {
        let before = fs::read_to_string(file).map_err(|error| Failure::Missing(format!("{file}: {error}")))?;
        names.retain(|name| was_missed(&before, name));
        println!("{} of them were missed before", names.len());
    }
    let failed = |error| Failure::Missing(format!("{} could not be written: {error}", out.display()));
    fs::create_dir_all(&out).map_err(failed)?;
    fs::write(out.join("all.json"), listed(&["--json"])?).map_err(failed)?;
    fs::write(out.join("drawn.txt"), names.join("\n") + "\n").map_err(failed)?;
    let mut tests = workspace.program(Path::new("python3"));
    tests.arg("xtask/mutants.py").arg("--tree").arg(&tree).arg("--target").arg(folder.join("target"));
    run(tests.arg("--out").arg(&out))
}

fn asked(arguments: &[String]) -> Result<Asked, Failure> {
    let usage = || Failure::Usage(USAGE.to_owned());
    let mut asked = Asked { seed: 1, count: 300, missed: None };
    for pair in arguments.chunks(2) {
        match pair {
            [flag, value] if flag == "--seed" => asked.seed = value.parse().map_err(|_| usage())?,
            [flag, value] if flag == "--count" => asked.count = value.parse().map_err(|_| usage())?,
            [flag, value] if flag == "--missed" => asked.missed = Some(value.clone()),
            _ => return Err(usage()),
        }
    }
    Ok(asked)
}

/// What a program prints.
fn told(command: &mut Command) -> Result<String, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| Failure::Missing(format!("{name} did not start: {error}")))?;
    if !output.status.success() {
        return Err(Failure::Status { command: name, status: output.status });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether the results of an earlier run have a mutant among those that no test noticed.
fn was_missed(results: &str, name: &str) -> bool {
    results.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with("\tmissed\t")))
}

/// Draws names without replacement (Fisher and Yates 1938; numbers by splitmix64), in the order in which they are
/// drawn: the first of them are a fair draw too.
fn drawn(mut all: Vec<String>, mut seed: u64, count: usize) -> Vec<String> {
    let total = all.len();
    for at in 0..count.min(total) {
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let left = (total - at) as u64;
        all.swap(at, at + ((z ^ (z >> 31)) % left) as usize);
    }
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("m{n:04}")).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_mutants_and_each_once() {
        let mut one = drawn(names(1000), 1, 300);
        assert_eq!(one, drawn(names(1000), 1, 300));
        assert_ne!(one, drawn(names(1000), 2, 300));
        one.sort();
        one.dedup();
        assert_eq!((one.len(), drawn(names(1000), 1, 5000).len()), (300, 1000));
    }

    #[test]
    fn a_draw_of_fewer_is_the_start_of_a_draw_of_more() {
        assert_eq!(drawn(names(1000), 7, 40), drawn(names(1000), 7, 300)[..40]);
    }

    #[test]
    fn a_mutant_was_missed_where_its_own_line_says_so() {
        let results =
            "mutant\toutcome\tby\tseconds\na.rs:1:2: x\tmissed\t\t4.0\na.rs:1:2: x with y\tcaught\tlib t\t1.0\n";
        assert!(was_missed(results, "a.rs:1:2: x"));
        assert!(!was_missed(results, "a.rs:1:2: x with y") && !was_missed(results, "a.rs:1:2"));
    }

    #[test]
    fn flags_without_a_value_or_without_a_meaning_are_refused() {
        let typed = |text: &str| asked(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let wanted = Asked { seed: 9, count: 20, missed: Some("r.tsv".to_owned()) };
        assert_eq!(typed("--count 20 --missed r.tsv --seed 9").ok(), Some(wanted));
        assert!(typed("--seed").is_err() && typed("--seed x").is_err() && typed("--speed 1").is_err());
    }
}
