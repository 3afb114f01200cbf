//! Function words, times and directions.

use super::Classes;

pub(crate) const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Words after a distance that make it a place and not a claim.
pub(crate) const DIRECTIONS: &[&str] = &[
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "north-east", "north-west",
    "south-east", "south-west", "from", "off", "away", "outside", "inside", "offshore", "inland", "ahead", "upstream",
    "downstream", "northern", "southern", "eastern", "western", "beyond", "along", "downriver", "upriver",
];

pub(crate) const WORDS: &[(Classes, &[&str])] = &[
    (
        Classes::DETERMINER,
        &[
            "the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "another",
            "every", "each", "both", "all", "any", "no",
        ],
    ),
    (Classes::INDEFINITE, &["a", "an", "another"]),
    (
        Classes::PREPOSITION,
        &[
            "of", "in", "on", "at", "for", "from", "to", "with", "by", "about", "over", "under", "after", "before",
            "since", "during", "against", "near", "off", "into", "through", "between", "among", "amid", "within",
            "without", "toward", "towards", "upon", "via", "per", "than", "as", "across", "around", "outside",
            "inside", "behind", "beyond", "despite", "following", "until", "till", "like", "including", "alongside",
            "regarding", "concerning", "except", "besides", "onto", "aboard", "along", "amongst", "versus",
        ],
    ),
    (Classes::AND, &["and", "or", "nor"]),
    (
        Classes::CLAUSE,
        &[
            "while", "but", "although", "though", "whereas", "however", "because", "if", "when", "where", "that",
            "until", "unless", "so", "yet", "whether", "how", "why", "what", "once", "since", "even", "before",
            "after", "as",
        ],
    ),
    (Classes::CONTRAST, &["while", "but", "although", "though", "whereas", "however", "yet", "after", "before"]),
    (Classes::RELATIVE, &["who", "which", "whose", "whom"]),
    (
        Classes::AUXILIARY.or(Classes::VERB),
        &[
            "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "will",
            "would", "could", "should", "may", "might", "can", "must", "shall", "isn't", "aren't", "wasn't", "weren't",
            "hasn't", "haven't", "hadn't", "don't", "doesn't", "didn't", "won't", "wouldn't", "couldn't", "isn’t",
            "aren’t", "wasn’t", "weren’t", "hasn’t", "haven’t", "hadn’t", "don’t", "doesn’t", "didn’t", "won’t",
            "wouldn’t", "couldn’t", "cannot", "can't", "can’t",
        ],
    ),
    (
        Classes::NEGATION,
        &[
            "not", "never", "no", "neither", "nor", "without", "isn't", "aren't", "wasn't", "weren't", "hasn't",
            "haven't", "hadn't", "don't", "doesn't", "didn't", "won't", "wouldn't", "couldn't", "isn’t", "aren’t",
            "wasn’t", "weren’t", "hasn’t", "haven’t", "hadn’t", "don’t", "doesn’t", "didn’t", "won’t", "wouldn’t",
            "couldn’t", "cannot", "can't", "can’t",
        ],
    ),
    (
        Classes::ADVERB,
        &[
            "also", "earlier", "later", "meanwhile", "now", "still", "already", "further", "then", "again", "only",
            "just", "even", "today", "yesterday", "tonight", "so", "far", "here", "there", "too", "instead",
            "nevertheless", "nonetheless", "therefore", "thus", "however", "moreover", "furthermore", "since", "ago",
            "once", "twice", "repeatedly", "always", "often", "sometimes", "soon", "first", "separately", "overall",
            "elsewhere", "afterwards", "afterward", "not", "never", "ever", "long", "since", "all", "both", "itself",
            "himself", "herself", "themselves", "yet",
        ],
    ),
    (
        Classes::PRONOUN,
        &["he", "she", "they", "it", "we", "i", "you", "him", "them", "us", "her", "me", "himself", "herself", "there"],
    ),
    (
        Classes::TIME,
        &[
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
            "march", "april", "june", "july", "august", "september", "october", "november", "december", "jan", "feb",
            "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "jan.", "feb.", "mar.", "apr.",
            "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.", "mon.", "tue.", "wed.", "thu.", "fri.",
            "today", "yesterday", "tonight", "tomorrow", "morning", "afternoon", "evening", "night", "midnight",
            "noon", "week", "month", "year", "weekend", "last", "next",
        ],
    ),
    (
        Classes::DURATION,
        &[
            "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "weekend",
            "month", "months", "year", "years", "decade", "decades", "century", "centuries", "night", "nights",
            "hrs", "mins", "yrs", "a.m", "p.m", "a.m.", "p.m.", "am", "pm", "gmt", "utc", "o'clock", "o’clock",
            "mornings", "evenings", "season", "seasons", "semester", "semesters", "quarter",
        ],
    ),
    (
        Classes::VERB,
        &[
            "made", "went", "came", "took", "led", "became", "began", "kept", "held", "left", "got", "sent", "spoke",
            "ran", "met", "won", "lost", "brought", "fell", "rose", "grew", "dropped", "broke", "caused", "comes",
            "brings", "included", "includes", "include", "visited", "arrived", "crossed", "remain", "remains",
            "remained", "live", "lives", "lived", "work", "works", "worked", "received", "receive", "expected",
            "thought", "hit", "used", "known", "called", "led", "followed", "obtained", "initially", "need", "needs",
            "needed", "want", "wants", "wanted", "carry", "carries", "carried", "carrying", "makes", "helped",
            "taken", "given", "seen", "put", "going", "sank", "set", "according", "happened", "occurred",
            "responded", "appeared", "based", "took", "signed", "joined", "protested", "gathered", "suffered",
            "suffering", "serving", "fighting", "living", "working", "trapped", "stranded", "stuck", "believed",
            "feared", "presumed", "suspected", "caught", "stayed", "returned", "cut", "lose", "face", "facing",
            "due", "more", "so", "remain", "belonging", "involved", "seeking", "fleeing", "thanks",
        ],
    ),
];
