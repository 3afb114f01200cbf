//! report.html as bytes: whole, sealed, without an address that a browser would load.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;

use sayso::analysis::Analysis;
use sayso::consensus::Outcome;
use sayso::model::Case;
use sayso::report::html::pages;
use sayso::whatif::WhatIf;
use sayso::{Options, analyse};

fn kursk() -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kursk-2025");
    sayso::ingest::read(&path, sayso::ingest::Limits::default()).unwrap().case
}

fn find<'a>(case: &Case, analysis: &'a Analysis, id: &str) -> &'a sayso::analysis::QuestionResult {
    let question = case.find_question(id).unwrap();
    analysis.questions.iter().find(|result| result.question == question).unwrap()
}

#[test]
fn the_kursk_report_is_one_file_of_at_most_a_megabyte() {
    let case = kursk();
    let pages = pages(&case, &analyse(&case, &Options::default()));
    assert_eq!(pages.len(), 1);
    assert!(pages[0].text.len() <= 1_000_000, "{}", pages[0].text.len());
    for loaded in [" src=", "url(http", "@import", "<link", "<iframe", "style=\""] {
        assert!(!pages[0].text.contains(loaded), "{loaded}");
    }
}

#[test]
fn the_kursk_page_answers_what_a_reader_asks() {
    let case = kursk();
    let analysis = analyse(&case, &Options::default());
    let values = find(&case, &analysis, "kursk_reinforcement").consensus.range().unwrap().quantiles.values;
    let range = format!("{} people", sayso::report::amount_range(values[1], values[7]));
    let text = &pages(&case, &analysis)[0].text;
    let from = text.find("<section class=\"question\" id=\"q4\">").unwrap();
    let text = &text[from..text[from..].find("</section>").unwrap() + from];
    for answer in [
        &range,
        "4 origins, 2 unnamed",
        "own sources (JoongAng Ilbo) <span class=\"tag\">unnamed</span>",
        "JoongAng Ilbo, 27 February 2025 <span class=\"dim\">K01</span>",
        "K10 UNN: attribution drift: credits NIS, which had given no number by then (K02)",
        "K11 KBS: attribution drift",
        "K12 ZeroHedge: attribution drift",
        "27 March 2025",
        "K16 JCS: at least 3,000",
    ] {
        assert!(text.contains(answer), "{answer}");
    }
}

#[test]
fn many_questions_give_an_index_and_a_page_each_and_all_are_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let claims: String = std::iter::once("question,publisher,estimate\n".to_owned())
        .chain((0..30).map(|at| format!("q/{at},A,{}\nq/{at},B,at least {}\n", 100 + at, 90 + at)))
        .collect();
    std::fs::write(folder.path().join("claims.csv"), claims).unwrap();
    let report = |threads: &str| {
        let output = folder.path().join(threads);
        let done = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .arg("report")
            .arg(folder.path().join("claims.csv"))
            .arg("-o")
            .arg(&output)
            .args(["--threads", threads])
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        std::fs::read_to_string(output.join("run.json")).unwrap()
    };
    let seal = report("1");
    assert_eq!(seal, report("3"));
    assert_eq!(seal.matches("questions/").count(), 30);
    let page = std::fs::read_to_string(folder.path().join("1/questions/0001-q-0.html")).unwrap();
    assert!(page.contains("href=\"../report.html\"") && page.contains("<h1>q/0</h1>"), "{page}");
    let index = std::fs::read_to_string(folder.path().join("1/report.html")).unwrap();
    assert_eq!(index.matches("href=\"questions/").count(), 30);
}

#[test]
fn an_answer_as_of_a_date_is_that_of_the_timeline() {
    let case = kursk();
    let analysis = analyse(&case, &Options::default());
    assert_eq!(analysis.moments(&case), sayso::timeline::timeline(&case, &Options::default()));
    let result = find(&case, &analysis, "kursk_casualties");
    let whatif = WhatIf::explore(&case, &analysis, result, 100_000);
    assert!(whatif.answers().iter().all(Option::is_some));
    for (at, date) in whatif.dates.iter().enumerate().skip(1) {
        let moment = analysis.moments_of(&case, result.question).iter().find(|moment| moment.date == *date).unwrap();
        assert_eq!(whatif.answer(at, 0, None).unwrap().outcome, moment.result.consensus.outcome);
    }
}

#[test]
fn dropping_an_origin_moves_the_median_as_its_pull_says() {
    let case = kursk();
    let analysis = analyse(&case, &Options::default());
    let result = find(&case, &analysis, "kursk_reinforcement");
    let whatif = WhatIf::explore(&case, &analysis, result, 1000);
    let with = result.consensus.range().unwrap().quantiles.median();
    for (place, &at) in whatif.origins.iter().enumerate() {
        let Some(sayso::consensus::Standing::Used(Some(influence))) =
            result.consensus.origins.get(result.origins[at].evidence.unwrap())
        else {
            panic!("an origin that can be dropped is used")
        };
        let Outcome::Range(without) = &whatif.answer(0, 0, Some(place)).unwrap().outcome else { panic!("a range") };
        let ratio = with / without.quantiles.median();
        // Weights of the others are found anew without it, so the two agree in direction and size, not to the digit.
        assert!((ratio / influence.pull.unwrap().value() - 1.0).abs() < 0.25, "{ratio} {influence:?}");
    }
}

#[test]
fn what_is_beyond_the_allowance_is_not_answered() {
    let case = kursk();
    let analysis = analyse(&case, &Options::default());
    let result = find(&case, &analysis, "kursk_casualties");
    let whatif = WhatIf::explore(&case, &analysis, result, 20);
    assert!(whatif.answer(0, 0, None).is_some() && whatif.answer(0, 1, None).is_some());
    assert!((0..whatif.dates.len()).all(|date| whatif.answer(date, 0, None).is_some()));
    // Single origins are dropped all or none.
    assert!((0..whatif.origins.len()).all(|origin| whatif.answer(0, 0, Some(origin)).is_none()));
}
