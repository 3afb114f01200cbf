//! The origins of a question, with who first printed each figure and the relays folded under it.

use crate::analysis::OriginSummary;
use crate::consensus::Standing as Use;
use crate::graph::Standing;
use crate::model::ClaimId;
use crate::report::amount::counted;
use crate::report::picture::{Subject, escaped, figure, moved, spoken_date};

/// Relays that are listed under an origin; claims.csv has all.
const RELAYS: usize = 200;

/// A row for each origin, those with most weight first.
pub fn table(subject: &Subject<'_>) -> String {
    let mut html = String::from(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Origins\"><table class=\"origins\">\
        <caption>Origins: where the chains end</caption><thead><tr><th scope=\"col\">Origin</th>\
        <th scope=\"col\">Figure</th><th scope=\"col\">First printed</th><th scope=\"col\">Relays</th>\
        <th scope=\"col\">Weight</th><th scope=\"col\">Moves the median</th></tr></thead><tbody>\n",
    );
    let mut origins: Vec<(usize, &OriginSummary)> = subject.result.origins.iter().enumerate().collect();
    let weight = |origin: &OriginSummary| {
        let standing = origin.evidence.and_then(|at| subject.result.consensus.origins.get(at));
        standing.and_then(Use::weight).unwrap_or(-1.0)
    };
    // Stable: those of equal weight keep the order of their first figures.
    origins.sort_by(|a, b| weight(b.1).total_cmp(&weight(a.1)));
    for (at, origin) in origins {
        html.push_str(&row(subject, at, origin));
    }
    html.push_str("</tbody></table></div>\n");
    html
}

fn row(subject: &Subject<'_>, at: usize, origin: &OriginSummary) -> String {
    let (case, graph) = (subject.case, &subject.graph);
    let (own, all) = graph.origins().get(at).map_or((&[][..], &[][..]), |o| (&o.own_figures[..], &o.figures[..]));
    let unnamed = if origin.is_named { "" } else { " <span class=\"tag\">unnamed</span>" };
    let stake = match origin.party {
        crate::model::Party::Source(source) if case.source(source).party => " <span class=\"tag\">has a stake</span>",
        _ => "",
    };
    let said = format!(
        "{} <span class=\"dim\">{}</span>",
        escaped(&figure(case, origin.claim)),
        escaped(&name(subject, origin.claim))
    );
    let relays: Vec<ClaimId> = all.iter().copied().filter(|claim| !own.contains(claim)).collect();
    let standing = origin.evidence.and_then(|at| subject.result.consensus.origins.get(at)).copied();
    let (weight, moves) = match standing {
        Some(Use::Used(None)) => (String::new(), String::new()),
        Some(Use::Used(Some(influence))) => {
            (format!("{:.0} %", 100.0 * influence.weight), influence.pull.map_or("the only origin".to_owned(), moved))
        }
        Some(Use::Unused(why)) => ("left out".to_owned(), why.to_string()),
        None => match graph.standing(origin.claim) {
            Standing::LeftOut(why) => ("left out".to_owned(), why.why(case, origin.claim)),
            _ => ("left out".to_owned(), String::new()),
        },
    };
    format!(
        "<tr><th scope=\"row\">{}{unnamed}{stake}</th><td>{said}</td><td>{}</td><td>{}</td><td>{weight}</td>\
        <td>{}</td></tr>\n",
        escaped(&origin.name),
        first(subject, own, all),
        folded(subject, &relays),
        escaped(&moves)
    )
}

/// The id of a claim; one that is a mere number is called a claim.
fn name(subject: &Subject<'_>, claim: ClaimId) -> String {
    let name = subject.case.claims.name(claim);
    if name.bytes().all(|byte| byte.is_ascii_digit()) { format!("claim {name}") } else { name }
}

/// The earliest claim that carries the figure: "JoongAng Ilbo, 27 February 2025 (K01)".
fn first(subject: &Subject<'_>, own: &[ClaimId], all: &[ClaimId]) -> String {
    let claims = &subject.case.claims;
    // Of one day, what comes straight from the origin is first.
    let key = |claim: &ClaimId| {
        let date = claims.published.get(claim.index()).map(crate::model::Date::to_last_day);
        (date.is_none(), date, !own.contains(claim), *claim)
    };
    let Some(&first) = all.iter().min_by_key(|claim| key(claim)) else { return String::new() };
    let date = claims.published.get(first.index()).map_or(String::new(), |date| format!(", {}", spoken_date(date)));
    let (name, who) = (name(subject, first), subject.case.publisher_name(first));
    format!("{}{date} <span class=\"dim\">{}</span>", escaped(&who), escaped(&name))
}

fn folded(subject: &Subject<'_>, relays: &[ClaimId]) -> String {
    if relays.is_empty() {
        return "none".to_owned();
    }
    let case = subject.case;
    let mut items: String = relays
        .iter()
        .take(RELAYS)
        .map(|&claim| {
            let text = format!("{} {}: {}", case.claims.name(claim), case.publisher_name(claim), figure(case, claim));
            format!("<li>{}</li>", escaped(&text))
        })
        .collect();
    if relays.len() > RELAYS {
        items.push_str(&format!("<li>and {} more, in claims.csv</li>", relays.len() - RELAYS));
    }
    format!("<details><summary>{}</summary><ul>{items}</ul></details>", counted(relays.len(), "relay", "relays"))
}
