//! Markdown to the words in it.

use super::document::Stripped;

/// The words of a Markdown text, with the way back to it: marks of headings, lists, quotations and
/// emphasis are left out, links keep their words, and code is no text. Linear in its length.
pub(super) fn strip(given: &str) -> Stripped {
    let mut stripped = Stripped::default();
    let (mut start, mut fenced, mut front) = (0, false, false);
    for (number, line) in given.split_inclusive('\n').enumerate() {
        let begin = start;
        start += line.len();
        let trimmed = line.trim_start_matches([' ', '\t', '\u{feff}']);
        if number == 0 && trimmed.trim_end() == "---" {
            front = true;
            continue;
        }
        if front {
            front = !matches!(trimmed.trim_end(), "---" | "...");
            continue;
        }
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        let is_rule = trimmed.len() > 3
            && trimmed.trim_end().chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ' ' | '|' | ':'));
        if fenced || is_rule {
            stripped.push("\n", begin);
            continue;
        }
        let mark = opening(trimmed);
        if mark.parts && !stripped.text.ends_with("\n\n") {
            stripped.push("\n", begin);
        }
        let at = begin + (line.len() - trimmed.len()) + mark.length;
        inline(&mut stripped, given.get(at..start).unwrap_or(""), at);
        if mark.parts {
            stripped.push("\n", start.saturating_sub(1));
        }
    }
    stripped
}

/// The marks at the start of a line.
struct Opening {
    length: usize,
    /// whether the line is a paragraph of its own
    parts: bool,
}

fn opening(line: &str) -> Opening {
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes) && line.as_bytes().get(hashes).is_some_and(u8::is_ascii_whitespace) {
        return Opening { length: hashes + 1, parts: true };
    }
    if ["- ", "* ", "+ "].iter().any(|bullet| line.starts_with(bullet)) {
        return Opening { length: 2, parts: true };
    }
    let quoted = line.bytes().take_while(|&byte| matches!(byte, b'>' | b' ')).count();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && line.get(digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "))
    {
        return Opening { length: digits + 2, parts: true };
    }
    Opening { length: if line.starts_with('>') { quoted } else { 0 }, parts: false }
}

/// Adds a line without emphasis, and links by their words.
fn inline(stripped: &mut Stripped, line: &str, begin: usize) {
    let bytes = line.as_bytes();
    let (mut at, mut from) = (0, 0);
    // The last `](` of the line bounds the search for one, so that no bracket is searched for twice.
    let last_link = line.rfind("](").unwrap_or(0);
    while at < bytes.len() {
        let skipped = match bytes[at] {
            b'*' | b'`' => 1,
            b'_' if at == 0
                || !bytes[at - 1].is_ascii_alphanumeric()
                || !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) =>
            {
                1
            }
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => 1,
            b'!' if bytes.get(at + 1) == Some(&b'[') && at < last_link => 1,
            b'[' if at < last_link => 1,
            b']' if bytes.get(at + 1) == Some(&b'(') => {
                bytes[at..].iter().take(2000).position(|&byte| byte == b')').map_or(1, |end| end + 1)
            }
            _ => 0,
        };
        if skipped == 0 {
            at += 1;
            continue;
        }
        stripped.push(line.get(from..at).unwrap_or(""), begin + from);
        // An escaped sign is kept.
        let escaped = bytes[at] == b'\\';
        at += skipped;
        from = at;
        at += usize::from(escaped);
    }
    stripped.push(line.get(from..).unwrap_or(""), begin + from);
}

#[cfg(test)]
mod tests {
    use super::super::claim::Span;
    use super::super::{Document, Markup};
    use super::*;

    #[test]
    fn marks_are_left_out_and_words_kept() {
        let text = strip("---\ntitle: 40\n---\n# Boats\n\n**Nine** boats [sank](http://x.y/12) off *Oby*.\n\n- one\n- two\n\n```\n300\n```\n> quoted\n").text;
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(words, ["Boats", "Nine", "boats", "sank", "off", "Oby.", "one", "two", "quoted"]);
    }

    #[test]
    fn places_lead_back_to_the_given_text() {
        let given = "# A\n\nSome **40** [boats](u) sank in snake_case \\*.";
        let document = Document::new("d", given.to_owned(), Markup::Markdown);
        for words in ["40", "boats", "sank", "snake_case"] {
            let start = document.text().find(words).unwrap();
            assert_eq!(document.given_span(Span { start, end: start + words.len() }).of(given), words);
        }
    }
}
