"""Reads the exports of one analysis with programs that know nothing of sayso, and compares them.

    python check_formats.py FOLDER SCHEMA

FOLDER holds an export of the same case in each format: analysis.json, markdown.md, stix.json,
prov.json, claimreview.jsonld, quickstatements.tsv, wikitext.wiki, ged.csv and, where it was built,
parquet.parquet. The analysis is checked against its schema; what the others are documented to keep
of claims, chains and ranges must be in them as it is in the analysis. Exits with 1 and says what
differs.
"""

import csv
import html
import json
import re
import sys
from pathlib import Path

import jsonschema
import mwparserfromhell
import prov.model
import stix2
from markdown_it import MarkdownIt

# White space and what is never shown, as sayso takes them.
SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONFIDENCE = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}


def fail(message):
    sys.exit(f"check_formats: {message}")


def same(what, ours, theirs):
    if ours != theirs:
        fail(f"{what}:\n  {ours!r} went in,\n  {theirs!r} came out")


def line(text):
    """A text as formats for people hold it: on one line, without what is never shown."""
    words = [UNSEEN.sub("", word) for word in SPACE.split(text or "")]
    return " ".join(word for word in words if word)


def said(claim):
    return claim["estimate"] or "no number"


def shown(analysis, claim):
    """The figure as formats for people hold it: of a share, the title of the whole stands for its id."""
    whole = next((q for q in analysis["questions"] if q["id"] == claim["share_of"]), None)
    words = said(claim)
    if whole and whole["title"] and words.endswith(whole["id"]):
        words = f"{words.removesuffix(whole['id'])}“{whole['title']}”"
    return words


def number(text):
    """A number as people read it: 4,530, or 12.3 million."""
    coefficient, _, word = text.replace(",", "").partition(" ")
    return float(coefficient) * {"": 1, "million": 1e6, "billion": 1e9, "trillion": 1e12}[word]


def near(what, quantiles, read):
    """Numbers that are rounded to three digits, or to two of the width of the range."""
    same(f"{what} names", list(quantiles), list(read))
    width = quantiles["q95"] - quantiles["q05"]
    for name, value in quantiles.items():
        if abs(read[name] - value) > max(0.00501 * abs(value), 0.001 * width if abs(value) < 0.001 * width else 0):
            fail(f"{what} {name}: {value} went in, {read[name]} came out")


def is_web(url):
    return bool(re.match(r"\s*https?://.", url or "", re.IGNORECASE))


def every_claim(analysis):
    return [(question, claim) for question in analysis["questions"] for claim in question["claims"]]


def check_markdown(analysis, text):
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    tables, titles, row, title = [], [], None, None
    for at, token in enumerate(tokens):
        if token.type == "inline":
            for child in token.children:
                if child.type == "html_inline":
                    fail(f"Markdown: markup {child.content!r}")
                if child.type == "link_open" and not is_web(child.attrs["href"]):
                    fail(f"Markdown: a link to {child.attrs['href']!r}")
            plain = "".join(child.content for child in token.children if child.type in ("text", "text_special"))
            if tokens[at - 1].type == "heading_open":
                title = plain
                if tokens[at - 1].tag == "h1":
                    titles.append(plain)
            elif row is not None:
                row.append(plain)
        elif token.type == "html_block":
            fail(f"Markdown: markup {token.content!r}")
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            tables.append((len(titles) - 1, title, row))
            row = None
    same("Markdown titles", [line(q["title"] or q["id"]) for q in analysis["questions"]], titles)
    for at, question in enumerate(analysis["questions"]):
        rows = {name: [r for i, t, r in tables if (i, t) == (at, name)] for name in ("Range", "Origins", "Claims")}
        claims = [
            [line(c["claim"]), line(c["published"]), line(c["publisher_name"]), line(shown(analysis, c)),
             line(c["chain"])]
            for c in question["claims"]
        ]
        same("Markdown claims", claims, [row[:5] for row in rows["Claims"][1:]])
        same("Markdown origins", [line(o["name"]) for o in question["origins"]], [r[0] for r in rows["Origins"][1:]])
        quantiles = question["range"] and question["range"]["quantiles"]
        if bool(quantiles) != bool(rows["Range"]):
            fail(f"Markdown range: {quantiles!r} went in, {rows['Range']!r} came out")
        if quantiles:
            near("Markdown range", quantiles, dict(zip(rows["Range"][0], map(number, rows["Range"][1]))))


