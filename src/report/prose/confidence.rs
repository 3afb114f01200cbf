//! How much a range rests on, as a degree with its grounds. The directive and the yardstick leave
//! the cut-offs to the analyst; these are sayso's own and stand beside every degree in words.

use crate::analysis::QuestionResult;
use crate::consensus::Standing;
use crate::report::amount::counted;

/// Independent origins below which confidence is low.
const FEW: f64 = 2.0;
/// Independent origins from which it can be high.
const MANY: f64 = 5.0;

/// A degree of confidence, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confidence {
    /// low, moderate or high
    pub degree: &'static str,
    /// what the degree rests on
    pub grounds: String,
}

/// The degree of confidence in a range; none without one.
///
/// Low: fewer than two independent origins' worth, or all of them unnamed, or one party behind
/// every chain, or several camps. High: at least five independent origins' worth, fewer than half
/// of them unnamed, one camp, no party behind every chain. Moderate: all else.
#[must_use]
pub fn confidence(result: &QuestionResult) -> Option<Confidence> {
    let range = result.consensus.range()?;
    let used = result.consensus.used();
    let effective = result.consensus.effective_origins;
    let unnamed = result.origins.iter().filter(|origin| is_used(result, origin.evidence) && !origin.is_named).count();
    let point = result.account.points.iter().any(|point| point.is_full);
    let camps = range.camps.len();
    let degree = if effective < FEW || (unnamed == used && used > 0) || point || camps > 1 {
        "low"
    } else if effective >= MANY && 2 * unnamed < used {
        "high"
    } else {
        "moderate"
    };
    let mut grounds = vec![match used {
        1 => "one origin is used".to_owned(),
        _ => format!("{used} origins are used, worth {effective:.1} independent ones"),
    }];
    match unnamed {
        0 => grounds.push(if used == 1 { "it has a name".to_owned() } else { "all of them have names".to_owned() }),
        all if all == used => grounds.push(if used == 1 { "it is unnamed".into() } else { "none has a name".into() }),
        some => grounds.push(format!("{} unnamed", counted(some, "of them is", "of them are"))),
    }
    if point && used > 1 {
        grounds.push("one party stands behind every chain".to_owned());
    }
    if camps > 1 {
        grounds.push(format!("the figures form {}", range.shape()));
    }
    Some(Confidence { degree, grounds: grounds.join(", and ") })
}

/// Whether the figure of an origin took part.
pub fn is_used(result: &QuestionResult, evidence: Option<usize>) -> bool {
    evidence
        .and_then(|at| result.consensus.origins.get(at))
        .is_some_and(|standing| matches!(standing, Standing::Used(_)))
}

/// "a", "a and b", "a, b and c"
pub fn joined(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
