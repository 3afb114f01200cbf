//! Time of the default method for one question, by what was said and by how many.

use sayso::consensus::{Block, Class, Evidence, QuestionEvidence, Settings, SourceSlot, partition};
use sayso::credibility::SourceTable;
use sayso::model::{Bound, Estimate, QuestionId, Scale};

fn main() {
    divan::main();
}

fn evidence(estimate: Estimate) -> Evidence {
    Evidence { source: SourceSlot(0), estimate, of: None, hops: 0, age_days: 0, disputed: false, tie: u32::MAX }
}

fn block(origins: Vec<Evidence>) -> Block {
    let question = QuestionEvidence {
        question: QuestionId(0),
        scale: Scale::Log,
        min: None,
        max: None,
        shared_unit: None,
        resolution: None,
        origins,
    };
    Block { questions: vec![question] }
}

fn bench(bencher: divan::Bencher, origins: Vec<Evidence>) {
    let settings = Settings::default();
    let sources = SourceTable::from_priors([(Class::Named, None)], &settings);
    let block = block(origins);
    bencher.bench_local(|| partition(divan::black_box(&block), &sources, &settings));
}

#[divan::bench(args = [1, 2, 5, 20, 100])]
fn exact_figures(bencher: divan::Bencher, n: u32) {
    let figures = (0..n).map(|i| evidence(Estimate::single(Bound::Exact, 1000.0 + 37.0 * f64::from(i * 7 % n), 1.0)));
    bench(bencher, figures.collect());
}

#[divan::bench(args = [1, 5, 20])]
fn floors(bencher: divan::Bencher, n: u32) {
    let figures = (0..n).map(|i| evidence(Estimate::single(Bound::MoreThan, 1000.0 + 100.0 * f64::from(i), 100.0)));
    bench(bencher, figures.collect());
}

#[divan::bench]
fn five_of_every_kind(bencher: divan::Bencher) {
    bench(
        bencher,
        vec![
            evidence(Estimate::single(Bound::Exact, 1000.0, 1.0)),
            evidence(Estimate::single(Bound::MoreThan, 1100.0, 100.0)),
            evidence(Estimate::between(Bound::Range, 900.0, 2000.0, 100.0)),
            evidence(Estimate::single(Bound::AtMost, 4000.0, 1000.0)),
            evidence(Estimate::single(Bound::About, 1200.0, 100.0)),
        ],
    );
}

#[divan::bench]
fn twenty_with_three_different_values(bencher: divan::Bencher) {
    let figures = (0..20).map(|i| evidence(Estimate::single(Bound::Exact, [840.0, 845.0, 900.0][i % 3], 1.0)));
    bench(bencher, figures.collect());
}
