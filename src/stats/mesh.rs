//! A fixed mesh on the line, fine around given points and coarse far from them.

/// Numbers of nodes are multiples of this where there are enough of them.
const VECTOR: usize = 16;

/// A point around which a mesh is fine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// the point; it becomes a node
    pub at: f64,
    /// width of the narrowest feature there, above zero
    pub width: f64,
}

/// Nodes in rising order, with the weights of a quadrature rule.
///
/// Every cluster is a node unless another one stands nearer than half the spacing there. The spacing at x is about `step · min_c √(width_c² + (x − at_c)²)`: a peak of width s around a
/// cluster is met by about 6/step nodes whatever s is, and a distance D costs ln(D/s) nodes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mesh {
    nodes: Vec<f64>,
    weights: Vec<f64>,
}

impl Mesh {
    /// The mesh on `[low, high]` around `clusters`, with relative spacing `step`.
    ///
    /// Clusters outside the interval, and those with a width or place that is no finite number,
    /// are left out; with none left the mesh is even, with 64 cells. Empty if the interval is
    /// empty or not finite. The nodes depend on the set of clusters, not on their order.
    ///
    /// Cost: c·ln c + nodes.
    ///
    /// ```
    /// use sayso::stats::mesh::{Cluster, Mesh};
    /// let mesh = Mesh::clustered(&[Cluster { at: 0.0, width: 0.1 }], -40.0, 40.0, 0.2);
    /// let bell: f64 = mesh.integral(|x| (-0.5 * (x / 0.1f64).powi(2)).exp());
    /// assert!((bell / (0.1 * (2.0 * std::f64::consts::PI).sqrt()) - 1.0).abs() < 1e-3);
    /// ```
    #[must_use]
    pub fn clustered(clusters: &[Cluster], low: f64, high: f64, step: f64) -> Mesh {
        if !(low < high && (high - low).is_finite() && step > 0.0) {
            return Mesh::default();
        }
        let centres = spread_widths(clusters, low, high, step);
        let mut nodes = Vec::with_capacity(256);
        nodes.push(low);
        if let (Some(first), Some(last)) = (centres.first(), centres.last()) {
            outward(first, first.at - low, step, |offset| nodes.push(first.at - offset));
            nodes[1..].reverse();
            push_above(&mut nodes, first.at);
            for pair in centres.windows(2) {
                between(&pair[0], &pair[1], step, &mut nodes);
            }
            outward(last, high - last.at, step, |offset| push_above(&mut nodes, last.at + offset));
        } else {
            nodes.extend((1..64).map(|at| low + (high - low) * f64::from(at) / 64.0));
        }
        push_above(&mut nodes, high);
        fill_vectors(&mut nodes);
        Mesh { weights: weights(&nodes), nodes }
    }

    /// The nodes, in rising order.
    #[must_use]
    pub fn nodes(&self) -> &[f64] {
        &self.nodes
    }

