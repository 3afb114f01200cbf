//! The questions at a glance, and the index page of a case with many.

use super::{Page, document, file_name};
use crate::analysis::QuestionResult;
use crate::consensus::Outcome;
use crate::model::{Case, unit};
use crate::report::amount::{amount_beside, amount_range};
use crate::report::picture::escaped;

/// A row for each question, with a link where `address` gives one.
pub fn table(case: &Case, results: &[QuestionResult], address: impl Fn(&QuestionResult) -> String) -> String {
    let mut html = String::from(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Questions\">\
        <table class=\"glance\"><thead><tr><th scope=\"col\">Question</th><th scope=\"col\">90 % range</th>\
        <th scope=\"col\">Median</th><th scope=\"col\">Numbers</th><th scope=\"col\">Origins</th></tr></thead><tbody>\n",
    );
    for result in results {
        let (question, account) = (case.question(result.question), &result.account);
        let unit = if question.unit.is_empty() { String::new() } else { format!(" {}", unit::plural(&question.unit)) };
        let (range, median) = match &result.consensus.outcome {
            Outcome::None { .. } => ("no range".to_owned(), String::new()),
            // A median between two camps is nobody's number.
            Outcome::Range(range) if range.camps.len() > 1 => {
                let camps: Vec<String> = range.camps.iter().map(|camp| amount_range(camp.low, camp.high)).collect();
                (format!("{}{unit}", camps.join(" or ")), range.shape().to_string())
            }
            Outcome::Range(range) => {
                let values = &range.quantiles.values;
                let ends = format!("{}{unit}", amount_range(values[1], values[7]));
                (ends, amount_beside(values[4], values[5] - values[3]))
            }
        };
        let unnamed = match account.anonymous_origins {
            0 => String::new(),
            some => format!(", {some} unnamed"),
        };
        let (address, heading) = (address(result), escaped(question.heading()));
        let heading = if address.is_empty() { heading } else { format!("<a href=\"{address}\">{heading}</a>") };
        html.push_str(&format!(
            "<tr><th scope=\"row\">{heading}</th><td>{}</td><td>{median}</td><td>{}</td><td>{}{unnamed}</td></tr>\n",
            escaped(&range),
            account.numbers,
            account.origins
        ));
    }
    html.push_str("</tbody></table></div>\n");
    html
}

/// The index of a case with many questions, of which the first have pages.
pub fn page(case: &Case, results: &[QuestionResult], with_page: usize, constants: &str) -> Page {
    let mut main = format!(
        "<p class=\"tools\" hidden><label for=\"find\">Find</label> <input id=\"find\" class=\"filter\" type=\"search\" \
        autocomplete=\"off\"> <output class=\"found\" aria-live=\"polite\">{} questions</output></p>\n",
        results.len()
    );
    if with_page < results.len() {
        main.push_str(&format!(
            "<p>The first {with_page} questions have pages of their own; for another, name it with \
            <code>--question</code>.</p>\n"
        ));
    }
    let last = results.get(with_page).map(|result| result.question);
    let has_page = |result: &QuestionResult| last.is_none_or(|last| result.question < last);
    let address = |result: &QuestionResult| if has_page(result) { file_name(case, result) } else { String::new() };
    main.push_str(&table(case, results, address));
    let title = format!("{} questions: who says so, and what follows", results.len());
    Page { name: "report.html".to_owned(), text: document::document(&title, &main, constants, None) }
}
