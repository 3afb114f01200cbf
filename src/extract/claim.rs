//! What is taken from a text: claims with the places of all that they rest on.

use crate::model::SourceKind;

pub use super::lexicon::Event;

/// Bytes of the text that was read, from `start` up to and without `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// first byte
    pub start: usize,
    /// one past the last byte
    pub end: usize,
}

impl Span {
    /// What stands there; empty where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// How a figure is bounded in the words of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bounded {
    /// "300"
    Exact,
    /// "about 300"
    About,
    /// "at least 300", "more than 300"
    AtLeast,
    /// "up to 300", "fewer than 300"
    AtMost,
    /// "200 to 300"
    Range,
    /// "dozens"
    Unquantified,
}

impl Bounded {
    /// Every bound.
    pub const ALL: [Bounded; 6] =
        [Bounded::Exact, Bounded::About, Bounded::AtLeast, Bounded::AtMost, Bounded::Range, Bounded::Unquantified];

    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Bounded::Exact => "exact",
            Bounded::About => "about",
            Bounded::AtLeast => "at_least",
            Bounded::AtMost => "at_most",
            Bounded::Range => "range",
            Bounded::Unquantified => "unquantified",
        }
    }
}

/// A figure as it was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// the number with the words of its bound
    pub span: Span,
    /// lower end, where there is one
    pub low: Option<f64>,
    /// upper end, where there is one
    pub high: Option<f64>,
    /// how it is bounded
    pub bound: Bounded,
    /// whether the end itself is excluded: "more than", "fewer than"
    pub strict: bool,
    /// whether the number is approached from below: "nearly"
    pub below: bool,
    /// the number that a vague word is made from: 12 for "dozens"
    pub vague_base: Option<f64>,
}

/// Whether a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// said as true
    #[default]
    Asserted,
    /// a plan or a forecast
    Projected,
    /// the text reports a denial
    Disputed,
    /// the text gives a later figure
    Superseded,
}

impl Standing {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Standing::Asserted => "asserted",
            Standing::Projected => "projected",
            Standing::Disputed => "disputed",
            Standing::Superseded => "superseded",
        }
    }
}

/// Somebody whom the text credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// the name, as it stands in the text
    pub name: Span,
    /// the words at this place, where they are others: "the newspaper", "he"
    pub surface: Span,
    /// what it is, by the words of the text
    pub kind: SourceKind,
    /// the words that make the link
    pub cue: Span,
    /// whether another sentence says so
    pub inherited: bool,
    /// the parts of a party that is several side by side
    pub members: Vec<Span>,
}

/// A claim: one figure, what is counted, and on whose word.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// the figure
    pub figure: Figure,
    /// what is counted, in the singular
    pub unit: String,
    /// in which event
    pub event: Event,
    /// the words for what is counted
    pub subject: Span,
    /// whom the text credits, from the reader to the origin
    pub chain: Vec<Party>,
    /// words that lower the commitment
    pub hedges: Vec<Span>,
    /// whether it stands
    pub standing: Standing,
    /// who denies it
    pub disputed_by: Vec<Party>,
    /// names of the rules that fired
    pub rules: Vec<&'static str>,
}

/// What a mark in the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// the figure of a claim
    Figure,
    /// a number that is no claim
    NoClaim,
    /// somebody who is credited
    Source,
    /// somebody who is not named
    Unnamed,
    /// words of attribution
    Cue,
    /// words that lower the commitment
    Hedge,
}

/// A place to be shown to whoever looks the claims over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// where
    pub span: Span,
    /// what
    pub kind: MarkKind,
    /// why, by the name of a rule
    pub why: &'static str,
}

/// What was found in one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extraction {
    /// claims in order of place
    pub claims: Vec<Claim>,
    /// numbers that are no claims, with the rule that says so
    pub left_out: Vec<Mark>,
    /// what there is to say about the document
    pub remarks: Vec<String>,
    /// what an outside program said that the text does not bear out
    pub rejects: Vec<String>,
}

impl Extraction {
    /// Every place that a claim rests on, in order.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        let mut marks = self.left_out.clone();
        for claim in &self.claims {
            marks.push(Mark { span: claim.figure.span, kind: MarkKind::Figure, why: claim.figure.bound.name() });
            marks.extend(claim.hedges.iter().map(|&span| Mark { span, kind: MarkKind::Hedge, why: "hedge" }));
            for party in claim.chain.iter().chain(&claim.disputed_by) {
                let kind = if party.kind == SourceKind::Anonymous { MarkKind::Unnamed } else { MarkKind::Source };
                marks.push(Mark { span: party.surface, kind, why: party.kind.name() });
                marks.push(Mark { span: party.cue, kind: MarkKind::Cue, why: "cue" });
            }
        }
        marks.retain(|mark| mark.span.start < mark.span.end);
        marks.sort_unstable_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end), mark.kind));
        marks.dedup_by_key(|mark| mark.span);
        marks
    }
}
