//! `sayso compare`

use clap::Args;
use sayso::{compare, report};

use super::case_args::{CaseArgs, print_remarks};
use super::consensus::{Order, parse_level};
use super::output::Output;

/// All methods and house rules side by side for each question
#[derive(Args)]
#[command(
    after_help = "Example: sayso compare data/kursk-2025 --question kursk_casualties --order agency,official,wire"
)]
pub struct Compare {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    output: Output,
    /// Probability of the range that is printed: 0.5, 0.8, 0.9 or 0.95
    #[arg(long, default_value_t = 0.9, value_parser = parse_level)]
    level: f64,
    #[command(flatten)]
    order: Order,
}

impl Compare {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read(self.output.output.as_deref())?;
        let case = &read.case;
        let options = self.case.options(&read.case)?;
        let (analysis, compared) = compare::compare(case, &options, &self.order.ranks(case)?);
        if !self.case.quiet {
            print_remarks(&read, &analysis);
        }
        let table = || report::methods_table(case, &compared);
        self.output.write(table, |paint, out| report::write_methods(case, &compared, self.level, paint, out))
    }
}
