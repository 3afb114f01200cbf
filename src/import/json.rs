//! JSON whose values know where they stand.

use indexmap::IndexMap;
use serde_json::value::RawValue;

use crate::ingest::{Limits, Place, Problem, Problems, Severity, json_depth, size};

/// Bytes between two places that are remembered.
const STEP: usize = 4096;

/// A text that holds JSON.
pub struct Document<'a> {
    text: &'a str,
    file: &'a str,
    /// line and column at every step, so that a place is found without reading all that comes before
    marks: Vec<(u64, u64)>,
}

/// A value of a document.
#[derive(Clone, Copy)]
pub struct Json<'a> {
    document: &'a Document<'a>,
    raw: &'a str,
}

impl<'a> Document<'a> {
    /// A document that is not read yet. Cost: linear in the text.
    pub fn new(text: &'a str, file: &'a str) -> Document<'a> {
        let mut at = (1, 1);
        let mut marks = vec![at];
        for bytes in text.as_bytes().chunks(STEP) {
            at = advanced(at, bytes);
            marks.push(at);
        }
        Document { text, file, marks }
    }

    /// The value; a problem with its place where it is not JSON.
    pub fn value(&'a self, problems: &mut Problems) -> Option<Json<'a>> {
        match serde_json::from_str::<&RawValue>(self.text) {
            Ok(raw) => Some(Json { document: self, raw: raw.get() }),
            Err(error) => {
                let (line, column) = (error.line() as u64, error.column() as u64);
                let place = Place { file: self.file.to_owned(), line, column };
                let message = error.to_string();
                let what = message.split(" at line ").next().unwrap_or(&message);
                let (what, remedy) = (format!("this is not JSON: {what}"), "mend it here".to_owned());
                problems.push(Problem { place, severity: Severity::Error, what, remedy });
                None
            }
        }
    }

    fn place(&self, byte: usize) -> Place {
        let mark = (byte / STEP).min(self.marks.len() - 1);
        let (line, column) = advanced(self.marks[mark], &self.text.as_bytes()[mark * STEP..byte.min(self.text.len())]);
        Place { file: self.file.to_owned(), line, column }
    }
}

/// Line and column behind some bytes.
fn advanced(at: (u64, u64), bytes: &[u8]) -> (u64, u64) {
    let (mut line, mut column) = at;
    for byte in bytes {
        match byte {
            b'\n' => (line, column) = (line + 1, 1),
            _ if byte & 0xc0 == 0x80 => {}
            _ => column += 1,
        }
    }
    (line, column)
}

/// Says that a file is over its limit.
pub fn too_large(file: &str, limits: Limits, problems: &mut Problems) {
    let place = Place { file: file.to_owned(), line: 0, column: 0 };
    let what = format!("a file of more than {}", size(limits.file));
    let remedy = "raise `--limit file`, or split it".to_owned();
    problems.push(Problem { place, severity: Severity::Error, what, remedy });
}

/// The bytes of a file as text, without a byte order mark; problems where they are none.
pub fn text<'a>(bytes: &'a [u8], file: &str, limits: Limits, problems: &mut Problems) -> Option<&'a str> {
    let mut refuse = |line: usize, what: &str, remedy: &str| {
        let place = Place { file: file.to_owned(), line: line as u64, column: 0 };
        let (what, remedy) = (what.to_owned(), remedy.to_owned());
        problems.push(Problem { place, severity: Severity::Error, what, remedy });
    };
    if bytes.len() as u64 > limits.file {
        too_large(file, limits, problems);
        return None;
    }
    if json_depth(bytes) > limits.depth {
        let what = format!("more than {} levels of lists and objects", limits.depth);
        refuse(0, &what, "this is no document of the format; else raise `--limit depth`");
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.trim_start_matches('\u{feff}')),
        Err(bad) => {
            let line = memchr::memchr_iter(b'\n', &bytes[..bad.valid_up_to()]).count() + 1;
            refuse(line, "this is not UTF-8 text", "save the file as UTF-8");
            None
        }
    }
}

impl<'a> Json<'a> {
    /// Where the value stands.
    pub fn place(self) -> Place {
        // Both are slices of one text.
        self.document.place((self.raw.as_ptr() as usize).saturating_sub(self.document.text.as_ptr() as usize))
    }

    fn inside(self, raw: &'a str) -> Json<'a> {
        Json { raw, ..self }
    }

    /// A property of an object, unless it is null; none of anything else.
    pub fn get(self, name: &str) -> Option<Json<'a>> {
        let object: IndexMap<&'a str, &'a RawValue> = match serde_json::from_str(self.raw) {
            Ok(object) => object,
            // Names with escapes cannot be borrowed.
            Err(_) if self.raw.starts_with('{') => {
                let object: IndexMap<String, &'a RawValue> = serde_json::from_str(self.raw).ok()?;
                return object.get(name).map(|raw| self.inside(raw.get())).filter(|value| value.raw != "null");
            }
            Err(_) => return None,
        };
        object.get(name).map(|raw| self.inside(raw.get())).filter(|value| value.raw != "null")
    }

    /// The items of an array; a value that is none is its own only item.
    pub fn items(self) -> Vec<Json<'a>> {
        match serde_json::from_str::<Vec<&'a RawValue>>(self.raw) {
            Ok(items) => items.into_iter().map(|raw| self.inside(raw.get())).collect(),
            Err(_) => vec![self],
        }
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.raw.starts_with('{')
    }

    /// A string; numbers and flags as they are written; none of lists and objects.
    pub fn text(self) -> Option<String> {
        match self.raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(self.raw).ok(),
            Some(b'{' | b'[') | None => None,
            _ => Some(self.raw.to_owned()),
        }
    }

    /// A property as text; empty where there is none.
    pub fn text_of(self, name: &str) -> String {
        self.get(name).and_then(Json::text).unwrap_or_default()
    }

    /// A number, also one in a string.
    pub fn number(self) -> Option<f64> {
        self.text()?.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Adds a problem of the value.
    pub fn report(self, problems: &mut Problems, severity: Severity, what: impl Into<String>, remedy: &str) {
        let (what, remedy) = (what.into(), remedy.to_owned());
        problems.push(Problem { place: self.place(), severity, what, remedy });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_places() {
        let text = "{\n  \"a\": [1, \"é\\u0041\", {\"b\\u0063\": null, \"d\": 2.5}]\n}";
        let document = Document::new(text, "x.json");
        let json = document.value(&mut Problems::default()).unwrap();
        let items = json.get("a").unwrap().items();
        assert_eq!(items[1].text().unwrap(), "éA");
        assert_eq!((items[2].place().line, items[2].place().column), (2, 23));
        assert!(items[2].get("bc").is_none());
        assert_eq!(items[2].get("d").unwrap().number(), Some(2.5));
    }

    #[test]
    fn places_far_into_a_document_are_as_exact() {
        let text = format!("[\"{}\",\n\"{}\", 7]", "é".repeat(5000), "한\\n".repeat(3000));
        let document = Document::new(&text, "x.json");
        let json = document.value(&mut Problems::default()).unwrap();
        let place = json.items()[2].place();
        assert_eq!((place.line, place.column), (2, 3 * 3000 + 5));
    }

    #[test]
    fn what_is_not_json_is_a_problem_at_its_place() {
        let mut problems = Problems::default();
        assert!(Document::new("{\n\"a\": x}", "x.json").value(&mut problems).is_none());
        let problem = problems.of(Severity::Error).next().unwrap().to_string();
        assert!(problem.starts_with("x.json:2:6: error: this is not JSON: expected value"), "{problem}");
    }
}
