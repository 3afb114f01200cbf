//! A density on a mesh, convolved with a normal distribution.

use super::mesh::Mesh;
use super::special::normal_cdf;

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
/// The convolution is exact for the density's linear interpolation, cell by cell, so that a
/// mesh much coarser or much finer than τ does no harm; each cell has the mass of a fourth-order rule.
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
        let mut left = Moments::at((t - self.nodes[first]) / tau);
        for cell in first..end {
            let (a, b) = (self.nodes[cell], self.nodes[cell + 1]);
            let (p0, p1) = (self.density[cell], self.density[cell + 1]);
            let h = b - a;
            let right = Moments::at((t - b) / tau);
            let plain = 0.5 * h * (p0 + p1);
            if plain > 0.0 {
                let (mut c, mut f);
                if h < 1e-4 * tau {
                    c = plain * 0.5 * (left.phi + right.phi);
                    f = plain * 0.5 * (left.density + right.density) / tau;
                } else {
                    let slope = (p1 - p0) / h;
                    let g1 = tau * (left.first - right.first);
                    c = p0 * g1 + slope * (tau * tau * (left.second - right.second) - h * tau * right.first);
                    f = p0 * (left.phi - right.phi) + slope * (g1 - h * right.phi);
                }
                let scale = self.mass[cell] / plain;
                c *= scale;
                f *= scale;
                cdf += c.max(0.0);
                pdf += f.max(0.0);
            }
            left = right;
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
        let (u, plain) = ((t - a) / h, 0.5 * h * (p0 + p1));
        let scale = if plain > 0.0 { self.mass[cell] / plain } else { 0.0 };
        let part = scale * h * (p0 * u + 0.5 * (p1 - p0) * u * u);
        ((self.below[cell] + part).clamp(0.0, 1.0), scale * (p0 + (p1 - p0) * u))
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
        // The unblurred quantile lies within the reach of the blur of the answer.
        let cell = self.below.partition_point(|&sum| sum < p).clamp(1, last);
        let mut low = self.nodes[cell - 1] + self.blur.shift - pad;
        let mut high = self.nodes[cell] + self.blur.shift + pad;
        if self.cdf(low) > p {
            low = self.nodes[0] + self.blur.shift - pad;
        }
        if self.cdf(high) < p {
            high = self.nodes[last] + self.blur.shift + pad;
        }
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
            let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
            let moved = (next - x).abs();
            x = next;
            if moved <= tolerance {
                break;
            }
        }
        x
    }
}

/// Φ(u), φ(u) and the first two repeated integrals of Φ: G₁ = uΦ + φ, G₂ = ½((u² + 1)Φ + uφ).
struct Moments {
    phi: f64,
    density: f64,
    first: f64,
    second: f64,
}

impl Moments {
    fn at(u: f64) -> Moments {
        if u > REACH {
            return Moments { phi: 1.0, density: 0.0, first: u, second: 0.5 * (u * u + 1.0) };
        }
        if u < -REACH {
            return Moments { phi: 0.0, density: 0.0, first: 0.0, second: 0.0 };
        }
        let (phi, density) = (normal_cdf(u), super::special::normal_pdf(u));
        Moments { phi, density, first: u * phi + density, second: 0.5 * ((u * u + 1.0) * phi + u * density) }
    }
}

/// Derivatives at the nodes by the parabola through three neighbours; zero at the two ends.
fn slopes(nodes: &[f64], density: &[f64]) -> Vec<f64> {
    let mut slopes = vec![0.0; nodes.len()];
    for at in 1..nodes.len() - 1 {
        let (h0, h1) = (nodes[at] - nodes[at - 1], nodes[at + 1] - nodes[at]);
        let (d0, d1) = ((density[at] - density[at - 1]) / h0, (density[at + 1] - density[at]) / h1);
        slopes[at] = (d0 * h1 + d1 * h0) / (h0 + h1);
    }
    slopes
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
