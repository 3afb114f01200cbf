//! Ids: positions in the case's tables, never mixed up with one another.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Position of a question in [`Case::questions`](super::Case::questions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QuestionId(pub u32);

/// Position of a source in [`Case::sources`](super::Case::sources).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// Position of a claim in [`Case::claims`](super::Case::claims).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub u32);

/// Position of an anonymous party's description in [`Case::labels`](super::Case::labels).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelId(pub u32);

impl QuestionId {
    /// The position as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl SourceId {
    /// The position as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl ClaimId {
    /// The position as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl LabelId {
    /// The position as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Orders names as people do: runs of digits by their value, everything else by byte,
/// so that `K9` comes before `K10`. Equal values with unlike zeros (`1`, `01`) fall back to bytes.
///
/// ```
/// use sayso::model::natural_order;
/// let mut ids = ["K10", "K9", "A1"];
/// ids.sort_by(|a, b| natural_order(a, b));
/// assert_eq!(ids, ["A1", "K9", "K10"]);
/// ```
#[must_use]
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a.as_bytes(), b.as_bytes());
    while let (Some(p), Some(q)) = (x.first(), y.first()) {
        if p.is_ascii_digit() && q.is_ascii_digit() {
            let (m, n) = (digits(x), digits(y));
            let (u, v) = (without_zeros(&x[..m]), without_zeros(&y[..n]));
            let order = u.len().cmp(&v.len()).then_with(|| u.cmp(v));
            if order.is_ne() {
                return order;
            }
            (x, y) = (&x[m..], &y[n..]);
        } else if p == q {
            (x, y) = (&x[1..], &y[1..]);
        } else {
            return p.cmp(q);
        }
    }
    x.len().cmp(&y.len()).then_with(|| a.cmp(b))
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|c| c.is_ascii_digit()).count()
}

fn without_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|&&c| c == b'0').count();
    &digits[zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digit_runs_order_by_value() {
        assert_eq!(natural_order("q2", "q10"), Ordering::Less);
        assert_eq!(natural_order("q02", "q2"), Ordering::Less);
        assert_eq!(natural_order("q2a", "q2"), Ordering::Greater);
        assert_eq!(natural_order("", "a"), Ordering::Less);
    }

    proptest! {
        #[test]
        fn natural_order_is_total(a in "[a-b0-2]{0,6}", b in "[a-b0-2]{0,6}", c in "[a-b0-2]{0,6}") {
            prop_assert_eq!(natural_order(&a, &b), natural_order(&b, &a).reverse());
            prop_assert_eq!(natural_order(&a, &b).is_eq(), a == b);
            if natural_order(&a, &b).is_le() && natural_order(&b, &c).is_le() {
                prop_assert!(natural_order(&a, &c).is_le());
            }
        }
    }
}
