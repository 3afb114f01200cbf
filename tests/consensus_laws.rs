//! Laws that the default method keeps whatever is said.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use sayso::consensus::{
    Block, Class, Consensus, Evidence, NoConsensus, Outcome, Quantiles, QuestionEvidence, Settings, SourceSlot,
    Standing, Unused, partition,
};
use sayso::credibility::SourceTable;
use sayso::model::{Bound, Estimate, Interval, QuestionId, Scale};

const FREE: u32 = u32::MAX;

fn sources() -> SourceTable {
    SourceTable::from_priors([(Class::Named, None), (Class::Anonymous, None)], &Settings::default())
}

fn said(estimate: Estimate) -> Evidence {
    Evidence { source: SourceSlot(0), estimate, of: None, hops: 0, age_days: 0, disputed: false, tie: FREE }
}

fn question(id: u32, scale: Scale, origins: Vec<Evidence>) -> QuestionEvidence {
    QuestionEvidence {
        question: QuestionId(id),
        scale,
        min: None,
        max: None,
        shared_unit: None,
        resolution: None,
        origins,
    }
}

fn answer(question: QuestionEvidence) -> Consensus {
    let (mut answers, _) = partition(&Block { questions: vec![question] }, &sources(), &Settings::default());
    answers.remove(0)
}

fn quantiles(question: QuestionEvidence) -> Quantiles {
    match answer(question).outcome {
        Outcome::Range(range) => range.quantiles,
        Outcome::None { why } => panic!("no consensus, because {why}"),
    }
}

fn exact(value: f64) -> Evidence {
    said(Estimate::single(Bound::Exact, value, 0.0))
}

fn scaled(mut evidence: Evidence, factor: f64) -> Evidence {
    let estimate = &mut evidence.estimate;
    estimate.low *= factor;
    estimate.high *= factor;
    estimate.granularity *= factor;
    if let Some(interval) = &mut estimate.interval {
        interval.low *= factor;
        interval.high *= factor;
    }
    evidence
}

/// Any bound, around a value above zero.
fn estimates() -> impl Strategy<Value = Estimate> {
    let bounds = prop_oneof![
        Just(Bound::Exact),
        Just(Bound::About),
        Just(Bound::AtLeast),
        Just(Bound::MoreThan),
        Just(Bound::AtMost),
        Just(Bound::LessThan),
        Just(Bound::Range),
        Just(Bound::Vague),
    ];
    (bounds, 0.0..12.0f64, 0.01..2.0f64, 0usize..4, any::<bool>()).prop_map(|(bound, log, width, round, stated)| {
        let value = log.exp();
        let granularity = [0.0, 1e-3, 1e-2, 0.1][round] * value;
        match bound {
            Bound::Range | Bound::Vague => Estimate::between(bound, value, value * width.exp(), granularity),
            Bound::Exact | Bound::About if stated => Estimate {
                interval: Some(Interval { low: value * (-width).exp(), high: value * (0.5 * width).exp(), level: 0.9 }),
                ..Estimate::single(bound, value, granularity)
            },
            _ => Estimate::single(bound, value, granularity),
        }
    })
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (
        estimates(),
        0u32..2,
        0u16..4,
        prop_oneof![4 => Just(0), 1 => 1..2000i32],
        prop_oneof![3 => Just(FREE), 1 => 0u32..2],
    )
        .prop_map(|(estimate, slot, hops, age_days, tie)| Evidence {
            source: SourceSlot(slot),
            estimate,
            of: None,
            hops,
            age_days,
            disputed: age_days % 7 == 1,
            tie,
        })
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -1e3..1e3f64,
        Just(0.0),
        Just(f64::MAX),
        Just(f64::MIN),
        Just(5e-324),
        Just(1e-310),
        Just(f64::INFINITY),
        Just(f64::NAN),
    ]
}

