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
    assert!(text.contains("case/claims.csv is not here; name the case with --case\n"), "{text}");
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
