//! A density on a mesh, convolved with a normal distribution.

use super::elementary::{erfcx_above_zero, exp, ln};
use super::mesh::Mesh;
use super::vectored::vectored;

const INV_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
/// Beyond this many standard deviations a normal tail counts as nothing (1e-16).
const REACH: f64 = 8.2;

/// A normal distribution to convolve with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blur {
    /// mean μ
    pub shift: f64,
    /// standard deviation τ; 0 for none
    pub sd: f64,
}

/// The distribution with a density that is given at the nodes of a mesh, convolved with N(μ, τ²).
///
/// In each cell the density is the parabola through its ends with the mass of a fourth-order rule,
/// and the convolution is exact for it, so that a mesh much coarser or much finer than τ does no harm.
#[derive(Debug, Clone)]
pub struct Smoothed<'a> {
    nodes: &'a [f64],
    /// density at the nodes, normalised
    density: Vec<f64>,
    /// mass of each cell
    mass: Vec<f64>,
    /// mass below each node
    below: Vec<f64>,
    blur: Blur,
}

impl<'a> Smoothed<'a> {
    /// The distribution with densities proportional to `density`, one for each node.
    ///
    /// Negative values and NaN count as zero. `None` if no mass is left or the lengths differ.
    /// Cost: linear.
    ///
    /// ```
    /// use sayso::stats::mesh::{Cluster, Mesh};
    /// use sayso::stats::smooth::{Blur, Smoothed};
    /// let mesh = Mesh::clustered(&[Cluster { at: 0.0, width: 1.0 }], -9.0, 9.0, 0.1);
    /// let bell: Vec<f64> = mesh.nodes().iter().map(|x| (-0.5 * x * x).exp()).collect();
    /// let wide = Smoothed::new(&mesh, &bell, Blur { shift: 1.0, sd: 1.0 }).unwrap();
    /// assert!((wide.quantile(0.975) - (1.0 + 2f64.sqrt() * 1.959963985)).abs() < 1e-3);
    /// ```
    #[must_use]
    pub fn new(mesh: &'a Mesh, density: &[f64], blur: Blur) -> Option<Smoothed<'a>> {
        let nodes = mesh.nodes();
        if density.len() != nodes.len() || nodes.len() < 2 {
            return None;
        }
        let mut density: Vec<f64> = density.iter().map(|&p| if p > 0.0 { p } else { 0.0 }).collect();
        let top = density.iter().copied().fold(0.0, f64::max);
        if top == 0.0 || !top.is_finite() {
            return None;
        }
        for p in &mut density {
            *p /= top;
        }
        let slopes = slopes(nodes, &density);
        let mut mass: Vec<f64> = (1..nodes.len())
            .map(|at| {
                let h = nodes[at] - nodes[at - 1];
                let plain = 0.5 * h * (density[at - 1] + density[at]);
                let corrected = plain + h * h / 12.0 * (slopes[at - 1] - slopes[at]);
                // Where the correction is no small one the nodes do not resolve the curve.
                if corrected > 0.5 * plain && corrected < 2.0 * plain { corrected } else { plain }
            })
            .collect();
        let total: f64 = mass.iter().sum();
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        let mut below = Vec::with_capacity(nodes.len());
        let mut sum = 0.0;
        below.push(0.0);
        for m in &mut mass {
            *m /= total;
            sum += *m;
            below.push(sum);
        }
        for p in &mut density {
            *p /= total;
        }
        Some(Smoothed { nodes, density, mass, below, blur })
    }

    /// What the density is convolved with.
    #[must_use]
    pub fn blur(&self) -> Blur {
        self.blur
    }

    /// Probability below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.cdf_and_pdf(x).0
    }

    /// Density at `x`.
    #[must_use]
    pub fn pdf(&self, x: f64) -> f64 {
        self.cdf_and_pdf(x).1
    }