/// Anything that fits the types, sense or none.
fn nonsense() -> impl Strategy<Value = Evidence> {
    let bounds = prop::sample::select(vec![
        Bound::Exact,
        Bound::About,
        Bound::AtLeast,
        Bound::AtMost,
        Bound::Range,
        Bound::Vague,
        Bound::Unknown,
    ]);
    (
        bounds,
        [any_number(), any_number(), any_number(), any_number(), any_number(), any_number()],
        any::<bool>(),
        0u32..4,
        any::<u16>(),
        any::<i32>(),
        0u32..3,
        prop_oneof![3 => Just(None), 1 => (0u32..5).prop_map(Some)],
    )
        .prop_map(|(bound, n, stated, slot, hops, age_days, tie, of)| {
            let interval = stated.then_some(Interval { low: n[3], high: n[4], level: n[5] });
            let estimate =
                Estimate { bound, low: n[0], high: n[1], granularity: n[2], interval, of: of.map(QuestionId) };
            Evidence { source: SourceSlot(slot), estimate, of, hops, age_days, disputed: false, tie }
        })
}

fn assert_sane(answer: &Consensus, question: &QuestionEvidence) -> Result<(), TestCaseError> {
    prop_assert_eq!(answer.origins.len(), question.origins.len());
    let Outcome::Range(range) = &answer.outcome else { return Ok(()) };
    let values = range.quantiles.values;
    prop_assert!(values.iter().all(|q| q.is_finite()), "{values:?}");
    prop_assert!(values.windows(2).all(|pair| pair[0] <= pair[1]), "{values:?}");
    let mass: f64 = range.camps.iter().map(|camp| camp.mass).sum();
    prop_assert!((mass - 1.0).abs() < 1e-9, "camps of mass {mass}");
    let members: usize = range.camps.iter().map(|camp| camp.members.len()).sum();
    prop_assert_eq!(members, answer.used());
    let mut weight = 0.0;
    for standing in &answer.origins {
        let Standing::Used(Some(influence)) = standing else { continue };
        weight += influence.weight;
        for p in [Some(influence.weight), Some(influence.p_gross), influence.tension].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&p), "{influence:?}");
        }
        prop_assert!(influence.pull.is_none_or(|pull| !pull.value().is_nan()), "{influence:?}");
        prop_assert!(influence.information.is_none_or(|kl| kl >= 0.0), "{influence:?}");
    }
    prop_assert!((weight - 1.0).abs() < 1e-9, "weights sum to {weight}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn scaling_the_unit_by_a_power_of_ten_scales_the_range(
        origins in prop::collection::vec(evidence(), 1..6), power in -9i32..10, linear in any::<bool>()
    ) {
        let factor = 10f64.powi(power);
        let scale = if linear { Scale::Linear } else { Scale::Log };
        let before = quantiles(question(0, scale, origins.clone()));
        let after = quantiles(question(0, scale, origins.into_iter().map(|e| scaled(e, factor)).collect()));
        let size = before.values.iter().map(|q| q.abs()).fold(0.0, f64::max);
        for (a, b) in before.values.iter().zip(after.values) {
            let tolerance = 1e-9 * if linear { size } else { a.abs() };
            prop_assert!((b / factor - a).abs() <= tolerance, "{a} became {}", b / factor);
        }
    }

    #[test]
    fn a_single_origin_with_a_wider_range_never_gives_a_narrower_consensus(
        middle in 0.0..12.0f64, half in 0.0..3.0f64, more in 0.0..2.0f64, hops in 0u16..3
    ) {
        let of = |half: f64| {
            let estimate = Estimate::between(Bound::Range, (middle - half).exp(), (middle + half).exp(), 0.0);
            quantiles(question(0, Scale::Log, vec![Evidence { hops, ..said(estimate) }]))
        };
        let (narrow, wide) = (of(half), of(half + more));
        for level in [0.5, 0.8, 0.9, 0.95] {
            let width = |q: &Quantiles| q.central(level).map(|[low, high]| (high / low).ln()).unwrap();
            prop_assert!(width(&wide) >= width(&narrow) - 1e-3, "{level}: {} after {}", width(&wide), width(&narrow));
        }
    }

    #[test]
    fn a_relay_more_never_gives_a_narrower_consensus(estimate in estimates(), slot in 0u32..2, hops in 0u16..8) {
        let of = |hops: u16| {
            let evidence = Evidence { source: SourceSlot(slot), hops, ..said(estimate) };
            quantiles(question(0, Scale::Log, vec![evidence]))
        };
        let (near, far) = (of(hops), of(hops + 1));
        for level in [0.5, 0.8, 0.9, 0.95] {
            let width = |q: &Quantiles| q.central(level).map(|[low, high]| (high / low).ln()).unwrap();
            prop_assert!(width(&far) >= width(&near) - 1e-3, "{level}: {} after {}", width(&far), width(&near));
        }
    }

    #[test]
    fn on_the_linear_scale_too(
        low in -50.0..50.0f64, width in 0.5..50.0f64, below in 0.0..100.0f64, above in 0.0..100.0f64
    ) {
        let of = |low: f64, high: f64| {
            quantiles(question(0, Scale::Linear, vec![said(Estimate::between(Bound::Range, low, high, 0.0))]))
        };
        let (narrow, wide) = (of(low, low + width), of(low - below, low + width + above));
        for level in [0.5, 0.8, 0.9, 0.95] {
            let width = |q: &Quantiles| q.central(level).map(|[low, high]| high - low).unwrap();
            prop_assert!(width(&wide) >= width(&narrow) * (1.0 - 1e-3));
        }
    }

    #[test]
    fn a_claim_without_a_number_changes_nothing(
        origins in prop::collection::vec(evidence(), 1..6), at in 0usize..6
    ) {
        let before = answer(question(0, Scale::Log, origins.clone()));
        let at = at.min(origins.len());
        let mut more = origins;
        more.insert(at, said(Estimate::UNKNOWN));
        let mut after = answer(question(0, Scale::Log, more));
        prop_assert_eq!(after.origins.remove(at), Standing::Unused(Unused::Unknown));
        let Outcome::Range(range) = &mut after.outcome else { panic!("no range") };
        for member in range.camps.iter_mut().flat_map(|camp| &mut camp.members) {
            *member -= u32::from(*member as usize > at);
        }
        prop_assert_eq!(before, after);
    }

    #[test]
    fn cutting_and_ordering_blocks_changes_no_bit(
        questions in prop::collection::vec(prop::collection::vec(evidence(), 1..4), 2..6), cut in 1usize..5
    ) {
        let settings = Settings::default();
        let questions: Vec<_> =
            questions.into_iter().enumerate().map(|(id, o)| question(id as u32, Scale::Log, o)).collect();
        let run = |questions: &[QuestionEvidence]| {
            partition(&Block { questions: questions.to_vec() }, &sources(), &settings)
        };
        let (whole, sums) = run(&questions);
        let (left, right) = questions.split_at(cut.min(questions.len()));
        let ((mut first, mut merged), (second, rest)) = (run(left), run(right));
        first.extend(second);
        merged.merge(&rest);
        prop_assert_eq!(&whole, &first);
        prop_assert_eq!(&sums, &merged);
        let turned: Vec<_> = questions.into_iter().rev().collect();
        let (mut back, sums_back) = run(&turned);
        back.reverse();
        prop_assert_eq!(&whole, &back);
        prop_assert_eq!(&sums, &sums_back);
    }

    #[test]
    fn the_order_of_origins_moves_nothing_but_rounding(origins in prop::collection::vec(evidence(), 2..6)) {
        let before = quantiles(question(0, Scale::Log, origins.clone()));
        let after = quantiles(question(0, Scale::Log, origins.into_iter().rev().collect()));
        for (a, b) in before.values.iter().zip(after.values) {
            prop_assert!((a / b - 1.0).abs() < 1e-9, "{a} became {b}");
        }
    }

    #[test]
    fn sense_gives_a_range_and_a_full_account(
        origins in prop::collection::vec(evidence(), 1..7), min in prop::option::of(0.0..1e3f64), span in prop::option::of(1.0..1e4f64)
    ) {
        let mut q = question(0, Scale::Log, origins);
        q.min = min;
        q.max = span.map(|span| min.unwrap_or(0.0) + span);
        let answer = answer(q.clone());
        prop_assert!(answer.range().is_some(), "{:?}", answer.outcome);
        assert_sane(&answer, &q)?;
        let values = answer.range().unwrap().quantiles.values;
        prop_assert!(q.min.is_none_or(|min| values[0] >= min * (1.0 - 1e-12)));
        prop_assert!(q.max.is_none_or(|max| values[8] <= max * (1.0 + 1e-12)));
    }

    #[test]
    fn nonsense_gives_no_nan_and_no_panic(
        questions in prop::collection::vec(
            (prop::collection::vec(nonsense(), 0..5), prop::option::of(any_number()), prop::option::of(any_number()), 0usize..3),
            1..4,
        )
    ) {
        let block = Block {
            questions: questions
                .into_iter()
                .enumerate()
                .map(|(id, (origins, min, max, scale))| QuestionEvidence {
                    min,
                    max,
                    ..question(id as u32, [Scale::Log, Scale::Linear, Scale::Asinh][scale], origins)
                })
                .collect(),
        };
        let (answers, _) = partition(&block, &sources(), &Settings::default());
        prop_assert_eq!(answers.len(), block.questions.len());
        for (answer, question) in answers.iter().zip(&block.questions) {
            assert_sane(answer, question)?;
        }
    }
}

