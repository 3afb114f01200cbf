//! Scores against those of an independent scorer in Python, whose output is `reference/scores/expected.txt`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;

use sayso::backtest::{By, Predicted, Prediction, by_method, measured, scores};
use sayso::consensus::{Quantiles, Settings};

/// The number that follows some words.
fn number_after(text: &str, words: &str) -> f64 {
    let (_, rest) = text.split_once(words).unwrap_or_else(|| panic!("no `{words}`"));
    rest.split([' ', ';', '\n']).find(|part| !part.is_empty()).unwrap().parse().unwrap()
}

#[test]
fn scores_agree_with_an_independent_scorer() {
    let folder = Path::new("tests/reference/scores");
    let case = sayso::ingest::read(folder, sayso::ingest::Limits::default()).unwrap().case;
    let text = std::fs::read_to_string(folder.join("predictions.csv")).unwrap();
    let on_scale: Vec<_> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let question = case.find_question(cells[0]).unwrap();
            let values = std::array::from_fn(|at| cells[at + 2].parse().unwrap());
            let settled = case.resolutions.iter().find(|r| r.question == question).unwrap().value;
            measured(&case, &Prediction { question, quantiles: Some(Quantiles { values }), settled, fitted_on: 0 })
                .unwrap()
        })
        .collect();
    let got = scores(&on_scale, 0);
    let want = std::fs::read_to_string(folder.join("expected.txt")).unwrap();
    let near = |got: f64, words: &str, tolerance: f64| {
        let want = number_after(&want, words);
        assert!((got - want).abs() <= tolerance * want.abs().max(1e-3), "{words}: {got} for {want}");
    };
    for coverage in got.coverage {
        near(coverage.share, &format!("coverage of the {:.0}% range ", 100.0 * coverage.level), 1e-4 / coverage.level);
    }
    near(got.wis, "WIS ", 1e-5);
    near(got.width, "width of the 90% range ", 1e-5);
    near(got.mae, "MAE ", 1e-5);
    near(got.rmse, "RMSE ", 1e-5);
    near(got.off, "share off ", 1e-3);
}

#[test]
fn no_method_sees_the_settled_values_of_the_fold_that_it_predicts() {
    let folder = Path::new("data/resolved/bank");
    let case = sayso::ingest::read(folder, sayso::ingest::Limits::default()).unwrap().case;
    let mut other = case.clone();
    let group = other.question(other.resolutions[0].question).group.clone();
    for at in 0..other.resolutions.len() {
        if *other.question(other.resolutions[at].question).group == *group {
            other.resolutions[at].value *= 50.0;
        }
    }
    let (before, after) = [&case, &other].map(|case| by_method(case, By::Group, &Settings::default())).into();
    assert!(before.len() > 20 && before.iter().any(|(method, _)| method.name == "conformal"));
    for ((method, before), (_, after)) in before.iter().zip(&after) {
        let hidden = |p: &&Predicted| *case.question(p.question).group == *group;
        for (before, after) in before.iter().filter(hidden).zip(after.iter().filter(hidden)) {
            assert_eq!(before.quantiles, after.quantiles, "{}", method.name);
        }
    }
}
