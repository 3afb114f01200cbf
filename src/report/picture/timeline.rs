//! The range as of each date on which something changed, and what came.

use super::Drawing;
use super::axis::Axis;
use super::phrase::{figure, spoken_date};
use super::scale::TICK;
use super::subject::Subject;
use super::svg::{Anchor, Svg, number};
use super::text::width;
use crate::consensus::{Camp, Outcome};
use crate::model::{Case, ClaimId, Date};
use crate::report::amount::{amount_beside, amount_range};
use crate::timeline::Moment;

const WIDTH: f64 = 980.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 24.0;
const HEIGHT: f64 = 260.0;
const TOP: f64 = 26.0;
const LINE: f64 = 19.0;
/// Most dates that are written out below the chart.
const DATES: usize = 40;

/// The timeline of a question.
///
/// # Errors
/// Where no claim has a date, or there is no range on any.
pub fn picture(subject: &Subject<'_>) -> Result<Drawing, String> {
    let moments = subject.analysis.moments_of(subject.case, subject.result.question);
    if moments.iter().all(|moment| moment.date.is_none() || moment.result.consensus.range().is_none()) {
        return Err(format!("`{}` has no range on any date", subject.question().id));
    }
    Ok(draw(subject, true))
}

/// A stretch of time with the range that held in it.
struct Step<'a> {
    number: usize,
    days: [f64; 2],
    moment: &'a Moment,
}

/// Draws the timeline; with `is_listed`, what came on each date is written below it.
#[must_use]
pub fn draw(subject: &Subject<'_>, is_listed: bool) -> Drawing {
    let all = subject.analysis.moments_of(subject.case, subject.result.question);
    let moments: Vec<&Moment> = all.iter().filter(|moment| moment.date.is_some()).collect();
    let day = |moment: &Moment| moment.date.map_or(0.0, |date| f64::from(Date::FIRST.days_until(date)));
    let first = moments.first().map_or(0.0, |moment| day(moment));
    let last = moments.last().map_or(0.0, |moment| day(moment));
    let margin = (0.06 * (last - first)).max(3.0);
    let (from, to) = (first - 0.3 * margin, last + margin);
    let x = |days: f64| LEFT + (days - from) / (to - from) * (WIDTH - LEFT - RIGHT);
    let steps: Vec<Step<'_>> = moments
        .iter()
        .enumerate()
        .map(|(at, moment)| {
            let end = moments.get(at + 1).map_or(to, |next| day(next));
            Step { number: at + 1, days: [day(moment), end], moment }
        })
        .collect();
    let axis = domain(&moments, subject);
    let y = |value: f64| TOP + (1.0 - axis.place(value).clamp(0.0, 1.0)) * HEIGHT;
    let mut svg = Svg::default();
    values(&mut svg, &axis, subject);
    bands(&mut svg, &steps, &x, &y);
    came(&mut svg, subject.case, &steps, &x, &y);
    let bottom = TOP + HEIGHT;
    svg.line("axis", [LEFT, bottom], [WIDTH - RIGHT, bottom]);
    days(&mut svg, [from, to], &x, bottom);
    numbers(&mut svg, &steps, &x);
    let mut height = bottom + 28.0;
    if is_listed {
        height = listed(&mut svg, subject, &steps, height + 6.0);
    }
    Drawing {
        width: WIDTH,
        height,
        title: format!("Timeline: {}", subject.question().heading()),
        description: description(subject, &moments),
        data: String::new(),
        body: svg.finish(),
    }
}

fn domain(moments: &[&Moment], subject: &Subject<'_>) -> Axis {
    let ranges = || moments.iter().filter_map(|moment| moment.result.consensus.range());
    let outcomes = moments.iter().map(|moment| &moment.result.consensus.outcome);
    let core: Vec<f64> =
        outcomes.flat_map(|outcome| pieces(outcome).into_iter().flat_map(|piece| piece.wide)).collect();
    let scale = ranges().next_back().map_or(subject.question().scale, |range| range.scale);
    Axis::holding(scale, &core, &[])
}

fn values(svg: &mut Svg, axis: &Axis, subject: &Subject<'_>) {
    // Labels one above the other need no more room than their height, so the axis is asked as if they were flat.
    for (place, label) in axis.ticks(2.6 * HEIGHT, TICK) {
        let y = TOP + (1.0 - place) * HEIGHT;
        svg.line("grid", [LEFT, y], [WIDTH - RIGHT, y]);
        svg.text([LEFT - 8.0, y + 4.0], Anchor::End, "", TICK, LEFT - 10.0, &label);
    }
    let unit = subject.unit();
    svg.text([0.0, 12.0], Anchor::Start, "dim", 11.0, 200.0, unit.trim());
}

