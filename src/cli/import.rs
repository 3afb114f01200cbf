//! `sayso import`

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use sayso::import::folder::{Refused, write};
use sayso::import::{IMPORTERS, Importer, find_importer, read};
use sayso::ingest::{Error, Problems, Severity};
use sayso::report::counted;

use super::case_args::print_problems;
use super::failure::Bad;
use super::limit_args::LimitArgs;
use super::tell::tell;

/// How many warnings and assumptions of one kind are printed.
const SHOWN: usize = 8;

/// A case folder from a file of another format
#[derive(Args)]
#[command(after_help = "Examples:\n  sayso import --format ged GEDEvent.csv -o ged-case\n  \
    sayso import --format wide sheet.csv -o my-case && sayso consensus my-case")]
pub struct Import {
    /// Format of the file
    #[arg(long, value_parser = formats())]
    format: &'static Importer,
    /// File to read
    file: PathBuf,
    /// Folder to make; it must be new or empty
    #[arg(short, long, value_name = "CASE_DIR")]
    output: PathBuf,
    #[command(flatten)]
    limits: LimitArgs,
    /// Print errors alone
    #[arg(long)]
    quiet: bool,
}

/// The formats of the table, with what they are.
fn formats() -> impl TypedValueParser<Value = &'static Importer> {
    let known = IMPORTERS.iter().map(|importer| PossibleValue::new(importer.name).help(importer.meaning));
    PossibleValuesParser::new(known).try_map(|name| find_importer(&name).ok_or("there is no such format"))
}

impl Import {
    pub fn run(self) -> anyhow::Result<()> {
        let all = |error: &Error| {
            if let Error::Bad(problems) = error {
                print_problems(problems, Severity::Error, Problems::KEPT);
            }
        };
        let (draft, problems) = read(&self.file, self.format, self.limits.limits()).inspect_err(all)?;
        let made = write(&draft, &self.output).map_err(|refused| match refused {
            Refused::There(_) => Bad(refused.to_string()).into(),
            Refused::Bad(error) => {
                all(&error);
                error.into()
            }
            Refused::Write(failure) => anyhow::Error::from(failure),
        })?;
        if !self.quiet {
            print_problems(&problems, Severity::Warning, SHOWN);
            print_problems(&problems, Severity::Assumed, SHOWN);
            let claims = counted(made.case.claims.len(), "claim", "claims");
            let questions = counted(made.case.questions.len(), "question", "questions");
            let folder = self.output.display();
            tell(format_args!("lost on the way: {}", self.format.loses));
            tell(format_args!("{claims} on {questions} in {folder}; now try: sayso consensus {folder}"));
        }
        Ok(())
    }
}
