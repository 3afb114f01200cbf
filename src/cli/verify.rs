//! `sayso verify`

use std::path::PathBuf;

use clap::Args;
use sayso::verify::{Error, verdict_table, verify, write_verdict};

use super::failure::Bad;
use super::limit_args::LimitArgs;
use super::output::Output;

/// Make a report again from what it records, and say whether every byte agrees
#[derive(Args)]
#[command(after_help = "Example: sayso verify kursk-report\n\
    Exit status: 0 every byte agrees; 1 something does not, or there is no seal; 2 the folder cannot be read.")]
pub struct Verify {
    /// Folder that `sayso report` wrote
    #[arg(value_name = "REPORT_DIR")]
    report: PathBuf,
    /// The case, where it no longer lies at the path that the report records
    #[arg(long, value_name = "CASE")]
    case: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    output: Output,
}

impl Verify {
    pub fn run(self) -> anyhow::Result<()> {
        self.output.spare(&[&self.report])?;
        self.case.as_deref().map_or(Ok(()), |case| self.output.spare(&[case]))?;
        let verdict =
            verify(&self.report, self.case.as_deref(), self.limits.limits()).map_err(|error| match error {
                Error::NoSeal(_) | Error::BadSeal { .. } => Bad(error.to_string()).into(),
                error => anyhow::Error::from(error),
            })?;
        self.output.write(|| verdict_table(&verdict), |_, out| write_verdict(&verdict, out))?;
        if verdict.agrees() {
            return Ok(());
        }
        Err(Bad(format!("{} does not verify", self.report.display())).into())
    }
}
