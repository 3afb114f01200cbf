//! HTML to the words of the article in it.

use super::document::Stripped;

/// Whether a text begins as HTML does.
pub(super) fn looks_like_html(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let head = head.get(..head.floor_char_boundary(15)).unwrap_or("").to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.starts_with(tag))
}

/// The words of the article of a page.
pub(super) fn strip(given: &str) -> Stripped {
    let mut stripped = Stripped::default();
    stripped.push(given, 0);
    stripped
}
