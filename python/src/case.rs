//! A case: read from files or frames, and what is found of it.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_pyarrow::FromPyArrow;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use sayso::backtest::{By, backtest, by_method};
use sayso::ingest::{CaseRead, Frames, Limits, read, read_frames};
use sayso::model::QuestionId;
use sayso::report::picture::{Format, KINDS, Subject, find_kind};
use sayso::report::prose::{Wording, statement};
use sayso::report::{self, Look, Paint, Run, Trace as Target, Traced, find_table};
use sayso::timeline::timeline;
use sayso::{Basis, Depth, Options, QuestionResult, analyse, compare, named, published};

use crate::errors::{of_reading, problem_list, unknown, value};
use crate::html::Figure;
use crate::options::{Day, Names, constants, options, ranks};
use crate::table::{Consensus, Picture, Table};

/// Questions whose forest plots a notebook shows.
const FIGURES: usize = 8;
/// Claims up to which they are drawn: the records of sources are learned again for them, some 0.1 ms a claim.
const DRAWN: usize = 20_000;
/// Questions up to which a result can be printed as the command prints it.
const PRINTED: usize = 50;

/// Claims about some questions, with what is declared of questions and sources.
///
/// Make one with `Case.read(path)` or `Case.from_frame(claims)`. Methods take `question` (an id or a list of ids; all by
/// default), `as_of` (a date, or "2025-02-27", "2025-02" or "2025": only claims published by then) and `settings` (a TOML file of
/// constants). Results are tables, in the units of the questions, with the columns of the CSV reports; they do not depend
/// on threads or on the order of rows. The interpreter's lock is released while they are computed.
#[pyclass(frozen, module = "sayso")]
pub struct Case {
    read: Arc<CaseRead>,
}

impl Case {
    fn case(&self) -> &sayso::model::Case {
        &self.read.case
    }
}

