//! From a density to quantiles and camps.

use crate::stats::smooth::{Blur, Smoothed};

use super::account::{Camp, Quantiles};
use super::atoms::Atom;
use super::posterior::{Posterior, Support};
use super::prepared::Gist;
use super::scale::Transform;
use super::settings::Settings;

/// A posterior ready to be read off in the question's unit.
pub(super) struct Reading<'a> {
    posterior: &'a Posterior,
    smoothed: Smoothed<'a>,
    /// figures that may be the true value itself, in order of place
    atoms: Vec<Atom>,
    /// probability of all other values
    free: f64,
    /// the figures in brief
    gist: Gist,
    transform: Transform,
    support: Support,
}

/// Least level, in units of the kind, that the size of a shift goes by.
const LEVEL_LEAST: f64 = 0.05;

/// A place on the scale, relative to the zero of the mesh.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub z: f64,
    /// the figure that stands there, where the place is an atom
    pub value: Option<f64>,
}

impl<'a> Reading<'a> {
    /// The final density, convolved with N(μ, τ²); `None` without mass.
    pub fn new(
        posterior: &'a Posterior,
        density: &[f64],
        atoms: Vec<Atom>,
        gist: Gist,
        transform: Transform,
        support: Support,
        settings: &Settings,
    ) -> Option<Reading<'a>> {
        let blur = Blur { shift: settings.mu, sd: settings.tau };
        let smoothed = Smoothed::new(&posterior.mesh, density, blur)?;
        let free = 1.0 - atoms.iter().map(|atom| atom.mass).sum::<f64>();
        Some(Reading { posterior, smoothed, atoms, free: free.clamp(0.0, 1.0), gist, transform, support })
    }

    /// The value in the question's unit at probability `p`. What the smoothing has put outside the
    /// limits counts as at them.
    pub fn at(&self, p: f64) -> f64 {
        self.value(self.place_of(p))
    }

    fn value(&self, place: Place) -> f64 {
        place.value.unwrap_or_else(|| {
            let z = self.posterior.origin + place.z;
            self.transform.back(z.clamp(self.support.low, self.support.high))
        })
    }

    /// The place at probability `p`: an atom where its step crosses p.
    pub fn place_of(&self, p: f64) -> Place {
        let mut below = 0.0;
        for atom in &self.atoms {
            let under = self.free * self.smoothed.cdf(atom.place) + below;
            if p <= under {
                break;
            }
            below += atom.mass;
            if p <= under + atom.mass {
                return Place { z: atom.place, value: Some(atom.value) };
            }
        }
        let inside = if self.free > 0.0 { ((p - below) / self.free).clamp(0.0, 1.0) } else { 0.5 };
        Place { z: self.smoothed.quantile(inside), value: None }
    }

    /// Probability below a place, its own atom included.
    fn cdf(&self, z: f64) -> f64 {
        self.free * self.smoothed.cdf(z) + self.atoms.iter().filter(|a| a.place <= z).map(|a| a.mass).sum::<f64>()
    }

    /// θ − origin at five points of the middle 80 per cent, before smoothing has moved them by μ.
    pub fn middle(&self, settings: &Settings) -> [f64; 5] {
        [0.1, 0.3, 0.5, 0.7, 0.9].map(|p| self.smoothed.quantile(p) - settings.mu)
    }

    /// The places of all reported quantiles as the model has them. Where the figures themselves have most of the
    /// probability, the median is theirs: between two figures of a register lies what nobody has claimed.
    pub fn places(&self) -> [Place; 9] {
        let mut places = Quantiles::LEVELS.map(|p| self.place_of(p));
        if places[4].value.is_none() && self.free < 0.5 {
            let half = 0.5 * (1.0 - self.free);
            let mut below = 0.0;
            let middle = self.atoms.iter().find(|atom| {
                below += atom.mass;
                below >= half * (1.0 - 1e-9)
            });
            places[4] = middle.map_or(places[4], |atom| Place { z: atom.place, value: Some(atom.value) });
            places.sort_by(|a, b| a.z.total_cmp(&b.z));
        }
        places
    }

    /// All reported quantiles, calibrated and made never to fall.
    pub fn quantiles(&self, settings: &Settings) -> Quantiles {
        let mut values = calibrated(&self.places(), &self.gist, settings).map(|place| self.value(place));
        for at in 1..values.len() {
            values[at] = values[at].max(values[at - 1]);
        }
        Quantiles { values }
    }

    /// The pieces of the density between valleys deeper than the settings ask for; the one piece
    /// if there is no such valley. `members` are the positions of the origins in the account.
    ///
    /// Modes and valleys are sought in the density before smoothing, which has no fewer, and judged
    /// by the smoothed density. A piece with too little mass joins its larger neighbour.
    pub fn camps(&self, members: &[u32], settings: &Settings) -> Vec<Camp> {
        let valleys = self.valleys(settings);
        let mut camps: Vec<Camp> = Vec::with_capacity(valleys.len() + 1);
        let edges: Vec<f64> = valleys.iter().map(|&node| self.place(node)).collect();
        let mut below = 0.0;
        for at in 0..=edges.len() {
            let end = edges.get(at).map_or(1.0, |&edge| self.cdf(edge));
            let mass = end - below;
            let point = |p: f64| self.at(below + p * mass);
            camps.push(Camp { low: point(0.025), median: point(0.5), high: point(0.975), mass, members: Vec::new() });
            below = end;
        }
        for (origin, &member) in members.iter().enumerate() {
            let home = self.home(origin, &valleys);
            camps[home].members.push(member);
        }
        camps
    }

    /// Place of a node after the shift μ.
    fn place(&self, node: usize) -> f64 {
        self.posterior.mesh.nodes()[node] + self.smoothed.blur().shift
    }

    /// The piece in which an origin's own density and the posterior overlap most.
    fn home(&self, origin: usize, valleys: &[usize]) -> usize {
        let pool = self.posterior.pool(origin);
        let weights = self.posterior.mesh.weights();
        let mut best = (0, f64::NEG_INFINITY);
        let mut start = 0;
        for at in 0..=valleys.len() {
            let end = valleys.get(at).copied().unwrap_or(pool.len());
            let overlap: f64 = (start..end).map(|i| weights[i] * pool[i] * self.posterior.density[i]).sum();
            if overlap > best.1 {
                best = (at, overlap);
            }
            start = end;
        }
        best.0
    }

    /// Nodes that part the density into camps, rising.
    fn valleys(&self, settings: &Settings) -> Vec<usize> {
        let (modes, mut valleys) = extremes(self.smoothed.raw());
        if valleys.is_empty() {
            return valleys;
        }
        let height = |node: usize| self.smoothed.pdf(self.place(node));
        let mut modes: Vec<f64> = modes.into_iter().map(height).collect();
        let mut floors: Vec<f64> = valleys.iter().map(|&node| height(node)).collect();
        let join = |at: usize, modes: &mut Vec<f64>, floors: &mut Vec<f64>, valleys: &mut Vec<usize>| {
            let higher = modes[at].max(modes[at + 1]);
            modes[at] = higher;
            modes.remove(at + 1);
            floors.remove(at);
            valleys.remove(at);
        };
        // The shallowest valley goes first, until all are deep enough.
        while let Some((at, depth)) = shallowest(&modes, &floors) {
            if depth < settings.camp_valley {
                break;
            }
            join(at, &mut modes, &mut floors, &mut valleys);
        }
        while let Some((piece, mass)) = self.lightest(&valleys) {
            if mass >= settings.camp_mass {
                break;
            }
            let last = valleys.len();
            // The valley on the side of the higher neighbour; ties go down.
            let at =
                if piece == 0 || (piece < last && modes[piece + 1] > modes[piece - 1]) { piece } else { piece - 1 };
            join(at, &mut modes, &mut floors, &mut valleys);
        }
        valleys
    }

    /// The piece with the least mass, if there are several.
    fn lightest(&self, valleys: &[usize]) -> Option<(usize, f64)> {
        if valleys.is_empty() {
            return None;
        }
        let mut below = 0.0;
        let mut best = (0, f64::INFINITY);
        for at in 0..=valleys.len() {
            let end = valleys.get(at).map_or(1.0, |&node| self.cdf(self.place(node)));
            if end - below < best.1 {
                best = (at, end - below);
            }
            below = end;
        }
        Some(best)
    }
}

