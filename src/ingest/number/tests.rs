//! What numbers in digits and words are read as.

use super::*;
use proptest::prelude::*;

/// The value of a number that is the whole text.
fn value(text: &str) -> Option<f64> {
    let (number, end) = number(Cursor::new(text), Decimal::Point, true).ok()??;
    end.is_end().then(|| number.value(0))
}

fn assert_values(rows: &[(&str, f64)]) {
    for &(text, expected) in rows {
        assert_eq!(value(text), Some(expected), "{text}");
    }
}

#[test]
fn words_give_the_numbers_they_name() {
    assert_values(&[
        ("zero", 0.0),
        ("Eighteen", 18.0),
        ("twenty-one", 21.0),
        ("a hundred", 100.0),
        ("hundred", 100.0),
        ("one hundred and five", 105.0),
        ("three hundred fifty", 350.0),
        ("twelve hundred", 1200.0),
        ("twelve hundred and fifty", 1250.0),
        ("two hundred thousand", 2e5),
        ("one hundred and twenty thousand", 120e3),
        ("two thousand and five", 2005.0),
        ("one million two hundred thousand three hundred and four", 1_200_304.0),
        ("a thousand million", 1e9),
        ("three score and ten", 70.0),
        ("minus two hundred", -200.0),
    ]);
}

#[test]
fn multipliers_follow_digits_with_and_without_space() {
    assert_values(&[
        ("12k", 12e3),
        ("12 K", 12e3),
        ("5 thsd", 5e3),
        ("1.2 million", 1.2e6),
        ("4.35 million", 4_350_000.0),
        ("3mn", 3e6),
        ("3 mln.", 3e6),
        ("3M", 3e6),
        ("2.5bn", 2.5e9),
        ("2 b", 2e9),
        ("1 tn", 1e12),
        ("2 trillion", 2e12),
        ("2 crore", 2e7),
        ("3 lakhs", 3e5),
        ("3 lac", 3e5),
        ("1 lakh 20 thousand", 120e3),
        ("2 lakh crore", 2e12),
        ("two dozen", 24.0),
        ("2 dozens", 24.0),
        ("27-hundred", 2700.0),
        ("one-point-two million", 1.2e6),
        ("three point five", 3.5),
        ("four-thousand-100", 4100.0),
        ("three-thousand", 3000.0),
        ("1e3 million", 1e9),
    ]);
}

#[test]
fn halves_and_other_parts_count_what_they_are_parts_of() {
    assert_values(&[
        ("half a million", 5e5),
        ("half million", 5e5),
        ("a quarter of a million", 250e3),
        ("three quarters of a million", 750e3),
        ("half a dozen", 6.0),
        ("one and a half million", 1.5e6),
        ("1 and a half million", 1.5e6),
        ("two and three quarters", 2.75),
        ("a million and a half", 1.5e6),
    ]);
}

#[test]
fn what_is_not_one_number_is_not_read_as_one() {
    for text in "a 100 | an | k | twenty fifteen | one two | 2 million 500 | 1 million-500,000 | 12km | 12k5 | \
         two thousand three million | hundred five hundred | bns | 5 hundreds of | fifth | 10-"
        .split(" | ")
    {
        assert_eq!(value(text), None, "{text}");
    }
}

#[test]
fn a_letter_that_may_be_a_unit_is_remarked() {
    let (number, _) = number(Cursor::new("5 m"), Decimal::Point, true).unwrap().unwrap();
    let what = "`m` is read as million; if it is a unit, write it in `unit`".to_owned();
    assert_eq!(number.remarks, [Remark { at: 2, what }]);
}

#[test]
fn numbers_beyond_floating_point_are_refused() {
    for (text, what) in [
        ("1e999", "the number is too large"),
        ("-1e99999999999", "the number is too large"),
        ("1e-999", "the number is too close to zero"),
    ] {
        assert_eq!(read_number(text, Decimal::Point).map_err(|wrong| wrong.what), Err(what.into()));
    }
    assert!(number(Cursor::new("1e300 trillion"), Decimal::Point, true).is_err());
    assert_eq!(read_number("0e999", Decimal::Point), Ok(0.0));
    assert_eq!(read_number("-0", Decimal::Point).map(f64::to_bits), Ok(0));
}

#[test]
fn a_plain_cell_takes_digits_alone() {
    for (text, at, message) in [
        ("", 0, "no number; write a plain number, as in `1200` or `1e-5`, without unit"),
        ("1.2 million", 4, "`million` does not fit the number before it; write `1200000`"),
        ("half a dozen", 0, "`half` is not a number; write `6`"),
        ("50%", 2, "`%` is not expected here; write a plain number, as in `1200` or `1e-5`, without unit"),
        ("inf", 0, "`inf` is not a number; write a plain number, as in `1200` or `1e-5`, without unit"),
        ("1e", 1, "`e` does not belong to the number; write a plain number, as in `1200` or `1e-5`, without unit"),
    ] {
        let wrong = read_number(text, Decimal::Point).unwrap_err();
        assert_eq!((wrong.at, wrong.to_string().as_str()), (at, message), "{text}");
    }
}

proptest! {
    #[test]
    fn a_number_that_is_printed_is_read_again(size in -1e18_f64..1e18, any in prop::num::f64::NORMAL, short: bool) {
        let (value, text) = if short { (any, format!("{any:e}")) } else { (size, size.to_string()) };
        prop_assert_eq!(read_number(&text, Decimal::Point), Ok(value));
        prop_assert_eq!(read_number(&text.replace('.', ","), Decimal::Comma), Ok(value));
    }
}
