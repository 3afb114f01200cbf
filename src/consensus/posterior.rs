//! The posterior over the true value of one question.
//!
//! p(θ, d) ∝ p(d)·N(θ; median z, max(2.5, half the range of z)²)·Π L*ₒ(θ, d)^ηₒ on a mesh of θ and nine difficulties d, then
//! p ← (1 − ε)·p + ε·Σₒ(1 − πₒ)·(normalised L*ₒ)/Σₒ(1 − πₒ).

use crate::credibility::SourceRow;
use crate::credibility::prior::{SIGMA_LOWEST, SIGMA_POINTS, half_octaves};
use crate::stats::elementary::{exp, ln};
use crate::stats::mesh::{Cluster, Mesh};
use crate::stats::quantile::median;
use crate::stats::single;
use crate::stats::vectored::vectored;

use super::likelihood::Kernel;
use super::settings::Settings;
use super::table::{KernelTable, rows_of};

/// What stands for zero as a ratio of densities: far below anything that matters.
const LEAST: f32 = 1e-15;
/// Likelihoods that are multiplied before a logarithm is taken: 1e-240 at least, by [`LEAST`].
const BLOCK: usize = 16;

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
///
/// A likelihood is held over the density under the widest noise. Of the two, the ratio depends on θ and d and lies
/// between 1e-6 or so and some thousands, so that a few can be multiplied without logarithms; what spans hundreds of
/// orders of magnitude depends on θ alone.
#[derive(Debug, Clone)]
pub(super) struct Posterior {
    /// median z, the zero of the mesh
    pub origin: f64,
    /// θ − origin
    pub mesh: Mesh,
    /// p(θ, d) of the tempered product
    joint: Joint,
    /// ln of the prior of θ at the nodes
    prior: Vec<f64>,
    p_d: [f64; DIFFICULTIES],
    /// origin after origin, see [`Posterior::likelihood`]
    likelihoods: Vec<f32>,
    /// origin after origin, see [`Posterior::reference`]
    references: Vec<f64>,
    /// origin after origin, see [`Posterior::gross`]
    gross: Vec<f32>,
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

/// A joint density of θ and d in two parts.
#[derive(Debug, Clone)]
struct Joint {
    /// at each node, ln of the largest over d, up to a constant
    height: Vec<f64>,
    /// over the largest; row d, then node
    parts: Vec<f32>,
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
        let mut posterior = Posterior {
            origin,
            joint: Joint { height: Vec::new(), parts: Vec::new() },
            prior: mesh.nodes().iter().map(|theta| -0.5 * (theta / prior_sigma).powi(2)).collect(),
            mesh,
            p_d,
            likelihoods: vec![0.0; voices.len() * DIFFICULTIES * nodes],
            references: vec![0.0; voices.len() * nodes],
            gross: vec![0.0; voices.len() * nodes],
            pools: vec![0.0; voices.len() * nodes],
            pool: vec![0.0; nodes],
            shares: voices.iter().map(|voice| (1.0 - voice.gross).max(1e-3)).collect(),
            density: Vec::new(),
            tables: Vec::new(),
        };
        posterior.listen(voices, settings, kept);
        for (pool, share) in posterior.pools.chunks_exact(nodes).zip(&posterior.shares) {
            for (sum, p) in posterior.pool.iter_mut().zip(pool) {
                *sum += share * p;
            }
        }
        posterior.joint = posterior.tempered(voices.iter().map(|voice| voice.eta));
        posterior.density = posterior.mixed(&posterior.product(&posterior.joint), None, settings.eps);
        Some(posterior)
    }

    /// Sets the likelihoods of all origins. Those who said the same under the same bias share a table.
    fn listen(&mut self, voices: &[Voice], settings: &Settings, kept: usize) {
        let is_kept = voices.len() <= kept;
        let mut table = KernelTable::new(self.mesh.len());
        let first_alike = first_alike(voices);
        for first in (0..voices.len()).filter(|&at| first_alike[at] == at) {
            let alike = || (first..voices.len()).filter(|&at| first_alike[at] == first);
            let mut kernel = voices[first].kernel;
            kernel.z -= self.origin;
            let needed = alike().map(|at| rows_of(&voices[at].row.p_sigma));
            let needed = needed.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(0..NOISES);
            let rows = if is_kept { 0..NOISES } else { needed };
            table.fill(kernel, voices[first].row.bias, self.mesh.nodes(), rows, settings);
            for at in alike() {
                self.hear(at, &voices[at], &table);
            }
            if is_kept {
                let full = std::mem::replace(&mut table, KernelTable::new(self.mesh.len()));
                self.tables.push((voices[first].kernel, voices[first].row.bias, full));
            }
        }
    }