    /// The density that was given, normalised, at the nodes; not convolved.
    #[must_use]
    pub fn raw(&self) -> &[f64] {
        &self.density
    }

    fn cdf_and_pdf(&self, x: f64) -> (f64, f64) {
        let t = x - self.blur.shift;
        let tau = self.blur.sd;
        if tau <= 0.0 || tau.is_nan() {
            return self.unblurred(t);
        }
        let first = self.nodes.partition_point(|&node| node < t - REACH * tau).saturating_sub(1);
        let end = self.nodes.partition_point(|&node| node < t + REACH * tau).min(self.mass.len());
        let mut cdf = self.below[first.min(self.mass.len())];
        let mut pdf = 0.0;
        let mut moments = [Moments::default(); WINDOW];
        let mut cell = first;
        while cell < end {
            let some = (end - cell).min(WINDOW - 1);
            find_moments(&mut moments[..=some], &self.nodes[cell..=cell + some], t, 1.0 / tau);
            for pair in moments[..=some].windows(2) {
                let (p0, p1) = (self.density[cell], self.density[cell + 1]);
                let h = self.nodes[cell + 1] - self.nodes[cell];
                if self.mass[cell] > 0.0 {
                    let in_cell = if h < 0.1 * tau { short_cell } else { long_cell };
                    let part = in_cell(self.mass[cell], p0, p1, h, tau, &pair[0], &pair[1]);
                    cdf += part.0.max(0.0);
                    pdf += part.1.max(0.0);
                }
                cell += 1;
            }
        }
        (cdf.clamp(0.0, 1.0), pdf)
    }

    fn unblurred(&self, t: f64) -> (f64, f64) {
        let last = self.nodes.len() - 1;
        if t.is_nan() {
            return (f64::NAN, f64::NAN);
        }
        if t <= self.nodes[0] || t >= self.nodes[last] {
            return (if t <= self.nodes[0] { 0.0 } else { 1.0 }, 0.0);
        }
        let cell = self.nodes.partition_point(|&node| node <= t).saturating_sub(1).min(last - 1);
        let (a, h) = (self.nodes[cell], self.nodes[cell + 1] - self.nodes[cell]);
        let (p0, p1) = (self.density[cell], self.density[cell + 1]);
        let (y, bulge) = (t - a, 6.0 * (self.mass[cell] - 0.5 * h * (p0 + p1)) / (h * h * h));
        let slope = (p1 - p0) / h;
        let part = y * (p0 + y * (0.5 * slope + bulge * (0.5 * h - y / 3.0)));
        let density = p0 + y * (slope + bulge * (h - y));
        ((self.below[cell] + part.max(0.0)).clamp(0.0, 1.0), density.max(0.0))
    }

    /// The point with probability `p` below it, to about 1e-12 of the mesh's span.
    ///
    /// Newton's method inside a bracket, at most 80 steps. NaN outside `[0, 1]`; 0 and 1 give the
    /// ends of the mesh, blurred.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        let pad = REACH * self.blur.sd.max(0.0);
        let last = self.nodes.len() - 1;
        // The unblurred quantile lies within the reach of the blur of the answer, all but 1e-16 of probability.
        let cell = self.below.partition_point(|&sum| sum < p).clamp(1, last);
        let mut low = self.nodes[cell - 1] + self.blur.shift - pad;
        let mut high = self.nodes[cell] + self.blur.shift + pad;
        let inside = (p - self.below[cell - 1]) / self.mass[cell - 1].max(f64::MIN_POSITIVE);
        let mut x =
            self.nodes[cell - 1] + (self.nodes[cell] - self.nodes[cell - 1]) * inside.clamp(0.0, 1.0) + self.blur.shift;
        let tolerance = 1e-13 * (self.nodes[last] - self.nodes[0]);
        for _ in 0..80 {
            let (cdf, pdf) = self.cdf_and_pdf(x);
            if cdf < p {
                low = x;
            } else {
                high = x;
            }
            let newton = x - (cdf - p) / pdf;
            let next = if newton >= low && newton <= high { newton } else { 0.5 * (low + high) };
            let moved = (next - x).abs();
            x = next;
            // Newton's steps shrink by their square: after one this small the next would be below the tolerance.
            if moved <= tolerance || (next == newton && moved <= 1e-6 * self.blur.sd) {
                break;
            }
        }
        x
    }
}

