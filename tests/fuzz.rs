//! Mutated inputs for every reader of text: none may stop the program. A second for each target here;
//! `cargo xtask fuzz NAME --seconds N` takes longer. A new target is a line in [`TARGETS`].

#![cfg(test)]

use std::time::{Duration, Instant};

use sayso::extract::{Document, Extractor, Markup, RuleExtractor};
use sayso::ingest::{Decimal, read_date, read_estimate};

/// A reader, with the texts that its inputs are made from.
struct Target {
    name: &'static str,
    corpus: &'static [&'static str],
    run: fn(&str),
}

const TARGETS: &[Target] = &[
    Target { name: "extract", corpus: NEWS, run: extract },
    Target { name: "html", corpus: PAGES, run: html },
    Target { name: "markdown", corpus: PAGES, run: markdown },
    Target { name: "estimate", corpus: ESTIMATES, run: estimate },
];

const NEWS: &[&str] = &[
    "At least 14 people died and dozens more are missing, the relief office said on Sunday, citing two unnamed engineers.",
    "“Up to 1,400 homes are under water,” Mayor Iva Dorn told reporters. He added that 30-40,000 people had fled.",
    "The ministry denied a Harbour Daily report that more than half of the 7,500 workers would go.",
    "According to figures from the mayor's office published by the Evening Star, about 70 percent of the town burned.",
    "The newspaper quoted the deputy chief of the bureau, Ana Lund, as saying that 27-hundred were hurt. The figure came from Radio Norr.",
    "A source close to the talks, who asked not to be named, put the price at $2.4 billion.-- Palo News Agency",
    "שלום 300 👍🏽 \u{202e} أربعة 12 km north of Oby (7 miles), aged 34, on 3 Dec. at 9:30",
];

const PAGES: &[&str] = &[
    "<!doctype html><html><head><title>x</title></head><body><nav>12</nav><article><p>Some <b>40</b> boats &amp; 3&nbsp;ships</p></article>",
    "# Boats\n\nSome **40** [boats](http://x.y) sank, *police* said.\n\n- `12`\n> ```\n300\n```\n",
    "<p>&#8217;&#x41;&lt;<!-- 3 --><script>var x = '</p>';</script><svg/><textarea>",
];

const ESTIMATES: &[&str] = &[
    "between one hundred and 1.5 million",
    "at least 30-40,000",
    "half of Q",
    "about 12k or so",
    "1/3 of Q2",
    ">=1e-5",
];

fn extract(text: &str) {
    check(text, Markup::Plain);
}

fn html(text: &str) {
    check(text, Markup::Html);
}

fn markdown(text: &str) {
    check(text, Markup::Markdown);
}

fn estimate(text: &str) {
    drop(read_estimate(text, Decimal::Point));
    drop(read_estimate(text, Decimal::Comma));
    drop(read_date(text));
}

fn check(text: &str, markup: Markup) {
    let document = Document::new("d", text.to_owned(), markup);
    let found = RuleExtractor::new().extract(&document).unwrap();
    for mark in found.marks() {
        assert!(document.text().get(mark.span.start..mark.span.end).is_some(), "{mark:?} in {text:?}");
        let given = document.given_span(mark.span);
        assert!(document.given.get(given.start..given.end).is_some(), "{given:?} in {text:?}");
    }
}

/// A generator that gives the same numbers on every run (xorshift; Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap_or(0)
    }
}

/// A text cut, repeated, spliced with another, or with odd signs put in.
fn mutated(random: &mut Random, corpus: &[&str]) -> String {
    const ODD: &[char] = &[
        '"', '“', '”', '(', ')', ',', '.', '-', '—', ';', ':', '\'', '’', '%', '$', '<', '>', '&', '\u{0}', '\u{ad}',
        '\n', '0', '9', 'é', '👍', '\u{202e}',
    ];
    let mut characters: Vec<char> = corpus[random.below(corpus.len())].chars().collect();
    for _ in 0..=random.below(6) {
        let (a, b) = (random.below(characters.len() + 1), random.below(characters.len() + 1));
        let (from, to) = (a.min(b), a.max(b));
        match random.below(5) {
            0 => drop(characters.drain(from..to)),
            1 => characters.insert(from, ODD[random.below(ODD.len())]),
            2 if characters.len() < 4000 => {
                let piece = characters[from..to].to_vec();
                characters.splice(from..from, piece);
            }
            3 => drop(characters.splice(from..to, corpus[random.below(corpus.len())].chars())),
            _ => characters[from..to].reverse(),
        }
    }
    characters.into_iter().collect()
}

#[test]
fn no_mutated_input_stops_a_reader() {
    let wanted = std::env::var("SAYSO_FUZZ_TARGET").unwrap_or_default();
    let seconds = std::env::var("SAYSO_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    for target in TARGETS.iter().filter(|target| wanted.is_empty() || target.name == wanted) {
        let mut random = Random(0x2545_F491_4F6C_DD1D);
        let start = Instant::now();
        let mut count = 0_u64;
        while start.elapsed() < Duration::from_secs(seconds) {
            (target.run)(&mutated(&mut random, target.corpus));
            count += 1;
        }
        println!("{}: {count} inputs in {seconds} s", target.name);
        assert!(count > 0);
    }
    assert!(wanted.is_empty() || TARGETS.iter().any(|target| target.name == wanted), "there is no target `{wanted}`");
}
