//! Cues of attribution with their frames: who is the source, who listens, which is outer.

/// How a verb ties a source to what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// the subject says it: said, reported, estimated
    Say,
    /// the subject gives a figure, if it is one who can: put, counted, gave, showed
    Give,
    /// the subject tells a listener, who is outer where it passes things on: told, informed
    Tell,
    /// the subject passes on what the object says: citing, quoted
    Cite,
    /// the subject denies it: denied, dismissed
    Deny,
}

pub(super) const VERBS: &[(Frame, &[&str])] = &[
    (
        Frame::Say,
        &[
            "said", "says", "say", "saying", "stated", "states", "stating", "announced", "announces",
            "announce", "announcing", "reported", "reports", "report", "reporting", "added", "adds", "adding", "noted",
            "notes", "note", "noting", "claimed", "claims", "claim", "claiming", "acknowledged", "acknowledges",
            "acknowledging", "wrote", "writes", "write", "writing", "warned", "warns", "warn", "warning", "insisted",
            "insists", "estimated", "estimates", "estimate", "estimating", "believes", "believe", "thinks", "think",
            "declared", "declares", "revealed", "reveals", "revealing", "disclosed", "discloses", "explained",
            "explains", "recalled", "recalls", "testified", "testifies", "alleged", "alleges", "allege", "asserted",
            "asserts", "maintained", "maintains", "admitted", "admits", "conceded", "concedes", "concluded",
            "concludes", "calculated", "calculates", "calculate", "predicted", "predicts", "predict", "predicting",
            "forecast", "forecasts", "tweeted", "tweets", "argued", "argues", "confirmed", "confirms", "confirm",
            "confirming", "reckoned", "reckons", "reckon", "emphasised", "emphasized", "emphasizing", "emphasising",
            "stressed", "stresses", "specified", "specifies", "clarified", "clarifies", "related", "narrated",
            "hear", "hears", "heard", "mentioned", "mentions", "continued", "commented", "remarked", "observed",
            "learned", "learnt", "projects", "projected", "guessed", "speculated", "posted", "broadcast", "published",
            "pegged", "pegs", "points", "pointed", "boasted", "boasts", "assured", "assesses", "assessed",
        ],
    ),
    (
        Frame::Give,
        &[
            "put", "puts", "putting", "counted", "counts", "count", "counting", "recorded", "records", "record",
            "documented", "documents", "documenting", "listed", "lists", "registered", "registers", "tallied",
            "tallies", "logged", "logs", "gave", "gives", "give", "giving", "spoke", "speak", "speaks", "speaking",
            "spoken", "suggested", "suggests", "suggest", "suggesting", "showed", "shows", "show", "showing",
            "indicated", "indicates", "indicate", "indicating", "found", "finds", "identified", "verified", "verifies",
            "verify", "talked", "talks", "spotted", "issued", "released", "placed", "places", "described", "describes",
            "reveal", "received", "receives",
        ],
    ),
    (Frame::Tell, &["told", "tells", "tell", "telling", "informed", "informs", "briefed", "notified", "notifies"]),
    (
        Frame::Cite,
        &[
            "citing", "cited", "cites", "cite", "quoting", "quoted", "quotes", "quote", "referencing", "referenced",
            "relaying", "relayed", "relays", "echoing", "crediting", "credited",
        ],
    ),
    (
        Frame::Deny,
        &[
            "denied", "denies", "deny", "denying", "dismissed", "dismisses", "dismissing", "rejected", "rejects",
            "rejecting", "refuted", "refutes", "refuting", "disputed", "disputes", "disputing", "debunked",
            "rebutted", "rubbished", "called", "calls", "branded", "labelled", "labeled", "termed", "contested", "contests", "ridiculed", "contradicted", "contradicts",
        ],
    ),
];

/// Phrases before a source that need no verb.
pub(crate) const PREPOSITIONS: &[&[&str]] = &[
    &["according", "to"],
    &["as", "per"],
    &["per"],
    &["in", "the", "words", "of"],
    &["in", "the", "view", "of"],
    &["by", "the", "estimate", "of"],
    &["by", "the", "count", "of"],
    &["as", "reported", "by"],
    &["as", "stated", "by"],
    &["as", "told", "to"],
    &["as", "quoted", "by"],
    &["as", "cited", "by"],
    &["as", "estimated", "by"],
    &["as", "claimed", "by"],
    &["said", "by"],
    &["reported", "by"],
    &["released", "by"],
    &["quoted", "by"],
    &["cited", "by"],
    &["quoted", "in"],
    &["estimated", "by"],
    &["confirmed", "by"],
    &["announced", "by"],
    &["documented", "by"],
    &["recorded", "by"],
    &["counted", "by"],
    &["tallied", "by"],
    &["claimed", "by"],
    &["stated", "by"],
    &["published", "by"],
    &["issued", "by"],
    &["compiled", "by"],
    &["verified", "by"],
    &["collected", "by"],
    &["based", "on"],
    &["on", "the", "basis", "of"],
    &["in", "an", "interview", "with"],
    &["in", "interviews", "with"],
    &["in", "a", "telephone", "interview", "with"],
    &["in", "an", "exclusive", "interview", "with"],
    &["in", "remarks", "to"],
    &["in", "comments", "to"],
    &["in", "a", "statement", "to"],
    &["in", "a", "message", "to"],
    &["in", "an", "email", "to"],
    &["speaking", "to"],
    &["speaking", "with"],
    &["talking", "to"],
];

/// Among them, those whose source lies behind the speaker of the clause.
pub(crate) const BEHIND: &[&str] = &["based", "on"];

/// Among them, those that name the outlet to which the speaker spoke.
pub(crate) const SPOKEN_TO: &[&str] = &["interview", "interviews", "remarks", "comments", "statement", "message", "email", "speaking", "talking"];

/// Words that lead from a document to who made it: "an estimate by", "tolls given by".
pub(crate) const GIVEN_BY: &[&str] = &[
    "by", "given", "provided", "released", "compiled", "published", "issued", "commissioned", "conducted", "collected",
    "gathered", "made", "prepared", "produced", "obtained", "supplied", "carried", "kept", "drawn",
];

/// "as saying": the object of a quotation speaks.
pub(crate) const AS_SOURCE: &[&str] = &[
    "saying", "stating", "reporting", "telling", "claiming", "putting", "estimating", "suggesting", "confirming",
    "who", "that",
];

/// Predicates that lead from a figure to where it came from.
pub(crate) const TRACED: &[&[&str]] = &[
    &["came", "from"],
    &["comes", "from"],
    &["come", "from"],
    &["originated", "with"],
    &["originated", "from"],
    &["originates", "with"],
    &["stems", "from"],
    &["stemmed", "from"],
    &["was", "stated", "by"],
    &["was", "reported", "by"],
    &["was", "given", "by"],
    &["was", "provided", "by"],
    &["were", "provided", "by"],
    &["was", "announced", "by"],
    &["was", "compiled", "from"],
    &["was", "compiled", "by"],
    &["is", "compiled", "from"],
    &["was", "drawn", "from"],
    &["is", "based", "on"],
    &["was", "based", "on"],
    &["are", "based", "on"],
    &["were", "based", "on"],
    &["was", "released", "by"],
    &["was", "taken", "from"],
    &["was", "cited", "by"],
    &["was", "obtained", "from"],
    &["was", "supplied", "by"],
    &["was", "quoted", "from"],
];
