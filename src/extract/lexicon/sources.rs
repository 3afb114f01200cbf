//! Who may be credited: nouns of outlets, bodies, officials, people, unnamed parties and documents.

use super::Classes;

/// Words that are an outlet's where they begin with a capital letter.
pub(crate) const MASTHEADS: &[&str] = &[
    "Star", "Sun", "Mirror", "Echo", "Standard", "Express", "Globe", "Review", "Record", "Dispatch", "Sentinel", "Inquirer", "Ledger",
    "Mercury", "Advertiser", "Argus", "Today", "Insider", "Journal", "Voice", "Register", "Bee", "Beacon", "Enquirer", "Broadcasting",
    "FM", "Radio", "TV", "Online", "Digest", "Post", "Mail", "World",
];

pub(super) const WORDS: &[(Classes, &[&str])] = &[
    (
        Classes::OUTLET,
        &[
            "newspaper", "newspapers", "paper", "papers", "daily", "weekly", "magazine", "media", "outlet", "outlets",
            "broadcaster", "broadcasters", "television", "tv", "radio", "station", "channel", "channels", "tabloid",
            "website", "portal", "press", "newswire", "wire", "blog", "podcast", "programme", "telegram", "journal",
            "times", "post", "herald", "tribune", "gazette", "telegraph", "courier", "chronicle", "observer",
            "examiner", "guardian", "independent", "mail", "bulletin", "news", "editor", "correspondent",
        ],
    ),
    (
        Classes::WIRE,
        &[
            "reuters", "ap", "afp", "upi", "dpa", "efe", "ansa", "tass", "xinhua", "yonhap", "kyodo", "interfax",
            "anadolu", "ukrinform", "pti", "ians", "bbc", "cnn", "nbc", "cbs", "abc", "cctv", "npr", "kcna", "irna",
            "unian", "bloomberg", "politico", "axios", "economist", "forbes", "newsweek", "jazeera", "arabiya",
            "france-presse", "itar-tass", "ria", "sana", "wafa", "ndtv", "nhk", "kbs", "mbc", "sbs", "rfi", "rfe",
            "voa", "msnbc", "sputnik", "haaretz", "spiegel", "lemonde", "pais", "monde", "figaro", "guardian",
            "meduza", "mediazona", "bellingcat", "buzzfeed", "techcrunch", "variety",
        ],
    ),
    (
        Classes::AGENCY,
        &[
            "ministry", "ministries", "department", "police", "army", "military", "navy", "forces", "agency",
            "agencies", "government", "governments", "authority", "authorities", "service", "services", "command",
            "court", "hospital", "hospitals", "intelligence", "office", "bureau", "commission", "council", "staff",
            "administration", "parliament", "committee", "un", "u.n", "u.n.", "nato", "pentagon", "kremlin",
            "congress", "embassy", "organization", "organisation", "organizations", "organisations", "group", "groups",
            "charity", "charities", "observatory", "association", "union", "watchdog", "watchdogs", "monitor",
            "monitors", "ngo", "ngos", "institute", "institution", "centre", "center", "foundation", "federation",
            "coalition", "network", "party", "company", "companies", "firm", "corporation", "operator", "airline",
            "bank", "crescent", "cross", "brigade", "guard", "coastguard", "headquarters", "treasury", "secretariat",
            "directorate", "inspectorate", "municipality", "prefecture", "regime", "junta", "programme", "program",
            "unhcr", "ocha", "unicef", "iom", "icrc", "unrwa", "wfp", "fao", "eu", "imf", "fbi", "cia", "nis", "nations",
            "survey", "seoul", "pyongyang", "moscow", "beijing", "washington", "kyiv", "kiev", "tehran", "ankara",
            "jerusalem", "brussels", "london", "paris", "berlin", "tokyo", "delhi", "islamabad", "kabul", "damascus",
            "baghdad", "riyadh", "amman", "cairo", "house", "defence", "defense", "team", "amnesty", "msf", "hamas",
            "hezbollah", "taliban", "fund", "university", "college", "church", "society", "front", "movement",
            "alliance", "militia", "rebels", "insurgents", "opposition", "rescuers", "firefighters", "responders",
            "maker", "chipmaker", "carmaker", "automaker", "manufacturer", "retailer", "lender", "utility", "board",
            "states", "kingdom", "republic", "emirates", "prosecutors", "investigators", "regulators", "regulator", "state", "city", "county", "province",
        ],
    ),
    (
        Classes::OFFICIAL,
        &[
            "minister", "ministers", "president", "premier", "spokesman", "spokeswoman", "spokesperson",
            "spokespeople", "spokespersons", "spokesmen", "governor", "governors", "mayor", "mayors", "official",
            "officials", "senator", "senators", "general", "commander", "commanders", "ambassador", "ambassadors",
            "chief", "chiefs", "sheriff", "secretary", "lawmaker", "lawmakers", "chairman", "chairwoman", "chair",
            "chairperson", "director", "directors", "head", "heads", "officer", "officers", "diplomat", "diplomats",
            "chancellor", "king", "prince", "colonel", "lieutenant", "major", "captain", "admiral", "prosecutor",
            "coroner", "commissioner", "commissioners", "envoy", "leader", "leaders", "deputy", "deputies", "judge",
            "congressman", "congresswoman", "legislator", "legislators", "coordinator", "co-ordinator", "adviser",
            "advisor", "aide", "aides", "representative", "representatives", "undersecretary", "superintendent",
            "inspector", "administrator", "executive", "executives", "ceo", "rapporteur", "councillor", "manager",
            "ombudsman", "assistant", "member", "members", "marshal", "sergeant", "brigadier", "envoys", "politician", "politicians", "mp", "mps",
        ],
    ),
    (
        Classes::PERSON,
        &[
            "witness", "witnesses", "eyewitness", "eyewitnesses", "survivor", "survivors", "resident", "residents",
            "organiser", "organisers", "organizer", "organizers", "researcher", "researchers", "scientist",
            "scientists", "student", "students", "activist", "activists", "relative", "relatives", "villager",
            "villagers", "doctor", "doctors", "nurse", "nurses", "medic", "medics", "teacher", "teachers", "analyst",
            "analysts", "expert", "experts", "journalist", "farmer", "farmers", "neighbour", "neighbours", "neighbor",
            "neighbors", "driver", "lawyer", "lawyers", "worker", "workers", "volunteer", "volunteers", "seismologist",
            "professor", "economist", "economists", "historian", "historians", "campaigners", "campaigner",
            "protesters", "demonstrators", "victims", "families", "locals", "migrants", "refugees", "engineer",
            "fisherman", "fishermen", "elder", "elders", "parent", "parents", "pilot", "passenger", "passengers",
            "epidemiologist", "geologist", "author", "authors", "blogger", "bloggers", "academics", "academic",
            "those", "people", "person", "man", "woman", "men", "women", "everyone", "many", "others", "reporter", "employee", "employees", "staffer", "priest", "imam", "bishop", "pastor", "monk", "biologist", "physician", "surgeon", "paramedic", "paramedics", "guard", "guards", "trader", "traders", "owner", "owners", "defector", "defectors", "deserter", "prisoner", "hostage", "fighter", "fighters", "soldier", "soldiers", "human", "inhabitants", "bystanders", "spectator", "applicant",
        ],
    ),
    (
        Classes::ANONYMOUS,
        &[
            "anonymous", "unnamed", "unidentified", "undisclosed", "insider", "insiders", "source", "sources",
            "anonymously", "whistleblower", "whistleblowers", "informant", "informants",
        ],
    ),
    (
        Classes::DOCUMENT,
        &[
            "report", "reports", "tally", "tallies", "statement", "statements", "memo", "survey", "surveys", "census",
            "figures", "figure", "estimate", "estimates", "images", "imagery", "document", "documents", "database",
            "dataset", "data", "register", "records", "assessment", "assessments", "study", "studies", "count",
            "counts", "analysis", "testimony", "testimonies", "accounts", "toll", "tolls", "statistics", "filing",
            "filings", "article", "information", "dispatch", "dossier", "poll", "polls", "audit", "review", "letter",
            "numbers", "projections", "projection", "model", "models", "footage", "list", "lists", "log", "logs",
            "cable", "cables", "leak", "investigation", "inquiry", "findings", "paper", "release", "update", "video", "footage", "videos", "images", "photographs",
        ],
    ),
    (
        Classes::LISTENER,
        &[
            "reporters", "journalists", "parliament", "lawmakers", "congress", "court", "governor", "audience",
            "reporter", "briefing", "conference", "him", "her", "them", "us", "me", "you", "everyone", "people",
            "viewers", "investors", "analysts", "senators", "judges", "jury", "supporters", "hearing", "crowd",
            "committee", "staff", "employees", "lawmaker", "mps", "deputies", "ministers", "president", "meeting",
            "inquiry", "assembly", "council", "senate", "parliament", "committee", "court", "relatives", "families", "residents", "colleagues", "officers",
            "investigators", "shareholders", "press",
        ],
    ),
    (
        Classes::TITLE,
        &[
            "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof", "prof.", "gen.", "lt.", "col.", "sgt.",
            "capt.", "maj.", "adm.", "gov.", "sen.", "rep.", "sir", "lady", "lord", "president", "prime", "minister",
            "general", "colonel", "major", "captain", "governor", "mayor", "senator", "sheriff", "chancellor", "king",
            "queen", "prince", "professor", "spokesman", "spokeswoman", "spokesperson", "secretary", "ambassador",
            "commissioner", "judge", "admiral", "lieutenant", "sergeant", "inspector", "director", "chief",
            "resident", "activist", "premier", "brigadier", "marshal", "vice", "deputy", "chairman", "analyst",
        ],
    ),
    (
        Classes::DEMONYM,
        &[
            "afghan", "african", "albanian", "algerian", "american", "arab", "argentine", "armenian", "asian",
            "australian", "austrian", "azerbaijani", "bangladeshi", "belarusian", "belgian", "bolivian", "bosnian",
            "brazilian", "british", "bulgarian", "burmese", "cambodian", "cameroonian", "canadian", "chadian",
            "chechen", "chilean", "chinese", "colombian", "congolese", "croatian", "cuban", "cypriot", "czech",
            "danish", "dutch", "ecuadorian", "egyptian", "emirati", "english", "eritrean", "estonian", "ethiopian",
            "european", "filipino", "finnish", "french", "georgian", "german", "ghanaian", "greek", "haitian",
            "honduran", "hungarian", "icelandic", "indian", "indonesian", "iranian", "iraqi", "irish", "israeli",
            "italian", "ivorian", "jamaican", "japanese", "jordanian", "kazakh", "kenyan", "korean", "kosovar",
            "kurdish", "kuwaiti", "kyrgyz", "laotian", "latvian", "lebanese", "liberian", "libyan", "lithuanian",
            "malaysian", "malian", "mexican", "moldovan", "mongolian", "moroccan", "mozambican", "nepalese", "nepali",
            "nicaraguan", "nigerian", "nigerien", "norwegian", "omani", "pakistani", "palestinian", "panamanian",
            "peruvian", "polish", "portuguese", "qatari", "romanian", "russian", "rwandan", "saudi", "scottish",
            "senegalese", "serbian", "slovak", "slovenian", "somali", "spanish", "sudanese", "swedish", "swiss",
            "syrian", "taiwanese", "tajik", "tanzanian", "thai", "tibetan", "tunisian", "turkish", "turkmen",
            "ugandan", "ukrainian", "uruguayan", "uyghur", "uzbek", "venezuelan", "vietnamese", "welsh", "western",
            "yemeni", "zambian", "zimbabwean", "u.s", "u.s.", "us", "uk", "u.k.",
        ],
    ),
];
