//! The rule grammar: the default extractor.

use super::claim::Extraction;
use super::language::is_english;
use super::lexicon::Lexicon;
use super::memory::Memory;
use super::passage::Passage;
use super::sentence::{ENOUGH, Splitter};
use super::token::{Token, Tokenizer};
use super::{Document, ExtractError, Extractor};
use crate::model::fold_name;

/// Reads claims by rules: a grammar of quantities, a lexicon of cues with frames, and a memory of
/// whom the passage has named. Needs no model. Linear in the length of the text.
#[derive(Debug)]
pub struct RuleExtractor {
    lexicon: Lexicon,
}

impl Default for RuleExtractor {
    fn default() -> Self {
        Self::new()
    }
}

impl RuleExtractor {
    /// The grammar with its tables.
    #[must_use]
    pub fn new() -> RuleExtractor {
        RuleExtractor { lexicon: Lexicon::new() }
    }
}

impl Extractor for RuleExtractor {
    fn extract(&mut self, document: &Document) -> Result<Extraction, ExtractError> {
        Ok(read(&self.lexicon, document.text(), document.publisher()))
    }
}

/// Claims of a text that a publisher printed. The text is cut as it is read: no more than a stretch
/// of it stands in tokens at a time.
fn read(lexicon: &Lexicon, text: &str, publisher: &str) -> Extraction {
    let mut rest = Tokenizer::new(text, lexicon);
    let mut tokens: Vec<Token> = rest.by_ref().take(STRETCH).collect();
    let remark = if tokens.is_empty() {
        Some("the text is empty")
    } else {
        (!is_english(text, &tokens))
            .then_some("this does not read as English, the one language that is read: nothing was taken from it")
    };
    if let Some(remark) = remark {
        return Extraction { remarks: vec![remark.to_owned()], ..Extraction::default() };
    }
    let mut passage = Passage {
        lexicon,
        text,
        publisher: fold_name(publisher),
        memory: Memory::default(),
        found: Extraction::default(),
        last: 0..0,
        voice: Vec::new(),
        speech: Vec::new(),
        pending: None,
        turn: None,
        figures: 0,
        is_cut: false,
        is_crowded: false,
    };
    let mut splitter = Splitter::new();
    let mut from = 0;
    loop {
        if tokens.len() - from < ENOUGH {
            let done = from.saturating_sub(BEHIND);
            tokens.drain(..done);
            from -= done;
            tokens.extend(rest.by_ref().take(STRETCH));
        }
        let Some(sentence) = splitter.next(&tokens, from) else { break };
        from = sentence.to;
        passage.sentence(&tokens, sentence);
    }
    let mut found = passage.found;
    if passage.is_crowded {
        let remark = "a sentence has more numbers than a sentence says; what is beyond the first forty is no claim";
        found.remarks.push(remark.to_owned());
    }
    for claim in &mut found.claims {
        claim.rules.dedup();
    }
    found
}

/// How many tokens are cut at a time, and looked at for the language of the text.
const STRETCH: usize = 20_000;

/// How many tokens before a sentence are kept.
const BEHIND: usize = 16;
