//! What a question shows of each of its sources: every figure is scored against what all others say, or
//! against the settled value.
//!
//! Scoring a source against a consensus in which it has a part is how methods of truth discovery end up
//! trusting one source; leaving it out is what stops that.

#![allow(clippy::inline_always, reason = "a loop is made of vector instructions only where all of it is inlined")]

use crate::credibility::prior::{SIGMA_POINTS, sigma_grid};
use crate::credibility::{Fixed, SourceSum};
use crate::stats::elementary::{exp, ln};
use crate::stats::special::LN_SQRT_2PI;
use crate::stats::vectored::vectored;

use super::atoms::{Atom, atoms};
use super::evidence::SourceSlot;
use super::likelihood::Kernel;
use super::posterior::{DIFFICULTIES, NOISES, Voice, noise};
use super::prepared::Prepared;
use super::settings::Settings;
use super::table::KernelTable;

/// Weight of a question that is not resolved.
const UNRESOLVED: f64 = 0.7;
/// What stands for zero under a logarithm.
const LEAST: f64 = 1e-250;

/// The sum of each figure, in order. A lone figure on a question that is not resolved shows nothing but that
/// it is there. Cost: for each figure, 126 sums over the nodes.
pub(super) fn records(
    prepared: &Prepared<'_>,
    resolution: Option<f64>,
    settings: &Settings,
) -> Vec<(SourceSlot, SourceSum)> {
    let settled =
        resolution.map(|value| Settled { value, place: prepared.place(value) }).filter(|s| s.place.is_finite());
    let mut scorer = Scorer::new(prepared, settings);
    (0..prepared.voices.len())
        .map(|at| {
            let sum = if let Some(settled) = settled {
                let view = scorer.settled(at, settled);
                scorer.sum(at, &view, true)
            } else if prepared.voices.len() > 1 {
                let view = scorer.others(at);
                scorer.sum(at, &view, false)
            } else {
                SourceSum::counted(false)
            };
            (prepared.voices[at].row.slot, sum)
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Settled {
    value: f64,
    place: f64,
}

/// What is expected of a figure from outside.
struct View {
    /// density of the figure at each error scale, were it no gross error
    predictive: [f64; SIGMA_POINTS],
    /// density as a gross error
    gross: f64,
    /// mean and variance of the true value
    mean: f64,
    variance: f64,
    /// density, over the step between figures, of saying the true value to the digit
    exact: f64,
    /// whether another has the same figure
    is_repeated: bool,
    /// probability, by the others, that this figure is the true value
    agreed: f64,
}

struct Scorer<'a, 'b> {
    prepared: &'a Prepared<'b>,
    settings: &'a Settings,
    /// position of the table among those that were kept; where none was, the one made here
    kept: Option<usize>,
    table: KernelTable,
    /// the figure and bias that it was made for
    filled: Option<(Kernel, f64)>,
    /// p(θ, d) from all others
    joint: Vec<f32>,
}

impl<'a, 'b> Scorer<'a, 'b> {
    fn new(prepared: &'a Prepared<'b>, settings: &'a Settings) -> Self {
        let table = KernelTable::new(prepared.posterior.mesh.len());
        Scorer { prepared, settings, kept: None, table, filled: None, joint: Vec::new() }
    }

    /// Sets the joint density of θ and d from all others, and gives its sum over d, normalised.
    fn leave_out(&mut self, at: usize) -> Vec<f64> {
        self.prepared.posterior.without(at, self.prepared.voices[at].eta, &mut self.joint)
    }

    fn is_repeated(&self, at: usize) -> bool {
        let voices = &self.prepared.voices;
        let row = voices[at].row;
        let is_other = |o: usize| o != at && row.copies_of(voices[o].row.slot) < 0.5;
        voices[at].said.is_some_and(|said| voices.iter().enumerate().any(|(o, v)| v.said == Some(said) && is_other(o)))
    }

    /// The figure against the settled value.
    fn settled(&mut self, at: usize, settled: Settled) -> View {
        let product = self.leave_out(at);
        let nodes = product.len();
        let node = self.prepared.posterior.mesh.nearest(settled.place);
        let p_d: [f64; DIFFICULTIES] = std::array::from_fn(|d| f64::from(self.joint[d * nodes + node]));
        let total: f64 = p_d.iter().sum();
        let voice = &self.prepared.voices[at];
        let mut kernel = voice.kernel;
        kernel.z -= self.prepared.posterior.origin;
        let density: [f64; NOISES] =
            std::array::from_fn(|k| exp(kernel.log_density(settled.place, noise(k), voice.row.bias, self.settings)));
        let predictive = std::array::from_fn(|j| {
            (0..DIFFICULTIES)
                .map(|d| if total > 0.0 { p_d[d] / total } else { 1.0 / DIFFICULTIES as f64 } * density[d + j])
                .sum()
        });
        let hit = voice.said.is_some_and(|said| (said - settled.value).abs() <= 1e-9 * settled.value.abs());
        View {
            predictive,
            gross: {
                let far = self.settings.gross_far_weight;
                let wide = |noise| exp(kernel.log_density(settled.place, noise, 0.0, self.settings));
                (1.0 - far) * wide(self.settings.gross_sigma) + far * wide(noise(NOISES - 1))
            },
            mean: settled.place,
            variance: 0.0,
            exact: if hit { 1.0 / voice.lattice } else { 0.0 },
            is_repeated: !hit && self.is_repeated(at),
            agreed: 0.0,
        }
    }

    /// The figure against what all others say.
    fn others(&mut self, at: usize) -> View {
        let (prepared, settings) = (self.prepared, self.settings);
        let product = self.leave_out(at);
        let posterior = &prepared.posterior;
        let voice = &prepared.voices[at];
        let weights = posterior.mesh.weights();
        self.fill(at);
        let atoms = atoms(&prepared.voices, posterior, &product, Some(at), settings);
        let free = 1.0 - atoms.iter().map(|atom| atom.mass).sum::<f64>();
        let (mut mass, mut mean, mut square) = (0.0, 0.0, 0.0);
        for ((p, w), theta) in product.iter().zip(weights).zip(posterior.mesh.nodes()) {
            mass += p * w;
            mean += p * w * theta;
            square += p * w * theta * theta;
        }
        let scale = if mass > 0.0 { free / mass } else { 0.0 };
        (mean, square) = (mean * scale, square * scale);
        for Atom { place, mass, .. } in &atoms {
            mean += mass * place;
            square += mass * place * place;
        }
        let (predictive, gross) = self.predictive(&product, scale, &atoms);
        let node = posterior.mesh.nearest(voice.kernel.z - posterior.origin);
        let same = voice.said.and_then(|said| atoms.iter().find(|atom| atom.value == said));
        let agreed = same.map_or(0.0, |atom| atom.mass);
        let exact = agreed / voice.lattice + scale * product[node];
        View {
            predictive,
            gross,
            mean,
            variance: (square - mean * mean).max(0.0),
            exact,
            is_repeated: self.is_repeated(at),
            agreed,
        }
    }

    /// The table of the figure: the one that was kept, or made once more.
    fn fill(&mut self, at: usize) {
        let posterior = &self.prepared.posterior;
        let Voice { mut kernel, row, .. } = self.prepared.voices[at];
        let is_its = |of: Kernel, bias: f64| of == kernel && bias == row.bias;
        self.kept = posterior.tables.iter().position(|(of, bias, _)| is_its(*of, *bias));
        if self.kept.is_none() && !self.filled.is_some_and(|(of, bias)| is_its(of, bias)) {
            self.filled = Some((kernel, row.bias));
            kernel.z -= posterior.origin;
            self.table.fill(kernel, row.bias, posterior.mesh.nodes(), 0..NOISES, self.settings);
        }
    }

    /// Density of the figure at each error scale, and as a gross error, over the true value and the difficulty.
    fn predictive(&mut self, product: &[f64], scale: f64, atoms: &[Atom]) -> ([f64; SIGMA_POINTS], f64) {
        let posterior = &self.prepared.posterior;
        let table = self.kept.map_or(&self.table, |kept| &posterior.tables[kept].2);
        let (nodes, weights) = (product.len(), posterior.mesh.weights());
        // The joint is in proportion only; its mass brings it to the product's.
        let mut sums = vec![0.0; nodes];
        for row in self.joint.chunks_exact(nodes) {
            sums.iter_mut().zip(row).for_each(|(sum, p)| *sum += f64::from(*p));
        }
        let mass: f64 = sums.iter().zip(weights).map(|(p, w)| p * w).sum();
        let top = table.reference.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let norm = if mass > 0.0 { scale / mass } else { 0.0 };
        let mut factor: Vec<f64> = table.reference.iter().zip(weights).map(|(r, w)| norm * w * exp(r - top)).collect();
        for atom in atoms.iter().filter(|atom| atom.mass > 1e-12) {
            let node = posterior.mesh.nearest(atom.place);
            let share = atom.mass * exp(table.reference[node] - top) / sums[node];
            factor[node] += if sums[node] > 0.0 { share } else { 0.0 };
        }
        let factor: Vec<f32> = factor.iter().map(|f| *f as f32).collect();
        let mut predictive = vec![0.0f32; SIGMA_POINTS * nodes];
        let mut all = vec![0.0f32; nodes];
        expect(&mut self.joint, &factor, &mut all, table, &mut predictive);
        let unit = exp(top);
        let mut gross = vec![0.0; nodes];
        add_products(&all, &table.gross, &mut gross);
        let mut sums = predictive.chunks_exact_mut(nodes).map(|row| f64::from(total(row)) * unit);
        (std::array::from_fn(|_| sums.next().unwrap_or(0.0)), f64::from(total(&mut gross)) * unit)
    }

    /// What the figure shows, given what was expected of it (one step of expectation-maximisation between an
    /// exact record, an honest error and a gross one).
    fn sum(&self, at: usize, view: &View, resolved: bool) -> SourceSum {
        let voice = &self.prepared.voices[at];
        let (row, pi) = (voice.row, voice.gross);
        let weight = if resolved { 1.0 } else { UNRESOLVED };
        let each: [f64; SIGMA_POINTS] = std::array::from_fn(|j| (1.0 - pi) * view.predictive[j] + pi * view.gross);
        let inexact: f64 = row.p_sigma.iter().zip(&each).map(|(p, n)| p * n).sum::<f64>().max(LEAST);
        let bad = (pi * view.gross / inexact).clamp(0.0, 1.0);
        let eligible = voice.said.is_some();
        // What repeats the true value is no repeated error.
        let repeat = if view.is_repeated { row.repeat * (1.0 - view.agreed) / voice.lattice } else { 0.0 };
        // An error below the step between figures is none: what so small a scale explains is an exact record.
        let (near, mass) = row
            .p_sigma
            .iter()
            .zip(&each)
            .zip(sigma_grid())
            .filter(|(_, s)| *s >= voice.lattice)
            .fold((0.0, 0.0), |(near, mass), ((p, n), _)| (near + p * n, mass + p));
        let coarse = if mass > 1e-6 { near / mass } else { each[SIGMA_POINTS - 1] };
        let (record, chance) = (voice.kappa * view.exact, (1.0 - voice.kappa) * (coarse + repeat));
        let exact = if eligible && record > 0.0 { record / (record + chance) } else { 0.0 };
        let rest = weight * (1.0 - exact);
        let width = 0.5 * (voice.kernel.below + voice.kernel.above);
        let error: f64 = row.p_sigma.iter().zip(sigma_grid()).map(|(p, s)| p * s * s).sum();
        let two_sided =
            matches!(voice.kernel.form, super::likelihood::Form::Point | super::likelihood::Form::Grown { .. });
        let inverse = rest * (1.0 - bad) / (view.variance + error + width * width);
        let shift = voice.kernel.z - self.prepared.posterior.origin - view.mean;
        let mut sum = SourceSum::counted(resolved);
        sum.inexact = Fixed::of(rest);
        sum.gross = Fixed::of(rest * bad);
        if eligible {
            sum.eligible[voice.wording] = Fixed::of(weight);
            sum.exact[voice.wording] = Fixed::of(weight * exact);
            sum.repeated = Fixed::of(if view.is_repeated { rest } else { 0.0 });
        }
        if two_sided {
            sum.bias = Fixed::of(inverse * shift);
            sum.bias_weight = Fixed::of(inverse);
        }
        sum.log_predictive = each.map(|n| Fixed::of(rest * (ln(n.max(LEAST)) + LN_SQRT_2PI)));
        sum
    }
}

vectored! {
    /// The expected density of a figure for each error scale, node by node.
    fn expect<'a>(
        joint: &'a mut [f32],
        factor: &'a [f32],
        all: &'a mut [f32],
        table: &'a KernelTable,
        predictive: &'a mut [f32],
    ) {
        for (d, row) in joint.chunks_exact_mut(factor.len()).enumerate() {
            for ((p, f), all) in row.iter_mut().zip(factor).zip(&mut *all) {
                *p *= f;
                *all += *p;
            }
            for (j, sums) in predictive.chunks_exact_mut(factor.len()).enumerate() {
                let (start, good) = table.row(d + j);
                let span = start..start + good.len();
                add_products(&row[span.clone()], good, &mut sums[span]);
            }
        }
    }
}

#[inline(always)]
fn add_products(a: &[f32], b: &[f32], sums: &mut [f32]) {
    for ((sum, x), y) in sums.iter_mut().zip(a).zip(b) {
        *sum += x * y;
    }
}

vectored! {
    /// The sum of a row, half upon half, as vector instructions do it.
    fn total<'a>(row: &'a mut [f32]) -> f32 {
        let mut length = row.len();
        while length > 1 {
            let half = length.div_ceil(2);
            let (low, high) = row[..length].split_at_mut(half);
            for (sum, more) in low.iter_mut().zip(high) {
                *sum += *more;
            }
            length = half;
        }
        row.first().copied().unwrap_or(0.0)
    }
}
