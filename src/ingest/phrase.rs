//! The phrases around a number and what they make of it. Data: a new phrase is a new line.
//!
//! The order of the lines does not matter: of the phrases that match, the longest is taken.

use crate::model::Bound::{self, About, AtLeast, AtMost, Exact, LessThan, MoreThan};

/// Phrases before a number.
pub(super) const BEFORE: &[(&str, Bound)] = &[
    ("a total of", Exact),
    ("total of", Exact),
    ("altogether", Exact),
    ("exactly", Exact),
    ("precisely", Exact),
    ("just", Exact),
    ("only", Exact),
    ("~", About),
    ("≈", About),
    ("about", About),
    ("around", About),
    ("some", About),
    ("roughly", About),
    ("approximately", About),
    ("approx.", About),
    ("approx", About),
    ("circa", About),
    ("ca.", About),
    ("ca", About),
    ("c.", About),
    ("c", About),
    ("an estimated", About),
    ("the estimated", About),
    ("estimated", About),
    ("est.", About),
    ("nearly", About),
    ("almost", About),
    ("close to", About),
    ("close on", About),
    ("closer to", About),
    ("near", About),
    ("nearer", About),
    ("nearing", About),
    ("approaching", About),
    ("more like", About),
    ("perhaps", About),
    ("maybe", About),
    ("possibly", About),
    (">=", AtLeast),
    ("=>", AtLeast),
    ("≥", AtLeast),
    ("⩾", AtLeast),
    ("at least", AtLeast),
    ("at the least", AtLeast),
    ("no fewer than", AtLeast),
    ("no less than", AtLeast),
    ("not fewer than", AtLeast),
    ("not less than", AtLeast),
    ("hardly less than", AtLeast),
    ("upwards of", AtLeast),
    ("upward of", AtLeast),
    ("a minimum of", AtLeast),
    ("minimum of", AtLeast),
    ("minimum", AtLeast),
    ("min.", AtLeast),
    ("min", AtLeast),
    (">", MoreThan),
    ("more than", MoreThan),
    ("far more than", MoreThan),
    ("much more than", MoreThan),
    ("slightly more than", MoreThan),
    ("a little more than", MoreThan),
    ("over", MoreThan),
    ("well over", MoreThan),
    ("slightly over", MoreThan),
    ("a little over", MoreThan),
    ("above", MoreThan),
    ("well above", MoreThan),
    ("beyond", MoreThan),
    ("exceeding", MoreThan),
    ("exceeds", MoreThan),
    ("exceeded", MoreThan),
    ("exceed", MoreThan),
    ("surpassing", MoreThan),
    ("surpasses", MoreThan),
    ("surpassed", MoreThan),
    ("surpass", MoreThan),
    ("topping", MoreThan),
    ("topped", MoreThan),
    ("just over", MoreThan),
    ("just above", MoreThan),
    ("in excess of", MoreThan),
    ("greater than", MoreThan),
    ("higher than", MoreThan),
    ("<=", AtMost),
    ("=<", AtMost),
    ("≤", AtMost),
    ("⩽", AtMost),
    ("up to", AtMost),
    ("at most", AtMost),
    ("at the most", AtMost),
    ("as many as", AtMost),
    ("as much as", AtMost),
    ("as few as", AtLeast),
    ("as little as", AtLeast),
    ("as high as", AtMost),
    ("no more than", AtMost),
    ("not more than", AtMost),
    ("no greater than", AtMost),
    ("not exceeding", AtMost),
    ("a maximum of", AtMost),
    ("maximum of", AtMost),
    ("maximum", AtMost),
    ("max.", AtMost),
    ("max", AtMost),
    ("<", LessThan),
    ("less than", LessThan),
    ("nowhere near", LessThan),
    ("in no way near", LessThan),
    ("much less than", LessThan),
    ("slightly less than", LessThan),
    ("a little less than", LessThan),
    ("fewer than", LessThan),
    ("far fewer than", LessThan),
    ("lower than", LessThan),
    ("under", LessThan),
    ("well under", LessThan),
    ("slightly under", LessThan),
    ("a little under", LessThan),
    ("below", LessThan),
    ("well below", LessThan),
];

