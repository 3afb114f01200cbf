//! `sayso init`

use std::fs;
use std::path::PathBuf;

use clap::Args;
use sayso::ingest::header::Known;
use sayso::ingest::{claims, questions, sources};
use sayso::report::write_file;

use super::failure::Bad;
use super::output::standard;
use super::tell::answer;

/// A new case folder with commented headers and one worked question
#[derive(Args)]
#[command(after_help = "Example: sayso init my-case && sayso consensus my-case")]
pub struct Init {
    /// Folder to make; it must not hold a case yet
    folder: PathBuf,
}

/// The columns that the worked question fills; the comments name them all.
const CLAIM_COLUMNS: &[&str] = &[
    "claim",
    "question",
    "publisher",
    "estimate",
    "unit",
    "via",
    "cites",
    "published",
    "as_of",
    "status",
    "url",
    "note",
];
const CLAIMS: &str = "\
C1,flood_homes,Harbour Daily,\"between 1,000 and 1,400\",home,anonymous: own sources,,2025-03-02,,,,
C2,flood_homes,Coast Radio,\"up to 1,400\",home,Harbour Daily,C1,2025-03-02,,,,repeats the paper
C3,flood_homes,County Council,\"more than 1,100\",home,,,2025-03-03,,,,
C4,flood_homes,Relief Watch,about 1300,home,,,2025-03-04,,,,own count on the ground
";
const SOURCE_COLUMNS: &[&str] = &["source", "name", "kind", "aliases", "party", "reliability"];
const SOURCES: &str = "\
daily,Harbour Daily,outlet,The Harbour Daily,,
radio,Coast Radio,outlet,,,
council,County Council,agency,the county;County,yes,
watch,Relief Watch,organisation,,,B
";
const QUESTION_COLUMNS: &[&str] = &["question", "title", "unit", "measure", "scale", "opened"];
const QUESTIONS: &str = "flood_homes,Homes flooded in the county in March 2025,home,stock,log,2025-03-01\n";

impl Init {
    pub fn run(self) -> anyhow::Result<()> {
        if let Some(there) = ["claims.csv", "claims.jsonl", "sources.csv", "questions.csv"]
            .iter()
            .map(|name| self.folder.join(name))
            .find(|path| path.exists())
        {
            return Err(Bad(format!("{} is there already; name a new folder", there.display())).into());
        }
        fs::create_dir_all(&self.folder)
            .map_err(|e| anyhow::anyhow!("{} could not be made: {e}", self.folder.display()))?;
        let files = [
            ("questions.csv", template(questions::COLUMNS, QUESTION_COLUMNS, QUESTIONS)),
            ("sources.csv", template(sources::COLUMNS, SOURCE_COLUMNS, SOURCES)),
            ("claims.csv", template(claims::COLUMNS, CLAIM_COLUMNS, CLAIMS)),
        ];
        for (name, text) in files {
            write_file(&self.folder.join(name), text.as_bytes())?;
        }
        let folder = self.folder.display();
        standard(answer(format_args!(
            "a case with one worked question is in {folder}; now try: sayso consensus {folder}"
        )))
    }
}

/// A table with a comment line for each column that the format knows.
fn template(known: &[Known], columns: &[&str], rows: &str) -> String {
    let mut text = String::from("# Lines that start with # before the header are comments. Columns, in any order:\n");
    for column in known {
        let required = if column.required { " (required)" } else { "" };
        text.push_str(&format!("# {}{required}: {}\n", column.name, column.meaning));
    }
    text.push_str(&columns.join(","));
    text.push('\n');
    text.push_str(rows);
    text
}