/// Size of the shifts of a question whose middle lies at a place: n^−κ with n origins, and where questions share a
/// unit, as (|X| + [`LEVEL_LEAST`])^λ of the level X and in the unit of the kind.
pub(super) fn shift_size(middle: f64, gist: &Gist, settings: &Settings) -> f64 {
    let crowd = libm::pow(gist.origins.max(1.0), -settings.crowd);
    match (gist.level, settings.by_level) {
        (Some(level), Some(power)) => {
            crowd * level.back(libm::pow(level.of(middle).abs().min(1e6) + LEVEL_LEAST, power))
        }
        _ => crowd,
    }
}

/// m + λ·(mean − m) + s·(z − m) + c·size at every level, m the median; an exact
/// record is not averaged. A place that does not move keeps its figure.
pub(super) fn calibrated(places: &[Place; 9], gist: &Gist, settings: &Settings) -> [Place; 9] {
    let (spread, middle) = (settings.spread, places[4]);
    let toward = |at: usize| {
        if settings.mean[at] == 0.0 || middle.value.is_some() {
            0.0
        } else {
            settings.mean[at] * (gist.means[at] - middle.z)
        }
    };
    let mut aside = toward(0) + toward(1);
    match gist.level {
        // No further than the middle half reaches: a rumour at a hundred times the rest is not averaged in.
        None => aside = aside.max(places[3].z - middle.z).min(places[5].z - middle.z),
        Some(level) if middle.value.is_none() => {
            aside += level.back(settings.level[0] + settings.level[1] * level.of(middle.z + aside));
        }
        Some(_) => {}
    }
    let size = shift_size(middle.z + aside, gist, settings);
    let shift = settings.shift.map(|shift| size * shift);
    let mut moved: [Place; 9] = std::array::from_fn(|at| {
        let place = places[at];
        let away = spread * (place.z - middle.z);
        if aside + shift[at] == 0.0 && (away == 0.0 || spread == 1.0) {
            return if away == 0.0 { middle } else { place };
        }
        Place { z: middle.z + aside + away + shift[at], value: None }
    });
    // Rearranged (Chernozhukov, Fernández-Val and Galichon 2010), which never makes a score worse.
    moved.sort_by(|a, b| a.z.total_cmp(&b.z));
    moved
}

