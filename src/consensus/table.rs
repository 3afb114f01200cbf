//! The likelihood of one figure at every node, for every noise: the inner loop of the method.

use crate::credibility::prior::SIGMA_POINTS;
use crate::stats::elementary::exp;
use crate::stats::special::erfcx;

use super::likelihood::{Form, Kernel};
use super::posterior::{NOISES, noise};
use super::settings::Settings;

/// Beyond this many standard deviations a normal factor (e^-84) counts as nothing.
const REACH: f64 = 13.0;

/// Densities of a figure by noise and node, each divided by the density under the widest noise, so that
/// nothing underflows however far a node lies.
#[derive(Debug, Clone)]
pub(super) struct KernelTable {
    nodes: usize,
    /// ln density under the widest noise
    pub reference: Vec<f64>,
    /// density at σ·d of step k, over the reference; row k, then node; meant within its span only
    good: Vec<f64>,
    /// nodes at which row k is not zero
    spans: [Span; NOISES],
    /// density of a gross error, over the reference
    pub gross: Vec<f64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: usize,
    end: usize,
}

impl KernelTable {
    /// An empty table for that many nodes, to be filled for one kernel after another.
    pub fn new(nodes: usize) -> KernelTable {
        KernelTable {
            nodes,
            reference: vec![0.0; nodes],
            good: vec![0.0; NOISES * nodes],
            spans: [Span::default(); NOISES],
            gross: vec![0.0; nodes],
        }
    }

    /// Fills the table for a kernel. Cost: the nodes within reach of each noise.
    pub fn fill(&mut self, kernel: Kernel, bias: f64, nodes: &[f64], settings: &Settings) {
        let widest = noise(NOISES - 1);
        for (reference, &theta) in self.reference.iter_mut().zip(nodes) {
            *reference = kernel.log_density(theta, widest, bias, settings);
        }
        let tails = Tails::of(&kernel, bias, nodes, &self.reference, settings);
        for (k, row) in self.good.chunks_exact_mut(nodes.len()).enumerate() {
            self.spans[k] = fill(&kernel, noise(k), bias, nodes, &self.reference, &tails, settings, row);
        }
        // A gross error has no bias. The tails serve it too unless there is one to take away.
        let free = if bias == 0.0 { tails } else { Tails::of(&kernel, 0.0, nodes, &self.reference, settings) };
        self.gross.fill(0.0);
        fill(&kernel, settings.gross_sigma, 0.0, nodes, &self.reference, &free, settings, &mut self.gross);
        // The widest noise is the reference itself.
        let far = settings.gross_far_weight;
        self.gross.iter_mut().for_each(|gross| *gross = (1.0 - far) * *gross + far);
    }

    /// The first node of row k, and the densities from there on over the reference.
    pub fn row(&self, k: usize) -> (usize, &[f64]) {
        let Span { start, end } = self.spans[k];
        (start, &self.good[k * self.nodes + start..k * self.nodes + end])
    }

    /// L(θ, d) = Σⱼ p(σⱼ)·f(θ; σⱼ·d) over the reference, for one difficulty.
    pub fn mix(&self, p_sigma: &[f64; SIGMA_POINTS], d: usize, out: &mut [f64]) {
        out.fill(0.0);
        for (j, &p) in p_sigma.iter().enumerate() {
            let k = d + j;
            let Span { start, end } = self.spans[k];
            let row = &self.good[k * self.nodes + start..k * self.nodes + end];
            for (sum, f) in out[start..end].iter_mut().zip(row) {
                *sum += p * f;
            }
        }
    }
}

/// Exponential tails of a floor or ceiling at each node, exp(x/g − reference): the same for every noise.
struct Tails {
    near: Vec<f64>,
    far: Vec<f64>,
}

impl Tails {
    fn of(kernel: &Kernel, bias: f64, nodes: &[f64], reference: &[f64], settings: &Settings) -> Tails {
        let Some(slack) = slack_of(kernel) else { return Tails { near: Vec::new(), far: Vec::new() } };
        let tail = |g: f64| -> Vec<f64> {
            nodes
                .iter()
                .zip(reference)
                .map(|(theta, r)| {
                    let x = understatement(kernel, theta + bias);
                    // Used below zero only; above, it may overflow.
                    if x < 0.0 { exp(x / g - r) } else { 0.0 }
                })
                .collect()
        };
        Tails { near: tail(slack), far: tail(settings.slack_far) }
    }
}

fn slack_of(kernel: &Kernel) -> Option<f64> {
    match kernel.form {
        Form::Point => None,
        Form::Floor { slack } | Form::Ceiling { slack } => Some(slack),
        Form::Grown { growth } => Some(growth),
    }
}

/// x in the direction in which the figure understates.
fn understatement(kernel: &Kernel, meant: f64) -> f64 {
    match kernel.form {
        Form::Ceiling { .. } => meant - kernel.z,
        _ => kernel.z - meant,
    }
}

