//! What is fuzzed: a line for each reader.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use sayso::consensus::Settings;
use sayso::extract::{Document, Extractor, Markup, RuleExtractor};
use sayso::import::{find_importer, folder};
use sayso::ingest::delimited::Delimited;
use sayso::ingest::jsonl::JsonLines;
use sayso::ingest::names::Names;
use sayso::ingest::rows::Rows;
use sayso::ingest::via::{Met, read_via};
use sayso::ingest::{Decimal, Error, Limits, Problems, Severity, read, read_date, read_estimate, read_number};
use sayso::report::{ReportFile, export, report_files};
use sayso::{Options, analyse};

use crate::cases;

/// A reader, with the texts that its inputs are made from.
pub struct Target {
    pub name: &'static str,
    pub corpus: &'static [&'static str],
    /// beginnings or endings of the names of hostile inputs that join the corpus
    pub hostile: &'static [&'static str],
    /// words of the format
    pub words: &'static [&'static str],
    /// reads an input; what kind of outcome it came to
    pub run: fn(&[u8]) -> u64,
}

pub const TARGETS: &[Target] = &[
    Target { name: "estimate", corpus: ESTIMATES, hostile: &[], words: FIGURES, run: estimate },
    Target { name: "date", corpus: DATES, hostile: &[], words: &["-", "2025", "01", "31", "Q1", "W"], run: date },
    Target { name: "via", corpus: CHAINS, hostile: &[], words: LINKS, run: via },
    Target { name: "csv", corpus: CASES, hostile: &[".csv"], words: CELLS, run: csv },
    Target { name: "jsonl", corpus: LINES, hostile: &[".jsonl"], words: KEYS, run: jsonl },
    Target { name: "claims", corpus: CASES, hostile: &[".csv"], words: CELLS, run: claims },
    Target {
        name: "case",
        corpus: &["\u{3}\u{7}abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"],
        hostile: &[".csv"],
        words: &[],
        run: case,
    },
    Target { name: "extract", corpus: NEWS, hostile: &[".txt"], words: NEWSY, run: extract },
    Target { name: "html", corpus: PAGES, hostile: &[".html"], words: TAGS, run: html },
    Target { name: "markdown", corpus: PAGES, hostile: &[".md"], words: NEWSY, run: markdown },
    Target {
        name: "ged",
        corpus: &[GED],
        hostile: &["import-ged-"],
        words: CELLS,
        run: |input| import("ged", "in.csv", input),
    },
    Target {
        name: "acled",
        corpus: &[ACLED],
        hostile: &["import-acled-"],
        words: CELLS,
        run: |input| import("acled", "in.csv", input),
    },
    Target { name: "ftm", corpus: &[FTM, FTM_LINES], hostile: &["import-ftm-"], words: CELLS, run: ftm },
    Target {
        name: "stix",
        corpus: &[STIX],
        hostile: &[".json"],
        words: KEYS,
        run: |input| import("stix", "in.json", input),
    },
    Target {
        name: "claimreview",
        corpus: &[REVIEW],
        hostile: &[".json"],
        words: KEYS,
        run: |input| import("claimreview", "in.json", input),
    },
    Target {
        name: "wide",
        corpus: &[WIDE],
        hostile: &["import-wide-"],
        words: CELLS,
        run: |input| import("wide", "in.csv", input),
    },
    Target {
        name: "settings",
        corpus: &["rho = 0.5\n[named]\nsigma = 0.2\n"],
        hostile: &[".toml"],
        words: &["rho", "=", "[named]", "nan", "1e309", "sigma"],
        run: settings,
    },
];

