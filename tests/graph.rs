//! The graph on small cases made for one thing each: every rule of drift, hollow confirmation,
//! circles, corrections, linking, ties, single points, and questions too large to walk carelessly.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod reading;

use reading::case_of;
use sayso::graph::{CircleKind, ClaimGraph, LeftOut, RULES, Standing, View};
use sayso::model::{Case, ClaimId, QuestionId, Status};
use sayso::{Options, analyse, report};

/// A case of one question from rows under the columns most tests need.
fn case(rows: &str) -> Case {
    case_of(&format!("claim,question,publisher,estimate,via,cites,revises,published,status,scope,credibility\n{rows}"))
        .case
}

fn graph(case: &Case) -> ClaimGraph<'_> {
    ClaimGraph::build(case, QuestionId(0), View::new(case, None))
}

fn claim(case: &Case, name: &str) -> ClaimId {
    (0..case.claims.len() as u32).map(ClaimId).find(|&claim| case.claims.name(claim) == name).unwrap()
}

/// The drifts of a case as "K2: another bound, against K1".
fn drifts(rows: &str) -> Vec<String> {
    let case = case(rows);
    let found = graph(&case).drifts();
    let name = |claim: ClaimId| case.claims.name(claim);
    found
        .iter()
        .map(|d| format!("{}: {}, against {}", name(d.claim), d.rule.name, d.other.map_or("nothing".to_owned(), name)))
        .collect()
}

/// Names of the origins of a claim.
fn origins(case: &Case, name: &str) -> Vec<String> {
    let graph = graph(case);
    let node = graph.node(claim(case, name)).unwrap();
    graph.origins_of(node).iter().map(|id| graph.speaker_name(graph.origins()[id.index()].end)).collect()
}

#[test]
fn every_rule_has_a_name_of_its_own_and_a_sentence() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
    assert!(RULES.iter().all(|rule| rule.explanation.ends_with('.') && rule.explanation.len() > 20));
}

#[test]
fn a_publisher_that_credits_its_own_house_does_not_repeat_itself() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("sources.csv", "source,parent\nTV,Group\nRadio,Group\nGroup,\n");
    put("claims.csv", "claim,question,publisher,estimate,via\nK1,q,TV,500,Group\nK2,q,Herald,500,Radio\n");
    let case = sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()).unwrap().case;
    assert_eq!(graph(&case).circles().len(), 0);
    assert_eq!(origins(&case, "K1"), ["Group"]);
    // Another one that credits the house means what a member of it said.
    assert_eq!(origins(&case, "K2"), ["Group"]);
}

#[test]
fn of_many_claims_that_could_be_meant_three_are_named() {
    let rows: String = (1..=6).map(|n| format!("K{n},q,Agency,500,,,,2025-01-01,,,\n")).collect();
    let case = case(&format!("{rows}P,q,Post,500,Agency,,,2025-01-02,,,\n"));
    let remarks = graph(&case).remarks();
    assert_eq!(remarks.len(), 1);
    let what = "what it credits to Agency is linked to K1, and K2, K3, K4 and more would do as well";
    assert_eq!(remarks[0].what, what);
}

#[test]
fn credit_to_a_party_that_gave_no_number_is_contradicted() {
    let rows = "K1,q,Agency,unknown,,,,2025-01-01,,,\nK2,q,Post,500,Agency,,,2025-01-02,,,\n";
    assert_eq!(drifts(rows), ["K2: contradicted, against K1"]);
    // A month later the agency did give one.
    let later = rows.to_owned() + "K3,q,Agency,500,,,,2025-02-01,,,\nK4,q,Herald,500,Agency,,,2025-02-02,,,\n";
    assert_eq!(drifts(&later), ["K2: contradicted, against K1"]);
    // What it says only afterwards contradicts nobody.
    assert_eq!(drifts("K1,q,Agency,unknown,,,,2025-01-03,,,\nK2,q,Post,500,Agency,,,2025-01-02,,,\n"), [""; 0]);
}

#[test]
fn a_party_that_gave_no_number_is_no_origin_and_the_publisher_answers_for_the_figure() {
    let case = case("K1,q,Agency,unknown,,,,2025-01-01,,,\nK2,q,Post,500,Agency,,,2025-01-02,,,\n");
    assert_eq!(origins(&case, "K2"), ["Post"]);
}

