//! Posterior quantiles against brute force on an even grid (`tests/reference/posterior.py`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::HashMap;

use sayso::consensus::{Block, Class, Evidence, Quantiles, QuestionEvidence, Settings, SourceSlot, partition};
use sayso::credibility::{SourceRow, SourceTable};
use sayso::model::{Bound, Estimate, Interval, QuestionId, Reliability, Scale};
use serde_json::Value;

fn bound(name: &str) -> Bound {
    [
        Bound::Exact,
        Bound::About,
        Bound::AtLeast,
        Bound::MoreThan,
        Bound::AtMost,
        Bound::LessThan,
        Bound::Range,
        Bound::Vague,
    ]
    .into_iter()
    .find(|bound| bound.name() == name)
    .unwrap_or_else(|| panic!("unknown bound {name}"))
}

fn grade(value: &Value) -> Option<Reliability> {
    use Reliability::{A, B, C, D, E, F};
    let letter = value.as_str()?;
    [("A", A), ("B", B), ("C", C), ("D", D), ("E", E), ("F", F)].into_iter().find(|g| g.0 == letter).map(|g| g.1)
}

fn estimate(origin: &Value) -> Estimate {
    let number = |key: &str| origin[key].as_f64().unwrap_or(0.0);
    let bound = bound(origin["bound"].as_str().unwrap());
    let mut estimate = if number("low") == number("high") {
        Estimate::single(bound, number("low"), number("granularity"))
    } else {
        Estimate::between(bound, number("low"), number("high"), number("granularity"))
    };
    if let Some(stated) = origin["interval"].as_array() {
        let at = |i: usize| stated[i].as_f64().unwrap();
        estimate.interval = Some(Interval { low: at(0), high: at(1), level: at(2) });
    }
    estimate
}

fn row(origin: &Value, settings: &Settings) -> SourceRow {
    let class = if origin["class"] == "anonymous" { Class::Anonymous } else { Class::Named };
    let mut row = SourceRow::prior(SourceSlot(0), class, grade(&origin["grade"]), settings);
    if let Some(p) = origin["p_sigma"].as_array() {
        row.p_sigma = std::array::from_fn(|j| p[j].as_f64().unwrap());
    }
    row.bias = origin["bias"].as_f64().unwrap_or(0.0);
    row
}

#[test]
fn quantiles_agree_with_brute_force() {
    let reference: Value = serde_json::from_str(include_str!("reference/posterior.json")).unwrap();
    let settings = Settings::default();
    let mut rows = Vec::new();
    let mut block = Block::default();
    let mut places = HashMap::new();
    let questions = reference["questions"].as_array().unwrap();
    for (at, question) in questions.iter().enumerate() {
        let origins = question["origins"].as_array().unwrap().iter().map(|origin| {
            rows.push(row(origin, &settings));
            let of = origin["of"].as_str().map(|name| places[name]);
            let mut estimate = estimate(origin);
            estimate.of = of.map(QuestionId);
            Evidence {
                source: SourceSlot(rows.len() as u32 - 1),
                estimate,
                of,
                hops: origin["hops"].as_u64().unwrap_or(0) as u16,
                age_days: origin["age"].as_i64().unwrap_or(0) as i32,
                disputed: false,
                tie: origin["tie"].as_u64().map_or(u32::MAX, |tie| tie as u32),
            }
        });
        let scale =
            [Scale::Log, Scale::Linear, Scale::Asinh].into_iter().find(|s| s.name() == question["scale"]).unwrap();
        block.questions.push(QuestionEvidence {
            question: QuestionId(at as u32),
            scale,
            min: question["min"].as_f64(),
            max: question["max"].as_f64(),
            shared_unit: None,
            resolution: None,
            origins: origins.collect(),
        });
        places.insert(question["name"].as_str().unwrap(), at as u32);
    }
    let (answers, _) = partition(&block, &SourceTable::new(rows), &settings);
    let mut worst: f64 = 0.0;
    for (question, answer) in questions.iter().zip(&answers) {
        let range = answer.range().unwrap();
        assert_eq!(range.scale.name(), question["in_force"].as_str().unwrap(), "{}", question["name"]);
        let want: Vec<f64> = question["quantiles"].as_array().unwrap().iter().map(|q| q.as_f64().unwrap()).collect();
        // On the log scale the error of a logarithm; elsewhere that of the value, in half widths of
        // the middle half.
        let half = 0.5 * (want[5] - want[3]);
        for ((got, want), level) in range.quantiles.values.iter().zip(&want).zip(Quantiles::LEVELS) {
            let error = if range.scale == Scale::Log { (got / want).ln() } else { (got - want) / half };
            worst = worst.max(error.abs());
            let tolerance = if range.scale == Scale::Log { 1e-3 } else { 2e-3 };
            assert!(error.abs() < tolerance, "{} at {level}: {got} for {want}", question["name"]);
        }
    }
    println!("worst {worst:.1e}");
}
