//! The notebooks run from top to bottom and print what is stored in them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;

#[test]
fn notebooks_print_what_is_stored_in_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: no python3");
        return;
    }
    let mut notebooks: Vec<_> = std::fs::read_dir(root.join("notebooks"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ipynb"))
        .collect();
    notebooks.sort();
    assert!(!notebooks.is_empty());
    let run = Command::new("python3")
        .arg(root.join("tests/notebooks/run.py"))
        .args(&notebooks)
        .env("SAYSO", env!("CARGO_BIN_EXE_sayso"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
}
