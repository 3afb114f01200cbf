//! Dates to the day, month or year: each is a window of days.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;

use jiff::civil;

/// A civil date known to the day, the month or the year, packed into four bytes, with room for none.
///
/// Ordering is by the last day of the window, then by the first, so that of two dates the one
/// that may reach further into time is the later.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Date(NonZeroU32);

impl Date {
    /// A date from its parts; `month` and `day` are 0 where they are not known.
    /// `None` if there is no such date between the years 1 and 9999.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month.max(1), day.max(1)).ok()?;
        let known = (1..=9999).contains(&year) && (month > 0 || day == 0) && month >= 0 && day >= 0;
        let pack = |y: i16, m: i8, d: i8| {
            Some(u32::try_from(y).ok()? << 9 | u32::try_from(m).ok()? << 5 | u32::try_from(d).ok()?)
        };
        if known { pack(year, month, day).and_then(NonZeroU32::new).map(Date) } else { None }
    }

    fn parts(self) -> (i16, i8, i8) {
        // The packed fields are narrower than their types, so no cast can lose a bit.
        let packed = self.0.get();
        ((packed >> 9) as i16, (packed >> 5 & 15) as i8, (packed & 31) as i8)
    }

    /// First day that the date may mean.
    #[must_use]
    pub fn first_day(self) -> civil::Date {
        let (year, month, day) = self.parts();
        civil::Date::new(year, month.max(1), day.max(1)).unwrap_or(civil::Date::MIN)
    }

    /// Last day that the date may mean.
    #[must_use]
    pub fn last_day(self) -> civil::Date {
        let (_, month, day) = self.parts();
        let first = self.first_day();
        match (month, day) {
            (0, _) => first.last_of_year(),
            (_, 0) => first.last_of_month(),
            _ => first,
        }
    }

    /// The first date that can be written.
    pub const FIRST: Date = Date(NonZeroU32::MIN.saturating_add((1 << 9) | (1 << 5)));

    /// Whether the day is known.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.parts().2 != 0
    }

    /// The last day of the window, as a date of its own.
    #[must_use]
    pub fn to_last_day(self) -> Date {
        let day = self.last_day();
        Date::new(day.year(), day.month(), day.day()).unwrap_or(self)
    }

    /// Whether every day this may mean comes before every day `other` may mean.
    #[must_use]
    pub fn surely_before(self, other: Date) -> bool {
        self.last_day() < other.first_day()
    }

    /// Whether the whole window lies on or before the last day of `other`.
    #[must_use]
    pub fn by(self, other: Date) -> bool {
        self.last_day() <= other.last_day()
    }

    /// Days from the last day of `self` to the last day of `other`; negative if `other` is earlier.
    #[must_use]
    pub fn days_until(self, other: Date) -> i32 {
        (other.last_day() - self.last_day()).get_days()
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.last_day(), self.first_day()).cmp(&(other.last_day(), other.first_day()))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (year, 0, _) => write!(f, "{year:04}"),
            (year, month, 0) => write!(f, "{year:04}-{month:02}"),
            (year, month, day) => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_window_of_its_days() {
        let month = Date::new(2024, 2, 0).unwrap();
        assert_eq!(month.last_day().day(), 29);
        assert!(!month.surely_before(Date::new(2024, 2, 15).unwrap()));
        assert!(month.surely_before(Date::new(2024, 3, 0).unwrap()));
        assert!(month.by(Date::new(2024, 2, 29).unwrap()));
        assert!(!month.by(Date::new(2024, 2, 28).unwrap()));
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        assert_eq!(Date::new(2025, 2, 29), None);
        assert_eq!(Date::new(2025, 13, 1), None);
        assert_eq!(Date::new(0, 1, 1), None);
        assert_eq!(Date::new(2025, 0, 3), None);
        assert_eq!(Date::new(2025, -1, -1), None);
    }

    #[test]
    fn dates_print_to_their_precision() {
        assert_eq!(Date::new(987, 0, 0).unwrap().to_string(), "0987");
        assert_eq!(Date::new(2025, 2, 0).unwrap().to_string(), "2025-02");
        assert_eq!(Date::new(2025, 2, 7).unwrap().to_string(), "2025-02-07");
    }
}
