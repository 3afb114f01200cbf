//! What each form of an estimate is read as, group by group.

use super::*;
use crate::model::Bound::{self, About, AtLeast, AtMost, Exact, LessThan, MoreThan, Range, Unknown, Vague};
use proptest::prelude::*;

const INF: f64 = f64::INFINITY;

fn read(text: &str) -> Reading<'_> {
    match read_estimate(text, Decimal::Point) {
        Ok(reading) => reading,
        Err(wrong) => panic!("`{text}`: {wrong} at {}", wrong.at),
    }
}

/// Checks bound and ends, and that nothing had to be assumed.
fn plainly(rows: &[(&str, Bound, f64, f64)]) {
    for &(text, bound, low, high) in rows {
        let reading = read(text);
        assert_eq!((reading.bound, reading.low, reading.high), (bound, low, high), "{text}");
        assert_eq!(reading.remarks, [], "{text}");
    }
}

/// Checks bound and ends, and the only remark by its place and beginning.
fn with_remark(rows: &[(&str, Bound, f64, f64, usize, &str)]) {
    for &(text, bound, low, high, at, remark) in rows {
        let reading = read(text);
        assert_eq!((reading.bound, reading.low, reading.high), (bound, low, high), "{text}");
        let found: Vec<_> = reading.remarks.iter().map(|remark| (remark.at, remark.what.as_str())).collect();
        assert_eq!(found, [(at, remark)], "{text}");
    }
}

fn refused(rows: &[(&str, usize, &str)]) {
    for &(text, at, message) in rows {
        match read_estimate(text, Decimal::Point) {
            Ok(reading) => panic!("`{text}` is read as {reading:?}"),
            Err(wrong) => assert_eq!((wrong.at, wrong.to_string().as_str()), (at, message), "{text}"),
        }
    }
}

#[test]
fn a_bare_number_is_exact() {
    plainly(&[
        ("12,000", Exact, 12e3, 12e3),
        ("400", Exact, 400.0, 400.0),
        ("0", Exact, 0.0, 0.0),
        ("1e-05", Exact, 1e-5, 1e-5),
        ("a total of 182", Exact, 182.0, 182.0),
        ("only one", Exact, 1.0, 1.0),
        ("Just 30,000", Exact, 30e3, 30e3),
        ("exactly 0.5", Exact, 0.5, 0.5),
        ("300 in total", Exact, 300.0, 300.0),
        (" \t1,000\n", Exact, 1e3, 1e3),
        ("-5", Exact, -5.0, -5.0),
        ("−5", Exact, -5.0, -5.0),
        ("minus five", Exact, -5.0, -5.0),
        ("+5", Exact, 5.0, 5.0),
    ]);
}

#[test]
fn words_of_nearness_make_it_about() {
    for text in "~12000 | ≈ 12,000 | about 12,000 | ABOUT 12,000 | around 12k | some 12,000 | roughly 12,000 | \
         approximately 12,000 | approx. 12,000 | circa 12,000 | c. 12,000 | c.12,000 | ca. 12,000 | \
         an estimated 12,000 | the estimated twelve-thousand | nearly 12,000 | almost 12,000 | \
         close to 12,000 | 12,000 or so | some 12,000-odd | only about 12,000 | about\u{a0}12\u{202f}000"
        .split(" | ")
    {
        plainly(&[(text, About, 12e3, 12e3)]);
    }
}

#[test]
fn floors_are_open_above() {
    for text in ">=1000 | >= 1000 | ≥1000 | at least 1,000 | no fewer than 1,000 | no less than 1,000 | \
         not less than 1,000 | upwards of 1,000 | minimum of 1,000 | a minimum of 1,000 | 1,000+ | \
         1,000 or more | 1k+ | at least about 1,000 | about 1,000 or more | 1,000 at least | \
         one thousand or more"
        .split(" | ")
    {
        plainly(&[(text, AtLeast, 1e3, INF)]);
    }
    for text in ">1000 | > 1,000 | more than 1,000 | over 1,000 | above 1,000 | exceeding 1,000 | \
         in excess of 1,000 | greater than 1,000 | well over a thousand | at least more than 1,000 | \
         more than 1,000 or so | over 1,000+"
        .split(" | ")
    {
        plainly(&[(text, MoreThan, 1e3, INF)]);
    }
}

