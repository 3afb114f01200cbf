//! A case in parts, as an engine runs the steps, gives the bytes of one process.

#![cfg(test)]

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, BinaryArray, RecordBatch, StringArray};
use sayso::credibility::SourceSums;
use sayso::ingest::{Error, Frames, Limits, read, read_frames};
use sayso::parts::{
    Answers, Evidence, Held, KEY, Learning, Looked, Survey, Surveyor, Sweep, Travels, Whole, question_keys,
};
use sayso::{Options, analyse, report};

const COLUMNS: [&str; 8] = ["claim", "question", "publisher", "estimate", "via", "published", "as_of", "status"];

/// The claims of a case as a frame.
fn frame(case: &sayso::model::Case) -> RecordBatch {
    let claims = &case.claims;
    let mut cells: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for at in 0..claims.len() {
        let id = sayso::model::ClaimId(at as u32);
        let date = |date: Option<sayso::model::Date>| date.map_or(String::new(), |date| date.to_string());
        let values = [
            claims.name(id),
            case.question(claims.question[at]).id.to_string(),
            case.source(claims.publisher[at]).name.to_string(),
            claims.said.get(at).to_owned(),
            String::new(),
            date(claims.published.get(at)),
            date(claims.as_of.get(at)),
            claims.status.get(at).name().to_owned(),
        ];
        COLUMNS.into_iter().zip(values).for_each(|(name, value)| cells.entry(name).or_default().push(value));
    }
    RecordBatch::try_from_iter(COLUMNS.map(|name| (name, Arc::new(StringArray::from(cells[name].clone())) as ArrayRef)))
        .unwrap()
}

/// The rows in the order of their keys, with them.
fn sorted(rows: &RecordBatch) -> RecordBatch {
    let keys = question_keys(rows).unwrap();
    let mut order: Vec<usize> = (0..rows.num_rows()).collect();
    order.sort_by(|&a, &b| keys.value(a).cmp(keys.value(b)).then(b.cmp(&a)));
    let column = |column: &ArrayRef| {
        let texts = column.as_string::<i32>();
        Arc::new(StringArray::from_iter_values(order.iter().map(|&row| texts.value(row)))) as ArrayRef
    };
    let schema = rows.schema();
    let names = schema.fields().iter().map(|field| field.name().as_str());
    let keys = BinaryArray::from_iter_values(order.iter().map(|&row| keys.value(row)));
    let columns = names.zip(rows.columns().iter().map(column)).chain([(KEY, Arc::new(keys) as ArrayRef)]);
    RecordBatch::try_from_iter(columns).unwrap()
}

/// The parts: cut where a question ends, each in batches.
fn parts(rows: &RecordBatch, count: usize, batch: usize) -> Vec<Vec<RecordBatch>> {
    let keys = rows.column_by_name(KEY).unwrap().as_binary::<i32>();
    let mut cuts = vec![0];
    for part in 1..count {
        let mut at = (rows.num_rows() * part / count).max(*cuts.last().unwrap());
        while at > 0 && at < rows.num_rows() && keys.value(at) == keys.value(at - 1) {
            at += 1;
        }
        cuts.push(at);
    }
    cuts.push(rows.num_rows());
    let part =
        |pair: &[usize]| (pair[0]..pair[1]).step_by(batch).map(|at| rows.slice(at, batch.min(pair[1] - at))).collect();
    cuts.windows(2).map(part).collect()
}

/// What travels, travels as bytes.
fn sent<T: Travels>(value: &T) -> T {
    T::from_bytes(&value.to_bytes().unwrap()).unwrap()
}

