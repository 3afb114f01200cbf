//! The whole analysis as plain records: what the formats that hold more than the graph are written
//! from, and, serialised, the JSON of `schemas/analysis.schema.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::network::Network;
use super::record::{NetworkLink, NetworkNode};
use crate::analysis::{Analysis, OriginSummary, QuestionResult};
use crate::consensus::{Outcome, Pull, Quantiles, Standing};
use crate::graph::ClaimGraph;
use crate::model::{Case, ClaimId, Date, Element, Inferred, Party, Resolution, Source, unit};
use crate::report::amount::exact_amount;
use crate::report::picture::share_in_words;
use crate::report::{camps, origins, prose};

/// An analysis in records.
#[derive(Debug, Clone, Serialize)]
pub struct Dossier {
    /// name of the schema
    pub schema: &'static str,
    /// version of sayso
    pub version: &'static str,
    /// date by which claims had to be published, where one was given
    pub as_of: Option<String>,
    /// what the words of probability in the statements mean, where there are any
    pub words: Option<String>,
    /// the sources of the case, by id
    pub sources: Vec<SourceRecord>,
    /// the questions asked for, by id
    pub questions: Vec<QuestionRecord>,
    /// Wikidata item and property of questions, by id; those of the empty id stand for all
    #[serde(skip)]
    pub targets: BTreeMap<String, Target>,
}

/// Where a number goes in Wikidata.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// the item, such as Q42
    pub item: String,
    /// the property, such as P1120
    pub property: String,
}

/// A source of the case.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct SourceRecord {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub kind_guessed: bool,
    #[serde(skip)]
    pub declared: bool,
    pub aliases: Vec<String>,
    pub parent: Option<String>,
    pub country: Option<String>,
    pub party: bool,
    pub reliability: Option<&'static str>,
    pub note: Option<String>,
}

/// A question with its range and all that stands behind it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct QuestionRecord {
    pub id: String,
    pub title: Option<String>,
    pub unit: Option<String>,
    pub measure: &'static str,
    pub scale: &'static str,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub place: Option<String>,
    pub opened: Option<String>,
    pub closed: Option<String>,
    pub group: Option<String>,
    pub note: Option<String>,
    pub as_of: Option<String>,
    pub statement: String,
    pub account: AccountRecord,
    pub settled: Option<SettledRecord>,
    pub range: Option<RangeRecord>,
    pub no_range: Option<String>,
    pub origins: Vec<OriginRecord>,
    pub claims: Vec<ClaimRecord>,
    pub parties: Vec<PartyRecord>,
    pub links: Vec<LinkRecord>,
}

impl QuestionRecord {
    /// The title, or the id where there is none.
    #[must_use]
    pub fn heading(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }

    /// The claim of an id.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<&ClaimRecord> {
        self.claims.iter().find(|claim| claim.claim == id)
    }
}

/// The value of a question as it was settled later.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct SettledRecord {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub resolved: Option<String>,
    pub authority: Option<String>,
    pub url: Option<String>,
    pub note: Option<String>,
}

impl SettledRecord {
    /// "Settled: 1,184 homes (1,150 to 1,200), 2 March 2025, by County Council."
    #[must_use]
    pub fn sentence(&self, unit: Option<&str>) -> String {
        let ends = match (self.low, self.high) {
            (Some(low), Some(high)) => format!(" ({} to {})", exact_amount(low), exact_amount(high)),
            (Some(low), None) => format!(" (at least {})", exact_amount(low)),
            (None, Some(high)) => format!(" (at most {})", exact_amount(high)),
            (None, None) => String::new(),
        };
        let unit = unit.map_or(String::new(), |unit| format!(" {}", unit::plural(unit)));
        let date = self.resolved.as_deref().map_or(String::new(), |date| format!(", {date}"));
        let by = self.authority.as_deref().map_or(String::new(), |authority| format!(", by {authority}"));
        format!("Settled: {}{unit}{ends}{date}{by}.", exact_amount(self.value))
    }
}

/// What stands behind a range, counted.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct AccountRecord {
    pub claims: usize,
    pub numbers: usize,
    pub publications: usize,
    pub origins: usize,
    pub anonymous_origins: usize,
    pub used_origins: usize,
    pub effective_origins: f64,
    pub left_out: usize,
    pub circles: usize,
}

