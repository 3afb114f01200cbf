//! Items of a case and of a report, as named fields.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde_json::Value;

use super::{Fields, Key, Kind};
use crate::ingest::{Input, Limits, Problems, rows};
use crate::model::{Case, ClaimId, Date, Element};
use crate::report::{Run, Table, plain};

/// The items of a side.
pub type Items = BTreeMap<Key, Fields>;

/// Columns of the report's claims that only say again what the estimate says.
const FROM_ESTIMATE: [&str; 3] = ["bound", "low", "high"];

/// What is compared of a range.
const OF_RANGE: [&str; 10] = ["q025", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q975", "origins"];

/// What a case itself says: its claims, questions, sources and settled values.
pub fn of_case(case: &Case, items: &mut Items) {
    for question in case.question_ids() {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for claim in case.claims_of(question) {
            let mut name = claim_name(case, claim);
            if case.claims.id.get(claim.index()).is_empty() {
                let count = seen.entry(name.clone()).or_default();
                *count += 1;
                if *count > 1 {
                    name = format!("{name} ({count})");
                }
            }
            items.insert(key(&case.question(question).id, Kind::Claim, &name), claim_fields(case, claim));
        }
        let asked = case.question(question);
        let fields = [
            ("title", asked.title.to_string()),
            ("unit", asked.unit.to_string()),
            ("measure", asked.measure.name().to_owned()),
            ("scale", asked.scale.name().to_owned()),
            ("min", number(asked.min)),
            ("max", number(asked.max)),
            ("place", asked.place.to_string()),
            ("opened", date(asked.opened)),
            ("closed", date(asked.closed)),
            ("group", asked.group.to_string()),
            ("note", asked.note.to_string()),
        ];
        items.insert(key(&asked.id, Kind::Question, ""), filled(fields));
    }
    for settled in &case.resolutions {
        let fields = [
            ("value", plain(settled.value)),
            ("low", number(settled.low)),
            ("high", number(settled.high)),
            ("resolved", date(settled.resolved)),
            ("authority", settled.authority.to_string()),
            ("url", settled.url.to_string()),
            ("note", settled.note.to_string()),
        ];
        items.insert(key(&case.question(settled.question).id, Kind::Resolution, ""), filled(fields));
    }
    for source in case.sources.iter().filter(|source| source.declared) {
        let owner = source.parent.map(|owner| case.source(owner).id.to_string());
        let fields = [
            ("name", source.name.to_string()),
            ("kind", source.kind.name().to_owned()),
            ("aliases", source.aliases.join("; ")),
            ("parent", owner.unwrap_or_default()),
            ("country", source.country.to_string()),
            ("party", if source.party { "yes".to_owned() } else { String::new() }),
            ("reliability", source.reliability.map(|grade| grade.name().to_owned()).unwrap_or_default()),
            ("note", source.note.to_string()),
        ];
        items.insert(key("", Kind::Source, &source.id), filled(fields));
    }
}

/// What a claim is known by: its id, or publisher and date where it has none.
pub fn claim_name(case: &Case, claim: ClaimId) -> String {
    let (claims, at) = (&case.claims, claim.index());
    match claims.id.get(at) {
        "" => format!("{} {}", case.publisher_name(claim), date(claims.published.get(at))).trim_end().to_owned(),
        id => id.to_owned(),
    }
}

fn claim_fields(case: &Case, claim: ClaimId) -> Fields {
    let (claims, at) = (&case.claims, claim.index());
    let interval = claims.interval.get(at);
    let has_ends = claims.said.get(at).is_empty();
    let estimate = claims.estimate(claim);
    let end = |inner: Option<f64>, outer: f64| number(inner.or(has_ends.then_some(outer)));
    let inferred = claims.inferred.get(at);
    let facts = [
        (inferred.publisher, "publisher"),
        (inferred.via, "via"),
        (inferred.cites, "cites"),
        (inferred.published, "published"),
    ];
    let grade = claims.credibility.get(at);
    let cited: Vec<String> = claims.cites.get(at).iter().map(|&cited| claim_name(case, cited)).collect();
    let fields = [
        ("publisher", case.publisher_name(claim)),
        ("estimate", claims.said.get(at).to_owned()),
        ("low", end(interval.map(|i| i.low), estimate.low)),
        ("high", end(interval.map(|i| i.high), estimate.high)),
        ("level", number(interval.map(|i| i.level))),
        ("unit", claims.unit.get(at).to_owned()),
        ("via", chain(case, claims.via.get(at))),
        ("cites", cited.join("; ")),
        ("cue", claims.cue.get(at).to_owned()),
        ("published", date(claims.published.get(at))),
        ("as_of", date(claims.as_of.get(at))),
        ("status", claims.status.get(at).name().to_owned()),
        ("scope", claims.scope.get(at).to_owned()),
        ("revises", claims.revises.get(at).map(|revised| claim_name(case, revised)).unwrap_or_default()),
        ("inferred", facts.iter().filter(|fact| fact.0).map(|fact| fact.1).collect::<Vec<_>>().join("; ")),
        ("credibility", if grade == 0 { String::new() } else { grade.to_string() }),
        ("basis", claims.basis.get(at).map(|basis| basis.name().to_owned()).unwrap_or_default()),
        ("url", claims.url.get(at).to_owned()),
        ("archive", claims.archive.get(at).to_owned()),
        ("locator", claims.locator.get(at).to_owned()),
        ("note", claims.note.get(at).to_owned()),
    ];
    let mut fields = filled(fields);
    let extra = claims.extra.iter().map(|(name, text)| (name.to_string(), text.get(at).to_owned()));
    fields.extend(extra.filter(|(_, text)| !text.is_empty()));
    fields
}

fn chain(case: &Case, elements: &[Element]) -> String {
    let mut chain = String::new();
    for element in elements {
        let sign = if element.beside { " & " } else { " > " };
        if !chain.is_empty() {
            chain.push_str(sign);
        }
        chain.push_str(&case.party_name(element.party));
    }
    chain
}

/// The ranges in the rows of consensus.csv.
pub fn ranges(rows: &[Fields], items: &mut Items) {
    for row in rows {
        let question = row.get("question").map_or("", String::as_str);
        let fields = row.iter().filter(|(name, _)| OF_RANGE.contains(&name.as_str()));
        items.insert(key(question, Kind::Range, ""), fields.map(|(name, text)| (name.clone(), text.clone())).collect());
    }
}

/// The claims in the rows of a report's claims.csv.
pub fn claims(rows: Vec<Fields>, items: &mut Items) {
    for mut row in rows {
        let question = row.remove("question").unwrap_or_default();
        let name = row.remove("claim").unwrap_or_default();
        if row.contains_key("estimate") {
            for column in FROM_ESTIMATE {
                row.remove(column);
            }
        }
        items.insert(key(&question, Kind::Claim, &name), row);
    }
}

/// What a seal says of the run: version, arguments, constants.
pub fn run(run: &Run<Value>, items: &mut Items) {
    let mut fields = Fields::from([("version".to_owned(), run.version.clone())]);
    fields.extend(run.arguments.iter().map(|(name, value)| (format!("--{name}"), value.clone())));
    let settings = run.settings.as_object().into_iter().flatten();
    fields.extend(settings.map(|(name, value)| (name.clone(), value.to_string())));
    items.insert(key("", Kind::Run, ""), fields);
}

/// The rows of a table in memory.
pub fn rows_of(table: &Table<'_>) -> Vec<Fields> {
    let header: Vec<&str> = table.header().collect();
    let row = |row: &Vec<crate::report::Cell<'_>>| {
        let cells = header.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), cell.text().into_owned()));
        cells.filter(|(_, text)| !text.is_empty()).collect()
    };
    table.rows.iter().map(row).collect()
}

/// The rows of a table in a file.
pub fn read_rows(path: &Path, limits: Limits) -> io::Result<Vec<Fields>> {
    let mut problems = Problems::default();
    let mut rows = rows::open(path, &[], limits, &Input::default(), &mut problems)?;
    let mut read = Vec::new();
    while rows.advance(&mut problems)? {
        let cells = rows.columns().iter().enumerate().map(|(at, name)| (name.clone(), rows.cell(at).to_owned()));
        read.push(cells.filter(|(_, text)| !text.is_empty()).collect());
    }
    match problems.of(crate::ingest::Severity::Error).next() {
        Some(problem) => Err(io::Error::new(io::ErrorKind::InvalidData, problem.to_string())),
        None => Ok(read),
    }
}

fn key(question: &str, kind: Kind, name: &str) -> Key {
    Key { question: question.to_owned(), kind, name: name.to_owned() }
}

fn filled<const N: usize>(fields: [(&str, String); N]) -> Fields {
    fields.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name.to_owned(), text)).collect()
}

fn number(number: Option<f64>) -> String {
    number.filter(|number| number.is_finite()).map(plain).unwrap_or_default()
}

fn date(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}
