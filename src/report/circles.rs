//! circles.csv: a row for each circle of claims.

use super::table::{Cell, Column, Layout, Table};
use crate::analysis::Analysis;
use crate::graph::{Circle, CircleKind, ClaimGraph, Node};
use crate::model::Case;

pub const LAYOUT: Layout = Layout {
    name: "circles",
    row: "claims that rest on each other, or a confirmation that rests on one origin",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("kind", "cycle, or hollow for a confirmation that adds nothing"),
        Column::text("claims", "claims on the way round, separated by >, or the claim that is hollow"),
        Column::text("origin", "origin that the way out leads to, or that the confirmation rests on"),
        Column::text("why", "what it means"),
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for result in &analysis.questions {
        let graph = ClaimGraph::build(case, result.question, analysis.view);
        for circle in graph.circles() {
            let origins: Vec<String> = graph
                .origins_of(circle.nodes[0])
                .iter()
                .map(|origin| graph.speaker_name(graph.origins()[origin.index()].end))
                .collect();
            table.rows.push(vec![
                Cell::from(&*case.question(result.question).id),
                Cell::from("cycle"),
                Cell::from(way_round(&graph, circle)),
                Cell::from(origins.join(" & ")),
                Cell::from(meaning(circle)),
            ]);
        }
        for hollow in graph.hollow() {
            let origin = &graph.origins()[hollow.origin.index()];
            table.rows.push(vec![
                Cell::from(&*case.question(result.question).id),
                Cell::from("hollow"),
                Cell::from(case.claims.name(hollow.claim)),
                Cell::from(graph.speaker_name(origin.end)),
                Cell::from(hollow.why.why()),
            ]);
        }
    }
    table
}

/// The claims on the way round, at most fifty, coming back to the first.
pub fn way_round(graph: &ClaimGraph<'_>, circle: &Circle) -> String {
    const SHOWN: usize = 50;
    let name = |node| match graph.graph[node] {
        Node::Claim(claim) => graph.case.claims.name(claim),
        _ => graph.speaker_name(node),
    };
    let mut names: Vec<String> = circle.path.iter().take(SHOWN).map(|&node| name(node)).collect();
    if circle.path.len() > SHOWN {
        names.push(format!("… ({} more)", circle.path.len() - SHOWN));
    }
    if circle.kind == CircleKind::Claim {
        names.push(name(circle.path[0]));
    }
    names.join(" > ")
}

/// What a circle means for its claims.
pub fn meaning(circle: &Circle) -> &'static str {
    if circle.kind == CircleKind::Publisher {
        "the chain comes back to its publisher through others: it confirms itself"
    } else if circle.has_way_out {
        "these claims repeat each other, and some chain leads out of the circle"
    } else {
        "these claims repeat each other and nothing else: they carry no weight"
    }
}
