//! What other programs read: one file for each format. Those of the graph are written from one
//! [`Network`] of nodes and links, those of the whole analysis from one [`Dossier`] of records.

mod address;
mod analysis;
mod attributes;
mod claim_review;
mod dossier;
mod dot;
mod ged;
mod graphml;
mod ids;
mod label;
mod markdown;
mod mermaid;
mod network;
mod node_link;
#[cfg(feature = "parquet")]
mod parquet;
mod prov;
mod quick_statements;
mod reach;
mod record;
pub mod stix;
mod wikitext;

use std::io::{self, Write};

pub(in crate::report) use dossier::settled_record;
pub use dossier::{
    AccountRecord, CampRecord, ClaimRecord, Dossier, ElementRecord, IntervalRecord, LinkRecord, OriginRecord,
    PartyRecord, QuestionRecord, RangeRecord, SettledRecord, SourceRecord, Target, via_text,
};
pub use network::{Cluster, Network};
pub use record::{NetworkLink, NetworkNode};

use crate::graph::ClaimGraph;

/// What a format is written from.
#[derive(Debug, Clone, Copy)]
pub enum Writer {
    /// the graphs of some questions, one for each
    Graphs(fn(&[ClaimGraph<'_>], &mut dyn Write) -> io::Result<()>),
    /// the whole analysis
    Dossier(fn(&Dossier, &mut dyn Write) -> io::Result<()>),
}

/// A format of exports.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// its name on the command line
    pub name: &'static str,
    /// ending of its files
    pub ending: &'static str,
    /// what it is for
    pub meaning: &'static str,
    /// what of claims, chains and ranges it does not hold
    pub loses: &'static str,
    /// writes it; fails where `out` does
    pub write: Writer,
}

const fn graphs(
    name: &'static str,
    ending: &'static str,
    meaning: &'static str,
    loses: &'static str,
    write: fn(&[ClaimGraph<'_>], &mut dyn Write) -> io::Result<()>,
) -> Format {
    Format { name, ending, meaning, loses, write: Writer::Graphs(write) }
}

const fn whole(
    name: &'static str,
    ending: &'static str,
    meaning: &'static str,
    loses: &'static str,
    write: fn(&Dossier, &mut dyn Write) -> io::Result<()>,
) -> Format {
    Format { name, ending, meaning, loses, write: Writer::Dossier(write) }
}

/// Every format. A new one is a file and a line here.
///
/// All of them depend on the case alone, in an order that depends on its ids.
///
/// ```
/// use sayso::graph::{ClaimGraph, View};
/// use sayso::report::export::{Writer, find_format};
///
/// let case = sayso::ingest::read("data/kursk-article".as_ref(), Default::default())?.case;
/// let view = View::new(&case, None);
/// let graphs: Vec<_> = case.question_ids().map(|question| ClaimGraph::build(&case, question, view)).collect();
/// let mut text = Vec::new();
/// match find_format("dot").expect("a format of the table").write {
///     Writer::Graphs(write) => write(&graphs, &mut text)?,
///     Writer::Dossier(_) => unreachable!("DOT is written from the graphs alone"),
/// }
/// assert!(text.starts_with(b"digraph"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[rustfmt::skip]
pub const FORMATS: &[Format] = &[
    graphs("dot", "dot", "pictures with Graphviz", "ranges; long text is cut", dot::write),
    graphs("graphml", "graphml", "Gephi, yEd, Cytoscape, igraph", "ranges; control characters", graphml::write),
    graphs("json", "json", "node-link, for networkx and D3", "ranges", node_link::write),
    graphs("mermaid", "mmd", "small diagrams in Markdown", "ranges; long text is cut", mermaid::write),
    whole("analysis", "json", "everything, as JSON with a schema", "nothing of claims, chains and ranges", analysis::write),
    whole("markdown", "md", "text with tables", "links between claims other than one chain each; line ends and control characters; columns beside figure, date, publisher and address; digits that the range does not bear; ids of questions in shares, where titles stand", markdown::write),
    whole("stix", "json", "STIX 2.1 bundle: identities, reports, notes, opinions", "nothing of claims, chains and ranges, but for columns that the case adds; times are the first moment of a date; grades 6 and F", stix::write),
    whole("prov", "json", "PROV-JSON, for provenance tools", "stated intervals, scopes, camps; cues but on links; grades", prov::write),
    whole("claimreview", "jsonld", "ClaimReview of schema.org as JSON-LD", "quantiles but for 5, 50 and 95 %; of several origins all but the first; what is behind the first party of a chain is a list", claim_review::write),
    whole("quickstatements", "tsv", "statements for Wikidata, with --item and --property", "ranges, chains, publishers; floors, ceilings, vague words, shares, and what is not used", quick_statements::write),
    whole("wikitext", "wiki", "table with citations for Wikipedia", "quantiles; links between claims other than one chain each; titles of the pages cited; ids of questions in shares, where titles stand", wikitext::write),
    whole("ged", "csv", "low, best and high in columns as of UCDP GED", "which source gave which number, chains, quantiles but for 5, 50 and 95 %, and of those the digits that the range does not bear; questions without a range", ged::write),
    #[cfg(feature = "parquet")]
    whole("parquet", "parquet", "claims with the ranges of their questions in columns", "camps; links between claims other than one chain each", parquet::write),
];

/// The format of a name.
#[must_use]
pub fn find_format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
