//! A case in parts, each on another machine: the steps that an engine runs over them. It names no engine: parts come as
//! record batches, and what travels between steps is bytes.
//!
//! 1. [`Survey`], over each part: which sources it names, its latest date, how many questions, and its errors.
//! 2. [`Whole`], in one place: what all parts have to know of one another.
//! 3. [`Evidence`], over each part: the evidence of questions that sources may be learned on.
//! 4. [`Learning`], in one place, and [`Sweep`], over the evidence, in turn until nothing changes: sums for each source.
//! 5. [`Answers`], over each part: the ranges.
//!
//! Rows of a part are in the order of [`question_key`] of their questions, and so are the parts; a question never stands
//! in two of them. Then every number is the one that [`analyse`](crate::analyse) finds in one process, to the last bit,
//! but for shares: a question and those that it is a share of have to stand in the same piece of a part.

use arrow_array::RecordBatch;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::analysis::{QuestionResult, answer_beside, components, declared, evidences, look};
use crate::consensus::{QuestionEvidence, Settings, SourceSlot};
use crate::credibility::{SourceSums, SourceTable, copies};
use crate::graph::View;
use crate::ingest::names::Names;
use crate::ingest::{Error, FramePieces, Limits, Piece, Problem, Problems, Severity};
use crate::learning::{ENOUGH, FEW, Learned, Sampler, Sweeps, sample_of};
use crate::model::{Case, Date, Source};
use crate::sorted::{PIECE, move_slots, slots};
use crate::{Depth, report};

pub use crate::ingest::{KEY, question_key, question_keys};

/// Bytes that are not what they should be.
#[derive(Debug, thiserror::Error)]
#[error("these bytes are of another step or another version of sayso")]
pub struct Foreign;

/// Something that travels between steps.
pub trait Travels: Serialize + DeserializeOwned {
    /// As bytes.
    ///
    /// # Errors
    /// [`Foreign`] where it cannot be put into bytes, which does not happen.
    fn to_bytes(&self) -> Result<Vec<u8>, Foreign> {
        postcard::to_stdvec(self).map_err(|_| Foreign)
    }

    /// From bytes.
    ///
    /// # Errors
    /// [`Foreign`] where they are of something else.
    fn from_bytes(bytes: &[u8]) -> Result<Self, Foreign> {
        postcard::from_bytes(bytes).map_err(|_| Foreign)
    }
}

/// What a part shows at first sight.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Survey {
    /// how many questions it has
    pub questions: u32,
    /// how many claims
    pub claims: u64,
    /// its sources, and which of them publish
    names: Vec<(Box<str>, bool)>,
    latest: Option<Date>,
    problems: Vec<Problem>,
}

impl Travels for Survey {}

/// Surveys a part, batch after batch.
pub struct Surveyor {
    pieces: FramePieces,
    names: Names,
    survey: Survey,
}

impl Surveyor {
    /// At the start of a part.
    #[must_use]
    pub fn new(limits: Limits) -> Surveyor {
        let pieces = FramePieces::new(limits, PIECE, 0);
        Surveyor { pieces, names: Names::default(), survey: Survey::default() }
    }

    /// Takes the next rows of the part.
    pub fn push(&mut self, batch: RecordBatch) {
        let names = &mut self.names;
        let piece = self.pieces.push(batch, |met| names.take_over(met));
        self.add(piece);
    }

    /// What the part shows.
    #[must_use]
    pub fn finish(mut self) -> Survey {
        let names = &mut self.names;
        let piece = self.pieces.finish(|met| names.take_over(met));
        self.add(piece);
        let problems = self.pieces.problems();
        let kept = [Severity::Error, Severity::Warning].into_iter().flat_map(|kind| problems.of(kind).cloned());
        Survey { problems: kept.collect(), names: self.names.listed(), ..self.survey }
    }

    fn add(&mut self, piece: Option<Piece>) {
        let Some(piece) = piece else { return };
        self.survey.questions += piece.order.len() as u32;
        self.survey.claims += piece.read.case.claims.len() as u64;
        self.survey.latest = self.survey.latest.max(piece.read.case.latest_date());
    }
}

