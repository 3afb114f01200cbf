//! ClaimReview of schema.org, as JSON-LD: one review, a list of them, or a graph.

use super::draft::{Draft, Row, chain, party};
use super::json::{Document, Json};
use crate::ingest::{Problems, Severity};
use crate::report::plain;

/// Characters of a question's id that is made from the words of a claim.
const ID_LENGTH: usize = 60;

/// Reads the reviews.
pub fn read(text: &str, file: &str, draft: &mut Draft, problems: &mut Problems) {
    let document = Document::new(text, file);
    let Some(json) = document.value(problems) else { return };
    let list = json.get("@graph").unwrap_or(json);
    let mut others = 0;
    for item in list.items() {
        // A data feed wraps each review in an item.
        let item = item.get("item").unwrap_or(item);
        for item in item.items() {
            if is_a(item, "ClaimReview") { review(item, draft, problems) } else { others += 1 }
        }
    }
    if others > 0 {
        let what = format!("{others} items are no ClaimReview and are left out");
        json.report(problems, Severity::Warning, what, "");
    }
}

fn is_a(item: Json<'_>, kind: &str) -> bool {
    let types = item.get("@type").map(Json::items).unwrap_or_default();
    types.into_iter().filter_map(Json::text).any(|name| name.rsplit(['/', ':']).next() == Some(kind))
}

fn review(review: Json<'_>, draft: &mut Draft, problems: &mut Problems) {
    let item = review.get("itemReviewed");
    let reviewed = review.text_of("claimReviewed");
    let about = item.and_then(|item| item.get("about")).filter(|about| about.is_object());
    let named = about.map(|about| about.text_of("name")).filter(|name| !name.is_empty());
    let question = named.unwrap_or_else(|| slug(&reviewed));
    if question.is_empty() {
        review.report(problems, Severity::Error, "a review without `claimReviewed`", "write what was claimed");
        return;
    }
    let range = review.get("mentions");
    let title = range.map(|range| range.text_of("name")).filter(|title| !title.is_empty());
    let unit = about.map(|about| about.text_of("unitText")).unwrap_or_default();
    draft.question(
        Row::new(review.place())
            .with("question", &*question)
            .with("title", title.unwrap_or_else(|| reviewed.clone()))
            .with("unit", &*unit),
    );
    let id = review.text_of("identifier");
    let author = item.map(name_of).unwrap_or_default();
    let mut claim = Row::new(review.place())
        .with("claim", &*id)
        .with("question", &*question)
        .with("publisher", if author.is_empty() { "anonymous".to_owned() } else { party(&author) })
        .with("estimate", figure(review, item, about, problems))
        .with("unit", &*unit);
    if let Some(item) = item {
        claim.set("published", day(&item.text_of("datePublished")));
        let appearance = item.get("appearance").and_then(|list| list.items().into_iter().next());
        claim.set("url", appearance.map(|page| page.text_of("url")).unwrap_or_default());
        let based = item.get("isBasedOn").map(Json::items).unwrap_or_default();
        let cites: Vec<String> = based.iter().map(|claim| claim.text_of("identifier")).collect();
        claim.set("cites", cites.into_iter().filter(|id| !id.is_empty()).collect::<Vec<_>>().join(";"));
        let mut levels: Vec<Vec<String>> = Vec::new();
        for credited in &based {
            let name = name_of(*credited);
            match levels.last_mut().filter(|_| credited.text_of("position") == "1") {
                _ if name.is_empty() => {}
                Some(level) => level.push(name),
                None => levels.push(vec![name]),
            }
        }
        claim.set("via", chain(&levels));
    }
    let own = name_of(review) == "sayso";
    claim.set("note", if own { String::new() } else { reviewed });
    draft.claim(claim);
    if !own {
        reviewer(review, &question, draft);
    }
}

/// The reviewer says something of the claim, and gives no number of its own.
fn reviewer(review: Json<'_>, question: &str, draft: &mut Draft) {
    let rating = review.get("reviewRating");
    let part = |name: &str| rating.map(|rating| rating.text_of(name)).filter(|text| !text.is_empty());
    let words: Vec<String> = ["alternateName", "ratingExplanation"].into_iter().filter_map(part).collect();
    let name = name_of(review);
    if name.is_empty() {
        return;
    }
    draft.claim(
        Row::new(review.place())
            .with("claim", format!("{question}: {}", party(&name)))
            .with("question", question)
            .with("publisher", party(&name))
            .with("estimate", "unknown")
            .with("published", day(&review.text_of("datePublished")))
            .with("url", review.text_of("url"))
            .with("note", words.join(": ")),
    );
}

/// The figure in `about`: a value, or its two ends. Figures in running text are not searched for.
fn figure(review: Json<'_>, item: Option<Json<'_>>, about: Option<Json<'_>>, problems: &mut Problems) -> String {
    let mut number = |name: &str| {
        let value = about?.get(name)?;
        let number = value.number();
        if number.is_none() {
            value.report(problems, Severity::Error, format!("`{name}` is no number"), "write a number");
        }
        number
    };
    let (value, low, high) = (number("value"), number("minValue"), number("maxValue"));
    let bound = about.map(|about| about.text_of("valueReference")).unwrap_or_default();
    // Our own export has the words; they say more than the numbers, where they can be read.
    let said = item.map(|item| item.text_of("text")).unwrap_or_default();
    if !bound.is_empty() && crate::ingest::read_estimate(&said, crate::ingest::Decimal::Point).is_ok() {
        return said;
    }
    match (value, low, high) {
        (Some(value), ..) if bound == "about" => format!("about {}", plain(value)),
        (Some(value), ..) => plain(value),
        (None, Some(low), Some(high)) => format!("{} to {}", plain(low), plain(high)),
        (None, Some(low), None) => {
            format!("{} {}", if bound == "more than" { "more than" } else { "at least" }, plain(low))
        }
        (None, None, Some(high)) => {
            format!("{} {}", if bound == "less than" { "less than" } else { "at most" }, plain(high))
        }
        (None, None, None) => {
            if bound.is_empty() {
                let what = "no figure in `about`; taken as a claim without a number";
                review.report(problems, Severity::Assumed, what, "give it as a QuantitativeValue");
            }
            "unknown".to_owned()
        }
    }
}

/// Name of the author, or of the first of them.
fn name_of(item: Json<'_>) -> String {
    let author = item.get("author").and_then(|list| list.items().into_iter().next());
    author
        .map(|author| if author.is_object() { author.text_of("name") } else { author.text().unwrap_or_default() })
        .unwrap_or_default()
}

/// The day of a date with or without a time.
fn day(text: &str) -> String {
    let day = text.get(..10).unwrap_or(text);
    if crate::ingest::read_date(day).is_ok() { day.to_owned() } else { String::new() }
}

/// An id from the words of a claim.
fn slug(text: &str) -> String {
    let mut id = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.chars().count() >= ID_LENGTH {
            break;
        }
    }
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_words() {
        assert_eq!(slug("  “3,000 soldiers”, he said."), "3-000-soldiers-he-said");
        assert!(slug(&"é".repeat(200)).chars().count() <= ID_LENGTH);
        assert_eq!(slug("…"), "");
    }
}
