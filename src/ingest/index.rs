//! Claim ids: looking them up, and reporting those that are not there or stand twice.

use std::borrow::Cow;

use hashbrown::HashTable;
use rayon::prelude::*;

use super::distinct::hash;
use super::problem::{Lines, Place, Problem, Problems, Severity};
use super::suggest::nearest;
use super::table::shown;
use crate::model::{ClaimId, Claims};

/// A claim named by another, with the place of the name.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// the claim that names it, by row
    pub claim: u32,
    /// id as written
    pub name: Box<str>,
    /// line and column of the name
    pub at: (u32, u32),
}

/// The id of a claim, or its row number.
fn name(claims: &Claims, row: u32) -> Cow<'_, str> {
    match claims.id.get(row as usize) {
        "" => Cow::Owned(claims.name(ClaimId(row))),
        id => Cow::Borrowed(id),
    }
}

/// Claims by id.
pub struct ClaimIndex<'a> {
    claims: &'a Claims,
    file: &'a str,
    table: HashTable<u32>,
}

impl<'a> ClaimIndex<'a> {
    /// Indexes the claims by id, in the order of their rows. Where the file has no ids, row numbers need no index; nor
    /// do ids that rise from row to row, where no claim names another. An id that stands twice is an error.
    pub fn new(claims: &'a Claims, lines: &'a Lines, has_references: bool, problems: &mut Problems) -> Self {
        let mut table = HashTable::new();
        let count = claims.len() as u32;
        let rises = |&at: &u32| claims.compare_names(ClaimId(at - 1), ClaimId(at)).is_lt();
        if !claims.id.is_empty() && (has_references || !(1..count).into_par_iter().all(|at| rises(&at))) {
            let hashed = |row: u32| hash(&name(claims, row));
            table.reserve(claims.len(), |&row| hashed(row));
            for row in 0..count {
                let (own, hash) = (name(claims, row), hashed(row));
                if let Some(&first) = table.find(hash, |&other| name(claims, other) == own) {
                    problems.push_with(Severity::Error, || {
                        let rows = (claims.row(ClaimId(first)), claims.row(ClaimId(row)));
                        let what = format!("claim id `{}` stands on rows {} and {}", shown(&own), rows.0, rows.1);
                        let remedy = "give each claim an id of its own".to_owned();
                        Problem { place: lines.place(rows.1), severity: Severity::Error, what, remedy }
                    });
                } else {
                    table.insert_unique(hash, row, |&other| hashed(other));
                }
            }
        }
        ClaimIndex { claims, file: &lines.file, table }
    }

    /// The claim of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ClaimId> {
        if self.claims.id.is_empty() {
            return self.claims.at_row(id.parse().ok()?);
        }
        self.table.find(hash(id), |&row| name(self.claims, row) == id).copied().map(ClaimId)
    }

    /// Looks up references; those that name no claim, the claim itself or a claim on another
    /// question are errors.
    pub fn resolve(&self, references: &[Reference], verb: &str, problems: &mut Problems) -> Vec<(u32, ClaimId)> {
        let mut found = Vec::with_capacity(references.len());
        for reference in references {
            let name = shown(&reference.name);
            let (what, remedy) = match self.find(&reference.name) {
                None => (format!("{verb} `{name}`, and there is no such claim"), self.suggestion(&reference.name)),
                Some(claim) if claim.0 == reference.claim => {
                    (format!("the claim {verb} itself"), "name another claim, or leave the cell empty".to_owned())
                }
                Some(claim)
                    if self.claims.question[claim.index()] != self.claims.question[reference.claim as usize] =>
                {
                    let remedy = "a claim can only name claims on its own question; a share is `50% of QUESTION`";
                    (format!("{verb} `{name}`, which is a claim on another question"), remedy.to_owned())
                }
                Some(claim) => {
                    found.push((reference.claim, claim));
                    continue;
                }
            };
            let place =
                Place { file: self.file.to_owned(), line: reference.at.0.into(), column: reference.at.1.into() };
            problems.push(Problem { place, severity: Severity::Error, what, remedy });
        }
        found
    }

    /// The nearest id, for a case small enough to look at every one of them.
    fn suggestion(&self, name: &str) -> String {
        const SMALL: usize = 10_000;
        let none = "name a claim of the case".to_owned();
        if self.claims.len() > SMALL || self.claims.id.is_empty() {
            return none;
        }
        let ids = (0..self.claims.len()).map(|at| self.claims.id.get(at));
        nearest(name, ids).map_or(none, |meant| format!("did you mean `{meant}`?"))
    }
}
