//! attributions.csv: a row for each link of the graph.

use petgraph::visit::EdgeRef;

use super::table::{Cell, Column, Layout, Table};
use crate::analysis::Analysis;
use crate::graph::{ClaimGraph, Drift, DriftKind, Node};
use crate::model::{Case, ClaimId, Party, SourceKind};

pub const LAYOUT: Layout = Layout {
    name: "attributions",
    row: "a link that a claim's row states, from the publisher inward",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("from_claim", "claim whose row states the link"),
        Column::text(
            "to",
            "claim that is passed on, or the party credited: in the chain, or by a text beside the chain that its claim cites",
        ),
        Column::text("to_kind", "kind of the source credited"),
        Column::text("cue", "words of attribution"),
        Column::flag("named", "whether the credited party has a name"),
        Column::text("basis", "stated or inferred"),
        Column::flag("explicit", "yes: linked to a claim of the case; no: implied"),
        Column::text("drift", "kinds of drift on the link, separated by ;"),
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    let graphs = analysis.questions.iter().map(|result| ClaimGraph::build(case, result.question, analysis.view));
    links_table(case, graphs, |_, _| true)
}

/// The links of some graphs that are wanted, by the graph and the claim whose row states the link.
pub fn links_table<'a, 'c: 'a>(
    case: &'c Case,
    graphs: impl IntoIterator<Item = ClaimGraph<'c>>,
    is_wanted: impl Fn(&ClaimGraph<'_>, ClaimId) -> bool,
) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for graph in graphs {
        for claim in graph.claims().filter(|&claim| is_wanted(&graph, claim)) {
            claim_rows(case, &graph, claim, &mut table);
        }
    }
    table
}

/// The links that a claim's row states, from the publisher inward, and then the parties that its text
/// credits beside the chain which it cites.
fn claim_rows<'a>(case: &'a Case, graph: &ClaimGraph<'_>, claim: ClaimId, table: &mut Table<'a>) {
    let Some(start) = graph.node(claim) else { return };
    let drifts = graph.drifts_of(claim);
    let (mut stack, mut seen) = (vec![start], vec![start]);
    let mut row = |to: String, party: Party, basis: bool, is_explicit: bool, drift: String| {
        let kind = match party {
            Party::Source(source) => case.source(source).kind,
            Party::Anonymous(_) => SourceKind::Anonymous,
        };
        table.rows.push(vec![
            Cell::from(&*case.question(graph.question).id),
            Cell::from(case.claims.name(claim)),
            Cell::from(to),
            Cell::from(kind.name()),
            Cell::from(case.claims.cue.get(claim.index())),
            Cell::Flag(case.is_named(party)),
            Cell::from(if basis { "inferred" } else { "stated" }),
            Cell::Flag(is_explicit),
            Cell::from(drift),
        ]);
    };
    while let Some(node) = stack.pop() {
        let mut links: Vec<_> =
            graph.graph.edges(node).filter(|link| link.weight().by == claim || node != start).collect();
        links.sort_by_key(EdgeRef::target);
        for link in links {
            let to = link.target();
            let party = graph.speaker(to);
            match graph.graph[to] {
                Node::Claim(other) => {
                    let changed = drifts.iter().filter(|drift| drift.other == Some(other) && node == start);
                    let kinds: Vec<&str> = changed.map(|drift| drift.rule.kind.name()).collect();
                    row(case.claims.name(other), party, link.weight().is_inferred, true, kinds.join("; "));
                }
                _ if !seen.contains(&to) => {
                    seen.push(to);
                    stack.push(to);
                    let drift = credit_drift(case, &drifts, party);
                    row(case.party_name(party), party, link.weight().is_inferred, false, drift);
                }
                _ => {}
            }
        }
    }
    if !case.claims.cites.get(claim.index()).is_empty() {
        let inferred = case.claims.inferred.get(claim.index()).via;
        for element in case.claims.via.get(claim.index()) {
            row(
                case.party_name(element.party),
                element.party,
                inferred,
                false,
                credit_drift(case, &drifts, element.party),
            );
        }
    }
}

/// The kinds of drift of a claim that are about the party it credits.
fn credit_drift(case: &Case, drifts: &[Drift], party: Party) -> String {
    let name = case.party_name(party);
    let about = drifts.iter().filter(|drift| {
        matches!(drift.rule.kind, DriftKind::Attribution | DriftKind::Identity)
            && drift.why.starts_with(&format!("credits {name}"))
    });
    about.map(|drift| drift.rule.kind.name()).collect::<Vec<_>>().join("; ")
}
