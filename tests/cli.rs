//! The program as its users meet it: what it prints, how it ends, what it leaves behind.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs sayso in the repository root.
fn sayso(arguments: &[&str]) -> Output {
    sayso_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

fn sayso_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(folder).args(arguments).output().unwrap()
}

/// What a run printed, for a snapshot: standard output, then standard error, then the exit status.
fn told(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    let err = if err.is_empty() { String::new() } else { format!("--- standard error\n{err}") };
    format!("{out}{err}--- exit status {status}\n")
}

/// A case in a folder of its own.
fn case(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// Runs `sayso check claims.csv` on one file.
fn check(bytes: &[u8]) -> String {
    let folder = case(&[("claims.csv", bytes)]);
    told(&sayso_in(folder.path(), &["check", "claims.csv"]))
}

#[test]
fn consensus_gives_the_account_of_the_kursk_case() {
    insta::assert_snapshot!(told(&sayso(&["consensus", "data/kursk-2025"])));
}

#[test]
fn consensus_on_one_question_lists_its_origins() {
    insta::assert_snapshot!(told(&sayso(&["consensus", "data/kursk-2025", "--question", "kursk_reinforcement"])));
}

#[test]
fn consensus_on_one_article_keeps_its_media_mentions_apart() {
    insta::assert_snapshot!(told(&sayso(&["consensus", "data/kursk-article"])));
}

#[test]
fn consensus_as_csv_has_the_columns_of_the_contract() {
    let output = sayso(&["consensus", "data/kursk-2025", "--format", "csv"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let header = "question,title,unit,method,as_of,claims,numbers,publications,origins,effective_origins,\
        anonymous_origins,left_out,q025,q05,q10,q25,q50,q75,q90,q95,q975,shape,camps,i2,single_point_of_failure,notes";
    assert_eq!(text.lines().next(), Some(header));
    assert_eq!(text.lines().count(), 6);
}

#[test]
fn consensus_as_json_is_an_array_of_objects() {
    let output = sayso(&["consensus", "data/kursk-article", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[4]["question"], "new_deployment");
    assert_eq!(rows[4]["anonymous_origins"], 3);
}

#[test]
fn trace_shows_who_repeats_whom() {
    insta::assert_snapshot!(told(&sayso(&["trace", "data/kursk-2025", "--question", "kursk_reinforcement"])));
}

#[test]
fn trace_of_a_claim_leads_to_its_origin() {
    insta::assert_snapshot!(told(&sayso(&["trace", "data/kursk-2025", "--claim", "K10"])));
}

#[test]
fn trace_of_a_source_shows_what_it_said_and_what_rests_on_it() {
    insta::assert_snapshot!(told(&sayso(&["trace", "data/kursk-2025", "--source", "Syrsky"])));
}

#[test]
fn trace_of_unnamed_sources_leaves_the_named_out() {
    let text = told(&sayso(&["trace", "data/kursk-2025", "--question", "kursk_reinforcement", "--anonymous"]));
    assert!(text.contains("own sources (JoongAng Ilbo), unnamed: 9 numbers in 9 publications"), "{text}");
    assert!(!text.contains("K16"), "{text}");
}

#[test]
fn timeline_says_what_moved_the_range() {
    insta::assert_snapshot!(told(&sayso(&["timeline", "data/kursk-2025", "--question", "kursk_reinforcement"])));
}

#[test]
fn trace_with_addresses_shows_where_a_link_can_be_checked() {
    let text = told(&sayso(&["trace", "data/kursk-2025", "--claim", "K10", "--urls"]));
    assert!(text.contains("https://unn.ua/en/news/dprk-sends-new-troops-to-kurdistan-seoul\n"), "{text}");
}

#[test]
fn check_says_what_was_assumed() {
    insta::assert_snapshot!(told(&sayso(&["check", "data/kursk-2025"])));
}

#[test]
fn help_of_every_command_has_an_example() {
    for command in [
        "check",
        "consensus",
        "compare",
        "trace",
        "timeline",
        "report",
        "plot",
        "export",
        "init",
        "simulate",
        "verify",
        "diff",
        "completions",
    ] {
        let text = String::from_utf8(sayso(&[command, "--help"]).stdout).unwrap();
        assert!(text.contains("Example") && text.contains(&format!("sayso {command} ")), "{text}");
    }
}

#[test]
fn a_report_is_sealed_and_the_same_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str, threads: &str| {
        let path = folder.path().join(name);
        let output = sayso(&["report", "data/kursk-2025", "--threads", threads, "-o", path.to_str().unwrap()]);
        assert!(output.status.success(), "{}", told(&output));
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(&path)
            .unwrap()
            .map(|file| file.unwrap().path())
            .map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(file).unwrap()))
            .collect();
        files.sort();
        files
    };
    let one = report("one", "1");
    assert_eq!(one, report("two", "2"));
    assert_eq!(one, report("seven", "7"));
    let names: Vec<&str> = one.iter().map(|(name, _)| name.as_str()).collect();
    let tables = [
        "attributions",
        "camps",
        "circles",
        "claims",
        "consensus",
        "drifts",
        "origins",
        "sources",
        "statements",
        "timeline",
    ];
    let mut expected: Vec<String> = tables.iter().map(|table| format!("{table}.csv")).collect();
    expected.splice(7..7, ["report.html", "run.json"].map(str::to_owned));
    assert_eq!(names, expected);
    let run: serde_json::Value = serde_json::from_slice(&one[8].1).unwrap();
    assert_eq!(run["outputs"].as_object().unwrap().len(), 11);
    assert_eq!(run["inputs"].as_object().unwrap().len(), 3);
}

#[test]
fn a_new_case_works_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let made = sayso_in(folder.path(), &["init", "mine"]);
    insta::assert_snapshot!("init", told(&made));
    insta::assert_snapshot!("init_consensus", told(&sayso_in(folder.path(), &["consensus", "mine"])));
    let checked = told(&sayso_in(folder.path(), &["check", "mine"]));
    assert!(checked.ends_with("no errors, no warnings, no assumptions\n--- exit status 0\n"), "{checked}");
    let again = sayso_in(folder.path(), &["init", "mine"]);
    assert_eq!(again.status.code(), Some(1));
}

