//! `sayso completions`

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::output::standard;

/// Completions for a shell, on standard output
#[derive(Args)]
#[command(after_help = "Example: sayso completions bash > ~/.local/share/bash-completion/completions/sayso")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        generate(self.shell, &mut super::Sayso::command(), "sayso", &mut bytes);
        standard(io::stdout().lock().write_all(&bytes))
    }
}
