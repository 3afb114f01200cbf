//! Printable sentences through the real binary, and the linter over the sentences of every case.

#![cfg(test)]

use std::path::Path;
use std::process::Command;

use sayso::ingest::Limits;
use sayso::report::prose::{Wording, statement};
use sayso::{Options, analyse};
use steady::steady;

mod steady;

fn sayso(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(root).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn said(wording: &str) -> String {
    let question = ["--question", "kursk_reinforcement", "--quiet", "--wording", wording];
    sayso(&[&["consensus", "data/kursk-2025"], &question[..]].concat())
}

#[test]
fn one_question_in_the_words_of_icd_203() {
    insta::assert_snapshot!(steady(&said("icd203")));
}

#[test]
fn one_question_in_the_words_of_the_yardstick() {
    insta::assert_snapshot!(steady(&said("phia")));
}

#[test]
fn one_question_in_per_cent() {
    insta::assert_snapshot!(steady(&said("plain")));
}

/// Cases with terms of every scale in their titles, names and figures.
const ODD: &str = "claim,question,publisher,estimate,via,published\n\
    1,probably flooded,Highly Likely News,probably 5,anonymous: “perhaps” might,2025-01-02\n\
    2,probably flooded,Low Confidence Daily,900000,,2025-01-02\n\
    3,unknown,Post,unknown,,2025-01-02\n\
    4,odd. High confidence! Likely?,A. B,3,,2025-01-02\n";

#[test]
fn no_sentence_of_any_case_breaks_the_rules() {
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("claims.csv");
    std::fs::write(&odd, ODD.replace("probably 5", "about 5")).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut sentences = 0;
    for path in [odd, data.join("kursk-2025"), data.join("kursk-article")] {
        let case = sayso::ingest::read(&path, Limits::default()).unwrap().case;
        let analysis = analyse(&case, &Options::default());
        for (result, wording) in analysis.questions.iter().flat_map(|result| Wording::ALL.map(|w| (result, w))) {
            let statement = statement(&case, result, wording);
            assert_eq!(statement.lint(), [], "{}", statement.text());
            assert!(statement.sentence.ends_with('.') && !statement.sentence.contains('\n'));
            assert_eq!(statement.confidence.is_some(), wording != Wording::Plain && result.consensus.range().is_some());
            sentences += 1;
        }
    }
    assert!(sentences > 30);
}

#[test]
fn tables_hold_the_sentences_and_what_the_words_mean() {
    let csv = sayso(&["consensus", "data/kursk-article", "--quiet", "--wording", "phia", "--format", "csv"]);
    assert!(csv.starts_with("question,wording,sentence,confidence,words\n"));
    assert!(csv.contains("highly likely between") && csv.contains("realistic possibility 40 to 50 %"), "{csv}");
}

#[test]
fn a_report_holds_the_sentences_in_the_wording_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    sayso(&["report", "data/kursk-article", "--quiet", "--wording", "icd203", "-o", path]);
    let table = std::fs::read_to_string(folder.path().join("statements.csv")).unwrap();
    assert!(table.contains(",icd203,") && table.contains("very likely"));
    let run = std::fs::read_to_string(folder.path().join("run.json")).unwrap();
    assert!(run.contains("\"wording\": \"icd203\"") && run.contains("statements.csv"));
}
