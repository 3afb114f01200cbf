//! `sayso timeline`

use clap::Args;
use sayso::{report, timeline};

use super::case_args::CaseArgs;
use super::output::Output;

/// The consensus as of each date on which something changed, and what changed it
#[derive(Args)]
#[command(after_help = "Example: sayso timeline data/kursk-2025 --question kursk_casualties")]
pub struct Timeline {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    output: Output,
}

impl Timeline {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read(self.output.output.as_deref())?;
        let options = self.case.options(&read.case)?;
        let moments = timeline::timeline(&read.case, &options);
        let table = || report::timeline_table(&read.case, &moments);
        self.output.write(table, |paint, out| report::write_timeline(&read.case, &moments, paint, out))
    }
}
