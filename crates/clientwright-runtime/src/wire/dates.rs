//! Dates and times, through chrono.
//!
//! In: text in the form that RFC 3339 gives to `date-time`, `date` and, without an offset, `date-time-local`. Out: the
//! same instant and offset, written with as many digits of a second as it has. Never happens: an offset dropped or
//! supposed; text taken that RFC 3339 does not allow, which would be written back as another text.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat};

use super::{Decode, Encode, Reader, Result, WireError, Writer};

/// What stands for any digit in a pattern.
const DIGIT: u8 = b'0';
/// RFC 3339's `full-date`.
const DATE: &[u8] = b"0000-00-00";
/// RFC 3339's `full-date "T" partial-time`, without a fraction.
const LOCAL: &[u8] = b"0000-00-00T00:00:00";

impl Encode for DateTime<FixedOffset> {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        check_year(self.year())?;
        writer.string(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Decode for DateTime<FixedOffset> {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        let parsed = has_whole_fraction(&text).then(|| Self::parse_from_rfc3339(&text).ok()).flatten();
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
        let (head, fraction) = text.split_at_checked(LOCAL.len()).unwrap_or((&text, ""));
        let digits = fraction.strip_prefix('.').is_none_or(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        // The form is looked at here, since chrono allows more; its own parser needs no format to be read first.
        let is_whole = digits && has_whole_fraction(&text);
        let parsed = (has_form(head, LOCAL) && is_whole).then(|| text.parse().ok()).flatten();
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
        let parsed = has_form(&text, DATE).then(|| text.parse().ok()).flatten();
        parsed.ok_or_else(|| WireError::text("a date, like 2026-04-28", &text))
    }
}

/// Whether a second has no more digits than nanoseconds have, but for zeros: further ones would be lost.
fn has_whole_fraction(text: &str) -> bool {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit);
    digits.skip(9).all(|digit| digit == b'0')
}

/// Whether a text has digits where a pattern has them, and everything else as it is there.
fn has_form(text: &str, pattern: &[u8]) -> bool {
    let same = |(byte, form): (u8, &u8)| if *form == DIGIT { byte.is_ascii_digit() } else { byte == *form };
    text.len() == pattern.len() && text.bytes().zip(pattern).all(same)
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
    fn years_that_have_no_form_are_not_written() {
        let date = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
        assert_eq!(to_vec(&date).unwrap_err().to_string(), "expected a year from 0 to 9999, found 10000");
        assert!(to_vec(&date.and_hms_opt(0, 0, 0).unwrap()).is_err());
    }
}
