use std::collections::BTreeSet;
use std::path::Path;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Date32Array, Decimal128Array, Float32Array, Int64Array, ListArray, TimestampSecondArray};
use proptest::prelude::*;

use super::super::delimited::Delimited;
use super::*;
use crate::model::natural_order;

/// A table of texts, as a frame in batches of some rows.
fn texts(path: &Path, size: usize) -> Vec<RecordBatch> {
    let bytes = std::fs::read(path).unwrap();
    let mut problems = Problems::default();
    let mut rows = Delimited::new(&bytes[..], "t".to_owned(), Limits::default(), "", &mut problems).unwrap();
    let columns = rows.columns().to_vec();
    let mut cells: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
    while rows.advance(&mut problems).unwrap() {
        cells.iter_mut().enumerate().for_each(|(at, column)| column.push(rows.cell(at).to_owned()));
    }
    let arrays = cells.into_iter().map(|column| Arc::new(StringArray::from(column)) as ArrayRef);
    let all = RecordBatch::try_from_iter(columns.iter().zip(arrays)).unwrap();
    (0..all.num_rows()).step_by(size).map(|at| all.slice(at, size.min(all.num_rows() - at))).collect()
}

fn frame(columns: Vec<(&str, ArrayRef)>) -> Vec<RecordBatch> {
    vec![RecordBatch::try_from_iter(columns).unwrap()]
}

fn strings<const N: usize>(cells: [&str; N]) -> ArrayRef {
    Arc::new(StringArray::from(cells.to_vec()))
}

fn claims(claims: Vec<RecordBatch>) -> Result<CaseRead, Error> {
    read_frames(&Frames { claims, ..Frames::default() }, Limits::default())
}

#[test]
fn a_frame_gives_the_case_that_its_file_gives_whatever_its_batches() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kursk-2025");
    let from_file = super::super::read(&folder, Limits::default()).unwrap().case;
    for size in [1, 7, 1000] {
        let table = |name: &str| texts(&folder.join(name), size);
        let frames = Frames {
            claims: table("claims.csv"),
            sources: table("sources.csv"),
            questions: table("questions.csv"),
            resolutions: Vec::new(),
        };
        assert!(read_frames(&frames, Limits::default()).unwrap().case == from_file, "batches of {size}");
    }
}

#[test]
fn numbers_dates_and_flags_are_read_as_they_would_be_written() {
    let mut names = StringDictionaryBuilder::<Int32Type>::new();
    names.extend(["A", "B", "A", "C"].map(Some));
    let case = claims(frame(vec![
        ("question", Arc::new(Int64Array::from(vec![7, 7, 7, 7]))),
        ("publisher", Arc::new(names.finish())),
        ("estimate", Arc::new(Float64Array::from(vec![Some(12_000.0), Some(0.1), None, Some(f64::NAN)]))),
        ("low", Arc::new(Float32Array::from(vec![None, Some(0.1), Some(5.0), Some(6.0)]))),
        (
            "high",
            Arc::new(
                Decimal128Array::from(vec![None, Some(20), Some(900), None]).with_precision_and_scale(9, 2).unwrap(),
            ),
        ),
        ("published", Arc::new(Date32Array::from(vec![Some(20_146), None, None, None]))),
        ("as_of", Arc::new(TimestampSecondArray::from(vec![Some(20_145 * 86_400 + 5), None, None, None]))),
        ("inferred", Arc::new(BooleanArray::from(vec![Some(true), Some(false), None, None]))),
    ]))
    .unwrap()
    .case;
    let said: Vec<&str> = (0..4).map(|at| case.claims.said.get(at)).collect();
    assert_eq!(said, ["12000", "0.1", "", ""]);
    assert_eq!(&*case.questions[0].id, "7");
    let estimate = |at| case.claims.estimate(crate::model::ClaimId(at));
    assert_eq!(estimate(0).granularity, 1000.0);
    assert_eq!((estimate(2).low, estimate(2).high), (5.0, 9.0));
    assert_eq!((estimate(3).low, estimate(3).high), (6.0, f64::INFINITY));
    assert_eq!(estimate(1).interval.map(|interval| (interval.low, interval.high)), Some((0.1, 0.2)));
    assert_eq!(case.claims.published.get(0).map(|date| date.to_string()).as_deref(), Some("2025-02-27"));
    assert_eq!(case.claims.as_of.get(0).map(|date| date.to_string()).as_deref(), Some("2025-02-26"));
    assert!(case.claims.inferred.get(0).via && !case.claims.inferred.get(1).via);
}

