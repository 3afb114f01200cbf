//! The posterior over the true value of one question.
//!
//! p(θ, d) ∝ p(d)·N(θ; median z, max(2.5, half the range of z)²)·Π L*ₒ(θ, d)^ηₒ on a mesh of θ and nine difficulties d, then
//! p ← (1 − ε)·p + ε·Σₒ(1 − πₒ)·(normalised L*ₒ)/Σₒ(1 − πₒ).

use crate::credibility::SourceRow;
use crate::credibility::prior::{SIGMA_LOWEST, SIGMA_POINTS, half_octaves};
use crate::stats::elementary::{exp, ln, vectored};
use crate::stats::mesh::{Cluster, Mesh};
use crate::stats::quantile::median;

use super::likelihood::Kernel;
use super::settings::Settings;
use super::table::KernelTable;

/// What stands for zero under a logarithm: normal, and far below anything that matters.
const LEAST: f64 = 1e-280;

/// Number of difficulties.
pub(super) const DIFFICULTIES: usize = 9;

/// Number of values of σ·d: both lie on one grid of half octaves.
pub(super) const NOISES: usize = SIGMA_POINTS + DIFFICULTIES - 1;

/// The noise σ·d at step k, 0.005·2^(k/2). σⱼ·dᵢ is step i + j.
pub(super) fn noise(k: usize) -> f64 {
    half_octaves(0.25 * SIGMA_LOWEST, k as i32)
}

/// p(d) over d = 2^((i − 4)/2): log-normal around 1, normalised.
pub(super) fn difficulty_prior(settings: &Settings) -> [f64; DIFFICULTIES] {
    let weights: [f64; DIFFICULTIES] = std::array::from_fn(|i| {
        let log_d = (i as f64 - 4.0) * 0.5 * std::f64::consts::LN_2;
        libm::exp(-0.5 * (log_d / settings.difficulty_spread).powi(2))
    });
    let total: f64 = weights.iter().sum();
    weights.map(|w| w / total)
}

/// One origin as the posterior sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice<'a> {
    /// what it said
    pub kernel: Kernel,
    /// its source
    pub row: &'a SourceRow,
    /// rate of gross errors, relays included
    pub gross: f64,
    /// part of an independent origin
    pub eta: f64,
    /// step between figures such as this on the scale
    pub lattice: f64,
    /// the figure, where it may be an exact record
    pub said: Option<f64>,
    /// how it was worded, by [`WORDINGS`](crate::credibility::WORDINGS)
    pub wording: usize,
    /// rate at which it is an exact record
    pub kappa: f64,
}

impl Voice<'_> {
    /// Probability that the figure was not copied from any of those: Π (1 − c).
    pub fn fresh<'b>(&self, others: impl Iterator<Item = &'b Voice<'b>>) -> f64 {
        others.map(|other| 1.0 - self.row.copies_of(other.row.slot)).product()
    }
}

/// The limits of the true value on the scale; infinite where there is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Support {
    pub low: f64,
    pub high: f64,
}

/// The posterior on its mesh. Places are relative to `origin`, so that no digits are lost.
#[derive(Debug, Clone)]
pub(super) struct Posterior {
    /// median z, the zero of the mesh
    pub origin: f64,
    /// θ − origin
    pub mesh: Mesh,
    /// ln p(θ, d) of the tempered product, up to a constant; row d, then node
    pub joint: Vec<f64>,
    /// origin after origin, see [`Posterior::likelihood`]
    likelihoods: Vec<f64>,
    /// origin after origin, see [`Posterior::gross`]
    gross: Vec<f64>,
    /// origin after origin, see [`Posterior::pool`]
    pools: Vec<f64>,
    /// weighted sum of the pools
    pool: Vec<f64>,
    /// weight of each origin in it
    shares: Vec<f64>,
    /// final density at the nodes, before smoothing
    pub density: Vec<f64>,
    /// densities of the figures by noise, each with its figure, where they are kept
    pub tables: Vec<(Kernel, f64, KernelTable)>,
}

