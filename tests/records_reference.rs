//! What questions show of their sources against brute force on an even grid (`tests/reference/records.py`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use sayso::consensus::{Class, Evidence, QuestionEvidence, Settings, SourceSlot, question_records};
use sayso::credibility::{Fixed, SourceRow, SourceTable};
use sayso::model::{Bound, Estimate, QuestionId, Scale};
use serde_json::Value;

/// p(d) is read at the node nearest to a place, and the mesh has an error of its own.
const TOLERANCE: f64 = 1e-3;

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap()
}

fn bound(figure: &Value) -> Bound {
    let name = figure["bound"].as_str().unwrap();
    [Bound::Exact, Bound::About, Bound::AtLeast].into_iter().find(|bound| bound.name() == name).unwrap()
}

fn row(slot: usize, figure: &Value, settings: &Settings) -> SourceRow {
    let mut row = SourceRow::prior(SourceSlot(slot as u32), Class::Named, None, settings);
    row.p_sigma = std::array::from_fn(|j| figure["p_sigma"][j].as_f64().unwrap());
    (row.bias, row.pi, row.repeat) = (number(figure, "bias"), number(figure, "pi"), number(figure, "repeat"));
    row.kappa = row.kappa.map(|_| number(figure, "kappa"));
    row
}

fn evidence(slot: usize, figure: &Value) -> Evidence {
    let estimate = Estimate::single(bound(figure), number(figure, "value"), number(figure, "granularity"));
    let source = SourceSlot(slot as u32);
    Evidence { source, estimate, of: None, hops: 0, age_days: 0, disputed: false, tie: u32::MAX }
}

#[test]
fn records_agree_with_brute_force() {
    let reference: Value = serde_json::from_str(include_str!("reference/records.json")).unwrap();
    // The finest mesh that there is, so that little is left of its own error.
    let settings = Settings { mesh_step: 0.02, ..Settings::default() };
    let mut worst: f64 = 0.0;
    for question in reference["questions"].as_array().unwrap() {
        let figures = question["figures"].as_array().unwrap();
        let rows = figures.iter().enumerate().map(|(slot, figure)| row(slot, figure, &settings)).collect();
        let asked = QuestionEvidence {
            question: QuestionId(0),
            scale: Scale::Log,
            min: None,
            max: None,
            shared_unit: None,
            resolution: None,
            origins: figures.iter().enumerate().map(|(slot, figure)| evidence(slot, figure)).collect(),
        };
        let got = question_records(&asked, question["resolution"].as_f64(), &SourceTable::new(rows), &settings);
        let records = question["records"].as_array().unwrap();
        assert_eq!(got.len(), records.len());
        for (at, ((slot, got), want)) in got.iter().zip(records).enumerate() {
            let wording = want["wording"].as_u64().unwrap() as usize;
            let mut close = |what: &str, got: Fixed, want: f64| {
                let error = (got.value() - want).abs() / (1.0 + want.abs());
                worst = worst.max(error);
                assert!(error < TOLERANCE, "{} {at}, {what}: {} for {want}", question["name"], got.value());
            };
            close("inexact", got.inexact, number(want, "inexact"));
            close("gross", got.gross, number(want, "gross"));
            close("eligible", got.eligible[wording], number(want, "eligible"));
            close("exact", got.exact[wording], number(want, "exact"));
            close("repeated", got.repeated, number(want, "repeated"));
            close("bias", got.bias, number(want, "bias"));
            close("weight of the bias", got.bias_weight, number(want, "bias_weight"));
            for (j, got) in got.log_predictive.iter().enumerate() {
                close("predictive", *got, want["log_predictive"][j].as_f64().unwrap());
            }
            let is_settled = u64::from(!question["resolution"].is_null());
            assert_eq!((*slot, (got.figures, got.resolved)), (SourceSlot(at as u32), (1, is_settled)));
            assert!(got.eligible.iter().enumerate().all(|(w, all)| w == wording || all.value() == 0.0));
        }
    }
    println!("worst {worst:.1e}");
}
