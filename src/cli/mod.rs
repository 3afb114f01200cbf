//! Commands: what was typed, and what it means. One file each.

mod backtest;
mod case_args;
mod check;
mod compare;
mod completions;
mod consensus;
mod diff;
mod export;
mod extract;
mod failure;
mod import;
mod init;
mod limit_args;
mod man;
mod memory;
mod output;
mod plot;
mod progress;
mod report;
mod simulate;
mod sources;
mod tell;
mod timeline;
mod trace;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sayso::ingest::safe_lines;

use tell::tell;

/// On whose say-so? Follows conflicting numbers to their origins and combines those into ranges.
#[derive(Parser)]
#[command(
    version,
    after_help = "Start with: sayso init my-case, then: sayso consensus my-case\n\
    Exit status: 0 done; 1 the case has problems; 2 the command or a path is wrong."
)]
struct Sayso {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Validate a case and say what was assumed
    Check(check::Check),
    /// Range for every question, and what stands behind it
    Consensus(consensus::Consensus),
    /// Prior grade beside learned record, and likely copies of whom
    Sources(sources::Sources),
    /// All methods and house rules side by side for each question
    Compare(compare::Compare),
    /// The chains behind a claim, a question or a source, as a tree
    Trace(trace::Trace),
    /// The consensus as of each date on which something changed, and what changed it
    Timeline(timeline::Timeline),
    /// Hide each settled value in turn, predict it from the rest, and score the ranges
    Backtest(backtest::Backtest),
    /// A folder with report.html, all tables as CSV, and run.json to make them again
    Report(report::Report),
    /// Make a report again from what it records, and say whether every byte agrees
    Verify(verify::Verify),
    /// What changed between two cases or reports, and which ranges moved because of it
    Diff(diff::Diff),
    /// One picture as SVG: forest, graph, timeline, influence, calibration
    Plot(plot::Plot),
    /// Claims, chains and ranges for other programs
    Export(export::Export),
    /// A case folder from a file of another format: UCDP GED, ACLED, STIX and others
    Import(import::Import),
    /// Article text to a claims.csv to be looked over
    Extract(Box<extract::Extract>),
    /// A new case folder with commented headers and one worked question
    Init(init::Init),
    /// A made-up world with known truth, as a case folder
    Simulate(simulate::Simulate),
    /// Completions for a shell
    Completions(completions::Completions),
    /// Manual pages of every command
    #[command(hide = true)]
    Man(man::Man),
}

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let command = typed().command;
    // Where no handler can be set, an interrupted run leaves a file whose name tells that it is not whole.
    let _ = ctrlc::set_handler(interrupted);
    let outcome = match command {
        Command::Check(command) => command.run(),
        Command::Consensus(command) => command.run(),
        Command::Sources(command) => command.run(),
        Command::Compare(command) => command.run(),
        Command::Trace(command) => command.run(),
        Command::Timeline(command) => command.run(),
        Command::Backtest(command) => command.run(),
        Command::Report(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Diff(command) => return command.run(),
        Command::Plot(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Extract(command) => command.run(),
        Command::Init(command) => command.run(),
        Command::Simulate(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    };
    progress::hide();
    failure::exit_code(outcome)
}

/// What was typed. A mistake in it ends the program, and is told without signs that a terminal acts upon: names of
/// files reach a command line by themselves, as `*`.
fn typed() -> Sayso {
    Sayso::try_parse().unwrap_or_else(|error| {
        let is_plain = |argument: std::ffi::OsString| {
            let argument = argument.to_string_lossy();
            safe_lines(&argument) == argument
        };
        if error.use_stderr() && !std::env::args_os().all(is_plain) {
            tell(error.render().to_string().trim_end());
            std::process::exit(error.exit_code());
        }
        error.exit()
    })
}

/// Ends the program at once: what is not whole is removed, what stood there stays.
fn interrupted() {
    sayso::report::abandon_files();
    progress::hide();
    tell("interrupted; nothing was changed");
    // 128 and the number of the signal, as shells have it.
    std::process::exit(130);
}
