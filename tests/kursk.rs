//! The Kursk case against hand-made expectations: which origins, how many figures rest on each,
//! what is left out. They are judgements made from the pages, not output of this program.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use sayso::graph::{ClaimGraph, LeftOut, Standing, View};
use sayso::ingest::{Limits, read};
use sayso::model::{Case, ClaimId, Status};
use sayso::{Options, analyse};

fn case(name: &str) -> Case {
    let path = format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"));
    read(path.as_ref(), Limits::default()).unwrap().case
}

fn names(case: &Case, claims: impl IntoIterator<Item = ClaimId>) -> Vec<String> {
    claims.into_iter().map(|claim| case.claims.name(claim)).collect()
}

fn graph<'c>(case: &'c Case, question: &str) -> ClaimGraph<'c> {
    ClaimGraph::build(case, case.find_question(question).unwrap(), View::new(case, None))
}

/// Figures that rest on the origin whose first own figure is `root`.
fn resting_on(graph: &ClaimGraph<'_>, root: &str) -> Vec<String> {
    let case = graph.case;
    let origin = graph.origins().iter().find(|origin| case.claims.name(origin.own_figures[0]) == root).unwrap();
    names(case, origin.figures.iter().copied())
}

#[test]
fn the_reinforcement_has_17_numbers_and_4_origins_of_which_2_are_anonymous() {
    let case = case("kursk-2025");
    let graph = graph(&case, "kursk_reinforcement");
    let account = graph.account();
    assert_eq!((account.claims, account.numbers, account.origins, account.anonymous_origins), (18, 17, 4, 2));
    let roots = graph.origins().iter().map(|origin| origin.own_figures[0]);
    assert_eq!(names(&case, roots), ["K01", "K03", "K15", "K16"]);
    let unnamed =
        graph.origins().iter().filter(|origin| !case.is_named(origin.party)).map(|origin| origin.own_figures[0]);
    assert_eq!(names(&case, unnamed), ["K01", "K03"]);
}

#[test]
fn nine_figures_rest_on_the_newspaper_and_its_own_is_one_of_them() {
    let case = case("kursk-2025");
    let graph = graph(&case, "kursk_reinforcement");
    assert_eq!(resting_on(&graph, "K01"), ["K01", "K04", "K05", "K06", "K08", "K09", "K10", "K11", "K13"]);
    assert_eq!(resting_on(&graph, "K03"), ["K03", "K07", "K12", "K14"]);
    assert_eq!(resting_on(&graph, "K15"), ["K15"]);
    assert_eq!(resting_on(&graph, "K16"), ["K16", "K17", "K18"]);
}

#[test]
fn only_the_forecast_is_left_out_of_the_reinforcement() {
    let case = case("kursk-2025");
    let graph = graph(&case, "kursk_reinforcement");
    let left_out = graph.account().left_out;
    let named: Vec<_> = left_out.iter().map(|&(claim, why)| (case.claims.name(claim), why)).collect();
    assert_eq!(named, [("K15".to_owned(), LeftOut::Status(Status::Projected))]);
    let used: Vec<_> = graph.origins().iter().filter_map(|origin| origin.current).collect();
    assert_eq!(names(&case, used), ["K01", "K03", "K16"]);
}

#[test]
fn an_agency_that_gave_no_number_is_the_origin_of_none() {
    let case = case("kursk-2025");
    let graph = graph(&case, "kursk_reinforcement");
    let silent = graph.claims().find(|&claim| case.claims.name(claim) == "K02").unwrap();
    assert_eq!(graph.standing(silent), Standing::NoNumber);
    assert!(graph.origins().iter().all(|origin| case.party_name(origin.party) != "NIS"));
}

#[test]
fn a_weekly_flow_is_not_pooled_with_the_totals() {
    let case = case("kursk-2025");
    let graph = graph(&case, "kursk_casualties");
    let flow = graph.claims().find(|&claim| case.claims.name(claim) == "K46").unwrap();
    assert_eq!(graph.standing(flow), Standing::LeftOut(LeftOut::Scope));
    let left_out = graph.account().left_out;
    assert_eq!(left_out.len(), 1);
}

