//! `sayso consensus`

use clap::Args;
use sayso::consensus::methods::{METHODS, Method, find as find_method};
use sayso::consensus::rules::{RULES, Rank, Rule, find as find_rule};
use sayso::ingest::nearest;
use sayso::model::Case;
use sayso::report::prose::Wording;
use sayso::{analyse, compare, published, report};

use super::case_args::{CaseArgs, print_remarks, wordings};
use super::failure::Bad;
use super::output::Output;

/// Range for every question, and what stands behind it
#[derive(Args)]
#[command(
    after_help = "Examples:\n  sayso consensus data/kursk-2025 --question kursk_casualties --as-of 2025-02-28\n  \
    sayso consensus data/kursk-2025 --wording icd203\n  \
    sayso consensus data/kursk-2025 --method median\n  \
    sayso consensus data/kursk-2025 --rule hierarchy --order agency,official,wire"
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
        self.order.iter().map(|word| rank(case, word.trim())).collect()
    }
}

fn rank(case: &Case, word: &str) -> anyhow::Result<Rank> {
    if let Some(rank) = Rank::read(case, word) {
        return Ok(rank);
    }
    let names = case.sources.iter().map(|source| &*source.name);
    let hint = nearest(word, names).map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
    Err(Bad(format!("`{word}` is neither a kind of source nor a source of the case{hint}")).into())
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
    if text == "origins" {
        return Ok(Chosen::Origins);
    }
    let names = || std::iter::once("origins").chain(METHODS.iter().map(|method| method.name));
    find_method(text).map(Chosen::Method).ok_or_else(|| unknown(text, &names().collect::<Vec<_>>()))
}

fn parse_rule(text: &str) -> Result<&'static Rule, String> {
    find_rule(text).ok_or_else(|| unknown(text, &RULES.iter().map(|rule| rule.name).collect::<Vec<_>>()))
}

fn unknown(text: &str, names: &[&str]) -> String {
    let meant = nearest(text, names.iter().copied());
    meant.map_or_else(|| format!("known are {}", names.join(", ")), |meant| format!("did you mean `{meant}`?"))
}

impl Consensus {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read()?;
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
        // Of the default method's work only the account of the case is shown beside another.
        options.account_only = matches!(self.method, Chosen::Method(_));
        let analysis = analyse(case, &options);
        if !self.case.quiet {
            print_remarks(&read, &analysis);
            if matches!(self.method, Chosen::Origins) {
                eprintln!("constants: {}", self.case.constants(&analysis.learned));
            }
        }
        match self.method {
            Chosen::Origins if let Some(wording) = self.wording => {
                let table = || report::statements_table(case, &analysis);
                let read = |paint, out: &mut _| report::write_statements(case, &analysis, wording, paint, out);
                self.output.write(table, read)
            }
            Chosen::Origins => {
                let table = || (report::TABLES[0].make)(case, &analysis);
                self.output.write(table, |paint, out| report::write_account(case, &analysis, self.level, paint, out))
            }
            Chosen::Method(method) => {
                let answers = compare::answers(case, &analysis, method);
                let table = || report::answers_table(case, &analysis, method, &answers);
                self.output.write(table, |paint, out| {
                    report::write_answers(case, &analysis, method, &answers, self.level, paint, out)
                })
            }
        }
    }
}
