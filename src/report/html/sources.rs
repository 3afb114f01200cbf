//! The sources behind some questions: what the analyst says of each beside what it has shown.

use std::collections::BTreeSet;

use crate::analysis::{Analysis, QuestionResult};
use crate::consensus::SourceSlot;
use crate::model::{Case, Party, SourceId};
use crate::report::picture::escaped;
use crate::report::sources::mirrors;

/// Sources that a page holds; sources.csv has all.
const SHOWN: usize = 1000;

/// The sources that claims on the questions come from or credit.
pub fn of_questions(case: &Case, results: &[QuestionResult]) -> BTreeSet<SourceId> {
    let mut found = BTreeSet::new();
    for claim in results.iter().flat_map(|result| case.claims_of(result.question)) {
        found.insert(case.claims.publisher[claim.index()]);
        for element in case.claims.via.get(claim.index()) {
            if let Party::Source(source) = element.party {
                found.insert(source);
            }
        }
    }
    found
}

/// The table of sources.
pub fn section(case: &Case, analysis: &Analysis, sources: &BTreeSet<SourceId>) -> String {
    if sources.is_empty() {
        return String::new();
    }
    let mut html = String::from(
        "<section id=\"sources\">\n<h2>Sources</h2>\n<p class=\"note\">The grade is the analyst's, A to F; F says that \
        the source cannot be judged. The record is learned from the questions of the case: its error is relative on \
        logarithmic scales, 0.25 for a quarter, and intervals hold 90 %. Without figures there is no record.</p>\n\
        <div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Sources\"><table class=\"sources sortable\">\
        <thead><tr><th scope=\"col\">Source</th><th scope=\"col\">Kind</th><th scope=\"col\">Stake</th>\
        <th scope=\"col\">Grade</th><th scope=\"col\">Figures</th><th scope=\"col\">Error</th>\
        <th scope=\"col\">Bias</th><th scope=\"col\">Says the same as</th></tr></thead><tbody>\n",
    );
    for &id in sources.iter().take(SHOWN) {
        html.push_str(&row(case, analysis, id));
    }
    html.push_str("</tbody></table></div>\n");
    if sources.len() > SHOWN {
        html.push_str(&format!("<p>The first {SHOWN} sources; sources.csv has all of them.</p>\n"));
    }
    html.push_str("</section>\n");
    html
}

fn row(case: &Case, analysis: &Analysis, id: SourceId) -> String {
    let (source, slot) = (case.source(id), SourceSlot(id.0));
    let guessed = if source.kind_guessed { ", guessed" } else { "" };
    let country = if source.country.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"dim\">{}</span>", escaped(&source.country))
    };
    let record = match analysis.learned.record(slot) {
        Some(record) => format!(
            "<td>{}</td><td>{:.2} ({:.2} to {:.2})</td><td>{:+.2} ({:+.2} to {:+.2})</td>",
            record.figures,
            record.error[1],
            record.error[0],
            record.error[2],
            record.bias[1],
            record.bias[0],
            record.bias[2]
        ),
        None => "<td></td><td>no record</td><td></td>".to_owned(),
    };
    let same: Vec<String> = mirrors(case, &analysis.learned, slot).into_iter().map(|(text, _)| text).collect();
    format!(
        "<tr><th scope=\"row\">{}{country}</th><td>{}{guessed}</td><td>{}</td><td>{}</td>{record}<td>{}</td></tr>\n",
        escaped(&source.name),
        source.kind.name(),
        if source.party { "yes" } else { "" },
        source.reliability.map_or("none", |grade| grade.name()),
        escaped(&same.join("; "))
    )
}
