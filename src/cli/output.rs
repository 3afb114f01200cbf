//! Where results go, and in which format.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use sayso::report::{self, Paint, Table};

/// Format of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// for reading
    Table,
    /// the columns of the report
    Csv,
    /// the same as an array of objects
    Json,
}

/// Where results go.
#[derive(Debug, Clone, Args)]
pub struct Output {
    /// Format of the results
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Output {
    /// Writes results: `read` for a person, or a table. To a file, all or nothing.
    pub fn write<'a>(
        &self,
        table: impl FnOnce() -> Table<'a>,
        read: impl FnOnce(Paint, &mut Vec<u8>) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        match self.format {
            Format::Table => read(Paint { is_on: self.output.is_none() && wants_colour() }, &mut bytes)?,
            Format::Csv => report::write_csv(&table(), &mut bytes)?,
            Format::Json => report::write_json(&table(), &mut bytes)?,
        }
        match &self.output {
            Some(path) => report::write_file(path, &bytes)?,
            None => io::stdout().lock().write_all(&bytes)?,
        }
        Ok(())
    }
}

/// Colour only on a terminal, and not where `NO_COLOR` is set or the terminal is dumb.
pub fn wants_colour() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
