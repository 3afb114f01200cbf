//! A linter for sentences about probabilities, after the rules of ICD 203: no likelihood and
//! confidence in one sentence, one scale of words, one row of it, nothing vaguer beside it.

use std::fmt;

use super::scales::{SCALES, Wording};

/// Words that hedge without a place on any scale.
const HEDGES: &[&str] = &["possible", "possibly", "perhaps", "maybe", "may", "might", "could", "conceivably"];

/// What sayso does not give and no sentence may promise.
const SCORES: &[&str] = &["truth score", "trust score", "credibility score", "reliability score"];

/// Degrees of confidence.
const DEGREES: &[&str] = &["low", "moderate", "medium", "high"];

/// What is wrong with a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// a likelihood and a degree of confidence in one sentence
    Mixed {
        /// the sentence
        sentence: String,
    },
    /// a term that the scale of the text does not have
    OtherScale {
        /// the term
        term: String,
    },
    /// a term of the second row of the scale
    OtherRow {
        /// the term
        term: String,
    },
    /// a word that hedges outside the scale
    Hedge {
        /// the word
        term: String,
    },
    /// a score of truth
    Score {
        /// the words
        term: String,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Mixed { sentence } => write!(f, "likelihood and confidence in one sentence: {sentence}"),
            Finding::OtherScale { term } => write!(f, "`{term}` is not a term of the scale"),
            Finding::OtherRow { term } => write!(f, "`{term}` is of the other row of terms"),
            Finding::Hedge { term } => write!(f, "`{term}` hedges outside the scale"),
            Finding::Score { term } => write!(f, "`{term}`: there is no such score"),
        }
    }
}

/// What is wrong with a text in some wording. Text between “ and ” is somebody else's and is not
/// judged, nor is any of the texts in `foreign`, such as titles and names from a case.
///
/// ```
/// use sayso::report::prose::{Wording, lint};
/// assert!(lint("It is very likely between 1 and 3.", Wording::Icd203, &[]).is_empty());
/// let mixed = "We judge with high confidence that it is very likely between 1 and 3.";
/// assert_eq!(lint(mixed, Wording::Icd203, &[]).len(), 1);
/// ```
#[must_use]
pub fn lint(text: &str, wording: Wording, foreign: &[String]) -> Vec<Finding> {
    let own = own_words(text, foreign);
    let mut findings = Vec::new();
    for sentence in sentences(&own) {
        let words = words(sentence);
        let terms = terms(&words);
        let has_confidence = words.iter().any(|word| word == "confidence" || word == "confident")
            && words.iter().any(|word| DEGREES.contains(&word.as_str()));
        if has_confidence && !terms.is_empty() {
            findings.push(Finding::Mixed { sentence: sentence.trim().to_owned() });
        }
        for term in terms {
            findings.extend(judge(term, wording));
        }
        if wording.scale().is_some() {
            let hedges = words.iter().filter(|word| HEDGES.contains(&word.as_str()));
            findings.extend(hedges.map(|word| Finding::Hedge { term: word.clone() }));
        }
        let line = words.join(" ");
        let scores = SCORES.iter().filter(|score| line.contains(**score));
        findings.extend(scores.map(|score| Finding::Score { term: (*score).to_owned() }));
    }
    findings
}

fn judge(term: &'static str, wording: Wording) -> Option<Finding> {
    let owned = term.to_owned();
    match wording.scale() {
        Some(scale) if scale.bands.iter().any(|band| band.term == term) => None,
        Some(scale) if scale.bands.iter().any(|band| band.others.contains(&term)) => {
            Some(Finding::OtherRow { term: owned })
        }
        _ => Some(Finding::OtherScale { term: owned }),
    }
}

/// The text without what is quoted and without foreign texts, the longest first.
fn own_words(text: &str, foreign: &[String]) -> String {
    let mut own = text.to_owned();
    let mut foreign: Vec<&String> = foreign.iter().filter(|text| !text.is_empty()).collect();
    foreign.sort_by_key(|text| std::cmp::Reverse(text.len()));
    for text in foreign {
        own = own.replace(text.as_str(), "…");
    }
    let (mut kept, mut depth) = (String::with_capacity(own.len()), 0_usize);
    for c in own.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The sentences of a text: up to a full stop, question or exclamation mark before a space, or a
/// line end.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.split_inclusive(". ")).flat_map(|part| {
        part.split_inclusive("? ").flat_map(|part| part.split_inclusive("! ")).filter(|part| !part.trim().is_empty())
    })
}

fn words(sentence: &str) -> Vec<String> {
    let words = sentence.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The terms of all scales in a sentence, the longest at each place.
fn terms(words: &[String]) -> Vec<&'static str> {
    let mut known: Vec<(Vec<&str>, &'static str)> = Vec::new();
    for band in SCALES.iter().flat_map(|scale| scale.bands) {
        for term in std::iter::once(&band.term).chain(band.others) {
            known.push((term.split(' ').collect(), term));
        }
    }
    known.push((vec!["almost", "certainly"], "almost certain"));
    known.push((vec!["nearly", "certainly"], "nearly certain"));
    known.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let rest = &words[at..];
        let met = known
            .iter()
            .find(|(parts, _)| rest.len() >= parts.len() && parts.iter().zip(rest).all(|(part, word)| part == word));
        match met {
            Some((parts, term)) => {
                found.push(*term);
                at += parts.len();
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, wording: Wording) -> Vec<String> {
        lint(text, wording, &[]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn likelihood_and_confidence_do_not_share_a_sentence() {
        let apart = "It is very likely between 1 and 3. Confidence in this judgement is low: two origins.";
        assert!(found(apart, Wording::Icd203).is_empty());
        let mixed = "With moderate confidence, it is almost certainly above 3.";
        assert_eq!(found(mixed, Wording::Phia).len(), 1);
        assert!(found("Confidence is high because the records agree.", Wording::Icd203).is_empty());
    }

    #[test]
    fn one_scale_of_words_and_one_row_of_it() {
        assert!(found("Likely 3, unlikely 4, almost certainly not 9.", Wording::Icd203).is_empty());
        assert_eq!(found("Highly likely 3.", Wording::Icd203), ["`highly likely` is not a term of the scale"]);
        assert_eq!(found("Very likely 3.", Wording::Phia), ["`very likely` is not a term of the scale"]);
        assert_eq!(found("Probably 3.", Wording::Icd203), ["`probably` is of the other row of terms"]);
        assert_eq!(found("It is likely 3.", Wording::Plain), ["`likely` is not a term of the scale"]);
    }

    #[test]
    fn hedges_and_scores_are_found() {
        assert_eq!(found("It might be 3.", Wording::Phia), ["`might` hedges outside the scale"]);
        assert!(found("It might be 3.", Wording::Plain).is_empty());
        assert_eq!(found("A truth score of 0.8.", Wording::Plain), ["`truth score`: there is no such score"]);
    }

    #[test]
    fn what_others_say_is_not_judged() {
        assert!(found("According to NIS (“probably 3,000”).", Wording::Icd203).is_empty());
        let title = "Homes probably flooded".to_owned();
        assert!(lint("Homes probably flooded: very likely 3.", Wording::Icd203, &[title]).is_empty());
    }
}
