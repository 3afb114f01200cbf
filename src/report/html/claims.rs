//! The claims of a question, to filter and to sort.

use super::link::link;
use crate::graph::Standing;
use crate::model::ClaimId;
use crate::report::claims::flags;
use crate::report::drifts::sentence;
use crate::report::picture::{Subject, escaped, figure};

/// Claims that a page holds; claims.csv has all.
const SHOWN: usize = 2000;

/// A row for each claim.
pub fn table(subject: &Subject<'_>, id: &str) -> String {
    let claims: Vec<ClaimId> = subject.graph.claims().collect();
    let mut html = format!(
        "<p class=\"tools\" hidden><label for=\"find-{id}\">Find</label> <input id=\"find-{id}\" class=\"filter\" \
        type=\"search\" autocomplete=\"off\"> <output class=\"found\" aria-live=\"polite\">{} claims</output></p>\n",
        claims.len()
    );
    if claims.len() > SHOWN {
        html.push_str(&format!("<p>The first {SHOWN} claims; claims.csv has all of them.</p>\n"));
    }
    html.push_str(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Claims\"><table class=\"claims sortable\">\
        <thead><tr><th scope=\"col\">Claim</th><th scope=\"col\">Publisher</th><th scope=\"col\">Figure</th>\
        <th scope=\"col\">Published</th><th scope=\"col\">Chain</th><th scope=\"col\">Remarks</th>\
        <th scope=\"col\">Evidence</th></tr></thead><tbody>\n",
    );
    for &claim in claims.iter().take(SHOWN) {
        html.push_str(&row(subject, claim));
    }
    html.push_str("</tbody></table></div>\n");
    html
}

fn row(subject: &Subject<'_>, claim: ClaimId) -> String {
    let (case, graph, at) = (subject.case, &subject.graph, claim.index());
    let claims = &case.claims;
    let mut remarks = Vec::new();
    match graph.standing(claim) {
        Standing::LeftOut(why) => remarks.push(format!("left out: {}", why.why(case, claim))),
        Standing::NoNumber => remarks.push("gives no number".to_owned()),
        Standing::Used => {}
    }
    let drifts = graph.drifts_of(claim);
    remarks.extend(flags(graph, claim).into_iter().filter(|flag| !flag.ends_with(" drift")));
    remarks.extend(drifts.iter().map(|drift| sentence(case, drift)));
    let (low, high) = claims.estimate(claim).ends();
    let value =
        if low.is_finite() && high.is_finite() { format!(" data-v=\"{}\"", 0.5 * (low + high)) } else { String::new() };
    let date = claims.published.get(at).map_or(String::new(), |date| date.to_string());
    let chain = graph.node(claim).map_or_else(String::new, |node| graph.chain(node)).replace(" > ", " › ");
    let class = if graph.standing(claim) == Standing::Used { "" } else { " class=\"out\"" };
    format!(
        "<tr{class}><th scope=\"row\">{}</th><td>{}</td><td{value}>{}</td><td>{date}</td><td>{}</td><td>{}</td>\
        <td>{}</td></tr>\n",
        escaped(&claims.name(claim)),
        escaped(&case.publisher_name(claim)),
        escaped(&figure(case, claim)),
        escaped(&chain),
        escaped(&remarks.join("; ")),
        evidence(subject, claim)
    )
}

/// Links, the place of the quote, the words of attribution, and the remark of the case.
fn evidence(subject: &Subject<'_>, claim: ClaimId) -> String {
    let (claims, at) = (&subject.case.claims, claim.index());
    let mut parts = Vec::new();
    for (address, words) in [(claims.url.get(at), "source"), (claims.archive.get(at), "archived copy")] {
        if !address.trim().is_empty() {
            parts.push(link(address, words));
        }
    }
    for (name, text) in [("at ", claims.locator.get(at)), ("cue: ", claims.cue.get(at)), ("", claims.note.get(at))] {
        if !text.is_empty() {
            parts.push(format!("{name}{}", escaped(text)));
        }
    }
    parts.join("; ")
}
