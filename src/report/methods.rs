//! methods.csv: a row for each question and method, and the same to be read.

use std::io::{self, Write};

use super::amount::{amount_beside, amount_range};
use super::answers::ends;
use super::paint::{Paint, safe};
use super::table::{Cell, Column, Layout, Table};
use crate::compare::{Compared, Line};
use crate::consensus::methods::Answer;
use crate::model::Case;

pub const LAYOUT: Layout = Layout {
    name: "methods",
    row: "what one method or house rule says of a question",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("method", "method or rule"),
        Column::number("q025", "2.5 % quantile; empty where the method defines none, as all of these"),
        Column::number("q05", "5 % quantile"),
        Column::number("q10", "10 % quantile"),
        Column::number("q25", "25 % quantile"),
        Column::number("q50", "median, or the point that the method gives"),
        Column::number("q75", "75 % quantile"),
        Column::number("q90", "90 % quantile"),
        Column::number("q95", "95 % quantile"),
        Column::number("q975", "97.5 % quantile"),
    ],
};

/// All lines as a table.
#[must_use]
pub fn methods_table<'a>(case: &'a Case, compared: &[Compared]) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    for one in compared {
        for line in &one.lines {
            let mut row = vec![Cell::from(&*case.question(one.question).id), Cell::from(line.voice.name())];
            row.extend(line.answer.quantiles.map(Cell::maybe));
            table.rows.push(row);
        }
    }
    table
}

/// Writes a line for each method under each question, and what is to be known of them all once.
///
/// # Errors
/// Where `out` fails.
pub fn write_methods(
    case: &Case,
    compared: &[Compared],
    level: f64,
    paint: Paint,
    out: &mut impl Write,
) -> io::Result<()> {
    for (at, one) in compared.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let question = case.question(one.question);
        let id = if question.title.is_empty() { String::new() } else { format!("  [{}]", safe(&question.id)) };
        writeln!(out, "{}{}", paint.bold(safe(question.heading())), paint.dim(id))?;
        write_lines(&one.lines, level, paint, out)?;
    }
    Ok(())
}

fn write_lines(lines: &[Line], level: f64, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let (said, silent): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.answer.why_none.is_none());
    let heading = ["method".to_owned(), "point".to_owned(), format!("{:.0} % range", 100.0 * level), String::new()];
    let rows: Vec<[String; 4]> = said.iter().map(|line| row(line, level)).collect();
    let width = |at: usize| rows.iter().chain([&heading]).map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..3).map(width).collect();
    for (at, cells) in std::iter::once(&heading).chain(&rows).enumerate() {
        let [name, point, range, note] = cells;
        let text = format!("{name:0$}  {point:>1$}  {range:2$}  {note}", widths[0], widths[1], widths[2]);
        let text = text.trim_end();
        let is_origins = at > 0 && said[at - 1].voice.name() == "origins";
        let text = match at {
            0 => paint.dim(text),
            _ if is_origins => paint.bold(text),
            _ => text.to_owned(),
        };
        writeln!(out, "  {text}")?;
    }
    for (why, names) in grouped(&silent) {
        writeln!(out, "  {}", paint.dim(format!("none, because {why}: {}", names.join(", "))))?;
    }
    if let Some(note) = reading(lines) {
        writeln!(out, "  {}", paint.dim(note))?;
    }
    Ok(())
}

/// "median", "2,000", "1,000 to 3,000", notes.
fn row(line: &Line, level: f64) -> [String; 4] {
    let answer = &line.answer;
    let central = central(answer, level);
    let width = central.map_or(f64::NAN, |[low, high]| high - low);
    let point = answer.point().map_or(String::new(), |point| amount_beside(point, width));
    let ends = ends(answer);
    let open = (central.is_none() && ends.is_some()).then_some("ends, no probability");
    let range = central.map(|[low, high]| amount_range(low, high)).or(ends).unwrap_or_default();
    let notes: Vec<&str> = open.into_iter().chain(answer.notes.iter().map(String::as_str)).collect();
    [line.voice.name().to_owned(), point, range, notes.join("; ")]
}

/// Ends of the central range of a probability, where the method defines both.
#[must_use]
pub fn central(answer: &Answer, level: f64) -> Option<[f64; 2]> {
    let at = [0.95, 0.9, 0.8, 0.5].iter().position(|known| (known - level).abs() < 1e-9)?;
    Some([answer.quantiles[at]?, answer.quantiles[8 - at]?])
}

/// The lines without an answer, by reason in the order in which the reasons come.
fn grouped<'a>(silent: &[&'a Line]) -> Vec<(&'a str, Vec<&'static str>)> {
    let mut groups: Vec<(&str, Vec<&'static str>)> = Vec::new();
    for line in silent {
        let why = line.answer.why_none.as_deref().unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) => names.push(line.voice.name()),
            None => groups.push((why, vec![line.voice.name()])),
        }
    }
    groups
}

/// What methods read otherwise than it was said, each once.
fn reading(lines: &[Line]) -> Option<String> {
    let mut seen: Vec<&str> = Vec::new();
    for note in lines.iter().flat_map(|line| &line.answer.reading) {
        if !seen.contains(&note.as_str()) {
            seen.push(note);
        }
    }
    (!seen.is_empty()).then(|| format!("by methods that read points: {}", seen.join(", ")))
}
