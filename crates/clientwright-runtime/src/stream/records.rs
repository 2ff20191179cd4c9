//! The parsers of JSON that comes one value after the other: a line each (`application/jsonl`, `application/x-ndjson`), or
//! each after a record separator (`application/json-seq`, RFC 7464).
//!
//! In: bytes, cut anywhere. Out: the text of each value. Never happens: more held than the value that is being read; a value
//! that was cut off taken for a whole one.

use bytes::{Bytes, BytesMut};

use super::Record;
use crate::wire::{Encode, PathSegment, WireError, json};

/// What stands before each value of a sequence.
const SEPARATOR: u8 = 0x1e;

/// Bytes that came.
pub(super) struct Records {
    bytes: BytesMut,
    /// How many of them do not end a record.
    seen: usize,
    /// Whether records stand after a separator, and not before the end of a line.
    sequence: bool,
}

/// Values one after the other, as a media type says.
pub(crate) fn write(media_type: &str, records: &[&dyn Encode]) -> Result<Vec<u8>, WireError> {
    let sequence = media_type.split(';').next().unwrap_or_default().trim_end().ends_with("json-seq");
    let mut bytes = Vec::new();
    for (place, record) in records.iter().enumerate() {
        bytes.extend(sequence.then_some(SEPARATOR));
        let record = json::to_vec(*record).map_err(|error| error.within(PathSegment::Index(place)))?;
        // Without a line feed of its own: they are escaped in texts.
        bytes.extend_from_slice(&record);
        bytes.push(b'\n');
    }
    Ok(bytes)
}

impl Records {
    pub(super) fn new(sequence: bool) -> Self {
        Self { bytes: BytesMut::new(), seen: 0, sequence }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
    }

    /// How many bytes are held for a record that has not ended.
    pub(super) fn held(&self) -> usize {
        self.bytes.len()
    }

    /// The next record that has ended.
    pub(super) fn next(&mut self) -> Option<Record> {
        let end = if self.sequence { SEPARATOR } else { b'\n' };
        loop {
            let Some(length) = self.bytes.iter().skip(self.seen).position(|byte| *byte == end) else {
                self.seen = self.bytes.len();
                return None;
            };
            let record = self.bytes.split_to(self.seen + length).freeze();
            drop(self.bytes.split_to(1));
            self.seen = 0;
            if let Some(record) = self.record(record) {
                return Some(record);
            }
        }
    }

    /// The last record, which nothing ends.
    pub(super) fn last(&mut self) -> Option<Record> {
        self.seen = 0;
        let bytes = self.bytes.split().freeze();
        self.record(bytes)
    }

    /// What stands between two ends, if it is anything.
    fn record(&self, mut bytes: Bytes) -> Option<Record> {
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == SEPARATOR;
        let start = bytes.iter().position(|byte| !blank(byte))?;
        if start == 0 && bytes.starts_with(b"\xEF\xBB\xBF") {
            // Some write a byte order mark in front of everything; no value of JSON begins with one.
            return self.record(bytes.slice(3..));
        }
        // RFC 7464, section 2.4: a number or a word may have been cut off where nothing follows it.
        let cut = self.sequence
            && bytes.last().is_some_and(|byte| !byte.is_ascii_whitespace())
            && !matches!(bytes.get(start), Some(b'{' | b'[' | b'"'));
        if cut {
            // No JSON, which a reader will say.
            bytes = [&bytes[..], b"\xE2\x80\xA6"].concat().into();
        }
        Some(Record { data: bytes.slice(start..), ..Record::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &[u8], sequence: bool) -> Vec<String> {
        let read = |size: usize| {
            let mut records = Records::new(sequence);
            let mut found = Vec::new();
            for chunk in text.chunks(size) {
                records.push(chunk);
                while let Some(record) = records.next() {
                    found.push(record);
                }
            }
            found.extend(records.last());
            let texts = found.into_iter().map(|record| String::from_utf8(record.data.to_vec()).unwrap());
            texts.map(|text| text.trim_end().to_owned()).collect::<Vec<_>>()
        };
        let whole = read(text.len().max(1));
        for size in 1..6 {
            assert_eq!(read(size), whole, "in chunks of {size} bytes");
        }
        whole
    }

    #[test]
    fn a_line_is_a_record_and_the_last_needs_no_end() {
        assert_eq!(
            records(b"{\"a\":1}\n\n[2]\r\n  \n\"\xE2\x82\xAC\"\n3", false),
            ["{\"a\":1}", "[2]", "\"\u{20ac}\"", "3"]
        );
        assert_eq!(records(b"\xEF\xBB\xBF1\n2\n", false), ["1", "2"]);
        assert_eq!(records(b"", false), [""; 0]);
        assert_eq!(records(b"\n \r\n", false), [""; 0]);
    }

    #[test]
    fn values_are_written_one_after_the_other() {
        let records: [&dyn Encode; 3] = [&"a\nb".to_owned(), &1_i64, &vec![2_i64]];
        assert_eq!(write("application/x-ndjson", &records).unwrap(), b"\"a\\nb\"\n1\n[2]\n");
        assert_eq!(write("application/json-seq; x=y", &records).unwrap(), b"\x1e\"a\\nb\"\n\x1e1\n\x1e[2]\n");
        assert_eq!(write("application/jsonl", &[]).unwrap(), b"");
        let wrong = write("application/jsonl", &[&1_i64, &f64::NAN]).unwrap_err();
        assert_eq!(wrong.path(), "[1]");
    }

    #[test]
    fn lines_may_stand_after_separators() {
        assert_eq!(records(b"\x1e1\n\x1e2\n", false), ["1", "2"]);
    }

    #[test]
    fn a_sequence_has_values_between_separators() {
        assert_eq!(records(b"\x1e{\n}\n\x1e\x1e[1]\n\x1e\"x\"", true), ["{\n}", "[1]", "\"x\""]);
    }

    #[test]
    fn a_number_of_a_sequence_may_have_been_cut() {
        assert_eq!(records(b"\x1e12\n\x1e123\x1etrue\n\x1e45", true), ["12", "123\u{2026}", "true", "45\u{2026}"]);
        assert_eq!(records(b"\x1e[1,2\x1e{}", true), ["[1,2", "{}"]);
    }
}
