//! Text of nodes in pictures: a few short lines.

use super::record::NetworkNode;
use crate::report::paint::safe;

/// Characters of a line and of a heading before they are cut.
const LINE: usize = 60;
const HEADING: usize = 150;

/// The lines of a node: who and which claim, the figure, the date, and what sets it apart.
pub fn lines(node: &NetworkNode) -> Vec<String> {
    let mut lines = Vec::new();
    if node.kind == "claim" {
        lines.push(line(&format!("{} {}", node.claim, node.speaker)));
        lines.push(line(node.estimate.as_deref().unwrap_or("no number")));
        lines.extend(node.published.as_deref().map(line));
    } else {
        lines.push(line(&node.speaker));
        lines.push(match &node.estimate {
            _ if !node.is_named => "unnamed".to_owned(),
            Some(figure) => line(&format!("credited with {figure}")),
            None => "credited with no number".to_owned(),
        });
    }
    if node.status == Some("disputed") {
        lines.push("disputed".to_owned());
    }
    lines.extend(node.drift.iter().map(|drift| line(kind(drift))));
    lines.extend(node.why.as_deref().map(|why| line(&format!("left out: {why}"))));
    lines
}

/// A text on one line, without what could reach a terminal or turn the direction of writing, and
/// cut where it is long.
pub fn line(text: &str) -> String {
    cut(text, LINE)
}

/// The kind of a drift, from the sentence that tells it.
pub fn kind(drift: &str) -> &str {
    drift.split_once(": ").map_or(drift, |(kind, _)| kind)
}

/// The name of a question on one line.
pub fn heading(text: &str) -> String {
    cut(text, HEADING)
}

fn cut(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace().map(safe).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_no_control_characters_and_no_marks_of_direction() {
        assert_eq!(line(" a\r\n\tb\u{2028}c\u{0} \u{202e}d\u{7} \u{1b}[31me"), "a b c d [31me");
        assert_eq!(line("سوريا 🇰🇵"), "سوريا 🇰🇵");
    }

    #[test]
    fn a_long_line_is_cut() {
        assert_eq!(line(&"é".repeat(61)).chars().count(), 61);
        assert!(line(&"é".repeat(61)).ends_with('…'));
        assert_eq!(line(&"é".repeat(60)), "é".repeat(60));
    }
}
