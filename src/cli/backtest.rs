//! `sayso backtest`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use sayso::backtest::{By, backtest, by_method};
use sayso::consensus::Settings;
use sayso::learning::Learned;
use sayso::{analyse, report};

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
    /// Also write the constants that all settled values of the case give together, for `--settings` elsewhere
    #[arg(long, value_name = "FILE")]
    constants: Option<PathBuf>,
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
        if let Some(path) = &self.constants {
            self.case.spare(path)?;
        }
        let read = self.case.read(self.output.output.as_deref())?;
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
        if let Some(path) = &self.constants {
            let text = constants(&analyse(&read.case, &self.case.options(&read.case)?).learned)?;
            report::write_file(path, text.as_bytes())?;
        }
        let mut predictions = backtest(&read.case, by, &self.case.settings()?);
        let wanted = self.case.questions(&read.case)?;
        if !wanted.is_empty() {
            predictions.retain(|prediction| wanted.contains(&prediction.question));
        }
        let mut others = by_method(&read.case, by, &self.case.settings()?);
        if !wanted.is_empty() {
            for (_, predicted) in &mut others {
                predicted.retain(|p| wanted.contains(&p.question));
            }
        }
        let table = || report::backtest_table(&read.case, &predictions, &others);
        self.output.write(table, |paint, out| report::write_backtest(&read.case, &predictions, &others, paint, out))
    }
}

/// The constants that were fitted, as a settings file.
fn constants(learned: &Learned) -> anyhow::Result<String> {
    let n = learned.fitted_on;
    if n == 0 {
        return Err(Bad("too few values are settled to fit constants on".to_owned()).into());
    }
    let settings = Settings { fit: false, ..learned.settings.clone() };
    Ok(format!("# Constants of `origins`, fitted on {n} settled values.\n{}", toml::to_string(&settings)?))
}
