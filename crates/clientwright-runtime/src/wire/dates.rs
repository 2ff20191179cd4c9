//! Dates and times, through chrono.
//!
//! In: text in the form that RFC 3339 gives to `date-time`, `date` and, without an offset, `date-time-local`. Out: the
//! same instant and offset, written with as many digits of a second as it has. Never happens: an offset dropped or
//! supposed; text taken that RFC 3339 does not allow, which would be written back as another text.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat};

use super::{Decode, Encode, Reader, Result, WireError, Writer};

impl Encode for DateTime<FixedOffset> {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        check_year(self.year())?;
        writer.string(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Decode for DateTime<FixedOffset> {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        // Most are written in one way; chrono reads the others that RFC 3339 allows.
        let others = || has_whole_fraction(&text).then(|| Self::parse_from_rfc3339(&text).ok()).flatten();
        let parsed = date_time(text.as_bytes()).or_else(others);
        parsed.ok_or_else(|| WireError::text("a date and time with an offset, like 2026-04-28T10:30:00Z", &text))
    }
}

/// `date-time-local`: a date and time that says nothing of its zone.
impl Encode for NaiveDateTime {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        check_year(self.year())?;
        writer.string(&self.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
    }
}

impl Decode for NaiveDateTime {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        let parsed = local(text.as_bytes()).filter(|(_, rest)| rest.is_empty());
        let parsed = parsed.map(|(parsed, _)| parsed);
        parsed.ok_or_else(|| WireError::text("a date and time without an offset, like 2026-04-28T10:30:00", &text))
    }
}

impl Encode for NaiveDate {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        check_year(self.year())?;
        writer.string(&self.format("%Y-%m-%d").to_string())
    }
}

impl Decode for NaiveDate {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        let parsed = date(text.as_bytes()).filter(|(_, rest)| rest.is_empty());
        parsed.map(|(parsed, _)| parsed).ok_or_else(|| WireError::text("a date, like 2026-04-28", &text))
    }
}

/// Whether a second has no more digits than nanoseconds have, but for zeros: further ones would be lost.
fn has_whole_fraction(text: &str) -> bool {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit);
    digits.skip(9).all(|digit| digit == b'0')
}

/// RFC 3339's `date-time` with capital letters, which is all of the text.
fn date_time(text: &[u8]) -> Option<DateTime<FixedOffset>> {
    let (local, offset) = local(text)?;
    let seconds = match offset {
        b"Z" => 0,
        [sign @ (b'+' | b'-'), hour, hours, b':', minute, minutes] => {
            let (hours, minutes) = (number(&[*hour, *hours])?, number(&[*minute, *minutes])?);
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|_| hours < 24 && minutes < 60)?;
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return None,
    };
    local.and_local_timezone(FixedOffset::east_opt(seconds)?).single()
}

/// RFC 3339's `full-date "T" partial-time`, and what follows it.
fn local(text: &[u8]) -> Option<(NaiveDateTime, &[u8])> {
    let (date, rest) = date(text)?;
    let ([b'T', hour, hours, b':', minute, minutes, b':', second, seconds], rest) = rest.split_first_chunk::<9>()?
    else {
        return None;
    };
    let (nanoseconds, rest) = rest.strip_prefix(b".").map_or(Some((0, rest)), fraction)?;
    let (second, leap) = match number(&[*second, *seconds])? {
        60 => (59, 1_000_000_000),
        second => (second, 0),
    };
    let (hour, minute) = (number(&[*hour, *hours])?, number(&[*minute, *minutes])?);
    Some((date.and_hms_nano_opt(hour, minute, second, leap + nanoseconds)?, rest))
}

/// RFC 3339's `full-date`, and what follows it.
fn date(text: &[u8]) -> Option<(NaiveDate, &[u8])> {
    let ([years @ .., b'-', month, months, b'-', day, days], rest) = text.split_first_chunk::<10>()? else {
        return None;
    };
    let year = i32::try_from(number(years)?).ok()?;
    Some((NaiveDate::from_ymd_opt(year, number(&[*month, *months])?, number(&[*day, *days])?)?, rest))
}

/// The nanoseconds of a fraction's digits, and what follows them.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count());
    let (digits, further) = digits.split_at_checked(9).unwrap_or((digits, b""));
    // Further digits would be lost.
    let whole = !digits.is_empty() && further.iter().all(|digit| *digit == b'0');
    let nanoseconds = (digits.len()..9).fold(number(digits)?, |nanoseconds, _| nanoseconds * 10);
    whole.then_some((nanoseconds, rest))
}

