//! Laws of the classical methods and the house rules: what every one of them does, whatever it is given.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use sayso::consensus::methods::{Answer, Asked, Family, Figures, METHODS, Reads, Reported, find};
use sayso::model::{Bound, Estimate, Interval, QuestionId, Scale};

const HOSTILE: [f64; 10] = [0.0, 1.0, 3.0, 1e308, -1e308, 1e-308, 5e-324, 7.0, -2.0, 1e15];

/// A figure of a made-up question.
#[derive(Debug, Clone, Copy)]
struct Made {
    source: u32,
    value: f64,
    bound: Bound,
    level: f64,
}

fn made(value: impl Strategy<Value = f64>) -> impl Strategy<Value = Made> {
    let bound = prop::sample::select(vec![
        Bound::Exact,
        Bound::Exact,
        Bound::About,
        Bound::AtLeast,
        Bound::AtMost,
        Bound::Range,
        Bound::Vague,
        Bound::Unknown,
    ]);
    let level = prop::sample::select(vec![0.0, 0.0, 0.9, 0.9, 0.5, 1.0, f64::NAN]);
    (0u32..6, value, bound, level).prop_map(|(source, value, bound, level)| Made { source, value, bound, level })
}

fn reported(made: &Made, factor: f64) -> Reported {
    let value = made.value * factor;
    let mut estimate = match made.bound {
        Bound::Range | Bound::Vague => Estimate::between(made.bound, value, value * 1.5, 0.0),
        Bound::Unknown => Estimate::UNKNOWN,
        bound => Estimate::single(bound, value, 0.0),
    };
    if made.level != 0.0 {
        estimate.interval = Some(Interval { low: value * 0.5, high: value * 2.0, level: made.level });
    }
    Reported { source: made.source, estimate }
}

/// Every other question is settled, at its first figure.
fn figures(questions: &[Vec<Made>], scale: Scale, factor: f64) -> Figures {
    let mut figures = Figures::default();
    for (at, question) in questions.iter().enumerate() {
        let truth = question.first().filter(|_| at % 2 == 0).map(|made| made.value * factor);
        let asked = Asked { question: QuestionId(at as u32), scale, limits: None, truth, group: 0 };
        let said: Vec<Reported> = question.iter().map(|made| reported(made, factor)).collect();
        figures.push(&asked, &said, 0.25);
    }
    figures
}

fn is_sound(name: &str, answer: &Answer) -> Result<(), TestCaseError> {
    let values: Vec<f64> = answer.quantiles.iter().copied().flatten().collect();
    prop_assert!(values.iter().all(|value| value.is_finite()), "{name}: {answer:?}");
    prop_assert!(values.windows(2).all(|pair| pair[0] <= pair[1]), "{name}: {answer:?}");
    let ends: Vec<f64> = answer.ends.iter().flatten().copied().flatten().collect();
    prop_assert!(ends.iter().all(|end| end.is_finite()), "{name}: {answer:?}");
    prop_assert!(ends.windows(2).all(|pair| pair[0] <= pair[1]), "{name}: {answer:?}");
    prop_assert_eq!(answer.why_none.is_some(), values.is_empty() && ends.is_empty(), "{}: {:?}", name, answer);
    Ok(())
}

fn hostile_questions() -> impl Strategy<Value = Vec<Vec<Made>>> {
    let value = prop_oneof![prop::sample::select(HOSTILE.to_vec()), -10.0..10.0f64, Just(f64::INFINITY)];
    prop::collection::vec(prop::collection::vec(made(value), 0..6), 1..6)
}

