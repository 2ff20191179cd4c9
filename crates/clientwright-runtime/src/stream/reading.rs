//! Events and records as an asynchronous stream.
//!
//! In: a call, and the decoder of a record. Out: the head of its answer, then each record when it is polled for. Never happens:
//! anything before the first poll; the work compiled once more for each operation; a record read ahead of the chunk it came
//! with.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::chunks::Chunks;
use super::feed::{After, Broken, Feed};
use super::opened::{Opened, Wanted};
use super::{Event, Record, RecordDecoder};
use crate::call::Call;
use crate::error::{Error, Failure, Problem, Shown};
use crate::timer;
use crate::transport::{BoxFuture, TransportError};
use crate::wire::WireError;

/// A call under way whose answer is read piece by piece: gives [`Streaming`] when the answer begins. The limit of time of the
/// call holds until then.
#[must_use = "a request does nothing until its future is awaited"]
pub struct Opening<T, E> {
    work: BoxFuture<Result<Opened, Problem>>,
    decoder: RecordDecoder<T>,
    failure: std::marker::PhantomData<fn() -> E>,
}

impl Call {
    /// Sends the call when the future is first polled, and gives its answer when it begins.
    pub fn stream<T, E: Failure>(self, decoder: RecordDecoder<T>) -> Opening<T, E> {
        Opening { work: Box::pin(self.open(Wanted::Records)), decoder, failure: std::marker::PhantomData }
    }
}

impl<T, E: Failure> Future for Opening<T, E> {
    type Output = Result<Streaming<T, E>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let opened = ready!(self.work.as_mut().poll(context))?;
        let (feed, body) = Feed::new(opened).map_err(|reply| reply.refused())?;
        let (status, headers) = (feed.head.parts.status, feed.head.parts.headers.clone());
        let chunks = Some(Chunks::new(body, feed.origin.limits.idle));
        let work = Work::Here(Box::new(Source { feed, chunks }));
        let (decoder, failure) = (self.decoder, std::marker::PhantomData);
        Poll::Ready(Ok(Streaming { status, headers, work, decoder, failure }))
    }
}

/// The events or records of an answer, as a [`Stream`]: each is read when it is polled for. One that does not match is an
/// error, after which the next one can be read; after any other error the stream has ended.
#[must_use = "what comes is lost unless it is read"]
pub struct Streaming<T, E> {
    status: StatusCode,
    headers: HeaderMap,
    work: Work,
    decoder: RecordDecoder<T>,
    failure: std::marker::PhantomData<fn() -> E>,
}

type Read = Option<Result<Record, Broken>>;

enum Work {
    /// Nobody waits.
    Here(Box<Source>),
    /// More is being read.
    Away(BoxFuture<(Box<Source>, Read)>),
    Over,
}

struct Source {
    feed: Feed,
    /// None where the body is through.
    chunks: Option<Chunks>,
}

impl<T, E: Failure> Streaming<T, E> {
    /// The next event or record, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next event or record, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Fails where the connection breaks or stands still, and where what comes does not match.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        self.next().await.transpose()
    }
}

impl<T, E> Streaming<T, E> {
    crate::response::head!(status, headers);
}

impl<T, E> Streaming<Event<T>, E> {
    /// Makes the call again where the connection breaks or ends, with the id of the last event (`Last-Event-ID`): after the
    /// time that the server says (`retry`), or three seconds; up to so many times without an event between them, each after
    /// twice the time of the one before. Where carrying out the operation twice may do harm, it is not made again: see
    /// [`Error::is_retryable`].
    pub fn reconnect(mut self, times: u32) -> Self {
        if let Work::Here(source) = &mut self.work {
            source.feed.again(times);
        }
        self
    }
}

impl Source {
    /// The next record: the same for all operations.
    async fn read(mut self: Box<Self>) -> (Box<Self>, Read) {
        loop {
            if let Some(record) = self.feed.take() {
                return (self, Some(record));
            }
            let Some(chunks) = &mut self.chunks else { return (self, None) };
            let cause = match chunks.next().await {
                Some(Ok(chunk)) => {
                    self.feed.push(&chunk);
                    continue;
                }
                Some(Err(error)) => Some(error),
                None => None,
            };
            self.chunks = None;
            match self.after(cause).await {
                After::Again(_) => {}
                After::Nothing => return (self, None),
                After::Record(record) => return (self, Some(Ok(record))),
                After::Broken(broken) => return (self, Some(Err(broken))),
            }
        }
    }

    /// What follows the end of a body, once the call was made again if it was to be.
    async fn after(&mut self, cause: Option<TransportError>) -> After {
        let mut after = self.feed.after(cause);
        while let After::Again(delay) = after {
            timer::sleep(delay).await;
            let answer = self.feed.origin.run().await;
            after = match self.feed.reopened(answer) {
                Ok(body) => {
                    self.chunks = Some(Chunks::new(body, self.feed.origin.limits.idle));
                    return After::Again(Duration::ZERO);
                }
                Err(after) => after,
            };
        }
        after
    }
}

impl Work {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Read> {
        if let Self::Here(source) = self
            && let Some(record) = source.feed.take()
        {
            return Poll::Ready(Some(record));
        }
        let mut away = match std::mem::replace(self, Self::Over) {
            Self::Over => return Poll::Ready(None),
            Self::Here(source) => Box::pin(source.read()) as BoxFuture<_>,
            Self::Away(away) => away,
        };
        match away.as_mut().poll(context) {
            Poll::Pending => {
                *self = Self::Away(away);
                Poll::Pending
            }
            Poll::Ready((source, read)) => {
                *self = Self::Here(source);
                Poll::Ready(read)
            }
        }
    }

    /// What is said of a record that does not match, which was read just now.
    fn mismatch(&self, record: &Record, wrong: WireError) -> Option<Problem> {
        match self {
            Self::Here(source) => Some(source.feed.mismatch(record, wrong)),
            Self::Away(_) | Self::Over => None,
        }
    }
}

impl<T, E: Failure> Stream for Streaming<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let last = match ready!(self.work.poll(context)) {
            None => None,
            Some(Err(broken)) => Some(Err(broken.into_error())),
            Some(Ok(record)) => match (self.decoder)(&record) {
                Ok(Some(item)) => return Poll::Ready(Some(Ok(item))),
                Ok(None) => None,
                Err(wrong) => {
                    return Poll::Ready(self.work.mismatch(&record, wrong).map(|problem| Err(problem.into())));
                }
            },
        };
        self.work = Work::Over;
        Poll::Ready(last)
    }
}

impl<T, E> fmt::Debug for Opening<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Opening")
    }
}

impl<T, E> fmt::Debug for Streaming<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Streaming");
        shown.field("status", &self.status).field("headers", &Shown(&self.headers)).finish_non_exhaustive()
    }
}
