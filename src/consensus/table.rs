//! The likelihood of one figure at every node, for every noise: the inner loop of the method.

#![allow(clippy::inline_always, reason = "a loop is made of vector instructions only where all of it is inlined")]

use crate::credibility::prior::SIGMA_POINTS;
use crate::stats::elementary::{Simd, Vectored, erfcx_above_zero, exp, ln, vectored};
use crate::stats::special::LN_SQRT_2PI;

use super::likelihood::{Form, Kernel};
use super::posterior::{NOISES, noise};
use super::settings::Settings;

const INV_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
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
        refer(&kernel, bias, nodes, settings, &mut self.reference);
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
        // What is as rare as that changes no digit of a range.
        let scales = p_sigma.iter().enumerate().filter(|(_, p)| **p > 1e-9);
        vectored(|| {
            for (j, &p) in scales {
                let k = d + j;
                let Span { start, end } = self.spans[k];
                let row = &self.good[k * self.nodes + start..k * self.nodes + end];
                for (sum, f) in out[start..end].iter_mut().zip(row) {
                    *sum += p * f;
                }
            }
        });
    }
}

/// Sets ln of the density under the widest noise at each node.
fn refer(kernel: &Kernel, bias: f64, nodes: &[f64], settings: &Settings, out: &mut [f64]) {
    let widest = noise(NOISES - 1);
    let (below, above) = (libm::hypot(widest, kernel.below), libm::hypot(widest, kernel.above));
    let slow = |out: &mut [f64]| {
        for (reference, &theta) in out.iter_mut().zip(nodes) {
            *reference = kernel.log_density(theta, widest, bias, settings);
        }
    };
    let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else { return };
    if below != above {
        return slow(out);
    }
    let centre = kernel.z - bias;
    let inverse = if matches!(kernel.form, Form::Ceiling { .. }) { -1.0 / above } else { 1.0 / above };
    let places = out.iter_mut().zip(nodes).map(|(out, theta)| (out, (centre - theta) * inverse));
    let Some(slack) = slack_of(kernel) else {
        let top = -ln(above) - LN_SQRT_2PI;
        places.for_each(|(out, u)| *out = top - 0.5 * u * u);
        return;
    };
    let lowest = ((centre - first) * inverse).min((centre - last) * inverse);
    let (near, far) = (Part::of(above, slack), Part::of(above, settings.slack_far));
    if lowest + near.ratio.min(far.ratio) <= 0.0 {
        return slow(out);
    }
    // With exp(−u²/2) taken out, and no tail where the noise is wider than any slack.
    let is_grown = matches!(kernel.form, Form::Grown { .. });
    let (share, far_share, still) = if is_grown {
        (settings.growth_share, 0.0, (1.0 - settings.growth_share) * INV_SQRT_2PI / above)
    } else {
        (1.0 - settings.slack_far_weight, settings.slack_far_weight, 0.0)
    };
    vectored(|| {
        for (out, u) in places {
            let parts = share * near.density(u, 1.0, 0.0) + far_share * far.density(u, 1.0, 0.0) + still;
            *out = ln(parts) - 0.5 * u * u;
        }
    });
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
            vectored(|| {
                for ((value, theta), r) in row[run.clone()].iter_mut().zip(&nodes[run.clone()]).zip(&reference[run]) {
                    let u = (centre - theta) * inverse;
                    *value = INV_SQRT_2PI * inverse * exp(-0.5 * u * u - r);
                }
            });
        }
        return Span { start, end };
    };
    let grown = matches!(kernel.form, Form::Grown { .. });
    let ceiling = matches!(kernel.form, Form::Ceiling { .. });
    let start = if ceiling { 0 } else { nodes.partition_point(|&theta| theta < centre - REACH * below) };
    let end = if ceiling { nodes.partition_point(|&theta| theta <= centre + REACH * above) } else { nodes.len() };
    // The tail of a count that has grown reaches beyond z, where the noise is that of the other side.
    let middle = match (grown, ceiling) {
        (true, _) => nodes.partition_point(|&theta| theta <= centre).clamp(start, end),
        (false, true) => start,
        (false, false) => end,
    };
    for (run, s) in [(start..middle, below), (middle..end, above)] {
        let share = if grown { settings.growth_share } else { 1.0 - settings.slack_far_weight };
        let cells = Understated {
            nodes: &nodes[run.clone()],
            reference: &reference[run.clone()],
            near_tail: &tails.near[run.clone()],
            far_tail: &tails.far[run.clone()],
            out: &mut row[run],
            origin: centre,
            inverse: if ceiling { -1.0 / s } else { 1.0 / s },
            near: Part::of(s, slack),
            far: Part::of(s, settings.slack_far),
            share,
            still: (1.0 - share) * INV_SQRT_2PI / s,
        };
        if grown { vectored(OrStill(cells)) } else { vectored(OrFar(cells)) }
    }
    Span { start, end }
}

/// Some nodes of a row whose figure understates, or overstates where `inverse` is negative.
struct Understated<'a> {
    nodes: &'a [f64],
    reference: &'a [f64],
    /// exponential tails, over the reference
    near_tail: &'a [f64],
    far_tail: &'a [f64],
    out: &'a mut [f64],
    /// where x is zero
    origin: f64,
    /// 1/S, with the sign of x
    inverse: f64,
    near: Part,
    far: Part,
    /// weight of the near slack
    share: f64,
    /// height of the bell of what does not understate
    still: f64,
}

impl Understated<'_> {
    #[inline(always)]
    fn fill<const FAR: bool>(self) {
        let nodes = self.nodes.iter().zip(self.reference).zip(self.near_tail).zip(self.far_tail);
        for (value, (((theta, reference), near_tail), far_tail)) in self.out.iter_mut().zip(nodes) {
            let u = (self.origin - theta) * self.inverse;
            let bell = exp(-0.5 * u * u - reference);
            let near = self.share * self.near.density(u, bell, *near_tail);
            let rest = if FAR { (1.0 - self.share) * self.far.density(u, bell, *far_tail) } else { self.still * bell };
            *value = near + rest;
        }
    }
}

/// What is not near is of the far slack.
struct OrFar<'a>(Understated<'a>);

impl Vectored for OrFar<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        self.0.fill::<true>();
    }
}

/// What is not near does not understate.
struct OrStill<'a>(Understated<'a>);

impl Vectored for OrStill<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        self.0.fill::<false>();
    }
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
    #[inline(always)]
    fn density(&self, u: f64, bell: f64, tail: f64) -> f64 {
        let v = (u + self.ratio) * std::f64::consts::FRAC_1_SQRT_2;
        let half = 0.5 * bell * erfcx_above_zero(v.abs());
        let scaled = if v > 0.0 { half } else { tail * self.lift - half };
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
