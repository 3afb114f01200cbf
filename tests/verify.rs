//! `sayso verify` and `sayso diff`: what agrees, what does not, and why.

#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn sayso_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(folder).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    format!("{out}{err}--- exit status {status}\n")
}

/// Copies one of the cases of the repository.
fn copied(from: &str, to: &Path) {
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(from)).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// Puts one text in the place of another, which must be there.
fn edit(path: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(old), "{old} is not in {}", path.display());
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

/// A folder with a case and its report.
fn reported(arguments: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copied("kursk-article", &folder.path().join("case"));
    let output = sayso_in(folder.path(), &[&["report", "case", "-o", "report"], arguments].concat());
    assert!(output.status.success(), "{}", told(&output));
    folder
}

fn verified(folder: &Path) -> String {
    told(&sayso_in(folder, &["verify", "report"]))
}

#[test]
fn a_report_verifies_wherever_it_is_asked_from() {
    let folder = reported(&[]);
    let agrees = verified(folder.path());
    assert!(
        agrees.ends_with("11 files agree to the byte with the seal and with what comes out now\n--- exit status 0\n"),
        "{agrees}"
    );
    let below = folder.path().join("report");
    assert!(sayso_in(&below, &["verify", "."]).status.success());
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(sayso_in(elsewhere.path(), &["verify", below.to_str().unwrap()]).status.success());
}

#[test]
fn a_report_of_chosen_questions_dates_words_and_constants_verifies() {
    let folder = tempfile::tempdir().unwrap();
    copied("kursk-2025", &folder.path().join("case"));
    fs::write(folder.path().join("own.toml"), "rho = 0.123456789012345678\ntau = 0.1\n").unwrap();
    let arguments =
        ["report", "case", "-o", "report", "--question", "kursk_reinforcement", "--question", "kursk_casualties"];
    let more = ["--as-of", "2025-03", "--wording", "icd203", "--settings", "own.toml", "--quiet"];
    assert!(sayso_in(folder.path(), &[&arguments[..], &more].concat()).status.success());
    let text = verified(folder.path());
    assert!(text.contains("setting rho: 0.12345678901234568, built in: 0.35\n"), "{text}");
    assert!(text.ends_with("--- exit status 0\n"), "{text}");
}

#[test]
fn an_input_that_changed_is_named() {
    let folder = reported(&[]);
    edit(&folder.path().join("case/claims.csv"), "\n", "\n\n");
    let blank = verified(folder.path());
    assert!(blank.contains("input case/claims.csv: changed\n") && blank.ends_with("exit status 1\n"), "{blank}");
    // A blank line changes no result.
    assert!(!blank.contains("output"), "{blank}");
    fs::write(folder.path().join("case/sources.csv"), "source,kind,party\nKBS,outlet,yes\n").unwrap();
    let text = verified(folder.path());
    assert!(text.contains("input case/sources.csv: "), "{text}");
    assert!(text.contains("output sources.csv: not as recomputed\n"), "{text}");
    let csv = told(&sayso_in(folder.path(), &["verify", "report", "--format", "csv"]));
    assert!(csv.starts_with("part,name,state,recorded,found\n"), "{csv}");
    assert!(csv.contains("input,case/claims.csv,changed,"), "{csv}");
}

/// Also where the case can no longer be read; what stands in it is not told, since a seal can name any file.
#[test]
fn an_input_that_changed_is_named_where_the_case_is_none_any_more() {
    let folder = reported(&[]);
    edit(&folder.path().join("case/claims.csv"), "K", "K,");
    let text = verified(folder.path());
    assert!(text.contains("input case/claims.csv: changed\n"), "{text}");
    assert!(text.contains("in the case; `sayso check ") && text.contains("case` lists them"), "{text}");
    assert!(text.contains("0 inputs unchanged; 11 files agree to the byte with the seal\n"), "{text}");

    let secret = folder.path().join("secret.csv");
    fs::write(&secret, "question,publisher,estimate\nq,A,sesame\n").unwrap();
    let inputs = format!("\"inputs\": {{\"{}\": \"00\", ", secret.display());
    let seal = fs::read_to_string(folder.path().join("report/run.json")).unwrap();
    let (before, after) = seal.split_once("\"inputs\": {").unwrap();
    let (_, after) = after.split_once('}').unwrap();
    let alone = format!("{before}{}}}{after}", inputs.trim_end_matches(", "));
    fs::write(folder.path().join("report/run.json"), alone).unwrap();
    let text = verified(folder.path());
    assert!(text.contains("secret.csv: changed\n") && !text.contains("sesame"), "{text}");
}

