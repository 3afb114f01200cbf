//! How a figure is read: from what was said, in the question's unit, to a kernel on its scale.

use crate::credibility::{SourceRow, SourceTable};
use crate::model::{Bound, BoundClass, Estimate, Scale};
use crate::stats::special::normal_quantile;

use super::account::{Quantiles, Unused};
use super::evidence::Evidence;
use super::likelihood::{Form, Kernel};
use super::scale::{Extent, Transform};
use super::settings::Settings;

/// A figure that can be used, in the question's unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure<'a> {
    /// the evidence it comes from
    pub evidence: &'a Evidence,
    /// row of its source
    pub row: &'a SourceRow,
    /// what was said; a share is multiplied by the median of the other question
    estimate: Estimate,
    /// for a share: the 10 and 90 per cent points of the other question over its median
    share: Option<[f64; 2]>,
}

impl<'a> Figure<'a> {
    /// The figure of a piece of evidence; `base` are the quantiles of the question that it is a
    /// share of, where it is one.
    pub fn of(
        evidence: &'a Evidence,
        base: Option<&Quantiles>,
        sources: &'a SourceTable,
    ) -> Result<Figure<'a>, Unused> {
        let mut estimate = evidence.estimate;
        if estimate.bound == Bound::Unknown {
            return Err(Unused::Unknown);
        }
        let row = sources.get(evidence.source).ok_or(Unused::NoSource)?;
        let mut share = None;
        if let Some(base) = base {
            let middle = base.median();
            estimate = multiplied(estimate, middle);
            let ratio = |q: f64| if middle == 0.0 { 1.0 } else { q / middle };
            share = Some([ratio(base.values[2]), ratio(base.values[6])]);
        }
        let (low, high) = estimate.ends();
        if !(low.is_finite() && high.is_finite()) {
            return Err(Unused::NotFinite);
        }
        if low > high {
            (estimate.low, estimate.high) = (high, low);
        }
        if !(estimate.granularity.is_finite() && estimate.granularity > 0.0) {
            estimate.granularity = 0.0;
        }
        estimate.interval =
            estimate.interval.filter(|i| i.low.is_finite() && i.high.is_finite() && i.level.is_finite());
        Ok(Figure { evidence, row, estimate, share })
    }

    /// What the choice of a scale looks at.
    pub fn extent(&self) -> Extent {
        let (mut low, mut high) = self.estimate.ends();
        if let Some(interval) = self.estimate.interval {
            low = low.min(interval.low).min(interval.high);
            high = high.max(interval.low).max(interval.high);
        }
        let rounding = self.estimate.granularity / 12f64.sqrt();
        Extent { low, high, half_width: (0.5 * high - 0.5 * low).max(rounding) }
    }

    /// The kernel of the figure: where it stands on the scale and how wide it is by itself.
    pub fn kernel(&self, transform: Transform, settings: &Settings) -> Kernel {
        let estimate = &self.estimate;
        let (low, high) = estimate.ends();
        let (z_low, z_high) = (transform.forward(low), transform.forward(high));
        let mut z = 0.5 * (z_low + z_high);
        let size = low.abs().max(high.abs());
        let rounding = (estimate.granularity * transform.slope(size) / 12f64.sqrt()).min(settings.gross_sigma);
        let mut width = settings.exact_width.max(rounding);
        if estimate.bound == Bound::About {
            width = width.max(settings.about_width);
        }
        let class = estimate.bound.class();
        if class == BoundClass::Range {
            width = width.max(0.5 * (z_high - z_low));
        }
        let (mut below, mut above) = (width, width);
        if let (BoundClass::Point | BoundClass::Range, Some(stated)) = (class, estimate.interval) {
            let (from, to) = (stated.low.min(stated.high), stated.low.max(stated.high));
            let deviate = normal_quantile(0.5 + 0.5 * stated.level.clamp(0.01, 0.9999));
            if class == BoundClass::Range {
                z = 0.5 * (transform.forward(from) + transform.forward(to));
            }
            below = settings.exact_width.max((z - transform.forward(from)) / deviate);
            above = settings.exact_width.max((transform.forward(to) - z) / deviate);
        }
        let growth = self.growth(transform, settings);
        let slack = if estimate.granularity > 0.0 {
            // ln(1 + unit/v) on the log scale; the same step of one unit on the others.
            let step = transform.forward(size + estimate.granularity) - transform.forward(size);
            step.clamp(settings.slack_least, settings.slack_far)
        } else {
            settings.slack_near
        };
        let form = match class {
            BoundClass::Floor => Form::Floor { slack: slack + settings.growth_share * growth },
            BoundClass::Ceiling => Form::Ceiling { slack },
            _ if growth > 0.0 && settings.growth_share > 0.0 => Form::Grown { growth },
            _ => Form::Point,
        };
        let mut noise = f64::from(self.evidence.hops) * settings.hop_sigma.powi(2);
        if class == BoundClass::Ceiling {
            noise += (settings.growth_share * growth).powi(2);
        }
        if let Some([q10, q90]) = self.share {
            let spread = transform.forward(size * q90.max(q10)) - transform.forward(size * q10.min(q90));
            noise += (spread / (2.0 * normal_quantile(0.9))).powi(2).clamp(0.0, 1e4);
        }
        Kernel { z, below: libm::hypot(below, noise.sqrt()), above: libm::hypot(above, noise.sqrt()), form }
    }

    /// The figure where it may be an exact record: one number, with no interval around it. "About 500" and "at
    /// least 500" are often the settled value too, at rates of their own.
    pub fn said(&self) -> Option<f64> {
        let (low, high) = self.estimate.ends();
        let is_one = low == high && self.estimate.bound != Bound::Vague;
        let is_plain = self.estimate.interval.is_none() && self.share.is_none() && !self.evidence.disputed;
        (is_one && is_plain).then_some(low)
    }

    /// How the figure is worded, by [`WORDINGS`](crate::credibility::WORDINGS).
    pub fn wording(&self) -> usize {
        match self.estimate.bound.class() {
            BoundClass::Floor => 2,
            BoundClass::Ceiling => 3,
            _ => usize::from(self.estimate.bound == Bound::About),
        }
    }

    /// Step between figures of this rounding on the scale.
    pub fn lattice(&self, transform: Transform) -> f64 {
        let size = self.estimate.low.abs().max(self.estimate.high.abs());
        (self.estimate.granularity * transform.slope(size)).clamp(1e-9, 1.0)
    }

    /// Rate of gross errors, the source's and its relays': `1 − (1 − π)(1 − π_hop)^hops`.
    pub fn gross_rate(&self, settings: &Settings) -> f64 {
        let own = if self.evidence.disputed { self.row.pi.max(settings.disputed_gross) } else { self.row.pi };
        1.0 - (1.0 - own) * libm::pow(1.0 - settings.hop_gross, f64::from(self.evidence.hops))
    }

    /// Mean growth of a cumulative count since the date of the figure, if it has grown; none on the
    /// linear scale.
    fn growth(&self, transform: Transform, settings: &Settings) -> f64 {
        if transform.scale() == Scale::Linear || self.evidence.age_days <= 0 {
            return 0.0;
        }
        let age = f64::from(self.evidence.age_days);
        settings.growth_mean * age / (age + settings.growth_days)
    }
}

/// An estimate in shares of a number, as an estimate of the number.
fn multiplied(mut estimate: Estimate, by: f64) -> Estimate {
    estimate.low *= by;
    estimate.high *= by;
    if by < 0.0 {
        std::mem::swap(&mut estimate.low, &mut estimate.high);
    }
    estimate.granularity *= by.abs();
    if let Some(interval) = &mut estimate.interval {
        interval.low *= by;
        interval.high *= by;
    }
    estimate
}
