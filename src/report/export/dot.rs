//! DOT, for pictures with Graphviz: publications on the left, origins on the right, a frame for each
//! question. What a node or link is can be told from its line as well as from its colour.

use std::io::{self, Write};

use super::label::{heading, kind, line, lines};
use super::network::Network;
use super::record::{NetworkLink, NetworkNode};
use crate::graph::ClaimGraph;

// Colours that stay apart for colour-blind readers (Okabe and Ito 2008), lightened as a background.
const ORIGIN: &str = "#cfe6f5";
const LEFT_OUT: &str = "#eeeeee";
const LEFT_OUT_TEXT: &str = "#595959";
const DRIFT: &str = "#d55e00";

const LEGEND: &str = "An arrow leads from a claim to what it passes on.\\n\
    Double border: origin. Rounded: credited, not seen itself. Dashed border: unnamed.\\n\
    Grey: left out of the range. Dashed arrow: inferred. Text on an arrow: what changed on the way.";

/// Writes the graphs as one digraph.
///
/// # Errors
/// Where `out` fails.
pub fn write(graphs: &[ClaimGraph<'_>], out: &mut dyn Write) -> io::Result<()> {
    let network = Network::new(graphs);
    writeln!(out, "digraph sayso {{")?;
    writeln!(out, "  graph [rankdir=LR, fontname=\"Helvetica\", labelloc=b, label=\"{LEGEND}\"];")?;
    writeln!(out, "  node [shape=box, fontname=\"Helvetica\", fontsize=11];")?;
    writeln!(out, "  edge [fontname=\"Helvetica\", fontsize=10];")?;
    for (at, cluster) in network.clusters.iter().enumerate() {
        writeln!(out, "  subgraph cluster_{at} {{")?;
        writeln!(out, "    label={};", quoted(&heading(cluster.question().heading())))?;
        writeln!(out, "    labelloc=t;")?;
        for node in cluster.nodes() {
            writeln!(out, "    {} [{}];", quoted(&node.id), looks(&node))?;
        }
        for link in cluster.links() {
            writeln!(out, "    {} -> {} [{}];", quoted(link.source), quoted(link.target), link_looks(&link))?;
        }
        writeln!(out, "  }}")?;
    }
    writeln!(out, "}}")
}

fn looks(node: &NetworkNode) -> String {
    let text: Vec<String> = lines(node).iter().map(|line| escaped(line)).collect();
    let mut looks = format!("label=\"{}\"", text.join("\\n"));
    let mut style = Vec::new();
    if node.kind != "claim" {
        style.push("rounded");
    }
    if !node.is_named {
        style.push("dashed");
    }
    if node.is_origin {
        looks.push_str(", peripheries=2, penwidth=1.6");
    }
    let is_left_out = node.standing == "left out";
    if node.is_origin || is_left_out {
        style.push("filled");
        let fill = if is_left_out { LEFT_OUT } else { ORIGIN };
        looks.push_str(&format!(", fillcolor=\"{fill}\""));
    }
    if is_left_out {
        looks.push_str(&format!(", color=\"{LEFT_OUT_TEXT}\", fontcolor=\"{LEFT_OUT_TEXT}\""));
    }
    if !style.is_empty() {
        looks.push_str(&format!(", style=\"{}\"", style.join(",")));
    }
    looks
}

fn link_looks(link: &NetworkLink<'_>) -> String {
    let basis = if link.is_inferred { "inferred" } else { "stated" };
    let cue = link.cue.as_deref().map_or(String::new(), |cue| format!(", \"{}\"", line(cue)));
    let mut tooltip = format!("{}: {}, {basis}{cue}", line(&link.by), link.kind);
    let mut looks = String::new();
    if link.is_inferred {
        looks.push_str(", style=dashed");
    }
    if !link.drift.is_empty() {
        let kinds: Vec<&str> = link.drift.iter().map(|drift| kind(drift)).collect();
        let label = quoted(&line(&kinds.join(", ")));
        looks.push_str(&format!(", label={label}, color=\"{DRIFT}\", fontcolor=\"{DRIFT}\""));
        tooltip.push_str(&format!("; {}", heading(&link.drift.join("; "))));
    }
    format!("tooltip={}{looks}", quoted(&tooltip))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text as the inside of a quoted string that Graphviz shows: backslashes would start escapes,
/// ampersands entities.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '&' => escaped.push_str("&amp;"),
            '\n' | '\r' => escaped.push(' '),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_end_its_string_nor_start_an_escape() {
        assert_eq!(quoted("say \"so\"\\"), "\"say \\\"so\\\"\\\\\"");
        assert_eq!(quoted("\\N \\G"), "\"\\\\N \\\\G\"");
        assert_eq!(quoted("a\nb"), "\"a b\"");
    }

    #[test]
    fn entities_and_tags_are_shown_as_they_were_written() {
        assert_eq!(quoted("AT&amp;T <script>]]>"), "\"AT&amp;amp;T <script>]]>\"");
        assert_eq!(quoted("سوريا 🇰🇵"), "\"سوريا 🇰🇵\"");
    }
}