/// What all parts have to know of the whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Whole {
    /// sources in the order of their names, and which of them publish
    sources: Vec<(Box<str>, bool)>,
    latest: Option<Date>,
    as_of: Option<Date>,
    settings: Settings,
}

impl Travels for Whole {}

impl Whole {
    /// Puts the surveys of all parts together, in the order of the parts.
    ///
    /// # Errors
    /// [`Error::Bad`] with the problems of all parts where one has errors, where there are no claims, or too many
    /// sources.
    pub fn of(
        surveys: &[Survey],
        as_of: Option<Date>,
        settings: &Settings,
        limits: Limits,
    ) -> Result<(Whole, Problems), Error> {
        let (mut names, mut problems, mut told) = (Names::default(), Problems::default(), FxHashSet::default());
        for survey in surveys {
            for problem in &survey.problems {
                // Problems of the header come once for each piece.
                if told.insert((&problem.place, &problem.what)) {
                    problems.push(problem.clone());
                }
            }
            for (name, publishes) in &survey.names {
                let (source, _) = names.resolve(name);
                if *publishes {
                    names.mark_publisher(source);
                }
            }
        }
        let mut whole = |what: &str, remedy: &str| {
            let place = crate::ingest::Place { file: "claims".to_owned(), line: 0, column: 0 };
            let (what, remedy) = (what.to_owned(), remedy.to_owned());
            problems.push(Problem { place, severity: Severity::Error, what, remedy });
        };
        if surveys.iter().all(|survey| survey.claims == 0) {
            whole("there are no claims", "write one row for each claim");
        }
        if names.sources.len() > limits.sources {
            whole(&format!("more than {} sources", limits.sources), "raise `--limit sources`");
        }
        if problems.count(Severity::Error) > 0 {
            return Err(Error::Bad(problems));
        }
        let listed = names.listed();
        let (_, places) = names.ordered();
        let mut sources = vec![(Box::default(), false); listed.len()];
        for (source, place) in listed.into_iter().zip(places) {
            sources[place as usize] = source;
        }
        let latest = surveys.iter().map(|survey| survey.latest).max().flatten();
        Ok((Whole { sources, latest, as_of, settings: settings.clone() }, problems))
    }

    /// The names by which parts tell their sources.
    fn names(&self) -> Names {
        let mut names = Names::default();
        for (name, publishes) in &self.sources {
            let (source, _) = names.resolve(name);
            if *publishes {
                names.mark_publisher(source);
            }
        }
        names
    }

    fn sources(&self) -> Vec<Source> {
        self.names().ordered().0
    }
}

/// The evidence of a question, by its position in the whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Looked {
    /// position among all questions
    pub position: u32,
    /// the evidence
    pub evidence: QuestionEvidence,
}

impl Travels for Looked {}

/// Reads the pieces of a part as the whole has them.
struct Reader {
    pieces: FramePieces,
    whole: Whole,
    names: Names,
}

impl Reader {
    fn new(whole: Whole, questions_before: u32, limits: Limits) -> Reader {
        let pieces = FramePieces::new(limits, PIECE, questions_before);
        Reader { pieces, names: whole.names(), whole }
    }

    fn push(&mut self, batch: RecordBatch) -> Option<Piece> {
        let names = &self.names;
        self.pieces.push(batch, |met| {
            met.follow(names);
        })
    }

    fn finish(&mut self) -> Option<Piece> {
        let names = &self.names;
        self.pieces.finish(|met| {
            met.follow(names);
        })
    }

    fn view(&self) -> View {
        View::of_part(self.whole.as_of, self.whole.latest)
    }

    /// The slots in the whole of the sources of a piece; the last is that of parties without a name.
    fn slots(&self, case: &Case) -> Vec<SourceSlot> {
        slots(case, &self.names, self.whole.sources.len() as u32, |met| met as u32)
    }
}

/// The evidence that sources may be learned on: of each source the questions of the lowest ranks.
pub struct Evidence {
    reader: Reader,
    held: Held,
}

impl Evidence {
    /// At the start of a part, behind so many questions of the whole.
    #[must_use]
    pub fn new(whole: Whole, questions_before: u32, limits: Limits) -> Evidence {
        Evidence { reader: Reader::new(whole, questions_before, limits), held: Held::default() }
    }

