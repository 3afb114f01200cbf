//! A question made ready: its figures on a scale, and the posterior that they give.

use super::account::NoConsensus;
use super::effective::{Effective, effective};
use super::evidence::{QuestionEvidence, SharedUnit};
use super::likelihood::Form;
use super::posterior::{Posterior, Support, Voice};
use super::reading::Figure;
use super::scale::{Extent, Transform};
use super::settings::Settings;
use crate::credibility::prior::sigma_grid;
use crate::model::Scale;

/// What the calibration of quantiles looks at besides the posterior.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Gist {
    /// mean of the figures that are no one-sided bounds: of all alike, and by the inverse variance of their
    /// sources; relative to the zero of the mesh; 0, the median figure, without any
    pub means: [f64; 2],
    /// number of figures
    pub origins: f64,
    /// where the question shares its unit with others of its kind
    pub level: Option<Level>,
}

/// Where zero lies, and how large the question's unit is beside that of its kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    zero: f64,
    /// the question's unit over that of its kind
    per: f64,
}

impl Level {
    /// A place in units of the kind, from zero.
    pub fn of(self, place: f64) -> f64 {
        (place - self.zero) * self.per
    }

    /// A distance in units of the kind, as one on the scale of the question.
    pub fn back(self, distance: f64) -> f64 {
        distance / self.per
    }
}

/// A question with at least one figure, on its scale.
pub(super) struct Prepared<'a> {
    /// one for each figure
    pub voices: Vec<Voice<'a>>,
    /// what they give together
    pub posterior: Posterior,
    /// the scale
    pub transform: Transform,
    /// limits on it
    pub support: Support,
    /// effective number of origins
    pub effective_origins: f64,
    shared_unit: Option<SharedUnit>,
}

impl<'a> Prepared<'a> {
    /// Puts the figures on the question's scale and multiplies their likelihoods.
    pub fn of(
        question: &QuestionEvidence,
        figures: &[Figure<'a>],
        settings: &Settings,
    ) -> Result<Prepared<'a>, NoConsensus> {
        Prepared::keeping(question, figures, settings, 0)
    }

    /// The same, with the tables of up to that many figures kept for [`records`](super::records::records).
    pub fn keeping(
        question: &QuestionEvidence,
        figures: &[Figure<'a>],
        settings: &Settings,
        kept: usize,
    ) -> Result<Prepared<'a>, NoConsensus> {
        if figures.is_empty() {
            return Err(NoConsensus::NoFigure);
        }
        let effective = independence(figures, settings);
        let transform = transform(question, figures, settings);
        let end = |limit: Option<f64>, open: f64| {
            limit.map_or(open, |x| transform.forward(x)).clamp(f64::NEG_INFINITY, f64::INFINITY)
        };
        // What is counted can be none, and no less unless somebody says so.
        let is_count = question.scale != Scale::Linear && figures.iter().all(|figure| figure.extent().low >= 0.0);
        let least = question.min.or(is_count.then_some(0.0));
        let support = Support { low: end(least, f64::NEG_INFINITY), high: end(question.max, f64::INFINITY) };
        if support.low.is_nan() || support.high.is_nan() || support.low >= support.high {
            return Err(NoConsensus::NoRoom);
        }
        let voices: Vec<Voice> = figures
            .iter()
            .zip(&effective.eta)
            .map(|(figure, &eta)| {
                let kernel = figure.kernel(transform, settings);
                let lattice = figure.lattice(transform);
                let (row, wording) = (figure.row, figure.wording());
                let (gross, said) = (figure.gross_rate(settings), figure.said());
                Voice { kernel, row, gross, eta, lattice, said, wording, kappa: row.kappa[wording] }
            })
            .collect();
        let posterior = Posterior::of(&voices, support, settings, kept).ok_or(NoConsensus::NoRoom)?;
        let shared_unit = question.shared_unit;
        Ok(Prepared { voices, posterior, transform, support, effective_origins: effective.number, shared_unit })
    }

