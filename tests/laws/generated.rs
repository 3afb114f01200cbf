//! Made-up cases for the laws: chains, citations, revisions, odd bounds, circles of citations.

use crate::reading::case_of;
use proptest::prelude::*;
use sayso::model::Case;
use sayso::{Analysis, Options, analyse, report};

/// A claim of a made-up case.
#[derive(Debug, Clone)]
pub struct Row {
    pub question: u8,
    pub publisher: u8,
    pub value: u32,
    pub form: u8,
    pub via: Vec<u8>,
    pub cites: Vec<prop::sample::Index>,
    pub revises: Option<prop::sample::Index>,
    pub day: u8,
    pub status: u8,
}

/// A made-up case of up to `most` claims.
pub fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let row = (
        0u8..3,
        0u8..8,
        1u32..2000,
        0u8..14,
        prop::collection::vec(0u8..12, 0..4),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        prop::option::weighted(0.15, any::<prop::sample::Index>()),
        1u8..29,
        0u8..24,
    );
    prop::collection::vec(
        row.prop_map(|(question, publisher, value, form, via, cites, revises, day, status)| Row {
            question,
            publisher,
            value,
            form,
            via,
            cites,
            revises,
            day,
            status,
        }),
        1..most,
    )
}

pub const HEADER: &str = "claim,question,publisher,estimate,via,cites,revises,published,status,remark\n";

/// The figure of a row, times a power of ten.
pub fn estimate(row: &Row, power: u32) -> String {
    let value = u64::from(row.value) * 10u64.pow(power);
    let more = value + u64::from(row.value / 2 + 1) * 10u64.pow(power);
    match row.form {
        0..=3 => value.to_string(),
        4 | 5 => format!("about {value}"),
        6 => format!("at least {value}"),
        7 => format!("more than {value}"),
        8 => format!("up to {value}"),
        9 => format!("fewer than {value}"),
        10..=12 => format!("{value}-{more}"),
        _ => "unknown".to_owned(),
    }
}

/// The lines of claims.csv, without the header.
pub fn lines(rows: &[Row], power: u32) -> Vec<String> {
    let same: Vec<Vec<usize>> =
        rows.iter().map(|row| (0..rows.len()).filter(|&at| rows[at].question == row.question).collect()).collect();
    let other = |at: usize, index: &prop::sample::Index| {
        let target = same[at][index.index(same[at].len())];
        (target != at).then(|| format!("C{target}"))
    };
    let line = |(at, row): (usize, &Row)| {
        let via: Vec<String> = row.via.iter().map(|&party| source(party)).collect();
        let cites: Vec<String> = row.cites.iter().filter_map(|index| other(at, index)).collect();
        // A circle of revisions is an error, so a claim revises an earlier row.
        let earlier: Vec<usize> = same[at].iter().copied().filter(|&other| other < at).collect();
        let revised =
            row.revises.as_ref().filter(|_| !earlier.is_empty()).map(|index| earlier[index.index(earlier.len())]);
        let revises = revised.map_or(String::new(), |revised| format!("C{revised}"));
        let status = ["projected", "disputed", "superseded", "corrected", "retracted"].get(row.status as usize);
        format!(
            "C{at},q{},{},{},{},{},{revises},2024-05-{:02},{},r{at}\n",
            row.question,
            source(row.publisher),
            estimate(row, power),
            via.join(" > "),
            cites.join(";"),
            row.day,
            status.unwrap_or(&"")
        )
    };
    rows.iter().enumerate().map(line).collect()
}

fn source(number: u8) -> String {
    match number {
        10 => "anonymous: officials".to_owned(),
        11 => "anonymous".to_owned(),
        8 | 9 => format!("Source {number}"),
        _ => format!("Paper {number}"),
    }
}

/// The case of rows and what is found in it.
pub fn analysed(rows: &[Row], power: u32) -> (Case, Analysis) {
    let case = case_of(&(HEADER.to_owned() + &lines(rows, power).concat())).case;
    let analysis = analyse(&case, &Options::default());
    (case, analysis)
}

