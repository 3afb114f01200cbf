//! Node-link JSON, for networkx (`node_link_graph`) and D3. `schemas/graph.schema.json` is its schema.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::attributes::{OF_LINKS, OF_NODES, Value};
use super::network::{Cluster, Network};
use crate::graph::ClaimGraph;

/// Writes the graphs as one, a line for each node and each edge. Values that are not given are `null`.
///
/// # Errors
/// Where `out` fails.
pub fn write(graphs: &[ClaimGraph<'_>], out: &mut dyn Write) -> io::Result<()> {
    let network = Network::new(graphs);
    let questions: Vec<Json> = network.clusters.iter().map(question).collect();
    write!(out, "{{\n\"directed\": true,\n\"multigraph\": false,\n\"graph\": ")?;
    let about = json!({
        "name": "sayso",
        "schema": "graph.schema.json",
        "as_of": network.as_of(),
        "questions": questions,
    });
    serde_json::to_writer(&mut *out, &about)?;
    write!(out, ",\n\"nodes\": ")?;
    let nodes = network.nodes().map(|node| {
        let mut object = Map::from_iter([("id".to_owned(), Json::from(&*node.id))]);
        object.extend(OF_NODES.iter().map(|attribute| (attribute.name.to_owned(), value((attribute.value)(&node)))));
        object
    });
    list(out, nodes)?;
    write!(out, ",\n\"edges\": ")?;
    let links = network.links().map(|link| {
        let ends = [("source", link.source), ("target", link.target)];
        let mut object: Map<String, Json> =
            ends.map(|(name, id)| (name.to_owned(), Json::from(id))).into_iter().collect();
        object.extend(OF_LINKS.iter().map(|attribute| (attribute.name.to_owned(), value((attribute.value)(&link)))));
        object
    });
    list(out, links)?;
    writeln!(out, "\n}}")
}

fn question(cluster: &Cluster<'_>) -> Json {
    let (question, account) = (cluster.question(), cluster.account());
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "id": &*question.id,
        "title": given(&question.title),
        "unit": given(&question.unit),
        "as_of": account.sought.map(|date| date.to_string()),
        "claims": account.claims,
        "numbers": account.numbers,
        "publications": account.publications,
        "origins": account.origins,
        "anonymous_origins": account.anonymous_origins,
        "left_out": account.left_out.len(),
    })
}

/// An array with a line for each item.
fn list(out: &mut dyn Write, items: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    write!(out, "[")?;
    let mut is_empty = true;
    for item in items {
        write!(out, "{}", if is_empty { "\n  " } else { ",\n  " })?;
        serde_json::to_writer(&mut *out, &item)?;
        is_empty = false;
    }
    write!(out, "{}", if is_empty { "]" } else { "\n]" })
}

fn value(value: Value<'_>) -> Json {
    match value {
        Value::Absent => Json::Null,
        Value::Text(text) => Json::from(text),
        Value::Number(number) => serde_json::Number::from_f64(number).map_or(Json::Null, Json::Number),
        Value::Count(count) => Json::from(count),
        Value::Flag(flag) => Json::from(flag),
        Value::List(parts) => Json::from(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_as_it_was() {
        let odd = "\"<script>\\ \r\n\u{0}\u{1b}]]>\u{2028}\u{202e}سوريا 🇰🇵";
        let mut out = Vec::new();
        list(&mut out, [value(Value::Text(odd)), value(Value::Number(f64::INFINITY))].into_iter()).unwrap();
        assert_eq!(serde_json::from_slice::<Json>(&out).unwrap(), json!([odd, null]));
        assert_eq!(String::from_utf8(out).unwrap().lines().count(), 4);
    }
}
