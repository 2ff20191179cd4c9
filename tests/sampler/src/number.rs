//! Numbers.
//!
//! In: what is asked of a number. Out: its digits: bounds, what is near them, and what is written in an odd way. Never: a
//! number that a width cannot hold where one is stated.

use serde_json::{Map, Value};

use crate::json::Json;
use crate::random::Random;

type Asked<'a> = [&'a Map<String, Value>];

/// Numbers that stand anywhere.
const ANY: &[&str] = &[
    "0",
    "-1",
    "42",
    "1.5",
    "-0.25",
    "1e3",
    "9007199254740993",
    "18446744073709551615",
    "123456789012345678901234567890",
    "0.1234567890123456789012345",
    "1e400",
];

/// Fractions that every width of a number holds.
const FRACTIONS: &[&str] = &["", ".0", ".5", ".25", ".125"];

/// Any number.
pub(crate) fn any(random: &mut Random) -> &'static str {
    random.pick(ANY).unwrap_or("0")
}

/// An integer.
pub(crate) fn integer(random: &mut Random, asked: &Asked<'_>) -> Option<Json> {
    let (least, most) = range(asked);
    let multiples: Option<Vec<i128>> = steps(asked).map(|step| step.to_string().parse().ok()).collect();
    let common = multiples?.into_iter().reduce(least_common).unwrap_or(1).max(1);
    let (from, to) = (least.div_euclid(common) + i128::from(least.rem_euclid(common) != 0), most.div_euclid(common));
    (from <= to).then(|| Json::Number((within(random, from, to) * common).to_string()))
}

/// A number, which may be an integer.
pub(crate) fn number(random: &mut Random, asked: &Asked<'_>) -> Option<Json> {
    let (least, most) = range(asked);
    let steps: Vec<f64> = steps(asked).filter_map(Value::as_f64).collect();
    if let Some(step) = steps.first() {
        let count = within(random, -1000, 1000).clamp(quotient(least, *step), quotient(most, *step));
        let digits = format!("{:.10}", to_f64(count) * step);
        return Some(Json::Number(digits.trim_end_matches('0').trim_end_matches('.').to_owned()));
    }
    let bound = |key: &str| asked.iter().filter_map(|one| one.get(key)?.as_f64()).reduce(f64::max);
    if let (Some(low), Some(high)) =
        (bound("minimum").or(bound("exclusiveMinimum")), bound("maximum").or(bound("exclusiveMaximum")))
        && high - low < 4.0
    {
        return Some(Json::Number((low + (high - low) * random.pick(&[&0.5, &0.25, &0.75]).copied()?).to_string()));
    }
    let whole = within(random, least.max(-(1 << 40)), most.min(1 << 40));
    let single = asked.iter().any(|one| one.get("format").and_then(Value::as_str) == Some("float"));
    let whole = if single { whole % 1000 } else { whole };
    let inside = least < whole && whole < most;
    let fraction = random.pick(FRACTIONS).filter(|_| inside).unwrap_or_default();
    Some(Json::Number(format!("{whole}{fraction}")))
}

/// The integers between which a number is, in a width of 64 bits or the one that is stated.
fn range(asked: &Asked<'_>) -> (i128, i128) {
    let whole = |value: &Value| value.to_string().parse::<i128>().ok().or_else(|| value.as_f64().map(to_i128));
    let bounds = |key: &'static str| asked.iter().filter_map(move |one| whole(one.get(key)?));
    let above = bounds("exclusiveMinimum").map(|bound| bound.saturating_add(1));
    let below = bounds("exclusiveMaximum").map(|bound| bound.saturating_sub(1));
    let least = bounds("minimum").chain(above).max();
    let most = bounds("maximum").chain(below).min();
    let (low, high) = (i128::from(i64::MIN), i128::from(i64::MAX));
    (
        least.unwrap_or(most.map_or(low, |most| most.saturating_sub(1000).min(low))),
        most.unwrap_or(least.map_or(high, |least| high.max(least))),
    )
}

fn steps<'a>(asked: &'a Asked<'_>) -> impl Iterator<Item = &'a Value> {
    asked.iter().filter_map(|one| one.get("multipleOf"))
}

/// A number from one to another: often an end, often a small one.
fn within(random: &mut Random, least: i128, most: i128) -> i128 {
    let small = i128::try_from(random.below(2000)).unwrap_or_default();
    let chosen = match random.below(10) {
        0 => least,
        1 => most,
        2 => least.saturating_add(small),
        3 => i128::from(random.number() >> 20),
        _ => small - 20,
    };
    chosen.max(least).min(most)
}

fn least_common(one: i128, other: i128) -> i128 {
    let (mut larger, mut smaller) = (one.max(other), one.min(other).max(1));
    while larger % smaller != 0 {
        (larger, smaller) = (smaller, larger % smaller);
    }
    one / smaller * other
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn to_f64(value: i128) -> f64 {
    value as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a bound with a fraction; the validator has the last word")]
fn to_i128(value: f64) -> i128 {
    value as i128
}

fn quotient(bound: i128, step: f64) -> i128 {
    to_i128(to_f64(bound) / step)
}
