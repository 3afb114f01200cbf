//! What happened to those who are counted.

/// The event that a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// dead
    Killed,
    /// hurt
    Wounded,
    /// killed and wounded, or killed and missing
    Casualties,
    /// not accounted for
    Missing,
    /// taken in fighting
    Captured,
    /// taken by police
    Arrested,
    /// kidnapped
    Abducted,
    /// sent to serve
    Deployed,
    /// driven from home
    Displaced,
    /// taking part in an assembly
    Attended,
    /// handed over, shipped
    Transferred,
    /// brought to safety
    Rescued,
    /// brought home
    Repatriated,
    /// ruined
    Destroyed,
    /// struck
    Hit,
    /// on board
    Aboard,
    /// dismissed from work
    LaidOff,
    /// land that was taken
    SeizedArea,
    /// anything else
    Other,
}

impl Event {
    /// Every event.
    pub const ALL: [Event; 19] = [
        Event::Killed,
        Event::Wounded,
        Event::Casualties,
        Event::Missing,
        Event::Captured,
        Event::Arrested,
        Event::Abducted,
        Event::Deployed,
        Event::Displaced,
        Event::Attended,
        Event::Transferred,
        Event::Rescued,
        Event::Repatriated,
        Event::Destroyed,
        Event::Hit,
        Event::Aboard,
        Event::LaidOff,
        Event::SeizedArea,
        Event::Other,
    ];

    /// The event of a word used in files; any other word is [`Event::Other`].
    #[must_use]
    pub fn from_name(name: &str) -> Event {
        Event::ALL.into_iter().find(|event| event.name() == name).unwrap_or(Event::Other)
    }

    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Event::Killed => "killed",
            Event::Wounded => "wounded",
            Event::Casualties => "casualties",
            Event::Missing => "missing",
            Event::Captured => "captured",
            Event::Arrested => "arrested",
            Event::Abducted => "abducted",
            Event::Deployed => "deployed",
            Event::Displaced => "displaced",
            Event::Attended => "attended",
            Event::Transferred => "transferred",
            Event::Rescued => "rescued",
            Event::Repatriated => "repatriated",
            Event::Destroyed => "destroyed",
            Event::Hit => "hit",
            Event::Aboard => "aboard",
            Event::LaidOff => "laid_off",
            Event::SeizedArea => "seized_area",
            Event::Other => "other",
        }
    }

    /// Whether it befalls people.
    #[must_use]
    pub fn of_people(self) -> bool {
        matches!(
            self,
            Event::Killed
                | Event::Wounded
                | Event::Casualties
                | Event::Missing
                | Event::Captured
                | Event::Arrested
                | Event::Abducted
                | Event::Displaced
                | Event::Attended
                | Event::Rescued
                | Event::Repatriated
                | Event::Aboard
                | Event::LaidOff
        )
    }
}

pub(super) const WORDS: &[(Event, &[&str])] = &[
    (
        Event::Killed,
        &[
            "killed",
            "kill",
            "kills",
            "killing",
            "killings",
            "dead",
            "death",
            "deaths",
            "died",
            "die",
            "dying",
            "toll",
            "fatalities",
            "fatality",
            "slain",
            "perished",
            "massacred",
            "massacre",
            "bodies",
            "body",
            "murdered",
            "corpses",
            "drowned",
            "executed",
            "lives",
            "buried",
            "fallen",
        ],
    ),
    (
        Event::Wounded,
        &["wounded", "wounding", "injured", "injuring", "injuries", "hurt", "hospitalised", "hospitalized"],
    ),
    (Event::Casualties, &["casualties", "casualty", "losses", "victims"]),
    (Event::Missing, &["missing", "unaccounted", "disappeared"]),
    (Event::Captured, &["captured", "capture", "capturing", "pows", "prisoners", "surrendered"]),
    (
        Event::Arrested,
        &["arrested", "arrest", "arrests", "arresting", "detained", "detaining", "detentions", "custody", "jailed"],
    ),
    (Event::Abducted, &["abducted", "abduct", "kidnapped", "kidnapping", "hostages", "hostage", "abductions"]),
    (
        Event::Deployed,
        &[
            "deployed",
            "deploy",
            "deploying",
            "deployment",
            "dispatched",
            "stationed",
            "mobilised",
            "mobilized",
            "reinforce",
        ],
    ),
    (
        Event::Displaced,
        &[
            "displaced",
            "fled",
            "flee",
            "fleeing",
            "refugees",
            "evacuated",
            "evacuate",
            "evacuees",
            "homeless",
            "uprooted",
            "displacement",
        ],
    ),
    (
        Event::Attended,
        &[
            "attended",
            "attend",
            "marched",
            "marchers",
            "rallied",
            "crowd",
            "turnout",
            "demonstrators",
            "protesters",
            "gathered",
            "demonstrated",
            "rally",
            "participants",
            "attendance",
            "took",
        ],
    ),
    (
        Event::Transferred,
        &[
            "transferred",
            "delivered",
            "shipped",
            "unloaded",
            "supplied",
            "handed",
            "containers",
            "shipments",
            "exported",
        ],
    ),
    (Event::Rescued, &["rescued", "rescue", "saved", "freed", "alive"]),
    (Event::Repatriated, &["repatriated", "repatriation"]),
    (
        Event::Destroyed,
        &[
            "destroyed",
            "collapsed",
            "damaged",
            "burned",
            "burnt",
            "flattened",
            "ruined",
            "razed",
            "flooded",
            "destroying",
            "damaging",
            "wrecked",
        ],
    ),
    (Event::Hit, &["hit", "struck", "shelled", "targeted", "bombed", "attacked"]),
    (Event::Aboard, &["aboard", "onboard", "board", "passengers", "packed"]),
    (Event::LaidOff, &["laid", "layoffs", "redundancies", "redundant", "sacked", "shed", "axed"]),
    (Event::SeizedArea, &["seized", "control", "controls", "occupied", "occupies", "recaptured", "liberated"]),
];

/// Words of these events that are verbs or participles, and so end a noun phrase.
pub(super) const VERBS: &[&str] = &[
    "killed",
    "kill",
    "killing",
    "died",
    "die",
    "dying",
    "perished",
    "massacred",
    "murdered",
    "drowned",
    "executed",
    "buried",
    "wounded",
    "wounding",
    "injured",
    "injuring",
    "hurt",
    "disappeared",
    "captured",
    "surrendered",
    "arrested",
    "detained",
    "jailed",
    "abducted",
    "kidnapped",
    "deployed",
    "dispatched",
    "stationed",
    "mobilised",
    "mobilized",
    "displaced",
    "fled",
    "flee",
    "evacuated",
    "attended",
    "marched",
    "rallied",
    "demonstrated",
    "transferred",
    "delivered",
    "shipped",
    "unloaded",
    "supplied",
    "handed",
    "exported",
    "rescued",
    "saved",
    "freed",
    "released",
    "repatriated",
    "destroyed",
    "collapsed",
    "damaged",
    "burned",
    "flattened",
    "razed",
    "flooded",
    "wrecked",
    "struck",
    "shelled",
    "targeted",
    "bombed",
    "attacked",
    "packed",
    "laid",
    "fired",
    "sacked",
    "seized",
    "occupied",
    "recaptured",
    "liberated",
    "dead",
    "missing",
    "unaccounted",
    "aboard",
    "onboard",
    "homeless",
];
