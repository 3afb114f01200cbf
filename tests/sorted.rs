//! A sorted file is answered in pieces as it is answered whole, and refused where it is not what it has to be.

#![cfg(test)]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sayso::consensus::Settings;
use sayso::ingest::{Error, Limits, Severity, read};
use sayso::sorted::Sorted;
use sayso::{Basis, Depth, Options, report};
use tempfile::TempDir;

/// Claims of 1,300 questions in natural order: some sources with more figures than are looked at, some that are met
/// once, names in several spellings, relays, revisions, forecasts, shares and parties without a name.
fn claims() -> String {
    let mut text = "question,publisher,estimate,via,cites,published,unit,status\n".to_owned();
    let mut row = 0;
    for question in 0..1300u32 {
        let truth = 50 + (question * 37) % 900;
        let count = 2 + question % 3;
        for claim in 0..count {
            row += 1;
            let source = (question * 5 + claim * 11) % 9;
            let name = if question % 400 == 399 { format!("agency {source}") } else { format!("Agency {source}") };
            let said = truth + (question * 13 + claim * 29) % (20 + 30 * source);
            let (via, cites) = match (question + claim) % 10 {
                3 => ("anonymous: own sources", String::new()),
                6 if claim > 0 => ("", (row - 1).to_string()),
                7 => ("Wire 3", String::new()),
                _ => ("", String::new()),
            };
            let estimate = match (question * 3 + claim) % 11 {
                0 => format!("more than {said}"),
                1 => format!("{said}-{}", said * 2),
                2 => format!("about {said}"),
                _ => said.to_string(),
            };
            let (unit, status) = if question % 50 == 7 { ("home", "projected") } else { ("person", "") };
            let day = 1 + (question * 7 + claim) % 27;
            writeln!(text, "q{question},{name},{estimate},{via},{cites},2025-03-{day:02},{unit},{status}").unwrap();
        }
        if question % 40 == 11 {
            row += 1;
            writeln!(text, "q{question},\"Witness\n{question}\",up to {truth},,,2025-02,person,").unwrap();
        }
    }
    text
}

/// Fewer sweeps, which a test has no need of.
fn options() -> Options {
    let settings = Settings { sweeps: 2, ..Settings::default() };
    Options { settings, depth: Depth::Ranges, ..Options::default() }
}

fn csv(parts: impl Iterator<Item = (sayso::model::Case, Vec<sayso::QuestionResult>)>) -> String {
    let mut bytes = Vec::new();
    for (case, results) in parts {
        let table = report::consensus_rows(&case, &results);
        table.rows.iter().for_each(|row| report::write_row(row, &mut bytes).unwrap());
    }
    String::from_utf8(bytes).unwrap()
}

fn in_pieces(path: &Path, options: &Options, size: usize) -> (Sorted, String) {
    let sorted = Sorted::learn_in_pieces(path, options, Limits::default(), size).unwrap();
    let parts = sorted.answers(Depth::Ranges).unwrap().map(|answered| {
        let answered = answered.unwrap();
        (answered.read.case, answered.results)
    });
    let text = csv(parts);
    (sorted, text)
}

fn written(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> std::path::PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn pieces_of_any_size_give_what_the_whole_file_gives() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(&folder, "claims.csv", claims());
    let read = read(&path, Limits::default()).unwrap();
    let mut as_of = options();
    as_of.as_of = Some(sayso::ingest::read_date("2025-03-15").unwrap());
    for options in [options(), as_of] {
        let basis = Basis::of(&read.case, &options);
        let whole = csv(basis.results(&read.case).map(|results| (read.case.clone(), results)));
        assert_eq!(whole.lines().count(), 1300);
        for size in [1, 300, 50_000] {
            let (sorted, text) = in_pieces(&path, &options, size);
            assert!(text == whole, "{size}");
            assert_eq!(sorted.questions(), 1300);
            let warnings = |problems: &sayso::ingest::Problems| {
                problems.of(Severity::Warning).map(ToString::to_string).collect::<Vec<_>>()
            };
            assert_eq!(warnings(sorted.problems()), warnings(&read.problems));
        }
    }
}

#[test]
fn questions_are_answered_in_the_order_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = "question,publisher,estimate\nb,A,5\nb,B,6\na,A,7\nc,B,5\n";
    let path = written(&folder, "claims.csv", text);
    for size in [1, 2, 100] {
        let (_, text) = in_pieces(&path, &options(), size);
        let ids: Vec<&str> = text.lines().map(|line| &line[..1]).collect();
        assert_eq!(ids, ["b", "a", "c"]);
    }
}

/// All errors of a file that is refused.
fn refused(path: &Path, size: usize) -> Vec<String> {
    let Err(Error::Bad(problems)) = Sorted::learn_in_pieces(path, &options(), Limits::default(), size) else {
        panic!("not refused")
    };
    let told = problems.of(Severity::Error).map(ToString::to_string);
    let folder = format!("{}/", path.parent().unwrap().display());
    told.map(|told| told.replace(&folder, "")).collect()
}

#[test]
fn rows_that_do_not_stand_together_are_named_by_question_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = "question,publisher,estimate\nq7,A,5\nq8,\"B\nC\",6\nq7,C,7\nq8,A,7\n";
    let path = written(&folder, "claims.csv", text);
    for size in [1, 2, 100] {
        let expected = "claims.csv:5: error: the rows of `q7` do not stand together; leave --sorted away or sort the file by question";
        assert_eq!(refused(&path, size), [expected]);
    }
}

