//! Why a task did not succeed.

use std::fmt;
use std::io;
use std::process::ExitStatus;

/// Why a task did not succeed. The text stands alone on the last line of the output.
#[derive(Debug)]
pub enum Failure {
    /// what was typed has no meaning
    Usage(String),
    /// something that is needed is not there and could not be brought in
    Missing(String),
    /// a program could not be started
    Start {
        /// the command line
        command: String,
        /// what the system said
        error: io::Error,
    },
    /// a program ran and reported failure
    Status {
        /// the command line
        command: String,
        /// how it ended
        status: ExitStatus,
    },
    /// a step of the test command did not pass
    Step {
        /// the step's name
        name: &'static str,
        /// why
        cause: Box<Failure>,
    },
}

impl Failure {
    /// 2 for what was typed, 1 for everything else.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage(_) => 2,
            _ => 1,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(text) | Failure::Missing(text) => f.write_str(text),
            Failure::Start { command, error } => write!(f, "`{command}` could not be started: {error}"),
            Failure::Status { command, status } => write!(f, "`{command}` ended with {status}"),
            Failure::Step { name, cause } => write!(f, "step `{name}` failed: {cause}"),
        }
    }
}
