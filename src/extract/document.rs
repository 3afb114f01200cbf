//! A document as it was given, and the text in it that is read.

use std::borrow::Cow;

use super::claim::Span;
use super::html;
use super::markdown;
use crate::ingest::{plain_line, without_signs};

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Markup {
    /// not at all
    #[default]
    Plain,
    /// Markdown
    Markdown,
    /// HTML
    Html,
}

impl Markup {
    /// By the ending of a file's name, else by how the text begins.
    #[must_use]
    pub fn guess(name: &str, text: &str) -> Markup {
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
        match ending.as_str() {
            "html" | "htm" | "xhtml" => Markup::Html,
            "md" | "markdown" => Markup::Markdown,
            _ if html::looks_like_html(text) => Markup::Html,
            _ => Markup::Plain,
        }
    }
}

/// What stands in the place of a marked-up text: the words alone, with the way back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stripped {
    pub text: String,
    /// pieces of the text: where each starts here, and where in what was given
    pub pieces: Vec<(usize, usize)>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
}

impl Stripped {
    /// Adds a piece of what was given.
    pub fn push(&mut self, piece: &str, given_at: usize) {
        if !piece.is_empty() {
            self.pieces.push((self.text.len(), given_at));
            self.text.push_str(piece);
        }
    }
}

/// A document to be read.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// id, unique in a run
    pub id: String,
    /// the text as it was given
    pub given: String,
    /// who published it; empty where nobody says
    publisher: String,
    /// when; empty where nobody says
    published: String,
    /// where; empty where nobody says
    url: String,
    stripped: Option<Stripped>,
}

impl Document {
    /// A document of a text with its markup. Signs that a terminal acts upon are read as spaces, whatever wrote them,
    /// a character for a character: as they stand, and as character references of HTML. An id, a publisher, a date and
    /// an address are one line.
    ///
    /// ```
    /// use sayso::extract::{Document, Markup};
    /// let document = Document::new("d1", "<p>Some <b>40</b> boats</p>".to_owned(), Markup::Html);
    /// assert_eq!(document.text().trim(), "Some 40 boats");
    /// ```
    #[must_use]
    pub fn new(id: &str, given: String, markup: Markup) -> Document {
        let given = without_signs(given);
        let stripped = match markup {
            Markup::Plain => None,
            Markup::Markdown => Some(markdown::strip(&given)),
            Markup::Html => Some(html::strip(&given)),
        };
        Document { id: plain_line(id), given, stripped, ..Document::default() }
    }

    /// The same with what is known of it. What the text itself says is used where nothing is given.
    #[must_use]
    pub fn with_origin(mut self, publisher: &str, published: &str, url: &str) -> Document {
        (self.publisher, self.published, self.url) = (plain_line(publisher), plain_line(published), plain_line(url));
        self
    }

    /// The text that is read; spans of claims refer to it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.stripped.as_ref().map_or(&self.given, |stripped| &stripped.text)
    }

    /// Who published it, by what was given or by the page itself.
    #[must_use]
    pub fn publisher(&self) -> &str {
        self.known(&self.publisher, |stripped| stripped.publisher.as_deref())
    }

    /// When it was published.
    #[must_use]
    pub fn published(&self) -> &str {
        self.known(&self.published, |stripped| stripped.published.as_deref())
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        self.known(&self.url, |stripped| stripped.url.as_deref())
    }

    fn known<'a>(&'a self, given: &'a str, own: impl Fn(&'a Stripped) -> Option<&'a str>) -> &'a str {
        if given.is_empty() { self.stripped.as_ref().and_then(own).unwrap_or("") } else { given }
    }

    /// The bytes of the given text that a span of the read text stands for.
    #[must_use]
    pub fn given_span(&self, span: Span) -> Span {
        let Some(stripped) = &self.stripped else { return span };
        let place = |at: usize| {
            let index = stripped.pieces.partition_point(|piece| piece.0 <= at).checked_sub(1)?;
            let (here, given) = stripped.pieces[index];
            Some(given + (at - here))
        };
        let start = place(span.start).unwrap_or(0);
        let end = span.end.checked_sub(1).and_then(place).map_or(start, |last| last + 1);
        let end = (end..=self.given.len()).find(|&at| self.given.is_char_boundary(at)).unwrap_or(self.given.len());
        Span { start: start.min(end), end }
    }

    /// A text on one line, as it may stand in a cell.
    #[must_use]
    pub fn one_line(&self, span: Span) -> Cow<'_, str> {
        let text = span.of(self.text());
        let plain = !text.contains(['\n', '\r', '\t']) && !text.contains("  ");
        if plain { text.into() } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
    }
}