#[test]
fn ceilings_are_open_below() {
    for text in "<=4000 | ≤ 4,000 | up to 4,000 | at most 4,000 | as many as 4,000 | no more than 4,000 | \
         not more than 4,000 | maximum of 4,000 | 4,000 or fewer | 4,000 or less | up to about 4,000"
        .split(" | ")
    {
        plainly(&[(text, AtMost, -INF, 4e3)]);
    }
    for text in ["<4000", "less than 4,000", "fewer than 4,000", "under 4,000", "below 4,000", "just under 4,000"] {
        plainly(&[(text, LessThan, -INF, 4e3)]);
    }
}

#[test]
fn two_ends_make_a_range() {
    for text in "1000-3000 | 1,000 – 3,000 | 1,000—3,000 | 1,000−3,000 | 1,000 to 3,000 | 1,000\tto\n3,000 | \
         between 1,000 and 3,000 | Between 1,000 to 3,000 | from 1,000 to 3,000 | from 1,000 up to 3,000 | \
         between 1,000 – 3,000 | 1 000 to 3 000 | 1k-3k | one thousand to three thousand | 1000 -3000 | \
         at least 1,000 and at most 3,000 | more than 1,000 but fewer than 3,000 | \
         at most 3,000, but at least 1,000 | >=1000, <=3000 | 1,000 or more but less than 3,000 | \
         at least 1,000 and up to 3,000 | fewer than 3,000 and over 1,000"
        .split(" | ")
    {
        plainly(&[(text, Range, 1e3, 3e3)]);
    }
    plainly(&[
        ("-5 - -3", Range, -5.0, -3.0),
        ("-5--3", Range, -5.0, -3.0),
        ("-5 to 3", Range, -5.0, 3.0),
        ("-5–3", Range, -5.0, 3.0),
        ("1e-5-2e-5", Range, 1e-5, 2e-5),
        ("0-5,000", Range, 0.0, 5e3),
        ("half a million to a million", Range, 5e5, 1e6),
    ]);
}

#[test]
fn equal_ends_are_one_number() {
    plainly(&[("3,000-3,000", Exact, 3e3, 3e3), ("about 3k to 3,000", About, 3e3, 3e3)]);
}

#[test]
fn the_and_of_between_is_told_from_the_and_of_a_number() {
    plainly(&[
        ("between one hundred and five hundred", Range, 100.0, 500.0),
        ("between one hundred and fifty and two hundred", Range, 150.0, 200.0),
        ("between one hundred and two hundred and fifty", Range, 100.0, 250.0),
        ("between a thousand and two thousand", Range, 1e3, 2e3),
        ("between one and a half million and two million", Range, 1.5e6, 2e6),
    ]);
}

#[test]
fn a_bound_before_a_range_is_remarked() {
    with_remark(&[
        (
            "as many as 200,000-300,000",
            Range,
            2e5,
            3e5,
            0,
            "`as many as` before `200,000-300,000` adds nothing to a range",
        ),
        ("about 1,000-3,000", Range, 1e3, 3e3, 0, "`about` before `1,000-3,000` adds nothing to a range"),
        ("from about 1,000 to 3,000", Range, 1e3, 3e3, 5, "`about` before `1,000` adds nothing to a range"),
        ("1,000 to as many as 3,000", Range, 1e3, 3e3, 9, "`as many as` before `3,000` adds nothing to a range"),
        ("at least 200-300", AtLeast, 200.0, INF, 0, "`at least 200-300` is read as at least 200, the lower end"),
        ("200-300+", AtLeast, 200.0, INF, 0, "`200-300+` is read as at least 200, the lower end"),
        ("3,000 or 4,000", Range, 3e3, 4e3, 6, "two numbers with `or` are read as the ends of a range"),
        (
            "-5 -3",
            Range,
            -5.0,
            3.0,
            3,
            "a dash after a space is read as `to`; write the word where a minus sign is meant",
        ),
    ]);
}

