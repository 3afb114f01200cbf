//! What the program is at, for whoever waits for it: a stage, and how much of it is done. One for the process; it
//! changes no result.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// reading files, in bytes
    Reading,
    /// learning records of sources, in questions looked at
    Learning,
    /// answering, in questions
    Answering,
}

impl Stage {
    const ALL: [Stage; 3] = [Stage::Reading, Stage::Learning, Stage::Answering];

    /// What is being done.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stage::Reading => "reading",
            Stage::Learning => "learning of sources",
            Stage::Answering => "answering",
        }
    }
}

static STAGE: AtomicUsize = AtomicUsize::new(usize::MAX);
static DONE: AtomicU64 = AtomicU64::new(0);
static TOTAL: AtomicU64 = AtomicU64::new(0);

/// How far the present stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// what is being done
    pub stage: Stage,
    /// how much of it is done, in the unit of the stage
    pub done: u64,
    /// how much there is to do; 0 where that is not known
    pub total: u64,
}

/// Begins a stage.
pub fn begin(stage: Stage, total: u64) {
    DONE.store(0, Relaxed);
    TOTAL.store(total, Relaxed);
    STAGE.store(stage as usize, Relaxed);
}

/// Tells that more is done.
pub fn advance(more: u64) {
    DONE.fetch_add(more, Relaxed);
}

/// The present stage; none before the first.
#[must_use]
pub fn now() -> Option<Progress> {
    let stage = *Stage::ALL.get(STAGE.load(Relaxed))?;
    Some(Progress { stage, done: DONE.load(Relaxed), total: TOTAL.load(Relaxed) })
}
