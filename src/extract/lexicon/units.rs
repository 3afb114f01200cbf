//! What is counted: people, measures, money, and the singulars of nouns.

use super::Classes;

/// A unit of measure with its spellings.
#[derive(Debug)]
pub(crate) struct Measure {
    /// singular name
    pub name: &'static str,
    /// how it is written, in lower case
    pub spellings: &'static [&'static str],
    /// whether it is a length, which may only locate a place
    pub is_length: bool,
}

const fn length(name: &'static str, spellings: &'static [&'static str]) -> Measure {
    Measure { name, spellings, is_length: true }
}

const fn measure(name: &'static str, spellings: &'static [&'static str]) -> Measure {
    Measure { name, spellings, is_length: false }
}

/// Longer spellings stand before those that they begin with.
pub(crate) const MEASURES: &[Measure] = &[
    measure("square kilometre", &["square kilometers", "square kilometres", "square kilometer", "square kilometre", "sq km", "km²", "km2"]),
    measure("square mile", &["square miles", "square mile", "sq mi", "sq miles"]),
    measure("square metre", &["square meters", "square metres", "square meter", "square metre", "sq m", "m²"]),
    measure("square foot", &["square feet", "square foot", "sq ft"]),
    measure("cubic metre", &["cubic meters", "cubic metres", "cubic meter", "cubic metre", "m³"]),
    length("kilometre", &["kilometers", "kilometres", "kilometer", "kilometre", "km", "kms"]),
    length("metre", &["meters", "metres", "meter", "metre"]),
    length("centimetre", &["centimeters", "centimetres", "centimeter", "centimetre", "cm"]),
    length("millimetre", &["millimeters", "millimetres", "millimeter", "millimetre", "mm"]),
    length("mile", &["miles", "mile", "mi"]),
    length("foot", &["feet", "foot", "ft"]),
    length("inch", &["inches", "inch"]),
    length("yard", &["yards", "yard"]),
    length("nautical mile", &["nautical miles", "nautical mile"]),
    measure("hectare", &["hectares", "hectare", "ha"]),
    measure("acre", &["acres", "acre"]),
    measure("kilogram", &["kilograms", "kilogrammes", "kilogram", "kilos", "kilo", "kg"]),
    measure("tonne", &["metric tons", "metric tonnes", "tonnes", "tonne", "tons", "ton"]),
    measure("litre", &["liters", "litres", "liter", "litre"]),
    measure("barrel", &["barrels", "barrel", "bpd"]),
    measure("gallon", &["gallons", "gallon"]),
    measure("megawatt", &["megawatts", "megawatt", "mw"]),
    measure("gigawatt", &["gigawatts", "gigawatt", "gw"]),
    measure("degree Celsius", &["degrees celsius", "°c"]),
    measure("degree Fahrenheit", &["degrees fahrenheit", "°f"]),
    measure("degree", &["degrees", "degree", "°"]),
    measure("kilometre per hour", &["kilometers per hour", "kilometres per hour", "km/h", "kph"]),
    measure("mile per hour", &["miles per hour", "mph"]),
    measure("percentage point", &["percentage points", "percentage point"]),
    measure("magnitude", &["magnitude", "on the richter scale"]),
];

/// Signs and words of money with their codes.
pub(crate) const CURRENCIES: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("₦", "NGN"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("pounds", "GBP"),
    ("yen", "JPY"),
    ("rupees", "INR"),
    ("roubles", "RUB"),
    ("rubles", "RUB"),
    ("hryvnia", "UAH"),
    ("hryvnias", "UAH"),
    ("won", "KRW"),
    ("yuan", "CNY"),
    ("francs", "CHF"),
];

/// Words for those who are counted that name no role of their own.
pub(crate) const SAME_UNIT: &[(&str, &str)] = &[
    ("troop", "soldier"),
    ("serviceman", "soldier"),
    ("servicewoman", "soldier"),
    ("fatality", "person"),
    ("casualty", "person"),
    ("death", "person"),
    ("victim", "person"),
    ("injury", "person"),
    ("loss", "person"),
    ("live", "person"),
    ("life", "person"),
    ("dead", "person"),
    ("missing", "person"),
    ("wounded", "person"),
    ("injured", "person"),
    ("arrest", "person"),
    ("other", "person"),
    ("individual", "person"),
    ("people", "person"),
    ("man and woman", "person"),
    ("personnel", "person"),
    ("staff", "employee"),
    ("marcher", "person"),
    ("demonstrator", "person"),
    ("protester", "person"),
    ("protestor", "person"),
    ("attendee", "person"),
    ("man", "person"),
    ("woman", "person"),
    ("teenager", "person"),
    ("adult", "person"),
    ("youth", "person"),
    ("participant", "person"),
    ("soul", "person"),
    ("kid", "child"),
    ("case of death", "person"),
];

/// Plurals that are not made with an s.
const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("persons", "person"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("schoolchildren", "schoolchild"),
    ("policemen", "policeman"),
    ("servicemen", "serviceman"),
    ("fishermen", "fisherman"),
    ("firemen", "fireman"),
    ("gunmen", "gunman"),
    ("militiamen", "militiaman"),
    ("lives", "life"),
    ("wives", "wife"),
    ("knives", "knife"),
    ("geese", "goose"),
    ("mice", "mouse"),
    ("feet", "foot"),
    ("aircraft", "aircraft"),
    ("police", "police officer"),
    ("cattle", "cattle"),
    ("sheep", "sheep"),
    ("series", "series"),
    ("buses", "bus"),
    ("gases", "gas"),
    ("crises", "crisis"),
    ("dead", "dead"),
    ("missing", "missing"),
    ("wounded", "wounded"),
    ("injured", "injured"),
    ("personnel", "personnel"),
    ("staff", "staff"),
    ("troops", "troop"),
    ("crew", "crew member"),
    ("cases", "case"),
    ("houses", "house"),
    ("warehouses", "warehouse"),
    ("refugees", "refugee"),
    ("employees", "employee"),
];

/// The singular of a plural that is not made with an s.
pub(crate) fn irregular_singular(word: &str) -> Option<&'static str> {
    IRREGULAR.iter().find(|(plural, _)| *plural == word).map(|(_, singular)| *singular)
}

pub(super) const WORDS: &[(Classes, &[&str])] = &[(
    Classes::PEOPLE,
    &[
        "people", "persons", "person", "men", "women", "children", "soldiers", "soldier", "troops", "civilians",
        "civilian", "fighters", "militants", "rebels", "insurgents", "servicemen", "personnel", "police", "policemen",
        "officers", "workers", "miners", "students", "teachers", "pilgrims", "migrants", "refugees", "passengers",
        "protesters", "demonstrators", "marchers", "residents", "villagers", "tourists", "employees", "staff", "jobs",
        "conscripts", "recruits", "boys", "girls", "babies", "infants", "teenagers", "adults", "families", "survivors",
        "victims", "casualties", "deaths", "fatalities", "injuries", "prisoners", "hostages", "detainees", "inmates",
        "patients", "doctors", "nurses", "journalists", "guerrillas", "gunmen", "reservists", "sailors", "marines",
        "pupils", "schoolchildren", "fishermen", "firefighters", "supporters", "participants", "others", "dead",
        "members", "households", "volunteers", "mercenaries", "contractors", "farmers", "drivers", "citizens",
        "nationals", "evacuees", "commuters", "crew", "attendees", "worshippers", "shoppers", "spectators",
    ],
)];