#[test]
fn a_precise_quantity_keeps_its_digits() {
    for scale in [Scale::Log, Scale::Linear, Scale::Asinh] {
        let five = || Evidence { estimate: Estimate::single(Bound::Exact, 8_175_133.0, 1.0), ..exact(0.0) };
        // Without a limit far below, what asinh leaves below zero is cut off and moves the median.
        let asked = QuestionEvidence {
            min: (scale == Scale::Asinh).then_some(-1e300),
            ..question(0, scale, (0..5).map(|_| five()).collect())
        };
        let median = quantiles(asked).median();
        assert!((median / 8_175_133.0 - 1.0).abs() < 1e-6, "{scale:?}: {median}");
    }
}

#[test]
fn more_than_eleven_thousand_means_a_little_more() {
    let q = quantiles(question(0, Scale::Log, vec![said(Estimate::single(Bound::MoreThan, 11_000.0, 1_000.0))]));
    let [low, high] = q.central(0.5).unwrap();
    assert!(low > 10_000.0 && low < 11_500.0, "lower quartile {low}");
    assert!(q.median() > 11_000.0 && q.median() < 14_000.0, "median {}", q.median());
    assert!(high > 15_000.0 && q.values[8] < 200_000.0, "upper tail {high} to {}", q.values[8]);
}

