//! Mermaid flowcharts, for diagrams in Markdown.

use std::io::{self, Write};

use super::label::{heading, kind, line, lines};
use super::network::Network;
use super::record::NetworkNode;
use crate::graph::ClaimGraph;

/// Links that Mermaid draws before it refuses (`maxEdges`).
const MOST_LINKS: usize = 500;
/// Characters of source that it reads before it refuses (`maxTextSize`).
const MOST_TEXT: usize = 50_000;

/// Writes the graphs as one flowchart, after a remark where it is larger than Mermaid renders as it
/// comes. Written twice, once to count the characters.
///
/// # Errors
/// Where `out` fails.
pub fn write(graphs: &[ClaimGraph<'_>], out: &mut dyn Write) -> io::Result<()> {
    let network = Network::new(graphs);
    let mut length = Length(0);
    flowchart(&network, &mut length)?;
    let links = network.link_count();
    if links > MOST_LINKS || length.0 > MOST_TEXT {
        writeln!(
            out,
            "%% {links} links and {} characters: Mermaid renders {MOST_LINKS} links and {MOST_TEXT} characters \
             unless maxEdges and maxTextSize are raised.",
            length.0
        )?;
    }
    flowchart(&network, out)
}

fn flowchart(network: &Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (at, cluster) in network.clusters.iter().enumerate() {
        writeln!(out, "  subgraph q{at}[\"{}\"]", escaped(&heading(cluster.question().heading())))?;
        for (position, node) in cluster.nodes().enumerate() {
            let text: Vec<String> = lines(&node).iter().map(|line| escaped(line)).collect();
            let (open, close) = shape(&node);
            writeln!(out, "    n{}{open}\"{}\"{close}", cluster.first + position, text.join("<br/>"))?;
            if let Some(class) = class(&node) {
                writeln!(out, "    class n{} {class}", cluster.first + position)?;
            }
        }
        for link in cluster.links() {
            let arrow = if link.is_inferred { "-.->" } else { "-->" };
            let drift = match &link.drift[..] {
                [] => String::new(),
                drift => {
                    let kinds: Vec<&str> = drift.iter().map(|drift| kind(drift)).collect();
                    format!("|\"{}\"|", escaped(&line(&kinds.join(", "))))
                }
            };
            let (from, to) = (cluster.first + link.from, cluster.first + link.to);
            writeln!(out, "    n{from} {arrow}{drift} n{to}")?;
        }
        writeln!(out, "  end")?;
    }
    writeln!(out, "  classDef origin stroke-width:4px,fill:#cfe6f5,stroke:#000,color:#000")?;
    writeln!(out, "  classDef unnamed stroke-dasharray:5 3")?;
    writeln!(
        out,
        "  classDef unnamedOrigin stroke-width:4px,stroke-dasharray:5 3,fill:#cfe6f5,stroke:#000,color:#000"
    )?;
    writeln!(out, "  classDef leftOut fill:#eee,stroke:#595959,color:#595959")?;
    Ok(())
}

fn shape(node: &NetworkNode) -> (&'static str, &'static str) {
    if node.kind == "claim" { ("[", "]") } else { ("(", ")") }
}

fn class(node: &NetworkNode) -> Option<&'static str> {
    match (node.standing, node.is_origin, node.is_named) {
        ("left out", ..) => Some("leftOut"),
        (_, true, true) => Some("origin"),
        (_, true, false) => Some("unnamedOrigin"),
        (_, false, false) => Some("unnamed"),
        _ => None,
    }
}

/// A text as Mermaid shows it: whatever could end the text, start markup, a comment or a directive
/// (`%%{`) or an entity is written by its number.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("#quot;"),
            ' ' | '.' | ',' | '-' | '(' | ')' | '/' | '\'' | '…' => escaped.push(c),
            _ if c.is_ascii() && !c.is_ascii_alphanumeric() => escaped.push_str(&format!("#{};", u32::from(c))),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Counts the characters written to it as JavaScript does, in units of UTF-16.
struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let starts = bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        self.0 += starts + bytes.iter().filter(|&&byte| byte >= 0xf0).count();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_end_its_string_nor_start_markup_comments_or_directives() {
        assert_eq!(escaped("\"<b>\""), "#quot;#60;b#62;#quot;");
        assert_eq!(escaped("%%{init: x}%%"), "#37;#37;#123;init#58; x#125;#37;#37;");
        assert_eq!(escaped("`a` #1; A&B [x] |y|"), "#96;a#96; #35;1#59; A#38;B #91;x#93; #124;y#124;");
    }

    #[test]
    fn letters_of_every_script_are_kept() {
        assert_eq!(escaped("سوريا 🇰🇵, 조선 (Ёж)"), "سوريا 🇰🇵, 조선 (Ёж)");
    }

    #[test]
    fn characters_are_counted_in_units_of_utf_16() {
        let mut length = Length(0);
        length.write_all("aé한🇰🇵".as_bytes()).unwrap();
        assert_eq!(length.0, "aé한🇰🇵".encode_utf16().count());
    }
}
