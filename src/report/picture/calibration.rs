//! How often the ranges held: settled values hidden, predicted, and compared.

use super::Drawing;
use super::subject::Subject;
use super::svg::{Anchor, Svg};
use crate::backtest::{By, Coverage, Measured, PitBin, Scores, backtest, measured, scores};
use crate::report::amount::counted;

const WIDTH: f64 = 760.0;
const SIDE: f64 = 280.0;
const TOP: f64 = 34.0;
const LEFT: f64 = 52.0;
/// Left end of the second chart.
const SECOND: f64 = 452.0;

/// Calibration on the settled questions of a case.
///
/// # Errors
/// Where nothing is settled.
pub fn picture(subject: &Subject<'_>) -> Result<Drawing, String> {
    let case = subject.case;
    let predictions = backtest(case, By::usual(case), &subject.analysis.options.settings);
    let on_scale: Vec<Measured> = predictions.iter().filter_map(|prediction| measured(case, prediction)).collect();
    if on_scale.is_empty() {
        return Err("no question with a range has a settled value in resolutions.csv".to_owned());
    }
    Ok(draw(&scores(&on_scale, predictions.len() - on_scale.len())))
}

fn draw(scores: &Scores) -> Drawing {
    let mut svg = Svg::default();
    let counted = counted(scores.scored, "settled question", "settled questions");
    coverage(&mut svg, &scores.coverage);
    histogram(&mut svg, &scores.pit);
    let held: Vec<String> = scores
        .coverage
        .iter()
        .map(|c| format!("{:.0} % ranges held {:.0} %", 100.0 * c.level, 100.0 * c.share))
        .collect();
    Drawing {
        width: WIDTH,
        height: TOP + SIDE + 52.0,
        title: format!("Calibration on {counted}"),
        description: format!("{}.", held.join("; ")),
        data: String::new(),
        body: svg.finish(),
    }
}

/// The share of settled values that each range held, against its probability; on the diagonal both agree.
fn coverage(svg: &mut Svg, coverage: &[Coverage]) {
    let (x, y) = (|share: f64| LEFT + share * SIDE, |share: f64| TOP + (1.0 - share) * SIDE);
    svg.text([LEFT, 14.0], Anchor::Start, "strong", 13.0, SIDE + 60.0, "Ranges that held the settled value");
    frame(svg, LEFT);
    for at in [0.0, 0.25, 0.5, 0.75, 1.0] {
        svg.line("grid", [x(at), y(0.0)], [x(at), y(1.0)]);
        svg.line("grid", [x(0.0), y(at)], [x(1.0), y(at)]);
        let label = format!("{:.0} %", 100.0 * at);
        svg.text([LEFT - 8.0, y(at) + 4.0], Anchor::End, "", 12.0, LEFT, &label);
        svg.text([x(at), y(0.0) + 18.0], Anchor::Middle, "", 12.0, LEFT, &label);
    }
    svg.line("stem dashed", [x(0.0), y(0.0)], [x(1.0), y(1.0)]);
    for Coverage { level, share, interval: [low, high] } in coverage {
        svg.line("sum", [x(*level), y(*low)], [x(*level), y(*high)]);
        svg.line("sum", [x(*level) - 4.0, y(*low)], [x(*level) + 4.0, y(*low)]);
        svg.line("sum", [x(*level) - 4.0, y(*high)], [x(*level) + 4.0, y(*high)]);
        svg.circle("named", [x(*level), y(*share)], 4.5);
    }
    let words = "probability of the range; lines are 95 % intervals";
    svg.text([LEFT + 0.5 * SIDE, TOP + SIDE + 38.0], Anchor::Middle, "dim", 11.0, SIDE + 80.0, words);
}

/// Where the settled values fell among the quantiles; the height of a bar is how many there are for each expected.
fn histogram(svg: &mut Svg, bins: &[PitBin]) {
    let x = |share: f64| SECOND + share * SIDE;
    let density = |bin: &PitBin| bin.share / (bin.to - bin.from);
    let most = bins.iter().map(density).fold(1.0, f64::max).max(1.5);
    let y = |density: f64| TOP + (1.0 - density / (1.1 * most)) * SIDE;
    svg.text([SECOND, 14.0], Anchor::Start, "strong", 13.0, SIDE + 20.0, "Where the settled values fell");
    frame(svg, SECOND);
    for bin in bins {
        svg.rect("bar", [x(bin.from), y(density(bin)), x(bin.to) - x(bin.from), y(0.0) - y(density(bin))]);
    }
    svg.line("stem dashed", [x(0.0), y(1.0)], [x(1.0), y(1.0)]);
    svg.text([SECOND - 6.0, y(1.0) + 4.0], Anchor::End, "", 12.0, 40.0, "1");
    svg.text([SECOND - 6.0, y(0.0) + 4.0], Anchor::End, "", 12.0, 40.0, "0");
    for at in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let label = format!("{:.0} %", 100.0 * at);
        svg.line("axis", [x(at), y(0.0)], [x(at), y(0.0) + 5.0]);
        svg.text([x(at), y(0.0) + 18.0], Anchor::Middle, "", 12.0, LEFT, &label);
    }
    let words = "quantile of the range; 1 is as many as expected";
    svg.text([SECOND + 0.5 * SIDE, TOP + SIDE + 38.0], Anchor::Middle, "dim", 11.0, SIDE + 40.0, words);
}

fn frame(svg: &mut Svg, left: f64) {
    svg.line("axis", [left, TOP + SIDE], [left + SIDE, TOP + SIDE]);
    svg.line("axis", [left, TOP], [left, TOP + SIDE]);
}
