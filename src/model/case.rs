//! A case: the claims about some questions, and what is known of their sources.

use super::{ClaimId, Claims, Date, LabelId, Party, Question, QuestionId, Source, SourceId, SourceKind};

/// The value of a question as it was settled later.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// the question
    pub question: QuestionId,
    /// settled value, in the question's unit
    pub value: f64,
    /// lower end of the settled value, where it has a range
    pub low: Option<f64>,
    /// upper end
    pub high: Option<f64>,
    /// date of the settlement
    pub resolved: Option<Date>,
    /// who settled it
    pub authority: Box<str>,
    /// address of the evidence
    pub url: Box<str>,
    /// remark
    pub note: Box<str>,
}

/// A case in memory. Questions and sources are ordered by id and claims by question and id, so
/// that the order of rows in the files leaves no trace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    /// questions, ordered by id
    pub questions: Vec<Question>,
    /// sources, ordered by id
    pub sources: Vec<Source>,
    /// descriptions of parties that are not named, ordered
    pub labels: Vec<Box<str>>,
    /// claims, grouped by question
    pub claims: Claims,
    /// resolutions, ordered by question
    pub resolutions: Vec<Resolution>,
}

impl Case {
    /// The question of an id.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> &Question {
        &self.questions[id.index()]
    }

    /// The source of an id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.index()]
    }

    /// The description of a party that is not named.
    #[must_use]
    pub fn label(&self, id: LabelId) -> &str {
        &self.labels[id.index()]
    }

    /// Ids of all questions, in order.
    pub fn question_ids(&self) -> impl Iterator<Item = QuestionId> + use<> {
        (0..self.questions.len() as u32).map(QuestionId)
    }

    /// The claims of a question, in order.
    pub fn claims_of(&self, question: QuestionId) -> impl Iterator<Item = ClaimId> + use<> {
        self.claims.of_question(question).map(ClaimId)
    }

    /// The question with this id, as written in the case.
    #[must_use]
    pub fn find_question(&self, id: &str) -> Option<QuestionId> {
        self.questions.iter().position(|question| &*question.id == id).map(|at| QuestionId(at as u32))
    }

    /// Name to print for a party: a source's name, or "anonymous: own sources".
    #[must_use]
    pub fn party_name(&self, party: Party) -> String {
        match party {
            Party::Source(source) => self.source(source).name.to_string(),
            Party::Anonymous(label) => match self.label(label) {
                "" => "anonymous".to_owned(),
                label => format!("anonymous: {label}"),
            },
        }
    }

    /// Name of a claim's publisher, with the one that the row gives where that is another.
    #[must_use]
    pub fn publisher_name(&self, claim: ClaimId) -> String {
        let name = &self.source(self.claims.publisher[claim.index()]).name;
        match self.claims.byline.get(claim.index()) {
            "" => name.to_string(),
            byline => format!("{name} (as {byline})"),
        }
    }

    /// The owner of a source's owner and so on, to the last; the source itself where it has none.
    #[must_use]
    pub fn house(&self, source: SourceId) -> SourceId {
        let mut house = source;
        // The reader refuses circles of owners; a case made by hand that has one ends somewhere in it.
        for _ in 0..self.sources.len() {
            match self.source(house).parent {
                Some(owner) => house = owner,
                None => break,
            }
        }
        house
    }

    /// Whether two sources are one, or belong to the same house.
    #[must_use]
    pub fn is_same_house(&self, a: SourceId, b: SourceId) -> bool {
        a == b || self.house(a) == self.house(b)
    }

    /// Whether a party has a name. A declared anonymous source has an id, but no name.
    #[must_use]
    pub fn is_named(&self, party: Party) -> bool {
        match party {
            Party::Source(source) => self.source(source).kind != SourceKind::Anonymous,
            Party::Anonymous(_) => false,
        }
    }

    /// The latest date that the case knows of, by claim dates.
    #[must_use]
    pub fn latest_date(&self) -> Option<Date> {
        (0..self.claims.len()).flat_map(|at| [self.claims.as_of.get(at), self.claims.published.get(at)]).flatten().max()
    }
}
