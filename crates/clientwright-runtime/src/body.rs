//! Bodies of requests and answers, in memory or in chunks.
//!
//! In: bytes, an asynchronous stream of chunks, or a reader. Out: chunks, or at most so many bytes in memory. Never
//! happens: more read into memory than the caller allows.

mod reading;

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use self::reading::Reading;
use crate::timer;
use crate::transport::TransportError;

/// The body of a request or an answer: opaque, so that further kinds can be added.
pub struct Body(Kind);

enum Kind {
    Bytes(Bytes),
    Stream(Chunks),
    Reader(Reading),
    /// One after the other.
    Several(VecDeque<Body>),
    /// So many bytes, or an error.
    Exactly(Box<Body>, u64),
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// What was read into memory.
pub(crate) struct Collected {
    pub(crate) bytes: Bytes,
    /// There was more than the limit allowed; `bytes` are the start.
    pub(crate) truncated: bool,
}

impl Body {
    /// No bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Kind::Bytes(Bytes::new()))
    }

    /// Bytes in memory.
    #[must_use]
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self(Kind::Bytes(bytes.into()))
    }

    /// Chunks as they come, for transports that are asynchronous.
    #[must_use]
    pub fn stream(chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Kind::Stream(Box::pin(chunks)))
    }

    /// What a reader gives.
    #[must_use]
    pub fn reader(reader: impl io::Read + Send + 'static) -> Self {
        Self(Kind::Reader(Reading::new(reader)))
    }

    /// Bodies one after the other.
    pub(crate) fn several(bodies: Vec<Self>) -> Self {
        Self(Kind::Several(bodies.into()))
    }

    /// The same of which it is known how long it is.
    pub(crate) fn exactly(self, length: u64) -> Self {
        Self(Kind::Exactly(Box::new(self), length))
    }

    /// The bytes, where they are in memory.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream(_) | Kind::Reader(_) | Kind::Several(_) | Kind::Exactly(..) => None,
        }
    }

    /// Gives the next chunk; `None` once, at the end. A reader is read where blocking is no harm, if tokio has such a place.
    pub fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Kind::Stream(chunks) => chunks.as_mut().poll_next(context),
            Kind::Bytes(_) => Poll::Ready(self.read_chunk()),
            Kind::Reader(reading) => reading.poll(context),
            Kind::Several(bodies) => {
                while let Some(first) = bodies.front_mut() {
                    match first.poll_chunk(context) {
                        Poll::Ready(None) => drop(bodies.pop_front()),
                        chunk @ (Poll::Ready(Some(_)) | Poll::Pending) => return chunk,
                    }
                }
                Poll::Ready(None)
            }
            Kind::Exactly(body, left) => body.poll_chunk(context).map(|chunk| counted(chunk, left)),
        }
    }

    /// Gives the next chunk, blocking; `None` once, at the end. A body made from a stream gives an error.
    pub fn read_chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        match &mut self.0 {
            Kind::Bytes(bytes) if bytes.is_empty() => None,
            Kind::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
            Kind::Stream(_) => Some(Err(TransportError::other("this body can only be read asynchronously"))),
            Kind::Reader(reading) => reading.read(),
            Kind::Several(bodies) => {
                while let Some(first) = bodies.front_mut() {
                    match first.read_chunk() {
                        None => drop(bodies.pop_front()),
                        chunk => return chunk,
                    }
                }
                None
            }
            Kind::Exactly(body, left) => counted(body.read_chunk(), left),
        }
    }

    /// Reads the whole body, but at most `limit` bytes; each chunk comes within the time `idle` after the one before.
    pub(crate) fn collect(
        &mut self,
        limit: usize,
        idle: Option<Duration>,
    ) -> impl Future<Output = Result<Collected, TransportError>> {
        let mut memory = Memory::new(limit);
        async move {
            loop {
                let next = std::future::poll_fn(|context| self.poll_chunk(context));
                let end = idle.and_then(|idle| Instant::now().checked_add(idle));
                match timer::within(end, next).await {
                    None => return Err(TransportError::idle()),
                    Some(None) => return Ok(memory.done()),
                    Some(Some(chunk)) => {
                        if memory.is_full_with(chunk?) {
                            return Ok(memory.done());
                        }
                    }
                }
            }
        }
    }

    /// As [`Body::collect`], blocking.
    #[cfg(feature = "blocking")]
    pub(crate) fn collect_blocking(
        mut self,
        limit: usize,
        idle: Option<Duration>,
    ) -> Result<Collected, TransportError> {
        let mut memory = Memory::new(limit);
        let mut add = |chunk: Option<Result<Bytes, TransportError>>| {
            Ok::<_, TransportError>(chunk.transpose()?.is_none_or(|chunk| memory.is_full_with(chunk)))
        };
        match idle {
            Some(idle) if self.is_reader() => {
                let chunks = self.apart();
                while !add(chunks.recv_timeout(idle).unwrap_or_else(|_| Some(Err(TransportError::idle()))))? {}
            }
            Some(_) | None => while !add(self.read_chunk())? {},
        }
        Ok(memory.done())
    }

    /// Reads in a thread of its own, because a reader cannot be told to give up; the thread ends with the connection,
    /// or with the call's limit.
    #[cfg(feature = "blocking")]
    pub(crate) fn apart(mut self) -> std::sync::mpsc::Receiver<Option<Result<Bytes, TransportError>>> {
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        std::thread::spawn(move || {
            loop {
                let chunk = self.read_chunk();
                let over = !matches!(chunk, Some(Ok(_)));
                if sender.send(chunk).is_err() || over {
                    break;
                }
            }
        });
        receiver
    }

    /// Whether it is read by blocking.
    #[cfg(feature = "blocking")]
    pub(crate) const fn is_reader(&self) -> bool {
        matches!(self.0, Kind::Reader(_))
    }
}

