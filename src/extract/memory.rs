//! What a passage has named so far: who "he", "the newspaper" and "the officials" are.

use std::collections::VecDeque;

use super::claim::{Party, Span};
use crate::model::SourceKind;

/// How many mentions are kept. What is further back is not what a pronoun means.
const KEPT: usize = 40;

/// Somebody who was credited, with those outside of it at that place.
#[derive(Debug, Clone)]
struct Mention {
    party: Party,
    outer: Vec<Party>,
    /// who made it, where it is a document
    inner: Vec<Party>,
}

/// The mentions of a passage, the latest last.
#[derive(Debug, Default)]
pub(super) struct Memory {
    mentions: VecDeque<Mention>,
}

/// What a word or a noun may stand for.
struct Stand {
    words: &'static [&'static str],
    kinds: &'static [SourceKind],
}

const ANAPHORS: &[Stand] = &[
    Stand {
        words: &["he", "she", "him", "her"],
        kinds: &[SourceKind::Official, SourceKind::Person, SourceKind::Anonymous],
    },
    Stand {
        words: &["they", "them"],
        kinds: &[SourceKind::Official, SourceKind::Person, SourceKind::Anonymous, SourceKind::Agency],
    },
    Stand { words: &["it"], kinds: &[SourceKind::Agency, SourceKind::Outlet, SourceKind::Document] },
    Stand {
        words: &[
            "newspaper",
            "paper",
            "daily",
            "outlet",
            "broadcaster",
            "magazine",
            "channel",
            "station",
            "site",
            "website",
            "publication",
            "newswire",
            "network",
            "tabloid",
            "portal",
            "weekly",
        ],
        kinds: &[SourceKind::Outlet],
    },
    Stand { words: &["report", "article"], kinds: &[SourceKind::Outlet, SourceKind::Document] },
    Stand {
        words: &["study", "survey", "assessment", "document", "statement", "estimate"],
        kinds: &[SourceKind::Document],
    },
    Stand { words: &["agency", "news agency", "wire"], kinds: &[SourceKind::Outlet, SourceKind::Agency] },
    Stand {
        words: &[
            "organization",
            "organisation",
            "group",
            "charity",
            "body",
            "ngo",
            "watchdog",
            "monitor",
            "observatory",
            "institute",
            "company",
            "firm",
        ],
        kinds: &[SourceKind::Agency],
    },
    Stand {
        words: &[
            "official",
            "officer",
            "diplomat",
            "commander",
            "minister",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "source",
        ],
        kinds: &[SourceKind::Anonymous, SourceKind::Official],
    },
    Stand {
        words: &["officials", "officers", "diplomats", "sources"],
        kinds: &[SourceKind::Official, SourceKind::Anonymous],
    },
];

impl Memory {
    /// Keeps the parties of an attribution in mind.
    pub fn keep(&mut self, chain: &[Party]) {
        for (at, party) in chain.iter().enumerate() {
            if self.mentions.len() == KEPT {
                self.mentions.pop_front();
            }
            let inner = if party.kind == SourceKind::Document { &chain[at + 1..] } else { &[] };
            self.mentions.push_back(Mention {
                party: party.clone(),
                outer: chain[..at].to_vec(),
                inner: inner.to_vec(),
            });
        }
    }

    /// Replaces a pronoun or a definite noun by the party that it stands for. Gives those outside
    /// of that party and those behind it, as the passage has them.
    pub fn resolve(&self, text: &str, party: &mut Party) -> (Vec<Party>, Vec<Party>) {
        let surface = party.surface.of(text);
        if let Some(known) = self.same_name(text, party) {
            party.kind = known;
            return Default::default();
        }
        let Some((noun, kinds)) = anaphor(surface) else {
            self.fill_out(text, party);
            return Default::default();
        };
        let single = matches!(noun.as_str(), "he" | "she" | "him" | "her");
        let fits = |mention: &&Mention| {
            kinds.contains(&mention.party.kind) && !(single && is_plural(mention.party.surface.of(text)))
        };
        let by_noun = |mention: &&Mention| {
            ends_with_noun(mention.party.surface.of(text), &noun) || ends_with_noun(mention.party.name.of(text), &noun)
        };
        let latest = || self.mentions.iter().rev().find(fits);
        let found = self.mentions.iter().rev().filter(fits).find(by_noun).or_else(latest);
        let Some(mention) = found else {
            // whoever was spoken of before the passage begins, and has no name in it
            let role =
                matches!(noun.as_str(), "official" | "officials" | "officer" | "officers" | "diplomat" | "diplomats");
            if role && party.kind == SourceKind::Official {
                party.kind = SourceKind::Anonymous;
            }
            return Default::default();
        };
        party.name = mention.party.name;
        party.kind = mention.party.kind;
        party.members.clone_from(&mention.party.members);
        let inherited = |parties: &[Party]| {
            parties.iter().map(|party| Party { inherited: true, ..party.clone() }).collect::<Vec<_>>()
        };
        (inherited(&mention.outer), inherited(&mention.inner))
    }

