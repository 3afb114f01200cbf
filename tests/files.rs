//! Files and their faults: killed runs, full disks, links, folders that cannot be written to.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

fn sayso_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(folder).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}{err}{:?}", output.status.code())
}

/// A case of one question.
fn make_case(folder: &Path, figure: u32) {
    fs::create_dir(folder).unwrap();
    let claims = format!(
        "claim,question,publisher,estimate,published\nC1,q,A,{figure},2025-01-02\nC2,q,B,about 1500,2025-01-03\n"
    );
    fs::write(folder.join("claims.csv"), claims).unwrap();
}

/// Every file of a folder, but for what an interrupted run leaves.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| Path::new(name).extension() != Some("part".as_ref()))
        .map(|name| (name.clone(), fs::read(folder.join(name)).unwrap()))
        .collect()
}

/// Numbers between 0 and 1, the same on every run (Steele, Lea and Flood 2014, splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn a_link_to_a_file_that_is_not_there_yet_leads_to_it() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("case"), 1000);
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere/ranges.txt", folder.path().join("out.txt")).unwrap();
    let output = sayso_in(folder.path(), &["consensus", "case", "-o", "out.txt"]);
    assert!(output.status.success(), "{}", told(&output));
    assert!(folder.path().join("out.txt").is_symlink());
    assert!(fs::read_to_string(folder.path().join("elsewhere/ranges.txt")).unwrap().contains("90 % range"));
}

#[test]
fn a_file_with_nearly_the_name_of_a_table_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("case"), 1000);
    fs::write(folder.path().join("case/source.csv"), "source\nA\n").unwrap();
    fs::write(folder.path().join("case/photographs.csv"), "name\nA\n").unwrap();
    fs::write(folder.path().join("case/QUESTIONS.csv"), "question\nq\n").unwrap();
    let output = sayso_in(folder.path(), &["check", "case"]);
    let text = told(&output);
    assert!(text.contains("case/source.csv: warning: is not read; did you mean `sources.csv`?"), "{text}");
    assert!(text.contains("case/QUESTIONS.csv: warning: is not read; did you mean `questions.csv`?"), "{text}");
    assert!(!text.contains("photographs"), "{text}");
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_every_file_old_or_new_and_no_false_seal() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let cases = ["one", "two"];
    make_case(&here.join("one"), 1000);
    make_case(&here.join("two"), 2000);
    // A run to the end, and how long it takes now.
    let report = |case: &str, to: &str| {
        let start = Instant::now();
        let output = sayso_in(here, &["report", case, "-o", to, "--threads", "2"]);
        assert!(output.status.success(), "{}", told(&output));
        start.elapsed()
    };
    let whole: Vec<BTreeMap<String, Vec<u8>>> = cases
        .iter()
        .map(|case| {
            report(case, &format!("whole-{case}"));
            files(&here.join(format!("whole-{case}")))
        })
        .collect();
    assert_eq!(whole[0].len(), 12);
    let mut length = report("one", "out");
    let mut random = Random(8);
    let (mut killed, mut sealed, mut unsealed) = (0, 0, 0);
    let mut rounds = 0;
    while killed < 100 && rounds < 1000 {
        let round = rounds;
        rounds += 1;
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .current_dir(here)
            .args(["report", cases[(round + 1) % 2], "-o", "out", "--threads", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The files are written near the end of a run: most kills fall there.
        std::thread::sleep(length.mul_f64(random.next().sqrt()));
        let _ = child.kill();
        killed += usize::from(!child.wait().unwrap().success());
        let now = files(&here.join("out"));
        for (name, bytes) in &now {
            assert!(whole.iter().any(|whole| whole.get(name) == Some(bytes)), "{name} in round {round} is neither");
        }
        assert_eq!(now.len(), 11 + usize::from(now.contains_key("run.json")), "a file is missing in round {round}");
        if now.contains_key("run.json") {
            sealed += 1;
            assert!(whole.contains(&now), "a seal stands over a mixture in round {round}");
        } else {
            unsealed += 1;
            let verdict = sayso_in(here, &["verify", "out"]);
            assert!(verdict.status.code() == Some(1) && told(&verdict).contains("no run.json"), "{}", told(&verdict));
            length = report(cases[round % 2], "out");
        }
    }
    println!("{killed} of {rounds} runs killed: {sealed} reports whole, {unsealed} without a seal");
    assert!(killed == 100 && sealed >= 20, "{killed} of {rounds} killed, {sealed} sealed");
    // The next run clears up, and its report verifies.
    assert!(sayso_in(here, &["report", "two", "-o", "out"]).status.success());
    assert_eq!(fs::read_dir(here.join("out")).unwrap().count(), 12);
    let verdict = sayso_in(here, &["verify", "out"]);
    assert!(verdict.status.success(), "{}", told(&verdict));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("case"), 1000);
    let commands: [&[&str]; 6] = [
        &["consensus", "case", "-o", "/dev/full"],
        &["trace", "case", "--format", "json", "-o", "/dev/full"],
        &["export", "case", "--format", "analysis", "-o", "/dev/full"],
        &["plot", "case", "--kind", "forest", "-o", "/dev/full"],
        &["check", "case", "-o", "/dev/full"],
        &["diff", "case", "/dev/null", "-o", "/dev/full"],
    ];
    for command in commands {
        let output = sayso_in(folder.path(), command);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", told(&output));
        assert!(told(&output).contains("/dev/full could not be written: No space left on device"), "{}", told(&output));
        // The device itself is not replaced.
        assert!(!fs::metadata("/dev/full").unwrap().is_file());
    }
    for command in [&["consensus", "case"][..], &["timeline", "case", "--format", "csv"], &["verify", "report"]] {
        if command[0] == "verify" {
            assert!(sayso_in(folder.path(), &["report", "case", "-o", "report"]).status.success());
        }
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"));
        let output = child.current_dir(folder.path()).args(command).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", told(&output));
        assert!(told(&output).contains("No space left on device"), "{}", told(&output));
    }
}

