//! `cargo xtask same`: a report of the debug build and one of the release build agree to the byte.

use std::path::Path;

use crate::failure::Failure;
use crate::workspace::{Workspace, run};

/// The case that is reported on.
const CASE: &str = "data/kursk-2025";

/// Reports with one build and verifies with the other.
///
/// # Errors
/// The failure of a build, or of `sayso verify`.
pub fn check(workspace: &Workspace, _: &[String]) -> Result<(), Failure> {
    run(&mut workspace.cargo("build --locked"))?;
    // As the Python package has it, so that one build serves both.
    run(&mut workspace.cargo("build --locked --release -p sayso -p sayso-python"))?;
    let (debug, release) = (workspace.built("sayso"), workspace.released("sayso"));
    for (writes, verifies) in [(&debug, &release), (&release, &debug)] {
        let folder = workspace.tool("same-report");
        let folder = folder.to_string_lossy();
        let program = |path: &Path| workspace.program(path);
        run(program(writes).args(["report", CASE, "--quiet", "-o", folder.as_ref()]))?;
        run(program(verifies).args(["verify", folder.as_ref()]))?;
    }
    Ok(())
}
