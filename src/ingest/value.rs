//! A number as it was said: a coefficient, its multipliers, its parts.

use super::cursor::Cursor;
use super::digits::{Numeral, power_of_ten};
use super::unreadable::{Remark, Unreadable};
use super::words::Multiplier;

/// Factors that multiply a coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    pub factor: u32,
    pub zeros: i32,
}

impl Scale {
    pub const ONE: Scale = Scale { factor: 1, zeros: 0 };

    pub fn times(self, m: Multiplier) -> Option<Scale> {
        Some(Scale { factor: self.factor.checked_mul(m.factor)?, zeros: self.zeros + m.zeros })
    }
}

/// A number as it was said.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub coefficient: Numeral,
    /// divides the coefficient: 3 for thirds
    pub over: u32,
    /// hundreds, dozens, scores
    pub small: Scale,
    /// thousands and beyond
    pub big: Scale,
    pub negative: bool,
    /// whether it is a part of a whole, such as `half` or `1/3`
    pub is_fraction: bool,
    pub remarks: Vec<Remark>,
}

impl Number {
    pub fn of(coefficient: Numeral) -> Number {
        let (small, big) = (Scale::ONE, Scale::ONE);
        Number { coefficient, over: 1, small, big, negative: false, is_fraction: false, remarks: Vec::new() }
    }

    pub fn parts(count: u128, over: u32) -> Number {
        Number { over, ..Number::of(Numeral::integer(count)) }
    }

    /// The value times ten to the power `shift`.
    pub fn value(&self, shift: i32) -> f64 {
        self.scaled(self.coefficient.value(self.small.zeros + self.big.zeros + shift)) / f64::from(self.over)
    }

    /// One unit of the last digit that was said, times ten to the power `shift`. Fractions in
    /// words count as rounded to a tenth; 0 is said to the unit.
    pub fn granularity(&self, shift: i32) -> f64 {
        let zeros = self.small.zeros + self.big.zeros + shift;
        match self.over {
            1 => self.scaled(self.coefficient.granularity(zeros)).abs(),
            over => self.scaled(power_of_ten(zeros)).abs() / f64::from(over.max(10)),
        }
    }

    fn scaled(&self, value: f64) -> f64 {
        let size = value * f64::from(self.small.factor) * f64::from(self.big.factor);
        if self.negative && size > 0.0 { -size } else { size }
    }

    /// Refuses what a floating-point number cannot hold.
    pub fn checked(self, start: Cursor) -> Result<Number, Unreadable> {
        let value = self.value(0);
        let what = match value {
            _ if !value.is_finite() => "the number is too large",
            0.0 if !self.coefficient.is_zero() => "the number is too close to zero",
            _ => return Ok(self),
        };
        Err(Unreadable::new(start.at(), what, "write a number between 1e-308 and 1e308, in another unit if need be"))
    }

    /// The value if it is whole, positive and not too large to add to.
    pub fn whole(&self) -> Option<u128> {
        let power = |zeros: i32| 10_u128.checked_pow(u32::try_from(zeros).ok()?);
        let whole = self.coefficient.whole().filter(|_| self.over == 1 && !self.negative)?;
        let factor = u128::from(self.small.factor) * u128::from(self.big.factor);
        whole.checked_mul(factor)?.checked_mul(power(self.small.zeros + self.big.zeros)?)
    }

    /// What a further term must stay below: 100,000 after a lakh. `None` where none may follow.
    pub fn room(&self) -> Option<u128> {
        10_u128.checked_pow(self.big.zeros.unsigned_abs()).filter(|_| self.big != Scale::ONE)
    }

    /// Takes over the multipliers of the second number of a range, if without them this one is
    /// the smaller: `1.2` of `1.2-1.5 million`, but not `1,000` of `1,000 to 3 million`. Says
    /// whether it did.
    pub fn borrow_multiplier(&mut self, second: &Number) -> bool {
        if self.is_fraction || self.coefficient.is_zero() {
            return false;
        }
        let before = (self.small, self.big);
        let group = |number: &Number| Number { big: Scale::ONE, ..number.clone() }.value(0);
        let plain = |number: &Number| Number { small: Scale::ONE, big: Scale::ONE, ..number.clone() }.value(0);
        if self.big == Scale::ONE && group(self) < group(second) {
            self.big = second.big;
        }
        if before == (Scale::ONE, Scale::ONE) && self.big == second.big && plain(self) < plain(second) {
            self.small = second.small;
        }
        before != (self.small, self.big)
    }

    /// Takes over the thousands of the second number of a range: `30` of `30-40,000`, but not
    /// `500` of `500-1,000`. Says whether it did.
    pub fn borrow_thousands(&mut self, second: &Number) -> bool {
        let short = self.coefficient.marks == 0 && self.whole().is_some_and(|whole| (1..1000).contains(&whole));
        let bare = [self.small, self.big, second.small, second.big] == [Scale::ONE; 4];
        if !short || !bare || self.is_fraction || second.negative {
            return false;
        }
        let zeros = (1..=second.coefficient.zeros_in_groups() / 3).rev().map(|groups| i32::try_from(groups * 3));
        let fits = zeros.flatten().find(|&zeros| self.value(zeros) < second.value(0));
        self.big.zeros = fits.unwrap_or(0);
        fits.is_some()
    }

    /// Whether a word such as "million" multiplies it.
    pub fn has_multiplier(&self) -> bool {
        self.small != Scale::ONE || self.big != Scale::ONE
    }

    /// Whether the coefficient is whole, so that it could also stand without a multiplier.
    pub fn is_whole(&self) -> bool {
        self.coefficient.whole().is_some()
    }
}
