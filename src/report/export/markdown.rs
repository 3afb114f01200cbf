//! Markdown with tables (GitHub's dialect), to be read as text or rendered.

use std::io::{self, Write};

use super::address::web;
use super::dossier::{ClaimRecord, Dossier, OriginRecord, QuestionRecord};
use crate::report::amount::amount_beside;
use crate::report::paint::safe;

/// Writes a chapter for each question: the sentence, the quantiles, the origins, the claims with
/// their chains, and what changed on the way.
///
/// # Errors
/// Where `out` fails.
pub fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    for (at, question) in dossier.questions.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_question(question, out)?;
    }
    if let Some(words) = &dossier.words {
        writeln!(out, "\n{}", block(words))?;
    }
    Ok(())
}

fn write_question(question: &QuestionRecord, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}", block(question.heading()), block(&question.statement))?;
    if let Some(settled) = &question.settled {
        writeln!(out, "\n{}", block(&settled.sentence(question.unit.as_deref())))?;
    }
    if let Some(range) = &question.range {
        let width = range.quantile("q95") - range.quantile("q05");
        let beside = |value: f64| amount_beside(value, width);
        let (names, values): (Vec<&str>, Vec<String>) =
            range.quantiles.iter().map(|(name, value)| (*name, beside(*value))).unzip();
        head(out, "Range", &names)?;
        row(out, &values)?;
        if range.camps.len() > 1 {
            head(out, "Camps", &["low", "median", "high", "probability", "claims"])?;
            for camp in &range.camps {
                let claims: Vec<String> = camp.claims.iter().map(|claim| text(claim)).collect();
                let [low, median, high] = [camp.low, camp.median, camp.high].map(beside);
                row(out, &[low, median, high, percent(camp.mass), claims.join("; ")])?;
            }
        }
    }
    head(out, "Origins", &["origin", "named", "claim", "figure", "weight", "publications", "left out"])?;
    for origin in &question.origins {
        row(out, &origin_row(question, origin))?;
    }
    head(out, "Claims", &["claim", "published", "publisher", "figure", "chain", "standing", "source"])?;
    for claim in &question.claims {
        row(out, &claim_row(claim))?;
    }
    let changes = question.claims.iter().flat_map(|claim| claim.drift.iter().map(move |drift| (claim, drift)));
    for (at, (claim, drift)) in changes.enumerate() {
        if at == 0 {
            writeln!(out, "\n## What changed on the way\n")?;
        }
        writeln!(out, "- {}: {}", text(&claim.claim), text(drift))?;
    }
    Ok(())
}

fn origin_row(question: &QuestionRecord, origin: &OriginRecord) -> Vec<String> {
    let figure = question.claim(&origin.claim).map(|claim| &*claim.figure);
    vec![
        text(&origin.name),
        if origin.named { "yes" } else { "no" }.to_owned(),
        text(&origin.claim),
        text(figure.unwrap_or("no number")),
        origin.weight.map_or(String::new(), percent),
        origin.publications.to_string(),
        text(origin.why_not.as_deref().unwrap_or_default()),
    ]
}

fn claim_row(claim: &ClaimRecord) -> Vec<String> {
    let standing = match &claim.why {
        Some(why) => format!("{}: {}", claim.standing, text(why)),
        None => claim.standing.to_owned(),
    };
    let source = match claim.url.as_deref().map(|url| (web(url), url)) {
        Some((Some(address), _)) => format!("[link](<{address}>)"),
        Some((None, url)) => text(url),
        None => String::new(),
    };
    vec![
        text(&claim.claim),
        text(claim.published.as_deref().unwrap_or_default()),
        text(&claim.publisher_name),
        text(&claim.figure),
        text(&claim.chain),
        standing,
        source,
    ]
}

fn head(out: &mut dyn Write, title: &str, columns: &[&str]) -> io::Result<()> {
    writeln!(out, "\n## {title}\n\n| {} |\n|{}", columns.join(" | "), " --- |".repeat(columns.len()))
}

fn row(out: &mut dyn Write, cells: &[String]) -> io::Result<()> {
    writeln!(out, "| {} |", cells.join(" | "))
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// A text of the case on one line, with a backslash before what Markdown would read.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_whitespace().map(safe).filter(|word| !word.is_empty()) {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for (at, c) in word.char_indices() {
            let is_address = c == ':' && word[at..].starts_with("://");
            if is_address || r"\`*_[]<>|~&#!$@".contains(c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

/// The same at the start of a line, where a list or a rule could begin.
fn block(line: &str) -> String {
    let escaped = text(line);
    let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match escaped[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        Some('-' | '+' | '=') if digits == 0 => format!("\\{escaped}"),
        _ => escaped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(text("a|b <script> [x](y) *z*\n`c`"), "a\\|b \\<script\\> \\[x\\](y) \\*z\\* \\`c\\`");
        assert_eq!(text("&lt; $x$ www.a.org https://b"), "\\&lt; \\$x\\$ www.a.org https\\://b");
    }

    #[test]
    fn a_line_cannot_begin_a_list() {
        assert_eq!(block("1. May"), "1\\. May");
        assert_eq!(block("- a"), "\\- a");
        assert_eq!(block("12 a"), "12 a");
        assert_eq!(block("# a"), "\\# a");
    }
}
