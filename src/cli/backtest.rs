//! `sayso backtest`

use clap::{Args, ValueEnum};
use sayso::backtest::{By, backtest};
use sayso::consensus::Settings;
use sayso::report;

use super::case_args::CaseArgs;
use super::failure::Bad;
use super::output::Output;

/// Hide each settled value in turn, predict it from the rest, and score the ranges
#[derive(Args)]
#[command(after_help = "Example: sayso backtest data/resolved/bank --by group")]
pub struct Backtest {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    output: Output,
    /// What is hidden together; by group where the questions have several, else by question
    #[arg(long, value_enum)]
    by: Option<HideBy>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum HideBy {
    /// ten folds of questions
    Question,
    /// each group of questions.csv in turn
    Group,
    /// ten stretches of time, each predicted from what was settled before
    Time,
}

impl Backtest {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read()?;
        if read.case.resolutions.is_empty() {
            return Err(
                Bad("the case has no resolutions.csv: nothing is settled yet that could be hidden".to_owned()).into()
            );
        }
        let by = match self.by {
            Some(HideBy::Question) => By::Question,
            Some(HideBy::Group) => By::Group,
            Some(HideBy::Time) => By::Time,
            None => By::usual(&read.case),
        };
        let mut predictions = backtest(&read.case, by, &Settings::default());
        let wanted = self.case.questions(&read.case)?;
        if !wanted.is_empty() {
            predictions.retain(|prediction| wanted.contains(&prediction.question));
        }
        let table = || report::backtest_table(&read.case, &predictions);
        self.output.write(table, |paint, out| report::write_backtest(&read.case, &predictions, paint, out))
    }
}
