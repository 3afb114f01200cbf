//! What words may be. Data: a new word is a new entry in one of the tables.

mod cues;
mod events;
mod grammar;
mod hedges;
mod people;
mod sources;
mod units;

use rustc_hash::FxHashMap;

pub(super) use cues::{AS_SOURCE, BEHIND, Frame, GIVEN_BY, MEASURED, PREPOSITIONS, SEEN, SPOKEN_TO, TRACED};
pub use events::Event;
pub(super) use grammar::{DIRECTIONS, MONTHS};
pub(super) use hedges::{DENIALS, HEDGES, PLANS, REPLACED, SUPERSEDED, UNNAMED};
pub(super) use sources::{BODIES, MASTHEADS};
pub(super) use units::{CURRENCIES, CURRENCY_CODES, MEASURES, SAME_UNIT, irregular_singular};

/// A set of the things that a word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u32);

impl Classes {
    pub const NONE: Classes = Classes(0);
    /// the, a, its
    pub const DETERMINER: Classes = Classes(1);
    /// a, an: somebody not yet spoken of
    pub const INDEFINITE: Classes = Classes(1 << 1);
    pub const PREPOSITION: Classes = Classes(1 << 2);
    /// and, or, nor
    pub const AND: Classes = Classes(1 << 3);
    /// words that begin another clause: while, but, that, because
    pub const CLAUSE: Classes = Classes(1 << 4);
    /// while, but, although: what follows has speakers of its own
    pub const CONTRAST: Classes = Classes(1 << 5);
    /// who, which, whose
    pub const RELATIVE: Classes = Classes(1 << 6);
    /// is, have, would
    pub const AUXILIARY: Classes = Classes(1 << 7);
    /// words that may stand between a subject and its verb
    pub const ADVERB: Classes = Classes(1 << 8);
    /// he, they, it
    pub const PRONOUN: Classes = Classes(1 << 9);
    /// Monday, yesterday, March
    pub const TIME: Classes = Classes(1 << 10);
    /// numbers in words
    pub const NUMBER: Classes = Classes(1 << 11);
    /// not, never, no
    pub const NEGATION: Classes = Classes(1 << 12);
    /// newspaper, media
    pub const OUTLET: Classes = Classes(1 << 13);
    /// ministry, police
    pub const AGENCY: Classes = Classes(1 << 14);
    /// minister, spokesman, officials
    pub const OFFICIAL: Classes = Classes(1 << 15);
    /// witnesses, residents
    pub const PERSON: Classes = Classes(1 << 16);
    /// unnamed, anonymous, sources
    pub const ANONYMOUS: Classes = Classes(1 << 17);
    /// report, tally
    pub const DOCUMENT: Classes = Classes(1 << 18);
    /// a verb that makes attributions
    pub const CUE: Classes = Classes(1 << 19);
    /// names of news agencies and papers that everybody knows
    pub const WIRE: Classes = Classes(1 << 20);
    /// Mr., Dr., President before a name
    pub const TITLE: Classes = Classes(1 << 21);
    /// reporters, parliament: those who are told and do not pass on
    pub const LISTENER: Classes = Classes(1 << 22);
    /// people who are counted: soldiers, children
    pub const PEOPLE: Classes = Classes(1 << 23);
    /// seconds to centuries
    pub const DURATION: Classes = Classes(1 << 24);
    /// Syrian, German
    pub const DEMONYM: Classes = Classes(1 << 25);
    /// a verb in a form that ends a noun phrase: were, killed, says
    pub const VERB: Classes = Classes(1 << 26);
    /// bound words that may begin an estimate: more, at, over
    pub const BOUND: Classes = Classes(1 << 27);

    /// the first word of a phrase in one of the tables
    pub const PHRASE: Classes = Classes(1 << 28);

    /// Whether any of these is among them.
    pub const fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// What is in both.
    const fn both(self, other: Classes) -> Classes {
        Classes(self.0 & other.0)
    }

