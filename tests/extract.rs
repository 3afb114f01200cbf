//! Extraction through the real binary, and laws that hold for any text.

#![cfg(test)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use sayso::extract::{Document, Extraction, Extractor, Markup, RuleExtractor};

const ARTICLE: &str = "About 2,700 families have left their homes since the Dray dam failed, Coast Radio reported on Sunday, \
    citing the provincial relief office. At least 14 people died, the office said.\n\n\
    The Harbour Daily, quoting two unnamed engineers, put the number of flooded homes at between 1,000 and 1,400. \
    Mayor Iva Dorn told reporters that up to 1,400 homes were flooded.\n";

fn sayso(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

#[test]
fn an_article_becomes_a_case_with_a_consensus() {
    let folder = folder(&[("flood.txt", ARTICLE)]);
    let made = sayso(
        folder.path(),
        &[
            "extract",
            "flood.txt",
            "--publisher",
            "Osterland Today",
            "--published",
            "2025-03-02",
            "-o",
            "flood/claims.csv",
        ],
        b"",
    );
    assert!(made.status.success(), "{}", text(&made.stderr));
    let rows = fs::read_to_string(folder.path().join("flood/claims.csv")).unwrap();
    assert!(rows.contains("destroyed_home,Osterland Today,\"between 1,000 and 1,400\",home,Harbour Daily > anonymous: two unnamed engineers"), "{rows}");
    let checked = sayso(folder.path(), &["check", "flood"], b"");
    assert!(text(&checked.stdout).contains("no errors"), "{}", text(&checked.stderr));
    let consensus = sayso(folder.path(), &["consensus", "flood", "--question", "destroyed_home"], b"");
    assert!(
        text(&consensus.stdout).contains("2 numbers, 2 origins, 1 of them anonymous"),
        "{}",
        text(&consensus.stdout)
    );
}

#[test]
fn json_lines_come_out_as_records_with_spans_in_characters() {
    let line = "{\"id\":\"a1\",\"passage\":\"Čapek’s paper said 40 boats sank.\",\"publisher\":\"Oby Post\",\"published\":\"2025-03-02\",\"url\":\"u\"}\n";
    let output = sayso(Path::new("."), &["extract", "--input", "jsonl", "--format", "jsonl"], line.as_bytes());
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["id", "url", "publisher", "domain", "passage", "claims", "out_of_scope", "date"]);
    let claim = &record["claims"][0];
    let keys: Vec<&str> = claim.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "id",
        "quantity_text",
        "quantity_span",
        "quantity_low",
        "quantity_high",
        "bound",
        "unit",
        "event",
        "subject",
        "attribution_chain",
        "hedge",
    ];
    assert_eq!(keys, expected);
    assert_eq!((&claim["quantity_text"], &claim["quantity_span"]), (&"40".into(), &serde_json::json!([19, 21])));
}

#[test]
fn rows_are_added_to_a_case_without_touching_others() {
    let old = "claim,question,publisher,estimate,mine\nC1,q,\"A \"\"B\"\"\",7,x\n";
    let folder = folder(&[("claims.csv", old), ("a.txt", "Some 40 boats sank, police said.")]);
    let arguments = ["extract", "a.txt", "--publisher", "P", "--append", "."];
    let shown = sayso(folder.path(), &[&arguments[..], &["--dry-run"]].concat(), b"");
    assert_eq!(text(&shown.stdout), "a_txt-1,other_boat,P,Some 40,\n");
    assert_eq!(fs::read_to_string(folder.path().join("claims.csv")).unwrap(), old);
    let added = sayso(folder.path(), &arguments, b"");
    assert!(text(&added.stderr).contains("the case has no column unit, via, cue"), "{}", text(&added.stderr));
    let new = fs::read_to_string(folder.path().join("claims.csv")).unwrap();
    assert_eq!(new, format!("{old}a_txt-1,other_boat,P,Some 40,\n"));
    assert!(sayso(folder.path(), &["check", "."], b"").status.success());
}

#[test]
fn the_marked_text_shows_figures_sources_and_rules() {
    let folder = folder(&[("a.txt", "Some 40 boats sank, the Oby Post said. It took six months & <b>.")]);
    let told = text(&sayso(folder.path(), &["extract", "a.txt", "--explain"], b"").stdout);
    assert!(told.contains("[1:Some 40] boats sank, {the Oby Post} <said>. It took (six) months"), "{told}");
    assert!(told.contains("six: no claim, duration"), "{told}");
    let page = text(&sayso(folder.path(), &["extract", "a.txt", "--explain=html"], b"").stdout);
    assert!(page.contains("<mark class=\"figure\" title=\"about\">Some 40</mark><sup>1</sup>"), "{page}");
    assert!(page.contains("months &amp; &lt;b&gt;"), "{page}");
}

