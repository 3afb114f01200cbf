//! Statements of FollowTheMoney: one assertion a row, each by a dataset.

use std::collections::BTreeMap;
use std::io;

use super::draft::{Draft, Row, party};
use crate::ingest::header::Known;
use crate::ingest::table::Table;
use crate::ingest::{Problems, Severity, read_date, read_estimate};

const fn column(name: &'static str, required: bool, meaning: &'static str) -> Known {
    Known { name, required, meaning }
}

/// The columns that are read; the others are carried through.
pub const COLUMNS: &[Known] = &[
    column("entity_id", true, "entity as the dataset has it"),
    column("prop", true, "property"),
    column("prop_type", true, "its type; numbers are read"),
    column("value", true, "value"),
    column("dataset", true, "who says so"),
    column("id", false, "statement"),
    column("canonical_id", false, "entity after merging"),
    column("original_value", false, "value as it was found"),
    column("first_seen", false, "when it was first seen"),
    column("schema", false, "type of the entity"),
];

const ENTITY: usize = 0;
const PROP: usize = 1;
const TYPE: usize = 2;
const VALUE: usize = 3;
const DATASET: usize = 4;
const ID: usize = 5;
const CANONICAL: usize = 6;
const ORIGINAL: usize = 7;
const SEEN: usize = 8;
const SCHEMA: usize = 9;

/// A number that waits for the name of its entity.
struct Waiting {
    row: Row,
    question: Row,
    entity: String,
    prop: String,
}

/// Reads the statements: numbers become claims, names become titles.
///
/// # Errors
/// Where the file cannot be read.
pub fn read(table: &mut Table, draft: &mut Draft, problems: &mut Problems) -> io::Result<()> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut others = 0_usize;
    while table.advance(problems)? {
        let entity = [table.text(CANONICAL), table.text(ENTITY)].into_iter().find(|id| !id.is_empty());
        let Some(entity) = entity.map(str::to_owned) else {
            table.report(problems, Severity::Error, (ENTITY, 0), "a statement without an entity", "name it");
            continue;
        };
        if table.text(TYPE) == "number" {
            waiting.extend(number(table, draft, entity, problems));
        } else {
            others += 1;
            if matches!(table.text(PROP), "name" | "title") && !table.text(VALUE).is_empty() {
                // Of several names the first in byte order, whatever the order of rows.
                let name = table.text(VALUE).to_owned();
                let known = names.entry(entity).or_insert_with(|| name.clone());
                *known = name.min(known.clone());
            }
        }
    }
    for Waiting { row, mut question, entity, prop } in waiting {
        let name = names.get(&entity).unwrap_or(&entity);
        question.set("title", format!("{name}: {prop}"));
        draft.question(question);
        draft.claim(row);
    }
    if others > 0 {
        let mut place = table.place(ENTITY, 0);
        (place.line, place.column) = (0, 0);
        let what = format!("{others} statements are not numbers and are left out, but for names");
        problems.push(crate::ingest::Problem { place, severity: Severity::Assumed, what, remedy: String::new() });
    }
    Ok(())
}

fn number(table: &Table, draft: &Draft, entity: String, problems: &mut Problems) -> Option<Waiting> {
    let (prop, dataset) = (table.text(PROP), table.text(DATASET));
    for (known, text, what) in
        [(PROP, prop, "a statement without a property"), (DATASET, dataset, "a statement without a dataset")]
    {
        if text.is_empty() {
            table.report(problems, Severity::Error, (known, 0), what, "name it");
        }
    }
    // The value as it was found says more, where it can be read.
    let is_readable = |text: &str| !text.is_empty() && read_estimate(text, table.decimal()).is_ok();
    let known = if is_readable(table.text(ORIGINAL)) { ORIGINAL } else { VALUE };
    if let Err(error) = read_estimate(table.text(known), table.decimal()) {
        table.unreadable(problems, known, error);
        return None;
    }
    let id = format!("{entity}.{prop}");
    let place = table.place(VALUE, 0);
    let question = Row::new(place.clone()).with("question", &*id).with("scale", "").with("note", table.text(SCHEMA));
    let seen = table.text(SEEN).get(..10).unwrap_or(table.text(SEEN));
    let mut row = Row::new(place)
        .with("claim", table.text(ID))
        .with("question", &*id)
        .with("publisher", party(dataset))
        .with("estimate", super::wide::with_point(table.text(known), table.decimal()))
        .with("published", if read_date(seen).is_ok() { seen } else { "" })
        .with("locator", table.text(ENTITY));
    for (name, text) in table.extra() {
        row.set(&draft.carried(name), text);
    }
    Some(Waiting { row, question, entity, prop: prop.to_owned() })
}
