//! Constants fitted on questions with a settled value: how far to trust the product, and split conformal shifts.
//!
//! Of a few candidates for (ρ, ε, ω) and the factor s on the model's own spread, the one with the smallest
//! weighted interval score is taken, after every quantile is shifted by the p-quantile of its residuals
//! (Romano, Patterson and Candès 2019, conformalized quantile regression). s = 0 with the model's median is the
//! plain conformal range about a point, s = 1 trusts the model in how much wider one question is than another.
//!
//! Then the shape of the shifts: whether they fall with the number of origins, and, where all questions are of one
//! kind with one unit, whether the middle is regressed on the settled values and the shifts grow with its size
//! (Gneiting et al. 2005, ensemble model output statistics). That is decided by cross-validation, whole groups held
//! out where groups are to be predicted.

use super::account::Quantiles;
use super::calibration::Sample;
use super::settings::Settings;
use super::summary::{calibrated, shift_size};

/// Fewer settled values than this fit nothing.
pub const LEAST: usize = 25;
/// Pseudo-counts that hold the shifts to zero.
const SHIFT_COUNTS: f64 = 4.0;
/// How far the middle moves to the mean and to the weighted mean.
const MEAN: [[f64; 2]; 5] = [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0], [0.0, 0.5], [0.0, 1.0]];
/// Factors on the model's own spread.
const SPREAD: [f64; 7] = [0.0, 0.25, 0.5, 0.75, 1.0, 1.3, 1.7];
/// Powers of the number of origins by which shifts may fall.
const CROWD: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// Powers of the level by which shifts may grow.
const BY_LEVEL: [Option<f64>; 3] = [None, Some(0.0), Some(0.5)];
/// What a mean in the place of a median, or a shape of the shifts, must gain: it answers to outliers.
const PRICE: f64 = 1.015;
/// The middle keeps at least half of what the figures say, also where all settled values happen to be alike.
const SLOPE: f64 = 0.5;
/// Parts of a cross-validation.
const FOLDS: usize = 5;

/// Constants that were fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// the constants
    pub settings: Settings,
    /// mean weighted interval score on samples that were held out
    pub score: f64,
}

/// The candidate with the smallest score, with its factor and shifts; `None` with fewer than [`LEAST`] samples.
/// Cost: candidates, times 35, times n·ln n.
#[must_use]
pub fn fit(samples: &[Sample], candidates: &[Settings]) -> Option<Fitted> {
    if samples.len() < LEAST {
        return None;
    }
    let all: Vec<&Sample> = samples.iter().collect();
    let one_kind = samples.iter().all(|sample| sample.gist.level.is_some());
    // Where units differ from question to question, ranges without exact records win on the scale and lose in the unit.
    let has_exact = candidates.iter().any(|settings| settings.exact_records);
    let (at, plain) = trusted(&all, candidates, |settings| settings.exact_records == has_exact)?;
    let loss = validated(samples, at, &plain, false) / PRICE;
    let mut best = (plain.clone(), loss);
    let mut try_shape = |at: usize, shape: &Settings, regress: bool| {
        let loss = validated(samples, at, shape, regress);
        if loss < best.1 {
            best = (trained(&all, at, shape, regress), loss);
        }
    };
    for crowd in CROWD {
        try_shape(at, &Settings { crowd, ..plain.clone() }, false);
    }
    if one_kind {
        // A regressed middle starts from the mean as well as from the median, and without exact records too.
        let mut starts = vec![(at, plain)];
        if let Some((at, free)) = trusted(&all, candidates, |settings| !settings.exact_records) {
            starts.extend([(at, free.clone()), (at, Settings { spread: 0.0, ..free })]);
        }
        for (at, start) in starts {
            for (by_level, crowd) in BY_LEVEL.into_iter().flat_map(|by_level| CROWD.map(|crowd| (by_level, crowd))) {
                let shape = Settings { crowd, by_level, ..start.clone() };
                try_shape(at, &shape, false);
                for mean in [[0.0; 2], [1.0, 0.0], [0.0, 1.0]] {
                    try_shape(at, &Settings { mean, ..shape.clone() }, true);
                }
            }
        }
    }
    let (settings, loss) = best;
    Some(Fitted { score: loss / samples.len() as f64, settings })
}

