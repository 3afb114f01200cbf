//! `sayso trace`

use std::io::Write;

use clap::Args;
use sayso::consensus::Standing;
use sayso::graph::{ClaimGraph, View};
use sayso::ingest::nearest;
use sayso::model::{Case, ClaimId, QuestionId, SourceId, fold_name};
use sayso::report::{self, Trace as Target};
use sayso::{Analysis, analyse};

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
        let read = self.case.read()?;
        let case = &read.case;
        let mut questions = self.case.questions(case)?;
        let target = match (&self.claim, &self.source) {
            (Some(id), _) => {
                let claim = find_claim(case, id)?;
                questions = vec![case.claims.question[claim.index()]];
                Target::Claim(claim)
            }
            (None, Some(name)) => Target::Source(find_source(case, name)?),
            (None, None) if self.anonymous => Target::Anonymous { weight: 0.0 },
            (None, None) => Target::Question,
        };
        if questions.is_empty() {
            questions = case.question_ids().collect();
        }
        let view = View::new(case, self.case.as_of);
        let graphs: Vec<ClaimGraph<'_>> = questions
            .iter()
            .map(|&q: &QuestionId| ClaimGraph::build(case, q, view))
            .filter(|g| concerns(g, target))
            .collect();
        let options = self.case.options(&read.case)?;
        // Only the weight of unnamed sources asks for ranges.
        let analysis = self.anonymous.then(|| analyse(case, &options));
        self.output.write(
            || report::links_table(case, graphs.iter().cloned(), selection(target)),
            |paint, out| {
                if graphs.is_empty() {
                    writeln!(out, "nothing to trace: what was asked for is not in what is seen of the case")?;
                }
                for (at, graph) in graphs.iter().enumerate() {
                    if at > 0 {
                        writeln!(out)?;
                    }
                    let target = match target {
                        Target::Anonymous { .. } => {
                            let weight =
                                analysis.as_ref().map_or(0.0, |analysis| unnamed_weight(analysis, graph.question));
                            Target::Anonymous { weight }
                        }
                        target => target,
                    };
                    report::write_trace(graph, target, self.urls, paint, out)?;
                }
                Ok(())
            },
        )
    }
}

/// The claims whose links are wanted for a target.
fn selection(target: Target) -> impl Fn(&ClaimGraph<'_>, ClaimId) -> bool {
    move |graph, claim| match target {
        Target::Question => true,
        Target::Anonymous { .. } => graph.is_unnamed(claim),
        Target::Claim(start) => graph.behind(start).contains(&claim),
        Target::Source(source) => graph.about(source).contains(&claim),
    }
}

/// Share of the weight of a question's range that is with sources without a name.
fn unnamed_weight(analysis: &Analysis, question: QuestionId) -> f64 {
    let Some(result) = analysis.questions.iter().find(|result| result.question == question) else { return 0.0 };
    let unnamed = result.origins.iter().filter(|origin| !origin.is_named).filter_map(|origin| origin.evidence);
    unnamed.filter_map(|at| result.consensus.origins.get(at)).filter_map(Standing::weight).sum()
}

/// Whether a question has something to do with what is traced.
fn concerns(graph: &ClaimGraph<'_>, target: Target) -> bool {
    match target {
        Target::Question => true,
        Target::Anonymous { .. } => graph.origins().iter().any(|origin| !graph.case.is_named(origin.party)),
        Target::Claim(claim) => graph.node(claim).is_some(),
        Target::Source(source) => {
            let party = sayso::model::Party::Source(source);
            graph.graph.node_indices().any(|node| graph.speaker(node) == party)
        }
    }
}

fn find_claim(case: &Case, id: &str) -> anyhow::Result<ClaimId> {
    let all = || (0..case.claims.len() as u32).map(ClaimId);
    if let Some(claim) = all().find(|&claim| case.claims.name(claim) == id) {
        return Ok(claim);
    }
    let names: Vec<String> = all().map(|claim| case.claims.name(claim)).collect();
    let hint = nearest(id, names.iter().map(String::as_str))
        .map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
    Err(Bad(format!("the case has no claim `{id}`{hint}")).into())
}

fn find_source(case: &Case, name: &str) -> anyhow::Result<SourceId> {
    let folded = fold_name(name);
    let names = |at: usize| {
        let source = &case.sources[at];
        [&source.id, &source.name].into_iter().chain(&source.aliases).map(|name| fold_name(name))
    };
    let found = (0..case.sources.len()).find(|&at| names(at).any(|known| known == folded));
    if let Some(at) = found {
        return Ok(SourceId(at as u32));
    }
    let all: Vec<String> = (0..case.sources.len()).flat_map(names).collect();
    let hint = nearest(&folded, all.iter().map(String::as_str))
        .map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
    Err(Bad(format!("the case has no source `{name}`{hint}")).into())
}