/// All steps, as an engine runs them; the rows of consensus.csv and of sources.csv.
fn in_parts(parts: &[Vec<RecordBatch>], options: &Options) -> Result<[String; 2], Error> {
    let limits = Limits::default();
    let survey = |part: &Vec<RecordBatch>| {
        let mut surveyor = Surveyor::new(limits);
        for batch in part {
            surveyor.push(batch.clone());
        }
        sent(&surveyor.finish())
    };
    let surveys: Vec<Survey> = parts.iter().map(survey).collect();
    let (whole, _) = Whole::of(&surveys, options.as_of, &options.settings, limits)?;
    let before: Vec<u32> = surveys
        .iter()
        .scan(0, |sum, survey| {
            *sum += survey.questions;
            Some(*sum - survey.questions)
        })
        .collect();
    let evidence: Vec<Vec<Looked>> = parts
        .iter()
        .zip(&before)
        .map(|(part, &before)| {
            let mut evidence = Evidence::new(sent(&whole), before, limits);
            for batch in part {
                evidence.push(batch.clone());
            }
            evidence.finish().iter().map(sent).collect()
        })
        .collect();
    let mut thinned = Held::default();
    evidence.iter().flatten().cloned().for_each(|looked| thinned.add(looked));
    let mut learning = Learning::new(whole, thinned.finish().into_iter());
    while !learning.is_over() {
        let mut all = SourceSums::default();
        for part in &evidence {
            let mut sweep = Sweep::new(&sent(&learning));
            part.chunks(7).for_each(|looked| sweep.look(looked));
            all.merge(&sent(&sweep.finish()));
        }
        learning.take(&all);
    }
    let mut csv = Vec::new();
    for (part, before) in parts.iter().zip(before) {
        let mut answers = Answers::new(sent(&learning), before, limits);
        let mut write = |case: &sayso::model::Case, results: &[sayso::QuestionResult]| {
            let table = report::consensus_rows(case, results);
            if csv.is_empty() {
                report::write_header(&table, &mut csv).unwrap();
            }
            table.rows.iter().for_each(|row| report::write_row(row, &mut csv).unwrap());
        };
        for batch in part {
            answers.push(batch.clone(), &mut write);
        }
        answers.finish(&mut write);
    }
    let sources = learning.sources(|table| {
        let mut out = Vec::new();
        report::write_csv(table, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    });
    Ok([String::from_utf8(csv).unwrap(), sources])
}

/// The same in one process.
fn whole(rows: &RecordBatch, options: &Options) -> [String; 2] {
    let read = read_frames(&Frames { claims: vec![rows.clone()], ..Frames::default() }, Limits::default()).unwrap();
    let analysis = analyse(&read.case, options);
    ["consensus", "sources"].map(|name| {
        let mut out = Vec::new();
        let table = report::find_table(name).unwrap();
        report::write_csv(&(table.make)(&read.case, &analysis), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    })
}

fn simulated(world: &str, questions: usize) -> RecordBatch {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["simulate", world, "--questions", &questions.to_string(), "-o"])
        .arg(&path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    frame(&read(&path.join("claims.csv"), Limits::default()).unwrap().case)
}

#[test]
fn any_parts_and_batches_give_the_bytes_of_one_process() {
    for world in ["honest", "copied"] {
        let rows = simulated(world, 120);
        let options = Options::default();
        let expected = whole(&rows, &options);
        let rows = sorted(&rows);
        for (count, batch) in [(1, 10_000), (2, 64), (5, 7), (13, 1)] {
            assert!(in_parts(&parts(&rows, count, batch), &options).unwrap() == expected, "{world} {count} {batch}");
        }
    }
}

#[test]
fn what_is_known_of_the_whole_reaches_every_part() {
    // The latest date stands in the last part, one spelling of a source in the first, what it publishes in another.
    let column = |cells: &[&str]| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef;
    let rows = RecordBatch::try_from_iter([
        ("claim", column(&["1", "2", "3", "4", "5", "6", "7"])),
        ("question", column(&["q9", "q10", "q10", "q2", "q2", "a", "a"])),
        ("publisher", column(&["The Post", "the post", "Agency X", "Radio", "Agency X", "Radio", "Herald"])),
        ("estimate", column(&["12", "about 13", "at least 11", "5", "6", "100-200", "unknown"])),
        ("via", column(&["", "Agency X > anonymous: aide", "", "Herald", "", "", ""])),
        ("published", column(&["2025-05-01", "2024-01-01", "2024-02", "", "2024-03-05", "2023", "2023-02-02"])),
    ])
    .unwrap();
    let dated = Options { as_of: sayso::ingest::read_date("2024-02-29").ok(), ..Options::default() };
    for options in [Options::default(), dated] {
        let expected = whole(&rows, &options);
        for count in [1, 2, 4] {
            let found = in_parts(&parts(&sorted(&rows), count, 2), &options).unwrap();
            assert_eq!(found, expected, "{count} parts");
        }
    }
}

#[test]
fn errors_of_all_parts_are_told_and_name_their_claims() {
    let column = |cells: &[&str]| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef;
    let rows = RecordBatch::try_from_iter([
        ("claim", column(&["K1", "K2", "K3"])),
        ("question", column(&["a", "b", "c"])),
        ("publisher", column(&["A", "B", "C"])),
        ("estimate", column(&["12 of what", "half of a", "many many"])),
    ])
    .unwrap();
    let Err(Error::Bad(problems)) = in_parts(&parts(&sorted(&rows), 3, 1), &Options::default()) else {
        panic!("the parts have errors")
    };
    let told: Vec<String> = problems.of(sayso::ingest::Severity::Error).map(ToString::to_string).collect();
    assert!(["K1", "K2", "K3"].iter().all(|id| told.iter().any(|line| line.contains(id))), "{told:#?}");
}

#[test]
fn bytes_of_another_step_are_refused() {
    for bytes in [&b""[..], &[7; 3], b"nonsense", &[255; 64]] {
        assert!(Whole::from_bytes(bytes).is_err() && Learning::from_bytes(bytes).is_err(), "{bytes:?}");
    }
}