#[test]
fn errors_of_all_pieces_are_told_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = claims();
    text.push_str("q2000,A,many\nq2001,,5\nq2002,B,7,\"open\n");
    let last = text.lines().count();
    let path = written(&folder, "claims.csv", text.replacen("q3,Agency", "q3,", 1).replacen("q3,", "q3,,", 1));
    let whole = read(&path, Limits::default());
    let Err(Error::Bad(problems)) = whole else { panic!("not refused") };
    let name = format!("{}/", folder.path().display());
    let whole: Vec<String> = problems.of(Severity::Error).map(|told| told.to_string().replace(&name, "")).collect();
    assert!(whole.last().unwrap().starts_with(&format!("claims.csv:{last}:")), "{whole:?}");
    for size in [1, 700] {
        assert_eq!(refused(&path, size), whole);
    }
}

#[test]
fn what_reaches_into_another_piece_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let text = "claim,question,publisher,estimate\nc1,a,A,5\nc2,b,A,half of a\n";
    let path = written(&folder, "claims.csv", text);
    assert_eq!(in_pieces(&path, &options(), 100).0.questions(), 2);
    let told = refused(&path, 1);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("a share of `a`, which is no question of the case"), "{told:?}");
}

#[test]
fn what_cannot_be_read_in_pieces_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |path: &Path| Sorted::learn(path, &options(), Limits::default()).unwrap_err().to_string();
    let lines = written(&folder, "claims.jsonl", "{\"question\":\"q\",\"publisher\":\"A\",\"estimate\":\"5\"}\n");
    assert!(refused(&lines).ends_with("only delimited text is read in pieces; leave --sorted away"));
    assert!(refused(folder.path()).contains("only a single file of claims"));
    assert!(refused(&folder.path().join("none.csv")).ends_with("no such file or folder"));
}

#[test]
fn empty_and_damaged_files_are_refused_as_they_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut packed = gzip(&claims());
    packed.truncate(packed.len() / 2);
    let headless = "question,estimate\nq,5\n";
    for (name, bytes) in [
        ("empty.csv", Vec::new()),
        ("header.csv", b"question,publisher,estimate\n".to_vec()),
        ("half.csv.gz", packed),
        ("headless.csv", headless.as_bytes().to_vec()),
    ] {
        let path = written(&folder, name, bytes);
        let Err(Error::Bad(problems)) = read(&path, Limits::default()) else { panic!("{name} is read") };
        let folder = format!("{}/", folder.path().display());
        let whole: Vec<String> =
            problems.of(Severity::Error).map(|told| told.to_string().replace(&folder, "")).collect();
        assert!(!whole.is_empty());
        assert_eq!(refused(&path, 50), whole, "{name}");
    }
}

#[test]
fn one_question_of_many_claims_is_one_piece() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..20_000).map(|row| format!("q,S{},{}\n", row % 40, 100 + row % 7)).collect();
    let path = written(&folder, "claims.csv", format!("question,publisher,estimate\n{rows}"));
    let sorted = Sorted::learn_in_pieces(&path, &options(), Limits::default(), 100).unwrap();
    let answered: Vec<_> = sorted.answers(Depth::Account).unwrap().map(Result::unwrap).collect();
    assert_eq!(answered.len(), 1);
    assert_eq!(answered[0].results[0].account.claims, 20_000);
}

#[test]
fn a_file_that_changes_between_the_passes_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = "question,publisher,estimate\na,A,5\nb,A,6\n";
    for changed in
        [text.replace('6', "7"), text.replace("b,A", "b,B"), text.replace('6', "x"), format!("{text}c,A,5\n")]
    {
        let path = written(&folder, "claims.csv", text);
        let sorted = Sorted::learn_in_pieces(&path, &options(), Limits::default(), 1).unwrap();
        fs::write(&path, changed).unwrap();
        let last = sorted.answers(Depth::Ranges).unwrap().last().unwrap();
        let Err(Error::Bad(problems)) = last else { panic!("not refused") };
        let told = problems.of(Severity::Error).next().unwrap();
        assert_eq!(told.what, "the file changed between the two times it was read");
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn sayso(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn the_command_writes_the_same_bytes_packed_or_not_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let text = claims();
    written(&folder, "claims.csv", &text);
    written(&folder, "claims.csv.gz", gzip(&text));
    written(&folder, "claims.csv.zst", compress_to_vec(text.as_bytes(), CompressionLevel::Fastest));
    written(&folder, "settings.toml", "sweeps = 1\n");
    let run = |file: &str, more: &[&str]| {
        let arguments = [&["consensus", file, "--settings", "settings.toml", "--quiet"], more].concat();
        let output = sayso(&folder, &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    for format in ["csv", "json"] {
        let whole = run("claims.csv", &["--format", format]);
        assert!(whole.len() > 100_000);
        assert!(run("claims.csv", &["--format", format, "--sorted", "--threads", "7"]) == whole, "{format}");
    }
    let whole = run("claims.csv", &["--format", "csv", "--sorted", "--threads", "1"]);
    assert!(run("claims.csv.gz", &["--format", "csv", "--sorted"]) == whole);
    run("claims.csv.zst", &["--format", "csv", "--sorted", "-o", "out.csv"]);
    assert!(fs::read(folder.path().join("out.csv")).unwrap() == whole);
}

#[test]
fn the_command_says_what_it_cannot_do_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    written(&folder, "claims.csv", "question,publisher,estimate\na,A,5\nb,A,x\na,B,6\n");
    let output = sayso(&folder, &["consensus", "claims.csv", "--sorted", "--format", "csv", "-o", "out.csv"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        told.contains("claims.csv:3:5: error: ") && told.contains("claims.csv:4: error: the rows of `a`"),
        "{told}"
    );
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    let output = sayso(&folder, &["consensus", "claims.csv", "--sorted", "--method", "median"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "sayso: --sorted is for the method `origins`; leave it away for `median`\n");
}
