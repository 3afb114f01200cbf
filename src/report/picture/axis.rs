//! Axes of numbers: where a value stands, and ticks that a person likes.

use super::text::width;
use crate::model::Scale;
use crate::report::amount::exact_amount;

/// A stretch of numbers on a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    scale: Scale,
    /// where asinh turns from linear to logarithmic
    unit: f64,
    /// ends, on the scale
    from: f64,
    to: f64,
}

/// Most that the axis reaches beyond the range, in widths of it: what lies further out is marked at the edge.
const REACH: f64 = 1.6;

impl Axis {
    /// An axis that holds a core range, and the other values as far as they do not squeeze it. Values that have no
    /// place on the scale are passed over; without any, it runs from 1 to 10.
    #[must_use]
    pub fn holding(scale: Scale, core: &[f64], others: &[f64]) -> Axis {
        let all = || core.iter().chain(others).copied().filter(|x| x.is_finite());
        let scale = if scale == Scale::Log && all().any(|x| x <= 0.0) { Scale::Asinh } else { scale };
        let mut sizes: Vec<f64> = all().map(f64::abs).filter(|&x| x > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        let unit = sizes.get(sizes.len() / 2).map_or(1.0, |&middle| ten_to(middle.log10().floor() - 1.0));
        let mut axis = Axis { scale, unit, from: 0.0, to: 1.0 };
        let ends = |values: &[f64]| {
            let places = values.iter().filter(|x| x.is_finite()).map(|&x| axis.forward(x));
            places.fold(None, |ends: Option<[f64; 2]>, z| {
                Some(ends.map_or([z, z], |[low, high]| [low.min(z), high.max(z)]))
            })
        };
        let [mut low, mut high] = match (ends(core), ends(others)) {
            (Some(core), Some(others)) => {
                let reach = REACH * (core[1] - core[0]).max(0.0);
                [others[0].max(core[0] - reach).min(core[0]), others[1].min(core[1] + reach).max(core[1])]
            }
            (Some(ends), None) | (None, Some(ends)) => ends,
            (None, None) => [axis.forward(1.0), axis.forward(10.0)],
        };
        let least = match scale {
            Scale::Linear => 1e-9 * low.abs().max(high.abs()).max(1e-6),
            Scale::Log | Scale::Asinh => 0.2,
        };
        if high - low < least {
            let half = if scale == Scale::Linear && low == high { (0.1 * low.abs()).max(0.5) } else { least };
            (low, high) = (low - half, high + half);
        }
        let margin = 0.05 * (high - low);
        (axis.from, axis.to) = (low - margin, high + margin);
        axis
    }

    /// The scale in force.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// Where a value stands: 0 at the beginning, 1 at the end, and beyond them outside.
    #[must_use]
    pub fn place(&self, x: f64) -> f64 {
        (self.forward(x) - self.from) / (self.to - self.from)
    }

    /// Ticks with their places and labels, from the beginning, for an axis `room` pixels long. Labels do not touch.
    #[must_use]
    pub fn ticks(&self, room: f64, size: f64) -> Vec<(f64, String)> {
        let kept = |values: &[f64]| -> Vec<(f64, String)> {
            let step = values.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
            let label = |&x: &f64| (self.place(x), tick_label(x, if self.scale == Scale::Linear { step } else { 0.0 }));
            values.iter().map(label).filter(|(place, _)| (-1e-9..=1.0 + 1e-9).contains(place)).collect()
        };
        let mut best: Vec<(f64, String)> = Vec::new();
        for values in self.candidates() {
            let ticks = kept(&values);
            let fits = ticks.windows(2).all(|pair| {
                let apart = (pair[1].0 - pair[0].0) * room;
                apart >= 0.5 * (width(&pair[0].1, size) + width(&pair[1].1, size)) + 0.8 * size
            });
            if fits && (ticks.len() > best.len() || best.len() < 2) && ticks.len() <= 11 {
                best = ticks;
            }
        }
        best
    }

    /// Sets of ticks to choose from, the sparse ones first.
    fn candidates(&self) -> Vec<Vec<f64>> {
        // Ends beyond all numbers would have ticks without end.
        let (low, high) = (self.back(self.from).clamp(-1e307, 1e307), self.back(self.to).clamp(-1e307, 1e307));
        let (low, high) = if self.scale == Scale::Log { (low.max(1e-307), high.max(1e-307)) } else { (low, high) };
        let mut sets = Vec::new();
        match self.scale {
            Scale::Log => {
                let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
                let powers = |every: i32, mantissas: &[f64]| -> Vec<f64> {
                    let exponents = (first..=last).filter(|e| e.rem_euclid(every) == 0);
                    exponents.flat_map(|e| mantissas.iter().map(move |m| m * ten_to(f64::from(e)))).collect()
                };
                sets.extend([6, 4, 3, 2, 1].map(|every| powers(every, &[1.0])));
                sets.extend([&[1.0, 3.0][..], &[1.0, 2.0, 5.0], &[1.0, 2.0, 3.0, 5.0, 7.0]].map(|m| powers(1, m)));
                // Within a decade steps of one size read better.
                if high / low < 12.0 {
                    sets.extend(steps(low, high));
                }
            }
            Scale::Linear => sets.extend(steps(low, high)),
            Scale::Asinh => {
                let top = low.abs().max(high.abs()).max(self.unit).log10().ceil() as i32;
                let bottom = self.unit.log10().floor() as i32;
                for every in [4, 3, 2, 1] {
                    let sizes: Vec<f64> = (bottom..=top).rev().step_by(every).map(|e| ten_to(f64::from(e))).collect();
                    let mut set: Vec<f64> = sizes.iter().map(|x| -x).collect();
                    set.push(0.0);
                    set.extend(sizes.iter().rev());
                    sets.push(set);
                }
            }
        }
        sets
    }

    fn forward(&self, x: f64) -> f64 {
        match self.scale {
            Scale::Log => libm::log(x.max(1e-300)),
            Scale::Linear => x,
            Scale::Asinh => libm::asinh(x / self.unit),
        }
    }

    fn back(&self, z: f64) -> f64 {
        match self.scale {
            Scale::Log => libm::exp(z),
            Scale::Linear => z,
            Scale::Asinh => self.unit * libm::sinh(z),
        }
    }
}

/// Multiples of 1, 2 and 5 times a power of ten, from coarse to fine.
fn steps(low: f64, high: f64) -> Vec<Vec<f64>> {
    let span = high - low;
    if !span.is_finite() {
        return Vec::new();
    }
    let size = ten_to((span / 2.0).log10().floor());
    let mut sets = Vec::new();
    for step in [10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05].map(|m| m * size) {
        let (first, last) = ((low / step).ceil(), (high / step).floor());
        if last - first > 30.0 || !first.is_finite() || !last.is_finite() {
            break;
        }
        let count = (last - first).max(-1.0) as i64 + 1;
        sets.push((0..count).map(|at| (first + at as f64) * step).collect());
    }
    sets
}

fn ten_to(exponent: f64) -> f64 {
    // 10^-1 is 0.1 to the last bit: powers up to 22 are exact, and a quotient of exact numbers is rounded once.
    if exponent.abs() <= 22.0 {
        let power = 10f64.powi(exponent.abs() as i32);
        return if exponent < 0.0 { 1.0 / power } else { power };
    }
    format!("1e{exponent:.0}").parse().unwrap_or(1.0)
}

/// "10,000", "0.5", "2 million": as short as the step between ticks allows.
fn tick_label(x: f64, step: f64) -> String {
    for (size, word) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        let is_even = step == 0.0 || step >= 0.01 * size;
        if x.abs() >= size && is_even && x.abs() < 1000.0 * size {
            return format!("{} {word}", exact_amount(rounded(x / size)));
        }
    }
    exact_amount(rounded(x))
}