/// Fills a row with the densities at one noise over the reference; returns where they are not zero.
#[expect(clippy::too_many_arguments, reason = "a row of the table, in the order of its columns")]
fn fill(
    kernel: &Kernel,
    noise: f64,
    bias: f64,
    nodes: &[f64],
    reference: &[f64],
    tails: &Tails,
    settings: &Settings,
    row: &mut [f64],
) -> Span {
    const INV_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
    let (below, above) = (libm::hypot(noise, kernel.below), libm::hypot(noise, kernel.above));
    let centre = kernel.z - bias;
    let Some(slack) = slack_of(kernel) else {
        let start = nodes.partition_point(|&theta| theta < centre - REACH * below);
        let end = nodes.partition_point(|&theta| theta <= centre + REACH * above);
        // In three runs, below the centre, at it and above, so that the loop has no branches.
        let first = nodes.partition_point(|&theta| theta < centre).clamp(start, end);
        let after = nodes.partition_point(|&theta| theta <= centre).clamp(first, end);
        for (run, inverse) in
            [(start..first, 1.0 / below), (first..after, 0.5 / below + 0.5 / above), (after..end, 1.0 / above)]
        {
            for ((value, theta), r) in row[run.clone()].iter_mut().zip(&nodes[run.clone()]).zip(&reference[run]) {
                let u = (centre - theta) * inverse;
                *value = INV_SQRT_2PI * inverse * exp(-0.5 * u * u - r);
            }
        }
        return Span { start, end };
    };
    let grown = matches!(kernel.form, Form::Grown { .. });
    let (near_weight, far_weight) =
        if grown { (settings.growth_share, 0.0) } else { (1.0 - settings.slack_far_weight, settings.slack_far_weight) };
    let ceiling = matches!(kernel.form, Form::Ceiling { .. });
    let side = if ceiling { above } else { below };
    let (start, end) = if ceiling {
        (0, nodes.partition_point(|&theta| theta <= centre + REACH * side))
    } else {
        (nodes.partition_point(|&theta| theta < centre - REACH * side), nodes.len())
    };
    let noises = [below, above].map(|s| (1.0 / s, Part::of(s, slack), Part::of(s, settings.slack_far)));
    for i in start..end {
        let x = understatement(kernel, nodes[i] + bias);
        let above_z = if grown { x < 0.0 } else { ceiling };
        let (inverse, near, far) = &noises[usize::from(above_z)];
        let u = x * inverse;
        let bell = if u > -REACH - near.ratio { exp(-0.5 * u * u - reference[i]) } else { 0.0 };
        let mut density = near_weight * near.density(u, bell, tails.near[i]);
        if far_weight > 0.0 {
            density += far_weight * far.density(u, bell, tails.far[i]);
        }
        if grown {
            density += (1.0 - near_weight) * INV_SQRT_2PI * bell * inverse;
        }
        row[i] = density;
    }
    Span { start, end }
}

/// N(0, S²) − Exp(mean g), with what does not depend on x worked out.
struct Part {
    ratio: f64,
    inverse_slack: f64,
    /// exp(S²/(2g²)); 0 where x ≤ −S²/g leaves it nothing above e^-684 to multiply
    lift: f64,
}

impl Part {
    fn of(s: f64, slack: f64) -> Part {
        let ratio = s / slack;
        let lift = if ratio > 37.0 { 0.0 } else { exp(0.5 * ratio * ratio) };
        Part { ratio, inverse_slack: 1.0 / slack, lift }
    }

    /// Density at u = x/S over the reference, from exp(−u²/2) and exp(x/g), both over it.
    #[inline]
    fn density(&self, u: f64, bell: f64, tail: f64) -> f64 {
        let v = (u + self.ratio) * std::f64::consts::FRAC_1_SQRT_2;
        let scaled = if v > 0.0 {
            0.5 * bell * erfcx(v)
        } else if v < -6.0 {
            // The normal factor has left nothing of the bell.
            tail * self.lift
        } else {
            tail * self.lift - 0.5 * bell * erfcx(-v)
        };
        (scaled * self.inverse_slack).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_agrees_with_the_densities_that_are_written_out() {
        let settings = Settings::default();
        let nodes: Vec<f64> = (-160..=160).map(|i| f64::from(i) * 0.11 + 0.013).collect();
        for form in [
            Form::Point,
            Form::Floor { slack: 0.09 },
            Form::Floor { slack: 0.01 },
            Form::Ceiling { slack: 0.3 },
            Form::Grown { growth: 0.2 },
        ] {
            for (below, above) in [(0.01, 0.01), (0.3, 0.3), (0.05, 0.4)] {
                for bias in [0.0, 0.25] {
                    let kernel = Kernel { z: 0.7, below, above, form };
                    let mut table = KernelTable::new(nodes.len());
                    table.fill(kernel, bias, &nodes, &settings);
                    for k in 0..NOISES {
                        for (i, &theta) in nodes.iter().enumerate() {
                            let want =
                                (kernel.log_density(theta, noise(k), bias, &settings) - table.reference[i]).exp();
                            let got = table.good[k * nodes.len() + i];
                            assert!(
                                (got - want).abs() <= 1e-9 * want + 1e-30,
                                "{kernel:?} bias {bias} at {theta}, noise {k}: {got}, want {want}"
                            );
                        }
                    }
                }
            }
        }
    }
}
