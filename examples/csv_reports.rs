//! The CSV reports of a case: `cargo run --example csv_reports -- data/kursk-2025 reports`

#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use std::path::PathBuf;

use sayso::report::{Run, write_report};
use sayso::{Options, analyse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "data/kursk-2025".to_owned());
    let folder = arguments.next().map_or_else(|| std::env::temp_dir().join("sayso-reports"), PathBuf::from);
    let read = sayso::ingest::read(path.as_ref(), sayso::ingest::Limits::default())?;
    let options = Options::default();
    let analysis = analyse(&read.case, &options);
    let run = Run::new("report", [].into(), &options.settings, &read.inputs);
    let run = write_report(&folder, &read.case, &analysis, run)?;
    for (name, hash) in &run.outputs {
        println!("{} {}", &hash[..12], folder.join(name).display());
    }
    Ok(())
}
