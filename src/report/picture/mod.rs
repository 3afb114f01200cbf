//! Pictures of a question as SVG: the same for a page and for a file. One file a kind, or a folder.

mod axis;
mod calibration;
mod drawing;
mod forest;
mod graph;
mod influence;
mod phrase;
#[cfg(feature = "png")]
mod png;
mod scale;
mod subject;
mod svg;
mod text;
mod timeline;

pub use axis::Axis;
pub use drawing::{COLOURS, Drawing, Format, HATCH, STYLE};
pub use forest::{Band, Width, band, domain, draw as forest_as_of, moved, range_words};
pub use graph::draw as graph_picture;
pub use influence::draw as influence_picture;
pub use phrase::{figure, share_in_words, spoken_date};
pub use subject::Subject;
pub use svg::escaped;
pub use timeline::draw as timeline_picture;

/// A kind of picture.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// its name on the command line
    pub name: &'static str,
    /// what it shows
    pub meaning: &'static str,
    /// whether it is about one question
    pub of_question: bool,
    /// draws it, or says why there is nothing to draw
    pub make: fn(&Subject<'_>) -> Result<Drawing, String>,
}

/// Every kind. A new one is a file and a line here.
///
/// ```
/// use sayso::report::picture::{Subject, find_kind};
///
/// let case = sayso::ingest::read("data/kursk-article".as_ref(), Default::default())?.case;
/// let analysis = sayso::analyse(&case, &sayso::Options::default());
/// let subject = Subject::new(&case, &analysis, &analysis.questions[0]);
/// let forest = (find_kind("forest").expect("a kind of the table").make)(&subject)?;
/// assert!(forest.file().starts_with("<svg"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const KINDS: &[Kind] = &[
    Kind {
        name: "forest",
        meaning: "each origin with its figure, and the range across",
        of_question: true,
        make: forest::picture,
    },
    Kind {
        name: "graph",
        meaning: "who repeats whom, from origins to publications",
        of_question: true,
        make: graph::picture,
    },
    Kind { name: "timeline", meaning: "how the range moved", of_question: true, make: timeline::picture },
    Kind { name: "influence", meaning: "the range without each origin", of_question: true, make: influence::picture },
    Kind {
        name: "calibration",
        meaning: "how often the ranges held, on all settled questions",
        of_question: false,
        make: calibration::picture,
    },
];

/// The kind of a name.
#[must_use]
pub fn find_kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