    /// Sets the likelihood of one origin, from the table of what it said, and its density for the pool.
    fn hear(&mut self, at: usize, voice: &Voice, table: &KernelTable) {
        let nodes = self.mesh.len();
        let honest = (1.0 - voice.gross) as f32;
        let cells = DIFFICULTIES * nodes;
        let gross = &mut self.gross[at * nodes..(at + 1) * nodes];
        for (value, g) in gross.iter_mut().zip(&table.gross) {
            *value = voice.gross as f32 * g;
        }
        let mut sums = vec![0.0f32; nodes];
        let likelihood = &mut self.likelihoods[at * cells..(at + 1) * cells];
        mix(likelihood, table, &voice.row.p_sigma, honest, gross, &self.p_d, &mut sums);
        self.references[at * nodes..(at + 1) * nodes].copy_from_slice(&table.reference);
        let pool = &mut self.pools[at * nodes..(at + 1) * nodes];
        let top = table.reference.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (value, sum) in pool.iter_mut().zip(&sums) {
            *value = f64::from(*sum);
        }
        lift(pool, &table.reference, top);
        normalise(pool, self.mesh.weights());
    }

    /// p(θ, d) ∝ p(d)·p(θ)·Π L*ₒ^ηₒ for one η of each origin.
    fn tempered(&self, etas: impl Iterator<Item = f64>) -> Joint {
        let nodes = self.mesh.len();
        let mut height = self.prior.clone();
        let mut logs: Vec<f64> = self.p_d.iter().flat_map(|p| std::iter::repeat_n(libm::log(*p), nodes)).collect();
        let mut product = vec![1.0f64; logs.len()];
        let (mut held, mut power) = (0, 1.0);
        for (at, eta) in etas.enumerate() {
            if held == BLOCK || (held > 0 && eta != power) {
                take_logs(&mut product, &mut logs, power);
                held = 0;
            }
            (held, power) = (held + 1, eta);
            multiply(&mut product, self.likelihood(at));
            for (height, reference) in height.iter_mut().zip(self.reference(at)) {
                *height += eta * reference;
            }
        }
        take_logs(&mut product, &mut logs, power);
        let top = largest(&logs, nodes);
        height.iter_mut().zip(&top).for_each(|(height, top)| *height += top);
        let mut parts = vec![0.0; logs.len()];
        exponentials(&mut parts, &logs, &top);
        Joint { height, parts }
    }

    /// The sum of a joint density over d, normalised over θ.
    fn product(&self, joint: &Joint) -> Vec<f64> {
        let nodes = self.mesh.len();
        let top = joint.height.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut density = vec![0.0; nodes];
        for row in joint.parts.chunks_exact(nodes) {
            for (sum, p) in density.iter_mut().zip(row) {
                *sum += f64::from(*p);
            }
        }
        lift(&mut density, &joint.height, top);
        normalise(&mut density, self.mesh.weights());
        density
    }

    /// Sets the joint density of all origins but one, in proportion (row d, then node), and gives its sum over d, normalised.
    pub fn without(&self, at: usize, eta: f64, out: &mut Vec<f32>) -> Vec<f64> {
        let nodes = self.mesh.len();
        out.resize(self.joint.parts.len(), 0.0);
        let level: Vec<f64> =
            self.joint.height.iter().zip(self.reference(at)).map(|(height, r)| height - eta * r).collect();
        let top = level.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut factor = vec![1.0; nodes];
        lift(&mut factor, &level, top);
        let factor: Vec<f32> = factor.iter().map(|f| *f as f32).collect();
        let mut sums = vec![0.0; nodes];
        divide(out, &self.joint.parts, self.likelihood(at), eta as f32, &factor, &mut sums);
        let mut density: Vec<f64> = sums.iter().map(|sum| f64::from(*sum)).collect();
        normalise(&mut density, self.mesh.weights());
        density
    }

    /// The product under other η, normalised. Cost: a logarithm and an exponential for each origin, node and d.
    pub fn reweighted(&self, etas: &[f64]) -> Vec<f64> {
        self.product(&self.tempered(etas.iter().copied()))
    }

    /// p(d) at a place of the mesh, in proportion.
    pub fn difficulty_at(&self, place: f64) -> [f64; DIFFICULTIES] {
        let nodes = self.mesh.len();
        let node = self.mesh.nodes().partition_point(|&x| x < place).min(nodes - 1);
        std::array::from_fn(|d| f64::from(self.joint.parts[d * nodes + node]))
    }

    /// L*(θ, d) of one origin over its reference; row d, then node.
    pub fn likelihood(&self, at: usize) -> &[f32] {
        let cells = DIFFICULTIES * self.mesh.len();
        &self.likelihoods[at * cells..(at + 1) * cells]
    }

    /// ln density of one origin's figure under the widest noise.
    pub fn reference(&self, at: usize) -> &[f64] {
        &self.references[at * self.mesh.len()..(at + 1) * self.mesh.len()]
    }

    /// π·B(θ) of one origin over its reference: the part of L* that is a gross error.
    pub fn gross(&self, at: usize) -> &[f32] {
        &self.gross[at * self.mesh.len()..(at + 1) * self.mesh.len()]
    }

