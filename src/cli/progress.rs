//! A line on standard error that tells how far the work is, where somebody looks on and it takes a while.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use sayso::progress::{Progress, Stage, now};

/// How long the work may take before anything is told.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two lines.
const STEP: Duration = Duration::from_millis(500);

/// Whether the line may be shown; it is taken away before results are printed.
static IS_SHOWN: AtomicBool = AtomicBool::new(false);

/// Shows the line from now on: on a terminal where it is not unwanted, or everywhere, line after line, where it is
/// `forced`.
pub fn show(is_quiet: bool, forced: bool) {
    let is_wanted = forced || (!is_quiet && io::stderr().is_terminal());
    if is_wanted && !IS_SHOWN.swap(true, SeqCst) {
        // The thread ends with the program.
        thread::spawn(move || watch(forced));
    }
}

/// Takes the line away.
pub fn hide() {
    if IS_SHOWN.swap(false, SeqCst) && io::stderr().is_terminal() {
        tell("\r\x1b[K");
    }
}

fn watch(forced: bool) {
    let mut known: Option<(Stage, Instant)> = None;
    thread::sleep(if forced { Duration::ZERO } else { PATIENCE });
    while IS_SHOWN.load(SeqCst) {
        if let Some(progress) = now() {
            let began = match known {
                Some((stage, began)) if stage == progress.stage => began,
                _ => Instant::now(),
            };
            known = Some((progress.stage, began));
            let line = line(progress, began.elapsed());
            tell(&if forced { format!("{line}\n") } else { format!("\r\x1b[K{line}") });
        }
        thread::sleep(STEP);
    }
}

/// Nothing can be done where standard error is closed. The signs are this program's own.
fn tell(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// "reading: 34 %, 41 MB/s, 3 s left"
fn line(progress: Progress, since: Duration) -> String {
    let Progress { stage, done, total } = progress;
    let rate = done as f64 / since.as_secs_f64().max(1e-3);
    let mut parts = Vec::new();
    if total > 0 {
        parts.push(format!("{:.0} %", 100.0 * (done as f64 / total as f64).min(1.0)));
    }
    if done > 0 && since > STEP / 2 {
        parts.push(match stage {
            Stage::Reading => format!("{:.0} MB/s", rate / 1e6),
            Stage::Learning | Stage::Answering => format!("{rate:.0} questions a second"),
        });
        if total > done {
            parts.push(format!("{:.0} s left", ((total - done) as f64 / rate).ceil()));
        }
    }
    format!("{}: {}", stage.name(), if parts.is_empty() { "begun".to_owned() } else { parts.join(", ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_share_rate_and_time_left() {
        let progress = Progress { stage: Stage::Reading, done: 50_000_000, total: 200_000_000 };
        assert_eq!(line(progress, Duration::from_secs(2)), "reading: 25 %, 25 MB/s, 6 s left");
        let progress = Progress { stage: Stage::Answering, done: 0, total: 0 };
        assert_eq!(line(progress, Duration::ZERO), "answering: begun");
    }
}
