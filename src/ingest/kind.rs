//! A guess at what a source is, from the words of its name. Guesses are always marked as such.

use crate::model::SourceKind;

/// News agencies by the names that the press gives them.
pub(crate) const WIRES: &[&str] = &[
    "reuters",
    "ap",
    "afp",
    "upi",
    "dpa",
    "efe",
    "ansa",
    "tass",
    "xinhua",
    "yonhap",
    "kyodo",
    "interfax",
    "anadolu",
    "ukrinform",
    "pti",
    "ians",
];

/// Words that tell a kind, in order of precedence: the first kind with a matching word wins.
/// A newcomer adds a word here.
const WORDS: [(SourceKind, &[&str]); 8] = [
    (
        SourceKind::Anonymous,
        &["anonymous", "unnamed", "unidentified", "undisclosed", "insider", "insiders", "source", "sources"],
    ),
    (SourceKind::Wire, &["wire", "newswire"]),
    (SourceKind::Wire, WIRES),
    (
        SourceKind::Document,
        &[
            "report",
            "reports",
            "tally",
            "statement",
            "memo",
            "survey",
            "census",
            "figures",
            "estimates",
            "images",
            "document",
            "documents",
            "database",
            "dataset",
            "register",
            "bulletin",
        ],
    ),
    (
        SourceKind::Official,
        &[
            "minister",
            "president",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "governor",
            "mayor",
            "official",
            "officials",
            "senator",
            "general",
            "commander",
            "ambassador",
            "chief",
            "sheriff",
            "secretary",
            "lawmaker",
        ],
    ),
    (
        SourceKind::Outlet,
        &[
            "news",
            "times",
            "post",
            "daily",
            "press",
            "herald",
            "tv",
            "radio",
            "tribune",
            "journal",
            "gazette",
            "media",
            "broadcasting",
            "podcast",
            "magazine",
            "telegraph",
            "guardian",
            "independent",
            "ilbo",
            "newspaper",
            "newspapers",
            "outlets",
            "bbc",
            "cnn",
            "nbc",
            "cbs",
            "abc",
            "nyt",
            "kbs",
            "weekly",
            "chronicle",
            "observer",
        ],
    ),
    (
        SourceKind::Agency,
        &[
            "ministry",
            "police",
            "army",
            "agency",
            "department",
            "government",
            "authority",
            "authorities",
            "service",
            "command",
            "un",
            "court",
            "hospital",
            "intelligence",
            "military",
            "office",
            "bureau",
            "commission",
            "council",
            "navy",
            "forces",
            "administration",
            "nato",
            "pentagon",
            "parliament",
            "county",
            "city",
            "municipality",
            "defence",
            "defense",
            "committee",
            "nations",
            "ocha",
            "unhcr",
            "unicef",
            "who",
        ],
    ),
    (
        SourceKind::Organisation,
        &[
            "foundation",
            "institute",
            "society",
            "inc",
            "ltd",
            "llc",
            "plc",
            "corp",
            "company",
            "group",
            "association",
            "university",
            "union",
            "cross",
            "crescent",
            "network",
            "watch",
            "observatory",
            "federation",
            "centre",
            "center",
            "fund",
            "airlines",
            "bank",
            "party",
            "church",
        ],
    ),
];

/// Guesses what a source is. Where no word tells, a publisher is an outlet, a name of two or three
/// capitalised words a person, anything else an organisation.
#[must_use]
pub fn guess(name: &str, is_publisher: bool) -> SourceKind {
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let says = |kind_words: &[&str]| words.iter().any(|word| kind_words.contains(&word.as_str()));
    if is_unnamed(name) {
        return SourceKind::Anonymous;
    }
    if is_site(name) {
        return SourceKind::Outlet;
    }
    if let Some((kind, _)) = WORDS.iter().find(|(_, kind_words)| says(kind_words)) {
        return *kind;
    }
    if is_publisher {
        SourceKind::Outlet
    } else if is_personal(name) {
        SourceKind::Person
    } else {
        SourceKind::Organisation
    }
}

/// Whether a description says that its party is not named.
#[must_use]
pub fn is_unnamed(name: &str) -> bool {
    let lower = name.to_lowercase();
    let has_word = |wanted: &str| lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == wanted);
    WORDS[0].1.iter().any(|word| has_word(word))
        || lower.starts_with("people familiar")
        || lower.contains("not be named")
}

fn is_site(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && !name.contains(' ')
        && (2..=4).contains(&ending.len())
        && ending.chars().all(|c| c.is_ascii_lowercase())
}

fn is_personal(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_capitalised = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase)
    };
    (2..=4).contains(&words.len()) && words.iter().filter(|word| is_capitalised(word)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_guessed_from_the_words_of_a_name() {
        for (name, is_publisher, kind) in [
            ("Ministry of Defence", false, SourceKind::Agency),
            ("unnamed officials", false, SourceKind::Anonymous),
            ("Harbour Daily", false, SourceKind::Outlet),
            ("example.org", false, SourceKind::Outlet),
            ("Maria Silva", false, SourceKind::Person),
            ("Maria Silva", true, SourceKind::Outlet),
            ("Ukrainian reports", false, SourceKind::Document),
            ("US intelligence officials", false, SourceKind::Official),
            ("Red Cross", false, SourceKind::Organisation),
            ("", false, SourceKind::Organisation),
        ] {
            assert_eq!(guess(name, is_publisher), kind, "{name}");
        }
    }
}
