//! Numbers as a person reads them.

/// A number to three significant digits with thousands separators: "12,300", "0.0153", "1.25 million".
/// From ten million on, in words; beyond 10^15 and below 10^-4 in scientific notation.
///
/// ```
/// use sayso::report::amount;
/// assert_eq!(amount(12_345.6), "12,300");
/// assert_eq!(amount(1.0), "1");
/// assert_eq!(amount(0.015_32), "0.0153");
/// assert_eq!(amount(23_456_789.0), "23.5 million");
/// assert_eq!(amount(-4.0e9), "-4 billion");
/// ```
#[must_use]
pub fn amount(number: f64) -> String {
    spelled(number, 3)
}

/// A number with all its digits and thousands separators, as it was said.
///
/// ```
/// assert_eq!(sayso::report::exact_amount(12_345.0), "12,345");
/// assert_eq!(sayso::report::exact_amount(0.5), "0.5");
/// ```
#[must_use]
pub fn exact_amount(number: f64) -> String {
    let text = super::table::plain(number);
    if text.contains('e') { text } else { with_separators(&text) }
}

/// Two ends of a range, each to the digits that the width of the range bears.
///
/// ```
/// assert_eq!(sayso::report::amount_range(1_234.0, 4_321.0), "1,230 to 4,320");
/// assert_eq!(sayso::report::amount_range(0.000_02, 50.0), "0 to 50");
/// assert_eq!(sayso::report::amount_range(12.0, 3.0e15), "12 to 3.00e15");
/// assert_eq!(sayso::report::amount_range(8_175_133.2, 8_175_134.9), "8,175,133.2 to 8,175,134.9");
/// ```
#[must_use]
pub fn amount_range(low: f64, high: f64) -> String {
    format!("{} to {}", amount_beside(low, high - low), amount_beside(high, high - low))
}

/// A number to the digits that a width bears: two of the width, at least three of the number.
#[must_use]
pub fn amount_beside(number: f64, width: f64) -> String {
    // What is nothing beside the width is nothing, but a low end many orders below is not.
    if width > 0.0 && number.abs() < 1e-3 * width && number.abs() < 1e-4 {
        return "0".to_owned();
    }
    spelled(number, digits_beside(number, width))
}

/// Digits of a number that a width bears.
fn digits_beside(number: f64, width: f64) -> i32 {
    let orders = (number.abs() / width).log10();
    if orders.is_finite() && width > 0.0 { (orders.floor() as i32 + 2).clamp(3, 15) } else { 3 }
}

/// The same digits as a number, for tables that people read: 4,533.13 beside 8,900 is 4,530.
///
/// ```
/// assert_eq!(sayso::report::rounded_beside(4_533.13, 8_900.0), 4_530.0);
/// assert_eq!(sayso::report::rounded_beside(8_175_133.24, 1.7), 8_175_133.2);
/// ```
#[must_use]
pub fn rounded_beside(number: f64, width: f64) -> f64 {
    if !number.is_finite() || number == 0.0 {
        return number;
    }
    let digits = digits_beside(number, width);
    // By decimal text, so that the digits are all there are.
    format!("{number:.*e}", digits as usize - 1).parse().unwrap_or(number)
}

/// "1 claim", "2 claims".
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn spelled(number: f64, digits: i32) -> String {
    if !number.is_finite() {
        return "no number".to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let size = number.abs().log10().floor();
    if !(-4.0..15.0).contains(&size) {
        return format!("{number:.*e}", 2);
    }
    let step = 10f64.powi(size as i32 - digits + 1);
    let rounded = (number / step).round() * step;
    for (unit, word) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        if rounded.abs() >= unit && rounded.abs() >= 1e7 {
            return format!("{} {word}", trimmed(rounded / unit, 2));
        }
    }
    let decimals = (digits - 1 - size as i32).max(0) as usize;
    with_separators(&trimmed(rounded, decimals))
}

fn trimmed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn with_separators(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}
