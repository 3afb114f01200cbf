//! What a person should look at on a question: drifts, circles, hollow confirmations, points on which much rests.

use crate::model::ClaimId;
use crate::report::circles::{meaning, way_round};
use crate::report::drifts::sentence;
use crate::report::picture::{Subject, escaped};

/// Most entries of one list.
const SHOWN: usize = 60;

/// The list; empty where there is nothing to look at.
pub fn list(subject: &Subject<'_>) -> String {
    let (case, graph, account) = (subject.case, &subject.graph, &subject.result.account);
    let who = |claim: ClaimId| format!("{} {}", case.claims.name(claim), case.publisher_name(claim));
    let mut items: Vec<String> = Vec::new();
    for point in &account.points {
        let name = if point.is_named { point.name.clone() } else { format!("{}, unnamed", point.name) };
        items.push(if point.is_full {
            format!("Single point of failure: all {} publications rest on {name}.", point.of)
        } else {
            format!("{} of {} publications rest on {name}.", point.publications, point.of)
        });
    }
    for drift in graph.drifts() {
        items.push(format!("{}: {}. {}", who(drift.claim), sentence(case, &drift), drift.rule.explanation));
    }
    for hollow in graph.hollow() {
        items.push(format!("{}: hollow confirmation, {}.", who(hollow.claim), hollow.why.why()));
    }
    for circle in graph.circles() {
        items.push(format!("Circular reporting, {}: {}.", way_round(graph, circle), meaning(circle)));
    }
    for remark in &subject.result.remarks {
        items.push(format!("{}: {}; {}.", who(remark.claim), remark.what, remark.remedy));
    }
    if items.is_empty() {
        return String::new();
    }
    let more = items.len().saturating_sub(SHOWN);
    items.truncate(SHOWN);
    let mut html: String = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect();
    if more > 0 {
        html.push_str(&format!("<li>and {more} more, in drifts.csv and circles.csv</li>\n"));
    }
    format!("<ul class=\"changes\">\n{html}</ul>\n")
}
