//! The case that a command works on, and what of it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use sayso::consensus::Settings;
use sayso::ingest::date::read_date;
use sayso::ingest::{CaseRead, Error, Problem, Problems, Severity, parse_bytes, read};
use sayso::learning::Learned;
use sayso::model::{Case, Date, QuestionId};
use sayso::report::prose::Wording;
use sayso::report::spare_case;
use sayso::sorted::Sorted;
use sayso::{Analysis, Options, QuestionResult, named};

use super::failure::Bad;
use super::limit_args::LimitArgs;
use super::tell::tell;
use super::{memory, progress};

/// How many warnings are printed by commands other than `check`.
const SHOWN: usize = 20;

/// The case, and what of it.
#[derive(Debug, Clone, Args)]
pub struct CaseArgs {
    /// Case folder, or a single file of claims
    pub case: PathBuf,
    /// Only this question; may be given several times
    #[arg(long, value_name = "ID")]
    pub question: Vec<String>,
    /// Only claims published by this date, as 2025-02-27, 2025-02 or 2025
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Constants of the method in a TOML file, in the place of the built-in ones; what is fitted on settled values of
    /// the case still overrules them unless the file says `fit = false`
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// Number of threads; results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub limits: LimitArgs,
    /// Refuse a case that would need more memory: 800M, 2G (K, M and G are powers of 1,024). What is read with `--sorted`
    /// needs little and is not refused
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub memory_limit: Option<u64>,
    /// Do not print warnings, nor how far the work is
    #[arg(long)]
    pub quiet: bool,
    /// Tell how far the work is also where standard error is no terminal
    #[arg(long)]
    pub progress: bool,
}

fn parse_date(text: &str) -> Result<Date, String> {
    read_date(text).map_err(|error| format!("{}; {}", error.what, error.remedy))
}

fn parse_size(text: &str) -> Result<u64, String> {
    parse_bytes(text).ok_or_else(|| "write a number of bytes, with K, M or G for powers of 1,024".to_owned())
}

impl CaseArgs {
    /// Refuses an output that would replace what is read here.
    pub fn spare(&self, output: &Path) -> anyhow::Result<()> {
        spare_case(output, &self.case)?;
        self.settings.as_deref().map_or(Ok(()), |settings| Ok(spare_case(output, settings)?))
    }

    /// Reads the case. Its errors are printed, all of them; so are its warnings, unless they are unwanted. `output` is
    /// the file that results go to, which must be none of those that are read.
    pub fn read(&self, output: Option<&Path>) -> anyhow::Result<CaseRead> {
        output.map_or(Ok(()), |output| self.spare(output))?;
        memory::check_file(&self.case, self.memory_limit)?;
        self.begin()?;
        let read = read(&self.case, self.limits.limits()).inspect_err(print_errors)?;
        memory::check_case(&read.case, self.memory_limit)?;
        if !self.quiet {
            print_problems(&read.problems, Severity::Warning, SHOWN);
        }
        Ok(read)
    }

    /// Learns from the case in pieces, for what is asked of it. Its errors and warnings are printed as those of a case
    /// that is read.
    pub fn learn_in_pieces(&self, output: Option<&Path>) -> anyhow::Result<Sorted> {
        output.map_or(Ok(()), |output| self.spare(output))?;
        self.begin()?;
        let options = Options { as_of: self.as_of, settings: self.settings()?, ..Options::default() };
        let sorted = Sorted::learn(&self.case, &options, self.limits.limits()).inspect_err(print_errors)?;
        if !self.quiet {
            print_problems(sorted.problems(), Severity::Warning, SHOWN);
        }
        Ok(sorted)
    }

