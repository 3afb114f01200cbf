//! The steps of the test command. One step: one line in [`STEPS`] and the function that runs it.

use std::path::Path;

use crate::counts;
use crate::failure::Failure;
use crate::install;
use crate::same;
use crate::workspace::{Workspace, run};

/// One thing that has to pass.
pub struct Step {
    /// name in the output
    pub name: &'static str,
    /// what it needs beyond cargo itself
    pub needs: &'static str,
    /// whether `--fast` runs it too
    pub fast: bool,
    /// brings in what it needs where that is missing, from package registries alone
    pub install: fn(&Workspace) -> Result<(), Failure>,
    /// does it
    pub run: fn(&Workspace) -> Result<(), Failure>,
}

/// All steps, in order. `test` stays last: its `test result:` lines end the output, and whoever
/// reads a run by its closing lines finds the counts there.
pub const STEPS: &[Step] = &[
    Step { name: "fmt", needs: "rustfmt", fast: true, install: install::rustfmt, run: fmt },
    Step { name: "clippy", needs: "clippy", fast: true, install: install::clippy, run: clippy },
    Step { name: "deny", needs: "cargo-deny", fast: true, install: install::cargo_deny, run: deny },
    Step { name: "doc", needs: "nothing", fast: true, install: install::nothing, run: doc },
    Step { name: "browser", needs: "Chromium and Node", fast: false, install: install::browser, run: browser },
    Step { name: "features", needs: "python3 and its packages", fast: false, install: install::readers, run: features },
    Step {
        name: "python",
        needs: "python3, its packages and Java 17",
        fast: false,
        install: install::python,
        run: python,
    },
    Step {
        name: "same",
        needs: "nothing",
        fast: false,
        install: install::nothing,
        run: |workspace| same::check(workspace, &[]),
    },
    Step { name: "counts", needs: "valgrind", fast: false, install: install::valgrind, run: counts::check },
    Step { name: "test", needs: "python3 and its packages", fast: true, install: install::readers, run: test },
];

fn fmt(workspace: &Workspace) -> Result<(), Failure> {
    run(&mut workspace.cargo("fmt --all --check"))
}

fn clippy(workspace: &Workspace) -> Result<(), Failure> {
    run(&mut workspace.cargo("clippy --workspace --all-targets --locked -- -D warnings"))
}

/// Licences, sources and duplicates; advisories are left to whoever has the network for them.
fn deny(workspace: &Workspace) -> Result<(), Failure> {
    let deny = install::deny_program(workspace);
    run(workspace.program(&deny).args(["--locked", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]))
}

fn doc(workspace: &Workspace) -> Result<(), Failure> {
    run(workspace.cargo("doc --no-deps --locked").env("RUSTDOCFLAGS", "-D warnings"))
}

/// The report in Chromium: its choices, what it asks for, what axe-core says of it.
fn browser(workspace: &Workspace) -> Result<(), Failure> {
    run(&mut workspace.cargo("build --locked"))?;
    let mut node = workspace.program(Path::new("node"));
    node.args(["--test", "--test-reporter", "spec", "tests/browser/report.test.mjs"]);
    node.env("SAYSO", workspace.built("sayso")).env("SAYSO_BROWSER_TOOLS", install::browser_folder(workspace));
    run(node.env("SAYSO_CHROMIUM", install::chromium().unwrap_or_default()))
}

/// Exports and pictures with the features that are off by default.
fn features(workspace: &Workspace) -> Result<(), Failure> {
    run(&mut workspace.cargo("clippy -p sayso --features parquet,png --locked -- -D warnings"))?;
    let mut test = workspace.cargo("test -p sayso --features parquet,png --locked --test formats --test pictures");
    run(test.env("INSTA_UPDATE", "no").env("CI", "1").env("SAYSO_PYTHON", install::readers_python(workspace)))
}

/// The Python package, built as `pip install .` builds it: its tests, the notebooks, and Spark on two executors.
fn python(workspace: &Workspace) -> Result<(), Failure> {
    let python = install::python_program(workspace);
    let run_python = |arguments: &[&str]| {
        let mut command = workspace.program(&python);
        command.args(arguments).env("SAYSO", workspace.released("sayso"));
        // The builder of wheels is called by its name.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = python.parent().map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
        run(command.env("CARGO_TARGET_DIR", workspace.target()))
    };
    // Once for the program and the package, so that both are made of the same library.
    run(&mut workspace.cargo("build --release --locked -p sayso -p sayso-python"))?;
    // The builder of wheels is in the environment, so that nothing is fetched for it.
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"];
    run_python(&[&pip[..], &["--force-reinstall", "."]].concat())?;
    run_python(&["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "tests/python"])?;
    let out = workspace.tool("notebooks").display().to_string();
    let notebooks = workspace.files("notebooks", "ipynb")?;
    let notebooks: Vec<&str> = notebooks.iter().map(String::as_str).collect();
    run_python(&[&["tests/notebooks/run.py", "--out", &out], &notebooks[..]].concat())
}

/// Unit tests, laws, snapshots through the real binary, examples and doc tests. A snapshot that
/// differs fails and is never rewritten here.
fn test(workspace: &Workspace) -> Result<(), Failure> {
    let mut test = workspace.cargo("test --workspace --locked");
    // A law that fails prints its message at every step of shrinking; with stacks, 90,000 lines.
    test.env("RUST_BACKTRACE", "0");
    // The same cases in every run, so that the same code gives the same verdict; another seed makes others.
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        test.env("PROPTEST_RNG_SEED", "1");
    }
    run(test.env("INSTA_UPDATE", "no").env("CI", "1").env("SAYSO_PYTHON", install::readers_python(workspace)))
}
