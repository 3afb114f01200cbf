//! Events of ACLED (Raleigh, Linke, Hegre and Karlsen 2010).
//!
//! Their codebook takes the most conservative of conflicting reports, and writes 0 both where nobody
//! died and where nothing is known. So a number is read as at least that many, and a 0 as no number,
//! unless the notes say that there were no deaths.

use std::io;

use jiff::{Timestamp, civil, tz::TimeZone};

use super::draft::{Draft, Row, chain, listed};
use crate::ingest::header::Known;
use crate::ingest::table::{Table, shown};
use crate::ingest::{Problems, Severity, read_date};

const fn column(name: &'static str, required: bool, meaning: &'static str) -> Known {
    Known { name, required, meaning }
}

/// The columns that are read; the others are carried through.
pub const COLUMNS: &[Known] = &[
    column("event_id_cnty", true, "event"),
    column("event_date", true, "day of the event"),
    column("fatalities", true, "deaths"),
    column("source", false, "sources, separated by ;"),
    column("notes", false, "what happened"),
    column("timestamp", false, "when the row was written, in seconds since 1970"),
    column("event_type", false, "type of event"),
    column("sub_event_type", false, "its subtype"),
    column("location", false, "place"),
    column("admin1", false, "region"),
    column("country", false, "country"),
];

const ID: usize = 0;
const DATE: usize = 1;
const FATALITIES: usize = 2;
const SOURCE: usize = 3;
const NOTES: usize = 4;
const TIMESTAMP: usize = 5;
const TYPE: usize = 6;
const SUBTYPE: usize = 7;
const LOCATION: usize = 8;
const ADMIN: usize = 9;
const COUNTRY: usize = 10;

const PUBLISHER: &str = "ACLED";

/// What notes say where a 0 stands for nobody.
const NOBODY: &[&str] = &[
    "no fatalities",
    "no injuries or fatalities",
    "no casualties or fatalities",
    "no deaths",
    "nobody died",
    "nobody was killed",
    "no one was killed",
    "no one died",
    "zero fatalities",
];

/// Reads the events.
///
/// # Errors
/// Where the file cannot be read.
pub fn read(table: &mut Table, draft: &mut Draft, problems: &mut Problems) -> io::Result<()> {
    while table.advance(problems)? {
        if table.row() == 1 {
            let source = Row::new(table.place(ID, 0)).with("source", PUBLISHER).with("kind", "organisation");
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
    let date = day(table, problems);
    let Some(estimate) = estimate(table, problems) else { return };
    let kind = [table.text(SUBTYPE), table.text(TYPE)].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let place = [table.text(LOCATION), table.text(ADMIN), table.text(COUNTRY)];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let title = ["Deaths", &kind.to_lowercase(), &place, &date];
    let title = title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    draft.question(
        Row::new(table.place(ID, 0))
            .with("question", id)
            .with("title", title)
            .with("unit", "death")
            .with("measure", "flow")
            .with("place", place)
            .with("opened", &*date)
            .with("closed", &*date)
            .with("group", table.text(COUNTRY)),
    );
    let mut claim = Row::new(table.place(FATALITIES, 0))
        .with("claim", id)
        .with("question", id)
        .with("publisher", PUBLISHER)
        .with("estimate", estimate)
        .with("via", chain(&[sources(table.text(SOURCE))]))
        .with("published", written(table, problems))
        .with("as_of", &*date)
        .with("note", table.text(NOTES));
    for (name, text) in table.extra() {
        claim.set(&draft.carried(name), text);
    }
    draft.claim(claim);
}

/// The sources of an event. One that is not disclosed is no source by that name: events must not
/// come to share it.
fn sources(cell: &str) -> Vec<String> {
    let is_undisclosed = |name: &str| name.to_lowercase().starts_with("undisclosed");
    let names = listed(cell).into_iter();
    names.map(|name| if is_undisclosed(&name) { format!("anonymous: {name}") } else { name }).collect()
}

fn estimate(table: &Table, problems: &mut Problems) -> Option<String> {
    let text = table.text(FATALITIES);
    let Ok(deaths) = text.parse::<u64>() else {
        let what = format!("`{}` is no count of deaths", shown(text));
        table.report(problems, Severity::Error, (FATALITIES, 0), what, "write a whole number");
        return None;
    };
    let notes = table.text(NOTES).to_lowercase();
    if deaths > 0 {
        Some(format!("at least {deaths}"))
    } else if NOBODY.iter().any(|words| notes.contains(words)) {
        Some("0".to_owned())
    } else {
        table.report(
            problems,
            Severity::Assumed,
            (FATALITIES, 0),
            "0 is taken as no number, since it is also written where nothing is known",
            "say in the notes that there were no fatalities where that is known",
        );
        Some("unknown".to_owned())
    }
}

/// The day of the event: ISO, or `12 May 2023` as older files have it.
fn day(table: &Table, problems: &mut Problems) -> String {
    let text = table.text(DATE);
    if read_date(text).is_ok() {
        return text.to_owned();
    }
    match civil::Date::strptime("%d %B %Y", text) {
        Ok(day) => day.to_string(),
        Err(_) if text.is_empty() => {
            table.report(problems, Severity::Error, (DATE, 0), "an event without a date", "write its day");
            String::new()
        }
        Err(_) => table.date(problems, DATE).map_or(String::new(), |date| date.to_string()),
    }
}

/// The day on which the row was written, in UTC.
fn written(table: &Table, problems: &mut Problems) -> String {
    let text = table.text(TIMESTAMP);
    if text.is_empty() {
        return String::new();
    }
    let time = text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let day = time.map(|time| TimeZone::UTC.to_datetime(time).date()).filter(|day| (1..=9999).contains(&day.year()));
    day.map_or_else(
        || {
            let what = format!("`{}` is no time in seconds since 1970", shown(text));
            table.report(problems, Severity::Error, (TIMESTAMP, 0), what, "write whole seconds, or nothing");
            String::new()
        },
        |day| day.to_string(),
    )
}