#[test]
fn a_seal_in_which_a_name_stands_twice_is_none() {
    let folder = reported(&[]);
    let path = folder.path().join("report/run.json");
    edit(&path, "\"rho\":", "\"rho\": 0.9, \"rho\":");
    let text = verified(folder.path());
    assert!(text.contains("`rho` stands twice") && text.ends_with("exit status 1\n"), "{text}");
}

#[test]
fn a_file_of_the_report_that_changed_or_went_is_named() {
    let folder = reported(&[]);
    edit(&folder.path().join("report/consensus.csv"), "1", "2");
    fs::remove_file(folder.path().join("report/drifts.csv")).unwrap();
    fs::write(folder.path().join("report/camps.csv.77.part"), "half").unwrap();
    let text = verified(folder.path());
    for line in [
        "output consensus.csv: not as sealed\n",
        "output drifts.csv: missing\n",
        "output camps.csv.77.part: left by an interrupted run\n",
        "9 files agree",
        "sayso: report does not verify\n--- exit status 1\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn a_seal_that_was_changed_is_found_out() {
    let folder = reported(&[]);
    let seal = folder.path().join("report/run.json");
    let whole = fs::read_to_string(&seal).unwrap();
    let with = |old: &str, new: &str| {
        fs::write(&seal, &whole).unwrap();
        edit(&seal, old, new);
        verified(folder.path())
    };
    let setting = with("\"rho\": 0.35", "\"rho\": 0.6");
    assert!(setting.contains("setting rho: 0.6, built in: 0.35\n"), "{setting}");
    assert!(
        setting.contains("output consensus.csv: not as recomputed\n") && setting.ends_with("status 1\n"),
        "{setting}"
    );
    let unknown = with("\"rho\": 0.35", "\"roh\": 0.35");
    assert!(unknown.contains("setting roh: 0.35, not known to this version\n"), "{unknown}");
    assert!(unknown.contains("not made again: settings of run.json") && unknown.ends_with("status 1\n"), "{unknown}");
    let domain = with("\"rho\": 0.35", "\"rho\": 35");
    assert!(domain.contains("rho = 35: must be") && domain.ends_with("status 1\n"), "{domain}");
    let version = with("\"version\": \"", "\"version\": \"9.");
    assert!(version.contains("version: made by 9.") && version.ends_with("status 0\n"), "{version}");
    let argument = with("\"arguments\": {}", "\"arguments\": {\"as-of\": \"2024\"}");
    assert!(argument.contains("not as recomputed") && argument.ends_with("status 1\n"), "{argument}");
    let strange = with("\"arguments\": {}", "\"arguments\": {\"mood\": \"good\"}");
    assert!(strange.contains("argument mood: missing\n") && strange.ends_with("status 1\n"), "{strange}");
    let outside = with("\"camps.csv\"", "\"../case/claims.csv\"");
    assert!(outside.contains("output ../case/claims.csv: outside the report\n"), "{outside}");
    let broken = with("{", "");
    assert!(broken.contains("this is not the seal of a report") && broken.ends_with("status 1\n"), "{broken}");
}

#[test]
fn a_folder_without_a_seal_and_a_case_that_is_gone_are_told_apart() {
    let folder = reported(&[]);
    fs::rename(folder.path().join("case"), folder.path().join("moved")).unwrap();
    let text = verified(folder.path());
    assert!(text.contains("case/claims.csv is no file here; name the case with --case\n"), "{text}");
    assert!(text.contains("11 files agree to the byte with the seal\n") && text.ends_with("status 1\n"), "{text}");
    assert!(sayso_in(folder.path(), &["verify", "report", "--case", "moved"]).status.success());
    fs::remove_file(folder.path().join("report/run.json")).unwrap();
    assert!(verified(folder.path()).ends_with(
        "sayso: report: there is no run.json in it; it is no report, or the run that made it was interrupted\n--- exit status 1\n"
    ));
    assert!(told(&sayso_in(folder.path(), &["verify", "nowhere"])).ends_with("no such folder\n--- exit status 2\n"));
}

#[test]
fn a_report_is_the_same_under_any_locale_time_zone_and_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    copied("kursk-2025", &folder.path().join("case"));
    let seal = |name: &str, locale: &str, zone: &str, threads: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .current_dir(folder.path())
            .args(["report", "case", "-o", name, "--threads", threads, "--quiet"])
            .env("LC_ALL", locale)
            .env("LANG", locale)
            .env("TZ", zone)
            .env("COLUMNS", "40")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", told(&output));
        fs::read(folder.path().join(name).join("run.json")).unwrap()
    };
    let plain = seal("a", "C", "UTC", "1");
    assert_eq!(plain, seal("b", "de_DE.UTF-8", "Pacific/Kiritimati", "2"));
    assert_eq!(plain, seal("c", "tr_TR.UTF-8", "America/St_Johns", "7"));
    // The seal holds the hash of every other file.
    assert!(sayso_in(folder.path(), &["verify", "c"]).status.success());
}

