//! A random generator that is the same everywhere.

use crate::stats::special::normal_quantile;

/// xoshiro256++ 1.0 of Blackman and Vigna (2021), ACM Trans. Math. Softw. 47:36, seeded through
/// `SplitMix64` of Steele, Lea and Flood (2014). Period 2²⁵⁶ − 1; not for secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The generator of a seed.
    ///
    /// ```
    /// use sayso::simulate::random::Random;
    /// let (mut one, mut two) = (Random::new(7), Random::new(7));
    /// assert_eq!(one.bits(), two.bits());
    /// ```
    #[must_use]
    pub fn new(seed: u64) -> Random {
        let mut state = seed;
        Random { state: std::array::from_fn(|_| split_mix(&mut state)) }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform in (0, 1), both ends excluded.
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
    }

    /// Uniform between two ends.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A whole number below `end`, which must be above zero. The bias is below `end`/2⁵².
    pub fn below(&mut self, end: u32) -> u32 {
        ((self.uniform() * f64::from(end)) as u32).min(end.saturating_sub(1))
    }

    /// Standard normal, by inversion.
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// Exponential with a mean, by inversion.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(self.uniform())
    }

    /// Student's t with two degrees of freedom, by inversion.
    pub fn student2(&mut self) -> f64 {
        let u = self.uniform();
        (2.0 * u - 1.0) / (2.0 * u * (1.0 - u)).sqrt()
    }

    /// Poisson with a small mean: Knuth (1969), section 3.4.1.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let end = libm::exp(-mean);
        let (mut count, mut product) = (0, self.uniform());
        while product > end {
            count += 1;
            product *= self.uniform();
        }
        count
    }

    /// Some of the numbers below `end`, each at most once, in the order in which they are drawn.
    pub fn sample(&mut self, end: u32, count: u32) -> Vec<u32> {
        let mut all: Vec<u32> = (0..end).collect();
        let count = count.min(end);
        for at in 0..count {
            let other = at + self.below(end - at);
            all.swap(at as usize, other as usize);
        }
        all.truncate(count as usize);
        all
    }

    /// The place in which a draw falls, by shares that sum to 1.
    pub fn choose(&mut self, shares: &[f64]) -> usize {
        let draw = self.uniform();
        let mut below = 0.0;
        for (at, share) in shares.iter().enumerate() {
            below += share;
            if draw < below {
                return at;
            }
        }
        shares.len().saturating_sub(1)
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generators_give_their_authors_numbers() {
        let mut state = 1_234_567;
        let first: Vec<u64> = (0..3).map(|_| split_mix(&mut state)).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
        let mut random = Random { state: [1, 2, 3, 4] };
        let first: Vec<u64> = (0..5).map(|_| random.bits()).collect();
        let known = [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386, 9_228_616_714_210_784_205];
        assert_eq!(first, known);
    }

    #[test]
    fn draws_have_the_means_and_spreads_of_their_distributions() {
        let mut random = Random::new(1);
        let n = 20_000;
        let mut mean = |draw: fn(&mut Random) -> f64| (0..n).map(|_| draw(&mut random)).sum::<f64>() / f64::from(n);
        assert!((mean(Random::uniform) - 0.5).abs() < 0.01);
        assert!(mean(Random::normal).abs() < 0.03);
        assert!((mean(|r| r.normal().powi(2)) - 1.0).abs() < 0.04);
        assert!((mean(|r| r.exponential(3.0)) - 3.0).abs() < 0.1);
        assert!((mean(|r| f64::from(r.poisson(5.0))) - 5.0).abs() < 0.08);
        assert!((mean(|r| f64::from(r.below(10))) - 4.5).abs() < 0.1);
        assert!((mean(|r| f64::from(u8::from(r.student2() < 1.0))) - 0.788_675).abs() < 0.01);
    }

    #[test]
    fn a_sample_holds_no_number_twice() {
        let mut random = Random::new(3);
        for count in [0, 1, 5, 10, 99] {
            let mut drawn = random.sample(10, count);
            drawn.sort_unstable();
            drawn.dedup();
            assert_eq!(drawn.len(), count.min(10) as usize);
        }
    }
}
