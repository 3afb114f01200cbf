//! Special functions with guards. The only file that imports `statrs`.
//!
//! Every function returns NaN for a NaN argument or for parameters outside its domain, never
//! panics, and returns probabilities inside `[0, 1]`.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use statrs::function::{beta, gamma};

use super::elementary::exp;

/// ln √(2π).
pub const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

/// Density of the standard normal distribution.
///
/// Domain: all reals. Zero at ±∞ and where it would be below 1e-307; relative error below 2e-14.
///
/// ```
/// assert!((sayso::stats::special::normal_pdf(0.0) - 0.398_942_280_401_432_7).abs() < 1e-14);
/// ```
#[must_use]
pub fn normal_pdf(x: f64) -> f64 {
    exp(-0.5 * x * x - LN_SQRT_2PI)
}

/// Distribution function of the standard normal, Φ(x) = ½ erfc(−x/√2).
///
/// By libm's `erfc`, to about 1e-16 relative in the lower tail (statrs 0.19 is good to 8.6e-11 only).
///
/// ```
/// let tail = sayso::stats::special::normal_cdf(-8.0);
/// assert!((tail / 6.220960574271784e-16 - 1.0).abs() < 1e-13);
/// ```
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// ln Φ(x), finite down to x = −1e150.
///
/// By [`erfcx`] below −1, by `ln_1p` above 0.
///
/// ```
/// let deep = sayso::stats::special::normal_log_cdf(-1e4);
/// assert!((deep / -50_000_010.129_278_9 - 1.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn normal_log_cdf(x: f64) -> f64 {
    if x > 0.0 {
        libm::log1p(-0.5 * libm::erfc(x * FRAC_1_SQRT_2))
    } else if x > -1.0 {
        libm::log(normal_cdf(x))
    } else {
        -0.5 * x * x + libm::log(0.5 * erfcx(-x * FRAC_1_SQRT_2))
    }
}

/// Quantile of the standard normal distribution.
///
/// Start from Hastings (1955; Abramowitz and Stegun 26.2.23), then three Halley steps on ln Φ; relative
/// error about 1e-15.
/// ∓∞ at 0 and 1, NaN outside `[0, 1]`.
///
/// ```
/// assert!((sayso::stats::special::normal_quantile(0.975) - 1.959963984540054).abs() < 1e-14);
/// ```
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let log_p = libm::log(p);
    let t = (-2.0 * log_p).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut x = above / below - t;
    for _ in 0..3 {
        // Newton on ln Φ, which is nearly quadratic in the tail: safe for p down to 1e-300.
        let log_cdf = normal_log_cdf(x);
        let slope = libm::exp(-0.5 * x * x - LN_SQRT_2PI - log_cdf);
        let f = log_cdf - log_p;
        let curvature = -slope * (slope + x);
        let step = f / slope;
        x -= step / (1.0 - 0.5 * step * curvature / slope);
    }
    x
}

/// Scaled complementary error function, erfcx(x) = exp(x²)·erfc(x).
///
/// Rational approximations of Cody (1969), "Rational Chebyshev approximations for the error
/// function", Math. Comp. 23:631, relative error about 1e-16. For x < −26 it is +∞.
///
/// ```
/// use sayso::stats::special::erfcx;
/// assert!((erfcx(1.0) - 0.427_583_576_155_807).abs() < 1e-15);
/// assert!((erfcx(1e6) - 5.641_895_835_474_742e-7).abs() < 1e-20);
/// ```
#[inline]
#[must_use]
pub fn erfcx(x: f64) -> f64 {
    let y = x.abs();
    if y <= 0.468_75 {
        let t = y * y;
        let erf = x * ratio(&ERF_NEAR, t);
        return libm::exp(t) * (1.0 - erf);
    }
    let scaled = if y <= 4.0 {
        ratio(&ERFC_MIDDLE, y)
    } else {
        let t = 1.0 / (y * y);
        (1.0 / PI.sqrt() - t * ratio(&ERFC_FAR, t)) / y
    };
    if x > 0.0 { scaled } else { 2.0 * libm::exp(y * y) - scaled }
}

/// A ratio of two polynomials of one degree, highest coefficient first.
type Rational<const N: usize> = ([f64; N], [f64; N]);