const NEWS: &[&str] = &[
    "At least 14 people died and dozens more are missing, the relief office said on Sunday, citing two unnamed engineers.",
    "“Up to 1,400 homes are under water,” Mayor Iva Dorn told reporters. He added that 30-40,000 people had fled.",
    "The ministry denied a Harbour Daily report that more than half of the 7,500 workers would go.",
    "According to figures from the mayor's office published by the Evening Star, about 70 percent of the town burned.",
    "The newspaper quoted the deputy chief of the bureau, Ana Lund, as saying that 27-hundred were hurt. The figure came from Radio Norr.",
    "A source close to the talks, who asked not to be named, put the price at $2.4 billion.-- Palo News Agency",
    "שלום 300 👍🏽 \u{202e} أربعة 12 km north of Oby (7 miles), aged 34, on 3 Dec. at 9:30",
];
const NEWSY: &[&str] = &[
    "citing ",
    "according to ",
    "police said",
    "at least ",
    " people died",
    "12",
    "1.2 million",
    "half of ",
    "told reporters",
    "who asked not to be named",
    "“",
    "”",
];
const PAGES: &[&str] = &[
    "<!doctype html><html><head><title>x</title></head><body><nav>12</nav><article><p>Some <b>40</b> boats &amp; 3&nbsp;ships</p></article>",
    "# Boats\n\nSome **40** [boats](http://x.y) sank, *police* said.\n\n- `12`\n> ```\n300\n```\n",
    "<p>&#8217;&#x41;&lt;<!-- 3 --><script>var x = '</p>';</script><svg/><textarea>",
];
const TAGS: &[&str] = &[
    "<p>",
    "</p>",
    "<article>",
    "</article>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "&nbsp;",
    "&#",
    "<td>",
    "12 people died",
];
const ESTIMATES: &[&str] = &[
    "between one hundred and 1.5 million",
    "at least 30-40,000",
    "half of Q",
    "about 12k or so",
    "1/3 of Q2",
    ">=1e-5",
    "12,000",
    "~12000",
    "<=4000",
    "several hundred",
    "50% of q",
    "no fewer than two thousand and three",
    "unknown",
];
const FIGURES: &[&str] = &[
    "about", "between", "and", "of", "half", "hundred", "million", "dozens", "at least", "up to", "1", "0", "12", "e",
    "%", "-", "to", "k", ">", "=", " ", ",", ".",
];
const DATES: &[&str] = &["2025-02-27", "2025-02", "2025", "2025-12-31"];
const CHAINS: &[&str] =
    &["NK News > JoongAng Ilbo > anonymous: own sources", "A & B > C", "Smith & Sons > AT&T", "anonymous"];
const LINKS: &[&str] =
    &[" > ", " & ", ">", "&", "anonymous", "anonymous:", "Smith & Sons", "officer", "officials", " "];
const CASES: &[&str] = &[
    "claim,question,publisher,estimate,via,cites,published,status\nC1,q,A,12,B > anonymous: x,,2025-01-02,\nC2,q,\"B, C\",\"1,000-3,000\",,C1,2025-01,retracted\n",
    "question;publisher;estimate;low;high;level\nq;A;1.200,5;1;9;0,9\n\"p\";\"A \"\"B\"\"\";50% of q;;;\n",
    "\u{feff}# note\nquestion\tpublisher\testimate\r\nq\tA\tunknown\r\n",
];
const CELLS: &[&str] = &[
    ",",
    "\"",
    "\n",
    "question",
    "publisher",
    "estimate",
    "claim",
    "cites",
    "revises",
    "via",
    "unknown",
    "12",
    "half of q",
    "retracted",
    "2025-01-02",
    "C1",
    "C2",
    ";",
    "\t",
    "q,A,5\n",
];
const LINES: &[&str] = &[
    "{\"question\":\"q\",\"publisher\":\"A\",\"estimate\":12,\"cites\":[\"C1\"]}\n{\"claim\":\"C1\",\"question\":\"q\",\"publisher\":\"B\",\"estimate\":\"about 5\"}\n",
];
const KEYS: &[&str] = &[
    "\"question\":",
    "\"publisher\":",
    "\"estimate\":",
    "null",
    "true",
    "[",
    "]",
    "{",
    "}",
    "\"\\u0041\"",
    "1e999",
    ",",
    "\n",
    "\"objects\":",
    "\"type\":",
    "\"note\"",
    "\"abstract\":\"12\"",
];
const GED: &str = include_str!("../imports/ged.csv");
const ACLED: &str = include_str!("../imports/acled.csv");
const FTM: &str = include_str!("../imports/ftm.csv");
const FTM_LINES: &str = concat!(
    r#"{"id": "s1", "entity_id": "e1", "canonical_id": "e1", "prop": "amount", "schema": "Payment", "value": "1200", "#,
    r#""dataset": "register", "first_seen": "2024-05-01", "last_seen": "2024-06-01T08:00:00"}"#,
    "\n",
    r#"{"id": "s2", "canonical_id": "e1", "prop": "name", "schema": "Payment", "value": "A", "dataset": "register"}"#,
    "\n",
);
const STIX: &str = include_str!("../imports/stix.json");
const REVIEW: &str = include_str!("../imports/claimreview.jsonld");
const WIDE: &str = include_str!("../imports/wide.csv");

/// A number for what came of an input (FNV-1a; Fowler, Noll and Vo 1991).
pub fn kind_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A message without what it quotes and counts.
fn kind_of_text(text: &str) -> u64 {
    let mut is_quoted = false;
    let plain: String = text
        .chars()
        .filter(|&c| {
            is_quoted ^= c == '`';
            !is_quoted && !c.is_numeric()
        })
        .collect();
    kind_of(plain.as_bytes())
}

