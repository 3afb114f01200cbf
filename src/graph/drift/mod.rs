//! Drift: what changed between a claim and what it passes on, or credits.

mod attribution;
mod figure;
mod generic;
mod scope;

use std::fmt;

use super::build::ClaimGraph;
use crate::model::ClaimId;

pub use generic::is_generic;

/// What it is that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DriftKind {
    /// to whom the figure is credited
    Attribution,
    /// a point, a floor, a ceiling or a range
    Bound,
    /// the number
    Figure,
    /// the person or body that said it
    Identity,
    /// what is counted: measure, unit or window
    Scope,
}

impl DriftKind {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DriftKind::Attribution => "attribution",
            DriftKind::Bound => "bound",
            DriftKind::Figure => "figure",
            DriftKind::Identity => "identity",
            DriftKind::Scope => "scope",
        }
    }
}

/// How much a drift matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DriftSeverity {
    /// worth a look
    Low,
    /// the figure means something else than it did
    Medium,
    /// the claim says what its own evidence denies
    High,
}

impl DriftSeverity {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DriftSeverity::Low => "low",
            DriftSeverity::Medium => "medium",
            DriftSeverity::High => "high",
        }
    }
}

/// A rule that finds one kind of drift.
pub struct Rule {
    /// its name
    pub name: &'static str,
    /// what changed
    pub kind: DriftKind,
    /// how much that matters
    pub severity: DriftSeverity,
    /// what it means, in a sentence
    pub explanation: &'static str,
    /// looks at a claim and at the claims with a number that it passes on
    find: fn(&ClaimGraph<'_>, ClaimId, legs: &[ClaimId]) -> Option<Found>,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.name == other.name
    }
}

/// What a rule found.
struct Found {
    other: Option<ClaimId>,
    why: String,
}

/// Every rule. Of those of one kind, the first that finds something on a claim is the one reported.
/// A new one is a function and an entry here.
pub const RULES: &[Rule] = &[
    Rule {
        name: "contradicted",
        kind: DriftKind::Attribution,
        severity: DriftSeverity::High,
        explanation: "The credited party had spoken on the question by then, and had given no number.",
        find: attribution::contradicted,
    },
    Rule {
        name: "unsupported",
        kind: DriftKind::Attribution,
        severity: DriftSeverity::Low,
        explanation: "The credited party had given figures by then, and none of them is this one.",
        find: attribution::unsupported,
    },
    Rule {
        name: "other than cited",
        kind: DriftKind::Attribution,
        severity: DriftSeverity::Medium,
        explanation: "The text credits a source that occurs nowhere in the chain which the claim repeats.",
        find: attribution::other_than_cited,
    },
    Rule {
        name: "another speaker",
        kind: DriftKind::Identity,
        severity: DriftSeverity::Medium,
        explanation: "The text credits one person or body, and the chain which it repeats ends at another.",
        find: attribution::another_speaker,
    },
    Rule {
        name: "another count",
        kind: DriftKind::Scope,
        severity: DriftSeverity::High,
        explanation: "The figure counts something else than the one it repeats: another scope, unit or measure.",
        find: scope::another_count,
    },
    Rule {
        name: "another bound",
        kind: DriftKind::Bound,
        severity: DriftSeverity::Medium,
        explanation: "A point, a floor, a ceiling or a range has become another of the four.",
        find: figure::another_bound,
    },
    Rule {
        name: "another figure",
        kind: DriftKind::Figure,
        severity: DriftSeverity::Medium,
        explanation: "The number differs, by more than rounding, from the one that the claim repeats.",
        find: figure::another_figure,
    },
];

/// A drift.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// the claim in which something changed
    pub claim: ClaimId,
    /// the claim against which it changed, if the case has it
    pub other: Option<ClaimId>,
    /// the rule that found it
    pub rule: &'static Rule,
    /// what changed, with the names concerned
    pub why: String,
}

impl ClaimGraph<'_> {
    /// The drifts of the question, in order of claim and rule. Claims without a number have none.
    ///
    /// Cost: linear in claims and links; the chains behind a claim that credits somebody else than it
    /// cites are walked up to a bound.
    #[must_use]
    pub fn drifts(&self) -> Vec<Drift> {
        self.figures().flat_map(|claim| self.drifts_of(claim)).collect()
    }

    /// The drifts of one claim.
    #[must_use]
    pub fn drifts_of(&self, claim: ClaimId) -> Vec<Drift> {
        let mut drifts: Vec<Drift> = Vec::new();
        if !self.estimate(claim).is_figure() {
            return drifts;
        }
        let legs = figure::legs(self, claim);
        for rule in RULES {
            if drifts.iter().any(|drift| drift.rule.kind == rule.kind) {
                continue;
            }
            if let Some(Found { other, why }) = (rule.find)(self, claim, &legs) {
                drifts.push(Drift { claim, other, rule, why });
            }
        }
        drifts
    }

    /// Descriptions that a claim credits and that name nobody in particular: "a news report".
    /// Worth a remark, and no drift.
    #[must_use]
    pub fn vague_attributions(&self, claim: ClaimId) -> Vec<&str> {
        attribution::credited(self, claim)
            .map(|source| self.case.source(source))
            .filter(|source| !source.declared && is_generic(&source.name))
            .map(|source| &*source.name)
            .collect()
    }
}
