//! A text with its figures, sources and cues marked, for a person to check on a terminal.

use std::io::{self, Write};

use crate::extract::{Document, Extraction, Mark, MarkKind};
use crate::report::paint::{Paint, safe};

/// Marks that do not overlap: of two, the one that begins first, and of those the longer.
pub(super) fn apart(found: &Extraction) -> Vec<Mark> {
    let mut end = 0;
    let mut marks = found.marks();
    marks.retain(|mark| {
        let free = mark.span.start >= end;
        end = if free { mark.span.end } else { end };
        free
    });
    marks
}

/// The signs around a mark where there is no colour.
fn signs(kind: MarkKind) -> (&'static str, &'static str) {
    match kind {
        MarkKind::Figure => ("[", "]"),
        MarkKind::NoClaim => ("(", ")"),
        MarkKind::Source => ("{", "}"),
        MarkKind::Unnamed => ("{?", "}"),
        MarkKind::Cue => ("<", ">"),
        MarkKind::Hedge => ("~", "~"),
    }
}

/// The escape sequence of a mark: figures bold, sources in colour, what is no claim dim.
fn colour(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Figure => "1;30;43",
        MarkKind::NoClaim => "2",
        MarkKind::Source => "32",
        MarkKind::Unnamed => "1;35",
        MarkKind::Cue => "36",
        MarkKind::Hedge => "4",
    }
}

/// Writes a text with its marks, and below it what was made of each figure.
///
/// # Errors
/// Where `out` fails.
pub fn write_marked(document: &Document, found: &Extraction, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let text = document.text();
    writeln!(out, "{}", paint.bold(safe(&document.id)))?;
    let mut at = 0;
    let mut number = 0;
    for mark in apart(found) {
        plain(text.get(at..mark.span.start).unwrap_or(""), out)?;
        let words = safe(&document.one_line(mark.span));
        let figure = if mark.kind == MarkKind::Figure {
            number += 1;
            format!("{number}:")
        } else {
            String::new()
        };
        if paint.is_on {
            write!(out, "\x1b[{}m{figure}{words}\x1b[0m", colour(mark.kind))?;
        } else {
            let (open, close) = signs(mark.kind);
            write!(out, "{open}{figure}{words}{close}")?;
        }
        at = mark.span.end;
    }
    plain(text.get(at..).unwrap_or("").trim_end(), out)?;
    writeln!(out, "\n")?;
    for (at, cells) in super::sheet::rows(document, found).enumerate() {
        let cell = |column: usize| cells.get(column).map(|cell| safe(&cell.text())).unwrap_or_default();
        let via = if cell(5).is_empty() { "in its own voice".to_owned() } else { cell(5) };
        let extra = [cell(8), cell(12)].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
        let extra = if extra.is_empty() { extra } else { format!("  {}", paint.alert(extra)) };
        writeln!(out, "{:>3}  {} {} ({}): {via}{extra}", at + 1, paint.bold(cell(3)), cell(4), cell(13))?;
        writeln!(out, "     {}", paint.dim(format!("rules: {}", cell(14))))?;
    }
    for mark in &found.left_out {
        writeln!(
            out,
            "  -  {}",
            paint.dim(format!("{}: no claim, {}", safe(&document.one_line(mark.span)), mark.why))
        )?;
    }
    if !paint.is_on {
        writeln!(out, "\n[figure] {{source}} {{?unnamed source}} <cue> ~hedge~ (no claim)")?;
    }
    Ok(())
}

/// Words between marks: control characters are left out, paragraphs stay.
fn plain(text: &str, out: &mut impl Write) -> io::Result<()> {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", safe(line))?;
    }
    Ok(())
}