#[test]
fn problems_of_a_frame_name_row_and_column_and_all_are_told() {
    let bad = claims(frame(vec![
        ("question", strings(["q", "", "q"])),
        ("publisher", strings(["A", "B\u{1b}", "C"])),
        ("estimate", strings(["12 kg of", "5", "6"])),
        ("note", Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)]), None, None]))),
        ("tags", Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)]), None, None]))),
    ]));
    let Err(Error::Bad(problems)) = bad else { panic!("the frame has errors") };
    let told: Vec<String> =
        Severity::ALL.into_iter().flat_map(|kind| problems.of(kind)).map(ToString::to_string).collect();
    for start in ["claims:1:3: error", "claims:2:1: error", "claims:2:2: warning"] {
        assert!(told.iter().any(|line| line.starts_with(start)), "{start}: {told:#?}");
    }
    let of =
        |column: &str| told.iter().find(|line| line.contains(&format!("column `{column}` holds values of type List")));
    assert!(of("note").is_some_and(|line| line.contains("error")), "{told:#?}");
    assert!(of("tags").is_some_and(|line| line.contains("warning")), "{told:#?}");
}

#[test]
fn what_cannot_be_read_of_a_column_is_told_and_loses_no_other_row() {
    let zoned = TimestampSecondArray::from(vec![1, 2]).with_timezone("Europe/Nowhere");
    let far = TimestampSecondArray::from(vec![0, 1 << 62]);
    for (column, dates) in [("published", Arc::new(zoned) as ArrayRef), ("published", Arc::new(far))] {
        let bad = claims(frame(vec![
            ("question", strings(["q", "q"])),
            ("publisher", strings(["A", "B"])),
            ("estimate", strings(["5", "6"])),
            (column, dates),
        ]));
        let Err(Error::Bad(problems)) = bad else { panic!("the dates cannot be read") };
        let told: Vec<String> = problems.of(Severity::Error).map(ToString::to_string).collect();
        assert!(told.iter().all(|line| line.starts_with("claims:0:4") || line.contains("`published`")), "{told:#?}");
        assert!(told.iter().any(|line| line.contains("column `published` cannot be read")), "{told:#?}");
    }
}

#[test]
fn a_frame_without_rows_or_columns_is_told_what_it_lacks() {
    let none = claims(frame(vec![("question", strings([])), ("publisher", strings([])), ("estimate", strings([]))]));
    let Err(Error::Bad(problems)) = none else { panic!("there are no claims") };
    assert!(problems.of(Severity::Error).any(|problem| problem.what == "there are no claims"));
    let lacking = claims(frame(vec![("question", strings(["q"]))]));
    let Err(Error::Bad(problems)) = lacking else { panic!("columns are missing") };
    assert_eq!(problems.of(Severity::Error).filter(|problem| problem.what.ends_with("is missing")).count(), 2);
}

#[test]
fn pieces_end_where_questions_end_and_nothing_is_lost() {
    let names: Vec<String> = (0..40).flat_map(|q| vec![format!("q{q}"); 1 + q % 7]).collect();
    let columns = [
        ("question", Arc::new(StringArray::from(names.clone())) as ArrayRef),
        ("publisher", Arc::new(StringArray::from(vec!["A"; names.len()]))),
        ("estimate", Arc::new(StringArray::from(vec!["5"; names.len()]))),
    ];
    let rows = RecordBatch::try_from_iter(columns.clone()).unwrap();
    let keys = Arc::new(question_keys(&rows).unwrap()) as ArrayRef;
    let rows = RecordBatch::try_from_iter(columns.into_iter().chain([(KEY, keys)])).unwrap();
    for (batch, size) in [(1, 1), (3, 10), (1000, 10), (11, 1000), (2, 60)] {
        let mut pieces = FramePieces::new(Limits::default(), size, 100);
        let mut found = Vec::new();
        for at in (0..rows.num_rows()).step_by(batch) {
            found.extend(pieces.push(rows.slice(at, batch.min(rows.num_rows() - at)), |_| ()));
        }
        found.extend(pieces.finish(|_| ()));
        assert_eq!(pieces.problems().count(Severity::Error), 0);
        let ids: Vec<String> =
            found.iter().flat_map(|piece| piece.read.case.questions.iter().map(|q| q.id.to_string())).collect();
        assert_eq!(ids, (0..40).map(|q| format!("q{q}")).collect::<Vec<_>>(), "{batch} {size}");
        assert_eq!(found.iter().map(|piece| piece.read.case.claims.len()).sum::<usize>(), names.len());
        let mut before = 100;
        for piece in &found {
            assert_eq!(piece.questions_before, before);
            before += piece.order.len() as u32;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn keys_are_in_the_order_of_questions(a in "[ -~é]{0,6}[0-9]{0,4}[a-b0-2]{0,4}", b in "[a-b0-2]{0,8}", c in "[0-1]{0,4}") {
        for (x, y) in [(&a, &b), (&b, &c), (&a, &c)] {
            prop_assert_eq!(question_key(x).cmp(&question_key(y)), natural_order(x, y), "{:?} {:?}", x, y);
        }
        prop_assert_eq!([&a, &b, &c].map(|x| question_key(x)).into_iter().collect::<BTreeSet<_>>().len(),
            [&a, &b, &c].into_iter().collect::<BTreeSet<_>>().len());
    }
}
