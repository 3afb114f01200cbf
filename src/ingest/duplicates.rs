//! Claims and sources that may stand twice. They are proposed with the evidence, and never merged.

use rustc_hash::FxHashMap;

use super::problem::{Lines, Place, Problem, Severity};
use super::suggest::NearIndex;
use super::table::shown;
use crate::model::{Case, ClaimId, Date, QuestionId, Source, SourceId, fold_name};

/// Everything that may stand twice in a case: rows that give the same figure of the same publisher on
/// the same day, and sources whose names are a slip of the pen or initials apart.
/// Cost: linear in claims; in sources, linear in the letters of their names.
#[must_use]
pub fn find_duplicates(case: &Case, lines: &Lines) -> Vec<Problem> {
    let mut proposed = duplicate_claims(case, lines);
    proposed.extend(duplicate_sources(case, &lines.file));
    proposed
}

type ClaimKey = (QuestionId, SourceId, u8, [u64; 2], Option<QuestionId>, Option<Date>);

fn duplicate_claims(case: &Case, lines: &Lines) -> Vec<Problem> {
    let claims = &case.claims;
    let mut first: FxHashMap<ClaimKey, ClaimId> = FxHashMap::default();
    let mut proposed = Vec::new();
    for claim in (0..claims.len() as u32).map(ClaimId) {
        let (at, estimate) = (claim.index(), claims.estimate(claim));
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
        let mut evidence = vec!["same publisher", "same figure", "same date"];
        if !claims.url.get(at).is_empty() && claims.url.get(at) == claims.url.get(other.index()) {
            evidence.push("same address");
        }
        let (name, other) = (shown(&claims.name(claim)), shown(&claims.name(other)));
        let what = format!("claim {name} may be claim {other} once more: {}", evidence.join(", "));
        let remedy = "if so, delete one, or let one cite the other".to_owned();
        proposed.push(Problem { place: lines.place(claims.row[at]), severity: Severity::Proposed, what, remedy });
    }
    proposed
}

fn duplicate_sources(case: &Case, file: &str) -> Vec<Problem> {
    let mut proposed = Vec::new();
    let mut near = NearIndex::default();
    let mut initials: FxHashMap<String, &Source> = FxHashMap::default();
    let mut propose = |a: &Source, b: &Source, evidence: &str| {
        let place = Place { file: file.to_owned(), line: 0, column: 0 };
        let what = format!("source `{}` may be source `{}`: {evidence}", shown(&a.name), shown(&b.name));
        let remedy = "if so, make one an alias of the other in sources.csv".to_owned();
        proposed.push(Problem { place, severity: Severity::Proposed, what, remedy });
    };
    let find = |name: &str| case.sources.iter().find(|source| &*source.name == name);
    for source in &case.sources {
        let folded = fold_name(&source.name);
        // Numbered names, "Site 1" and "Site 2", differ by intent.
        if !source.name.ends_with(|c: char| c.is_ascii_digit()) {
            if let Some(other) = near.near(&folded).and_then(find) {
                propose(source, other, "the names are one letter apart");
            }
            near.insert(&folded, &source.name);
        }
        if let Some(letters) = initials_of(&source.name) {
            initials.entry(letters).or_insert(source);
        }
    }
    for source in &case.sources {
        if let Some(&other) = initials.get(&*source.name)
            && other.id != source.id
        {
            propose(source, other, "the one name is the initials of the other");
        }
    }
    proposed
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
