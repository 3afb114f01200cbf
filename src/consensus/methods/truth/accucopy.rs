//! ACCUCOPY: ACCU with votes discounted where a voter may have copied another.

use rustc_hash::FxHashMap;

use super::accu::{ROUNDS, START, WRONG, accuracies, probabilities, score};
use super::facts::Facts;
use crate::consensus::methods::{Figures, Found};

/// As published: probability beforehand that two sources depend, and that a copier copies a value.
const DEPENDENT: f64 = 0.2;
const COPIED: f64 = 0.8;

/// Questions with more voters than this say nothing of who copies whom: pairs grow as its square.
const VOTERS: usize = 500;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let facts = Facts::of(figures);
    let probability = accucopy(figures, &facts);
    facts.found(figures, &probability)
}

/// What two sources have in common.
#[derive(Debug, Clone, Copy, Default)]
struct Common {
    same_true: u32,
    same_false: u32,
    different: u32,
}

/// Dong, Berti-Equille and Srivastava (2009), PVLDB 2:550: two sources that share wrong values are
/// likely dependent, since a wrong value is one of many, and two that share right ones hardly. Of the
/// voters for a fact, each counts (1 − c·P(dependent)) times for every more accurate one before it.
///
/// Gives the probability of each fact. Which of two copies the other is not told apart in the vote.
/// Cost: pairs of voters of each question, times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::{accucopy::accucopy, facts::Facts}};
/// let figures = Figures::on_scale(&[vec![(0, 1.0), (1, 1.0), (2, 9.0)]]);
/// assert!(accucopy(&figures, &Facts::of(&figures))[0] > 0.5);
/// ```
#[must_use]
pub fn accucopy(figures: &Figures, facts: &Facts) -> Vec<f64> {
    let mut accuracy = vec![START; facts.sources()];
    let mut dependence: FxHashMap<(u32, u32), f64> = FxHashMap::default();
    let mut probability = vec![0.0; facts.len()];
    let mut truths: Vec<Option<usize>> = Vec::new();
    for _ in 0..ROUNDS {
        let votes: Vec<f64> = (0..facts.len()).map(|fact| votes(facts, fact, &accuracy, &dependence)).collect();
        probability = probabilities(facts, &votes);
        let best = facts.best(figures, &votes);
        accuracy = accuracies(facts, &probability);
        if best == truths {
            break;
        }
        truths = best;
        dependence = dependences(facts, &truths, &accuracy);
    }
    probability
}

/// Sum of the votes for a fact, the more accurate voters first.
fn votes(facts: &Facts, fact: usize, accuracy: &[f64], dependence: &FxHashMap<(u32, u32), f64>) -> f64 {
    let mut voters = facts.voters(fact).to_vec();
    voters.sort_by(|&a, &b| accuracy[b as usize].total_cmp(&accuracy[a as usize]).then(a.cmp(&b)));
    let independent = |at: usize| -> f64 {
        let of = |&before: &u32| {
            let pair = (before.min(voters[at]), before.max(voters[at]));
            1.0 - COPIED * dependence.get(&pair).copied().unwrap_or(0.0)
        };
        if dependence.is_empty() || voters.len() > VOTERS { 1.0 } else { voters[..at].iter().map(of).product() }
    };
    (0..voters.len()).map(|at| score(accuracy[voters[at] as usize]) * independent(at)).sum()
}

/// Probability of dependence of each pair of sources that have a question in common.
fn dependences(facts: &Facts, truths: &[Option<usize>], accuracy: &[f64]) -> FxHashMap<(u32, u32), f64> {
    let mut common: FxHashMap<(u32, u32), Common> = FxHashMap::default();
    let mut said: Vec<(u32, usize)> = Vec::new();
    for (question, truth) in truths.iter().enumerate() {
        said.clear();
        said.extend(facts.of_question(question).flat_map(|fact| facts.voters(fact).iter().map(move |&s| (s, fact))));
        if said.len() > VOTERS {
            continue;
        }
        said.sort_unstable();
        for (at, &(a, fact)) in said.iter().enumerate() {
            for &(b, other) in said[at + 1..].iter().filter(|(b, _)| *b != a) {
                let pair = common.entry((a, b)).or_default();
                if fact != other {
                    pair.different += 1;
                } else if Some(fact) == *truth {
                    pair.same_true += 1;
                } else {
                    pair.same_false += 1;
                }
            }
        }
    }
    let pairs = common.into_iter();
    pairs.map(|((a, b), shared)| ((a, b), dependence(shared, accuracy[a as usize], accuracy[b as usize]))).collect()
}

/// P(dependent | what is shared), with equal chances that either copies the other.
fn dependence(shared: Common, a: f64, b: f64) -> f64 {
    let (both_right, both_wrong) = (a * b, (1.0 - a) * (1.0 - b) / WRONG);
    let apart = 1.0 - both_right - both_wrong;
    let log = |right: f64, wrong: f64, different: f64| {
        f64::from(shared.same_true) * libm::log(right)
            + f64::from(shared.same_false) * libm::log(wrong)
            + f64::from(shared.different) * libm::log(different)
    };
    let alone = log(both_right, both_wrong, apart);
    // The copier has the value of the other, right or wrong, with probability c.
    let copies = |from: f64| {
        let rest = 1.0 - COPIED;
        log(from * COPIED + both_right * rest, (1.0 - from) * COPIED + both_wrong * rest, apart * rest)
    };
    let ratio = |way: f64| 0.5 * DEPENDENT / (1.0 - DEPENDENT) * libm::exp((way - alone).min(600.0));
    let odds = ratio(copies(a)) + ratio(copies(b));
    odds / (1.0 + odds)
}
