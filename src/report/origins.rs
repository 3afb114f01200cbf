//! origins.csv: a row for each origin of a question.

use super::table::{Cell, Column, Layout, Table};
use crate::analysis::{Analysis, OriginSummary, QuestionResult};
use crate::consensus::Standing as Use;
use crate::graph::{ClaimGraph, Standing};
use crate::model::Case;

pub const LAYOUT: Layout = Layout {
    name: "origins",
    row: "an origin of a question",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("origin", "who it is; one without a name is told apart by who credits it"),
        Column::text("claim", "claim whose figure stands for it"),
        Column::text("kind", "kind of source"),
        Column::flag("named", "whether it has a name"),
        Column::text("estimate", "figure as it was said"),
        Column::text("bound", "how the figure was bounded"),
        Column::number("low", "lower end of what was said; empty if open"),
        Column::number("high", "upper end of what was said; empty if open"),
        Column::text("as_of", "date that the figure refers to"),
        Column::count("hops", "relays to the nearest text that was seen"),
        Column::count("publications", "publishers of figures that rest on it"),
        Column::flag("used", "whether it is evidence"),
        Column::text("why_not", "why it is not"),
        Column::number("weight", "share of the Fisher information at the median; all sum to 1"),
        Column::number("pull", "median with it, divided by the median without it; the difference on linear scales"),
        Column::number("tension", "probability of a conflict as great between it and the others"),
        Column::number("p_gross_error", "probability that it is a gross error, given the others"),
    ],
};

pub fn table<'a>(case: &'a Case, analysis: &'a Analysis) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for result in &analysis.questions {
        let graph = ClaimGraph::build(case, result.question, analysis.view);
        table.rows.extend(result.origins.iter().map(|origin| row(case, &graph, result, origin)));
    }
    table
}

fn row<'a>(
    case: &'a Case,
    graph: &ClaimGraph<'_>,
    result: &QuestionResult,
    origin: &'a OriginSummary,
) -> Vec<Cell<'a>> {
    let (claims, at) = (&case.claims, origin.claim.index());
    let estimate = claims.estimate(origin.claim);
    let account = origin.evidence.and_then(|at| result.consensus.origins.get(at));
    let (influence, why_not) = match account.copied() {
        Some(Use::Used(influence)) => (influence, Cell::Empty),
        Some(Use::Unused(why)) => (None, Cell::from(why.to_string())),
        None => (None, why_not(case, graph, origin)),
    };
    vec![
        Cell::from(&*case.question(result.question).id),
        Cell::from(origin.name.as_str()),
        Cell::from(claims.name(origin.claim)),
        Cell::from(origin.kind.name()),
        Cell::Flag(origin.is_named),
        Cell::from(claims.said.get(at)),
        Cell::from(estimate.bound.name()),
        Cell::Number(estimate.low),
        Cell::Number(estimate.high),
        Cell::date(claims.refers_to(origin.claim)),
        Cell::Count(origin.hops.into()),
        Cell::Count(origin.publications),
        Cell::Flag(matches!(account, Some(Use::Used(_)))),
        why_not,
        Cell::maybe(influence.map(|influence| influence.weight)),
        Cell::maybe(influence.and_then(|influence| influence.pull).map(crate::consensus::Pull::value)),
        Cell::maybe(influence.and_then(|influence| influence.tension)),
        Cell::maybe(influence.map(|influence| influence.p_gross)),
    ]
}

pub fn why_not<'a>(case: &Case, graph: &ClaimGraph<'_>, origin: &OriginSummary) -> Cell<'a> {
    match graph.standing(origin.claim) {
        Standing::LeftOut(why) => Cell::from(why.why(case, origin.claim)),
        Standing::NoNumber => Cell::from("gives no number"),
        Standing::Used => Cell::from("its figures are left out"),
    }
}