#[test]
fn differences_between_two_cases_are_told_with_the_ranges_that_they_moved() {
    let folder = tempfile::tempdir().unwrap();
    let case = |name: &str, rows: &str| {
        fs::create_dir(folder.path().join(name)).unwrap();
        let header = "claim,question,publisher,estimate,via,published,note\n";
        fs::write(folder.path().join(name).join("claims.csv"), format!("{header}{rows}")).unwrap();
    };
    let rest = "C1,homes,Harbour Daily,1000-1400,,2025-03-02,\nX1,boats,Port Office,40,,2025-03-02,\n";
    case("old", &format!("{rest}C2,homes,Coast Radio,1300,,2025-03-02,\nC3,homes,Mayor,2000,,2025-03-03,\n"));
    case(
        "new",
        &format!("{rest}C2,homes,Coast Radio,1800,,2025-03-02,looked up\nC4,homes,Relief Watch,900,,2025-03-04,\n"),
    );
    insta::assert_snapshot!("diff_of_cases", told(&sayso_in(folder.path(), &["diff", "old", "new"])));
    let csv = told(&sayso_in(folder.path(), &["diff", "old", "new", "--format", "csv"]));
    assert!(csv.starts_with("question,kind,name,change,field,old,new,because\nboats,range,,moved,q025,"), "{csv}");
    assert!(csv.contains("\nhomes,claim,C2,changed,estimate,1300,1800,\n"), "{csv}");
    assert!(csv.contains("\nhomes,claim,C3,went,estimate,2000,,\n"), "{csv}");
    assert!(csv.contains("\nhomes,claim,C4,came,publisher,,Relief Watch,\n"), "{csv}");
    let same = sayso_in(folder.path(), &["diff", "old", "old", "--exit-code"]);
    assert_eq!(told(&same), "no differences\n--- exit status 0\n");
    assert_eq!(
        sayso_in(folder.path(), &["diff", "old", "new", "--exit-code", "--format", "json"]).status.code(),
        Some(1)
    );
    assert_eq!(sayso_in(folder.path(), &["diff", "old", "nowhere", "--exit-code"]).status.code(), Some(2));
    let fresh = told(&sayso_in(folder.path(), &["diff", "/dev/null", "new"]));
    assert!(fresh.contains("  + claim C4: Relief Watch, 2025-03-04, 900\n"), "{fresh}");
    assert!(fresh.contains("  new: "), "{fresh}");
}