#[test]
fn bounds_on_one_side_only_still_give_a_range() {
    for bound in [Bound::MoreThan, Bound::AtMost] {
        let origins = [1000.0, 3000.0, 2000.0].map(|v| said(Estimate::single(bound, v, 100.0)));
        let answer = answer(question(0, Scale::Log, origins.to_vec()));
        let range = answer.range().expect("a range");
        let [low, high] = range.quantiles.central(0.95).unwrap();
        assert!(low > 10.0 && high < 1e6 && high / low > 5.0, "{low} to {high}");
        assert_eq!(range.heterogeneity.i2, None);
    }
}

#[test]
fn no_number_is_a_reason_and_not_an_error() {
    for origins in [vec![], vec![said(Estimate::UNKNOWN)], vec![exact(f64::NAN)]] {
        let answer = answer(question(0, Scale::Log, origins));
        let Outcome::None { why } = answer.outcome else { panic!("a range out of nothing") };
        assert_eq!(why, NoConsensus::NoFigure);
        assert_eq!(why.to_string(), "no claim gives a usable number");
        assert!(answer.effective_origins == 0.0 && answer.used() == 0);
    }
}

#[test]
fn limits_without_room_are_a_reason() {
    let mut q = question(0, Scale::Log, vec![exact(5.0)]);
    (q.min, q.max) = (Some(10.0), Some(10.0));
    assert_eq!(answer(q).outcome, Outcome::None { why: NoConsensus::NoRoom });
}

#[test]
fn two_far_groups_are_two_camps_with_their_members() {
    let answer = answer(question(0, Scale::Log, [1000.0, 5000.0, 1050.0, 5200.0].map(exact).to_vec()));
    let range = answer.range().unwrap();
    assert_eq!(range.shape().to_string(), "two camps");
    assert_eq!((&range.camps[0].members[..], &range.camps[1].members[..]), (&[0, 2][..], &[1, 3][..]));
    assert!(range.camps[0].high < range.camps[1].median && range.camps[1].low > range.camps[0].median);
}

#[test]
fn an_outlier_has_tension_and_hardly_any_weight() {
    let answer = answer(question(0, Scale::Log, [1000.0, 1100.0, 900.0, 1020.0, 100_000.0].map(exact).to_vec()));
    let influences: Vec<_> = answer
        .origins
        .iter()
        .map(|standing| match standing {
            Standing::Used(Some(influence)) => *influence,
            Standing::Used(None) => panic!("no influence"),
            Standing::Unused(why) => panic!("{why}"),
        })
        .collect();
    let (outlier, rest) = influences.split_last().unwrap();
    for other in rest {
        assert!(outlier.weight < 0.05 * other.weight && outlier.p_gross > 5.0 * other.p_gross);
        assert!(outlier.tension.unwrap() < 0.01 && other.tension.unwrap() > 0.3);
    }
}