const ERF_NEAR: Rational<5> = (
    [
        1.857_777_061_846_031_5e-1,
        3.161_123_743_870_565_6,
        113.864_154_151_050_16,
        377.485_237_685_302,
        3_209.377_589_138_469_5,
    ],
    [1.0, 23.601_290_952_344_122, 244.024_637_934_444_17, 1_282.616_526_077_372_3, 2_844.236_833_439_171],
);

const ERFC_MIDDLE: Rational<9> = (
    [
        2.153_115_354_744_038_5e-8,
        0.564_188_496_988_670_1,
        8.883_149_794_388_377,
        66.119_190_637_141_63,
        298.635_138_197_400_1,
        881.952_221_241_769,
        1_712.047_612_634_070_6,
        2_051.078_377_826_071_5,
        1_230.339_354_797_997_2,
    ],
    [
        1.0,
        15.744_926_110_709_835,
        117.693_950_891_312_5,
        537.181_101_862_009_9,
        1_621.389_574_566_690_2,
        3_290.799_235_733_459_6,
        4_362.619_090_143_247,
        3_439.367_674_143_721_6,
        1_230.339_354_803_749_4,
    ],
);

const ERFC_FAR: Rational<6> = (
    [
        1.631_538_713_730_209_8e-2,
        0.305_326_634_961_232_34,
        0.360_344_899_949_804_44,
        0.125_781_726_111_229_25,
        1.608_378_514_874_228e-2,
        6.587_491_615_298_378e-4,
    ],
    [
        1.0,
        2.568_520_192_289_822,
        1.872_952_849_923_467_2,
        0.527_905_102_951_428_4,
        6.051_834_131_244_132e-2,
        2.335_204_976_268_691_8e-3,
    ],
);

#[inline]
fn ratio<const N: usize>((above, below): &Rational<N>, t: f64) -> f64 {
    let (mut p, mut q) = (above[0], below[0]);
    for at in 1..N {
        p = p * t + above[at];
        q = q * t + below[at];
    }
    p / q
}

/// Distribution function of χ² with `df` degrees of freedom. Domain: df > 0; 0 for x ≤ 0.
///
/// ```
/// assert!((sayso::stats::special::chi2_cdf(3.84, 1.0) - 0.949_956_478_751_294_8).abs() < 1e-12);
/// ```
#[must_use]
pub fn chi2_cdf(x: f64, df: f64) -> f64 {
    if !(df > 0.0 && df.is_finite()) || x.is_nan() {
        f64::NAN
    } else if x <= 0.0 {
        0.0
    } else if x == f64::INFINITY {
        1.0
    } else {
        gamma::gamma_lr(0.5 * df, 0.5 * x).clamp(0.0, 1.0)
    }
}

/// Upper tail of χ², 1 − [`chi2_cdf`] without cancellation.
#[must_use]
pub fn chi2_sf(x: f64, df: f64) -> f64 {
    if !(df > 0.0 && df.is_finite()) || x.is_nan() {
        f64::NAN
    } else if x <= 0.0 {
        1.0
    } else if x == f64::INFINITY {
        0.0
    } else {
        gamma::gamma_ur(0.5 * df, 0.5 * x).clamp(0.0, 1.0)
    }
}

/// Quantile of χ². Domain: df > 0, p in `[0, 1]`; bisection on the tail that is smaller,
/// relative error about 1e-13. Cost: some hundred evaluations of the distribution function.
///
/// ```
/// assert!((sayso::stats::special::chi2_quantile(0.05, 3.0) - 0.351_846_317_749_271_4).abs() < 1e-12);
/// ```
#[must_use]
pub fn chi2_quantile(p: f64, df: f64) -> f64 {
    if !(df > 0.0 && df.is_finite() && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return if p == 0.0 { 0.0 } else { f64::INFINITY };
    }
    let below = |x: f64| if p < 0.5 { chi2_cdf(x, df) < p } else { chi2_sf(x, df) > 1.0 - p };
    bisect_positive(below)
}