#[test]
fn differences_between_two_reports_are_found_in_their_tables() {
    let folder = tempfile::tempdir().unwrap();
    copied("kursk-article", &folder.path().join("case"));
    let report = |name: &str, more: &[&str]| {
        let output = sayso_in(folder.path(), &[&["report", "case", "-o", name, "--quiet"], more].concat());
        assert!(output.status.success(), "{}", told(&output));
    };
    report("a", &[]);
    let claims = fs::read_to_string(folder.path().join("case/claims.csv")).unwrap();
    let last = claims.trim_end().rsplit_once('\n').unwrap();
    fs::write(folder.path().join("case/claims.csv"), format!("{}\n", last.0)).unwrap();
    fs::write(folder.path().join("own.toml"), "tau = 0.5\n").unwrap();
    report("b", &["--settings", "own.toml"]);
    let text = told(&sayso_in(folder.path(), &["diff", "a", "b"]));
    assert!(text.contains("  - claim "), "{text}");
    assert!(text.contains("tau \"0.02\" → \"0.5\""), "{text}");
    assert!(text.contains("  was ") && text.contains("  now "), "{text}");
    let mixed = told(&sayso_in(folder.path(), &["diff", "b", "case"]));
    assert!(mixed.contains("run: \"") || mixed.contains("- run"), "{mixed}");
    assert!(!mixed.contains("- claim"), "{mixed}");
    let none = sayso_in(folder.path(), &["diff", "b", "b", "--exit-code"]);
    assert_eq!(told(&none), "no differences\n--- exit status 0\n");
}

#[test]
fn a_file_that_the_seal_does_not_name_is_named() {
    let folder = reported(&[]);
    fs::write(folder.path().join("report/evil.html"), "<script>").unwrap();
    fs::create_dir(folder.path().join("report/questions")).unwrap();
    fs::write(folder.path().join("report/questions/a.html"), "<p>").unwrap();
    fs::create_dir(folder.path().join("report/more")).unwrap();
    let text = verified(folder.path());
    for name in ["evil.html", "questions/a.html", "more"] {
        assert!(text.contains(&format!("output {name}: not recorded\n")), "{text}");
    }
    assert!(text.ends_with("--- exit status 1\n"), "{text}");
}

#[test]
fn what_is_taken_out_of_a_seal_or_put_into_it_is_found_out() {
    let folder = reported(&[]);
    let seal = folder.path().join("report/run.json");
    let whole = fs::read_to_string(&seal).unwrap();
    let with = |old: &str, new: &str| {
        fs::write(&seal, &whole).unwrap();
        edit(&seal, old, new);
        verified(folder.path())
    };
    let gone = with("\"rho\": 0.35,", "");
    assert!(gone.contains("setting rho: not recorded, built in: 0.35\n") && gone.ends_with("status 1\n"), "{gone}");
    let unknown = with("\"command\"", "\"by\": \"a friend\", \"command\"");
    assert!(unknown.contains("unknown field `by`") && unknown.ends_with("status 1\n"), "{unknown}");
    let command = with("\"command\": \"report\"", "\"command\": \"export\"");
    assert!(command.contains("argument command: changed\n") && command.ends_with("status 1\n"), "{command}");
}

#[test]
fn limits_that_a_case_was_read_with_are_recorded_and_told_where_they_differ() {
    let folder = tempfile::tempdir().unwrap();
    let chain = ["anonymous: a"; 70].join(" > ");
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::write(folder.path().join("deep/claims.csv"), format!("question,publisher,estimate,via\nq,A,5,{chain}\n"))
        .unwrap();
    let report = ["report", "deep", "-o", "report", "--limit", "chain=200", "--limit", "field=2M"];
    let output = sayso_in(folder.path(), &report);
    assert!(output.status.success(), "{}", told(&output));
    let seal = fs::read_to_string(folder.path().join("report/run.json")).unwrap();
    assert!(seal.contains("\"limit\": \"field=2097152\\nchain=200\""), "{seal}");
    let text = verified(folder.path());
    assert!(text.contains("setting limit chain: 200, built in: 64\n") && text.ends_with("status 1\n"), "{text}");
    let same = sayso_in(folder.path(), &["verify", "report", "--limit", "chain=200", "--limit", "field=2M"]);
    assert!(same.status.success() && !told(&same).contains("limit"), "{}", told(&same));
    // A limit that changes nothing of what is read is told and is no fault.
    let other = sayso_in(folder.path(), &["verify", "report", "--limit", "chain=200"]);
    assert!(other.status.success() && told(&other).contains("limit field: 2097152"), "{}", told(&other));
}

