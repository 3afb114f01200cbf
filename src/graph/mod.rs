//! The claim graph of a question: who repeats whom, where every chain ends, and what stands on what.

mod account;
mod build;
mod circles;
mod drift;
mod figures;
mod hollow;
mod link;
mod names;
mod origins;
mod reach;
mod remarks;
mod single;
mod standing;
mod ties;
mod view;

pub use account::{Account, Point};
pub use build::{ClaimGraph, Link, LinkKind, Node};
pub use circles::{Circle, CircleKind};
pub use drift::{Drift, DriftKind, DriftSeverity, RULES, Rule, is_generic};
pub use figures::{is_same_figure, more_telling};
pub use hollow::{Hollow, HollowReason};
pub use link::LinkChoice;
pub use origins::{Origin, OriginId};
pub use remarks::Remark;
pub use single::SinglePoint;
pub use standing::{LeftOut, Standing};
pub use view::View;