/// A limit on the size of files stands for a disk that fills up while a report is written.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_the_old_report() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("one"), 1000);
    make_case(&folder.path().join("two"), 2000);
    assert!(sayso_in(folder.path(), &["report", "one", "-o", "out"]).status.success());
    let before = files(&folder.path().join("out"));
    // With the signal ignored the system gives an error; without, it ends the program.
    for trap in ["trap '' XFSZ; ", ""] {
        let script = format!("{trap}ulimit -f 4; exec \"$0\" report two -o out --quiet");
        let output = Command::new("sh")
            .current_dir(folder.path())
            .args(["-c", &script, env!("CARGO_BIN_EXE_sayso")])
            .output()
            .unwrap();
        assert!(!output.status.success());
        assert_eq!(files(&folder.path().join("out")), before);
        if !trap.is_empty() {
            assert_eq!(output.status.code(), Some(2), "{}", told(&output));
            assert!(told(&output).contains("could not be written: File too large"), "{}", told(&output));
            assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), before.len(), "something is left");
        }
    }
    let verdict = sayso_in(folder.path(), &["verify", "out"]);
    assert!(verdict.status.success(), "{}", told(&verdict));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("case"), 1000);
    // Nobody can make files in /proc, whoever runs the test.
    for command in [
        &["consensus", "case", "-o", "/proc/sayso.txt"][..],
        &["report", "case", "-o", "/proc/report"],
        &["init", "/proc/new"],
        &["simulate", "honest", "-o", "/proc/new", "--questions", "3"],
        &["report", "case", "-o", "case/claims.csv"],
        &["consensus", "case", "-o", "case"],
    ] {
        let output = sayso_in(folder.path(), command);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", told(&output));
        let target = command.iter().rev().find(|word| word.starts_with("/proc") || word.starts_with("case")).unwrap();
        assert!(told(&output).contains(target), "{command:?}: {}", told(&output));
    }
    assert_eq!(files(&folder.path().join("case")).len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_case_leads_nowhere_outside_of_it() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    make_case(&here.join("case"), 1000);
    fs::write(here.join("secret.csv"), "source,kind\nsecret,outlet\n").unwrap();
    for name in ["sources.csv", "questions.csv", "resolutions.csv"] {
        symlink("../secret.csv", here.join("case").join(name)).unwrap();
        let output = sayso_in(here, &["check", "case"]);
        assert_eq!(output.status.code(), Some(1));
        let text = told(&output);
        assert!(text.contains(&format!("case/{name} is a link that leads out of the case")), "{text}");
        assert!(!text.contains("outlet"), "{text}");
        fs::remove_file(here.join("case").join(name)).unwrap();
    }
    // A link within the folder is the case's own affair.
    fs::rename(here.join("case/claims.csv"), here.join("case/all.csv")).unwrap();
    symlink("all.csv", here.join("case/claims.csv")).unwrap();
    assert!(sayso_in(here, &["check", "case"]).status.success());
    // A link to nowhere, and to itself.
    for target in ["gone.csv", "sources.csv"] {
        symlink(target, here.join("case/sources.csv")).unwrap();
        let output = sayso_in(here, &["check", "case"]);
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        assert!(told(&output).contains("case/sources.csv could not be read"), "{}", told(&output));
        fs::remove_file(here.join("case/sources.csv")).unwrap();
    }
    // A folder where a table should be.
    fs::create_dir(here.join("case/sources.csv")).unwrap();
    let output = sayso_in(here, &["check", "case"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("case/sources.csv is no file"), "{}", told(&output));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_case_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("case"), 1000);
    let made = Command::new("mkfifo").arg(folder.path().join("case/sources.csv")).status().unwrap();
    assert!(made.success());
    let output = sayso_in(folder.path(), &["check", "case"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("case/sources.csv is no file"), "{}", told(&output));
}

#[cfg(unix)]
#[test]
fn a_link_in_a_report_folder_is_replaced_and_not_written_through() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    make_case(&here.join("case"), 1000);
    fs::write(here.join("precious"), "kept").unwrap();
    fs::create_dir(here.join("out")).unwrap();
    for name in ["consensus.csv", "run.json", "report.html"] {
        symlink("../precious", here.join("out").join(name)).unwrap();
    }
    // Somebody who guesses the name of a temporary file gains nothing by it, nor by a link of his own.
    assert!(sayso_in(here, &["report", "case", "-o", "out"]).status.success());
    assert_eq!(fs::read_to_string(here.join("precious")).unwrap(), "kept");
    assert!(fs::symlink_metadata(here.join("out/consensus.csv")).unwrap().is_file());
    // Many questions have pages in a folder of their own, which must not lie elsewhere.
    let rows: String = (0..14).map(|n| format!("q{n},A,{n}00\n")).collect();
    fs::write(here.join("many.csv"), format!("question,publisher,estimate\n{rows}")).unwrap();
    fs::create_dir(here.join("elsewhere")).unwrap();
    symlink("../elsewhere", here.join("out/questions")).unwrap();
    let output = sayso_in(here, &["report", "many.csv", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("out/questions could not be written"), "{}", told(&output));
    assert_eq!(fs::read_dir(here.join("elsewhere")).unwrap().count(), 0);
}

/// Ids of questions become names of pages.
#[test]
fn no_id_of_a_case_becomes_a_path() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let names = ["../../up", "/etc/passwd", "a/b", "..", ".", "con", "a\\b", "%2e%2e%2f", "ü", "-", "nul", "a:b", "~"];
    let rows: String = names.iter().map(|name| format!("{name},A,100\n")).collect();
    fs::create_dir(here.join("in")).unwrap();
    fs::write(here.join("in/claims.csv"), format!("question,publisher,estimate\n{rows}")).unwrap();
    let output = sayso_in(here, &["report", "in/claims.csv", "-o", "in/out"]);
    assert!(output.status.success(), "{}", told(&output));
    assert_eq!(fs::read_dir(here).unwrap().count(), 1);
    assert_eq!(fs::read_dir(here.join("in")).unwrap().count(), 2);
    let pages: Vec<String> = fs::read_dir(here.join("in/out/questions"))
        .unwrap()
        .map(|page| page.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(pages.len(), names.len());
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    assert!(
        pages.iter().all(|page| page.chars().all(is_plain) && Path::new(page).extension() == Some("html".as_ref())),
        "{pages:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    make_case(&folder.path().join("case"), 1000);
    let path = folder.path().join("private.txt");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(sayso_in(folder.path(), &["consensus", "case", "-o", "private.txt"]).status.success());
    assert_ne!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

/// What is said to standard error is lost where that is full or closed; the results are not.
#[cfg(target_os = "linux")]
#[test]
fn a_standard_error_that_is_full_or_closed_changes_no_exit_status() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    make_case(&here.join("case"), 1000);
    let commands: [(&[&str], i32); 7] = [
        (&["consensus", "case"], 0),
        (&["report", "case", "-o", "out"], 0),
        (&["simulate", "honest", "-o", "made", "--questions", "3"], 0),
        (&["check", "nowhere"], 2),
        (&["consensus", "case", "--question", "none"], 1),
        (&["consensus"], 2),
        (&["consensus", "case", "--progress"], 0),
    ];
    for (command, status) in commands {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"));
        let output = child.current_dir(here).args(command).stderr(full).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{command:?} with a full standard error");
        for made in ["out", "made"] {
            let _ = fs::remove_dir_all(here.join(made));
        }
        let script = "exec \"$0\" \"$@\" 2>&-";
        let mut child = Command::new("sh");
        child.current_dir(here).args(["-c", script, env!("CARGO_BIN_EXE_sayso")]).args(command);
        let output = child.output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{command:?} with a closed standard error");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_standard_output_that_is_full_is_named_and_one_that_is_closed_is_success() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    make_case(&here.join("case"), 1000);
    for command in
        [&["init", "new"][..], &["completions", "bash"], &["consensus", "case"], &["export", "case", "--format", "dot"]]
    {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"));
        let output = child.current_dir(here).args(command).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", told(&output));
        assert!(told(&output).contains("standard output could not be written: No space left"), "{}", told(&output));
        let _ = fs::remove_dir_all(here.join("new"));
        // The reading end is closed before the program begins.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"));
        let output = child.current_dir(here).args(command).stdout(writer).output().unwrap();
        assert!(output.status.success(), "{command:?}: {}", told(&output));
    }
}

/// Names of files reach a command line by themselves, as `*`; a settings file may be a stranger's.
#[cfg(unix)]
#[test]
fn nothing_that_a_terminal_acts_upon_is_printed_of_names_and_settings() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let odd = "n\u{1b}[31m\u{202e}\u{2066}\u{9b}";
    make_case(&here.join("case"), 1000);
    fs::write(here.join(format!("{odd}.csv")), "question,publisher,estimate\nq,A,wide\n").unwrap();
    fs::write(here.join("bad.toml"), format!("{odd} = = 3\n")).unwrap();
    fs::write(
        here.join("unit.csv"),
        "question,publisher,estimate,unit\nq\u{202e}x,A,5,b\u{2067}oat\nq\u{202e}x,A,about 5,home\n",
    )
    .unwrap();
    let bad = format!("{odd}.csv");
    for command in [
        &["check", &bad][..],
        &["check", &bad, "--format", "csv"],
        &["consensus", &bad],
        &["consensus", &format!("no{odd}")],
        &["consensus", "case", "--question", odd],
        &["consensus", "case", "--settings", "bad.toml"],
        &["consensus", "case", "--settings", &format!("{odd}.toml")],
        &["consensus", "case", "--level", odd],
        &["report", "case", "-o", &format!("case/claims.csv/{odd}")],
        &["verify", &format!("no{odd}")],
        &["check", "unit.csv"],
        &["consensus", "unit.csv"],
        &["extract", &bad],
        &["init", &format!("new{odd}")],
        &["diff", "unit.csv", "case"],
    ] {
        let output = sayso_in(here, command);
        let text = told(&output);
        let is_acted_upon = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{2067}".contains(c);
        let found = text.chars().find(|&c| is_acted_upon(c));
        assert_eq!(found, None, "{command:?}: {text:?}");
    }
}

#[test]
fn no_output_is_written_over_the_case_that_it_comes_from() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    make_case(&here.join("case"), 1000);
    fs::write(here.join("case/sources.csv"), "source,kind\nA,outlet\n").unwrap();
    fs::write(here.join("one.csv"), "question,publisher,estimate\nq,A,5\n").unwrap();
    fs::write(here.join("own.toml"), "").unwrap();
    fs::write(here.join("text.txt"), "Some 40 boats sank, police said.").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("case/claims.csv", here.join("link.csv")).unwrap();
    let before = files(&here.join("case"));
    let mut commands: Vec<Vec<&str>> = vec![
        vec!["report", "case", "-o", "case"],
        vec!["report", "case", "-o", "./case/../case/"],
        vec!["report", "case/claims.csv", "-o", "case"],
        vec!["consensus", "case", "-o", "case/claims.csv"],
        vec!["consensus", "case", "-o", "case/./sources.csv"],
        vec!["consensus", "case", "-o", "case/questions.csv"],
        vec!["consensus", "case/claims.csv", "--sorted", "-o", "case/claims.csv"],
        vec!["consensus", "one.csv", "-o", "one.csv"],
        vec!["consensus", "one.csv", "--settings", "own.toml", "-o", "own.toml"],
        vec!["backtest", "case", "--constants", "case/claims.csv"],
        vec!["extract", "text.txt", "-o", "text.txt"],
        vec!["diff", "one.csv", "case", "-o", "one.csv"],
    ];
    for command in ["check", "sources", "compare", "trace", "timeline"] {
        commands.push(vec![command, "case", "-o", "case/claims.csv"]);
    }
    commands.push(vec!["export", "case", "--format", "dot", "-o", "case/claims.csv"]);
    commands.push(vec!["plot", "case", "--kind", "forest", "-o", "case/claims.csv"]);
    if cfg!(unix) {
        commands.push(vec!["consensus", "case", "-o", "link.csv"]);
    }
    for command in commands {
        let output = sayso_in(here, &command);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", told(&output));
        assert!(told(&output).contains("could not be written: "), "{command:?}: {}", told(&output));
        assert_eq!(files(&here.join("case")), before, "{command:?}");
    }
    assert_eq!(fs::read_to_string(here.join("one.csv")).unwrap(), "question,publisher,estimate\nq,A,5\n");
    // Beside the tables of the case there is room.
    for command in [&["consensus", "case", "-o", "case/range.txt"][..], &["report", "case", "-o", "case/report"]] {
        let output = sayso_in(here, command);
        assert!(output.status.success(), "{command:?}: {}", told(&output));
    }
}

#[test]
fn a_report_is_not_written_over_files_that_no_report_has_written() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    make_case(&here.join("case"), 1000);
    for (name, text) in [
        ("claims.csv", "question,publisher,estimate\nq,A,5\n"),
        ("sources.csv", "source,kind\nA,outlet\n"),
        ("report.html", "<!doctype html>\n<p>mine"),
        ("run.json", "{\"run\": 1}"),
    ] {
        let other = here.join(format!("other-{name}"));
        fs::create_dir(&other).unwrap();
        fs::write(other.join(name), text).unwrap();
        let output = sayso_in(here, &["report", "case", "-o", other.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", told(&output));
        assert!(told(&output).contains("a file is there that no report has written"), "{}", told(&output));
        assert_eq!(fs::read_to_string(other.join(name)).unwrap(), text);
        assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
    }
    // A report that was interrupted has no seal, and every file of it is known.
    let report = ["report", "case", "-o", "out"];
    assert!(sayso_in(here, &report).status.success());
    let whole = files(&here.join("out"));
    for gone in [&["run.json"][..], &["consensus.csv", "report.html"], &["claims.csv"]] {
        for name in gone {
            fs::remove_file(here.join("out").join(name)).unwrap();
        }
        let _ = fs::remove_file(here.join("out/run.json"));
        let output = sayso_in(here, &report);
        assert!(output.status.success(), "{}", told(&output));
        assert_eq!(files(&here.join("out")), whole);
    }
    // Other files may lie in the folder.
    fs::create_dir(here.join("mixed")).unwrap();
    fs::write(here.join("mixed/notes.txt"), "mine").unwrap();
    assert!(sayso_in(here, &["report", "case", "-o", "mixed"]).status.success());
    assert_eq!(fs::read_to_string(here.join("mixed/notes.txt")).unwrap(), "mine");
}
