//! Claims that were taken from a text, as files and for a person to look over.

pub mod record;

pub use record::write_record;
