//! Article text to claims.

use std::sync::Arc;

use pyo3::prelude::*;
use sayso::extract::{Document, Extractor, Markup, RuleExtractor};
use sayso::ingest::without_signs;
use sayso::report::extraction::{SHEET, rows};
use sayso::report::{self, Table as Rows};

use crate::errors::value;
use crate::options;
use crate::table::Table;

/// Claims of an article, as rows of claims.csv to be looked over.
///
/// Parameters
/// ----------
/// text : str
///     The article, in English.
/// publisher, url : str
///     Who published it, and its address.
/// published : str, optional
///     When: "2025-02-27", "2025-02" or "2025".
/// id : str
///     Name of the text; claims are `id`-1, `id`-2 and so on.
/// markup : {"plain", "html", "markdown"}, optional
///     What the text is; by default it is guessed.
///
/// Returns
/// -------
/// Table
///     A row for each claim, shape (claims, 16), with the columns of claims.csv that a text gives, then `event`, `rules`
///     and `quote`. `Case.from_frame` takes it, once `question` is right.
///
/// Raises
/// ------
/// ValueError
///     Where the date or the markup is not known, or the text is empty.
///
/// Notes
/// -----
/// A rule grammar without a model; METHODS.md says how often it is right. Cost: linear in the text.
#[pyfunction]
#[pyo3(signature = (text, *, publisher = "", published = None, url = "", id = "text", markup = None))]
pub fn extract(
    py: Python<'_>,
    text: String,
    publisher: &str,
    published: Option<&str>,
    url: &str,
    id: &str,
    markup: Option<&str>,
) -> PyResult<Table> {
    options::date(published)?;
    if text.trim().is_empty() {
        return Err(value("the text is empty"));
    }
    let markup = match markup {
        None => Markup::guess(id, &text),
        Some("plain") => Markup::Plain,
        Some("html") => Markup::Html,
        Some("markdown") => Markup::Markdown,
        Some(other) => return Err(value(format!("markup `{other}` is not known; write plain, html or markdown"))),
    };
    let document = Document::new(id, without_signs(text), markup);
    let document = document.with_origin(publisher, published.unwrap_or_default(), url);
    py.detach(|| {
        let found = RuleExtractor::new().extract(&document).map_err(value)?;
        let mut table = Rows::new(&SHEET);
        table.rows = rows(&document, &found).collect();
        let batch = report::batch(&table).map_err(value)?;
        Ok(Table::new(Arc::new(report::schema(&SHEET, &[])), vec![batch]))
    })
}
