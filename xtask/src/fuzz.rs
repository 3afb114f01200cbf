//! `cargo xtask fuzz`: mutated inputs for one reader or for all, for as long as is asked.

use crate::failure::Failure;
use crate::workspace::{self, Workspace};

/// What is taken for each target where nothing is said.
const SECONDS: &str = "60";

/// Runs a target of `tests/fuzz/`, or each in turn, built with optimisation.
///
/// # Errors
/// [`Failure::Usage`] without the name of a target, or for numbers that are none; otherwise the failure of the run.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let usage = || {
        let usage = "write `cargo xtask fuzz NAME|all --seconds N --seed N`; tests/fuzz/targets.rs has the names";
        Failure::Usage(usage.to_owned())
    };
    let [name, flags @ ..] = arguments else { return Err(usage()) };
    let (mut seconds, mut seed) = (SECONDS, "1");
    for pair in flags.chunks(2) {
        match pair {
            [flag, value] if flag == "--seconds" => seconds = value,
            [flag, value] if flag == "--seed" => seed = value,
            _ => return Err(usage()),
        }
    }
    for number in [seconds, seed] {
        if number.parse::<u64>().is_err() {
            return Err(Failure::Usage(format!("`{number}` is no whole number")));
        }
    }
    let target = if name == "all" { "" } else { name };
    let mut fuzz =
        workspace.cargo("test --release --locked --test fuzz -- --nocapture no_mutated_input_stops_a_reader");
    fuzz.env("SAYSO_FUZZ_TARGET", target).env("SAYSO_FUZZ_SECONDS", seconds).env("SAYSO_FUZZ_SEED", seed);
    workspace::run(&mut fuzz)
}