#[test]
fn credit_to_a_party_with_other_figures_is_unsupported_unless_it_is_explained() {
    let own = "K1,q,Agency,100,,,,2025-01-01,,,\n";
    assert_eq!(drifts(&format!("{own}K2,q,Post,500,Agency,,,2025-01-02,,,\n")), ["K2: unsupported, against K1"]);
    assert_eq!(drifts(&format!("{own}K2,q,Post,about 100,Agency,,,2025-01-02,,,\n")), [""; 0]);
    // A series of revisions changes its figures by intent.
    assert_eq!(drifts(&format!("{own}K2,q,Post,500,Agency,,K1,2025-01-02,,,\n")), [""; 0]);
    // Implied claims never count as having given a figure.
    let implied = "K1,q,Herald,100,Agency,,,2025-01-01,,,\nK2,q,Post,500,Agency,,,2025-01-02,,,\n";
    assert_eq!(drifts(implied), [""; 0]);
}

#[test]
fn credit_to_an_outlet_outside_the_cited_chain_is_other_than_cited() {
    let rows = "K1,q,Herald,500,,,,2025-01-01,,,\nK2,q,Wire News,500,Herald,K1,,2025-01-01,,,\n";
    assert_eq!(
        drifts(&format!("{rows}K3,q,Post,500,Gazette,K2,,2025-01-02,,,\n")),
        ["K3: other than cited, against K2"]
    );
    assert_eq!(drifts(&format!("{rows}K3,q,Post,500,Herald,K2,,2025-01-02,,,\n")), [""; 0]);
}

#[test]
fn a_description_that_names_nobody_is_a_remark_and_no_drift() {
    let rows = "K1,q,Herald,500,,,,2025-01-01,,,\nK2,q,Post,500,a news report,K1,,2025-01-02,,,\n";
    assert_eq!(drifts(rows), [""; 0]);
    let case = case(rows);
    assert_eq!(graph(&case).vague_attributions(claim(&case, "K2")), ["a news report"]);
}

#[test]
fn credit_to_another_body_than_the_one_that_spoke_is_another_speaker() {
    let rows =
        "K1,q,Herald,500,Ministry of Health,,,2025-01-01,,,\nK2,q,Post,500,Ministry of Defence,K1,,2025-01-02,,,\n";
    assert_eq!(drifts(rows), ["K2: another speaker, against K1"]);
}

#[test]
fn a_change_of_class_is_a_bound_drift_and_strictness_is_not() {
    let against =
        |said: &str| drifts(&format!("K1,q,Herald,\"4,000\",,,,2025-01-01,,,\nK2,q,Post,{said},,K1,,2025-01-02,,,\n"));
    assert_eq!(against("up to 4000"), ["K2: another bound, against K1"]);
    assert_eq!(against("at least 4000"), ["K2: another bound, against K1"]);
    assert_eq!(against("3500-4500"), ["K2: another bound, against K1"]);
    assert_eq!(against("about 4000"), [""; 0]);
    let floors = "K1,q,Herald,more than 4000,,,,2025-01-01,,,\nK2,q,Post,at least 4000,,K1,,2025-01-02,,,\n";
    assert_eq!(drifts(floors), [""; 0]);
}

#[test]
fn another_number_of_the_same_class_is_a_figure_drift_and_rounding_is_not() {
    let against =
        |said: &str| drifts(&format!("K1,q,Herald,1134,,,,2025-01-01,,,\nK2,q,Post,{said},,K1,,2025-01-02,,,\n"));
    assert_eq!(against("1340"), ["K2: another figure, against K1"]);
    assert_eq!(against("about 1100"), [""; 0]);
    // One leg that gives the very figure is support enough.
    let legs =
        "K1,q,Herald,100,,,,2025-01-01,,,\nK2,q,Gazette,200,,,,2025-01-01,,,\nK3,q,Post,200,,K1;K2,,2025-01-02,,,\n";
    assert_eq!(drifts(legs), [""; 0]);
}

#[test]
fn a_part_passed_on_as_the_whole_is_a_scope_drift() {
    let rows = "K1,q,Herald,500,,,,2025-01-01,,one week,\nK2,q,Post,500,,K1,,2025-01-02,,,\n";
    assert_eq!(drifts(rows), ["K2: another count, against K1"]);
}

