//! `consensus --method`, `consensus --rule` and `compare` as their users meet them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::process::{Command, Output};

fn sayso(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    let err = if err.is_empty() { String::new() } else { format!("--- standard error\n{err}") };
    format!("{out}{err}--- exit status {status}\n")
}

#[test]
fn compare_prints_a_line_for_each_method_the_default_first() {
    let text = told(&sayso(&[
        "compare",
        "data/kursk-2025",
        "--question",
        "kursk_casualties",
        "--order",
        "NIS,agency,outlet",
        "--quiet",
    ]));
    // What the default method says is the business of other tests, and so is how wide it prints.
    let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let others: Vec<String> = text.lines().filter(|line| !line.starts_with("  origins ")).map(squeezed).collect();
    let place = text.lines().position(|line| line.starts_with("  origins ")).unwrap();
    assert_eq!(place, 2, "{text}");
    insta::assert_snapshot!(others.join("\n"));
}

#[test]
fn compare_as_csv_has_the_columns_of_the_contract() {
    let output = sayso(&["compare", "data/kursk-2025", "--format", "csv", "--quiet"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let header = "question,method,q025,q05,q10,q25,q50,q75,q90,q95,q975";
    assert_eq!(text.lines().next(), Some(header));
    let methods = 1 + sayso::consensus::methods::METHODS.len() + sayso::consensus::rules::RULES.len() - 1;
    assert_eq!(text.lines().count(), 1 + 5 * methods);
    let json = sayso(&["compare", "data/kursk-2025", "--format", "json", "--quiet"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((rows.len(), &rows[0]["method"]), (5 * methods, &serde_json::json!("origins")));
    assert!(rows[2]["q025"].is_null() && rows[2]["q50"].is_number(), "{}", rows[2]);
}

#[test]
fn every_method_can_be_asked_for() {
    for method in sayso::consensus::methods::METHODS {
        let output = sayso(&["consensus", "data/kursk-article", "--method", method.name, "--format", "csv", "--quiet"]);
        assert!(output.status.success(), "{}", told(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.lines().skip(1).all(|line| line.contains(&format!(",{},", method.name))), "{text}");
    }
}

#[test]
fn a_method_says_what_it_is_and_what_it_read() {
    let arguments =
        ["consensus", "data/kursk-2025", "--method", "median", "--question", "kursk_reinforcement", "--quiet"];
    insta::assert_snapshot!(told(&sayso(&arguments)));
}

#[test]
fn a_rule_says_whose_it_is() {
    insta::assert_snapshot!(told(&sayso(&["consensus", "data/kursk-2025", "--rule", "ucdp", "--quiet"])));
}

#[test]
fn a_rule_as_csv_has_low_best_and_high() {
    let output = sayso(&["consensus", "data/kursk-2025", "--rule", "low-high", "--format", "csv", "--quiet"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().next(), Some("question,title,unit,rule,low,best,high,grade,notes"));
}

#[test]
fn unknown_names_are_refused_with_what_was_meant() {
    let text = told(&sayso(&["consensus", "data/kursk-2025", "--method", "medain"]));
    assert!(text.contains("did you mean `median`?") && text.contains("exit status 2"), "{text}");
    let text = told(&sayso(&["consensus", "data/kursk-2025", "--rule", "acled"]));
    assert!(text.contains("known are low-high, majority") && text.contains("exit status 2"), "{text}");
    let text = told(&sayso(&["consensus", "data/kursk-2025", "--rule", "hierarchy", "--quiet"]));
    assert!(text.contains("needs --order") && text.contains("exit status 2"), "{text}");
    let text = told(&sayso(&["consensus", "data/kursk-2025", "--rule", "hierarchy", "--order", "agancy", "--quiet"]));
    assert!(text.contains("neither a kind of source") && text.contains("exit status 1"), "{text}");
}
