//! The likelihood of one figure at every node, for every noise: the inner loop of the method.

#![allow(clippy::inline_always, reason = "a loop is made of vector instructions only where all of it is inlined")]

use std::ops::Range;

use crate::credibility::prior::SIGMA_POINTS;
use crate::stats::elementary::{self, ln};
use crate::stats::single::{erfcx_above_zero, exp};
use crate::stats::special::LN_SQRT_2PI;
use crate::stats::vectored::vectored;

use super::likelihood::{Form, Kernel};
use super::posterior::{DIFFICULTIES, NOISES, noise};
use super::settings::Settings;

const INV_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
/// Beyond this many standard deviations a normal factor (e^-84) counts as nothing.
const REACH: f64 = 13.0;
/// Numbers of single precision in the widest vector. Rows are whole vectors where there is room.
const LANES: usize = 16;
/// Error scales that are as rare as that change no digit of a range.
const RARE: f64 = 1e-9;

/// Densities of a figure by noise and node, each divided by the density under the widest noise. The ratio
/// lies between 0 and some thousands however far a node lies, so that single precision is enough.
#[derive(Debug, Clone)]
pub(super) struct KernelTable {
    nodes: usize,
    /// ln density under the widest noise
    pub reference: Vec<f64>,
    /// density at σ·d of step k, over the reference; row k, then node; meant within its span only
    good: Vec<f32>,
    /// nodes at which row k is not zero
    spans: [Span; NOISES],
    /// density of a gross error, over the reference
    pub gross: Vec<f32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The span with as many nodes added as make whole vectors, where there are so many.
    #[inline(always)]
    fn in_vectors(self, nodes: usize) -> Span {
        let length = (self.end - self.start).next_multiple_of(LANES).min(nodes);
        let start = self.start.min(nodes - length);
        Span { start, end: start + length }
    }
}

/// The rows of a table that a source needs, by p(σⱼ).
pub(super) fn rows_of(p_sigma: &[f64; SIGMA_POINTS]) -> Range<usize> {
    let is_met = |p: &f64| *p > RARE;
    let first = p_sigma.iter().position(is_met).unwrap_or(0);
    let last = p_sigma.iter().rposition(is_met).unwrap_or(SIGMA_POINTS - 1);
    first..last + DIFFICULTIES
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

    /// Fills some rows of the table for a kernel; others count as zero. Cost: the nodes within reach of each noise.
    pub fn fill(&mut self, kernel: Kernel, bias: f64, nodes: &[f64], rows: Range<usize>, settings: &Settings) {
        refer(&kernel, bias, nodes, settings, &mut self.reference);
        let places = Places::of(&kernel, bias, nodes, &self.reference, settings);
        fill_rows(&mut self.good, &mut self.spans, &kernel, &places, rows, settings);
        // A gross error has no bias. The places serve it too unless there is one to take away.
        let free = if bias == 0.0 { places } else { Places::of(&kernel, 0.0, nodes, &self.reference, settings) };
        self.gross.fill(0.0);
        fill_gross(&mut self.gross, &kernel, &free, settings);
    }

    /// The first node of row k, and the densities from there on over the reference.
    #[inline(always)]
    pub fn row(&self, k: usize) -> (usize, &[f32]) {
        let Span { start, end } = self.spans[k];
        (start, &self.good[k * self.nodes + start..k * self.nodes + end])
    }

    /// L(θ, d) = Σⱼ p(σⱼ)·f(θ; σⱼ·d) over the reference, for one difficulty.
    #[inline(always)]
    pub fn mix(&self, p_sigma: &[f64; SIGMA_POINTS], d: usize, out: &mut [f32]) {
        out.fill(0.0);
        for (j, &p) in p_sigma.iter().enumerate().filter(|(_, p)| **p > RARE) {
            let (start, row) = self.row(d + j);
            let p = p as f32;
            for (sum, f) in out[start..start + row.len()].iter_mut().zip(row) {
                *sum += p * f;
            }
        }
    }
}