/// The kinds of all problems together.
fn kind_of_problems(problems: &Problems) -> u64 {
    let mut kinds: Vec<u64> = [Severity::Error, Severity::Warning, Severity::Assumed, Severity::Proposed]
        .into_iter()
        .flat_map(|severity| problems.of(severity).map(|problem| kind_of_text(&problem.what)).collect::<Vec<_>>())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.iter().fold(1, |all, kind| all ^ kind.rotate_left(7).wrapping_mul(31))
}

fn estimate(input: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(input);
    let told = |decimal| match read_estimate(&text, decimal) {
        Ok(read) => {
            assert!(!read.low.is_nan() && !read.high.is_nan() && read.low <= read.high, "{text:?}: {read:?}");
            let orders =
                [read.low, read.high, read.granularity].map(|x| x.abs().log10().clamp(-9.0, 9.0).ceil() as i64);
            format!("{:?} {orders:?} {}", read.bound, read.remarks.len()).into_bytes()
        }
        Err(error) => {
            assert!(text.get(error.at..).is_some(), "{text:?}: {error:?}");
            kind_of_text(&error.what).to_le_bytes().to_vec()
        }
    };
    if let Ok(number) = read_number(&text, Decimal::Point) {
        assert!(number.is_finite(), "{text:?}: {number}");
    }
    kind_of(&[told(Decimal::Point), told(Decimal::Comma)].concat())
}

fn date(input: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(input);
    match read_date(&text) {
        Ok(date) => {
            let again = read_date(&date.to_string());
            assert_eq!(again.ok(), Some(date), "{text:?}");
            text.len() as u64
        }
        Err(error) => {
            assert!(text.get(error.at..).is_some(), "{text:?}: {error:?}");
            kind_of_text(&error.what)
        }
    }
}

fn via(input: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(input);
    let (names, mut met) = (Names::default(), Met::default());
    let mut told = Vec::new();
    match read_via(&text, 64, &names, &mut met, |_, at| told.push(at)) {
        Ok(elements) => {
            assert!(elements.len() <= 64 && told.iter().all(|&at| text.get(at..).is_some()), "{text:?}");
            let beside = elements.iter().filter(|element| element.beside).count();
            (elements.len() * 1000 + beside * 10 + met.labels.len().min(9) as usize) as u64
        }
        Err(error) => {
            assert!(text.get(error.at..).is_some(), "{text:?}: {error:?}");
            kind_of_text(&error.what)
        }
    }
}

/// Reads rows to their end, with the place of every cell.
fn rows(rows: &mut dyn Rows, problems: &mut Problems) -> u64 {
    let mut count = 0_u64;
    while rows.advance(problems).expect("bytes in memory can be read") {
        for column in 0..rows.columns().len() {
            let length = rows.cell(column).len();
            let place = rows.place(column, length);
            assert!(place.line > 0 && place.column > 0, "{place}");
        }
        count += 1;
    }
    count.min(20) << 8 | (rows.columns().len() as u64).min(255)
}

fn csv(input: &[u8]) -> u64 {
    let mut problems = Problems::default();
    let mut reader = Delimited::new(input, "in.csv".to_owned(), Limits::default(), "", &mut problems)
        .expect("bytes in memory can be read");
    rows(&mut reader, &mut problems) ^ kind_of_problems(&problems)
}

fn jsonl(input: &[u8]) -> u64 {
    let mut problems = Problems::default();
    let mut reader = JsonLines::new(input, "in.jsonl".to_owned(), Limits::default());
    rows(&mut reader, &mut problems) ^ kind_of_problems(&problems)
}

thread_local! {
    /// One folder for all inputs that are read from files; in memory where the system has that.
    static PLACE: RefCell<Option<tempfile::TempDir>> = const { RefCell::new(None) };
}

/// Runs something in an empty folder.
fn in_folder<T>(run: impl FnOnce(&Path) -> T) -> T {
    PLACE.with_borrow_mut(|place| {
        let made = || tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder can be made");
        let folder = place.get_or_insert_with(made).path().join("in");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).expect("a folder can be made");
        run(&folder)
    })
}

fn claims(input: &[u8]) -> u64 {
    in_folder(|folder| {
        fs::write(folder.join("claims.csv"), input).expect("a file can be written");
        whole(folder)
    })
}

fn case(input: &[u8]) -> u64 {
    in_folder(|folder| {
        let files = cases::files(input);
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file can be written");
        write("claims.csv", &files.claims);
        for (name, text) in
            [("sources.csv", files.sources), ("questions.csv", files.questions), ("resolutions.csv", files.resolutions)]
        {
            if let Some(text) = text {
                write(name, &text);
            }
        }
        whole(folder)
    })
}