fn plain_questions() -> impl Strategy<Value = Vec<Vec<Made>>> {
    prop::collection::vec(prop::collection::vec(made(1.0..1000.0f64), 1..7), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn whatever_is_said_an_answer_is_finite_and_ordered_or_has_a_reason(
        questions in hostile_questions(),
        scale in prop::sample::select(Scale::ALL.to_vec()),
    ) {
        let figures = figures(&questions, scale, 1.0);
        for method in METHODS {
            let answers = method.answers(&figures);
            prop_assert_eq!(answers.len(), questions.len());
            for answer in &answers {
                is_sound(method.name, answer)?;
            }
        }
    }

    #[test]
    fn another_unit_changes_answers_by_its_factor(questions in plain_questions()) {
        let (small, large) = (figures(&questions, Scale::Log, 1.0), figures(&questions, Scale::Log, 1024.0));
        for method in METHODS {
            for (a, b) in method.answers(&small).iter().zip(&method.answers(&large)) {
                // Where two numbers tie for a truth, rounding of their logarithms may break the tie.
                if method.family == Family::TruthDiscovery && a.quantiles[3].is_none() {
                    continue;
                }
                for (a, b) in a.quantiles.iter().zip(&b.quantiles) {
                    match (a, b) {
                        (Some(a), Some(b)) => prop_assert!((a * 1024.0 / b - 1.0).abs() < 1e-6, "{}: {a} and {b}", method.name),
                        (None, None) => {}
                        _ => prop_assert!(false, "{}: {a:?} and {b:?}", method.name),
                    }
                }
            }
        }
    }

    #[test]
    fn what_others_ask_changes_nothing_where_nothing_is_learned(questions in plain_questions()) {
        let all = figures(&questions, Scale::Log, 1.0);
        for method in METHODS {
            if matches!(method.family, Family::TruthDiscovery | Family::Elicitation | Family::Conformal) {
                continue;
            }
            let together = method.answers(&all);
            for (at, question) in questions.iter().enumerate() {
                let alone = method.answers(&figures(std::slice::from_ref(question), Scale::Log, 1.0));
                prop_assert_eq!(&alone[0], &together[at], "{}", method.name);
            }
        }
    }

    #[test]
    fn points_lie_among_the_figures(questions in plain_questions()) {
        let figures = figures(&questions, Scale::Log, 1.0);
        for method in METHODS.iter().filter(|method| method.reads == Reads::Points && method.name != "conformal") {
            for (answer, sheet) in method.answers(&figures).iter().zip(figures.sheets()) {
                let low = sheet.value.iter().copied().fold(f64::INFINITY, f64::min);
                let high = sheet.value.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                if let Some(point) = answer.point() {
                    prop_assert!(low * (1.0 - 1e-12) <= point && point <= high * (1.0 + 1e-12), "{}: {point}", method.name);
                }
            }
        }
    }
}

#[test]
fn a_single_figure_and_equal_figures_are_given_back_to_the_last_digit() {
    for copies in 1..5 {
        let question: Vec<Made> =
            (0..copies).map(|source| Made { source, value: 1234.1, bound: Bound::Exact, level: 0.0 }).collect();
        let figures = figures(&[vec![], question], Scale::Log, 1.0);
        for method in METHODS.iter().filter(|method| method.reads == Reads::Points && method.name != "min-max") {
            let answer = &method.answers(&figures)[1];
            assert_eq!(answer.point(), Some(1234.1), "{} of {copies}", method.name);
        }
    }
}

#[test]
fn a_question_without_figures_says_so_under_every_method() {
    for method in METHODS {
        let answers = method.answers(&Figures::on_scale(&[vec![]]));
        assert_eq!(answers[0].why_none.as_deref(), Some("no claim gives a usable number"), "{}", method.name);
    }
}

#[test]
fn results_are_the_same_on_any_number_of_threads() {
    let value = |at: u32| f64::from(at * 7919 % 1000) + 1.0;
    let question = |q: u32| -> Vec<Made> {
        let figure = |at: u32| Made { source: at % 5, value: value(q * 31 + at), bound: Bound::Exact, level: 0.9 };
        (0..8).map(figure).collect()
    };
    let questions: Vec<Vec<Made>> = (0..64).map(question).collect();
    let figures = figures(&questions, Scale::Log, 1.0);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| METHODS.iter().map(|method| method.answers(&figures)).collect::<Vec<_>>())
    };
    assert_eq!(run(1), run(4));
}

#[test]
fn names_are_unique_and_found() {
    for method in METHODS {
        assert_eq!(METHODS.iter().filter(|other| other.name == method.name).count(), 1);
        assert_eq!(find(method.name).map(|found| found.reference), Some(method.reference));
        assert!(!method.reference.is_empty() && !method.equation.is_empty() && !method.family.name().is_empty());
    }
    assert!(find("origins").is_none());
}

#[test]
fn bounds_read_as_points_are_counted() {
    let exact = Made { source: 0, value: 100.0, bound: Bound::Exact, level: 0.0 };
    let question = [
        exact,
        Made { source: 1, bound: Bound::AtLeast, ..exact },
        Made { source: 2, bound: Bound::AtMost, ..exact },
        Made { source: 3, bound: Bound::Range, ..exact },
        Made { source: 4, bound: Bound::Vague, ..exact },
    ];
    let answer = &find("mean").unwrap().answers(&figures(&[question.to_vec()], Scale::Log, 1.0))[0];
    assert_eq!(answer.reading, ["2 bounds read as points", "1 range read at its middle", "1 vague word left out"]);
}

