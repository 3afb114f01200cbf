//! `sayso sources`

use clap::Args;
use sayso::{Basis, Depth, Options, report};

use super::case_args::CaseArgs;
use super::output::Output;

/// Prior grade beside learned record, and likely copies of whom
#[derive(Args)]
#[command(after_help = "Example: sayso sources data/kursk-2025 --format csv")]
pub struct Sources {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    output: Output,
}

impl Sources {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read(self.output.output.as_deref())?;
        let options = Options { depth: Depth::Ranges, ..self.case.options(&read.case)? };
        let basis = Basis::of(&read.case, &options);
        let table = || report::sources_table(&read.case, basis.learned());
        self.output.write(table, |paint, out| report::write_sources(&read.case, basis.learned(), paint, out))
    }
}
