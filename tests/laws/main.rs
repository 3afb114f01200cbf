//! Laws of the whole way from rows to ranges, on made-up cases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod generated;
mod links;
#[path = "../reading/mod.rs"]
mod reading;

use std::collections::BTreeMap;

use generated::{HEADER, Row, analysed, estimate, folders, lines, rows, tables};
use proptest::prelude::*;
use reading::case_of;
use sayso::consensus::Quantiles;
use sayso::graph::{ClaimGraph, View};
use sayso::import;
use sayso::ingest::Limits;
use sayso::model::Case;
use sayso::report::export;
use sayso::sorted::Sorted;
use sayso::{Analysis, Depth, Options, QuestionResult, analyse, report};
use serde_json::Value;

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
    mixed(lines(made, 0), seed)
}

/// Lines in another order.
fn mixed(mut lines: Vec<String>, seed: u64) -> Vec<String> {
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

/// The rows of results as consensus.csv has them.
fn csv_rows(case: &Case, results: &[QuestionResult], out: &mut Vec<u8>) {
    let table = report::consensus_rows(case, results);
    table.rows.iter().for_each(|row| report::write_row(row, out).unwrap());
}

/// Takes out of an analysis what STIX does not hold.
fn without_losses(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("extra");
            for (name, lost) in [("reliability", Value::from("F")), ("credibility", Value::from(6))] {
                if fields.get(name) == Some(&lost) {
                    fields.insert(name.to_owned(), Value::Null);
                }
            }
            fields.values_mut().for_each(without_losses);
        }
        Value::Array(items) => items.iter_mut().for_each(without_losses),
        _ => {}
    }
}