/// A range: quantiles and camps.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct RangeRecord {
    pub method: &'static str,
    pub scale: &'static str,
    pub quantiles: BTreeMap<&'static str, f64>,
    pub i2: Option<f64>,
    pub camps: Vec<CampRecord>,
}

impl RangeRecord {
    /// A quantile by its name, such as `q50`.
    #[must_use]
    pub fn quantile(&self, name: &str) -> f64 {
        self.quantiles.get(name).copied().unwrap_or(f64::NAN)
    }
}

/// A piece of a range.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct CampRecord {
    pub low: f64,
    pub median: f64,
    pub high: f64,
    pub mass: f64,
    pub claims: Vec<String>,
}

/// An origin of a question.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct OriginRecord {
    pub node: String,
    pub name: String,
    pub source: Option<String>,
    pub kind: &'static str,
    pub named: bool,
    pub claim: String,
    pub hops: u16,
    pub publications: usize,
    pub figures: usize,
    pub used: bool,
    pub why_not: Option<String>,
    pub weight: Option<f64>,
    pub pull: Option<f64>,
    pub tension: Option<f64>,
    pub p_gross_error: Option<f64>,
}

/// A claim of the case.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct ClaimRecord {
    pub node: String,
    pub claim: String,
    pub publisher: String,
    pub publisher_name: String,
    pub byline: Option<String>,
    pub estimate: Option<String>,
    /// the same in words, as people are shown it
    #[serde(skip)]
    pub figure: String,
    pub bound: &'static str,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub interval: Option<IntervalRecord>,
    pub share_of: Option<String>,
    pub unit: Option<String>,
    pub via: Vec<ElementRecord>,
    pub cites: Vec<String>,
    pub cue: Option<String>,
    pub published: Option<String>,
    pub as_of: Option<String>,
    pub status: &'static str,
    pub scope: Option<String>,
    pub revises: Option<String>,
    pub inferred: Vec<&'static str>,
    pub credibility: Option<u8>,
    pub basis: Option<&'static str>,
    pub url: Option<String>,
    pub archive: Option<String>,
    pub locator: Option<String>,
    pub note: Option<String>,
    pub extra: BTreeMap<String, String>,
    pub origins: Vec<String>,
    pub chain: String,
    pub standing: &'static str,
    pub why: Option<String>,
    pub drift: Vec<String>,
}

/// A stated interval.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct IntervalRecord {
    pub low: f64,
    pub high: f64,
    pub level: f64,
}

/// A party of a chain.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct ElementRecord {
    pub name: String,
    pub source: Option<String>,
    pub beside: bool,
}

/// A party that is credited and has no claim of its own in the case.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct PartyRecord {
    pub node: String,
    pub kind: &'static str,
    pub name: String,
    pub source: Option<String>,
    pub named: bool,
    pub claim: String,
    pub estimate: Option<String>,
}

/// A link from a claim or party to what it passes on.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the schema says what each field holds")]
pub struct LinkRecord {
    pub from: String,
    pub to: String,
    pub kind: &'static str,
    pub inferred: bool,
    pub cue: Option<String>,
    pub by: String,
    pub drift: Vec<String>,
}

