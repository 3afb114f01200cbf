//! The forest plot: a row for each origin with what it said, and the range across them.

mod band;
mod legend;
mod marks;
mod rows;

pub use band::{Band, band};

use super::Drawing;
use super::axis::Axis;
use super::scale::Ruler;
use super::subject::Subject;
use super::svg::{Anchor, Svg, number};
use crate::consensus::Outcome;
use crate::model::Scale;
use crate::report::amount::{amount_beside, amount_range};
use rows::{Row, rows};

pub use rows::moved;

/// For which room a plot is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// names and figures beside the marks
    Wide,
    /// names and figures above the marks, for the width of a telephone
    Narrow,
}

/// Most rows that are drawn; the table of origins has the others.
const ROWS: usize = 60;

/// Measures of a layout.
struct Layout {
    width: f64,
    /// ends of the axis
    plot: [f64; 2],
    row: f64,
    /// of the mark and of the two lines of text, from the top of a row
    mark: f64,
    lines: [f64; 2],
    /// room for the name, and for the figure
    room: [f64; 2],
    /// for words that stand before the bands
    rim: &'static str,
}

impl Layout {
    fn of(width: Width) -> Layout {
        match width {
            Width::Wide => Layout {
                width: 980.0,
                plot: [270.0, 730.0],
                row: 38.0,
                mark: 19.0,
                lines: [16.0, 31.0],
                room: [256.0, 240.0],
                rim: "",
            },
            Width::Narrow => Layout {
                width: 400.0,
                plot: [4.0, 396.0],
                row: 58.0,
                mark: 45.0,
                lines: [14.0, 29.0],
                room: [225.0, 165.0],
                rim: " halo",
            },
        }
    }
}

/// The forest plot of a question as it stands.
///
/// # Errors
/// Where no claim gives a number.
pub fn picture(subject: &Subject<'_>) -> Result<Drawing, String> {
    if subject.result.origins.is_empty() {
        return Err(format!("no claim on `{}` gives a number", subject.question().id));
    }
    Ok(draw(subject, &domain(subject), Width::Wide))
}

/// The axis of a question: it holds the range and, as far as they do not squeeze it, the figures of all origins.
#[must_use]
pub fn domain(subject: &Subject<'_>) -> Axis {
    let figures: Vec<f64> = rows(subject)
        .iter()
        .flat_map(|row| row.mark.values().into_iter().chain(row.whisker.into_iter().flatten()))
        .collect();
    match subject.result.consensus.range() {
        Some(range) => {
            let values = &range.quantiles.values;
            let camps = range.camps.iter().filter(|_| range.camps.len() > 1).flat_map(|camp| [camp.low, camp.high]);
            let core: Vec<f64> = [values[1], values[7]].into_iter().chain(camps).collect();
            Axis::holding(range.scale, &core, &figures)
        }
        None => Axis::holding(subject.question().scale, &[], &figures),
    }
}

/// Draws the plot on an axis.
#[must_use]
pub fn draw(subject: &Subject<'_>, axis: &Axis, width: Width) -> Drawing {
    let layout = Layout::of(width);
    let rows = rows(subject);
    let shown = &rows[..rows.len().min(ROWS)];
    let outcome = &subject.result.consensus.outcome;
    let band = band(axis, outcome);
    let ruler = Ruler { axis: *axis, from: layout.plot[0], to: layout.plot[1] };
    let mut body = Svg::default();
    let mut y = 6.0;
    let top = y;
    let mut placed: Vec<(f64, &Row)> = Vec::new();
    let mut headings: Vec<(f64, String)> = Vec::new();
    let mut last: Option<Option<usize>> = None;
    let mut has_left_out = false;
    let mut bottom = top;
    for row in shown {
        if row.is_used && last != Some(row.camp) && matches!(band, Band::Camps(_)) {
            headings.push((y + 14.0, heading(outcome, row.camp)));
            y += 22.0;
        }
        if !row.is_used && !has_left_out {
            has_left_out = true;
            bottom = y;
            headings.push((y + 18.0, "left out of the range".to_owned()));
            y += 26.0;
        }
        last = Some(row.camp);
        placed.push((y, row));
        y += layout.row;
    }
    if !has_left_out {
        bottom = y;
    }
    if rows.len() > shown.len() {
        headings.push((y + 14.0, format!("and {} more origins, in the table", rows.len() - shown.len())));
        y += 22.0;
    }
    let sum = y + 8.0;
    let ticks = ruler.ticks();
    ruler.grid(&mut body, &ticks, top, sum + layout.row);
    band.draw(&mut body, layout.plot, [top, bottom], sum + layout.mark);
    for (at, text) in &headings {
        body.text([0.0, *at], Anchor::Start, "dim strong", 12.0, layout.width, text);
    }
    for (at, row) in placed {
        draw_row(&mut body, &layout, &ruler, row, at);
    }
    body.line("rule", [0.0, sum - 2.0], [layout.width, sum - 2.0]);
    summary(&mut body, &layout, subject, sum);
    let end = sum + layout.row + 2.0;
    let ends = [if width == Width::Wide { 230.0 } else { 0.0 }, layout.width.min(layout.plot[1] + 60.0)];
    ruler.draw(&mut body, &ticks, end, &subject.unit(), ends);
    let legend = legend::draw(&mut body, [0.0, end + 48.0], layout.width, shown, &band);
    let [from, to] = layout.plot.map(number);
    let data = format!(
        " data-from=\"{from}\" data-to=\"{to}\" data-top=\"{}\" data-bottom=\"{}\" data-sum=\"{}\"",
        number(top),
        number(bottom),
        number(sum + layout.mark)
    );
    Drawing {
        width: layout.width,
        height: end + 48.0 + legend + 4.0,
        title: format!("Forest plot: {}", subject.question().heading()),
        description: description(subject, shown),
        data,
        body: body.finish(),
    }
}

