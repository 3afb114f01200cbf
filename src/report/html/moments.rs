//! What changed on each date.

use crate::consensus::Outcome;
use crate::model::{Case, ClaimId};
use crate::report::amount::{amount_beside, amount_range, counted};
use crate::report::picture::{escaped, figure, spoken_date};
use crate::timeline::Moment;

/// Dates that are listed, the latest of them; timeline.csv has all.
const SHOWN: usize = 200;
/// Claims that are written out for a date.
const CLAIMS: usize = 40;

/// A row for each date.
pub fn table(case: &Case, moments: &[Moment]) -> String {
    let left_out = moments.len().saturating_sub(SHOWN);
    let mut html = String::from(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"What changed\"><table class=\"moments\">\
        <caption>What changed, and when</caption><thead><tr><th scope=\"col\">Date</th>\
        <th scope=\"col\">90 % range</th><th scope=\"col\">Median</th><th scope=\"col\">Origins</th>\
        <th scope=\"col\">What came</th></tr></thead><tbody>\n",
    );
    if left_out > 0 {
        html.push_str(&format!("<tr><td colspan=\"5\">{left_out} earlier dates are in timeline.csv</td></tr>\n"));
    }
    let mut before: Option<f64> = None;
    // Dates are numbered as in the picture.
    let undated = moments.iter().filter(|moment| moment.date.is_none()).count();
    for (at, moment) in moments.iter().enumerate() {
        let date = moment.date.map_or("undated".to_owned(), spoken_date);
        let (range, median) = match &moment.result.consensus.outcome {
            Outcome::None { .. } => ("no range".to_owned(), String::new()),
            Outcome::Range(range) if range.camps.len() > 1 => {
                before = None;
                let camps: Vec<String> = range.camps.iter().map(|camp| amount_range(camp.low, camp.high)).collect();
                (camps.join(" or "), range.shape().to_string())
            }
            Outcome::Range(range) => {
                let values = &range.quantiles.values;
                let median = amount_beside(values[4], values[5] - values[3]);
                let change = before.filter(|&old| old > 0.0).map_or(String::new(), |old| change(values[4] / old));
                before = Some(values[4]);
                (amount_range(values[1], values[7]), format!("{median}{change}"))
            }
        };
        if at < left_out {
            continue;
        }
        let number = match (at + 1).checked_sub(undated) {
            Some(number) if number > 0 => format!("<span class=\"dim\">{number}</span> "),
            _ => String::new(),
        };
        html.push_str(&format!(
            "<tr><th scope=\"row\">{number}{date}</th><td>{range}</td><td>{median}</td><td>{}</td><td>{}</td></tr>\n",
            counted(moment.result.account.origins, "origin", "origins"),
            came(case, &moment.changed_by)
        ));
    }
    html.push_str("</tbody></table></div>\n");
    html
}

/// " (+58 %)", where the median moved by a per cent or more.
fn change(ratio: f64) -> String {
    let change = 100.0 * (ratio - 1.0);
    if change.abs() < 0.95 { String::new() } else { format!(" ({change:+.0} %)").replace('-', "−") }
}

fn came(case: &Case, claims: &[ClaimId]) -> String {
    if claims.is_empty() {
        return "the number of which figures here are shares".to_owned();
    }
    let said = |&claim: &ClaimId| {
        format!("{} {}: {}", case.claims.name(claim), case.publisher_name(claim), figure(case, claim))
    };
    let mut said: Vec<String> = claims.iter().take(CLAIMS).map(said).collect();
    if claims.len() > CLAIMS {
        said.push(format!("and {} more", claims.len() - CLAIMS));
    }
    escaped(&said.join("; "))
}
