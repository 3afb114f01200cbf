//! What the steps need, brought in on a machine that has only cargo.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::workspace::{Workspace, run, works};

/// Release of cargo-deny that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// For steps that need nothing more than cargo.
pub fn nothing(_: &Workspace) -> Result<(), Failure> {
    Ok(())
}

/// The formatter.
pub fn rustfmt(workspace: &Workspace) -> Result<(), Failure> {
    component(workspace, "fmt", "rustfmt")
}

/// The linter.
pub fn clippy(workspace: &Workspace) -> Result<(), Failure> {
    component(workspace, "clippy", "clippy")
}

/// The checker of licences and sources. Built without optimisation, which takes a third of the
/// time of its release build; the check itself runs for a second either way.
pub fn cargo_deny(workspace: &Workspace) -> Result<(), Failure> {
    let program = deny_program(workspace);
    if works(Command::new(&program).arg("--version")) {
        return Ok(());
    }
    println!("   cargo-deny is not here: building {CARGO_DENY}, once, about a minute on two cores");
    let folder = deny_folder(workspace);
    let mut install = workspace.cargo("install cargo-deny --locked --debug --quiet --version");
    install.arg(CARGO_DENY).arg("--root").arg(&folder).arg("--target-dir").arg(folder.join("build"));
    run(install.env("CARGO_PROFILE_DEV_DEBUG", "0"))?;
    // Half a gigabyte that nobody needs again; a folder that cannot be removed does no harm.
    let _ = std::fs::remove_dir_all(folder.join("build"));
    Ok(())
}

/// The cargo-deny to use: the one on the path, else the project's own, there or not.
pub fn deny_program(workspace: &Workspace) -> PathBuf {
    let on_path = PathBuf::from("cargo-deny");
    if works(Command::new(&on_path).arg("--version")) { on_path } else { deny_folder(workspace).join("bin/cargo-deny") }
}

fn deny_folder(workspace: &Workspace) -> PathBuf {
    workspace.tool(&format!("cargo-deny-{CARGO_DENY}"))
}

/// A Python with the packages that read our exports, in a folder of its own. On a Debian machine
/// without Python it is installed first.
pub fn readers(workspace: &Workspace) -> Result<(), Failure> {
    let python = readers_python(workspace);
    if works(
        Command::new(&python)
            .args(["-c", "import networkx, jsonschema, pydot, stix2, prov, pyarrow, mwparserfromhell, markdown_it"]),
    ) {
        return Ok(());
    }
    println!("   the readers of exports are not here: making a Python environment, once");
    environment(workspace, "readers", "tests/readers/requirements.txt")
}

/// Makes a Python environment of the project's own.
fn environment(workspace: &Workspace, name: &str, requirements: &str) -> Result<(), Failure> {
    let folder = workspace.tool(name);
    let venv = |workspace: &Workspace| run(workspace.program(Path::new("python3")).args(["-m", "venv"]).arg(&folder));
    if venv(workspace).is_err() {
        debian(workspace, &["python3", "python3-venv"])?;
        venv(workspace)?;
    }
    let mut python = workspace.program(&folder.join("bin/python"));
    run(python.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]))
}

/// A Python for the package, the notebooks and Spark, in a folder of its own, and Java for Spark.
pub fn python(workspace: &Workspace) -> Result<(), Failure> {
    if !works(Command::new("java").arg("-version")) {
        println!("   Java is not here: installing from Debian, once");
        debian(workspace, &["openjdk-17-jre-headless"])?;
    }
    let imports = "import maturin, mypy, nbclient, ipykernel, pandas, polars, pyarrow, pyspark, pytest";
    if works(Command::new(python_program(workspace)).args(["-c", imports])) {
        return Ok(());
    }
    println!("   pandas, polars, Spark and others are not here: making a Python environment, once");
    environment(workspace, "python", "tests/python/requirements.txt")
}

/// The Python that has the package, there or not.
pub fn python_program(workspace: &Workspace) -> PathBuf {
    workspace.tool("python").join("bin/python")
}

/// The Python of the readers, there or not.
pub fn readers_python(workspace: &Workspace) -> PathBuf {
    workspace.tool("readers").join("bin/python")
}

/// Chromium and Node from Debian, and the packages that drive a page, as `package-lock.json` fixes them.
pub fn browser(workspace: &Workspace) -> Result<(), Failure> {
    let is_there = |program: &str| works(Command::new(program).arg("--version"));
    let missing: Vec<&str> =
        [(chromium().is_none(), "chromium"), (!is_there("node"), "nodejs"), (!is_there("npm"), "npm")]
            .into_iter()
            .filter_map(|(is_missing, package)| is_missing.then_some(package))
            .collect();
    if !missing.is_empty() {
        println!("   {} not here: installing from Debian, once", missing.join(", "));
        debian(workspace, &missing)?;
    }
    let folder = browser_folder(workspace);
    let lock = "tests/browser/package-lock.json";
    let is_current = |name: &str| {
        let (wanted, there) = (workspace.read(name), std::fs::read(folder.join("package-lock.json")));
        there.is_ok_and(|there| wanted.is_ok_and(|wanted| wanted == there))
    };
    if is_current(lock) && folder.join("node_modules/axe-core").exists() {
        return Ok(());
    }
    println!("   the browser's driver is not here: npm ci, once");
    workspace.copy("tests/browser/package.json", &folder)?;
    workspace.copy(lock, &folder)?;
    let mut npm = workspace.program(Path::new("npm"));
    run(npm.current_dir(&folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"]))
}

/// The browser on the path.
pub fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path)
        .find_map(|folder| names.map(|name| folder.join(name)).into_iter().find(|p| p.is_file()))
}

/// Where the packages that drive the browser lie, there or not.
pub fn browser_folder(workspace: &Workspace) -> PathBuf {
    workspace.tool("browser")
}

/// The machine that counts instructions, from Debian.
pub fn valgrind(workspace: &Workspace) -> Result<(), Failure> {
    if works(Command::new("valgrind").arg("--version")) {
        return Ok(());
    }
    println!("   valgrind is not here: installing from Debian, once");
    debian(workspace, &["valgrind"])
}

/// Installs packages of Debian, as root or through sudo.
fn debian(workspace: &Workspace, packages: &[&str]) -> Result<(), Failure> {
    let apt = |words: &[&str]| {
        let mut plain = workspace.program(Path::new("apt-get"));
        if works(Command::new("sudo").args(["-n", "true"])) {
            plain = workspace.program(Path::new("sudo"));
            plain.args(["-n", "apt-get"]);
        }
        run(plain.args(words).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--yes", "--quiet", "--no-install-recommends"], packages].concat())
}

/// A component of the toolchain, by the cargo command that shows whether it is there.
fn component(workspace: &Workspace, command: &str, component: &str) -> Result<(), Failure> {
    let is_there = || works(workspace.cargo(command).arg("--version"));
    if is_there() {
        return Ok(());
    }
    println!("   {component} is not here: rustup component add {component}");
    // Whether that worked is seen below; without rustup it cannot even start.
    let tried = run(workspace.program(Path::new("rustup")).args(["component", "add", component]));
    if is_there() {
        return Ok(());
    }
    let why = tried.err().map(|failure| format!(" ({failure})")).unwrap_or_default();
    Err(Failure::Missing(format!("{component} is missing{why}; install it with `rustup component add {component}`")))
}