impl Posterior {
    /// The posterior of at least one origin; `None` where the support has no room. Tables are kept for that many
    /// figures at most, else none.
    pub fn of(voices: &[Voice], support: Support, settings: &Settings, kept: usize) -> Option<Posterior> {
        let mut places: Vec<f64> = voices.iter().map(|v| v.kernel.z).collect();
        let origin = median(&mut places)?;
        let p_d = difficulty_prior(settings);
        let mesh = mesh(voices, &p_d, origin, support, settings);
        let nodes = mesh.len();
        if nodes == 0 {
            return None;
        }
        let prior_sigma = prior_sigma(voices, settings);
        let mut joint = vec![0.0; DIFFICULTIES * nodes];
        for (d, row) in joint.chunks_exact_mut(nodes).enumerate() {
            let log_p = libm::log(p_d[d]);
            for (value, theta) in row.iter_mut().zip(mesh.nodes()) {
                *value = log_p - 0.5 * (theta / prior_sigma).powi(2);
            }
        }
        let mut posterior = Posterior {
            origin,
            mesh,
            joint,
            likelihoods: vec![0.0; voices.len() * DIFFICULTIES * nodes],
            gross: vec![0.0; voices.len() * nodes],
            pools: vec![0.0; voices.len() * nodes],
            pool: vec![0.0; nodes],
            shares: voices.iter().map(|voice| (1.0 - voice.gross).max(1e-3)).collect(),
            density: Vec::new(),
            tables: Vec::new(),
        };
        let is_kept = voices.len() <= kept;
        let mut table = KernelTable::new(posterior.mesh.len());
        let first_alike = first_alike(voices);
        for first in 0..voices.len() {
            if first_alike[first] == first {
                let mut kernel = voices[first].kernel;
                kernel.z -= origin;
                table.fill(kernel, voices[first].row.bias, posterior.mesh.nodes(), settings);
                for at in (first..voices.len()).filter(|&at| first_alike[at] == first) {
                    posterior.hear(at, &voices[at], &table, &p_d);
                }
                if is_kept {
                    let full = std::mem::replace(&mut table, KernelTable::new(posterior.mesh.len()));
                    posterior.tables.push((voices[first].kernel, voices[first].row.bias, full));
                }
            }
        }
        let cells = posterior.joint.len();
        for (at, voice) in voices.iter().enumerate() {
            let log_likelihood = &posterior.likelihoods[at * cells..(at + 1) * cells];
            vectored(|| {
                for (joint, log) in posterior.joint.iter_mut().zip(log_likelihood) {
                    *joint += voice.eta * log;
                }
            });
        }
        for (pool, share) in posterior.pools.chunks_exact(nodes).zip(&posterior.shares) {
            for (sum, p) in posterior.pool.iter_mut().zip(pool) {
                *sum += share * p;
            }
        }
        let product = posterior.exponentials(&mut posterior.joint.clone());
        posterior.density = posterior.mixed(&product, None, settings.eps);
        Some(posterior)
    }

    /// Sets the likelihood of one origin, from the table of what it said, and its density for the pool.
    fn hear(&mut self, at: usize, voice: &Voice, table: &KernelTable, p_d: &[f64; DIFFICULTIES]) {
        let nodes = self.mesh.len();
        let honest = 1.0 - voice.gross;
        let cells = DIFFICULTIES * nodes;
        let gross = &mut self.gross[at * nodes..(at + 1) * nodes];
        for (value, g) in gross.iter_mut().zip(&table.gross) {
            *value = voice.gross * g;
        }
        let pool = &mut self.pools[at * nodes..(at + 1) * nodes];
        let rows = self.likelihoods[at * cells..(at + 1) * cells].chunks_exact_mut(nodes);
        for (d, row) in rows.enumerate() {
            table.mix(&voice.row.p_sigma, d, row);
            vectored(|| {
                for (((value, bad), reference), sum) in
                    row.iter_mut().zip(&*gross).zip(&table.reference).zip(&mut *pool)
                {
                    let likelihood = honest * *value + bad;
                    *sum += p_d[d] * likelihood;
                    *value = ln(likelihood.max(LEAST)) + reference;
                }
            });
        }
        for (value, reference) in gross.iter_mut().zip(&table.reference) {
            *value = ln(value.max(LEAST)) + reference;
        }
        let top = table.reference.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (value, reference) in pool.iter_mut().zip(&table.reference) {
            *value *= exp(reference - top);
        }
        normalise(pool, self.mesh.weights());
    }