#[test]
fn a_confirmation_that_rests_on_one_origin_is_hollow() {
    let rows = "K1,q,Mayor,500,,,,2025-01-01,,,\nK2,q,Herald,500,Mayor,K1,,2025-01-01,,,\nK3,q,Gazette,500,Mayor,K1,,2025-01-01,,,\n";
    let hollow = |row: &str| {
        let case = case(&format!("{rows}{row}"));
        let hollow = graph(&case).hollow();
        hollow.iter().map(|hollow| case.claims.name(hollow.claim)).collect::<Vec<_>>()
    };
    assert_eq!(hollow("K4,q,Post,500,,K2;K3,,2025-01-02,,,\n"), ["K4"]);
    assert_eq!(hollow("K4,q,Post,500,,K2,,2025-01-02,,,1\n"), ["K4"]);
    assert_eq!(hollow("K4,q,Post,500,,K2,,2025-01-02,,,2\n"), [""; 0]);
    assert_eq!(hollow("K4,q,Post,500,Herald & Gazette,,,2025-01-02,,,\n"), ["K4"]);
    assert_eq!(hollow("K4,q,Post,500,Herald & Relief Watch,,,2025-01-02,,,\n"), [""; 0]);
}

#[test]
fn a_circle_without_a_way_out_has_no_origin_and_no_weight() {
    let case = case(
        "K1,q,Post,500,,K2,,2025-01-01,,,\nK2,q,Herald,500,,K1,,2025-01-01,,,\nK3,q,Gazette,900,,,,2025-01-01,,,\n",
    );
    let graph = graph(&case);
    assert_eq!(graph.circles().len(), 1);
    assert!(!graph.circles()[0].has_way_out);
    assert_eq!(graph.standing(claim(&case, "K1")), Standing::LeftOut(LeftOut::Circular));
    assert_eq!(analyse(&case, &Options::default()).questions[0].consensus.used(), 1);
}

#[test]
fn a_chain_that_comes_back_to_its_publisher_is_a_circle() {
    let case = case("K1,q,Post,500,Herald > Post,,,2025-01-01,,,\n");
    let graph = graph(&case);
    assert_eq!(graph.circles().len(), 1);
    assert_eq!(graph.circles()[0].path.len(), 2);
}

#[test]
fn a_circle_with_a_way_out_stands_on_where_that_leads() {
    let case = case(
        "K1,q,Post,500,,K2,,2025-01-01,,,\nK2,q,Herald,500,,K1;K3,,2025-01-01,,,\nK3,q,Mayor,500,,,,2025-01-01,,,\n",
    );
    assert_eq!(origins(&case, "K1"), ["Mayor"]);
    assert_eq!(graph(&case).standing(claim(&case, "K1")), Standing::Used);
}

#[test]
fn a_retraction_reaches_all_that_rests_on_it_alone() {
    let rows = "K1,q,Mayor,500,,,,2025-01-01,retracted,,\nK2,q,Herald,500,,K1,,2025-01-01,,,\nK3,q,Gazette,500,,K2,,2025-01-01,,,\n\
        K4,q,Police,700,,,,2025-01-01,,,\nK5,q,Post,500,,K2;K4,,2025-01-02,,,\nK6,q,Radio,500,Herald,,,2025-01-03,,,\n";
    let case = case(rows);
    let graph = graph(&case);
    let standing = |name: &str| graph.standing(claim(&case, name));
    assert_eq!(standing("K1"), Standing::LeftOut(LeftOut::Status(Status::Retracted)));
    assert_eq!(standing("K3"), Standing::LeftOut(LeftOut::RestsOn(claim(&case, "K2"))));
    assert_eq!(standing("K5"), Standing::Used);
    assert_eq!(standing("K6"), Standing::LeftOut(LeftOut::RestsOn(claim(&case, "K2"))));
}

#[test]
fn a_mention_is_linked_to_the_latest_claim_that_gives_its_figure() {
    let rows = "K1,q,Agency,500,,,,2025-01-01,,,\nK2,q,agency,500,,,,2025-01-03,,,\nK3,q,Agency,500,,,,2025-02-01,,,\n\
        K4,q,Post,about 500,AGENCY,,,2025-01-04,,,\n";
    let case = case(rows);
    let graph = graph(&case);
    let next: Vec<_> = graph.graph.neighbors(graph.node(claim(&case, "K4")).unwrap()).collect();
    assert_eq!(next, [graph.node(claim(&case, "K2")).unwrap()]);
}

