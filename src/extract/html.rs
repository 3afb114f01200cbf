//! HTML to the words of the article in it. The tokenizer is that of the HTML standard; it keeps the
//! place of every piece, needs no tree, and so takes time in proportion to the page, however badly
//! it is nested.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::document::Stripped;
use crate::ingest::{in_place_of, plain_line};

/// Elements whose words are no part of an article.
const SKIPPED: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "nav",
    "aside",
    "footer",
    "form",
    "button",
    "select",
    "option",
    "iframe",
    "textarea",
    "menu",
    "object",
    "audio",
    "video",
    "canvas",
    "dialog",
    "figcaption",
];

/// Elements that hold the article where a page has them.
const ARTICLES: &[&str] = &["article", "main"];

/// Elements within a line; all others part paragraphs.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
];

/// An article shorter than this is not what a page is about.
const ENOUGH: usize = 200;

/// Whether a text begins as HTML does.
pub(super) fn looks_like_html(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let head = head.get(..head.floor_char_boundary(15)).unwrap_or("").to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.starts_with(tag))
}

/// The words of the article of a page, with the way back to it, and what the page says of itself.
/// Without an `article` or a `main` it is all words outside of menus, forms and asides. Linear in the
/// length of the page.
pub(super) fn strip(given: &str) -> Stripped {
    let mut page = words(given, true);
    if page.text.trim().is_empty() {
        // A menu that is never closed would swallow the page.
        page = words(given, false);
    }
    for said in [&mut page.publisher, &mut page.published, &mut page.url].into_iter().flatten() {
        *said = plain_line(said);
    }
    page
}

/// Depths of open elements that matter. An end tag without a start changes nothing.
#[derive(Default)]
struct Open {
    skipped: Vec<&'static str>,
    articles: usize,
    title: bool,
    heading: usize,
}

fn words(given: &str, skip: bool) -> Stripped {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let (mut all, mut article) = (Stripped::default(), Stripped::default());
    let mut open = Open::default();
    for token in Tokenizer::new_with_emitter(given, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute = |name: &str| {
                    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
                };
                match name.as_str() {
                    "meta" => meta(&mut all, &attribute),
                    "link" if attribute("rel").is_some_and(|rel| rel == "canonical") => all.url = attribute("href"),
                    "title" => open.title = true,
                    "head" => open.heading = 1,
                    "body" => open.heading = 0,
                    _ => {}
                }
                let closed = tag.self_closing;
                if let Some(&known) = SKIPPED.iter().find(|&&known| known == name)
                    && (skip || ["script", "style", "template"].contains(&known))
                    && !closed
                    && open.skipped.len() < 64
                {
                    open.skipped.push(known);
                }
                open.articles += usize::from(ARTICLES.contains(&name.as_str()) && !closed);
                part(&mut all, &mut article, &open, &name, tag.span.start);
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if let Some(at) = open.skipped.iter().rposition(|known| *known == name) {
                    open.skipped.truncate(at);
                }
                part(&mut all, &mut article, &open, &name, tag.span.start);
                match name.as_str() {
                    "title" => open.title = false,
                    "head" => open.heading = 0,
                    "body" | "html" => open.skipped.clear(),
                    _ if ARTICLES.contains(&name.as_str()) => open.articles = open.articles.saturating_sub(1),
                    _ => {}
                }
            }
            Token::String(string) if open.skipped.is_empty() && !open.title => {
                let decoded = String::from_utf8_lossy(&string);
                push(&mut all, given, &decoded, string.span.start);
                if open.articles > 0 {
                    push(&mut article, given, &decoded, string.span.start);
                }
            }
            _ => {}
        }
    }
    if article.text.trim().len() >= ENOUGH && skip {
        let Stripped { publisher, published, url, .. } = all;
        return Stripped { publisher, published, url, ..article };
    }
    all
}

/// Parts paragraphs at the edge of an element that is none within a line.
fn part(all: &mut Stripped, article: &mut Stripped, open: &Open, name: &str, at: usize) {
    if INLINE.contains(&name) || open.heading > 0 {
        return;
    }
    for stripped in [Some(all), Some(article).filter(|_| open.articles > 0)].into_iter().flatten() {
        if !stripped.text.is_empty() && !stripped.text.ends_with("\n\n") {
            stripped.push("\n\n", at);
        }
    }
}

/// What a page says of itself: its publisher, its date.
fn meta(all: &mut Stripped, attribute: &impl Fn(&str) -> Option<String>) {
    let key = attribute("property").or_else(|| attribute("name")).unwrap_or_default();
    let content = attribute("content").map(|content| content.trim().to_owned()).filter(|content| !content.is_empty());
    match key.as_str() {
        "og:site_name" => all.publisher = content,
        "article:published_time" | "datePublished" | "date" if all.published.is_none() => {
            // the day of 2025-02-27T10:00:00Z
            all.published = content.map(|date| date.chars().take(10).collect());
        }
        "og:url" if all.url.is_none() => all.url = content,
        _ => {}
    }
}