/// A case in one format of exports.
fn exported(case: &Case, name: &str) -> Vec<u8> {
    let analysis = analyse(case, &Options::default());
    let graphs = graphs(case);
    let mut bytes = Vec::new();
    match export::find_format(name).unwrap().write {
        export::Writer::Graphs(write) => write(&graphs, &mut bytes).unwrap(),
        export::Writer::Dossier(write) => write(&export::Dossier::new(case, &analysis, &graphs), &mut bytes).unwrap(),
    }
    bytes
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

    /// A copy credits the claim's publisher and whom that credits, with and without naming the claim.
    #[test]
    fn a_claim_and_its_own_copy_by_declared_attribution_count_once(
        made in rows(14), whom in any::<prop::sample::Index>(), day in 1u8..29, is_chained in any::<bool>()
    ) {
        let at = whom.index(made.len());
        let line = &lines(&made, 0)[at];
        let cells: Vec<&str> = line.split(',').collect();
        let (publisher, estimate, via) = (cells[2], cells[3], cells[4]);
        let chain = if via.is_empty() { publisher.to_owned() } else { format!("{publisher} > {via}") };
        let chain = if is_chained { chain } else { String::new() };
        let copy = format!("Y,{},Copyist,{estimate},{chain},C{at},,2024-06-{day:02},,\n", cells[1]);
        let before = HEADER.to_owned() + &lines(&made, 0).concat() + "Z,qz,Dated,5,,,,2024-06-30,,\n";
        let after = before.clone() + &copy;
        same_ranges(&before, &after)?;
        let origins = |text: &str| -> Vec<(usize, usize)> {
            let analysis = analyse(&case_of(text).case, &Options::default());
            analysis.questions.iter().map(|result| (result.account.origins, result.account.used_origins)).collect()
        };
        prop_assert_eq!(origins(&before), origins(&after));
    }

    /// Nothing rests on the claim: nobody cites or revises it, and nobody credits who made it.
    #[test]
    fn retracting_a_claim_that_nothing_rests_on_is_as_never_having_had_it(
        made in rows(14), mine in rows(2), figure in 1u32..3000, cited in prop::option::of(any::<prop::sample::Index>())
    ) {
        let own = &mine[0];
        let is_credited = made.iter().any(|row| row.question == own.question && row.via.contains(&own.publisher));
        prop_assume!(!is_credited);
        let same: Vec<usize> = (0..made.len()).filter(|&at| made[at].question == own.question).collect();
        let cites = cited.filter(|_| !same.is_empty()).map_or(String::new(), |at| format!("C{}", same[at.index(same.len())]));
        let never = HEADER.to_owned() + &lines(&made, 0).concat() + "Z,qz,Dated,5,,,,2024-06-30,,\n";
        let line = lines(&mine[..1], 0).remove(0);
        let cells: Vec<&str> = line.split(',').collect();
        let said = if figure < 1000 { format!("about {figure}") } else { cells[3].to_owned() };
        let retracted = format!("X,{},{},{said},{},{cites},,{},retracted,\n", cells[1], cells[2], cells[4], cells[7]);
        same_ranges(&never, &(never.clone() + &retracted))?;
    }

    #[test]
    fn folders_with_all_tables_keep_the_laws_of_order_date_and_question(made in folders(12), seed in any::<u64>()) {
        let lines = made.claim_lines();
        let case = made.case(&lines);
        let analysis = analyse(&case, &Options::default());
        let whole = tables(&case, &analysis);
        let other = made.case(&mixed(lines, seed));
        let again = analyse(&other, &Options::default());
        prop_assert_eq!(&whole, &tables(&other, &again));
        // What was settled after the last claim is not known on its date.
        if case.resolutions.is_empty() {
            let dated = analyse(&case, &Options { as_of: case.latest_date(), ..Options::default() });
            prop_assert_eq!(&whole, &tables(&case, &dated));
        }
        for result in &analysis.questions {
            let one = analyse(&case, &Options { questions: vec![result.question], ..Options::default() });
            prop_assert_eq!(&one.questions, &vec![result.clone()]);
            if let Some(range) = result.consensus.range() {
                prop_assert!(range.quantiles.values.iter().all(|value| value.is_finite()));
                prop_assert!(range.quantiles.values.windows(2).all(|pair| pair[0] <= pair[1]));
            }
        }
    }

    /// Pieces of whole questions, answered one after the other with what all of them show of the sources.
    #[test]
    fn a_case_split_into_pieces_of_any_size_and_put_together_gives_the_same_bytes(made in rows(14), size in 1usize..8) {
        let mut lines = lines(&made, 0);
        lines.sort_by_key(|line| line.split(',').nth(1).map(str::to_owned));
        let text = HEADER.to_owned() + &lines.concat();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("claims.csv");
        std::fs::write(&file, &text).unwrap();
        let options = Options { depth: Depth::Ranges, ..Options::default() };
        let in_pieces = |size: usize| {
            let sorted = Sorted::learn_in_pieces(&file, &options, Limits::default(), size).unwrap();
            let mut bytes = Vec::new();
            for answered in sorted.answers(Depth::Ranges).unwrap() {
                let answered = answered.unwrap();
                csv_rows(&answered.read.case, &answered.results, &mut bytes);
            }
            String::from_utf8(bytes).unwrap()
        };
        let case = case_of(&text).case;
        let mut whole = Vec::new();
        csv_rows(&case, &analyse(&case, &options).questions, &mut whole);
        let whole = String::from_utf8(whole).unwrap();
        for size in [size, 1, 1000] {
            prop_assert_eq!(&in_pieces(size), &whole, "in pieces of {}", size);
        }
    }

    /// What the program writes: a case as STIX, imported into a folder, and read. FORMATS.md names what is not in it:
    /// columns that the case adds, and the grades 6 and F.
    #[test]
    fn a_case_that_was_written_is_the_case_that_is_read(made in folders(10)) {
        let case = made.case(&made.claim_lines());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("case.json");
        std::fs::write(&file, exported(&case, "stix")).unwrap();
        let importer = import::find_importer("stix").unwrap();
        let (draft, _) = import::read(&file, importer, Limits::default()).unwrap();
        let back = import::folder::write(&draft, &folder.path().join("back")).unwrap().case;
        let kept = |case: &Case| {
            let mut analysis = serde_json::from_slice(&exported(case, "analysis")).unwrap();
            without_losses(&mut analysis);
            analysis
        };
        prop_assert_eq!(kept(&case), kept(&back));
        let again = sayso::ingest::read(&folder.path().join("back"), Limits::default()).unwrap().case;
        prop_assert_eq!(back, again);
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
            // Quantiles are read off a mesh, which is another one for another range (METHODS.md, section on the mesh).
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

/// The laws above would hold of a program that gives every case the same range.
#[test]
fn a_claim_that_stands_and_one_from_elsewhere_do_change_a_range() {
    let rest = HEADER.to_owned() + "A,q,One,1000,,,,2024-05-01,,\nB,q,Two,1500,,,,2024-05-02,,\n";
    let standing = rest.clone() + "C,q,Three,9000,,,,2024-05-02,,\n";
    assert_ne!(quantiles(&rest), quantiles(&standing));
    let one = HEADER.to_owned() + "A,q,One,1000,,,,2024-05-01,,\n";
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
    assert_eq!(lines(&[row], 1), ["C0,q1,Paper 2,up to 70,Paper 3 > anonymous: officials,,,2024-05-04,projected,r0\n"]);
}
