//! Ranges from a case: `cargo run --example ranges -- data/kursk-2025`

#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use sayso::report::{amount, amount_range};
use sayso::{Options, analyse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "data/kursk-2025".to_owned());
    let read = sayso::ingest::read(path.as_ref(), sayso::ingest::Limits::default())?;
    let analysis = analyse(&read.case, &Options::default());
    for result in &analysis.questions {
        let question = read.case.question(result.question);
        match result.consensus.range() {
            Some(range) => {
                let [low, high] = range.quantiles.central(0.9).unwrap_or_default();
                println!("{}: {}, median {}", question.id, amount_range(low, high), amount(range.quantiles.median()));
            }
            None => println!("{}: no consensus", question.id),
        }
    }
    Ok(())
}
