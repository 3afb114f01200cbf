//! report.html: one page for a few questions, or an index and a page for each. Nothing is loaded from anywhere, and all
//! of it reads without a script; the script adds choices, filters and sorting.

mod changes;
mod choices;
mod claims;
mod document;
mod index;
mod link;
mod moments;
mod origins;
mod question;
mod sources;

use rayon::prelude::*;

pub use document::BEGINNING;

use crate::analysis::{Analysis, QuestionResult};
use crate::consensus::Settings;
use crate::model::Case;

/// Questions that stand on one page; beyond, each has its own.
const TOGETHER: usize = 12;

/// Most questions that get pages of their own; the index lists all.
const PAGES: usize = 20_000;

/// What is spent on answers to choices, in figures weighed (about 0.05 ms each): for a question on a page with few, and
/// for all questions of a report with many, of which each gets a share.
const ALLOWANCE: usize = 8_000;
const SHARED: usize = 12_000;
const LEAST: usize = 8;

/// A file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// name, in a folder or not
    pub name: String,
    /// content
    pub text: String,
}

/// The pages of a report, `report.html` first. The same case gives the same bytes.
///
/// ```
/// let case = sayso::ingest::read("data/kursk-article".as_ref(), Default::default())?.case;
/// let analysis = sayso::analyse(&case, &sayso::Options::default());
/// let pages = sayso::report::html::pages(&case, &analysis);
/// assert_eq!((pages.len(), &*pages[0].name), (1, "report.html"));
/// assert!(pages[0].text.contains("default-src 'none'"));
/// # Ok::<(), sayso::ingest::Error>(())
/// ```
#[must_use]
pub fn pages(case: &Case, analysis: &Analysis) -> Vec<Page> {
    let results = &analysis.questions;
    let is_together = results.len() <= TOGETHER;
    let allowance = if is_together { ALLOWANCE } else { (SHARED / results.len()).max(LEAST) };
    // The moments are found by all threads together, before each takes its questions.
    let _ = analysis.moments(case);
    if is_together {
        let sections: Vec<String> =
            results.par_iter().map(|result| question::section(case, analysis, result, allowance, 2)).collect();
        let title = match &results[..] {
            [only] => case.question(only.question).heading().to_owned(),
            several => format!("{} questions: who says so, and what follows", several.len()),
        };
        let mut main = String::new();
        if let [_, _, ..] = &results[..] {
            main.push_str(&index::table(case, results, |result| format!("#{}", anchor(result))));
        }
        main.extend(sections);
        main.push_str(&sources::section(case, analysis, &sources::of_questions(case, results)));
        return vec![Page {
            name: "report.html".to_owned(),
            text: document::document(&title, &main, &constants(analysis), None),
        }];
    }
    let with_page = results.len().min(PAGES);
    let mut pages = vec![index::page(case, results, with_page, &constants(analysis))];
    let own: Vec<Page> =
        results[..with_page].par_iter().map(|result| page(case, analysis, result, allowance)).collect();
    pages.extend(own);
    pages
}

fn page(case: &Case, analysis: &Analysis, result: &QuestionResult, allowance: usize) -> Page {
    let mut main = question::section(case, analysis, result, allowance, 1);
    main.push_str(&sources::section(case, analysis, &sources::of_questions(case, std::slice::from_ref(result))));
    let title = case.question(result.question).heading();
    Page {
        name: file_name(case, result),
        text: document::document(title, &main, &constants(analysis), Some("../report.html")),
    }
}

/// Which constants are in force, in words.
fn constants(analysis: &Analysis) -> String {
    match analysis.learned.fitted_on {
        0 if analysis.options.settings != Settings::default() => {
            "given in a settings file; run.json has them".to_owned()
        }
        0 => "built in, wide since too few values are settled to fit any".to_owned(),
        n => format!("fitted on {n} settled values of the case"),
    }
}

/// "questions/0012-kursk_casualties.html": the number makes it unique, the id easy to find.
fn file_name(case: &Case, result: &QuestionResult) -> String {
    let id = &case.question(result.question).id;
    let plain: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).take(60).collect();
    format!("questions/{:04}-{plain}.html", result.question.index() + 1)
}

fn anchor(result: &QuestionResult) -> String {
    format!("q{}", result.question.index() + 1)
}
