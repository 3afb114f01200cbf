//! What sources have shown: sums over questions that merge in any order, and the rows that they give.

use crate::consensus::{Class, Settings, SourceSlot};
use crate::model::Reliability;
use serde::{Deserialize, Serialize};

use super::prior::{SIGMA_POINTS, sigma_grid};
use super::table::{SourceRow, WORDINGS};

/// Pseudo-counts that hold a source's rates to those of its class.
const RATE_COUNTS: f64 = 20.0;
/// The same for exact records, which figures show more plainly than gross errors.
const EXACT_COUNTS: f64 = 8.0;
/// Standard deviation of the bias of a source.
const BIAS_SPREAD: f64 = 0.3;
/// Sources that the settings count for beside those of the case.
const CLASS_COUNTS: f64 = 10.0;
/// Change of a class below which the sweeps have settled.
const SETTLED: f64 = 2e-3;
/// Rate at which an inexact figure repeats another, before any was seen.
const REPEAT_PRIOR: f64 = 0.2;

/// A sum in fixed point, in units of 2⁻²⁸, so that the order of adding leaves no trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fixed(i64);

impl Fixed {
    const ONE: f64 = 268_435_456.0;

    /// The nearest number of units; saturates, and NaN is 0.
    #[must_use]
    pub fn of(x: f64) -> Fixed {
        Fixed((x * Fixed::ONE).round_ties_even() as i64)
    }

    /// The sum as a number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0 as f64 / Fixed::ONE
    }

    fn plus(self, other: Fixed) -> Fixed {
        Fixed(self.0.saturating_add(other.0))
    }

    fn minus(self, other: Fixed) -> Fixed {
        Fixed(self.0.saturating_sub(other.0))
    }
}

/// What one source has shown in some questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceSum {
    /// figures that took part in a range
    pub figures: u64,
    /// those of them on questions with a settled value
    pub resolved: u64,
    /// weight of the figures as inexact ones: 1 for a resolved question and less for others
    pub inexact: Fixed,
    /// weight of all figures that may be exact records, of each wording
    pub eligible: [Fixed; WORDINGS],
    /// weight of those that are
    pub exact: [Fixed; WORDINGS],
    /// weight of inexact eligible figures that others have too
    pub repeated: Fixed,
    /// weight of gross errors
    pub gross: Fixed,
    /// Σ w·(z − m)
    pub bias: Fixed,
    /// Σ w, by inverse variance
    pub bias_weight: Fixed,
    /// Σ ln of the leave-one-out predictive density at each error scale
    pub log_predictive: [Fixed; SIGMA_POINTS],
}

impl SourceSum {
    /// One figure of which nothing else is known.
    #[must_use]
    pub fn counted(resolved: bool) -> SourceSum {
        SourceSum { figures: 1, resolved: resolved.into(), ..SourceSum::default() }
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(self, other: SourceSum) -> SourceSum {
        self.with(other, Fixed::plus, u64::wrapping_add)
    }

    /// The sum without a part of it.
    #[must_use]
    pub fn minus(self, other: SourceSum) -> SourceSum {
        self.with(other, Fixed::minus, u64::wrapping_sub)
    }

    fn with(self, o: SourceSum, f: fn(Fixed, Fixed) -> Fixed, count: fn(u64, u64) -> u64) -> SourceSum {
        SourceSum {
            figures: count(self.figures, o.figures),
            resolved: count(self.resolved, o.resolved),
            inexact: f(self.inexact, o.inexact),
            eligible: std::array::from_fn(|w| f(self.eligible[w], o.eligible[w])),
            exact: std::array::from_fn(|w| f(self.exact[w], o.exact[w])),
            repeated: f(self.repeated, o.repeated),
            gross: f(self.gross, o.gross),
            bias: f(self.bias, o.bias),
            bias_weight: f(self.bias_weight, o.bias_weight),
            log_predictive: std::array::from_fn(|j| f(self.log_predictive[j], o.log_predictive[j])),
        }
    }
}

/// What is learned of the sources of one class, which holds those with a short record.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClassRecord {
    /// p₀(σⱼ)
    pub p_sigma: [f64; SIGMA_POINTS],
    /// rate of gross errors
    pub gross: f64,
    /// rate of exact records of each wording
    pub exact: [f64; WORDINGS],
    /// rate at which inexact figures repeat others
    pub repeat: f64,
    /// whether there is anything to learn from
    pub is_learned: bool,
}

impl ClassRecord {
    /// The class before anything is learned.
    #[must_use]
    pub fn prior(class: Class, settings: &Settings) -> ClassRecord {
        let prior = match class {
            Class::Named => settings.named,
            Class::Anonymous => settings.anonymous,
        };
        ClassRecord {
            p_sigma: prior.over_grid(),
            gross: prior.gross,
            exact: [0.0; WORDINGS],
            repeat: REPEAT_PRIOR,
            is_learned: false,
        }
    }

