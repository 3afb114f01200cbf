//! Who is who: names, aliases and ids of sources, and descriptions of those without a name.

use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashMap;

use super::kind;
use crate::model::{LabelId, Source, SourceId, SourceKind, fold_name, natural_order};

/// Sources as they are met. Names are compared folded, so that case and spacing do not matter.
#[derive(Debug, Default)]
pub struct Names {
    /// sources in the order in which they were met
    pub sources: Vec<Source>,
    by_folded: FxHashMap<String, SourceId>,
    /// the names met so far, as written: most rows repeat one
    by_written: FxHashMap<Box<str>, SourceId>,
    /// descriptions of anonymous parties, in the order in which they were met
    pub labels: Vec<Box<str>>,
    label_ids: FxHashMap<Box<str>, LabelId>,
    is_publisher: Vec<bool>,
}

impl Names {
    /// The declared source of a name, alias or id, if there is one.
    #[must_use]
    pub fn find_declared(&self, name: &str) -> Option<SourceId> {
        if !self.has_declared() {
            return None;
        }
        let found = self.by_written.get(name).or_else(|| self.by_folded.get(&fold_name(name))).copied()?;
        self.sources[found.index()].declared.then_some(found)
    }

    /// Whether the case declares sources. They come before all others.
    #[must_use]
    pub fn has_declared(&self) -> bool {
        self.sources.first().is_some_and(|source| source.declared)
    }

    /// The source of a name, made where there is none; `true` if it was made.
    pub fn resolve(&mut self, name: &str) -> (SourceId, bool) {
        if let Some(&source) = self.by_written.get(name) {
            return (source, false);
        }
        // A name is one line, whatever the cell holds.
        let one_line = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if name.contains(['\n', '\r', '\t']) { one_line.as_str() } else { name };
        let folded = fold_name(name);
        let (source, is_new) = match self.by_folded.get(&folded) {
            Some(&source) => (source, false),
            None => (self.add(Source::undeclared(name, SourceKind::Outlet)), true),
        };
        // Of several spellings the first in byte order names the source, whatever the order of rows.
        let entry = &mut self.sources[source.index()];
        if !entry.declared && name < &*entry.id {
            entry.id = name.into();
            entry.name = name.into();
        }
        self.by_folded.entry(folded).or_insert(source);
        self.by_written.insert(name.into(), source);
        (source, is_new)
    }

