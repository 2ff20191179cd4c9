//! Events and records as an iterator.
//!
//! In: a call, and the decoder of a record. Out: the head of its answer, then each record when it is iterated to. Never happens:
//! the work compiled once more for each operation.

#![cfg(feature = "blocking")]

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::chunks::ChunksBlocking;
use super::feed::{After, Broken, Feed};
use super::opened::Wanted;
use super::{Event, Record, RecordDecoder};
use crate::call::Call;
use crate::error::{Error, Failure, Shown};

impl Call {
    /// Sends the call and waits until its answer begins.
    ///
    /// # Errors
    ///
    /// As [`Error`] says.
    pub fn stream_blocking<T, E: Failure>(
        self,
        decoder: RecordDecoder<T>,
    ) -> Result<StreamingBlocking<T, E>, Error<E>> {
        let (feed, body) = Feed::new(self.open_blocking(Wanted::Records)?).map_err(|reply| reply.refused())?;
        let (status, headers) = (feed.head.parts.status, feed.head.parts.headers.clone());
        let chunks = Some(ChunksBlocking::new(body, feed.origin.limits.idle));
        let source = Some(Box::new(Source { feed, chunks }));
        Ok(StreamingBlocking { status, headers, source, decoder, failure: std::marker::PhantomData })
    }
}

/// The events or records of an answer, as an iterator: each is waited for when it is iterated to. One that does not match is an
/// error, after which the next one can be read; after any other error the iterator has ended.
#[must_use = "what comes is lost unless it is read"]
pub struct StreamingBlocking<T, E> {
    status: StatusCode,
    headers: HeaderMap,
    /// None where the stream is through.
    source: Option<Box<Source>>,
    decoder: RecordDecoder<T>,
    failure: std::marker::PhantomData<fn() -> E>,
}

struct Source {
    feed: Feed,
    chunks: Option<ChunksBlocking>,
}

impl<T, E> StreamingBlocking<T, E> {
    crate::response::head!(status, headers);
}

impl<T, E> StreamingBlocking<Event<T>, E> {
    /// Makes the call again where the connection breaks or ends: see [`Streaming::reconnect`](crate::Streaming::reconnect).
    pub fn reconnect(mut self, times: u32) -> Self {
        self.source.iter_mut().for_each(|source| source.feed.again(times));
        self
    }
}

impl Source {
    /// The next record: the same for all operations.
    fn read(&mut self) -> Option<Result<Record, Broken>> {
        loop {
            if let Some(record) = self.feed.take() {
                return Some(record);
            }
            let cause = match self.chunks.as_mut()?.next() {
                Some(Ok(chunk)) => {
                    self.feed.push(&chunk);
                    continue;
                }
                Some(Err(error)) => Some(error),
                None => None,
            };
            self.chunks = None;
            match self.after(cause) {
                After::Again(_) => {}
                After::Nothing => return None,
                After::Record(record) => return Some(Ok(record)),
                After::Broken(broken) => return Some(Err(broken)),
            }
        }
    }

    /// What follows the end of a body, once the call was made again if it was to be.
    fn after(&mut self, cause: Option<crate::TransportError>) -> After {
        let mut after = self.feed.after(cause);
        while let After::Again(delay) = after {
            std::thread::sleep(delay);
            let answer = self.feed.origin.run_blocking();
            after = match self.feed.reopened(answer) {
                Ok(body) => {
                    self.chunks = Some(ChunksBlocking::new(body, self.feed.origin.limits.idle));
                    return After::Again(Duration::ZERO);
                }
                Err(after) => after,
            };
        }
        after
    }
}

impl<T, E: Failure> Iterator for StreamingBlocking<T, E> {
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let source = self.source.as_mut()?;
        let last = match source.read() {
            None => None,
            Some(Err(broken)) => Some(Err(broken.into_error())),
            Some(Ok(record)) => match (self.decoder)(&record) {
                Ok(Some(item)) => return Some(Ok(item)),
                Ok(None) => None,
                Err(wrong) => return Some(Err(source.feed.mismatch(&record, wrong).into())),
            },
        };
        self.source = None;
        last
    }
}

impl<T, E> fmt::Debug for StreamingBlocking<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("StreamingBlocking");
        shown.field("status", &self.status).field("headers", &Shown(&self.headers)).finish_non_exhaustive()
    }
}