/// Adds decoded words, piece by piece where entities make them differ from what was given.
fn push(stripped: &mut Stripped, given: &str, decoded: &str, start: usize) {
    let raw = given.get(start..).unwrap_or("");
    if raw.starts_with(decoded) {
        stripped.push(decoded, start);
        return;
    }
    let mut at = 0;
    let mut piece = (0, 0);
    for (index, c) in decoded.char_indices() {
        let rest = raw.get(at..).unwrap_or("");
        if rest.starts_with(c) && !(c == '&' && entity(rest).is_some()) {
            at += c.len_utf8();
            continue;
        }
        stripped.push(decoded.get(piece.0..index).unwrap_or(""), start + piece.1);
        // what the character was written as
        let written = entity(rest).unwrap_or_else(|| {
            if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(0, char::len_utf8) }
        });
        let next = index + c.len_utf8();
        stripped.push(in_place_of(c).encode_utf8(&mut [0; 4]), start + at);
        at += written;
        piece = (next, at);
    }
    stripped.push(decoded.get(piece.0..).unwrap_or(""), start + piece.1);
}

/// The length of the character reference that a text begins with.
fn entity(text: &str) -> Option<usize> {
    let body = text.strip_prefix('&')?;
    let end = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '#')?;
    (end > 0 && end < 34 && body.as_bytes().get(end) == Some(&b';')).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::super::claim::Span;
    use super::super::{Document, Markup};
    use super::*;

    #[test]
    fn the_article_is_taken_and_menus_are_not() {
        let story = "Nine boats sank off Oby on Monday, and the town mourned. ".repeat(5);
        let page = format!(
            "<!doctype html><html><head><title>Harbour Daily</title><meta property=\"og:site_name\" content=\"Harbour Daily\">\
             <meta property='article:published_time' content='2025-03-02T08:00:00Z'></head><body><nav><a>12 new stories</a></nav>\
             <article><h1>Boats</h1><p>{story}</p></article><p>300 more</p><footer>&copy; 2025</footer>"
        );
        let stripped = strip(&page);
        assert_eq!(stripped.text.trim(), format!("Boats\n\n{story}").trim());
        assert_eq!(
            (stripped.publisher.as_deref(), stripped.published.as_deref()),
            (Some("Harbour Daily"), Some("2025-03-02"))
        );
    }

    #[test]
    fn places_lead_back_to_the_page() {
        let page = "<p>Ana&#8217;s <b>paper</b> &amp; others said 40&nbsp;boats sank.</p>";
        let document = Document::new("d", page.to_owned(), Markup::Html);
        let text = document.text();
        assert_eq!(text.trim(), "Ana’s paper & others said 40\u{a0}boats sank.");
        for words in ["paper", "40", "boats", "sank"] {
            let start = text.find(words).unwrap();
            let span = document.given_span(Span { start, end: start + words.len() });
            assert_eq!(span.of(page), words);
        }
    }

    #[test]
    fn signs_written_as_references_are_spaces_and_places_still_lead_back() {
        let page = "<html><meta property='og:site_name' content='Oby&#27;[31m &#x202e;Post'><link rel=canonical href='https://e.org/&#27;a'>\
                    <p>&#27;[2J Police &#x2067;said &#x81;40&#8233;boats &#x202e;sank.</p>";
        let document = Document::new("d\u{1b}\u{202e}", page.to_owned(), Markup::Html);
        let text = document.text();
        assert_eq!(text.trim(), "[2J Police  said  40\nboats  sank.");
        for words in ["Police", "said", "40", "boats", "sank"] {
            let start = text.find(words).unwrap();
            let span = document.given_span(Span { start, end: start + words.len() });
            assert_eq!(span.of(page), words);
        }
        assert_eq!((document.publisher(), document.url()), ("Oby [31m Post", "https://e.org/ a"));
        assert_eq!(document.id, "d");
    }

    #[test]
    fn a_page_that_never_closes_is_read() {
        assert_eq!(strip("<nav>A menu <p>40 boats").text.trim(), "A menu \n\n40 boats");
        assert_eq!(strip("<p>40 boats <b").text.trim(), "40 boats");
        assert_eq!(strip("<script>var x = 40;").text.trim(), "");
        let deep = "<div>".repeat(100_000) + "40 boats";
        assert_eq!(strip(&deep).text.trim(), "40 boats");
    }
}
