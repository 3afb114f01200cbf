//! Claims as rows of claims.csv, to be looked over.

use crate::extract::record::{Characters, kind_name};
use crate::extract::{Bounded, Claim, Document, Extraction, Party, Standing};
use crate::ingest::{Decimal, Share, read_estimate};
use crate::model::{Bound, SourceKind};
use crate::report::table::{Cell, Column, Layout};

/// The columns, which are those of claims.csv; `event`, `rules` and `quote` are carried through.
pub const SHEET: Layout = Layout {
    name: "claims",
    row: "a claim taken from a text",
    columns: &[
        Column::text("claim", "id of the document and number of the claim"),
        Column::text("question", "event and what is counted, to be edited"),
        Column::text("publisher", "who published the text; the document's id where nobody says"),
        Column::text("estimate", "the number as it was said"),
        Column::text("unit", "what is counted"),
        Column::text("via", "whom the text credits, from the publisher inward"),
        Column::text("cue", "the words of attribution"),
        Column::text("published", "date of the text"),
        Column::text("status", "asserted, projected, disputed or superseded"),
        Column::text("inferred", "via where another sentence says so, publisher where nobody does"),
        Column::text("url", "address of the text"),
        Column::text("locator", "document and characters of the number"),
        Column::text("note", "hedges, and who denies it"),
        Column::text("event", "the event that the number is counted in"),
        Column::text("rules", "the rules that fired"),
        Column::text("quote", "the words around the number"),
    ],
};

/// Rows of claims.csv, one for each claim.
pub fn rows(document: &Document, found: &Extraction) -> impl Iterator<Item = Vec<Cell<'static>>> {
    let characters = Characters::of(&document.given);
    found.claims.iter().enumerate().map(move |(at, claim)| row(document, &characters, claim, at))
}

fn row(document: &Document, characters: &Characters, claim: &Claim, at: usize) -> Vec<Cell<'static>> {
    let text = document.text();
    let given = document.given_span(claim.figure.span);
    let publisher = if document.publisher().is_empty() { &document.id } else { document.publisher() };
    let inherited = claim.chain.iter().any(|party| party.inherited);
    let inferred = match (inherited, document.publisher().is_empty()) {
        (true, true) => "publisher;via",
        (true, false) => "via",
        (false, true) => "publisher",
        (false, false) => "",
    };
    let cues: Vec<_> = claim
        .chain
        .iter()
        .map(|party| document.one_line(party.cue).into_owned())
        .filter(|cue| !cue.is_empty())
        .collect();
    let place = format!("{} characters {}-{}", document.id, characters.at(given.start), characters.at(given.end));
    let status = if claim.standing == Standing::Asserted { "" } else { claim.standing.name() };
    let cells = [
        format!("{}-{}", slug(&document.id), at + 1),
        question(claim),
        publisher.to_owned(),
        estimate(text, claim),
        claim.unit.clone(),
        claim.chain.iter().map(|party| via(document, party)).collect::<Vec<_>>().join(" > "),
        cues.join("; "),
        document.published().to_owned(),
        status.to_owned(),
        inferred.to_owned(),
        document.url().to_owned(),
        place,
        note(document, claim),
        claim.event.name().to_owned(),
        claim.rules.join("; "),
        quote(document, claim),
    ];
    cells.into_iter().map(Cell::from).collect()
}

/// The estimate as the text says it where the grammar of cases reads it alike, else in digits.
fn estimate(text: &str, claim: &Claim) -> String {
    let figure = &claim.figure;
    let words = figure.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let same = |reading: &crate::ingest::Reading| {
        let ends = (Some(reading.low).filter(|x| x.is_finite()), Some(reading.high).filter(|x| x.is_finite()));
        let vague = figure.bound == Bounded::Unquantified;
        vague && matches!(reading.bound, Bound::Vague | Bound::Unknown | Bound::AtLeast | Bound::AtMost)
            || !vague
                && ends == (figure.low, figure.high)
                && (reading.share == Share::Percent) == (claim.unit == "percent")
    };
    // A dash between words stands for itself; a shared bound is not in the words.
    if read_estimate(&words, Decimal::Point).is_ok_and(|reading| same(&reading)) {
        return words;
    }
    let sign = if claim.unit == "percent" { "%" } else { "" };
    match (figure.bound, figure.low, figure.high) {
        (Bounded::Unquantified, ..) | (_, None, None) => "unknown".to_owned(),
        (Bounded::About, Some(value), _) => format!("about {value}{sign}"),
        (_, Some(low), None) => format!("{} {low}{sign}", if figure.strict { "more than" } else { "at least" }),
        (_, None, Some(high)) => format!("{} {high}{sign}", if figure.strict { "less than" } else { "up to" }),
        (_, Some(low), Some(high)) if low < high => format!("{low}{sign} to {high}{sign}"),
        (_, Some(value), _) => format!("{value}{sign}"),
    }
}

