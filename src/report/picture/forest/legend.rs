//! What the marks of a forest plot mean.

use super::band::Band;
use super::marks;
use super::rows::{Mark, Row};
use crate::model::Scale;
use crate::report::picture::axis::Axis;
use crate::report::picture::scale::Ruler;
use crate::report::picture::svg::{Anchor, Svg};
use crate::report::picture::text::width;

const SIZE: f64 = 11.0;
const SAMPLE: f64 = 40.0;
const LINE: f64 = 20.0;

/// Draws the legend from a place, in lines as wide as the room; gives its height.
pub fn draw(svg: &mut Svg, [left, top]: [f64; 2], room: f64, rows: &[Row], band: &Band) -> f64 {
    let (mut x, mut y) = (left, top + 0.5 * LINE);
    svg.open("g", &[("class", &"legend")]);
    for (sample, words) in entries(rows, band) {
        let wide = SAMPLE + 8.0 + width(words, SIZE) + 16.0;
        // The mark of a point stands near its words.
        if x > left && x + wide > left + room {
            (x, y) = (left, y + LINE);
        }
        if matches!(sample, Sample::Mark(Mark::Point(_), _) | Sample::Median) {
            x -= 20.0;
        }
        draw_sample(svg, sample, x, y);
        svg.text([x + SAMPLE + 6.0, y + 4.0], Anchor::Start, "dim", SIZE, room, words);
        x += wide;
    }
    svg.close("g");
    y + 0.5 * LINE - top
}

#[derive(Clone, Copy)]
enum Sample {
    Mark(Mark, bool),
    Wide,
    Half,
    Median,
}

/// What occurs in the plot, and nothing else.
fn entries(rows: &[Row], band: &Band) -> Vec<(Sample, &'static str)> {
    let any = |test: &dyn Fn(&Row) -> bool| rows.iter().any(test);
    let bar = Mark::Bar { ends: [0.1, 0.9], is_vague: false };
    let mut entries = Vec::new();
    let mut add = |is_there: bool, sample: Sample, words: &'static str| {
        if is_there {
            entries.push((sample, words));
        }
    };
    add(any(&|row| row.is_named), Sample::Mark(Mark::Point(0.8), true), "origin with a name");
    add(any(&|row| !row.is_named), Sample::Mark(Mark::Point(0.8), false), "origin without a name");
    add(any(&|row| matches!(row.mark, Mark::Bar { .. })), Sample::Mark(bar, true), "from … to");
    add(any(&|row| matches!(row.mark, Mark::Floor(_))), Sample::Mark(Mark::Floor(0.15), true), "at least");
    add(any(&|row| matches!(row.mark, Mark::Ceiling(_))), Sample::Mark(Mark::Ceiling(0.85), true), "at most");
    match band {
        Band::None => {}
        Band::Range(_) => {
            add(true, Sample::Wide, "90 % range");
            add(true, Sample::Half, "50 %");
            add(true, Sample::Median, "median");
        }
        Band::Camps(_) => {
            add(true, Sample::Wide, "95 % of a camp");
            add(true, Sample::Median, "its median");
        }
    }
    entries
}

fn draw_sample(svg: &mut Svg, sample: Sample, x: f64, y: f64) {
    match sample {
        Sample::Mark(mark, is_named) => {
            // An axis of its own, from 0 to 1 but for its margins.
            let axis = Axis::holding(Scale::Linear, &[0.0, 1.0], &[]);
            let row = Row {
                name: String::new(),
                is_named,
                is_party: false,
                detail: String::new(),
                figure: String::new(),
                effect: String::new(),
                is_used: true,
                camp: None,
                mark,
                whisker: None,
            };
            marks::draw(svg, &Ruler { axis, from: x, to: x + SAMPLE }, &row, y);
        }
        Sample::Wide => {
            svg.rect("wide", [x, y - 7.0, SAMPLE, 14.0]);
            svg.line("edge", [x, y - 7.0], [x, y + 7.0]);
            svg.line("edge", [x + SAMPLE, y - 7.0], [x + SAMPLE, y + 7.0]);
        }
        Sample::Half => svg.rect("half", [x + 8.0, y - 7.0, SAMPLE - 16.0, 14.0]),
        Sample::Median => svg.line("median", [x + 0.8 * SAMPLE, y - 8.0], [x + 0.8 * SAMPLE, y + 8.0]),
    }
}
