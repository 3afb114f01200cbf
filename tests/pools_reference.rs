//! Pools, interval fusion and truth discovery against values of 25 digits and of numpy
//! (`tests/reference/make_refs.py`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use sayso::consensus::methods::Figures;
use sayso::consensus::methods::fusion::brooks_iyengar::brooks_iyengar;
use sayso::consensus::methods::fusion::marzullo::marzullo;
use sayso::consensus::methods::pools::linear_pool::linear_pool;
use sayso::consensus::methods::pools::log_pool::LogPool;
use sayso::consensus::methods::pools::median_of_quantiles::median_of_quantiles;
use sayso::consensus::methods::pools::opinion::Opinion;
use sayso::consensus::methods::pools::quantile_average::quantile_average;
use sayso::consensus::methods::truth::catd::catd;
use sayso::consensus::methods::truth::crh::{Loss, crh};
use sayso::consensus::methods::truth::weighted::Weights;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("reference/pools_scores_reference.json")).unwrap()
}

/// A number of the reference: closed forms are strings of 25 digits.
fn number(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64().unwrap(), |text| text.parse().unwrap())
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn close(what: &str, got: f64, want: f64, tolerance: f64) {
    assert!((got - want).abs() <= tolerance * want.abs(), "{what}: {got} for {want}");
}

fn opinions(pools: &Value) -> Vec<Opinion> {
    let experts = pools["experts_median_sdlog_weight"].as_array().unwrap();
    let opinion = |expert: &Value| {
        let [median, sd, weight] = numbers(expert)[..] else { panic!("three numbers for an expert") };
        Opinion { middle: median.ln(), below: sd, above: sd, weight }
    };
    experts.iter().map(opinion).collect()
}

/// Compares quantiles, which the reference gives on the natural scale.
fn compare(pools: &Value, name: &str, tolerance: f64, quantile: impl Fn(f64) -> f64) {
    let mut compared = 0;
    for (p, want) in pools[name].as_object().unwrap() {
        let Ok(p) = p.parse::<f64>() else { continue };
        close(&format!("{name} at {p}"), quantile(p), number(want), tolerance);
        compared += 1;
    }
    assert_eq!(compared, 9, "{name}");
}

#[test]
fn pools_agree_with_closed_forms() {
    let reference = reference();
    let pools = &reference["pools"];
    let opinions = opinions(pools);
    compare(pools, "linear_pool", 1e-12, |p| linear_pool(&opinions, p).exp());
    let pool = LogPool::new(&opinions);
    compare(pools, "log_pool_weighted_geometric", 1e-12, |p| pool.quantile(p).exp());
    close("centre", pool.quantile(0.5), number(&pools["log_pool_weighted_geometric"]["mu_log"]), 1e-12);
    compare(pools, "quantile_average_log_scale", 1e-12, |p| quantile_average(&opinions, p).exp());
    compare(pools, "median_of_quantiles", 1e-12, |p| median_of_quantiles(&opinions, p).exp());
    let natural = |p: f64| opinions.iter().map(|o| o.weight * o.quantile(p).exp()).sum();
    compare(pools, "quantile_average_natural_scale", 1e-12, natural);
}

/// An uneven opinion beside an even one, against the pool of their densities by the midpoint rule
/// with a million steps.
#[test]
fn the_logarithmic_pool_of_uneven_opinions_agrees_with_quadrature() {
    agrees_with_quadrature(&[
        Opinion { middle: 0.0, below: 0.5, above: 1.5, weight: 0.5 },
        Opinion { middle: 1.0, below: 1.0, above: 0.25, weight: 0.5 },
    ]);
    agrees_with_quadrature(&[
        Opinion { middle: -1.0, below: 2.0, above: 0.5, weight: 0.3 },
        Opinion { middle: 1.5, below: 0.7, above: 1.2, weight: 0.7 },
    ]);
}

