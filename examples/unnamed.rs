//! The chains that end at unnamed sources: `cargo run --example unnamed -- data/kursk-2025`

#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use sayso::graph::{ClaimGraph, View};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "data/kursk-2025".to_owned());
    let case = sayso::ingest::read(path.as_ref(), sayso::ingest::Limits::default())?.case;
    let view = View::new(&case, None);
    for question in case.question_ids() {
        let graph = ClaimGraph::build(&case, question, view);
        for origin in graph.origins().iter().filter(|origin| !case.is_named(origin.party)) {
            println!("{}: {}", case.question(question).id, graph.speaker_name(origin.end));
            for node in origin.figures.iter().filter_map(|&claim| graph.node(claim)) {
                println!("  {}", graph.chain(node));
            }
        }
    }
    Ok(())
}
