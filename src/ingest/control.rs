//! Signs that a terminal acts upon instead of showing them. Control characters are read as spaces, so that nothing that
//! a stranger wrote can move the cursor or hide a line.

/// Whether a sign is acted upon: control characters but for tab and line feed.
fn is_sign(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n')
}

/// Whether a sign changes the direction or the lines of the text around it and is itself not seen: the marks,
/// embeddings, overrides and isolates of Unicode's algorithm for both directions, and its separators of lines and
/// paragraphs. Scripts that run from right to left do without.
pub(crate) fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a sign may begin with a byte: one below the space, DEL, or the first byte of a C1 control or of a sign of
/// direction.
pub(super) fn may_be_sign(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11..=31 | 0x7f | 0xc2 | 0xd8 | 0xe2)
}

/// A text as it may be shown on a terminal, on one line: control characters and signs of direction are left out.
///
/// ```
/// assert_eq!(sayso::ingest::safe("12\u{1b}[31m\n\u{202e}\u{2066}boats"), "12[31mboats");
/// ```
#[must_use]
pub fn safe(text: &str) -> String {
    text.chars().filter(|&c| !c.is_control() && !is_direction(c)).collect()
}

/// The same of a text of several lines, which stay.
#[must_use]
pub fn safe_lines(text: &str) -> String {
    text.chars().filter(|&c| c == '\n' || !c.is_control() && !is_direction(c)).collect()
}

/// Puts spaces in the place of control characters, as many as they had bytes. What it gives is the first of them, or
/// the first sign of direction, which stays, with its byte. A carriage return before a line feed stays. Bytes that are not UTF-8 are left alone. Cost: linear.
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
        text.char_indices().filter(|&(at, c)| (is_sign(c) && !is_line_end(at, c)) || is_direction(c)).collect()
    };
    for &(at, c) in signs.iter().filter(|sign| is_sign(sign.1)) {
        text[at..at + c.len_utf8()].fill(b' ');
    }
    signs.first().copied()
}

/// A text in which every control character and every sign of direction is one space, and every separator of lines a
/// line feed, so that characters keep their places. Of a sequence that sets colours every character is a space.
///
/// ```
/// assert_eq!(sayso::ingest::without_signs("12\u{7}\u{1b} boats\r\n".to_owned()), "12   boats\r\n");
/// assert_eq!(sayso::ingest::without_signs("\u{1b}[1m12\u{1b}[0m boats".to_owned()), "    12     boats");
/// assert_eq!(sayso::ingest::without_signs("\u{202e}12\u{2028}boats".to_owned()), " 12\nboats");
/// ```
#[must_use]
pub fn without_signs(text: String) -> String {
    if !text.chars().any(|c| is_sign(c) || is_direction(c)) {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\r' && rest.as_str().starts_with('\n') {
            clean.push(c);
            continue;
        }
        clean.push(in_place_of(c));
        // The colour of a word is no part of it: `ESC [ 1 ; 31 m` (ECMA-48, 5.4).
        let parameters = rest.as_str().strip_prefix('[').filter(|_| c == '\u{1b}');
        let end = parameters.and_then(|text| text.find(|c: char| !matches!(c, '0'..='9' | ';' | ':')));
        if let (Some(text), Some(end)) = (parameters, end)
            && text[end..].starts_with(|c: char| matches!(c, '@'..='~'))
        {
            clean.push_str(&" ".repeat(end + 2));
            rest = text[end + 1..].chars();
        }
    }
    clean
}

/// What is read in the place of a character: a space for a sign, a line feed for a separator of lines, else itself.
pub(crate) fn in_place_of(c: char) -> char {
    match c {
        '\u{2028}' | '\u{2029}' => '\n',
        c if is_sign(c) || is_direction(c) => ' ',
        c => c,
    }
}

/// A text on one line without signs, as it may stand for a name, a date or an address.
///
/// ```
/// assert_eq!(sayso::ingest::plain_line(" Oby\u{1b} Post\n\u{2067}Ltd "), "Oby Post Ltd");
/// ```
#[must_use]
pub fn plain_line(text: &str) -> String {
    let is_plain = |c: char| !c.is_control() && !is_direction(c);
    if text.chars().all(is_plain) {
        return text.trim().to_owned();
    }
    let spaced: String = text.chars().map(|c| if is_plain(c) { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_list_holds_every_sign_that_turns_text_round_and_no_letter() {
        for c in "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}".chars() {
            assert!(is_direction(c), "{c:?}");
            assert_eq!(blank_signs(&mut format!("a{c}b").into_bytes()), Some((1, c)));
            assert_eq!(safe(&format!("a{c}b")), "ab");
            assert_eq!(safe_lines(&format!("a{c}\nb")), "a\nb");
        }
        assert_eq!(safe("شبكة שלום"), "شبكة שלום");
        assert_eq!(blank_signs(&mut "شبكة שלום".to_owned().into_bytes()), None);
    }

    #[test]
    fn a_text_without_signs_has_as_many_characters_as_before() {
        let text = "a\u{9b}b\u{2069}\u{0}\r\n\u{2029}\r";
        assert_eq!(without_signs(text.to_owned()), "a b  \r\n\n ");
    }
}