/// Phrases after a number.
pub(super) const AFTER: &[(&str, Bound)] = &[
    ("in total", Exact),
    ("in all", Exact),
    ("or so", About),
    ("or thereabouts", About),
    ("-odd", About),
    ("odd", About),
    ("+", AtLeast),
    ("-plus", AtLeast),
    ("plus", AtLeast),
    ("or more", AtLeast),
    ("or above", AtLeast),
    ("or over", AtLeast),
    ("or higher", AtLeast),
    ("and more", AtLeast),
    ("and above", AtLeast),
    ("and over", AtLeast),
    ("and upwards", AtLeast),
    ("upwards", AtLeast),
    ("at least", AtLeast),
    ("at the least", AtLeast),
    ("minimum", AtLeast),
    ("or fewer", AtMost),
    ("or less", AtMost),
    ("or lower", AtMost),
    ("or under", AtMost),
    ("or below", AtMost),
    ("at most", AtMost),
    ("at the most", AtMost),
    ("maximum", AtMost),
];

/// Plurals that stand for a number: from the first value up to, and without, the second.
/// "Tens of thousands" and the like are made from these: 20 to 99 times a thousand.
pub(super) const PLURALS: &[(&str, f64, f64)] = &[
    ("tens", 20.0, 100.0),
    ("dozens", 24.0, 100.0),
    ("scores", 40.0, 100.0),
    ("hundreds", 200.0, 1e3),
    ("thousands", 2e3, 1e4),
    ("lakhs", 2e5, 1e6),
    ("millions", 2e6, 1e7),
    ("crores", 2e7, 1e8),
    ("billions", 2e9, 1e10),
    ("trillions", 2e12, 1e13),
];

/// Words that count vaguely, alone or before a multiplier: from the first value to the second.
/// "Several hundred" is made from these: 3 to 9 times a hundred.
/// "Few" alone gives no number.
pub(super) const COUNTS: &[(&str, f64, f64)] = &[
    ("several", 3.0, 9.0),
    ("several dozen", 36.0, 90.0),
    ("several dozens", 36.0, 90.0),
    ("several tens", 30.0, 90.0),
    ("a few", 2.0, 5.0),
    ("few", 2.0, 5.0),
];

/// What is written where no number is given.
pub(super) const UNKNOWN: &[&str] = &[
    "unknown",
    "not known",
    "n/a",
    "n.a.",
    "na",
    "not given",
    "none given",
    "not stated",
    "not specified",
    "not disclosed",
    "not available",
    "no figure",
    "no figure given",
    "no number",
    "no number given",
    "undetermined",
    "unspecified",
    "undisclosed",
    "unclear",
    "an unknown number",
    "an unspecified number",
    "an undetermined number",
    "an undisclosed number",
    "an unknown amount",
    "an undetermined amount",
    "?",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Decimal, read_estimate};
    use std::collections::BTreeSet;

    #[test]
    fn no_phrase_is_listed_twice() {
        let tables = [
            BEFORE.iter().map(|row| row.0).collect::<Vec<_>>(),
            AFTER.iter().map(|row| row.0).collect(),
            PLURALS.iter().chain(COUNTS).map(|row| row.0).collect(),
            UNKNOWN.to_vec(),
        ];
        for table in tables {
            assert_eq!(table.iter().collect::<BTreeSet<_>>().len(), table.len());
        }
    }

    #[test]
    fn every_phrase_gives_its_bound() {
        for &(phrase, bound) in BEFORE {
            let read = read_estimate(&format!("{phrase} 1,200"), Decimal::Point).map(|r| r.bound);
            assert_eq!(read, Ok(bound), "{phrase}");
        }
        for &(phrase, bound) in AFTER {
            let gap = if phrase.starts_with('-') { "" } else { " " };
            let read = read_estimate(&format!("1,200{gap}{phrase}"), Decimal::Point).map(|r| r.bound);
            assert_eq!(read, Ok(bound), "{phrase}");
        }
        for phrase in UNKNOWN {
            assert_eq!(read_estimate(phrase, Decimal::Point).map(|r| r.bound), Ok(Bound::Unknown), "{phrase}");
        }
        for &(phrase, low, _) in PLURALS {
            let read = read_estimate(phrase, Decimal::Point).map(|r| (r.bound, r.low));
            assert_eq!(read, Ok((Bound::Vague, low)), "{phrase}");
        }
    }
}
