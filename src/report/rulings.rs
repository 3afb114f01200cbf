//! rulings.csv: what a house rule says of each question, and the same to be read.

use std::io::{self, Write};

use super::amount::{amount, exact_amount};
use super::paint::{Paint, safe};
use super::table::{Cell, Column, Layout, Table};
use crate::consensus::rules::{Rule, Ruling};
use crate::model::{Case, QuestionId, unit};

pub const LAYOUT: Layout = Layout {
    name: "rulings",
    row: "what a house rule says of a question",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("title", "what it asks"),
        Column::text("unit", "unit of all numbers of the row"),
        Column::text("rule", "the rule"),
        Column::number("low", "lowest figure that the rule reports; empty where it defines none, as best and high"),
        Column::number("best", "figure that the rule settles on"),
        Column::number("high", "highest figure that the rule reports"),
        Column::text("grade", "grade of the incident"),
        Column::text("notes", "what should be known of the figures; why there are none"),
    ],
};

/// The rulings as a table.
#[must_use]
pub fn rulings_table<'a>(case: &'a Case, rule: &Rule, rulings: &[(QuestionId, Ruling)]) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for (id, ruling) in rulings {
        let question = case.question(*id);
        table.rows.push(vec![
            Cell::from(&*question.id),
            Cell::from(&*question.title),
            Cell::from(&*question.unit),
            Cell::from(rule.name),
            Cell::maybe(ruling.low),
            Cell::maybe(ruling.best),
            Cell::maybe(ruling.high),
            ruling.grade.map_or(Cell::Empty, Cell::from),
            Cell::from(notes(ruling).join("; ")),
        ]);
    }
    table
}

/// Writes what a rule says of each question.
///
/// # Errors
/// Where `out` fails.
pub fn write_rulings(
    case: &Case,
    rule: &Rule,
    rulings: &[(QuestionId, Ruling)],
    paint: Paint,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "{}", paint.dim(format!("{}: {} ({})", rule.name, rule.says, rule.owner)))?;
    for (id, ruling) in rulings {
        let question = case.question(*id);
        let of =
            if question.unit.is_empty() { String::new() } else { format!(" {}", safe(&unit::plural(&question.unit))) };
        let number = |value: f64| if value.fract() == 0.0 { exact_amount(value) } else { amount(value) };
        let named = [("low", ruling.low), ("best", ruling.best), ("high", ruling.high)];
        let figures: Vec<String> =
            named.iter().filter_map(|(name, value)| value.map(|value| format!("{name} {}", number(value)))).collect();
        let mut line = if figures.is_empty() { String::new() } else { format!("{}{of}", figures.join(", ")) };
        let rest = ruling.grade.map(str::to_owned).into_iter().chain(notes(ruling));
        for note in rest {
            line.push_str(if line.is_empty() { "" } else { "; " });
            line.push_str(&note);
        }
        let id = if question.title.is_empty() { String::new() } else { format!("  [{}]", safe(&question.id)) };
        writeln!(out, "\n{}", paint.bold(safe(question.heading())))?;
        writeln!(out, "  {line}{}", paint.dim(id))?;
    }
    Ok(())
}

fn notes(ruling: &Ruling) -> Vec<String> {
    let none = ruling.why_none.map(|why| format!("none, because {why}"));
    none.into_iter().chain(ruling.notes.iter().cloned()).collect()
}
