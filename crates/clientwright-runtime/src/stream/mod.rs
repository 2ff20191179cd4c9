//! Answers that come piece by piece: events of a server, JSON line by line, and bytes.
//!
//! In: the body of an answer, while it arrives. Out: its events, records or chunks, as an asynchronous stream or an iterator.
//! Never happens: more of the body held than one record may have, which is what the client allows a whole body; a record that
//! does not match taken for the end of the stream.

mod blocking;
mod chunks;
mod download;
mod events;
mod feed;
mod macros;
mod opened;
mod reading;
mod records;

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;

#[cfg(feature = "blocking")]
pub use self::blocking::StreamingBlocking;
#[cfg(feature = "blocking")]
pub use self::download::DownloadBlocking;
pub use self::download::{Download, Downloading};
pub(crate) use self::opened::Wanted;
pub use self::reading::{Opening, Streaming};
pub(crate) use self::records::write;
use crate::wire::{Decode, Value, WireError, json};

/// An event of a server (`text/event-stream`). It can be used as its data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What the server calls it; `message` where it says nothing.
    pub name: String,
    /// The id of the last event that had one, by which the server knows where a stream broke off; else empty.
    pub id: String,
    /// What it says.
    pub data: T,
}

impl<T> Event<T> {
    /// An event as a server would send it: for tests and fakes.
    pub fn new(name: impl Into<String>, data: T) -> Self {
        Self { name: name.into(), id: String::new(), data }
    }

    /// What it says.
    #[must_use]
    pub fn into_data(self) -> T {
        self.data
    }

    fn of(record: &Record, data: T) -> Self {
        let name = if record.name.is_empty() { "message" } else { &record.name };
        Self { name: name.to_owned(), id: record.id.clone(), data }
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

/// An event, or one value among several, before it is known what it means.
#[derive(Clone, Default)]
pub struct Record {
    /// As the server says it, which may be nothing.
    name: String,
    id: String,
    retry: Option<Duration>,
    data: Bytes,
}

/// Reads a record: [`events`], [`text_events`], [`whole_events`], [`records`]; `None` is the end of the stream.
pub type RecordDecoder<T> = fn(&Record) -> Result<Option<T>, WireError>;

/// What many servers send as the last event, although a stream has an end of its own. It is no JSON.
const DONE: &[u8] = b"[DONE]";

/// Events whose data is JSON. An event with the data `[DONE]` ends the stream.
///
/// # Errors
///
/// Fails where the data does not match.
pub fn events<T: Decode>(record: &Record) -> Result<Option<Event<T>>, WireError> {
    if record.data.trim_ascii() == DONE {
        return Ok(None);
    }
    json::from_slice(&record.data).map(|data| Some(Event::of(record, data)))
}

/// Events whose data is text.
///
/// # Errors
///
/// None.
pub fn text_events(record: &Record) -> Result<Option<Event<String>>, WireError> {
    Ok(Some(Event::of(record, String::from_utf8_lossy(&record.data).into_owned())))
}

/// Events that the document describes as objects with the members `event`, `id`, `retry` and `data`. The data is JSON where
/// that matches, and else text.
///
/// # Errors
///
/// Fails where neither matches.
pub fn whole_events<T: Decode>(record: &Record) -> Result<Option<Event<T>>, WireError> {
    let text = Value::String(String::from_utf8_lossy(&record.data).into_owned());
    let parsed = json::from_slice(&record.data).and_then(|data| record.with(data));
    match (parsed, record.with(text)) {
        (Ok(whole), _) | (Err(_), Ok(whole)) => Ok(Some(Event::of(record, whole))),
        (Err(_), Err(_)) if record.data.trim_ascii() == DONE => Ok(None),
        (Err(wrong), Err(_)) => Err(wrong),
    }
}

/// Values of JSON.
///
/// # Errors
///
/// Fails where a value does not match.
pub fn records<T: Decode>(record: &Record) -> Result<Option<T>, WireError> {
    json::from_slice(&record.data).map(Some)
}

impl Record {
    /// The whole event with this for its data.
    fn with<T: Decode>(&self, data: Value) -> Result<T, WireError> {
        let text = |text: &String| (!text.is_empty()).then(|| Value::String(text.clone()));
        let retry = self.retry.and_then(|retry| u64::try_from(retry.as_millis()).ok()).map(Value::from);
        let members = [("event", text(&self.name)), ("id", text(&self.id)), ("retry", retry), ("data", Some(data))];
        let members = members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        json::from_slice(&json::to_vec(&Value::Object(members.collect()))?)
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Record({} bytes)", self.data.len())
    }
}
