//! How wide a text will be. Fonts differ; these are the widths of a wide one, so that text fits in all.

/// Width in pixels of a text at a font size, by classes of characters.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Width of a character as a share of the font size, as in a wide sans-serif, rounded up by class.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.29,
        ' ' | '.' | ',' | ':' | ';' | '!' | '(' | ')' | '[' | ']' | 'f' | 't' | 'I' | 'r' | '/' | '-' | '·' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 0.97,
        '+' | '=' | '<' | '>' | '~' | '→' | '−' | '×' => 0.84,
        'a'..='z' | '0'..='9' => 0.62,
        'A'..='Z' => 0.75,
        // Scripts written in squares, and pictures.
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 1.0,
        c if (c as u32) < 0x2000 => 0.68,
        _ => 0.9,
    }
}

/// As much of a text as fits into `room` pixels, with an ellipsis.
#[must_use]
pub fn cut(text: &str, size: f64, room: f64) -> String {
    let mut left = room / size - advance('…');
    let mut shown = String::new();
    for c in text.chars() {
        left -= advance(c);
        if left < 0.0 {
            break;
        }
        shown.push(c);
    }
    shown.truncate(shown.trim_end().len());
    shown.push('…');
    shown
}

/// A text broken into lines that fit into `room` pixels, between words; the last of `most` lines takes what is left.
#[must_use]
pub fn lines(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let count = |lines: &[String]| lines.len();
    for word in text.split_whitespace() {
        let is_last = count(&lines) >= most;
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if is_last || width(&format!("{line} {word}"), size) <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_fits() {
        for room in [20.0, 60.0, 200.0] {
            let cut = cut("Ministère de la Défense, état-major 국가정보원", 13.0, room);
            assert!(width(&cut, 13.0) <= room, "{cut}");
        }
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("one two three", 10.0, 50.0, 9), ["one two", "three"]);
        assert_eq!(lines("one two three", 10.0, 30.0, 2), ["one", "two three"]);
    }
}