#[test]
fn thousands_and_multipliers_after_the_second_number_count_for_both() {
    plainly(&[
        ("1.2-1.5 million", Range, 1.2e6, 1.5e6),
        ("1,000 to 3 million", Range, 1e3, 3e6),
        ("5 to two dozen", Range, 5.0, 24.0),
        ("500-1,000", Range, 500.0, 1e3),
        ("1-1,500", Range, 1.0, 1500.0),
        ("1.5-2,000", Range, 1.5, 2e3),
        ("2 thousand to 3 hundred thousand", Range, 2e3, 3e5),
    ]);
    with_remark(&[
        ("30-40,000", Range, 3e4, 4e4, 0, "read as 30000 to 40000; write `30 to 40000` if `30` is meant so"),
        ("1-2,000,000", Range, 1e6, 2e6, 0, "read as 1000000 to 2000000; write `1 to 2000000` if `1` is meant so"),
        ("500-1,000,000", Range, 5e5, 1e6, 0, "read as 500000 to 1000000; write `500 to 1000000` if `500` is meant so"),
        (
            "10-12 million",
            Range,
            1e7,
            1.2e7,
            0,
            "read as 10000000 to 12000000; write `10 to 12000000` if `10` is meant so",
        ),
        ("two to three hundred", Range, 200.0, 300.0, 0, "read as 200 to 300; write `2 to 300` if `two` is meant so"),
        (
            "between two and three hundred thousand",
            Range,
            2e5,
            3e5,
            8,
            "read as 200000 to 300000; write `2 to 300000` if `two` is meant so",
        ),
        (
            "from fifty to two hundred thousand",
            Range,
            5e4,
            2e5,
            5,
            "read as 50000 to 200000; write `50 to 200000` if `fifty` is meant so",
        ),
    ]);
}

#[test]
fn vague_words_stand_for_their_ranges() {
    plainly(&[
        ("dozens", Vague, 24.0, 99.0),
        ("scores", Vague, 40.0, 99.0),
        ("hundreds", Vague, 200.0, 999.0),
        ("several hundred", Vague, 300.0, 900.0),
        ("thousands", Vague, 2000.0, 9999.0),
        ("several thousand", Vague, 3000.0, 9000.0),
        ("tens of thousands", Vague, 20_000.0, 99_999.0),
        ("hundreds of thousands", Vague, 200_000.0, 999_999.0),
        ("Millions", Vague, 2e6, 9_999_999.0),
        ("several million", Vague, 3e6, 9e6),
        ("several dozen", Vague, 36.0, 90.0),
        ("several tens of thousands", Vague, 3e4, 9e4),
        ("several hundred thousand", Vague, 3e5, 9e5),
        ("several", Vague, 3.0, 9.0),
        ("a few", Vague, 2.0, 5.0),
        ("a few hundred", Vague, 200.0, 500.0),
        ("few thousand", Vague, 2000.0, 5000.0),
        ("only a few dozen", Vague, 24.0, 60.0),
    ]);
    with_remark(&[
        (
            "at least several hundred",
            AtLeast,
            300.0,
            INF,
            0,
            "`at least several hundred` is read as at least 300, the lower end",
        ),
        ("up to a few dozen", AtMost, -INF, 60.0, 0, "`up to a few dozen` is read as at most 60, the upper end"),
        ("some dozens", Vague, 24.0, 99.0, 0, "`some` before `dozens` adds nothing to a range"),
    ]);
}

#[test]
fn a_claim_without_a_number_is_unknown() {
    for text in "unknown | n/a | N/A | not given | undetermined | unspecified | ? |  unknown ".split(" | ") {
        plainly(&[(text, Unknown, -INF, INF)]);
    }
    for text in ["-", "–", "—"] {
        with_remark(&[(text, Unknown, -INF, INF, 0, "a dash alone is read as `unknown`")]);
    }
}

#[test]
fn per_cent_without_a_question_keeps_its_scale() {
    for text in "50% | 50 % | 50 percent | 50 per cent | 50 pct | half | a half | one half | two quarters".split(" | ")
    {
        let reading = read(text);
        assert_eq!((reading.share, reading.low, reading.high), (Share::Percent, 50.0, 50.0), "{text}");
    }
    for (text, bound, low, high) in [
        ("more than half", MoreThan, 50.0, INF),
        ("40-50%", Range, 40.0, 50.0),
        ("40% to 50%", Range, 40.0, 50.0),
        ("a quarter to a half", Range, 25.0, 50.0),
        ("40% to half", Range, 40.0, 50.0),
        ("half a percent", Exact, 0.5, 0.5),
        ("several percent", Vague, 3.0, 9.0),
        ("-5%", Exact, -5.0, -5.0),
    ] {
        let reading = read(text);
        let expected = (Share::Percent, bound, low, high);
        assert_eq!((reading.share, reading.bound, reading.low, reading.high), expected, "{text}");
    }
}

