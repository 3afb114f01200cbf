//! What a release is made of: no unsafe code, known dependencies, a bill of materials, columns that stay, completions
//! and manual pages.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Compares a file of the repository with what it should be, or writes it with `INSTA_UPDATE=always`.
fn stored(name: &str, now: &str) {
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(root().join(name), now).unwrap();
    }
    let stored = fs::read_to_string(root().join(name)).unwrap_or_default();
    assert!(
        stored == now,
        "{name} is not what it should be; INSTA_UPDATE=always writes it: look at what changes\n{now}"
    );
}

#[test]
fn every_crate_forbids_unsafe_code_and_input_cannot_unwrap() {
    for name in ["src/lib.rs", "src/main.rs", "python/src/lib.rs", "xtask/src/main.rs"] {
        assert!(text(name).lines().any(|line| line == "#![forbid(unsafe_code)]"), "{name}");
    }
    let manifest: toml::Table = toml::from_str(&text("Cargo.toml")).unwrap();
    let lints = &manifest["workspace"]["lints"];
    assert_eq!(lints["rust"]["unsafe_code"].as_str(), Some("forbid"));
    for lint in ["unwrap_used", "expect_used", "panic"] {
        assert_eq!(lints["clippy"][lint].as_str(), Some("warn"), "{lint}");
    }
    // Each lint that is allowed stands under a reason.
    let manifest = text("Cargo.toml");
    let (_, clippy) = manifest.split_once("[workspace.lints.clippy]").unwrap();
    let lines: Vec<&str> = clippy.lines().skip(1).take_while(|line| !line.starts_with('[')).collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.ends_with("= \"allow\"")) {
        let above = lines[..at].iter().rev().find(|line| !line.ends_with("= \"allow\"")).unwrap();
        assert!(above.starts_with("# "), "{line} has no reason");
    }
}

