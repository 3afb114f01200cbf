//! Limits: each has a default, a flag, a message; and memory grows with the data, not with what the data says of itself.

#![cfg(test)]

use std::fmt::Write;
use std::fs;
use std::process::{Command, Output};

use sayso::ingest::{LIMITS, Limits, size};

/// Runs sayso on one file.
fn run(command: &[&str], name: &str, text: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(folder.path()).args(command).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs a command with a limit that its input just keeps, and with one that it breaks.
fn bound(limit: &str, keeps: u64, command: &[&str], name: &str, text: &str, message: &str) {
    let with = |value: u64| run(&[command, &["--limit", &format!("{limit}={value}")]].concat(), name, text);
    let kept = with(keeps);
    assert_eq!(kept.status.code(), Some(0), "{limit}={keeps}: {}", said(&kept));
    let broken = with(keeps - 1);
    assert_eq!(broken.status.code(), Some(1), "{limit}={}: {}", keeps - 1, said(&broken));
    assert!(said(&broken).contains(message), "{limit}: {}", said(&broken));
}

const HEAD: &str = "question,publisher,estimate,via\n";
const CHECK: [&str; 2] = ["check", "claims.csv"];

#[test]
fn a_cell_is_bounded() {
    let text = format!("{HEAD}q,{},5,\n", "x".repeat(3000));
    bound(
        "field",
        3000,
        &CHECK,
        "claims.csv",
        &text,
        "claims.csv:2:3: error: a cell of 3000 bytes, where 2999 bytes are allowed; shorten it, or raise `--limit field`",
    );
    let text = format!("{{\"question\":\"q\",\"publisher\":\"{}\",\"estimate\":5}}\n", "x".repeat(3000));
    bound("field", 3000, &["check", "c.jsonl"], "c.jsonl", &text, "c.jsonl:1:29: error: a value of 3000 bytes");
}

#[test]
fn a_record_is_bounded() {
    let cells = "x".repeat(300_000);
    let text = format!("{HEAD}q,A,5,{cells}\n");
    let output = run(&["check", "claims.csv", "--limit", "record=70K"], "claims.csv", &text);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("claims.csv:2: error: a line of more than 70 kB"), "{}", said(&output));
    assert!(run(&["check", "claims.csv", "--limit", "record=400K"], "claims.csv", &text).status.success());
}

#[test]
fn the_columns_of_a_table_are_bounded() {
    let text = format!("{HEAD}q,A,5,\n");
    bound(
        "columns",
        4,
        &CHECK,
        "claims.csv",
        &text,
        "claims.csv:1: error: 4 columns, where 3 are allowed; raise `--limit columns`",
    );
    let text = "{\"question\":\"q\",\"publisher\":\"A\",\"estimate\":5}\n";
    bound("columns", 3, &["check", "c.jsonl"], "c.jsonl", text, "c.jsonl:1:44: error: more than 2 names of columns");
}

