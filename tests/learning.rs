//! What learning across questions must keep whatever is said.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod reading;

use reading::case_of;
use std::path::Path;

use sayso::consensus::{Outcome, Settings};
use sayso::ingest::{Limits, read};
use sayso::{Options, analyse};

/// Many questions with the same figures of the same sources, so that there is something to learn from.
fn repeated(rows: &[(&str, &str)], questions: usize) -> String {
    let mut text = "question,publisher,estimate\n".to_owned();
    for question in 0..questions {
        for (who, said) in rows {
            text.push_str(&format!("q{question},{who},{said}\n"));
        }
    }
    text
}

#[test]
fn bad_input_gives_a_range_or_a_reason() {
    for rows in [
        &[("A", "7")][..],
        &[("A", "unknown"), ("B", "unknown")],
        &[("A", ">100"), ("B", ">90"), ("C", ">=120")],
        &[("A", "up to 5"), ("B", "less than 9")],
        &[("A", "42"), ("B", "42"), ("C", "42"), ("D", "42")],
        &[("A", "1"), ("B", "1e30")],
        &[("A", "0"), ("B", "0"), ("C", "5")],
        &[("A", "1e308"), ("B", "1e-300"), ("C", "0")],
    ] {
        let read = case_of(&repeated(rows, 12));
        for result in analyse(&read.case, &Options::default()).questions {
            match &result.consensus.outcome {
                Outcome::Range(range) => {
                    let values = range.quantiles.values;
                    assert!(values.iter().all(|q| q.is_finite()), "{rows:?}: {values:?}");
                    assert!(values.windows(2).all(|pair| pair[0] <= pair[1]), "{rows:?}: {values:?}");
                }
                Outcome::None { why } => assert_eq!(why.to_string(), "no claim gives a usable number", "{rows:?}"),
            }
        }
    }
}

#[test]
fn a_question_by_itself_learns_nothing() {
    let read = case_of("question,publisher,estimate\nq,A,100\nq,B,100\nq,C,130\n");
    let analysis = analyse(&read.case, &Options::default());
    assert_eq!(analysis.learned.settings, Options::default().settings);
}

#[test]
fn a_source_that_is_off_on_every_other_question_weighs_less_on_this_one() {
    let mut text = "question,publisher,estimate\n".to_owned();
    for at in 0..20 {
        let base = 1000 + 137 * at;
        for (who, part) in
            [("A", 1000), ("B", 1010), ("C", 985), ("D", 1005), ("Wild", if at % 2 == 0 { 500 } else { 2000 })]
        {
            text.push_str(&format!("q{at:02},{who},{}\n", base * part / 1000));
        }
    }
    let read = case_of(&text);
    let analysis = analyse(&read.case, &Options::default());
    let weights: Vec<f64> =
        analysis.questions[0].consensus.origins.iter().filter_map(sayso::consensus::Standing::weight).collect();
    let wild = weights[4];
    assert!(weights[..4].iter().all(|weight| wild < 0.2 * weight), "{weights:?}");
}

#[test]
fn the_shipped_constants_are_those_that_the_bank_gives() {
    let read = read(Path::new("data/resolved/bank"), Limits::default()).unwrap();
    let learned = analyse(&read.case, &Options::default()).learned;
    let shipped = std::fs::read_to_string("data/resolved/bank.toml").unwrap();
    assert!(learned.fitted_on >= 100);
    assert_eq!(Settings::from_toml(&shipped).unwrap(), Settings { fit: false, ..learned.settings });
}