fn rounded(x: f64) -> f64 {
    // A whole number of few digits is round already.
    if x.fract() == 0.0 && x.abs() < 1e12 {
        return x;
    }
    format!("{x:.11e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, core: &[f64]) -> Vec<String> {
        Axis::holding(scale, core, &[]).ticks(500.0, 12.0).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(labels(Scale::Log, &[831.0, 10_400.0]), ["1,000", "2,000", "3,000", "5,000", "7,000", "10,000"]);
        assert_eq!(labels(Scale::Log, &[3.0, 4e7]).first().map(String::as_str), Some("100"));
        let tens = ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100"];
        assert_eq!(labels(Scale::Linear, &[0.0, 100.0]), tens);
        assert_eq!(labels(Scale::Asinh, &[-5000.0, 0.0, 20_000.0]), ["-1,000", "0", "1,000", "10,000"]);
    }

    #[test]
    fn ticks_far_from_zero_keep_the_digits_that_tell_them_apart() {
        let labels = labels(Scale::Linear, &[8_175_133.2, 8_175_134.9]);
        assert!(labels.len() >= 3 && labels.iter().all(|label| label.starts_with("8,175,13")), "{labels:?}");
    }

    #[test]
    fn one_value_and_no_value_have_an_axis() {
        for values in [&[][..], &[7.0], &[0.0], &[-3.0]] {
            for scale in Scale::ALL {
                let axis = Axis::holding(scale, values, &[]);
                assert!(axis.ticks(400.0, 12.0).iter().all(|(place, _)| place.is_finite()));
                assert!(values.iter().all(|&x| (0.0..=1.0).contains(&axis.place(x))), "{scale:?} {values:?}");
            }
        }
    }

    #[test]
    fn far_values_do_not_squeeze_the_range() {
        let axis = Axis::holding(Scale::Linear, &[100.0, 200.0], &[1e9]);
        assert!(axis.place(200.0) > 0.3 && axis.place(1e9) > 1.0);
    }
}
