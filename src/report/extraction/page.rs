//! Texts with their figures, sources and cues marked, as one page of HTML that needs nothing else.

use std::io::{self, Write};

use super::marked::apart;
use super::sheet::rows;
use crate::extract::{Document, Extraction, MarkKind};
use crate::ingest::is_direction;

const HEAD: &str = "<!doctype html>
<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Claims found</title>
<style>
body{font:16px/1.6 Georgia,serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#222}
h2,table,.key{font-family:system-ui,sans-serif}
.text{white-space:pre-line}
mark{border-radius:3px;padding:0 2px;background:none;color:inherit}
mark.figure{background:#ffe08a;font-weight:bold}
mark.none{color:#888}
mark.source{background:#d3f0d6}
mark.unnamed{background:#f3d0ee}
mark.cue{border-bottom:2px solid #4a90d9}
mark.hedge{border-bottom:2px dotted #c60}
table{border-collapse:collapse;font-size:14px;width:100%}
td,th{border-top:1px solid #ddd;padding:.3rem .5rem;text-align:left;vertical-align:top}
.rules{color:#777;font-size:12px}
</style></head><body>
<p class=\"key\"><mark class=\"figure\">figure</mark> <mark class=\"source\">source</mark> <mark class=\"unnamed\">unnamed source</mark> <mark class=\"cue\">cue</mark> <mark class=\"hedge\">hedge</mark> <mark class=\"none\">no claim</mark></p>
";

fn class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Figure => "figure",
        MarkKind::NoClaim => "none",
        MarkKind::Source => "source",
        MarkKind::Unnamed => "unnamed",
        MarkKind::Cue => "cue",
        MarkKind::Hedge => "hedge",
    }
}

/// Writes a page with every text and its claims.
///
/// # Errors
/// Where `out` fails.
pub fn write_page(documents: &[(Document, Extraction)], out: &mut impl Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    for (document, found) in documents {
        writeln!(out, "<h2>{}</h2>\n<div class=\"text\">", escaped(&document.id))?;
        let text = document.text();
        let (mut at, mut number) = (0, 0);
        for mark in apart(found) {
            let words = escaped(mark.span.of(text));
            let figure = if mark.kind == MarkKind::Figure {
                number += 1;
                format!("<sup>{number}</sup>")
            } else {
                String::new()
            };
            write!(out, "{}", escaped(text.get(at..mark.span.start).unwrap_or("")))?;
            write!(out, "<mark class=\"{}\" title=\"{}\">{words}</mark>{figure}", class(mark.kind), escaped(mark.why))?;
            at = mark.span.end;
        }
        writeln!(out, "{}</div>", escaped(text.get(at..).unwrap_or("")))?;
        writeln!(out, "<table><tr><th></th><th>figure</th><th>what</th><th>whose</th><th></th></tr>")?;
        for (at, cells) in rows(document, found).enumerate() {
            let cell = |column: usize| cells.get(column).map(|cell| escaped(&cell.text())).unwrap_or_default();
            let via = if cell(5).is_empty() { "in its own voice".to_owned() } else { cell(5) };
            writeln!(
                out,
                "<tr><td>{}</td><td>{}</td><td>{} ({})</td><td>{via}</td><td>{} {}<div class=\"rules\">{}</div></td></tr>",
                at + 1,
                cell(3),
                cell(4),
                cell(13),
                cell(8),
                cell(12),
                cell(14)
            )?;
        }
        writeln!(out, "</table>")?;
    }
    out.write_all(b"</body></html>\n")
}

/// A text that is no markup; control characters and signs of direction are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if !matches!(c, '\n' | '\t') && (c.is_control() || is_direction(c)) => {}
            c => escaped.push(c),
        }
    }
    escaped
}
