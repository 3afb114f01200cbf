//! `sayso report`

use std::path::PathBuf;

use clap::Args;
use sayso::report::prose::Wording;
use sayso::report::{self, Run};
use sayso::{Options, analyse};

use super::case_args::{CaseArgs, print_remarks, wordings};
use super::tell::tell;

/// A folder with report.html, all tables as CSV, and run.json to make them again
#[derive(Args)]
#[command(after_help = "Example: sayso report data/kursk-2025 -o kursk-report")]
pub struct Report {
    #[command(flatten)]
    case: CaseArgs,
    /// Folder to write to; it is made if need be
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// How the printable sentences tell probabilities
    #[arg(long, value_name = "WORDS", value_parser = wordings(), default_value = "plain")]
    wording: Wording,
}

impl Report {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read(None)?;
        // Told before the work, and once more where it is written.
        report::spare_folder(&self.output, read.inputs.iter().map(|input| &*input.name))?;
        let options = Options { wording: self.wording, ..self.case.options(&read.case)? };
        let analysis = analyse(&read.case, &options);
        if !self.case.quiet {
            print_remarks(&read, &analysis);
        }
        let mut arguments = report::arguments_of(&read.case, &options);
        report::note_limits(&self.case.limits.limits(), &mut arguments);
        let run = Run::new(report::COMMAND, arguments, &options.settings, &read.inputs);
        let run = report::write_report(&self.output, &read.case, &analysis, run)?;
        if !self.case.quiet {
            let pages = run.outputs.keys().filter(|name| name.starts_with("questions/")).count();
            let pages = if pages > 0 { format!(", {pages} pages") } else { String::new() };
            let (tables, folder) = (report::TABLES.len(), self.output.display());
            tell(format_args!("report.html{pages}, {tables} tables and run.json in {folder}"));
        }
        Ok(())
    }
}
