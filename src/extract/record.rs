//! One line of JSON for each document: the text and the claims in it, with places in characters.

use std::io::{self, Write};

use serde::{Deserialize, Serialize, Serializer};

use super::{Claim, Document, Extraction, Party, Span};
use crate::model::SourceKind;

/// A document with its claims, as an outside program gives it back.
#[derive(Debug, Clone, Deserialize)]
pub struct Record {
    /// id of the document
    pub id: String,
    /// its address
    #[serde(default)]
    pub url: String,
    /// who published it
    #[serde(default)]
    pub publisher: String,
    /// what it is about; nothing is said where nobody did
    #[serde(default)]
    pub domain: String,
    /// the text as it was given
    #[serde(default)]
    pub passage: String,
    /// its claims
    #[serde(default)]
    pub claims: Vec<ClaimRecord>,
    /// numbers that are no claims, as they stand in the text
    #[serde(default)]
    pub out_of_scope: Vec<String>,
    /// when it was published
    #[serde(default)]
    pub date: Option<String>,
}

/// A claim in a record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// id, unique in the run
    #[serde(default)]
    pub id: String,
    /// the number with the words of its bound
    pub quantity_text: String,
    /// first character, and one past the last
    #[serde(default)]
    pub quantity_span: Option<[usize; 2]>,
    /// lower end
    #[serde(default)]
    pub quantity_low: Option<f64>,
    /// upper end
    #[serde(default)]
    pub quantity_high: Option<f64>,
    /// how it is bounded
    pub bound: String,
    /// what is counted
    #[serde(default)]
    pub unit: String,
    /// in which event
    #[serde(default)]
    pub event: String,
    /// the words for what is counted
    #[serde(default)]
    pub subject: String,
    /// whom the text credits, from the reader to the origin
    #[serde(default)]
    pub attribution_chain: Vec<ElementRecord>,
    /// words that lower the commitment
    #[serde(default)]
    pub hedge: Vec<String>,
    /// whether the end itself is excluded
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
    /// `below` where the number is approached from below
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// the number that a vague word is made from
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vague_base: Option<f64>,
    /// projected, disputed or superseded
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// who denies it
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputed_by: Vec<ElementRecord>,
}

/// A party of a chain.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ElementRecord {
    /// the name
    pub name: String,
    /// what it is
    #[serde(default)]
    pub kind: String,
    /// the words that make the link
    #[serde(default)]
    pub cue: String,
    /// the words at this place
    #[serde(default)]
    pub surface: String,
    /// whether another sentence says so
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inherited: bool,
    /// the parts of a party that is several side by side
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<ElementRecord>,
}

/// Places in characters from places in bytes.
#[derive(Debug)]
pub struct Characters<'a> {
    text: &'a str,
    /// characters before each block of [`BLOCK`] bytes
    before: Vec<usize>,
}

const BLOCK: usize = 256;

impl<'a> Characters<'a> {
    /// Counts the characters of a text. Linear in its length.
    #[must_use]
    pub fn of(text: &'a str) -> Characters<'a> {
        let mut count = 0;
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(count);
            count += block.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        }
        before.push(count);
        Characters { text, before }
    }

    /// The number of characters before a byte.
    #[must_use]
    pub fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let block = byte / BLOCK;
        let rest = &self.text.as_bytes()[block * BLOCK..byte];
        self.before.get(block).copied().unwrap_or(0) + rest.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
    }
}

fn claim_record(document: &Document, characters: &Characters, claim: &Claim, at: usize) -> ClaimRecord {
    let text = document.text();
    let figure = &claim.figure;
    let given = document.given_span(figure.span);
    let words = |span: Span| span.of(text).to_owned();
    ClaimRecord {
        id: format!("{}.c{}", document.id, at + 1),
        quantity_text: words(figure.span),
        quantity_span: Some([characters.at(given.start), characters.at(given.end)]),
        quantity_low: figure.low,
        quantity_high: figure.high,
        bound: figure.bound.name().to_owned(),
        unit: claim.unit.clone(),
        event: claim.event.name().to_owned(),
        subject: words(claim.subject),
        attribution_chain: claim.chain.iter().map(|party| element(text, party)).collect(),
        hedge: claim.hedges.iter().map(|&span| words(span)).collect(),
        strict: figure.strict,
        side: figure.below.then(|| "below".to_owned()),
        vague_base: figure.vague_base,
        status: Some(claim.standing.name().to_owned()).filter(|name| name != "asserted"),
        disputed_by: claim.disputed_by.iter().map(|party| element(text, party)).collect(),
    }
}

fn element(text: &str, party: &Party) -> ElementRecord {
    let words = |span: Span| span.of(text).to_owned();
    let kind = kind_name(party.kind).to_owned();
    let member = |&span: &Span| ElementRecord { name: words(span), kind: kind.clone(), ..ElementRecord::default() };
    ElementRecord {
        name: words(party.name),
        cue: words(party.cue),
        surface: words(party.surface),
        inherited: party.inherited,
        members: party.members.iter().map(member).collect(),
        kind,
    }
}

/// The word for a kind: wires are outlets here, and organisations agencies.
#[must_use]
pub fn kind_name(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Wire => SourceKind::Outlet.name(),
        SourceKind::Organisation => SourceKind::Agency.name(),
        other => other.name(),
    }
}

/// A [`Record`] whose claims are made when they are written.
#[derive(Serialize)]
struct Line<'a, C: Serialize, O: Serialize> {
    id: &'a str,
    url: &'a str,
    publisher: &'a str,
    domain: &'static str,
    passage: &'a str,
    claims: C,
    out_of_scope: O,
    #[serde(skip_serializing_if = "str::is_empty")]
    date: &'a str,
}

/// A list that is made while it is written.
struct Each<F>(F);

impl<I, F> Serialize for Each<F>
where
    I: Iterator<Item: Serialize>,
    F: Fn() -> I,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Writes the record of a document as one line.
///
/// # Errors
/// Where `out` fails.
pub fn write_record(document: &Document, found: &Extraction, out: &mut impl Write) -> io::Result<()> {
    let characters = Characters::of(&document.given);
    let claim = |(at, claim)| claim_record(document, &characters, claim, at);
    let line = Line {
        id: &document.id,
        url: document.url(),
        publisher: document.publisher(),
        domain: "",
        passage: &document.given,
        claims: Each(|| found.claims.iter().enumerate().map(claim)),
        out_of_scope: Each(|| found.left_out.iter().map(|mark| mark.span.of(document.text()))),
        date: document.published(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}
