//! attributions.csv: a row for each link of the graph.

use petgraph::visit::EdgeRef;

use super::table::{Cell, Column, Layout, Table};
use crate::analysis::Analysis;
use crate::graph::{ClaimGraph, LinkKind, Node};
use crate::model::{Case, Party, SourceKind};

pub const LAYOUT: Layout = Layout {
    name: "attributions",
    row: "a link from a claim to whom it credits",
    columns: &[
        Column { name: "question", meaning: "id of the question" },
        Column { name: "from_claim", meaning: "claim whose row states the link" },
        Column {
            name: "to",
            meaning: "claim that is passed on, or the party credited where the case has no claim of it",
        },
        Column { name: "to_kind", meaning: "kind of the source credited" },
        Column { name: "cue", meaning: "words of attribution" },
        Column { name: "named", meaning: "whether the credited party has a name" },
        Column { name: "basis", meaning: "stated or inferred" },
        Column { name: "explicit", meaning: "yes: linked to a claim of the case; no: implied" },
        Column { name: "drift", meaning: "kinds of drift found on the claim, separated by ;" },
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for result in &analysis.questions {
        let graph = ClaimGraph::build(case, result.question, analysis.view);
        let mut links: Vec<_> =
            graph.graph.edge_references().map(|l| (l.weight().by, l.source(), l.target(), *l.weight())).collect();
        links.sort_by_key(|&(by, from, to, _)| (by, from, to));
        for (by, _, to, link) in links {
            let party = graph.speaker(to);
            let kind = match party {
                Party::Source(source) => case.source(source).kind,
                Party::Anonymous(_) => SourceKind::Anonymous,
            };
            let name = match graph.graph[to] {
                Node::Claim(claim) => case.claims.name(claim),
                _ => case.party_name(party),
            };
            let drifts: Vec<&str> = graph.drifts_of(by).iter().map(|drift| drift.rule.kind.name()).collect();
            table.rows.push(vec![
                Cell::from(&*case.question(result.question).id),
                Cell::from(case.claims.name(by)),
                Cell::from(name),
                Cell::from(kind.name()),
                Cell::from(case.claims.cue.get(by.index())),
                Cell::Flag(case.is_named(party)),
                Cell::from(if link.is_inferred { "inferred" } else { "stated" }),
                Cell::Flag(link.kind != LinkKind::Implied),
                Cell::from(drifts.join("; ")),
            ]);
        }
    }
    table
}