vectored! {
    /// Fills the rows that are wanted.
    fn fill_rows<'a>(
        good: &'a mut [f32],
        spans: &'a mut [Span; NOISES],
        kernel: &'a Kernel,
        places: &'a Places<'a>,
        wanted: Range<usize>,
        settings: &'a Settings,
    ) {
        let rows = good.chunks_exact_mut(places.nodes.len());
        for (k, (row, span)) in rows.zip(spans).enumerate() {
            *span = Span::default();
            if wanted.contains(&k) {
                *span = fill(kernel, noise(k), places, settings, row);
            }
        }
    }

    /// Fills the density of a gross error. The widest noise is the reference itself.
    fn fill_gross<'a>(gross: &'a mut [f32], kernel: &'a Kernel, places: &'a Places<'a>, settings: &'a Settings) {
        fill(kernel, settings.gross_sigma, places, settings, &mut *gross);
        let far = settings.gross_far_weight as f32;
        for gross in gross {
            *gross = (1.0 - far) * *gross + far;
        }
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
    let Some(slack) = slack_of(kernel) else {
        let top = -ln(above) - LN_SQRT_2PI;
        for (out, theta) in out.iter_mut().zip(nodes) {
            let u = (centre - theta) * inverse;
            *out = top - 0.5 * u * u;
        }
        return;
    };
    let lowest = ((centre - first) * inverse).min((centre - last) * inverse);
    let (near, far) = (above / slack, above / settings.slack_far);
    if lowest + near.min(far) <= 0.0 {
        return slow(out);
    }
    // With exp(−u²/2) taken out, and no tail where the noise is wider than any slack.
    let is_grown = matches!(kernel.form, Form::Grown { .. });
    let (share, far_share, still) = if is_grown {
        (settings.growth_share, 0.0, (1.0 - settings.growth_share) * INV_SQRT_2PI / above)
    } else {
        (1.0 - settings.slack_far_weight, settings.slack_far_weight, 0.0)
    };
    let parts = [(near, 0.5 * share * near / above), (far, 0.5 * far_share * far / above)];
    refer_understated(out, nodes, centre, inverse, parts, still);
}

vectored! {
    /// ln of two parts of a given ratio S/g and height, and of a bell.
    fn refer_understated<'a>(
        out: &'a mut [f64],
        nodes: &'a [f64],
        centre: f64,
        inverse: f64,
        parts: [(f64, f64); 2],
        still: f64,
    ) {
        for (out, theta) in out.iter_mut().zip(nodes) {
            let u = (centre - theta) * inverse;
            let part = |(ratio, height): (f64, f64)| {
                height * elementary::erfcx_above_zero((u + ratio) * std::f64::consts::FRAC_1_SQRT_2)
            };
            *out = ln(part(parts[0]) + part(parts[1]) + still) - 0.5 * u * u;
        }
    }

    /// exp(x/g − reference) below zero.
    fn tails<'a>(tail: &'a mut [f32], nodes: &'a [f64], reference: &'a [f64], centre: f64, inverse: f64) {
        for ((out, theta), r) in tail.iter_mut().zip(nodes).zip(reference) {
            let x = (centre - theta) * inverse;
            // Above, it may overflow.
            let tail = elementary::exp(x - r);
            *out = if x < 0.0 { tail as f32 } else { 0.0 };
        }
    }
}

/// The nodes as a figure sees them.
struct Places<'a> {
    nodes: &'a [f64],
    /// z − bias
    centre: f64,
    /// centre − θ
    away: Vec<f32>,
    /// ln density under the widest noise
    reference: Vec<f32>,
    /// exponential tails of a figure that understates or overstates, exp(x/g − reference): the same for every noise
    near_tail: Vec<f32>,
    far_tail: Vec<f32>,
}

