//! Distinct numbers as facts, with who claims which.

use std::ops::Range;

use crate::consensus::methods::simple::median::median;
use crate::consensus::methods::simple::mode::is_nearer;
use crate::consensus::methods::{Figures, Found, NO_FIGURE};

/// The distinct numbers of all questions. A source that gives a number several times has given it once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// the number, on the scale of its question, rising within a question
    pub z: Vec<f64>,
    /// question of each fact
    pub question: Vec<u32>,
    /// one past the last fact of each question
    ends: Vec<usize>,
    /// sources of each fact, rising; one past the last of each in `voter_ends`
    voters: Vec<u32>,
    voter_ends: Vec<usize>,
    /// facts of each source, rising; one past the last of each in `claim_ends`
    claims: Vec<u32>,
    claim_ends: Vec<usize>,
}

impl Facts {
    /// The facts of some figures. Cost: n·ln n.
    ///
    /// ```
    /// use sayso::consensus::methods::{Figures, truth::facts::Facts};
    /// let facts = Facts::of(&Figures::on_scale(&[vec![(0, 5.0), (1, 7.0), (2, 5.0), (2, 5.0)]]));
    /// assert_eq!((facts.z.len(), facts.voters(0), facts.claims(2)), (2, &[0, 2][..], &[0][..]));
    /// ```
    #[must_use]
    pub fn of(figures: &Figures) -> Facts {
        let mut facts = Facts::default();
        let mut said: Vec<(f64, u32)> = Vec::new();
        for (question, sheet) in figures.sheets().enumerate() {
            said.clear();
            said.extend(sheet.z.iter().copied().zip(sheet.source.iter().copied()));
            said.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for same in said.chunk_by(|a, b| a.0 == b.0) {
                facts.z.push(same[0].0);
                facts.question.push(question as u32);
                let start = facts.voters.len();
                for &(_, source) in same {
                    if facts.voters.len() == start || facts.voters[facts.voters.len() - 1] != source {
                        facts.voters.push(source);
                    }
                }
                facts.voter_ends.push(facts.voters.len());
            }
            facts.ends.push(facts.z.len());
        }
        facts.turn(figures.sources());
        facts
    }

    /// Fills the facts of each source from the sources of each fact.
    fn turn(&mut self, sources: usize) {
        let mut starts = vec![0; sources + 1];
        for &source in &self.voters {
            starts[source as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        self.claim_ends = starts[1..].to_vec();
        self.claims = vec![0; self.voters.len()];
        for fact in 0..self.z.len() {
            for at in self.voter_range(fact) {
                let next = &mut starts[self.voters[at] as usize];
                self.claims[*next] = fact as u32;
                *next += 1;
            }
        }
    }

    fn voter_range(&self, fact: usize) -> Range<usize> {
        let start = if fact == 0 { 0 } else { self.voter_ends[fact - 1] };
        start..self.voter_ends[fact]
    }

    /// How many facts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.z.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.z.is_empty()
    }

    /// How many questions there are.
    #[must_use]
    pub fn questions(&self) -> usize {
        self.ends.len()
    }

    /// How many sources there are.
    #[must_use]
    pub fn sources(&self) -> usize {
        self.claim_ends.len()
    }

    /// Positions of the facts of a question.
    #[must_use]
    pub fn of_question(&self, question: usize) -> Range<usize> {
        let start = if question == 0 { 0 } else { self.ends[question - 1] };
        start..self.ends[question]
    }

    /// The sources that claim a fact, rising.
    #[must_use]
    pub fn voters(&self, fact: usize) -> &[u32] {
        &self.voters[self.voter_range(fact)]
    }

    /// The facts that a source claims, rising.
    #[must_use]
    pub fn claims(&self, source: usize) -> &[u32] {
        let start = if source == 0 { 0 } else { self.claim_ends[source - 1] };
        &self.claims[start..self.claim_ends[source]]
    }

    /// The fact believed most on each question; of equals the one nearest to the median figure,
    /// then the lowest. `None` where there is no fact.
    #[must_use]
    pub fn best(&self, figures: &Figures, belief: &[f64]) -> Vec<Option<usize>> {
        let best = figures.sheets().enumerate().map(|(question, sheet)| {
            let middle = median(sheet.z);
            let away = |fact: usize| (self.z[fact] - middle).abs();
            self.of_question(question).reduce(|best, fact| {
                let order = belief[fact].total_cmp(&belief[best]);
                let wins = order.is_gt() || (order.is_eq() && is_nearer(away(fact), away(best)));
                if wins { fact } else { best }
            })
        });
        best.collect()
    }

    /// The fact believed most on each question, as what a method finds.
    #[must_use]
    pub fn found(&self, figures: &Figures, belief: &[f64]) -> Vec<Found> {
        let point =
            |fact: Option<usize>| fact.map_or_else(|| Found::none(NO_FIGURE), |fact| Found::point(self.z[fact]));
        self.best(figures, belief).into_iter().map(point).collect()
    }
}

/// Divides all values by the largest, if that is above zero and finite.
pub fn norm_by_largest(values: &mut [f64]) {
    let most = values.iter().copied().fold(0.0, f64::max);
    if most > 0.0 && most.is_finite() {
        for value in values {
            *value /= most;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_facts_believed_alike_the_one_nearest_to_the_median_figure_is_best() {
        let figures = Figures::on_scale(&[vec![(0, 1.0), (1, 5.0), (2, 6.0)], vec![], vec![(0, 3.0), (1, 4.0)]]);
        let facts = Facts::of(&figures);
        // Of two at the same distance, the lowest.
        assert_eq!(facts.best(&figures, &[0.5; 5]), [Some(1), None, Some(3)]);
        assert_eq!(facts.best(&figures, &[0.5, 0.5, 0.6, 0.1, 0.2]), [Some(2), None, Some(4)]);
    }
}
