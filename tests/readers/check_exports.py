"""Reads the exports of one graph with programs that know nothing of sayso, and compares them.

    python check_exports.py FOLDER SCHEMA

FOLDER holds graph.json, graph.graphml and graph.dot of the same case. The JSON is checked against
its schema and read by networkx; GraphML and DOT, read by networkx and pydot, must hold the same
nodes, links and attributes. Graphviz reads the DOT too where it is installed. Exits with 1 and
says what differs.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import networkx
import pydot

# What XML 1.0 forbids and GraphML therefore leaves out.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def fail(message):
    sys.exit(f"check_exports: {message}")


def check_schema(data, schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = sorted(jsonschema.Draft202012Validator(schema).iter_errors(data), key=str)
    if errors:
        fail("\n".join(f"{error.json_path}: {error.message}" for error in errors[:10]))


def as_graphml(value):
    """A value of the JSON as GraphML holds it; None where it holds nothing."""
    if isinstance(value, list):
        value = "; ".join(value) or None
    return FORBIDDEN.sub("", value) if isinstance(value, str) else value


def expected(attributes):
    written = {name: as_graphml(value) for name, value in attributes.items()}
    return {name: value for name, value in written.items() if value is not None}


def compare(what, ours, theirs):
    for key in set(ours) | set(theirs):
        if key not in theirs:
            fail(f"{what}: {key} is missing")
        if key not in ours:
            fail(f"{what}: {key} is not in the JSON")
        if ours[key] != theirs[key]:
            fail(f"{what}: {key}: {ours[key]} in the JSON, {theirs[key]} here")
        for name, value in ours[key].items():
            if type(value) is not type(theirs[key][name]):
                fail(f"{what}: {key}: {name} is a {type(theirs[key][name]).__name__}")


def check_graphml(graph, path):
    other = networkx.read_graphml(path)
    if not other.is_directed() or other.is_multigraph():
        fail("GraphML: not a simple directed graph")
    nodes = {node: expected(attributes) for node, attributes in graph.nodes(data=True)}
    compare("GraphML node", nodes, dict(other.nodes(data=True)))
    links = {(a, b): expected(attributes) for a, b, attributes in graph.edges(data=True)}
    compare("GraphML edge", links, {(a, b): attributes for a, b, attributes in other.edges(data=True)})


def unquoted(name):
    return name[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def check_dot(graph, path, questions):
    parsed = pydot.graph_from_dot_file(str(path), encoding="utf-8")
    if not parsed or len(parsed) != 1:
        fail("DOT: not one graph")
    clusters = parsed[0].get_subgraphs()
    if len(clusters) != questions:
        fail(f"DOT: {len(clusters)} clusters for {questions} questions")
    nodes = [unquoted(node.get_name()) for cluster in clusters for node in cluster.get_nodes()]
    if sorted(nodes) != sorted(graph.nodes):
        fail(f"DOT: nodes differ: {sorted(set(nodes) ^ set(graph.nodes))[:5]}")
    ends = [(link.get_source(), link.get_destination()) for cluster in clusters for link in cluster.get_edges()]
    links = [(unquoted(source), unquoted(target)) for source, target in ends]
    if sorted(links) != sorted(graph.edges):
        fail(f"DOT: links differ: {sorted(set(links) ^ set(graph.edges))[:5]}")


def check_graphviz(graph, path):
    """What Graphviz makes of the DOT. Says whether it is installed."""
    dot = shutil.which("dot")
    if dot is None:
        return False
    run = subprocess.run([dot, "-Tjson0", str(path)], capture_output=True, text=True, encoding="utf-8", check=False)
    if run.returncode != 0 or run.stderr.strip():
        fail(f"Graphviz: {run.stderr.strip()}")
    drawn = json.loads(run.stdout)
    nodes = [part["name"] for part in drawn.get("objects", [])]
    nodes = [name for name in nodes if not name.startswith("cluster_")]
    if sorted(nodes) != sorted(graph.nodes):
        fail(f"Graphviz: nodes differ: {sorted(set(nodes) ^ set(graph.nodes))[:5]}")
    if len(drawn.get("edges", [])) != graph.number_of_edges():
        fail("Graphviz: another number of links")
    return True


def main():
    folder, schema = Path(sys.argv[1]), Path(sys.argv[2])
    data = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
    check_schema(data, json.loads(schema.read_text(encoding="utf-8")))
    graph = networkx.node_link_graph(data, edges="edges")
    if (graph.number_of_nodes(), graph.number_of_edges()) != (len(data["nodes"]), len(data["edges"])):
        fail("JSON: a node or link stands twice, or a link names no node")
    check_graphml(graph, folder / "graph.graphml")
    check_dot(graph, folder / "graph.dot", len(data["graph"]["questions"]))
    graphviz = "" if check_graphviz(graph, folder / "graph.dot") else ", without Graphviz"
    print(f"{graph.number_of_nodes()} nodes and {graph.number_of_edges()} links agree{graphviz}")


if __name__ == "__main__":
    main()