impl Dossier {
    /// The records of an analysis. `graphs` are those of its questions, in the same order.
    /// Cost: as for the graphs.
    #[must_use]
    pub fn new(case: &Case, analysis: &Analysis, graphs: &[ClaimGraph<'_>]) -> Dossier {
        let network = Network::new(graphs);
        let questions = analysis.questions.iter().zip(graphs).zip(&network.clusters);
        Dossier {
            schema: "analysis.schema.json",
            version: env!("CARGO_PKG_VERSION"),
            as_of: analysis.view.as_of.map(|date| date.to_string()),
            sources: case.sources.iter().map(|source| source_record(case, source)).collect(),
            questions: questions
                .map(|((result, graph), cluster)| {
                    let nodes: Vec<NetworkNode> = cluster.nodes().collect();
                    let links: Vec<LinkRecord> = cluster.links().map(link_record).collect();
                    question_record(case, analysis, result, graph, &nodes, links)
                })
                .collect(),
            targets: BTreeMap::new(),
            words: analysis.options.wording.mapping(),
        }
    }
}

fn source_record(case: &Case, source: &Source) -> SourceRecord {
    SourceRecord {
        id: source.id.to_string(),
        name: source.name.to_string(),
        kind: source.kind.name(),
        kind_guessed: source.kind_guessed,
        declared: source.declared,
        aliases: source.aliases.iter().map(ToString::to_string).collect(),
        parent: source.parent.map(|parent| case.source(parent).id.to_string()),
        country: given(&source.country),
        party: source.party,
        reliability: source.reliability.map(crate::model::Reliability::name),
        note: given(&source.note),
    }
}

fn question_record(
    case: &Case,
    analysis: &Analysis,
    result: &QuestionResult,
    graph: &ClaimGraph<'_>,
    nodes: &[NetworkNode],
    links: Vec<LinkRecord>,
) -> QuestionRecord {
    let (question, account) = (case.question(result.question), &result.account);
    let statement = prose::statement(case, result, analysis.options.wording);
    let (range, no_range) = match &result.consensus.outcome {
        Outcome::Range(_) => (range_record(case, result), None),
        Outcome::None { why } => (None, Some(why.to_string())),
    };
    let origins = result.origins.iter().zip(graph.origins());
    QuestionRecord {
        id: question.id.to_string(),
        title: given(&question.title),
        unit: given(&question.unit),
        measure: question.measure.name(),
        scale: question.scale.name(),
        min: question.min,
        max: question.max,
        place: given(&question.place),
        opened: date(question.opened),
        closed: date(question.closed),
        group: given(&question.group),
        note: given(&question.note),
        as_of: date(account.sought),
        statement: statement.text(),
        account: AccountRecord {
            claims: account.claims,
            numbers: account.numbers,
            publications: account.publications,
            origins: account.origins,
            anonymous_origins: account.anonymous_origins,
            used_origins: result.consensus.used(),
            effective_origins: result.consensus.effective_origins,
            left_out: account.left_out.len(),
            circles: account.circles,
        },
        settled: analysis.settled(case, result.question).map(settled_record),
        range,
        no_range,
        origins: origins
            .map(|(origin, at)| origin_record(case, graph, result, origin, &nodes[at.end.index()].id))
            .collect(),
        claims: graph.claims().zip(nodes).map(|(claim, node)| claim_record(case, graph, claim, node)).collect(),
        parties: nodes
            .iter()
            .zip(graph.graph.node_indices())
            .filter(|(node, _)| node.kind != "claim")
            .map(|(node, at)| PartyRecord {
                node: node.id.to_string(),
                kind: node.kind,
                name: node.speaker.clone(),
                source: source_id(case, graph.speaker(at)),
                named: node.is_named,
                claim: node.claim.clone(),
                estimate: node.estimate.clone(),
            })
            .collect(),
        links,
    }
}

pub(in crate::report) fn settled_record(resolution: &Resolution) -> SettledRecord {
    SettledRecord {
        value: resolution.value,
        low: resolution.low,
        high: resolution.high,
        resolved: date(resolution.resolved),
        authority: given(&resolution.authority),
        url: given(&resolution.url),
        note: given(&resolution.note),
    }
}

fn range_record(case: &Case, result: &QuestionResult) -> Option<RangeRecord> {
    let range = result.consensus.range()?;
    let camp = |camp: &crate::consensus::Camp| CampRecord {
        low: camp.low,
        median: camp.median,
        high: camp.high,
        mass: camp.mass,
        claims: camps::members(case, result, &camp.members),
    };
    Some(RangeRecord {
        method: "origins",
        scale: range.scale.name(),
        quantiles: Quantiles::NAMES.into_iter().zip(range.quantiles.values).collect(),
        i2: range.heterogeneity.i2,
        camps: range.camps.iter().map(camp).collect(),
    })
}

fn origin_record(
    case: &Case,
    graph: &ClaimGraph<'_>,
    result: &QuestionResult,
    origin: &OriginSummary,
    node: &str,
) -> OriginRecord {
    let standing = origin.evidence.and_then(|at| result.consensus.origins.get(at)).copied();
    let (influence, why_not) = match standing {
        Some(Standing::Used(influence)) => (influence, None),
        Some(Standing::Unused(why)) => (None, Some(why.to_string())),
        None => (None, Some(origins::why_not(case, graph, origin).text().into_owned())),
    };
    OriginRecord {
        node: node.to_owned(),
        name: origin.name.clone(),
        source: source_id(case, origin.party),
        kind: origin.kind.name(),
        named: origin.is_named,
        claim: case.claims.name(origin.claim),
        hops: origin.hops,
        publications: origin.publications,
        figures: origin.figures,
        used: matches!(standing, Some(Standing::Used(_))),
        why_not,
        weight: influence.map(|influence| influence.weight),
        pull: influence.and_then(|influence| influence.pull).map(Pull::value),
        tension: influence.and_then(|influence| influence.tension),
        p_gross_error: influence.map(|influence| influence.p_gross),
    }
}

fn claim_record(case: &Case, graph: &ClaimGraph<'_>, claim: ClaimId, node: &NetworkNode) -> ClaimRecord {
    let (claims, at) = (&case.claims, claim.index());
    let estimate = claims.estimate(claim);
    let publisher = case.source(claims.publisher[at]);
    let extra = claims.extra.iter().filter(|(_, text)| !text.get(at).is_empty());
    ClaimRecord {
        node: node.id.to_string(),
        claim: node.claim.clone(),
        publisher: publisher.id.to_string(),
        publisher_name: publisher.name.to_string(),
        byline: given(claims.byline.get(at)),
        estimate: node.estimate.clone(),
        figure: share_in_words(case, claim),
        bound: node.bound.name(),
        low: node.low,
        high: node.high,
        interval: estimate.interval.map(|i| IntervalRecord { low: i.low, high: i.high, level: i.level }),
        share_of: estimate.of.map(|of| case.question(of).id.to_string()),
        unit: node.unit.clone(),
        via: claims.via.get(at).iter().map(|&element| element_record(case, element)).collect(),
        cites: claims.cites.get(at).iter().map(|&cited| claims.name(cited)).collect(),
        cue: given(claims.cue.get(at)),
        published: node.published.clone(),
        as_of: node.as_of.clone(),
        status: claims.status.get(at).name(),
        scope: given(claims.scope.get(at)),
        revises: claims.revises.get(at).map(|revised| claims.name(revised)),
        inferred: inferred(claims.inferred.get(at)),
        credibility: Some(claims.credibility.get(at)).filter(|&grade| grade > 0),
        basis: claims.basis.get(at).map(crate::model::Basis::name),
        url: given(claims.url.get(at)),
        archive: given(claims.archive.get(at)),
        locator: given(claims.locator.get(at)),
        note: given(claims.note.get(at)),
        extra: extra.map(|(name, text)| (name.to_string(), text.get(at).to_owned())).collect(),
        origins: node.origins.clone(),
        chain: graph.node(claim).map_or_else(String::new, |node| graph.chain(node)),
        standing: node.standing,
        why: node.why.clone(),
        drift: graph.drifts_of(claim).iter().map(|drift| crate::report::drifts::sentence(case, drift)).collect(),
    }
}

fn element_record(case: &Case, element: Element) -> ElementRecord {
    ElementRecord {
        name: case.party_name(element.party),
        source: source_id(case, element.party),
        beside: element.beside,
    }
}

fn link_record(link: NetworkLink<'_>) -> LinkRecord {
    LinkRecord {
        from: link.source.to_owned(),
        to: link.target.to_owned(),
        kind: link.kind,
        inferred: link.is_inferred,
        cue: link.cue,
        by: link.by,
        drift: link.drift,
    }
}

fn inferred(inferred: Inferred) -> Vec<&'static str> {
    let facts = [
        ("publisher", inferred.publisher),
        ("via", inferred.via),
        ("cites", inferred.cites),
        ("published", inferred.published),
    ];
    facts.into_iter().filter(|(_, is_inferred)| *is_inferred).map(|(name, _)| name).collect()
}

fn source_id(case: &Case, party: Party) -> Option<String> {
    match party {
        Party::Source(source) => Some(case.source(source).id.to_string()),
        Party::Anonymous(_) => None,
    }
}

fn date(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A chain as the `via` column has it: `A > B & C > anonymous: own sources`.
#[must_use]
pub fn via_text(via: &[ElementRecord]) -> String {
    let mut text = String::new();
    for (at, element) in via.iter().enumerate() {
        if at > 0 {
            text.push_str(if element.beside { " & " } else { " > " });
        }
        text.push_str(element.source.as_deref().unwrap_or(&element.name));
    }
    text
}
