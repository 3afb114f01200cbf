//! Imports through the real binary: a made-up sample of each format, what becomes of it, what
//! happens to bad input, and our own exports read back.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sayso(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(root()).args(arguments).output().unwrap()
}

fn import(format: &str, file: &Path, folder: &Path) -> Output {
    sayso(&["import", "--format", format, file.to_str().unwrap(), "-o", folder.to_str().unwrap()])
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder for a test, and a path in it where nothing is yet.
fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    (folder, path)
}

/// The tables of the case that a sample becomes, one after the other.
fn sample(name: &str) -> String {
    let (_folder, case) = place();
    let format = name.split('.').next().unwrap();
    let output = import(format, &Path::new("tests/imports").join(name), &case);
    assert!(output.status.success(), "{}", said(&output));
    assert!(sayso(&["check", case.to_str().unwrap(), "--quiet"]).status.success());
    let tables = ["questions.csv", "sources.csv", "claims.csv"].map(|table| {
        let text = fs::read_to_string(case.join(table)).unwrap_or_default();
        format!("== {table}\n{text}")
    });
    let notes = said(&output).replace(case.to_str().unwrap(), "CASE");
    format!("{}== said\n{notes}", tables.concat())
}

#[test]
fn events_of_ged() {
    insta::assert_snapshot!(sample("ged.csv"));
}

#[test]
fn events_of_acled() {
    insta::assert_snapshot!(sample("acled.csv"));
}

#[test]
fn statements_of_follow_the_money() {
    insta::assert_snapshot!(sample("ftm.csv"));
}

#[test]
fn reports_notes_and_opinions_of_stix() {
    insta::assert_snapshot!(sample("stix.json"));
}

#[test]
fn reviews_of_claims() {
    insta::assert_snapshot!(sample("claimreview.jsonld"));
}

#[test]
fn a_sheet_with_a_column_for_each_source() {
    insta::assert_snapshot!(sample("wide.csv"));
}

#[test]
fn a_zero_of_acled_is_no_number_unless_the_notes_say_so() {
    let (_folder, path) = place();
    assert!(import("acled", Path::new("tests/imports/acled.csv"), &path).status.success());
    let case = sayso::ingest::read(&path, sayso::ingest::Limits::default()).unwrap().case;
    let bounds: BTreeMap<String, &str> =
        (0..3).map(|at| (case.claims.name(sayso::model::ClaimId(at)), case.claims.bound[at as usize].name())).collect();
    let expected = [("NMK101", "at least"), ("NMK102", "exact"), ("NMK103", "unknown")];
    assert_eq!(bounds, expected.map(|(id, bound)| (id.to_owned(), bound)).into());
}

/// Bad files, with what must be said of them.
const BAD: &[(&str, &str, &[&str])] = &[
    (
        "ged",
        "id,best,low,high,date_end\n1,5,7,x,2031-13-01\n2,1,2,3,\n,1,1,1,\n",
        &[
            ":2:7: error: ",
            ":2:14: error: there is no month 13",
            ":3:5: error: low 2 is above best 1",
            ":4:1: error: an event without an id",
        ],
    ),
    ("ged", "id,best,low\n1,1,1\n", &[":1: error: column `high` is missing"]),
    ("ged", "", &["error: the file is empty"]),
    (
        "acled",
        "event_id_cnty,event_date,fatalities,timestamp\nA,2031-01-01,-3,\nB,31.12.2031,x,zz\nC,2031-01-01,1,9e99\n",
        &[
            ":2:14: error: `-3` is no count of deaths",
            ":3:5: error: `31.12.2031` is not an ISO date; write `2031-12-31`",
            ":3:14: error: `x` is no count",
            ":4:16: error: `9e99` is no time",
        ],
    ),
    (
        "ftm",
        "entity_id,prop,prop_type,value,dataset\ne,capital,number,bananas,d\n,p,number,1,d\ne,p,number,2,\n",
        &[
            ":2:18: error: ",
            ":3:1: error: a statement without an entity",
            ":4:14: error: a statement without a dataset",
        ],
    ),
    (
        "stix",
        "{\"type\": \"bundle\", \"objects\": [\n{\"type\": \"note\"}, 7]}",
        &[":2:1: error: an object without a type and an id that fit", ":2:19: error: an object"],
    ),
    ("stix", "{\"type\": \"report\"}", &[":1:1: error: this is no STIX bundle"]),
    ("stix", "{\"type\": \n", &[": error: this is not JSON"]),
    (
        "claimreview",
        "[{\"@type\": \"ClaimReview\",\n \"claimReviewed\": \"x\", \"itemReviewed\": {\"about\": {\"minValue\": \"many\"}}}, {\"@type\": \"ClaimReview\"}]",
        &[":2:63: error: `minValue` is no number", ":2:74: error: a review without `claimReviewed`"],
    ),
    ("claimreview", "[]", &["error: there is nothing in it that a case could be made of"]),
    (
        "wide",
        "question,A,\nq,bananas,5\n,3,\n",
        &[
            ":2:3: error: ",
            ":2:11: error: a number in a column without a name",
            ":3:1: error: a row without a question",
        ],
    ),
    ("wide", "question,as_of,A,measure\nq,2031-99,3,pile\n", &[": error: "]),
];

