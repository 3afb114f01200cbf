//! `sayso consensus`

use std::io::Write;

use clap::Args;
use sayso::consensus::methods::Method;
use sayso::consensus::rules::{Rank, Rule};
use sayso::ingest::CaseRead;
use sayso::model::Case;
use sayso::report::Look;
use sayso::report::prose::Wording;
use sayso::sorted::Answered;
use sayso::{Basis, Depth, Options, named, published, report};

use super::case_args::{CaseArgs, Remarks, print_errors, wordings};
use super::failure::Bad;
use super::output::Output;

/// Range for every question, and what stands behind it
#[derive(Args)]
#[command(
    after_help = "Examples:\n  sayso consensus data/kursk-2025 --question kursk_casualties --as-of 2025-02-28\n  \
    sayso consensus data/kursk-2025 --wording icd203\n  \
    sayso consensus data/kursk-2025 --method median\n  \
    sayso consensus data/kursk-2025 --rule hierarchy --order agency,official,wire\n  \
    sayso consensus claims.csv.gz --sorted --format csv -o consensus.csv"
)]
pub struct Consensus {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    output: Output,
    /// Probability of the range that is printed first: 0.5, 0.8, 0.9 or 0.95
    #[arg(long, default_value_t = 0.9, value_parser = parse_level)]
    level: f64,
    /// Method: origins, or one of the literature; `sayso compare` shows them all
    #[arg(long, value_name = "NAME", default_value = "origins", value_parser = parse_method, conflicts_with = "rule")]
    method: Chosen,
    /// House rule instead of a method
    #[arg(long, value_name = "NAME", value_parser = parse_rule)]
    rule: Option<&'static Rule>,
    #[command(flatten)]
    order: Order,
    /// Only the sentence on each question that can be printed, with its attribution, in these words
    #[arg(long, value_name = "WORDS", value_parser = wordings(), conflicts_with_all = ["rule", "method"])]
    wording: Option<Wording>,
    /// Read a large file in pieces, twice: memory holds its sources and not its claims. The rows of each question must
    /// stand together
    #[arg(long, conflicts_with_all = ["rule", "wording", "question"])]
    sorted: bool,
}

/// The order that the rule `hierarchy` goes by.
#[derive(Args)]
pub struct Order {
    /// Kinds and sources for the rule `hierarchy`, the highest first: agency,"UN OCHA",wire
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    order: Vec<String>,
}

impl Order {
    /// The ranks, by the sources of a case.
    pub fn ranks(&self, case: &Case) -> anyhow::Result<Vec<Rank>> {
        let rank = |word: &String| Ok(named::rank(case, word.trim()).map_err(|unknown| Bad(unknown.0))?);
        self.order.iter().map(rank).collect()
    }
}

/// The default method, or one of the literature.
#[derive(Clone, Copy)]
enum Chosen {
    Origins,
    Method(&'static Method),
}

pub fn parse_level(text: &str) -> Result<f64, String> {
    let wanted = text.trim_end_matches('%').parse::<f64>().map_err(|e| e.to_string())?;
    let level = if wanted > 1.0 { wanted / 100.0 } else { wanted };
    [0.5, 0.8, 0.9, 0.95]
        .into_iter()
        .find(|known| (known - level).abs() < 1e-9)
        .ok_or_else(|| "ranges are given at 0.5, 0.8, 0.9 and 0.95".to_owned())
}

fn parse_method(text: &str) -> Result<Chosen, String> {
    let method = named::method(text).map_err(|unknown| unknown.0)?;
    Ok(method.map_or(Chosen::Origins, Chosen::Method))
}

fn parse_rule(text: &str) -> Result<&'static Rule, String> {
    named::rule(text).map_err(|unknown| unknown.0)
}

