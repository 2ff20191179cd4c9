//! The bytes of an answer, chunk by chunk.
//!
//! In: a call. Out: the head of its answer, then its chunks as they come, or a file of them. Never happens: a file under the name
//! that was asked for which is not whole; more than a few chunks in memory.

use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;

use super::chunks::Chunks;
#[cfg(feature = "blocking")]
use super::chunks::ChunksBlocking;
use super::feed::Head;
use super::opened::{Opened, Wanted};
use crate::body::Body;
use crate::call::Call;
use crate::error::{Error, Failure, Problem, Shown, header};
use crate::file::{self, Partial};
use crate::reply::Reply;
use crate::transport::{BoxFuture, TransportError};

/// Bytes that are put together before they are written to a file.
const PIECE: usize = 256 * 1024;

/// A call under way whose answer is not read into memory: gives [`Download`] when the answer begins. The limit of time of the
/// call holds until then.
#[must_use = "a request does nothing until its future is awaited"]
pub struct Downloading<E> {
    work: BoxFuture<Result<Opened, Problem>>,
    failure: std::marker::PhantomData<fn() -> E>,
}

/// What is known of an answer whose bytes are to come, the same for all operations.
struct Known {
    head: Head,
    idle: Option<std::time::Duration>,
}

/// The bytes of an answer, as a [`Stream`] of chunks: each is read when it is polled for. After an error the stream has ended.
/// The client's `max_body`, which bounds memory, does not bound it; see [`length`](Self::length).
#[must_use = "what comes is lost unless it is read"]
pub struct Download<E> {
    known: Known,
    /// None where there is no more.
    chunks: Option<Chunks>,
    failure: std::marker::PhantomData<fn() -> E>,
}

impl Call {
    /// Sends the call when the future is first polled, and gives its answer when it begins.
    pub fn download<E: Failure>(self) -> Downloading<E> {
        Downloading { work: Box::pin(self.open(Wanted::Bytes)), failure: std::marker::PhantomData }
    }
}

impl<E: Failure> Future for Downloading<E> {
    type Output = Result<Download<E>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let opened = ready!(self.work.as_mut().poll(context))?;
        let (known, body) = Known::of(opened).map_err(|reply| reply.refused())?;
        let chunks = Some(Chunks::new(body, known.idle));
        Poll::Ready(Ok(Download { known, chunks, failure: std::marker::PhantomData }))
    }
}

impl Known {
    fn of(opened: Opened) -> Result<(Self, Body), Box<Reply>> {
        let Opened { mut reply, origin } = opened;
        match reply.take_body(Wanted::Bytes) {
            Some(body) => Ok((Self { head: Head::of(*reply), idle: origin.limits.idle }, body)),
            None => Err(reply),
        }
    }

    fn fail(&self, error: TransportError) -> Problem {
        self.head.fail(error, self.idle)
    }

    /// A length that is stated of what is compressed is not that of what comes out, and transports remove it then.
    fn length(&self) -> Option<u64> {
        header(&self.head.parts.headers, CONTENT_LENGTH.as_str())?.parse().ok()
    }
}

impl<E: Failure> Download<E> {
    /// The next chunk, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Fails where the connection breaks or stands still.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error<E>> {
        self.next().await.transpose()
    }

    /// Writes what is left to a file, and gives the number of bytes. The file appears under its name, perhaps in place of
    /// another one, when it is whole; until then it has `.part` behind it.
    ///
    /// # Errors
    ///
    /// Fails where the connection breaks or stands still, and where the file cannot be written.
    pub async fn save(mut self, path: impl AsRef<Path>) -> Result<u64, Error<E>> {
        let path = path.as_ref();
        let target = path.to_owned();
        let mut file = file::apart(path, move || Partial::create(target)).await.map_err(Problem::File)?;
        let mut piece = Vec::new();
        loop {
            let chunk = self.try_next().await?;
            let over = chunk.is_none();
            piece.extend(chunk);
            if over || piece.iter().map(Bytes::len).sum::<usize>() >= PIECE {
                let full = std::mem::take(&mut piece);
                file = file::apart(path, move || file.write(&full)).await.map_err(Problem::File)?;
            }
            if over {
                return Ok(file::apart(path, move || file.finish()).await.map_err(Problem::File)?);
            }
        }
    }
}

impl<E> Download<E> {
    crate::response::head!(known.head.parts.status, known.head.parts.headers);

    /// How many bytes there are in all, where the server says it.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.known.length()
    }
}

impl<E: Failure> Stream for Download<E> {
    type Item = Result<Bytes, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
        match ready!(chunks.poll(context)) {
            Some(Ok(chunk)) => Poll::Ready(Some(Ok(chunk))),
            end => {
                self.chunks = None;
                Poll::Ready(end.map(|chunk| chunk.map_err(|error| self.known.fail(error).into())))
            }
        }
    }
}

/// The bytes of an answer, as an iterator of chunks: each is waited for when it is iterated to. After an error the iterator has
/// ended. The client's `max_body`, which bounds memory, does not bound it; see [`length`](Self::length).
#[cfg(feature = "blocking")]
#[must_use = "what comes is lost unless it is read"]
pub struct DownloadBlocking<E> {
    known: Known,
    chunks: Option<ChunksBlocking>,
    failure: std::marker::PhantomData<fn() -> E>,
}

#[cfg(feature = "blocking")]
impl Call {
    /// Sends the call and waits until its answer begins.
    ///
    /// # Errors
    ///
    /// As [`Error`] says.
    pub fn download_blocking<E: Failure>(self) -> Result<DownloadBlocking<E>, Error<E>> {
        let (known, body) = Known::of(self.open_blocking(Wanted::Bytes)?).map_err(|reply| reply.refused())?;
        let chunks = Some(ChunksBlocking::new(body, known.idle));
        Ok(DownloadBlocking { known, chunks, failure: std::marker::PhantomData })
    }
}

#[cfg(feature = "blocking")]
impl<E: Failure> DownloadBlocking<E> {
    /// Writes what is left to a file: see [`Download::save`].
    ///
    /// # Errors
    ///
    /// Fails where the connection breaks or stands still, and where the file cannot be written.
    pub fn save(self, path: impl AsRef<Path>) -> Result<u64, Error<E>> {
        let mut file = Partial::create(path.as_ref().to_owned()).map_err(Problem::File)?;
        for chunk in self {
            file = file.write(&[chunk?]).map_err(Problem::File)?;
        }
        Ok(file.finish().map_err(Problem::File)?)
    }
}

#[cfg(feature = "blocking")]
impl<E> DownloadBlocking<E> {
    crate::response::head!(known.head.parts.status, known.head.parts.headers);

    /// How many bytes there are in all, where the server says it.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.known.length()
    }
}

#[cfg(feature = "blocking")]
impl<E: Failure> Iterator for DownloadBlocking<E> {
    type Item = Result<Bytes, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.chunks.as_mut()?.next() {
            Some(Ok(chunk)) => Some(Ok(chunk)),
            end => {
                self.chunks = None;
                end.map(|chunk| chunk.map_err(|error| self.known.fail(error).into()))
            }
        }
    }
}

impl<E> fmt::Debug for Downloading<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Downloading")
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &self.head.parts;
        write!(formatter, "Download({}, {:?})", parts.status, Shown(&parts.headers))
    }
}

impl<E> fmt::Debug for Download<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.known.fmt(formatter)
    }
}

#[cfg(feature = "blocking")]
impl<E> fmt::Debug for DownloadBlocking<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.known.fmt(formatter)
    }
}