/// A party as an element of `via`: unnamed ones say so, several side by side are parted by `&`.
fn via(document: &Document, party: &Party) -> String {
    let clean = |words: String| words.replace('>', " ").replace(" & ", " and ");
    if party.kind == SourceKind::Anonymous {
        return format!("anonymous: {}", clean(document.one_line(party.name).into_owned()));
    }
    if party.members.len() > 1 && kind_name(party.kind) == "outlet" {
        let members: Vec<_> = party.members.iter().map(|&span| clean(document.one_line(span).into_owned())).collect();
        return members.join(" & ");
    }
    clean(document.one_line(party.name).into_owned())
}

/// The slug of a question: the event and what is counted.
fn question(claim: &Claim) -> String {
    slug(&format!("{} {}", claim.event.name(), claim.unit))
}

/// Letters and digits in lower case, with `_` between words.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("_");
    let slug: String = slug.chars().take(60).collect();
    if slug.is_empty() { "document".to_owned() } else { slug }
}

fn note(document: &Document, claim: &Claim) -> String {
    let mut notes = Vec::new();
    if !claim.hedges.is_empty() {
        let hedges: Vec<_> = claim.hedges.iter().map(|&span| document.one_line(span)).collect();
        notes.push(format!("hedged: {}", hedges.join(", ")));
    }
    if !claim.disputed_by.is_empty() {
        let deniers: Vec<_> = claim.disputed_by.iter().map(|party| document.one_line(party.name)).collect();
        notes.push(format!("denied by {}", deniers.join(" > ")));
    }
    notes.join("; ")
}

/// The words around a figure.
fn quote(document: &Document, claim: &Claim) -> String {
    const AROUND: usize = 60;
    let text = document.text();
    let span = claim.figure.span;
    let from = text.floor_char_boundary(span.start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((span.end + AROUND).min(text.len()));
    let words: Vec<&str> = text.get(from..to).unwrap_or("").split_whitespace().collect();
    let cut_front = usize::from(from > 0 && words.len() > 2);
    let cut_back = usize::from(to < text.len() && words.len() > 2);
    let inner = words.get(cut_front..words.len() - cut_back).unwrap_or(&words).join(" ");
    format!("{}{inner}{}", if cut_front > 0 { "…" } else { "" }, if cut_back > 0 { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Extractor, Markup, RuleExtractor};

    fn cells(text: &str) -> Vec<Vec<String>> {
        let document =
            Document::new("storm.txt", text.to_owned(), Markup::Plain).with_origin("Oby Post", "2025-03-02", "");
        let found = RuleExtractor::new().extract(&document).unwrap();
        rows(&document, &found).map(|row| row.iter().map(|cell| cell.text().into_owned()).collect()).collect()
    }

    #[test]
    fn a_row_has_the_chain_and_an_estimate_that_reads_back() {
        let rows = cells("Up to 1,400 homes were flooded, Radio Norr reported, citing two unnamed engineers.");
        assert_eq!(
            rows[0][..7],
            [
                "storm_txt-1",
                "destroyed_home",
                "Oby Post",
                "Up to 1,400",
                "home",
                "Radio Norr > anonymous: two unnamed engineers",
                "reported; citing"
            ]
        );
        assert_eq!(rows[0][11], "storm.txt characters 0-11");
    }

    #[test]
    fn estimates_that_the_case_grammar_reads_otherwise_are_in_digits() {
        let estimates = |text| cells(text).into_iter().map(|row| row[3].clone()).collect::<Vec<_>>();
        assert_eq!(estimates("It cost more than $5 million, police said."), ["more than 5000000"]);
        assert_eq!(estimates("At least 12 pupils and 3 teachers died, police said."), ["At least 12", "at least 3"]);
        assert_eq!(estimates("Dozens of homes burned down, police said."), ["Dozens"]);
    }
}
