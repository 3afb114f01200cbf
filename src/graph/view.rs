//! Which claims are seen: all of them, or those published by a date.

use crate::model::{Case, ClaimId, Date, QuestionId};

/// What is seen of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// only claims published by this date, where one is given
    pub as_of: Option<Date>,
    latest: Option<Date>,
}

impl View {
    /// Everything, or everything published by a date. Cost: one look at each claim.
    #[must_use]
    pub fn new(case: &Case, as_of: Option<Date>) -> View {
        View { as_of, latest: case.latest_date() }
    }

    /// A part of a case whose latest date is known.
    #[must_use]
    pub(crate) fn of_part(as_of: Option<Date>, latest: Option<Date>) -> View {
        View { as_of, latest }
    }

    /// The same case as of another date. Unlike [`View::new`] it looks at no claim.
    #[must_use]
    pub fn on(self, as_of: Option<Date>) -> View {
        View { as_of, ..self }
    }

    /// Whether a claim is seen. One dated only to the month is seen when the month is over; one
    /// without a date always is.
    #[must_use]
    pub fn sees(&self, case: &Case, claim: ClaimId) -> bool {
        match (self.as_of, case.claims.published.get(claim.index())) {
            (Some(as_of), Some(published)) => published.by(as_of),
            _ => true,
        }
    }

    /// The date as of which a question's number is sought: that of the view, but no later than the
    /// question's `closed`; else `closed`, else the latest date of the case.
    #[must_use]
    pub fn sought(&self, case: &Case, question: QuestionId) -> Option<Date> {
        let closed = case.question(question).closed;
        match (self.as_of, closed) {
            (Some(as_of), Some(closed)) => Some(as_of.min(closed)),
            (as_of, closed) => as_of.or(closed).or(self.latest),
        }
    }
}
