use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::super::read::{Error, read_in_blocks};
use super::super::{Limits, Problems, Severity};

/// Everything that can be seen of a case that was read, or of why it was not.
fn seen(folder: &Path, limits: Limits, size: usize, threads: usize) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let told = |problems: &Problems| {
        let mut text = String::new();
        for severity in Severity::ALL {
            problems.of(severity).for_each(|problem| writeln!(text, "{problem}").unwrap());
            writeln!(text, "{} of kind {}", problems.count(severity), severity.name()).unwrap();
        }
        text
    };
    match pool.install(|| read_in_blocks(folder, limits, size)) {
        Ok(read) => format!("{}{:?}\n{:?}\n{:?}", told(&read.problems), read.case, read.lines, read.inputs),
        Err(Error::Bad(problems)) => told(&problems),
        Err(error) => panic!("{error}"),
    }
}

/// Checks that neither blocks nor threads can be seen, and gives what is.
fn the_same_in_all_blocks(folder: &Path, limits: Limits) -> String {
    let whole = seen(folder, limits, 1 << 20, 1);
    for size in [1, 7, 64, 500, 4096] {
        for threads in [1, 2, 7] {
            let parts = seen(folder, limits, size, threads);
            if parts != whole {
                let other = parts.lines().zip(whole.lines()).find(|(a, b)| a != b);
                panic!("blocks of {size} on {threads} threads: {other:?}\n{parts}\n{whole}");
            }
        }
    }
    whole
}

/// A file with quoted line ends, comments, blank lines, marks and both line ends. `bad` rows have errors.
fn claims(rows: usize, bad: &[usize]) -> String {
    let mut text = "\u{feff}# made for a test\n\n# \"twice\n".to_owned();
    text.push_str("claim,question,publisher,estimate,low,high,via,cites,published,note,other\n");
    for row in 0..rows {
        let estimate = match row % 6 {
            _ if bad.contains(&row) => "\u{1}12 kg",
            0 => "about 40",
            1 => "\"1,200\"",
            2 => "30-50",
            3 => "50% of q0",
            4 => "unknown",
            _ => "1.5 thousand",
        };
        let publisher = ["A", "\"The \"\"B\"\" Post\"", "a", "Reutres", "Agency X"][row % 5];
        let via = ["", "AP > anonymous: aide", "Reuters & Reutres", "officer-7 > A"][row % 4];
        let cites = if row > 60 && row % 9 == 0 { format!("c{}", row - 60) } else { String::new() };
        let note = ["", "\"two\nlines, \"\"and\n\nmore\"", "5\" wide", "naïve — ’"][row % 4];
        let question = if row % 3 == 0 { "q1".to_owned() } else { format!("q{}", 2 + row % 20) };
        let end = if row % 7 == 0 { "\r\n" } else { "\n" };
        let extra = if row % 11 == 0 { "\"x\ry\"" } else { "x" };
        let row = if row == 70 { "c7".to_owned() } else { format!("c{row}") };
        write!(text, "{row},{question},{publisher},{estimate},,,{via},{cites},2025-02-0{},{note},{extra}{end}", 3)
            .unwrap();
        if question == "q5" {
            text.push_str(",,,,,,,,,,\n\n");
        }
    }
    text
}

#[test]
fn neither_blocks_nor_threads_can_be_seen_in_a_case() {
    let folder = tempfile::tempdir().unwrap();
    let text = claims(69, &[]).replace("cites", "notes").replace('\u{1}', "");
    fs::write(folder.path().join("claims.csv"), text.replace("50% of q0", "50% of q21")).unwrap();
    fs::write(folder.path().join("sources.csv"), "source,kind\nReuters,wire\nofficer-7,anonymous\nA,\n").unwrap();
    fs::write(folder.path().join("questions.csv"), "question,title\nq1,One\nq2,Two\nq21,All\n").unwrap();
    let whole = the_same_in_all_blocks(folder.path(), Limits::default());
    for wanted in ["did you mean `Reuters`?", "an empty row, left out", "is not in the questions file", "officer-7"] {
        assert!(whole.contains(wanted), "{wanted}: {whole}");
    }
    assert!(whole.starts_with("0 of kind error") && whole.contains("two\\nlines, \\\"and\\n\\nmore"));
}

#[test]
fn problems_of_late_rows_keep_their_places_in_any_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let text = claims(1500, &[3, 900, 1400, 1499]);
    fs::write(folder.path().join("claims.csv"), &text).unwrap();
    fs::write(folder.path().join("sources.csv"), "source\nReuters\n").unwrap();
    let whole = the_same_in_all_blocks(folder.path(), Limits::default());
    let line = text[..=text.find("\nc1499,").unwrap()].matches('\n').count() + 1;
    assert!(whole.contains(&format!("claims.csv:{line}:")), "{line}: {whole}");
    assert!(whole.contains("claim id `c7` stands on rows 8 and 71"), "{whole}");
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_is_refused_alike_in_any_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let rows = claims(50, &[20]);
    for tail in ["x,q1,\"A,5,,,,,,,\nq,q", "x,q1,A\u{1}", &format!("x,q1,A,5,{}", "y".repeat(5000)), "a,b\n\u{fffd}\n"]
    {
        fs::write(folder.path().join("claims.csv"), format!("{rows}{tail}")).unwrap();
        let limits = Limits { record: 3000, ..Limits::default() };
        let whole = the_same_in_all_blocks(folder.path(), limits);
        assert!(whole.lines().all(|line| line != "0 of kind error"), "{whole}");
    }
    let limits = Limits { sources: 5, ..Limits::default() };
    let whole = the_same_in_all_blocks(folder.path(), limits);
    assert!(whole.contains("error: more than 5 sources") && whole.contains("\n1 of kind error"), "{whole}");
}

#[test]
fn bytes_that_are_no_text_are_told_at_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = b"question,publisher,estimate\nq,A,5\n".to_vec();
    bytes.extend_from_slice(b"q,\"Caf\xe9\nB\",5\nq,C,6\n");
    fs::write(folder.path().join("claims.csv"), &bytes).unwrap();
    let whole = the_same_in_all_blocks(folder.path(), Limits::default());
    assert!(whole.contains("claims.csv:3:7: error: this is not UTF-8 text"), "{whole}");
    assert!(whole.contains("\n1 of kind error"), "{whole}");
}
