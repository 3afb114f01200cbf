//! What is traced of a case: the graphs that have to do with it, their chains as text, their links as a table.

use std::io::{self, Write};

use super::attributions::links_table;
use super::paint::Paint;
use super::table::Table;
use super::trace::{Trace as Target, write_trace};
use crate::analysis::{Analysis, Options, analyse};
use crate::consensus::Standing;
use crate::graph::{ClaimGraph, View};
use crate::model::{Case, ClaimId, Party, QuestionId};

/// The graphs of what is traced.
pub struct Traced<'a> {
    graphs: Vec<ClaimGraph<'a>>,
    target: Target,
    /// for the weight of unnamed sources, which alone asks for ranges
    analysis: Option<Analysis>,
}

impl<'a> Traced<'a> {
    /// The chains of a claim, a source, or all or the unnamed ones of the questions that the options name. Cost: that of
    /// the graphs; that of [`analyse`] for unnamed sources.
    #[must_use]
    pub fn of(case: &'a Case, target: Target, options: &Options) -> Traced<'a> {
        let questions: Vec<QuestionId> = match target {
            Target::Claim(claim) => vec![case.claims.question[claim.index()]],
            _ if options.questions.is_empty() => case.question_ids().collect(),
            _ => options.questions.clone(),
        };
        let view = View::new(case, options.as_of);
        let graphs = questions.iter().map(|&question| ClaimGraph::build(case, question, view));
        let graphs = graphs.filter(|graph| concerns(graph, target)).collect();
        let analysis = matches!(target, Target::Anonymous { .. }).then(|| analyse(case, options));
        Traced { graphs, target, analysis }
    }

    /// The links, in the columns of attributions.csv.
    #[must_use]
    pub fn table(&self, case: &'a Case) -> Table<'a> {
        links_table(case, self.graphs.iter().cloned(), selection(self.target))
    }

    /// Writes the chains as trees, with the addresses of claims where they are wanted.
    ///
    /// # Errors
    /// Where `out` fails.
    pub fn write(&self, with_addresses: bool, paint: Paint, out: &mut impl Write) -> io::Result<()> {
        if self.graphs.is_empty() {
            writeln!(out, "nothing to trace: what was asked for is not in what is seen of the case")?;
        }
        for (at, graph) in self.graphs.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            let weight = self.analysis.as_ref().map_or(0.0, |analysis| unnamed_weight(analysis, graph.question));
            let target = match self.target {
                Target::Anonymous { .. } => Target::Anonymous { weight },
                target => target,
            };
            write_trace(graph, target, with_addresses, paint, out)?;
        }
        Ok(())
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
            let party = Party::Source(source);
            graph.graph.node_indices().any(|node| graph.speaker(node) == party)
        }
    }
}
