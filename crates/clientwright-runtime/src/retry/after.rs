//! When a server wants to be asked again.
//!
//! In: the headers of an answer. Out: the time until then. Never happens: a clock trusted more than the server's own; a
//! value that is not understood taken for a time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Seconds from which on a number is a time since 1970, and no wait.
const EPOCH_FROM: f64 = 1e9;

/// How long the server asks to wait: `Retry-After` (RFC 9110, section 10.2.3), `retry-after-ms`, or the end of a window
/// of which nothing remains (`RateLimit`, `RateLimit-Reset`, `X-RateLimit-Reset`, `X-Rate-Limit-Reset`).
pub(crate) fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let milliseconds = text("retry-after-ms").and_then(|text| text.parse::<f64>().ok());
    if let Some(wait) = milliseconds.and_then(|wait| seconds(wait / 1000.0)) {
        return Some(wait);
    }
    if let Some(text) = text(RETRY_AFTER.as_str()) {
        let wait = text.parse().ok().and_then(seconds);
        return wait.or_else(|| Some(date(text)?.saturating_sub(now(headers)?)));
    }
    if let Some(wait) = text("ratelimit").and_then(window) {
        return Some(wait);
    }
    let resets = ["ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"];
    let reset: f64 = resets.iter().find_map(|name| text(name)?.parse().ok())?;
    if reset < EPOCH_FROM {
        return seconds(reset);
    }
    let reset = if reset < EPOCH_FROM * 1000.0 { reset } else { reset / 1000.0 };
    Some(seconds(reset)?.saturating_sub(now(headers)?))
}

/// The longest of the windows in a header `RateLimit` of which nothing remains: `"burst";r=0;t=5, "day";r=9;t=3600`, or
/// `limit=10, remaining=0, reset=5` as earlier drafts had it.
fn window(text: &str) -> Option<Duration> {
    let separate = if text.contains(';') { ',' } else { '\n' };
    let wait = |item: &str| {
        let number = |names: [&str; 2]| {
            let mut pairs = item.split([';', ',']).filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(name, _)| names.contains(name)).and_then(|(_, value)| value.parse::<f64>().ok())
        };
        let remaining = number(["r", "remaining"]).unwrap_or(0.0);
        number(["t", "reset"]).filter(|_| remaining <= 0.0).and_then(seconds)
    };
    text.split(separate).filter_map(wait).max()
}

/// A number of seconds that is none below zero; what no clock can say is the longest time.
fn seconds(seconds: f64) -> Option<Duration> {
    (seconds >= 0.0).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

/// The time as the server has it, or as this machine has it.
fn now(headers: &HeaderMap) -> Option<Duration> {
    let said = headers.get(DATE).and_then(|value| date(value.to_str().ok()?));
    said.or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).ok())
}

/// The time since 1970 of a date in one of the three forms of RFC 9110, section 5.6.7.
fn date(text: &str) -> Option<Duration> {
    let words: Vec<&str> = text.split([' ', '-', ',']).filter(|word| !word.is_empty()).collect();
    // `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, and `Sun Nov  6 08:49:37 1994`
    let ([_, day, month, year, time, "GMT"] | [_, month, day, time, year]) = *words.as_slice() else { return None };
    let year = match (year.len(), year.parse::<u64>().ok()?) {
        // Two digits are never a year that is far ahead.
        (2, year) => year + if year < 70 { 2000 } else { 1900 },
        (_, year) => year,
    };
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = 1 + u64::try_from(names.iter().position(|name| *name == month)?).ok()?;
    let day = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let mut clock = time.split(':').map(str::parse::<u64>);
    let (hour, minute, second) = (clock.next()?.ok()?, clock.next()?.ok()?, clock.next()?.ok()?);
    let in_range = hour < 24 && minute < 60 && second <= 60 && (1970..10_000).contains(&year);
    in_range.then(|| Duration::from_secs(days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second))
}

/// The days from 1970 to a date of the Gregorian calendar, counted in years that begin in March.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    (year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1).saturating_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs<'a> = &'a [(&'static str, &'a str)];

    fn headers(pairs: Pairs<'_>) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn dates_of_the_three_forms() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(date(text), Some(Duration::from_secs(784_111_777)), "{text}");
        }
        assert_eq!(date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(date("Thu, 29 Feb 2024 23:59:60 GMT"), Some(Duration::from_secs(1_709_251_200)));
        for text in ["", "soon", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:00:00 GMT"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn waits_are_read_from_what_servers_send() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let cases: [(Pairs<'_>, Option<f64>); 17] = [
            (&[("retry-after", "120")], Some(120.0)),
            (&[("retry-after", " 0 ")], Some(0.0)),
            (&[("retry-after", "1.5")], Some(1.5)),
            (&[("retry-after", "-1")], None),
            (&[("retry-after", "99999999999999999999999")], Some(Duration::MAX.as_secs_f64())),
            (&[("retry-after", "soon"), ("ratelimit-reset", "7")], None),
            (&[date, ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")], Some(10.0)),
            (&[date, ("retry-after", "Sun, 06 Nov 1994 08:49:07 GMT")], Some(0.0)),
            (&[("retry-after-ms", "250"), ("retry-after", "1")], Some(0.25)),
            (&[("x-ratelimit-reset", "30")], Some(30.0)),
            (&[("ratelimit", "\"burst\";r=0;t=5, \"day\";r=9;t=3600")], Some(5.0)),
            (&[("ratelimit", "\"burst\";r=0;t=5, \"day\";r=0;t=3600")], Some(3600.0)),
            (&[("ratelimit", "limit=10, remaining=0, reset=7"), ("x-ratelimit-reset", "9")], Some(7.0)),
            (&[("ratelimit", "\"default\";r=3;t=5"), ("x-ratelimit-reset", "9")], Some(9.0)),
            (&[("ratelimit", "soon")], None),
            (&[("date", "Mon, 01 Jan 2024 00:00:00 GMT"), ("x-ratelimit-reset", "1704067205")], Some(5.0)),
            (&[("date", "Mon, 01 Jan 2024 00:00:00 GMT"), ("x-ratelimit-reset", "1704067205000")], Some(5.0)),
        ];
        for (pairs, expected) in cases {
            assert_eq!(asked(&headers(pairs)).map(|wait| wait.as_secs_f64()), expected, "{pairs:?}");
        }
        assert_eq!(asked(&HeaderMap::new()), None);
    }
}