/// The whole way from a case to its report and exports.
fn whole(folder: &Path) -> u64 {
    let read = match read(folder, Limits::default()) {
        Ok(read) => read,
        Err(Error::Bad(problems)) => return kind_of_problems(&problems),
        Err(error) => return kind_of_text(&error.to_string()),
    };
    let analysis = analyse(&read.case, &Options::default());
    let mut kind = kind_of_problems(&read.problems);
    for result in &analysis.questions {
        if let Some(range) = result.consensus.range() {
            let quantiles = range.quantiles.values;
            assert!(quantiles.iter().all(|value| value.is_finite()), "{quantiles:?}");
            assert!(quantiles.windows(2).all(|pair| pair[0] <= pair[1]), "{quantiles:?}");
        }
        let account = &result.account;
        let counts =
            [account.numbers, account.origins, account.used_origins, account.left_out.len(), result.remarks.len()];
        kind ^= kind_of(
            format!("{:?} {}", counts.map(|count| count.min(4)), result.consensus.range().is_some()).as_bytes(),
        );
    }
    let files = report_files(&read.case, &analysis).expect("bytes in memory can be written");
    let table =
        |files: &[ReportFile], name: &str| files.iter().find(|file| file.name == name).map(|file| file.bytes.clone());
    let consensus = table(&files, "consensus.csv").expect("a report has its ranges");
    assert_eq!(String::from_utf8_lossy(&consensus).matches(",origins,").count(), analysis.questions.len() + 1);
    let graphs: Vec<_> = read
        .case
        .question_ids()
        .map(|question| sayso::graph::ClaimGraph::build(&read.case, question, analysis.view))
        .collect();
    let dossier = export::Dossier::new(&read.case, &analysis, &graphs);
    for format in export::FORMATS {
        // QuickStatements wants to be told the item; that is not a fault of the case.
        let mut bytes = Vec::new();
        let _ = match format.write {
            export::Writer::Graphs(write) => write(&graphs, &mut bytes),
            export::Writer::Dossier(write) => write(&dossier, &mut bytes),
        };
    }
    kind
}

/// Statements come as CSV or as JSON Lines.
fn ftm(input: &[u8]) -> u64 {
    import("ftm", if input.starts_with(b"{") { "in.jsonl" } else { "in.csv" }, input)
}

fn import(format: &str, name: &str, input: &[u8]) -> u64 {
    let importer = find_importer(format).expect("the format is known");
    in_folder(|place| {
        let file = place.join(name);
        fs::write(&file, input).expect("a file can be written");
        match sayso::import::read(&file, importer, Limits::default()) {
            Err(Error::Bad(problems)) => kind_of_problems(&problems),
            Err(error) => kind_of_text(&error.to_string()),
            Ok((draft, problems)) => {
                let made = folder::write(&draft, &place.join("out"));
                kind_of_problems(&problems)
                    ^ match made {
                        Ok(made) => 1 + made.case.claims.len().min(20) as u64,
                        Err(folder::Refused::Bad(Error::Bad(problems))) => !kind_of_problems(&problems),
                        Err(refused) => kind_of_text(&refused.to_string()),
                    }
            }
        }
    })
}

fn settings(input: &[u8]) -> u64 {
    match Settings::from_toml(&String::from_utf8_lossy(input)) {
        Ok(settings) => u64::from(settings == Settings::default()),
        Err(error) => kind_of_text(error.to_string().lines().last().unwrap_or_default()),
    }
}

fn extract(input: &[u8]) -> u64 {
    article(input, Markup::Plain)
}

fn html(input: &[u8]) -> u64 {
    article(input, Markup::Html)
}

fn markdown(input: &[u8]) -> u64 {
    article(input, Markup::Markdown)
}

fn article(input: &[u8], markup: Markup) -> u64 {
    let text = String::from_utf8_lossy(input).into_owned();
    let document = Document::new("d", text, markup);
    let found = RuleExtractor::new().extract(&document).expect("rules do not fail");
    for mark in found.marks() {
        assert!(document.text().get(mark.span.start..mark.span.end).is_some(), "{mark:?}");
        let given = document.given_span(mark.span);
        assert!(document.given.get(given.start..given.end).is_some(), "{given:?}");
    }
    let rules: Vec<String> =
        found.claims.iter().flat_map(|claim| claim.rules.iter().map(|rule| (*rule).to_owned())).collect();
    kind_of(format!("{} {rules:?}", found.rejects.len().min(3)).as_bytes())
}
