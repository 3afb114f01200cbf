//! A file whose rows stand grouped by question, answered out of core: once through it to learn of its sources, and once
//! more to answer, a piece at a time. Memory holds what is known of sources and the evidence that they are learned on,
//! not the claims.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::analysis::{QuestionResult, answer_beside, components, declared, evidences, look};
use crate::consensus::{QuestionEvidence, SourceSlot};
use crate::graph::View;
use crate::ingest::names::Names;
use crate::ingest::{CaseRead, Error, InputRecord, Limits, Piece, Pieces, Place, Problem, Problems, Severity};
use crate::learning::{ENOUGH, Learned, Sampler, Shown};
use crate::model::{Case, Date, QuestionId};
use crate::{Depth, Options};

/// Claims of a piece, before its last question ends.
pub const PIECE: usize = 50_000;

/// What a file shows of its sources, from which its questions are answered in a second pass over it.
#[derive(Debug)]
pub struct Sorted {
    path: PathBuf,
    limits: Limits,
    size: usize,
    options: Options,
    /// sources in the order in which they were met
    names: Names,
    /// their slots
    places: Vec<u32>,
    latest: Option<Date>,
    questions: u32,
    /// positions of the questions that were learned on
    sample: Vec<u32>,
    learned: Learned,
    problems: Problems,
    input: InputRecord,
}

/// Some questions of the file, answered.
#[derive(Debug)]
pub struct Answered {
    /// the case that they are; lines and row numbers are those of the file
    pub read: CaseRead,
    /// their results, in the order of the file
    pub results: Vec<QuestionResult>,
}

impl Sorted {
    /// Learns from a file of claims; all its questions are answered, whatever the options name. What comes out is what
    /// [`Basis`](crate::Basis) finds for the same file, if its questions stand in natural order, since what is learned
    /// on goes by their positions. A share of a question in another piece is an error, and a claim id that stands in two
    /// pieces is not seen. Cost: as for [`analyse`](crate::analyse). Memory: the evidence of at most 200 questions for
    /// each source, some 20 bytes a question, and a piece with its results.
    ///
    /// # Errors
    /// Where the file cannot be read; [`Error::Bad`] where it has errors, with all of them, and where the rows of a
    /// question do not stand together.
    pub fn learn(path: &Path, options: &Options, limits: Limits) -> Result<Sorted, Error> {
        Sorted::learn_in_pieces(path, options, limits, PIECE)
    }

    /// The same in pieces of some claims. But for what reaches into another piece, no result depends on their size.
    ///
    /// # Errors
    /// As for [`Sorted::learn`].
    pub fn learn_in_pieces(path: &Path, options: &Options, limits: Limits, size: usize) -> Result<Sorted, Error> {
        let mut pieces = Pieces::open(path, limits, size)?;
        let mut first = FirstPass::new(options.as_of);
        while let Some(piece) = pieces.next(|names| first.names.take_over(names))? {
            if first.names.sources.len() > limits.sources {
                let what = format!("more than {} sources", limits.sources);
                return Err(bad(path, what, "raise `--limit sources`"));
            }
            // Rows with errors have stand-ins; they are read on for what else is wrong.
            if pieces.errors() == 0 {
                first.add(&piece);
            }
        }
        let (input, problems) = pieces.finish()?;
        if problems.count(Severity::Error) > 0 {
            return Err(Error::Bad(problems));
        }
        let FirstPass { mut names, latest, sampler, mut held, questions, .. } = first;
        let (sources, places) = names.ordered();
        let sample = sampler.sample();
        let settled = |&at: &u32| Some(held.remove(&at)?.settled(at, &places, options.as_of, latest));
        let evidence: Vec<QuestionEvidence> = sample.iter().filter_map(settled).collect();
        drop(held);
        let shown = Shown::of(&evidence, declared(&sources), &options.settings);
        let learned = shown.learn(&evidence, |_| true, None);
        let (path, options) = (path.to_owned(), options.clone());
        Ok(Sorted { path, limits, size, options, names, places, latest, questions, sample, learned, problems, input })
    }

    /// What the questions show of the sources.
    #[must_use]
    pub fn learned(&self) -> &Learned {
        &self.learned
    }

    /// Warnings and assumptions.
    #[must_use]
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// How many questions there are.
    #[must_use]
    pub fn questions(&self) -> u32 {
        self.questions
    }

    /// Answers the questions in the order of the file. The last item is an error where the file is not the same as in
    /// the first pass.
    ///
    /// # Errors
    /// Where the file cannot be opened.
    pub fn answers(&self, depth: Depth) -> Result<Answers<'_>, Error> {
        let pieces = Pieces::open(&self.path, self.limits, self.size)?;
        Ok(Answers { sorted: self, depth, pieces: Some(pieces) })
    }

    /// Answers the questions of a piece.
    fn answer(&self, piece: Piece, depth: Depth) -> Answered {
        let Piece { read, order, questions_before } = piece;
        let case = &read.case;
        let view = View::of_part(self.options.as_of, self.latest);
        let slots = slots(case, &self.names, self.places.len() as u32, |met| self.places[met]);
        let places = places(&order);
        let answer = |component: &Vec<QuestionId>| {
            let mut found = look(case, view, component, None);
            found.evidence.iter_mut().for_each(|evidence| move_slots(evidence, &slots));
            let own = component.iter().map(|question| questions_before + places[question.index()]);
            let learned_on: Vec<usize> = own.filter_map(|at| self.sample.binary_search(&at).ok()).collect();
            answer_beside(found, &self.learned.own(&learned_on), &self.learned, depth)
        };
        let mut results: Vec<QuestionResult> = components(case, &[]).par_iter().flat_map_iter(answer).collect();
        results.sort_by_key(|result| places[result.question.index()]);
        Answered { read, results }
    }

    fn has_changed(&self) -> Error {
        let what = "the file changed between the two times it was read";
        bad(&self.path, what.to_owned(), "read it again when nothing writes to it")
    }
}

