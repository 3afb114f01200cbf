//! sources.csv.

use std::io;

use super::header::Known;
use super::names::Names;
use super::problem::{Place, Problem, Problems, Severity};
use super::table::{Table, shown};
use crate::model::{Reliability, Source, SourceId, SourceKind};

/// The columns of sources.csv.
pub const COLUMNS: &[Known] = &[
    Known {
        name: "source",
        required: true,
        meaning: "id, unique in the case; claims may use it, the name or an alias",
    },
    Known { name: "name", required: false, meaning: "name to print; default: the id" },
    Known {
        name: "kind",
        required: false,
        meaning: "outlet, wire, agency, official, person, organisation, document or anonymous",
    },
    Known { name: "aliases", required: false, meaning: "other names, separated by ;" },
    Known { name: "parent", required: false, meaning: "id or name of the owner or syndicate" },
    Known { name: "country", required: false, meaning: "country" },
    Known { name: "party", required: false, meaning: "yes if it has a stake in the answer" },
    Known { name: "reliability", required: false, meaning: "Admiralty grade A to F; F means that it cannot be judged" },
    Known { name: "note", required: false, meaning: "remark" },
];

const SOURCE: usize = 0;
const NAME: usize = 1;
const KIND: usize = 2;
const ALIASES: usize = 3;
const PARENT: usize = 4;
const COUNTRY: usize = 5;
const PARTY: usize = 6;
const RELIABILITY: usize = 7;
const NOTE: usize = 8;

const GRADES: [Reliability; 6] =
    [Reliability::A, Reliability::B, Reliability::C, Reliability::D, Reliability::E, Reliability::F];

/// Reads the declared sources into `names`; an owner of an owner and so on may be `deepest` steps away.
///
/// # Errors
/// Where the file cannot be read.
pub fn read_sources(mut table: Table, names: &mut Names, deepest: usize, problems: &mut Problems) -> io::Result<()> {
    let mut parents: Vec<(SourceId, String, Place)> = Vec::new();
    let mut aliases: Vec<(SourceId, String, Place)> = Vec::new();
    while table.advance(problems)? {
        let id = table.text(SOURCE);
        if id.is_empty() {
            table.report(problems, Severity::Error, (SOURCE, 0), "a source without an id", "give it a short id");
            continue;
        }
        if let Some(other) = names.find_declared(id) {
            let known = names.sources[other.index()].id.to_string();
            let what = format!("`{}` is already the name of source `{}`", shown(id), shown(&known));
            if known == id {
                table.report(problems, Severity::Error, (SOURCE, 0), what, "keep one row for each source");
            } else {
                let what = format!("{what}; the two are taken as one");
                table.report(
                    problems,
                    Severity::Warning,
                    (SOURCE, 0),
                    what,
                    "keep one row, the other name as an alias",
                );
                names.merge(other, read_source(&table, problems));
            }
            continue;
        }
        let source = names.add(read_source(&table, problems));
        let name = table.text(NAME);
        if !name.is_empty() && names.find_declared(name) != Some(source) {
            let what = format!("`{}` is already the name of another source", shown(name));
            table.report(problems, Severity::Error, (NAME, 0), what, "make the names differ, or keep one row");
        }
        for alias in table.text(ALIASES).split(';').map(str::trim).filter(|alias| !alias.is_empty()) {
            aliases.push((source, alias.to_owned(), table.place(ALIASES, 0)));
        }
        if !table.text(PARENT).is_empty() {
            parents.push((source, table.text(PARENT).to_owned(), table.place(PARENT, 0)));
        }
    }
    for (source, alias, place) in aliases {
        if let Some(other) = names.add_alias(source, &alias) {
            let what =
                format!("alias `{}` is already a name of source `{}`", shown(&alias), names.sources[other.index()].id);
            let what = format!("{what}; it stays one of that");
            let remedy = "an alias can stand for one source only".to_owned();
            problems.push(Problem { place, severity: Severity::Warning, what, remedy });
        }
    }
    set_owners(parents, names, deepest, problems);
    Ok(())
}

/// Owners by id or name. Cost: rows, times the steps to the last owner of each, `deepest` at most.
fn set_owners(parents: Vec<(SourceId, String, Place)>, names: &mut Names, deepest: usize, problems: &mut Problems) {
    let mut owned: Vec<(SourceId, Place)> = Vec::new();
    let refuse = |place: Place, what: String, remedy: &str, problems: &mut Problems| {
        problems.push(Problem { place, severity: Severity::Error, what, remedy: remedy.to_owned() });
    };
    for (source, parent, place) in parents {
        let (parent, is_new) = names.resolve(&parent);
        let name = shown(&names.sources[parent.index()].name);
        if parent == source {
            refuse(place, "a source that is its own parent".to_owned(), "leave the cell empty", problems);
            continue;
        }
        let above = owners(&names.sources, parent, deepest);
        if above.contains(&source) {
            let what = format!("a circle of owners: `{name}` already belongs to this source");
            refuse(place, what, "leave one of the cells empty", problems);
            continue;
        }
        if is_new {
            let what = format!("parent `{name}` is not in the file; taken as a source");
            let remedy = "add a row for it to say what it is".to_owned();
            problems.push(Problem { place: place.clone(), severity: Severity::Assumed, what, remedy });
        }
        names.sources[source.index()].parent = Some(parent);
        owned.push((source, place));
    }
    // Rows come in any order, so the whole way up is known only now.
    for (source, place) in owned {
        if owners(&names.sources, source, deepest + 1).len() > deepest {
            let what = format!("owners of owners, more than {deepest} of them");
            refuse(place, what, "name the last owner, or raise `--limit chain`", problems);
        }
    }
}

/// The owner of a source, the owner of that and so on, `most` at most.
fn owners(sources: &[Source], source: SourceId, most: usize) -> Vec<SourceId> {
    let above = std::iter::successors(sources[source.index()].parent, |owner| sources[owner.index()].parent);
    above.take(most).collect()
}

fn read_source(table: &Table, problems: &mut Problems) -> Source {
    let id = table.text(SOURCE);
    let kind = table.word(problems, KIND, &SourceKind::ALL, SourceKind::name);
    let mut source = Source::undeclared(id, kind.unwrap_or(SourceKind::Outlet));
    source.declared = true;
    source.kind_guessed = kind.is_none();
    if !table.text(NAME).is_empty() {
        source.name = table.text(NAME).into();
    }
    source.country = table.text(COUNTRY).into();
    source.party = table.word(problems, PARTY, &[true, false], |yes| if yes { "yes" } else { "no" }).unwrap_or(false);
    if table.text(RELIABILITY).starts_with(|c: char| c.is_ascii_digit()) {
        let (what, remedy) =
            ("a number is no grade of reliability", "write A to F; 1 to 6 is `credibility`, in the claims");
        table.report(problems, Severity::Error, (RELIABILITY, 0), what, remedy);
    } else {
        source.reliability = table.word(problems, RELIABILITY, &GRADES, Reliability::name);
    }
    source.note = table.text(NOTE).into();
    source
}
