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
        _ => format!("Source {number}"),
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
