//! What is said beside the results, or in their place: lines without signs that a terminal acts upon, since names of
//! files and settings may be a stranger's.

use std::fmt::Display;
use std::io::{self, Write};

use sayso::ingest::safe_lines;

/// Writes a line, or several, to standard error. Nothing can be done where that is closed or full, so nothing is.
/// What is written goes in one go, so that lines of several programs do not mix.
pub fn tell(text: impl Display) {
    let line = safe_lines(&format!("{text}\n"));
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// Writes a line to standard output, for a command whose result is a word to its user.
pub fn answer(text: impl Display) -> io::Result<()> {
    let line = safe_lines(&format!("{text}\n"));
    io::stdout().lock().write_all(line.as_bytes())
}