#[test]
fn every_problem_is_told_with_its_place_and_nothing_is_left() {
    for (format, text, expected) in BAD {
        let (folder, case) = place();
        let file = folder.path().join("input");
        fs::write(&file, text).unwrap();
        let output = import(format, &file, &case);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{format} {text:?}: {said}");
        for words in *expected {
            assert!(said.contains(words), "{format}: no {words:?} in\n{said}");
        }
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["input"], "{format}: {said}");
    }
}

#[test]
fn bytes_of_any_kind_are_refused_without_a_panic() {
    let (folder, case) = place();
    let file = folder.path().join("input");
    let inputs: [&[u8]; 9] = [
        b"\xff\xfe\x00",
        b"\x00\x01\x02",
        b"PK\x03\x04",
        b"{",
        b"[[[[[[[[",
        b"\"",
        b"{\"type\":\"bundle\",\"objects\":{}}",
        b"id\n",
        b"\xef\xbb\xbf",
    ];
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    for format in ["ged", "acled", "ftm", "stix", "claimreview", "wide"] {
        for bytes in inputs.iter().copied().chain([&deep[..]]) {
            fs::write(&file, bytes).unwrap();
            let output = import(format, &file, &case);
            assert_eq!(
                output.status.code(),
                Some(1),
                "{format} {:?}: {}",
                &bytes[..bytes.len().min(20)],
                said(&output)
            );
            assert!(!said(&output).contains("panicked"), "{}", said(&output));
            assert!(!case.exists());
        }
    }
}

#[test]
fn a_folder_that_holds_something_is_left_as_it_is() {
    let (_folder, case) = place();
    fs::create_dir(&case).unwrap();
    fs::write(case.join("claims.csv"), "mine").unwrap();
    let output = import("wide", Path::new("tests/imports/wide.csv"), &case);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(fs::read_to_string(case.join("claims.csv")).unwrap(), "mine");
    assert_eq!(import("wide", Path::new("tests/imports/nowhere.csv"), &case).status.code(), Some(2));
    fs::remove_file(case.join("claims.csv")).unwrap();
    assert!(import("wide", Path::new("tests/imports/wide.csv"), &case).status.success());
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    for (format, name) in [("ged", "ged.csv"), ("stix", "stix.json"), ("ftm", "ftm.csv")] {
        let tables = || {
            let (_folder, case) = place();
            assert!(import(format, &Path::new("tests/imports").join(name), &case).status.success());
            fs::read(case.join("claims.csv")).unwrap()
        };
        assert_eq!(tables(), tables(), "{format}");
    }
}