#[test]
fn a_link_that_could_be_another_is_a_remark_with_the_candidates() {
    let rows =
        "K1,q,Agency,500,,,,2025-01-01,,,\nK2,q,Agency,500,,,,2025-01-01,,,\nK3,q,Post,500,Agency,,,2025-01-04,,,\n";
    let case = case(rows);
    let remarks = graph(&case).remarks();
    assert_eq!(remarks.len(), 1);
    assert!(remarks[0].what.contains("linked to K1, and K2 would do as well"), "{}", remarks[0].what);
}

#[test]
fn unnamed_parties_are_kept_apart_by_mention_and_implied_named_ones_are_not() {
    let case = case(
        "K1,q,Post,500,Wire News > anonymous: officials,,,2025-01-01,,,\nK2,q,Herald,500,Wire News > anonymous: officials,,,2025-01-01,,,\n",
    );
    assert_eq!(graph(&case).origins().len(), 2);
    let named = self::case(
        "K1,q,Post,500,Wire News > Mayor,,,2025-01-01,,,\nK2,q,Herald,500,Wire News > Mayor,,,2025-01-01,,,\n",
    );
    assert_eq!(graph(&named).origins().len(), 1);
}

#[test]
fn everything_that_passes_one_party_is_a_single_point_of_failure() {
    let case =
        case("K1,q,Post,500,Wire News > anonymous: officials,,,2025-01-01,,,\nK2,q,Herald,500,Post,,,2025-01-02,,,\n");
    let account = graph(&case).account();
    assert_eq!(account.points.len(), 1);
    assert!(account.points[0].is_full);
    assert_eq!(account.points[0].name, "officials (Wire News)");
}

#[test]
fn tied_origins_are_worth_less_than_untied_ones() {
    let worth = |sources: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("claims.csv"), "question,publisher,estimate\nq,A,100\nq,B,120\nq,C,140\n")
            .unwrap();
        std::fs::write(folder.path().join("sources.csv"), sources).unwrap();
        let case = sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()).unwrap().case;
        analyse(&case, &Options::default()).questions[0].consensus.effective_origins
    };
    let apart = worth("source,parent,country,party\nA,,X,\nB,,X,\nC,,X,\n");
    let house = worth("source,parent,country,party\nA,H,X,\nB,H,X,\nC,,X,\nH,,,\n");
    let side = worth("source,parent,country,party\nA,,X,yes\nB,,X,yes\nC,,X,\n");
    assert!(house < apart && side < apart, "{apart} {house} {side}");
}

#[test]
fn the_timeline_of_a_question_says_what_changed_it() {
    let case = case(
        "K1,q,Mayor,500,,,,2025-01-01,,,\nK2,q,Post,500,,K1,,2025-01,,,\nK3,q,Police,900,,,,2025-03-01,,,\nK4,q,Radio,100,,,,,,,\n",
    );
    let moments = sayso::timeline::timeline(&case, &Options::default());
    let told: Vec<String> = moments
        .iter()
        .map(|moment| {
            let date = moment.date.map_or("undated".to_owned(), |date| date.to_string());
            let claims: Vec<String> = moment.changed_by.iter().map(|&claim| case.claims.name(claim)).collect();
            format!("{date} {} {}", claims.join(";"), moment.result.account.origins)
        })
        .collect();
    assert_eq!(told, ["undated K4 1", "2025-01-01 K1 2", "2025-01-31 K2 2", "2025-03-01 K3 3"]);
    let last = analyse(&case, &Options::default());
    assert_eq!(moments[3].result.consensus, last.questions[0].consensus);
}

/// A case that is hard to walk, and everything done with it that the reports do: a walk along every
/// path would not come back.
fn walked(rows: &str) -> Case {
    let case = case(rows);
    let graph = graph(&case);
    let mut out = Vec::new();
    report::write_trace(&graph, report::Trace::Question, false, report::Paint::default(), &mut out).unwrap();
    assert!(out.len() < 4 << 20, "{} bytes of tree", out.len());
    assert!(graph.account().claims > 60 && graph.drifts().is_empty() && graph.remarks().is_empty());
    assert!(graph.chain(graph.node(ClaimId(0)).unwrap()).len() < 4000);
    drop(graph);
    case
}

#[test]
fn a_chain_of_a_hundred_thousand_claims_is_walked_without_a_stack() {
    let row = |at: usize| {
        let cites = if at == 0 { String::new() } else { format!("K{}", at - 1) };
        format!("K{at},q,S{at},500,,{cites},,,,,\n")
    };
    let case = walked(&(0..100_000).map(row).collect::<String>());
    let graph = graph(&case);
    assert_eq!((graph.origins().len(), graph.origins()[0].figures.len()), (1, 100_000));
}