    /// Whether a sweep has changed next to nothing.
    #[must_use]
    pub fn is_near(&self, other: &ClassRecord) -> bool {
        let rates = [(self.gross, other.gross), (self.repeat, other.repeat)];
        rates.into_iter().chain(self.exact.into_iter().zip(other.exact)).all(|(a, b)| (a - b).abs() < SETTLED)
            && self.p_sigma.iter().zip(&other.p_sigma).all(|(a, b)| (a - b).abs() < SETTLED)
    }

    /// Empirical Bayes over the class (Morris 1983, JASA 78:47): the mean of the sources' posteriors, the
    /// settings counting as ten more. Rates are means over figures. `sums` in a fixed order.
    #[must_use]
    pub fn learned<'a>(
        &self,
        class: Class,
        sums: impl Iterator<Item = &'a SourceSum>,
        settings: &Settings,
    ) -> ClassRecord {
        let prior = ClassRecord::prior(class, settings);
        let mut p_sigma = prior.p_sigma.map(|p| CLASS_COUNTS * p);
        let mut total = SourceSum::default();
        let mut sources = CLASS_COUNTS;
        for sum in sums.filter(|sum| sum.figures > 0) {
            let own = posterior(&self.p_sigma, sum);
            for (all, own) in p_sigma.iter_mut().zip(own) {
                *all += own;
            }
            sources += 1.0;
            total = total.plus(*sum);
        }
        let rate = |part: Fixed, whole: f64, prior: f64, counts: f64| {
            ((part.value() + prior * counts) / (whole + counts)).clamp(0.0, 0.98)
        };
        let eligible = total.eligible.map(Fixed::value);
        let inexact: f64 = eligible.iter().zip(total.exact).map(|(all, exact)| all - exact.value()).sum();
        ClassRecord {
            p_sigma: p_sigma.map(|p| p / sources),
            gross: rate(total.gross, total.inexact.value(), prior.gross, 2.0 * RATE_COUNTS),
            exact: std::array::from_fn(|w| rate(total.exact[w], eligible[w], 0.0, EXACT_COUNTS)),
            repeat: rate(total.repeated, inexact, REPEAT_PRIOR, EXACT_COUNTS),
            is_learned: total.figures > 0,
        }
    }
}

/// p(σⱼ) ∝ p₀(σⱼ)·Π pred(σⱼ).
fn posterior(p0: &[f64; SIGMA_POINTS], sum: &SourceSum) -> [f64; SIGMA_POINTS] {
    let logs: [f64; SIGMA_POINTS] =
        std::array::from_fn(|j| libm::log(p0[j].max(1e-12)) + sum.log_predictive[j].value());
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights = logs.map(|log| libm::exp(log - top));
    let total: f64 = weights.iter().sum();
    weights.map(|w| w / total)
}

/// The row of a source, from its class and what it has shown. An empty sum gives the class. Cost: constant.
#[must_use]
pub fn row(
    slot: SourceSlot,
    class: Class,
    grade: Option<Reliability>,
    record: &ClassRecord,
    sum: &SourceSum,
    settings: &Settings,
) -> SourceRow {
    let prior = SourceRow::prior(slot, class, grade, settings);
    let is_graded = prior.p_sigma != SourceRow::prior(slot, class, None, settings).p_sigma;
    if !record.is_learned {
        return prior;
    }
    let (p0, gross) = if is_graded { (prior.p_sigma, prior.pi) } else { (record.p_sigma, record.gross) };
    let inexact = sum.inexact.value().max(0.0);
    SourceRow {
        p_sigma: posterior(&p0, sum),
        bias: (sum.bias.value() / (sum.bias_weight.value().max(0.0) + BIAS_SPREAD.powi(-2))),
        pi: ((sum.gross.value() + RATE_COUNTS * gross) / (inexact + RATE_COUNTS)).clamp(0.0, 0.98),
        kappa: std::array::from_fn(|w| {
            let all = sum.eligible[w].value().max(0.0) + EXACT_COUNTS;
            ((sum.exact[w].value() + EXACT_COUNTS * record.exact[w]) / all).clamp(0.0, 0.999)
        }),
        repeat: record.repeat,
        ..prior
    }
}

/// A record as it is reported: point and 90 per cent interval where there is one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record {
    /// figures that it rests on
    pub figures: u64,
    /// median and ends of the error scale
    pub error: [f64; 3],
    /// bias and ends
    pub bias: [f64; 3],
    /// rate of gross errors
    pub gross: f64,
}