/// Chunks put together, up to a limit.
struct Memory {
    limit: usize,
    first: Bytes,
    all: BytesMut,
    truncated: bool,
}

impl Memory {
    fn new(limit: usize) -> Self {
        Self { limit, first: Bytes::new(), all: BytesMut::new(), truncated: false }
    }

    /// Takes a chunk; whether it went over the limit. A single chunk is kept without a copy.
    fn is_full_with(&mut self, mut chunk: Bytes) -> bool {
        let room = self.limit - self.first.len() - self.all.len();
        self.truncated = chunk.len() > room;
        chunk.truncate(room);
        if self.first.is_empty() && self.all.is_empty() {
            self.first = chunk;
        } else {
            self.all.extend_from_slice(&std::mem::take(&mut self.first));
            self.all.extend_from_slice(&chunk);
        }
        self.truncated
    }

    fn done(self) -> Collected {
        let bytes = if self.all.is_empty() { self.first } else { self.all.freeze() };
        Collected { bytes, truncated: self.truncated }
    }
}

/// A chunk of a body of which so many bytes are left.
fn counted(chunk: Option<Result<Bytes, TransportError>>, left: &mut u64) -> Option<Result<Bytes, TransportError>> {
    let wrong = |reason| Some(Err(TransportError::other(reason)));
    match chunk {
        Some(Ok(chunk)) => match left.checked_sub(chunk.len() as u64) {
            Some(rest) => {
                *left = rest;
                Some(Ok(chunk))
            }
            None => wrong("the body is longer than was said of it"),
        },
        None if *left > 0 => {
            *left = 0;
            wrong("the body is shorter than was said of it")
        }
        end => end,
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Bytes(bytes) => write!(formatter, "Body({} bytes)", bytes.len()),
            Kind::Stream(_) | Kind::Reader(_) | Kind::Several(_) | Kind::Exactly(..) => {
                formatter.write_str("Body(in chunks)")
            }
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::bytes(text)
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::bytes(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collected(mut body: Body, limit: usize) -> Collected {
        let mut future = std::pin::pin!(body.collect(limit, None));
        match future.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
            Poll::Ready(collected) => collected.unwrap(),
            Poll::Pending => panic!("bytes in memory are ready"),
        }
    }

    #[test]
    fn no_more_than_the_limit_is_kept() {
        for (limit, length, truncated) in [(0, 0, true), (4, 4, true), (5, 5, false), (6, 5, false)] {
            for body in [Body::bytes("abcde"), Body::reader(&b"abcde"[..])] {
                let collected = collected(body, limit);
                assert_eq!((collected.bytes.len(), collected.truncated), (length, truncated), "{limit}");
            }
        }
        let endless = collected(Body::reader(io::repeat(b'a')), 100_000);
        assert_eq!((endless.bytes.len(), endless.truncated), (100_000, true));
    }
}
