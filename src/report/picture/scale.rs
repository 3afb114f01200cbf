//! The axis of numbers along the bottom of a picture.

use super::axis::Axis;
use super::svg::{Anchor, Svg};
use crate::model::Scale;

/// Size of the labels of ticks.
pub const TICK: f64 = 12.0;

/// An axis between two places of a picture.
#[derive(Debug, Clone, Copy)]
pub struct Ruler {
    /// what is measured
    pub axis: Axis,
    /// left end
    pub from: f64,
    /// right end
    pub to: f64,
}

impl Ruler {
    /// Where a value stands, at the edge if it lies beyond.
    pub fn x(&self, value: f64) -> f64 {
        self.from + self.axis.place(value).clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// Whether a value lies beyond the axis: −1 before it, 1 behind it.
    pub fn beyond(&self, value: f64) -> i8 {
        let place = self.axis.place(value);
        i8::from(place > 1.0) - i8::from(place < 0.0)
    }

    /// The ticks of the axis, for [`Ruler::grid`] and [`Ruler::draw`].
    pub fn ticks(&self) -> Vec<(f64, String)> {
        self.axis.ticks(self.to - self.from, TICK)
    }

    /// Lines behind the shapes, from `top` to `bottom`.
    pub fn grid(&self, svg: &mut Svg, ticks: &[(f64, String)], top: f64, bottom: f64) {
        for (place, _) in ticks {
            let x = self.from + place * (self.to - self.from);
            svg.line("grid", [x, top], [x, bottom]);
        }
    }

    /// The axis itself at `y`, with ticks, labels and what it measures. It takes 40 pixels.
    pub fn draw(&self, svg: &mut Svg, ticks: &[(f64, String)], y: f64, unit: &str, [left, right]: [f64; 2]) {
        svg.open("g", &[("class", &"scale")]);
        svg.line("axis", [self.from, y], [self.to, y]);
        for (place, label) in ticks {
            let x = self.from + place * (self.to - self.from);
            svg.line("axis", [x, y], [x, y + 5.0]);
            let half = 0.5 * super::text::width(label, TICK);
            let x = x.clamp(left + half, (right - half).max(left + half));
            svg.text([x, y + 18.0], Anchor::Middle, "", TICK, f64::INFINITY, label);
        }
        let scale = match self.axis.scale() {
            Scale::Log => "logarithmic scale",
            Scale::Linear => "linear scale",
            Scale::Asinh => "logarithmic scale on both sides of zero",
        };
        let unit = unit.trim();
        let label = if unit.is_empty() { scale.to_owned() } else { format!("{unit}, {scale}") };
        let middle = 0.5 * (self.from + self.to);
        let room = 2.0 * (middle - left).min(right - middle);
        svg.text([middle, y + 36.0], Anchor::Middle, "dim", TICK, room, &label);
        svg.close("g");
    }
}
