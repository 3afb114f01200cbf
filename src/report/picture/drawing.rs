//! A picture: its size and what is drawn, as a part of a page or as a file of its own.

use super::svg::{Anchor, Svg, escaped, number};

/// The rules of every picture. Colours are variables, which a page sets for light and dark.
pub const STYLE: &str = include_str!("picture.css");

/// The hatching of what has no name; a page has it once, a file each.
pub const HATCH: &str = "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
    patternTransform=\"rotate(45)\"><rect class=\"paper\" width=\"6\" height=\"6\"/>\
    <path class=\"hatchline\" d=\"M0 0V6\"/></pattern></defs>";

/// Colours on light and on dark ground. Blue and vermilion are told apart by every kind of sight (Okabe and Ito 2008),
/// and nothing is told by colour alone.
pub const COLOURS: &[(&str, &str, &str)] = &[
    ("--ink", "#1b1e23", "#e9ebee"),
    ("--dim", "#5a616b", "#a9b0ba"),
    ("--rule", "#c4c9d0", "#444b55"),
    ("--grid", "#e7e9ed", "#2a3038"),
    ("--paper", "#ffffff", "#15181c"),
    ("--band", "#e4eef7", "#1b2b3b"),
    ("--core", "#bcd6ec", "#2a4a68"),
    ("--range", "#0a5a9c", "#79b6ec"),
    ("--alarm", "#b04300", "#ff9f66"),
    ("--hatch", "#c9ced6", "#434a55"),
];

/// Room around a picture in a file of its own, and for its heading.
const MARGIN: f64 = 18.0;
const HEADING: f64 = 26.0;

/// A format of picture files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// shapes and text
    Svg,
    /// pixels, two for each of the picture's
    Png,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// width in pixels
    pub width: f64,
    /// height in pixels
    pub height: f64,
    /// what it shows, in a few words
    pub title: String,
    /// the same for those who do not see it, with its numbers
    pub description: String,
    /// attributes of the page's picture that its script reads
    pub data: String,
    /// the shapes
    pub body: String,
}

impl Drawing {
    /// As a part of a page that has [`STYLE`], [`HATCH`] and the colours.
    #[must_use]
    pub fn embedded(&self, class: &str) -> String {
        let Drawing { title, description, data, body, .. } = self;
        let [width, height] = [self.width, self.height].map(number);
        let label = escaped(&format!("{title}. {description}"));
        format!(
            "<svg class=\"picture {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
            role=\"img\" aria-label=\"{label}\"{data}>{body}</svg>"
        )
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// For PNG where the program was built without it, or the system has no font.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, String> {
        match format {
            Format::Svg => Ok(self.file().into_bytes()),
            #[cfg(feature = "png")]
            Format::Png => super::png::png(&self.file()),
            #[cfg(not(feature = "png"))]
            Format::Png => Err("this sayso was built without PNG; install it with `cargo install --path . --features png`, or name a file that ends in .svg".to_owned()),
        }
    }

    /// As a file of its own, in the colours for light ground.
    #[must_use]
    pub fn file(&self) -> String {
        let Drawing { title, description, body, .. } = self;
        let (wide, high) = (self.width + 2.0 * MARGIN, self.height + 2.0 * MARGIN + HEADING);
        let [width, height, left, top] = [wide, high, -MARGIN, -MARGIN - HEADING].map(number);
        let mut heading = Svg::default();
        heading.text([0.0, -MARGIN], Anchor::Start, "strong", 15.0, self.width, title);
        let heading = heading.finish();
        let mut style = STYLE.to_owned();
        for (name, light, _) in COLOURS {
            style = style.replace(&format!("var({name})"), light);
        }
        let (title, description) = (escaped(title), escaped(description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture\" \
            viewBox=\"{left} {top} {width} {height}\" \
            width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title description\">\n\
            <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n\
            <style>\n{style}</style>\n{HATCH}\n<rect class=\"paper\" x=\"{left}\" y=\"{top}\" \
            width=\"{width}\" height=\"{height}\"/>\n{heading}\n{body}\n</svg>\n"
        )
    }
}