/// The value of at most nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    let add = |number: u32, digit: &u8| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'));
    digits.iter().try_fold(0, add)
}

/// RFC 3339 has years of four digits.
fn check_year(year: i32) -> Result<()> {
    if (0..10_000).contains(&year) { Ok(()) } else { Err(WireError::new("a year from 0 to 9999", year.to_string())) }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

    use super::super::json::{from_slice, to_vec};
    use super::super::{Decode, Encode};

    fn rewritten<T: Encode + Decode>(text: &str) -> Option<String> {
        let value: T = from_slice(format!("{text:?}").as_bytes()).ok()?;
        Some(String::from_utf8(to_vec(&value).unwrap()).unwrap().trim_matches('"').to_owned())
    }

    #[test]
    fn what_is_read_is_written_back() {
        for text in ["2026-04-08", "0000-01-01", "9999-12-31"] {
            assert_eq!(rewritten::<NaiveDate>(text).as_deref(), Some(text));
        }
        for text in ["2026-04-28T10:30:00", "2026-04-28T10:30:00.123456789", "2026-04-28T10:30:00.500"] {
            assert_eq!(rewritten::<NaiveDateTime>(text).as_deref(), Some(text));
        }
        for text in ["2026-04-28T10:30:00Z", "2026-04-28T10:30:00.250+02:00"] {
            assert_eq!(rewritten::<DateTime<FixedOffset>>(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_has_another_form_is_refused() {
        let dates =
            ["2026-4-8", "2026-04-8", "+2026-04-08", "12026-04-08", "2026-02-30", "20260408", " 2026-04-08", ""];
        for text in dates.into_iter().chain(["2026-04-08T00:00:00Z", "-001-01-01", "2026-04-08 "]) {
            assert_eq!(rewritten::<NaiveDate>(text), None, "{text}");
        }
        let local = ["2026-4-8T1:2:3", "2026-04-28T10:30:00Z", "2026-04-28T10:30:00.", "2026-04-28 10:30:00", "é"];
        for text in local.into_iter().chain(["2026-04-28T10:30:00.5x", "2026-04-28T10:30", "2026-04-28T10:30:00 .5"]) {
            assert_eq!(rewritten::<NaiveDateTime>(text), None, "{text}");
        }
        for text in ["2026-04-28T10:30:00", "2026-4-28T10:30:00Z", "2026-04-28"] {
            assert_eq!(rewritten::<DateTime<FixedOffset>>(text), None, "{text}");
        }
    }

    #[test]
    fn instants_are_those_that_chrono_reads() {
        let days = ["2024-02-29", "2026-02-29", "2026-04-31", "2026-00-01", "2026-13-01", "0000-12-31", "9999-12-00"];
        let times = ["00:00:00", "23:59:60", "10:30:60", "24:00:00", "10:60:00", "10:30:61", "1:30:00", "10-30-00"];
        let fractions = ["", ".5", ".123456789", ".1234567890", ".12345678901", ".", ".5.5", ",5"];
        let offsets = ["", "Z", "z", "+00:00", "-00:00", "+23:59", "-12:30", "+24:00", "+01:60", "+0100", "+01", "Z "];
        for (day, time) in days.iter().flat_map(|day| times.map(|time| (day, time))) {
            for (fraction, offset) in fractions.iter().flat_map(|fraction| offsets.map(|offset| (fraction, offset))) {
                let text = format!("{day}T{time}{fraction}{offset}");
                let json = format!("{text:?}").into_bytes();
                let lost = fraction.len() > 11;
                let instant = DateTime::parse_from_rfc3339(&text).ok().filter(|_| !lost);
                assert_eq!(from_slice::<DateTime<FixedOffset>>(&json).ok(), instant, "{text}");
                let local = text.parse::<NaiveDateTime>().ok().filter(|_| !lost && !time.starts_with("1:"));
                assert_eq!(from_slice::<NaiveDateTime>(&json).ok(), local, "{text}");
            }
        }
    }

    #[test]
    fn years_that_have_no_form_are_not_written() {
        let date = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
        assert_eq!(to_vec(&date).unwrap_err().to_string(), "expected a year from 0 to 9999, found 10000");
        assert!(to_vec(&date.and_hms_opt(0, 0, 0).unwrap()).is_err());
    }
}
