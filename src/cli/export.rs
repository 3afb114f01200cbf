//! `sayso export`

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use sayso::graph::{ClaimGraph, View};
use sayso::model::Case;
use sayso::report::export::{Dossier, FORMATS, Format, Target, Writer, find_format};
use sayso::report::prose::Wording;
use sayso::report::write_file;
use sayso::{Options, analyse};

use super::case_args::{CaseArgs, wordings};
use super::failure::Bad;
use super::output::standard;

/// Claims, chains and ranges for other programs
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    sayso export data/kursk-2025 --format dot --question kursk_reinforcement -o kursk.dot\n  \
    sayso export data/kursk-2025 --format stix -o kursk.stix.json\n  \
    sayso export data/kursk-2025 --format quickstatements --question kursk_killed --item Q4115189 --property P1120\n  \
    sayso export data/kursk-2025 --format json | python -c \
    'import json, sys, networkx; print(networkx.node_link_graph(json.load(sys.stdin), edges=\"edges\"))'")]
pub struct Export {
    #[command(flatten)]
    case: CaseArgs,
    /// Format
    #[arg(long, value_parser = formats())]
    format: &'static Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How printable sentences tell probabilities
    #[arg(long, value_name = "WORDS", value_parser = wordings(), default_value = "plain")]
    wording: Wording,
    /// For quickstatements: the Wikidata item, of all questions or of one
    #[arg(long, value_name = "[QUESTION=]Q…")]
    item: Vec<String>,
    /// For quickstatements: the property, such as P1120 (number of deaths)
    #[arg(long, value_name = "[QUESTION=]P…")]
    property: Vec<String>,
}

/// The formats of the table, with what they are for.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let known = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.meaning));
    PossibleValuesParser::new(known).try_map(|name| find_format(&name).ok_or("there is no such format"))
}

impl Export {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read(self.output.as_deref())?;
        let case = &read.case;
        let mut questions = self.case.questions(case)?;
        questions.sort_unstable();
        questions.dedup();
        if questions.is_empty() {
            questions = case.question_ids().collect();
        }
        let view = View::new(case, self.case.as_of);
        let graphs: Vec<_> = questions.iter().map(|&question| ClaimGraph::build(case, question, view)).collect();
        match self.format.write {
            Writer::Graphs(write) => self.put(|out| write(&graphs, out)),
            Writer::Dossier(write) => {
                let targets = self.targets(case)?;
                let options = Options { wording: self.wording, ..self.case.options(&read.case)? };
                let mut dossier = Dossier::new(case, &analyse(case, &options), &graphs);
                dossier.targets = targets;
                self.put(|out| write(&dossier, out))
            }
        }
    }

    /// Writes to the file, all or nothing, or to standard output.
    fn put(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        if let Some(path) = &self.output {
            let mut bytes = Vec::new();
            write(&mut bytes)?;
            write_file(path, &bytes)?;
        } else {
            let mut out = BufWriter::new(io::stdout().lock());
            standard(write(&mut out).and_then(|()| out.flush()))?;
        }
        Ok(())
    }

    /// The items and properties of questions; under the empty id stand those for all.
    fn targets(&self, case: &Case) -> anyhow::Result<BTreeMap<String, Target>> {
        let mut targets: BTreeMap<String, Target> = BTreeMap::new();
        if self.format.name == "quickstatements" && (self.item.is_empty() || self.property.is_empty()) {
            anyhow::bail!("statements need an --item and a --property, such as --item Q42 --property P1120");
        }
        for (values, letter) in [(&self.item, 'Q'), (&self.property, 'P')] {
            for value in values {
                let (question, id) = value.rsplit_once('=').unwrap_or(("", value));
                let digits = id.strip_prefix(letter).unwrap_or_default();
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    anyhow::bail!("`{id}` is no id of Wikidata; write {letter} and a number");
                }
                if !question.is_empty() && case.find_question(question).is_none() {
                    return Err(Bad(format!("the case has no question `{question}`")).into());
                }
                let target = targets.entry(question.to_owned()).or_default();
                let field = if letter == 'Q' { &mut target.item } else { &mut target.property };
                id.clone_into(field);
            }
        }
        // What is given for all holds where a question has only one of the two.
        let all = targets.get("").cloned().unwrap_or_default();
        for target in targets.values_mut() {
            if target.item.is_empty() {
                target.item.clone_from(&all.item);
            }
            if target.property.is_empty() {
                target.property.clone_from(&all.property);
            }
        }
        Ok(targets)
    }
}
