//! The example programs do what they say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::process::Command;

/// Runs an example that `cargo test` has built.
fn example(name: &str, arguments: &[&str]) -> String {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent().unwrap().parent().unwrap().join("examples");
    let run = Command::new(folder.join(name)).current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn ranges_prints_a_range_for_each_question() {
    let printed = example("ranges", &["data/kursk-2025"]);
    assert_eq!(printed.lines().count(), 5);
    assert!(printed.lines().all(|line| line.contains(" to ")), "{printed}");
}

#[test]
fn unnamed_prints_the_chains_that_end_at_unnamed_sources() {
    let printed = example("unnamed", &["data/kursk-2025"]);
    assert!(printed.contains("kursk_reinforcement: own sources (JoongAng Ilbo)"), "{printed}");
    assert!(
        printed.contains("Euromaidan Press > NK News [K05] > JoongAng Ilbo [K01] > anonymous: own sources"),
        "{printed}"
    );
}

#[test]
fn csv_reports_writes_every_table_and_the_seal() {
    let folder = tempfile::tempdir().unwrap();
    let printed = example("csv_reports", &["data/kursk-2025", folder.path().to_str().unwrap()]);
    assert_eq!(printed.lines().count(), sayso::report::TABLES.len() + 1);
    assert!(folder.path().join("consensus.csv").is_file() && folder.path().join("run.json").is_file());
}
