//! What the candidates for the constants say of questions with a settled value, for [`fit`](super::fit) to choose.

use super::atoms::atoms;
use super::evidence::QuestionEvidence;
use super::partition::usable;
use super::prepared::{Gist, Prepared, independence};
use super::settings::Settings;
use super::summary::{Place, Reading};
use crate::credibility::SourceTable;

/// More than this are not looked at: they are taken evenly from all.
pub const MOST: usize = 480;
const RHO: [f64; 4] = [0.02, 0.12, 0.35, 0.8];
const EPS: [f64; 3] = [0.05, 0.3, 0.7];
const VOTE: [f64; 4] = [0.03, 0.1, 0.35, 1.0];

/// The constants that are tried, as settings.
#[must_use]
pub fn candidates(settings: &Settings, has_exact: bool) -> Vec<Settings> {
    let mut all = Vec::new();
    for rho in RHO {
        for eps in EPS {
            let records = VOTE.map(|vote| (vote, true)).into_iter().filter(|_| has_exact);
            for (vote, exact_records) in records.chain([(settings.vote, false)]) {
                // The shifts take the place of a blur.
                all.push(Settings {
                    rho,
                    eps,
                    vote,
                    exact_records,
                    mu: 0.0,
                    tau: 0.0,
                    mean: [0.0; 2],
                    spread: 1.0,
                    crowd: 0.0,
                    shift: [0.0; 9],
                    ..settings.clone()
                });
            }
        }
    }
    all
}

/// What the candidates say of a question whose value is settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// settled value, on the scale
    pub(super) truth: f64,
    /// the figures in brief
    pub(super) gist: Gist,
    /// quantiles under each candidate
    pub(super) places: Vec<[Place; 9]>,
    /// which samples are held out together
    pub(super) fold: usize,
}

/// The sample of a question; `None` where it has no range or the settled value has no place on its scale.
/// Cost: for each candidate, as for leaving an origin out.
#[must_use]
pub fn sample(
    question: &QuestionEvidence,
    value: f64,
    fold: usize,
    sources: &SourceTable,
    candidates: &[Settings],
) -> Option<Sample> {
    let base = candidates.first()?;
    let figures = usable(question, sources);
    let prepared = Prepared::of(question, &figures, base).ok()?;
    let truth = prepared.place(value);
    if !truth.is_finite() {
        return None;
    }
    let Prepared { voices, posterior, transform, support, .. } = &prepared;
    let mut known: Option<(f64, Vec<f64>)> = None;
    let mut places = Vec::with_capacity(candidates.len());
    for settings in candidates {
        let product = match known.take() {
            Some((rho, product)) if rho == settings.rho => product,
            _ => posterior.reweighted(&independence(&figures, settings).eta),
        };
        let density = posterior.mixed(&product, None, settings.eps);
        let atoms = atoms(voices, posterior, &density, None, settings);
        let reading = Reading::new(posterior, &density, atoms, Gist::default(), *transform, *support, settings)?;
        places.push(reading.places());
        known = Some((settings.rho, product));
    }
    Some(Sample { truth, gist: prepared.gist(), places, fold })
}

impl Sample {
    /// Weight of the sample's loss: in the unit of its kind where there is one.
    pub(super) fn weight(&self) -> f64 {
        self.gist.level.map_or(1.0, |level| 1.0 / level.back(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::prepared::Level;
    use super::*;

    #[test]
    fn candidates_begin_without_what_an_earlier_fit_has_found() {
        let fitted = Settings {
            mu: 0.3,
            tau: 0.1,
            mean: [0.5, 0.0],
            spread: 1.7,
            crowd: 0.5,
            shift: [0.2; 9],
            growth_share: 0.1,
            ..Settings::default()
        };
        let all = candidates(&fitted, true);
        assert_eq!(all.len(), RHO.len() * EPS.len() * (VOTE.len() + 1));
        for settings in &all {
            let plain = (settings.mu, settings.tau, settings.mean, settings.spread, settings.crowd, settings.shift);
            assert_eq!(plain, (0.0, 0.0, [0.0; 2], 1.0, 0.0, [0.0; 9]));
            assert_eq!(settings.growth_share, 0.1);
        }
        assert!(candidates(&fitted, false).iter().all(|settings| !settings.exact_records));
    }

    #[test]
    fn a_loss_counts_in_the_unit_of_the_kind() {
        let weight = |level: Option<Level>| {
            Sample { truth: 0.0, gist: Gist { level, ..Gist::default() }, places: Vec::new(), fold: 0 }.weight()
        };
        assert_eq!([weight(None), weight(Some(Level::new(3.0, 4.0)))], [1.0, 4.0]);
    }
}