#[pymethods]
impl Case {
    /// Reads a case folder, or one file of claims.
    ///
    /// Parameters
    /// ----------
    /// path : path-like
    ///     A folder with claims.csv and, where there are any, sources.csv, questions.csv and resolutions.csv; or a file.
    ///     CSV or JSON Lines, plain or packed by gzip or zstd.
    ///
    /// Raises
    /// ------
    /// CaseError
    ///     Where the case has errors; `problems` has them, with file, line and column.
    /// FileNotFoundError, OSError
    ///     Where there is no case, or it cannot be read.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<Case> {
        let read = py.detach(|| read(&path, Limits::default()));
        Ok(Case { read: Arc::new(read.map_err(|error| of_reading(py, &error))?) })
    }

    /// Makes a case from data frames.
    ///
    /// Parameters
    /// ----------
    /// claims : pandas, polars or pyarrow table
    ///     Or anything else with Arrow's PyCapsule interface. Columns of claims.csv; `question`, `publisher` and
    ///     `estimate` are required. Texts, numbers, dates and booleans are read where they lie, without a copy. A float is
    ///     read as the shortest number that it is: 12000.0 is a round 12,000. Null and NaN are empty cells. A table of
    ///     results is no case: it has no chains.
    /// sources, questions, resolutions : likewise, optional
    ///     The tables of the same names.
    ///
    /// Raises
    /// ------
    /// CaseError
    ///     Where the case has errors; lines and columns are rows and columns of the frame, from 1.
    /// TypeError
    ///     Where a table is no data frame.
    #[staticmethod]
    #[pyo3(signature = (claims, *, sources = None, questions = None, resolutions = None))]
    fn from_frame(
        py: Python<'_>,
        claims: &Bound<'_, PyAny>,
        sources: Option<&Bound<'_, PyAny>>,
        questions: Option<&Bound<'_, PyAny>>,
        resolutions: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Case> {
        let optional =
            |name, frame: Option<&Bound<'_, PyAny>>| frame.map_or(Ok(Vec::new()), |frame| batches(name, frame));
        let frames = Frames {
            claims: batches("claims", claims)?,
            sources: optional("sources", sources)?,
            questions: optional("questions", questions)?,
            resolutions: optional("resolutions", resolutions)?,
        };
        let read = py.detach(|| read_frames(&frames, Limits::default()));
        Ok(Case { read: Arc::new(read.map_err(|error| of_reading(py, &error))?) })
    }

    fn __len__(&self) -> usize {
        self.case().claims.len()
    }

    fn __repr__(&self) -> String {
        let case = self.case();
        let [claims, questions, sources] = [case.claims.len(), case.questions.len(), case.sources.len()];
        format!("<sayso.Case of {claims} claims on {questions} questions by {sources} sources>")
    }

    /// Ids of the questions, in order.
    #[getter]
    fn questions(&self) -> Vec<String> {
        self.case().questions.iter().map(|question| question.id.to_string()).collect()
    }

    /// Warnings, and all that was assumed: a list of dicts as in `CaseError.problems`.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        problem_list(py, &self.read.problems)
    }

    /// The range of every question, and what stands behind it.
    ///
    /// Parameters
    /// ----------
    /// method : str, optional
    ///     "origins", the default, or a method of the literature, such as "median", "crh", "dl"; `compare()` has them all.
    /// rule : str, optional
    ///     A house rule in the place of a method: "low-high", "majority", "hierarchy", "conservative", "ucdp", "airwars".
    /// order : list of str, optional
    ///     Kinds and sources for the rule "hierarchy", the highest first.
    ///
    /// Returns
    /// -------
    /// Consensus
    ///     Shape (questions, 26), the columns of consensus.csv; with a rule those of its own. `q025` to `q975` are
    ///     quantiles in the unit of the question, null where there is no consensus; `notes` says why.
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     For a name or date that is not known, with what may have been meant.
    ///
    /// Notes
    /// -----
    /// METHODS.md for "origins"; every other method names its reference. Some 18 microseconds a claim for "origins" in a
    /// case of a million, up to ten times that in small ones, whose sources are all learned; 1 for "median".
    #[pyo3(signature = (question = None, *, as_of = None, method = None, rule = None, order = None, settings = None))]
    fn consensus(
        &self,
        py: Python<'_>,
        question: Option<Names>,
        as_of: Option<Day>,
        method: Option<&str>,
        rule: Option<&str>,
        order: Option<Names>,
        settings: Option<PathBuf>,
    ) -> PyResult<Py<Consensus>> {
        let case = self.case();
        if rule.is_some() && method.is_some() {
            return Err(value("give a method or a rule"));
        }
        if rule.is_none() && order.is_some() {
            return Err(value("an order is for the rule `hierarchy`"));
        }
        let options = options(case, question, as_of, settings)?;
        if let Some(rule) = rule {
            let known = named::rule(rule).map_err(|hint| value(format!("there is no rule `{rule}`; {hint}")))?;
            let (rule, order) = (known, ranks(case, order)?);
            if rule.needs_order && order.is_empty() {
                return Err(value(format!("the rule `{}` needs an order, such as [\"agency\", \"wire\"]", rule.name)));
            }
            let table = py.detach(|| {
                let rulings = published::rulings(case, &options, rule, &order);
                let text = printed(|out| report::write_rulings(case, rule, &rulings, Paint::default(), out));
                Ok::<_, PyErr>(Table::of(&report::rulings_table(case, rule, &rulings))?.with_text(text))
            });
            return Consensus::of(py, table?, None);
        }
        let name = method.unwrap_or(named::ORIGINS);
        let method = named::method(name).map_err(|hint| value(format!("there is no method `{name}`; {hint}")))?;
        let Some(method) = method else {
            let table = py.detach(|| by_origins(case, &options))?;
            if case.claims.len() > DRAWN {
                return Consensus::of(py, table, None);
            }
            let (read, few) = (self.read.clone(), first(case, &options));
            return Consensus::of(py, table, Some(Arc::new(move || figures(&read.case, &few))));
        };
        let table = py.detach(|| {
            let options = Options { depth: Depth::Account, ..options };
            let answers = method.answers(&published::figures(case, &options));
            let mut batches = Vec::new();
            Basis::of(case, &options).each(case, |results| {
                let rows = report::answers_rows(case, &results, method, &answers);
                batches.push(report::batch(&rows).map_err(value)?);
                Ok::<_, PyErr>(())
            })?;
            together(batches)
        });
        Consensus::of(py, table?, None)
    }

    /// The chains behind a question, a claim or a source, or all that end at unnamed sources.
    ///
    /// Parameters
    /// ----------
    /// claim, source : str, optional
    ///     Only the chain of a claim, or what a source said and what rests on it.
    /// anonymous : bool
    ///     Only chains that end at unnamed sources.
    /// urls : bool
    ///     With the address of each claim in the text.
    ///
    /// Returns
    /// -------
    /// Table
    ///     The links in the columns of attributions.csv, shape (links, 9); `print` shows the trees.
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     For a name that is not known, with what may have been meant; for more than one of `claim`, `source` and
    ///     `anonymous`.
    #[pyo3(signature = (question = None, *, claim = None, source = None, anonymous = false, urls = false, as_of = None))]
    fn trace(
        &self,
        py: Python<'_>,
        question: Option<Names>,
        claim: Option<&str>,
        source: Option<&str>,
        anonymous: bool,
        urls: bool,
        as_of: Option<Day>,
    ) -> PyResult<Table> {
        let case = self.case();
        let target = match (claim, source, anonymous) {
            (None, None, false) => Target::Question,
            (Some(claim), None, false) => Target::Claim(named::claim(case, claim).map_err(unknown)?),
            (None, Some(source), false) => Target::Source(named::source(case, source).map_err(unknown)?),
            (None, None, true) => Target::Anonymous { weight: 0.0 },
            _ => return Err(value("give one of claim, source and anonymous")),
        };
        let options = options(case, question, as_of, None)?;
        py.detach(|| {
            let traced = Traced::of(case, target, &options);
            let text = printed(|out| traced.write(urls, Paint::default(), out));
            Ok(Table::of(&traced.table(case))?.with_text(text))
        })
    }

    /// Prior grade beside learned record of every source, and likely copies of whom.
    ///
    /// Returns
    /// -------
    /// Table
    ///     Shape (sources, 15), the columns of sources.csv. Errors and biases are on the scale of the questions: 0.25 is
    ///     a quarter where it is logarithmic. `n` is null where nothing was learned: unknown stays unknown.
    #[pyo3(signature = (*, as_of = None, settings = None))]
    fn sources(&self, py: Python<'_>, as_of: Option<Day>, settings: Option<PathBuf>) -> PyResult<Table> {
        let case = self.case();
        let options = Options { depth: Depth::Ranges, ..options(case, None, as_of, settings)? };
        py.detach(|| {
            let learned = Basis::of(case, &options);
            let text = printed(|out| report::write_sources(case, learned.learned(), Paint::default(), out));
            Ok(Table::of(&report::sources_table(case, learned.learned()))?.with_text(text))
        })
    }

    /// Hides each settled value in turn, predicts it from the rest, and scores the ranges.
    ///
    /// Parameters
    /// ----------
    /// by : {"question", "group", "time"}, optional
    ///     What is hidden together; by default by group where the questions have several, else by question.
    ///
    /// Returns
    /// -------
    /// Table
    ///     Shape (settled questions x methods, 11): `question`, `method` and the quantiles, in the unit of the question.
    ///     `print` shows coverage, WIS, CRPS and log score (METHODS.md, section on scores).
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     Where nothing is settled, or `by` is not known.
    #[pyo3(signature = (*, by = None, question = None, settings = None))]
    fn backtest(
        &self,
        py: Python<'_>,
        by: Option<&str>,
        question: Option<Names>,
        settings: Option<PathBuf>,
    ) -> PyResult<Table> {
        let case = self.case();
        if case.resolutions.is_empty() {
            return Err(value("the case has no resolutions: nothing is settled yet that could be hidden"));
        }
        let by = match by {
            None => By::usual(case),
            Some("question") => By::Question,
            Some("group") => By::Group,
            Some("time") => By::Time,
            Some(other) => return Err(value(format!("by `{other}` is not known; write question, group or time"))),
        };
        let (wanted, settings) = (options(case, question, None, None)?.questions, constants(settings)?);
        let is_wanted = |question| wanted.is_empty() || wanted.contains(&question);
        py.detach(|| {
            let mut predictions = backtest(case, by, &settings);
            predictions.retain(|prediction| is_wanted(prediction.question));
            let mut others = by_method(case, by, &settings);
            for (_, predicted) in &mut others {
                predicted.retain(|one| is_wanted(one.question));
            }
            let text = printed(|out| report::write_backtest(case, &predictions, &others, Paint::default(), out));
            Ok(Table::of(&report::backtest_table(case, &predictions, &others))?.with_text(text))
        })
    }

    /// All methods and house rules side by side: shape (questions x methods, 11), the columns of methods.csv.
    #[pyo3(signature = (question = None, *, as_of = None, order = None, settings = None))]
    fn compare(
        &self,
        py: Python<'_>,
        question: Option<Names>,
        as_of: Option<Day>,
        order: Option<Names>,
        settings: Option<PathBuf>,
    ) -> PyResult<Table> {
        let case = self.case();
        let (options, order) = (options(case, question, as_of, settings)?, ranks(case, order)?);
        py.detach(|| {
            let (_, compared) = compare::compare(case, &options, &order);
            let text = printed(|out| report::write_methods(case, &compared, 0.9, Paint::default(), out));
            Ok(Table::of(&report::methods_table(case, &compared))?.with_text(text))
        })
    }

    /// The consensus as of each date on which something changed: shape (dates, 9), the columns of timeline.csv.
    /// Records of sources are those that the whole case shows, not those of the date; settled values are not used.
    #[pyo3(signature = (question = None, *, settings = None))]
    fn timeline(&self, py: Python<'_>, question: Option<Names>, settings: Option<PathBuf>) -> PyResult<Table> {
        let case = self.case();
        let options = options(case, question, None, settings)?;
        py.detach(|| {
            let moments = timeline(case, &options);
            let text = printed(|out| report::write_timeline(case, &moments, Paint::default(), out));
            Ok(Table::of(&report::timeline_table(case, &moments))?.with_text(text))
        })
    }

    /// A table of the report by its name: "consensus", "origins", "claims", "attributions", "sources", "drifts",
    /// "circles", "camps", "timeline" or "statements". schemas/columns.csv says what their columns mean.
    #[pyo3(signature = (name, question = None, *, as_of = None, settings = None))]
    fn table(
        &self,
        py: Python<'_>,
        name: &str,
        question: Option<Names>,
        as_of: Option<Day>,
        settings: Option<PathBuf>,
    ) -> PyResult<Table> {
        let case = self.case();
        let names = || report::TABLES.iter().map(|table| table.layout.name).collect::<Vec<_>>().join(", ");
        let table =
            find_table(name).ok_or_else(|| value(format!("there is no table `{name}`; there are {}", names())))?;
        let options = options(case, question, as_of, settings)?;
        py.detach(|| Table::of(&(table.make)(case, &analyse(case, &options))))
    }

    /// Writes a report folder: report.html, all tables as CSV, and run.json, which seals them.
    #[pyo3(signature = (folder, question = None, *, as_of = None, settings = None))]
    fn report(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        question: Option<Names>,
        as_of: Option<Day>,
        settings: Option<PathBuf>,
    ) -> PyResult<()> {
        let case = self.case();
        let options = options(case, question, as_of, settings)?;
        py.detach(|| {
            let analysis = analyse(case, &options);
            let arguments = report::arguments_of(case, &options);
            let run = Run::new("report", arguments, &options.settings, &self.read.inputs);
            report::write_report(&folder, case, &analysis, run).map(|_| ()).map_err(value)
        })
    }

    /// A picture of a question: "forest", "graph", "timeline", "influence", or "calibration", which is of the whole case.
    #[pyo3(signature = (kind, question = None, *, as_of = None, settings = None))]
    fn plot(
        &self,
        py: Python<'_>,
        kind: &str,
        question: Option<&str>,
        as_of: Option<Day>,
        settings: Option<PathBuf>,
    ) -> PyResult<Picture> {
        let case = self.case();
        let names = || KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ");
        let kind =
            find_kind(kind).ok_or_else(|| value(format!("there is no picture `{kind}`; there are {}", names())))?;
        if kind.of_question && question.is_none() && case.questions.len() != 1 {
            return Err(value("name one question"));
        }
        let at = question.map_or(Ok(0), |id| named::question(case, id).map(QuestionId::index));
        let (at, options) = (at.map_err(unknown)?, options(case, None, as_of, settings)?);
        py.detach(|| {
            let analysis = analyse(case, &options);
            let result = analysis.questions.get(at).ok_or_else(|| value("the case has no question"))?;
            let drawing = (kind.make)(&Subject::new(case, &analysis, result)).map_err(value)?;
            let svg = String::from_utf8(drawing.bytes(Format::Svg).map_err(value)?).map_err(value)?;
            Ok(Picture { svg })
        })
    }
}

