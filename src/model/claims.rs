//! The claims of a case, in columns, grouped by question.

use std::ops::Range;

use super::{
    Bound, ClaimId, Column, Date, Element, Estimate, Inferred, Interval, ListColumn, QuestionId, SourceId, TextColumn,
};

/// Standing of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Status {
    /// stands as said
    #[default]
    Asserted,
    /// a plan or forecast
    Projected,
    /// someone denies it; it stays in and is marked
    Disputed,
    /// the text marks it as earlier
    Superseded,
    /// its publisher has put another figure in its place
    Corrected,
    /// its publisher has taken it back
    Retracted,
}

impl Status {
    /// Every status, in the order of the design.
    pub const ALL: [Status; 6] = [
        Status::Asserted,
        Status::Projected,
        Status::Disputed,
        Status::Superseded,
        Status::Corrected,
        Status::Retracted,
    ];

    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Projected => "projected",
            Status::Disputed => "disputed",
            Status::Superseded => "superseded",
            Status::Corrected => "corrected",
            Status::Retracted => "retracted",
        }
    }

    /// Whether a claim of this status is evidence.
    #[must_use]
    pub fn is_evidence(self) -> bool {
        matches!(self, Status::Asserted | Status::Disputed)
    }
}

/// How the speaker came to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Basis {
    Witnessed,
    Told,
    Deduced,
    Induced,
}

impl Basis {
    /// Every basis.
    pub const ALL: [Basis; 4] = [Basis::Witnessed, Basis::Told, Basis::Deduced, Basis::Induced];

    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Basis::Witnessed => "witnessed",
            Basis::Told => "told",
            Basis::Deduced => "deduced",
            Basis::Induced => "induced",
        }
    }
}

/// The claims of a case in columns. After [`Claims::group`] the claims of one question stand
/// together, ordered by id; a column that the case does not use takes no memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Claims {
    /// first claim of each question, and one past the last
    starts: Vec<u32>,
    /// question of each claim
    pub question: Vec<QuestionId>,
    /// who printed or said it
    pub publisher: Vec<SourceId>,
    /// how the number was bounded
    pub bound: Vec<Bound>,
    /// lower end of what was said
    pub low: Vec<f64>,
    /// upper end of what was said
    pub high: Vec<f64>,
    /// one unit of the last digit said
    pub granularity: Vec<f32>,
    /// stated interval around a point
    pub interval: Column<Option<Interval>>,
    /// question that the number is a share of
    pub of: Column<Option<QuestionId>>,
    /// date of the claim
    pub published: Column<Option<Date>>,
    /// date that the number refers to
    pub as_of: Column<Option<Date>>,
    /// standing
    pub status: Column<Status>,
    /// Admiralty credibility, 1 to 6; 0 where none was given
    pub credibility: Column<u8>,
    /// how the speaker came to know
    pub basis: Column<Option<Basis>>,
    /// what was inferred rather than stated
    pub inferred: Column<Inferred>,
    /// the chain of the text, from the publisher inward
    pub via: ListColumn<Element>,
    /// claims that this one repeats
    pub cites: ListColumn<ClaimId>,
    /// the same speaker's earlier claim
    pub revises: Column<Option<ClaimId>>,
    /// id as written; empty where the row number is the id
    pub id: TextColumn,
    /// row number in its file, from 1
    pub row: Vec<u32>,
    /// publisher as written, where that is not the source's name
    pub byline: TextColumn,
    /// estimate as written
    pub said: TextColumn,
    /// unit as written
    pub unit: TextColumn,
    /// what the figure counts instead of what the question asks
    pub scope: TextColumn,
    /// words of attribution
    pub cue: TextColumn,
    /// address of the evidence
    pub url: TextColumn,
    /// archived copy
    pub archive: TextColumn,
    /// place in the evidence
    pub locator: TextColumn,
    /// remark
    pub note: TextColumn,
    /// columns that the format does not know, with their names
    pub extra: Vec<(Box<str>, TextColumn)>,
}

impl Default for Claims {
    fn default() -> Self {
        Claims {
            starts: vec![0],
            question: Vec::new(),
            publisher: Vec::new(),
            bound: Vec::new(),
            low: Vec::new(),
            high: Vec::new(),
            granularity: Vec::new(),
            interval: Column::new(None),
            of: Column::new(None),
            published: Column::new(None),
            as_of: Column::new(None),
            status: Column::new(Status::Asserted),
            credibility: Column::new(0),
            basis: Column::new(None),
            inferred: Column::new(Inferred::default()),
            via: ListColumn::default(),
            cites: ListColumn::default(),
            revises: Column::new(None),
            id: TextColumn::default(),
            row: Vec::new(),
            byline: TextColumn::default(),
            said: TextColumn::default(),
            unit: TextColumn::default(),
            scope: TextColumn::default(),
            cue: TextColumn::default(),
            url: TextColumn::default(),
            archive: TextColumn::default(),
            locator: TextColumn::default(),
            note: TextColumn::default(),
            extra: Vec::new(),
        }
    }
}