    /// Weight of each node: Σ wᵢ·f(xᵢ) is the trapezoid rule with end corrections in each cell
    /// (Hermite's rule with differences for derivatives), of fourth order for smooth f.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Position of the node nearest to a place; 0 where there is none. Cost: ln n.
    #[must_use]
    pub fn nearest(&self, x: f64) -> usize {
        let above = self.nodes.partition_point(|&node| node < x).min(self.nodes.len().saturating_sub(1));
        if above > 0 && x - self.nodes[above - 1] < self.nodes[above] - x { above - 1 } else { above }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Integral of a function over the mesh.
    #[must_use]
    pub fn integral(&self, f: impl Fn(f64) -> f64) -> f64 {
        self.nodes.iter().zip(&self.weights).map(|(&x, &w)| w * f(x)).sum()
    }
}

/// Clusters inside the interval in order, near ones joined, and each width lowered to what its
/// neighbours need: √(width² + distance²).
fn spread_widths(clusters: &[Cluster], low: f64, high: f64, step: f64) -> Vec<Cluster> {
    let mut centres: Vec<Cluster> = clusters
        .iter()
        .copied()
        .filter(|c| c.at >= low && c.at <= high && c.width > 0.0 && c.width.is_finite())
        .collect();
    centres.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.width.total_cmp(&b.width)));
    let need = |from: &Cluster, at: f64| libm::hypot(from.width, at - from.at);
    for at in 1..centres.len() {
        centres[at].width = centres[at].width.min(need(&centres[at - 1], centres[at].at));
    }
    for at in (1..centres.len()).rev() {
        centres[at - 1].width = centres[at - 1].width.min(need(&centres[at], centres[at - 1].at));
    }
    // A centre nearer to the last one kept than the nodes would stand adds nothing. The first of a run is kept.
    let mut kept: Vec<Cluster> = Vec::with_capacity(centres.len());
    for centre in centres {
        if kept.last().is_none_or(|last| centre.at - last.at > 0.5 * step * last.width.min(centre.width)) {
            kept.push(centre);
        }
    }
    kept
}

/// Offsets from a cluster outward to `reach`, exclusive of both ends: s·sinh(i·δ) with equal δ ≤ step.
fn outward(from: &Cluster, reach: f64, step: f64, mut push: impl FnMut(f64)) {
    let span = libm::asinh(reach / from.width);
    let cells = cells(span, step);
    // sinh by powers of one exponential.
    let step = libm::exp(span / f64::from(cells));
    let mut power = 1.0;
    for _ in 1..cells {
        power *= step;
        push(0.5 * from.width * (power - 1.0 / power));
    }
}

/// Number of cells of a span. The hair keeps a span that is a whole number of steps from
/// flipping by rounding, so that a shift of all clusters shifts all nodes.
fn cells(span: f64, step: f64) -> u32 {
    ((span / step - 1e-9).ceil().clamp(1.0, 1e5)) as u32
}

/// Nodes after cluster `a` up to and including cluster `b`, outward from both to where their
/// spacings meet.
fn between(a: &Cluster, b: &Cluster, step: f64, nodes: &mut Vec<f64>) {
    let gap = b.at - a.at;
    if gap <= step * a.width.min(b.width) {
        return push_above(nodes, b.at);
    }
    let mut meet = (0.5 * (gap + (b.width - a.width) * ((b.width + a.width) / gap))).clamp(0.0, gap);
    // A width that was lowered to its neighbour's need meets exactly at one end, but for rounding.
    if meet > gap * (1.0 - 1e-9) {
        meet = gap;
    } else if meet < gap * 1e-9 {
        meet = 0.0;
    }
    if meet > 0.0 {
        outward(a, meet, step, |offset| push_above(nodes, a.at + offset));
    }
    if meet < gap {
        if meet > 0.0 {
            push_above(nodes, a.at + meet);
        }
        let start = nodes.len();
        outward(b, gap - meet, step, |offset| nodes.push(b.at - offset));
        nodes[start..].reverse();
        if start > 0 && nodes.get(start).is_some_and(|&first| first <= nodes[start - 1]) {
            nodes.remove(start);
        }
    }
    push_above(nodes, b.at);
}

/// Adds a node unless rounding has put it at or below the last one.
fn push_above(nodes: &mut Vec<f64>, node: f64) {
    if nodes.last().is_none_or(|&last| node > last) {
        nodes.push(node);
    }
}

/// Adds the middles of the outermost cells until the nodes fill whole vectors, for loops without a remainder.
fn fill_vectors(nodes: &mut Vec<f64>) {
    let more = nodes.len().next_multiple_of(VECTOR) - nodes.len();
    let cells = nodes.len().saturating_sub(1);
    if 2 * more > cells {
        return;
    }
    let (first, last) = (more.div_ceil(2), more / 2);
    let middles = (0..first).chain(cells - last..cells).map(|at| 0.5 * (nodes[at] + nodes[at + 1]));
    let middles: Vec<f64> = middles.collect();
    nodes.extend(middles);
    nodes.sort_by(f64::total_cmp);
    nodes.dedup();
}

