//! Bytes to a case: tables, the estimate grammar, dates, names, checks across records.

mod blocks;
pub mod check;
pub mod claims;
mod control;
mod cursor;
pub mod date;
pub mod delimited;
mod digits;
pub mod distinct;
mod duplicates;
pub mod estimate;
#[cfg(feature = "python")]
mod frame;
mod gather;
pub mod header;
pub mod index;
mod input;
pub mod jsonl;
pub mod kind;
mod limits;
pub mod names;
pub mod number;
mod packed;
mod phrase;
mod pieces;
pub mod problem;
pub mod questions;
mod read;
mod records;
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

pub use control::{blank_signs, plain_line, safe, safe_lines, without_signs};
pub(crate) use control::{in_place_of, is_direction};
pub use date::read_date;
pub use digits::Decimal;
pub use duplicates::find_duplicates;
pub(crate) use words::is_numeral;

pub use estimate::{Reading, Share, read_estimate};
#[cfg(feature = "python")]
pub(crate) use frame::FramePieces;
#[cfg(feature = "python")]
pub use frame::{Frames, KEY, question_key, question_keys, read_frames};
pub use input::{Input, InputRecord};
pub use limits::{LIMITS, Limit, Limits, json_depth, parse_bytes, size, sizes};
pub use number::{read_number, read_number_with_remarks};
pub(crate) use pieces::{Piece, Pieces};
pub use problem::{Lines, Place, Problem, Problems, Severity};
#[cfg(test)]
pub(crate) use read::REPORTED;
pub use read::{CaseRead, Error, case_files, is_case_table, read};
pub(crate) use read::{SEAL, own_file};
pub use suggest::{NearIndex, nearest};
pub use unreadable::{Remark, Unreadable};
