//! A STIX 2.1 bundle: an identity for each source, a report for each question, a note for each claim
//! and for each party that is credited without one, `derived-from` for each link, and an opinion for
//! what the case or a rule has against a claim.
//!
//! Ids are made from the contents (UUID version 5) and times come from the case, so that the same
//! case gives the same bytes. What STIX has no property for stands in a property extension.
//! `confidence` follows the Admiralty scale of the specification's appendix; grade 6, which cannot
//! be judged, has no value there and is left out, as is grade F of a source.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};
use sha1::{Digest, Sha1};
use uuid::{Builder, Uuid};

use super::address::web;
use super::dossier::{ClaimRecord, Dossier, PartyRecord, QuestionRecord, SourceRecord, via_text};

/// The namespace of all ids, made once and for all from the name of the project.
const NAMESPACE: Uuid = Uuid::from_u128(0x5f1c_31a6_8c5e_5d0b_9d0e_7a53_3f1d_2c84);

/// The time of what the case has no date for.
const NO_TIME: &str = "1970-01-01T00:00:00.000Z";

/// Writes the bundle, an object a line.
///
/// # Errors
/// Where `out` fails.
pub fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let objects = Bundle::of(dossier);
    let ids: Vec<&str> = objects.iter().filter_map(|object| object["id"].as_str()).collect();
    write!(out, "{{\"type\": \"bundle\", \"id\": \"{}\", \"objects\": [", id("bundle", &ids))?;
    for (at, object) in objects.iter().enumerate() {
        write!(out, "{}", if at == 0 { "\n" } else { ",\n" })?;
        serde_json::to_writer(&mut *out, object)?;
    }
    writeln!(out, "\n]}}")
}

/// The id of the extension that holds what STIX has no property for.
#[must_use]
pub fn extension_id() -> String {
    id("extension-definition", &["sayso", "1"])
}

/// The value of an Admiralty credibility on the scale of the appendix; none for 6.
#[must_use]
pub fn confidence(credibility: u8) -> Option<u8> {
    match credibility {
        1 => Some(90),
        2 => Some(70),
        3 => Some(50),
        4 => Some(30),
        5 => Some(10),
        _ => None,
    }
}

/// `note--` and a UUID made from the parts; a separator that no part can hold keeps them apart.
fn id(kind: &str, parts: &[&str]) -> String {
    let mut name = kind.to_owned();
    for part in parts {
        name.push('\u{0}');
        name.push_str(&part.replace('\u{0}', "\u{fffd}"));
    }
    let hash = Sha1::new().chain_update(NAMESPACE.as_bytes()).chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    format!("{kind}--{}", Builder::from_sha1_bytes(bytes).into_uuid())
}

struct Bundle {
    objects: Vec<Json>,
    /// ids of the sources' identities
    identities: BTreeMap<String, String>,
    /// id of our own
    own: String,
    /// what the words of probability mean
    words: Option<String>,
}

impl Bundle {
    fn of(dossier: &Dossier) -> Vec<Json> {
        let own = id("identity", &["sayso"]);
        let mut bundle = Bundle { objects: Vec::new(), identities: BTreeMap::new(), own, words: dossier.words.clone() };
        bundle.own_identity();
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        for claim in dossier.questions.iter().flat_map(|question| &question.claims) {
            if let Some(date) = claim.published.as_deref() {
                let known = first.entry(&claim.publisher).or_insert(date);
                *known = date.min(known);
            }
        }
        for source in &dossier.sources {
            bundle.source(source, first.get(&*source.id).copied());
        }
        for question in &dossier.questions {
            bundle.question(question);
        }
        bundle.objects
    }

    fn own_identity(&mut self) {
        self.objects.push(json!({
            "type": "identity", "spec_version": "2.1", "id": self.own, "created": NO_TIME, "modified": NO_TIME,
            "name": "sayso", "identity_class": "system",
        }));
        self.objects.push(json!({
            "type": "extension-definition", "spec_version": "2.1", "id": extension_id(), "created_by_ref": self.own,
            "created": NO_TIME, "modified": NO_TIME, "name": "sayso",
            "description": "Figures with their bounds, chains and ranges, as the columns of a case name them",
            "schema": "schemas/analysis.schema.json of sayso",
            "version": "1.0.0", "extension_types": ["property-extension"],
        }));
    }

    fn source(&mut self, source: &SourceRecord, first: Option<&str>) {
        let class = match source.kind {
            "official" | "person" => "individual",
            "anonymous" => "unknown",
            _ => "organization",
        };
        let id = id("identity", &[&source.id, &source.name]);
        let time = time(first);
        let mut object = json!({
            "type": "identity", "spec_version": "2.1", "id": id, "created": time, "modified": time,
            "name": source.name, "identity_class": class,
        });
        describe(&mut object, "description", source.note.as_deref());
        // F means that reliability cannot be judged: no value rather than a middling one.
        let reliability = source.reliability.filter(|grade| *grade != "F");
        extend(
            &mut object,
            &json!({
                "source": source.id, "kind": source.kind, "kind_guessed": source.kind_guessed,
                "declared": source.declared, "aliases": source.aliases,
                "parent": source.parent, "country": source.country, "party": source.party, "reliability": reliability,
                "reliability_scale": reliability.map(|_| "admiralty"),
            }),
        );
        self.identities.insert(source.id.clone(), id);
        self.objects.push(object);
    }