fn draw_row(svg: &mut Svg, layout: &Layout, ruler: &Ruler, row: &Row, y: f64) {
    let class = if row.is_used { "row" } else { "row out" };
    let kinds = [row.is_named.then_some("named"), row.is_party.then_some("party")];
    let kinds = kinds.into_iter().flatten().collect::<Vec<_>>().join(" ");
    svg.open("g", &[("class", &class), ("data-origin", &row.name), ("data-is", &kinds)]);
    let name = format!("{}{}", if row.is_used { "strong" } else { "" }, layout.rim);
    let (figure, dim) = (layout.rim.trim_start(), format!("dim{}", layout.rim));
    let (left, right) = (layout.lines.map(|line| y + line), layout.width);
    svg.text([0.0, left[0]], Anchor::Start, name.trim_start(), 13.0, layout.room[0], &row.name);
    svg.text([0.0, left[1]], Anchor::Start, &dim, 11.0, layout.room[0], &row.detail);
    svg.text([right, left[0]], Anchor::End, figure, 13.0, layout.room[1], &row.figure);
    svg.text([right, left[1]], Anchor::End, &dim, 11.0, layout.room[1], &row.effect);
    marks::draw(svg, ruler, row, y + layout.mark);
    svg.close("g");
}

/// The last row: the range in words.
fn summary(svg: &mut Svg, layout: &Layout, subject: &Subject<'_>, y: f64) {
    let consensus = &subject.result.consensus;
    let (main, detail) = range_words(&consensus.outcome, &subject.unit());
    let counts = format!("{} origins used, worth {:.1}", consensus.used(), consensus.effective_origins);
    svg.open("g", &[("class", &"summary")]);
    svg.text([0.0, y + layout.lines[0]], Anchor::Start, "strong", 13.0, layout.room[0], "Consensus");
    svg.text([0.0, y + layout.lines[1]], Anchor::Start, "dim sum-counts", 11.0, layout.room[0], &counts);
    svg.text([layout.width, y + layout.lines[0]], Anchor::End, "strong sum-main", 13.0, layout.room[1], &main);
    svg.text([layout.width, y + layout.lines[1]], Anchor::End, "dim sum-detail", 11.0, layout.room[1], &detail);
    svg.close("g");
}

/// "883 to 9,710" and "90 % range, median 3,190".
#[must_use]
pub fn range_words(outcome: &Outcome, unit: &str) -> (String, String) {
    match outcome {
        Outcome::None { .. } => ("no consensus".to_owned(), String::new()),
        Outcome::Range(range) if range.camps.len() > 1 => {
            let ends = range.camps.iter().map(|camp| amount_range(camp.low, camp.high));
            (range.shape().to_string(), ends.collect::<Vec<_>>().join("; "))
        }
        Outcome::Range(range) => {
            let values = &range.quantiles.values;
            let median = amount_beside(values[4], values[7] - values[1]);
            (format!("{}{unit}", amount_range(values[1], values[7])), format!("90 % range, median {median}"))
        }
    }
}

/// "First camp, 62 %: 1,000 to 2,000"
fn heading(outcome: &Outcome, camp: Option<usize>) -> String {
    let Outcome::Range(range) = outcome else { return String::new() };
    match camp.and_then(|at| Some((at, range.camps.get(at)?))) {
        Some((at, camp)) => {
            let ends = amount_range(camp.low, camp.high);
            format!("camp {} of {}, {:.0} %: {ends}", at + 1, range.camps.len(), 100.0 * camp.mass)
        }
        None => "in no camp".to_owned(),
    }
}

fn description(subject: &Subject<'_>, rows: &[Row]) -> String {
    const SAID: usize = 20;
    let (main, detail) = range_words(&subject.result.consensus.outcome, &subject.unit());
    let mut said: Vec<String> =
        rows.iter().take(SAID).map(|row| format!("{}: {} ({})", row.name, row.figure, row.effect)).collect();
    if rows.len() > SAID {
        said.push(format!("and {} more", rows.len() - SAID));
    }
    let scale = if subject.question().scale == Scale::Linear { "linear" } else { "logarithmic" };
    let detail = if detail.is_empty() { String::new() } else { format!(", {detail}") };
    format!("Consensus {main}{detail}. On a {scale} axis: {}.", said.join("; "))
}
