//! Truth discovery against the formulae of the papers in plain Python (`tests/reference/truth.py`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use sayso::consensus::methods::Figures;
use sayso::consensus::methods::truth::accu::accu;
use sayso::consensus::methods::truth::accucopy::accucopy;
use sayso::consensus::methods::truth::average_log::average_log;
use sayso::consensus::methods::truth::facts::Facts;
use sayso::consensus::methods::truth::gtm::gtm;
use sayso::consensus::methods::truth::investment::investment;
use sayso::consensus::methods::truth::kdem::kdem;
use sayso::consensus::methods::truth::ltm::ltm;
use sayso::consensus::methods::truth::pooled_investment::pooled_investment;
use sayso::consensus::methods::truth::sums::sums;
use sayso::consensus::methods::truth::truthfinder::truthfinder;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("reference/truth.json")).unwrap()
}

fn figures(reference: &Value) -> Figures {
    let said = |pair: &Value| (pair[0].as_u64().unwrap() as u32, pair[1].as_f64().unwrap());
    let question = |question: &Value| question.as_array().unwrap().iter().map(said).collect();
    Figures::on_scale(&reference["questions"].as_array().unwrap().iter().map(question).collect::<Vec<_>>())
}

/// Compares what a method says of every fact or source; below 1e-12 of the largest nothing is left to compare.
fn compare(reference: &Value, name: &str, got: &[f64]) {
    let want: Vec<f64> = reference[name].as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
    assert_eq!(got.len(), want.len(), "{name}");
    let most = want.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    for (at, (got, want)) in got.iter().zip(&want).enumerate() {
        assert!((got - want).abs() <= 1e-9 * want.abs() + 1e-12 * most, "{name} {at}: {got} for {want}");
    }
}

#[test]
fn beliefs_in_facts_agree_with_the_papers() {
    let reference = reference();
    let figures = figures(&reference);
    let facts = Facts::of(&figures);
    compare(&reference, "sums", &sums(&facts));
    compare(&reference, "average_log", &average_log(&facts));
    compare(&reference, "investment", &investment(&facts));
    compare(&reference, "pooled_investment", &pooled_investment(&facts));
    compare(&reference, "truthfinder", &truthfinder(&figures, &facts));
    compare(&reference, "accu", &accu(&facts));
    compare(&reference, "accucopy", &accucopy(&figures, &facts));
    compare(&reference, "ltm", &ltm(&facts));
}

#[test]
fn weights_and_variances_of_sources_agree_with_the_papers() {
    let reference = reference();
    let figures = figures(&reference);
    compare(&reference, "kdem", &kdem(&figures));
    compare(&reference, "gtm", &gtm(&figures, 20).1);
}

#[test]
fn however_many_agree_truthfinder_stays_a_probability() {
    // With so many sources a confidence rounds to 1, and a trust of 1 would weigh without limit.
    let mut question: Vec<(u32, f64)> = (0..300).map(|source| (source, 5.0)).collect();
    question.extend([(300, 7.0), (301, 4.0)]);
    let figures = Figures::on_scale(&[question.clone(), question]);
    let confidence = truthfinder(&figures, &Facts::of(&figures));
    assert!(confidence.iter().all(|p| (0.0..=1.0).contains(p)), "{confidence:?}");
    assert!(confidence[1] > 0.999 && confidence[0] < 0.5 && confidence[2] < 0.5, "{confidence:?}");
}