    fn question(&mut self, question: &QuestionRecord) {
        let report = id("report", &[&question.id, question.heading(), &question.statement]);
        let mut nodes: BTreeMap<&str, String> = BTreeMap::new();
        let mut refs = Vec::new();
        for claim in &question.claims {
            let note =
                id("note", &[&question.id, &claim.node, &claim.publisher, claim.estimate.as_deref().unwrap_or("")]);
            self.claim(question, claim, &note, &report);
            nodes.insert(&claim.node, note.clone());
            refs.push(note);
        }
        for party in &question.parties {
            let note = id("note", &[&question.id, &party.node, &party.name]);
            self.party(question, party, &note, &report);
            nodes.insert(&party.node, note.clone());
            refs.push(note);
        }
        for link in &question.links {
            let (Some(from), Some(to)) = (nodes.get(&*link.from), nodes.get(&*link.to)) else { continue };
            let time = time(question.claim(&link.by).and_then(|claim| claim.published.as_deref()));
            let relationship = id("relationship", &[from, to]);
            let mut object = json!({
                "type": "relationship", "spec_version": "2.1", "id": relationship, "created_by_ref": self.own,
                "created": time, "modified": time, "relationship_type": "derived-from",
                "source_ref": from, "target_ref": to,
            });
            describe(&mut object, "description", link.cue.as_deref());
            extend(&mut object, &json!({ "kind": link.kind, "inferred": link.inferred, "by": link.by }));
            self.objects.push(object);
            refs.push(relationship);
        }
        for claim in &question.claims {
            self.opinions(claim, &nodes, &mut refs);
        }
        if refs.is_empty() {
            refs.push(self.own.clone());
        }
        let latest = question.claims.iter().filter_map(|claim| claim.published.as_deref()).max();
        let time = time(latest.or(question.as_of.as_deref()));
        let mut object = json!({
            "type": "report", "spec_version": "2.1", "id": report, "created_by_ref": self.own, "created": time,
            "modified": time, "name": question.heading(), "description": question.statement, "published": time,
            "object_refs": refs,
        });
        extend(
            &mut object,
            &json!({
                "question": question.id, "unit": question.unit, "measure": question.measure, "scale": question.scale,
                "min": question.min, "max": question.max, "place": question.place, "opened": question.opened,
                "closed": question.closed, "group": question.group, "note": question.note, "as_of": question.as_of,
                "quantiles": question.range.as_ref().map(|range| &range.quantiles),
                "camps": question.range.as_ref().map(|range| &range.camps), "no_range": question.no_range,
                "settled": question.settled, "words": self.words,
            }),
        );
        self.objects.push(object);
    }

    fn claim(&mut self, question: &QuestionRecord, claim: &ClaimRecord, note: &str, report: &str) {
        let time = time(claim.published.as_deref());
        let said = claim.estimate.as_deref().unwrap_or("no number");
        let mut object = json!({
            "type": "note", "spec_version": "2.1", "id": note, "created": time, "modified": time, "abstract": said,
            "content": format!("{}: {said} ({})", claim.publisher_name, question.heading()),
            "authors": [claim.publisher_name], "object_refs": [report],
        });
        describe(&mut object, "created_by_ref", self.identities.get(&claim.publisher).map(String::as_str));
        if let (Some(object), Some(value)) = (object.as_object_mut(), claim.credibility.and_then(confidence)) {
            object.insert("confidence".to_owned(), value.into());
        }
        let references: Vec<Json> = [("publication", &claim.url), ("archived copy", &claim.archive)]
            .into_iter()
            .filter_map(|(name, url)| Some(json!({ "source_name": name, "url": web(url.as_deref()?)? })))
            .collect();
        if let (Some(object), false) = (object.as_object_mut(), references.is_empty()) {
            object.insert("external_references".to_owned(), references.into());
        }
        extend(
            &mut object,
            &json!({
                "question": question.id, "claim": claim.claim, "publisher": claim.byline.as_ref().unwrap_or(&claim.publisher_name),
                "estimate": claim.estimate.as_deref().unwrap_or("unknown"), "bound": claim.bound, "low": claim.low,
                "high": claim.high, "interval": claim.interval, "unit": claim.unit, "via": via_text(&claim.via),
                "cites": claim.cites, "cue": claim.cue, "published": claim.published, "as_of": claim.as_of,
                "status": claim.status, "scope": claim.scope, "revises": claim.revises, "inferred": claim.inferred,
                "basis": claim.basis, "url": claim.url, "archive": claim.archive, "locator": claim.locator, "note": claim.note,
                "standing": claim.standing, "why": claim.why, "chain": claim.chain,
                "confidence_scale": claim.credibility.and_then(confidence).map(|_| "admiralty_credibility"),
            }),
        );
        self.objects.push(object);
    }

