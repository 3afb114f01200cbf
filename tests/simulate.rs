//! Made-up worlds: the same bytes for the same seed, and cases that read without a remark.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::{Command, Output};

use sayso::ingest::{Limits, Severity, read};
use sayso::simulate::{Plan, World, case_files};
use sayso::{Options, analyse};
use sha2::{Digest, Sha256};

fn plan(world: World) -> Plan {
    Plan { world, seed: 7, questions: 40, sources: 20, resolved: 12 }
}

fn write(world: World, folder: &Path) {
    for file in case_files(&plan(world)) {
        std::fs::write(folder.join(file.name), file.text).unwrap();
    }
}

#[test]
fn every_world_is_a_case_without_problems() {
    for world in World::ALL {
        let folder = tempfile::tempdir().unwrap();
        write(world, folder.path());
        let read = read(folder.path(), Limits::default()).unwrap();
        for severity in [Severity::Warning, Severity::Assumed] {
            assert_eq!(read.problems.count(severity), 0, "{}: {:?}", world.name(), read.problems.of(severity).next());
        }
        assert_eq!((read.case.questions.len(), read.case.resolutions.len()), (40, 12), "{}", world.name());
        let analysis = analyse(&read.case, &Options::default());
        assert!(analysis.questions.iter().all(|result| result.consensus.range().is_some()), "{}", world.name());
    }
}

#[test]
fn declared_copies_are_no_origins_and_unnamed_sources_are() {
    let count = |world: World| {
        let folder = tempfile::tempdir().unwrap();
        write(world, folder.path());
        let case = read(folder.path(), Limits::default()).unwrap().case;
        let accounts = analyse(&case, &Options::default()).questions.into_iter().map(|result| result.account);
        accounts.fold((0, 0, 0), |(numbers, origins, unnamed), account| {
            (numbers + account.numbers, origins + account.origins, unnamed + account.anonymous_origins)
        })
    };
    let (numbers, origins, unnamed) = count(World::Copied);
    assert!(origins < numbers * 2 / 3 && unnamed == 0, "{origins} origins of {numbers}");
    let (numbers, origins, unnamed) = count(World::Anonymous);
    assert!(origins == numbers && unnamed > numbers / 2, "{unnamed} unnamed of {origins}");
}

/// The claims of each world for one seed, by hash: a change of one bit on any machine is seen.
#[test]
fn the_same_seed_gives_the_same_bytes_everywhere() {
    let hashes: Vec<String> = World::ALL
        .into_iter()
        .map(|world| {
            let files = case_files(&plan(world)).into_iter();
            let text: String =
                files.filter(|file| ["claims.csv", "truth.csv"].contains(&file.name)).map(|file| file.text).collect();
            let hash: String = Sha256::digest(text.as_bytes()).iter().take(6).map(|b| format!("{b:02x}")).collect();
            format!("{} {hash}", world.name())
        })
        .collect();
    insta::assert_snapshot!(hashes.join("\n"));
    let other = Plan { seed: 8, ..plan(World::Honest) };
    assert_ne!(case_files(&other), case_files(&plan(World::Honest)));
}

fn sayso(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn the_command_writes_a_case_and_will_not_write_over_one() {
    let folder = tempfile::tempdir().unwrap();
    let arguments =
        ["simulate", "cabal", "-o", "made", "--seed", "7", "--questions", "30", "--sources", "12", "--resolved", "9"];
    let output = sayso(folder.path(), &arguments);
    assert!(output.status.success() && output.stdout.is_empty());
    let lines = |name: &str| std::fs::read_to_string(folder.path().join("made").join(name)).unwrap().lines().count();
    assert_eq!((lines("truth.csv"), lines("resolutions.csv"), lines("questions.csv")), (31, 10, 31));
    assert_eq!(sayso(folder.path(), &arguments).status.code(), Some(1));
    assert!(sayso(folder.path(), &["check", "made"]).status.success());
    let unknown = sayso(folder.path(), &["simulate", "cabel", "-o", "x"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `cabal`?"));
}
