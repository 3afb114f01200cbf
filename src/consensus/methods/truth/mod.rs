//! Truth discovery: what is true and who is right, each from the other, over all questions at once.
//!
//! Methods for words work on numbers by taking each distinct number as a word. All start from fixed
//! values and run a fixed number of rounds or until nothing changes, so that they give one answer.

pub mod accu;
pub mod accucopy;
pub mod average_log;
pub mod catd;
pub mod crh;
pub mod facts;
pub mod gtm;
pub mod investment;
pub mod kdem;
pub mod ltm;
pub mod pooled_investment;
pub mod sums;
pub mod truthfinder;
pub mod weighted;
