//! The attribution graph: who repeats whom, from the origins on the left to the publications on the right.

mod layers;
mod nodes;

use petgraph::visit::EdgeRef;

use super::Drawing;
use super::subject::Subject;
use super::svg::{Anchor, Svg, number};
use super::text;
use crate::report::amount::counted;
use layers::{Item, Layers, layers};
use nodes::{Box, Changed, Look, boxes};

const WIDTH: f64 = 196.0;
const GAP: f64 = 64.0;
const SIZE: f64 = 12.0;
const SMALL: f64 = 11.0;
const LINE: f64 = 15.0;
/// Room between two boxes of a column.
const ROOM: f64 = 12.0;
/// Most boxes that are drawn; the table of claims has the others.
const BOXES: usize = 160;

/// The attribution graph of a question.
///
/// # Errors
/// Where there is no claim.
pub fn picture(subject: &Subject<'_>) -> Result<Drawing, String> {
    if subject.graph.graph.node_count() == 0 {
        return Err(format!("there is no claim on `{}`", subject.question().id));
    }
    Ok(draw(subject))
}

/// Draws the graph.
#[must_use]
pub fn draw(subject: &Subject<'_>) -> Drawing {
    let all = boxes(subject);
    let shown = all.len().min(BOXES);
    let boxes = &all[..shown];
    let graph = &subject.graph.graph;
    let mut links: Vec<(usize, usize, bool)> = graph
        .edge_references()
        .map(|link| (link.target().index(), link.source().index(), link.weight().is_inferred))
        .filter(|&(from, to, _)| from < shown && to < shown)
        .collect();
    links.sort_unstable();
    let ends: Vec<(usize, usize)> = links.iter().map(|&(from, to, _)| (from, to)).collect();
    let heights: Vec<f64> = boxes.iter().map(|a_box| a_box.height() + ROOM).collect();
    let groups: Vec<usize> = boxes.iter().map(|a_box| a_box.group).collect();
    let laid = layers(&heights, &groups, &ends);
    let mut svg = Svg::default();
    let top = 4.0;
    for (route, &(from, to, is_inferred)) in laid.routes.iter().zip(&links) {
        let is_drift = boxes[to].changed.iter().any(|changed| changed.from == Some(from));
        let class = match (is_drift, is_inferred) {
            (true, false) => "drift",
            (true, true) => "drift dashed",
            (false, true) => "link dashed",
            (false, false) => "link",
        };
        curve(&mut svg, &laid, boxes, route, class, top);
    }
    // What a claim credits without resting on it.
    for (to, a_box) in boxes.iter().enumerate() {
        let loose = a_box.changed.iter().filter_map(|changed| changed.from);
        for from in loose.filter(|&from| from < shown && !ends.contains(&(from, to))) {
            curve(&mut svg, &laid, boxes, &[from, to], "drift dotted", top);
        }
    }
    for (item, a_box) in laid.items.iter().zip(boxes) {
        draw_box(&mut svg, item, a_box, top);
    }
    let wide = (laid.columns as f64 * (WIDTH + GAP) - GAP + 4.0).max(620.0);
    let mut height = top + laid.height + 8.0;
    if all.len() > shown {
        let more = format!("and {} more, in the table of claims", all.len() - shown);
        svg.text([0.0, height + 12.0], Anchor::Start, "dim", SIZE, wide, &more);
        height += 22.0;
    }
    height += legend(&mut svg, height, wide, boxes, &links);
    Drawing {
        width: wide,
        height,
        title: format!("Who repeats whom: {}", subject.question().heading()),
        description: description(subject, boxes),
        data: String::new(),
        body: svg.finish(),
    }
}

fn left(layer: usize) -> f64 {
    2.0 + layer as f64 * (WIDTH + GAP)
}

/// Where links meet a box, or a bend.
fn centre(item: &Item, boxes: &[Box], top: f64) -> f64 {
    let above = item.node.map_or(0.0, |node| boxes[node].above());
    top + item.y + above + 0.5 * (item.height - above - if item.node.is_some() { ROOM } else { 0.0 })
}

