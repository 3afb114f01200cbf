//! `cargo xtask stored`: writes what is made from the program and kept beside it.

use crate::failure::Failure;
use crate::workspace::{Workspace, run};

/// The tests that compare a stored file, and write it where that is asked for.
const TESTS: [&str; 3] = ["release", "formats_page", "inputs"];

/// Writes sbom.cdx.json, schemas/columns.csv, FORMATS.md and the answers to hostile inputs again. Look at what changes.
///
/// # Errors
/// The failure of a test.
pub fn write(workspace: &Workspace, _: &[String]) -> Result<(), Failure> {
    for test in TESTS {
        let mut cargo = workspace.cargo(&format!("test --locked --test {test}"));
        run(cargo.env("INSTA_UPDATE", "always"))?;
    }
    Ok(())
}