#[test]
fn the_article_of_a_page_is_read_with_what_the_page_says_of_itself() {
    let page = "<!doctype html><head><meta property=\"og:site_name\" content=\"Oby Post\"></head><nav>12 more</nav><p>Some <b>40</b> boats sank, police said.";
    let output = sayso(Path::new("."), &["extract", "-"], page.as_bytes());
    let rows = text(&output.stdout);
    assert!(rows.contains("other_boat,Oby Post,Some 40,boat,police,said"), "{rows}");
    assert!(!rows.contains("12"), "{rows}");
}

#[test]
fn bad_input_is_refused_with_its_place() {
    let bad = |bytes: &[u8], arguments: &[&str]| {
        let output = sayso(Path::new("."), &[&["extract"], arguments].concat(), bytes);
        (output.status.code(), text(&output.stderr))
    };
    assert_eq!(bad(b" \n", &[]), (Some(1), "sayso: standard input: the text is empty\n".to_owned()));
    assert_eq!(
        bad(b"ab\nc\xff", &[]),
        (Some(1), "sayso: standard input:2:2: this is not UTF-8 text; save it as text in UTF-8\n".to_owned())
    );
    let (status, error) = bad(b"{\"id\":1}\n", &["--input", "jsonl"]);
    assert_eq!(
        (status, error.as_str()),
        (Some(1), "sayso: standard input:1: no `text`; write one object a line, with `id` and `text`\n")
    );
    assert_eq!(bad(b"x", &["nowhere.txt"]).0, Some(2));
    let (status, error) = bad("Der Bürgermeister sagte, dass 9 Menschen bei dem Brand gestorben sind.".as_bytes(), &[]);
    assert_eq!(status, Some(0));
    assert!(error.contains("does not read as English"), "{error}");
}

#[test]
#[cfg(unix)]
fn an_outside_program_is_asked_and_its_inventions_are_rejected() {
    let answer = r#"{"id":"a.txt","claims":[{"quantity_text":"Some 40","quantity_low":40,"quantity_high":40,"bound":"about","unit":"boat","attribution_chain":[{"name":"police"}]},{"quantity_text":"90","quantity_low":90,"bound":"exact"}]}"#;
    let folder = folder(&[
        ("a.txt", "Some 40 boats sank, police said."),
        ("answer.jsonl", answer),
        ("say.sh", "read line; cat answer.jsonl; echo\n"),
    ]);
    let output = sayso(folder.path(), &["extract", "a.txt", "--publisher", "P", "--extractor", "sh say.sh"], b"");
    assert!(
        text(&output.stdout).contains("other_boat,P,Some 40,boat,police"),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    assert!(
        text(&output.stderr).contains("a.txt: rejected: claim 2, `90`: its words do not stand in the text"),
        "{}",
        text(&output.stderr)
    );
    let missing = sayso(folder.path(), &["extract", "a.txt", "--extractor", "no-such-program"], b"");
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("could not be started"), "{}", text(&missing.stderr));
}

/// Claims of a text, as the grammar finds them.
fn read(text: &str, markup: Markup) -> (Document, Extraction) {
    let document = Document::new("d", text.to_owned(), markup);
    let found = RuleExtractor::new().extract(&document).unwrap();
    (document, found)
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let shapes: [(&str, &str); 9] = [
        ("an article again and again", ARTICLE),
        ("one sentence", "the officials said that about 300 of the people were there and, according to the ministry, "),
        ("brackets", "("),
        ("quotes", "\"said “"),
        ("commas", "the, said, "),
        ("digits", "1,"),
        ("letters", "a"),
        ("hyphens", "-a"),
        ("relatives", "who which said that "),
    ];
    for (name, piece) in shapes {
        let time = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let start = Instant::now();
            drop(read(&text, Markup::Plain));
            start.elapsed()
        };
        let (small, large) = (time(100_000), time(800_000));
        // Eight times the text; a quadratic rule would take sixty-four times as long.
        assert!(large < small * 32 + Duration::from_secs(2), "{name}: {small:?} for 100 kB, {large:?} for 800 kB");
    }
}

