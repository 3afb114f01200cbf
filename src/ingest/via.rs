//! The chain that a text states: `NK News > JoongAng Ilbo > anonymous: own sources`.

use super::kind;
use super::names::Names;
use super::unreadable::Unreadable;
use crate::model::{Element, Party, SourceKind};

/// A name of a chain as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written<'a> {
    name: &'a str,
    /// byte of the chain at which it starts
    at: usize,
    beside: bool,
}

/// Reads a chain, from the publisher inward. Sources that are not known yet are made; `on_new` is
/// told of each with the byte at which its name starts.
///
/// # Errors
/// At an empty element, or where the chain has more than `limit` elements.
pub fn read_via(
    text: &str,
    limit: usize,
    names: &mut Names,
    mut on_new: impl FnMut(&str, usize),
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
        elements.push(Element { party: party(name, at, names, &mut on_new), beside });
    }
    Ok(elements)
}

/// Who a name is. `anonymous: X` and descriptions such as "unnamed officials" belong to the mention,
/// unless the case declares an anonymous source of that name.
fn party(name: &str, at: usize, names: &mut Names, on_new: &mut impl FnMut(&str, usize)) -> Party {
    let description = anonymous(name);
    if let Some(source) = names.find_declared(description.unwrap_or(name))
        && (description.is_none() || names.sources[source.index()].kind == SourceKind::Anonymous)
    {
        return Party::Source(source);
    }
    match description {
        Some(description) => Party::Anonymous(names.label(description)),
        None if kind::is_unnamed(name) => Party::Anonymous(names.label(name)),
        None => {
            let (source, is_new) = names.resolve(name);
            if is_new {
                on_new(name, at);
            }
            Party::Source(source)
        }
    }
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

    fn read(text: &str, names: &mut Names) -> Vec<String> {
        let elements = read_via(text, 64, names, |_, _| ()).unwrap();
        elements
            .iter()
            .map(|element| {
                let name = match element.party {
                    Party::Source(source) => names.sources[source.index()].name.to_string(),
                    Party::Anonymous(label) => format!("?{}", names.labels[label.index()]),
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
        let mut names = Names::default();
        assert_eq!(
            read("NK News > JoongAng>anonymous: own sources", &mut names),
            ["NK News", "JoongAng", "?own sources"]
        );
        assert_eq!(read("anonymous:officials & AP", &mut names), ["?officials", "& AP"]);
        assert_eq!(read("Anonymous", &mut names), ["?"]);
        assert_eq!(read("people familiar with the matter", &mut names), ["?people familiar with the matter"]);
    }

    #[test]
    fn a_known_name_keeps_its_ampersand() {
        let mut names = Names::default();
        declare("Smith & Sons", SourceKind::Organisation, &mut names);
        assert_eq!(read("Smith & Sons > AT&T", &mut names), ["Smith & Sons", "AT&T"]);
    }

    #[test]
    fn a_declared_anonymous_source_is_one_source_wherever_it_is_named() {
        let mut names = Names::default();
        declare("officer-7", SourceKind::Anonymous, &mut names);
        assert_eq!(read("AP > anonymous: officer-7", &mut names), ["AP", "officer-7"]);
        assert_eq!(read("officer-7", &mut names), ["officer-7"]);
    }

    #[test]
    fn an_empty_element_is_an_error_at_its_place() {
        let error = read_via("AP > > B", 64, &mut Names::default(), |_, _| ()).unwrap_err();
        assert_eq!(error.at, 5);
        assert!(read_via("A>B>C", 2, &mut Names::default(), |_, _| ()).is_err());
    }
}
