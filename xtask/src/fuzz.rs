//! `cargo xtask fuzz`: mutated inputs for one reader, for as long as is asked.

use crate::failure::Failure;
use crate::workspace::{self, Workspace};

/// Runs a target of `tests/fuzz.rs`, built with optimisation.
///
/// # Errors
/// [`Failure::Usage`] without the name of a target, or for seconds that are no number; otherwise the
/// failure of the run.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let (name, seconds) = match arguments {
        [name] => (name, "60"),
        [name, flag, seconds] if flag == "--seconds" => (name, seconds.as_str()),
        _ => {
            return Err(Failure::Usage(
                "write `cargo xtask fuzz NAME --seconds N`; tests/fuzz.rs has the names".to_owned(),
            ));
        }
    };
    if seconds.parse::<u64>().is_err() {
        return Err(Failure::Usage(format!("`{seconds}` is no number of seconds")));
    }
    let mut fuzz = workspace.cargo("test --release --locked --test fuzz -- --nocapture");
    workspace::run(fuzz.env("SAYSO_FUZZ_TARGET", name).env("SAYSO_FUZZ_SECONDS", seconds))
}
