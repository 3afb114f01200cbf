//! The whole analysis as JSON: questions, ranges, origins, claims, chains.
//! `schemas/analysis.schema.json` is its schema.

use std::io::{self, Write};

use super::dossier::Dossier;

/// Writes the records, indented.
///
/// # Errors
/// Where `out` fails.
pub fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, dossier)?;
    writeln!(out)
}
