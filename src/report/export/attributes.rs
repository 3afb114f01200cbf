//! What is said of nodes and links: the names, types and meanings that GraphML and JSON share.

use super::record::{NetworkLink, NetworkNode};

/// The value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Absent,
    Text(&'a str),
    Number(f64),
    Count(usize),
    Flag(bool),
    List(&'a [String]),
}

/// The type of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Number,
    Count,
    Flag,
    List,
}

/// Something said of a node or link.
pub struct Attribute<F> {
    pub name: &'static str,
    pub meaning: &'static str,
    pub of_type: Type,
    pub value: F,
}

type OfNode = for<'a> fn(&'a NetworkNode) -> Value<'a>;
type OfLink = for<'a> fn(&'a NetworkLink<'_>) -> Value<'a>;

const fn node(name: &'static str, of_type: Type, value: OfNode, meaning: &'static str) -> Attribute<OfNode> {
    Attribute { name, meaning, of_type, value }
}

const fn link(name: &'static str, of_type: Type, value: OfLink, meaning: &'static str) -> Attribute<OfLink> {
    Attribute { name, meaning, of_type, value }
}

/// Attributes of nodes, after the id. A new one is a line here and one in `schemas/graph.schema.json`.
#[rustfmt::skip]
pub const OF_NODES: &[Attribute<OfNode>] = &[
    node("question", Type::Text, |n| Value::Text(&n.question), "id of the question"),
    node("label", Type::Text, |n| Value::Text(&n.label), "text to show"),
    node("kind", Type::Text, |n| Value::Text(n.kind), "claim of the case, implied claim of a source, or anonymous party"),
    node("claim", Type::Text, |n| Value::Text(&n.claim), "id of the claim, or of the first that mentions the party"),
    node("speaker", Type::Text, |n| Value::Text(&n.speaker), "who printed or said it"),
    node("source_kind", Type::Text, |n| Value::Text(n.source_kind.name()), "kind of source"),
    node("named", Type::Flag, |n| Value::Flag(n.is_named), "whether the speaker has a name"),
    node("estimate", Type::Text, |n| text(n.estimate.as_deref()), "figure as it was said; of a party, as the mention has it"),
    node("bound", Type::Text, |n| Value::Text(n.bound.name()), "how the figure was bounded"),
    node("low", Type::Number, |n| number(n.low), "lower end of what was said; none if open"),
    node("high", Type::Number, |n| number(n.high), "upper end of what was said; none if open"),
    node("unit", Type::Text, |n| text(n.unit.as_deref()), "unit of the figure"),
    node("published", Type::Text, |n| text(n.published.as_deref()), "date of the claim"),
    node("as_of", Type::Text, |n| text(n.as_of.as_deref()), "date that the figure refers to"),
    node("status", Type::Text, |n| text(n.status), "status of the claim"),
    node("standing", Type::Text, |n| Value::Text(n.standing), "whether it stands behind the range"),
    node("why", Type::Text, |n| text(n.why.as_deref()), "why it is left out"),
    node("is_origin", Type::Flag, |n| Value::Flag(n.is_origin), "whether a chain ends here"),
    node("origin_count", Type::Count, |n| Value::Count(n.origin_count), "number of origins of the figure"),
    node("origins", Type::List, |n| Value::List(&n.origins), "ids of the nodes of those origins, at most 50"),
    node("drift", Type::List, |n| Value::List(&n.drift), "what changed in the claim against something that it has no link to"),
    node("url", Type::Text, |n| text(n.url.as_deref()), "address of the evidence"),
];

/// Attributes of links, after source and target.
#[rustfmt::skip]
pub const OF_LINKS: &[Attribute<OfLink>] = &[
    link("kind", Type::Text, |l| Value::Text(l.kind), "how the link was made"),
    link("basis", Type::Text, |l| Value::Text(if l.is_inferred { "inferred" } else { "stated" }), "stated by the text, or inferred by the analyst"),
    link("cue", Type::Text, |l| text(l.cue.as_deref()), "words of attribution"),
    link("by", Type::Text, |l| Value::Text(&l.by), "id of the claim whose row states the link"),
    link("drift", Type::List, |l| Value::List(&l.drift), "what changed between the two"),
];

fn text(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Absent, Value::Text)
}

fn number(number: Option<f64>) -> Value<'static> {
    number.map_or(Value::Absent, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value as Json;

    /// What the published schema says of nodes or edges, without the id or the ends.
    fn published(items: &str, but: &[&str]) -> Vec<(String, String, bool)> {
        let text = include_str!("../../../schemas/graph.schema.json");
        let schema: Json = serde_json::from_str(text).unwrap();
        let properties = schema["$defs"][items]["properties"].as_object().unwrap();
        let required = schema["$defs"][items]["required"].as_array().unwrap();
        assert!(properties.keys().all(|name| required.contains(&Json::from(name.as_str()))));
        let kept = properties.iter().filter(|(name, _)| !but.contains(&name.as_str()));
        let is_list = |property: &Json| property["type"] == "array";
        kept.map(|(name, p)| (name.clone(), p["description"].as_str().unwrap().to_owned(), is_list(p))).collect()
    }

    #[test]
    fn the_published_schema_has_every_attribute_in_order_with_its_meaning() {
        let said = |name: &str, meaning: &str, of_type| (name.to_owned(), meaning.to_owned(), of_type == Type::List);
        let nodes: Vec<_> = OF_NODES.iter().map(|a| said(a.name, a.meaning, a.of_type)).collect();
        assert_eq!(published("node", &["id"]), nodes);
        let links: Vec<_> = OF_LINKS.iter().map(|a| said(a.name, a.meaning, a.of_type)).collect();
        assert_eq!(published("edge", &["source", "target"]), links);
    }
}