/// How far the present work is: stage, how much is done, and of how much (0 where that is not known); None before any.
#[pyfunction]
pub fn progress() -> Option<(&'static str, u64, u64)> {
    sayso::progress::now().map(|now| (now.stage.name(), now.done, now.total))
}

/// The batches of a data frame, through Arrow's PyCapsule interface.
fn batches(name: &str, frame: &Bound<'_, PyAny>) -> PyResult<Vec<RecordBatch>> {
    if !frame.hasattr("__arrow_c_stream__")? {
        let kind = frame.get_type().name()?;
        let lazy = if frame.hasattr("collect")? { "; collect it first" } else { "" };
        return Err(PyTypeError::new_err(format!("{name} is a {kind}; give a pandas, polars or pyarrow table{lazy}")));
    }
    let unfit = |error: PyErr| {
        let hint = "a column that mixes numbers and texts is read as text: frame[column].map(str)";
        PyTypeError::new_err(format!("{name} cannot be handed over by Arrow: {error}; {hint}"))
    };
    let stream = RecordBatchStreamReader::from_pyarrow_bound(frame).map_err(unfit)?;
    let schema = arrow_array::RecordBatchReader::schema(&stream);
    let mut batches = stream.collect::<Result<Vec<_>, _>>().map_err(value)?;
    // The columns of an empty frame are still to be told.
    if batches.is_empty() {
        batches.push(RecordBatch::new_empty(schema));
    }
    Ok(batches)
}

