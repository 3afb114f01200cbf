//! Pictures: every text in its place, nothing over anything else, the same bytes each time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;

use roxmltree::{Document, Node};
use sayso::Options;
use sayso::model::Case;
use sayso::report::picture::{KINDS, Subject, Width, domain, find_kind, forest_as_of};

fn case(claims: &str, questions: &str) -> Case {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("claims.csv"), claims).unwrap();
    if !questions.is_empty() {
        std::fs::write(folder.path().join("questions.csv"), questions).unwrap();
    }
    sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()).unwrap().case
}

fn kursk() -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kursk-2025");
    sayso::ingest::read(&path, sayso::ingest::Limits::default()).unwrap().case
}

/// Every picture that a case has, with its name.
fn pictures(case: &Case) -> Vec<(String, String)> {
    let analysis = sayso::analyse(case, &Options::default());
    let mut pictures = Vec::new();
    for result in &analysis.questions {
        let subject = Subject::new(case, &analysis, result);
        let id = &subject.question().id;
        for kind in KINDS.iter().filter(|kind| kind.of_question) {
            if let Ok(drawing) = (kind.make)(&subject) {
                pictures.push((format!("{id} {}", kind.name), drawing.file()));
            }
        }
        let narrow = forest_as_of(&subject, &domain(&subject), Width::Narrow);
        pictures.push((format!("{id} narrow"), narrow.file()));
    }
    pictures
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{name} of {node:?}"))
}

/// A text with its box: left, top, right, bottom. Letters are taken for half as wide as they are high.
fn texts<'a>(svg: &'a Document<'_>) -> Vec<(&'a str, [f64; 4])> {
    let boxed = |node: Node<'a, '_>| {
        let text = node.children().filter(Node::is_text).filter_map(|text| text.text()).next_back().unwrap_or("");
        let (x, y, size) = (number(node, "x"), number(node, "y"), number(node, "font-size"));
        let wide = 0.5 * size * text.chars().count() as f64;
        let left = match node.attribute("text-anchor") {
            None => x,
            Some("middle") => x - 0.5 * wide,
            Some(_) => x - wide,
        };
        (text, [left, y - 0.75 * size, left + wide, y + 0.1 * size])
    };
    svg.descendants().filter(|node| node.has_tag_name("text")).map(boxed).collect()
}

/// Every text and every coordinate inside the picture, no text over another.
fn check(name: &str, svg: &str) {
    let svg = Document::parse(svg).unwrap_or_else(|error| panic!("{name}: {error}"));
    let view: Vec<f64> =
        svg.root_element().attribute("viewBox").unwrap().split(' ').map(|part| part.parse().unwrap()).collect();
    let (right, bottom) = (view[0] + view[2], view[1] + view[3]);
    let texts = texts(&svg);
    for (at, (text, [a, b, c, d])) in texts.iter().enumerate() {
        assert!(*a >= view[0] && *b >= view[1] && *c <= right && *d <= bottom, "{name}: {text:?} leaves the picture");
        for (other, [e, f, g, h]) in &texts[at + 1..] {
            assert!(c <= e || g <= a || d <= f || h <= b, "{name}: {text:?} over {other:?}");
        }
    }
    for node in svg.descendants().filter(|node| node.has_tag_name("rect") || node.has_tag_name("circle")) {
        if node.ancestors().any(|node| node.has_tag_name("defs")) {
            continue;
        }
        let (x, y) =
            (if node.has_tag_name("rect") { "x" } else { "cx" }, if node.has_tag_name("rect") { "y" } else { "cy" });
        let (x, y) = (number(node, x), number(node, y));
        assert!((view[0]..=right).contains(&x) && (view[1]..=bottom).contains(&y), "{name}: {node:?}");
    }
}

