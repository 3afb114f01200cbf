//! Low, best and high of each question in columns named as those of the UCDP Georeferenced Event
//! Dataset: the ends of the 90 % range and the median, with the publishers as `source_office` and the
//! origins as `source_original`.

use std::io::{self, Write};

use super::dossier::{Dossier, QuestionRecord};
use crate::report::csv::write_csv;
use crate::report::rounded_beside;
use crate::report::table::{Cell, Column, Layout, Table};

const LAYOUT: Layout = Layout {
    name: "ged",
    row: "a question",
    columns: &[
        Column::text("id", "id of the question"),
        Column::text("year", "year of the date as of which the number is sought"),
        Column::text("conflict_name", "group of the question"),
        Column::count("number_of_sources", "publishers of figures"),
        Column::text("source_office", "those publishers, separated by ;"),
        Column::text("source_date", "first and last date of publication"),
        Column::text("source_headline", "what the question asks"),
        Column::text("source_original", "the origins that were used, separated by ;"),
        Column::text("where_description", "place"),
        Column::text("date_start", "first date that the question covers"),
        Column::text("date_end", "date as of which the number is sought"),
        Column::number("best", "median"),
        Column::number("high", "upper end of the 90 % range"),
        Column::number("low", "lower end of the 90 % range"),
        Column::text("unit", "unit of the three numbers; not part of GED"),
        Column::number("level", "probability of low to high; not part of GED"),
    ],
};

/// Writes a row for each question that has a range.
///
/// # Errors
/// Where `out` fails.
pub fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(&LAYOUT);
    table.rows = dossier.questions.iter().filter_map(row).collect();
    let mut bytes = Vec::new();
    write_csv(&table, &mut bytes)?;
    out.write_all(&bytes)
}

fn row(question: &QuestionRecord) -> Option<Vec<Cell<'_>>> {
    let range = question.range.as_ref()?;
    let mut offices: Vec<&str> =
        question.claims.iter().filter(|claim| claim.estimate.is_some()).map(|c| &*c.publisher_name).collect();
    offices.sort_unstable();
    offices.dedup();
    let mut origins: Vec<&str> =
        question.origins.iter().filter(|origin| origin.used).map(|origin| &*origin.name).collect();
    origins.sort_unstable();
    origins.dedup();
    let mut dates: Vec<&str> = question.claims.iter().filter_map(|claim| claim.published.as_deref()).collect();
    dates.sort_unstable();
    let dates = match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first != last => format!("{first};{last}"),
        (Some(first), _) => (*first).to_owned(),
        _ => String::new(),
    };
    let given = |text: &'_ Option<String>| text.clone().map_or(Cell::Empty, Cell::from);
    // A count of 4,533.13 says more than anybody knows.
    let rounded = |name: &str| rounded_beside(range.quantile(name), range.quantile("q95") - range.quantile("q05"));
    let sought = question.as_of.as_deref().unwrap_or_default();
    Some(vec![
        Cell::from(&*question.id),
        Cell::from(sought.get(..4).unwrap_or_default().to_owned()),
        given(&question.group),
        Cell::Count(offices.len()),
        Cell::from(listed(&offices)),
        Cell::from(dates),
        given(&question.title),
        Cell::from(listed(&origins)),
        given(&question.place),
        given(&question.opened),
        Cell::from(sought.to_owned()),
        Cell::Number(rounded("q50")),
        Cell::Number(rounded("q95")),
        Cell::Number(rounded("q05")),
        given(&question.unit),
        Cell::Number(0.9),
    ])
}

/// Names in one cell; a semicolon inside a name would part it.
fn listed(names: &[&str]) -> String {
    names.iter().map(|name| name.replace(';', ",")).collect::<Vec<_>>().join(";")
}
