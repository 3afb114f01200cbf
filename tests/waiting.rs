//! What somebody who waits is told, how a run is ended, and how much memory it may take.

#![cfg(test)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A case of so many questions with ten claims each.
fn make_case(path: &Path, questions: u32) {
    let mut claims = "question,publisher,estimate\n".to_owned();
    for question in 0..questions {
        for claim in 0..10 {
            writeln!(claims, "q{question},s{},{}", (question * 7 + claim * 13) % 50, 1000 + claim * 37).unwrap();
        }
    }
    fs::write(path, claims).unwrap();
}

fn sayso(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(folder);
    command
}

#[test]
fn progress_is_told_where_it_is_asked_for_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("claims.csv"), 300);
    let run = |more: &[&str]| {
        let arguments = [&["consensus", "claims.csv", "--format", "csv"], more].concat();
        let output = sayso(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success());
        (output.stdout, String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (plain, silent) = run(&[]);
    let (told, progress) = run(&["--progress"]);
    assert_eq!(plain, told);
    let is_progress =
        |line: &str| ["reading: ", "learning of sources: ", "answering: "].iter().any(|s| line.starts_with(s));
    assert!(progress.lines().any(is_progress), "{progress}");
    assert!(!silent.lines().any(is_progress), "{silent}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_what_stood_there_and_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("claims.csv"), 2000);
    fs::write(folder.path().join("out.csv"), "old").unwrap();
    let arguments = ["consensus", "claims.csv", "--quiet", "--format", "csv", "-o", "out.csv"];
    let mut child = sayso(folder.path()).args(arguments).stderr(Stdio::piped()).spawn().unwrap();
    // Its file grows from the first question on; a moment before that there is nothing to clean up.
    let start = Instant::now();
    let grows = || fs::read_dir(folder.path()).unwrap().count() > 2;
    while !grows() && start.elapsed() < Duration::from_secs(20) && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(grows(), "the run was over before it could be interrupted");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "interrupted; nothing was changed\n");
    assert_eq!(fs::read_to_string(folder.path().join("out.csv")).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_case_that_needs_more_memory_than_allowed_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("claims.csv"), 10);
    let run = |limit: &str| {
        let output = sayso(folder.path()).args(["check", "claims.csv", "--memory-limit", limit]).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(run("1G").0, Some(0));
    let (code, told) = run("1M");
    assert_eq!(code, Some(1));
    assert!(told.contains("claims need about") && told.contains("where 1 MB are allowed"), "{told}");
    // Many origins of one question need more than as many claims of a few.
    let rows = |sources: usize| (0..4000).map(|n| format!("q,S{},{}\n", n % sources, 1000 + n)).collect::<String>();
    for (sources, code) in [(20, 0), (4000, 1)] {
        let text = format!("question,publisher,estimate\n{}", rows(sources));
        fs::write(folder.path().join("claims.csv"), text).unwrap();
        let (ended, told) = run("64M");
        assert_eq!(ended, Some(code), "{told}");
        assert_eq!(told.contains("question `q` may have 4000 origins, which need about"), code == 1, "{told}");
    }
    let (code, told) = run("plenty");
    assert_eq!(code, Some(2));
    assert!(told.contains("write a number of bytes"), "{told}");
}