def check_stix(analysis, text):
    bundle = stix2.parse(text, allow_custom=False)
    objects = {}
    for item in bundle.objects:
        if item["id"] in objects:
            fail(f"STIX: {item['id']} stands twice")
        if item["id"].split("--")[1][14] != "5":
            fail(f"STIX: {item['id']} is not made from its contents")
        objects[item["id"]] = item
    definition = next(i for i, item in objects.items() if item["type"] == "extension-definition")

    def extension(item):
        return item["extensions"][definition]

    for item in objects.values():
        for name in ("object_refs", "source_ref", "target_ref", "created_by_ref"):
            refs = item.get(name, [])
            for ref in [refs] if isinstance(refs, str) else refs:
                if ref not in objects:
                    fail(f"STIX: {item['id']} refers to {ref}, which is not there")
    notes = {(extension(n)["question"], extension(n)["claim"]): n for n in objects.values()
             if n["type"] == "note" and "claim" in extension(n)}
    same("STIX claims", sorted((q["id"], c["claim"]) for q, c in every_claim(analysis)), sorted(notes))
    node_of = {}
    for question, claim in every_claim(analysis):
        note = notes[question["id"], claim["claim"]]
        node_of[note["id"]] = claim["node"]
        kept = extension(note)
        for name in ("bound", "low", "high", "unit", "published", "as_of", "status", "scope", "revises", "cue", "chain",
                     "standing", "note", "url", "archive", "locator", "basis"):
            same(f"STIX {claim['claim']} {name}", claim[name] or None, kept.get(name) or None)
        same("STIX estimate", claim["estimate"] or "unknown", kept["estimate"])
        same("STIX cites", claim["cites"], kept.get("cites", []))
        same("STIX confidence", CONFIDENCE.get(claim["credibility"]), note.get("confidence"))
        author = objects[note["created_by_ref"]]
        same("STIX publisher", (claim["publisher"], claim["publisher_name"]), (extension(author)["source"], author["name"]))
        disputed = any(o["type"] == "opinion" and o["object_refs"] == [note["id"]] and o["opinion"] == "disagree"
                       and "disputed" in o["explanation"] for o in objects.values())
        same("STIX dispute", claim["status"] == "disputed", disputed)
    reports = {extension(r)["question"]: r for r in objects.values() if r["type"] == "report"}
    for question in analysis["questions"]:
        report = reports[question["id"]]
        same("STIX title", question["title"] or question["id"], report["name"])
        same("STIX range", question["range"] and question["range"]["quantiles"], extension(report).get("quantiles"))
        same("STIX sentence", question["statement"], report["description"])
        links = sum(objects[ref]["type"] == "relationship" for ref in report["object_refs"])
        same("STIX links", len(question["links"]), links)
    links = {(node_of.get(r["source_ref"]), node_of.get(r["target_ref"])) for r in objects.values()
             if r["type"] == "relationship"}
    for question in analysis["questions"]:
        claims = {claim["node"] for claim in question["claims"]}
        for link in question["links"]:
            ends = tuple(end if end in claims else None for end in (link["from"], link["to"]))
            if ends not in links:
                fail(f"STIX: the link {link['from']} to {link['to']} is missing")
    for source in analysis["sources"]:
        identity = next(i for i in objects.values()
                        if i["type"] == "identity" and i.get("extensions") and extension(i).get("source") == source["id"])
        grade = source["reliability"] if source["reliability"] != "F" else None
        same("STIX reliability", grade, extension(identity).get("reliability"))
    return len(objects)