/// How far to trust the product: the candidate, spread and mean with the smallest loss.
fn trusted(
    samples: &[&Sample],
    candidates: &[Settings],
    admits: impl Fn(&Settings) -> bool,
) -> Option<(usize, Settings)> {
    let mut best: Option<(f64, usize, Settings)> = None;
    for (at, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| admits(candidate)) {
        for (spread, mean) in SPREAD.iter().flat_map(|&s| MEAN.map(|m| (s, m))) {
            let tried = trained(samples, at, &Settings { mean, spread, ..candidate.clone() }, false);
            let price = if mean == [0.0; 2] { 1.0 } else { PRICE };
            let score = price * lost(samples.iter().copied(), at, &tried);
            if best.as_ref().is_none_or(|(known, ..)| score < *known) {
                best = Some((score, at, tried));
            }
        }
    }
    best.map(|(_, at, settings)| (at, settings))
}

/// The loss on samples that the shifts were not taken from.
fn validated(samples: &[Sample], at: usize, shape: &Settings, regress: bool) -> f64 {
    (0..FOLDS)
        .map(|fold| {
            let train: Vec<&Sample> = samples.iter().filter(|sample| sample.fold % FOLDS != fold).collect();
            let held = samples.iter().filter(|sample| sample.fold % FOLDS == fold);
            lost(held, at, &trained(&train, at, shape, regress))
        })
        .sum()
}

/// A shape with its regression and shifts from samples.
fn trained(samples: &[&Sample], at: usize, shape: &Settings, regress: bool) -> Settings {
    let mut settings = Settings { shift: [0.0; 9], level: [0.0; 2], ..shape.clone() };
    if regress {
        settings.level = regression(samples, at, &settings);
    }
    let moved: Vec<([f64; 9], f64)> = samples.iter().map(|sample| placed(sample, at, &settings)).collect();
    settings.shift = shifts(samples, &moved);
    settings
}

/// The quantiles of a sample under settings, and the size that its shifts would have.
fn placed(sample: &Sample, at: usize, settings: &Settings) -> ([f64; 9], f64) {
    let places = calibrated(&sample.places[at], &sample.gist, settings).map(|place| place.z);
    (places, shift_size(places[4], &sample.gist, settings))
}

fn lost<'a>(samples: impl Iterator<Item = &'a Sample>, at: usize, settings: &Settings) -> f64 {
    samples.map(|sample| sample.weight() * wis(&placed(sample, at, settings).0, sample.truth)).sum()
}

/// a and b of the least squares of the settled value less the middle on (1, X).
fn regression(samples: &[&Sample], at: usize, settings: &Settings) -> [f64; 2] {
    let pairs: Vec<(f64, f64)> = samples
        .iter()
        .filter_map(|sample| {
            let level = sample.gist.level?;
            let middle = level.of(placed(sample, at, settings).0[4]);
            Some((middle, level.of(sample.truth) - middle))
        })
        .collect();
    let n = pairs.len() as f64;
    if n < 2.0 {
        return [0.0; 2];
    }
    let mean = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>() / n;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let spread = mean(&|p| (p.0 - x).powi(2));
    let slope = if spread > 0.0 { mean(&|p| (p.0 - x) * (p.1 - y)) / spread } else { 0.0 };
    let slope = slope.clamp(-SLOPE, SLOPE);
    let fitted = [y - slope * x, slope];
    if fitted.iter().all(|c| c.abs() < 50.0) { fitted } else { [0.0; 2] }
}

