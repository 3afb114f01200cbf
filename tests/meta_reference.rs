//! Meta-analysis against metafor 3.8-1 (`tests/reference/meta_reference.R`): ten data sets, nine
//! estimators, both errors.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use sayso::consensus::methods::meta::leave_one_out::leave_one_out;
use sayso::consensus::methods::meta::random_effects::{Error, Fit, fit};
use sayso::consensus::methods::meta::study::Studies;
use sayso::consensus::methods::meta::tau2::Tau2;
use serde_json::Value;

/// Root of the restricted likelihood on the Normand data, where R does not converge (bisection, 16 digits).
const NORMAND_REML: f64 = 684.646_151_929_666_1;

const CLOSED: f64 = 1e-10;
const ITERATIVE: f64 = 1e-8;

fn estimators() -> [(&'static str, Option<Tau2>, f64); 9] {
    [
        ("FE", None, CLOSED),
        ("DL", Some(Tau2::Dl), CLOSED),
        ("HE", Some(Tau2::He), CLOSED),
        ("SJ", Some(Tau2::Sj), CLOSED),
        ("HS", Some(Tau2::Hs), CLOSED),
        ("REML", Some(Tau2::Reml), ITERATIVE),
        ("ML", Some(Tau2::Ml), ITERATIVE),
        ("PM", Some(Tau2::Pm), ITERATIVE),
        ("EB", Some(Tau2::Eb), ITERATIVE),
    ]
}

/// The data sets, with all digits.
fn data() -> BTreeMap<String, Studies> {
    let mut sets: BTreeMap<String, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for line in include_str!("reference/meta_data.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (y, v) = sets.entry(cells[0].to_owned()).or_default();
        y.push(cells[2].parse().unwrap());
        v.push(cells[3].parse().unwrap());
    }
    sets.into_iter().map(|(name, (y, v))| (name, Studies::new(y, &v))).collect()
}

fn reference() -> Value {
    serde_json::from_str(include_str!("reference/meta_reference.json")).unwrap()
}

/// The larger error so far: relative for numbers above one, absolute below.
struct Worst<'a> {
    what: &'a str,
    tolerance: f64,
    error: f64,
}

impl Worst<'_> {
    fn see(&mut self, name: &str, got: f64, want: f64) {
        let error = (got - want).abs() / want.abs().max(1.0);
        assert!(error <= self.tolerance, "{} {name}: {got} for {want}, off by {error:.1e}", self.what);
        self.error = self.error.max(error);
    }

    fn pair(&mut self, name: &str, got: impl Fn(f64) -> f64, p: f64, want: [&Value; 2]) {
        if let [Some(low), Some(high)] = want.map(Value::as_f64) {
            self.see(name, got(p), low);
            self.see(name, got(1.0 - p), high);
        }
    }
}

/// Everything that metafor gives of one model.
fn compare(model: &Fit, want: &Value, is_fixed: bool, worst: &mut Worst<'_>) {
    let number = |name: &str| want[name].as_f64().unwrap();
    worst.see("beta", model.mean, number("beta"));
    worst.see("se", model.error, number("se"));
    worst.see("tau2", model.tau2, number("tau2"));
    worst.see("Q", model.q, number("Q"));
    worst.see("vt", model.typical, number("vt"));
    let i2 = if is_fixed { model.i2_of_q() } else { model.i2() };
    worst.see("I2", 100.0 * i2, number("I2"));
    worst.pair("ci", |p| model.quantile(p), 0.025, [&want["ci_lb"], &want["ci_ub"]]);
    worst.pair("pi", |p| model.predicted(p), 0.025, [&want["pi_lb"], &want["pi_ub"]]);
    for (tail, level) in [(0.1, "80"), (0.25, "50")] {
        let (ci, pi) = (&want[format!("ci{level}")], &want[format!("pi{level}")]);
        worst.pair(level, |p| model.quantile(p), tail, [&ci[0], &ci[1]]);
        worst.pair(level, |p| model.predicted(p), tail, [&pi[0], &pi[1]]);
    }
}

#[test]
fn every_estimator_agrees_with_metafor_on_every_data_set() {
    let (reference, data) = (reference(), data());
    assert_eq!(data.len(), 10);
    let mut models = 0;
    for (name, estimator, tolerance) in estimators() {
        let mut worst = 0f64;
        for (set, studies) in &data {
            let tau2 = estimator.map_or(0.0, |estimator| estimator.estimate(studies));
            for (suffix, by) in [("", Error::Wald), ("_HKSJ", Error::Hksj)] {
                let want = &reference["sets"][set]["fits"][format!("{name}{suffix}")];
                if want["error"].as_bool() == Some(true) {
                    assert_eq!((set.as_str(), name), ("dat.normand1999_MD", "REML"));
                    assert!((tau2 / NORMAND_REML - 1.0).abs() < ITERATIVE, "{tau2}");
                    continue;
                }
                let what = format!("{set} {name}{suffix}");
                let mut seen = Worst { what: &what, tolerance, error: 0.0 };
                compare(&fit(studies, tau2, by), want, estimator.is_none(), &mut seen);
                worst = worst.max(seen.error);
                models += 1;
            }
        }
        println!("{name}: worst {worst:.1e}");
    }
    assert_eq!(models, 2 * 9 * 10 - 2);
}

#[test]
fn what_each_study_does_agrees_with_metafor() {
    let (reference, data) = (reference(), data());
    for (name, estimator, tolerance) in estimators() {
        let Some(estimator) = estimator else { continue };
        let mut worst = 0f64;
        for (set, studies) in &data {
            let want = &reference["sets"][set]["fits"][name];
            let Some(cooks) = want["cooks_d"].as_array() else { continue };
            let what = format!("{set} {name}");
            let mut seen = Worst { what: &what, tolerance, error: 0.0 };
            let deleted = leave_one_out(studies, estimator);
            assert_eq!(deleted.len(), cooks.len());
            for (at, deleted) in deleted.iter().enumerate() {
                let number = |column: &str| want[column][at].as_f64().unwrap();
                seen.see("mean without", deleted.without.mean, number("leave1out_beta"));
                seen.see("tau2 without", deleted.without.tau2, number("leave1out_tau2"));
                seen.see("Cook's distance", deleted.cooks_distance, number("cooks_d"));
                seen.see("DFFITS", deleted.dffits, number("dffits"));
                seen.see("weight", 100.0 * deleted.weight, number("weights_pct"));
            }
            worst = worst.max(seen.error);
        }
        println!("{name}: worst {worst:.1e}");
    }
}

#[test]
fn colditz_is_the_bcg_data_again() {
    let data = data();
    assert_eq!(data["dat.colditz1994_logRR"], data["dat.bcg_logRR"]);
}