impl Consensus {
    pub fn run(self) -> anyhow::Result<()> {
        if self.sorted {
            return self.in_pieces();
        }
        let read = self.case.read(self.output.output.as_deref())?;
        let case = &read.case;
        let mut options = self.case.options(&read.case)?;
        options.wording = self.wording.unwrap_or_default();
        if let Some(rule) = self.rule {
            let order = self.order.ranks(case)?;
            if rule.needs_order && order.is_empty() {
                return Err(anyhow::anyhow!(
                    "the rule `{}` needs --order, such as --order agency,official,wire",
                    rule.name
                ));
            }
            let rulings = published::rulings(case, &options, rule, &order);
            let table = || report::rulings_table(case, rule, &rulings);
            return self.output.write(table, |paint, out| report::write_rulings(case, rule, &rulings, paint, out));
        }
        match self.method {
            Chosen::Method(method) => self.by_method(&read, options, method),
            Chosen::Origins => self.by_origins(&read, options),
        }
    }

    fn by_origins(&self, read: &CaseRead, mut options: Options) -> anyhow::Result<()> {
        let case = &read.case;
        // What single origins do is shown where a person reads of a single question.
        let is_single = options.questions.len() == 1 || case.questions.len() == 1;
        let with_origins = is_single && !self.output.is_table() && self.wording.is_none();
        options.depth = if with_origins { Depth::Influence } else { Depth::Ranges };
        let basis = Basis::of(case, &options);
        let constants = self.case.constants(basis.learned());
        let mut remarks = Remarks::new(self.case.quiet);
        if let Some(wording) = self.wording {
            let analysis = basis.analysis(case);
            remarks.print(read, &analysis.questions);
            remarks.end(Some(&constants));
            let table = || report::statements_table(case, &analysis);
            let read = |paint, out: &mut _| report::write_statements(case, &analysis, wording, paint, out);
            return self.output.write(table, read);
        }
        self.output.parts(|parts| {
            basis.each(case, |results| {
                remarks.print(read, &results);
                let is_first = parts.is_empty();
                parts.add(
                    || report::consensus_rows(case, &results),
                    |paint, out| {
                        let look = Look { level: self.level, with_origins, is_first, paint };
                        report::write_account(case, &results, look, out)
                    },
                )
            })
        })?;
        remarks.end(Some(&constants));
        Ok(())
    }

    /// By `origins`, in pieces of a large file.
    fn in_pieces(&self) -> anyhow::Result<()> {
        if let Chosen::Method(method) = self.method {
            let what = format!("--sorted is for the method `origins`; leave it away for `{}`", method.name);
            return Err(Bad(what).into());
        }
        let sorted = self.case.learn_in_pieces(self.output.output.as_deref())?;
        let with_origins = sorted.questions() == 1 && !self.output.is_table();
        let depth = if with_origins { Depth::Influence } else { Depth::Ranges };
        let mut remarks = Remarks::new(self.case.quiet);
        self.output.parts(|parts| {
            for (at, answered) in sorted.answers(depth)?.enumerate() {
                let Answered { read, results } = answered.inspect_err(print_errors)?;
                remarks.print(&read, &results);
                parts.add(
                    || report::consensus_rows(&read.case, &results),
                    |paint, out| {
                        let look = Look { level: self.level, with_origins, is_first: at == 0, paint };
                        report::write_account(&read.case, &results, look, out)
                    },
                )?;
            }
            Ok(())
        })?;
        remarks.end(Some(&self.case.constants(sorted.learned())));
        Ok(())
    }

    fn by_method(&self, read: &CaseRead, mut options: Options, method: &Method) -> anyhow::Result<()> {
        let case = &read.case;
        // Of the default method's work only the account of the case is shown beside another.
        options.depth = Depth::Account;
        let answers = method.answers(&published::figures(case, &options));
        let basis = Basis::of(case, &options);
        let mut remarks = Remarks::new(self.case.quiet);
        self.output.parts(|parts| {
            basis.each(case, |results| {
                remarks.print(read, &results);
                let is_first = parts.is_empty();
                parts.add(
                    || report::answers_rows(case, &results, method, &answers),
                    |paint, out| {
                        if is_first {
                            writeln!(out, "{}", report::method_line(method, paint))?;
                        }
                        report::write_answers(case, &results, &answers, self.level, paint, out)
                    },
                )
            })
        })?;
        remarks.end(None);
        Ok(())
    }
}
