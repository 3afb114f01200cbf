//! The scale on which errors of a question are alike, and its unit.

use crate::model::Scale;
use crate::stats::quantile::median;

/// What the choice of a scale looks at: one figure in the question's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// lower finite end of what was said
    pub low: f64,
    /// upper finite end of what was said
    pub high: f64,
    /// half the width that the figure states itself, by range, interval or rounding
    pub half_width: f64,
}

/// A map z = T(x) from the question's unit to the scale on which the error scales σ apply.
///
/// Errors are relative: σ = 0.25 is a quarter of the value on the log scale. The linear scale needs
/// a unit in which σ means the same, and the asinh scale a unit below which errors no longer shrink.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// z = ln x
    Log,
    /// z = (x − centre)/unit
    Linear {
        /// the median figure, so that no digits are lost far from zero
        centre: f64,
        /// the spread of the figures over the median error scale
        unit: f64,
    },
    /// z = asinh(x/unit)
    Asinh {
        /// where the scale turns from linear to logarithmic
        unit: f64,
    },
}

impl Transform {
    /// The transform of a question.
    ///
    /// A log question with a finite end at or below zero gets asinh. `typical` is the median error
    /// scale of a named source.
    ///
    /// - linear: unit = s/`typical`. s pools two spreads by geometric mean: a quarter of the size
    ///   of the figures (or an eighth of the question's limits), counted once, and the
    ///   disagreement of the figures, counted n − 1 times: 1.4826·MAD or the median of the stated
    ///   half-widths, whichever is more (Hampel 1974).
    /// - asinh: the median size of the figures other than zero, or a tenth of it if none is
    ///   negative, so that 0 and 10,000 are two camps and −5 and 3 are not; where zero is claimed, no more
    ///   than the step to which it was said, so that "0 bodies" is off by bodies and not by tens of them.
    ///
    /// Multiplying all figures by a constant multiplies the unit by it. With no figures, or none
    /// but zeros without width, the unit is 1. Cost: n·ln n.
    #[must_use]
    pub fn choose(scale: Scale, extents: &[Extent], limits: Option<[f64; 2]>, typical: f64) -> Transform {
        let scale = match scale {
            Scale::Log if extents.iter().any(|e| e.low <= 0.0) => Scale::Asinh,
            scale => scale,
        };
        match scale {
            Scale::Log => Transform::Log,
            Scale::Linear => linear(extents, limits, typical),
            Scale::Asinh => Transform::Asinh { unit: asinh_unit(extents) },
        }
    }

    /// T(x). On the log scale, −∞ at and below zero.
    #[must_use]
    pub fn forward(self, x: f64) -> f64 {
        match self {
            Transform::Log => {
                if x > 0.0 {
                    libm::log(x)
                } else {
                    f64::NEG_INFINITY
                }
            }
            Transform::Linear { centre, unit } => x / unit - centre / unit,
            Transform::Asinh { unit } => libm::asinh(x / unit),
        }
    }

    /// The value with T(x) = z, finite for every z that is not NaN.
    #[must_use]
    pub fn back(self, z: f64) -> f64 {
        let x = match self {
            Transform::Log => libm::exp(z),
            Transform::Linear { centre, unit } => centre + unit * z,
            Transform::Asinh { unit } => unit * libm::sinh(z),
        };
        x.clamp(f64::MIN, f64::MAX)
    }

    /// Derivative of T at |x|, at most 1e300: how a small width in the unit reads on the scale.
    #[must_use]
    pub fn slope(self, x: f64) -> f64 {
        let slope = match self {
            Transform::Log => 1.0 / x.abs(),
            Transform::Linear { unit, .. } => 1.0 / unit,
            Transform::Asinh { unit } => 1.0 / libm::hypot(x, unit),
        };
        slope.min(1e300)
    }

    /// The scale that this is.
    #[must_use]
    pub fn scale(self) -> Scale {
        match self {
            Transform::Log => Scale::Log,
            Transform::Linear { .. } => Scale::Linear,
            Transform::Asinh { .. } => Scale::Asinh,
        }
    }
}