#[test]
fn a_share_of_a_question_carries_its_name_and_place() {
    let third = 1.0 / 3.0;
    for (text, bound, low, high, at) in [
        ("50% of Q", Exact, 0.5, 0.5, 7),
        ("about 50% of Q", About, 0.5, 0.5, 13),
        ("half of Q", Exact, 0.5, 0.5, 8),
        ("nearly half of Q", About, 0.5, 0.5, 15),
        ("more than half of Q", MoreThan, 0.5, INF, 18),
        ("a third of Q", Exact, third, third, 11),
        ("1/3 of Q", Exact, third, third, 7),
        ("two thirds of Q", Exact, 2.0 / 3.0, 2.0 / 3.0, 14),
        ("two-thirds of Q", Exact, 2.0 / 3.0, 2.0 / 3.0, 14),
        ("2 thirds of Q", Exact, 2.0 / 3.0, 2.0 / 3.0, 12),
        ("a quarter of Q", Exact, 0.25, 0.25, 13),
        ("three quarters of Q", Exact, 0.75, 0.75, 18),
        ("0.5 of Q", Exact, 0.5, 0.5, 7),
        ("0.3 to 0.5 of Q", Range, 0.3, 0.5, 14),
        ("a third to half of Q", Range, third, 0.5, 19),
        ("at least 10% but at most 20% of Q", Range, 0.1, 0.2, 32),
        ("50% or more of Q", AtLeast, 0.5, INF, 15),
        ("a few percent of Q", Vague, 0.02, 0.05, 17),
    ] {
        let reading = read(text);
        let expected = (Share::Of { name: "Q", at }, bound, low, high);
        assert_eq!((reading.share, reading.bound, reading.low, reading.high), expected, "{text}");
        assert_eq!(reading.remarks, [], "{text}");
    }
    assert_eq!(read("half  of  first wave (all) ").share, Share::Of { name: "first wave (all)", at: 10 });
    assert_eq!(read("half of m").share, Share::Of { name: "m", at: 8 });
    assert_eq!(read("half of a million").share, Share::None);
}

#[test]
fn a_share_above_the_whole_is_remarked() {
    for text in ["150% of Q", "5/4 of Q"] {
        assert_eq!(read(text).remarks[0].what, "the share is more than the whole of `Q`");
    }
}

#[test]
fn a_mark_that_could_be_either_sign_is_remarked_in_an_estimate_too() {
    with_remark(&[("about 1.200", About, 1.2, 1.2, 6, "`1.200` is read as 1.2; write `1200` if thousands are meant")]);
    let reading = read_estimate("1.200-1.500", Decimal::Comma).unwrap();
    assert_eq!((reading.low, reading.high, reading.remarks.len()), (1200.0, 1500.0, 2));
}

#[test]
fn granularity_is_one_unit_of_the_last_digit_said() {
    for (text, expected) in [
        ("12,000", 1000.0),
        ("1.2 million", 1e5),
        ("1.20 million", 1e4),
        ("11,043", 1.0),
        ("120.5", 0.1),
        ("two dozen", 12.0),
        ("twelve hundred", 100.0),
        ("one hundred and five", 1.0),
        ("1 lakh 20 thousand", 1e4),
        ("half a million", 1e5),
        ("1e-05", 1e-5),
        ("1.5e4", 1e3),
        ("-20", 10.0),
        ("0", 1.0),
        ("unknown", 0.0),
        ("dozens", 0.0),
        ("1,000-3,500", 100.0),
        ("0-5,000", 1000.0),
        ("0-0", 0.0),
        ("at least 1,100", 100.0),
        ("50%", 10.0),
        ("45% of Q", 0.01),
        ("a third of Q", 0.1),
        ("half", 10.0),
        ("30-40,000", 1e4),
    ] {
        let found = read(text).granularity;
        assert!((found - expected).abs() <= 1e-12 * expected, "{text}: {found}");
    }
}

