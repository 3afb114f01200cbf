//! What one method says of each question: the columns of consensus.csv, and the same to be read.

use std::io::{self, Write};

use super::amount::{amount, amount_beside, amount_range, counted};
use super::consensus;
use super::methods::central;
use super::paint::{Paint, safe};
use super::table::{Cell, Table};
use crate::analysis::QuestionResult;
use crate::consensus::Quantiles;
use crate::consensus::methods::{Answer, Method};
use crate::model::{Case, unit};

/// The answers to some questions in the columns of consensus.csv; `answers` has one for each question of the case. What only the default method has is left empty, and
/// so are quantiles that the method does not define.
#[must_use]
pub fn answers_rows<'a>(
    case: &'a Case,
    results: &'a [QuestionResult],
    method: &Method,
    answers: &[Answer],
) -> Table<'a> {
    let mut table = consensus::rows(case, results);
    let place = |name: &str| consensus::LAYOUT.columns.iter().position(|column| column.name == name);
    for (row, result) in table.rows.iter_mut().zip(results) {
        let answer = &answers[result.question.index()];
        let mut set = |name: &str, cell: Cell<'a>| {
            if let Some(at) = place(name) {
                row[at] = cell;
            }
        };
        set("method", Cell::from(method.name));
        for (name, value) in Quantiles::NAMES.into_iter().zip(answer.quantiles) {
            set(name, Cell::maybe(value));
        }
        for name in ["effective_origins", "shape", "camps", "i2"] {
            set(name, Cell::Empty);
        }
        let none = answer.why_none.as_ref().map(|why| format!("none, because {why}"));
        let ends = ends(answer).map(|ends| format!("{ends}, ends without a probability"));
        let notes: Vec<String> = none.into_iter().chain(ends).chain(notes(case, result, answer)).collect();
        set("notes", Cell::from(notes.join("; ")));
    }
    table
}

/// By what a method answers.
#[must_use]
pub fn method_line(method: &Method, paint: Paint) -> String {
    let Method { name, reference, equation, reads, .. } = method;
    paint.dim(format!("{name}: {reference}; {equation}; reads {}", reads.says()))
}

/// Writes what a method says of some questions; `answers` has one for each question of the case.
///
/// # Errors
/// Where `out` fails.
pub fn write_answers(
    case: &Case,
    results: &[QuestionResult],
    answers: &[Answer],
    level: f64,
    paint: Paint,
    out: &mut impl Write,
) -> io::Result<()> {
    for result in results {
        let answer = &answers[result.question.index()];
        let question = case.question(result.question);
        let id = if question.title.is_empty() { String::new() } else { format!("  [{}]", safe(&question.id)) };
        writeln!(out, "\n{}", paint.bold(safe(question.heading())))?;
        writeln!(out, "  {}{}", said(answer, &question.unit, level, paint), paint.dim(id))?;
        let account = &result.account;
        writeln!(
            out,
            "  {} in {}",
            counted(account.numbers, "number", "numbers"),
            counted(account.publications, "publication", "publications")
        )?;
        for note in notes(case, result, answer) {
            writeln!(out, "  {}", safe(&note))?;
        }
    }
    Ok(())
}

/// "1,000 to 3,000 people (90 % range), point 2,000"
fn said(answer: &Answer, of: &str, level: f64, paint: Paint) -> String {
    let unit = if of.is_empty() { String::new() } else { format!(" {}", safe(&unit::plural(of))) };
    let range = central(answer, level);
    let width = range.map_or(f64::NAN, |[low, high]| high - low);
    match (range, answer.point(), ends(answer)) {
        (Some([low, high]), Some(point), _) => {
            let main = paint.bold(format!("{}{unit}", amount_range(low, high)));
            format!("{main} ({:.0} % range), median {}", 100.0 * level, amount_beside(point, width))
        }
        (_, Some(point), Some(ends)) => {
            format!("{}; {ends}, without a probability", paint.bold(format!("{}{unit}", amount(point))))
        }
        (_, Some(point), None) => paint.bold(format!("{}{unit}", amount(point))),
        (_, None, Some(ends)) => format!("{}, without a probability", paint.bold(format!("{ends}{unit}"))),
        _ => answer.why_none.as_ref().map_or(String::new(), |why| format!("none, because {why}")),
    }
}

/// "1,000 to 3,000" for ends without a probability, "1,000 or more" where one is open.
#[must_use]
pub fn ends(answer: &Answer) -> Option<String> {
    match answer.ends? {
        [Some(low), Some(high)] if low == high => Some(amount(low)),
        [Some(low), Some(high)] => Some(amount_range(low, high)),
        [Some(low), None] => Some(format!("{} or more", amount(low))),
        [None, Some(high)] => Some(format!("{} or less", amount(high))),
        [None, None] => None,
    }
}

fn notes(case: &Case, result: &QuestionResult, answer: &Answer) -> Vec<String> {
    answer.notes.iter().chain(&answer.reading).cloned().chain(consensus::left_out(case, result)).collect()
}
