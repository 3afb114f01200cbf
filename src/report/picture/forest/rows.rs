//! The rows of a forest plot: one for each origin, with its mark and its words.

use crate::analysis::OriginSummary;
use crate::consensus::{Influence, Pull, Standing as Use};
use crate::graph::Standing;
use crate::model::{Bound, BoundClass, Party, Status};
use crate::report::amount::{amount, counted};
use crate::report::picture::Subject;
use crate::report::picture::phrase::figure;

/// What stands in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// who it is
    pub name: String,
    /// whether it has a name of its own
    pub is_named: bool,
    /// whether it has a stake in the answer
    pub is_party: bool,
    /// claim, date and relays
    pub detail: String,
    /// the figure in words
    pub figure: String,
    /// what it does to the range, or why it is left out
    pub effect: String,
    /// whether it is evidence
    pub is_used: bool,
    /// camp in which it stands
    pub camp: Option<usize>,
    /// how the figure is drawn
    pub mark: Mark,
    /// stated interval, or what a share leaves open
    pub whisker: Option<[f64; 2]>,
}

/// How a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// not at all: its place is not known
    None,
    /// a number
    Point(f64),
    /// a range, or a vague word's
    Bar {
        /// ends
        ends: [f64; 2],
        /// whether a word stands for it
        is_vague: bool,
    },
    /// at least
    Floor(f64),
    /// at most
    Ceiling(f64),
}

impl Mark {
    /// The finite values that it shows.
    pub fn values(self) -> Vec<f64> {
        match self {
            Mark::None => Vec::new(),
            Mark::Point(x) | Mark::Floor(x) | Mark::Ceiling(x) => vec![x],
            Mark::Bar { ends, .. } => ends.to_vec(),
        }
    }

    fn middle(self) -> f64 {
        let values = self.values();
        if values.is_empty() { f64::INFINITY } else { values.iter().sum::<f64>() / values.len() as f64 }
    }
}

/// The rows in the order in which they stand: those used, camp by camp from the lowest figure, then those left out.
pub fn rows(subject: &Subject<'_>) -> Vec<Row> {
    let origins = &subject.result.origins;
    let mut rows: Vec<Row> = origins.iter().enumerate().map(|(at, origin)| row(subject, at, origin)).collect();
    rows.sort_by(|a, b| {
        let order = b.is_used.cmp(&a.is_used).then(a.camp.cmp(&b.camp));
        order.then(a.mark.middle().total_cmp(&b.mark.middle()))
    });
    rows
}

fn row(subject: &Subject<'_>, at: usize, origin: &OriginSummary) -> Row {
    let (case, result) = (subject.case, subject.result);
    let claim = origin.claim;
    let standing = origin.evidence.and_then(|at| result.consensus.origins.get(at)).copied();
    let camps = result.consensus.range().map_or(&[][..], |range| &range.camps);
    let is_used = matches!(standing, Some(Use::Used(_)));
    let effect = match standing {
        Some(Use::Used(Some(influence))) => effect(&influence, camps.len() > 1),
        Some(Use::Used(None)) => String::new(),
        Some(Use::Unused(why)) => format!("left out: {why}"),
        None => match subject.graph.standing(claim) {
            Standing::LeftOut(why) => format!("left out: {}", why.why(case, claim)),
            Standing::NoNumber => "gives no number".to_owned(),
            Standing::Used => "left out".to_owned(),
        },
    };
    let stands_in = |evidence: usize| camps.iter().position(|camp| camp.members.contains(&(evidence as u32)));
    let (mark, whisker) = mark(subject, claim);
    Row {
        name: origin.name.clone(),
        is_named: origin.is_named,
        is_party: matches!(origin.party, Party::Source(source) if case.source(source).party),
        detail: detail(subject, at, origin),
        figure: figure(case, claim),
        effect,
        is_used,
        camp: if camps.len() > 1 { origin.evidence.and_then(stands_in) } else { None },
        mark,
        whisker,
    }
}

/// "unnamed · K01 · 2025-02-27 · 8 relays"
fn detail(subject: &Subject<'_>, at: usize, origin: &OriginSummary) -> String {
    let case = subject.case;
    let mut parts = Vec::new();
    if !origin.is_named {
        parts.push("unnamed".to_owned());
    }
    parts.push(case.claims.name(origin.claim));
    parts.extend(case.claims.refers_to(origin.claim).map(|date| date.to_string()));
    let relays = subject.graph.origins().get(at).map_or(0, |o| o.figures.len().saturating_sub(o.own_figures.len()));
    if relays > 0 {
        parts.push(counted(relays, "relay", "relays"));
    }
    if matches!(origin.party, Party::Source(source) if case.source(source).party) {
        parts.push("has a stake".to_owned());
    }
    if case.claims.status.get(origin.claim.index()) == Status::Disputed {
        parts.push("disputed".to_owned());
    }
    parts.join(" · ")
}

/// "weight 38 %, median +3 %"; beside several camps a median says nothing.
fn effect(influence: &Influence, has_camps: bool) -> String {
    let weight = format!("weight {:.0} %", 100.0 * influence.weight);
    match influence.pull.filter(|_| !has_camps) {
        None => weight,
        Some(pull) => format!("{weight}, median {}", moved(pull)),
    }
}

/// What an origin does to the median: "+3 %", "±0", "×4".
#[must_use]
pub fn moved(pull: Pull) -> String {
    match pull {
        Pull::Ratio(ratio) if (ratio - 1.0).abs() < 0.005 => "±0".to_owned(),
        Pull::Ratio(ratio) if ratio > 4.0 => format!("×{}", amount(ratio)),
        Pull::Ratio(ratio) => format!("{:+.0} %", 100.0 * (ratio - 1.0)).replace('-', "−"),
        Pull::Difference(0.0) => "±0".to_owned(),
        Pull::Difference(by) if by > 0.0 => format!("+{}", amount(by)),
        Pull::Difference(by) => amount(by).replace('-', "−"),
    }
}

fn mark(subject: &Subject<'_>, claim: crate::model::ClaimId) -> (Mark, Option<[f64; 2]>) {
    let estimate = subject.case.claims.estimate(claim);
    if !estimate.is_figure() {
        return (Mark::None, None);
    }
    let (mut low, mut high) = estimate.ends();
    let mut whisker = estimate.interval.map(|interval| [interval.low, interval.high]);
    if let Some(of) = estimate.of {
        let Some(whole) = subject.whole(of) else { return (Mark::None, None) };
        let [q05, q50, q95] = [1, 4, 7].map(|at| whole.values[at]);
        whisker = Some([low * q05, high * q95]);
        (low, high) = (low * q50, high * q50);
    }
    let mark = match estimate.bound.class() {
        BoundClass::Unknown => Mark::None,
        BoundClass::Point => Mark::Point(low),
        BoundClass::Floor => Mark::Floor(low),
        BoundClass::Ceiling => Mark::Ceiling(high),
        BoundClass::Range => Mark::Bar { ends: [low, high], is_vague: estimate.bound == Bound::Vague },
    };
    (mark, whisker)
}