#[test]
fn what_is_no_estimate_is_refused_at_its_place() {
    let number = "write a number, as in `about 12,000`, or `unknown`";
    let unit = "write the unit in the `unit` column";
    let one = "write one number in digits, or a range as in `1,000 to 3,000`";
    let quotes = "leave out brackets and quotation marks";
    let r = |what: &str, remedy: &str| format!("{what}; {remedy}");
    let rows: Vec<(&str, usize, String)> = vec![
        ("", 0, r("no number", number)),
        ("  ", 2, r("no number", number)),
        ("about", 5, r("no number after `about`", number)),
        ("many", 0, r("`many` gives no number", number)),
        ("some", 4, r("no number after `some`", number)),
        ("few", 0, r("`few` gives no number", number)),
        ("none", 0, r("`none` may mean zero or no figure", "write `0` or `unknown`")),
        ("plenty", 0, r("`plenty` is not a number", number)),
        ("12,000 soldiers", 7, r("`soldiers` does not belong to the number", unit)),
        ("12 km", 3, r("`km` does not belong to the number", unit)),
        ("hundreds of people", 9, r("`of` does not belong to the number", unit)),
        ("$5 million", 0, r("`$` is a currency sign", unit)),
        ("5 million €", 10, r("`€` is a currency sign", unit)),
        ("(12,000)", 0, r("`(` does not belong to the number", quotes)),
        ("12,000 [1]", 7, r("`[` does not belong to the number", quotes)),
        ("about “60", 6, r("`“` does not belong to the number", quotes)),
        ("'60'", 0, r("`'` does not belong to the number", quotes)),
        ("100 ± 5", 4, r("`±` gives an interval", "write the interval in the `low` and `high` columns")),
        ("１２", 0, r("`１` is a full-width character", "write `1`")),
        ("١٢", 0, r("`١` is not one of the digits 0 to 9", "write the number in these digits")),
        ("12\u{200b}", 2, r("`\\u{200b}` is not expected here", "leave it out, or move it to the `note` column")),
        ("- 5", 0, r("`-` is not expected here", number)),
        ("NaN", 0, r("`NaN` is not a number", "write `unknown` where no number is given")),
        ("1,000-", 6, r("no number after `-`", number)),
        ("1,000 to unknown", 9, r("`unknown` is not a number", number)),
        ("1 20", 2, r("`20` does not fit the number before it", one)),
        ("two thousand three million", 13, r("`three` does not fit the number before it", one)),
        ("1 million hundred", 10, r("`hundred` does not fit the number before it", one)),
        ("up to at least 5", 6, r("`at least` contradicts the other bound", "keep one bound, or write a range")),
        ("up to 5 or more", 8, r("`or more` contradicts the other bound", "keep one bound, or write a range")),
        ("half of ", 8, r("no question after `of`", "write the question's id")),
        ("1/3", 3, r("a share of what is not said", "write `1/3 of` and the question, or `33.3%`")),
        ("1/0 of Q", 2, r("a share with nothing as its whole", "write the number of parts")),
        ("-5% of Q", 0, r("a share below zero", "write a share between 0% and 100%")),
    ];
    refused(&rows.iter().map(|(text, at, message)| (*text, *at, message.as_str())).collect::<Vec<_>>());
}

#[test]
fn a_range_that_cannot_be_one_is_refused_at_its_second_number() {
    let both = "write both ends, as in `1,000 to 3,000`, or a bound, as in `at least 1,000`";
    refused(&[
        ("3000-1000", 5, "the range goes down from `3000` to `1000`; write `1000 to 3000`"),
        ("-3 to -5", 6, "the range goes down from `-3` to `-5`; write `-5 to -3`"),
        ("at least 3,000 and at most 1,000", 27, "the range goes down from `3,000` to `1,000`; write `1,000 to 3,000`"),
        (
            "5 million to 10",
            13,
            "the range goes down from `5 million` to `10`; write `10 to 5 million`, or the multiplier after both numbers",
        ),
        ("40% to 50", 7, "one end of the range is a share and the other is not; write `%` after both numbers"),
        (
            "1,200 of Q",
            6,
            "1200 is more than the whole of `Q`; write a share, as in `50% of`, or a number without `of`",
        ),
        ("from 1,000", 10, &format!("a range without its second number; {both}")),
        ("between 1,000", 13, &format!("a range without its second number; {both}")),
    ]);
}

#[test]
fn a_text_of_any_length_is_refused_quickly() {
    let long = "1-".repeat(500_000);
    let wrong = read_estimate(&long, Decimal::Point).unwrap_err();
    assert_eq!((wrong.at, wrong.what.as_str()), (200, "the text has more than 200 characters"));
    for part in ["a few ", "~", "hundred ", "one and ", "1,", "between ", "k ", "of ", "'", "twenty-"] {
        let text: String = part.repeat(200).chars().take(200).collect();
        drop(read_estimate(&text, Decimal::Point));
    }
}

