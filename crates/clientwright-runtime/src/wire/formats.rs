//! Dates and times, through chrono.
//!
//! In: text in the form that RFC 3339 gives to `date-time`, `date` and, without an offset, `date-time-local`. Out: the
//! same instant and offset, written with as many digits of a second as it has. Never happens: an offset dropped or
//! supposed.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat};

use super::{Decode, Encode, Reader, Result, WireError, Writer};

impl Encode for DateTime<FixedOffset> {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.string(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Decode for DateTime<FixedOffset> {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        Self::parse_from_rfc3339(&text)
            .map_err(|_| WireError::text("a date and time with an offset, like 2026-04-28T10:30:00Z", &text))
    }
}

/// `date-time-local`: a date and time that says nothing of its zone.
impl Encode for NaiveDateTime {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.string(&self.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
    }
}

impl Decode for NaiveDateTime {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        Self::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f")
            .map_err(|_| WireError::text("a date and time without an offset, like 2026-04-28T10:30:00", &text))
    }
}

impl Encode for NaiveDate {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.string(&self.format("%Y-%m-%d").to_string())
    }
}

impl Decode for NaiveDate {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        Self::parse_from_str(&text, "%Y-%m-%d").map_err(|_| WireError::text("a date, like 2026-04-28", &text))
    }
}