#[test]
fn twenty_stacked_diamonds_are_not_a_million_paths() {
    let mut rows = "T0,q,Origin,500,,,,,,,\n".to_owned();
    for level in 1..=20 {
        let below = level - 1;
        rows += &format!("L{level},q,Left {level},500,,T{below},,,,,\nR{level},q,Right {level},500,,T{below},,,,,\n");
        rows += &format!("T{level},q,Top {level},500,,L{level};R{level},,,,,\n");
    }
    let case = walked(&rows);
    assert_eq!(graph(&case).origins().len(), 1);
}

#[test]
fn a_complete_digraph_of_two_thousand_claims_is_one_circle() {
    let all: Vec<String> = (0..2000).map(|at| format!("K{at}")).collect();
    let all = all.join(";");
    // A claim may not cite itself; the others are all cited.
    let row = |at: usize| {
        format!(
            "K{at},q,S{at},500,,{},,,,,\n",
            all.replacen(&format!("K{at};"), "", 1).trim_end_matches(&format!(";K{at}"))
        )
    };
    let rows: String = (0..2000).map(row).collect();
    let case = walked(&rows);
    let graph = graph(&case);
    assert_eq!((graph.circles().len(), graph.circles()[0].nodes.len()), (1, 2000));
    assert_eq!(graph.origins().len(), 0);
}

#[test]
fn grades_that_the_chains_do_not_bear_out_are_remarked() {
    let folder = tempfile::tempdir().unwrap();
    let claims =
        "claim,question,publisher,estimate,via,credibility\nK1,q,Post,500,anonymous: officials,1\nK2,q,Herald,500,,2\n";
    std::fs::write(folder.path().join("claims.csv"), claims).unwrap();
    std::fs::write(folder.path().join("sources.csv"), "source,reliability\nPost,A\n").unwrap();
    let case = sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()).unwrap().case;
    let remarks = graph(&case).remarks();
    assert_eq!(remarks.len(), 2);
    assert!(remarks[0].what.contains("its chains end at one origin: officials (Post)"), "{}", remarks[0].what);
    assert!(remarks[1].what.starts_with("A1"), "{}", remarks[1].what);
}

#[test]
fn a_row_that_stands_twice_and_a_slip_in_a_name_are_proposed_and_not_merged() {
    let rows = "K1,q,Harbour Daily,500,,,,2025-01-01,,,\nK2,q,Harbour Daily,500,,,,2025-01-01,,,\nK3,q,Harbor Daily,700,,,,2025-01-01,,,\n";
    let read = case_of(&format!(
        "claim,question,publisher,estimate,via,cites,revises,published,status,scope,credibility\n{rows}"
    ));
    let mut problems = sayso::ingest::Problems::default();
    sayso::ingest::find_duplicates(&read.case, &read.lines, &mut problems);
    let proposed: Vec<_> = problems.of(sayso::ingest::Severity::Proposed).collect();
    let told: Vec<&str> = proposed.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "source `Harbour Daily` may be source `Harbor Daily`: the names are one letter apart",
            "claim K2 may be claim K1 once more: same publisher, same figure, same date",
        ]
    );
    assert_eq!(read.case.sources.len(), 2);
}

#[test]
fn a_chain_that_comes_back_through_others_by_another_claim_is_reported() {
    let rows =
        "K1,q,Post,500,,,,2025-01-01,,,\nK2,q,Herald,500,Post,,,2025-01-02,,,\nK3,q,Post,500,Herald,,,2025-01-03,,,\n";
    let case = case(rows);
    let graph = graph(&case);
    assert_eq!(graph.circles().len(), 1);
    assert_eq!(graph.circles()[0].kind, CircleKind::Publisher);
    assert_eq!(origins(&case, "K3"), ["Post"]);
}

#[test]
fn what_an_origin_said_itself_counts_before_what_is_credited_to_it() {
    let case = case("K1,q,Agency,at least 400,,,,2025-01-01,,,\nK2,q,Post,500,Agency,,,2025-01-05,,,\n");
    let graph = graph(&case);
    assert_eq!(graph.origins()[0].current, Some(claim(&case, "K1")));
    let revised = self::case("K1,q,Agency,at least 400,,,,2025-01-01,,,\nK2,q,Post,500,Agency,,K1,2025-01-05,,,\n");
    assert_eq!(self::graph(&revised).origins()[0].current, Some(claim(&revised, "K2")));
}

