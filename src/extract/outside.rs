//! Another program in the place of the grammar: JSON Lines in, JSON Lines out.
//!
//! The program gets one line for each document, `{"id", "text", "publisher", "published", "url"}`, and
//! answers each with one line, `{"id", "claims": [...]}`, in the form of `--format jsonl`, before it gets the next. It
//! stays running for the whole of a run, and is ended where an answer takes too long: a program that waits for the end
//! of its input would wait for ever. Nothing that it says is believed unseen: every span, name and
//! hedge has to stand in the text, and every value has to be what its words say.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::claim::{Bounded, Claim, Event, Extraction, Figure, Party, Span, Standing};
use super::lexicon::Lexicon;
use super::quantity::quantities;
use super::record::{ClaimRecord, ElementRecord, Record};
use super::sentence::sentences;
use super::token::tokens;
use super::{Document, ExtractError, Extractor};
use crate::ingest::plain_line;
use crate::model::SourceKind;

/// The longest answer that is read.
const LONGEST: u64 = 1 << 28;

/// An outside program, running.
#[derive(Debug)]
pub struct OutsideExtractor {
    command: String,
    child: Child,
    /// what a thread writes to the program, which may not read it
    input: Option<Sender<Vec<u8>>>,
    /// what a thread hears of it
    answers: Receiver<io::Result<Vec<u8>>>,
    patience: Duration,
    lexicon: Lexicon,
}

impl OutsideExtractor {
    /// Starts a program. The command is its name and its arguments, parted by spaces; no shell reads it. It has
    /// `patience` for the answer to each text.
    ///
    /// # Errors
    /// Where the command is empty or cannot be started.
    pub fn start(command: &str, patience: Duration) -> Result<OutsideExtractor, ExtractError> {
        let failed = |what: String| ExtractError::Outside { command: command.to_owned(), what };
        let mut words = command.split_whitespace();
        let program = words.next().ok_or_else(|| failed("is empty; name a program".into()))?;
        let started = Command::new(program).args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = started.map_err(|error| failed(format!("could not be started: {error}")))?;
        let mut to = child.stdin.take().ok_or_else(|| failed("has no input".into()))?;
        let from = child.stdout.take().ok_or_else(|| failed("has no output".into()))?;
        let (input, lines) = channel::<Vec<u8>>();
        // Both threads end with the program: one at the end of its output, the other where it no longer reads.
        thread::spawn(move || lines.into_iter().all(|line| to.write_all(&line).and_then(|()| to.flush()).is_ok()));
        let (said, answers) = sync_channel(1);
        thread::spawn(move || {
            let mut from = BufReader::new(from);
            loop {
                let mut line = Vec::new();
                let read = from.by_ref().take(LONGEST).read_until(b'\n', &mut line);
                let is_over = !matches!(read, Ok(1..));
                if said.send(read.map(|_| line)).is_err() || is_over {
                    return;
                }
            }
        });
        Ok(OutsideExtractor {
            command: command.to_owned(),
            child,
            input: Some(input),
            answers,
            patience,
            lexicon: Lexicon::new(),
        })
    }

    fn failed(&self, what: impl Into<String>) -> ExtractError {
        ExtractError::Outside { command: self.command.clone(), what: what.into() }
    }

    /// Sends a document and reads the answer.
    fn ask(&mut self, document: &Document) -> Result<Record, ExtractError> {
        let line = json!({
            "id": document.id,
            "text": document.text(),
            "publisher": document.publisher(),
            "published": document.published(),
            "url": document.url(),
        });
        let mut bytes = line.to_string().into_bytes();
        bytes.push(b'\n');
        // Where the program no longer reads, it has ended, which the end of its output tells.
        let _ = self.input.as_ref().map(|input| input.send(bytes));
        let answer = match self.answers.recv_timeout(self.patience) {
            Ok(answer) => answer.map_err(|error| self.failed(format!("could not be heard: {error}")))?,
            Err(RecvTimeoutError::Disconnected) => Vec::new(),
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                return Err(self.failed(format!(
                    "gave no answer to `{}` within {} s; it has to answer every line with a line, written out at once, \
                     before it gets the next; `--extractor-timeout` gives it longer",
                    document.id,
                    self.patience.as_secs()
                )));
            }
        };
        if answer.is_empty() {
            return Err(
                self.failed(format!("ended without an answer to `{}`; it has to write one line for each", document.id))
            );
        }
        let record: Record = serde_json::from_slice(&answer).map_err(|error| {
            self.failed(format!("answered `{}` with something else than a record: {error}", document.id))
        })?;
        if record.id != document.id {
            return Err(self.failed(format!("answered `{}` with the id `{}`", document.id, record.id)));
        }
        Ok(record)
    }
}

