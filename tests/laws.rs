//! Laws of the whole way from rows to ranges, on made-up cases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod generated;
mod reading;

use std::collections::BTreeMap;

use generated::{HEADER, Row, analysed, estimate, lines, rows, tables};
use proptest::prelude::*;
use reading::case_of;
use sayso::consensus::Quantiles;
use sayso::graph::{ClaimGraph, View};
use sayso::model::Case;
use sayso::report::export;
use sayso::{Analysis, Options, analyse};

fn quantiles(claims: &str) -> Vec<(String, Option<Quantiles>)> {
    let read = case_of(claims);
    let analysis = analyse(&read.case, &Options::default());
    let named = |result: &sayso::analysis::QuestionResult| read.case.question(result.question).id.to_string();
    analysis.questions.iter().map(|r| (named(r), r.consensus.range().map(|range| range.quantiles))).collect()
}

/// Ranges of the questions that both have, which must agree to the last bit.
fn same_ranges(a: &str, b: &str) -> Result<(), TestCaseError> {
    let (a, b) = (quantiles(a), quantiles(b));
    for (question, range) in &a {
        if let Some((_, other)) = b.iter().find(|(known, _)| known == question) {
            prop_assert_eq!(range, other, "{}", question);
        }
    }
    Ok(())
}

/// The lines of claims.csv in another order.
fn shuffled(made: &[Row], seed: u64) -> Vec<String> {
    let mut lines = lines(made, 0);
    let mut state = seed | 1;
    for at in (1..lines.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(at, (state >> 33) as usize % (at + 1));
    }
    lines
}

fn graphs(case: &Case) -> Vec<ClaimGraph<'_>> {
    case.question_ids().map(|question| ClaimGraph::build(case, question, View::new(case, None))).collect()
}

/// A case in every format of exports.
fn exports(case: &Case, analysis: &Analysis) -> Vec<Vec<u8>> {
    let graphs = graphs(case);
    let mut dossier = export::Dossier::new(case, analysis, &graphs);
    let target = export::Target { item: "Q1".to_owned(), property: "P1120".to_owned() };
    dossier.targets.insert(String::new(), target);
    let write = |format: &export::Format| {
        let mut bytes = Vec::new();
        match format.write {
            export::Writer::Graphs(write) => write(&graphs, &mut bytes).unwrap(),
            export::Writer::Dossier(write) => write(&dossier, &mut bytes).unwrap(),
        }
        bytes
    };
    export::FORMATS.iter().map(write).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_order_of_rows_changes_no_byte(made in rows(14), seed in any::<u64>()) {
        let (case, analysis) = analysed(&made, 0);
        let other = case_of(&(HEADER.to_owned() + &shuffled(&made, seed).concat())).case;
        let again = analyse(&other, &Options::default());
        prop_assert_eq!(tables(&case, &analysis), tables(&other, &again));
        prop_assert_eq!(exports(&case, &analysis), exports(&other, &again));
    }

    #[test]
    fn a_network_has_every_node_once_and_every_origin_is_marked(made in rows(14)) {
        let case = case_of(&(HEADER.to_owned() + &lines(&made, 0).concat())).case;
        let graphs = graphs(&case);
        let network = export::Network::new(&graphs);
        let nodes: Vec<_> = network.nodes().collect();
        let by_id: BTreeMap<&str, _> = nodes.iter().map(|node| (&*node.id, node)).collect();
        prop_assert_eq!(by_id.len(), nodes.len());
        let mut links: Vec<_> = network.links().map(|link| (link.source.to_owned(), link.target.to_owned())).collect();
        prop_assert_eq!(links.len(), network.link_count());
        links.dedup();
        prop_assert_eq!(links.len(), network.link_count());
        prop_assert!(links.iter().all(|(a, b)| by_id.contains_key(&**a) && by_id.contains_key(&**b)));
        for node in &nodes {
            prop_assert!(node.origins.iter().all(|origin| by_id[&**origin].is_origin), "{:?}", node);
            prop_assert_eq!(node.why.is_some(), node.standing == "left out");
        }
        // What stands behind the range leads to an origin, and so do its relays.
        prop_assert!(nodes.iter().filter(|node| node.standing == "used").all(|node| node.origin_count > 0));
    }

    #[test]
    fn a_unit_ten_to_the_power_smaller_scales_the_range(made in rows(16), power in 1u32..6) {
        let (_, small) = analysed(&made, 0);
        let (_, large) = analysed(&made, power);
        for (a, b) in small.questions.iter().zip(&large.questions) {
            match (a.consensus.range(), b.consensus.range()) {
                (Some(a), Some(b)) => for (a, b) in a.quantiles.values.iter().zip(&b.quantiles.values) {
                    let scaled = a * 10f64.powi(power as i32);
                    prop_assert!((scaled - b).abs() <= 1e-6 * scaled, "{} against {}", scaled, b);
                },
                (None, None) => {}
                _ => prop_assert!(false, "one has a range and the other has none"),
            }
        }
    }

    #[test]
    fn a_relay_of_a_claim_that_was_seen_changes_no_range(made in rows(16), whom in any::<prop::sample::Index>(), day in 1u8..29) {
        let base = lines(&made, 0);
        let at = whom.index(made.len());
        let row = &made[at];
        let relay = format!("R,q{},Relay,{},,C{at},,2024-06-{day:02},,\n", row.question, estimate(row, 0));
        let before = HEADER.to_owned() + &base.concat();
        // A relay dated later moves the date of the case, and figures age; so the date is fixed.
        let fixed = "Z,qz,Dated,5,,,,2024-06-30,,\n";
        same_ranges(&(before.clone() + fixed), &(before + fixed + &relay))?;
    }

    #[test]
    fn a_source_without_a_number_or_left_out_changes_no_range(made in rows(16), question in 0u8..3, form in 0usize..3) {
        let before = HEADER.to_owned() + &lines(&made, 0).concat() + "Z,qz,Dated,5,,,,2024-06-30,,\n";
        let said = ["unknown,,,,2024-05-01,", "77,,,,2024-05-01,projected", "77,,,,2024-05-01,retracted"][form];
        same_ranges(&before, &format!("{before}N,q{question},Newcomer,{said},\n"))?;
    }

    #[test]
    fn the_same_rows_in_every_format_give_the_same_case(made in rows(14)) {
        let text = HEADER.to_owned() + &lines(&made, 0).concat();
        let case = case_of(&text).case;
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        for sign in [";", "\t"] {
            let other: String = rows.iter().map(|row| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(sign) + "\r\n").collect();
            // What is written with semicolons has decimal commas; the figures here have neither.
            prop_assert_eq!(&case_of(&other).case, &case, "{}", sign);
        }
        let objects = rows[1..].iter().map(|row| {
            let cells = rows[0].iter().zip(row).filter(|(_, cell)| !cell.is_empty());
            let object: serde_json::Map<String, serde_json::Value> = cells.map(|(name, cell)| ((*name).to_owned(), (*cell).into())).collect();
            serde_json::Value::Object(object).to_string() + "\n"
        });
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("claims.jsonl");
        std::fs::write(&file, objects.collect::<String>()).unwrap();
        let read = sayso::ingest::read(&file, sayso::ingest::Limits::default()).unwrap();
        let analysis = |case: &Case| analyse(case, &Options::default());
        prop_assert_eq!(tables(&read.case, &analysis(&read.case)), tables(&case, &analysis(&case)));
    }

    #[test]
    fn a_single_origin_with_a_wider_range_never_gives_a_narrower_consensus(low in 1u32..5000, width in 0u32..3000, more in 0u32..3000) {
        let range = |low: u32, high: u32| {
            let found = quantiles(&format!("{HEADER}C,q,A,{low}-{high},,,,2024-05-01,,\n"));
            found[0].1.unwrap().values
        };
        let (narrow, wide) = (range(low, low + width), range(low.saturating_sub(more).max(1), low + width + more));
        let spread = |values: [f64; 9], at: usize| (values[8 - at] / values[at]).ln();
        for at in 0..4 {
            prop_assert!(spread(wide, at) >= spread(narrow, at) - 1e-3, "{:?} against {:?}", wide, narrow);
        }
    }

    #[test]
    fn as_of_the_last_date_is_as_of_no_date(made in rows(14)) {
        let (case, all) = analysed(&made, 0);
        let dated = analyse(&case, &Options { as_of: case.latest_date(), ..Options::default() });
        prop_assert_eq!(tables(&case, &all), tables(&case, &dated));
    }

    #[test]
    fn asking_for_one_question_gives_its_part_of_the_whole(made in rows(14)) {
        let (case, all) = analysed(&made, 0);
        for result in &all.questions {
            let one = analyse(&case, &Options { questions: vec![result.question], ..Options::default() });
            prop_assert_eq!(&one.questions, &vec![result.clone()]);
        }
    }

    #[test]
    fn every_figure_is_used_or_left_out_with_a_reason_and_every_number_is_finite(made in rows(18)) {
        let (_, analysis) = analysed(&made, 0);
        for result in &analysis.questions {
            let account = &result.account;
            prop_assert!(account.left_out.len() <= account.numbers);
            prop_assert!(account.used_origins <= account.origins);
            if let Some(range) = result.consensus.range() {
                prop_assert!(range.quantiles.values.iter().all(|value| value.is_finite()));
                prop_assert!(range.quantiles.values.windows(2).all(|pair| pair[0] <= pair[1]));
            } else {
                prop_assert_eq!(account.used_origins, 0);
            }
        }
    }
}

