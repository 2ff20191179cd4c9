//! The chunks of a body, each within a time after the one before.
//!
//! In: the body of an answer, and how long it may stand still. Out: its chunks. Never happens: time counted while nobody asks
//! for a chunk.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use crate::body::Body;
use crate::timer;
use crate::transport::{BoxFuture, TransportError};

/// What a body gives next.
pub(super) type Chunk = Option<Result<Bytes, TransportError>>;

/// A body that is read asynchronously.
pub(super) struct Chunks {
    body: Body,
    idle: Option<Duration>,
    /// Rings where the next chunk is late.
    alarm: Option<BoxFuture<()>>,
}

impl Chunks {
    pub(super) fn new(body: Body, idle: Option<Duration>) -> Self {
        Self { body, idle, alarm: None }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Chunk> {
        if let Poll::Ready(chunk) = self.body.poll_chunk(context) {
            self.alarm = None;
            return Poll::Ready(chunk);
        }
        let Some(idle) = self.idle else { return Poll::Pending };
        let alarm = self.alarm.get_or_insert_with(|| timer::sleep(idle));
        Pin::new(alarm).poll(context).map(|()| Some(Err(TransportError::idle())))
    }

    pub(super) async fn next(&mut self) -> Chunk {
        std::future::poll_fn(|context| self.poll(context)).await
    }
}

/// A body that is read by a thread that waits for it.
#[cfg(feature = "blocking")]
pub(super) enum ChunksBlocking {
    Here(Body),
    /// Read by another thread, because a reader cannot be told to give up.
    Apart(std::sync::mpsc::Receiver<Chunk>, Duration),
}

#[cfg(feature = "blocking")]
impl ChunksBlocking {
    pub(super) fn new(body: Body, idle: Option<Duration>) -> Self {
        match idle {
            Some(idle) if body.is_reader() => Self::Apart(body.apart(), idle),
            Some(_) | None => Self::Here(body),
        }
    }

    pub(super) fn next(&mut self) -> Chunk {
        match self {
            Self::Here(body) => body.read_chunk(),
            Self::Apart(chunks, idle) => {
                chunks.recv_timeout(*idle).unwrap_or_else(|_| Some(Err(TransportError::idle())))
            }
        }
    }
}