impl Drop for OutsideExtractor {
    fn drop(&mut self) {
        // The end of its input tells the program to stop; one that does not is ended.
        drop(self.input.take());
        for _ in 0..100 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Extractor for OutsideExtractor {
    fn extract(&mut self, document: &Document) -> Result<Extraction, ExtractError> {
        let record = self.ask(document)?;
        let mut found = Extraction::default();
        for (at, claim) in record.claims.iter().enumerate() {
            match verified(document.text(), claim, &self.lexicon) {
                Ok((claim, remarks)) => {
                    found.rejects.extend(remarks.into_iter().map(|remark| format!("claim {}: {remark}", at + 1)));
                    found.claims.push(claim);
                }
                Err(why) => found.rejects.push(format!("claim {}, `{}`: {why}", at + 1, short(&claim.quantity_text))),
            }
        }
        found.claims.sort_by_key(|claim| claim.figure.span);
        Ok(found)
    }
}

/// A text short enough for a message.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A claim of another program, if the text bears it out, and what of it was dropped.
fn verified(text: &str, claim: &ClaimRecord, lexicon: &Lexicon) -> Result<(Claim, Vec<String>), String> {
    let span = place(text, claim)?;
    let mut remarks = Vec::new();
    let bound = Bounded::ALL.into_iter().find(|bound| bound.name() == claim.bound);
    let bound = bound.ok_or_else(|| format!("`{}` is no bound", short(&claim.bound)))?;
    check_values(claim, bound, lexicon)?;
    let mut chain = Vec::new();
    for element in &claim.attribution_chain {
        chain.push(element_party(text, element, span)?);
    }
    let mut disputed_by = Vec::new();
    for element in &claim.disputed_by {
        disputed_by.push(element_party(text, element, span)?);
    }
    let mut hedges = Vec::new();
    for hedge in &claim.hedge {
        match nearest(text, hedge, span) {
            Some(found) => hedges.push(found),
            None => remarks.push(format!("the hedge `{}` does not stand in the text and was dropped", short(hedge))),
        }
    }
    let subject = nearest(text, &claim.subject, span).unwrap_or(span);
    let standing = match claim.status.as_deref() {
        Some("projected") => Standing::Projected,
        Some("disputed") => Standing::Disputed,
        Some("superseded") => Standing::Superseded,
        _ => Standing::Asserted,
    };
    let figure = Figure {
        span,
        low: claim.quantity_low,
        high: claim.quantity_high,
        bound,
        strict: claim.strict,
        below: claim.side.as_deref() == Some("below"),
        vague_base: claim.vague_base,
    };
    let event = Event::from_name(&claim.event);
    let unit = plain_line(&claim.unit).chars().take(80).collect();
    Ok((
        Claim { figure, unit, event, subject, chain, hedges, standing, disputed_by, rules: vec!["outside program"] },
        remarks,
    ))
}

/// The span of a quantity: where the program says, or the only place where its words stand.
fn place(text: &str, claim: &ClaimRecord) -> Result<Span, String> {
    let words = claim.quantity_text.as_str();
    if words.trim().is_empty() {
        return Err("it quotes no words".into());
    }
    if let Some([start, end]) = claim.quantity_span {
        let byte = |at: usize| {
            text.char_indices()
                .nth(at)
                .map(|(byte, _)| byte)
                .or_else(|| (text.chars().count() == at).then_some(text.len()))
        };
        let span = byte(start).zip(byte(end)).map(|(start, end)| Span { start, end });
        return match span {
            Some(span) if span.of(text) == words => Ok(span),
            _ => Err(format!("the text has other words at {start} to {end}")),
        };
    }
    let mut places = text.match_indices(words);
    match (places.next(), places.next()) {
        (Some((start, _)), None) => Ok(Span { start, end: start + words.len() }),
        (None, _) => Err("its words do not stand in the text".into()),
        _ => Err("its words stand in several places, and it names none".into()),
    }
}

/// Whether the words of a quantity give its values.
fn check_values(claim: &ClaimRecord, bound: Bounded, lexicon: &Lexicon) -> Result<(), String> {
    let words = claim.quantity_text.as_str();
    let tokens = tokens(words, lexicon);
    let all: Vec<_> =
        sentences(&tokens).into_iter().flat_map(|sentence| quantities(words, &tokens, sentence)).collect();
    let said: Vec<f64> =
        all.iter().flat_map(|quantity| [quantity.figure.low, quantity.figure.high]).flatten().collect();
    let given: Vec<f64> = [claim.quantity_low, claim.quantity_high].into_iter().flatten().collect();
    if all.is_empty() {
        return Err("its words give no number".into());
    }
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(1.0);
    if let Some(wrong) = given.iter().find(|&&value| !said.iter().any(|&said| near(said, value))) {
        return Err(format!("its words do not say {wrong}"));
    }
    if given.is_empty() && bound != Bounded::Unquantified {
        return Err("it gives no value".into());
    }
    Ok(())
}

/// A party of another program, if its words stand in the text.
fn element_party(text: &str, element: &ElementRecord, near: Span) -> Result<Party, String> {
    let name = nearest(text, &element.name, near)
        .ok_or_else(|| format!("the name `{}` does not stand in the text", short(&element.name)))?;
    let surface = nearest(text, &element.surface, near).unwrap_or(name);
    let cue = nearest(text, &element.cue, near).unwrap_or_default();
    let kind = SourceKind::ALL.into_iter().find(|kind| kind.name() == element.kind);
    let kind = kind.unwrap_or_else(|| crate::ingest::kind::guess(&element.name, false));
    let members = element.members.iter().filter_map(|member| nearest(text, &member.name, near)).collect();
    Ok(Party { name, surface, kind, cue, inherited: element.inherited, members })
}

/// How far around a figure words are looked for before the whole text is.
const AROUND: usize = 2000;

/// The place of words nearest to a figure.
fn nearest(text: &str, words: &str, near: Span) -> Option<Span> {
    if words.trim().is_empty() {
        return None;
    }
    let span = |start: usize| Span { start, end: start + words.len() };
    let from = text.floor_char_boundary(near.start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((near.end + AROUND).min(text.len()));
    let around = text.get(from..to)?;
    let close = around.match_indices(words).map(|(at, _)| from + at).min_by_key(|at| at.abs_diff(near.start));
    close.or_else(|| text.find(words)).map(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Some 40 boats sank, the Oby Post said. Later 50 were found.";

    fn claim(json: &str) -> Result<Claim, String> {
        let record: ClaimRecord = serde_json::from_str(json).unwrap();
        verified(TEXT, &record, &Lexicon::new()).map(|found| found.0)
    }

    #[test]
    fn what_stands_in_the_text_is_taken() {
        let found = claim(
            r#"{"quantity_text":"Some 40","quantity_span":[0,7],"quantity_low":40,"quantity_high":40,"bound":"about","unit":"boat",
                "attribution_chain":[{"name":"the Oby Post","kind":"outlet","cue":"said"}]}"#,
        )
        .unwrap();
        assert_eq!((found.figure.span.of(TEXT), found.chain[0].name.of(TEXT)), ("Some 40", "the Oby Post"));
    }

    #[test]
    fn what_does_not_is_rejected_with_the_reason() {
        for (json, why) in [
            (
                r#"{"quantity_text":"60","quantity_low":60,"quantity_high":60,"bound":"exact"}"#,
                "its words do not stand in the text",
            ),
            (
                r#"{"quantity_text":"40","quantity_span":[0,2],"quantity_low":40,"bound":"exact"}"#,
                "the text has other words at 0 to 2",
            ),
            (
                r#"{"quantity_text":"40","quantity_low":45,"quantity_high":45,"bound":"exact"}"#,
                "its words do not say 45",
            ),
            (r#"{"quantity_text":"40","quantity_low":40,"bound":"roughly"}"#, "`roughly` is no bound"),
            (r#"{"quantity_text":"boats","quantity_low":40,"bound":"exact"}"#, "its words give no number"),
            (
                r#"{"quantity_text":"40","quantity_low":40,"bound":"exact","attribution_chain":[{"name":"Reuters"}]}"#,
                "the name `Reuters` does not stand in the text",
            ),
            (r#"{"quantity_text":"","bound":"exact"}"#, "it quotes no words"),
        ] {
            assert_eq!(claim(json), Err(why.to_owned()), "{json}");
        }
    }
}
