//! exp and erfcx in single precision, for inner loops whose results are summed up or multiplied a few times only.
//!
//! Eight or sixteen numbers fit into a vector in the place of four or eight, and shorter polynomials do.

#![allow(clippy::inline_always, reason = "a loop is made of vector instructions only where all of it is inlined")]

/// Below this, [`exp`] is 0: the smallest normal number lies at −87.34.
pub const EXP_LEAST: f32 = -87.3;

/// eˣ, relative error below 3e-7 near zero and 6e-6 at the ends; 0 below −87.3, e^88 above 88. NaN gives a number that means nothing.
///
/// As [`elementary::exp`](super::elementary::exp), with a polynomial of degree 7.
///
/// ```
/// use sayso::stats::single::exp;
/// assert!((exp(1.0) / std::f32::consts::E - 1.0).abs() < 3e-7);
/// assert_eq!((exp(0.0), exp(f32::NEG_INFINITY)), (1.0, 0.0));
/// ```
#[inline(always)]
#[must_use]
pub fn exp(x: f32) -> f32 {
    // Adding 1.5·2²³ rounds to a whole number and leaves it in the low bits.
    const ROUND: f32 = 12_582_912.0;
    const LN2_HIGH: f32 = 0.693_145_75;
    const LN2_LOW: f32 = 1.428_606_8e-6;
    let inside = x.clamp(EXP_LEAST, 88.0);
    let shifted = inside * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (inside - n * LN2_HIGH) - n * LN2_LOW;
    let r2 = r * r;
    let low = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0));
    let high = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5_040.0));
    let power = low + r2 * r2 * high;
    let scale = f32::from_bits(shifted.to_bits().wrapping_shl(23).wrapping_add(1.0f32.to_bits()));
    if x < EXP_LEAST { 0.0 } else { power * scale }
}

/// ln x for normal x above zero, relative error below 3e-7 away from 1 and absolute error below 1e-7 near it. Zero,
/// subnormal, negative and NaN give numbers that mean nothing.
///
/// As [`elementary::ln`](super::elementary::ln), with a shorter series.
///
/// ```
/// use sayso::stats::single::ln;
/// assert_eq!(ln(1.0), 0.0);
/// assert!((ln(1e-15) + 34.538_776).abs() < 1e-5);
/// ```
#[inline(always)]
#[must_use]
pub fn ln(x: f32) -> f32 {
    const SQRT_HALF: u32 = 0x3f35_04f3;
    const BIAS: u32 = 128 << 23;
    let offset = x.to_bits().wrapping_sub(SQRT_HALF).wrapping_add(BIAS);
    let exponent = offset >> 23;
    let k = exponent as f32 - 128.0;
    let m = f32::from_bits(x.to_bits().wrapping_sub((exponent << 23).wrapping_sub(BIAS)));
    let s = (m - 1.0) / (m + 1.0);
    let t = s * s;
    let series = t * ((1.0 / 3.0 + t * (1.0 / 5.0)) + t * t * (1.0 / 7.0 + t * (1.0 / 9.0)));
    k * std::f32::consts::LN_2 + (2.0 * s + 2.0 * s * series)
}

/// erfcx x = exp(x²)·erfc(x) for x ≥ 0, relative error below 5e-7, without a branch and with one division.
///
/// As [`elementary::erfcx_above_zero`](super::elementary::erfcx_above_zero), with a polynomial of degree 10.
///
/// ```
/// use sayso::stats::single::erfcx_above_zero;
/// assert!((erfcx_above_zero(1.0) / 0.427_583_58 - 1.0).abs() < 5e-7);
/// ```
#[inline(always)]
#[must_use]
pub fn erfcx_above_zero(x: f32) -> f32 {
    let (above, twice) = (x + 3.0, 1.0 + 2.0 * x);
    let inverse = 1.0 / (above * twice);
    let t = (x - 3.0) * twice * inverse;
    let t2 = t * t;
    let t4 = t2 * t2;
    let a = (1.253_008_1 - t * 0.135_620_24) + t2 * (-0.047_562_15 + t * 0.129_627_48);
    let b = (-0.119_275_34 + t * 0.068_409_66) + t2 * (-0.023_763_358 + t * 0.002_286_416_1);
    let c = (0.001_874_814_7 - t * 0.000_513_809_6) - t2 * 0.000_092_437_01;
    ((a + t4 * b) + t4 * t4 * c) * above * inverse
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exp_agrees_with_that_in_double_precision(x in -87.2f32..87.9) {
            let want = f64::from(x).exp();
            prop_assert!((f64::from(exp(x)) / want - 1.0).abs() < 3e-7 + 6e-8 * f64::from(x).abs());
        }

        #[test]
        fn ln_agrees_with_that_in_double_precision(x in -87.0f64..88.0, near in 0.5f32..2.0) {
            let far = x.exp() as f32;
            let want = f64::from(far).ln();
            prop_assert!((f64::from(ln(far)) - want).abs() <= 3e-7 * want.abs().max(0.4));
            prop_assert!((f64::from(ln(near)) - f64::from(near).ln()).abs() <= 1e-7);
        }
    }

    #[test]
    fn erfcx_agrees_with_that_of_cody() {
        for at in 0..4000 {
            let x = (f64::from(at) * 0.01).powi(2);
            let want = crate::stats::special::erfcx(x);
            assert!((f64::from(erfcx_above_zero(x as f32)) / want - 1.0).abs() < 5e-7, "at {x}");
        }
    }

    #[test]
    fn ends_of_the_domain_are_kept() {
        assert_eq!(exp(-1e30), 0.0);
        assert!(exp(1e30).is_finite() && exp(f32::INFINITY).is_finite());
    }
}