/// Texts made of the grammar's own pieces, which reach further into it than arbitrary ones.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ", "-", "–", ",", ".", "1", "20", "300", "000", "e5", "k", "m", "million", "dozen", "hundred", "lakh", "and",
        "a", "of", "half", "third", "to", "between", "from", "at least", "up to", "or more", "+", "%", "/", "~", ">",
        "several", "tens", "twenty", "one", "Q", "é", "\u{a0}",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic_or_point_outside(any in "\\PC{0,40}", pieced in pieces(), comma: bool) {
        let decimal = if comma { Decimal::Comma } else { Decimal::Point };
        for text in [any, pieced] {
            match read_estimate(&text, decimal) {
                Ok(reading) => {
                    prop_assert!(reading.low <= reading.high, "{:?}", reading);
                    prop_assert!(reading.granularity.is_finite() && reading.granularity >= 0.0);
                    prop_assert!(reading.remarks.iter().all(|remark| text.is_char_boundary(remark.at)));
                    if let Share::Of { name, at } = reading.share {
                        prop_assert!(text[at..].starts_with(name) && !name.is_empty());
                    }
                }
                Err(wrong) => prop_assert!(text.is_char_boundary(wrong.at), "{:?}", wrong),
            }
        }
    }

    #[test]
    fn a_range_that_is_printed_is_read_again(low: i32, width in 1_i32..1_000_000) {
        let high = i64::from(low) + i64::from(width);
        let text = format!("{low}-{high}");
        let reading = read(&text);
        prop_assert_eq!((reading.low, reading.high), (f64::from(low), f64::from(low) + f64::from(width)));
        prop_assert_eq!(reading.bound, Range);
    }

    #[test]
    fn separators_of_thousands_change_nothing(n in 1_000_u64..10_000_000_000) {
        let plain = n.to_string();
        let expected = read(&plain);
        for mark in [",", " ", "\u{a0}", "\u{202f}", "\u{2009}", "'", "’"] {
            let mut grouped = plain.clone();
            for at in (1..plain.len()).filter(|at| (plain.len() - at) % 3 == 0).rev() {
                grouped.insert_str(at, mark);
            }
            prop_assert_eq!(read(&grouped), expected.clone());
        }
    }

    #[test]
    fn a_power_of_ten_scales_ends_and_granularity(n in 1_u32..1_000_000, zeros in 0_usize..6) {
        let plain = format!("{n}");
        let scaled = format!("{n}{}", "0".repeat(zeros));
        let (one, many) = (read(&plain), read(&scaled));
        let factor = 10_f64.powi(i32::try_from(zeros).unwrap());
        prop_assert_eq!((one.low * factor, one.granularity * factor), (many.low, many.granularity));
    }

    #[test]
    fn a_multiplier_says_what_its_zeros_say(n in 1_u32..1000, tenths in 0_u32..10) {
        let million = format!("{n}.{tenths} million");
        let digits = format!("{}", u64::from(n) * 1_000_000 + u64::from(tenths) * 100_000);
        let (worded, written) = (read(&million), read(&digits));
        prop_assert_eq!((worded.low, worded.high), (written.low, written.high));
    }
}

proptest! {
    #[test]
    fn plain_figures_are_read_as_the_grammar_reads_them(
        phrase in 0..FREQUENT.len() + 2,
        text in "[0-9]{1,17}",
        other in "[0-9]{1,6}",
    ) {
        let written = match phrase.checked_sub(2) {
            None if phrase == 0 => text.clone(),
            None => format!("{other}-{text}"),
            Some(at) => format!("{} {text}", FREQUENT[at].0),
        };
        if let Some(quick) = figure_alone(&written) {
            prop_assert_eq!(Ok(quick), read_phrase(&written, Decimal::Point));
            prop_assert_eq!(figure_alone(&written), read_phrase(&written, Decimal::Comma).ok());
        } else {
            let is_number = |text: &str| !text.starts_with('0') && text.len() <= 15;
            let rises = || other.parse::<f64>().ok() < text.parse::<f64>().ok();
            prop_assert!(!is_number(&text) || (phrase == 1 && !(is_number(&other) && rises())), "{}", written);
        }
    }
}