    /// Sets up threads, and the telling of how far the work is.
    fn begin(&self) -> anyhow::Result<()> {
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
        }
        progress::show(self.quiet, self.progress);
        Ok(())
    }

    /// Reads the case without printing its warnings.
    pub fn read_quietly(&self, output: Option<&Path>) -> anyhow::Result<CaseRead> {
        CaseArgs { quiet: true, ..self.clone() }.read(output)
    }

    /// What is asked of the case: its questions, the date, and the constants.
    pub fn options(&self, case: &Case) -> anyhow::Result<Options> {
        let (questions, settings) = (self.questions(case)?, self.settings()?);
        Ok(Options { as_of: self.as_of, questions, settings, ..Options::default() })
    }

    /// Which constants are in force, in words.
    pub fn constants(&self, learned: &Learned) -> String {
        match (learned.fitted_on, &self.settings) {
            (0, Some(path)) => format!("those of {}", path.display()),
            (0, None) => "built in, wide since too few values are settled to fit any".to_owned(),
            (n, _) => format!("fitted on {n} settled values of the case"),
        }
    }

    /// The constants in the file that was named, or the built-in ones.
    pub fn settings(&self) -> anyhow::Result<Settings> {
        let Some(path) = &self.settings else { return Ok(Settings::default()) };
        let bytes = std::fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
        let text = String::from_utf8(bytes).map_err(|_| Bad(format!("{}: this is not UTF-8 text", path.display())))?;
        Settings::from_toml(&text).map_err(|error| Bad(format!("{}: {error}", path.display())).into())
    }

    /// The questions that were asked for; empty means all.
    pub fn questions(&self, case: &Case) -> anyhow::Result<Vec<QuestionId>> {
        let question = |id: &String| Ok(named::question(case, id).map_err(|unknown| Bad(unknown.0))?);
        self.question.iter().map(question).collect()
    }
}

/// What is to be looked at in the graphs, as warnings with the places of their claims.
pub fn remark_problems<'a>(read: &'a CaseRead, results: &'a [QuestionResult]) -> impl Iterator<Item = Problem> + 'a {
    results.iter().flat_map(|result| &result.remarks).map(|remark| {
        let claims = &read.case.claims;
        let place = read.lines.place(claims.row(remark.claim));
        let what = format!("claim {}: {}", claims.name(remark.claim), remark.what);
        Problem { place, severity: Severity::Warning, what, remedy: remark.remedy.clone() }
    })
}

/// Prints what is to be looked at in the graphs.
pub fn print_remarks(read: &CaseRead, analysis: &Analysis) {
    let mut remarks = Remarks::new(false);
    remarks.print(read, &analysis.questions);
    remarks.end(None);
}

/// What is to be looked at in the graphs, printed as results are found.
pub struct Remarks {
    is_quiet: bool,
    found: usize,
}

impl Remarks {
    /// Prints nothing where that is unwanted.
    pub fn new(is_quiet: bool) -> Remarks {
        Remarks { is_quiet, found: 0 }
    }

    /// Prints what is to be looked at in some results, until enough is printed.
    pub fn print(&mut self, read: &CaseRead, results: &[QuestionResult]) {
        if self.is_quiet {
            return;
        }
        let mut problems = Problems::default();
        remark_problems(read, results).take(SHOWN.saturating_sub(self.found)).for_each(|p| problems.push(p));
        self.found += results.iter().map(|result| result.remarks.len()).sum::<usize>();
        print_problems(&problems, Severity::Warning, SHOWN);
    }

    /// Prints how much was not printed, and the constants in force.
    pub fn end(self, constants: Option<&str>) {
        if self.is_quiet {
            return;
        }
        if self.found > SHOWN {
            tell(format_args!("… and {} more of kind {}", self.found - SHOWN, Severity::Warning.name()));
        }
        if let Some(constants) = constants {
            tell(format_args!("constants: {constants}"));
        }
    }
}

/// How printed sentences tell probabilities.
pub fn wordings() -> impl TypedValueParser<Value = Wording> {
    let known = Wording::ALL.map(|wording| PossibleValue::new(wording.name()).help(wording.meaning()));
    PossibleValuesParser::new(known).try_map(|name| Wording::find(&name).ok_or("there is no such wording"))
}

/// Prints all errors of a case, and its warnings.
pub fn print_errors(error: &Error) {
    if let Error::Bad(problems) = error {
        print_problems(problems, Severity::Error, Problems::KEPT);
        print_problems(problems, Severity::Warning, Problems::KEPT);
    }
}

/// Prints problems to standard error, and how many are not shown. Problems are printed in one go, so
/// that lines of several programs do not mix.
pub fn print_problems(problems: &Problems, severity: Severity, shown: usize) {
    if problems.count(severity) == 0 {
        return;
    }
    progress::hide();
    let mut text = String::new();
    for problem in problems.of(severity).take(shown) {
        text.push_str(&problem.to_string());
        text.push('\n');
    }
    let hidden = problems.count(severity).saturating_sub(shown);
    if hidden > 0 {
        text.push_str(&format!("… and {hidden} more of kind {}\n", severity.name()));
    }
    tell(text.trim_end_matches('\n'));
}
