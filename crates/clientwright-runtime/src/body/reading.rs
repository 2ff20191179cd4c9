//! A reader as a body.
//!
//! In: a reader. Out: its chunks, larger ones where it has much to give. Never happens: a caller's runtime blocked by it where
//! that runtime has threads for such work.

use std::io;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};

use crate::timer;
use crate::transport::{BoxFuture, TransportError};

/// Bytes read at a time, at first and at most.
const FIRST: usize = 16 * 1024;
const MOST: usize = 256 * 1024;

type Reader = Box<dyn io::Read + Send>;

type Chunk = Option<Result<Bytes, TransportError>>;

/// A reader, or what is being read from it.
pub(super) struct Reading {
    reader: Option<Reader>,
    size: usize,
    away: Option<BoxFuture<Option<(Reader, Chunk)>>>,
}

impl Reading {
    pub(super) fn new(reader: impl io::Read + Send + 'static) -> Self {
        Self { reader: Some(Box::new(reader)), size: FIRST, away: None }
    }

    pub(super) fn read(&mut self) -> Chunk {
        let chunk = read(self.reader.as_mut()?, self.size);
        self.grow(&chunk);
        chunk
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Chunk> {
        if self.away.is_none() {
            let (Some(mut reader), size) = (self.reader.take(), self.size) else { return Poll::Ready(None) };
            self.away = Some(Box::pin(timer::apart(move || {
                let chunk = read(&mut reader, size);
                (reader, chunk)
            })));
        }
        let Some(away) = &mut self.away else { return Poll::Ready(None) };
        let back = ready!(away.as_mut().poll(context));
        self.away = None;
        let Some((reader, chunk)) = back else {
            return Poll::Ready(Some(Err(TransportError::other("the runtime ends"))));
        };
        self.reader = Some(reader);
        self.grow(&chunk);
        Poll::Ready(chunk)
    }

    fn grow(&mut self, chunk: &Chunk) {
        if matches!(chunk, Some(Ok(chunk)) if chunk.len() == self.size) {
            self.size = (self.size * 2).min(MOST);
        }
    }
}

fn read(reader: &mut Reader, size: usize) -> Chunk {
    let mut chunk = BytesMut::zeroed(size);
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return None,
            Ok(count) => {
                chunk.truncate(count);
                return Some(Ok(chunk.freeze()));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Some(Err(TransportError::from_read(error))),
        }
    }
}