    /// The full name for the end of one: "the office" after "the provincial relief office".
    fn fill_out(&self, text: &str, party: &mut Party) {
        let lower = party.surface.of(text).to_lowercase();
        let Some(end) = lower.strip_prefix("the ").filter(|end| end.split_whitespace().count() <= 2) else { return };
        let longer = |mention: &&Mention| {
            let name = mention.party.name.of(text).to_lowercase();
            name.len() > end.len() + 1
                && name.strip_suffix(end).is_some_and(|head| head.ends_with(' '))
                && mention.party.kind == party.kind
        };
        if let Some(mention) = self.mentions.iter().rev().find(longer) {
            party.name = mention.party.name;
        }
    }

    /// The kind of an earlier mention that this name is a part of: "Lund" after "Ana Lund".
    fn same_name(&self, text: &str, party: &Party) -> Option<SourceKind> {
        let name = party.name.of(text);
        let capital = name.chars().next().is_some_and(char::is_uppercase);
        if !capital || party.kind != SourceKind::Person {
            return None;
        }
        let same = |mention: &&Mention| {
            let other = mention.party.name.of(text);
            other.len() >= name.len() && (other.ends_with(name) || other.starts_with(name))
        };
        self.mentions.iter().rev().find(same).map(|mention| mention.party.kind)
    }

    /// The latest mention whose words end with a noun, for "the official, who would not be named".
    pub fn latest_with_noun(&self, text: &str, noun: &str) -> Option<Span> {
        let noun = noun.to_lowercase();
        let found = self.mentions.iter().rev().find(|mention| ends_with_noun(mention.party.name.of(text), &noun));
        found.map(|mention| mention.party.name)
    }

    /// Marks a party as not named wherever it was mentioned.
    pub fn unname(&mut self, name: Span) {
        for mention in &mut self.mentions {
            for party in std::iter::once(&mut mention.party).chain(&mut mention.outer) {
                if party.name == name {
                    party.kind = SourceKind::Anonymous;
                }
            }
        }
    }
}

/// Whether "the group", "the newspaper" may stand for a party of a kind.
pub(super) fn stands_for(surface: &str, kind: SourceKind) -> bool {
    anaphor(surface).is_some_and(|(_, kinds)| kinds.contains(&kind))
}

/// The noun of a pronoun or of "the" and one or two words, with what it may stand for.
fn anaphor(surface: &str) -> Option<(String, &'static [SourceKind])> {
    let lower = surface.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let noun = match words.as_slice() {
        [pronoun @ ("he" | "she" | "they" | "it" | "him" | "her" | "them")] => (*pronoun).to_owned(),
        ["its", noun @ ("report" | "story" | "article")] => (*noun).to_owned(),
        ["the" | "this" | "that" | "these" | "those", rest @ ..] if (1..=2).contains(&rest.len()) => rest.join(" "),
        _ => return None,
    };
    let last = noun.rsplit(' ').next().unwrap_or("").to_owned();
    let capital = surface.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
    let known = ANAPHORS
        .iter()
        .find(|row| row.words.contains(&noun.as_str()) || row.words.contains(&last.as_str()) && words.len() == 2)?;
    (!capital).then_some((last, known.kinds))
}

/// Whether words name several: "two diplomats", "local officials".
fn is_plural(words: &str) -> bool {
    let last =
        words.split(" of ").next().unwrap_or("").split(" in ").next().unwrap_or("").rsplit(' ').next().unwrap_or("");
    let lower = last.starts_with(char::is_lowercase);
    lower && last.ends_with('s') && !last.ends_with("ss") || words.contains(" and ")
}

/// Whether the words for a party hold a noun, in the singular or the plural.
fn ends_with_noun(words: &str, noun: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(text: &str, words: &str, kind: SourceKind) -> Party {
        let start = text.find(words).unwrap();
        let span = Span { start, end: start + words.len() };
        Party { name: span, surface: span, kind, cue: Span::default(), inherited: false, members: Vec::new() }
    }

    #[test]
    fn a_definite_noun_stands_for_the_latest_party_of_its_kind() {
        let text = "Palo Daily quoted Ana Lund. the newspaper. he";
        let mut memory = Memory::default();
        let paper = party(text, "Palo Daily", SourceKind::Outlet);
        let person = party(text, "Ana Lund", SourceKind::Official);
        memory.keep(&[paper, person]);
        let mut newspaper = party(text, "the newspaper", SourceKind::Outlet);
        assert!(memory.resolve(text, &mut newspaper).0.is_empty());
        assert_eq!(newspaper.name.of(text), "Palo Daily");
        let mut he = party(text, "he", SourceKind::Person);
        assert_eq!(memory.resolve(text, &mut he).0.len(), 1);
        assert_eq!(he.name.of(text), "Ana Lund");
    }

    #[test]
    fn many_mentions_do_not_fill_the_memory() {
        let text = "Ana Lund";
        let mut memory = Memory::default();
        for _ in 0..1000 {
            memory.keep(&[party(text, text, SourceKind::Person)]);
        }
        assert_eq!(memory.mentions.len(), KEPT);
    }
}
