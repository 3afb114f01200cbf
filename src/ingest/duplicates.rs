//! Claims and sources that may stand twice. They are proposed with the evidence, and never merged.

use rustc_hash::FxHashMap;

use super::problem::{Lines, Place, Problem, Problems, Severity};
use super::suggest::NearIndex;
use super::table::shown;
use crate::model::{Case, ClaimId, Date, QuestionId, Source, SourceId, fold_name};

/// How many names of sources are compared with one another, in the order of their ids.
pub const COMPARED: usize = 200_000;

/// Everything that may stand twice in a case: rows that give the same figure of the same publisher on
/// the same day, and sources whose names are a slip of the pen or initials apart. Names beyond the first 200,000
/// are left alone, which is told.
/// Cost: linear in claims; in sources, linear in the letters of their names.
pub fn find_duplicates(case: &Case, lines: &Lines, problems: &mut Problems) {
    duplicate_claims(case, lines, problems);
    duplicate_sources(case, &lines.file, problems);
}

type ClaimKey = (QuestionId, SourceId, u8, [u64; 2], Option<QuestionId>, Option<Date>);

fn duplicate_claims(case: &Case, lines: &Lines, problems: &mut Problems) {
    let claims = &case.claims;
    let mut first: FxHashMap<ClaimKey, ClaimId> = FxHashMap::default();
    let mut question = None;
    for claim in (0..claims.len() as u32).map(ClaimId) {
        let (at, estimate) = (claim.index(), claims.estimate(claim));
        // Claims of a question stand together, so that no more than those of one are kept.
        if question.replace(claims.question[at]) != Some(claims.question[at]) {
            first.clear();
        }
        let published = claims.published.get(at);
        if !estimate.is_figure() || published.is_none() {
            continue;
        }
        let figure = [estimate.low.to_bits(), estimate.high.to_bits()];
        let key = (claims.question[at], claims.publisher[at], estimate.bound as u8, figure, estimate.of, published);
        let Some(&other) = first.get(&key) else {
            first.insert(key, claim);
            continue;
        };
        if claims.cites.get(at).contains(&other) || claims.cites.get(other.index()).contains(&claim) {
            continue;
        }
        problems.push_with(Severity::Proposed, || {
            let mut evidence = vec!["same publisher", "same figure", "same date"];
            if !claims.url.get(at).is_empty() && claims.url.get(at) == claims.url.get(other.index()) {
                evidence.push("same address");
            }
            let (name, other) = (shown(&claims.name(claim)), shown(&claims.name(other)));
            let what = format!("claim {name} may be claim {other} once more: {}", evidence.join(", "));
            let remedy = "if so, delete one, or let one cite the other".to_owned();
            Problem { place: lines.place(claims.row(claim)), severity: Severity::Proposed, what, remedy }
        });
    }
}

fn duplicate_sources(case: &Case, file: &str, problems: &mut Problems) {
    let mut near = NearIndex::default();
    let mut initials: FxHashMap<String, &Source> = FxHashMap::default();
    let place = || Place { file: file.to_owned(), line: 0, column: 0 };
    let mut propose = |a: &str, b: &str, evidence: &str| {
        problems.push_with(Severity::Proposed, || {
            let what = format!("source `{}` may be source `{}`: {evidence}", shown(a), shown(b));
            let remedy = "if so, make one an alias of the other in sources.csv".to_owned();
            Problem { place: place(), severity: Severity::Proposed, what, remedy }
        });
    };
    let compared = &case.sources[..case.sources.len().min(COMPARED)];
    for source in compared {
        let folded = fold_name(&source.name);
        // Numbered names, "Site 1" and "Site 2", differ by intent.
        if !source.name.ends_with(|c: char| c.is_ascii_digit()) {
            if let Some(other) = near.near(&folded) {
                propose(&source.name, other, "the names are one letter apart");
            }
            near.insert(&folded, &source.name);
        }
        if let Some(letters) = initials_of(&source.name) {
            initials.entry(letters).or_insert(source);
        }
    }
    for source in compared {
        if let Some(&other) = initials.get(&*source.name)
            && other.id != source.id
        {
            propose(&source.name, &other.name, "the one name is the initials of the other");
        }
    }
    if case.sources.len() > COMPARED {
        let what = format!("{} sources; the names of the first {COMPARED} were compared", case.sources.len());
        let remedy = "likely duplicates among the others are not proposed".to_owned();
        problems.push(Problem { place: place(), severity: Severity::Assumed, what, remedy });
    }
}

/// The initials of a name of three or more capitalised words: NYT for New York Times.
fn initials_of(name: &str) -> Option<String> {
    let words = name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_uppercase));
    let letters: String = words.filter_map(|word| word.chars().next()).collect();
    (letters.chars().count() >= 3).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_three_words_or_more() {
        assert_eq!(initials_of("New York Times").as_deref(), Some("NYT"));
        assert_eq!(initials_of("Associated Press"), None);
        assert_eq!(initials_of("the daily"), None);
    }
}
