//! Where the project lies, and how programs are run in it.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// The checkout that the task works on.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
    cargo: OsString,
}

impl Workspace {
    /// The workspace of this package, with the cargo that started it.
    ///
    /// # Errors
    /// [`Failure::Missing`] where the program was not started by cargo.
    pub fn find() -> Result<Workspace, Failure> {
        let root = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .and_then(|package| package.parent().map(Path::to_owned));
        let root = root.ok_or_else(|| Failure::Missing("start this as `cargo xtask`, not by itself".to_owned()))?;
        let target = root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Ok(Workspace { root, target, cargo })
    }

    /// The folder that cargo builds in.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The folder of a tool that the project keeps for itself, out of the way of git.
    pub fn tool(&self, name: &str) -> PathBuf {
        self.target.join("tools").join(name)
    }

    /// A program of the workspace, as a plain `cargo build` leaves it.
    pub fn built(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// A program of the workspace, as `cargo build --release` leaves it.
    pub fn released(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }

    /// A cargo command in the root of the workspace; `arguments` are parted by single spaces.
    /// What cargo remembers of the compiler is not trusted: it keeps failures, too.
    pub fn cargo(&self, arguments: &str) -> Command {
        let mut command = self.program(Path::new(&self.cargo));
        command.args(arguments.split(' ')).env("CARGO_CACHE_RUSTC_INFO", "0");
        command
    }

    /// A file of the workspace.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(&self, name: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(self.root.join(name))
    }

    /// The files of a folder of the workspace with an ending, in order of name.
    ///
    /// # Errors
    /// [`Failure::Missing`] where the folder cannot be read, or has none.
    pub fn files(&self, folder: &str, ending: &str) -> Result<Vec<String>, Failure> {
        let failed = |error| Failure::Missing(format!("{folder} could not be read: {error}"));
        let entries = std::fs::read_dir(self.root.join(folder)).map_err(failed)?;
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let wanted = paths.filter(|path| path.extension().is_some_and(|own| own == ending));
        let mut files: Vec<String> =
            wanted.filter_map(|path| Some(format!("{folder}/{}", path.file_name()?.to_str()?))).collect();
        files.sort();
        if files.is_empty() { Err(Failure::Missing(format!("{folder} has no .{ending}"))) } else { Ok(files) }
    }

    /// Writes a file of the workspace.
    ///
    /// # Errors
    /// [`Failure::Missing`] where that cannot be done.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let failed = |error| Failure::Missing(format!("{name} could not be written: {error}"));
        std::fs::write(self.root.join(name), bytes).map_err(failed)
    }

    /// Copies a file of the workspace into a folder, which is made if need be.
    ///
    /// # Errors
    /// [`Failure::Missing`] where that cannot be done.
    pub fn copy(&self, name: &str, folder: &Path) -> Result<(), Failure> {
        let failed = |error| Failure::Missing(format!("{name} could not be copied to {}: {error}", folder.display()));
        std::fs::create_dir_all(folder).map_err(failed)?;
        let base = Path::new(name).file_name().unwrap_or_default();
        std::fs::copy(self.root.join(name), folder.join(base)).map_err(failed)?;
        Ok(())
    }

    /// Any program, in the root of the workspace. It is not given our standard input: a compiler
    /// that is asked about itself would read it as a program.
    pub fn program(&self, path: &Path) -> Command {
        let mut command = Command::new(path);
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }
}

/// Runs a program, with its output going to ours.
///
/// # Errors
/// [`Failure::Start`] or [`Failure::Status`].
pub fn run(command: &mut Command) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::Status { command: line(command), status }),
        Err(error) => Err(Failure::Start { command: line(command), error }),
    }
}

/// Whether a program is there and succeeds; nothing is printed.
pub fn works(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The command as a person would type it: the program without its folder.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}