/// Weights of the corrected trapezoid rule: Σ h/2·(f₀ + f₁) + h²/12·(f₀′ − f₁′), the derivatives
/// by the parabola through three nodes. At the ends the parabola is one-sided, and a weight that would be
/// negative leaves the plain trapezoid rule in force.
fn weights(nodes: &[f64]) -> Vec<f64> {
    let n = nodes.len();
    let mut plain = vec![0.0; n];
    for at in 1..n {
        let h = nodes[at] - nodes[at - 1];
        plain[at - 1] += 0.5 * h;
        plain[at] += 0.5 * h;
    }
    if n < 4 {
        return plain;
    }
    let mut corrected = plain.clone();
    // f′ at an inner node i enters the cell above with +h₁²/12 and the cell below with −h₀²/12.
    for at in 1..n - 1 {
        let (h0, h1) = (nodes[at] - nodes[at - 1], nodes[at + 1] - nodes[at]);
        let share = (h1 * h1 - h0 * h0) / 12.0;
        corrected[at - 1] -= share * h1 / (h0 * (h0 + h1));
        corrected[at] += share * (h1 - h0) / (h0 * h1);
        corrected[at + 1] += share * h0 / (h1 * (h0 + h1));
    }
    if corrected.iter().all(|&w| w >= 0.0) { corrected } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bell(x: f64, at: f64, sd: f64) -> f64 {
        crate::stats::special::normal_pdf((x - at) / sd) / sd
    }

    #[test]
    fn narrow_and_wide_peaks_are_both_integrated() {
        let clusters =
            [Cluster { at: 0.0, width: 0.01 }, Cluster { at: 0.5, width: 1e-7 }, Cluster { at: 9.0, width: 2.0 }];
        let mesh = Mesh::clustered(&clusters, -30.0, 40.0, 0.2);
        for (at, sd) in [(0.0, 0.01), (0.0, 0.5), (0.5, 1e-7), (0.5, 0.02), (9.0, 2.0)] {
            let mass = mesh.integral(|x| bell(x, at, sd));
            assert!((mass - 1.0).abs() < 1e-3, "mass {mass} of a bell at {at} of width {sd}");
        }
        assert!(mesh.len() < 700, "{} nodes", mesh.len());
    }

    #[test]
    fn an_empty_interval_has_an_empty_mesh() {
        assert!(Mesh::clustered(&[], 1.0, 1.0, 0.2).is_empty());
        assert!(Mesh::clustered(&[], f64::NEG_INFINITY, 1.0, 0.2).is_empty());
        assert!(Mesh::clustered(&[], f64::NAN, 1.0, 0.2).is_empty());
        assert_eq!(Mesh::clustered(&[Cluster { at: f64::NAN, width: 1.0 }], 0.0, 1.0, 0.2).len(), 80);
    }

    proptest! {
        #[test]
        fn nodes_rise_and_hold_every_separate_centre(
            places in proptest::collection::vec((-20.0..20.0f64, 1e-8..3.0f64), 1..12)
        ) {
            let clusters: Vec<_> = places.iter().map(|&(at, width)| Cluster { at, width }).collect();
            let mesh = Mesh::clustered(&clusters, -50.0, 50.0, 0.2);
            prop_assert!(mesh.nodes().windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(mesh.weights().iter().all(|w| *w >= 0.0));
            prop_assert!((mesh.weights().iter().sum::<f64>() - 100.0).abs() < 1e-9);
            for cluster in &clusters {
                let near = mesh.nodes().iter().map(|x| (x - cluster.at).abs()).fold(f64::INFINITY, f64::min);
                prop_assert!(near <= 0.1 * cluster.width);
            }
        }
    }
}