    /// The final density under other η and ε. Cost: as for leaving an origin out.
    pub fn reweighted(&self, voices: &[Voice], etas: &[f64], eps: f64) -> Vec<f64> {
        let mut joint = self.joint.clone();
        for (at, (voice, eta)) in voices.iter().zip(etas).enumerate() {
            let more = eta - voice.eta;
            for (joint, log) in joint.iter_mut().zip(self.likelihood(at)) {
                *joint += more * log;
            }
        }
        let product = self.exponentials(&mut joint);
        self.mixed(&product, None, eps)
    }

    /// p(d) at a place of the mesh, in proportion.
    pub fn difficulty_at(&self, place: f64) -> [f64; DIFFICULTIES] {
        let nodes = self.mesh.len();
        let node = self.mesh.nodes().partition_point(|&x| x < place).min(nodes - 1);
        let logs: [f64; DIFFICULTIES] = std::array::from_fn(|d| self.joint[d * nodes + node]);
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        logs.map(|log| exp(log - top))
    }

    /// ln L*(θ, d) of one origin; row d, then node.
    pub fn likelihood(&self, at: usize) -> &[f64] {
        &self.likelihoods[at * self.joint.len()..(at + 1) * self.joint.len()]
    }

    /// ln π·B(θ) of one origin: the part of L* that is a gross error.
    pub fn gross(&self, at: usize) -> &[f64] {
        &self.gross[at * self.mesh.len()..(at + 1) * self.mesh.len()]
    }

    /// L*(θ) of one origin, normalised, with d summed out by its prior.
    pub fn pool(&self, at: usize) -> &[f64] {
        &self.pools[at * self.mesh.len()..(at + 1) * self.mesh.len()]
    }

    /// Replaces the logs of a joint density by exponentials over the largest; returns their sum over d, normalised
    /// over θ.
    pub fn exponentials(&self, joint: &mut [f64]) -> Vec<f64> {
        let nodes = self.mesh.len();
        let top = joint.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut density = vec![0.0; nodes];
        for row in joint.chunks_exact_mut(nodes) {
            vectored(|| {
                for (sum, value) in density.iter_mut().zip(row) {
                    *value = exp(*value - top);
                    *sum += *value;
                }
            });
        }
        normalise(&mut density, self.mesh.weights());
        density
    }

    /// (1 − ε)·product + ε·mean of the origins' own densities, weighted by the probability that each is no gross
    /// error; one of them left out or none.
    pub fn mixed(&self, product: &[f64], without: Option<usize>, eps: f64) -> Vec<f64> {
        let kept = self.shares.iter().enumerate().filter(|(at, _)| Some(*at) != without);
        let total: f64 = kept.map(|(_, share)| share).sum();
        if total <= 0.0 || eps == 0.0 {
            return product.to_vec();
        }
        let share = eps / total;
        let mixed = |p: &f64, pool: f64| (1.0 - eps) * p + share * pool.max(0.0);
        match without {
            None => product.iter().zip(&self.pool).map(|(p, sum)| mixed(p, *sum)).collect(),
            Some(at) => {
                let own = self.shares[at];
                let rest = self.pool.iter().zip(self.pool(at)).map(|(sum, p)| sum - own * p);
                product.iter().zip(rest).map(|(p, rest)| mixed(p, rest)).collect()
            }
        }
    }
}

