//! `sayso check`

use std::io::Write;

use clap::Args;
use sayso::ingest::{Error, Problems, Severity, find_duplicates};
use sayso::{Basis, Depth, Options, report};

use super::case_args::{CaseArgs, remark_problems};
use super::output::{Format, Output};

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
        let read = match self.case.read_quietly(self.output.output.as_deref()) {
            Err(error) => {
                // Scripts want the problems of a bad case most of all.
                if let (Some(Error::Bad(problems)), true) = (error.downcast_ref(), self.output.format != Format::Table)
                {
                    self.output.write(|| report::problems_table(problems), |_, _| Ok(()))?;
                }
                return Err(error);
            }
            Ok(read) => read,
        };
        let case = &read.case;
        let mut problems = read.problems.clone();
        let basis = Basis::of(case, &Options { depth: Depth::Account, ..self.case.options(&read.case)? });
        for results in basis.results(case) {
            remark_problems(&read, &results).for_each(|problem| problems.push(problem));
        }
        find_duplicates(case, &read.lines, &mut problems);
        let problems = &problems;
        self.output.write(
            || report::problems_table(problems),
            |_, out| {
                for severity in [Severity::Warning, Severity::Assumed, Severity::Proposed] {
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
    let mut summary = format!(
        "no errors, {}, {}",
        count(Severity::Warning, "warning", "warnings"),
        count(Severity::Assumed, "assumption", "assumptions")
    );
    if problems.count(Severity::Proposed) > 0 {
        summary.push_str(", ");
        summary.push_str(&count(Severity::Proposed, "proposal", "proposals"));
    }
    summary
}
