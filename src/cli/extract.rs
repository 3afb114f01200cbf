//! `sayso extract`

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use sayso::extract::record::write_record;
use sayso::extract::{Document, Extraction, Extractor, Markup, OutsideExtractor, RuleExtractor};
use sayso::ingest::{self, rows as forms, size};
use sayso::report::extraction::{SHEET, append, rows, write_marked, write_page};
use sayso::report::{Cell, Paint, Staged, Table, spare_case, write_csv, write_file, write_row};
use serde::Deserialize;

use super::failure::Bad;
use super::limit_args::LimitArgs;
use super::output::{standard, wants_colour};
use super::tell::{answer, tell};

/// Article text to a claims.csv to be looked over
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    sayso extract article.txt --publisher 'Harbour Daily' -o case/claims.csv\n  \
    sayso extract article.html --explain\n  \
    sayso extract articles.jsonl --append case --dry-run")]
pub struct Extract {
    /// Texts: plain, Markdown, HTML or JSON Lines by their endings; - or none for standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What standard input, or files of other endings, hold
    #[arg(long, value_enum, value_name = "KIND")]
    input: Option<Kind>,
    /// Who published the texts, where they do not say
    #[arg(long, value_name = "NAME", default_value = "")]
    publisher: String,
    /// When they were published, as 2025-02-27, 2025-02 or 2025
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<String>,
    /// Their address
    #[arg(long, value_name = "URL", default_value = "")]
    url: String,
    /// Format of the claims
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Add the claims to a case, without touching its other rows
    #[arg(long, value_name = "CASE", conflicts_with_all = ["output", "explain", "format"])]
    append: Option<PathBuf>,
    /// Show what --append would add, and add nothing
    #[arg(long, requires = "append")]
    dry_run: bool,
    /// Show the texts with figures, sources and cues marked
    #[arg(long, value_enum, value_name = "AS", num_args = 0..=1, require_equals = true, default_missing_value = "terminal", conflicts_with = "format")]
    explain: Option<Explain>,
    /// Another program that reads and writes JSON Lines, with its arguments; what it says is verified. It stays running
    /// and gets a line for each text, {"id", "text", "publisher", "published", "url"}. It answers each with one line,
    /// {"id", "claims": [...]} as --format jsonl has it, written out at once: the next text comes after the answer
    #[arg(long, value_name = "COMMAND")]
    extractor: Option<String>,
    /// How long the extractor may take for a text, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "extractor", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    extractor_timeout: u32,
    #[command(flatten)]
    limits: LimitArgs,
    /// Do not print warnings
    #[arg(long)]
    quiet: bool,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// plain text
    Text,
    /// Markdown
    Markdown,
    /// HTML, of which the article is read
    Html,
    /// one object a line, with id, text or passage, publisher, published, url
    Jsonl,
}

/// Format of the claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// rows of claims.csv
    Csv,
    /// a line for each text, with its claims
    Jsonl,
}

/// Where the marked text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Explain {
    /// on the terminal
    Terminal,
    /// in a browser, as one page
    Html,
}

fn date(text: &str) -> Result<String, String> {
    ingest::read_date(text).map(|_| text.to_owned()).map_err(|wrong| wrong.to_string())
}

/// A line of a JSON Lines file of texts.
#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    text: Option<String>,
    passage: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default, alias = "date")]
    published: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

impl Extract {
    pub fn run(self) -> anyhow::Result<()> {
        let mut extractor: Box<dyn Extractor> = match &self.extractor {
            Some(command) => {
                Box::new(OutsideExtractor::start(command, Duration::from_secs(self.extractor_timeout.into()))?)
            }
            None => Box::new(RuleExtractor::new()),
        };
        for (output, file) in self.output.iter().flat_map(|output| self.files.iter().map(move |file| (output, file))) {
            spare_case(output, file)?;
        }
        let mut sink = Sink::new(&self)?;
        let standard = [PathBuf::from("-")];
        let files: &[PathBuf] = if self.files.is_empty() { &standard } else { &self.files };
        for file in files {
            self.read(file, &mut |document| {
                let found = extractor.extract(&document)?;
                self.warn(&document, &found);
                sink.take(document, found)
            })?;
        }
        sink.finish()
    }

