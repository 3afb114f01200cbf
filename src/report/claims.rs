//! claims.csv of the report: a row for each claim.

use super::table::{Cell, Column, Layout, Table};
use crate::analysis::Analysis;
use crate::graph::{ClaimGraph, Standing};
use crate::model::{Case, ClaimId};

pub const LAYOUT: Layout = Layout {
    name: "claims",
    row: "a claim; columns of the case that the format does not know follow",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("claim", "id of the claim"),
        Column::text("publisher", "who printed or said it"),
        Column::text("estimate", "figure as it was said"),
        Column::text("bound", "how the figure was bounded"),
        Column::number("low", "lower end of what was said; empty if open"),
        Column::number("high", "upper end of what was said; empty if open"),
        Column::text("unit", "unit of the figure"),
        Column::text("published", "date of the claim"),
        Column::text("as_of", "date that the figure refers to"),
        Column::text("origin", "where its chains end; several are separated by &"),
        Column::text("chain", "a chain from the publisher to an origin"),
        Column::text(
            "flags",
            "disputed, inferred links, revisions, drifts, vague or hollow attribution; separated by ;",
        ),
        Column::flag("used", "whether it stands behind the range, itself or through its origin"),
        Column::text("why_not", "why it does not"),
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    table.extra = case.claims.extra.iter().map(|(name, _)| &**name).collect();
    for result in &analysis.questions {
        let graph = ClaimGraph::build(case, result.question, analysis.view);
        table.rows.extend(graph.claims().map(|claim| row(case, &graph, claim)));
    }
    table
}

fn row<'a>(case: &'a Case, graph: &ClaimGraph<'_>, claim: ClaimId) -> Vec<Cell<'a>> {
    const ORIGINS_SHOWN: usize = 12;
    let (claims, at) = (&case.claims, claim.index());
    let estimate = claims.estimate(claim);
    let node = graph.node(claim);
    let ids = node.map_or(&[][..], |node| graph.origins_of(node));
    let mut origins: Vec<String> =
        ids.iter().take(ORIGINS_SHOWN).map(|id| graph.speaker_name(graph.origins()[id.index()].end)).collect();
    if ids.len() > ORIGINS_SHOWN {
        origins.push(format!("{} more", ids.len() - ORIGINS_SHOWN));
    }
    let why_not = match graph.standing(claim) {
        Standing::Used => Cell::Empty,
        Standing::NoNumber => Cell::from("gives no number"),
        Standing::LeftOut(why) => Cell::from(why.why(case, claim)),
    };
    let unit = match claims.unit.get(at) {
        "" => &*case.question(graph.question).unit,
        unit => unit,
    };
    let mut row = vec![
        Cell::from(&*case.question(graph.question).id),
        Cell::from(claims.name(claim)),
        Cell::from(case.publisher_name(claim)),
        Cell::from(claims.said.get(at)),
        Cell::from(estimate.bound.name()),
        Cell::Number(estimate.low),
        Cell::Number(estimate.high),
        Cell::from(unit),
        Cell::date(claims.published.get(at)),
        Cell::date(claims.as_of.get(at)),
        Cell::from(origins.join(" & ")),
        Cell::from(node.map_or_else(String::new, |node| graph.chain(node))),
        Cell::from(flags(graph, claim).join("; ")),
        Cell::Flag(graph.standing(claim) == Standing::Used),
        why_not,
    ];
    row.extend(claims.extra.iter().map(|(_, text)| Cell::from(text.get(at))));
    row
}

/// What sets a claim apart.
pub fn flags(graph: &ClaimGraph<'_>, claim: ClaimId) -> Vec<String> {
    let case = graph.case;
    let (claims, at) = (&case.claims, claim.index());
    let mut flags = Vec::new();
    if claims.status.get(at) == crate::model::Status::Disputed {
        flags.push("disputed".to_owned());
    }
    let inferred = claims.inferred.get(at);
    let facts = [
        (inferred.publisher, "publisher inferred"),
        (inferred.via, "via inferred"),
        (inferred.cites, "cites inferred"),
        (inferred.published, "date inferred"),
    ];
    flags.extend(facts.iter().filter(|(is_inferred, _)| *is_inferred).map(|(_, flag)| (*flag).to_owned()));
    if let Some(revised) = claims.revises.get(at) {
        flags.push(format!("revises {}", claims.name(revised)));
    }
    flags.extend(graph.drifts_of(claim).iter().map(|drift| format!("{} drift", drift.rule.kind.name())));
    flags.extend(graph.vague_attributions(claim).iter().map(|name| format!("vague attribution: {name}")));
    if graph.hollow_claim(claim).is_some() {
        flags.push("hollow confirmation".to_owned());
    }
    flags
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_header_is_known_for_a_report_where_a_case_is_read() {
        let header: Vec<&str> = super::LAYOUT.columns.iter().map(|column| column.name).collect();
        assert!(header.join(",").starts_with(crate::ingest::REPORTED), "{header:?}");
    }
}
