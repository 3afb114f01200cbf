//! The claim graph at scale: cases of 10^4, 10^5 and 10^6 claims, ten claims a question, chains of
//! mean length three. Prints a table of what building and walking the graphs takes.
//!
//! `cargo bench --bench graph` runs the first two, `cargo bench --bench graph -- 6` all three.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a table for whoever runs it")]

use std::fmt::Write;
use std::time::Instant;

use rayon::prelude::*;
use sayso::graph::{ClaimGraph, View};

/// A small generator of numbers (Marsaglia 2003, xorshift64), so that every run has the same case.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}

/// A table of claims. Half credit a chain of one to five parties, a third of those ending without a
/// name; three in ten cite an earlier claim; a tenth revise one.
fn claims(count: u64) -> String {
    const SOURCES: u64 = 2000;
    let mut numbers = Numbers(0x5eed_5eed_5eed_5eed);
    let mut text = String::from("claim,question,publisher,estimate,via,cites,revises,published\n");
    for at in 0..count {
        let (question, place) = (at / 10, at % 10);
        let (mut via, mut cites, mut revises) = (String::new(), String::new(), String::new());
        match numbers.below(10) {
            0..=4 => {
                let parties = 1 + numbers.below(5);
                let names: Vec<String> = (0..parties).map(|_| format!("Source {}", numbers.below(SOURCES))).collect();
                via = names.join(" > ");
                if numbers.below(3) == 0 {
                    via += " > anonymous: officials";
                }
            }
            5..=7 if place > 0 => cites = format!("C{}", question * 10 + numbers.below(place)),
            8 if place > 0 => revises = format!("C{}", at - 1),
            _ => {}
        }
        let bound = ["", "", "about ", "at least ", "more than ", "up to "][numbers.below(6) as usize];
        let (publisher, value) = (numbers.below(SOURCES), 100 + numbers.below(100));
        let (month, day) = (1 + numbers.below(9), 10 + numbers.below(19));
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "C{at},Q{question},Source {publisher},{bound}{value}0,{via},{cites},{revises},2024-0{month}-{day}"
        );
    }
    text
}

fn main() {
    let largest = if std::env::args().any(|argument| argument == "6") { 6 } else { 5 };
    let folder = std::env::temp_dir().join(format!("sayso-bench-{}", std::process::id()));
    let file = folder.join("claims.csv");
    println!("{:>9}  {:>9}  {:>9}  {:>12}  {:>9}", "claims", "read s", "graphs s", "us a claim", "origins");
    for power in 4..=largest {
        let count = 10u64.pow(power);
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, claims(count)));
        let start = Instant::now();
        let read = written
            .map_err(|e| e.to_string())
            .and_then(|()| sayso::ingest::read(&file, sayso::ingest::Limits::default()).map_err(|e| e.to_string()));
        let case = match read {
            Ok(read) => read.case,
            Err(why) => {
                eprintln!("{}: {why}", file.display());
                break;
            }
        };
        let reading = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let questions: Vec<_> = case.question_ids().collect();
        let view = View::new(&case, None);
        // Graph, origins, standing and circles are built; dominators and drifts come with the account.
        let origins: usize = questions.par_iter().map(|&q| ClaimGraph::build(&case, q, view).account().origins).sum();
        let walking = start.elapsed().as_secs_f64();
        println!("{count:>9}  {reading:>9.2}  {walking:>9.2}  {:>12.2}  {origins:>9}", 1e6 * walking / count as f64);
    }
    // A folder of the system's temporary ones may stay where it cannot be removed.
    let _ = std::fs::remove_dir_all(&folder);
}
