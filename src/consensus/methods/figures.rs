//! What the classical methods read: published figures in columns, each on the scale of its question.

use crate::consensus::scale::{Extent, Transform};
use crate::model::{Bound, BoundClass, Estimate, QuestionId, Scale};

/// A figure as it was published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reported {
    /// row of its publisher
    pub source: u32,
    /// what was said, in the question's unit
    pub estimate: Estimate,
}

/// A question whose figures are read together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// the question
    pub question: QuestionId,
    /// scale that it asks for; a figure at or below zero turns log into asinh
    pub scale: Scale,
    /// smallest and largest possible value, where both are known
    pub limits: Option<[f64; 2]>,
    /// settled value in the question's unit, where it may be learned from
    pub truth: Option<f64>,
    /// topic; questions of one topic teach one another nothing in conformal ranges
    pub group: u32,
}

/// One question of [`Figures`]: what does not belong to a single figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heading {
    /// the question
    pub question: QuestionId,
    /// from its unit to the scale of `z`
    pub transform: Transform,
    /// settled value on the scale
    pub truth: Option<f64>,
    /// topic
    pub group: u32,
    /// vague words, which no method of the literature reads
    pub vague: u32,
    /// shares of another question
    pub shares: u32,
}

/// Published figures of all questions, in columns; those of a question stand together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// the questions
    pub questions: Vec<Heading>,
    /// first figure of each question after the first, and one past the last
    ends: Vec<u32>,
    /// row of each figure's publisher
    source: Vec<u32>,
    /// the figure read as a point, in the question's unit
    value: Vec<f64>,
    /// the same on the scale; a range at its middle there
    z: Vec<f64>,
    /// lower end on the scale: of a stated interval or a range, −∞ for a ceiling, else `z`
    low: Vec<f64>,
    /// upper end on the scale
    high: Vec<f64>,
    /// probability that the speaker gave to the interval; 0 where none
    level: Vec<f64>,
    /// how the number was bounded
    class: Vec<BoundClass>,
}

/// The figures of one question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet<'a> {
    /// the question
    pub heading: &'a Heading,
    /// row of each figure's publisher
    pub source: &'a [u32],
    /// the figure read as a point, in the question's unit
    pub value: &'a [f64],
    /// the same on the scale
    pub z: &'a [f64],
    /// lower end on the scale
    pub low: &'a [f64],
    /// upper end on the scale
    pub high: &'a [f64],
    /// probability of the interval; 0 where none was stated
    pub level: &'a [f64],
    /// how the number was bounded
    pub class: &'a [BoundClass],
}

impl Figures {
    /// No figures, with room for some.
    #[must_use]
    pub fn with_capacity(questions: usize, figures: usize) -> Figures {
        let numbers = || Vec::with_capacity(figures);
        Figures {
            questions: Vec::with_capacity(questions),
            ends: Vec::with_capacity(questions),
            source: Vec::with_capacity(figures),
            value: numbers(),
            z: numbers(),
            low: numbers(),
            high: numbers(),
            level: numbers(),
            class: Vec::with_capacity(figures),
        }
    }

    /// Adds the figures of further questions.
    pub fn append(&mut self, more: &Figures) {
        let before = self.z.len() as u32;
        self.questions.extend_from_slice(&more.questions);
        self.ends.extend(more.ends.iter().map(|end| before + end));
        self.source.extend_from_slice(&more.source);
        self.value.extend_from_slice(&more.value);
        self.z.extend_from_slice(&more.z);
        self.low.extend_from_slice(&more.low);
        self.high.extend_from_slice(&more.high);
        self.level.extend_from_slice(&more.level);
        self.class.extend_from_slice(&more.class);
    }