/// The questions of a file as they are answered.
pub struct Answers<'a> {
    sorted: &'a Sorted,
    depth: Depth,
    /// none when all is said
    pieces: Option<Pieces>,
}

impl Iterator for Answers<'_> {
    type Item = Result<Answered, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let sorted = self.sorted;
        let mut pieces = self.pieces.take()?;
        let mut is_known = true;
        let piece = match pieces.next(|names| is_known = names.follow(&sorted.names)) {
            Err(error) => return Some(Err(error)),
            Ok(piece) => piece,
        };
        if !is_known || pieces.errors() > 0 {
            return Some(Err(sorted.has_changed()));
        }
        if let Some(piece) = piece {
            self.pieces = Some(pieces);
            return Some(Ok(sorted.answer(piece, self.depth)));
        }
        match pieces.finish() {
            Err(error) => Some(Err(error)),
            Ok((input, _)) if input != sorted.input => Some(Err(sorted.has_changed())),
            Ok(_) => None,
        }
    }
}

/// What the first pass gathers.
struct FirstPass {
    as_of: Option<Date>,
    names: Names,
    latest: Option<Date>,
    questions: u32,
    sampler: Sampler,
    /// evidence of the questions that sources may be learned on, by position
    held: FxHashMap<u32, Held>,
}

impl FirstPass {
    fn new(as_of: Option<Date>) -> FirstPass {
        let (names, sampler, held) = (Names::default(), Sampler::new(ENOUGH), FxHashMap::default());
        FirstPass { as_of, names, latest: None, questions: 0, sampler, held }
    }

    /// Adds the questions of a piece, and keeps the evidence of those that may be learned on.
    fn add(&mut self, piece: &Piece) {
        let case = &piece.read.case;
        let view = View::new(case, self.as_of);
        self.latest = self.latest.max(case.latest_date());
        self.questions = piece.questions_before + piece.order.len() as u32;
        // One for parties without a name, then one for each source: how many there will be is not known yet.
        let slots = slots(case, &self.names, 0, |met| met as u32 + 1);
        let places = places(&piece.order);
        let held = |component: &Vec<QuestionId>| {
            let held = evidences(case, view, component).into_iter().map(|(mut evidence, origins)| {
                let used = origins.iter().filter(|origin| origin.evidence.is_some());
                let dates = used.map(|origin| case.claims.refers_to(origin.claim)).collect();
                move_slots(&mut evidence, &slots);
                Held { evidence, dates }
            });
            held.collect::<Vec<_>>()
        };
        let mut found: Vec<Held> = components(case, &[]).par_iter().flat_map_iter(held).collect();
        found.sort_by_key(|held| places[held.evidence.question.index()]);
        for (at, held) in (piece.questions_before..).zip(found) {
            let dropped = self.sampler.add(at, at, held.evidence.origins.iter().map(|figure| figure.source));
            self.held.insert(at, held);
            for at in dropped {
                self.held.remove(&at);
            }
        }
    }
}

/// Evidence on a question, as long as only a part of the file is known.
struct Held {
    evidence: QuestionEvidence,
    /// what each figure refers to
    dates: Box<[Option<Date>]>,
}

impl Held {
    /// The evidence as the whole file has it: its position in the place of the question, the slots of its sources, and
    /// the ages of its figures.
    fn settled(self, at: u32, places: &[u32], as_of: Option<Date>, latest: Option<Date>) -> QuestionEvidence {
        let mut evidence = QuestionEvidence { question: QuestionId(at), ..self.evidence };
        for (figure, date) in evidence.origins.iter_mut().zip(&self.dates) {
            let met = figure.source.0.checked_sub(1);
            figure.source = SourceSlot(met.map_or(places.len() as u32, |met| places[met as usize]));
            if let (None, Some(latest), Some(date)) = (as_of, latest, date) {
                figure.age_days = date.days_until(latest).max(0);
            }
        }
        evidence
    }
}

/// The slot in the whole file of each slot of a piece; the last is that of parties without a name.
pub(crate) fn slots(case: &Case, names: &Names, unnamed: u32, named: impl Fn(usize) -> u32) -> Vec<SourceSlot> {
    let named = |id: &str| names.find(id).map_or(unnamed, |met| named(met.index()));
    case.sources.iter().map(|source| named(&source.id)).chain([unnamed]).map(SourceSlot).collect()
}

pub(crate) fn move_slots(evidence: &mut QuestionEvidence, slots: &[SourceSlot]) {
    evidence.origins.iter_mut().for_each(|figure| figure.source = slots[figure.source.0 as usize]);
}

/// The place of each question of a piece in the order of the file.
fn places(order: &[QuestionId]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, question) in (0..).zip(order) {
        places[question.index()] = place;
    }
    places
}

/// A problem of the whole file, which is the only one.
fn bad(path: &Path, what: String, remedy: &str) -> Error {
    let place = Place { file: path.display().to_string(), line: 0, column: 0 };
    let mut problems = Problems::default();
    problems.push(Problem { place, severity: Severity::Error, what, remedy: remedy.to_owned() });
    Error::Bad(problems)
}
