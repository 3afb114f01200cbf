//! What a user names: questions, claims, sources and ranks of a case, methods and house rules, and what may have been
//! meant where there is none of the name.

use crate::consensus::methods::{METHODS, Method, find as find_method};
use crate::consensus::rules::{RULES, Rank, Rule, find as find_rule};
use crate::ingest::nearest;
use crate::model::{Case, ClaimId, QuestionId, SourceId, fold_name};

/// Name of the default method.
pub const ORIGINS: &str = "origins";

/// How many names are listed where one is not known.
const FEW: usize = 12;

/// There is nothing of a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unknown(pub String);

/// The question of an id. Cost: linear in questions where there is none.
///
/// # Errors
/// [`Unknown`], with what may have been meant; so for all that follow.
///
/// ```
/// let case = sayso::ingest::read("data/kursk-2025".as_ref(), Default::default())?.case;
/// let error = sayso::named::question(&case, "kursk_casualtys").unwrap_err();
/// assert_eq!(error.to_string(), "the case has no question `kursk_casualtys`; did you mean `kursk_casualties`?");
/// # Ok::<(), sayso::ingest::Error>(())
/// ```
pub fn question(case: &Case, id: &str) -> Result<QuestionId, Unknown> {
    if let Some(question) = case.find_question(id) {
        return Ok(question);
    }
    let ids = || case.questions.iter().map(|question| &*question.id);
    let hint = match nearest(id, ids()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if case.questions.len() <= FEW => format!("it has {}", ids().collect::<Vec<_>>().join(", ")),
        None => format!("it has {} others", case.questions.len()),
    };
    Err(Unknown(format!("the case has no question `{id}`; {hint}")))
}

/// The claim of an id. Cost: linear in claims.
///
/// # Errors
/// [`Unknown`].
pub fn claim(case: &Case, id: &str) -> Result<ClaimId, Unknown> {
    let all = || (0..case.claims.len() as u32).map(ClaimId);
    if let Some(claim) = all().find(|&claim| case.claims.name(claim) == id) {
        return Ok(claim);
    }
    let names: Vec<String> = all().map(|claim| case.claims.name(claim)).collect();
    Err(Unknown(format!("the case has no claim `{id}`{}", meant(id, names.iter().map(String::as_str)))))
}

/// The source of a name, alias or id. Cost: linear in sources.
///
/// # Errors
/// [`Unknown`].
pub fn source(case: &Case, name: &str) -> Result<SourceId, Unknown> {
    let folded = fold_name(name);
    let names = |at: usize| {
        let source = &case.sources[at];
        [&source.id, &source.name].into_iter().chain(&source.aliases).map(|name| fold_name(name))
    };
    let found = (0..case.sources.len()).find(|&at| names(at).any(|known| known == folded));
    if let Some(at) = found {
        return Ok(SourceId(at as u32));
    }
    let all: Vec<String> = (0..case.sources.len()).flat_map(names).collect();
    Err(Unknown(format!("the case has no source `{name}`{}", meant(&folded, all.iter().map(String::as_str)))))
}

/// A rank of the rule `hierarchy`: a kind of source, or a source.
///
/// # Errors
/// [`Unknown`].
pub fn rank(case: &Case, word: &str) -> Result<Rank, Unknown> {
    if let Some(rank) = Rank::read(case, word) {
        return Ok(rank);
    }
    let hint = meant(word, case.sources.iter().map(|source| &*source.name));
    Err(Unknown(format!("`{word}` is neither a kind of source nor a source of the case{hint}")))
}

/// The method of a name; none is the default method, [`ORIGINS`].
///
/// # Errors
/// [`Unknown`], with what is known.
pub fn method(name: &str) -> Result<Option<&'static Method>, Unknown> {
    if name == ORIGINS {
        return Ok(None);
    }
    let names = || std::iter::once(ORIGINS).chain(METHODS.iter().map(|method| method.name));
    find_method(name).map(Some).ok_or_else(|| one_of(name, &names().collect::<Vec<_>>()))
}

/// The house rule of a name.
///
/// # Errors
/// [`Unknown`], with what is known.
pub fn rule(name: &str) -> Result<&'static Rule, Unknown> {
    find_rule(name).ok_or_else(|| one_of(name, &RULES.iter().map(|rule| rule.name).collect::<Vec<_>>()))
}

fn one_of(name: &str, names: &[&str]) -> Unknown {
    let meant = nearest(name, names.iter().copied());
    Unknown(meant.map_or_else(|| format!("known are {}", names.join(", ")), |meant| format!("did you mean `{meant}`?")))
}

fn meant<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> String {
    nearest(name, names).map_or(String::new(), |meant| format!("; did you mean `{meant}`?"))
}