/// A report may come from a stranger, as a case may.
#[cfg(unix)]
#[test]
fn only_plain_files_within_a_report_are_read_and_no_more_of_them_than_is_allowed() {
    use std::os::unix::fs::symlink;
    let folder = reported(&[]);
    let here = folder.path();
    let at = |name: &str| here.join("report").join(name);
    for name in ["camps.csv", "drifts.csv", "circles.csv", "timeline.csv"] {
        fs::remove_file(at(name)).unwrap();
    }
    assert!(Command::new("mkfifo").arg(at("camps.csv")).status().unwrap().success());
    symlink("/dev/zero", at("drifts.csv")).unwrap();
    fs::create_dir(at("circles.csv")).unwrap();
    symlink("../case/claims.csv", at("timeline.csv")).unwrap();
    let huge = fs::File::create(at("origins.csv")).unwrap();
    huge.set_len(3 << 30).unwrap();
    let text = told(&sayso_in(here, &["verify", "report", "--limit", "file=1G"]));
    for line in [
        "output camps.csv: no file\n",
        "output drifts.csv: outside the report\n",
        "output circles.csv: no file\n",
        "output timeline.csv: outside the report\n",
        "output origins.csv: larger than `--limit file`\n",
        "6 files agree",
        "--- exit status 1\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    // With no limit it would be read to its end, which takes a while.
    huge.set_len(0).unwrap();
    for name in ["claims.csv", "run.json"] {
        for kind in ["pipe", "link"] {
            let kept = fs::read(at(name)).unwrap();
            fs::remove_file(at(name)).unwrap();
            if kind == "pipe" {
                assert!(Command::new("mkfifo").arg(at(name)).status().unwrap().success());
            } else {
                symlink("/etc/hostname", at(name)).unwrap();
            }
            for command in [&["diff", "report", "case"][..], &["diff", "case", "report"], &["verify", "report"]] {
                let output = sayso_in(here, command);
                let text = told(&output);
                assert!(matches!(output.status.code(), Some(1 | 2)), "{command:?} {name} {kind}: {text}");
                let why = ["it is no file", "it leads out of the report", "no file", "outside the report"];
                assert!(why.iter().any(|why| text.contains(why)), "{command:?} {name} {kind}: {text}");
            }
            fs::remove_file(at(name)).unwrap();
            fs::write(at(name), kept).unwrap();
        }
    }
}

#[test]
fn what_a_seal_says_is_printed_without_signs_that_a_terminal_acts_upon() {
    let folder = reported(&[]);
    let seal = folder.path().join("report/run.json");
    edit(&seal, "\"version\": \"", "\"version\": \"\\u001b[2J\\u202e\\u0007");
    edit(&seal, "\"camps.csv\"", "\"../\\u001b]0;x\\u2066.csv\"");
    edit(&seal, "\"rho\"", "\"r\\u009bho\"");
    for command in [&["verify", "report"][..], &["diff", "report", "case"]] {
        let text = told(&sayso_in(folder.path(), command));
        let is_acted_upon = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}".contains(c);
        assert!(!text.contains(is_acted_upon), "{command:?}: {text:?}");
    }
}

#[test]
fn a_report_is_not_taken_for_a_case() {
    let folder = reported(&[]);
    let here = folder.path();
    let is_refused = |command: &[&str]| {
        let output = sayso_in(here, command);
        let text = told(&output);
        assert!(text.contains("this is a report and not a case"), "{command:?}: {text}");
        assert_eq!(output.status.code(), Some(2), "{command:?}: {text}");
    };
    is_refused(&["consensus", "report"]);
    is_refused(&["consensus", "report/claims.csv"]);
    is_refused(&["consensus", "report/claims.csv", "--sorted"]);
    is_refused(&["check", "report"]);
    fs::remove_file(here.join("report/run.json")).unwrap();
    is_refused(&["diff", "report", "case"]);
    is_refused(&["diff", "case", "report"]);
    is_refused(&["consensus", "report"]);
}

