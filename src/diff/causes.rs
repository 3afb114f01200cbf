//! Which changes moved a range: those on its question, each undone alone where both sides are cases.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::claim_name;
use super::{Cause, Change, Difference, Fields, Key, Kind, Pair};
use crate::analysis::{Analysis, Options, analyse};
use crate::model::{Case, ClaimId, Estimate, Status};

/// What is spent on undoing changes, in claims analysed: about ten seconds.
const ALLOWANCE: usize = 2_000_000;

/// Most causes that are named for one range.
const NAMED: usize = 40;

/// Fields of a claim that cannot be put back one by one, since they point to something else.
const TIED: [&str; 8] = ["publisher", "via", "cites", "revises", "inferred", "unit", "scope", "basis"];

/// Finds what moved each range.
pub fn find(pair: &Pair, differences: &mut [Difference]) {
    let causing: Vec<(Key, Change)> = differences
        .iter()
        .filter(|difference| difference.key.kind != Kind::Range)
        .map(|difference| (difference.key.clone(), difference.change.clone()))
        .collect();
    let mut on_question: BTreeMap<&str, Vec<&(Key, Change)>> = BTreeMap::new();
    for change in &causing {
        on_question.entry(&change.0.question).or_default().push(change);
    }
    let mut left = ALLOWANCE;
    for range in differences.iter_mut().filter(|difference| difference.key.kind == Kind::Range) {
        let question = range.key.question.as_str();
        let own = on_question.get(question).map_or(&[][..], Vec::as_slice);
        range.because = own.iter().take(NAMED).map(|(key, change)| cause(pair, key, change, &mut left)).collect();
        if range.because.is_empty() {
            range.because = elsewhere(pair, question, &causing);
        }
    }
}

fn cause(pair: &Pair, key: &Key, change: &Change, left: &mut usize) -> Cause {
    let name = if key.name.is_empty() { key.kind.name() } else { &key.name };
    let (verb, is_of_old) = match change {
        Change::Came(_) => ("came", false),
        Change::Went(_) => ("went", true),
        Change::Changed(_) => ("changed", false),
    };
    let name = format!("{name} {verb}");
    let median_without = if key.kind == Kind::Claim { undone(pair, key, change, left) } else { None };
    Cause { name, median_without, is_of_old }
}

/// The median of the new side's range with one change undone, while the allowance lasts. A claim that went is undone
/// on the old side: what is told is the old median without it.
fn undone(pair: &Pair, key: &Key, change: &Change, left: &mut usize) -> Option<f64> {
    let (old, new) = (pair.old.case.as_ref()?, pair.new.case.as_ref()?);
    let (case, analysis) = if matches!(change, Change::Went(_)) { old } else { new };
    let cost = case.claims.len();
    if *left < cost {
        return None;
    }
    let claim = find_claim(case, key)?;
    let mut case = case.clone();
    match change {
        Change::Came(_) | Change::Went(_) => case.claims.status.set(claim.index(), Status::Retracted),
        Change::Changed(fields) => {
            if fields.iter().any(|(name, ..)| TIED.contains(&name.as_str())) {
                return None;
            }
            put_back(&mut case, claim, &old.0, find_claim(&old.0, key)?);
        }
    }
    *left -= cost;
    median(&case, analysis, key)
}

fn median(case: &Case, analysis: &Analysis, key: &Key) -> Option<f64> {
    let question = case.find_question(&key.question)?;
    let options = Options { questions: vec![question], ..analysis.options.clone() };
    let analysis = analyse(case, &options);
    analysis.questions.first()?.consensus.range().map(|range| range.quantiles.median())
}

fn find_claim(case: &Case, key: &Key) -> Option<ClaimId> {
    let question = case.find_question(&key.question)?;
    case.claims_of(question).find(|&claim| claim_name(case, claim) == key.name)
}

/// Gives a claim the plain fields of another case's claim.
fn put_back(case: &mut Case, claim: ClaimId, from: &Case, was: ClaimId) {
    let (claims, at) = (&mut case.claims, claim.index());
    let (old, was_at) = (&from.claims, was.index());
    claims.set_estimate(claim, Estimate { of: claims.of.get(at), ..old.estimate(was) });
    claims.published.set(at, old.published.get(was_at));
    claims.as_of.set(at, old.as_of.get(was_at));
    claims.status.set(at, old.status.get(was_at));
    claims.credibility.set(at, old.credibility.get(was_at));
}

/// What moved a range without a change on its question: claims on other questions by parties that speak on this one,
/// since their records are shared; else whatever changed of sources, settled values and the run.
fn elsewhere(pair: &Pair, question: &str, causing: &[(Key, Change)]) -> Vec<Cause> {
    let publisher = |fields: &Fields| fields.get("publisher").cloned();
    let speakers: BTreeSet<String> = [&pair.old, &pair.new]
        .iter()
        .flat_map(|side| side.items.iter())
        .filter(|(key, _)| key.kind == Kind::Claim && key.question == question)
        .filter_map(|(_, fields)| publisher(fields))
        .collect();
    let is_shared = |key: &Key| {
        let sides = [&pair.old, &pair.new];
        sides.iter().filter_map(|side| publisher(side.items.get(key)?)).any(|name| speakers.contains(&name))
    };
    let named = |(key, _): &(Key, Change)| match key.kind {
        Kind::Claim if is_shared(key) => Some(format!("{} on {}", key.name, key.question)),
        Kind::Source => Some(format!("source {}", key.name)),
        Kind::Resolution => Some(format!("the settled value of {}", key.question)),
        Kind::Run => Some("another run: version, arguments or constants".to_owned()),
        _ => None,
    };
    let mut names: Vec<String> = causing.iter().filter_map(named).take(NAMED).collect();
    if names.is_empty() {
        names =
            causing.iter().map(|(key, _)| key.question.clone()).filter(|name| !name.is_empty()).take(NAMED).collect();
        names.dedup();
        names = names.into_iter().map(|name| format!("changes on {name}")).collect();
    }
    names.into_iter().map(|name| Cause { name, median_without: None, is_of_old: false }).collect()
}
