//! What changed between two cases or two reports, and which ranges moved because of it.
//!
//! Both sides are put into the same items: claims, questions, sources, settled values, ranges, each with named fields.
//! A difference is an item that came, went, or has a field that changed.

mod causes;
mod fields;
mod side;
mod told;

use std::collections::{BTreeMap, BTreeSet};

pub use side::{Error, Pair, Side};
pub use told::{LAYOUT, diff_table, write_diff};

/// What a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// the range of a question
    Range,
    /// a claim
    Claim,
    /// a question, as it is asked
    Question,
    /// its settled value
    Resolution,
    /// a source that the case declares
    Source,
    /// the program that wrote a report, its arguments and constants
    Run,
}

impl Kind {
    /// The word that is printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Range => "range",
            Kind::Claim => "claim",
            Kind::Question => "question",
            Kind::Resolution => "resolution",
            Kind::Source => "source",
            Kind::Run => "run",
        }
    }
}

/// What an item is known by on both sides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// the question that it belongs to; empty where to none
    pub question: String,
    /// what it is
    pub kind: Kind,
    /// its id or name; empty where the question says it
    pub name: String,
}

/// The fields of an item, by name. Empty fields are left out.
pub type Fields = BTreeMap<String, String>;

/// How an item differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// only the new side has it
    Came(Fields),
    /// only the old side has it
    Went(Fields),
    /// fields that differ: name, old, new
    Changed(Vec<(String, String, String)>),
}

/// Something that moved a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// the claim, or what else it was
    pub name: String,
    /// what the median would be with this change alone undone; of a claim that went, what the old median would have
    /// been without it. None where that was not worked out
    pub median_without: Option<f64>,
    /// whether that is the old median
    pub is_of_old: bool,
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// of what
    pub key: Key,
    /// how
    pub change: Change,
    /// what moved it, where it is a range
    pub because: Vec<Cause>,
}

/// What changed from one side to the other, in order of question, kind and name.
///
/// Cost: linear in the items, and where both sides are cases one analysis of the case for each changed claim of a
/// question whose range moved, up to an allowance.
#[must_use]
pub fn diff(pair: &Pair) -> Vec<Difference> {
    let (old, new) = (&pair.old.items, &pair.new.items);
    let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
    let changed = keys.into_iter().filter_map(|key| {
        let change = match (old.get(key), new.get(key)) {
            (None, Some(fields)) => Change::Came(fields.clone()),
            (Some(fields), None) => Change::Went(fields.clone()),
            (Some(old), Some(new)) => Change::Changed(changed_fields(old, new)),
            (None, None) => return None,
        };
        let is_same = matches!(&change, Change::Changed(fields) if fields.is_empty());
        (!is_same).then(|| Difference { key: key.clone(), change, because: Vec::new() })
    });
    let mut differences: Vec<Difference> = changed.collect();
    causes::find(pair, &mut differences);
    differences
}

fn changed_fields(old: &Fields, new: &Fields) -> Vec<(String, String, String)> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let text = |fields: &Fields, name: &String| fields.get(name).cloned().unwrap_or_default();
    let pairs = names.into_iter().map(|name| (name.clone(), text(old, name), text(new, name)));
    pairs.filter(|(_, old, new)| old != new).collect()
}
