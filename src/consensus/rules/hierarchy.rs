//! The figure of the source that stands highest in a fixed order.

use super::publication::{Number, Setting, ends};
use super::{NO_FIGURE, Ruling};
use crate::graph::more_telling;
use crate::model::{Case, Party, SourceId, SourceKind, fold_name};

/// A place in the order: a kind of source, or one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// every source of a kind
    Kind(SourceKind),
    /// one source
    Source(SourceId),
}

impl Rank {
    /// The rank that a word stands for: a kind, or a source's id, name or alias.
    #[must_use]
    pub fn read(case: &Case, word: &str) -> Option<Rank> {
        let folded = fold_name(word);
        if let Some(kind) = SourceKind::ALL.into_iter().find(|kind| kind.name() == folded) {
            return Some(Rank::Kind(kind));
        }
        let is_named = |at: usize| {
            let source = &case.sources[at];
            [&source.id, &source.name].into_iter().chain(&source.aliases).any(|name| fold_name(name) == folded)
        };
        (0..case.sources.len()).find(|&at| is_named(at)).map(|at| Rank::Source(SourceId(at as u32)))
    }

    fn holds(self, case: &Case, source: SourceId) -> bool {
        match self {
            Rank::Kind(kind) => case.source(source).kind == kind,
            Rank::Source(known) => known == source,
        }
    }
}

/// The figure of the first rank that has one. A figure belongs to a rank by where its chains end or
/// else by who printed it. Of several figures of one source of the rank the latest counts; where
/// those of several sources differ the order says no more, and their lowest and highest are given.
#[must_use]
pub fn run(setting: &Setting<'_>) -> Ruling {
    let numbers: Vec<Number<'_>> = setting.numbers().collect();
    if numbers.is_empty() {
        return Ruling::none(NO_FIGURE);
    }
    let case = setting.case;
    for (place, rank) in setting.order.iter().enumerate() {
        let figures = latest(case, *rank, &numbers);
        let Some([low, high]) = ends(&figures) else { continue };
        let note = format!("rank {} of {}", place + 1, setting.order.len());
        return if low == high {
            Ruling::best(low).with_note(note)
        } else {
            let ruling = Ruling { low: Some(low), high: Some(high), ..Ruling::default() };
            let differ = if figures.len() > 1 { "the sources of that rank differ" } else { "a range" };
            ruling.with_note(note).with_note(differ)
        };
    }
    Ruling::none("no source of the order gives a figure")
}

/// The latest number of each source of a rank.
fn latest<'a>(case: &Case, rank: Rank, numbers: &[Number<'a>]) -> Vec<Number<'a>> {
    let mut latest: Vec<(SourceId, Number<'a>)> = Vec::new();
    for &number in numbers {
        let origins = number.publication.origins.iter().filter_map(|party| match party {
            Party::Source(source) => Some(*source),
            Party::Anonymous(_) => None,
        });
        let mut of_rank = origins.chain([number.publication.publisher]).filter(|&source| rank.holds(case, source));
        let Some(source) = of_rank.next() else { continue };
        match latest.iter_mut().find(|(known, _)| *known == source) {
            Some((_, known)) => {
                if more_telling(case, number.publication.claim, known.publication.claim).is_gt() {
                    *known = number;
                }
            }
            None => latest.push((source, number)),
        }
    }
    latest.into_iter().map(|(_, number)| number).collect()
}
