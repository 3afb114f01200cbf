//! Scores and weights of the experts of a panel.

use super::calibration::{bin, calibration, counts};
use super::decision_maker::Mixture;
use super::information::{information, information_in, mean_information};
use super::panel::{Assessment, Item, Panel};

/// What the experts of a panel are worth on a set of seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// calibration of each expert
    pub calibration: Vec<f64>,
    /// mean information of each expert on the seeds
    pub information: Vec<f64>,
    /// smallest number of seeds answered by an expert who answered any
    pub least: u32,
    /// the experts below this calibration count for nothing
    pub cutoff: f64,
}

/// How weights are made of scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighting {
    /// all alike
    Equal,
    /// calibration times mean information on the seeds
    Global,
    /// calibration times information on the item itself
    Item,
}

impl Scores {
    /// The scores on some seeds, without a cut-off. Cost: experts times seeds.
    #[must_use]
    pub fn new(panel: &Panel, seeds: &[usize]) -> Scores {
        let bins = panel.bins();
        let counts: Vec<Vec<u32>> = (0..panel.experts).map(|expert| counts(panel, expert, seeds)).collect();
        let answered = counts.iter().map(|count| count.iter().sum::<u32>());
        let least = answered.filter(|&n| n > 0).min().unwrap_or(0);
        let items: Vec<_> = seeds.iter().map(|&seed| &panel.items[seed]).collect();
        let mean = |expert| mean_information(&items, expert, &bins);
        Scores {
            calibration: counts.iter().map(|count| calibration(count, &bins, least)).collect(),
            information: (0..panel.experts).map(mean).collect(),
            least,
            cutoff: 0.0,
        }
    }

    /// Weight of an expert on an item, before norming over those who answered it.
    #[must_use]
    pub fn weight(&self, item: &Item, expert: usize, bins: &[f64], by: Weighting) -> f64 {
        let calibration = self.calibration[expert];
        if by == Weighting::Equal {
            return 1.0;
        }
        if calibration < self.cutoff {
            return 0.0;
        }
        let own = || {
            let answer = item.assessments.iter().find(|a| a.expert == expert);
            answer.map_or(0.0, |answer| information(item, &answer.quantiles, bins))
        };
        calibration * if by == Weighting::Item { own() } else { self.information[expert] }
    }

    /// The same scores with the cut-off that makes the decision maker's own calibration times
    /// information on the seeds greatest, of the calibrations that occur; the lowest of equals
    /// (Cooke 1991, chapter 12). Cost: experts times that of a decision maker on every seed.
    #[must_use]
    pub fn optimised(mut self, panel: &Panel, seeds: &[usize]) -> Scores {
        let mixtures: Vec<Mixture> =
            seeds.iter().map(|&seed| Mixture::new(&panel.items[seed], &panel.probabilities)).collect();
        let mut cutoffs: Vec<f64> = self.calibration.iter().copied().filter(|c| *c > 0.0).collect();
        cutoffs.sort_by(f64::total_cmp);
        cutoffs.dedup();
        let mut best: Option<(f64, f64)> = None;
        for cutoff in cutoffs {
            self.cutoff = cutoff;
            let worth = self.worth(panel, seeds, &mixtures);
            if best.is_none_or(|(_, most)| worth > most) {
                best = Some((cutoff, worth));
            }
        }
        self.cutoff = best.map_or(0.0, |(cutoff, _)| cutoff);
        self
    }

    /// Calibration times information of the global-weight decision maker on the seeds.
    fn worth(&self, panel: &Panel, seeds: &[usize], mixtures: &[Mixture]) -> f64 {
        let bins = panel.bins();
        let mut counts = vec![0u32; bins.len()];
        let (mut total, mut n) = (0.0, 0.0);
        for (&seed, mixture) in seeds.iter().zip(mixtures) {
            let item = &panel.items[seed];
            let decision = mixture.weighted(|expert| self.weight(item, expert, &bins, Weighting::Global));
            let (Some(decision), Some(value), Some([low, high])) = (decision, item.realisation, item.range()) else {
                continue;
            };
            let quantiles: Vec<f64> = panel.probabilities.iter().map(|&p| decision.quantile(p)).collect();
            total += information_in(low, high, &quantiles, &bins);
            n += 1.0;
            counts[bin(&Assessment { expert: 0, quantiles }, value)] += 1;
        }
        if n > 0.0 { calibration(&counts, &bins, self.least) * total / n } else { 0.0 }
    }
}