/// The range of one camp, or of all: ends of the wide band, of the half where there is one camp, and the median.
struct Piece {
    wide: [f64; 2],
    half: Option<[f64; 2]>,
    median: f64,
}

fn pieces(outcome: &Outcome) -> Vec<Piece> {
    match outcome {
        Outcome::None { .. } => Vec::new(),
        Outcome::Range(range) if range.camps.len() > 1 => {
            let piece = |camp: &Camp| Piece { wide: [camp.low, camp.high], half: None, median: camp.median };
            range.camps.iter().map(piece).collect()
        }
        Outcome::Range(range) => {
            let values = &range.quantiles.values;
            let (wide, half) = ([values[1], values[7]], Some([values[3], values[5]]));
            vec![Piece { wide, half, median: values[4] }]
        }
    }
}

fn bands(svg: &mut Svg, steps: &[Step<'_>], x: &dyn Fn(f64) -> f64, y: &dyn Fn(f64) -> f64) {
    let drawn: Vec<([f64; 2], Vec<Piece>)> =
        steps.iter().map(|step| (step.days.map(x), pieces(&step.moment.result.consensus.outcome))).collect();
    let mut rect = |class: &str, days: [f64; 2], [low, high]: [f64; 2]| {
        svg.rect(class, [days[0], y(high), days[1] - days[0], y(low) - y(high)]);
    };
    for (days, pieces) in &drawn {
        for piece in pieces {
            rect("wide", *days, piece.wide);
        }
    }
    for (days, pieces) in &drawn {
        for half in pieces.iter().filter_map(|piece| piece.half) {
            rect("half", *days, half);
        }
    }
    for (line, class) in ["edge", "edge", "median"].into_iter().enumerate() {
        let mut path = String::new();
        // A line goes on from date to date as long as there is one camp.
        let mut is_one = false;
        for (days, pieces) in &drawn {
            for piece in pieces {
                let to = if is_one && pieces.len() == 1 { 'L' } else { 'M' };
                let height = number(y([piece.wide[0], piece.wide[1], piece.median][line]));
                path.push_str(&format!("{to}{} {height}L{} {height}", number(days[0]), number(days[1])));
            }
            is_one = pieces.len() == 1;
        }
        svg.path(class, &path);
    }
}

/// The figures that came, as far as they give a place: filled with a name behind them, hollow without.
fn came(svg: &mut Svg, case: &Case, steps: &[Step<'_>], x: &dyn Fn(f64) -> f64, y: &dyn Fn(f64) -> f64) {
    for step in steps {
        let mut drawn: Vec<(String, bool)> = Vec::new();
        for &claim in &step.moment.changed_by {
            let origin = step.moment.result.origins.iter().find(|origin| origin.claim == claim);
            let (Some(origin), estimate) = (origin, case.claims.estimate(claim)) else { continue };
            let (low, high) = estimate.ends();
            if !estimate.is_figure() || estimate.of.is_some() || origin.evidence.is_none() {
                continue;
            }
            let middle = if low > 0.0 && high > 0.0 { (low * high).sqrt() } else { 0.5 * (low + high) };
            let at = [x(step.days[0]), y(middle)];
            let key = (number(at[1]), origin.is_named);
            if !drawn.contains(&key) {
                svg.circle(if origin.is_named { "named" } else { "unnamed" }, at, 3.5);
                drawn.push(key);
            }
        }
    }
}

/// The number of each date above the chart, as far as they do not touch.
fn numbers(svg: &mut Svg, steps: &[Step<'_>], x: &dyn Fn(f64) -> f64) {
    let mut free = f64::NEG_INFINITY;
    for step in steps {
        let (at, label) = (x(step.days[0]), step.number.to_string());
        let half = 0.5 * width(&label, 11.0) + 2.0;
        svg.line("rule", [at, TOP - 6.0], [at, TOP]);
        if at - half >= free {
            svg.text([at, TOP - 9.0], Anchor::Middle, "dim", 11.0, 60.0, &label);
            free = at + half;
        }
    }
}

/// Ticks at the beginnings of days, months or years.
fn days(svg: &mut Svg, [from, to]: [f64; 2], x: &dyn Fn(f64) -> f64, y: f64) {
    let first = Date::FIRST.last_day();
    let begin = |days: f64| first.checked_add(jiff::Span::new().days(days as i64)).unwrap_or(first);
    let (start, end) = (begin(from.max(0.0)), begin(to));
    let months =
        (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month()) - i32::from(start.month());
    let every =
        [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].into_iter().find(|every| months / every <= 8).unwrap_or(2400);
    let is_days = months < 2;
    let mut ticks: Vec<(f64, String)> = Vec::new();
    if is_days {
        let least = (to - from) / 8.0;
        let step = [1.0, 2.0, 7.0, 14.0].into_iter().find(|step| *step >= least).unwrap_or(14.0);
        for at in 0..=((to - from) / step) as i64 {
            let days = from.ceil() + at as f64 * step;
            let day = begin(days);
            let month = short_month(i32::from(day.year()), i32::from(day.month()));
            // The year stands once.
            let month = if at == 0 { &month } else { month.split(' ').next().unwrap_or_default() };
            ticks.push((days, format!("{} {month}", day.day())));
        }
    } else {
        let zero = i32::from(start.year()) * 12 + i32::from(start.month()) - 1;
        for at in (0..=months).filter(|at| (zero + at) % every == 0) {
            let (year, month) = ((zero + at) / 12, (zero + at) % 12 + 1);
            if let Some(date) = Date::new(year as i16, month as i8, 1) {
                let label = if every % 12 == 0 { year.to_string() } else { short_month(year, month) };
                ticks.push((f64::from(Date::FIRST.days_until(date)), label));
            }
        }
    }
    let mut free = f64::NEG_INFINITY;
    for (days, label) in ticks.into_iter().filter(|(days, _)| (from..=to).contains(days)) {
        let at = x(days);
        let half = 0.5 * width(&label, TICK);
        svg.line("axis", [at, y], [at, y + 5.0]);
        if at - half >= free && at + half <= WIDTH {
            svg.text([at, y + 19.0], Anchor::Middle, "", TICK, 120.0, &label);
            free = at + half + 8.0;
        }
    }
}

fn short_month(year: i32, month: i32) -> String {
    const SHORT: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    format!("{} {year}", SHORT.get((month - 1) as usize).unwrap_or(&""))
}

/// A line for each date; gives the height so far.
fn listed(svg: &mut Svg, subject: &Subject<'_>, steps: &[Step<'_>], top: f64) -> f64 {
    let mut y = top;
    for step in steps.iter().take(DATES) {
        y += LINE;
        svg.text([20.0, y], Anchor::End, "dim", 11.0, 20.0, &step.number.to_string());
        let date = step.moment.date.map_or(String::new(), spoken_date);
        svg.text([28.0, y], Anchor::Start, "strong", TICK, 132.0, &date);
        svg.text([166.0, y], Anchor::Start, "", TICK, 250.0, &range(&step.moment.result.consensus.outcome));
        svg.text(
            [424.0, y],
            Anchor::Start,
            "dim",
            TICK,
            WIDTH - 424.0,
            &changed_by(subject.case, &step.moment.changed_by),
        );
    }
    if steps.len() > DATES {
        y += LINE;
        let more = format!("and {} more dates", steps.len() - DATES);
        svg.text([28.0, y], Anchor::Start, "dim", TICK, 300.0, &more);
    }
    y + 12.0
}

/// "883 to 9,710, median 3,190"
pub fn range(outcome: &Outcome) -> String {
    match outcome {
        Outcome::None { .. } => "no consensus".to_owned(),
        Outcome::Range(range) if range.camps.len() > 1 => {
            let camps: Vec<String> = range.camps.iter().map(|camp| amount_range(camp.low, camp.high)).collect();
            camps.join(" or ")
        }
        Outcome::Range(range) => {
            let values = &range.quantiles.values;
            let median = amount_beside(values[4], values[7] - values[1]);
            format!("{}, median {median}", amount_range(values[1], values[7]))
        }
    }
}

/// "K16 JCS: at least 3,000; K17 …"
pub fn changed_by(case: &Case, claims: &[ClaimId]) -> String {
    if claims.is_empty() {
        return "the number changed of which figures here are shares".to_owned();
    }
    let said = |&claim: &ClaimId| {
        format!("{} {}: {}", case.claims.name(claim), case.publisher_name(claim), figure(case, claim))
    };
    claims.iter().map(said).collect::<Vec<_>>().join("; ")
}

fn description(subject: &Subject<'_>, moments: &[&Moment]) -> String {
    const SAID: usize = 12;
    let told = |moment: &&Moment| {
        let date = moment.date.map_or(String::new(), spoken_date);
        format!("{date}: {}", range(&moment.result.consensus.outcome))
    };
    let mut told: Vec<String> = moments.iter().rev().take(SAID).rev().map(told).collect();
    if moments.len() > SAID {
        told.insert(0, format!("the last {SAID} of {} dates", moments.len()));
    }
    format!(
        "{}. In{}.",
        told.join("; "),
        if subject.unit().is_empty() { " the question's unit".to_owned() } else { subject.unit() }
    )
}
