//! The forest plot with its choices: named origins only, without parties, without one origin, as of a date. The answers
//! were worked out beforehand and stand in the page; a choice that was not says so.

use serde_json::{Value, json};

use crate::model::Party;
use crate::report::picture::{Subject, Width, band, domain, escaped, forest_as_of, range_words, spoken_date};
use crate::whatif::{State, WhatIf};

/// The choices, the plots and the answers.
pub fn section(subject: &Subject<'_>, whatif: &WhatIf, id: &str) -> String {
    let axis = domain(subject);
    // A date is offered where its plain answer is there.
    let dates: Vec<usize> = (0..whatif.dates.len()).filter(|&date| whatif.answer(date, 0, None).is_some()).collect();
    let mut html = format!("<div class=\"explore\" id=\"explore-{id}\">\n");
    html.push_str(&form(subject, whatif, &dates, id));
    for &date in &dates {
        let moments = subject.analysis.moments_of(subject.case, subject.result.question);
        let moment = whatif.dates[date].and_then(|_| moments.iter().find(|moment| moment.date == whatif.dates[date]));
        let then = moment.map(|moment| Subject::at(subject.case, subject.analysis, moment));
        let shown = then.as_ref().unwrap_or(subject);
        let hidden = if date == 0 { "" } else { " hidden" };
        html.push_str(&format!("<figure class=\"forest\" data-date=\"{date}\"{hidden}>"));
        for (width, class) in [(Width::Wide, "on-wide"), (Width::Narrow, "on-narrow")] {
            html.push_str(&forest_as_of(shown, &axis, width).embedded(class));
        }
        html.push_str("</figure>\n");
    }
    let data = data(subject, whatif, &axis);
    html.push_str(&format!("<script type=\"application/json\" class=\"answers\">{data}</script>\n</div>\n"));
    html
}

fn form(subject: &Subject<'_>, whatif: &WhatIf, dates: &[usize], id: &str) -> String {
    let origins = &subject.result.origins;
    let used = || whatif.origins.iter().map(|&at| &origins[at]);
    let is_party = |party: Party| matches!(party, Party::Source(source) if subject.case.source(source).party);
    let (some_unnamed, some_party) = (used().any(|o| !o.is_named), used().any(|o| is_party(o.party)));
    let mut html = String::from("<form class=\"choices\" hidden><fieldset><legend>What if</legend>\n");
    let mut check = |name: &str, label: &str, is_there: bool| {
        let (disabled, why) = if is_there { ("", "") } else { (" disabled", " (none here)") };
        html.push_str(&format!(
            "<label><input type=\"checkbox\" name=\"{name}\" id=\"{name}-{id}\" autocomplete=\"off\"{disabled}> \
            {label}{why}</label>\n"
        ));
    };
    check("named", "named only", some_unnamed);
    check("parties", "without parties", some_party);
    html.push_str(&format!("<label for=\"drop-{id}\">drop this origin <select id=\"drop-{id}\" name=\"drop\" autocomplete=\"off\"><option value=\"0\">none</option>"));
    for (at, origin) in used().enumerate() {
        html.push_str(&format!("<option value=\"{}\">{}</option>", at + 1, escaped(&origin.name)));
    }
    html.push_str("</select></label>\n");
    html.push_str(&format!("<label for=\"date-{id}\">as of <select id=\"date-{id}\" name=\"date\" autocomplete=\"off\"><option value=\"0\">now</option>"));
    for &at in dates.iter().rev() {
        if let Some(date) = whatif.dates[at] {
            html.push_str(&format!("<option value=\"{at}\">{}</option>", spoken_date(date)));
        }
    }
    html.push_str("</select></label>\n<button type=\"reset\">Start over</button>\n</fieldset>\n");
    html.push_str("<output class=\"answer\" aria-live=\"polite\"></output></form>\n");
    html
}

/// The answers: where the band lies, the words of the range, and for each combination which answer it has.
fn data(subject: &Subject<'_>, whatif: &WhatIf, axis: &crate::report::picture::Axis) -> String {
    let unit = subject.unit();
    let state = |state: &State| {
        let (main, detail) = range_words(&state.outcome, &unit);
        let counts = format!("{} origins used, worth {:.1}", state.used, state.effective);
        let band: Value = serde_json::from_str(&band(axis, &state.outcome).numbers()).unwrap_or(Value::Null);
        json!([band, main, detail, counts])
    };
    let names: Vec<&str> = whatif.origins.iter().map(|&at| &*subject.result.origins[at].name).collect();
    let answers: Vec<Value> = whatif.answers().iter().map(|at| at.map_or(Value::from(-1), Value::from)).collect();
    let states: Vec<Value> = whatif.states.iter().map(state).collect();
    // No tag can begin in it.
    json!({ "origins": names, "answers": answers, "states": states }).to_string().replace('<', "\\u003c")
}
