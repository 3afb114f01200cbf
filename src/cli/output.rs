//! Where results go, and in which format.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use sayso::report::{self, Failure, JsonWriter, Paint, Staged, Table};

use super::progress;

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
    /// Refuses an output that would replace what is read here.
    pub fn spare(&self, inputs: &[&Path]) -> anyhow::Result<()> {
        let Some(output) = &self.output else { return Ok(()) };
        Ok(inputs.iter().try_for_each(|input| report::spare_case(output, input))?)
    }

    /// Whether results are columns, not text for reading.
    pub fn is_table(&self) -> bool {
        self.format != Format::Table
    }

    /// Writes results part by part as they are found. To a file, all or nothing.
    pub fn parts(&self, write: impl FnOnce(&mut Parts<'_>) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let paint = Paint { is_on: self.output.is_none() && wants_colour() };
        let json = JsonWriter::default();
        let mut staged = self.output.as_deref().map(Staged::create).transpose()?;
        if staged.is_none() && io::stdout().is_terminal() {
            progress::hide();
        }
        let mut stdout = BufWriter::new(io::stdout());
        let out: &mut (dyn Write + Send) = match &mut staged {
            Some(file) => file,
            None => &mut stdout,
        };
        let mut parts = Parts { format: self.format, paint, out, json, is_empty: true };
        let written = write(&mut parts).and_then(|()| {
            let Parts { format, out, json, .. } = parts;
            if format == Format::Json {
                json.end(out)?;
            }
            Ok(out.flush()?)
        });
        written.map_err(|error| match (error.downcast::<io::Error>(), &self.output) {
            (Ok(source), Some(path)) => Failure { path: path.clone(), source }.into(),
            (Ok(source), None) => anyhow::Error::from(source).context("standard output could not be written"),
            (Err(other), _) => other,
        })?;
        if let Some(file) = staged {
            file.finish()?;
        }
        Ok(())
    }

    /// Writes results: `read` for a person, or a table. To a file, all or nothing.
    pub fn write<'a>(
        &self,
        table: impl FnOnce() -> Table<'a>,
        read: impl FnOnce(Paint, &mut Vec<u8>) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        match self.format {
            Format::Table => {
                let paint = Paint { is_on: self.output.is_none() && wants_colour() };
                read(paint, &mut bytes)?;
                bytes = paint.only(&String::from_utf8_lossy(&bytes)).into_bytes();
            }
            Format::Csv => report::write_csv(&table(), &mut bytes)?,
            Format::Json => report::write_json(&table(), &mut bytes)?,
        }
        progress::hide();
        match &self.output {
            Some(path) => report::write_file(path, &bytes)?,
            None => standard(io::stdout().lock().write_all(&bytes))?,
        }
        Ok(())
    }
}

/// Results that are written part by part.
pub struct Parts<'w> {
    format: Format,
    /// for text that a person reads
    pub paint: Paint,
    out: &'w mut (dyn Write + Send),
    json: JsonWriter,
    is_empty: bool,
}

impl Parts<'_> {
    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Writes the next part: `read` for a person, or the rows of a table.
    pub fn add<'a>(
        &mut self,
        table: impl FnOnce() -> Table<'a>,
        read: impl FnOnce(Paint, &mut Vec<u8>) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        match self.format {
            Format::Table => {
                let mut text = Vec::new();
                read(self.paint, &mut text)?;
                self.out.write_all(self.paint.only(&String::from_utf8_lossy(&text)).as_bytes())?;
            }
            Format::Csv => {
                let table = table();
                if self.is_empty {
                    report::write_header(&table, self.out)?;
                }
                table.rows.iter().try_for_each(|row| report::write_row(row, self.out))?;
            }
            Format::Json => self.json.add(&table(), self.out)?,
        }
        self.is_empty = false;
        Ok(())
    }
}

/// What came of writing to standard output, which an error names.
pub fn standard(written: io::Result<()>) -> anyhow::Result<()> {
    written.context("standard output could not be written")
}

/// Colour only on a terminal, and not where `NO_COLOR` is set or the terminal is dumb.
pub fn wants_colour() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
