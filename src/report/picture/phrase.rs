//! Words for figures and dates.

use crate::model::{Bound, Case, ClaimId, Date};
use crate::report::amount::exact_amount;
use crate::report::drifts::said;

/// The figure of a claim as it was said; one that the case writes in signs, in words: "1,000 to 3,000", "at least 500".
#[must_use]
pub fn figure(case: &Case, claim: ClaimId) -> String {
    let (estimate, said) = (case.claims.estimate(claim), case.claims.said.get(claim.index()));
    if estimate.of.is_some() {
        return share_in_words(case, claim);
    }
    let is_words = said.chars().any(char::is_alphabetic) || said.contains('%');
    let (low, high) = estimate.ends();
    match estimate.bound {
        Bound::Unknown => "no number".to_owned(),
        _ if is_words => said.to_owned(),
        Bound::Exact => exact_amount(low),
        Bound::About => format!("about {}", exact_amount(low)),
        Bound::Range | Bound::Vague => format!("{} to {}", exact_amount(low), exact_amount(high)),
        bound => format!("{} {}", bound.name(), exact_amount(low)),
    }
}

/// The figure of a claim as it was said, and a share with the title of the whole in the place of its id: "about half of
/// “soldiers sent”".
#[must_use]
pub fn share_in_words(case: &Case, claim: ClaimId) -> String {
    let said = said(case, claim);
    let whole = case.claims.estimate(claim).of.map(|of| case.question(of)).filter(|whole| !whole.title.is_empty());
    let Some(whole) = whole else { return said };
    match said.strip_suffix(&*whole.id) {
        Some(start) => format!("{start}“{}”", whole.title),
        None => said,
    }
}

/// "28 February 2025", "February 2025", "2025".
#[must_use]
pub fn spoken_date(date: Date) -> String {
    let text = date.to_string();
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let month = month.and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?));
    match (month, day) {
        (Some(month), Some(day)) => format!("{} {month} {year}", day.trim_start_matches('0')),
        (Some(month), None) => format!("{month} {year}"),
        _ => year.to_owned(),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_spoken_to_their_precision() {
        let spoken = |y, m, d| Date::new(y, m, d).map(spoken_date);
        assert_eq!(spoken(2025, 2, 7).as_deref(), Some("7 February 2025"));
        assert_eq!(spoken(2025, 2, 0).as_deref(), Some("February 2025"));
        assert_eq!(spoken(987, 0, 0).as_deref(), Some("0987"));
    }
}
