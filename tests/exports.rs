//! Graphs for other programs, through the real binary: the same bytes on every run, odd text that
//! stays text, and readers that know nothing of sayso.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const FORMATS: [&str; 4] = ["dot", "graphml", "json", "mermaid"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `sayso export` in the repository root.
fn export(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(root()).arg("export").args(arguments).output().unwrap()
}

/// What an export of a case prints.
fn exported(case: &str, format: &str, more: &[&str]) -> String {
    let output = export(&[&[case, "--quiet", "--format", format], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The same as JSON, read.
fn graph(case: &str, more: &[&str]) -> Value {
    serde_json::from_str(&exported(case, "json", more)).unwrap()
}

fn node<'a>(graph: &'a Value, id: &str) -> &'a Value {
    graph["nodes"].as_array().unwrap().iter().find(|node| node["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

/// A case in a folder of its own, and its path.
fn case(claims: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("claims.csv"), claims).unwrap();
    let path = folder.path().to_str().unwrap().to_owned();
    (folder, path)
}

/// Text that each format has a meaning of its own for, circles, an id that is met twice.
const ODD: &str = "claim,question,publisher,estimate,via,cites,cue,url,published,status\n\
    \"K \"\"1\"\"\",\"q\"\"1\\\",<script>alert(1)</script>]]>,\"1,000\",\"anonymous: he said \"\"no\"\" ]] AT&lt;T \\N\",,\
    \"say \"\"so\"\"\\\u{b}\r\nand\",\"https://example.org/?a=1&b=<c>\",2025-01-02,\n\
    K:2,\"q\"\"1\\\",سوريا اليوم,1000,\"%%{init: {\"\"theme\"\":\"\"dark\"\"}}%%\",,,,2025-01-02,disputed\n\
    K_2,\"q\"\"1\\\",조선 🇰🇵 Ёж,up to 4000,Agence > Post > Agence,,,,2025-01-03,\n\
    K 2,\"q\"\"1\\\",back`tick` #1; | end,unknown,,,,,2025-01-03,\n\
    -K3,\"q\"\"1\\\",\"AT&amp;T \u{202e}evil\u{1}\",500-900,X & Y > anonymous,,<b>,,2025-01-04,projected\n\
    K4,q2 style: a,loop A,500,,K5,,,2025-01-04,\n\
    K5,q2 style: a,loop B,500,,K4,,,2025-01-04,\n\
    K6,q2 style: a,Lifestyle: #quot;x#,500,,,,,2025-01-04,\n";

#[test]
fn dot_of_one_article() {
    insta::assert_snapshot!(exported("data/kursk-article", "dot", &[]));
}

#[test]
fn mermaid_of_one_article() {
    insta::assert_snapshot!(exported("data/kursk-article", "mermaid", &[]));
}

#[test]
fn graphml_of_a_question_of_one_article() {
    insta::assert_snapshot!(exported("data/kursk-article", "graphml", &["--question", "casualties"]));
}

#[test]
fn json_of_a_question_of_one_article() {
    insta::assert_snapshot!(exported("data/kursk-article", "json", &["--question", "new_deployment"]));
}

#[test]
fn odd_text_stays_text() {
    let (_folder, path) = case(ODD);
    insta::assert_snapshot!("odd_dot", exported(&path, "dot", &[]));
    insta::assert_snapshot!("odd_mermaid", exported(&path, "mermaid", &[]));
}

#[test]
fn neither_runs_nor_threads_nor_the_order_of_rows_change_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["claims.csv", "sources.csv", "questions.csv"] {
        let text = fs::read_to_string(root().join("data/kursk-2025").join(file)).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        // Every row on a line of its own, or this would tear rows apart.
        assert!(lines.iter().all(|line| line.matches('"').count() % 2 == 0));
        lines[1..].reverse();
        lines[1..].rotate_left(7 % text.lines().count());
        fs::write(folder.path().join(file), lines.join("\n") + "\n").unwrap();
    }
    let shuffled = folder.path().to_str().unwrap();
    for format in FORMATS {
        let first = exported("data/kursk-2025", format, &[]);
        assert!(first.len() > 5000);
        assert_eq!(first, exported("data/kursk-2025", format, &["--threads", "3"]), "{format}");
        assert_eq!(first, exported(shuffled, format, &[]), "{format}");
    }
}

#[test]
fn questions_are_taken_once_and_in_the_order_of_the_case() {
    for format in FORMATS {
        let asked = |ids: &[&str]| {
            let arguments: Vec<&str> = ids.iter().flat_map(|id| ["--question", id]).collect();
            exported("data/kursk-article", format, &arguments)
        };
        let one = asked(&["area_held", "casualties"]);
        assert_eq!(one, asked(&["casualties", "area_held", "casualties"]), "{format}");
        assert_ne!(one, asked(&["casualties"]), "{format}");
    }
}

#[test]
fn nodes_tell_what_they_are_and_whether_they_count() {
    let graph = graph("data/kursk-2025", &["--question", "kursk_reinforcement"]);
    let is = |id: &str, name: &str, value: Value| assert_eq!(node(&graph, id)[name], value, "{id} {name}");
    is("claim:K01", "kind", "claim".into());
    is("claim:K01", "origins", serde_json::json!(["anonymous:K01:0"]));
    is("anonymous:K01:0", "is_origin", true.into());
    is("anonymous:K01:0", "named", false.into());
    is("claim:K02", "standing", "no number".into());
    is("claim:K02", "low", Value::Null);
    is("claim:K15", "why", "projected".into());
    is("implied:kursk_reinforcement:getmanchuk:K15", "standing", "left out".into());
    is("claim:K16", "is_origin", true.into());
    is("claim:K04", "origins", serde_json::json!(["anonymous:K01:0"]));
    let about = &graph["graph"]["questions"][0];
    assert_eq!((&about["numbers"], &about["origins"], &about["anonymous_origins"]), (&17.into(), &4.into(), &2.into()));
}

#[test]
fn a_drift_stands_on_the_link_that_it_happened_on_and_else_on_the_claim() {
    let graph = graph("data/kursk-2025", &["--question", "kursk_reinforcement"]);
    let drift = |source: &str, target: &str| {
        let links = graph["edges"].as_array().unwrap();
        let link = links.iter().find(|link| link["source"] == source && link["target"] == target).unwrap();
        link["drift"].as_array().unwrap().len()
    };
    assert_eq!((drift("claim:K11", "claim:K02"), drift("claim:K11", "claim:K01")), (1, 0));
    assert_eq!(node(&graph, "claim:K11")["drift"], serde_json::json!([]));
    assert_eq!(drift("claim:K10", "claim:K08"), 0);
    let on_claim = node(&graph, "claim:K10")["drift"][0].as_str().unwrap();
    assert!(on_claim.starts_with("attribution drift: credits NIS"), "{on_claim}");
}

#[test]
fn ids_stay_apart_where_the_case_has_the_same_letters() {
    let (_folder, path) = case(
        "claim,question,publisher,estimate,via\n\
        C 1,q,A,5,X > Y > X\nC_1,q,B,5,\nC:1,q,D,5,anonymous > anonymous\n",
    );
    let graph = graph(&path, &[]);
    let mut ids: Vec<&str> =
        graph["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "anonymous:C_1:0",
            "anonymous:C_1:1",
            "claim:C_1",
            "claim:C_1:2",
            "claim:C_1:3",
            "implied:q:X:C_1",
            "implied:q:X:C_1:2",
            "implied:q:Y:C_1"
        ]
    );
}

#[test]
fn a_claim_of_many_origins_lists_some_and_counts_all() {
    let mut claims = "claim,question,publisher,estimate,cites\n".to_owned();
    claims.extend((0..60).map(|at| format!("C{at},q,Source {at},5,\n")));
    let all: Vec<String> = (0..60).map(|at| format!("C{at}")).collect();
    let (_folder, path) = case(&format!("{claims}R,q,Relay,5,{}\n", all.join(";")));
    let graph = graph(&path, &[]);
    let relay = node(&graph, "claim:R");
    assert_eq!((&relay["origin_count"], relay["origins"].as_array().unwrap().len()), (&60.into(), 50));
}

#[test]
fn mermaid_says_when_it_will_not_be_drawn() {
    let (_folder, path) = case(&format!(
        "claim,question,publisher,estimate,cites\nO,q,Origin,5,\n{}",
        (0..501).map(|at| format!("C{at},q,S,5,O\n")).collect::<String>()
    ));
    let text = exported(&path, "mermaid", &[]);
    assert!(text.starts_with("%% 501 links and "), "{}", text.lines().next().unwrap());
    assert!(exported("data/kursk-article", "mermaid", &[]).starts_with("flowchart LR\n"));
}

#[test]
fn nothing_seen_yet_is_a_graph_without_nodes() {
    for format in FORMATS {
        let text = exported("data/kursk-article", format, &["--as-of", "1990"]);
        assert!(!text.contains("claim:A1") && !text.contains("n0["), "{text}");
    }
    let graph = graph("data/kursk-article", &["--as-of", "1990"]);
    assert_eq!(graph["graph"]["as_of"], "1990");
    assert_eq!((&graph["nodes"], &graph["edges"]), (&serde_json::json!([]), &serde_json::json!([])));
}

#[test]
fn a_file_holds_what_would_be_printed_and_a_bad_case_leaves_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("graph.dot");
    let to_file = |case: &str| export(&[case, "--quiet", "--format", "dot", "-o", file.to_str().unwrap()]);
    let (_folder, path) = case("question,publisher,estimate\nq,A,bananas\n");
    assert_eq!(to_file(&path).status.code(), Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let output = to_file("data/kursk-article");
    assert!(output.status.success() && output.stdout.is_empty());
    assert_eq!(fs::read_to_string(&file).unwrap(), exported("data/kursk-article", "dot", &[]));
}

#[test]
fn unknown_formats_are_a_wrong_command_and_unknown_questions_a_bad_request() {
    let output = export(&["data/kursk-article", "--format", "dott"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("[possible values: dot, graphml, json, mermaid, analysis, ")
    );
    let output = export(&["data/kursk-article", "--format", "dot", "--question", "casualtes"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `casualties`"));
}

/// Runs `tests/readers/check_exports.py` on a case with the Python of `SAYSO_PYTHON`, which needs the
/// packages of tests/readers/requirements.txt.
fn read_by_others(python: &Path, case: &str) {
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in [("json", "graph.json"), ("graphml", "graph.graphml"), ("dot", "graph.dot")] {
        fs::write(folder.path().join(name), exported(case, format, &[])).unwrap();
    }
    let script = root().join("tests/readers/check_exports.py");
    let schema = root().join("schemas/graph.schema.json");
    let output = Command::new(python).arg(script).arg(folder.path()).arg(schema).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{case}: {out}{err}");
    print!("{case}: {out}");
}

#[test]
fn networkx_pydot_and_the_schema_read_the_same_graph() {
    let Some(python) = std::env::var_os("SAYSO_PYTHON") else {
        println!("skipped: SAYSO_PYTHON is not set");
        return;
    };
    let (_folder, odd) = case(ODD);
    for case in ["data/kursk-article", "data/kursk-2025", &odd] {
        read_by_others(Path::new(&python), case);
    }
}