impl Record {
    /// The record of a row that rests on a sum. Quantiles of σ are linear between points of the grid in ln σ.
    #[must_use]
    pub fn of(row: &SourceRow, sum: &SourceSum) -> Record {
        let grid = sigma_grid();
        let quantile = |p: f64| {
            let mut below = 0.0;
            for (j, mass) in row.p_sigma.iter().enumerate() {
                if below + mass >= p {
                    let part = if *mass > 0.0 { (p - below) / mass - 0.5 } else { 0.0 };
                    return (grid[j] * libm::exp(0.5 * std::f64::consts::LN_2 * part)).min(grid[SIGMA_POINTS - 1]);
                }
                below += mass;
            }
            grid[SIGMA_POINTS - 1]
        };
        let sd = (sum.bias_weight.value().max(0.0) + BIAS_SPREAD.powi(-2)).sqrt().recip();
        Record {
            figures: sum.figures,
            error: [quantile(0.05), quantile(0.5), quantile(0.95)],
            bias: [row.bias - 1.645 * sd, row.bias, row.bias + 1.645 * sd],
            gross: row.pi,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_sums_do_not_depend_on_order_and_take_nonsense() {
        let parts = [0.1, 1e9, -3.7, 1e-9];
        let up = parts.iter().fold(Fixed::default(), |sum, &x| sum.plus(Fixed::of(x)));
        let down = parts.iter().rev().fold(Fixed::default(), |sum, &x| sum.plus(Fixed::of(x)));
        assert_eq!(up, down);
        assert_eq!((Fixed::of(f64::NAN), Fixed::of(f64::INFINITY)), (Fixed(0), Fixed(i64::MAX)));
    }

    #[test]
    fn an_empty_sum_gives_the_class_and_a_long_record_moves_away_from_it() {
        let settings = Settings::default();
        let mut class = ClassRecord::prior(Class::Named, &settings);
        class.is_learned = true;
        let row = |sum: &SourceSum| row(SourceSlot(0), Class::Named, None, &class, sum, &settings);
        let none = row(&SourceSum::default());
        assert!((none.pi - 0.05).abs() < 1e-12 && none.bias == 0.0);
        let mut sum = SourceSum::counted(true);
        sum.bias = Fixed::of(500.0);
        sum.bias_weight = Fixed::of(1000.0);
        sum.log_predictive[2] = Fixed::of(30.0);
        let some = row(&sum);
        assert!(some.p_sigma[2] > 0.99 && some.bias > 0.49 && some.bias < 0.5);
    }

    /// By the formulae of METHODS.md, section 12, on round numbers.
    #[test]
    fn rates_of_a_source_are_held_to_those_of_its_class_by_counts() {
        let settings = Settings::default();
        let mut class = ClassRecord::prior(Class::Named, &settings);
        (class.is_learned, class.exact) = (true, [0.5; WORDINGS]);
        let mut sum = SourceSum::counted(true);
        (sum.eligible[1], sum.exact[1]) = (Fixed::of(4.0), Fixed::of(3.0));
        (sum.gross, sum.inexact) = (Fixed::of(2.0), Fixed::of(10.0));
        (sum.bias, sum.bias_weight) = (Fixed::of(5.0), Fixed::of(100.0));
        let row = row(SourceSlot(0), Class::Named, None, &class, &sum, &settings);
        assert!((row.kappa[1] - 7.0 / 12.0).abs() < 1e-9 && (row.kappa[0] - 0.5).abs() < 1e-9, "{:?}", row.kappa);
        assert!((row.pi - 3.0 / 30.0).abs() < 1e-9, "{}", row.pi);
        assert!((row.bias - 5.0 / (100.0 + 1.0 / 0.09)).abs() < 1e-9, "{}", row.bias);
    }

    #[test]
    fn a_record_is_read_off_linearly_in_the_logarithm_of_the_error_scale() {
        let settings = Settings::default();
        let mut row = SourceRow::prior(SourceSlot(0), Class::Named, None, &settings);
        let mut sum = SourceSum::counted(false);
        (row.bias, sum.bias_weight) = (0.2, Fixed::of(100.0 - 1.0 / 0.09));
        let grid = sigma_grid();
        let quantiles = |p_sigma: [f64; SIGMA_POINTS]| {
            let record = Record::of(&SourceRow { p_sigma, ..row.clone() }, &sum);
            // In steps of the grid, half octaves.
            record.error.map(|sigma| 2.0 * (sigma / grid[0]).log2())
        };
        let near = |got: [f64; 3], want: [f64; 3]| got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-9);
        let mut one = [0.0; SIGMA_POINTS];
        one[3] = 1.0;
        assert!(near(quantiles(one), [3.0 - 0.45, 3.0, 3.0 + 0.45]), "{:?}", quantiles(one));
        let mut two = [0.0; SIGMA_POINTS];
        (two[2], two[3]) = (0.5, 0.5);
        assert!(near(quantiles(two), [2.0 - 0.4, 2.5, 3.0 + 0.4]), "{:?}", quantiles(two));
        let bias = Record::of(&row, &sum).bias;
        assert!(near(bias, [0.2 - 0.1645, 0.2, 0.2 + 0.1645]), "{bias:?}");
    }

    #[test]
    fn a_class_has_settled_when_none_of_its_rates_moves() {
        let class = ClassRecord::prior(Class::Named, &Settings::default());
        for by in [1e-3, -1e-3, 3e-3, -3e-3] {
            let mut moved = [class; 4];
            moved[0].gross += by;
            moved[1].repeat += by;
            moved[2].exact[3] += by;
            moved[3].p_sigma[5] += by;
            for moved in moved {
                assert_eq!(class.is_near(&moved), by.abs() < SETTLED, "{moved:?}");
            }
        }
        assert!(class.is_near(&class));
    }
}
