//! Sources: anyone who can make or pass on a claim.

use super::SourceId;
use serde::{Deserialize, Serialize};

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SourceKind {
    /// newspaper, broadcaster, site, channel
    Outlet,
    /// news agency
    Wire,
    /// institution that speaks as one: ministry, army, intelligence service, UN body
    Agency,
    /// named office-holder or role
    Official,
    /// private person
    Person,
    /// company, party, non-governmental organisation
    Organisation,
    /// report, tally, satellite image
    Document,
    /// someone who is not named
    Anonymous,
}

impl SourceKind {
    /// Every kind, in the order of the design.
    pub const ALL: [SourceKind; 8] = [
        SourceKind::Outlet,
        SourceKind::Wire,
        SourceKind::Agency,
        SourceKind::Official,
        SourceKind::Person,
        SourceKind::Organisation,
        SourceKind::Document,
        SourceKind::Anonymous,
    ];

    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Outlet => "outlet",
            SourceKind::Wire => "wire",
            SourceKind::Agency => "agency",
            SourceKind::Official => "official",
            SourceKind::Person => "person",
            SourceKind::Organisation => "organisation",
            SourceKind::Document => "document",
            SourceKind::Anonymous => "anonymous",
        }
    }
}

/// Admiralty reliability of a source. F means that it cannot be judged: missing data, not a low grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Reliability {
    A,
    B,
    C,
    D,
    E,
    F,
}

impl Reliability {
    /// The letter.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Reliability::A => "A",
            Reliability::B => "B",
            Reliability::C => "C",
            Reliability::D => "D",
            Reliability::E => "E",
            Reliability::F => "F",
        }
    }
}

/// One source of the case.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// id, unique in the case: the `source` column, or the name as the claims write it
    pub id: Box<str>,
    /// name to print; equal to the id where none was given
    pub name: Box<str>,
    /// what it is
    pub kind: SourceKind,
    /// whether the kind was guessed from the name
    pub kind_guessed: bool,
    /// whether the source stands in sources.csv; the rest is empty where it does not
    pub declared: bool,
    /// other names
    pub aliases: Vec<Box<str>>,
    /// owner or syndicate
    pub parent: Option<SourceId>,
    /// country, as written
    pub country: Box<str>,
    /// whether it has a stake in the answer
    pub party: bool,
    /// grade given by the analyst
    pub reliability: Option<Reliability>,
    /// remark
    pub note: Box<str>,
}

impl Source {
    /// A source that only the claims name.
    #[must_use]
    pub fn undeclared(name: &str, kind: SourceKind) -> Source {
        Source {
            id: name.into(),
            name: name.into(),
            kind,
            kind_guessed: true,
            declared: false,
            aliases: Vec::new(),
            parent: None,
            country: "".into(),
            party: false,
            reliability: None,
            note: "".into(),
        }
    }
}

/// The form in which names are compared: lower case, white space runs as one space,
/// typographic apostrophes as plain ones, no leading "the".
///
/// ```
/// assert_eq!(sayso::model::fold_name(" The  Korea JoongAng Daily"), "korea joongang daily");
/// ```
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for c in word.chars() {
            match c {
                '\u{2019}' | '\u{2018}' | '\u{02bc}' => folded.push('\''),
                _ => folded.extend(c.to_lowercase()),
            }
        }
    }
    match folded.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => folded,
    }
}