fn curve(svg: &mut Svg, laid: &Layers, boxes: &[Box], route: &[usize], class: &str, top: f64) {
    let at = |item: usize| &laid.items[item];
    let mut path = String::new();
    let (mut x, mut y) = (left(at(route[0]).layer) + WIDTH, centre(at(route[0]), boxes, top));
    path.push_str(&format!("M{} {}", number(x), number(y)));
    let is_back = at(route[route.len() - 1]).layer <= at(route[0]).layer;
    for (step, &item) in route.iter().enumerate().skip(1) {
        let is_last = step + 1 == route.len();
        let (to_x, to_y) = (left(at(item).layer) - if is_last { 7.0 } else { 0.0 }, centre(at(item), boxes, top));
        // A link inside a column or back leaves and comes in on the left, around the boxes.
        let bow = if is_back { 0.7 * GAP } else { 0.5 * (to_x - x) };
        if is_back {
            x = left(at(route[0]).layer);
            path = format!("M{} {}", number(x), number(y));
            path.push_str(&format!(
                "C{} {} {} {} {} {}",
                number(x - bow),
                number(y),
                number(to_x - bow),
                number(to_y),
                number(to_x),
                number(to_y)
            ));
        } else {
            path.push_str(&format!(
                "C{} {} {} {} {} {}",
                number(x + bow),
                number(y),
                number(to_x - bow),
                number(to_y),
                number(to_x),
                number(to_y)
            ));
        }
        (x, y) = (to_x, to_y);
        if !is_last {
            x += WIDTH;
            path.push_str(&format!("L{} {}", number(x), number(y)));
        }
    }
    svg.path(class, &path);
    let tip = if class.starts_with("drift") { "tipdrift" } else { "tip" };
    svg.path(tip, &format!("M{} {}l-1 -4.5l9 4.5l-9 4.5Z", number(x), number(y)));
}

fn draw_box(svg: &mut Svg, item: &Item, a_box: &Box, top: f64) {
    let (x, y) = (left(item.layer), top + item.y);
    svg.open("g", &[("class", &if a_box.is_left_out { "node out" } else { "node" })]);
    for (at, words) in a_box.changed.iter().flat_map(|changed| &changed.words).enumerate() {
        svg.text([x, y + LINE * at as f64 + 11.0], Anchor::Start, "alarm strong halo", SMALL, WIDTH, words);
    }
    let y = y + a_box.above();
    let class = match a_box.look {
        Look::Claim => "box",
        Look::Implied => "box dashed",
        Look::Unnamed => "hatched",
    };
    svg.tag(
        "rect",
        &[
            ("class", &class),
            ("x", &number(x)),
            ("y", &number(y)),
            ("width", &number(WIDTH)),
            ("height", &number(a_box.inside())),
            ("rx", &if a_box.is_origin { "10" } else { "2" }),
        ],
    );
    // On hatching, words have a rim of paper.
    let is_hatched = a_box.look == Look::Unnamed;
    for (at, line) in a_box.lines.iter().enumerate() {
        let (class, size) = match (at, is_hatched) {
            (0, false) => ("strong", SIZE),
            (0, true) => ("strong halo", SIZE),
            (_, false) => ("", SMALL),
            (_, true) => ("halo", SMALL),
        };
        svg.text([x + 8.0, y + LINE * at as f64 + 15.0], Anchor::Start, class, size, WIDTH - 14.0, line);
    }
    svg.close("g");
}

fn legend(svg: &mut Svg, top: f64, room: f64, boxes: &[Box], links: &[(usize, usize, bool)]) -> f64 {
    let any = |look: Look| boxes.iter().any(|a_box| a_box.look == look);
    let mut words = vec!["round corners: an origin"];
    if any(Look::Unnamed) {
        words.push("hatched: without a name");
    }
    if any(Look::Implied) {
        words.push("dashed box: credited, with no claim of its own in the case");
    }
    if links.iter().any(|link| link.2) {
        words.push("dashed line: the link is inferred");
    }
    if boxes.iter().any(|a_box| !a_box.changed.is_empty()) {
        words.push("thick line: something changed on the way");
        words.push("dotted line: credited, but the figure is not from there");
    }
    if boxes.iter().any(|a_box| a_box.is_left_out) {
        words.push("faint: left out of the range");
    }
    let lines = text::lines(&words.join("; "), SMALL, room, 9);
    for (at, line) in lines.iter().enumerate() {
        svg.text([2.0, top + 14.0 + LINE * at as f64], Anchor::Start, "dim", SMALL, room, line);
    }
    14.0 + LINE * lines.len() as f64
}

fn description(subject: &Subject<'_>, boxes: &[Box]) -> String {
    const SAID: usize = 12;
    let account = &subject.result.account;
    let mut text = format!(
        "{} in {} go back to {}.",
        counted(account.numbers, "number", "numbers"),
        counted(account.publications, "publication", "publications"),
        counted(account.origins, "origin", "origins")
    );
    let changed: Vec<(&Box, &Changed)> =
        boxes.iter().flat_map(|a_box| a_box.changed.iter().map(move |changed| (a_box, changed))).collect();
    for (a_box, changed) in changed.into_iter().take(SAID) {
        text.push_str(&format!(" {}: {}.", a_box.lines.first().map_or("", String::as_str), changed.sentence));
    }
    text
}
