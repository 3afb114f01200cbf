//! `sayso simulate`

use std::fs;
use std::path::PathBuf;

use clap::Args;
use sayso::ingest::nearest;
use sayso::report::{counted, write_file};
use sayso::simulate::{Plan, World, case_files};

use super::failure::Bad;
use super::tell::tell;

/// A made-up world with known truth, as a case folder
#[derive(Args)]
#[command(after_help = worlds())]
pub struct Simulate {
    /// The world
    #[arg(value_name = "WORLD", value_parser = parse_world)]
    world: World,
    /// Folder to write to; it must not hold a case yet
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Seed; the same seed gives the same bytes everywhere
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many questions
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    questions: u32,
    /// How many sources say things of their own
    #[arg(long, value_name = "N", default_value_t = 36, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    sources: u32,
    /// How many of the questions are settled; truth.csv has the answers to all
    #[arg(long, value_name = "N", default_value_t = 60)]
    resolved: u32,
    /// Do not say what was written
    #[arg(long)]
    quiet: bool,
}

fn worlds() -> String {
    let mut text = "Worlds:\n".to_owned();
    for world in World::ALL {
        text.push_str(&format!("  {:10} {}\n", world.name(), world.says()));
    }
    text.push_str("Example: sayso simulate cabal -o cabal --seed 7 && sayso compare cabal --question Q061");
    text
}

fn parse_world(text: &str) -> Result<World, String> {
    let names = || World::ALL.map(World::name);
    World::find(text).ok_or_else(|| match nearest(text, names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known are {}", names().join(", ")),
    })
}

impl Simulate {
    pub fn run(self) -> anyhow::Result<()> {
        let Simulate { world, seed, questions, sources, resolved, .. } = self;
        let files = case_files(&Plan { world, seed, questions, sources, resolved });
        if let Some(there) = files.iter().map(|file| self.output.join(file.name)).find(|path| path.exists()) {
            return Err(Bad(format!("{} is there already; name a new folder", there.display())).into());
        }
        fs::create_dir_all(&self.output)
            .map_err(|e| anyhow::anyhow!("{} could not be made: {e}", self.output.display()))?;
        for file in &files {
            write_file(&self.output.join(file.name), file.text.as_bytes())?;
        }
        if !self.quiet {
            let claims = counted(files[0].text.lines().count() - 1, "claim", "claims");
            let questions = counted(questions as usize, "question", "questions");
            let folder = self.output.display();
            tell(format_args!("{claims} on {questions} in {folder}; the answers are in truth.csv"));
        }
        Ok(())
    }
}