    /// Reads the texts of a file, one after the other.
    fn read(&self, file: &Path, take: &mut dyn FnMut(Document) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let is_standard = file == Path::new("-");
        let name = if is_standard { "standard input".to_owned() } else { file.display().to_string() };
        let lines = self.input == Some(Kind::Jsonl) || self.input.is_none() && forms::is_json_lines(file);
        let reader: Box<dyn Read> = if is_standard {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(file).map_err(|error| anyhow::anyhow!("{name}: {error}"))?)
        };
        let failed = |error: io::Error| anyhow::anyhow!("{name}: {error}");
        if lines {
            return self.read_lines(&name, BufReader::new(reader), take);
        }
        let mut bytes = Vec::new();
        let most = self.limits.limits().text;
        reader.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
        let text = as_text(&name, bytes, most)?;
        if text.trim().is_empty() {
            return Err(Bad(format!("{name}: the text is empty")).into());
        }
        let id = file
            .file_name()
            .filter(|_| !is_standard)
            .map_or("stdin".into(), |name| name.to_string_lossy().into_owned());
        let markup = match self.input {
            Some(Kind::Markdown) => Markup::Markdown,
            Some(Kind::Html) => Markup::Html,
            Some(_) => Markup::Plain,
            None => Markup::guess(&id, &text),
        };
        take(self.document(&id, text, markup, None, None, None))
    }

    /// Reads texts from lines of JSON.
    fn read_lines(
        &self,
        name: &str,
        mut reader: impl BufRead,
        take: &mut dyn FnMut(Document) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let most = self.limits.limits().text;
        let mut number = 0_u64;
        let mut line = Vec::new();
        loop {
            line.clear();
            number += 1;
            let read = reader.by_ref().take(most.saturating_add(1)).read_until(b'\n', &mut line);
            if read.map_err(|error| anyhow::anyhow!("{name}: {error}"))? == 0 {
                return Ok(());
            }
            let place = format!("{name}:{number}");
            let text = as_text(&place, std::mem::take(&mut line), most)?;
            if text.trim().is_empty() {
                continue;
            }
            let entry: Line = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
                Bad(format!(
                    "{place}: this is not an object with a text: {error}; write one object a line, with `id` and `text`"
                ))
            })?;
            let id = match entry.id {
                Some(serde_json::Value::String(id)) => id,
                Some(serde_json::Value::Number(id)) => id.to_string(),
                Some(_) => return Err(Bad(format!("{place}: `id` is neither a text nor a number")).into()),
                None => format!("line {number}"),
            };
            let Some(text) = entry.text.or(entry.passage) else {
                return Err(Bad(format!("{place}: no `text`; write one object a line, with `id` and `text`")).into());
            };
            let markup = Markup::guess("", &text);
            take(self.document(&id, text, markup, entry.publisher, entry.published, entry.url))?;
        }
    }

    fn document(
        &self,
        id: &str,
        text: String,
        markup: Markup,
        publisher: Option<String>,
        published: Option<String>,
        url: Option<String>,
    ) -> Document {
        let own = |given: Option<String>, option: &str| {
            given.filter(|text| !text.is_empty()).unwrap_or_else(|| option.to_owned())
        };
        Document::new(id, text, markup).with_origin(
            &own(publisher, &self.publisher),
            &own(published, self.published.as_deref().unwrap_or("")),
            &own(url, &self.url),
        )
    }

    /// Says what there is to say about a text.
    fn warn(&self, document: &Document, found: &Extraction) {
        if self.quiet {
            return;
        }
        for remark in &found.remarks {
            tell(format_args!("{}: {remark}", document.id));
        }
        for reject in &found.rejects {
            tell(format_args!("{}: rejected: {reject}", document.id));
        }
        let wants = self.explain.is_none() && self.format == Format::Csv;
        if document.publisher().is_empty() && !found.claims.is_empty() && wants {
            tell(format_args!(
                "{}: nobody says who published it; its name stands in, and --publisher names another",
                document.id
            ));
        }
    }
}

/// Bytes as text, or where they are none.
fn as_text(name: &str, bytes: Vec<u8>, most: u64) -> anyhow::Result<String> {
    if bytes.len() as u64 > most {
        return Err(Bad(format!("{name}: more than {} of text; split it, or raise `--limit text`", size(most))).into());
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = bytes.get(..valid).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count() + 1;
        let what = forms::not_text(bytes.get(..bytes.len().min(64)).unwrap_or_default())
            .map_or("this is not UTF-8 text", |found| found.0);
        Bad(format!("{name}:{line}:{column}: {what}; save it as text in UTF-8")).into()
    })
}

