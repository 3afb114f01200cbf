//! The latent truth model.

use super::facts::Facts;
use crate::consensus::methods::{Figures, Found};

/// Pseudo-counts, as published: of a source's claims on false facts (made, not made), on true facts,
/// and of true and false facts.
const FALSE: [f64; 2] = [10.0, 1000.0];
const TRUE: [f64; 2] = [50.0, 50.0];
const FACT: [f64; 2] = [10.0, 10.0];

/// Rounds that are run at most.
const ROUNDS: usize = 50;

/// Runs the method.
#[must_use]
pub fn run(figures: &Figures) -> Vec<Found> {
    let facts = Facts::of(figures);
    let probability = ltm(&facts);
    facts.found(figures, &probability)
}

/// Zhao, Rubinstein, Gemmell and Han (2012), PVLDB 5:550: each fact is true or false by itself, and
/// a source that speaks on a question claims true facts with its sensitivity and false ones with its
/// false-positive rate, both with beta priors.
///
/// Gives the logarithm of the odds of each fact. The paper samples; here its closed form of the
/// probability given the rates and its estimate of the rates given the probabilities take turns,
/// so that the answer is one. Several facts of a question may be true, and none need be. Cost:
/// claims times rounds.
///
/// ```
/// use sayso::consensus::methods::{Figures, truth::{facts::Facts, ltm::ltm}};
/// let facts = Facts::of(&Figures::on_scale(&[vec![(0, 1.0), (1, 1.0), (2, 9.0)]]));
/// let odds = ltm(&facts);
/// assert!(odds[0] > odds[1]);
/// ```
#[must_use]
pub fn ltm(facts: &Facts) -> Vec<f64> {
    // Start from votes: the share of a question's speakers who claim the fact.
    let speakers: Vec<Vec<u32>> = (0..facts.questions()).map(|question| speakers(facts, question)).collect();
    let of = |fact: usize| facts.question[fact] as usize;
    let mut p: Vec<f64> =
        (0..facts.len()).map(|fact| facts.voters(fact).len() as f64 / speakers[of(fact)].len() as f64).collect();
    let mut odds = vec![0.0; facts.len()];
    for _ in 0..ROUNDS {
        let rates = rates(facts, &speakers, &p);
        // ln of the ratio of true to false for a fact that is not claimed, and what claiming adds.
        let silent: Vec<f64> =
            rates.iter().map(|r| libm::log((1.0 - r.sensitivity) / (1.0 - r.false_positive))).collect();
        let claimed: Vec<f64> = rates.iter().map(|r| libm::log(r.sensitivity / r.false_positive)).collect();
        let mut change: f64 = 0.0;
        for (question, speakers) in speakers.iter().enumerate() {
            let all: f64 = speakers.iter().map(|&s| silent[s as usize]).sum();
            for fact in facts.of_question(question) {
                let own: f64 = facts.voters(fact).iter().map(|&s| claimed[s as usize] - silent[s as usize]).sum();
                odds[fact] = libm::log(FACT[0] / FACT[1]) + all + own;
                let new = 1.0 / (1.0 + libm::exp(-odds[fact]));
                change = change.max((new - p[fact]).abs());
                p[fact] = new;
            }
        }
        if change < 1e-9 {
            break;
        }
    }
    odds
}

/// The two rates of a source.
struct Rates {
    sensitivity: f64,
    false_positive: f64,
}

/// Rates of each source given the probabilities of the facts: expected counts with the pseudo-counts.
fn rates(facts: &Facts, speakers: &[Vec<u32>], p: &[f64]) -> Vec<Rates> {
    let mut claimed = vec![[0.0; 2]; facts.sources()];
    let mut all = vec![[0.0; 2]; facts.sources()];
    for (question, speakers) in speakers.iter().enumerate() {
        let range = facts.of_question(question);
        let (n, sum) = (range.len() as f64, p[range.clone()].iter().sum::<f64>());
        for &source in speakers {
            all[source as usize][0] += sum;
            all[source as usize][1] += n - sum;
        }
        for fact in range {
            for &source in facts.voters(fact) {
                claimed[source as usize][0] += p[fact];
                claimed[source as usize][1] += 1.0 - p[fact];
            }
        }
    }
    let rate = |made: f64, of: f64, prior: [f64; 2]| (made + prior[0]) / (of + prior[0] + prior[1]);
    let of = |(made, of): (&[f64; 2], &[f64; 2])| Rates {
        sensitivity: rate(made[0], of[0], TRUE),
        false_positive: rate(made[1], of[1], FALSE),
    };
    claimed.iter().zip(&all).map(of).collect()
}

/// The sources that speak on a question, rising.
fn speakers(facts: &Facts, question: usize) -> Vec<u32> {
    let mut speakers: Vec<u32> =
        facts.of_question(question).flat_map(|fact| facts.voters(fact).iter().copied()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    speakers
}