    /// What the calibrated quantiles look at besides the posterior.
    pub fn gist(&self) -> Gist {
        let level = match (self.transform, self.shared_unit) {
            (Transform::Linear { unit, .. }, Some(shared)) => {
                let level = Level { zero: self.place(0.0), per: unit / shared.kind };
                (level.zero.is_finite() && level.per.is_finite() && level.per > 0.0).then_some(level)
            }
            _ => None,
        };
        Gist { means: self.means(), origins: self.voices.len() as f64, level }
    }

    fn means(&self) -> [f64; 2] {
        let (mut plain, mut count, mut weighted, mut total) = (0.0, 0.0, 0.0, 0.0);
        for voice in &self.voices {
            if !matches!(voice.kernel.form, Form::Point | Form::Grown { .. }) {
                continue;
            }
            let square: f64 = voice.row.p_sigma.iter().zip(sigma_grid()).map(|(p, s)| p * s * s).sum();
            let width = 0.5 * (voice.kernel.below + voice.kernel.above);
            let weight = 1.0 / (square + width * width + voice.row.bias * voice.row.bias);
            let place = voice.kernel.z - self.posterior.origin;
            plain += place;
            count += 1.0;
            weighted += weight * place;
            total += weight;
        }
        if count > 0.0 { [plain / count, weighted / total] } else { [0.0; 2] }
    }

    /// z of a value, relative to the zero of the mesh.
    pub fn place(&self, value: f64) -> f64 {
        self.transform.forward(value) - self.posterior.origin
    }
}

