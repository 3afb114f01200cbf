//! What the text says about where a figure comes from.

use super::{LabelId, SourceId};

/// Someone whom a text credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// a source of the case, wherever it is named; a declared anonymous source too
    Source(SourceId),
    /// someone who is not named: belongs to this mention only
    Anonymous(LabelId),
}

/// One element of a `via` chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Element {
    /// who is credited
    pub party: Party,
    /// credited side by side with the element before (`A & B`), not behind it
    pub beside: bool,
}

/// Which facts of a claim were inferred by the analyst rather than stated by the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inferred {
    /// the publisher
    pub publisher: bool,
    /// the chain of the text
    pub via: bool,
    /// the claims that this one repeats
    pub cites: bool,
    /// the date
    pub published: bool,
}