/// Mass below and density at the point of one cell whose length is not small beside τ.
///
/// p is the parabola p₀ + s·y + q·y(h − y) with the cell's mass; ∫yᵏΦ and ∫yᵏφ in closed form by
/// repeated integrals of Φ, k = 0, 1, 2.
fn long_cell(mass: f64, p0: f64, p1: f64, h: f64, tau: f64, a: &Moments, b: &Moments) -> (f64, f64) {
    let bulge = 6.0 * (mass - 0.5 * h * (p0 + p1)) / (h * h * h);
    let (linear, square) = ((p1 - p0) / h + bulge * h, -bulge);
    let j0 = tau * (a.first - b.first);
    let j1 = tau * (tau * (a.second - b.second) - h * b.first);
    let j2 = tau * (2.0 * tau * (tau * (a.third - b.third) - h * b.second) - h * h * b.first);
    let cdf = p0 * j0 + linear * j1 + square * j2;
    let pdf = p0 * (a.phi - b.phi) + linear * (j0 - h * b.phi) + square * (2.0 * j1 - h * h * b.phi);
    (cdf, pdf)
}

/// The same where the cell is short beside τ, and the closed forms would cancel: the trapezoid rule
/// for Φ over the cell with end corrections, times the cell's mass.
fn short_cell(mass: f64, p0: f64, p1: f64, h: f64, tau: f64, a: &Moments, b: &Moments) -> (f64, f64) {
    let plain = 0.5 * h * (p0 + p1);
    let scale = if plain > 0.0 { mass / plain } else { 0.0 };
    let slope = (p1 - p0) / h;
    let ends = |fa: f64, fb: f64, da: f64, db: f64| {
        let (ga, gb) = (slope * fa + p0 * da, slope * fb + p1 * db);
        scale * (0.5 * h * (p0 * fa + p1 * fb) + h * h / 12.0 * (ga - gb))
    };
    let cdf = ends(a.phi, b.phi, -a.density / tau, -b.density / tau);
    let pdf = ends(a.density, b.density, a.u * a.density / tau, b.u * b.density / tau) / tau;
    (cdf, pdf)
}

/// Φ(u), φ(u) and the first three repeated integrals of Φ: G₁ = uΦ + φ, G₂ = ½((u² + 1)Φ + uφ),
/// G₃ = ⅙((u³ + 3u)Φ + (u² + 2)φ).
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    u: f64,
    phi: f64,
    density: f64,
    first: f64,
    second: f64,
    third: f64,
}

/// Nodes whose moments are found at a time.
const WINDOW: usize = 64;

vectored! {
    /// The moments at u = (t − x)/τ of each node x.
    fn find_moments<'a>(moments: &'a mut [Moments], nodes: &'a [f64], t: f64, inverse: f64) {
        for (moments, node) in moments.iter_mut().zip(nodes) {
            let u = (t - node) * inverse;
            let bell = exp(-0.5 * u * u);
            let tail = 0.5 * bell * erfcx_above_zero(u.abs() * std::f64::consts::FRAC_1_SQRT_2);
            let (phi, density) = (if u > 0.0 { 1.0 - tail } else { tail }, INV_SQRT_2PI * bell);
            *moments = Moments {
                u,
                phi,
                density,
                first: u * phi + density,
                second: 0.5 * ((u * u + 1.0) * phi + u * density),
                third: (u * (u * u + 3.0) * phi + (u * u + 2.0) * density) / 6.0,
            };
        }
    }
}