    /// Takes the next rows of the part.
    pub fn push(&mut self, batch: RecordBatch) {
        let piece = self.reader.push(batch);
        self.add(piece);
    }

    /// The evidence of the part, in order of position.
    #[must_use]
    pub fn finish(mut self) -> Vec<Looked> {
        let piece = self.reader.finish();
        self.add(piece);
        self.held.finish()
    }

    fn add(&mut self, piece: Option<Piece>) {
        let Some(piece) = piece else { return };
        let (case, view) = (&piece.read.case, self.reader.view());
        let slots = self.reader.slots(case);
        let look = |component: &Vec<_>| {
            evidences(case, view, component).into_iter().map(|(mut evidence, _)| {
                move_slots(&mut evidence, &slots);
                evidence
            })
        };
        let mut found: Vec<QuestionEvidence> = components(case, &[]).par_iter().flat_map_iter(look).collect();
        found.sort_by_key(|evidence| evidence.question);
        for evidence in found {
            let position = piece.questions_before + evidence.question.0;
            self.held.add(Looked { position, evidence });
        }
    }
}

/// Thins the evidence of several parts out, to what may be learned on of all of them.
pub struct Held {
    sampler: Sampler,
    held: FxHashMap<u32, QuestionEvidence>,
}

impl Default for Held {
    fn default() -> Held {
        Held { sampler: Sampler::new(ENOUGH), held: FxHashMap::default() }
    }
}

impl Held {
    /// Adds the evidence of a question.
    pub fn add(&mut self, Looked { position, evidence }: Looked) {
        let dropped = self.sampler.add(position, position, evidence.origins.iter().map(|figure| figure.source));
        self.held.insert(position, evidence);
        for position in dropped {
            self.held.remove(&position);
        }
    }

    /// What is left, in order of position.
    #[must_use]
    pub fn finish(self) -> Vec<Looked> {
        let Held { sampler, mut held } = self;
        let kept = |position| Some(Looked { position, evidence: held.remove(&position)? });
        sampler.sample().into_iter().filter_map(kept).collect()
    }
}

/// What is learned of the sources, a sweep at a time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Learning {
    whole: Whole,
    /// the sweeps before the last one, whose table the last one judged by
    before: Sweeps,
    now: Sweeps,
    /// positions of the questions of a sweep that looks at few figures, and at enough
    few: Vec<u32>,
    enough: Vec<u32>,
}

impl Travels for Learning {}

impl Learning {
    /// Before the first sweep, from the evidence of all parts, which may be thinned out.
    #[must_use]
    pub fn new(whole: Whole, looked: impl Iterator<Item = Looked>) -> Learning {
        let mut held = Held::default();
        looked.for_each(|looked| held.add(looked));
        let evidence: Vec<QuestionEvidence> = held
            .finish()
            .into_iter()
            .map(|Looked { position, evidence }| QuestionEvidence {
                question: crate::model::QuestionId(position),
                ..evidence
            })
            .collect();
        let [few, enough] = [FEW, ENOUGH].map(|figures| sample_of(&evidence, figures));
        let with_figures = evidence.iter().filter(|q| q.origins.iter().any(|e| e.estimate.is_figure())).count();
        let copies = if with_figures < 2 || whole.settings.sweeps == 0 {
            Vec::new()
        } else {
            copies(enough.iter().map(|&at| &evidence[at]))
        };
        let now = Sweeps::new(declared(&whole.sources()), copies, with_figures, &whole.settings);
        let positions = |sample: Vec<usize>| sample.into_iter().map(|at| evidence[at].question.0).collect();
        Learning { whole, before: now.clone(), now, few: positions(few), enough: positions(enough) }
    }

    /// Whether no sweep is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.now.is_over()
    }

    /// Sweeps so far.
    #[must_use]
    pub fn sweeps(&self) -> u8 {
        self.now.done()
    }

    /// Takes the sums of a sweep over all parts.
    pub fn take(&mut self, sums: &SourceSums) {
        self.before = self.now.clone();
        self.now.take(sums);
    }

    /// What was learned, with what it costs not to know an error in common.
    fn learned(&self) -> Learned {
        self.now.learned().unsettled(&self.whole.settings)
    }

    /// The table of sources.
    #[must_use]
    pub fn sources<T>(&self, with: impl FnOnce(&report::Table<'_>) -> T) -> T {
        let case = Case { sources: self.whole.sources(), ..Case::default() };
        with(&report::sources_table(&case, &self.learned()))
    }
}

