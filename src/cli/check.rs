//! `sayso check`

use std::io::Write;

use clap::Args;
use sayso::ingest::{Problems, Severity};
use sayso::report;

use super::case_args::CaseArgs;
use super::output::Output;

/// Validate a case and say what was assumed
#[derive(Args)]
#[command(after_help = "Example: sayso check data/kursk-2025")]
pub struct Check {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    output: Output,
}

impl Check {
    pub fn run(self) -> anyhow::Result<()> {
        let read = CaseArgs { quiet: true, ..self.case.clone() }.read()?;
        self.case.questions(&read.case)?;
        let (case, problems) = (&read.case, &read.problems);
        self.output.write(
            || report::problems_table(problems),
            |_, out| {
                for severity in [Severity::Warning, Severity::Assumed] {
                    for problem in problems.of(severity) {
                        writeln!(out, "{problem}")?;
                    }
                    if problems.uncounted(severity) > 0 {
                        writeln!(out, "… and {} more of kind {}", problems.uncounted(severity), severity.name())?;
                    }
                }
                let claims = report::counted(case.claims.len(), "claim", "claims");
                let questions = report::counted(case.questions.len(), "question", "questions");
                let sources = report::counted(case.sources.len(), "source", "sources");
                writeln!(out, "{claims}, {questions}, {sources}: {}", summary(problems))
            },
        )
    }
}

fn summary(problems: &Problems) -> String {
    let count = |severity, one: &str, many: &str| match problems.count(severity) {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    };
    let (warnings, assumed) = (Severity::Warning, Severity::Assumed);
    format!("no errors, {}, {}", count(warnings, "warning", "warnings"), count(assumed, "assumption", "assumptions"))
}
