//! The band across a forest plot: where the range lies on the axis.

use crate::consensus::Outcome;
use crate::report::picture::axis::Axis;
use crate::report::picture::svg::Svg;

/// A range as places on an axis, from 0 at its beginning to 1 at its end.
#[derive(Debug, Clone, PartialEq)]
pub enum Band {
    /// there is no range
    None,
    /// ends of 90 %, of 50 %, and the median: 5, 25, 50, 75, 95 %
    Range([f64; 5]),
    /// several camps and nothing between: lower end, median, upper end of 95 % of each, and its probability
    Camps(Vec<[f64; 4]>),
}

/// Where an outcome lies. What is beyond the axis stands at its edge.
#[must_use]
pub fn band(axis: &Axis, outcome: &Outcome) -> Band {
    let place = |x: f64| axis.place(x).clamp(0.0, 1.0);
    match outcome {
        Outcome::None { .. } => Band::None,
        Outcome::Range(range) if range.camps.len() > 1 => {
            let camps = range.camps.iter();
            Band::Camps(camps.map(|c| [place(c.low), place(c.median), place(c.high), c.mass]).collect())
        }
        Outcome::Range(range) => Band::Range([1, 3, 4, 5, 7].map(|at| place(range.quantiles.values[at]))),
    }
}

impl Band {
    /// The bands behind the rows, from `top` to `bottom`, and the mark of the whole at `sum`.
    pub fn draw(&self, svg: &mut Svg, [from, to]: [f64; 2], [top, bottom]: [f64; 2], sum: f64) {
        let x = |place: f64| from + place * (to - from);
        svg.open("g", &[("class", &"band")]);
        let behind = |svg: &mut Svg, class: &str, low: f64, high: f64| {
            svg.rect(class, [x(low), top, x(high) - x(low), bottom - top]);
        };
        let whole = |svg: &mut Svg, low: f64, high: f64| {
            svg.line("sum", [x(low), sum], [x(high), sum]);
        };
        match self {
            Band::None => {}
            Band::Range([q05, q25, q50, q75, q95]) => {
                behind(svg, "wide", *q05, *q95);
                behind(svg, "half", *q25, *q75);
                svg.line("edge", [x(*q05), top], [x(*q05), bottom]);
                svg.line("edge", [x(*q95), top], [x(*q95), bottom]);
                svg.line("median", [x(*q50), top], [x(*q50), bottom]);
                whole(svg, *q05, *q95);
                svg.rect("sumbox", [x(*q25), sum - 6.0, x(*q75) - x(*q25), 12.0]);
                svg.line("median", [x(*q50), sum - 9.0], [x(*q50), sum + 9.0]);
            }
            Band::Camps(camps) => {
                for [low, median, high, _] in camps {
                    behind(svg, "wide", *low, *high);
                    svg.line("edge", [x(*low), top], [x(*low), bottom]);
                    svg.line("edge", [x(*high), top], [x(*high), bottom]);
                    svg.line("median", [x(*median), top], [x(*median), bottom]);
                    whole(svg, *low, *high);
                    svg.line("median", [x(*median), sum - 9.0], [x(*median), sum + 9.0]);
                }
            }
        }
        svg.close("g");
    }

    /// The numbers of the band for a script, in ten-thousandths of the axis.
    #[must_use]
    pub fn numbers(&self) -> String {
        let places = |all: &[f64]| {
            let numbers: Vec<String> = all.iter().map(|x| format!("{:.0}", 10_000.0 * x + 0.0)).collect();
            numbers.join(",")
        };
        match self {
            Band::None => "[]".to_owned(),
            Band::Range(all) => format!("[{}]", places(all)),
            Band::Camps(camps) => {
                let camps: Vec<String> = camps.iter().map(|camp| format!("[{}]", places(camp))).collect();
                format!("[{}]", camps.join(","))
            }
        }
    }
}