#[test]
fn a_share_carries_the_uncertainty_of_what_it_is_a_share_of() {
    let settings = Settings::default();
    let share = Estimate { of: Some(QuestionId(0)), ..Estimate::single(Bound::Exact, 0.5, 0.0) };
    let tied = Evidence { of: Some(0), ..said(share) };
    let block = Block {
        questions: vec![
            question(0, Scale::Log, vec![exact(1000.0)]),
            question(1, Scale::Log, vec![tied]),
            question(2, Scale::Log, vec![exact(500.0)]),
        ],
    };
    let (answers, _) = partition(&block, &sources(), &settings);
    let [of_thousand, plain] = [1, 2].map(|at: usize| answers[at].range().unwrap().quantiles);
    assert!((of_thousand.median() / 500.0 - 1.0).abs() < 1e-6);
    let width = |q: &Quantiles| q.central(0.8).map(|[low, high]| (high / low).ln()).unwrap();
    assert!(width(&of_thousand) > 1.2 * width(&plain));
    // The same with the questions the other way round.
    let mut turned = block.clone();
    turned.questions.reverse();
    turned.questions[1].origins[0].of = Some(2);
    let (back, _) = partition(&turned, &sources(), &settings);
    assert_eq!(back[1], answers[1]);
}

#[test]
fn shares_in_a_circle_are_left_out_with_that_reason() {
    let share = |of: u32| Evidence {
        of: Some(of),
        ..said(Estimate { of: Some(QuestionId(of)), ..Estimate::single(Bound::About, 0.5, 0.0) })
    };
    let block = Block {
        questions: vec![question(0, Scale::Log, vec![share(1), exact(100.0)]), question(1, Scale::Log, vec![share(0)])],
    };
    let (answers, _) = partition(&block, &sources(), &Settings::default());
    assert_eq!(answers[0].origins[0], Standing::Unused(Unused::ShareCircle));
    assert!(answers[0].range().is_some());
    assert_eq!(answers[1].outcome, Outcome::None { why: NoConsensus::NoFigure });
}

#[test]
fn figures_thirty_orders_apart_and_at_the_ends_of_the_numbers_are_answered() {
    for (scale, values) in [
        (Scale::Log, vec![1.0, 1e30]),
        (Scale::Log, vec![5e-324, 1e308]),
        (Scale::Log, vec![0.0, -5.0, 1e308]),
        (Scale::Linear, vec![1e308, -1e308, 0.0]),
        (Scale::Asinh, vec![0.0, 0.0]),
        (Scale::Linear, vec![0.0]),
        (Scale::Log, vec![7.0; 40]),
    ] {
        let answer = answer(question(0, scale, values.iter().copied().map(exact).collect()));
        let range = answer.range().unwrap_or_else(|| panic!("{values:?}"));
        assert!(range.quantiles.values.iter().all(|q| q.is_finite()), "{values:?}: {:?}", range.quantiles);
    }
}

#[test]
fn settings_at_the_ends_of_their_domains_are_answered() {
    let none =
        Settings { rho: 0.0, rho_tied: 0.0, eps: 0.0, tau: 0.0, hop_gross: 0.0, hop_sigma: 0.0, ..Settings::default() };
    let extreme =
        Settings { rho: 0.99, eps: 0.99, tau: 5.0, mu: -3.0, slack_far_weight: 0.0, growth_share: 0.0, ..none.clone() };
    let mut sure = none.clone();
    sure.named.gross = 0.0;
    sure.named.spread = 1e-3;
    for settings in [none, extreme, sure] {
        assert_eq!(settings.check(), Ok(()));
        let sources = SourceTable::from_priors([(Class::Named, None)], &settings);
        let origins = vec![
            exact(10.0),
            Evidence { age_days: 30, ..exact(1e6) },
            said(Estimate::single(Bound::MoreThan, 5000.0, 1000.0)),
        ];
        let q = question(0, Scale::Log, origins);
        let (answers, _) = partition(&Block { questions: vec![q.clone()] }, &sources, &settings);
        let values = answers[0].range().expect("a range").quantiles.values;
        assert!(values.iter().all(|q| q.is_finite() && *q > 0.0) && values[0] < values[8], "{values:?}");
    }
}

