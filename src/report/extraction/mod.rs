//! Claims that were taken from a text, as rows of a case and for a person to look over.

mod append;
mod marked;
mod page;
mod sheet;

pub use append::{AppendError, Appended, append};
pub use marked::write_marked;
pub use page::write_page;
pub use sheet::{SHEET, rows};
