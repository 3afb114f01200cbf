//! GraphML 1.0 (Brandes, Eiglsperger, Herman, Himsolt and Marshall 2002), for Gephi, yEd, Cytoscape and igraph.

use std::borrow::Cow;
use std::io::{self, Write};

use super::attributes::{OF_LINKS, OF_NODES, Type, Value};
use super::network::Network;
use crate::graph::ClaimGraph;
use crate::report::plain;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"#;

/// Writes the graphs as one directed graph; the question is an attribute of its nodes. Lists are
/// texts with `; ` between their parts; values that are not given have no element.
///
/// # Errors
/// Where `out` fails.
pub fn write(graphs: &[ClaimGraph<'_>], out: &mut dyn Write) -> io::Result<()> {
    let network = Network::new(graphs);
    out.write_all(HEAD.as_bytes())?;
    key(out, "graph", "as_of", Type::Text, "only claims published by this date")?;
    key(out, "graph", "questions", Type::Text, "ids of the questions")?;
    for attribute in OF_NODES {
        key(out, "node", attribute.name, attribute.of_type, attribute.meaning)?;
    }
    for attribute in OF_LINKS {
        key(out, "edge", attribute.name, attribute.of_type, attribute.meaning)?;
    }
    writeln!(out, "  <graph id=\"sayso\" edgedefault=\"directed\">")?;
    let as_of = network.as_of();
    data(out, "graph", "as_of", as_of.as_deref().map_or(Value::Absent, Value::Text))?;
    let questions: Vec<String> = network.clusters.iter().map(|cluster| cluster.question().id.to_string()).collect();
    data(out, "graph", "questions", Value::List(&questions))?;
    for node in network.nodes() {
        writeln!(out, "    <node id=\"{}\">", escaped(&node.id))?;
        for attribute in OF_NODES {
            data(out, "node", attribute.name, (attribute.value)(&node))?;
        }
        writeln!(out, "    </node>")?;
    }
    for link in network.links() {
        writeln!(out, "    <edge source=\"{}\" target=\"{}\">", escaped(link.source), escaped(link.target))?;
        for attribute in OF_LINKS {
            data(out, "edge", attribute.name, (attribute.value)(&link))?;
        }
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn key(out: &mut dyn Write, of: &str, name: &str, of_type: Type, meaning: &str) -> io::Result<()> {
    let of_type = match of_type {
        Type::Text | Type::List => "string",
        Type::Number => "double",
        Type::Count => "int",
        Type::Flag => "boolean",
    };
    write!(out, "  <key id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{of_type}\">")?;
    writeln!(out, "<desc>{}</desc></key>", escaped(meaning))
}

fn data(out: &mut dyn Write, of: &str, name: &str, value: Value<'_>) -> io::Result<()> {
    let text: Cow<'_, str> = match value {
        Value::Absent | Value::List([]) => return Ok(()),
        Value::Text(text) => text.into(),
        Value::Number(number) => plain(number).into(),
        Value::Count(count) => count.to_string().into(),
        Value::Flag(flag) => flag.to_string().into(),
        Value::List(parts) => parts.join("; ").into(),
    };
    writeln!(out, "      <data key=\"{of}_{name}\">{}</data>", escaped(&text))
}

/// A text as XML 1.0 has it in content and in attributes. Characters that it forbids are left out,
/// and line ends that a reader would turn into others are written by number.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' | '\n' => escaped.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            escaped("<script>\"a\" & 'b'</script>]]>"),
            "&lt;script&gt;&quot;a&quot; &amp; 'b'&lt;/script&gt;]]&gt;"
        );
    }

    #[test]
    fn characters_that_xml_forbids_are_left_out() {
        assert_eq!(escaped("a\u{0}\u{8}\u{b}\u{1b}\u{fffe}\u{ffff}b"), "ab");
        assert_eq!(escaped("a\r\n\tb"), "a&#13;\n\tb");
        assert_eq!(escaped("سوريا\u{202e} 🇰🇵"), "سوريا\u{202e} 🇰🇵");
    }
}
