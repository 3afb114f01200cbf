//! Descriptions that name nobody in particular: "a news report", "South Korean media".

/// Nouns that describe a kind of source.
const NOUNS: &[&str] = &[
    "media",
    "report",
    "reports",
    "reporting",
    "outlet",
    "outlets",
    "press",
    "newspaper",
    "newspapers",
    "estimate",
    "estimates",
    "source",
    "sources",
    "official",
    "officials",
    "observer",
    "observers",
    "expert",
    "experts",
    "analyst",
    "analysts",
    "authorities",
    "website",
    "websites",
    "channel",
    "channels",
    "journalist",
    "journalists",
    "witness",
    "witnesses",
    "resident",
    "residents",
    "figures",
    "data",
    "accounts",
    "posts",
    "agencies",
    "broadcasters",
];

/// Words in capitals that only say where.
const PLACES: &[&str] = &[
    "us",
    "rok",
    "dprk",
    "uk",
    "eu",
    "un",
    "u.s.",
    "u.k.",
    "american",
    "british",
    "south",
    "north",
    "east",
    "west",
    "western",
    "eastern",
    "southern",
    "northern",
    "european",
    "african",
    "asian",
    "arab",
    "chinese",
    "japanese",
    "french",
    "german",
    "dutch",
    "greek",
    "turkish",
    "polish",
    "danish",
    "swedish",
    "spanish",
    "irish",
    "scottish",
    "finnish",
    "israeli",
    "iraqi",
    "pakistani",
    "saudi",
    "kuwaiti",
    "qatari",
    "yemeni",
    "emirati",
    "thai",
    "filipino",
    "swiss",
    "czech",
    "burmese",
    "vietnamese",
    "portuguese",
    "lebanese",
    "sudanese",
    "congolese",
    "somali",
    "afghan",
    "bengali",
    "nepali",
    "kurdish",
];

/// Whether a description names nobody in particular: one of its words is a noun for a kind of source,
/// and every other word is in lower case or says where.
///
/// ```
/// use sayso::graph::is_generic;
/// assert!(is_generic("a news report") && is_generic("South Korean media") && is_generic("Several outlets"));
/// assert!(!is_generic("Ministry of Health report") && !is_generic("Yonhap") && !is_generic("Daily Press"));
/// ```
#[must_use]
pub fn is_generic(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut has_noun = false;
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let is_noun = NOUNS.contains(&lower.as_str()) && (word.starts_with(char::is_lowercase) || words.len() == 1);
        let is_lower = word.chars().next().is_some_and(|c| !c.is_uppercase());
        let is_opening = at == 0
            && ["several", "some", "many", "local", "various", "other", "state", "a", "an", "the"]
                .contains(&lower.as_str());
        if !(is_noun || is_lower || is_opening || says_where(&lower)) {
            return false;
        }
        has_noun |= is_noun;
    }
    has_noun
}

fn says_where(lower: &str) -> bool {
    let has_ending = lower.len() > 4 && (lower.ends_with("ian") || lower.ends_with("ean") || lower.ends_with("can"));
    has_ending || PLACES.contains(&lower)
}
