//! Exports of the whole analysis, through the real binary: the same bytes on every run, odd text
//! that stays text, and readers that know nothing of sayso.

#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use steady::steady;

mod steady;

/// Formats of the whole analysis, with the endings of their files.
const FORMATS: &[(&str, &str)] = &[
    ("analysis", "json"),
    ("markdown", "md"),
    ("stix", "json"),
    ("prov", "json"),
    ("claimreview", "jsonld"),
    ("quickstatements", "tsv"),
    ("wikitext", "wiki"),
    ("ged", "csv"),
    #[cfg(feature = "parquet")]
    ("parquet", "parquet"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn export(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(root()).arg("export").args(arguments).output().unwrap()
}

fn exported(case: &str, format: &str, more: &[&str]) -> Vec<u8> {
    let target: &[&str] = if format == "quickstatements" { &["--item", "Q1", "--property", "P1120"] } else { &[] };
    let output = export(&[&[case, "--quiet", "--format", format], target, more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn text(case: &str, format: &str, more: &[&str]) -> String {
    String::from_utf8(exported(case, format, more)).unwrap()
}

/// A text without the numbers of ranges and weights in the tables of Markdown and GED, where they are rounded: a run of
/// three numbers or more in cells, and per cents.
fn unnumbered(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let sign = if line.starts_with('|') { '|' } else { ',' };
        let mut cells: Vec<&str> = line.split(sign).collect();
        let number = |cell: &str| cell.trim().replace(',', "").parse::<f64>().is_ok();
        let is_number: Vec<bool> = cells.iter().map(|cell| number(cell)).collect();
        for (at, cell) in cells.iter_mut().enumerate() {
            let mut runs = (at.saturating_sub(2)..=at).filter_map(|from| is_number.get(from..from + 3));
            let in_run = runs.any(|run| run.iter().all(|is_number| *is_number));
            let is_percent = cell.trim().strip_suffix(" %").is_some_and(number);
            if in_run || is_percent {
                *cell = if sign == '|' { " # " } else { "#" };
            }
        }
        cells.join(&sign.to_string())
    });
    steady(&lines.collect::<Vec<_>>().join("\n"))
}

/// A case in a folder of its own, and its path.
fn case(files: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let path = folder.path().to_str().unwrap().to_owned();
    (folder, path)
}

/// Text that each format has a meaning of its own for, in every field.
const ODD: &str = "claim,question,publisher,estimate,low,high,level,via,cites,cue,url,archive,published,as_of,status,credibility,revises,note,extra\n\
    \"K \"\"1\"\"\",=q|1,<script>alert(1)</script>]]>,\"1,000\",,,,\"anonymous: he said \"\"no\"\" ]] AT&lt;T \\N\",,\
    \"say \"\"so\"\"\\\u{b}\r\nand\",\"https://example.org/?a=1&b=<c>|}} ]\",https://a.example/,2025-01-02,,,1,,}} |,=1+1\n\
    K:2,=q|1,سوريا اليوم,1000,,,,\"%%{init: {\"\"theme\"\"}}%%\",,,javascript:alert(1),,2025-01-02,2025-01,disputed,6,,,\n\
    K_2,=q|1,조선 🇰🇵 Ёж,up to 4000,,,,Agence > Post > Agence,,,,,2025,,,,,,\n\
    K*/ 2,=q|1,back`tick` #1; {{cite}} [[x]] | ''end'',unknown,,,,,,,,,2025-01-03,,,,,,\n\
    -K3,=q|1,\"AT&amp;T \u{202e}evil\u{1}\",500-900,,,,X & Y > anonymous,,<b>,,,2025-01-04,,projected,3,,,\n\
    K4,q2. style: a,loop A,500,,,,,K5,,,,2025-01-04,,,,,,\n\
    K5,q2. style: a,loop B,500,,,,,K4,,,,2025-01-04,,,,,,\n\
    K6,q2. style: a,- list || x,about 500,400,700,0.9,,,,http://x.example/a b,,2025-01-04,,,5,,,\n\
    K7,q2. style: a,+plus,700,,,,,,,,,2025-01-05,,,,K6,,\n\
    K8,q2. style: a,~~~~,dozens,,,,,,,,,,,retracted,,,,\n\
    K9,q3,A,about half of q2. style: a,,,,,,,,,2025-01-05,,,,,,\n\
    K10,q4,A,unknown,,,,,,,,,2025-01-05,,,,,,\n";

const ODD_SOURCES: &str = "source,name,kind,reliability,party,country,aliases,note\n\
    A,The A,outlet,F,yes,KP,,\n+plus,\"<img src=x onerror=alert(1)>\",person,B,,,\"p;q\",\"*note*\"\nofficer-7,,anonymous,,,,,\n";

fn odd() -> (tempfile::TempDir, String) {
    case(&[("claims.csv", ODD), ("sources.csv", ODD_SOURCES)])
}

#[test]
fn markdown_of_one_question() {
    insta::assert_snapshot!(unnumbered(&text("data/kursk-2025", "markdown", &["--question", "kursk_reinforcement"])));
}

#[test]
fn wikitext_of_one_article() {
    insta::assert_snapshot!(steady(&text("data/kursk-article", "wikitext", &[])));
}

#[test]
fn statements_for_wikidata() {
    insta::assert_snapshot!(steady(&text("data/kursk-2025", "quickstatements", &["--question", "kursk_casualties"])));
}

#[test]
fn low_best_and_high() {
    insta::assert_snapshot!(unnumbered(&text("data/kursk-article", "ged", &[])));
}

#[test]
fn stix_of_one_question() {
    insta::assert_snapshot!(steady(&text("data/kursk-article", "stix", &["--question", "new_deployment"])));
}

#[test]
fn odd_text_stays_text() {
    let (_folder, path) = odd();
    insta::assert_snapshot!("odd_markdown", unnumbered(&text(&path, "markdown", &[])));
    insta::assert_snapshot!("odd_wikitext", steady(&text(&path, "wikitext", &[])));
    insta::assert_snapshot!("odd_quickstatements", steady(&text(&path, "quickstatements", &[])));
    insta::assert_snapshot!("odd_ged", unnumbered(&text(&path, "ged", &[])));
}

#[test]
fn only_web_addresses_are_written_as_addresses() {
    let (_folder, path) = odd();
    for (format, _) in FORMATS.iter().filter(|(format, _)| *format != "parquet") {
        let written = text(&path, format, &[]);
        let is_address = |line: &str| line.contains("(<javascript") || line.contains("url=javascript");
        assert!(!written.lines().any(is_address), "{format}");
        if matches!(*format, "prov" | "claimreview" | "quickstatements" | "wikitext" | "ged") {
            assert!(!written.contains("javascript:"), "{format}");
        }
    }
    let stix: Value = serde_json::from_str(&text(&path, "stix", &[])).unwrap();
    let objects = stix["objects"].as_array().unwrap();
    let references = objects.iter().filter_map(|object| object["external_references"].as_array()).flatten();
    assert!(references.clone().count() > 2);
    assert!(references.into_iter().all(|reference| reference["url"].as_str().unwrap().starts_with("http")));
}

#[test]
fn neither_runs_nor_threads_nor_the_order_of_rows_change_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["claims.csv", "sources.csv", "questions.csv"] {
        let text = fs::read_to_string(root().join("data/kursk-2025").join(file)).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        fs::write(folder.path().join(file), lines.join("\n") + "\n").unwrap();
    }
    let shuffled = folder.path().to_str().unwrap();
    for (format, _) in FORMATS {
        let first = exported("data/kursk-2025", format, &[]);
        assert!(first.len() > 1500, "{format}");
        assert_eq!(first, exported("data/kursk-2025", format, &["--threads", "3"]), "{format}");
        assert_eq!(first, exported(shuffled, format, &[]), "{format}");
    }
}

#[test]
fn nothing_seen_yet_is_written_without_claims() {
    for (format, _) in FORMATS {
        exported("data/kursk-article", format, &["--as-of", "1990"]);
    }
    let analysis: Value = serde_json::from_str(&text("data/kursk-article", "analysis", &["--as-of", "1990"])).unwrap();
    assert_eq!(analysis["as_of"], "1990");
    assert_eq!(analysis["questions"][0]["claims"], serde_json::json!([]));
    assert_eq!(analysis["questions"][0]["range"], Value::Null);
}

#[test]
fn the_analysis_holds_what_the_tables_hold() {
    let folder = tempfile::tempdir().unwrap();
    let tables = folder.path().to_str().unwrap();
    let mut report = Command::new(env!("CARGO_BIN_EXE_sayso"));
    report.current_dir(root()).args(["report", "data/kursk-2025", "--quiet", "-o", tables]);
    assert!(report.output().unwrap().status.success());
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let analysis: Value = serde_json::from_str(&text("data/kursk-2025", "analysis", &[])).unwrap();
    let questions = analysis["questions"].as_array().unwrap();
    let count = |list: &str| questions.iter().map(|q| q[list].as_array().unwrap().len()).sum::<usize>();
    assert_eq!(count("claims"), read("claims.csv").lines().count() - 1);
    assert_eq!(count("origins"), read("origins.csv").lines().count() - 1);
    let consensus = read("consensus.csv");
    for question in questions {
        for quantile in ["q025", "q50", "q975"] {
            // What serde_json reads can be off by the last digit.
            let number = question["range"]["quantiles"][quantile].as_f64().unwrap();
            let is_it = |cell: &str| cell.parse().is_ok_and(|value: f64| (value - number).abs() < 1e-9 * number);
            assert!(consensus.split([',', '\n']).any(is_it), "{quantile} of {}", question["id"]);
        }
        assert!(read("statements.csv").contains(&question["statement"].as_str().unwrap()[..60]));
    }
}

#[test]
fn statements_for_wikidata_need_an_item_and_a_property() {
    let missing = export(&["data/kursk-article", "--quiet", "--format", "quickstatements"]);
    assert_eq!(missing.status.code(), Some(2));
    let wrong = ["--item", "Q1\tP2", "--property", "P1"];
    let base = ["data/kursk-article", "--quiet", "--format", "quickstatements"];
    assert_eq!(export(&[&base[..], &wrong[..]].concat()).status.code(), Some(2));
    let unknown = ["--item", "nowhere=Q1", "--property", "P1"];
    assert_eq!(export(&[&base[..], &unknown[..]].concat()).status.code(), Some(1));
    let each = ["--item", "Q1", "--item", "area_held=Q2", "--property", "P1"];
    let rows = String::from_utf8(export(&[&base[..], &each[..]].concat()).stdout).unwrap();
    assert!(rows.contains("Q2\tP1\t400\t") && rows.contains("Q1\tP1\t"), "{rows}");
}

#[test]
fn official_readers_find_the_claims_chains_and_ranges_that_went_in() {
    let Some(python) = std::env::var_os("SAYSO_PYTHON") else {
        println!("skipped: SAYSO_PYTHON is not set");
        return;
    };
    let (_folder, odd) = odd();
    for case in ["data/kursk-article", "data/kursk-2025", &odd] {
        let folder = tempfile::tempdir().unwrap();
        for (format, ending) in FORMATS {
            fs::write(folder.path().join(format!("{format}.{ending}")), exported(case, format, &[])).unwrap();
        }
        let (script, schema) = ("tests/readers/check_formats.py", "schemas/analysis.schema.json");
        let mut check = Command::new(&python);
        let output = check.current_dir(root()).arg(script).arg(folder.path()).arg(schema).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{case}: {out}{err}");
        print!("{case}: {out}");
    }
}

#[test]
fn a_settled_value_is_told_from_its_date_on() {
    let (_folder, path) = case(&[
        ("claims.csv", "question,publisher,estimate,published\nq,A,1200,2025-01-02\nq,B,about 1300,2025-01-03\n"),
        ("questions.csv", "question,title,unit\nq,Homes flooded,home\n"),
        ("resolutions.csv", "question,value,low,resolved,authority\nq,1250,1240,2025-06-01,County | Council\n"),
    ]);
    let settled = |more: &[&str]| {
        let analysis: Value = serde_json::from_str(&text(&path, "analysis", more)).unwrap();
        let of_stix: Value = serde_json::from_str(&text(&path, "stix", more)).unwrap();
        let report = of_stix["objects"].as_array().unwrap().iter().find(|object| object["type"] == "report").unwrap();
        let extension = report["extensions"].as_object().unwrap().values().next().unwrap();
        let theirs = extension.get("settled").cloned().unwrap_or(Value::Null);
        assert_eq!(analysis["questions"][0]["settled"], theirs);
        let is_told = ["markdown", "wikitext"].map(|format| text(&path, format, more).contains("Settled"));
        (analysis["questions"][0]["settled"]["value"].as_f64(), is_told)
    };
    assert_eq!(settled(&["--as-of", "2025-05-31"]), (None, [false, false]));
    let markdown = text(&path, "markdown", &[]);
    assert!(
        markdown.contains("Settled: 1,250 homes (at least 1,240), 2025-06-01, by County \\| Council."),
        "{markdown}"
    );
    assert!(text(&path, "wikitext", &[]).contains("Settled&#58; 1,250 homes"));
}
