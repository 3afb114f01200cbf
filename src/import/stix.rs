//! STIX 2.1 bundles: reports, their notes, and opinions on them.
//!
//! A note of our own export holds its claim in a property extension and comes back as it was. Of
//! others the abstract is read where it is a figure as a whole; running text is not searched.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Row, party};
use super::json::{Document, Json};
use crate::ingest::{Decimal, Problems, Severity, read_estimate};
use crate::report::export::stix::extension_id;

/// Cells of claims.csv that the extension holds as they are.
const CLAIM_CELLS: &[&str] = &[
    "claim",
    "question",
    "publisher",
    "estimate",
    "unit",
    "via",
    "cue",
    "published",
    "as_of",
    "status",
    "scope",
    "revises",
    "basis",
    "url",
    "archive",
    "locator",
    "note",
];
const QUESTION_CELLS: &[&str] =
    &["question", "unit", "measure", "scale", "min", "max", "place", "opened", "closed", "group", "note"];
const SETTLED_CELLS: &[&str] = &["value", "low", "high", "resolved", "authority", "url", "note"];
const SOURCE_CELLS: &[&str] = &["source", "parent", "country", "reliability"];

/// The objects of a bundle.
struct Bundle<'a> {
    /// by id
    objects: BTreeMap<String, Json<'a>>,
    /// by type, in order of id
    kinds: BTreeMap<String, Vec<Json<'a>>>,
    /// the report that holds an object, or else that a note is about
    holders: BTreeMap<String, String>,
    /// reports that hold notes
    with_notes: BTreeSet<String>,
    /// the question of each report
    questions: BTreeMap<String, String>,
    /// notes and reports that an opinion disagrees with
    disputed: BTreeSet<String>,
    extension: String,
}

/// Reads a bundle.
pub fn read(text: &str, file: &str, draft: &mut Draft, problems: &mut Problems) {
    let document = Document::new(text, file);
    let Some(json) = document.value(problems) else { return };
    let Some(objects) = json.get("objects").filter(|_| json.text_of("type") == "bundle") else {
        json.report(
            problems,
            Severity::Error,
            "this is no STIX bundle",
            "a bundle is an object with a list of `objects`",
        );
        return;
    };
    let mut found: BTreeMap<String, Json<'_>> = BTreeMap::new();
    for object in objects.items() {
        let (id, kind) = (object.text_of("id"), object.text_of("type"));
        if !object.is_object() || kind.is_empty() || !id.starts_with(&format!("{kind}--")) {
            object.report(problems, Severity::Error, "an object without a type and an id that fit", "give it both");
            continue;
        }
        found.insert(id, object);
    }
    let bundle = Bundle::of_objects(found);
    for &object in bundle.of("identity") {
        bundle.source(object, draft);
    }
    for &object in bundle.of("report") {
        draft.question(bundle.question(object));
        bundle.settled(object, draft);
    }
    for &object in bundle.of("note") {
        bundle.note(object, draft, problems);
    }
    for &object in bundle.of("report") {
        bundle.report(object, draft, problems);
    }
    for &object in bundle.of("opinion") {
        bundle.opinion(object, draft, problems);
    }
}