#[test]
fn a_report_with_fewer_questions_leaves_no_page_of_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let rows: String = (0..14).map(|n| format!("q{n},A,{n}00\n")).collect();
    fs::write(here.join("many.csv"), format!("question,publisher,estimate\n{rows}")).unwrap();
    fs::write(here.join("one.csv"), "question,publisher,estimate\nq,A,5\n").unwrap();
    assert!(sayso_in(here, &["report", "many.csv", "-o", "report"]).status.success());
    assert!(here.join("report/questions").exists());
    fs::write(here.join("report/questions/mine.html"), "<p>notes").unwrap();
    assert!(sayso_in(here, &["report", "one.csv", "-o", "report"]).status.success());
    let left: Vec<_> =
        fs::read_dir(here.join("report/questions")).unwrap().map(|page| page.unwrap().file_name()).collect();
    assert_eq!(left, ["mine.html"]);
    fs::remove_file(here.join("report/questions/mine.html")).unwrap();
    assert!(sayso_in(here, &["report", "one.csv", "-o", "report"]).status.success());
    assert!(!here.join("report/questions").exists());
    assert!(sayso_in(here, &["verify", "report"]).status.success());
}

#[test]
fn with_exit_code_one_is_said_of_differences_and_two_of_a_side_that_cannot_be_read() {
    let folder = reported(&[]);
    fs::write(folder.path().join("bad.csv"), "question,publisher,estimate\nq,A,wide\n").unwrap();
    fs::write(folder.path().join("good.csv"), "question,publisher,estimate\nq,A,5\n").unwrap();
    let status = |old: &str, new: &str| sayso_in(folder.path(), &["diff", old, new, "--exit-code"]).status.code();
    assert_eq!(status("good.csv", "good.csv"), Some(0));
    assert_eq!(status("good.csv", "case"), Some(1));
    assert_eq!(status("good.csv", "bad.csv"), Some(2));
    fs::write(folder.path().join("report/run.json"), "{").unwrap();
    assert_eq!(status("report", "case"), Some(2));
}

#[test]
fn the_reason_why_a_range_moved_is_told_whole() {
    let folder = reported(&[]);
    fs::write(folder.path().join("own.toml"), "tau = 0.5\n").unwrap();
    let again = ["report", "case", "-o", "again", "--settings", "own.toml", "--quiet"];
    assert!(sayso_in(folder.path(), &again).status.success());
    let text = told(&sayso_in(folder.path(), &["diff", "report", "again"]));
    assert!(text.contains("because of another run: version, arguments or constants\n"), "{text}");
}

/// The hook of the README, word for word.
#[cfg(unix)]
#[test]
fn the_hook_checks_what_will_be_committed_and_not_what_lies_in_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let hook = readme.split("<<'END'\n").nth(1).unwrap().split("\nEND\n").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let git = |arguments: &[&str]| {
        let path = std::env::var("PATH").unwrap();
        let own = Path::new(env!("CARGO_BIN_EXE_sayso")).parent().unwrap().display().to_string();
        let mut git = Command::new("git");
        git.current_dir(here).args(arguments).env("PATH", format!("{own}:{path}"));
        for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
            git.env(name, "somebody");
        }
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").output().unwrap()
    };
    if !git(&["init", "-q"]).status.success() {
        println!("skipped: no git");
        return;
    }
    fs::create_dir_all(here.join(".git/hooks")).unwrap();
    let place = here.join(".git/hooks/pre-commit");
    fs::write(&place, format!("{hook}\n")).unwrap();
    fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
    let claims = here.join("my-case/claims.csv");
    fs::create_dir(here.join("my-case")).unwrap();
    let (good, bad) = ("question,publisher,estimate\nq,A,5\n", "question,publisher,estimate\nq,A,wide\n");
    fs::write(&claims, bad).unwrap();
    git(&["add", "."]);
    fs::write(&claims, good).unwrap();
    let refused = git(&["commit", "-qm", "bad"]);
    assert!(!refused.status.success() && told(&refused).contains("claims.csv:2:"), "{}", told(&refused));
    git(&["add", "."]);
    fs::write(&claims, bad).unwrap();
    let taken = git(&["commit", "-qm", "good"]);
    assert!(taken.status.success(), "{}", told(&taken));
}
