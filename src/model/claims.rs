//! The claims of a case, in columns, grouped by question.

use std::ops::Range;

use rayon::slice::ParallelSliceMut;

use super::{
    Bound, BoundClass, ClaimId, Column, Date, Element, Estimate, Inferred, Interval, LabelId, ListColumn, Party,
    QuestionId, SourceId, SparseColumn, TextColumn, natural_order,
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
    /// the number that was said: of a range its lower end
    figure: Vec<f64>,
    /// upper end, where the bound and the figure do not tell it
    upper: SparseColumn<f64>,
    /// one unit of the last digit said
    granularity: Vec<f32>,
    /// stated interval around a point
    pub interval: SparseColumn<Interval>,
    /// question that the number is a share of
    pub of: SparseColumn<QuestionId>,
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
    pub revises: SparseColumn<ClaimId>,
    /// id as written; empty where the row number is the id
    pub id: TextColumn,
    /// row number in its file, from 1; empty while the claims stand in the order of their rows
    row: Vec<u32>,
    /// rows of the file before the first claim
    rows_before: u32,
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
            figure: Vec::new(),
            upper: SparseColumn::default(),
            granularity: Vec::new(),
            interval: SparseColumn::default(),
            of: SparseColumn::default(),
            published: Column::new(None),
            as_of: Column::new(None),
            status: Column::new(Status::Asserted),
            credibility: Column::new(0),
            basis: Column::new(None),
            inferred: Column::new(Inferred::default()),
            via: ListColumn::default(),
            cites: ListColumn::default(),
            revises: SparseColumn::default(),
            id: TextColumn::default(),
            row: Vec::new(),
            rows_before: 0,
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

    /// No claims yet of a part of a file that stands behind so many rows.
    #[must_use]
    pub(crate) fn behind(rows: u32) -> Claims {
        Claims { rows_before: rows, ..Claims::default() }
    }

    /// The claim of a row of the file, while claims stand in the order of their rows.
    #[must_use]
    pub(crate) fn at_row(&self, row: u32) -> Option<ClaimId> {
        let at = row.checked_sub(self.rows_before)?.checked_sub(1)?;
        ((at as usize) < self.len()).then_some(ClaimId(at))
    }

    /// Adds the claim of the next row, with only what every claim has; the other columns are set by its position.
    pub fn push(&mut self, question: QuestionId, publisher: SourceId, estimate: Estimate) -> ClaimId {
        let claim = ClaimId(self.len() as u32);
        self.question.push(question);
        self.publisher.push(publisher);
        self.bound.push(estimate.bound);
        self.figure.push(0.0);
        self.granularity.push(0.0);
        self.set_estimate(claim, estimate);
        claim
    }

    /// The estimate of a claim.
    #[must_use]
    pub fn estimate(&self, claim: ClaimId) -> Estimate {
        let at = claim.index();
        let (bound, figure) = (self.bound[at], self.figure[at]);
        let (low, high) = self.upper.get(at).map_or_else(|| usual_ends(bound, figure), |upper| (figure, upper));
        let granularity = f64::from(self.granularity[at]);
        Estimate { bound, low, high, granularity, interval: self.interval.get(at), of: self.of.get(at) }
    }

    /// Puts another estimate in the place of a claim's own.
    pub fn set_estimate(&mut self, claim: ClaimId, estimate: Estimate) {
        let (at, Estimate { bound, low, high, granularity, interval, of }) = (claim.index(), estimate);
        let figure = if bound.class() == BoundClass::Ceiling { high } else { low };
        let (usual_low, usual_high) = usual_ends(bound, figure);
        let is_usual = usual_low.to_bits() == low.to_bits() && usual_high.to_bits() == high.to_bits();
        self.bound[at] = bound;
        self.figure[at] = if is_usual { figure } else { low };
        self.upper.set(at, (!is_usual).then_some(high));
        self.granularity[at] = granularity as f32;
        self.interval.set(at, interval);
        self.of.set(at, of);
    }

    /// The row number of a claim in its file, from 1.
    #[must_use]
    pub fn row(&self, claim: ClaimId) -> u32 {
        self.row.get(claim.index()).copied().unwrap_or(self.rows_before + claim.0 + 1)
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
            "" => self.row(claim).to_string(),
            id => id.to_owned(),
        }
    }

    /// The date that orders an origin's figures: `as_of`, else `published`.
    #[must_use]
    pub fn refers_to(&self, claim: ClaimId) -> Option<Date> {
        self.as_of.get(claim.index()).or_else(|| self.published.get(claim.index()))
    }

    /// Compares two claims by their ids.
    #[must_use]
    pub fn compare_names(&self, a: ClaimId, b: ClaimId) -> std::cmp::Ordering {
        match (self.id.get(a.index()), self.id.get(b.index())) {
            ("", _) | (_, "") => natural_order(&self.name(a), &self.name(b)),
            (a, b) => natural_order(a, b),
        }
    }

    /// Puts other positions of questions, sources and labels in the place of those that the claims hold: each column
    /// gives the new position for every old one.
    pub fn renumber(&mut self, questions: &[u32], sources: &[u32], labels: &[u32]) {
        let question = |id: QuestionId| QuestionId(questions[id.index()]);
        let source = |id: SourceId| SourceId(sources[id.index()]);
        self.question.iter_mut().for_each(|id| *id = question(*id));
        self.publisher.iter_mut().for_each(|id| *id = source(*id));
        self.of.convert(question);
        self.via.convert(|element| {
            let party = match element.party {
                Party::Source(id) => Party::Source(source(id)),
                Party::Anonymous(label) => Party::Anonymous(LabelId(labels[label.index()])),
            };
            Element { party, ..element }
        });
    }

    /// Adds the claims of the rows that follow. Citations, revisions and columns beyond the format are taken as they
    /// are; both must stand in the order of their rows.
    pub fn append(&mut self, other: &Claims) {
        let rows = self.len();
        self.question.extend_from_slice(&other.question);
        self.publisher.extend_from_slice(&other.publisher);
        self.bound.extend_from_slice(&other.bound);
        self.figure.extend_from_slice(&other.figure);
        self.upper.append(rows, &other.upper);
        self.granularity.extend_from_slice(&other.granularity);
        self.interval.append(rows, &other.interval);
        self.of.append(rows, &other.of);
        self.published.append(rows, &other.published);
        self.as_of.append(rows, &other.as_of);
        self.status.append(rows, &other.status);
        self.credibility.append(rows, &other.credibility);
        self.basis.append(rows, &other.basis);
        self.inferred.append(rows, &other.inferred);
        self.via.append(rows, &other.via);
        self.cites.append(rows, &other.cites);
        self.revises.append(rows, &other.revises);
        for (text, added) in self.texts().into_iter().zip(other.text_columns()) {
            text.append(rows, added);
        }
        for (name, added) in &other.extra {
            let at = self.extra_column(name);
            self.extra[at].1.append(rows, added);
        }
    }

    /// Position of a column beyond the format among [`Claims::extra`]; it is made where there is none.
    pub fn extra_column(&mut self, name: &str) -> usize {
        self.extra.iter().position(|(known, _)| &**known == name).unwrap_or_else(|| {
            self.extra.push((name.into(), TextColumn::default()));
            self.extra.len() - 1
        })
    }

    fn texts(&mut self) -> [&mut TextColumn; 10] {
        [
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
        ]
    }

    fn text_columns(&self) -> [&TextColumn; 10] {
        [
            &self.id,
            &self.byline,
            &self.said,
            &self.unit,
            &self.scope,
            &self.cue,
            &self.url,
            &self.archive,
            &self.locator,
            &self.note,
        ]
    }

    /// Groups the claims by question, in order of id within each. Citations and revisions, given
    /// as positions before the call, point to the same claims after it. `questions` is the number
    /// of questions. One column is moved at a time, and none where the claims are in order already.
    /// Cost: n log n only where ids are given, else n.
    pub fn group(&mut self, questions: usize) {
        let Some(order) = self.grouped_order(questions) else {
            self.cites.sort_each();
            return;
        };
        if !self.cites.is_empty() || !self.revises.is_empty() {
            let mut place = vec![0u32; order.len()];
            for (to, &from) in order.iter().enumerate() {
                place[from as usize] = to as u32;
            }
            let moved = |claim: ClaimId| ClaimId(place[claim.index()]);
            self.cites.convert(moved);
            self.revises.convert(moved);
        }
        self.cites.sort_each();
        self.row = order.iter().map(|&row| self.row(ClaimId(row))).collect();
        reorder(&mut self.question, &order);
        reorder(&mut self.publisher, &order);
        reorder(&mut self.bound, &order);
        reorder(&mut self.figure, &order);
        self.upper.reorder(&order);
        reorder(&mut self.granularity, &order);
        self.interval.reorder(&order);
        self.of.reorder(&order);
        self.published.reorder(&order);
        self.as_of.reorder(&order);
        self.status.reorder(&order);
        self.credibility.reorder(&order);
        self.basis.reorder(&order);
        self.inferred.reorder(&order);
        self.via.reorder(&order);
        self.cites.reorder(&order);
        self.revises.reorder(&order);
        for text in self.texts() {
            text.reorder(&order);
        }
        for (_, text) in &mut self.extra {
            text.reorder(&order);
        }
    }

    /// Sets the question starts and returns the order of rows, by question and then by id, unless they stand in it.
    fn grouped_order(&mut self, questions: usize) -> Option<Vec<u32>> {
        let mut starts = vec![0u32; questions + 1];
        for question in &self.question {
            starts[question.index() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let is_before = |at: usize| {
            let (a, b) = (ClaimId(at as u32 - 1), ClaimId(at as u32));
            match self.question[at - 1].cmp(&self.question[at]) {
                std::cmp::Ordering::Equal => self.id.is_empty() || self.compare_names(a, b).is_le(),
                order => order.is_lt(),
            }
        };
        if (1..self.len()).all(is_before) {
            self.starts = starts;
            return None;
        }
        let mut next = starts.clone();
        let mut order = vec![0u32; self.len()];
        for (row, question) in self.question.iter().enumerate() {
            let slot = &mut next[question.index()];
            order[*slot as usize] = row as u32;
            *slot += 1;
        }
        if !self.id.is_empty() {
            let by_id = |a: &u32, b: &u32| self.compare_names(ClaimId(*a), ClaimId(*b)).then(a.cmp(b));
            for pair in starts.windows(2) {
                let rows = &mut order[pair[0] as usize..pair[1] as usize];
                if rows.len() > 1 << 12 { rows.par_sort_by(by_id) } else { rows.sort_by(by_id) }
            }
        }
        self.starts = starts;
        Some(order)
    }
}

/// The ends of an estimate that its bound and one number tell.
fn usual_ends(bound: Bound, figure: f64) -> (f64, f64) {
    match bound.class() {
        BoundClass::Floor => (figure, f64::INFINITY),
        BoundClass::Ceiling => (f64::NEG_INFINITY, figure),
        BoundClass::Unknown => (f64::NEG_INFINITY, f64::INFINITY),
        BoundClass::Point | BoundClass::Range => (figure, figure),
    }
}

fn reorder<T: Copy>(values: &mut Vec<T>, order: &[u32]) {
    *values = order.iter().map(|&row| values[row as usize]).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_come_out_as_they_were_put_in() {
        let (inf, mut claims) = (f64::INFINITY, Claims::default());
        let ends = [(5.0, 5.0), (5.0, inf), (-inf, 5.0), (-inf, inf), (1.0, 3.0), (0.0, -0.0), (f64::MIN, f64::MAX)];
        let bounds = [Bound::Exact, Bound::About, Bound::AtLeast, Bound::LessThan, Bound::Range, Bound::Unknown];
        let said: Vec<Estimate> =
            bounds.iter().flat_map(|&bound| ends.map(|(low, high)| Estimate::between(bound, low, high, 0.5))).collect();
        for estimate in &said {
            claims.push(QuestionId(0), SourceId(0), *estimate);
        }
        let bits = |e: Estimate| (e.bound, e.low.to_bits(), e.high.to_bits(), e.granularity.to_bits());
        for (at, estimate) in said.iter().enumerate() {
            assert_eq!(bits(claims.estimate(ClaimId(at as u32))), bits(*estimate));
        }
        claims.set_estimate(ClaimId(4), Estimate::single(Bound::AtMost, 9.0, 1.0));
        assert_eq!(claims.estimate(ClaimId(4)), Estimate::single(Bound::AtMost, 9.0, 1.0));
    }

    #[test]
    fn claims_in_order_stay_and_others_keep_their_rows() {
        let mut claims = Claims::default();
        for (at, question) in [1, 0, 1].into_iter().enumerate() {
            claims.push(QuestionId(question), SourceId(at as u32), Estimate::single(Bound::Exact, at as f64, 1.0));
        }
        claims.id.set(0, "b");
        claims.id.set(1, "x");
        claims.id.set(2, "a");
        claims.revises.set(0, Some(ClaimId(2)));
        claims.group(2);
        let rows: Vec<u32> = (0..3).map(|at| claims.row(ClaimId(at))).collect();
        assert_eq!((rows, claims.of_question(QuestionId(1))), (vec![2, 3, 1], 1..3));
        assert_eq!((claims.name(ClaimId(1)), claims.revises.get(2)), ("a".to_owned(), Some(ClaimId(1))));
        let grouped = claims.clone();
        claims.group(2);
        assert_eq!(claims, grouped);
    }
}