/// One sweep over the evidence of a part.
pub struct Sweep {
    table: SourceTable,
    settings: Settings,
    sample: Vec<u32>,
    sums: SourceSums,
}

impl Sweep {
    /// The sweep that comes next.
    #[must_use]
    pub fn new(learning: &Learning) -> Sweep {
        let now = &learning.now;
        let sample = if now.is_full() { &learning.enough } else { &learning.few };
        Sweep { table: now.table(), settings: now.settings(), sample: sample.clone(), sums: SourceSums::default() }
    }

    /// Whether this sweep looks at the question of a position.
    #[must_use]
    pub fn wants(&self, position: u32) -> bool {
        self.sample.binary_search(&position).is_ok()
    }

    /// Looks at the evidence of some questions; those that it does not want are passed over.
    pub fn look(&mut self, looked: &[Looked]) {
        let wanted: Vec<&Looked> = looked.iter().filter(|looked| self.wants(looked.position)).collect();
        let found: Vec<_> =
            wanted.par_iter().map(|looked| Sweeps::look(&looked.evidence, &self.table, &self.settings)).collect();
        self.sums.merge(&SourceSums::of(found.into_iter().flatten(), self.table.len()));
    }

    /// What the part has shown.
    #[must_use]
    pub fn finish(self) -> SourceSums {
        self.sums
    }
}

impl Travels for SourceSums {}

/// Answers the questions of a part.
pub struct Answers {
    reader: Reader,
    learned: Learned,
    /// what the last sweep judged by, for what a question itself has shown
    table: SourceTable,
    sweep: Settings,
    sample: Vec<u32>,
}

impl Answers {
    /// At the start of a part, behind so many questions of the whole.
    #[must_use]
    pub fn new(learning: Learning, questions_before: u32, limits: Limits) -> Answers {
        let learned = learning.learned();
        let Learning { whole, before, enough, .. } = learning;
        let sample = if learning.now.done() > 0 { enough } else { Vec::new() };
        let (table, sweep) = (before.table(), before.settings());
        Answers { reader: Reader::new(whole, questions_before, limits), learned, table, sweep, sample }
    }

    /// Takes the next rows of the part; what can be answered is handed over.
    pub fn push<T>(&mut self, batch: RecordBatch, with: impl FnOnce(&Case, &[QuestionResult]) -> T) -> Option<T> {
        let piece = self.reader.push(batch);
        piece.map(|piece| self.answer(&piece, with))
    }

    /// What is left at the end of the part.
    pub fn finish<T>(mut self, with: impl FnOnce(&Case, &[QuestionResult]) -> T) -> Option<T> {
        let piece = self.reader.finish();
        piece.map(|piece| self.answer(&piece, with))
    }

    fn answer<T>(&self, piece: &Piece, with: impl FnOnce(&Case, &[QuestionResult]) -> T) -> T {
        let (case, view) = (&piece.read.case, self.reader.view());
        let slots = self.reader.slots(case);
        let answer = |component: &Vec<crate::model::QuestionId>| {
            let mut found = look(case, view, component, None);
            found.evidence.iter_mut().for_each(|evidence| move_slots(evidence, &slots));
            let in_sample =
                |e: &&QuestionEvidence| self.sample.binary_search(&(piece.questions_before + e.question.0)).is_ok();
            let own: Vec<_> = found
                .evidence
                .iter()
                .filter(in_sample)
                .flat_map(|evidence| Sweeps::look(evidence, &self.table, &self.sweep))
                .collect();
            answer_beside(found, &own, &self.learned, Depth::Ranges)
        };
        let mut results: Vec<QuestionResult> = components(case, &[]).par_iter().flat_map_iter(answer).collect();
        results.sort_by_key(|result| result.question);
        with(case, &results)
    }
}
