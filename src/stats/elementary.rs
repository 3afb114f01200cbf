//! exp, ln and erfcx in plain arithmetic, for inner loops.
//!
//! Two reasons to have them: compilers turn loops over them into vector code, and they give the
//! same bits on every machine, whereas a system's own differ by processor.

#![allow(clippy::inline_always, reason = "a loop is made of vector instructions only where all of it is inlined")]

/// Below this, [`exp`] is 0: the smallest normal number lies at −708.4.
pub const EXP_LEAST: f64 = -708.0;

/// eˣ, relative error below 2e-14; 0 below −708, e^709 above 709. NaN gives a number that means nothing.
///
/// Cody and Waite (1980): x = n·ln 2 + r, a polynomial of degree 11 in r, and n into the exponent.
///
/// ```
/// use sayso::stats::elementary::exp;
/// assert!((exp(1.0) / std::f64::consts::E - 1.0).abs() < 1e-14);
/// assert_eq!((exp(0.0), exp(f64::NEG_INFINITY)), (1.0, 0.0));
/// ```
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    // Adding 1.5·2⁵² rounds to a whole number and leaves it in the low bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let inside = x.clamp(EXP_LEAST, 709.0);
    let shifted = inside * std::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (inside - n * LN2_HIGH) - n * LN2_LOW;
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5_040.0));
    let high = (1.0 / 40_320.0 + r * (1.0 / 362_880.0)) + r2 * (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0));
    let power = low + r4 * (middle + r4 * high);
    let scale = f64::from_bits(shifted.to_bits().wrapping_shl(52).wrapping_add(1.0f64.to_bits()));
    if x < EXP_LEAST { 0.0 } else { power * scale }
}

/// ln x for normal x above zero, relative error below 1e-15 away from 1 and absolute error below
/// 1e-16 near it. Zero, subnormal, negative and NaN give numbers that mean nothing.
///
/// x = 2ᵏ·m with m in `[√½, √2)`, and ln m = 2·artanh((m − 1)/(m + 1)) by its series.
///
/// ```
/// use sayso::stats::elementary::ln;
/// assert_eq!(ln(1.0), 0.0);
/// assert!((ln(1e-280) + 644.723_826_038_332_9).abs() < 1e-12);
/// ```
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    const BIAS: u64 = 1024 << 52;
    const TWO_52: u64 = 0x4330_0000_0000_0000;
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let offset = x.to_bits().wrapping_sub(SQRT_HALF).wrapping_add(BIAS);
    let exponent = offset >> 52;
    // A whole number below 2⁵² put under the exponent of 2⁵² is that number plus 2⁵².
    let k = f64::from_bits(exponent | TWO_52) - (4_503_599_627_370_496.0 + 1024.0);
    let m = f64::from_bits(x.to_bits().wrapping_sub((exponent << 52).wrapping_sub(BIAS)));
    let s = (m - 1.0) / (m + 1.0);
    let t = s * s;
    let t2 = t * t;
    let low = (1.0 / 3.0 + t * (1.0 / 5.0)) + t2 * (1.0 / 7.0 + t * (1.0 / 9.0));
    let high = (1.0 / 11.0 + t * (1.0 / 13.0)) + t2 * (1.0 / 15.0 + t * (1.0 / 17.0 + t * (1.0 / 19.0)));
    let series = t * (low + t2 * t2 * high);
    k * LN2_HIGH + (2.0 * s + (2.0 * s * series + k * LN2_LOW))
}

/// erfcx x = exp(x²)·erfc(x) for x ≥ 0, relative error below 5e-12, without a branch.
///
/// (1 + 2x)·erfcx x as a polynomial in (x − 3)/(x + 3) (Shepherd and Laframboise 1981, Math. Comp. 36:249), of degree 16, by
/// least squares at the nodes of Chebyshev.
///
/// ```
/// use sayso::stats::elementary::erfcx_above_zero;
/// assert!((erfcx_above_zero(1.0) / 0.427_583_576_155_807 - 1.0).abs() < 5e-12);
/// ```
#[inline(always)]
#[must_use]
pub fn erfcx_above_zero(x: f64) -> f64 {
    let t = (x - 3.0) / (x + 3.0);
    let t2 = t * t;
    let t4 = t2 * t2;
    let t8 = t4 * t4;
    let a = (1.253_008_058_269_501_1 - t * 0.135_621_106_048_263)
        + t2 * (-0.047_562_294_315_433_185 + t * 0.129_645_154_994_031_87);
    let b = (-0.119_273_664_459_707_97 + t * 0.068_308_080_101_503_84)
        + t2 * (-0.023_770_503_775_268_88 + t * 0.002_529_053_011_464_79);
    let c = (0.001_888_630_009_660_924 - t * 0.000_778_668_249_553_312_7)
        + t2 * (-0.000_104_972_311_847_822_63 + t * 0.000_122_795_499_920_783_16);
    let d = (4.594_819_378_114_07e-6 - t * 1.742_340_355_639_571_4e-5)
        + t2 * (-3.130_481_041_832_616_3e-7 + t * 1.697_646_311_136_249_5e-6);
    let polynomial = (a + t4 * b) + t8 * ((c + t4 * d) + t8 * 4.835_976_902_872_950_5e-8);
    polynomial / (1.0 + 2.0 * x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exp_agrees_with_the_system(x in -707.9..708.9f64) {
            prop_assert!((exp(x) / x.exp() - 1.0).abs() < 2e-14, "{} for {}", exp(x), x.exp());
        }

        #[test]
        fn ln_agrees_with_the_system(x in -700.0..700.0f64, near in 0.5..2.0f64) {
            let far = x.exp();
            prop_assert!((ln(far) - far.ln()).abs() <= 2e-15 * far.ln().abs().max(0.1));
            prop_assert!((ln(near) - near.ln()).abs() <= 4e-16);
        }
    }

    #[test]
    fn erfcx_agrees_with_that_of_cody() {
        for at in 0..4000 {
            let x = libm::pow(f64::from(at) * 0.01, 2.0);
            let want = crate::stats::special::erfcx(x);
            assert!((erfcx_above_zero(x) / want - 1.0).abs() < 5e-12, "at {x}");
        }
    }

    #[test]
    fn ends_of_the_domain_are_kept() {
        assert_eq!(exp(-1e300), 0.0);
        assert!(exp(1e300).is_finite() && exp(f64::INFINITY).is_finite());
        assert!((ln(f64::MAX) - f64::MAX.ln()).abs() < 1e-12);
        assert!((ln(f64::MIN_POSITIVE) - f64::MIN_POSITIVE.ln()).abs() < 1e-12);
    }
}