    /// The source of a name that was met.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<SourceId> {
        self.by_written.get(name).or_else(|| self.by_folded.get(&fold_name(name))).copied()
    }

    /// Adds the sources that a part of the file has met. None of them may be declared.
    pub fn take_over(&mut self, part: &Names) {
        for (source, &is_publisher) in part.sources.iter().zip(&part.is_publisher) {
            let (met, _) = self.resolve(&source.id);
            if is_publisher {
                self.mark_publisher(met);
            }
        }
    }

    /// The ids of the sources in the order in which they were met, and which of them publish.
    #[cfg(feature = "python")]
    #[must_use]
    pub fn listed(&self) -> Vec<(Box<str>, bool)> {
        self.sources.iter().map(|source| source.id.clone()).zip(self.is_publisher.iter().copied()).collect()
    }

    /// Gives the sources of a part of a file the names and roles that they have in the whole; `false` where the whole
    /// does not have one of them.
    pub fn follow(&mut self, whole: &Names) -> bool {
        let mut is_known = true;
        for (source, is_publisher) in self.sources.iter_mut().zip(&mut self.is_publisher) {
            let Some(met) = whole.find(&source.id) else {
                is_known = false;
                continue;
            };
            let known = &whole.sources[met.index()];
            source.id.clone_from(&known.id);
            source.name.clone_from(&known.name);
            *is_publisher = whole.is_publisher[met.index()];
        }
        is_known
    }

    /// The sources with their kinds in the order of their names, and the place of each in it.
    pub fn ordered(&mut self) -> (Vec<Source>, Vec<u32>) {
        self.guess_kinds();
        let mut sources = self.sources.clone();
        let places = sort_by_name(&mut sources, |source| &source.id);
        (sources, places)
    }

    /// Adds a source under its id and name. Aliases are added with [`Names::add_alias`].
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(self.sources.len() as u32);
        self.by_folded.entry(fold_name(&source.id)).or_insert(id);
        self.by_folded.entry(fold_name(&source.name)).or_insert(id);
        self.sources.push(source);
        self.is_publisher.push(false);
        id
    }

    /// Puts two declared sources together whose names are the same but for case, spacing and "the". The
    /// row with the first id in byte order stands for both, whatever the order of rows.
    pub fn merge(&mut self, source: SourceId, other: Source) {
        let known = &mut self.sources[source.index()];
        let (kept, alias) = if other.id < known.id {
            let aliases = std::mem::take(&mut known.aliases);
            let first = std::mem::replace(known, other);
            known.aliases = aliases;
            (known, first.id)
        } else {
            (known, other.id)
        };
        kept.aliases.push(alias);
        kept.aliases.sort();
    }

    /// Adds an alias; gives back the other source that has it already.
    pub fn add_alias(&mut self, source: SourceId, alias: &str) -> Option<SourceId> {
        match *self.by_folded.entry(fold_name(alias)).or_insert(source) {
            other if other == source => {
                self.sources[source.index()].aliases.push(alias.into());
                None
            }
            other => Some(other),
        }
    }

    /// Remembers that a source has published something, for the guess of its kind.
    pub fn mark_publisher(&mut self, source: SourceId) {
        self.is_publisher[source.index()] = true;
    }

    /// The id of an anonymous party's description.
    pub fn label(&mut self, description: &str) -> LabelId {
        if let Some(&label) = self.label_ids.get(description) {
            return label;
        }
        let label = LabelId(self.labels.len() as u32);
        self.labels.push(description.into());
        self.label_ids.insert(description.into(), label);
        label
    }

    /// Guesses the kinds of the sources that only the claims name.
    pub fn guess_kinds(&mut self) {
        for (source, &is_publisher) in self.sources.iter_mut().zip(&self.is_publisher) {
            if source.kind_guessed {
                source.kind = kind::guess(&source.name, is_publisher);
            }
        }
    }
}

/// Sorts items into the order of their names; gives for each old position the new one.
pub(super) fn sort_by_name<T: Send + Sync>(items: &mut Vec<T>, name: impl Fn(&T) -> &str + Sync) -> Vec<u32> {
    let by_name = |a: &T, b: &T| natural_order(name(a), name(b));
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    if items.is_sorted_by(|a, b| by_name(a, b).is_le()) {
        return order;
    }
    order.par_sort_by(|&a, &b| by_name(&items[a as usize], &items[b as usize]));
    let mut place = vec![0; order.len()];
    for (to, &from) in order.iter().enumerate() {
        place[from as usize] = to as u32;
    }
    let mut sorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.iter().filter_map(|&from| sorted[from as usize].take()));
    place
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Limits, read};
    use crate::model::SourceKind;

    #[test]
    fn of_two_rows_for_one_source_the_first_id_stands_whatever_their_order() {
        for rows in ["The Post,agency\nPost,outlet\n", "Post,outlet\nThe Post,agency\n"] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("claims.csv"), "question,publisher,estimate\nq,post,5\n").unwrap();
            std::fs::write(folder.path().join("sources.csv"), format!("source,kind\n{rows}")).unwrap();
            let case = read(folder.path(), Limits::default()).unwrap().case;
            let [post] = &case.sources[..] else { panic!("{rows}: {:?}", case.sources) };
            assert_eq!((&*post.id, post.kind), ("Post", SourceKind::Outlet), "{rows}");
            assert_eq!(post.aliases.iter().map(|alias| &**alias).collect::<Vec<_>>(), ["The Post"], "{rows}");
        }
    }
}
