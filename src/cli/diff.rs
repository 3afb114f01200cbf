//! `sayso diff`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use sayso::diff::{Error, Pair, diff, diff_table, write_diff};
use sayso::ingest::{self, Problems, Severity};

use super::case_args::print_problems;
use super::failure::{Bad, told};
use super::limit_args::LimitArgs;
use super::output::Output;

/// Which claims came, went or changed between two cases or reports, and which ranges moved because of them
#[derive(Args)]
#[command(
    after_help = "Examples:\n  sayso diff old-case new-case\n  sayso diff last-week-report this-week-report --format csv\n\
    Exit status: 0 done; with --exit-code 1 where there are differences and 2 where a side cannot be read. Differences are found from the case as a \
    whole; an empty file stands for a case without claims."
)]
pub struct Diff {
    /// Case folder, single file of claims, or report folder
    old: PathBuf,
    /// The same, later
    new: PathBuf,
    /// End with 1 where there are differences, as `git diff --exit-code`
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    output: Output,
}

impl Diff {
    pub fn run(self) -> ExitCode {
        match self.found() {
            Ok(0) => ExitCode::SUCCESS,
            Ok(_) => ExitCode::from(u8::from(self.exit_code)),
            Err(error) => match told(&error) {
                // With --exit-code, 1 is said of differences alone.
                1 if self.exit_code => ExitCode::from(2),
                status => ExitCode::from(status),
            },
        }
    }

    /// Prints the differences and counts them.
    fn found(&self) -> anyhow::Result<usize> {
        self.output.spare(&[&self.old, &self.new])?;
        let pair = Pair::read(&self.old, &self.new, self.limits.limits()).map_err(|error| match error {
            Error::Case(error) => {
                if let ingest::Error::Bad(problems) = &error {
                    print_problems(problems, Severity::Error, Problems::KEPT);
                }
                anyhow::Error::from(error)
            }
            Error::Seal(sayso::verify::Error::BadSeal { .. }) => Bad(error.to_string()).into(),
            error => error.into(),
        })?;
        let differences = diff(&pair);
        self.output.write(|| diff_table(&differences), |_, out| write_diff(&differences, out))?;
        Ok(differences.len())
    }
}
