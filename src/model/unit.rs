//! Units, compared as words.

/// Whether a unit is per cent.
#[must_use]
pub fn is_percent(unit: &str) -> bool {
    matches!(fold(unit).as_str(), "percent" | "%" | "per cent" | "pct" | "percentage")
}

/// Whether a unit is a share between 0 and 1.
#[must_use]
pub fn is_share(unit: &str) -> bool {
    matches!(fold(unit).as_str(), "share" | "fraction" | "ratio" | "proportion")
}

/// Whether two units are the same: case and a plural do not matter, and a unit that is not given
/// is the same as any.
///
/// ```
/// use sayso::model::unit::is_same;
/// assert!(is_same("Soldiers", "soldier") && is_same("people", "person") && is_same("", "tonne"));
/// assert!(!is_same("soldier", "tonne"));
/// ```
#[must_use]
pub fn is_same(a: &str, b: &str) -> bool {
    a.is_empty() || b.is_empty() || a == b || fold(a) == fold(b)
}

/// The unit behind a number other than one: "people", "soldiers", "USD", "barrels/day".
///
/// ```
/// use sayso::model::unit::plural;
/// assert_eq!((plural("person"), plural("body")), ("people".to_owned(), "bodies".to_owned()));
/// assert_eq!((plural("USD"), plural("barrel/day")), ("USD".to_owned(), "barrels/day".to_owned()));
/// assert_eq!(plural("square kilometre"), "square kilometres");
/// ```
#[must_use]
pub fn plural(unit: &str) -> String {
    if let Some((noun, per)) = unit.split_once('/') {
        return format!("{}/{per}", plural(noun));
    }
    let is_word = unit.len() > 2 && unit.chars().all(|c| c.is_lowercase() || c == ' ' || c == '-');
    match unit {
        "person" => "people".to_owned(),
        "percent" | "per cent" => unit.to_owned(),
        _ if !is_word || unit.ends_with('s') => unit.to_owned(),
        _ => match unit.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
            _ if unit.ends_with("sh") || unit.ends_with("ch") || unit.ends_with('x') => format!("{unit}es"),
            _ => format!("{unit}s"),
        },
    }
}

fn fold(unit: &str) -> String {
    let lower = unit.trim().to_lowercase();
    if lower == "people" {
        return "person".to_owned();
    }
    match lower.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => lower,
    }
}
