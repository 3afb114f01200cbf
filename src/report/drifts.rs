//! drifts.csv: a row for each change on the way.

use super::table::{Cell, Column, Layout, Table};
use crate::analysis::Analysis;
use crate::graph::{ClaimGraph, Drift, DriftKind};
use crate::model::{Case, ClaimId};

pub const LAYOUT: Layout = Layout {
    name: "drifts",
    row: "a change between a claim and what it passes on or credits",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("claim", "claim in which something changed"),
        Column::text("other_claim", "claim against which it changed"),
        Column::text("kind", "attribution, bound, figure, identity or scope"),
        Column::text("severity", "low, medium or high"),
        Column::text("from_figure", "figure of the other claim, as it was said"),
        Column::text("to_figure", "figure of the claim, as it was said"),
        Column::text("why", "name of the rule, and what it found"),
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for result in &analysis.questions {
        let graph = ClaimGraph::build(case, result.question, analysis.view);
        for drift in graph.drifts() {
            let said = |claim: ClaimId| Cell::from(said(case, claim));
            table.rows.push(vec![
                Cell::from(&*case.question(result.question).id),
                Cell::from(case.claims.name(drift.claim)),
                drift.other.map_or(Cell::Empty, |other| Cell::from(case.claims.name(other))),
                Cell::from(drift.rule.kind.name()),
                Cell::from(drift.rule.severity.name()),
                drift.other.map_or(Cell::Empty, said),
                said(drift.claim),
                Cell::from(format!("{}: {}", drift.rule.name, drift.why)),
            ]);
        }
    }
    table
}

/// The figure of a claim as it was said; "no number" where it gives none.
pub fn said(case: &Case, claim: ClaimId) -> String {
    let estimate = case.claims.estimate(claim);
    match case.claims.said.get(claim.index()) {
        _ if !estimate.is_figure() => "no number".to_owned(),
        "" => format!("{} to {}", super::table::plain(estimate.low), super::table::plain(estimate.high)),
        said => said.to_owned(),
    }
}

/// "attribution drift: credits NIS, which had given no number by then (K02)"
pub fn sentence(case: &Case, drift: &Drift) -> String {
    let figures = match drift.other {
        Some(other) if !matches!(drift.rule.kind, DriftKind::Attribution | DriftKind::Identity) => {
            format!(": {} in {} became {}", said(case, other), case.claims.name(other), said(case, drift.claim))
        }
        _ => format!(": {}", drift.why),
    };
    format!("{} drift{figures}", drift.rule.kind.name())
}