def check_prov(analysis, text):
    document = prov.model.ProvDocument.deserialize(content=text, format="json")
    again = prov.model.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    if document != again:
        fail("PROV: not the same after writing it again")

    def first(record, name):
        values = record.get_attribute(name)
        return next(iter(values), None)

    entities = list(document.get_records(prov.model.ProvEntity))
    claims = {(str(first(e, "sayso:question")), str(first(e, "sayso:claim"))): e for e in entities if first(e, "sayso:claim")}
    same("PROV claims", sorted((q["id"], c["claim"]) for q, c in every_claim(analysis)), sorted(claims))
    attributed, derived = {}, set()
    for record in document.get_records(prov.model.ProvAttribution):
        entity, agent = (str(value) for value in record.args[:2])
        attributed[entity] = agent
    for record in document.get_records(prov.model.ProvDerivation):
        derived.add(tuple(str(value) for value in record.args[:2]))
    labels = {str(a.identifier): a.label for a in document.get_records(prov.model.ProvAgent)}
    for question, claim in every_claim(analysis):
        entity = claims[question["id"], claim["claim"]]
        for name, value in (("estimate", claim["estimate"]), ("low", claim["low"]), ("high", claim["high"]),
                            ("published", claim["published"]), ("chain", claim["chain"]), ("unit", claim["unit"]),
                            ("bound", claim["bound"]), ("standing", claim["standing"])):
            same(f"PROV {claim['claim']} {name}", value, first(entity, f"sayso:{name}"))
        same("PROV publisher", claim["publisher_name"], labels[attributed[str(entity.identifier)]])
    by_node = {c["node"]: str(claims[q["id"], c["claim"]].identifier) for q, c in every_claim(analysis)}
    for question in analysis["questions"]:
        for link in question["links"]:
            if link["from"] in by_node and link["to"] in by_node:
                if (by_node[link["from"]], by_node[link["to"]]) not in derived:
                    fail(f"PROV: the link {link['from']} to {link['to']} is missing")
        kept = next(e for e in entities if first(e, "sayso:question") == question["id"] and first(e, "sayso:statement"))
        quantiles = (question["range"] or {}).get("quantiles", {})
        read = {name: first(kept, f"sayso:{name}") for name in quantiles}
        same("PROV range", quantiles, read)
    count = sum(len(question["links"]) for question in analysis["questions"])
    if len([1 for r in document.get_records(prov.model.ProvDerivation) if r.get_attribute("sayso:link")]) != count:
        fail("PROV: another number of links")


def check_claimreview(analysis, text):
    data = json.loads(text)
    same("ClaimReview context", "https://schema.org", data["@context"])
    same("ClaimReview claims", [c["claim"] for _, c in every_claim(analysis)], [r["identifier"] for r in data["@graph"]])
    for (question, claim), review in zip(every_claim(analysis), data["@graph"]):
        item, about, mentions = review["itemReviewed"], review["itemReviewed"]["about"], review["mentions"]
        if "ratingValue" in review["reviewRating"]:
            fail("ClaimReview: a rating of truth")
        same("ClaimReview figure", said(claim), item["text"])
        ends = (about.get("value", about.get("minValue")), about.get("value", about.get("maxValue")))
        same("ClaimReview ends", (claim["low"], claim["high"]), ends)
        same("ClaimReview publisher", claim["publisher_name"], item["author"]["name"])
        same("ClaimReview date", claim["published"], item.get("datePublished"))
        based = item.get("isBasedOn", [])
        same("ClaimReview cites", claim["cites"], [b["identifier"] for b in based if "identifier" in b])
        same("ClaimReview chain", [p["name"] for p in claim["via"]], [b["author"]["name"] for b in based if "author" in b])
        quantiles = (question["range"] or {}).get("quantiles", {})
        same("ClaimReview range", tuple(quantiles.get(q) for q in ("q05", "q50", "q95")),
             tuple(mentions.get(name) for name in ("minValue", "value", "maxValue")))
        if not is_web(item.get("appearance", {"url": "https://x"})["url"]):
            fail("ClaimReview: an address that is none")


def check_quickstatements(analysis, text):
    claims = {line(claim["claim"]): claim for _, claim in every_claim(analysis)}
    rows = text.splitlines()
    for row in rows:
        cells, remark = row.rsplit(" /* ", 1)
        claim = claims.get(remark.removesuffix(" */"))
        cells = cells.split("\t")
        if len(cells) % 2 == 0 or not re.fullmatch(r"Q\d+", cells[0]) or not re.fullmatch(r"P\d+", cells[1]):
            fail(f"QuickStatements: {row!r}")
        if not re.fullmatch(r"-?[\d.]+(\[-?[\d.]+,-?[\d.]+\])?", cells[2]):
            fail(f"QuickStatements: the quantity {cells[2]!r}")
        for name, value in zip(cells[3::2], cells[4::2]):
            form = {"S854": r'"https?://[^"\t|]+"', "P1480": r"Q\d+"}.get(name, r"\+\d{4}-\d\d-\d\dT00:00:00Z/(9|10|11)")
            if not re.fullmatch(form, value):
                fail(f"QuickStatements: {name} {value!r}")
        if claim:
            ends = [float(end) for end in re.findall(r"-?[\d.]+", cells[2])]
            low, high = (ends[1], ends[2]) if len(ends) > 1 and claim["bound"] == "range" else (ends[0], ends[0])
            same("QuickStatements ends", (claim["low"], claim["high"]), (low, high))
    used = {o["claim"] for q in analysis["questions"] for o in q["origins"] if o["used"]}
    wanted = [c for _, c in every_claim(analysis)
              if c["claim"] in used and c["bound"] in ("exact", "about", "range") and not c["share_of"]]
    same("QuickStatements rows", len(wanted), len(rows))