#[test]
fn texts_of_the_kursk_case_stay_in_the_picture_and_apart() {
    let pictures = pictures(&kursk());
    assert!(pictures.len() >= 20, "{}", pictures.len());
    for (name, svg) in &pictures {
        check(name, svg);
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    assert_eq!(pictures(&kursk()), pictures(&kursk()));
}

#[test]
fn odd_cases_have_pictures_too() {
    let long =
        "Ministère de l’Intérieur et de la Sécurité publique, service de presse, bureau du porte-parole".repeat(3);
    let claims = format!(
        "question,publisher,estimate,via,published\n\
        camps,A,100,,2024-01-01\ncamps,B,105,,2024-01-02\ncamps,C,98,,2024-01-03\ncamps,D,100000,,2024-01-04\n\
        camps,E,103000,,2024-01-05\ncamps,F,99000,,2024-01-06\n\
        zero,A,0,,2024-01-01\nzero,B,-500,,\nzero,C,20000,,1999\n\
        line,A,8175133.2,,2024-01-01\nline,B,8175134.9,,2024-01-01\n\
        silent,A,unknown,,2024-01-01\n\
        one,\"{long}\",dozens,\"anonymous: <script>alert(1)</script\",\n\
        far,A,10,,\nfar,B,12,,\nfar,C,11,,\nfar,D,1e12,,\nfar,E,<=15,,\nfar,F,>=1e-6,,\n"
    );
    let questions = "question,title,unit,scale\ncamps,Two camps,tonne,log\nline,Far from zero,vote,linear\n\
        zero,Around zero,USD,asinh\none,\"\"\"><svg onload=alert(1)>\",'x',log\n";
    let case = case(&claims, questions);
    let pictures = pictures(&case);
    for (name, svg) in &pictures {
        check(name, svg);
        let tree = Document::parse(svg).unwrap();
        let known = ["svg", "title", "desc", "style", "defs", "pattern", "rect", "path", "g", "text", "circle"];
        for node in tree.descendants().filter(Node::is_element) {
            assert!(known.contains(&node.tag_name().name()), "{name}: {node:?}");
            assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")), "{name}: {node:?}");
        }
    }
    let camps = &pictures.iter().find(|(name, _)| name == "camps forest").unwrap().1;
    assert!(camps.contains("camp 1 of 2") && camps.contains("camp 2 of 2"), "{camps}");
}

#[test]
fn open_ends_are_arrows_and_names_are_filled() {
    let case = case("question,publisher,estimate,via\nq,A,>=1000,\nq,B,up to 4000,anonymous: officials\n", "");
    let analysis = sayso::analyse(&case, &Options::default());
    let subject = Subject::new(&case, &analysis, &analysis.questions[0]);
    let svg = (find_kind("forest").unwrap().make)(&subject).unwrap().file();
    let tree = Document::parse(&svg).unwrap();
    let arrows: Vec<Node<'_, '_>> = tree
        .descendants()
        .filter(|node| node.attribute("class") == Some("row"))
        .flat_map(|row| row.children().filter(|node| node.attribute("class") == Some("arrow")))
        .collect();
    let tip = |arrow: Node<'_, '_>| {
        let path = |class| arrow.children().find(|node| node.attribute("class") == Some(class)).unwrap();
        let head = path("head").attribute("d").unwrap().to_owned();
        let x: f64 = head[1..].split(' ').next().unwrap().parse().unwrap();
        let mark = arrow.children().find(|node| node.has_tag_name("circle")).unwrap();
        (x > number(mark, "cx"), mark.attribute("class").unwrap().to_owned())
    };
    let mut tips: Vec<(bool, String)> = arrows.into_iter().map(tip).collect();
    tips.sort();
    assert_eq!(tips, [(false, "unnamed".to_owned()), (true, "named".to_owned())]);
}

#[test]
fn a_png_is_written_where_it_was_built_in_and_else_told_how_to_get() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("forest.png");
    let done = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["plot", "data/kursk-2025", "--quiet", "--question", "kursk_killed", "--kind", "forest", "-o"])
        .arg(&file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    if cfg!(feature = "png") {
        assert!(done.status.success(), "{said}");
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        let [width, height] = [16, 20].map(|at| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()));
        // Twice the picture, which is 980 wide with its margins.
        assert!(width > 1960 && height > 300 && bytes.len() > 20_000, "{width} {height} {}", bytes.len());
    } else {
        assert_eq!(done.status.code(), Some(1));
        assert!(said.contains("cargo install --path . --features png"), "{said}");
        assert!(!file.exists());
    }
}

#[test]
fn plot_writes_a_file_or_says_why_not() {
    let sayso = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_sayso"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .arg("plot")
            .args(arguments)
            .arg("--quiet")
            .output()
            .unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("forest.svg");
    let path = file.to_str().unwrap();
    let done = sayso(&["data/kursk-2025", "--question", "kursk_killed", "--kind", "forest", "-o", path]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let written = std::fs::read(&file).unwrap();
    for threads in ["1", "3"] {
        let again = sayso(&["data/kursk-2025", "--question", "kursk_killed", "--kind", "forest", "--threads", threads]);
        assert_eq!(again.stdout, written);
    }
    let many = sayso(&["data/kursk-2025", "--kind", "forest"]);
    assert_eq!(many.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&many.stderr).contains("--question"));
    let none = sayso(&["data/kursk-2025", "--kind", "calibration"]);
    assert_eq!(none.status.code(), Some(1));
    let alone = sayso(&["data/kursk-2025", "--question", "kursk_total_sent", "--kind", "influence"]);
    assert_eq!(alone.status.code(), Some(1));
    assert_eq!(sayso(&["data/kursk-2025", "--kind", "pie"]).status.code(), Some(2));
}
