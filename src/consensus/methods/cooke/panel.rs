//! A panel: experts who state the same quantiles on the same questions.

use petgraph::unionfind::UnionFind;
use rustc_hash::FxHashMap;

use crate::consensus::methods::Figures;

/// Share of the range of all numbers of an item that is added at each end.
pub const OVERSHOOT: f64 = 0.1;

/// The quantiles that one expert states on one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// the expert's position in the panel
    pub expert: usize,
    /// values at the panel's probabilities, rising, on the scale of the item
    pub quantiles: Vec<f64>,
}

/// A question put to the panel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// one for each expert who answered
    pub assessments: Vec<Assessment>,
    /// the settled value: the item is a seed
    pub realisation: Option<f64>,
}

/// Experts and items.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// probabilities of the quantiles that are stated, rising in (0, 1)
    pub probabilities: Vec<f64>,
    /// how many experts there are
    pub experts: usize,
    /// the items
    pub items: Vec<Item>,
    /// position among the questions of each item, where the panel comes from a case
    pub questions: Vec<usize>,
}

impl Item {
    /// The intrinsic range: all numbers of the item, the settled one too, with the overshoot added
    /// at each end. `None` without numbers or where they are all one.
    #[must_use]
    pub fn range(&self) -> Option<[f64; 2]> {
        let numbers = || self.assessments.iter().flat_map(|a| a.quantiles.iter().copied()).chain(self.realisation);
        let (low, high) = (numbers().reduce(f64::min)?, numbers().reduce(f64::max)?);
        let more = OVERSHOOT * (high - low);
        (more > 0.0).then_some([low - more, high + more])
    }

    /// The item as a target: without its settled value.
    #[must_use]
    pub fn unsettled(&self) -> Item {
        Item { assessments: self.assessments.clone(), realisation: None }
    }
}

impl Panel {
    /// Probability of each bin between the quantiles.
    #[must_use]
    pub fn bins(&self) -> Vec<f64> {
        let ends = std::iter::once(0.0).chain(self.probabilities.iter().copied()).chain([1.0]);
        let ends: Vec<f64> = ends.collect();
        ends.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// Positions of the items that are seeds.
    pub fn seeds(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.items.len()).filter(|&at| self.items[at].realisation.is_some())
    }

    /// The panels of a case: publishers that state intervals on common questions, straight or
    /// through others, are one panel. Of the levels stated in it the most frequent counts, and of
    /// several intervals of one publisher on one question the last.
    ///
    /// Cost: linear in figures, but for joining.
    #[must_use]
    pub fn of(figures: &Figures) -> Vec<Panel> {
        let mut tied = UnionFind::<usize>::new(figures.sources());
        for sheet in figures.sheets() {
            let mut first = None;
            for at in (0..sheet.len()).filter(|&at| sheet.level[at] > 0.0) {
                let source = sheet.source[at] as usize;
                tied.union(*first.get_or_insert(source), source);
            }
        }
        let mut place: FxHashMap<usize, usize> = FxHashMap::default();
        let mut members: Vec<Vec<usize>> = Vec::new();
        for (question, sheet) in figures.sheets().enumerate() {
            let Some(at) = (0..sheet.len()).find(|&at| sheet.level[at] > 0.0) else { continue };
            let panel = *place.entry(tied.find(sheet.source[at] as usize)).or_insert_with(|| {
                members.push(Vec::new());
                members.len() - 1
            });
            members[panel].push(question);
        }
        members.into_iter().map(|questions| panel(figures, questions)).collect()
    }
}

fn panel(figures: &Figures, questions: Vec<usize>) -> Panel {
    let level = usual_level(figures, &questions);
    let tail = 0.5 - 0.5 * level;
    let mut panel = Panel { probabilities: vec![tail, 0.5, 1.0 - tail], ..Panel::default() };
    let mut experts: FxHashMap<u32, usize> = FxHashMap::default();
    for &question in &questions {
        let sheet = figures.sheet(question);
        let mut item = Item { assessments: Vec::new(), realisation: sheet.heading.truth };
        for at in (0..sheet.len()).filter(|&at| sheet.level[at] == level) {
            let next = experts.len();
            let expert = *experts.entry(sheet.source[at]).or_insert(next);
            let quantiles = vec![sheet.low[at], sheet.z[at], sheet.high[at]];
            match item.assessments.iter_mut().find(|known| known.expert == expert) {
                Some(known) => known.quantiles = quantiles,
                None => item.assessments.push(Assessment { expert, quantiles }),
            }
        }
        panel.items.push(item);
    }
    panel.experts = experts.len();
    panel.questions = questions;
    panel
}

/// The level that most intervals have; of several the highest.
fn usual_level(figures: &Figures, questions: &[usize]) -> f64 {
    let mut levels: Vec<f64> = questions
        .iter()
        .flat_map(|&question| figures.sheet(question).level.iter().copied())
        .filter(|level| *level > 0.0)
        .collect();
    levels.sort_by(f64::total_cmp);
    levels.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).map_or(0.9, |run| run[0])
}