/// What a writer of the library prints for a person.
fn printed(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Option<String> {
    let mut out = Vec::new();
    write(&mut out).ok()?;
    String::from_utf8(out).ok()
}

/// Some batches of one schema as a table; there is one at least where the case has a question.
fn together(batches: Vec<RecordBatch>) -> PyResult<Table> {
    let schema = batches.first().map(RecordBatch::schema);
    Ok(Table::new(schema.ok_or_else(|| value("the case has no question"))?, batches))
}

/// The ranges by the default method, and what the command prints where they are few.
fn by_origins(case: &sayso::model::Case, options: &Options) -> PyResult<Table> {
    let asked = if options.questions.is_empty() { case.questions.len() } else { options.questions.len() };
    let depth = if asked == 1 { Depth::Influence } else { Depth::Ranges };
    let options = Options { depth, ..options.clone() };
    let (mut batches, mut text) = (Vec::new(), String::new());
    Basis::of(case, &options).each(case, |results: Vec<QuestionResult>| {
        batches.push(report::batch(&report::consensus_rows(case, &results)).map_err(value)?);
        if asked <= PRINTED {
            let look =
                Look { level: 0.9, with_origins: asked == 1, is_first: text.is_empty(), paint: Paint::default() };
            text += &printed(|out| report::write_account(case, &results, look, out)).unwrap_or_default();
        }
        Ok::<_, PyErr>(())
    })?;
    Ok(together(batches)?.with_text((asked <= PRINTED).then_some(text)))
}

/// The same for the first questions of those that were asked for, with what each origin does.
fn first(case: &sayso::model::Case, options: &Options) -> Options {
    let asked = if options.questions.is_empty() { case.question_ids().collect() } else { options.questions.clone() };
    let questions = asked.into_iter().take(FIGURES).collect();
    Options { questions, depth: Depth::Influence, ..options.clone() }
}

/// The sentence and the forest plot of each question.
fn figures(case: &sayso::model::Case, options: &Options) -> Vec<Figure> {
    let analysis = analyse(case, options);
    let forest = find_kind("forest");
    let figure = |result: &QuestionResult| {
        let drawing = forest.and_then(|kind| (kind.make)(&Subject::new(case, &analysis, result)).ok());
        let svg = drawing.and_then(|drawing| String::from_utf8(drawing.bytes(Format::Svg).ok()?).ok());
        Figure { words: statement(case, result, Wording::Plain).text(), svg }
    };
    analysis.questions.iter().map(figure).collect()
}
