//! The section of a question: the sentence, the pictures, the tables.

use super::link::link;
use super::{anchor, changes, choices, claims, moments, origins};
use crate::analysis::{Analysis, QuestionResult};
use crate::model::{Case, Resolution};
use crate::report::amount::counted;
use crate::report::consensus::left_out;
use crate::report::export::settled_record;
use crate::report::picture::{Drawing, Subject, escaped, graph_picture, influence_picture, timeline_picture};
use crate::report::prose::statement;
use crate::whatif::WhatIf;

/// The section, with its heading on a level.
pub fn section(case: &Case, analysis: &Analysis, result: &QuestionResult, allowance: usize, level: usize) -> String {
    let subject = Subject::new(case, analysis, result);
    let whatif = WhatIf::explore(case, analysis, result, allowance);
    let id = anchor(result);
    let mut html = format!("<section class=\"question\" id=\"{id}\">\n");
    if level > 1 {
        html.push_str(&format!("<h2>{}</h2>\n", escaped(subject.question().heading())));
    }
    html.push_str(&format!(
        "<p class=\"sentence\">{}</p>\n",
        escaped(&statement(case, result, analysis.options.wording).text())
    ));
    if let Some(words) = analysis.options.wording.mapping() {
        html.push_str(&format!("<p class=\"note words\">{}</p>\n", escaped(&words)));
    }
    html.push_str(&facts(case, result));
    if let Some(resolution) = analysis.settled(case, result.question) {
        html.push_str(&settled(resolution, &subject.question().unit));
    }
    let heading = |html: &mut String, text: &str| {
        let level = level + 1;
        html.push_str(&format!("<h{level}>{text}</h{level}>\n"));
    };
    if !result.origins.is_empty() {
        heading(&mut html, "What each origin said, and the range");
        html.push_str(&choices::section(&subject, &whatif, &id));
        html.push_str(&origins::table(&subject));
    }
    let changed = changes::list(&subject);
    if !changed.is_empty() {
        heading(&mut html, "What to look at");
        html.push_str(&changed);
    }
    if result.account.claims > 0 {
        heading(&mut html, "Who repeats whom");
        html.push_str(&figure(&graph_picture(&subject), "natural"));
    }
    let dated = analysis.moments_of(case, result.question);
    if dated.iter().any(|moment| moment.date.is_some()) {
        heading(&mut html, "How the range moved");
        if dated.iter().any(|moment| moment.date.is_some() && moment.result.consensus.range().is_some()) {
            html.push_str(&figure(&timeline_picture(&subject, false), "fluid"));
        }
        html.push_str(&moments::table(case, dated));
    }
    if let Some(drawing) = influence_picture(&subject, &whatif) {
        heading(&mut html, "Without each origin");
        html.push_str(&figure(&drawing, "fluid"));
        html.push_str(
            "<p class=\"note\">Bars lead from the median with all origins to the median without one; lines are the \
            90 % range without it.</p>\n",
        );
    }
    if result.account.claims > 0 {
        heading(&mut html, "Claims");
        html.push_str(&claims::table(&subject, &id));
    }
    html.push_str("</section>\n");
    html
}

/// The counts, as a person asks for them.
fn facts(case: &Case, result: &QuestionResult) -> String {
    let account = &result.account;
    let mut facts = vec![
        format!(
            "{} in {}",
            counted(account.numbers, "number", "numbers"),
            counted(account.publications, "publication", "publications")
        ),
        match account.anonymous_origins {
            0 => counted(account.origins, "origin", "origins"),
            unnamed => format!("{}, {unnamed} unnamed", counted(account.origins, "origin", "origins")),
        },
    ];
    let used = result.consensus.used();
    if used > 0 {
        let worth = format!("worth {:.1} independent ones", result.consensus.effective_origins);
        facts.push(if used == 1 { "1 origin used".to_owned() } else { format!("{used} origins used, {worth}") });
    }
    let silent = account.claims - account.numbers;
    if silent > 0 {
        facts.push(format!("{} without a number", counted(silent, "claim", "claims")));
    }
    facts.extend(left_out(case, result));
    let items: String = facts.iter().map(|fact| format!("<li>{}</li>", escaped(fact))).collect();
    format!("<ul class=\"facts\">{items}</ul>\n")
}

/// The value as it was settled, with the address of the evidence.
fn settled(resolution: &Resolution, unit: &str) -> String {
    let sentence = settled_record(resolution).sentence(Some(unit).filter(|unit| !unit.is_empty()));
    let evidence = match resolution.url.trim() {
        "" => String::new(),
        address => format!(" {}", link(address, "source")),
    };
    let note = if resolution.note.is_empty() { String::new() } else { format!(" {}", escaped(&resolution.note)) };
    format!("<p class=\"settled\">{}{evidence}{note}</p>\n", escaped(&sentence))
}

/// A picture in a frame that scrolls where the page is narrower.
fn figure(drawing: &Drawing, class: &str) -> String {
    let label = escaped(&drawing.title);
    let drawn = drawing.embedded(class);
    format!("<figure class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">{drawn}</figure>\n")
}