/// The camps of a log question: the figures that belong to each.
fn camps(figures: &[f64], settings: &Settings) -> Vec<Vec<u32>> {
    camps_of(figures.iter().map(|&value| exact(value)).collect(), settings)
}

fn camps_of(origins: Vec<Evidence>, settings: &Settings) -> Vec<Vec<u32>> {
    let block = Block { questions: vec![question(0, Scale::Log, origins)] };
    let (answers, _) = partition(&block, &sources(), settings);
    answers[0].range().unwrap().camps.iter().map(|camp| camp.members.clone()).collect()
}

#[test]
fn every_figure_belongs_to_the_camp_that_it_stands_in() {
    let settings = Settings::default();
    assert_eq!(camps(&[1000.0, 50_000.0, 1040.0, 52_000.0, 980.0], &settings), [vec![0, 2, 4], vec![1, 3]]);
    assert_eq!(camps(&[1000.0, 1040.0, 980.0], &settings), [vec![0, 1, 2]]);
    // A range across both belongs where it has most in common with the whole: in the greater camp.
    let wide = said(Estimate::between(Bound::Range, 70.0, 707_000.0, 0.0));
    let with_wide = |figures: &[f64]| {
        let mut origins: Vec<Evidence> = figures.iter().map(|&value| exact(value)).collect();
        origins.push(wide);
        camps_of(origins, &settings)
    };
    let low = with_wide(&[1000.0, 1040.0, 980.0, 1010.0, 50_000.0, 51_000.0]);
    assert_eq!(low, [vec![0, 1, 2, 3, 6], vec![4, 5]]);
    let high = with_wide(&[1000.0, 1040.0, 50_000.0, 51_000.0, 49_000.0, 50_500.0]);
    assert_eq!(high, [vec![0, 1], vec![2, 3, 4, 5, 6]]);
}

#[test]
fn a_camp_without_weight_joins_the_higher_of_its_neighbours() {
    // With most weight on the pool, masses are near to the shares of figures: the one between the others has a tenth.
    let three = |low: usize, high: usize| {
        let mut figures = vec![1000.0];
        figures.extend((0..low).map(|i| 20.0 + i as f64 * 0.2));
        figures.extend((0..high).map(|i| 50_000.0 + i as f64 * 500.0));
        figures
    };
    let some = Settings { eps: 0.9, camp_mass: 0.02, ..Settings::default() };
    let more = Settings { camp_mass: 0.2, ..some.clone() };
    for (low, high, joined) in [(3, 6, 1), (6, 3, 0)] {
        assert_eq!(camps(&three(low, high), &some).len(), 3, "{low} and {high}");
        let two = camps(&three(low, high), &more);
        assert_eq!(two.len(), 2, "{low} and {high}");
        assert!(two[joined].contains(&0), "{low} and {high}: {two:?}");
    }
}

#[test]
fn figures_that_differ_by_the_bias_of_a_source_do_not_disagree() {
    let settings = Settings::default();
    let mut rows: Vec<_> = (0..2).filter_map(|slot| sources().get(SourceSlot(slot)).cloned()).collect();
    rows[1].bias = 0.5;
    let origins = vec![exact(1000.0), Evidence { source: SourceSlot(1), ..exact(1000.0 * 0.5f64.exp()) }];
    let block = Block { questions: vec![question(0, Scale::Log, origins)] };
    let q = |table: &SourceTable| partition(&block, table, &settings).0[0].range().unwrap().heterogeneity.q;
    assert!(q(&SourceTable::new(rows)) < 1e-12);
    assert!(q(&sources()) > 0.1);
}

#[test]
fn a_range_with_a_stated_interval_stands_where_the_interval_does() {
    let interval = Some(Interval { low: 500.0, high: 2000.0, level: 0.9 });
    let range = Estimate { interval, ..Estimate::between(Bound::Range, 700.0, 1100.0, 0.0) };
    let point = Estimate { interval, ..Estimate::single(Bound::Exact, 1000.0, 0.0) };
    let [range, point] = [range, point].map(|estimate| quantiles(question(0, Scale::Log, vec![said(estimate)])));
    for (a, b) in range.values.iter().zip(point.values) {
        assert!((a / b - 1.0).abs() < 1e-6, "{range:?}, {point:?}");
    }
}
