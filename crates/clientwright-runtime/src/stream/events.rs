//! The parser of `text/event-stream` (HTML, section "Server-sent events", "Interpreting an event stream").
//!
//! In: bytes, cut anywhere. Out: events, as that text says to dispatch them. Never happens: an event that the server did not
//! end with an empty line; more held than the event that is being read.

use std::borrow::Cow;
use std::time::Duration;

use bytes::BytesMut;

use super::Record;

/// What may stand in front of everything.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Bytes that came, and the event that they are about.
#[derive(Default)]
pub(super) struct Events {
    bytes: BytesMut,
    /// How many of them hold no end of a line.
    seen: usize,
    /// Whether the place for a byte order mark is behind.
    begun: bool,
    /// Whether the last line ended with a carriage return, to which a line feed may belong.
    returned: bool,
    name: String,
    data: String,
    retry: Option<Duration>,
    /// The last event's id, which holds until another one comes.
    id: String,
    /// What the server says of the time before another connection.
    pub(super) delay: Option<Duration>,
}

impl Events {
    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
    }

    /// How many bytes are held for an event that has not ended.
    pub(super) fn held(&self) -> usize {
        self.bytes.len() + self.data.len()
    }

    /// The id of the last event that had one; empty if there was none.
    pub(super) fn last_id(&self) -> &str {
        &self.id
    }

    /// Forgets what has not ended, because the rest of it is lost.
    pub(super) fn restart(&mut self) {
        let (id, delay) = (std::mem::take(&mut self.id), self.delay);
        *self = Self { id, delay, ..Self::default() };
    }

    /// The next event that has ended.
    pub(super) fn next(&mut self) -> Option<Record> {
        while let Some(line) = self.line() {
            if line.is_empty() {
                if let Some(event) = self.dispatch() {
                    return Some(event);
                }
            } else {
                self.field(&line);
            }
        }
        None
    }

    fn line(&mut self) -> Option<BytesMut> {
        if !self.begun && !self.begin() {
            return None;
        }
        if self.returned && !self.bytes.is_empty() {
            self.returned = false;
            if self.bytes.starts_with(b"\n") {
                drop(self.bytes.split_to(1));
            }
        }
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let Some(length) = self.bytes.iter().skip(self.seen).position(ends) else {
            self.seen = self.bytes.len();
            return None;
        };
        let line = self.bytes.split_to(self.seen + length);
        self.seen = 0;
        self.returned = self.bytes.split_to(1).starts_with(b"\r");
        Some(line)
    }

    /// Passes over a byte order mark; whether enough came to know that there is none.
    fn begin(&mut self) -> bool {
        let start = self.bytes.get(..BYTE_ORDER_MARK.len()).unwrap_or(&self.bytes);
        if !BYTE_ORDER_MARK.starts_with(start) {
            self.begun = true;
        } else if start.len() == BYTE_ORDER_MARK.len() {
            drop(self.bytes.split_to(BYTE_ORDER_MARK.len()));
            self.begun = true;
        }
        self.begun
    }

    fn field(&mut self, line: &[u8]) {
        let colon = line.iter().position(|byte| *byte == b':');
        let (field, value) = match colon {
            Some(colon) => (line.get(..colon).unwrap_or_default(), line.get(colon + 1..).unwrap_or_default()),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"event" => self.name = text(value).into_owned(),
            b"data" => {
                self.data.push_str(&text(value));
                self.data.push('\n');
            }
            b"id" if !value.contains(&0) => self.id = text(value).into_owned(),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = text(value).parse().unwrap_or(u64::MAX);
                self.retry = Some(Duration::from_millis(milliseconds));
                self.delay = self.retry;
            }
            // A comment has an empty name; others shall be ignored.
            _ => {}
        }
    }

    /// What the lines before an empty one make; nothing where they hold no data.
    fn dispatch(&mut self) -> Option<Record> {
        let (name, retry) = (std::mem::take(&mut self.name), self.retry.take());
        let mut data = std::mem::take(&mut self.data);
        data.pop()?;
        Some(Record { name, id: self.id.clone(), retry, data: data.into() })
    }
}