impl Claims {
    /// How many claims there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.question.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.question.is_empty()
    }

    /// Adds a claim that has only what every claim has; the other columns are set by its position.
    pub fn push(&mut self, row: u32, question: QuestionId, publisher: SourceId, estimate: Estimate) -> ClaimId {
        let at = self.len();
        self.row.push(row);
        self.question.push(question);
        self.publisher.push(publisher);
        self.bound.push(estimate.bound);
        self.low.push(estimate.low);
        self.high.push(estimate.high);
        self.granularity.push(estimate.granularity as f32);
        self.interval.set(at, estimate.interval);
        self.of.set(at, estimate.of);
        ClaimId(at as u32)
    }

    /// The estimate of a claim.
    #[must_use]
    pub fn estimate(&self, claim: ClaimId) -> Estimate {
        let at = claim.index();
        Estimate {
            bound: self.bound[at],
            low: self.low[at],
            high: self.high[at],
            granularity: f64::from(self.granularity[at]),
            interval: self.interval.get(at),
            of: self.of.get(at),
        }
    }

    /// The claims of a question, in order of id.
    #[must_use]
    pub fn of_question(&self, question: QuestionId) -> Range<u32> {
        self.starts[question.index()]..self.starts[question.index() + 1]
    }

    /// The id of a claim as the case writes it: its own, or its row number.
    #[must_use]
    pub fn name(&self, claim: ClaimId) -> String {
        match self.id.get(claim.index()) {
            "" => self.row[claim.index()].to_string(),
            id => id.to_owned(),
        }
    }

    /// The date that orders an origin's figures: `as_of`, else `published`.
    #[must_use]
    pub fn refers_to(&self, claim: ClaimId) -> Option<Date> {
        self.as_of.get(claim.index()).or_else(|| self.published.get(claim.index()))
    }

    /// Groups the claims by question, in order of id within each. Citations and revisions, given
    /// as positions before the call, point to the same claims after it. `questions` is the number
    /// of questions. Cost: n log n only where ids are given, else n.
    pub fn group(&mut self, questions: usize) {
        let order = self.grouped_order(questions);
        let mut place = vec![0u32; order.len()];
        for (to, &from) in order.iter().enumerate() {
            place[from as usize] = to as u32;
        }
        let moved = |claim: ClaimId| ClaimId(place[claim.index()]);
        reorder(&mut self.question, &order);
        reorder(&mut self.publisher, &order);
        reorder(&mut self.bound, &order);
        reorder(&mut self.low, &order);
        reorder(&mut self.high, &order);
        reorder(&mut self.granularity, &order);
        reorder(&mut self.row, &order);
        self.interval = self.interval.reordered(&order);
        self.of = self.of.reordered(&order);
        self.published = self.published.reordered(&order);
        self.as_of = self.as_of.reordered(&order);
        self.status = self.status.reordered(&order);
        self.credibility = self.credibility.reordered(&order);
        self.basis = self.basis.reordered(&order);
        self.inferred = self.inferred.reordered(&order);
        self.via = self.via.reordered(&order, |element| element);
        self.cites = self.cites.reordered(&order, moved);
        self.cites.sort_each();
        self.revises = self.revises.reordered(&order);
        for at in 0..order.len() {
            self.revises.set(at, self.revises.get(at).map(moved));
        }
        for text in [
            &mut self.id,
            &mut self.byline,
            &mut self.said,
            &mut self.unit,
            &mut self.scope,
            &mut self.cue,
            &mut self.url,
            &mut self.archive,
            &mut self.locator,
            &mut self.note,
        ] {
            *text = text.reordered(&order);
        }
        for (_, text) in &mut self.extra {
            *text = text.reordered(&order);
        }
    }

    /// Sets the question starts and returns the order of rows: by question, then by id.
    fn grouped_order(&mut self, questions: usize) -> Vec<u32> {
        let mut starts = vec![0u32; questions + 1];
        for question in &self.question {
            starts[question.index() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0u32; self.len()];
        for (row, question) in self.question.iter().enumerate() {
            let slot = &mut next[question.index()];
            order[*slot as usize] = row as u32;
            *slot += 1;
        }
        if !self.id.is_empty() {
            for pair in starts.windows(2) {
                order[pair[0] as usize..pair[1] as usize].sort_by(|&a, &b| {
                    let (a, b) = (ClaimId(a), ClaimId(b));
                    super::natural_order(&self.name(a), &self.name(b)).then(a.cmp(&b))
                });
            }
        }
        self.starts = starts;
        order
    }
}

fn reorder<T: Copy>(values: &mut Vec<T>, order: &[u32]) {
    *values = order.iter().map(|&row| values[row as usize]).collect();
}
