//! Cooke's classical model against six published studies (`tests/reference/cooke_reference.json`) and
//! a made-up one by anduryl 1.2.2 (`tests/reference/cooke_study.py`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use sayso::consensus::methods::cooke::calibration::{calibration, counts};
use sayso::consensus::methods::cooke::decision_maker::Mixture;
use sayso::consensus::methods::cooke::information::mean_information;
use sayso::consensus::methods::cooke::panel::{Assessment, Item, Panel};
use sayso::consensus::methods::cooke::weights::{Scores, Weighting};
use serde_json::Value;

const TOLERANCE: f64 = 1e-6;

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn close(what: &str, got: f64, want: f64) {
    assert!((got - want).abs() <= TOLERANCE * want.abs().max(1e-300), "{what}: {got} for {want}");
}

/// Calibration and weights of the experts of six studies from how often the settled value fell in
/// each of their bins. The studies' own numbers are not here.
#[test]
fn calibration_and_weights_agree_in_six_studies() {
    let reference: Value = serde_json::from_str(include_str!("reference/cooke_reference.json")).unwrap();
    let mut experts = 0;
    for (name, study) in reference["studies"].as_object().unwrap() {
        let panel = Panel { probabilities: numbers(&study["quantiles"]), ..Panel::default() };
        let bins = panel.bins();
        let all = study["experts"].as_object().unwrap();
        let counted = |expert: &Value| numbers(&expert["counts"]).iter().map(|n| *n as u32).collect::<Vec<u32>>();
        let least = all.values().map(|expert| counted(expert).iter().sum::<u32>()).min().unwrap();
        let mut products = Vec::new();
        for (expert, want) in all {
            let got = calibration(&counted(want), &bins, least);
            close(&format!("{name} {expert} calibration"), got, want["calibration"].as_f64().unwrap());
            let product = got * want["info_seed"].as_f64().unwrap();
            close(&format!("{name} {expert} combined"), product, want["combined"].as_f64().unwrap());
            products.push((expert, product, want["weight_global_no_cutoff"].as_f64().unwrap()));
            experts += 1;
        }
        let total: f64 = products.iter().map(|(_, product, _)| product).sum();
        for (expert, product, weight) in products {
            close(&format!("{name} {expert} weight"), product / total, weight);
        }
    }
    assert_eq!(experts, 55);
}

fn study() -> (Value, Panel) {
    let study: Value = serde_json::from_str(include_str!("reference/cooke_study.json")).unwrap();
    let log = study["log"].as_array().unwrap();
    let scaled = |at: usize, x: f64| if log[at].as_bool().unwrap() { x.ln() } else { x };
    let mut panel = Panel { probabilities: numbers(&study["probabilities"]), ..Panel::default() };
    let realisations = numbers(&study["realisations"]);
    let answers = study["assessments"].as_array().unwrap();
    panel.experts = answers.len();
    for at in 0..log.len() {
        let assessments = answers.iter().enumerate().filter(|(_, answers)| !answers[at].is_null());
        let assessments = assessments.map(|(expert, answers)| Assessment {
            expert,
            quantiles: numbers(&answers[at]).into_iter().map(|x| scaled(at, x)).collect(),
        });
        let realisation = realisations.get(at).map(|x| scaled(at, *x));
        panel.items.push(Item { assessments: assessments.collect(), realisation });
    }
    (study, panel)
}

#[test]
fn scores_of_the_made_up_study_agree_with_anduryl() {
    let (study, panel) = study();
    let seeds: Vec<usize> = panel.seeds().collect();
    assert_eq!(seeds.len(), 12);
    let scores = Scores::new(&panel, &seeds);
    let every: Vec<&Item> = panel.items.iter().collect();
    for (expert, want) in study["experts"].as_array().unwrap().iter().enumerate() {
        let got: Vec<f64> = counts(&panel, expert, &seeds).into_iter().map(f64::from).collect();
        assert_eq!(got, numbers(&want["counts"]), "expert {expert}");
        close("calibration", scores.calibration[expert], want["calibration"].as_f64().unwrap());
        close("information on seeds", scores.information[expert], want["info_seed"].as_f64().unwrap());
        let all = mean_information(&every, expert, &panel.bins());
        close("information on all items", all, want["info_total"].as_f64().unwrap());
    }
}

#[test]
fn decision_makers_of_the_made_up_study_agree_with_anduryl() {
    let (study, panel) = study();
    let seeds: Vec<usize> = panel.seeds().collect();
    let bins = panel.bins();
    let plain = Scores::new(&panel, &seeds);
    let cut = plain.clone().optimised(&panel, &seeds);
    close("cut-off", cut.cutoff, study["optimised"]["cutoff"].as_f64().unwrap());
    let kinds = [
        ("equal", &plain, Weighting::Equal),
        ("global", &plain, Weighting::Global),
        ("item", &plain, Weighting::Item),
        ("optimised", &cut, Weighting::Global),
    ];
    for (name, scores, by) in kinds {
        for (at, item) in panel.items.iter().enumerate() {
            let mixture = Mixture::new(item, &panel.probabilities);
            let decision = mixture.weighted(|expert| scores.weight(item, expert, &bins, by)).unwrap();
            let want = numbers(&study[name]["quantiles"][at]);
            for (p, want) in panel.probabilities.iter().zip(want) {
                let got = decision.quantile(*p);
                let got = if study["log"][at].as_bool().unwrap() { got.exp() } else { got };
                close(&format!("{name} item {at} at {p}"), got, want);
            }
        }
    }
}
