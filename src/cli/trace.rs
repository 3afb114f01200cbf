//! `sayso trace`

use clap::Args;
use sayso::named;
use sayso::report::{Trace as Target, Traced};

use super::case_args::CaseArgs;
use super::failure::Bad;
use super::output::Output;

/// The chains behind a claim, a question or a source, as a tree
#[derive(Args)]
#[command(after_help = "Examples:\n  sayso trace data/kursk-2025 --question kursk_reinforcement\n  \
    sayso trace data/kursk-2025 --claim K10\n  sayso trace data/kursk-2025 --source NIS\n  \
    sayso trace data/kursk-2025 --anonymous")]
pub struct Trace {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    output: Output,
    /// The chain of one claim, inward to its origins
    #[arg(long, value_name = "ID", conflicts_with_all = ["source", "anonymous"])]
    claim: Option<String>,
    /// What a source said and what rests on it: name, alias or id
    #[arg(long, value_name = "NAME", conflicts_with = "anonymous")]
    source: Option<String>,
    /// Only chains that end at unnamed sources
    #[arg(long)]
    anonymous: bool,
    /// Print the address of each claim under it
    #[arg(long)]
    urls: bool,
}

impl Trace {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read(self.output.output.as_deref())?;
        let case = &read.case;
        let target = match (&self.claim, &self.source) {
            (Some(id), _) => Target::Claim(named::claim(case, id).map_err(|unknown| Bad(unknown.0))?),
            (None, Some(name)) => Target::Source(named::source(case, name).map_err(|unknown| Bad(unknown.0))?),
            (None, None) if self.anonymous => Target::Anonymous { weight: 0.0 },
            (None, None) => Target::Question,
        };
        let traced = Traced::of(case, target, &self.case.options(case)?);
        self.output.write(|| traced.table(case), |paint, out| traced.write(self.urls, paint, out))
    }
}
