//! QuickStatements, version 1: a Wikidata statement for each figure that stands behind a range.
//!
//! Contradicting sources are separate statements there, and bounds are for the uncertainty of one of
//! them. So every origin gets its own statement with its own reference, and none is written for the
//! range. A quantity has an amount: a floor, a ceiling and a word such as "dozens" have none, and
//! are left out.

use std::io::{self, Write};

use super::address::web;
use super::dossier::{ClaimRecord, Dossier, QuestionRecord};
use crate::report::paint::safe;
use crate::report::table::plain;

/// "circa", as a value of "sourcing circumstances" (P1480).
const CIRCA: &str = "Q5727902";

/// Writes the statements: item, property, quantity, then the point in time (P585), then the
/// reference by address (S854) and date of publication (S577), then a remark with the claim's id.
/// Questions without an item and a property are left out.
///
/// # Errors
/// Where `out` fails.
pub fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    for question in &dossier.questions {
        let target = dossier.targets.get(&question.id).or_else(|| dossier.targets.get(""));
        let Some(target) = target.filter(|target| !target.item.is_empty() && !target.property.is_empty()) else {
            continue;
        };
        for claim in used(question) {
            let Some(quantity) = quantity(claim) else { continue };
            let mut cells = vec![target.item.clone(), target.property.clone(), quantity];
            if claim.bound == "about" {
                cells.extend(["P1480".to_owned(), CIRCA.to_owned()]);
            }
            if let Some(time) = claim.as_of.as_deref().or(claim.published.as_deref()).and_then(time) {
                cells.extend(["P585".to_owned(), time]);
            }
            if let Some(url) = claim.url.as_deref().and_then(web) {
                cells.extend(["S854".to_owned(), format!("\"{url}\"")]);
                if let Some(time) = claim.published.as_deref().and_then(time) {
                    cells.extend(["S577".to_owned(), time]);
                }
            }
            writeln!(out, "{} /* {} */", cells.join("\t"), remark(&claim.claim))?;
        }
    }
    Ok(())
}

/// The claims whose figures stand for the used origins, each once.
fn used(question: &QuestionRecord) -> Vec<&ClaimRecord> {
    let mut claims: Vec<&ClaimRecord> = Vec::new();
    for origin in question.origins.iter().filter(|origin| origin.used) {
        if let Some(claim) = question.claim(&origin.claim)
            && !claims.iter().any(|known| known.claim == claim.claim)
        {
            claims.push(claim);
        }
    }
    claims
}

/// `1000`, or `2000[1000,3000]` with the middle of a range; none where there is no amount.
fn quantity(claim: &ClaimRecord) -> Option<String> {
    if claim.share_of.is_some() {
        return None;
    }
    let (low, high) = (claim.low?, claim.high?);
    match (claim.bound, claim.interval) {
        ("exact" | "about", Some(stated)) => {
            Some(format!("{}[{},{}]", number(low)?, number(stated.low)?, number(stated.high)?))
        }
        ("exact" | "about", None) => number(low),
        ("range", _) => Some(format!("{}[{},{}]", number(f64::midpoint(low, high))?, number(low)?, number(high)?)),
        _ => None,
    }
}

/// Wikidata reads no exponents.
fn number(value: f64) -> Option<String> {
    let text = plain(value);
    (!text.contains('e') && !text.is_empty()).then_some(text)
}

/// `+2025-02-27T00:00:00Z/11`: the precision is 11 for a day, 10 for a month, 9 for a year.
fn time(date: &str) -> Option<String> {
    let precision = match date.len() {
        4 => 9,
        7 => 10,
        10 => 11,
        _ => return None,
    };
    let rest = &"-00-00"[date.len() - 4..];
    Some(format!("+{date}{rest}T00:00:00Z/{precision}"))
}

/// A claim's id without what could end the remark, the line or the cell.
fn remark(text: &str) -> String {
    safe(text).replace(['\t', '|', '/', '*', '"'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_the_precision_that_is_known() {
        assert_eq!(time("2025-02-27").unwrap(), "+2025-02-27T00:00:00Z/11");
        assert_eq!(time("2025-02").unwrap(), "+2025-02-00T00:00:00Z/10");
        assert_eq!(time("2025").unwrap(), "+2025-00-00T00:00:00Z/9");
    }

    #[test]
    fn a_remark_cannot_end_itself_nor_its_line() {
        assert_eq!(remark("K*/1\tx\n|"), "K__1x_");
    }
}
