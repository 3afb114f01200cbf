//! House rules: how recorders settle on a figure, as they state it themselves. No model of ours is
//! in them.

pub mod airwars;
pub mod conservative;
pub mod hierarchy;
pub mod low_high;
pub mod majority;
pub mod publication;
pub mod ucdp;

pub use hierarchy::Rank;
pub use publication::{Publication, Setting};

/// What a rule says of a question, in its unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ruling {
    /// the lowest figure that the rule reports
    pub low: Option<f64>,
    /// the figure that the rule settles on
    pub best: Option<f64>,
    /// the highest figure that the rule reports
    pub high: Option<f64>,
    /// grade of the incident
    pub grade: Option<&'static str>,
    /// why there is nothing; prints after "none, because"
    pub why_none: Option<&'static str>,
    /// what should be known of the figures
    pub notes: Vec<String>,
}

impl Ruling {
    /// Nothing, for a reason that prints after "none, because".
    #[must_use]
    pub fn none(why: &'static str) -> Ruling {
        Ruling { why_none: Some(why), ..Ruling::default() }
    }

    /// A figure.
    #[must_use]
    pub fn best(best: f64) -> Ruling {
        Ruling { best: Some(best), ..Ruling::default() }
    }

    /// The same with something to be known of it.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Ruling {
        self.notes.push(note.into());
        self
    }
}

/// A house rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// name as typed at `--rule`
    pub name: &'static str,
    /// whose rule it is
    pub owner: &'static str,
    /// the rule in a sentence
    pub says: &'static str,
    /// whether it needs an order of kinds or sources
    pub needs_order: bool,
    /// what it says of a question
    pub run: fn(&Setting<'_>) -> Ruling,
}

/// The rules that `--rule` knows. A new one is a file and an entry here.
pub const RULES: &[Rule] = &[
    Rule {
        name: "low-high",
        owner: "casualty recorders (Every Casualty, policy \"range\")",
        says: "the lowest and the highest figure published",
        needs_order: false,
        run: low_high::run,
    },
    Rule {
        name: "majority",
        owner: "casualty recorders (Every Casualty, policy \"majority\")",
        says: "the figure that most sources give",
        needs_order: false,
        run: majority::run,
    },
    Rule {
        name: "hierarchy",
        owner: "casualty recorders (Every Casualty, policies \"prioritise\" and \"hierarchy\")",
        says: "the figure of the source that stands highest in a fixed order",
        needs_order: true,
        run: hierarchy::run,
    },
    Rule {
        name: "conservative",
        owner: "ACLED codebook, fatalities",
        says: "the lowest figure of a credible source; words as 10, 12, 100; nothing as 0",
        needs_order: false,
        run: conservative::run,
    },
    Rule {
        name: "ucdp",
        owner: "UCDP GED codebook, low, best and high",
        says: "the lowest and the highest reliable figure, and that of the most reliable source, the lower if none is",
        needs_order: false,
        run: ucdp::run,
    },
    Rule {
        name: "airwars",
        owner: "Airwars methodology, minimum, maximum and grading",
        says: "the lowest and the highest figure, and how far the incident is confirmed",
        needs_order: false,
        run: airwars::run,
    },
];

/// The rule of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// Why a question without figures has no ruling.
pub const NO_FIGURE: &str = "no claim gives a usable number";
