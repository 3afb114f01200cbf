//! JSON Lines: one object a line, with the column names as keys.

use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::control::blank_signs;
use super::limits::{Limits, json_depth, size, sizes};
use super::problem::{Place, Problem, Problems, Severity};
use super::rows::{Rows, control_problem, not_text};
use super::table::shown;

/// A JSON Lines file. One line is in memory.
pub struct JsonLines<R> {
    reader: R,
    file: String,
    limits: Limits,
    line: Vec<u8>,
    number: u64,
    columns: Vec<String>,
    /// text of each cell and the byte of the line where its value starts
    cells: Vec<(String, usize)>,
    is_over: bool,
}

impl<R: BufRead> JsonLines<R> {
    /// A reader at the start of a file.
    pub fn new(reader: R, file: String, limits: Limits) -> Self {
        let (line, columns, cells) = (Vec::new(), Vec::new(), Vec::new());
        JsonLines { reader, file, limits, line, number: 0, columns, cells, is_over: false }
    }

    fn error(&mut self, problems: &mut Problems, column: usize, what: String, remedy: &str) {
        let place = self.at_byte(column);
        problems.push(Problem { place, severity: Severity::Error, what, remedy: remedy.to_owned() });
    }

    fn at_byte(&self, byte: usize) -> Place {
        self.place_of(&self.line, byte)
    }

    fn place_of(&self, line: &[u8], byte: usize) -> Place {
        let before = &line[..byte.min(line.len())];
        let characters = before.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        Place { file: self.file.clone(), line: self.number, column: characters as u64 + 1 }
    }

    /// Splits the present line into cells; `false` where it is no object.
    fn split(&mut self, problems: &mut Problems) -> bool {
        let line = std::mem::take(&mut self.line);
        let outcome = match std::str::from_utf8(&line) {
            Err(bad) => Err((bad.valid_up_to(), "this is not UTF-8 text".to_owned(), "save the file as UTF-8")),
            Ok(_) if json_depth(&line) > self.limits.depth => {
                let what = format!("more than {} levels of lists and objects", self.limits.depth);
                Err((0, what, "write a text, a number, true, false or null for each column, or raise `--limit depth`"))
            }
            Ok(text) => serde_json::from_str::<Pairs>(text)
                .map_err(|e| {
                    let what = format!("this is not a JSON object: {}", without_place(&e.to_string()));
                    (e.column().saturating_sub(1), what, "write one object a line, with the column names as keys")
                })
                .and_then(|object| self.fill_cells(text, &object.0, problems)),
        };
        self.line = line;
        match outcome {
            Ok(()) => true,
            Err((byte, what, remedy)) => {
                self.error(problems, byte, what, remedy);
                false
            }
        }
    }

    fn fill_cells(
        &mut self,
        line: &str,
        object: &[(String, &RawValue)],
        problems: &mut Problems,
    ) -> Result<(), (usize, String, &'static str)> {
        self.cells.iter_mut().for_each(|cell| *cell = (String::new(), 0));
        for (key, raw) in object {
            let byte = raw.get().as_ptr() as usize - line.as_ptr() as usize;
            if self.columns.len() >= self.limits.columns && !self.columns.contains(key) {
                let what = format!("more than {} names of columns", self.limits.columns);
                return Err((byte, what, "raise `--limit columns`, if this is a table"));
            }
            let column = self.columns.iter().position(|name| name == key).unwrap_or_else(|| {
                self.columns.push(key.clone());
                self.columns.len() - 1
            });
            let Some(text) = cell_text(raw.get()) else {
                let held = if raw.get().starts_with('"') {
                    "a text that is not Unicode"
                } else {
                    "a list or an object that is not a list of texts"
                };
                let what = format!("`{}` holds {held}", shown(key));
                return Err((byte, what, "write a text, a number, true, false or null"));
            };
            if text.len() > self.limits.field {
                let [held, most] = sizes(text.len() as u64, self.limits.field as u64);
                let what = format!("a value of {held}, where {most} are allowed");
                return Err((byte, what, "shorten it, or raise `--limit field`"));
            }
            self.cells.resize(self.columns.len(), (String::new(), 0));
            if self.cells[column].1 > 0 {
                return Err((byte, format!("`{}` stands here twice", shown(key)), "keep one of the two"));
            }
            let quote = usize::from(raw.get().starts_with('"'));
            let mut bytes = text.into_bytes();
            if let Some((_, sign)) = blank_signs(&mut bytes) {
                problems.push(control_problem(self.place_of(line.as_bytes(), byte), sign));
            }
            self.cells[column] = (String::from_utf8(bytes).unwrap_or_default(), byte + quote);
        }
        Ok(())
    }
}

/// An object as its names and values in order, a name as often as it stands there.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

/// The text of a value: strings as they are, numbers as written, lists of strings joined by `;`.
fn cell_text(raw: &str) -> Option<String> {
    // A number stays as it is written, whatever its size: the grammar of estimates judges it.
    if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
        return Some(raw.trim().to_owned());
    }
    match serde_json::from_str::<serde_json::Value>(raw).ok()? {
        serde_json::Value::Null => Some(String::new()),
        serde_json::Value::Bool(true) => Some("yes".to_owned()),
        serde_json::Value::Bool(false) => Some("no".to_owned()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Array(items) => {
            let texts: Option<Vec<_>> = items.iter().map(serde_json::Value::as_str).collect();
            texts.map(|texts| texts.join(";"))
        }
        serde_json::Value::Object(_) => None,
    }
}

/// A message of `serde_json` without its own "at line 1 column 5".
fn without_place(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

impl<R: BufRead> Rows for JsonLines<R> {
    fn advance(&mut self, problems: &mut Problems) -> io::Result<bool> {
        while !self.is_over {
            self.line.clear();
            let limit = self.limits.record as u64 + 1;
            if self.reader.by_ref().take(limit).read_until(b'\n', &mut self.line)? == 0 {
                return Ok(false);
            }
            self.number += 1;
            if self.line.len() as u64 == limit {
                self.is_over = true;
                let what = format!("a line of more than {}", size(self.limits.record as u64));
                self.error(problems, 0, what, "write one object a line, or raise `--limit record`");
            } else if let (1, Some((what, remedy))) = (self.number, not_text(&self.line)) {
                self.is_over = true;
                self.error(problems, 0, what.to_owned(), remedy);
            } else {
                if self.number == 1 && self.line.starts_with(b"\xef\xbb\xbf") {
                    self.line.drain(..3);
                }
                if !self.line.iter().all(u8::is_ascii_whitespace) && self.split(problems) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |(text, _)| text.trim())
    }

    fn line(&self) -> u64 {
        self.number
    }

    fn place(&self, column: usize, offset: usize) -> Place {
        self.at_byte(self.cells.get(column).map_or(0, |(_, byte)| byte + offset))
    }

    fn header_place(&self, column: usize) -> Place {
        self.place(column, 0)
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Error, Limits, Severity, read};

    #[test]
    fn a_problem_of_a_value_stands_where_its_text_begins() {
        let line = "{\"question\": \"q\", \"publisher\": \"Pöst\", \"estimate\": \"nonsense\"}\n";
        let file = tempfile::NamedTempFile::with_suffix(".jsonl").unwrap();
        std::fs::write(file.path(), line).unwrap();
        let Err(Error::Bad(problems)) = read(file.path(), Limits::default()) else { panic!("read") };
        let problem = problems.of(Severity::Error).next().unwrap();
        let before = &line[..line.find("nonsense").unwrap()];
        assert_eq!((problem.place.line, problem.place.column), (1, before.chars().count() as u64 + 1), "{problem:?}");
    }
}
