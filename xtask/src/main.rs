//! The project's own commands: `cargo xtask <task>`. One task: one line in [`TASKS`].

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the developers")]
#![forbid(unsafe_code)]

mod bless;
mod counts;
mod failure;
mod fuzz;
mod install;
mod mutants;
mod same;
mod steps;
mod stored;
mod test;
mod workspace;

use std::process::ExitCode;

use failure::Failure;
use workspace::Workspace;

/// Something that `cargo xtask` can do.
struct Task {
    /// what is typed, with its arguments
    usage: &'static str,
    /// what it does, in one line
    about: &'static str,
    /// does it, with the arguments after its name
    run: fn(&Workspace, &[String]) -> Result<(), Failure>,
}

const TASKS: &[Task] = &[
    Task { usage: "test [--fast]", about: "everything that has to pass before a change lands", run: test::run },
    Task { usage: "bless", about: "runs the tests and accepts every snapshot as it is now", run: bless::run },
    Task { usage: "fuzz NAME|all [--seconds N] [--seed N]", about: "mutated inputs for readers", run: fuzz::run },
    Task {
        usage: "mutants [--seed N] [--count N] [--missed FILE]",
        about: "faults put into the code: does a test notice?",
        run: mutants::check,
    },
    Task { usage: "counts", about: "stores how many instructions small jobs take", run: counts::store },
    Task { usage: "same", about: "debug and release builds give the same bytes", run: same::check },
    Task {
        usage: "stored",
        about: "writes sbom.cdx.json, schemas/columns.csv and other stored files again",
        run: stored::write,
    },
    Task { usage: "help", about: "prints this table", run: help },
];

fn main() -> ExitCode {
    match dispatch(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    let (name, rest) = match arguments {
        [] => ("help", arguments),
        [name, rest @ ..] => (name.trim_start_matches('-'), rest),
    };
    let task = TASKS.iter().find(|task| task.usage.split(' ').next() == Some(name));
    let task = task.ok_or_else(|| Failure::Usage(format!("no task `{name}`; `cargo xtask help` lists them")))?;
    (task.run)(&workspace, rest)
}

fn help(_: &Workspace, _: &[String]) -> Result<(), Failure> {
    println!("cargo xtask <task>\n");
    for task in TASKS {
        println!("  {:40} {}", task.usage, task.about);
    }
    println!("\nsteps of `test`, in order (* with --fast too)\n");
    for step in steps::STEPS {
        println!("{} {:14} needs {}", if step.fast { '*' } else { ' ' }, step.name, step.needs);
    }
    Ok(())
}
