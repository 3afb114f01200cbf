//! `sayso export`

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use sayso::graph::{ClaimGraph, View};
use sayso::report::export::{FORMATS, Format, find_format};
use sayso::report::write_file;

use super::case_args::CaseArgs;

/// Who repeats whom, as a graph for other programs
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    sayso export data/kursk-2025 --format dot --question kursk_reinforcement -o kursk.dot\n  \
    sayso export data/kursk-2025 --format json | python -c \
    'import json, sys, networkx; print(networkx.node_link_graph(json.load(sys.stdin), edges=\"edges\"))'")]
pub struct Export {
    #[command(flatten)]
    case: CaseArgs,
    /// Format of the graph
    #[arg(long, value_parser = formats())]
    format: &'static Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats of the table, with what they are for.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let known = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.meaning));
    PossibleValuesParser::new(known).try_map(|name| find_format(&name).ok_or("there is no such format"))
}

impl Export {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read()?;
        let case = &read.case;
        let mut questions = self.case.questions(case)?;
        questions.sort_unstable();
        questions.dedup();
        if questions.is_empty() {
            questions = case.question_ids().collect();
        }
        let view = View::new(case, self.case.as_of);
        let graphs: Vec<_> = questions.into_iter().map(|question| ClaimGraph::build(case, question, view)).collect();
        if let Some(path) = &self.output {
            let mut bytes = Vec::new();
            (self.format.write)(&graphs, &mut bytes)?;
            write_file(path, &bytes)?;
        } else {
            let mut out = BufWriter::new(io::stdout().lock());
            (self.format.write)(&graphs, &mut out)?;
            out.flush()?;
        }
        Ok(())
    }
}
