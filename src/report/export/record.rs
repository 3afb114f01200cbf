//! Nodes and links as formats write them.

use crate::model::{Bound, SourceKind};

/// A node as a format writes it. Fields without a value are none.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkNode {
    /// unique in the file, and the same in every run
    pub id: Box<str>,
    /// id of the question
    pub question: String,
    /// text to show
    pub label: String,
    /// claim, implied or anonymous
    pub kind: &'static str,
    /// the claim, or the first that mentions the party
    pub claim: String,
    /// who speaks
    pub speaker: String,
    /// kind of source
    pub source_kind: SourceKind,
    /// whether the speaker has a name
    pub is_named: bool,
    /// figure as it was said, or as the claim that mentions the party has it
    pub estimate: Option<String>,
    /// how the figure was bounded
    pub bound: Bound,
    /// lower end of what was said, where it has one
    pub low: Option<f64>,
    /// upper end of what was said, where it has one
    pub high: Option<f64>,
    /// unit of the figure
    pub unit: Option<String>,
    /// date of the claim
    pub published: Option<String>,
    /// date that the figure refers to
    pub as_of: Option<String>,
    /// status of the claim
    pub status: Option<&'static str>,
    /// used, no number or left out
    pub standing: &'static str,
    /// why it is left out
    pub why: Option<String>,
    /// whether a chain ends here
    pub is_origin: bool,
    /// how many origins its figure has
    pub origin_count: usize,
    /// the nodes at which those are first met, at most [`Cluster::ORIGINS_LISTED`](super::Cluster::ORIGINS_LISTED)
    pub origins: Vec<String>,
    /// what changed in the claim against something that it has no link to
    pub drift: Vec<String>,
    /// address of the evidence
    pub url: Option<String>,
}

/// A link as a format writes it: from a claim or party to what it passes on.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkLink<'a> {
    /// position among the nodes of the question
    pub from: usize,
    /// position among the nodes of the question
    pub to: usize,
    /// id of the node that passes on
    pub source: &'a str,
    /// id of the node that is passed on
    pub target: &'a str,
    /// how the link was made
    pub kind: &'static str,
    /// whether the analyst inferred it
    pub is_inferred: bool,
    /// words of attribution
    pub cue: Option<String>,
    /// the claim whose row states the link
    pub by: String,
    /// what changed between the two
    pub drift: Vec<String>,
}