/// Derivatives at the nodes: of ln p by the parabola through three nodes, times p.
///
/// Logarithms, because tails fall like exponentials and powers, which a parabola fits ill and whose logarithms it
/// fits well. Where a neighbour has no density the plain difference stands in.
fn slopes(nodes: &[f64], density: &[f64]) -> Vec<f64> {
    let n = nodes.len();
    let logs: Vec<f64> = density.iter().map(|p| ln(p.max(f64::MIN_POSITIVE))).collect();
    (0..n)
        .map(|at| {
            // The three nodes: around the node, or the first or last three.
            let middle = at.clamp(1, n.max(3) - 2);
            if n < 3 || density[middle - 1] == 0.0 || density[middle] == 0.0 || density[middle + 1] == 0.0 {
                let (a, b) = (at.saturating_sub(1), (at + 1).min(n - 1));
                return (density[b] - density[a]) / (nodes[b] - nodes[a]);
            }
            let (h0, h1) = (nodes[middle] - nodes[middle - 1], nodes[middle + 1] - nodes[middle]);
            let (d0, d1) = ((logs[middle] - logs[middle - 1]) / h0, (logs[middle + 1] - logs[middle]) / h1);
            let curvature = (d1 - d0) / (h0 + h1);
            let centre = (d0 * h1 + d1 * h0) / (h0 + h1);
            density[at] * (centre + 2.0 * curvature * (nodes[at] - nodes[middle]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::mesh::Cluster;
    use crate::stats::special::{normal_pdf, normal_quantile};

    fn bell(sd: f64, blur: Blur) -> (Mesh, Vec<f64>, Blur) {
        let mesh = Mesh::clustered(&[Cluster { at: 3.0, width: sd }], 3.0 - 40.0 * sd, 3.0 + 40.0 * sd, 0.18);
        let density = mesh.nodes().iter().map(|x| normal_pdf((x - 3.0) / sd)).collect();
        (mesh, density, blur)
    }

    #[test]
    fn a_blurred_bell_is_a_bell_whether_the_blur_is_narrow_or_wide() {
        for sd in [1e-9, 1e-3, 0.3, 2.0] {
            for tau in [0.0, 1e-4, 0.02, 0.5] {
                let (mesh, density, blur) = bell(sd, Blur { shift: -0.5, sd: tau });
                let smoothed = Smoothed::new(&mesh, &density, blur).unwrap();
                let total = f64::hypot(sd, tau);
                for p in [0.025, 0.1, 0.5, 0.9, 0.975] {
                    let want = 2.5 + total * normal_quantile(p);
                    let error = (smoothed.quantile(p) - want) / total;
                    assert!(error.abs() < 2e-3, "sd {sd} tau {tau} p {p}: off by {error} sd");
                    // The place itself is known to 4e-16 only.
                    assert!((smoothed.cdf(smoothed.quantile(p)) - p).abs() < 1e-9 + 1e-15 / total);
                }
                let peak = smoothed.pdf(2.5) * total / normal_pdf(0.0);
                assert!((peak - 1.0).abs() < 3e-3, "sd {sd} tau {tau}: peak {peak}");
            }
        }
    }

    #[test]
    fn a_density_without_mass_is_no_distribution() {
        let (mesh, density, blur) = bell(1.0, Blur { shift: 0.0, sd: 0.1 });
        assert!(Smoothed::new(&mesh, &vec![0.0; density.len()], blur).is_none());
        assert!(Smoothed::new(&mesh, &vec![f64::NAN; density.len()], blur).is_none());
        assert!(Smoothed::new(&mesh, &[1.0], blur).is_none());
        let some = Smoothed::new(&mesh, &density, blur).unwrap();
        assert!(some.quantile(f64::NAN).is_nan());
        assert!(some.quantile(0.0) <= some.quantile(1e-12) && some.quantile(1.0) >= some.quantile(0.999));
    }
}
