//! A wikitext table of who gave which number, with a citation in each row.

use std::io::{self, Write};

use super::address::web;
use super::dossier::{ClaimRecord, Dossier, QuestionRecord};
use crate::report::paint::safe;

/// Writes a sortable table for each question, and the list of references.
///
/// # Errors
/// Where `out` fails.
pub fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    for question in &dossier.questions {
        writeln!(out, "{{| class=\"wikitable sortable\"\n|+ {}", text(question.heading()))?;
        writeln!(out, "! Claim !! Date !! Publisher !! Figure !! Chain !! Standing !! Reference")?;
        for claim in &question.claims {
            write_row(question, claim, out)?;
        }
        writeln!(out, "|}}\n{}\n", text(&question.statement))?;
        if let Some(settled) = &question.settled {
            writeln!(out, "{}\n", text(&settled.sentence(question.unit.as_deref())))?;
        }
    }
    if let Some(words) = &dossier.words {
        writeln!(out, "{}\n", text(words))?;
    }
    writeln!(out, "{{{{reflist}}}}")
}

fn write_row(question: &QuestionRecord, claim: &ClaimRecord, out: &mut dyn Write) -> io::Result<()> {
    let standing = match &claim.why {
        Some(why) => format!("{}: {}", claim.standing, text(why)),
        None => claim.standing.to_owned(),
    };
    let cells = [
        text(&claim.claim),
        text(claim.published.as_deref().unwrap_or_default()),
        text(&claim.publisher_name),
        text(&claim.figure),
        text(&claim.chain),
        standing,
        citation(question, claim),
    ];
    writeln!(out, "|-\n| {}", cells.join(" || "))
}

/// `{{cite web}}` needs an address and a title; sayso knows no titles, so what was claimed stands in.
/// Without a web address the reference names the publisher and the date.
fn citation(question: &QuestionRecord, claim: &ClaimRecord) -> String {
    let figure = text(&claim.figure);
    let title = format!("{}: {figure}", text(question.heading()));
    let date = text(claim.published.as_deref().unwrap_or_default());
    let publisher = text(&claim.publisher_name);
    let Some(url) = claim.url.as_deref().and_then(web) else {
        return format!("<ref>{publisher}, {date}</ref>").replace(", </ref>", "</ref>");
    };
    let mut cite = format!("{{{{cite web |url={url} |title={title} |publisher={publisher}");
    if !date.is_empty() {
        cite.push_str(&format!(" |date={date}"));
    }
    if let Some(archive) = claim.archive.as_deref().and_then(web) {
        cite.push_str(&format!(" |archive-url={archive}"));
    }
    if let Some(quote) = &claim.cue {
        cite.push_str(&format!(" |quote={}", text(quote)));
    }
    format!("<ref>{cite}}}}}</ref>")
}

/// A text of the case on one line, with everything that wikitext could read written by its number.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_whitespace().map(safe).filter(|word| !word.is_empty()) {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for c in word.chars() {
            match c {
                '&' | '<' | '>' | '[' | ']' | '{' | '}' | '|' | '\'' | '=' | '~' | '!' | '*' | '#' | ';' | ':'
                | '_' | '@' | '"' => escaped.push_str(&format!("&#{};", u32::from(c))),
                // A row or a list can begin with these, a number cannot be told from a range without.
                '-' | '+' if escaped.is_empty() || escaped.ends_with(' ') => {
                    escaped.push_str(&format!("&#{};", u32::from(c)));
                }
                '/' if escaped.ends_with('/') => escaped.push_str("&#47;"),
                _ => escaped.push(c),
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_links_tables_and_signatures_are_text() {
        assert_eq!(text("}}|[[x]]"), "&#125;&#125;&#124;&#91;&#91;x&#93;&#93;");
        assert_eq!(
            text("<ref>''a''</ref> ~~~~"),
            "&#60;ref&#62;&#39;&#39;a&#39;&#39;&#60;/ref&#62; &#126;&#126;&#126;&#126;"
        );
        assert_eq!(text("- a\n-b __TOC__"), "&#45; a &#45;b &#95;&#95;TOC&#95;&#95;");
        assert_eq!(text("1000-3000"), "1000-3000");
    }
}
