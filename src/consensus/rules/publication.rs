//! What the rules read: the figures of a question as they were published.

use super::Rank;
use crate::model::{Bound, Case, ClaimId, Estimate, Party, QuestionId, Reliability, SourceId};

/// A published figure that is evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// the claim
    pub claim: ClaimId,
    /// who printed it
    pub publisher: SourceId,
    /// what was said, in the question's unit
    pub estimate: Estimate,
    /// where its chains end
    pub origins: Vec<Party>,
}

/// A question as the rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// the case
    pub case: &'a Case,
    /// the question
    pub question: QuestionId,
    /// its published figures that are evidence, in order of claim
    pub publications: &'a [Publication],
    /// order of kinds or sources, the highest first
    pub order: &'a [Rank],
    /// figures that were taken back
    pub retracted: usize,
}

/// A number that was published: two ends for a range, one number for everything else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number<'a> {
    /// lower end
    pub low: f64,
    /// upper end
    pub high: f64,
    /// where it stands
    pub publication: &'a Publication,
}

impl<'a> Setting<'a> {
    /// The numbers: a bound counts as the number said; vague words and shares give none.
    pub fn numbers(&self) -> impl Iterator<Item = Number<'a>> + use<'a> {
        self.publications.iter().filter_map(|publication| {
            let estimate = &publication.estimate;
            let (a, b) = estimate.ends();
            let is_number = estimate.is_figure() && estimate.bound != Bound::Vague && estimate.of.is_none();
            let (low, high) = (a.min(b), a.max(b));
            (is_number && low.is_finite() && high.is_finite()).then_some(Number { low, high, publication })
        })
    }

    /// Whether the analyst has graded a figure as not credible: its publisher E, unreliable, or
    /// the item 5, improbable.
    #[must_use]
    pub fn is_discredited(&self, publication: &Publication) -> bool {
        self.case.claims.credibility.get(publication.claim.index()) == 5
            || self.grade(publication) == Some(Reliability::E)
    }

    /// The grade of whoever a figure comes from, else of its publisher; F is none.
    #[must_use]
    pub fn grade(&self, publication: &Publication) -> Option<Reliability> {
        let of = |source: SourceId| self.case.source(source).reliability.filter(|grade| *grade != Reliability::F);
        let origins = publication.origins.iter().filter_map(|party| match party {
            Party::Source(source) => of(*source),
            Party::Anonymous(_) => None,
        });
        origins.min().or_else(|| of(publication.publisher))
    }

    /// Publishers of the given numbers, each once.
    #[must_use]
    pub fn publishers(numbers: &[Number<'_>]) -> usize {
        let mut publishers: Vec<SourceId> = numbers.iter().map(|number| number.publication.publisher).collect();
        publishers.sort_unstable();
        publishers.dedup();
        publishers.len()
    }
}

/// Lowest and highest end of some numbers.
#[must_use]
pub fn ends(numbers: &[Number<'_>]) -> Option<[f64; 2]> {
    let low = numbers.iter().map(|number| number.low).reduce(f64::min)?;
    let high = numbers.iter().map(|number| number.high).reduce(f64::max)?;
    Some([low, high])
}
