//! Made-up worlds with a known truth, for teaching and for tests.
//!
//! A world is drawn from a seed and written as a case folder. The same plan gives the same bytes on
//! every machine: the generator is written down here, and every function on the way is this
//! program's own or libm's.

mod files;
pub mod random;
pub mod world;

pub use files::{CaseFile, case_files};
pub use world::World;

/// What is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// the world
    pub world: World,
    /// seed of the generator
    pub seed: u64,
    /// how many questions there are
    pub questions: u32,
    /// how many sources say things of their own
    pub sources: u32,
    /// how many questions, from the first, are settled
    pub resolved: u32,
}
