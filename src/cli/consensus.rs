//! `sayso consensus`

use clap::Args;
use sayso::{Options, analyse, report};

use super::case_args::{CaseArgs, print_remarks};
use super::output::Output;

/// Range for every question, and what stands behind it
#[derive(Args)]
#[command(after_help = "Example: sayso consensus data/kursk-2025 --question kursk_casualties --as-of 2025-02-28")]
pub struct Consensus {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    output: Output,
    /// Probability of the range that is printed first: 0.5, 0.8, 0.9 or 0.95
    #[arg(long, default_value_t = 0.9, value_parser = parse_level)]
    level: f64,
}

fn parse_level(text: &str) -> Result<f64, String> {
    let wanted = text.trim_end_matches('%').parse::<f64>().map_err(|e| e.to_string())?;
    let level = if wanted > 1.0 { wanted / 100.0 } else { wanted };
    [0.5, 0.8, 0.9, 0.95]
        .into_iter()
        .find(|known| (known - level).abs() < 1e-9)
        .ok_or_else(|| "ranges are given at 0.5, 0.8, 0.9 and 0.95".to_owned())
}

impl Consensus {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read()?;
        let questions = self.case.questions(&read.case)?;
        let options = Options { as_of: self.case.as_of, questions, ..Options::default() };
        let analysis = analyse(&read.case, &options);
        if !self.case.quiet {
            print_remarks(&read, &analysis);
        }
        let table = || (report::TABLES[0].make)(&read.case, &analysis);
        self.output.write(table, |paint, out| report::write_account(&read.case, &analysis, self.level, paint, out))
    }
}
