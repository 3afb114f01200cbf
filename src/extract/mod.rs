//! Article text to claims: who says which number, on whose word.
//!
//! The default is a grammar of rules ([`RuleExtractor`]); [`OutsideExtractor`] asks another program
//! and verifies what it says. Every figure and every name is a span of the text.
//!
//! ```
//! use sayso::extract::{Document, Extractor, Markup, RuleExtractor};
//!
//! let text = "About 300 homes were flooded, the Harbour Daily reported, citing two unnamed engineers.";
//! let document = Document::new("d1", text.to_owned(), Markup::Plain);
//! let found = RuleExtractor::new().extract(&document)?;
//! let claim = &found.claims[0];
//! assert_eq!((claim.figure.span.of(text), claim.unit.as_str()), ("About 300", "home"));
//! let chain: Vec<_> = claim.chain.iter().map(|party| party.name.of(text)).collect();
//! assert_eq!(chain, ["Harbour Daily", "two unnamed engineers"]);
//! # Ok::<(), sayso::extract::ExtractError>(())
//! ```

mod claim;
mod discourse;
mod document;
mod exclude;
mod frame;
mod html;
mod language;
mod lexicon;
mod markdown;
mod memory;
mod noun;
mod outside;
mod passage;
mod quantity;
mod reach;
pub mod record;
mod rules;
mod scope;
mod sentence;
mod source;
mod status;
mod subject;
mod token;
mod unit;
mod verb;

pub use claim::{Bounded, Claim, Event, Extraction, Figure, Mark, MarkKind, Party, Span, Standing};
pub use document::{Document, Markup};
pub use outside::OutsideExtractor;
pub use rules::RuleExtractor;

/// Something that reads claims from a document.
pub trait Extractor {
    /// Reads one document.
    ///
    /// # Errors
    /// Where the extractor itself fails; a text without claims is no error.
    fn extract(&mut self, document: &Document) -> Result<Extraction, ExtractError>;
}

/// Why an extractor could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// an outside program failed
    #[error("the extractor `{command}` {what}")]
    Outside {
        /// what was run
        command: String,
        /// what went wrong
        what: String,
    },
}