/// Every table of the report, as bytes.
pub fn tables(case: &Case, analysis: &Analysis) -> Vec<String> {
    let write = |table: &report::Report| {
        let mut bytes = Vec::new();
        report::write_csv(&(table.make)(case, analysis), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    report::TABLES.iter().map(write).collect()
}

/// A claim of a made-up folder: a row, and what else a claim may have.
#[derive(Debug, Clone)]
pub struct Fuller {
    pub row: Row,
    /// which kind of figure: its own, zero, below zero, a share of the question before, a share in percent
    pub figure: u8,
    pub unit: u8,
    pub scope: u8,
    /// a stated interval around the figure, and its probability
    pub interval: Option<(u8, u8)>,
    pub credibility: u8,
}

/// A made-up folder: claims with shares, units, scopes and stated intervals, and the tables beside them.
#[derive(Debug, Clone)]
pub struct Folder {
    pub claims: Vec<Fuller>,
    /// scale, unit and bounds of each question
    pub questions: Vec<(u8, u8, bool)>,
    /// kind, grade and stake of each source
    pub sources: Vec<(u8, u8, bool)>,
    /// settled values of questions
    pub settled: Vec<Option<u16>>,
}

/// A made-up folder of up to `most` claims.
pub fn folders(most: usize) -> impl Strategy<Value = Folder> {
    let beside = (0u8..24, 0u8..8, 0u8..12, prop::option::weighted(0.2, (1u8..90, 0u8..3)), 0u8..7);
    let claims = (rows(most), prop::collection::vec(beside, most)).prop_map(|(rows, beside)| {
        let fuller = |(row, (figure, unit, scope, interval, credibility))| Fuller {
            row,
            figure,
            unit,
            scope,
            interval,
            credibility,
        };
        rows.into_iter().zip(beside).map(fuller).collect()
    });
    (
        claims,
        prop::collection::vec((0u8..4, 0u8..3, any::<bool>()), 3),
        prop::collection::vec((0u8..6, 0u8..8, any::<bool>()), 8),
        prop::collection::vec(prop::option::weighted(0.3, any::<u16>()), 3),
    )
        .prop_map(|(claims, questions, sources, settled)| Folder { claims, questions, sources, settled })
}

const UNITS: [&str; 3] = ["", "person", "home"];

impl Folder {
    /// Whether a question may hold zeros and figures below zero: its scale is not a logarithm.
    fn is_signed(&self, question: u8) -> bool {
        matches!(self.questions[question as usize].0, 1 | 2)
    }

    /// The lines of claims.csv, without the header.
    pub fn claim_lines(&self) -> Vec<String> {
        let rows: Vec<Row> = self.claims.iter().map(|claim| claim.row.clone()).collect();
        let more = |(line, claim): (String, &Fuller)| {
            let cells: Vec<&str> = line.trim_end().split(',').collect();
            let value = i64::from(claim.row.value);
            let question = claim.row.question;
            let estimate = match claim.figure {
                0 => "0".to_owned(),
                1 if self.is_signed(question) => format!("-{value}"),
                2 if self.is_signed(question) => format!("-{value} to {value}"),
                // A share is one of a question before, so that there is no circle.
                3 if question > 0 => format!("half of q{}", question - 1),
                4 if question > 0 => format!("about {}% of q0", 1 + value % 90),
                _ => cells[3].to_owned(),
            };
            let is_plain = estimate == value.to_string();
            let (low, high, level) = match claim.interval.filter(|_| is_plain) {
                Some((width, level)) => {
                    let reach = value * i64::from(width) / 100;
                    let level = ["0.5", "0.9", "0.95"][level as usize];
                    ((value - reach).to_string(), (value + reach + 1).to_string(), level)
                }
                None => (String::new(), String::new(), ""),
            };
            let unit = if estimate.contains(" of q") { "" } else { UNITS.get(claim.unit as usize).unwrap_or(&"") };
            let scope =
                ["one week", "part, of it"].get(claim.scope as usize).map_or(String::new(), |s| format!("\"{s}\""));
            let credibility = if claim.credibility == 0 { String::new() } else { claim.credibility.to_string() };
            let mut cells: Vec<String> = cells.into_iter().map(str::to_owned).collect();
            cells[3] = estimate;
            cells.extend([low, high, level.to_owned(), unit.to_string(), scope, credibility]);
            cells.join(",") + "\n"
        };
        lines(&rows, 0).into_iter().zip(&self.claims).map(more).collect()
    }

    /// The tables of the folder, with their names; claims in the order of their lines.
    pub fn tables(&self, claims: &[String]) -> Vec<(&'static str, String)> {
        let mut questions = "question,title,unit,scale,min,max,group\n".to_owned();
        let mut resolutions = "question,value,resolved\n".to_owned();
        let asked: Vec<u8> = self.claims.iter().map(|claim| claim.row.question).collect();
        for (at, &(scale, unit, is_bounded)) in self.questions.iter().enumerate() {
            let scale = ["", "linear", "asinh", "log"][scale as usize];
            let (min, max) =
                if is_bounded && scale != "linear" && scale != "asinh" { ("0", "100000") } else { ("", "") };
            questions.push_str(&format!(
                "q{at},\"Question, {at}\",{},{scale},{min},{max},g{}\n",
                UNITS[unit as usize],
                at / 2
            ));
            if let Some(value) = self.settled[at].filter(|_| asked.contains(&(at as u8))) {
                resolutions.push_str(&format!("q{at},{},2024-07-01\n", u32::from(value) + 1));
            }
        }
        let mut sources = "source,name,kind,aliases,party,reliability\n".to_owned();
        for (at, &(kind, grade, party)) in self.sources.iter().enumerate() {
            let kind = ["", "outlet", "agency", "wire", "official", "organisation"][kind as usize];
            let grade = ["", "A", "B", "C", "D", "E", "F", ""][grade as usize];
            let party = if party { "yes" } else { "" };
            sources.push_str(&format!("s{at},Paper {at},{kind},The Paper {at};S{at},{party},{grade}\n"));
        }
        let header = HEADER.trim_end().to_owned() + ",low,high,level,unit,scope,credibility\n";
        vec![
            ("claims.csv", header + &claims.concat()),
            ("questions.csv", questions),
            ("sources.csv", sources),
            ("resolutions.csv", resolutions),
        ]
    }

    /// The case, its claims in the order of some lines.
    pub fn case(&self, claims: &[String]) -> Case {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in self.tables(claims) {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        match sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()) {
            Ok(read) => read.case,
            Err(sayso::ingest::Error::Bad(problems)) => {
                let told: Vec<String> = problems.of(sayso::ingest::Severity::Error).map(ToString::to_string).collect();
                panic!("{}\n{:?}", told.join("\n"), self.tables(claims));
            }
            Err(error) => panic!("{error}"),
        }
    }
}