/// η of each origin: as [`effective`] has it, where a likely copy shares its error with the other by the probability
/// of copying.
pub(super) fn independence(figures: &[Figure<'_>], settings: &Settings) -> Effective {
    let ties: Vec<u32> = figures.iter().map(|figure| figure.evidence.tie).collect();
    let mut found = effective(&ties, settings);
    for (eta, figure) in found.eta.iter_mut().zip(figures) {
        if figure.row.copies.is_empty() {
            continue;
        }
        let more: f64 =
            figures.iter().map(|other| (figure.row.copies_of(other.row.slot) - settings.rho).max(0.0)).sum();
        *eta = 1.0 / (1.0 / *eta + more);
    }
    found.number = found.eta.iter().sum();
    found
}

/// The scale of a question; a linear one takes the shared unit where there is one.
fn transform(question: &QuestionEvidence, figures: &[Figure<'_>], settings: &Settings) -> Transform {
    let extents: Vec<Extent> = figures.iter().map(Figure::extent).collect();
    let limits = match (question.min, question.max) {
        (Some(low), Some(high)) if high > low && (high - low).is_finite() => Some([low, high]),
        _ => None,
    };
    let own = Transform::choose(question.scale, &extents, limits, settings.named.sigma);
    match (own, question.shared_unit) {
        (Transform::Linear { centre, unit: own }, Some(shared)) if question.scale == Scale::Linear => {
            // Far outliers must not leave the range in which squares can be taken.
            let span =
                extents.iter().map(|e| (0.5 * e.low - 0.5 * centre).abs().max((0.5 * e.high - 0.5 * centre).abs()));
            let least = 2e-6 * span.fold(0.0, f64::max);
            let unit = shared.own.max(least).min(1e300);
            Transform::Linear { centre, unit: if unit.is_finite() { unit } else { own } }
        }
        (own, _) => own,
    }
}

#[cfg(test)]
impl Level {
    /// A level by its parts, for tests.
    pub fn new(zero: f64, per: f64) -> Level {
        Level { zero, per }
    }
}

#[cfg(test)]
mod tests {
    use super::super::partition::usable;
    use super::*;
    use crate::consensus::{Class, SourceSlot};
    use crate::credibility::{ClassPrior, SourceTable};
    use crate::model::{Bound, Estimate};

    /// A linear question with a figure of each source, and what the sources are like.
    fn table(sigmas: &[f64], settings: &Settings) -> SourceTable {
        let mut table = SourceTable::from_priors(sigmas.iter().map(|_| (Class::Named, None)), settings);
        let mut rows: Vec<_> = (0..sigmas.len() as u32).filter_map(|at| table.get(SourceSlot(at)).cloned()).collect();
        for (row, &sigma) in rows.iter_mut().zip(sigmas) {
            row.p_sigma = ClassPrior { sigma, ..settings.named }.over_grid();
        }
        table = SourceTable::new(rows);
        table
    }

    #[test]
    fn the_weighted_mean_leans_to_the_figures_of_exact_sources() {
        let settings = Settings::default();
        let question = QuestionEvidence::of_points(&[0.0, 40.0, 100.0]);
        let means = |sigmas: &[f64]| {
            let table = table(sigmas, &settings);
            let prepared = Prepared::of(&question, &usable(&question, &table), &settings).ok().unwrap();
            let Transform::Linear { unit, .. } = prepared.transform else { panic!("another scale") };
            prepared.gist().means.map(|mean| mean * unit)
        };
        // Places are counted from the median figure, 40.
        let [plain, weighted] = means(&[0.2, 0.2, 0.2]);
        assert!((plain - 20.0 / 3.0).abs() < 1e-9 && (weighted - plain).abs() < 1e-9, "{plain}, {weighted}");
        let [plain, weighted] = means(&[0.05, 0.5, 0.5]);
        assert!((plain - 20.0 / 3.0).abs() < 1e-9 && (-40.0..-20.0).contains(&weighted), "{plain}, {weighted}");
        let [_, weighted] = means(&[0.5, 0.5, 0.05]);
        assert!((30.0..60.0).contains(&weighted), "{weighted}");
    }

    #[test]
    fn a_likely_copy_is_less_of_an_origin() {
        let settings = Settings { rho: 0.35, ..Settings::default() };
        let question = QuestionEvidence::of_points(&[1.0, 1.0]);
        let mut rows: Vec<_> = {
            let table = table(&[0.2, 0.2], &settings);
            (0..2).filter_map(|at| table.get(SourceSlot(at)).cloned()).collect()
        };
        rows[1].copies = vec![(SourceSlot(0), 0.95)];
        let table = SourceTable::new(rows);
        let found = independence(&usable(&question, &table), &settings);
        // 1/(1 + 0.35) for either, and for the copy 1/(1 + 0.95).
        assert!(
            (found.eta[0] - 1.0 / 1.35).abs() < 1e-12 && (found.eta[1] - 1.0 / 1.95).abs() < 1e-12,
            "{:?}",
            found.eta
        );
        assert!((found.number - found.eta[0] - found.eta[1]).abs() < 1e-12);
    }

    #[test]
    fn a_shared_unit_is_in_force_unless_an_outlier_lies_too_far_for_squares() {
        let settings = Settings::default();
        let unit = |mut question: QuestionEvidence| {
            question.shared_unit = Some(SharedUnit { own: 7.0, kind: 7.0 });
            let table = table(&[0.2; 3], &settings);
            let figures = usable(&question, &table);
            let Transform::Linear { unit, .. } = transform(&question, &figures, &settings) else {
                panic!("not linear")
            };
            unit
        };
        assert_eq!(unit(QuestionEvidence::of_points(&[-3.0, 1.0, 2.0])), 7.0);
        // From the median figure, 1, the farthest lies 1e9 away: 2e-6 of half of that is the least.
        let far = unit(QuestionEvidence::of_points(&[-3.0, 1.0, 1.0 + 1e9]));
        assert!((far / 1000.0 - 1.0).abs() < 1e-9, "{far}");
        // The same of the lower end of a range, whose middle is the median.
        let mut range = QuestionEvidence::of_points(&[0.0, 0.0, 0.0]);
        range.origins[0].estimate = Estimate::between(Bound::Range, -1e9, 1.0, 1.0);
        let far = unit(range);
        assert!((far / 1000.0 - 1.0).abs() < 1e-9, "{far}");
    }
}
