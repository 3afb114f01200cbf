//! Fields that try to leave their place: formulas, markup, addresses that are programs. In every table, page, picture
//! and case that is written they stay text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use roxmltree::Document;

const EVIL: &[&str] = &[
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "＠SUM(A1)",
    "\t=1+2",
    "\r=1+3",
    "=HYPERLINK(\"https://example.org?\"&A1)",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'/><svg onload=alert(1)>",
    "javascript:alert(1)",
    "]]></style></svg><script>alert(1)</script>",
    "{{reflist}}[[x]]",
    "&lt;b&gt;",
];

fn sayso(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = sayso(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A case with the texts in every column that takes text.
fn case() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, head: &str, row: &dyn Fn(usize, &str) -> String| {
        let rows: String = EVIL.iter().enumerate().map(|(at, evil)| row(at, &quoted(evil)) + "\n").collect();
        fs::write(folder.path().join(name), format!("{head}\n{rows}")).unwrap();
    };
    write(
        "claims.csv",
        "claim,question,publisher,estimate,unit,via,cue,published,scope,url,archive,locator,note,=extra,<b>",
        &|at, evil| {
            let via = quoted(&format!("anonymous: {}", EVIL[at].replace(['>', '&'], "+")));
            let scope = if at == 0 { evil } else { "" };
            format!(
                "{evil},q,{evil},{},person,{via},{evil},2025-01-{:02},{scope},{evil},{evil},{evil},{evil},{evil},{evil}",
                1000 + 10 * at,
                at + 1
            )
        },
    );
    // Questions with one claim each, whose ids and titles are the texts.
    let more: String = EVIL.iter().map(|evil| format!("{},P,at least 5\n", quoted(evil))).collect();
    let claims = fs::read_to_string(folder.path().join("claims.csv")).unwrap();
    let more =
        more.lines().enumerate().fold(String::new(), |text, (at, line)| text + &format!("n{at},{line},,,,,,,,,,,\n"));
    fs::write(folder.path().join("claims.csv"), claims + &more).unwrap();
    write("questions.csv", "question,title,unit,place,group,note", &|_, evil| {
        format!("{evil},{evil},{evil},{evil},{evil},{evil}")
    });
    write("sources.csv", "source,name,country,note", &|at, evil| format!("s{at},{evil},{evil},{evil}"));
    write("resolutions.csv", "question,value,authority,url,note", &|_, evil| format!("{evil},7,{evil},{evil},{evil}"));
    folder
}

/// The cells of a table, by a reader that knows quotes and nothing else.
fn cells(csv: &str) -> Vec<String> {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    for c in csv.chars() {
        match c {
            '"' => {
                is_quoted = !is_quoted;
                cell.push(c);
            }
            ',' | '\n' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    let unquoted = |cell: String| match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell,
    };
    cells.into_iter().map(unquoted).collect()
}

fn check_table(name: &str, csv: &str) {
    let cells = cells(csv);
    assert!(cells.len() > 3, "{name}: {csv}");
    for cell in cells {
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!is_formula || cell.parse::<f64>().is_ok(), "{name}: a spreadsheet would run {cell:?}");
    }
}

#[test]
fn no_cell_of_any_table_is_a_formula() {
    let folder = case();
    let path = folder.path().to_str().unwrap();
    let output = folder.path().join("report");
    printed(&["report", path, "--quiet", "-o", output.to_str().unwrap()]);
    let mut tables = 0;
    for entry in
        fs::read_dir(&output).unwrap().map(Result::unwrap).filter(|e| e.path().extension().is_some_and(|e| e == "csv"))
    {
        check_table(&entry.file_name().to_string_lossy(), &fs::read_to_string(entry.path()).unwrap());
        tables += 1;
    }
    assert_eq!(tables, sayso::report::TABLES.len());
    for command in ["consensus", "trace", "timeline", "sources", "compare"] {
        check_table(command, &printed(&[command, path, "--quiet", "--format", "csv"]));
    }
    check_table("check", &printed(&["check", path, "--format", "csv"]));
    check_table("ged", &printed(&["export", path, "--quiet", "--format", "ged"]));
}

#[test]
fn no_cell_of_an_imported_case_is_a_formula() {
    let rows = |row: &dyn Fn(usize, &str) -> String| -> String {
        EVIL.iter().enumerate().map(|(at, evil)| row(at, &quoted(evil)) + "\n").collect()
    };
    let ged = rows(&|_, evil| format!("{evil},5,3,9,{evil},{evil},2025-01-02,{evil},{evil},{evil}"));
    let acled = rows(&|_, evil| format!("{evil},2025-01-02,3,{evil},{evil},{evil},{evil}"));
    let ftm = rows(&|_, evil| format!("{evil},amount,number,12,{evil},{evil}"));
    let wide = rows(&|_, evil| format!("{evil},{evil},5,6"));
    let (folder, odd) = (tempfile::tempdir().unwrap(), case());
    let file = folder.path().join("input");
    let stix = printed(&["export", odd.path().to_str().unwrap(), "--quiet", "--format", "stix"]);
    let reviews = printed(&["export", odd.path().to_str().unwrap(), "--quiet", "--format", "claimreview"]);
    for (format, text) in [
        (
            "ged",
            format!(
                "id,best,low,high,source_office,source_original,source_date,source_headline,where_description,other\n{ged}"
            ),
        ),
        ("acled", format!("event_id_cnty,event_date,fatalities,source,notes,location,=other\n{acled}")),
        ("ftm", format!("entity_id,prop,prop_type,value,dataset,=other\n{ftm}")),
        ("wide", format!("question,title,=A,<script>B\n{wide}")),
        ("stix", stix),
        ("claimreview", reviews),
    ] {
        fs::write(&file, text).unwrap();
        let case = folder.path().join(format);
        let output = sayso(&["import", "--format", format, file.to_str().unwrap(), "-o", case.to_str().unwrap()]);
        assert!(output.status.success(), "{format}: {}", String::from_utf8_lossy(&output.stderr));
        for entry in fs::read_dir(&case).unwrap().map(Result::unwrap) {
            let name = format!("{format}: {}", entry.file_name().to_string_lossy());
            check_table(&name, &fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn no_page_has_a_tag_or_an_address_of_the_case() {
    let folder = case();
    let output = folder.path().join("report");
    printed(&["report", folder.path().to_str().unwrap(), "--quiet", "-o", output.to_str().unwrap()]);
    let mut pages = vec![output.join("report.html")];
    pages.extend(fs::read_dir(output.join("questions")).unwrap().map(|entry| entry.unwrap().path()));
    assert!(pages.len() > EVIL.len());
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        check_markup(&page, &text);
    }
    let (file, out) = (folder.path().join("article.txt"), folder.path().join("page.html"));
    fs::write(&file, format!("{} About 2,700 families left, the office said.", EVIL.join(" "))).unwrap();
    fs::write(&out, printed(&["extract", file.to_str().unwrap(), "--explain=html"])).unwrap();
    check_markup(&out, &fs::read_to_string(&out).unwrap());
}

fn check_markup(page: &Path, text: &str) {
    let name = page.display();
    // The words of a script and of rules are no markup.
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let tag: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        let inside = &rest[..rest.find('>').unwrap_or(rest.len())];
        assert!(
            !["img", "iframe", "object", "embed", "link", "base", "b"].contains(&tag.as_str()),
            "{name}: <{inside}>"
        );
        for address in inside.split("href=\"").skip(1) {
            let is_safe =
                ["#", "questions/", "../report.html", "https://", "http://"].iter().any(|s| address.starts_with(s));
            assert!(is_safe || address.starts_with('"'), "{name}: <{inside}>");
        }
        assert!(
            !inside.contains(" onload=") || inside.contains("&lt;") || inside.contains("&#39;"),
            "{name}: <{inside}>"
        );
        for raw in ["script", "style"].into_iter().filter(|raw| tag == *raw) {
            let end = rest.find(&format!("</{raw}>")).unwrap_or_else(|| panic!("{name}: {raw} without an end"));
            assert!(!rest[..end].contains("alert(1)</") || rest[..end].contains("\\u003c"), "{name}: {raw}");
            rest = &rest[end..];
        }
    }
}

#[test]
fn no_picture_has_a_tag_of_the_case() {
    let folder = case();
    let path = folder.path().to_str().unwrap();
    let known = ["svg", "title", "desc", "style", "defs", "pattern", "rect", "path", "g", "text", "circle"];
    let mut pictures = 0;
    for question in ["q", EVIL[0], EVIL[8], EVIL[9], EVIL[11]] {
        for kind in ["forest", "graph", "timeline", "influence"] {
            let output = sayso(&["plot", path, "--quiet", "--question", question, "--kind", kind]);
            if !output.status.success() {
                assert_eq!(output.status.code(), Some(1));
                continue;
            }
            let svg = String::from_utf8(output.stdout).unwrap();
            let tree = Document::parse(&svg).unwrap_or_else(|error| panic!("{kind}: {error}"));
            for node in tree.descendants().filter(roxmltree::Node::is_element) {
                assert!(known.contains(&node.tag_name().name()), "{kind}: {node:?}");
                let names = node.attributes().map(|attribute| attribute.name().to_lowercase());
                assert!(names.into_iter().all(|name| !name.starts_with("on") && name != "href"), "{kind}: {node:?}");
            }
            pictures += 1;
        }
    }
    assert!(pictures >= 10, "{pictures}");
}