fn linear(extents: &[Extent], limits: Option<[f64; 2]>, typical: f64) -> Transform {
    let mut centres: Vec<f64> = extents.iter().map(|e| 0.5 * e.low + 0.5 * e.high).collect();
    let Some(centre) = median(&mut centres) else { return Transform::Linear { centre: 0.0, unit: 1.0 } };
    let of = |values: &mut dyn Iterator<Item = f64>| median(&mut values.collect::<Vec<_>>()).unwrap_or(0.0);
    let size = of(&mut extents.iter().map(|e| e.low.abs().max(e.high.abs())));
    let own = of(&mut extents.iter().map(|e| e.half_width));
    let apart = 1.4826 * of(&mut centres.iter().map(|c| (c - centre).abs()));
    // Halves first: the ends may lie the whole range of numbers apart.
    let span = centres.iter().map(|c| (0.5 * c - 0.5 * centre).abs()).fold(0.0, f64::max);
    let relative = match limits {
        Some([low, high]) => 0.125 * high - 0.125 * low,
        None => 0.25 * size,
    };
    let mean_apart = 1.2533 * centres.iter().map(|c| (c - centre).abs() / centres.len() as f64).sum::<f64>();
    let stated = [apart.max(own), mean_apart, 0.08 * relative].into_iter().find(|s| *s > 0.0).unwrap_or(0.0);
    let spread = if relative > 0.0 && stated > 0.0 {
        let n = extents.len() as f64;
        libm::exp(libm::log(relative) / n + libm::log(stated) * ((n - 1.0) / n))
    } else {
        relative.max(stated)
    };
    // No unit so small that a far outlier leaves the range where squares can be taken.
    let unit = (spread / typical).max(2e-6 * span).min(1e300);
    Transform::Linear { centre, unit: if unit > 0.0 { unit } else { 1.0 } }
}

fn asinh_unit(extents: &[Extent]) -> f64 {
    let mut sizes: Vec<f64> = extents.iter().map(|e| e.low.abs().max(e.high.abs())).filter(|s| *s > 0.0).collect();
    let negative = extents.iter().any(|e| e.low < 0.0);
    let widest = extents.iter().map(|e| e.half_width).fold(0.0, f64::max);
    let unit = match median(&mut sizes) {
        Some(size) if negative => size,
        Some(size) => {
            let step = |e: &Extent| 12f64.sqrt() * e.half_width;
            let zeros = extents.iter().filter(|e| e.low == 0.0 && e.high == 0.0).map(step).filter(|s| *s > 0.0);
            zeros.fold(0.1 * size, f64::min)
        }
        None => widest,
    };
    if unit > 0.0 { unit } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(values: &[f64]) -> Vec<Extent> {
        values.iter().map(|&x| Extent { low: x, high: x, half_width: 0.0 }).collect()
    }

    #[test]
    fn a_zero_on_a_log_question_turns_it_to_asinh() {
        assert_eq!(Transform::choose(Scale::Log, &points(&[1.0, 5.0]), None, 0.25), Transform::Log);
        let mixed = Transform::choose(Scale::Log, &points(&[0.0, 5.0]), None, 0.25);
        assert_eq!(mixed, Transform::Asinh { unit: 0.5 });
    }

    #[test]
    fn the_linear_unit_follows_the_disagreement_as_figures_come_in() {
        let spread = |n: usize| {
            let values: Vec<f64> = (0..n).map(|i| 2000.0 + (i % 3) as f64).collect();
            match Transform::choose(Scale::Linear, &points(&values), None, 0.25) {
                Transform::Linear { unit, .. } => unit,
                other => panic!("{other:?}"),
            }
        };
        assert!((spread(1) - 2000.0).abs() < 1e-9);
        assert!(spread(3) < 100.0 && spread(30) < 8.0 && spread(30) > 4.0);
    }

    proptest! {
        #[test]
        fn back_undoes_forward(values in proptest::collection::vec(-1e6..1e6f64, 1..8), at in -1e6..1e6f64) {
            for scale in [Scale::Linear, Scale::Asinh] {
                let t = Transform::choose(scale, &points(&values), None, 0.25);
                let again = t.back(t.forward(at));
                prop_assert!((again - at).abs() <= 1e-9 * at.abs().max(1.0), "{t:?}: {at} came back as {again}");
            }
        }

        #[test]
        fn no_values_give_a_unit_that_is_not_above_zero(values in proptest::collection::vec(proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL, 0..6)) {
            for scale in [Scale::Linear, Scale::Asinh] {
                match Transform::choose(scale, &points(&values), None, 0.25) {
                    Transform::Linear { unit, centre } => prop_assert!(unit > 0.0 && unit.is_finite() && centre.is_finite()),
                    Transform::Asinh { unit } => prop_assert!(unit > 0.0 && unit.is_finite()),
                    Transform::Log => {}
                }
            }
        }
    }
}
