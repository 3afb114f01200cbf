//! Bytes to a case: tables, the estimate grammar, dates, names, checks across records.

pub mod check;
pub mod claims;
mod control;
mod cursor;
pub mod date;
pub mod delimited;
mod digits;
mod duplicates;
pub mod estimate;
pub mod header;
pub mod index;
pub mod jsonl;
pub mod kind;
mod limits;
pub mod names;
pub mod number;
mod phrase;
pub mod problem;
pub mod questions;
mod read;
pub mod rows;
mod said;
pub mod sources;
mod suggest;
pub mod table;
mod unreadable;
mod vague;
mod value;
pub mod via;
mod words;

pub use control::{blank_signs, without_signs};
pub use date::read_date;
pub use digits::Decimal;
pub use duplicates::find_duplicates;
pub(crate) use words::is_numeral;

pub use estimate::{Reading, Share, read_estimate};
pub use limits::{LIMITS, Limit, Limits, json_depth, size};
pub use number::{read_number, read_number_with_remarks};
pub use problem::{Lines, Place, Problem, Problems, Severity};
pub use read::{CaseRead, Error, Input, InputRecord, read};
pub use suggest::{NearIndex, nearest};
pub use unreadable::{Remark, Unreadable};