/// The p-quantile of the residuals at each level, in units of the sizes, by ranks (n + 1)p, shrunk to zero.
fn shifts(samples: &[&Sample], moved: &[([f64; 9], f64)]) -> [f64; 9] {
    let n = samples.len();
    if n == 0 {
        return [0.0; 9];
    }
    let keep = n as f64 / (n as f64 + SHIFT_COUNTS);
    std::array::from_fn(|level| {
        let residual = |(s, (p, size)): (&&Sample, &([f64; 9], f64))| (s.truth - p[level]) / size;
        let mut residuals: Vec<f64> = samples.iter().zip(moved).map(residual).collect();
        residuals.sort_by(f64::total_cmp);
        // Where the residuals do not ask for a shift there is none, so that exact records stay exact.
        let p = Quantiles::LEVELS[level];
        let slack = (n as f64 * p * (1.0 - p)).sqrt();
        let order = |rank: f64| residuals[(rank.max(0.0) as usize).min(n - 1)];
        if order(n as f64 * p - slack - 1.0) <= 0.0 && order(n as f64 * p + slack) >= 0.0 && (0.2..0.8).contains(&p) {
            return 0.0;
        }
        let rank = ((n as f64 + 1.0) * Quantiles::LEVELS[level] - 1.0).clamp(0.0, (n - 1) as f64);
        let (low, part) = (rank.floor() as usize, rank.fract());
        let quantile = residuals[low] * (1.0 - part) + residuals[(low + 1).min(n - 1)] * part;
        (keep * quantile).clamp(-100.0, 100.0)
    })
}

/// Twice the mean quantile loss over the nine levels, which is the weighted interval score with K = 4 (Bracher et al. 2021).
fn wis(places: &[f64; 9], truth: f64) -> f64 {
    let loss = |(place, p): (&f64, f64)| {
        let away = truth - place;
        if away > 0.0 { p * away } else { (p - 1.0) * away }
    };
    2.0 * places.iter().zip(Quantiles::LEVELS).map(loss).sum::<f64>() / 9.0
}

#[cfg(test)]
mod tests {
    use super::super::prepared::Gist;
    use super::super::summary::Place;
    use super::*;

    #[test]
    fn ranges_that_are_half_too_narrow_are_widened_to_cover() {
        let truth = |i: usize| crate::stats::special::normal_quantile((i as f64 + 0.5) / 200.0);
        let narrow =
            Quantiles::LEVELS.map(|p| Place { z: 0.5 * crate::stats::special::normal_quantile(p), value: None });
        let gist = Gist { means: [0.0; 2], origins: 1.0, level: None };
        let sample = |i: usize| Sample { truth: truth(i), gist, places: vec![narrow], fold: i };
        let samples: Vec<Sample> = (0..200).map(sample).collect();
        let fitted = fit(&samples, &[Settings::default()]).unwrap().settings;
        let ends = placed(&samples[0], 0, &fitted).0;
        assert!((ends[7] - 1.645).abs() < 0.1 && (ends[1] + 1.645).abs() < 0.1, "{ends:?}");
        assert_eq!(fit(&samples[..LEAST - 1], &[Settings::default()]), None);
        assert!(fit(&samples[..LEAST], &[Settings::default()]).is_some());
    }

    #[test]
    fn the_move_of_the_middle_is_the_line_through_what_it_missed_by() {
        let (zero, per) = (-1.5, 2.0);
        let level = super::super::prepared::Level::new(zero, per);
        let sample = |x: f64, missed: f64| {
            let z = zero + x / per;
            let places = Quantiles::LEVELS.map(|p| Place { z: z + p - 0.5, value: None });
            let gist = Gist { means: [0.0; 2], origins: 1.0, level: Some(level) };
            Sample { truth: z + missed / per, gist, places: vec![places], fold: 0 }
        };
        let line = |missed: fn(f64) -> f64| {
            let samples: Vec<Sample> = [-2.0, 0.0, 1.0, 5.0].map(|x| sample(x, missed(x))).into();
            regression(&samples.iter().collect::<Vec<_>>(), 0, &Settings::default())
        };
        let near = |[a, b]: [f64; 2], want: [f64; 2]| (a - want[0]).abs() < 1e-9 && (b - want[1]).abs() < 1e-9;
        assert!(near(line(|x| 0.3 + 0.2 * x), [0.3, 0.2]), "{:?}", line(|x| 0.3 + 0.2 * x));
        // No steeper than a half, about the mean of X, which is 1.
        assert!(near(line(|x| 0.3 - 3.0 * (x - 1.0)), [0.3 + SLOPE, -SLOPE]));
        assert_eq!(regression(&[&sample(1.0, 2.0)], 0, &Settings::default()), [0.0; 2]);
    }
}