    fn party(&mut self, question: &QuestionRecord, party: &PartyRecord, note: &str, report: &str) {
        let by = question.claim(&party.claim);
        let time = time(by.and_then(|claim| claim.published.as_deref()));
        let known = party.source.as_ref().and_then(|source| self.identities.get(source)).cloned();
        let author = known.unwrap_or_else(|| self.mention(question, party, &time));
        let said = party.estimate.as_deref().unwrap_or("no number");
        let mut object = json!({
            "type": "note", "spec_version": "2.1", "id": note, "created_by_ref": author, "created": time,
            "modified": time, "abstract": said,
            "content": format!("{}, credited by {}: {said}", party.name, party.claim), "authors": [party.name],
            "object_refs": [report],
        });
        extend(
            &mut object,
            &json!({ "question": question.id, "party": party.kind, "named": party.named, "by": party.claim }),
        );
        self.objects.push(object);
    }

    /// The identity of a party without a name: one of its own, since it belongs to its mention.
    fn mention(&mut self, question: &QuestionRecord, party: &PartyRecord, time: &str) -> String {
        let identity = id("identity", &[&question.id, &party.node, &party.name]);
        let mut object = json!({
            "type": "identity", "spec_version": "2.1", "id": identity, "created": time, "modified": time,
            "name": party.name, "identity_class": "unknown",
        });
        extend(&mut object, &json!({ "kind": "anonymous", "mention": party.node }));
        self.objects.push(object);
        identity
    }

    /// A disputed claim, and an attribution or identity that changed, are disagreed with; other
    /// changes on the way are noted without a side.
    fn opinions(&mut self, claim: &ClaimRecord, nodes: &BTreeMap<&str, String>, refs: &mut Vec<String>) {
        let Some(note) = nodes.get(&*claim.node) else { return };
        let disputed = (claim.status == "disputed").then_some(("disagree", "the case marks this claim as disputed"));
        let drifts = claim.drift.iter().map(|drift| {
            let is_about_who = drift.starts_with("attribution") || drift.starts_with("identity");
            (if is_about_who { "disagree" } else { "neutral" }, drift.as_str())
        });
        let time = time(claim.published.as_deref());
        for (opinion, explanation) in disputed.into_iter().chain(drifts) {
            let id = id("opinion", &[note, opinion, explanation]);
            self.objects.push(json!({
                "type": "opinion", "spec_version": "2.1", "id": id, "created_by_ref": self.own, "created": time,
                "modified": time, "opinion": opinion, "explanation": explanation, "object_refs": [note],
            }));
            refs.push(id);
        }
    }
}

/// A property with a text, where there is one.
fn describe(object: &mut Json, name: &str, text: Option<&str>) {
    if let (Some(object), Some(text)) = (object.as_object_mut(), text.filter(|text| !text.is_empty())) {
        object.insert(name.to_owned(), text.into());
    }
}

/// Adds the extension, without what is not given: STIX knows no null and no empty list.
fn extend(object: &mut Json, properties: &Json) {
    let is_given = |value: &Json| match value {
        Json::Null => false,
        Json::Array(items) => !items.is_empty(),
        Json::String(text) => !text.is_empty(),
        _ => true,
    };
    let mut extension = Map::from_iter([("extension_type".to_owned(), Json::from("property-extension"))]);
    if let Some(properties) = properties.as_object() {
        let given = properties.iter().filter(|(_, value)| is_given(value));
        extension.extend(given.map(|(name, value)| (name.clone(), value.clone())));
    }
    if let Some(object) = object.as_object_mut() {
        object.insert("extensions".to_owned(), json!({ extension_id(): extension }));
    }
}

/// Midnight of the first day that a date may mean.
fn time(date: Option<&str>) -> String {
    let Some(date) = date else { return NO_TIME.to_owned() };
    let rest = match date.len() {
        4 => "-01-01",
        7 => "-01",
        _ => "",
    };
    format!("{date}{rest}T00:00:00.000Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_from_the_contents_alone() {
        assert_eq!(id("note", &["a", "b"]), id("note", &["a", "b"]));
        assert_ne!(id("note", &["a", "b"]), id("note", &["ab"]));
        assert_ne!(id("note", &["a", "b"]), id("note", &["a\u{0}b"]));
        assert_eq!(&id("note", &[])[20..21], "5");
    }

    #[test]
    fn what_cannot_be_judged_has_no_confidence() {
        assert_eq!(
            (0..=6).map(confidence).collect::<Vec<_>>(),
            [None, Some(90), Some(70), Some(50), Some(30), Some(10), None]
        );
    }

    #[test]
    fn times_are_the_first_moment_of_their_date() {
        assert_eq!(time(Some("2025-02")), "2025-02-01T00:00:00.000Z");
        assert_eq!(time(Some("2025")), "2025-01-01T00:00:00.000Z");
        assert_eq!(time(None), NO_TIME);
    }
}
