//! Writes JSON.
//!
//! In: events. Out: bytes without spaces; the digits and escapes are `serde_json`'s. Never happens: a comma too many.

use crate::wire::{Member, Result, WireError, Writer};

/// Bytes that are set aside before anything is written: what most bodies need.
const INITIAL_CAPACITY: usize = 256;

/// Writes into memory.
pub(super) struct JsonWriter {
    out: Vec<u8>,
    /// Whether a value stands before the next one in the same container.
    comma: bool,
}

impl Default for JsonWriter {
    fn default() -> Self {
        Self { out: Vec::with_capacity(INITIAL_CAPACITY), comma: false }
    }
}

impl JsonWriter {
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    fn value(&mut self, value: &(impl serde::Serialize + ?Sized)) -> Result<()> {
        self.comma = true;
        serde_json::to_writer(&mut self.out, value)
            .map_err(|error| WireError::new("a value of JSON", error.to_string()))
    }

    #[allow(clippy::unnecessary_wraps)] // every caller is a method that may fail
    fn bytes(&mut self, bytes: &[u8], comma: bool) -> Result<()> {
        self.out.extend_from_slice(bytes);
        self.comma = comma;
        Ok(())
    }

    /// Text that needs no escape is copied; the rest is written by `serde_json`.
    fn text(&mut self, value: &str) -> Result<()> {
        if super::reader::special(value.as_bytes(), 0) == value.len() {
            self.out.reserve(value.len() + 2);
            self.out.push(b'"');
            self.out.extend_from_slice(value.as_bytes());
            self.out.push(b'"');
            self.comma = true;
            return Ok(());
        }
        self.value(value)
    }
}

impl Writer for JsonWriter {
    fn null(&mut self) -> Result<()> {
        self.bytes(b"null", true)
    }

    fn boolean(&mut self, value: bool) -> Result<()> {
        self.bytes(if value { b"true" } else { b"false" }, true)
    }

    fn integer(&mut self, value: i64) -> Result<()> {
        self.value(&value)
    }

    fn unsigned(&mut self, value: u64) -> Result<()> {
        self.value(&value)
    }

    fn number(&mut self, value: f64) -> Result<()> {
        if value.is_finite() {
            return self.value(&value);
        }
        Err(WireError::new("a finite number", value.to_string()))
    }

    fn literal(&mut self, digits: &str) -> Result<()> {
        self.bytes(digits.as_bytes(), true)
    }

    fn string(&mut self, value: &str) -> Result<()> {
        self.text(value)
    }

    fn begin_array(&mut self) -> Result<()> {
        self.bytes(b"[", false)
    }

    fn item(&mut self) -> Result<()> {
        if self.comma { self.bytes(b",", false) } else { Ok(()) }
    }

    fn end_array(&mut self) -> Result<()> {
        self.bytes(b"]", true)
    }

    fn begin_object(&mut self) -> Result<()> {
        self.bytes(b"{", false)
    }

    fn key(&mut self, key: &str) -> Result<()> {
        self.item()?;
        self.text(key)?;
        self.bytes(b":", false)
    }

    fn member(&mut self, member: &Member) -> Result<()> {
        let Some(quoted) = member.as_json() else { return self.key(member.key()) };
        self.item()?;
        self.bytes(quoted.as_bytes(), false)
    }

    fn end_object(&mut self) -> Result<()> {
        self.bytes(b"}", true)
    }
}