impl<'a> Places<'a> {
    fn of(kernel: &Kernel, bias: f64, nodes: &'a [f64], reference: &[f64], settings: &Settings) -> Places<'a> {
        let centre = kernel.z - bias;
        let mirrored = matches!(kernel.form, Form::Ceiling { .. });
        let tail = |g: f64| -> Vec<f32> {
            let mut tail = vec![0.0; nodes.len()];
            let inverse = if mirrored { -1.0 / g } else { 1.0 / g };
            tails(&mut tail, nodes, reference, centre, inverse);
            tail
        };
        let is_grown = matches!(kernel.form, Form::Grown { .. });
        Places {
            nodes,
            centre,
            away: nodes.iter().map(|theta| (centre - theta) as f32).collect(),
            reference: reference.iter().map(|r| *r as f32).collect(),
            near_tail: slack_of(kernel).map_or(Vec::new(), tail),
            far_tail: slack_of(kernel).filter(|_| !is_grown).map_or(Vec::new(), |_| tail(settings.slack_far)),
        }
    }

    /// Position of the first node that is not below a place.
    fn first_at(&self, place: f64) -> usize {
        self.nodes.partition_point(|&theta| theta < place)
    }

    /// Position of the first node above a place.
    fn first_above(&self, place: f64) -> usize {
        self.nodes.partition_point(|&theta| theta <= place)
    }
}

fn slack_of(kernel: &Kernel) -> Option<f64> {
    match kernel.form {
        Form::Point => None,
        Form::Floor { slack } | Form::Ceiling { slack } => Some(slack),
        Form::Grown { growth } => Some(growth),
    }
}

/// Fills a row with the densities at one noise over the reference; returns where they are not zero.
#[inline(always)]
fn fill(kernel: &Kernel, noise: f64, places: &Places<'_>, settings: &Settings, row: &mut [f32]) -> Span {
    let width = |own: f64| (noise * noise + own * own).sqrt();
    let (below, above) = (width(kernel.below), width(kernel.above));
    let centre = places.centre;
    let Some(slack) = slack_of(kernel) else {
        let (start, end) = (places.first_at(centre - REACH * below), places.first_above(centre + REACH * above));
        let span = Span { start, end }.in_vectors(places.nodes.len());
        let Span { start, end } = span;
        // In three runs where the sides differ, below the centre, at it and above, so that the loop has no branches.
        let first = if below == above { end } else { places.first_at(centre).clamp(start, end) };
        let after = if below == above { end } else { places.first_above(centre).clamp(first, end) };
        let at = 0.5 / below + 0.5 / above;
        for (run, inverse) in [(start..first, 1.0 / below), (first..after, at), (after..end, 1.0 / above)] {
            let (height, inverse) = ((INV_SQRT_2PI * inverse) as f32, inverse as f32);
            let away = places.away[run.clone()].iter().zip(&places.reference[run.clone()]);
            for (value, (away, r)) in row[run].iter_mut().zip(away) {
                let u = away * inverse;
                *value = height * exp(-0.5 * u * u - r);
            }
        }
        return span;
    };
    let grown = matches!(kernel.form, Form::Grown { .. });
    let ceiling = matches!(kernel.form, Form::Ceiling { .. });
    let start = if ceiling { 0 } else { places.first_at(centre - REACH * below) };
    let end = if ceiling { places.first_above(centre + REACH * above) } else { places.nodes.len() };
    let span = Span { start, end }.in_vectors(places.nodes.len());
    let Span { start, end } = span;
    // The tail of a count that has grown reaches beyond z, where the noise is that of the other side.
    let middle = match (grown, ceiling) {
        (true, _) if below != above => places.first_above(centre).clamp(start, end),
        (_, true) => start,
        _ => end,
    };
    for (run, s) in [(start..middle, below), (middle..end, above)] {
        let share = if grown { settings.growth_share } else { 1.0 - settings.slack_far_weight };
        let inverse = if ceiling { -1.0 / s } else { 1.0 / s } as f32;
        let near = Part::of(s, slack, share);
        let cells = places.away[run.clone()].iter().zip(&places.reference[run.clone()]);
        let cells = row[run.clone()].iter_mut().zip(cells.zip(&places.near_tail[run.clone()]));
        if grown {
            let still = ((1.0 - share) * INV_SQRT_2PI / s) as f32;
            for (value, ((away, reference), near_tail)) in cells {
                let u = away * inverse;
                let bell = exp(-0.5 * u * u - reference);
                *value = near.density(u, bell, *near_tail) + still * bell;
            }
        } else {
            let far = Part::of(s, settings.slack_far, 1.0 - share);
            for ((value, ((away, reference), near_tail)), far_tail) in cells.zip(&places.far_tail[run]) {
                let u = away * inverse;
                let bell = exp(-0.5 * u * u - reference);
                *value = near.density(u, bell, *near_tail) + far.density(u, bell, *far_tail);
            }
        }
    }
    span
}

/// N(0, S²) − Exp(mean g) with a weight, and with what does not depend on x worked out.
struct Part {
    /// S/g over √2
    ratio: f32,
    /// weight/g
    height: f32,
    /// height·exp(S²/(2g²)); 0 where x ≤ −S²/g leaves it nothing above e^-86 to multiply
    lift: f32,
}

impl Part {
    #[inline(always)]
    fn of(s: f64, slack: f64, weight: f64) -> Part {
        let (ratio, height) = (s / slack, weight / slack);
        let lift = if ratio > 9.3 { 0.0 } else { height * elementary::exp(0.5 * ratio * ratio) };
        Part { ratio: (ratio * std::f64::consts::FRAC_1_SQRT_2) as f32, height: height as f32, lift: lift as f32 }
    }

    /// Density at u = x/S over the reference, from exp(−u²/2) and exp(x/g), both over it.
    #[inline(always)]
    fn density(&self, u: f32, bell: f32, tail: f32) -> f32 {
        let v = u * std::f32::consts::FRAC_1_SQRT_2 + self.ratio;
        let half = 0.5 * self.height * bell * erfcx_above_zero(v.abs());
        let whole = tail * self.lift - half;
        (if v > 0.0 { half } else { whole }).max(0.0)
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
                    table.fill(kernel, bias, &nodes, 0..NOISES, &settings);
                    for (reference, &theta) in table.reference.iter().zip(&nodes) {
                        let want = kernel.log_density(theta, noise(NOISES - 1), bias, &settings);
                        assert!((reference - want).abs() < 1e-9, "{kernel:?} at {theta}: {reference}, want {want}");
                    }
                    for k in 0..NOISES {
                        for (i, &theta) in nodes.iter().enumerate() {
                            let want =
                                (kernel.log_density(theta, noise(k), bias, &settings) - table.reference[i]).exp();
                            let got = f64::from(table.good[k * nodes.len() + i]);
                            assert!(
                                (got - want).abs() <= 2e-5 * want + 1e-15,
                                "{kernel:?} bias {bias} at {theta}, noise {k}: {got}, want {want}"
                            );
                        }
                    }
                }
            }
        }
    }
}
