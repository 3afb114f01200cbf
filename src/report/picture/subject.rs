//! What a picture is of: a question, as it stands or as it stood on a date.

use crate::analysis::{Analysis, QuestionResult};
use crate::consensus::Quantiles;
use crate::graph::ClaimGraph;
use crate::model::{Case, Question, QuestionId};
use crate::timeline::Moment;

/// A question of a case with all that was found on it.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// the case
    pub case: &'a Case,
    /// what was found in it
    pub analysis: &'a Analysis,
    /// what was found on the question
    pub result: &'a QuestionResult,
    /// the claims on it
    pub graph: ClaimGraph<'a>,
}

impl<'a> Subject<'a> {
    /// A question as it stands.
    #[must_use]
    pub fn new(case: &'a Case, analysis: &'a Analysis, result: &'a QuestionResult) -> Subject<'a> {
        let graph = ClaimGraph::build(case, result.question, analysis.view);
        Subject { case, analysis, result, graph }
    }

    /// A question as it stood.
    #[must_use]
    pub fn at(case: &'a Case, analysis: &'a Analysis, moment: &'a Moment) -> Subject<'a> {
        let view = analysis.view.on(moment.date.or(analysis.view.as_of));
        let graph = ClaimGraph::build(case, moment.result.question, view);
        Subject { case, analysis, result: &moment.result, graph }
    }

    /// The question itself.
    #[must_use]
    pub fn question(&self) -> &'a Question {
        self.case.question(self.result.question)
    }

    /// The range of another question, of which a figure is a share, as of the same date.
    #[must_use]
    pub fn whole(&self, other: QuestionId) -> Option<Quantiles> {
        let present = || self.analysis.questions.iter().find(|result| result.question == other);
        let is_past = self.graph.view != self.analysis.view;
        if let Some(present) = present().filter(|_| !is_past) {
            return present.consensus.range().map(|range| range.quantiles);
        }
        let moments = self.analysis.moments_of(self.case, other);
        let by_then = |moment: &&Moment| match (moment.date, self.graph.view.as_of) {
            (Some(date), Some(as_of)) => date <= as_of,
            _ => true,
        };
        let last = moments.iter().rfind(by_then)?;
        last.result.consensus.range().map(|range| range.quantiles)
    }

    /// The unit behind a number, with a space before it; empty where it is not known.
    #[must_use]
    pub fn unit(&self) -> String {
        match &*self.question().unit {
            "" => String::new(),
            unit => format!(" {}", crate::model::unit::plural(unit)),
        }
    }
}
