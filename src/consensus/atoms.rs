//! Exact records: the probability that the true value is one of the figures, to the last digit.
//!
//! Some quantities are read off a register (a census, a schedule): a source either has the number or
//! does not. With rate κ a source gives θ itself. Of figures that are not exact, a share γ repeats a
//! figure that stands there already. The posterior then has an atom at each figure v beside its density,
//! in the proportion W(v) : 1 with
//!
//! W(v) = κ₁/(1 − κ₁) · {p(v)/f₁(v) · Πₛ (κₛ + (1 − κₛ)cₛ)/((1 − κₛ)cₛ)}^ω, cₛ = γ + (1 − γ)·fₛ(v)·gₛ,
//!
//! where the first of those who say v gives it its place and each further one a vote; f is the density of
//! a figure that is no exact record and g the step between figures on the scale. This is the vote of
//! Dong, Berti-Équille and Srivastava (2009), PVLDB 2:550, eq. 4, with the density of near misses in the place of
//! a number of false values. One figure alone gives its atom κ.

use crate::stats::elementary::{exp, ln};

use super::posterior::{Posterior, Voice};
use super::settings::Settings;

/// A figure that may be the true value itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Atom {
    /// the figure, in the question's unit
    pub value: f64,
    /// z − origin
    pub place: f64,
    /// probability
    pub mass: f64,
}

/// The atoms of a question in order of place, for a density at the nodes; `without` leaves out one voice.
/// None where no source has exact records. Cost: n·ln n.
pub(super) fn atoms(
    voices: &[Voice],
    posterior: &Posterior,
    density: &[f64],
    without: Option<usize>,
    settings: &Settings,
) -> Vec<Atom> {
    let mut said: Vec<(f64, usize)> = voices
        .iter()
        .enumerate()
        .filter(|&(at, voice)| settings.exact_records && Some(at) != without && voice.kappa > 0.0)
        .filter_map(|(at, voice)| Some((voice.said?, at)))
        .collect();
    // The surest source first, so that the order of rows does not matter.
    said.sort_by(|a, b| a.0.total_cmp(&b.0).then(voices[b.1].kappa.total_cmp(&voices[a.1].kappa)).then(a.1.cmp(&b.1)));
    let mut atoms = Vec::new();
    let mut logs = Vec::new();
    for group in said.chunk_by(|a, b| a.0 == b.0) {
        let place = voices[group[0].1].kernel.z - posterior.origin;
        let node = posterior.mesh.nearest(place);
        let mut log = settings.vote * ln(density[node].max(1e-280));
        for (rank, &(_, at)) in group.iter().enumerate() {
            let (kappa, repeat) = (voices[at].kappa, voices[at].row.repeat);
            let own = posterior.pool(at)[node].max(1e-280);
            log += if rank == 0 {
                ln(kappa / (1.0 - kappa)) - settings.vote * ln(own)
            } else {
                let chance = repeat + (1.0 - repeat) * (own * voices[at].lattice).min(0.25);
                let wrong = (1.0 - kappa) * chance.max(1e-9);
                settings.vote
                    * voices[at].fresh(group[..rank].iter().map(|&(_, other)| &voices[other]))
                    * ln((kappa + wrong) / wrong)
            };
        }
        logs.push(log.min(600.0));
        atoms.push(Atom { value: group[0].0, place, mass: 0.0 });
    }
    let top = logs.iter().copied().fold(0.0, f64::max);
    let total: f64 = exp(-top) + logs.iter().map(|log| exp(log - top)).sum::<f64>();
    for (atom, log) in atoms.iter_mut().zip(&logs) {
        atom.mass = exp(log - top) / total;
    }
    atoms
}
