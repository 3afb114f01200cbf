//! `sayso plot`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use sayso::report::picture::{Format, KINDS, Kind, Subject, find_kind};
use sayso::report::write_file;
use sayso::{Options, analyse};

use super::case_args::CaseArgs;
use super::failure::Bad;
use super::output::standard;

/// One picture as SVG, or as PNG where it was built with that
#[derive(Args)]
#[command(
    after_help = "Example: sayso plot data/kursk-2025 --question kursk_reinforcement --kind forest -o forest.svg"
)]
pub struct Plot {
    #[command(flatten)]
    case: CaseArgs,
    /// What it shows
    #[arg(long, value_parser = kinds())]
    kind: &'static Kind,
    /// Write to a file instead of standard output; as PNG if it ends in .png
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The kinds of the table, with what they show.
fn kinds() -> impl TypedValueParser<Value = &'static Kind> {
    let known = KINDS.iter().map(|kind| PossibleValue::new(kind.name).help(kind.meaning));
    PossibleValuesParser::new(known).try_map(|name| find_kind(&name).ok_or("there is no such kind"))
}

impl Plot {
    pub fn run(self) -> anyhow::Result<()> {
        let read = self.case.read(self.output.as_deref())?;
        let (case, kind) = (&read.case, self.kind);
        let questions = self.case.questions(case)?;
        if kind.of_question && questions.len() != 1 && case.questions.len() != 1 {
            let few = case.questions.iter().take(12).map(|question| &*question.id).collect::<Vec<_>>().join(", ");
            let more = if case.questions.len() > 12 { " and others" } else { "" };
            return Err(Bad(format!("name one question with --question; the case has {few}{more}")).into());
        }
        // A share needs the range of the question that it is a share of.
        let options = Options { questions: Vec::new(), ..self.case.options(case)? };
        let analysis = analyse(case, &options);
        let wanted = questions.first().map_or(0, |question| question.index());
        let result = analysis.questions.get(wanted).ok_or_else(|| Bad("the case has no question".to_owned()))?;
        let drawing = (kind.make)(&Subject::new(case, &analysis, result)).map_err(Bad)?;
        let is_png =
            self.output.as_ref().and_then(|path| path.extension()).is_some_and(|e| e.eq_ignore_ascii_case("png"));
        let bytes = drawing.bytes(if is_png { Format::Png } else { Format::Svg }).map_err(Bad)?;
        match &self.output {
            Some(path) => write_file(path, &bytes)?,
            None => standard(io::stdout().lock().write_all(&bytes))?,
        }
        Ok(())
    }
}