    /// Adds a question with its figures. Vague words and shares of other questions are counted and
    /// left out, and so are numbers that are not finite. `typical` is the median error scale of a
    /// named source, which fixes the unit of linear questions.
    ///
    /// Cost: n·ln n in the figures.
    ///
    /// ```
    /// use sayso::consensus::methods::{Asked, Figures, Reported};
    /// use sayso::model::{Bound, Estimate, QuestionId, Scale};
    /// let asked = Asked { question: QuestionId(0), scale: Scale::Log, limits: None, truth: None, group: 0 };
    /// let said = [Estimate::between(Bound::Range, 1e3, 4e3, 1e3), Estimate::between(Bound::Vague, 24.0, 99.0, 0.0)];
    /// let mut figures = Figures::default();
    /// figures.push(&asked, &said.map(|estimate| Reported { source: 0, estimate }), 0.25);
    /// assert!((figures.sheet(0).value[0] - 2e3).abs() < 1e-9);
    /// assert_eq!((figures.sheet(0).len(), figures.questions[0].vague), (1, 1));
    /// ```
    pub fn push(&mut self, asked: &Asked, reported: &[Reported], typical: f64) {
        let is_usable = |estimate: &Estimate| {
            let (low, high) = estimate.ends();
            estimate.is_figure() && estimate.bound != Bound::Vague && low.is_finite() && high.is_finite()
        };
        let shares = reported.iter().filter(|r| r.estimate.of.is_some()).count() as u32;
        let vague = reported.iter().filter(|r| r.estimate.of.is_none() && r.estimate.bound == Bound::Vague).count();
        let kept: Vec<&Reported> =
            reported.iter().filter(|r| r.estimate.of.is_none() && is_usable(&r.estimate)).collect();
        let extents: Vec<Extent> = kept.iter().map(|r| extent(&r.estimate)).collect();
        let transform = Transform::choose(asked.scale, &extents, asked.limits, typical);
        for reported in kept {
            self.push_figure(reported, transform);
        }
        self.ends.push(self.z.len() as u32);
        self.questions.push(Heading {
            question: asked.question,
            transform,
            truth: asked.truth.map(|truth| transform.forward(truth)).filter(|z| z.is_finite()),
            group: asked.group,
            vague: vague as u32,
            shares,
        });
    }

    /// Questions whose figures are points on a scale already: for each a publisher and a place.
    ///
    /// ```
    /// use sayso::consensus::methods::Figures;
    /// let figures = Figures::on_scale(&[vec![(0, 1.5), (1, 2.5)], vec![]]);
    /// assert_eq!((figures.len(), figures.sheet(0).z), (2, &[1.5, 2.5][..]));
    /// ```
    #[must_use]
    pub fn on_scale(questions: &[Vec<(u32, f64)>]) -> Figures {
        let transform = Transform::Linear { centre: 0.0, unit: 1.0 };
        let mut figures = Figures::default();
        for (at, question) in questions.iter().enumerate() {
            for &(source, z) in question {
                let estimate = Estimate::single(Bound::Exact, z, 0.0);
                figures.push_figure(&Reported { source, estimate }, transform);
            }
            figures.ends.push(figures.z.len() as u32);
            let question = QuestionId(at as u32);
            figures.questions.push(Heading { question, transform, truth: None, group: 0, vague: 0, shares: 0 });
        }
        figures
    }

    fn push_figure(&mut self, reported: &Reported, transform: Transform) {
        let estimate = &reported.estimate;
        let class = estimate.bound.class();
        let (from, to) = estimate.ends();
        let (z_from, z_to) = (transform.forward(from.min(to)), transform.forward(from.max(to)));
        let z = 0.5 * z_from + 0.5 * z_to;
        let value = if from == to { from } else { transform.back(z) };
        let stated = estimate.interval.filter(|i| i.low.is_finite() && i.high.is_finite());
        let stated = stated.filter(|i| i.level > 0.0 && i.level < 1.0);
        let (low, high, level) = match (class, stated) {
            (BoundClass::Floor, _) => (z, f64::INFINITY, 0.0),
            (BoundClass::Ceiling, _) => (f64::NEG_INFINITY, z, 0.0),
            (_, Some(i)) => {
                let (a, b) = (transform.forward(i.low.min(i.high)), transform.forward(i.low.max(i.high)));
                (a.min(z), b.max(z), i.level)
            }
            _ => (z_from, z_to, 0.0),
        };
        self.source.push(reported.source);
        self.value.push(value);
        self.z.push(z);
        self.low.push(low);
        self.high.push(high);
        self.level.push(level);
        self.class.push(class);
    }

    /// How many questions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// Rows of publishers: one more than the largest in use.
    #[must_use]
    pub fn sources(&self) -> usize {
        self.source.iter().max().map_or(0, |&most| most as usize + 1)
    }