fn agrees_with_quadrature(opinions: &[Opinion]) {
    let pool = LogPool::new(opinions);
    let density = |x: f64| {
        let log = |o: &Opinion| {
            let s = if x < o.middle { o.below } else { o.above };
            -0.5 * ((x - o.middle) / s).powi(2) - s.ln()
        };
        opinions.iter().map(|o| o.weight * log(o)).sum::<f64>().exp()
    };
    let steps = 1_000_000;
    let width = 20.0 / f64::from(steps);
    let mass: Vec<f64> = (0..steps).map(|at| width * density(-10.0 + width * (f64::from(at) + 0.5))).collect();
    let total: f64 = mass.iter().sum();
    for p in [0.025, 0.25, 0.5, 0.75, 0.975] {
        let mut below = 0.0;
        let at = mass.iter().position(|m| {
            below += m / total;
            below >= p
        });
        let want = -10.0 + width * at.unwrap() as f64;
        assert!((pool.quantile(p) - want).abs() < 1e-4, "at {p}: {} for {want}", pool.quantile(p));
    }
}

fn intervals(value: &Value) -> Vec<[f64; 2]> {
    value.as_array().unwrap().iter().map(|pair| [number(&pair[0]), number(&pair[1])]).collect()
}

#[test]
fn marzullo_agrees_and_takes_the_lowest_of_equals() {
    let reference = reference();
    let cases = reference["marzullo"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    for case in cases {
        let agreed = marzullo(&intervals(&case["intervals"])).unwrap();
        let want = numbers(&case["best"]);
        assert_eq!([agreed.low, agreed.high, agreed.count as f64], want[..], "{}", case["name"]);
    }
}

#[test]
fn brooks_iyengar_agrees() {
    let reference = reference();
    for case in reference["brooks_iyengar"].as_array().unwrap() {
        let fused = brooks_iyengar(&intervals(&case["intervals"]), number(&case["tau"]) as usize).unwrap();
        close("point", fused.point, number(&case["point"]), 1e-12);
        assert_eq!([fused.low, fused.high], numbers(&case["interval"])[..]);
    }
}

fn table(value: &Value) -> Figures {
    let row = |row: &Value| {
        let cells = row.as_array().unwrap().iter().enumerate();
        cells.filter_map(|(source, cell)| Some((source as u32, cell.as_f64()?))).collect()
    };
    Figures::on_scale(&value.as_array().unwrap().iter().map(row).collect::<Vec<_>>())
}

fn compare_weights(what: &str, found: &Weights, want: &Value, tolerance: f64) {
    for (name, got) in [("truth", &found.truth), ("weight", &found.weight)] {
        for (got, want) in got.iter().zip(numbers(&want[name])) {
            close(&format!("{what} {name}"), *got, want, tolerance);
        }
    }
}

#[test]
fn crh_and_catd_take_the_same_steps() {
    let reference = reference();
    let truth = &reference["truth_discovery"];
    let figures = table(&truth["items_by_sources"]);
    compare_weights("CRH", &crh(&figures, Loss::Squared, 20), &truth["crh_20it"], 1e-10);
    compare_weights("CATD", &catd(&figures, 1, 0.0, false), &truth["catd_1it"], 1e-10);
    compare_weights("CATD", &catd(&figures, 2, 0.0, false), &truth["catd_2it"], 1e-10);
}

#[test]
fn catd_collapses_onto_one_source_unless_errors_are_floored() {
    let reference = reference();
    let figures = table(&reference["truth_discovery"]["items_by_sources"]);
    let collapsed = catd(&figures, 20, 0.0, false);
    for (got, want) in collapsed.truth.iter().zip([12.0, 5.5, 102.0, 7.5]) {
        close("collapsed truth", *got, want, 1e-12);
    }
    let floored = catd(&figures, 20, 1e-3, true);
    let most = floored.weight.iter().copied().fold(0.0, f64::max);
    assert!(most / floored.weight.iter().sum::<f64>() < 0.999, "{:?}", floored.weight);
}
