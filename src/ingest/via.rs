//! The chain that a text states: `NK News > JoongAng Ilbo > anonymous: own sources`.

use super::distinct::Distinct;
use super::kind;
use super::names::Names;
use super::unreadable::Unreadable;
use crate::model::{Element, LabelId, Party, SourceId, SourceKind};

/// A name of a chain as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written<'a> {
    name: &'a str,
    /// byte of the chain at which it starts
    at: usize,
    beside: bool,
}

/// The names and descriptions that a part of a file holds, each once, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Met {
    /// names of sources
    pub names: Distinct,
    /// descriptions of parties that are not named
    pub labels: Distinct,
}

/// Reads a chain, from the publisher inward. Its elements are positions in `met`; `on_new` is told of each name that
/// was not met before, with its position and the byte at which it starts.
///
/// # Errors
/// At an empty element, or where the chain has more than `limit` elements.
pub fn read_via(
    text: &str,
    limit: usize,
    names: &Names,
    met: &mut Met,
    mut on_new: impl FnMut(u32, usize),
) -> Result<Vec<Element>, Unreadable> {
    let written = split(text, names);
    if let Some(beyond) = written.get(limit) {
        let what = format!("a chain of {} parties, where {limit} are allowed", written.len());
        return Err(Unreadable { at: beyond.at, what, remedy: "shorten it, or raise `--limit chain`".to_owned() });
    }
    let mut elements = Vec::with_capacity(written.len());
    for Written { name, at, beside } in written {
        if name.is_empty() {
            let what = "an empty element in a chain".to_owned();
            let remedy = "write `A > B` for A citing B, `A & B` for A and B side by side".to_owned();
            return Err(Unreadable { at, what, remedy });
        }
        let (party, is_new) = party(name, names, met);
        if let (Party::Source(source), true) = (party, is_new) {
            on_new(source.0, at);
        }
        elements.push(Element { party, beside });
    }
    Ok(elements)
}

/// Who a name is, and whether it was not met before. `anonymous: X` and descriptions such as "unnamed officials" belong
/// to the mention, unless the case declares an anonymous source of that name.
fn party(name: &str, names: &Names, met: &mut Met) -> (Party, bool) {
    let description = anonymous(name);
    let declared = names.find_declared(description.unwrap_or(name));
    let is_declared =
        declared.is_some_and(|id| description.is_none() || names.sources[id.index()].kind == SourceKind::Anonymous);
    let label = description.or_else(|| kind::is_unnamed(name).then_some(name)).filter(|_| !is_declared);
    if let Some(label) = label {
        let (label, is_new) = met.labels.id(label);
        return (Party::Anonymous(LabelId(label)), is_new);
    }
    let (source, is_new) = met.names.id(description.unwrap_or(name));
    (Party::Source(SourceId(source)), is_new)
}

/// The description behind `anonymous`, `anonymous:` or `anonymous :`.
fn anonymous(name: &str) -> Option<&str> {
    const WORD: &str = "anonymous";
    let head = name.get(..WORD.len())?;
    if !head.eq_ignore_ascii_case(WORD) {
        return None;
    }
    let rest = name[WORD.len()..].trim_start();
    match rest.strip_prefix(':') {
        Some(description) => Some(description.trim()),
        None => rest.is_empty().then_some(""),
    }
}

/// Splits at `>` and at `&` between spaces. A part that is the name of a declared source is not split
/// at its `&`. Only declarations count, since what other rows hold must not matter.
fn split<'a>(text: &'a str, names: &Names) -> Vec<Written<'a>> {
    let mut written = Vec::new();
    let mut start = 0;
    for part in text.split('>') {
        let whole = trimmed(text, start, start + part.len());
        if names.find_declared(whole.0).is_some() || !part.contains(" & ") {
            written.push(Written { name: whole.0, at: whole.1, beside: false });
        } else {
            let mut from = start;
            for member in part.split(" & ") {
                let (name, at) = trimmed(text, from, from + member.len());
                written.push(Written { name, at, beside: from > start });
                from += member.len() + " & ".len();
            }
        }
        start += part.len() + 1;
    }
    written
}

fn trimmed(text: &str, from: usize, to: usize) -> (&str, usize) {
    let part = &text[from..to];
    let at = from + (part.len() - part.trim_start().len());
    (part.trim(), at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    fn read(text: &str, names: &Names) -> Vec<String> {
        let mut met = Met::default();
        let elements = read_via(text, 64, names, &mut met, |_, _| ()).unwrap();
        elements
            .iter()
            .map(|element| {
                let name = match element.party {
                    Party::Source(source) => met.names.text(source.0).to_owned(),
                    Party::Anonymous(label) => format!("?{}", met.labels.text(label.0)),
                };
                if element.beside { format!("& {name}") } else { name }
            })
            .collect()
    }

    fn declare(name: &str, kind: SourceKind, names: &mut Names) {
        let mut source = Source::undeclared(name, kind);
        source.declared = true;
        names.add(source);
    }

    #[test]
    fn a_chain_reads_from_the_publisher_inward() {
        let names = Names::default();
        assert_eq!(read("NK News > JoongAng>anonymous: own sources", &names), ["NK News", "JoongAng", "?own sources"]);
        assert_eq!(read("anonymous:officials & AP", &names), ["?officials", "& AP"]);
        assert_eq!(read("Anonymous", &names), ["?"]);
        assert_eq!(read("people familiar with the matter", &names), ["?people familiar with the matter"]);
    }

    #[test]
    fn a_known_name_keeps_its_ampersand() {
        let mut names = Names::default();
        declare("Smith & Sons", SourceKind::Organisation, &mut names);
        assert_eq!(read("Smith & Sons > AT&T", &names), ["Smith & Sons", "AT&T"]);
    }

    #[test]
    fn a_declared_anonymous_source_is_one_source_wherever_it_is_named() {
        let mut names = Names::default();
        declare("officer-7", SourceKind::Anonymous, &mut names);
        assert_eq!(read("AP > anonymous: officer-7", &names), ["AP", "officer-7"]);
        assert_eq!(read("officer-7", &names), ["officer-7"]);
    }

    #[test]
    fn an_empty_element_is_an_error_at_its_place() {
        let error = read_via("AP > > B", 64, &Names::default(), &mut Met::default(), |_, _| ()).unwrap_err();
        assert_eq!(error.at, 5);
        assert!(read_via("A>B>C", 2, &Names::default(), &mut Met::default(), |_, _| ()).is_err());
    }
}