/// Where the claims go. They are written as they are found; a file appears when it is whole.
struct Sink<'a> {
    arguments: &'a Extract,
    out: Option<Out>,
    /// rows for a case that exists
    rows: Vec<Vec<Cell<'static>>>,
    /// texts for one page
    explained: Vec<(Document, Extraction)>,
}

/// What is written to.
enum Out {
    Standard(BufWriter<io::Stdout>),
    File(Staged),
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Standard(out) => out.write(bytes),
            Out::File(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Standard(out) => out.flush(),
            Out::File(_) => Ok(()),
        }
    }
}

impl<'a> Sink<'a> {
    fn new(arguments: &'a Extract) -> anyhow::Result<Sink<'a>> {
        if let Some(case) = &arguments.append {
            // A case that cannot be read is not written to.
            ingest::read(case, arguments.limits.limits())?;
        }
        Ok(Sink { arguments, out: None, rows: Vec::new(), explained: Vec::new() })
    }

    /// The output, opened when there is something to write.
    fn out(&mut self) -> anyhow::Result<&mut Out> {
        if self.out.is_none() {
            self.out = Some(self.open()?);
        }
        self.out.as_mut().ok_or_else(|| anyhow::anyhow!("no output"))
    }

    fn open(&self) -> anyhow::Result<Out> {
        let mut out = match &self.arguments.output {
            Some(path) => {
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    fs::create_dir_all(folder)
                        .map_err(|error| anyhow::anyhow!("{} could not be made: {error}", folder.display()))?;
                }
                Out::File(Staged::create(path)?)
            }
            None => Out::Standard(BufWriter::new(io::stdout())),
        };
        if self.arguments.explain.is_none() && self.arguments.format == Format::Csv {
            write_csv(&Table::new(&SHEET), &mut out)?;
        }
        Ok(out)
    }

    fn take(&mut self, document: Document, found: Extraction) -> anyhow::Result<()> {
        if self.arguments.append.is_some() {
            self.rows.extend(rows(&document, &found));
            return Ok(());
        }
        if self.arguments.explain == Some(Explain::Html) {
            self.explained.push((document, found));
            return Ok(());
        }
        let arguments = self.arguments;
        let out = self.out()?;
        match (arguments.explain, arguments.format) {
            (Some(_), _) => {
                let paint = Paint { is_on: arguments.output.is_none() && wants_colour() };
                write_marked(&document, &found, paint, out)?;
            }
            (None, Format::Jsonl) => write_record(&document, &found, out)?,
            (None, Format::Csv) => rows(&document, &found).try_for_each(|row| write_row(&row, out))?,
        }
        Ok(out.flush()?)
    }

    fn finish(mut self) -> anyhow::Result<()> {
        if let Some(case) = &self.arguments.append {
            return self.append(case);
        }
        if self.arguments.explain == Some(Explain::Html) {
            let explained = std::mem::take(&mut self.explained);
            write_page(&explained, self.out()?)?;
        }
        self.out()?.flush()?;
        if let Some(Out::File(staged)) = self.out.take() {
            staged.finish()?;
        }
        Ok(())
    }

    /// Adds the rows to a case, or shows them.
    fn append(&self, case: &Path) -> anyhow::Result<()> {
        let path = if case.is_dir() { case.join("claims.csv") } else { case.to_owned() };
        if forms::is_json_lines(&path) || !path.exists() {
            return Err(Bad(format!("{}: rows are added to a claims.csv", path.display())).into());
        }
        let file = fs::read(&path).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        let appended =
            append(&file, &SHEET, &self.rows).map_err(|error| Bad(format!("{}: {error}", path.display())))?;
        if !appended.without.is_empty() && !self.arguments.quiet {
            tell(format_args!("{}: the case has no column {}; left out", path.display(), appended.without.join(", ")));
        }
        if appended.known > 0 {
            tell(format_args!(
                "{}: {} of {} there already, by publisher, place and estimate; not added again",
                path.display(),
                appended.known,
                sayso::report::counted(self.rows.len(), "claim", "claims"),
            ));
        }
        if self.arguments.dry_run {
            return standard(io::stdout().lock().write_all(appended.added.as_bytes()));
        }
        write_file(&path, &appended.bytes)?;
        let added = self.rows.len() - appended.known;
        let added = sayso::report::counted(added, "claim", "claims");
        standard(answer(format_args!("{added} added to {}", path.display())))
    }
}