#[test]
fn every_problem_of_a_case_is_reported_in_one_run_with_its_place() {
    let claims = "claim,question,publisher,estimate,unit,via,cites,published,status,credibility\n\
        C1,homs,Harbour Daily,\"3,000-1,000\",home,,,2025-03-02,,\n\
        C2,homes,Harbor Daily,12 soldiers,home,A > > B,C9,2025-13-02,,\n\
        C3,homes,,1000,home,,C1,,asserted,\n\
        C4,homes,Harbour Dayly,about 1000,home,,C33,2025-02-30,assertd,7\n\
        C4,homes,Coast Radio,bananas,home,,,,,\n";
    let sources = "source,kind,aliases\nHarbour Daily,outlt,\nCoast Radio,outlet,harbour daily\n";
    let questions = "question,unit,min,max,scale\nhomes,home,9,1,logg\n";
    let folder = case(&[
        ("claims.csv", claims.as_bytes()),
        ("sources.csv", sources.as_bytes()),
        ("questions.csv", questions.as_bytes()),
    ]);
    insta::assert_snapshot!(told(&sayso_in(folder.path(), &["consensus", "."])));
}

#[test]
fn a_missing_column_is_named() {
    insta::assert_snapshot!(check(b"question,publishr,estimate\nq,A,5\n"));
}

#[test]
fn files_that_are_no_tables_are_refused_with_a_remedy() {
    let cases: [(&str, &[u8]); 9] = [
        ("empty", b""),
        ("blank lines", b"\n\n\n"),
        ("header alone", b"question,publisher,estimate\n"),
        ("binary", b"\x00\x01\x02\x03"),
        ("UTF-16", b"\xff\xfeq\x00"),
        ("gzip", b"\x1f\x8b\x08\x00abc"),
        ("Excel", b"PK\x03\x04abc"),
        ("Latin-1", b"question,publisher,estimate\nq,Caf\xe9,5\n"),
        ("open quote", b"question,publisher,estimate\nq,A,\"5\nq,B,6\n"),
    ];
    let text: String = cases.iter().map(|(name, bytes)| format!("== {name}\n{}", check(bytes))).collect();
    insta::assert_snapshot!(text);
}

#[test]
fn missing_paths_end_with_status_2_and_unknown_names_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let told = |arguments: &[&str]| told(&sayso_in(folder.path(), arguments));
    fs::create_dir(folder.path().join("empty")).unwrap();
    let text = [
        told(&["consensus", "nowhere"]),
        told(&["consensus", "empty"]),
        told(&["consensus"]),
        told(&["consensus", "empty", "--as-of", "27.02.2025"]),
    ]
    .concat();
    insta::assert_snapshot!(text);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kursk-2025");
    let root = root.to_str().unwrap();
    for arguments in [["--question", "kursk_reinforcment"], ["--claim", "K100"], ["--source", "Reuterss"]] {
        let output = sayso_in(folder.path(), &[&["trace", root], &arguments[..]].concat());
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean"), "{arguments:?}");
    }
}