    /// The figures of the question at a position, which must exist.
    #[must_use]
    pub fn sheet(&self, at: usize) -> Sheet<'_> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        let range = start..self.ends[at] as usize;
        Sheet {
            heading: &self.questions[at],
            source: &self.source[range.clone()],
            value: &self.value[range.clone()],
            z: &self.z[range.clone()],
            low: &self.low[range.clone()],
            high: &self.high[range.clone()],
            level: &self.level[range.clone()],
            class: &self.class[range],
        }
    }

    /// The same questions with figures on some of them only. Cost: the figures.
    #[must_use]
    pub fn only(&self, keeps: impl Fn(&Heading) -> bool) -> Figures {
        let mut kept = Figures { questions: self.questions.clone(), ..Figures::default() };
        for (at, heading) in self.questions.iter().enumerate() {
            if keeps(heading) {
                let sheet = self.sheet(at);
                kept.source.extend(sheet.source);
                kept.value.extend(sheet.value);
                kept.z.extend(sheet.z);
                kept.low.extend(sheet.low);
                kept.high.extend(sheet.high);
                kept.level.extend(sheet.level);
                kept.class.extend(sheet.class);
            }
            kept.ends.push(kept.z.len() as u32);
        }
        kept
    }

    /// The figures of each question in turn.
    pub fn sheets(&self) -> impl Iterator<Item = Sheet<'_>> {
        (0..self.len()).map(|at| self.sheet(at))
    }
}

impl Sheet<'_> {
    /// How many figures there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.z.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.z.is_empty()
    }

    /// How many figures have a bound of this class.
    #[must_use]
    pub fn count(&self, class: BoundClass) -> usize {
        self.class.iter().filter(|&&known| known == class).count()
    }

    /// A place on the scale in the question's unit. Where a figure stands at that very place it is
    /// given back as it was said, without the rounding of the way there and back.
    #[must_use]
    pub fn back(&self, z: f64) -> f64 {
        let said = self.z.iter().position(|&known| known == z);
        said.map_or_else(|| self.heading.transform.back(z), |at| self.value[at])
    }
}

/// What the choice of a scale looks at.
fn extent(estimate: &Estimate) -> Extent {
    let (a, b) = estimate.ends();
    let (mut low, mut high) = (a.min(b), a.max(b));
    if let Some(interval) = estimate.interval.filter(|i| i.low.is_finite() && i.high.is_finite()) {
        low = low.min(interval.low).min(interval.high);
        high = high.max(interval.low).max(interval.high);
    }
    let rounding = estimate.granularity.max(0.0) / 12f64.sqrt();
    Extent { low, high, half_width: (0.5 * high - 0.5 * low).max(rounding) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Interval;

    fn sheet_of(estimates: &[Estimate]) -> Figures {
        let asked = Asked { question: QuestionId(0), scale: Scale::Log, limits: None, truth: Some(5.0), group: 0 };
        let mut figures = Figures::default();
        let said: Vec<Reported> = estimates.iter().map(|&estimate| Reported { source: 0, estimate }).collect();
        figures.push(&asked, &said, 0.25);
        figures
    }

    #[test]
    fn a_bound_has_an_open_end_and_an_interval_its_level() {
        let floor = Estimate::single(Bound::AtLeast, 10.0, 1.0);
        let mut stated = Estimate::single(Bound::Exact, 10.0, 1.0);
        stated.interval = Some(Interval { low: 5.0, high: 20.0, level: 0.9 });
        let figures = sheet_of(&[floor, stated]);
        let sheet = figures.sheet(0);
        assert_eq!((sheet.high[0], sheet.level[0]), (f64::INFINITY, 0.0));
        assert!((sheet.low[1] - 5f64.ln()).abs() < 1e-15 && sheet.level[1] == 0.9);
        assert_eq!(sheet.back(sheet.z[0]), 10.0);
    }

    #[test]
    fn hostile_numbers_are_left_out_and_zero_turns_the_scale() {
        let figures = sheet_of(&[
            Estimate::single(Bound::Exact, f64::NAN, 0.0),
            Estimate::single(Bound::Exact, 0.0, 1.0),
            Estimate::single(Bound::Exact, 1e308, 1.0),
        ]);
        let sheet = figures.sheet(0);
        assert_eq!(sheet.len(), 2);
        assert!(sheet.z.iter().all(|z| z.is_finite()));
        assert_eq!(sheet.heading.transform.scale(), Scale::Asinh);
    }
}