/// Text with what is no UTF-8 replaced. No character is cut by the end of a line.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of a text, which comes in chunks of `size` bytes: name, id and data.
    fn events(text: &[u8], size: usize) -> Vec<(String, String, String)> {
        let mut events = Events::default();
        let mut found = Vec::new();
        for chunk in text.chunks(size) {
            events.push(chunk);
            while let Some(event) = events.next() {
                found.push((event.name, event.id, String::from_utf8(event.data.to_vec()).unwrap()));
            }
        }
        found
    }

    fn data(text: &[u8]) -> Vec<String> {
        let whole = events(text, text.len().max(1));
        for size in 1..6 {
            assert_eq!(events(text, size), whole, "in chunks of {size} bytes");
        }
        whole.into_iter().map(|(_, _, data)| data).collect()
    }

    #[test]
    fn the_examples_of_the_standard_are_read_as_it_says() {
        assert_eq!(data(b"data: YHOO\ndata: +2\ndata: 10\n\n"), ["YHOO\n+2\n10"]);
        let text = b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
        assert_eq!(data(text), ["first event", "second event", " third event"]);
        let ids: Vec<String> = events(text, 3).into_iter().map(|(_, id, _)| id).collect();
        assert_eq!(ids, ["1", "", ""]);
        assert_eq!(data(b"data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
        assert_eq!(data(b"data:test\n\ndata: test\n\n"), ["test", "test"]);
    }

    #[test]
    fn each_end_of_a_line_counts_once_wherever_the_bytes_are_cut() {
        assert_eq!(data(b"data: a\r\n\r\ndata: b\r\rdata: c\n\n"), ["a", "b", "c"]);
        assert_eq!(data(b"data: a\r\ndata: b\rdata: c\n\r\n"), ["a\nb\nc"]);
        assert_eq!(data(b"\r\n\n\r\rdata: a\n\n\n\n"), ["a"]);
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_once() {
        assert_eq!(data(b"\xEF\xBB\xBFdata: a\n\n"), ["a"]);
        assert_eq!(data(b"\xEF\xBB\xBF\xEF\xBB\xBFdata: a\n\ndata: b\n\n"), ["b"]);
        assert_eq!(data(b"\xEF\xBBdata: a\n\ndata: b\n\n"), ["b"]);
    }

    #[test]
    fn names_and_ids_are_kept_as_long_as_they_hold() {
        let text = b"event: add\nid: 7\ndata: a\n\ndata: b\n\nid: x\0y\ndata: c\n\nid: 8\nevent: lost\n\ndata: d\n\n";
        let found = events(text, 4);
        let expected = [("add", "7", "a"), ("", "7", "b"), ("", "7", "c"), ("", "8", "d")];
        assert_eq!(found, expected.map(|(name, id, data)| (name.into(), id.into(), data.into())));
    }

    #[test]
    fn fields_are_taken_literally() {
        assert_eq!(data(b"Data: a\ndata : b\n data: c\ndatas: d\ndata: e:f \n\n"), ["e:f "]);
        let mut events = Events::default();
        for (value, delay) in [("10", Some(10)), ("+5", Some(10)), ("1 ", Some(10)), ("", Some(10)), ("070", Some(70))]
        {
            events.push(format!("retry: {value}\n\n").as_bytes());
            assert!(events.next().is_none());
            assert_eq!(events.delay, delay.map(Duration::from_millis), "{value}");
        }
        events.push(b"retry: 99999999999999999999999999\ndata\n\n");
        assert!(events.next().is_some_and(|event| event.retry == Some(Duration::from_millis(u64::MAX))));
    }

    #[test]
    fn what_is_no_text_is_replaced_and_ends_no_line() {
        assert_eq!(data(b"data: a\xFFb\xE2\x82\n\ndata: \xE2\x82\xAC\n\n"), ["a\u{fffd}b\u{fffd}", "\u{20ac}"]);
    }

    #[test]
    fn an_event_without_its_end_is_no_event() {
        assert_eq!(data(b"data: a\n\ndata: b\n"), ["a"]);
        let mut events = Events::default();
        events.push(b"id: 3\ndata: a\n\ndata: b\nid: 4\nda");
        assert!(events.next().is_some() && events.next().is_none());
        events.restart();
        events.push(b"\xEF\xBB\xBFdata: c\n\n");
        assert!(events.next().is_some_and(|event| &event.data[..] == b"c" && event.id == "4"));
        assert_eq!(events.held(), 0);
    }
}
