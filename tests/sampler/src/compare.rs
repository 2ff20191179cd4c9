//! Whether a value came back equal.
//!
//! In: what was given, and what came back. Out: equal, or the cause. Equal means the same JSON, but that numbers are equal
//! by what they are worth, and texts that are date-times by their instant and their offset (RFC 3339). Never: a lost
//! member, or a digit, taken for equal.

use crate::json::Json;

/// Why what came back is not what was given; `None` where it is.
#[must_use]
pub fn difference(given: &Json, back: &Json) -> Option<String> {
    match (given, back) {
        (Json::Number(one), Json::Number(other)) => (worth(one) != worth(other)).then(|| number(one)),
        (Json::Text(one), Json::Text(other)) => text(one, other),
        (Json::List(one), Json::List(other)) if one.len() == other.len() => {
            one.iter().zip(other).find_map(|(one, other)| difference(one, other))
        }
        (Json::List(_), Json::List(_)) => Some("a list has another length".to_owned()),
        (Json::Object(one), Json::Object(other)) => {
            let lost = one.iter().find(|(key, _)| back.get(key).is_none());
            if let Some((_, value)) = lost {
                return Some(format!("a member is lost: {}", value.kind()));
            }
            if other.iter().any(|(key, _)| given.get(key).is_none()) {
                return Some("a member is added".to_owned());
            }
            one.iter().find_map(|(key, value)| difference(value, back.get(key)?))
        }
        (one, other) if one == other => None,
        (one, other) => Some(format!("{} became {}", one.kind(), other.kind())),
    }
}

/// How texts differ, where they are not the same instant.
fn text(one: &str, other: &str) -> Option<String> {
    match (instant(one), instant(other)) {
        _ if one == other => None,
        (Some(one), Some(other)) if one == other => None,
        (Some(_), Some(_)) => Some("a date-time changed".to_owned()),
        _ if one.eq_ignore_ascii_case(other) => Some("a text changed its case".to_owned()),
        _ => Some("a text changed".to_owned()),
    }
}

fn number(digits: &str) -> String {
    let count = worth(digits).map_or(usize::MAX, |(_, significant, _)| significant.len());
    let many = match count {
        0..=7 => "few digits",
        8..=17 => "more digits than 32 bits hold",
        _ => "more digits than 64 bits hold",
    };
    format!("a number of {many} changed")
}

/// What digits are worth: sign, digits without zeros around them, and the place of the point.
fn worth(digits: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let negative = whole.starts_with('-');
    let all = format!("{}{fraction}", whole.trim_start_matches('-'));
    let significant = all.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let zeros = all.len() - all.trim_end_matches('0').len();
    let place = exponent + i64::try_from(zeros).ok()? - i64::try_from(fraction.len()).ok()?;
    Some((negative, significant.to_owned(), place))
}

/// A date-time in its one form: capitals, a fraction without zeros at its end, an offset in digits.
fn instant(text: &str) -> Option<String> {
    let text = text.to_ascii_uppercase().replacen(' ', "T", 1);
    let (date, rest) = text.split_once('T').filter(|(date, _)| date.len() == 10)?;
    let (time, rest) = rest.split_at_checked(8)?;
    let digits = rest.strip_prefix('.').unwrap_or_default();
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let offset = if rest.starts_with('.') { digits.get(length..)? } else { rest };
    let fraction = digits.get(..length)?.trim_end_matches('0');
    let offset = if matches!(offset, "Z" | "-00:00") { "+00:00" } else { offset };
    Some(format!("{date}T{time}.{fraction}{offset}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(given: &str, back: &str) -> Option<String> {
        difference(&Json::parse(given).unwrap(), &Json::parse(back).unwrap())
    }

    #[test]
    fn equal_is_equal() {
        for (given, back) in [
            ("[1,\"a\",null]", "[1.0,\"a\",null]"),
            ("{\"a\":1e3,\"b\":2}", "{\"b\":2,\"a\":1000}"),
            ("-0.0", "0"),
            ("1200e-2", "12"),
            ("\"2026-04-28T10:30:00.500Z\"", "\"2026-04-28t10:30:00.5+00:00\""),
        ] {
            assert_eq!(of(given, back), None, "{given} {back}");
        }
    }

    #[test]
    fn a_loss_is_seen() {
        for (given, back, cause) in [
            ("123456789012345678901", "123456789012345678900", "a number of more digits than 64 bits hold changed"),
            ("{\"a\":null}", "{}", "a member is lost: null"),
            ("{}", "{\"a\":1}", "a member is added"),
            ("[1]", "[]", "a list has another length"),
            ("\"a\"", "\"A\"", "a text changed its case"),
            ("\"2026-04-28T10:30:00Z\"", "\"2026-04-28T10:30:00+01:00\"", "a date-time changed"),
            ("1", "\"1\"", "a number became a text"),
        ] {
            assert_eq!(of(given, back).as_deref(), Some(cause), "{given} {back}");
        }
    }
}
