//! A ladder of anonymous sources: how near an unnamed party stands to the number.

/// What an unnamed party is described as. The order is that of the ladder, the nearest to a named
/// source first; it is shown beside the party and moves no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anonymity {
    /// a document that was seen and is not shown
    DocumentSeen,
    /// an official of a body that is named
    OfficialOfBody,
    /// an official of nobody in particular
    UnnamedOfficial,
    /// people familiar with the matter
    PeopleFamiliar,
    /// an outlet's own sources
    OwnSources,
    /// nothing is said
    Undescribed,
}

impl Anonymity {
    /// Reads a description: "ROK military officials", "own sources", "a document seen by the paper".
    /// Linear in its length.
    ///
    /// ```
    /// use sayso::credibility::Anonymity;
    /// assert_eq!(Anonymity::of("own sources"), Anonymity::OwnSources);
    /// assert_eq!(Anonymity::of("ROK military officials"), Anonymity::OfficialOfBody);
    /// assert_eq!(Anonymity::of("a senior official"), Anonymity::UnnamedOfficial);
    /// assert_eq!(Anonymity::of("people briefed on the matter"), Anonymity::PeopleFamiliar);
    /// assert_eq!(Anonymity::of("a leaked memo"), Anonymity::DocumentSeen);
    /// assert_eq!(Anonymity::of(""), Anonymity::Undescribed);
    /// ```
    #[must_use]
    pub fn of(description: &str) -> Anonymity {
        const DOCUMENTS: &[&str] =
            &["document", "documents", "memo", "report", "cable", "file", "files", "letter", "minutes", "data"];
        const OFFICIALS: &[&str] = &[
            "official",
            "officials",
            "officer",
            "officers",
            "diplomat",
            "diplomats",
            "spokesman",
            "spokesperson",
            "minister",
            "commander",
            "lawmaker",
            "lawmakers",
            "authorities",
            "mayor",
            "aide",
            "aides",
        ];
        const BODIES: &[&str] = &[
            "ministry",
            "military",
            "army",
            "navy",
            "police",
            "intelligence",
            "pentagon",
            "government",
            "department",
            "agency",
            "un",
            "nato",
            "white",
            "kremlin",
            "embassy",
            "hospital",
            "court",
            "congress",
            "parliament",
            "defence",
            "defense",
            "security",
            "treasury",
            "presidential",
            "air",
        ];
        const FAMILIAR: &[&str] =
            &["familiar", "briefed", "knowledge", "people", "person", "persons", "insider", "insiders"];
        let words: Vec<String> = description
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        if words.is_empty() {
            Anonymity::Undescribed
        } else if has(DOCUMENTS) {
            Anonymity::DocumentSeen
        } else if has(OFFICIALS) {
            if has(BODIES) { Anonymity::OfficialOfBody } else { Anonymity::UnnamedOfficial }
        } else if has(FAMILIAR) {
            Anonymity::PeopleFamiliar
        } else if has(&["source", "sources"]) {
            // "military sources" speak from within a body; "own sources" and "sources" do not say so.
            if has(BODIES) { Anonymity::OfficialOfBody } else { Anonymity::OwnSources }
        } else {
            Anonymity::Undescribed
        }
    }

    /// The step of the ladder in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Anonymity::DocumentSeen => "document seen",
            Anonymity::OfficialOfBody => "official of a named body",
            Anonymity::UnnamedOfficial => "unnamed official",
            Anonymity::PeopleFamiliar => "people familiar with it",
            Anonymity::OwnSources => "own sources",
            Anonymity::Undescribed => "not described",
        }
    }
}
