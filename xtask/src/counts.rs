//! Instructions that the program takes for small jobs, counted by callgrind and held against stored figures: unlike
//! times they are the same on a busy machine.

use std::path::Path;

use crate::failure::Failure;
use crate::workspace::{Workspace, run};

/// The stored figures: job, instructions, and the compiler and vectors that they were counted with.
const STORED: &str = "benches/instructions.csv";
/// How much more a job may take.
const ALLOWED: f64 = 1.10;

/// The jobs, by name.
const JOBS: &[(&str, &[&str])] = &[
    ("version", &["--version"]),
    ("check", &["check", "data/kursk-2025", "--threads", "1"]),
    ("consensus", &["consensus", "data/kursk-2025", "--quiet", "--threads", "1", "--format", "csv"]),
    (
        "consensus with influence",
        &["consensus", "data/kursk-2025", "--quiet", "--threads", "1", "--question", "kursk_casualties"],
    ),
    ("median", &["consensus", "data/kursk-2025", "--quiet", "--threads", "1", "--method", "median"]),
    ("learning", &["consensus", "data/resolved/bank", "--quiet", "--threads", "1", "--format", "csv"]),
];

/// Counts the instructions of each job with the release build and compares them with the stored ones.
///
/// # Errors
/// Where a job takes over a tenth more than is stored, or cannot be counted.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let stored = workspace.read(STORED).map_err(|error| Failure::Missing(format!("{STORED}: {error}")))?;
    let stored = String::from_utf8_lossy(&stored).into_owned();
    let compiler = compiler(workspace)?;
    let mut over = Vec::new();
    for (name, count) in counted(workspace)? {
        let known = stored.lines().find_map(|line| line.strip_prefix(&format!("{name},")));
        let Some((known, with)) = known.and_then(|rest| rest.split_once(',')) else {
            over.push(format!("{name} is not in {STORED}"));
            continue;
        };
        if with != compiler {
            println!("   {name}: {count} instructions; stored for {with}, this is {compiler}");
            continue;
        }
        let share = count as f64 / known.parse::<f64>().unwrap_or(f64::NAN);
        println!("   {name}: {count} instructions, {share:.3} of what is stored");
        if share.is_nan() || share > ALLOWED {
            over.push(format!("{name} takes {count} instructions, where {known} are stored"));
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    over.push("`cargo xtask counts` stores what it takes now, if that is meant".to_owned());
    Err(Failure::Missing(over.join("; ")))
}

/// Stores what each job takes now.
///
/// # Errors
/// Where a job cannot be counted.
pub fn store(workspace: &Workspace, _: &[String]) -> Result<(), Failure> {
    crate::install::valgrind(workspace)?;
    let compiler = compiler(workspace)?;
    let rows = counted(workspace)?.into_iter().map(|(name, count)| format!("{name},{count},{compiler}\n"));
    let text = format!("job,instructions,compiler\n{}", rows.collect::<String>());
    workspace.write(STORED, text.as_bytes())
}

fn counted(workspace: &Workspace) -> Result<Vec<(&'static str, u64)>, Failure> {
    run(&mut workspace.cargo("build --release --locked -p sayso -p sayso-python"))?;
    JOBS.iter().map(|(name, arguments)| Ok((*name, count(workspace, arguments)?))).collect()
}

/// Instructions of one job: the number behind `Collected :` on standard error.
fn count(workspace: &Workspace, arguments: &[&str]) -> Result<u64, Failure> {
    let mut valgrind = workspace.program(Path::new("valgrind"));
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(workspace.released("sayso"));
    let missing = |why: String| Failure::Missing(format!("valgrind {}: {why}", arguments.join(" ")));
    let output = valgrind.args(arguments).output().map_err(|error| missing(error.to_string()))?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let found = told.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    found.filter(|_| output.status.success()).ok_or_else(|| missing(told))
}

/// The compiler, as it names itself, and the vectors that valgrind finds on the machine.
fn compiler(workspace: &Workspace) -> Result<String, Failure> {
    let version = workspace.program(Path::new("rustc")).arg("--version").output();
    let version = version.map_err(|error| Failure::Missing(format!("rustc: {error}")))?;
    let has_avx2 = std::fs::read_to_string("/proc/cpuinfo").is_ok_and(|told| told.contains(" avx2 "));
    let vectors = if has_avx2 { "AVX2" } else { "no AVX2" };
    Ok(format!("{}; {vectors}", String::from_utf8_lossy(&version.stdout).trim().replace(',', "")))
}
