//! `--memory-limit`: what a case will need, told before it is read.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use sayso::ingest::sizes;
use sayso::model::{Case, Party};

use super::failure::Bad;

/// Memory of the program itself.
const PROGRAM: u64 = 16 << 20;
/// Memory of a claim with its part of question, source and result. DESIGN has the measurements.
const CLAIM: u64 = 170;
/// Memory of an origin while its question is answered: its likelihood at every node of the mesh. 60,000 with figures of
/// their own take 1.9 GB.
const ORIGIN: u64 = 32 << 10;
/// Memory of a claim that sources are learned on, and how many there are at most.
const LEARNED: (u64, u64) = (1100, 100_000);
/// What is looked at of a file to know how long its rows are.
const SAMPLE: u64 = 1 << 18;

/// What a number of claims needs, in bytes.
fn needed(claims: u64) -> u64 {
    let (each, most) = LEARNED;
    PROGRAM + each * claims.min(most) + CLAIM * claims
}

/// Refuses a case that would need more than the limit, by the size of its claims before they are read. A packed file
/// does not tell; it is judged by [`check_case`] once it is read.
pub fn check_file(case: &Path, limit: Option<u64>) -> anyhow::Result<()> {
    let Some(limit) = limit else { return Ok(()) };
    let Some(claims) = claims_file(case).and_then(|file| rows(&file).ok()?) else { return Ok(()) };
    refuse(claims, limit, &format!("some {} claims", rough(claims)))
}

/// Refuses a case that will need more than the limit from here on: for its claims, or for the question with the most
/// origins, of which there are no more than publishers and parties without a name.
pub fn check_case(case: &Case, limit: Option<u64>) -> anyhow::Result<()> {
    let Some(limit) = limit else { return Ok(()) };
    refuse(case.claims.len() as u64, limit, &format!("{} claims", case.claims.len()))?;
    for question in case.question_ids().filter(|&question| ORIGIN * case.claims_of(question).count() as u64 > limit) {
        let mut origins = FxHashSet::default();
        for claim in case.claims_of(question) {
            let credited = case.claims.via.get(claim.index()).iter().map(|element| element.party);
            let speakers = credited.chain([Party::Source(case.claims.publisher[claim.index()])]);
            // One without a name is another one in each claim.
            origins.extend(speakers.map(|party| (party, (!case.is_named(party)).then_some(claim))));
        }
        let need = PROGRAM + CLAIM * case.claims.len() as u64 + ORIGIN * origins.len() as u64;
        if need > limit {
            let ([need, limit], id) = (sizes(need, limit), &case.question(question).id);
            let what = format!("question `{id}` may have {} origins, which need about {need}", origins.len());
            return Err(Bad(format!("{what} of memory, where {limit} are allowed; raise --memory-limit")).into());
        }
    }
    Ok(())
}

fn refuse(claims: u64, limit: u64, told: &str) -> anyhow::Result<()> {
    if needed(claims) <= limit {
        return Ok(());
    }
    let [need, limit] = sizes(needed(claims), limit);
    let remedy =
        "raise --memory-limit, or sort the file by question and use --sorted, which needs no more for more claims";
    Err(Bad(format!("{told} need about {need} of memory, where {limit} are allowed; {remedy}")).into())
}

/// The plain file of the claims of a case, if there is one.
fn claims_file(case: &Path) -> Option<PathBuf> {
    if case.is_file() {
        let is_packed = case.extension().is_some_and(|ending| ending == "gz" || ending == "zst");
        return (!is_packed).then(|| case.to_owned());
    }
    let named = ["csv", "tsv", "jsonl", "ndjson"].map(|ending| case.join(format!("claims.{ending}")));
    named.into_iter().find(|file| file.is_file())
}

/// About how many rows a file has, by the lines at its start; none for an empty one.
fn rows(file: &Path) -> io::Result<Option<u64>> {
    let mut opened = File::open(file)?;
    let length = opened.metadata()?.len();
    let mut start = Vec::new();
    opened.by_ref().take(SAMPLE).read_to_end(&mut start)?;
    let lines = memchr::memchr_iter(b'\n', &start).count() as u64;
    Ok((lines > 0).then(|| (length as f64 * lines as f64 / start.len() as f64) as u64))
}

/// A number to two digits.
fn rough(number: u64) -> u64 {
    let unit = 10u64.pow(number.max(1).ilog10().saturating_sub(1));
    (number + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_from_the_start_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("claims.csv");
        std::fs::write(&file, "question,publisher,estimate\n".repeat(40_000)).unwrap();
        let found = rows(&file).unwrap().unwrap();
        assert!(found.abs_diff(40_000) < 10, "{found}");
        assert!(check_file(folder.path(), Some(70 << 20)).is_ok());
        let refused = check_file(folder.path(), Some(50 << 20)).unwrap_err().to_string();
        assert!(refused.starts_with("some 40000 claims need about 64.4 MB"), "{refused}");
        std::fs::write(&file, "").unwrap();
        assert!(check_file(folder.path(), Some(1)).is_ok());
    }
}
