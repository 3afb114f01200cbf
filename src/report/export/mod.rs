//! Graphs for other programs: one file for each format, over one [`Network`] of nodes and links.

mod attributes;
mod dot;
mod graphml;
mod ids;
mod label;
mod mermaid;
mod network;
mod node_link;
mod reach;
mod record;

use std::io::{self, Write};

pub use network::{Cluster, Network};
pub use record::{NetworkLink, NetworkNode};

use crate::graph::ClaimGraph;

/// A format that graphs are written in.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// its name on the command line
    pub name: &'static str,
    /// ending of its files
    pub ending: &'static str,
    /// what it is for
    pub meaning: &'static str,
    /// writes the graphs of some questions, one for each; fails where `out` does
    pub write: fn(&[ClaimGraph<'_>], &mut dyn Write) -> io::Result<()>,
}

/// Every format. A new one is a file and a line here.
///
/// All of them are written in one pass over nodes and links, in an order that depends on the ids in
/// the case alone.
///
/// ```
/// use sayso::graph::{ClaimGraph, View};
/// use sayso::report::export::find_format;
///
/// let case = sayso::ingest::read("data/kursk-article".as_ref(), Default::default())?.case;
/// let view = View::new(&case, None);
/// let graphs: Vec<_> = case.question_ids().map(|question| ClaimGraph::build(&case, question, view)).collect();
/// let mut text = Vec::new();
/// (find_format("dot").expect("a format of the table").write)(&graphs, &mut text)?;
/// assert!(text.starts_with(b"digraph"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const FORMATS: &[Format] = &[
    Format { name: "dot", ending: "dot", meaning: "pictures with Graphviz", write: dot::write },
    Format { name: "graphml", ending: "graphml", meaning: "Gephi, yEd, Cytoscape, igraph", write: graphml::write },
    Format { name: "json", ending: "json", meaning: "node-link, for networkx and D3", write: node_link::write },
    Format { name: "mermaid", ending: "mmd", meaning: "small diagrams in Markdown", write: mermaid::write },
];

/// The format of a name.
#[must_use]
pub fn find_format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