impl<'a> Bundle<'a> {
    fn of_objects(objects: BTreeMap<String, Json<'a>>) -> Bundle<'a> {
        let mut bundle = Bundle {
            objects,
            kinds: BTreeMap::new(),
            holders: BTreeMap::new(),
            with_notes: BTreeSet::new(),
            questions: BTreeMap::new(),
            disputed: BTreeSet::new(),
            extension: extension_id(),
        };
        for object in bundle.objects.values() {
            bundle.kinds.entry(object.text_of("type")).or_default().push(*object);
        }
        for report in bundle.of("report").to_vec() {
            let id = report.text_of("id");
            let question = bundle.question(report).get("question").to_owned();
            bundle.questions.insert(id.clone(), question);
            for held in refs(report) {
                bundle.holders.entry(held).or_insert_with(|| id.clone());
            }
        }
        for note in bundle.of("note").to_vec() {
            let id = note.text_of("id");
            let about = refs(note).into_iter().find(|about| bundle.questions.contains_key(about));
            if let Some(holder) = bundle.holders.get(&id).cloned().or(about) {
                bundle.with_notes.insert(holder.clone());
                bundle.holders.insert(id, holder);
            }
        }
        for opinion in bundle.of("opinion").to_vec() {
            if matches!(&*opinion.text_of("opinion"), "disagree" | "strongly-disagree") {
                bundle.disputed.extend(refs(opinion));
            }
        }
        bundle
    }

    /// The objects of a type, in order of id.
    fn of(&self, kind: &str) -> &[Json<'a>] {
        self.kinds.get(kind).map_or(&[], Vec::as_slice)
    }

    /// What our own export adds to an object.
    fn own(&self, object: Json<'a>) -> Option<Json<'a>> {
        object.get("extensions")?.get(&self.extension)
    }

    fn source(&self, object: Json<'a>, draft: &mut Draft) {
        let Some(own) = self.own(object) else { return };
        // A source that only claims name is made again from them.
        if own.get("source").is_none() || own.text_of("declared") == "false" {
            return;
        }
        let mut row = Row::new(object.place()).with("name", object.text_of("name"));
        for cell in SOURCE_CELLS {
            row.set(cell, own.text_of(cell));
        }
        if own.text_of("kind_guessed") != "true" {
            row.set("kind", own.text_of("kind"));
        }
        row.set("party", if own.text_of("party") == "true" { "yes" } else { "" });
        row.set("aliases", list(own, "aliases"));
        row.set("note", object.text_of("description"));
        draft.source(row);
    }

    /// The question that a report is about: that of our export, or the report itself.
    fn question(&self, report: Json<'a>) -> Row {
        let row = Row::new(report.place()).with("title", report.text_of("name"));
        match self.own(report) {
            Some(own) => {
                let mut row = QUESTION_CELLS.iter().fold(row, |row, cell| row.with(cell, own.text_of(cell)));
                if row.get("title") == row.get("question") {
                    row.set("title", "");
                }
                row
            }
            None => row.with("question", report.text_of("id")),
        }
    }

    /// The settled value of a question of our export.
    fn settled(&self, report: Json<'a>, draft: &mut Draft) {
        let Some((own, settled)) = self.own(report).and_then(|own| Some((own, own.get("settled")?))) else { return };
        let row = Row::new(report.place()).with("question", own.text_of("question"));
        draft.resolutions.push(SETTLED_CELLS.iter().fold(row, |row, cell| row.with(cell, settled.text_of(cell))));
    }

    fn note(&self, object: Json<'a>, draft: &mut Draft, problems: &mut Problems) {
        if let Some(own) = self.own(object) {
            if own.get("claim").is_some() {
                Bundle::own_claim(object, own, draft, problems);
            }
            // A party that is credited without a claim of its own comes back through the chain.
            return;
        }
        let Some(report) = self.holders.get(&object.text_of("id")) else {
            let what = "a note on no report of the bundle, left out";
            object.report(problems, Severity::Warning, what, "put it into the `object_refs` of a report");
            return;
        };
        let said = object.text_of("abstract");
        let estimate = Bundle::figure(object, &said, problems);
        let mut row = self.claim(object, report, &estimate);
        row.set("note", object.text_of("content"));
        draft.claim(row);
    }

    /// A report without notes is a claim without a number, so that opinions have what they are about.
    fn report(&self, object: Json<'a>, draft: &mut Draft, problems: &mut Problems) {
        let id = object.text_of("id");
        if self.with_notes.contains(&id) || self.own(object).is_some() {
            return;
        }
        let estimate = Bundle::figure(object, &object.text_of("description"), problems);
        let mut row = self.claim(object, &id, &estimate);
        if estimate == "unknown" {
            row.set("note", object.text_of("description"));
        }
        draft.claim(row);
    }

    /// An opinion is a claim without a number: who agrees or disagrees, and why.
    fn opinion(&self, object: Json<'a>, draft: &mut Draft, problems: &mut Problems) {
        let is_own = self.author(object) == "sayso";
        let about = refs(object).into_iter().find(|id| self.objects.contains_key(id)).unwrap_or_default();
        let report = if self.questions.contains_key(&about) { Some(&about) } else { self.holders.get(&about) };
        let (Some(report), false) = (report, is_own) else {
            if !is_own {
                let what = "an opinion on nothing that stands in a report of the bundle, left out";
                object.report(problems, Severity::Warning, what, "put what it is about into the bundle");
            }
            return;
        };
        let mut row = self.claim(object, report, "unknown");
        row.set("note", format!("{} with {about}: {}", object.text_of("opinion"), object.text_of("explanation")));
        draft.claim(row);
    }

    /// What every claim has, by the properties that all objects share.
    fn claim(&self, object: Json<'a>, report: &str, estimate: &str) -> Row {
        let id = object.text_of("id");
        let time = [object.text_of("published"), object.text_of("modified"), object.text_of("created")];
        let day = time.iter().find_map(|time| time.get(..10)).unwrap_or_default();
        let disputed = if self.disputed.contains(&id) { "disputed" } else { "" };
        let status = if object.text_of("revoked") == "true" { "retracted" } else { disputed };
        let url =
            object.get("external_references").and_then(|list| list.items().into_iter().find_map(|r| r.get("url")));
        Row::new(object.place())
            .with("claim", &*id)
            .with("question", self.questions.get(report).map_or("", String::as_str))
            .with("publisher", party(&self.author(object)))
            .with("estimate", estimate)
            .with("published", day)
            .with("status", status)
            .with("url", url.and_then(Json::text).unwrap_or_default())
            .with("credibility", credibility(object))
    }

    fn own_claim(object: Json<'a>, own: Json<'a>, draft: &mut Draft, problems: &mut Problems) {
        let mut row = Row::new(object.place());
        for cell in CLAIM_CELLS {
            row.set(cell, own.text_of(cell));
        }
        row.set("cites", list(own, "cites"));
        row.set("inferred", list(own, "inferred"));
        row.set("credibility", credibility(object));
        if let Some(interval) = own.get("interval") {
            for cell in ["low", "high", "level"] {
                row.set(cell, interval.text_of(cell));
            }
        }
        for cell in ["claim", "question", "publisher", "estimate"] {
            if row.get(cell).is_empty() {
                let what = format!("a claim without `{cell}`");
                own.report(problems, Severity::Error, what, "write it, or leave the extension out");
            }
        }
        if let Err(error) = read_estimate(row.get("estimate"), Decimal::Point)
            && !row.get("estimate").is_empty()
        {
            let value = own.get("estimate").unwrap_or(own);
            value.report(problems, Severity::Error, error.what, &error.remedy);
        }
        draft.claim(row);
    }

    /// A text as an estimate where it is one as a whole; else "unknown", which is noted.
    fn figure(object: Json<'a>, said: &str, problems: &mut Problems) -> String {
        if !said.trim().is_empty() && read_estimate(said, Decimal::Point).is_ok() {
            return said.to_owned();
        }
        let what = format!("no figure in {}; taken as a claim without a number", object.text_of("id"));
        object.report(problems, Severity::Assumed, what, "write the figure as the `abstract`");
        "unknown".to_owned()
    }

    /// Who made an object: its first author, or the identity that created it.
    fn author(&self, object: Json<'a>) -> String {
        let author = object.get("authors").and_then(|authors| authors.items().first().and_then(|author| author.text()));
        let creator = || Some(self.objects.get(&object.text_of("created_by_ref"))?.text_of("name"));
        let name = author.or_else(creator).filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| "anonymous".to_owned())
    }
}

fn refs(object: Json<'_>) -> Vec<String> {
    object.get("object_refs").map_or_else(Vec::new, |list| list.items().into_iter().filter_map(Json::text).collect())
}

/// A list of texts as one cell.
fn list(object: Json<'_>, name: &str) -> String {
    let items = object.get(name).map(Json::items).unwrap_or_default();
    items.into_iter().filter_map(Json::text).collect::<Vec<_>>().join(";")
}

/// The Admiralty grade of a confidence, by the ranges of the specification's appendix.
fn credibility(object: Json<'_>) -> &'static str {
    match object.get("confidence").and_then(Json::number) {
        Some(80.0..=100.0) => "1",
        Some(60.0..80.0) => "2",
        Some(40.0..60.0) => "3",
        Some(20.0..40.0) => "4",
        Some(0.0..20.0) => "5",
        _ => "",
    }
}
