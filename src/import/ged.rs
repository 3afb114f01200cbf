//! Events of the UCDP Georeferenced Event Dataset (Sundberg and Melander 2013): low, best and high.

use std::io;

use super::draft::{Draft, Row, chain, listed};
use crate::ingest::header::Known;
use crate::ingest::table::Table;
use crate::ingest::{Problems, Severity, read_date};
use crate::report::plain;

const fn column(name: &'static str, required: bool, meaning: &'static str) -> Known {
    Known { name, required, meaning }
}

/// The columns that are read; the others are carried through.
pub const COLUMNS: &[Known] = &[
    column("id", true, "event"),
    column("best", true, "most likely total"),
    column("low", true, "lowest reliable total"),
    column("high", true, "highest reliable total"),
    column("source_office", false, "who published, separated by ;"),
    column("source_original", false, "from whom the information comes, separated by ;"),
    column("source_date", false, "dates of publication, separated by ;"),
    column("source_headline", false, "headlines"),
    column("date_start", false, "first day of the event"),
    column("date_end", false, "last day of the event"),
    column("conflict_name", false, "conflict"),
    column("dyad_name", false, "the two sides"),
    column("where_description", false, "place"),
    column("unit", false, "unit; only in what sayso exports"),
    column("level", false, "probability of low to high; only in what sayso exports"),
];

const ID: usize = 0;
const BEST: usize = 1;
const LOW: usize = 2;
const HIGH: usize = 3;
const OFFICE: usize = 4;
const ORIGINAL: usize = 5;
const DATE: usize = 6;
const HEADLINE: usize = 7;
const START: usize = 8;
const END: usize = 9;
const CONFLICT: usize = 10;
const DYAD: usize = 11;
const PLACE: usize = 12;
const UNIT: usize = 13;
const LEVEL: usize = 14;

/// Who compiled the numbers.
const PUBLISHER: &str = "UCDP GED";

/// Reads the events.
///
/// # Errors
/// Where the file cannot be read.
pub fn read(table: &mut Table, draft: &mut Draft, problems: &mut Problems) -> io::Result<()> {
    while table.advance(problems)? {
        if table.row() == 1 {
            let source = Row::new(table.place(ID, 0)).with("source", PUBLISHER).with("kind", "document");
            draft.source(source);
        }
        event(table, draft, problems);
    }
    Ok(())
}

fn event(table: &Table, draft: &mut Draft, problems: &mut Problems) {
    let id = table.text(ID);
    if id.is_empty() {
        table.report(problems, Severity::Error, (ID, 0), "an event without an id", "give it one");
    }
    let (start, end) = (day(table, START, problems), day(table, END, problems));
    let number = |known: usize, problems: &mut Problems| {
        if table.text(known).is_empty() {
            table.report(problems, Severity::Error, (known, 0), "an event without this number", "write it");
        }
        table.number(problems, known)
    };
    let (best, low, high) = (number(BEST, problems), number(LOW, problems), number(HIGH, problems));
    let (Some(best), Some(low), Some(high)) = (best, low, high) else { return };
    for (known, is_wrong, what) in [
        (LOW, low > best, format!("low {low} is above best {best}")),
        (HIGH, high < best, format!("high {high} is below best {best}")),
    ] {
        if is_wrong {
            table.report(problems, Severity::Error, (known, 0), what, "low, best and high must rise");
        }
    }
    let is_event = table.text(UNIT).is_empty();
    let question = Row::new(table.place(ID, 0))
        .with("question", id)
        .with("title", if is_event { title(table) } else { table.text(HEADLINE).to_owned() })
        .with("unit", if is_event { "death" } else { table.text(UNIT) })
        .with("measure", if is_event { "flow" } else { "" })
        .with("place", table.text(PLACE))
        .with("opened", start)
        .with("closed", &*end)
        .with("group", table.text(CONFLICT));
    draft.question(question);
    let mut claim = Row::new(table.place(BEST, 0))
        .with("claim", format!("GED {id}"))
        .with("question", id)
        .with("publisher", PUBLISHER)
        .with("estimate", plain(best))
        .with("via", chain(&[listed(table.text(OFFICE)), listed(table.text(ORIGINAL))]))
        .with("published", latest(table.text(DATE)))
        .with("as_of", end);
    if low < high {
        claim.set("low", plain(low));
        claim.set("high", plain(high));
        claim.set("level", table.text(LEVEL));
    }
    if is_event {
        claim.set("note", table.text(HEADLINE));
    }
    for (name, text) in table.extra() {
        claim.set(&draft.carried(name), text);
    }
    draft.claim(claim);
}

/// "Deaths, Government of A - B, near the bridge, 2020-01-02 to 2020-01-03"
fn title(table: &Table) -> String {
    let sides = [table.text(DYAD), table.text(CONFLICT)].into_iter().find(|text| !text.is_empty());
    let (start, end) = (first_ten(table.text(START)), first_ten(table.text(END)));
    let when = if start == end || end.is_empty() { start.to_owned() } else { format!("{start} to {end}") };
    let parts = ["Deaths", sides.unwrap_or_default(), table.text(PLACE), &when];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A date, also with a time behind it. What is none is a problem, told by the reader of dates.
fn day(table: &Table, known: usize, problems: &mut Problems) -> String {
    let text = first_ten(table.text(known));
    if !text.is_empty() && read_date(text).is_err() {
        table.date(problems, known);
        return String::new();
    }
    text.to_owned()
}

/// The latest of some dates; what is none is left out, since the column is free text.
fn latest(cell: &str) -> String {
    let dates = cell.split(';').map(|part| first_ten(part.trim())).filter_map(|date| read_date(date).ok());
    dates.max().map_or(String::new(), |date| date.to_string())
}

fn first_ten(text: &str) -> &str {
    text.get(..10).unwrap_or(text)
}
