//! ClaimReview (schema.org) as JSON-LD: one review for each claim, with who said it, where it first
//! appeared, its figure, and the range beside it.
//!
//! There is no rating of truth. `reviewRating` holds what the analysis says in words: whether the
//! claim stands behind the range, and the sentence on the question.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::address::web;
use super::dossier::{ClaimRecord, Dossier, QuestionRecord};

/// Writes the reviews as one graph, a review a line.
///
/// # Errors
/// Where `out` fails.
pub fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"@context\": \"https://schema.org\", \"@graph\": [")?;
    let mut is_first = true;
    for question in &dossier.questions {
        for claim in &question.claims {
            write!(out, "{}", if is_first { "\n" } else { ",\n" })?;
            serde_json::to_writer(&mut *out, &review(question, claim))?;
            is_first = false;
        }
    }
    writeln!(out, "\n]}}")
}

fn review(question: &QuestionRecord, claim: &ClaimRecord) -> Json {
    let said = claim.estimate.as_deref().unwrap_or("no number");
    let standing = match &claim.why {
        Some(why) => format!("{}: {why}", claim.standing),
        None => claim.standing.to_owned(),
    };
    json!({
        "@type": "ClaimReview",
        "identifier": claim.claim,
        "claimReviewed": format!("{}: {said}", question.heading()),
        "author": { "@type": "Organization", "name": "sayso" },
        "itemReviewed": item(question, claim, said),
        "reviewRating": {
            "@type": "Rating", "alternateName": standing, "ratingExplanation": question.statement,
        },
        "mentions": range(question),
    })
}

fn item(question: &QuestionRecord, claim: &ClaimRecord, said: &str) -> Json {
    let mut item = json!({
        "@type": "Claim",
        "name": format!("{}: {said}", claim.publisher_name),
        "text": said,
        "author": { "@type": "Organization", "name": claim.publisher_name },
        "about": figure(question, claim),
    });
    let Some(object) = item.as_object_mut() else { return item };
    if let Some(date) = &claim.published {
        object.insert("datePublished".to_owned(), date.as_str().into());
    }
    if let Some(url) = claim.url.as_deref().and_then(web) {
        object.insert("appearance".to_owned(), json!({ "@type": "CreativeWork", "url": url }));
    }
    // Where the figure first stood: the end of its chain of claims, said by its first origin.
    let origin = question.origins.iter().find(|origin| claim.origins.contains(&origin.node));
    if let Some(origin) = origin {
        let source = root(question, claim);
        let mut first = json!({
            "@type": "CreativeWork", "identifier": source.claim,
            "author": { "@type": if origin.named { "Organization" } else { "Audience" }, "name": origin.name },
        });
        let url = source.url.as_deref().and_then(web);
        if let (Some(first), Some(url)) = (first.as_object_mut(), url) {
            first.insert("url".to_owned(), url.into());
        }
        object.insert("firstAppearance".to_owned(), first);
    }
    let mut cited: Vec<Json> = claim.cites.iter().map(|id| json!({ "@type": "Claim", "identifier": id })).collect();
    let credited = claim.via.iter().map(|party| {
        json!({ "@type": "Claim", "author": { "@type": "Organization", "name": party.name }, "position": i32::from(party.beside) })
    });
    cited.extend(credited);
    if !cited.is_empty() {
        object.insert("isBasedOn".to_owned(), cited.into());
    }
    item
}

/// The claim at the end of the first chain of `cites` from a claim; circles are left where they close.
fn root<'a>(question: &'a QuestionRecord, claim: &'a ClaimRecord) -> &'a ClaimRecord {
    let (mut at, mut seen) = (claim, vec![&*claim.claim]);
    while let Some(next) = at.cites.first().and_then(|id| question.claim(id)) {
        if seen.contains(&&*next.claim) {
            break;
        }
        seen.push(&next.claim);
        at = next;
    }
    at
}

/// The figure of a claim as it was said, with its ends.
fn figure(question: &QuestionRecord, claim: &ClaimRecord) -> Json {
    let mut value = Map::from_iter([
        ("@type".to_owned(), Json::from("QuantitativeValue")),
        ("name".to_owned(), question.id.as_str().into()),
        ("valueReference".to_owned(), claim.bound.into()),
    ]);
    match (claim.low, claim.high) {
        (Some(low), Some(high)) if low == high => _ = value.insert("value".to_owned(), low.into()),
        (low, high) => {
            value.extend(low.map(|low| ("minValue".to_owned(), low.into())));
            value.extend(high.map(|high| ("maxValue".to_owned(), high.into())));
        }
    }
    value.extend(claim.unit.as_deref().map(|unit| ("unitText".to_owned(), unit.into())));
    Json::Object(value)
}

/// The range of the question.
fn range(question: &QuestionRecord) -> Json {
    let mut about = Map::from_iter([
        ("@type".to_owned(), Json::from("Observation")),
        ("identifier".to_owned(), question.id.as_str().into()),
        ("name".to_owned(), question.heading().into()),
        ("measurementMethod".to_owned(), "90 % range and median, method origins".into()),
    ]);
    if let Some(range) = &question.range {
        let numbers = [("minValue", "q05"), ("value", "q50"), ("maxValue", "q95")];
        about.extend(numbers.map(|(name, quantile)| (name.to_owned(), range.quantile(quantile).into())));
    }
    about.extend(question.unit.as_deref().map(|unit| ("unitText".to_owned(), unit.into())));
    about.extend(question.as_of.as_deref().map(|date| ("observationDate".to_owned(), date.into())));
    Json::Object(about)
}
