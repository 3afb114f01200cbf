//! `sayso man`

use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;
use sayso::report::write_file;

/// Manual pages of every command, for packagers
#[derive(Args)]
#[command(after_help = "Example: sayso man -o man1 && man ./man1/sayso.1")]
pub struct Man {
    /// Folder to write to; it is made if need be
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

impl Man {
    pub fn run(self) -> anyhow::Result<()> {
        fs::create_dir_all(&self.output)
            .map_err(|e| anyhow::anyhow!("{} could not be made: {e}", self.output.display()))?;
        let mut sayso = super::Sayso::command();
        sayso.build();
        let shown: Vec<_> = sayso
            .get_subcommands()
            .filter(|command| !command.is_hide_set() && command.get_name() != "help")
            .cloned()
            .collect();
        for (name, command) in std::iter::once(("sayso".to_owned(), sayso))
            .chain(shown.into_iter().map(|command| (format!("sayso-{}", command.get_name()), command)))
        {
            let mut bytes = Vec::new();
            Page::new(command).render(&mut bytes)?;
            write_file(&self.output.join(format!("{name}.1")), &bytes)?;
        }
        Ok(())
    }
}