#[test]
fn of_many_reasons_for_leaving_out_twelve_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..20).map(|n| format!("q,S{n},{},district {n}\n", 1000 + n)).collect();
    std::fs::write(folder.path().join("claims.csv"), format!("question,publisher,estimate,scope\n{rows}")).unwrap();
    let output = sayso_in(folder.path(), &["consensus", "claims.csv"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find(|line| line.contains("left out: ")).unwrap();
    assert_eq!(line.matches("district").count(), 12, "{line}");
    assert!(line.ends_with("; 8 more for 8 other reasons"), "{line}");
}

#[test]
fn an_endless_line_is_refused_without_being_read_to_its_end() {
    let mut bytes = b"question,publisher,estimate\nq,A,".to_vec();
    bytes.resize(40 << 20, b'x');
    let text = check(&bytes);
    assert_eq!(
        text,
        "--- standard error\nclaims.csv:2: error: a line of more than 16 MB; a quote may be missing, or this is not a table; else raise `--limit record`\nsayso: 1 error in the case\n--- exit status 1\n"
    );
}

#[test]
fn nothing_is_left_behind_where_the_case_is_bad_or_the_folder_is_not_there() {
    let folder = case(&[("claims.csv", b"question,publisher,estimate\nq,A,bananas\n")]);
    let output = sayso_in(folder.path(), &["report", "claims.csv", "-o", "report"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join("report").exists());
    fs::write(folder.path().join("claims.csv"), "question,publisher,estimate\nq,A,5\n").unwrap();
    let output = sayso_in(folder.path(), &["consensus", "claims.csv", "-o", "no/such/folder.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_link_are_written_through_and_stay_what_they_are() {
    use std::os::unix::fs::FileTypeExt;
    let folder = case(&[("claims.csv", b"question,publisher,estimate\nq,A,5\n"), ("old.txt", b"old")]);
    let (pipe, link) = (folder.path().join("pipe"), folder.path().join("link"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("old.txt", &link).unwrap();
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    assert!(sayso_in(folder.path(), &["consensus", "claims.csv", "-o", "pipe"]).status.success());
    assert!(sayso_in(folder.path(), &["consensus", "claims.csv", "-o", "link"]).status.success());
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let text = reader.join().unwrap();
    assert!(text.contains("1 number"), "{text}");
    assert_eq!(fs::read_to_string(folder.path().join("old.txt")).unwrap(), text);
}

#[test]
fn delimiters_line_ends_and_the_byte_order_mark_do_not_matter() {
    let comma =
        "claim,question,publisher,estimate,published\nC1,q,A,\"1,200.5\",2025-01-02\nC2,q,B,up to 1.5k,2025-01-03\n";
    let forms = [
        comma.to_owned(),
        format!("\u{feff}{comma}"),
        comma.replace('\n', "\r\n"),
        "claim\tquestion\tpublisher\testimate\tpublished\nC1\tq\tA\t1,200.5\t2025-01-02\nC2\tq\tB\tup to 1.5k\t2025-01-03\n".to_owned(),
        "claim;question;publisher;estimate;published\nC1;q;A;1.200,5;2025-01-02\nC2;q;B;up to 1,5k;2025-01-03\n".to_owned(),
    ];
    let ranges: Vec<Vec<u8>> = forms
        .iter()
        .map(|text| {
            let folder = case(&[("claims.csv", text.as_bytes())]);
            sayso_in(folder.path(), &["consensus", "claims.csv", "--format", "csv"]).stdout
        })
        .collect();
    assert!(ranges[0].len() > 300);
    assert!(ranges.iter().all(|range| *range == ranges[0]));
    let json = "{\"claim\":\"C1\",\"question\":\"q\",\"publisher\":\"A\",\"estimate\":1200.5,\"published\":\"2025-01-02\"}\n\
        {\"claim\":\"C2\",\"question\":\"q\",\"publisher\":\"B\",\"estimate\":\"up to 1.5k\",\"published\":\"2025-01-03\"}\n";
    let folder = case(&[("claims.jsonl", json.as_bytes())]);
    assert_eq!(sayso_in(folder.path(), &["consensus", ".", "--format", "csv"]).stdout, ranges[0]);
}

#[test]
fn unknown_columns_are_carried_through_to_the_report() {
    let text = "question,publisher,estimate,mood\nq,A,5,=calm\n";
    let folder = case(&[("claims.csv", text.as_bytes())]);
    assert!(sayso_in(folder.path(), &["report", "claims.csv", "-o", "out"]).status.success());
    let claims = fs::read_to_string(folder.path().join("out/claims.csv")).unwrap();
    assert!(claims.lines().next().unwrap().ends_with(",why_not,mood"));
    assert!(claims.lines().nth(1).unwrap().ends_with(",'=calm"), "{claims}");
}

#[test]
fn a_closed_pipe_is_success() {
    use std::process::Stdio;
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["trace", "data/kursk-2025"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn revisions_that_are_none_are_reported() {
    let text = "claim,question,publisher,estimate,revises,published\n\
        K1,q,Mayor,500,,2025-03-01\nK2,q,Police,900,K1,2025-01-01\n";
    let folder = case(&[("claims.csv", text.as_bytes())]);
    let told = told(&sayso_in(folder.path(), &["check", "claims.csv"]));
    assert!(
        told.contains("claims.csv:3: warning: claim K2 revises claim K1, and they have no speaker in common"),
        "{told}"
    );
    assert!(told.contains("claims.csv:3: warning: claim K2 of 2025-01-01 revises claim K1 of 2025-03-01"), "{told}");
    let text = "claim,question,publisher,estimate,revises\nK1,q,Mayor,500,K2\nK2,q,Mayor,900,K1\n";
    let output = check(text.as_bytes());
    assert!(output.contains("stands in a circle of revisions") && output.ends_with("exit status 1\n"), "{output}");
}

#[test]
fn trace_of_a_source_shows_who_credits_it_with_what_it_never_said() {
    let arguments = ["trace", "data/kursk-2025", "--source", "NIS", "--question", "kursk_reinforcement"];
    let text = told(&sayso(&arguments));
    assert!(text.contains("credit NIS and rest on others\n└─ K10 UNN"), "{text}");
    let newspaper = told(&sayso(&["trace", "data/kursk-2025", "--source", "joongang"]));
    assert!(newspaper.contains("K09 News.az"), "{newspaper}");
}

#[test]
fn trace_as_csv_holds_the_links_that_were_asked_for() {
    let csv = |option: &[&str]| {
        let output = sayso(&[&["trace", "data/kursk-2025", "--format", "csv"], option].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    let chain = csv(&["--claim", "K10"]);
    assert!(chain.contains("kursk_reinforcement,K10,K08,wire,,yes,stated,yes,\n"), "{chain}");
    assert!(chain.contains("kursk_reinforcement,K10,NIS,agency,,yes,stated,no,attribution\n"), "{chain}");
    assert!(!chain.contains("K14"), "{chain}");
    assert!(csv(&["--anonymous"]).lines().count() < csv(&[]).lines().count());
}

#[test]
fn the_problems_of_a_bad_case_can_be_had_as_a_table() {
    let folder = case(&[("claims.csv", b"question,publisher,estimate\nq,A,bananas\n")]);
    let output = sayso_in(folder.path(), &["check", "claims.csv", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&rows[0]["line"], &rows[0]["column"]), (&2.into(), &5.into()));
}

#[test]
fn sources_that_differ_by_case_or_the_are_taken_as_one_in_any_order_of_rows() {
    let claims = "claim,question,publisher,estimate\nC1,q,The Post,5\nC2,q,Post,7\n";
    let run = |sources: &str| {
        let folder = case(&[("claims.csv", claims.as_bytes()), ("sources.csv", sources.as_bytes())]);
        let output = sayso_in(folder.path(), &["consensus", ".", "--format", "csv"]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("the two are taken as one"), "{}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let one = run("source,kind\nPost,outlet\nThe Post,wire\n");
    assert_eq!(one, run("source,kind\nThe Post,wire\nPost,outlet\n"));
    assert!(one.contains(",2,2,1,1,"), "{one}");
}

#[test]
fn settings_from_a_file_are_in_force_and_bad_ones_are_named() {
    let consensus = |file: &str| told(&sayso(&["consensus", "data/kursk-article", "--quiet", "--settings", file]));
    let folder =
        case(&[("wide.toml", b"tau = 0.8"), ("typo.toml", b"roh = 0.2"), ("wrong.toml", b"rho = 2.0\ntau = nan")]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plain = told(&sayso(&["consensus", "data/kursk-article", "--quiet"]));
    assert_ne!(consensus(&path("wide.toml")), plain);
    assert!(consensus(&path("typo.toml")).contains("unknown field `roh`"), "{}", consensus(&path("typo.toml")));
    let wrong = consensus(&path("wrong.toml"));
    assert!(
        wrong.contains("rho = 2: must be")
            && wrong.contains("tau = NaN: must be")
            && wrong.ends_with("exit status 1\n")
    );
    assert!(consensus(&path("missing.toml")).ends_with("exit status 2\n"));
}