/// The valley that is highest relative to the smaller of its two modes, with that ratio.
fn shallowest(modes: &[f64], floors: &[f64]) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (at, &floor) in floors.iter().enumerate() {
        let smaller = modes[at].min(modes[at + 1]);
        let depth = if smaller > 0.0 { floor / smaller } else { 1.0 };
        if best.is_none_or(|(_, known)| depth > known) {
            best = Some((at, depth));
        }
    }
    best
}

/// Positions of the modes, and of the valley between each mode and the next. A flat stretch
/// counts as its first position.
fn extremes(density: &[f64]) -> (Vec<usize>, Vec<usize>) {
    let (mut modes, mut valleys) = (Vec::new(), Vec::new());
    let (mut top, mut bottom) = (0, 0);
    let mut rising = true;
    for (at, &p) in density.iter().enumerate() {
        if rising {
            if p > density[top] {
                top = at;
            } else if p < density[top] {
                modes.push(top);
                (rising, bottom) = (false, at);
            }
        } else if p < density[bottom] {
            bottom = at;
        } else if p > density[bottom] {
            valleys.push(bottom);
            (rising, top) = (true, at);
        }
    }
    if rising {
        modes.push(top);
    }
    (modes, valleys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_valley_fewer_than_modes() {
        for (density, modes, valleys) in [
            (vec![0.0, 1.0, 0.0], vec![1], vec![]),
            (vec![1.0, 0.5, 2.0, 2.0, 0.1], vec![0, 2], vec![1]),
            (vec![0.0, 3.0, 1.0, 1.0, 2.0], vec![1, 4], vec![2]),
            (vec![0.0, 0.0, 0.0], vec![0], vec![]),
            (vec![], vec![0], vec![]),
        ] {
            if density.is_empty() {
                continue;
            }
            assert_eq!(extremes(&density), (modes, valleys), "{density:?}");
        }
    }

    #[test]
    fn the_shallowest_valley_is_highest_beside_the_smaller_of_its_modes() {
        assert_eq!(shallowest(&[4.0, 2.0, 6.0], &[1.0, 1.5]), Some((1, 0.75)));
        assert_eq!(shallowest(&[4.0, 2.0, 6.0], &[1.5, 1.0]), Some((0, 0.75)));
        assert_eq!(shallowest(&[4.0, 0.0], &[0.0]), Some((0, 1.0)));
        assert_eq!(shallowest(&[4.0], &[]), None);
    }

    /// Worked out by hand: X = 2·(2.5 − 1) = 3, so that a shift is worth √(3 + 0.05)/2, and half of that with four origins.
    #[test]
    fn shifts_grow_with_the_level_and_fall_with_the_crowd() {
        let level = super::super::prepared::Level::new(1.0, 2.0);
        let gist = Gist { means: [0.0; 2], origins: 4.0, level: Some(level) };
        let settings = Settings { crowd: 0.5, by_level: Some(0.5), ..Settings::default() };
        let size = |middle: f64, gist: &Gist, settings: &Settings| shift_size(middle, gist, settings);
        assert!((size(2.5, &gist, &settings) - 0.5 * 3.05f64.sqrt() / 2.0).abs() < 1e-12);
        // Below zero as above it.
        assert!((size(-0.5, &gist, &settings) - size(2.5, &gist, &settings)).abs() < 1e-12);
        assert_eq!(size(2.5, &gist, &Settings { crowd: 0.5, ..Settings::default() }), 0.5);
        assert_eq!(size(2.5, &Gist { level: None, ..gist }, &settings), 0.5);
        assert_eq!(size(2.5, &Gist { origins: 0.0, level: None, ..gist }, &settings), 1.0);
    }
}
