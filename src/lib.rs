//! On whose say-so? This library reads claims about a number, follows each claim through the
//! outlets and agencies that passed it on to whoever first said it, and combines what is left, one
//! voice for each origin, into a consensus range with an account of what it rests on.
//!
//! The way of the data is the list of modules: [`ingest`] reads a case into the [`model`], [`graph`]
//! links claims to whom they credit and finds where the chains end, [`credibility`] holds what is
//! believed of the sources, [`consensus`] combines one figure for each origin, and [`report`] writes
//! what was found. [`analyse`] goes the whole way; [`stats`] is the mathematics under it.
//!
//! ```
//! use sayso::{Options, analyse};
//!
//! let read = sayso::ingest::read("data/kursk-2025".as_ref(), Default::default())?;
//! let analysis = analyse(&read.case, &Options::default());
//! for result in &analysis.questions {
//!     let title = read.case.question(result.question).heading();
//!     let account = &result.account;
//!     println!("{title}: {} numbers, {} origins", account.numbers, account.origins);
//!     if let Some(range) = result.consensus.range() {
//!         println!("  {}", sayso::report::amount_range(range.quantiles.values[1], range.quantiles.values[7]));
//!     }
//! }
//! # let reinforcement = read.case.find_question("kursk_reinforcement").unwrap();
//! # let result = analysis.questions.iter().find(|r| r.question == reinforcement).unwrap();
//! # assert_eq!((result.account.numbers, result.account.origins), (17, 4));
//! # Ok::<(), sayso::ingest::Error>(())
//! ```
//!
//! Chains are walked in the [`graph::ClaimGraph`] of a question:
//!
//! ```
//! use sayso::graph::{ClaimGraph, View};
//!
//! let case = sayso::ingest::read("data/kursk-2025".as_ref(), Default::default())?.case;
//! let question = case.find_question("kursk_reinforcement").expect("the case has this question");
//! let graph = ClaimGraph::build(&case, question, View::new(&case, None));
//! let unnamed = graph.origins().iter().filter(|origin| !case.is_named(origin.party)).count();
//! assert_eq!(unnamed, 2);
//! # Ok::<(), sayso::ingest::Error>(())
//! ```
//!
//! A missing consensus is a value, not an error: [`consensus::Outcome::None`] says why. Errors are
//! for cases that cannot be read; [`ingest::Error::Bad`] carries every problem with its place.

#![forbid(unsafe_code)]

pub mod analysis;
pub mod backtest;
pub mod compare;
pub mod consensus;
pub mod credibility;
pub mod diff;
pub mod extract;
pub mod graph;
pub mod import;
pub mod ingest;
pub mod learning;
pub mod model;
pub mod named;
#[cfg(feature = "python")]
pub mod parts;
pub mod progress;
pub mod published;
pub mod report;
pub mod simulate;
pub mod sorted;
pub mod stats;
pub mod timeline;
pub mod verify;
pub mod whatif;

pub use analysis::{Analysis, Basis, Depth, Options, QuestionResult, analyse};