/// Distribution function of the beta distribution. Domain: a, b > 0; 0 below 0 and 1 above 1.
///
/// By the continued fraction of `statrs`; where a or b exceeds 10⁵, where that fraction fails
/// (Beta(1e8, 1e8) at ½ gave −1.147), by Peizer and Pratt (1968), error below 1e-7.
///
/// ```
/// use sayso::stats::special::beta_cdf;
/// assert!((beta_cdf(0.5, 1e8, 1e8) - 0.5).abs() < 1e-7);
/// assert!((beta_cdf(0.25, 1.0, 1.0) - 0.25).abs() < 1e-14);
/// ```
#[must_use]
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if !(a > 0.0 && a.is_finite() && b > 0.0 && b.is_finite()) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    if a.max(b) > 1e5 && a.min(b) > 1.0 {
        normal_cdf(peizer_pratt(x, a, b))
    } else {
        beta::checked_beta_reg(a, b, x).unwrap_or(f64::NAN).clamp(0.0, 1.0)
    }
}

/// Normal deviate of a beta probability, Peizer and Pratt (1968), JASA 63:1416, eq. 2.24a.
fn peizer_pratt(x: f64, a: f64, b: f64) -> f64 {
    let (above, below, total) = (b - 0.5, a - 0.5, a + b - 1.0);
    let (q, p) = (1.0 - x, x);
    let d = above + 1.0 / 6.0 - (total + 1.0 / 3.0) * q + 0.02 * (q / b - p / a + (q - 0.5) / (a + b));
    let g = |t: f64| {
        let s = 1.0 - t;
        if s.abs() < 1e-3 {
            // Series of (1 − t² + 2t·ln t)/(1 − t)² about t = 1, which cancels there.
            s / 3.0 + s * s / 6.0 + s * s * s / 10.0
        } else {
            (1.0 - t * t + 2.0 * t * libm::log(t)) / (s * s)
        }
    };
    let (u, v) = (above / (total * q), below / (total * p));
    d * ((1.0 + q * g(v) + p * g(u)) / ((total + 1.0 / 6.0) * p * q)).sqrt()
}

/// Quantile of the beta distribution. Domain: a, b > 0, p in `[0, 1]`; bisection with a fixed
/// number of steps, so that it always returns.
///
/// ```
/// let q = sayso::stats::special::beta_quantile(0.5, 2.0, 2.0);
/// assert!((q - 0.5).abs() < 1e-13);
/// ```
#[must_use]
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(a > 0.0 && a.is_finite() && b > 0.0 && b.is_finite() && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return p;
    }
    // The smaller half by its odds x/(1−x), which keeps relative precision near 0.
    let odds = bisect_positive(|odds| beta_cdf(odds / (1.0 + odds), a, b) < p);
    if odds.is_infinite() { 1.0 } else { odds / (1.0 + odds) }
}

/// Distribution function of Student's t with `df` degrees of freedom. Domain: df > 0; the normal
/// distribution for df = ∞.
///
/// ```
/// let p = sayso::stats::special::t_cdf(12.706_204_736_174_7, 1.0);
/// assert!((p - 0.975).abs() < 1e-13);
/// ```
#[must_use]
pub fn t_cdf(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if x > 0.0 {
        return 1.0 - t_cdf(-x, df);
    }
    if df > 1e10 {
        return normal_cdf(x);
    }
    // x² may overflow; the tail is then zero to working precision unless df is tiny.
    0.5 * beta_cdf(1.0 / (1.0 + (x / df) * x), 0.5 * df, 0.5)
}

/// Quantile of Student's t. Domain: df > 0, p in `[0, 1]`.
///
/// Bisection on [`t_cdf`] (statrs is wrong in the tails for df ≤ 1).
///
/// ```
/// assert!((sayso::stats::special::t_quantile(0.975, 3.0) - 3.182_446_305_283_71).abs() < 1e-11);
/// ```
#[must_use]
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if df.is_nan() || df <= 0.0 || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return -t_quantile(1.0 - p, df);
    }
    if p == 0.5 || p == 0.0 {
        return if p == 0.5 { 0.0 } else { f64::NEG_INFINITY };
    }
    -bisect_positive(|x| t_cdf(-x, df) > p)
}

