//! How a command ends: exit statuses, and what is printed on the way out.

use std::io;
use std::process::ExitCode;

use sayso::ingest;

use super::tell::tell;

/// Something readable that is bad: an unknown name, a failed check. Exit status 1.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Bad(pub String);

/// The exit status of a command. A pipe that was closed is success.
pub fn exit_code(outcome: anyhow::Result<()>) -> ExitCode {
    outcome.map_or_else(|error| ExitCode::from(told(&error)), |()| ExitCode::SUCCESS)
}

/// Tells an error, and gives the exit status that it means.
pub fn told(error: &anyhow::Error) -> u8 {
    let is_closed_pipe = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    if error.chain().filter_map(|cause| cause.downcast_ref()).any(is_closed_pipe) {
        return 0;
    }
    let is_bad_case = matches!(
        error.downcast_ref(),
        Some(ingest::Error::Bad(_) | ingest::Error::Outside { .. } | ingest::Error::NotAFile(_))
    );
    let message = error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ");
    tell(format_args!("sayso: {message}"));
    if is_bad_case || error.downcast_ref::<Bad>().is_some() { 1 } else { 2 }
}