def check_wikitext(analysis, text):
    code = mwparserfromhell.parse(text)
    names = [str(template.name).strip() for template in code.filter_templates()]
    cites = [c for _, c in every_claim(analysis) if is_web(c["url"])]
    same("wikitext templates", len(cites), names.count("cite web"))
    if set(names) - {"cite web", "reflist"} or code.filter_wikilinks():
        fail(f"wikitext: other templates or links: {set(names)}")
    if any(str(tag.tag) not in ("table", "tr", "td", "th", "ref") for tag in code.filter_tags()):
        fail(f"wikitext: other tags: {sorted({str(tag.tag) for tag in code.filter_tags()})}")
    rows = [row for row in text.split("\n") if row.startswith("| ")]
    read = [[html.unescape(cell) for cell in row[2:].split(" || ")[:5]] for row in rows]
    claims = [[line(c["claim"]), line(c["published"]), line(c["publisher_name"]), line(shown(analysis, c)),
               line(c["chain"])]
              for _, c in every_claim(analysis)]
    same("wikitext claims", claims, read)
    same("wikitext tables", len(analysis["questions"]), sum(str(tag.tag) == "table" for tag in code.filter_tags()))


def check_ged(analysis, text):
    rows = list(csv.DictReader(text.splitlines()))
    questions = [q for q in analysis["questions"] if q["range"]]
    undefused = [re.sub(r"^'(?=[=+\-@\t\r])", "", row["id"]) for row in rows]
    same("GED questions", [q["id"] for q in questions], undefused)
    for question, row in zip(questions, rows):
        quantiles = {q: question["range"]["quantiles"][q] for q in ("q05", "q50", "q95")}
        names = {"q05": "low", "q50": "best", "q95": "high"}
        near("GED range", quantiles, {q: float(row[name]) for q, name in names.items()})


def check_parquet(analysis, path):
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(path).to_pylist()
    claims = every_claim(analysis)
    same("Parquet rows", len(claims), len(rows))
    for (question, claim), row in zip(claims, rows):
        same("Parquet question", question["id"], row["question"])
        for name in ("claim", "estimate", "bound", "low", "high", "unit", "published", "as_of", "status", "chain",
                     "standing", "why", "url"):
            same(f"Parquet {name}", claim[name], row[name])
        same("Parquet cites", claim["cites"], row["cites"].split(";") if row["cites"] else [])
        for name, value in (question["range"] or {}).get("quantiles", {}).items():
            same(f"Parquet {name}", value, row[name])


def main():
    folder, schema = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))

    def text(name):
        return (folder / name).read_bytes().decode("utf-8")

    analysis = json.loads(text("analysis.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = sorted(jsonschema.Draft202012Validator(schema).iter_errors(analysis), key=str)
    if errors:
        fail("\n".join(f"{error.json_path}: {error.message}" for error in errors[:10]))
    check_markdown(analysis, text("markdown.md"))
    objects = check_stix(analysis, text("stix.json"))
    check_prov(analysis, text("prov.json"))
    check_claimreview(analysis, text("claimreview.jsonld"))
    check_quickstatements(analysis, text("quickstatements.tsv"))
    check_wikitext(analysis, text("wikitext.wiki"))
    check_ged(analysis, text("ged.csv"))
    if (folder / "parquet.parquet").exists():
        check_parquet(analysis, folder / "parquet.parquet")
    print(f"{len(every_claim(analysis))} claims, {objects} STIX objects: every format agrees with the analysis")


if __name__ == "__main__":
    main()