#[test]
fn a_file_is_bounded() {
    let text = format!("{HEAD}q,A,5,\nq,B,6,\n");
    let length = text.len() as u64;
    bound(
        "file",
        length,
        &CHECK,
        "claims.csv",
        &text,
        "claims.csv: error: a file of more than 45 bytes; raise `--limit file`, or split it",
    );
    let sheet = "question,A\nq,5\n";
    let command = ["import", "--format", "wide", "s.csv", "-o", "out"];
    bound("file", sheet.len() as u64, &command, "s.csv", sheet, "s.csv: error: a file of more than 14 bytes");
    let review = "[{\"@type\":\"ClaimReview\",\"claimReviewed\":\"12 homes\",\"author\":{\"name\":\"A\"}}]";
    let command = ["import", "--format", "claimreview", "r.json", "-o", "out"];
    let with = |value: usize| run(&[&command[..], &["--limit", &format!("file={value}")]].concat(), "r.json", review);
    assert!(said(&with(review.len() - 1)).contains("r.json: error: a file of more than"));
    assert!(!said(&with(review.len())).contains("a file of more than"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_that_never_ends_is_cut_off() {
    let script = "{ printf 'question,publisher,estimate\\n'; yes q,A,5; } | \"$0\" check /dev/stdin --limit file=1M";
    let output = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_sayso")]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("a file of more than 1 MB"), "{}", said(&output));
}

#[test]
fn a_text_is_bounded() {
    let text = "Twelve people died, police said.\n";
    bound(
        "text",
        text.len() as u64,
        &["extract", "a.txt"],
        "a.txt",
        text,
        "a.txt: more than 32 bytes of text; split it, or raise `--limit text`",
    );
}

#[test]
fn a_chain_is_bounded() {
    let chain: Vec<String> = (0..70).map(|n| format!("S{n}")).collect();
    let text = format!("{HEAD}q,A,5,{}\n", chain.join(" > "));
    bound(
        "chain",
        70,
        &CHECK,
        "claims.csv",
        &text,
        "error: a chain of 70 parties, where 69 are allowed; shorten it, or raise `--limit chain`",
    );
    let usual = run(&CHECK, "claims.csv", &text);
    assert!(said(&usual).contains("where 64 are allowed"), "{}", said(&usual));
}

/// Whatever the order of the rows: who owns whom is known only in the end.
#[test]
fn owners_of_owners_are_bounded() {
    let rows = |count: usize| (1..=count).map(|n| format!("s{n},s{}\n", n - 1));
    for count in [64, 65] {
        let (down, up): (String, String) = (rows(count).collect(), rows(count).rev().collect());
        for rows in [down, up] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("claims.csv"), format!("{HEAD}q,A,5,\n")).unwrap();
            std::fs::write(folder.path().join("sources.csv"), format!("source,parent\n{rows}")).unwrap();
            let output = Command::new(env!("CARGO_BIN_EXE_sayso")).arg("check").arg(folder.path()).output().unwrap();
            assert_eq!(output.status.success(), count == 64, "{}", said(&output));
            let told = "owners of owners, more than 64 of them; name the last owner, or raise `--limit chain`";
            assert_eq!(said(&output).contains(told), count == 65, "{}", said(&output));
        }
    }
}

#[test]
fn the_sources_of_a_case_are_bounded() {
    let mut text = HEAD.to_owned();
    for n in 0..50 {
        writeln!(text, "q,S{n},5,T{n}").unwrap();
    }
    bound(
        "sources",
        100,
        &CHECK,
        "claims.csv",
        &text,
        "claims.csv: error: more than 99 sources; raise `--limit sources`",
    );
}

#[test]
fn depth_is_bounded() {
    let line = "{\"question\":\"q\",\"publisher\":[\"A\"],\"estimate\":5}\n";
    bound(
        "depth",
        2,
        &["check", "c.jsonl"],
        "c.jsonl",
        line,
        "c.jsonl:1:1: error: more than 1 levels of lists and objects",
    );
    let bundle = "{\"type\":\"bundle\",\"objects\":[]}";
    let command = ["import", "--format", "stix", "b.json", "-o", "out", "--limit", "depth=1"];
    let output = run(&command, "b.json", bundle);
    assert!(said(&output).contains("b.json: error: more than 1 levels of lists and objects"), "{}", said(&output));
}

#[test]
fn the_help_lists_every_limit_with_its_default() {
    for command in ["check", "report", "import", "extract", "diff", "verify"] {
        let help = run(&[command, "--help"], "x", "");
        let help = String::from_utf8_lossy(&help.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        for limit in LIMITS {
            let value = (limit.get)(&Limits::default());
            let value = if limit.is_size { size(value) } else { value.to_string() };
            let told = format!("{} ({}: {value})", limit.name, limit.of);
            assert!(help.contains(&told), "{told} in sayso {command} --help:\n{help}");
        }
    }
}

#[test]
fn a_limit_that_does_not_exist_is_a_mistake_in_the_command() {
    for (text, message) in
        [("fields=3", "did you mean `field`?"), ("chain", "write NAME=VALUE"), ("chain=-1", "is no limit")]
    {
        let output = run(&["check", "claims.csv", "--limit", text], "claims.csv", HEAD);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(said(&output).contains(message), "{}", said(&output));
    }
}

/// Peak memory of `sayso check` in kilobytes, as the system counts it.
#[cfg(target_os = "linux")]
fn peak(text: &str) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("claims.csv"), text).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder.path())
        .args(["check", "claims.csv", "--quiet", "--threads", "1"])
        .stdout(fs::File::create(folder.path().join("out")).unwrap())
        .spawn()
        .unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0).max(most);
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success());
    most
}

#[cfg(target_os = "linux")]
#[test]
fn memory_grows_with_the_data_and_not_with_what_it_says_of_itself() {
    let rows = |count: usize, estimate: &str| {
        let rows: String = (0..count).map(|n| format!("q{},Source {},{estimate}\n", n % 500, n % 37)).collect();
        format!("question,publisher,estimate\n{rows}")
    };
    let (small, large) = (peak(&rows(2_000, "5")), peak(&rows(20_000, "5")));
    assert!(small > 0 && large < small + 40 * 1024, "{small} kB for 2,000 rows, {large} kB for 20,000");
    // Figures that speak of much cost no more than figures that speak of little.
    let loud = peak(&rows(2_000, "0-1e308"));
    assert!(loud < small + 8 * 1024, "{small} kB for small figures, {loud} kB for huge ones");
}