    /// Both together.
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

/// Who may be credited, by their nouns.
pub(super) const SOURCE_NOUNS: Classes = Classes::OUTLET
    .or(Classes::AGENCY)
    .or(Classes::OFFICIAL)
    .or(Classes::PERSON)
    .or(Classes::ANONYMOUS)
    .or(Classes::DOCUMENT)
    .or(Classes::WIRE);

/// What a compound with a hyphen may be by its parts.
const TITLED: Classes = Classes::OFFICIAL.or(Classes::PERSON);

/// All tables in one, by word.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, Word>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Word {
    classes: Classes,
    frame: Option<Frame>,
    event: Option<Event>,
}

impl Lexicon {
    /// The tables of this folder.
    pub fn new() -> Lexicon {
        let mut words: FxHashMap<&'static str, Word> = FxHashMap::default();
        for &(class, list) in grammar::WORDS.iter().chain(sources::WORDS).chain(people::WORDS).chain(units::WORDS) {
            for &word in list {
                let entry = words.entry(word).or_default();
                entry.classes = entry.classes.or(class);
            }
        }
        for &(frame, list) in cues::VERBS {
            for &word in list {
                let entry = words.entry(word).or_default();
                entry.classes = entry.classes.or(Classes::CUE).or(Classes::VERB);
                entry.frame = Some(frame);
            }
        }
        for &(event, list) in events::WORDS {
            for &word in list {
                words.entry(word).or_default().event = Some(event);
            }
        }
        for &word in events::VERBS {
            let entry = words.entry(word).or_default();
            entry.classes = entry.classes.or(Classes::VERB);
        }
        for word in crate::ingest::estimate::first_words() {
            let entry = words.entry(word).or_default();
            entry.classes = entry.classes.or(Classes::BOUND);
        }
        for word in crate::ingest::estimate::number_words() {
            let entry = words.entry(word).or_default();
            entry.classes = entry.classes.or(Classes::NUMBER);
        }
        let tables = [
            cues::PREPOSITIONS,
            cues::TRACED,
            hedges::HEDGES,
            hedges::DENIALS,
            hedges::SUPERSEDED,
            hedges::REPLACED,
            hedges::PLANS,
            hedges::UNNAMED,
        ];
        for &word in tables.into_iter().flatten().filter_map(|phrase| phrase.first()) {
            let entry = words.entry(word).or_default();
            entry.classes = entry.classes.or(Classes::PHRASE);
        }
        Lexicon { words }
    }

    /// What a word may be. `buffer` is room to work in.
    pub fn classes(&self, word: &str, buffer: &mut String) -> Classes {
        self.find(word, buffer).classes
    }

    /// The frame of a verb of attribution.
    pub fn frame(&self, word: &str) -> Option<Frame> {
        self.find(word, &mut String::new()).frame
    }

    /// The event that a word speaks of.
    pub fn event(&self, word: &str) -> Option<Event> {
        self.find(word, &mut String::new()).event
    }

    /// Looks a word up in any case, without its possessive ending.
    fn find(&self, word: &str, buffer: &mut String) -> Word {
        if word.len() > 24 {
            return Word::default();
        }
        buffer.clear();
        buffer.extend(word.chars().flat_map(char::to_lowercase));
        let bare = buffer.strip_suffix("'s").or_else(|| buffer.strip_suffix("’s")).unwrap_or(buffer);
        let known = self.words.get(bare).copied();
        // "co-founder", "ex-minister", "coroner-general": a title by one of its parts
        let by_part = || {
            let (first, last) = bare.rsplit_once('-')?;
            let parts = [last, first].into_iter().filter_map(|part| self.words.get(part));
            let titled = parts.map(|part| part.classes.both(TITLED)).find(|&classes| classes != Classes::NONE)?;
            Some(Word { classes: titled, ..Word::default() })
        };
        known.or_else(by_part).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_case_and_without_its_ending() {
        let lexicon = Lexicon::new();
        let classes = |word| lexicon.classes(word, &mut String::new());
        assert!(classes("Ministry’s").any(Classes::AGENCY));
        assert!(classes("SAID").any(Classes::CUE));
        assert_eq!(classes("zxq"), Classes::NONE);
        assert_eq!(lexicon.frame("told"), Some(Frame::Tell));
    }
}