/// Texts made of the pieces of news, which reach further into the grammar than arbitrary ones.
fn news() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ",
        ", ",
        ". ",
        "“",
        "”",
        "\"",
        "; ",
        ": ",
        "\n",
        "\n\n",
        " - ",
        "(",
        ")",
        "’s",
        "300",
        "1,200",
        "30-40,000",
        "two dozen",
        "half",
        "at least ",
        "up to ",
        "more than ",
        "about ",
        "between ",
        " and ",
        " to ",
        "$5 million",
        "40%",
        "dozens of ",
        "several thousand ",
        "people ",
        "troops ",
        "homes ",
        "killed ",
        "wounded ",
        "were ",
        "said ",
        "told ",
        "reported ",
        "quoted ",
        "citing ",
        "quoting ",
        "according to ",
        "as saying ",
        "that ",
        "which ",
        "who ",
        "the ",
        "a ",
        "two ",
        "Harbour Daily ",
        "Ana Lund ",
        "the ministry ",
        "officials ",
        "sources ",
        "unnamed ",
        "he ",
        "it ",
        "the newspaper ",
        "denied ",
        "the figure ",
        "came from ",
        "while ",
        "but ",
        "in ",
        "of ",
        "by ",
        "on condition of anonymity ",
        "earlier ",
        "will ",
        "reportedly ",
        "é",
        "\u{202e}",
        "👍",
        "שלום ",
        "\u{0}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_spans(text: &str, markup: Markup) {
    let (document, found) = read(text, markup);
    let whole = document.text();
    for mark in found.marks() {
        assert!(whole.get(mark.span.start..mark.span.end).is_some(), "{mark:?} in {whole:?}");
        let given = document.given_span(mark.span);
        assert!(document.given.get(given.start..given.end).is_some(), "{given:?} in {text:?}");
    }
    for claim in &found.claims {
        assert!(!claim.figure.span.of(whole).is_empty() && !claim.unit.contains('\n'));
        for party in claim.chain.iter().chain(&claim.disputed_by) {
            assert!(!party.name.of(whole).is_empty(), "{party:?} in {whole:?}");
        }
        let ends = [claim.figure.low, claim.figure.high];
        assert!(ends.into_iter().flatten().all(f64::is_finite));
    }
}

proptest! {
    #[test]
    fn every_span_stands_in_the_text_whatever_the_text(any in "\\PC{0,200}", news in news(), markup in 0..3_usize) {
        let markup = [Markup::Plain, Markup::Markdown, Markup::Html][markup];
        check_spans(&any, markup);
        check_spans(&news, markup);
    }

    #[test]
    fn bytes_of_html_never_stop_the_reader(pieces in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<nav>", "</nav>", "<article>", "</article>", "<b", ">", "&amp;", "&#8217;", "&nbsp;", "&", "<!--", "-->", "<script>", "</script>",
        "40 boats sank, ", "police said. ", "\r\n", "é", "<svg/>", "<title>", "\"", "="]), 0..30)) {
        check_spans(&pieces.concat(), Markup::Html);
    }
}

/// Scores on passages that lie beside the repository and are no part of it.
#[test]
fn scores_on_annotated_passages_hold() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    if !shared.join("score_gold.py").exists() {
        eprintln!("skipped: no ../shared");
        return;
    }
    let gold = shared.join("gold_dev.jsonl");
    let root = Path::new(".");
    let folder = tempfile::tempdir().unwrap();
    let predictions = folder.path().join("predictions.jsonl");
    let arguments = [
        "extract",
        "--format",
        "jsonl",
        "--quiet",
        &gold.display().to_string(),
        "-o",
        &predictions.display().to_string(),
    ];
    let output = sayso(root, &arguments, b"");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let scored = Command::new("python3").arg(shared.join("score_gold.py")).arg(&gold).arg(&predictions).output();
    let Ok(scored) = scored else {
        eprintln!("skipped: no python3");
        return;
    };
    let report = text(&scored.stdout);
    let figure = |name: &str| {
        let line = report.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} in {report}"));
        line.split_whitespace().last().and_then(|last| last.parse::<f64>().ok()).unwrap()
    };
    for (name, target) in [
        ("value P/R/F1", 0.93),
        ("value+bound", 0.92),
        ("value+unit", 0.80),
        ("link P/R/F1", 0.80),
        ("chain exact", 0.70),
        ("nested chain", 0.55),
        ("origin acc", 0.75),
    ] {
        assert!(figure(name) >= target, "{name}: {} where {target} is wanted\n{report}", figure(name));
    }
}
