//! Differences as a table, and as a person reads them.

use std::io::{self, Write};

use super::{Cause, Change, Difference, Fields, Kind};
use crate::ingest::safe;
use crate::ingest::table::shown;
use crate::report::{Cell, Column, Layout, Table, amount, amount_range, counted};

/// The columns of a comparison.
pub const LAYOUT: Layout = Layout {
    name: "diff",
    row: "a field that differs, or an item that came or went",
    columns: &[
        Column::text("question", "id of the question; empty where it is about none"),
        Column::text("kind", "range, claim, question, resolution, source or run"),
        Column::text("name", "id or name; empty where the question says it"),
        Column::text("change", "came, went, changed, or moved where it is a range"),
        Column::text("field", "the field that differs"),
        Column::text("old", "before"),
        Column::text("new", "after"),
        Column::text("because", "what moved a range; with the median were that alone undone"),
    ],
};

/// Differences as a table: a row for each field.
#[must_use]
pub fn diff_table(differences: &[Difference]) -> Table<'_> {
    let mut table = Table::new(&LAYOUT);
    for difference in differences {
        let because = difference.because.iter().map(told_cause).collect::<Vec<_>>().join("; ");
        let none = String::new();
        let mut row = |field: &str, old: &str, new: &str| {
            table.rows.push(vec![
                Cell::from(difference.key.question.as_str()),
                Cell::from(difference.key.kind.name()),
                Cell::from(difference.key.name.as_str()),
                Cell::from(word(difference)),
                Cell::from(field.to_owned()),
                Cell::from(old.to_owned()),
                Cell::from(new.to_owned()),
                Cell::from(because.clone()),
            ]);
        };
        match &difference.change {
            Change::Came(fields) if fields.is_empty() => row("", "", ""),
            Change::Went(fields) if fields.is_empty() => row("", "", ""),
            Change::Came(fields) => fields.iter().for_each(|(name, new)| row(name, &none, new)),
            Change::Went(fields) => fields.iter().for_each(|(name, old)| row(name, old, &none)),
            Change::Changed(fields) => fields.iter().for_each(|(name, old, new)| row(name, old, new)),
        }
    }
    table
}

fn word(difference: &Difference) -> &'static str {
    match &difference.change {
        Change::Came(_) => "came",
        Change::Went(_) => "went",
        Change::Changed(_) if difference.key.kind == Kind::Range => "moved",
        Change::Changed(_) => "changed",
    }
}

fn told_cause(cause: &Cause) -> String {
    match cause.median_without {
        Some(median) if cause.is_of_old => format!("{} (without it the old median is {})", cause.name, amount(median)),
        Some(median) => format!("{} (without that the median is {})", cause.name, amount(median)),
        None => cause.name.clone(),
    }
}

/// Differences as a person reads them: by question, the range first, then what changed on it.
///
/// # Errors
/// Where `out` fails.
pub fn write_diff(differences: &[Difference], out: &mut impl Write) -> io::Result<()> {
    let mut heading = None;
    for difference in differences {
        let question = difference.key.question.as_str();
        if heading != Some(question) {
            writeln!(out, "{}", if question.is_empty() { "the whole case".to_owned() } else { shown(question) })?;
            heading = Some(question);
        }
        if difference.key.kind == Kind::Range { write_range(difference, out)? } else { write_item(difference, out)? }
    }
    let count = |kind: Kind, words: &[&str]| {
        differences.iter().filter(|one| one.key.kind == kind && words.contains(&word(one))).count()
    };
    let claims = |words: &str| count(Kind::Claim, &[words]);
    let ranges = count(Kind::Range, &["moved", "came", "went"]);
    let others = differences.iter().filter(|one| !matches!(one.key.kind, Kind::Range | Kind::Claim)).count();
    let mut summary = vec![format!("{} moved, came or went", counted(ranges, "range", "ranges"))];
    for (words, told) in [("came", "came"), ("went", "went"), ("changed", "changed")] {
        if claims(words) > 0 {
            summary.push(format!("{} {told}", counted(claims(words), "claim", "claims")));
        }
    }
    if others > 0 {
        summary.push(counted(others, "other change", "other changes"));
    }
    if differences.is_empty() { writeln!(out, "no differences") } else { writeln!(out, "{}", summary.join("; ")) }
}

fn write_range(difference: &Difference, out: &mut impl Write) -> io::Result<()> {
    let told = |get: &dyn Fn(&str) -> Option<f64>| match (get("q05"), get("q95"), get("q50")) {
        (Some(low), Some(high), Some(median)) => {
            format!("{} (90 % range), median {}", amount_range(low, high), amount(median))
        }
        _ => "no range".to_owned(),
    };
    let of = |fields: &Fields| told(&|name| fields.get(name)?.parse().ok());
    match &difference.change {
        Change::Came(fields) => writeln!(out, "  new: {}", of(fields))?,
        Change::Went(fields) => writeln!(out, "  gone: {}", of(fields))?,
        Change::Changed(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| field.0.as_str()).collect();
            let side = |is_new: bool| {
                let get = |name: &str| {
                    let (_, old, new) = fields.iter().find(|field| field.0 == name)?;
                    (if is_new { new } else { old }).parse().ok()
                };
                told(&get)
            };
            if ["q05", "q50", "q95"].iter().all(|name| names.contains(name)) {
                writeln!(out, "  was {}\n  now {}", side(false), side(true))?;
            } else {
                writeln!(out, "  {}", told_fields(fields))?;
            }
        }
    }
    if !difference.because.is_empty() {
        let causes: Vec<String> = difference.because.iter().map(shown_cause).collect();
        writeln!(out, "  because of {}", causes.join("; "))?;
    }
    Ok(())
}

fn shown_cause(cause: &Cause) -> String {
    told_cause(&Cause { name: safe(&cause.name), ..cause.clone() })
}

fn write_item(difference: &Difference, out: &mut impl Write) -> io::Result<()> {
    let kind = difference.key.kind.name();
    let name = if difference.key.name.is_empty() { String::new() } else { format!(" {}", shown(&difference.key.name)) };
    let figure = |fields: &Fields| {
        let known =
            ["publisher", "published", "estimate", "version"].map(|name| fields.get(name).map(|text| shown(text)));
        let known: Vec<String> = known.into_iter().flatten().collect();
        if known.is_empty() { String::new() } else { format!(": {}", known.join(", ")) }
    };
    match &difference.change {
        Change::Came(fields) => writeln!(out, "  + {kind}{name}{}", figure(fields)),
        Change::Went(fields) => writeln!(out, "  - {kind}{name}{}", figure(fields)),
        Change::Changed(fields) => writeln!(out, "  ~ {kind}{name}: {}", told_fields(fields)),
    }
}

fn told_fields(fields: &[(String, String, String)]) -> String {
    let side = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("\"{}\"", shown(text)) };
    let told = fields.iter().map(|(name, old, new)| format!("{} {} → {}", shown(name), side(old), side(new)));
    told.collect::<Vec<_>>().join("; ")
}
