//! The mark of a figure: filled for an origin with a name, hollow for one without; arrows for open ends.

use super::rows::{Mark, Row};
use crate::report::picture::scale::Ruler;
use crate::report::picture::svg::{Svg, number};

/// Length of the shaft of an arrow.
const SHAFT: f64 = 38.0;

/// Draws the mark of a row at a height.
pub fn draw(svg: &mut Svg, ruler: &Ruler, row: &Row, y: f64) {
    let fill = if row.is_named { "named" } else { "unnamed" };
    if let Some([low, high]) = row.whisker {
        let (left, right) = (ruler.x(low), ruler.x(high));
        svg.line("whisker", [left, y], [right, y]);
        svg.line("whisker", [left, y - 4.0], [left, y + 4.0]);
        svg.line("whisker", [right, y - 4.0], [right, y + 4.0]);
    }
    match row.mark {
        Mark::None => {}
        // What lies beyond the axis is an arrow out of it at the edge.
        mark if mark.values().iter().all(|&x| ruler.beyond(x) != 0) => {
            let side = f64::from(mark.values().first().map_or(1, |&x| ruler.beyond(x)));
            let edge = if side > 0.0 { ruler.to } else { ruler.from };
            chevrons(svg, edge - 8.0 * side, y, side);
        }
        Mark::Point(x) => svg.circle(fill, [ruler.x(x), y], 5.0),
        Mark::Bar { ends: [low, high], is_vague } => {
            let (left, right) = (ruler.x(low), ruler.x(high));
            let class = if is_vague { format!("{fill} dashed") } else { fill.to_owned() };
            svg.rect(&class, [left, y - 3.5, (right - left).max(2.0), 7.0]);
            svg.line("stem", [left, y - 7.0], [left, y + 7.0]);
            svg.line("stem", [right, y - 7.0], [right, y + 7.0]);
        }
        Mark::Floor(x) => arrow(svg, ruler, fill, ruler.x(x), y, 1.0),
        Mark::Ceiling(x) => arrow(svg, ruler, fill, ruler.x(x), y, -1.0),
    }
}

/// From the number that was said towards what it leaves open.
fn arrow(svg: &mut Svg, ruler: &Ruler, fill: &str, x: f64, y: f64, side: f64) {
    let room = if side > 0.0 { ruler.to - x } else { x - ruler.from };
    let shaft = SHAFT.min((room - 9.0).max(6.0));
    let tip = x + side * shaft;
    svg.open("g", &[("class", &"arrow")]);
    svg.line("stem", [x, y], [tip, y]);
    svg.path("head", &head(tip, y, side));
    svg.line("stem", [x, y - 7.0], [x, y + 7.0]);
    svg.circle(fill, [x, y], 4.0);
    svg.close("g");
}

/// An open arrow head that begins at x.
fn head(x: f64, y: f64, side: f64) -> String {
    let [x, tip] = [x, x + 9.0 * side].map(number);
    format!("M{x} {}L{tip} {}L{x} {}Z", number(y - 5.0), number(y), number(y + 5.0))
}

fn chevrons(svg: &mut Svg, x: f64, y: f64, side: f64) {
    for at in [x, x - 6.0 * side] {
        let [tip, back] = [at + 3.0 * side, at - 2.0 * side].map(number);
        svg.path("stem", &format!("M{back} {}L{tip} {}L{back} {}", number(y - 5.0), number(y), number(y + 5.0)));
    }
}
