//! A small writer of SVG: tags, escaped text, numbers to a tenth of a pixel.

use std::fmt::Display;

use super::text::{cut, width};
use crate::report::paint::safe;

/// An SVG that grows from its first tag to its last.
#[derive(Debug, Default)]
pub struct Svg {
    out: String,
}

/// Where a text stands against its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// begins there
    Start,
    /// centred on it
    Middle,
    /// ends there
    End,
}

impl Svg {
    /// A tag without content.
    pub fn tag(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.start(name, attributes);
        self.out.push_str("/>");
    }

    /// Opens a tag.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.start(name, attributes);
        self.out.push('>');
    }

    /// Closes a tag.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Text on its own, escaped.
    pub fn content(&mut self, text: &str) {
        self.out.push_str(&escaped(text));
    }

    /// Markup that was made here before.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// A title, which browsers show on hovering and screen readers read.
    pub fn title(&mut self, text: &str) {
        self.out.push_str(&format!("<title>{}</title>", escaped(text)));
    }

    /// A line of text. What is wider than `room` is cut, and is whole in its title.
    pub fn text(&mut self, at: [f64; 2], anchor: Anchor, class: &str, size: f64, room: f64, text: &str) {
        let text = safe(text);
        let shown = if width(&text, size) > room { cut(&text, size, room) } else { text.clone() };
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        self.out.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{class}{anchor}>",
            number(at[0]),
            number(at[1]),
            number(size)
        ));
        if shown != text {
            self.title(&text);
        }
        self.out.push_str(&escaped(&shown));
        self.close("text");
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: [f64; 2], to: [f64; 2]) {
        let [x1, y1, x2, y2] = [from[0], from[1], to[0], to[1]].map(number);
        self.tag("path", &[("class", &class), ("d", &format!("M{x1} {y1}L{x2} {y2}"))]);
    }

    /// A rectangle.
    pub fn rect(&mut self, class: &str, [x, y, w, h]: [f64; 4]) {
        let [x, y, w, h] = [x, y, w.max(0.0), h.max(0.0)].map(number);
        self.tag("rect", &[("class", &class), ("x", &x), ("y", &y), ("width", &w), ("height", &h)]);
    }

    /// A circle.
    pub fn circle(&mut self, class: &str, centre: [f64; 2], radius: f64) {
        let [x, y, r] = [centre[0], centre[1], radius].map(number);
        self.tag("circle", &[("class", &class), ("cx", &x), ("cy", &y), ("r", &r)]);
    }

    /// A shape or curve by its path.
    pub fn path(&mut self, class: &str, path: &str) {
        self.tag("path", &[("class", &class), ("d", &path)]);
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push_str(&format!(" {name}=\"{}\"", escaped(&value.to_string())));
        }
    }
}

/// A coordinate to a tenth.
#[must_use]
pub fn number(x: f64) -> String {
    if !x.is_finite() {
        return "0".to_owned();
    }
    // Whole numbers are printed several times faster than fractions, and a report holds millions.
    let tenths = (x * 10.0).round() as i64;
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    let sign = if tenths < 0 { "-" } else { "" };
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// Text as it may stand in markup, in an attribute too. Control characters and marks that turn the direction of
/// writing are left out.
#[must_use]
pub fn escaped(text: &str) -> String {
    // Most of what is written is ASCII without markup.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    safe(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escaped("<b>\"a\" & 'b'\u{202e}\0"), "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;");
        let mut svg = Svg::default();
        svg.text([1.0, 2.0], Anchor::Start, "", 12.0, 500.0, "</text><script>");
        assert_eq!(svg.finish(), "<text x=\"1\" y=\"2\" font-size=\"12\">&lt;/text&gt;&lt;script&gt;</text>");
    }

    #[test]
    fn long_text_is_cut_and_whole_in_its_title() {
        let mut svg = Svg::default();
        svg.text([0.0, 0.0], Anchor::End, "dim", 12.0, 40.0, "a long name indeed");
        let text = svg.finish();
        assert!(text.contains("<title>a long name indeed</title>") && text.contains("…</text>"), "{text}");
    }

    #[test]
    fn numbers_have_a_tenth_at_most_and_no_negative_zero() {
        assert_eq!([12.0, 12.34, -0.01, f64::NAN].map(number), ["12", "12.3", "0", "0"]);
    }
}
