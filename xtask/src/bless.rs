//! `cargo xtask bless`: accepts every snapshot as it is now.

use crate::failure::Failure;
use crate::workspace::{self, Workspace};

/// Runs all tests with every snapshot file rewritten, to be looked over with `git diff` before
/// it is committed. Snapshots written inline in a test are out of reach of this and are changed
/// by hand.
///
/// # Errors
/// [`Failure::Usage`] for any argument; otherwise the failure of the tests.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    if let Some(argument) = arguments.first() {
        return Err(Failure::Usage(format!("bless takes no argument, and `{argument}` was given")));
    }
    let mut tests = workspace.cargo("test --workspace --locked --no-fail-fast");
    workspace::run(tests.env("INSTA_UPDATE", "always"))
}