/// Places in the code that clippy is told to overlook say why.
#[test]
fn every_exception_to_a_lint_has_a_reason() {
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                files(&entry, found);
            } else if entry.extension() == Some("rs".as_ref()) {
                found.push(entry);
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["src", "python/src", "xtask/src"] {
        files(&root().join(folder), &mut found);
    }
    assert!(found.len() > 100);
    let mut checked = 0;
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("clippy::").filter(|(at, _)| {
            let line = text[..*at].rsplit('\n').next().unwrap_or_default().trim_start();
            ["#[allow(", "#[expect(", "#![allow(", "#![expect("].iter().any(|start| line.starts_with(start))
        }) {
            let rest = &text[at..text[at..].find(")]").map_or(text.len(), |end| at + end)];
            assert!(rest.contains("reason = \""), "{}: {rest}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn every_direct_dependency_stands_in_the_table_of_the_design() {
    let manifests = ["Cargo.toml", "python/Cargo.toml"].map(|name| toml::from_str::<toml::Table>(&text(name)).unwrap());
    let groups = || {
        ["dependencies", "dev-dependencies"].into_iter().flat_map(|group| manifests.iter().map(move |m| m.get(group)))
    };
    let known: BTreeSet<String> = groups()
        .flatten()
        .flat_map(|group| group.as_table().unwrap().keys().cloned())
        .filter(|name| name != "sayso")
        .collect();
    let design = text("DESIGN.md");
    let (_, table) = design.split_once("## Dependencies").unwrap();
    for name in &known {
        assert!(table.contains(&format!("`{name}`")), "{name} is not in the table of DESIGN.md");
    }
    let named = table.lines().filter_map(|line| line.strip_prefix("| `")).flat_map(|line| {
        let cell = line.split(" | ").next().unwrap_or_default();
        cell.split(['`', ',', ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    let is_crate = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let features = ["with", "the", "feature", "png", "behind", "parquet", "python", "in", "alone"];
    for name in named.filter(|name| is_crate(name) && !features.contains(&name.as_str())) {
        assert!(known.contains(&name), "{name} is in the table of DESIGN.md and not in Cargo.toml");
    }
}

/// What cargo knows of the program and all that is built into it.
fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--all-features"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The bill of materials of the program with all its features, as `CycloneDX` 1.5: every crate that is built into it, not
/// those of its tests.
fn bill() -> Value {
    let known = metadata();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> = list(&known["packages"])
        .into_iter()
        .map(|package| (package["id"].as_str().unwrap().to_owned(), package))
        .collect();
    let nodes: BTreeMap<String, Vec<String>> = list(&known["resolve"]["nodes"])
        .iter()
        .map(|node| {
            let built = list(&node["deps"]).into_iter().filter(|dependency| {
                list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].as_str() != Some("dev"))
            });
            let ids = built.map(|dependency| dependency["pkg"].as_str().unwrap().to_owned()).collect();
            (node["id"].as_str().unwrap().to_owned(), ids)
        })
        .collect();
    let sayso = packages.values().find(|package| package["name"] == "sayso").unwrap();
    let (mut reached, mut waiting) = (BTreeSet::new(), vec![sayso["id"].as_str().unwrap().to_owned()]);
    while let Some(id) = waiting.pop() {
        if reached.insert(id.clone()) {
            waiting.extend(nodes[&id].iter().cloned());
        }
    }
    let lock: toml::Table = toml::from_str(&text("Cargo.lock")).unwrap();
    let sums: BTreeMap<(String, String), String> = lock["package"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|package| {
            let word = |name: &str| package.get(name).and_then(toml::Value::as_str).map(str::to_owned);
            Some(((word("name")?, word("version")?), word("checksum")?))
        })
        .collect();
    let purl = |package: &Value| {
        format!("pkg:cargo/{}@{}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap())
    };
    let component = |package: &Value| {
        let (name, version) = (package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        let mut component = json!({
            "type": "library", "bom-ref": purl(package), "name": name, "version": version, "purl": purl(package),
        });
        if let Some(sum) = sums.get(&(name.to_owned(), version.to_owned())) {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
        }
        if let Some(license) = package["license"].as_str() {
            component["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
        }
        component
    };
    let mut inside: Vec<&Value> =
        reached.iter().map(|id| &packages[id]).filter(|package| package["name"] != "sayso").collect();
    inside.sort_by_key(|package| purl(package));
    let mut program = component(sayso);
    program["type"] = json!("application");
    let mut links: Vec<Value> = reached
        .iter()
        .map(|id| {
            let mut on: Vec<String> = nodes[id].iter().map(|on| purl(&packages[on])).collect();
            on.sort();
            json!({ "ref": purl(&packages[id]), "dependsOn": on })
        })
        .collect();
    links.sort_by_key(|link| link["ref"].as_str().unwrap().to_owned());
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": { "component": program },
        "components": inside.into_iter().map(component).collect::<Vec<_>>(),
        "dependencies": links,
    })
}

#[test]
fn the_bill_of_materials_names_what_is_built_in() {
    let bill = bill();
    let components = bill["components"].as_array().unwrap();
    assert!(components.len() > 50, "{}", components.len());
    let refs: BTreeSet<&str> = components.iter().map(|part| part["bom-ref"].as_str().unwrap()).collect();
    assert_eq!(refs.len(), components.len());
    let program = bill["metadata"]["component"]["bom-ref"].as_str().unwrap();
    for link in bill["dependencies"].as_array().unwrap() {
        for on in link["dependsOn"].as_array().unwrap() {
            assert!(refs.contains(on.as_str().unwrap()) || on == program, "{on}");
        }
    }
    for part in components {
        assert!(part["hashes"][0]["content"].as_str().is_some_and(|sum| sum.len() == 64), "{part}");
        assert!(part["licenses"][0]["expression"].as_str().is_some_and(|name| !name.is_empty()), "{part}");
    }
    assert!(!components.iter().any(|part| part["name"] == "proptest"));
    stored("sbom.cdx.json", &(serde_json::to_string_pretty(&bill).unwrap() + "\n"));
}

/// Every column of every table. Columns are a contract: see docs/versions.md.
#[test]
fn the_columns_are_those_of_the_stored_dictionary() {
    let mut dictionary = "table,column,kind,meaning\n".to_owned();
    let quoted = |text: &str| {
        if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    };
    let layouts = sayso::report::TABLES.iter().map(|table| table.layout);
    let others = sayso::report::OTHER_LAYOUTS.iter().copied();
    for layout in layouts.chain([&sayso::verify::LAYOUT, &sayso::diff::LAYOUT]).chain(others) {
        for column in layout.columns {
            dictionary.push_str(&format!(
                "{},{},{},{}\n",
                layout.name,
                column.name,
                column.kind.name(),
                quoted(column.meaning)
            ));
        }
    }
    stored("schemas/columns.csv", &dictionary);
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let sayso = |arguments: &[&str], folder: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let help = sayso(&["--help"], folder.path());
    let (_, commands) = help.split_once("Commands:").unwrap();
    let commands: Vec<&str> = commands
        .lines()
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 17 && commands.contains(&"verify"), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = sayso(&["completions", shell], folder.path());
        assert!(commands.iter().all(|command| script.contains(command)), "{shell}");
        assert!(script.contains("as-of"), "{shell}");
    }
    if Command::new("bash").arg("--version").output().is_ok() {
        let script = folder.path().join("sayso.bash");
        fs::write(&script, sayso(&["completions", "bash"], folder.path())).unwrap();
        assert!(Command::new("bash").arg("-n").arg(&script).status().unwrap().success());
    }
    sayso(&["man", "-o", "man1"], folder.path());
    let pages: BTreeSet<String> = fs::read_dir(folder.path().join("man1"))
        .unwrap()
        .map(|page| page.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<String> =
        commands.iter().map(|command| format!("sayso-{command}.1")).chain(["sayso.1".to_owned()]).collect();
    assert_eq!(pages, expected);
    let page = fs::read_to_string(folder.path().join("man1/sayso-report.1")).unwrap();
    assert!(page.contains(".TH sayso-report 1") && page.contains("wording"), "{page}");
}
