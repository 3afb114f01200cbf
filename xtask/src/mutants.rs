//! `cargo xtask mutants`: small faults put into the code, to see whether a test notices.

use std::process::Command;

use crate::failure::Failure;
use crate::workspace::{Workspace, run, works};

/// Release of cargo-mutants that is used.
const CARGO_MUTANTS: &str = "27.1.0";

/// The stages whose faults would be quietly wrong numbers.
const STAGES: [&str; 4] = ["src/graph/**", "src/consensus/**", "src/credibility/**", "src/ingest/**"];

/// Draws mutants by a seed and runs the tests on each. Outcomes lie in `mutants.out` of the target folder.
///
/// cargo-mutants shuffles what it is given and knows no seed, so it is given the mutants that are drawn here, one
/// regular expression for each: the place and the words of its name.
///
/// # Errors
/// [`Failure::Usage`] for numbers that are none; [`Failure::Missing`] without cargo-mutants; the failure of a run, also
/// where mutants survive.
pub fn check(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let (mut seed, mut count) = (1_u64, 300_usize);
    for pair in arguments.chunks(2) {
        let usage = || Failure::Usage("write `cargo xtask mutants --seed N --count N`".to_owned());
        match pair {
            [flag, value] if flag == "--seed" => seed = value.parse().map_err(|_| usage())?,
            [flag, value] if flag == "--count" => count = value.parse().map_err(|_| usage())?,
            _ => return Err(usage()),
        }
    }
    if !works(Command::new("cargo-mutants").args(["mutants", "--version"])) {
        let install = format!("cargo install cargo-mutants --locked --version {CARGO_MUTANTS}");
        return Err(Failure::Missing(format!("cargo-mutants is not here; `{install}` installs it")));
    }
    let mut list = workspace.cargo("mutants --list");
    for stage in STAGES {
        list.args(["--file", stage]);
    }
    let listed = list.output().map_err(|error| Failure::Missing(format!("cargo-mutants did not start: {error}")))?;
    let all: Vec<String> = String::from_utf8_lossy(&listed.stdout).lines().map(str::to_owned).collect();
    let drawn = drawn(all, seed, count);
    println!("{} mutants drawn with seed {seed}", drawn.len());
    let mut mutants = workspace.cargo("mutants --in-place --no-shuffle --timeout 300 --output");
    mutants.arg(workspace.tool("mutants"));
    for stage in STAGES {
        mutants.args(["--file", stage]);
    }
    for name in &drawn {
        mutants.arg("--re").arg(format!("^{}$", escaped(name)));
    }
    run(mutants.args(["--", "--lib", "--tests"]))
}

/// Draws names without replacement (Fisher and Yates 1938; numbers by splitmix64), in the order of the list.
fn drawn(mut all: Vec<String>, mut seed: u64, count: usize) -> Vec<String> {
    let total = all.len();
    let mut places: Vec<usize> = (0..total).collect();
    for at in 0..count.min(total) {
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let left = (total - at) as u64;
        places.swap(at, at + ((z ^ (z >> 31)) % left) as usize);
    }
    places.truncate(count);
    places.sort_unstable();
    places.into_iter().map(|at| std::mem::take(&mut all[at])).collect()
}

/// A name as a regular expression that matches itself.
fn escaped(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if !c.is_alphanumeric() && !matches!(c, ' ' | '_' | '/' | ':') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_mutants_and_each_once() {
        let all: Vec<String> = (0..1000).map(|n| format!("m{n:04}")).collect();
        let one = drawn(all.clone(), 1, 300);
        assert_eq!(one, drawn(all.clone(), 1, 300));
        assert_ne!(one, drawn(all.clone(), 2, 300));
        assert!(one.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!((one.len(), drawn(all, 1, 5000).len()), (300, 1000));
    }

    #[test]
    fn a_name_matches_itself_alone() {
        assert_eq!(escaped("src/a.rs:3:5: replace + with *"), "src/a\\.rs:3:5: replace \\+ with \\*");
    }
}
