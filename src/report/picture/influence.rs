//! Leave one origin out: where the median and the range would be without each.

use super::Drawing;
use super::axis::Axis;
use super::forest::range_words;
use super::scale::Ruler;
use super::subject::Subject;
use super::svg::{Anchor, Svg};
use crate::consensus::{Outcome, Pull, Standing};
use crate::report::amount::{amount_beside, amount_range};
use crate::whatif::WhatIf;

const WIDTH: f64 = 980.0;
const PLOT: [f64; 2] = [290.0, 740.0];
const ROW: f64 = 30.0;
/// Most origins that are drawn, those that move the median most.
const ROWS: usize = 40;

/// One origin left out.
struct Without {
    name: String,
    is_named: bool,
    weight: f64,
    /// median without it
    median: f64,
    /// 90 per cent range without it, where it was worked out
    range: Option<[f64; 2]>,
}

/// What each origin does to the range of a question.
///
/// # Errors
/// Where there is no range, several camps, or one origin alone.
pub fn picture(subject: &Subject<'_>) -> Result<Drawing, String> {
    let id = &subject.question().id;
    if let Outcome::None { why } = &subject.result.consensus.outcome {
        return Err(format!("`{id}` has no range, because {why}"));
    }
    let allowance = 4 * (subject.result.origins.len() + 1).pow(2);
    if subject.result.consensus.range().is_some_and(|range| range.camps.len() > 1) {
        return Err(format!("the figures on `{id}` form several camps; a median over them is nobody's number"));
    }
    let whatif = WhatIf::explore(subject.case, subject.analysis, subject.result, allowance);
    draw(subject, &whatif).ok_or_else(|| format!("the range of `{id}` rests on one origin alone"))
}

/// Draws what each origin does; nothing where there is no range, several camps, or one origin alone.
#[must_use]
pub fn draw(subject: &Subject<'_>, whatif: &WhatIf) -> Option<Drawing> {
    let range = subject.result.consensus.range().filter(|range| range.camps.len() == 1)?;
    let (median, whole) = (range.quantiles.median(), [range.quantiles.values[1], range.quantiles.values[7]]);
    let mut rows = rows(subject, whatif, median);
    if rows.is_empty() {
        return None;
    }
    let moved = |row: &Without| {
        let axis = Axis::holding(range.scale, &whole, &[]);
        (axis.place(row.median) - axis.place(median)).abs()
    };
    rows.sort_by(|a, b| moved(b).total_cmp(&moved(a)).then_with(|| b.weight.total_cmp(&a.weight)));
    let more = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    let others: Vec<f64> = rows.iter().flat_map(|row| row.range.into_iter().flatten().chain([row.median])).collect();
    let axis = Axis::holding(range.scale, &whole, &others);
    let ruler = Ruler { axis, from: PLOT[0], to: PLOT[1] };
    let (top, mut svg) = (24.0, Svg::default());
    let bottom = top + ROW * rows.len() as f64;
    let ticks = ruler.ticks();
    ruler.grid(&mut svg, &ticks, top - 4.0, bottom);
    let [low, high] = whole.map(|x| ruler.x(x));
    svg.rect("wide", [low, top - 4.0, high - low, bottom - top + 4.0]);
    svg.line("edge", [low, top - 4.0], [low, bottom]);
    svg.line("edge", [high, top - 4.0], [high, bottom]);
    for (at, text) in [(0.0, "without"), (WIDTH, "median, 90 % range")] {
        let anchor = if at == 0.0 { Anchor::Start } else { Anchor::End };
        svg.text([at, 12.0], anchor, "dim", 11.0, 240.0, text);
    }
    let all = amount_beside(median, whole[1] - whole[0]);
    svg.text([ruler.x(median), 12.0], Anchor::Middle, "", 11.0, 300.0, &format!("with all: {all}"));
    for (at, row) in rows.iter().enumerate() {
        draw_row(&mut svg, &ruler, row, median, top + ROW * at as f64);
    }
    svg.line("median", [ruler.x(median), top - 4.0], [ruler.x(median), bottom]);
    if more > 0 {
        let words = format!("and {more} more origins that move it less");
        svg.text([0.0, bottom + 16.0], Anchor::Start, "dim", 11.0, 270.0, &words);
    }
    ruler.draw(&mut svg, &ticks, bottom + 4.0, &subject.unit(), [280.0, WIDTH]);
    let (main, detail) = range_words(&subject.result.consensus.outcome, &subject.unit());
    let told: Vec<String> = rows.iter().map(|row| format!("without {}: {}", row.name, words(row))).collect();
    Some(Drawing {
        width: WIDTH,
        height: bottom + 48.0,
        title: format!("Leave one origin out: {}", subject.question().heading()),
        description: format!("With all: {main}, {detail}. {}.", told.join("; ")),
        data: String::new(),
        body: svg.finish(),
    })
}

fn rows(subject: &Subject<'_>, whatif: &WhatIf, median: f64) -> Vec<Without> {
    let result = subject.result;
    let row = |(place, &at): (usize, &usize)| {
        let origin = &result.origins[at];
        let Standing::Used(Some(influence)) = result.consensus.origins.get(origin.evidence?)? else { return None };
        let without = match influence.pull? {
            Pull::Ratio(ratio) => median / ratio,
            Pull::Difference(by) => median - by,
        };
        let range = whatif.answer(0, 0, Some(place)).and_then(|state| match &state.outcome {
            Outcome::Range(range) => Some([range.quantiles.values[1], range.quantiles.values[7]]),
            Outcome::None { .. } => None,
        });
        let name = if origin.is_named { origin.name.clone() } else { format!("{}, unnamed", origin.name) };
        Some(Without { name, is_named: origin.is_named, weight: influence.weight, median: without, range })
    };
    whatif.origins.iter().enumerate().filter_map(row).collect()
}

fn draw_row(svg: &mut Svg, ruler: &Ruler, row: &Without, median: f64, y: f64) {
    let middle = y + 0.5 * ROW;
    svg.text([0.0, middle + 4.0], Anchor::Start, "", 13.0, PLOT[0] - 14.0, &row.name);
    svg.text([WIDTH, middle + 4.0], Anchor::End, "", 12.0, WIDTH - PLOT[1] - 14.0, &words(row));
    if let Some([low, high]) = row.range {
        let (low, high) = (ruler.x(low), ruler.x(high));
        svg.line("whisker", [low, middle], [high, middle]);
        svg.line("whisker", [low, middle - 4.0], [low, middle + 4.0]);
        svg.line("whisker", [high, middle - 4.0], [high, middle + 4.0]);
    }
    let (from, to) = (ruler.x(median), ruler.x(row.median));
    let class = if row.is_named { "bar" } else { "barhatched" };
    svg.rect(class, [from.min(to), middle - 7.0, (to - from).abs().max(1.0), 14.0]);
}

/// "3,920 (1,000 to 9,000)"
fn words(row: &Without) -> String {
    match row.range {
        Some([low, high]) => format!("{} ({})", amount_beside(row.median, high - low), amount_range(low, high)),
        None => amount_beside(row.median, 0.0),
    }
}