/// An export of a case, imported again.
fn there_and_back(case: &str, format: &str, folder: &Path) -> PathBuf {
    let (file, back) = (folder.join("export"), folder.join("back"));
    let output = sayso(&["export", case, "--quiet", "--format", format, "-o", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    let output = import(format, &file, &back);
    assert!(output.status.success(), "{}", said(&output));
    back
}

/// A case with bounds of every kind, an interval, chains, circles of none, unnamed parties, quotes, cells that a
/// spreadsheet would run, scripts other than Latin, and settled values.
fn odd() -> tempfile::TempDir {
    let odd = tempfile::tempdir().unwrap();
    let tables = [
        (
            "claims.csv",
            "claim,question,publisher,estimate,low,high,level,via,cites,status,credibility,revises,inferred,cue,published\n\
            =1,q,@handle,1000,900,1100,0.8,anonymous: own sources,,disputed,2,,via,\"say \"\"so\"\",\nand\",2025-01-02\n\
            +2,q,\"A, B\",about 1100,,,,,=1,asserted,5,,cites;published,,2025-01\n\
            -3,q,-C,dozens,,,,X & Y > Z,,projected,,,,,2025\n\
            4,q,\"A, B\",1200,,,,,,,,+2,,,2025-03-01\n5,r,D,half of q,,,,,,,,,,,\n6,r,D,unknown,,,,,,,,,,,\n\
            7,q,조선중앙통신,at least 800,,,,anonymous: 관계자,,,,,,« selon »,2025-02-03\n\
            8,q,سوريا اليوم,up to 2000,,,,Ёж & Agence “X”,,,3,,,,2025-02-04\n\
            9,q,<b>E</b>,more than 700,,,,F > anonymous,,,1,,,,2025-02-05\n\
            10,q,G,less than 3000,,,,,9,,,,,,2025-02-06\n11,q,H,900-1500,,,,,,,,,,,2025-02-07\n",
        ),
        (
            "questions.csv",
            "question,title,unit,place,closed\nq,\"=Toll, “all”\",person,Łódź,2025-03-31\nr,-half,person,,\n",
        ),
        (
            "resolutions.csv",
            "question,value,low,high,resolved,authority,url,note\n\
            q,1184,1150,1200,2025-06-01,\"Rada, \"\"gmina\"\"\",https://example.org/?a=1&b=2,=SUM(A1)\n",
        ),
    ];
    for (name, text) in tables {
        fs::write(odd.path().join(name), text).unwrap();
    }
    odd
}

fn analysis(case: &str) -> Value {
    let output = sayso(&["export", case, "--quiet", "--format", "analysis"]);
    assert!(output.status.success(), "{}", said(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_case_comes_back_from_stix_with_its_claims_chains_and_ranges() {
    let odd = odd();
    for case in ["data/kursk-2025", "data/kursk-article", odd.path().to_str().unwrap()] {
        let folder = tempfile::tempdir().unwrap();
        let back = there_and_back(case, "stix", folder.path());
        assert_eq!(analysis(case), analysis(back.to_str().unwrap()), "{case}");
    }
}

#[test]
fn claims_and_chains_come_back_from_claim_reviews() {
    let odd = odd();
    for case in ["data/kursk-2025", "data/kursk-article", odd.path().to_str().unwrap()] {
        let folder = tempfile::tempdir().unwrap();
        let back = there_and_back(case, "claimreview", folder.path());
        let claims = |analysis: &Value| -> Vec<String> {
            let questions = analysis["questions"].as_array().unwrap();
            let all = questions.iter().flat_map(|question| question["claims"].as_array().unwrap());
            let kept = ["claim", "publisher_name", "estimate", "bound", "low", "high", "published", "cites"];
            let names = |claim: &Value| -> Vec<Value> {
                claim["via"].as_array().unwrap().iter().map(|party| party["name"].clone()).collect()
            };
            // A name loses the sign that parts a chain.
            all.map(|claim| format!("{:?} {:?}", kept.map(|name| &claim[name]), names(claim)).replace('>', "›"))
                .collect()
        };
        assert_eq!(claims(&analysis(case)), claims(&analysis(back.to_str().unwrap())), "{case}");
    }
}

#[test]
fn low_best_and_high_come_back_from_ged() {
    let odd = odd();
    for case in ["data/kursk-2025", odd.path().to_str().unwrap()] {
        low_best_and_high_come_back(case);
    }
}

fn low_best_and_high_come_back(case: &str) {
    let folder = tempfile::tempdir().unwrap();
    let back = there_and_back(case, "ged", folder.path());
    let (there, back) = (analysis(case), analysis(back.to_str().unwrap()));
    let questions = there["questions"].as_array().unwrap();
    assert_eq!(questions.len(), back["questions"].as_array().unwrap().len());
    for (question, again) in questions.iter().zip(back["questions"].as_array().unwrap()) {
        let (quantiles, claim) = (&question["range"]["quantiles"], &again["claims"][0]);
        let ends = [&claim["interval"]["low"], &claim["low"], &claim["interval"]["high"]];
        let value = |name: &str| quantiles[name].as_f64().unwrap();
        let width = value("q95") - value("q05");
        let rounded = ["q05", "q50", "q95"].map(|name| sayso::report::rounded_beside(value(name), width));
        assert_eq!(rounded, ends.map(|end| end.as_f64().unwrap()));
        let used = |origin: &&Value| origin["used"] == true;
        let origins = question["origins"].as_array().unwrap().iter().filter(used).count();
        assert!(again["origins"].as_array().unwrap().len() <= origins.max(1));
    }
}

#[test]
fn an_empty_table_is_told_the_columns_of_its_own_format() {
    let (folder, case) = place();
    let file = folder.path().join("input");
    fs::write(&file, "\n").unwrap();
    let wanted = [
        ("ged", "id,best,low,high"),
        ("acled", "event_id_cnty,event_date,fatalities"),
        ("ftm", "entity_id,prop,prop_type,value,dataset"),
        ("wide", "question"),
    ];
    for (format, columns) in wanted {
        let said = said(&import(format, &file, &case));
        assert!(said.contains(&format!("the first line must name the columns: {columns}\n")), "{format}: {said}");
    }
}