/// Retracting a claim that nothing rests on and never having had it give the same range.
#[test]
fn retracting_a_claim_is_as_never_having_had_it() {
    let rest = "A,q,One,1000,,,,2024-05-01,,\nB,q,Two,1500,,,,2024-05-02,,\n";
    let never = HEADER.to_owned() + rest;
    let retracted = never.clone() + "C,q,Three,9000,,,,2024-05-02,retracted,\n";
    assert_eq!(quantiles(&never), quantiles(&retracted));
    let standing = never.clone() + "C,q,Three,9000,,,,2024-05-02,,\n";
    assert_ne!(quantiles(&never), quantiles(&standing));
}

/// A claim and its own copy by declared attribution count once.
#[test]
fn a_copy_by_declared_attribution_counts_once() {
    let one = HEADER.to_owned() + "A,q,One,1000,,,,2024-05-01,,\n";
    let copied = one.clone() + "B,q,Two,1000,One,,,2024-05-01,,\nC,q,Three,1000,,A;B,,2024-05-01,,\n";
    assert_eq!(quantiles(&one), quantiles(&copied));
    let apart = one.clone() + "B,q,Two,1000,,,,2024-05-01,,\n";
    assert_ne!(quantiles(&one), quantiles(&apart));
}

/// A row as the generator makes it, so that a change of its fields is noticed here.
#[test]
fn the_generator_makes_the_rows_it_says() {
    let row = Row {
        question: 1,
        publisher: 2,
        value: 7,
        form: 8,
        via: vec![3, 10],
        cites: Vec::new(),
        revises: None,
        day: 4,
        status: 0,
    };
    assert_eq!(
        lines(&[row], 1),
        ["C0,q1,Source 2,up to 70,Source 3 > anonymous: officials,,,2024-05-04,projected,r0\n"]
    );
}