/// Scales a density to integrate to 1; leaves one without mass alone.
fn normalise(density: &mut [f64], weights: &[f64]) {
    let mass: f64 = density.iter().zip(weights).map(|(p, w)| p * w).sum();
    if mass > 0.0 {
        for p in density {
            *p /= mass;
        }
    }
}

/// For each voice the first that said the same under the same bias: they share a table.
fn first_alike(voices: &[Voice]) -> Vec<usize> {
    let same = |a: &Voice, b: &Voice| a.kernel == b.kernel && a.row.bias == b.row.bias;
    (0..voices.len()).map(|at| voices[..at].iter().position(|other| same(other, &voices[at])).unwrap_or(at)).collect()
}

/// Standard deviation of the prior around the median figure: the setting, or half the way between
/// the outermost figures, since a prior that is there for one-sided bounds must not choose among figures.
fn prior_sigma(voices: &[Voice], settings: &Settings) -> f64 {
    let low = voices.iter().map(|v| v.kernel.z).fold(f64::INFINITY, f64::min);
    let high = voices.iter().map(|v| v.kernel.z).fold(f64::NEG_INFINITY, f64::max);
    settings.prior_sigma.max(0.5 * (high - low))
}

/// Probability of a noise below which the mesh does not follow a figure.
const FINE: f64 = 1e-2;

/// The mesh of a question: fine around what was said, as far out as any likelihood reaches. How fine goes by the
/// narrowest noise that a source may have, and where the figures agree, which makes them precise, by how closely.
/// A peak is integrated well by steps of its own standard deviation, so that one width holds several peaks.
fn mesh(voices: &[Voice], p_d: &[f64; DIFFICULTIES], origin: f64, support: Support, settings: &Settings) -> Mesh {
    let place = |voice: &Voice| voice.kernel.z - voice.row.bias - origin;
    let mut places: Vec<f64> = voices.iter().map(place).collect();
    places.sort_by(f64::total_cmp);
    let agreement = shortest_half(&places).max(noise(0));
    let mut clusters = Vec::with_capacity(voices.len());
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for voice in voices {
        let kernel = &voice.kernel;
        let place = place(voice);
        // A skewed interval has a jump at its centre, which wants finer nodes than its width.
        let sharp = if kernel.below == kernel.above { 1.0 } else { 0.05 };
        let finest = agreement.min(2.0 * noise(narrowest(voice.row, p_d)));
        let width = libm::hypot(finest, sharp * kernel.below.min(kernel.above));
        let reach = 40.0 + 6.0 * kernel.below.max(kernel.above);
        low = low.min(place - reach);
        high = high.max(place + reach);
        let at = place.clamp(support.low - origin, support.high - origin);
        clusters.push(Cluster { at, width });
    }
    Mesh::clustered(&clusters, low.max(support.low - origin), high.min(support.high - origin), settings.mesh_step)
}

/// Length of the shortest interval that holds more than half of some places, which rise; infinite for one.
fn shortest_half(places: &[f64]) -> f64 {
    let most = places.len() / 2;
    if most == 0 {
        return f64::INFINITY;
    }
    places.iter().zip(&places[most..]).map(|(from, to)| to - from).fold(f64::INFINITY, f64::min)
}

/// The step of noise below which a source has a probability of [`FINE`] at most.
fn narrowest(row: &SourceRow, p_d: &[f64; DIFFICULTIES]) -> usize {
    let mut below = 0.0;
    for k in 0..NOISES {
        let here = (0..DIFFICULTIES.min(k + 1)).filter_map(|d| Some(p_d[d] * row.p_sigma.get(k - d)?));
        below += here.sum::<f64>();
        if below > FINE {
            return k;
        }
    }
    NOISES - 1
}