/// The point of `(0, ∞)` where `below` turns from true to false, by bisection on the exponent and
/// then on the value: at most 1,100 + 60 calls, in practice about 80.
fn bisect_positive(below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    if below(1.0) {
        while below(high) {
            low = high;
            high *= 2.0;
            if high == f64::INFINITY {
                return high;
            }
        }
    } else {
        while high > 0.0 && !below(0.5 * high) {
            high *= 0.5;
        }
        low = 0.5 * high;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64, tolerance: f64) {
        assert!((got - want).abs() <= tolerance * want.abs().max(1e-300), "got {got}, want {want}");
    }

    #[test]
    fn normal_functions_agree_with_twenty_five_digits() {
        for (x, want) in [
            (-8.0, 6.220_960_574_271_784e-16),
            (-3.0, 0.001_349_898_031_630_094_5),
            (-0.1, 0.460_172_162_722_971),
            (2.0, 0.977_249_868_051_820_8),
            (5.0, 0.999_999_713_348_428_1),
        ] {
            close(normal_cdf(x), want, 1e-14);
            close(normal_log_cdf(x), want.ln(), 1e-9);
        }
        for (p, want) in [
            (0.005, -2.575_829_303_548_901),
            (0.025, -1.959_963_984_540_054_2),
            (0.25, -0.674_489_750_196_081_7),
            (0.9, 1.281_551_565_544_600_5),
            (1e-300, -37.047_096_299_361_2),
        ] {
            close(normal_quantile(p), want, 1e-13);
        }
        assert!(normal_quantile(f64::NAN).is_nan() && normal_quantile(1.5).is_nan());
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
    }

    #[test]
    fn erfcx_agrees_with_erfc_and_is_smooth_where_the_pieces_meet() {
        for at in -200..=200 {
            let x = f64::from(at) * 0.025;
            close(erfcx(x), (x * x).exp() * libm::erfc(x), 3e-14);
        }
        for seam in [0.468_75, 4.0] {
            close(erfcx(seam + 1e-13), erfcx(seam - 1e-13), 1e-12);
        }
        close(erfcx(30.0), 0.018_795_888_861_416_75, 1e-14);
    }

    #[test]
    fn chi_square_t_and_beta_agree_with_reference_values() {
        for (x, df, want) in [
            (1.0, 1.0, 0.682_689_492_137_085_9),
            (5.0, 3.0, 0.828_202_855_703_266_9),
            (20.0, 12.0, 0.932_914_037_120_968_2),
        ] {
            close(chi2_cdf(x, df), want, 1e-12);
            close(chi2_sf(x, df), 1.0 - want, 1e-11);
        }
        for (df, want) in
            [(1.0, 0.003_932_140_000_019_523), (10.0, 3.940_299_136_119_06), (50.0, 34.764_251_683_501_74)]
        {
            close(chi2_quantile(0.05, df), want, 1e-11);
        }
        for (df, want) in [
            (1.0, 12.706_204_736_174_705),
            (2.0, 4.302_652_729_749_464),
            (8.0, 2.306_004_135_204_166_4),
            (30.0, 2.042_272_456_301_238),
        ] {
            close(t_quantile(0.975, df), want, 1e-11);
        }
        close(t_quantile(1e-10, 1.0), -3_183_098_861.837_906_5, 1e-9);
        close(beta_cdf(0.5, 2e5, 2e5), 0.5, 1e-7);
        close(beta_cdf(0.3, 2.0, 3.0), 0.3483, 1e-12);
    }

    #[test]
    fn hostile_arguments_give_nan_or_a_limit_and_never_hang() {
        for df in [f64::NAN, 0.0, -1.0] {
            assert!(chi2_cdf(1.0, df).is_nan() && chi2_quantile(0.5, df).is_nan() && t_quantile(0.4, df).is_nan());
        }
        assert!(beta_quantile(1e-170, 200.0, 2.0) > 0.0);
        assert!((0.0..=1.0).contains(&beta_quantile(0.999, 1e-3, 1e-3)));
        assert!((0.0..=1.0).contains(&beta_cdf(0.5, 1e8, 1e8)));
        assert_eq!(t_cdf(-1e300, 5.0), 0.0);
        assert_eq!(chi2_cdf(f64::INFINITY, 2.0), 1.0);
        assert!(erfcx(f64::NAN).is_nan() && normal_log_cdf(f64::NAN).is_nan());
    }
}
