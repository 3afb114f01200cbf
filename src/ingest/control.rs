//! Signs that a terminal acts upon instead of showing them. Control characters are read as spaces, so that nothing that
//! a stranger wrote can move the cursor or hide a line.

/// Whether a sign is acted upon: control characters but for tab and line feed.
fn is_sign(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n')
}

/// Whether a sign shows the text behind it in another order than it has. Scripts that run from right to left do without.
pub(super) fn is_override(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}')
}

/// Whether a sign may begin with a byte: one below the space, DEL, or the first byte of a C1 control or of an override.
pub(super) fn may_be_sign(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11..=31 | 0x7f | 0xc2 | 0xe2)
}

/// Puts spaces in the place of control characters, as many as they had bytes. What it gives is the first of them, or
/// the first override of direction, which stays, with its byte. A carriage return before a line feed stays. Bytes that are not UTF-8 are left alone. Cost: linear.
///
/// ```
/// let mut text = *b"a\x1b[31mb";
/// assert_eq!(sayso::ingest::blank_signs(&mut text), Some((1, '\u{1b}')));
/// assert_eq!(&text, b"a [31mb");
/// assert_eq!(sayso::ingest::blank_signs(&mut text), None);
/// ```
pub fn blank_signs(text: &mut [u8]) -> Option<(usize, char)> {
    if !text.iter().any(|&byte| may_be_sign(byte)) {
        return None;
    }
    let signs: Vec<(usize, char)> = {
        let text = std::str::from_utf8(text).ok()?;
        let is_line_end = |at: usize, c: char| c == '\r' && text[at + 1..].starts_with('\n');
        text.char_indices().filter(|&(at, c)| (is_sign(c) && !is_line_end(at, c)) || is_override(c)).collect()
    };
    for &(at, c) in signs.iter().filter(|sign| is_sign(sign.1)) {
        text[at..at + c.len_utf8()].fill(b' ');
    }
    signs.first().copied()
}

/// A text in which every control character is one space, so that characters keep their places.
///
/// ```
/// assert_eq!(sayso::ingest::without_signs("12\u{7}\u{1b} boats\r\n".to_owned()), "12   boats\r\n");
/// ```
#[must_use]
pub fn without_signs(text: String) -> String {
    if !text.chars().any(is_sign) {
        return text;
    }
    let mut following = text.chars().skip(1);
    let one = |c: char| {
        let next = following.next();
        if is_sign(c) && !(c == '\r' && next == Some('\n')) { ' ' } else { c }
    };
    text.chars().map(one).collect()
}