    /// L*(θ) of one origin, normalised, with d summed out by its prior.
    pub fn pool(&self, at: usize) -> &[f64] {
        &self.pools[at * self.mesh.len()..(at + 1) * self.mesh.len()]
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

vectored! {
    /// Sets L* = (1 − π)·Σⱼ p(σⱼ)·f(θ; σⱼ·d) + π·B(θ), and its sum over d by the prior of d.
    fn mix<'a>(
        likelihood: &'a mut [f32],
        table: &'a KernelTable,
        p_sigma: &'a [f64; SIGMA_POINTS],
        honest: f32,
        gross: &'a [f32],
        p_d: &'a [f64; DIFFICULTIES],
        sums: &'a mut [f32],
    ) {
        for (d, row) in likelihood.chunks_exact_mut(gross.len()).enumerate() {
            table.mix(p_sigma, d, row);
            let p_d = p_d[d] as f32;
            for ((value, bad), sum) in row.iter_mut().zip(gross).zip(&mut *sums) {
                *value = (honest * *value + bad).max(LEAST);
                *sum += p_d * *value;
            }
        }
    }

    fn multiply<'a>(product: &'a mut [f64], likelihood: &'a [f32]) {
        for (p, l) in product.iter_mut().zip(likelihood) {
            *p *= f64::from(*l);
        }
    }

    /// Adds the logarithms of products to a power to sums, and starts the products again at 1.
    fn take_logs<'a>(product: &'a mut [f64], logs: &'a mut [f64], power: f64) {
        for (log, p) in logs.iter_mut().zip(product) {
            *log += power * ln(p.max(f64::MIN_POSITIVE));
            *p = 1.0;
        }
    }

    /// Exponentials over the largest at each node.
    fn exponentials<'a>(out: &'a mut [f32], logs: &'a [f64], top: &'a [f64]) {
        for (out, logs) in out.chunks_exact_mut(top.len()).zip(logs.chunks_exact(top.len())) {
            for ((out, log), top) in out.iter_mut().zip(logs).zip(top) {
                *out = single::exp((log - top) as f32);
            }
        }
    }

    /// Joint densities over L^η and times a factor of each node, and their sum over d.
    fn divide<'a>(
        out: &'a mut [f32],
        parts: &'a [f32],
        likelihood: &'a [f32],
        eta: f32,
        factor: &'a [f32],
        sums: &'a mut [f32],
    ) {
        let nodes = factor.len();
        let rows = parts.chunks_exact(nodes).zip(likelihood.chunks_exact(nodes));
        for (out, (parts, likelihood)) in out.chunks_exact_mut(nodes).zip(rows) {
            for ((((out, part), l), f), sum) in out.iter_mut().zip(parts).zip(likelihood).zip(factor).zip(&mut *sums) {
                *out = part * single::exp(-eta * single::ln(*l)) * f;
                *sum += *out;
            }
        }
    }

    /// Multiplies values by exponentials over the largest.
    fn lift<'a>(values: &'a mut [f64], logs: &'a [f64], top: f64) {
        for (value, log) in values.iter_mut().zip(logs) {
            *value *= exp(log - top);
        }
    }
}

/// The largest value at each node; for rows of d.
fn largest(rows: &[f64], nodes: usize) -> Vec<f64> {
    let mut top = vec![f64::NEG_INFINITY; nodes];
    for row in rows.chunks_exact(nodes) {
        for (top, value) in top.iter_mut().zip(row) {
            *top = top.max(*value);
        }
    }
    top
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

#[cfg(test)]
mod tests {
    use super::super::evidence::QuestionEvidence;
    use super::super::partition::usable;
    use super::super::prepared::Prepared;
    use super::*;
    use crate::consensus::Class;
    use crate::credibility::SourceTable;

    #[test]
    fn the_difficulty_at_a_place_is_that_of_the_next_node() {
        let settings = Settings::default();
        let question = QuestionEvidence::of_points(&[1.0, 2.0, 7.0]);
        let sources = SourceTable::from_priors([(Class::Named, None); 3], &settings);
        let prepared = Prepared::of(&question, &usable(&question, &sources), &settings).ok().unwrap();
        let posterior = &prepared.posterior;
        let nodes = posterior.mesh.nodes();
        let at_node = |node: usize| std::array::from_fn(|d| f64::from(posterior.joint.parts[d * nodes.len() + node]));
        for node in [3, nodes.len() / 2, nodes.len() - 2] {
            let wanted: [f64; DIFFICULTIES] = at_node(node);
            assert_eq!(posterior.difficulty_at(nodes[node]), wanted);
            assert_eq!(posterior.difficulty_at(0.5 * nodes[node - 1] + 0.5 * nodes[node]), wanted);
        }
        assert_eq!(posterior.difficulty_at(f64::INFINITY), at_node(nodes.len() - 1));
    }

    #[test]
    fn a_density_without_mass_is_left_alone_and_any_other_integrates_to_one() {
        let mut none = vec![0.0; 3];
        normalise(&mut none, &[1.0, 2.0, 3.0]);
        assert_eq!(none, [0.0; 3]);
        let mut some = vec![1.0, 0.0, 1.0];
        normalise(&mut some, &[1.0, 2.0, 3.0]);
        assert_eq!(some, [0.25, 0.0, 0.25]);
    }
}
