//! Emphasis on a terminal; nothing elsewhere.

use std::fmt::Display;

pub use crate::ingest::safe;
use crate::ingest::safe_lines;

/// Whether text is emphasised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paint {
    /// whether escape sequences are written
    pub is_on: bool,
}

impl Paint {
    /// For headings.
    pub fn bold(self, text: impl Display) -> String {
        self.wrap("1", text)
    }

    /// For what is of lesser interest.
    pub fn dim(self, text: impl Display) -> String {
        self.wrap("2", text)
    }

    /// For what deserves a look.
    pub fn alert(self, text: impl Display) -> String {
        self.wrap("33", text)
    }

    /// A text of several lines with no other signs that a terminal acts upon than the emphasis of this program: the last
    /// look at what is printed, whoever wrote it.
    #[must_use]
    pub fn only(self, text: &str) -> String {
        let mut parts = text.split("\x1b[");
        let mut clean = parts.next().map(safe_lines).unwrap_or_default();
        for part in parts {
            let end = part.find('m').filter(|&end| part[..end].bytes().all(|b| b.is_ascii_digit() || b == b';'));
            match end {
                Some(end) if self.is_on => clean.push_str(&format!("\x1b[{}", &part[..=end])),
                _ => clean.push('['),
            }
            let rest = if self.is_on { end.map_or(part, |end| &part[end + 1..]) } else { part };
            clean.push_str(&safe_lines(rest));
        }
        clean
    }

    fn wrap(self, code: &str, text: impl Display) -> String {
        if self.is_on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_signs_only_emphasis_is_printed() {
        let text = format!("{}\n\x1b[2J\x1b]0;title\u{7} \u{202e}x\u{9b}", Paint { is_on: true }.bold("a"));
        assert_eq!(Paint { is_on: true }.only(&text), "\x1b[1ma\x1b[0m\n[2J]0;title x");
        assert_eq!(Paint::default().only(&text), "[1ma[0m\n[2J]0;title x");
    }
}