#[test]
fn revisions_are_one_series_of_which_the_latest_counts() {
    let case = case("kursk-2025");
    let graph = graph(&case, "kursk_casualties");
    for (first, series, current) in [
        ("K40", vec!["K40", "K50", "K63"], "K63"),
        ("K43", vec!["K43", "K47", "K48", "K58"], "K58"),
        ("K45", vec!["K45", "K61", "K62"], "K62"),
    ] {
        let origin = graph.origins().iter().find(|origin| case.claims.name(origin.own_figures[0]) == first).unwrap();
        assert_eq!(names(&case, origin.own_figures.iter().copied()), series);
        assert_eq!(case.claims.name(origin.current.unwrap()), current);
    }
    let speech = resting_on(&graph, "K43");
    assert!(speech.contains(&"K49".to_owned()), "{speech:?}");
}

#[test]
fn at_the_end_of_february_only_the_two_anonymous_origins_are_known() {
    let case = case("kursk-2025");
    let as_of = sayso::ingest::read_date("2025-02-28").ok();
    let question = case.find_question("kursk_reinforcement").unwrap();
    let graph = ClaimGraph::build(&case, question, View::new(&case, as_of));
    let used: Vec<_> = graph.origins().iter().filter_map(|origin| origin.current).collect();
    assert_eq!(names(&case, used), ["K01", "K03"]);
    // Eleven publishers of figures by then, nine of which carry the newspaper's.
    let account = graph.account();
    assert_eq!((account.publications, account.points[0].publications, account.points[0].of), (11, 9, 11));
}

#[test]
fn shares_of_another_question_take_its_uncertainty_along() {
    let case = case("kursk-2025");
    let analysis = analyse(&case, &Options::default());
    let of = |id: &str| {
        let question = case.find_question(id).unwrap();
        analysis.questions.iter().find(|result| result.question == question).unwrap()
    };
    let casualties = of("kursk_casualties");
    assert_eq!(casualties.consensus.used(), 10);
    let killed = of("kursk_killed").consensus.range().unwrap().quantiles;
    let all = casualties.consensus.range().unwrap().quantiles;
    assert!(killed.median() < all.median());
}

#[test]
fn one_article_gives_three_numbers_three_origins_and_no_name() {
    let case = case("kursk-article");
    let graph = graph(&case, "new_deployment");
    let account = graph.account();
    assert_eq!((account.numbers, account.origins, account.anonymous_origins), (3, 3, 3));
    assert_eq!(account.points, []);
    let hops: Vec<u16> = graph.origins().iter().map(|origin| origin.hops).collect();
    assert_eq!(hops, [2, 2, 3]);
}

#[test]
fn the_drifts_of_the_kursk_case_are_these_and_no_others() {
    let case = case("kursk-2025");
    let view = View::new(&case, None);
    let mut found: Vec<(String, &str)> = Vec::new();
    for question in case.question_ids() {
        let drifts = ClaimGraph::build(&case, question, view).drifts();
        found.extend(drifts.iter().map(|drift| (case.claims.name(drift.claim), drift.rule.name)));
    }
    found.sort();
    let expected = [
        // The agency had said by then that it was still counting (K02).
        ("K10", "contradicted"),
        ("K11", "contradicted"),
        ("K12", "contradicted"),
        // A figure became "up to" on the way from the president to the article.
        ("K60", "another bound"),
        // The military stood at about 1,100 (K45); a month later it gave 4,000 itself (K62).
        ("K61", "unsupported"),
        // The ministry's count became a share of all who were sent. True or not, it is another figure:
        // whoever relays it has divided by a number that the ministry did not give.
        ("K67", "another count"),
    ];
    assert_eq!(found, expected.map(|(claim, rule)| (claim.to_owned(), rule)));
    // K06, K08 and K13 credit "South Korean media", "a news report" and "reports": vague, and true as
    // far as it goes. K47, K48 and K58 are a series in which one speaker raises his own figure.
}

#[test]
fn a_page_that_claims_confirmation_of_one_speaker_is_hollow() {
    let case = case("kursk-2025");
    let view = View::new(&case, None);
    let hollow: Vec<String> = case
        .question_ids()
        .flat_map(|question| ClaimGraph::build(&case, question, view).hollow())
        .map(|hollow| case.claims.name(hollow.claim))
        .collect();
    assert_eq!(hollow, ["K49"]);
}