#[test]
fn figures_that_a_method_leaves_out_are_counted() {
    let stated = |source: u32, value: f64| Made { source, value, bound: Bound::Exact, level: 0.9 };
    let bare = Made { level: 0.0, ..stated(2, 130.0) };
    let notes = |name: &str, question: &[Made]| {
        let answers = find(name).unwrap().answers(&figures(&[question.to_vec()], Scale::Log, 1.0));
        answers.into_iter().next().unwrap().notes
    };
    for name in ["fixed-effect", "dl", "reml"] {
        let left_out = notes(name, &[stated(0, 100.0), stated(1, 120.0), bare]);
        assert_eq!(left_out, ["1 of 3 figures state no error and are left out"], "{name}");
        let none = notes(name, &[stated(0, 100.0), stated(1, 120.0)]);
        assert!(none.iter().all(|note| !note.contains("left out")), "{name}: {none:?}");
    }
}

#[test]
fn a_panel_says_how_many_of_it_have_a_weight() {
    // Source 0 states intervals that hold the settled value, source 1 such that are a hundred times too high.
    let said = |value: f64, factor: f64, source: u32| {
        let mut estimate = Estimate::single(Bound::Exact, value * factor, 0.0);
        estimate.interval = Some(Interval { low: 0.5 * value * factor, high: 2.0 * value * factor, level: 0.9 });
        Reported { source, estimate }
    };
    let mut figures = Figures::default();
    for at in 0..12u32 {
        let value = 100.0 + f64::from(at);
        // Off to one side and the other, as quartiles are.
        let truth = value * if at.is_multiple_of(2) { 0.9 } else { 1.1 };
        let asked = Asked {
            question: QuestionId(at),
            scale: Scale::Log,
            limits: None,
            truth: (at > 0).then_some(truth),
            group: 0,
        };
        let mut reported = vec![said(value, 1.0, 0), said(value, 100.0, 1)];
        // A third gives no interval on the second of the questions.
        let bare = Reported { source: 2, estimate: Estimate::single(Bound::Exact, value, 0.0) };
        reported.extend((at == 1).then_some(bare));
        figures.push(&asked, &reported, 0.25);
    }
    let notes = |name: &str, at: usize| find(name).unwrap().answers(&figures).swap_remove(at).notes;
    assert_eq!(notes("cooke-optimised", 0), ["1 of 2 have a weight, learned on 11 settled questions"]);
    assert_eq!(notes("cooke-equal", 0), [""; 0]);
    assert_eq!(notes("cooke-equal", 1), ["1 of 3 figures are left out: no interval at the usual level"]);
}

#[test]
fn one_stated_interval_is_given_back_at_its_own_level() {
    let stated = Made { source: 0, value: 100.0, bound: Bound::Exact, level: 0.9 };
    let answer = find("fixed-effect").unwrap().answers(&figures(&[vec![stated]], Scale::Log, 1.0)).remove(0);
    // Said with 50 and 200 as the ends of 90 per cent.
    for (at, want) in [(1, 50.0), (4, 100.0), (7, 200.0)] {
        let got = answer.quantiles[at].unwrap();
        assert!((got / want - 1.0).abs() < 1e-9, "{:?}", answer.quantiles);
    }
}

#[test]
fn brooks_iyengar_reads_the_figures_that_have_two_ends() {
    let range = |source: u32, value: f64| Made { source, value, bound: Bound::Range, level: 0.0 };
    let bare = Made { bound: Bound::Exact, ..range(3, 120.0) };
    let question = vec![range(0, 100.0), range(1, 110.0), range(2, 120.0), bare];
    let answer = find("brooks-iyengar").unwrap().answers(&figures(&[question], Scale::Linear, 1.0)).remove(0);
    // 100 to 150, 110 to 165 and 120 to 180, with none of three wrong: all hold from 120 to 150.
    let ends = answer.ends.unwrap().map(Option::unwrap);
    assert!((ends[0] - 120.0).abs() < 1e-9 && (ends[1] - 150.0).abs() < 1e-9, "{ends:?}");
    assert!((answer.point().unwrap() - 135.0).abs() < 1e-9, "{answer:?}");
    let notes = ["holds if at most 0 of 3 intervals are wrong", "1 of 4 figures have no two ends"];
    assert_eq!(answer.notes, notes);
}

#[test]
fn conformal_moves_by_what_medians_have_missed() {
    let mut all = Figures::default();
    for at in 0..40u32 {
        // Every settled value is twice the figure.
        let value = 10.0 + f64::from(at);
        let truth = (at > 0).then_some(2.0 * value);
        let asked = Asked { question: QuestionId(at), scale: Scale::Log, limits: None, truth, group: 0 };
        all.push(&asked, &[Reported { source: 0, estimate: Estimate::single(Bound::Exact, value, 0.0) }], 0.25);
    }
    let answer = find("conformal").unwrap().answers(&all).remove(0);
    for quantile in answer.quantiles {
        assert!((quantile.unwrap() / 20.0 - 1.0).abs() < 1e-9, "{answer:?}");
    }
}
