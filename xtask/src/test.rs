//! `cargo xtask test`: the steps, one after another, up to the first that fails.

use std::time::Instant;

use crate::failure::Failure;
use crate::steps::{STEPS, Step};
use crate::workspace::Workspace;

/// Runs the steps.
///
/// # Errors
/// [`Failure::Usage`] for an argument other than `--fast`; [`Failure::Step`] for the first step
/// that fails, and the steps after it are not run.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let steps = chosen(STEPS, arguments)?;
    let start = Instant::now();
    for (at, step) in steps.iter().enumerate() {
        println!("== {} ({} of {}, after {})", step.name, at + 1, steps.len(), seconds(start));
        let began = Instant::now();
        let outcome = (step.install)(workspace).and_then(|()| (step.run)(workspace));
        outcome.map_err(|cause| Failure::Step { name: step.name, cause: Box::new(cause) })?;
        // Nothing follows the last step: the counts of the tests end the output.
        if at + 1 < steps.len() {
            println!("   {} passed in {}", step.name, seconds(began));
        }
    }
    Ok(())
}

/// The steps that the arguments ask for, in order.
fn chosen<'a>(steps: &'a [Step], arguments: &[String]) -> Result<Vec<&'a Step>, Failure> {
    let mut fast = false;
    for argument in arguments {
        match argument.as_str() {
            "--fast" => fast = true,
            other => return Err(Failure::Usage(format!("test knows `--fast`, not `{other}`"))),
        }
    }
    Ok(steps.iter().filter(|step| step.fast || !fast).collect())
}

fn seconds(since: Instant) -> String {
    format!("{:.1} s", since.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::install::nothing;

    const TWO: [Step; 2] = [
        Step { name: "slow", needs: "", fast: false, install: nothing, run: nothing },
        Step { name: "quick", needs: "", fast: true, install: nothing, run: nothing },
    ];

    fn names(arguments: &[&str]) -> Result<Vec<&'static str>, String> {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        let steps = chosen(&TWO, &arguments).map_err(|failure| failure.to_string())?;
        Ok(steps.iter().map(|step| step.name).collect())
    }

    #[test]
    fn fast_leaves_out_the_slow_steps() {
        assert_eq!(names(&[]), Ok(vec!["slow", "quick"]));
        assert_eq!(names(&["--fast"]), Ok(vec!["quick"]));
    }

    #[test]
    fn an_unknown_argument_is_named_and_runs_nothing() {
        assert_eq!(names(&["--fats"]), Err("test knows `--fast`, not `--fats`".to_owned()));
    }

    #[test]
    fn the_tests_stand_last_in_every_choice_of_steps() {
        assert_eq!(STEPS.last().map(|step| (step.name, step.fast)), Some(("test", true)));
    }
}
