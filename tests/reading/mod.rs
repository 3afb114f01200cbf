//! Cases from text.

use std::path::Path;

use sayso::ingest::{CaseRead, Limits, read};

/// Reads a case from the text of its claims.
pub fn case_of(claims: &str) -> CaseRead {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("claims.csv");
    std::fs::write(&file, claims).unwrap();
    read(Path::new(&file), Limits::default()).unwrap()
}
