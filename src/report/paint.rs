//! Emphasis on a terminal; nothing elsewhere.

use std::fmt::Display;

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

    fn wrap(self, code: &str, text: impl Display) -> String {
        if self.is_on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }
}

/// A text from a case as it may be shown on a terminal: control characters and marks that change
/// the direction of writing are left out.
#[must_use]
pub fn safe(text: &str) -> String {
    text.chars()
        .filter(|&c| {
            !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
        })
        .collect()
}