#[test]
fn a_mention_with_one_end_in_common_is_linked_and_its_bound_has_drifted() {
    let rows = "K1,q,Daily,\"between 1,000 and 1,400\",anonymous: own sources,,,2025-01-01,,,\n\
        K2,q,Radio,\"up to 1,400\",Daily > anonymous: own sources,,,2025-01-01,,,\n";
    assert_eq!(graph(&case(rows)).origins().len(), 1);
    assert_eq!(drifts(rows), ["K2: another bound, against K1"]);
}

#[test]
fn a_relay_may_round_and_may_not_be_finer_than_what_it_passes_on() {
    let against = |from: &str, to: &str| {
        drifts(&format!("K1,q,Herald,{from},,,,2025-01-01,,,\nK2,q,Post,{to},,K1,,2025-01-02,,,\n")).len()
    };
    assert_eq!((against("11870", "12000"), against("4000", "4400"), against("1499", "1000")), (0, 1, 1));
}

#[test]
fn a_series_holds_together_where_its_middle_is_not_seen_yet() {
    let rows = "K1,q,Mayor,500,,,,2025-01-01,,,\nK2,q,Mayor,600,,,K1,2025-01,,,\nK3,q,Mayor,700,,,K2,2025-01-15,,,\n";
    let case = case(rows);
    let as_of = sayso::ingest::read_date("2025-01-20").ok();
    let graph = ClaimGraph::build(&case, QuestionId(0), View::new(&case, as_of));
    assert_eq!(graph.origins().len(), 1);
    assert_eq!(graph.origins()[0].current, Some(claim(&case, "K3")));
}

#[test]
fn owners_of_owners_tie_their_houses() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("claims.csv"), "question,publisher,estimate\nq,A,100\nq,B,120\n").unwrap();
    let worth = |sources: &str| {
        std::fs::write(folder.path().join("sources.csv"), sources).unwrap();
        let case = sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()).unwrap().case;
        analyse(&case, &Options::default()).questions[0].consensus.effective_origins
    };
    let apart = worth("source,parent\nA,\nB,\n");
    let tied = worth("source,parent\nA,M\nM,C\nB,C\nC,\n");
    assert!(tied < apart, "{tied} {apart}");
    std::fs::write(folder.path().join("sources.csv"), "source,parent\nA,B\nB,A\n").unwrap();
    assert!(sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()).is_err());
}

#[test]
fn a_drift_says_what_was_counted_before_and_what_after() {
    let rows = "K1,q,Agency,half of x,,,,2025-01-01,,,\nK2,q,Post,half of y,,K1,,2025-01-02,,,\n\
                K3,q,Herald,half of x,,K1,,2025-01-02,,one week,\nK4,q,Radio,50,,K1,,2025-01-02,,,\n\
                K8,x,Agency,100,,,,2025-01-01,,,\nK9,y,Agency,200,,,,2025-01-01,,,\n";
    let case = case(rows);
    let why: Vec<String> =
        graph(&case).drifts().iter().map(|d| format!("{}: {}", case.claims.name(d.claim), d.why)).collect();
    let wanted = [
        "K2: a share of x became one of y",
        "K3: what the question asks became one week",
        "K4: a share of x became a count",
    ];
    assert_eq!(why.iter().filter(|why| why.contains(" became ")).collect::<Vec<_>>(), wanted, "{why:?}");
}

#[test]
fn a_figure_credited_to_a_house_is_linked_to_what_its_outlet_said() {
    let folder = tempfile::tempdir().unwrap();
    let claims = "claim,question,publisher,estimate,via,published\nK1,q,Evening Post,500,,2025-01-01\n\
                  K2,q,Radio,500,Post Group,2025-01-02\nK3,q,Herald,900,Post Group,2025-01-02\n";
    std::fs::write(folder.path().join("claims.csv"), claims).unwrap();
    let origins_of = |sources: &str| {
        std::fs::write(folder.path().join("sources.csv"), sources).unwrap();
        let case = sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()).unwrap().case;
        ["K2", "K3"].map(|name| origins(&case, name))
    };
    // The group itself has said nothing; K3 gives another figure than its outlet.
    let apart = origins_of("source,parent\nEvening Post,\nPost Group,\n");
    assert_eq!(apart, [["Post Group"], ["Post Group"]]);
    let owned = origins_of("source,parent\nEvening Post,Post Group\nPost Group,\n");
    assert_eq!(owned, [["Evening Post"], ["Post Group"]]);
}
