//! The claim graph of a question: who repeats whom, where every chain ends, and what stands on what.

mod account;
mod build;
mod circles;
mod figures;
mod link;
mod names;
mod origins;
mod single;
mod standing;
mod view;

pub use account::{Account, Point};
pub use build::{ClaimGraph, Link, LinkKind, Node};
pub use circles::Circle;
pub use figures::{is_same_figure, more_telling};
pub use link::{LinkChoice, find_claim};
pub use origins::{Origin, OriginId};
pub use single::SinglePoint;
pub use standing::{LeftOut, Standing};
pub use view::View;
