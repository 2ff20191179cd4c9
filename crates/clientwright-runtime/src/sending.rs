//! The futures that calls give.
//!
//! In: the work, the same type for all operations, and the decoder of one. Out: the answer. Never happens: anything
//! before the first poll; the work compiled once more for each operation.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use crate::decode::Decoder;
use crate::error::{Error, Failure, NoDocumentedError};
use crate::plan::Ended;
use crate::response::Response;
use crate::transport::BoxFuture;

/// A call under way: gives [`Response<T>`](Response) or [`Error<E>`](Error). Nothing happens before it is polled; if it is
/// dropped, the request may or may not have been received.
#[must_use = "a request does nothing until its future is awaited"]
pub struct Sending<T, E> {
    work: BoxFuture<Ended>,
    success: Decoder<T>,
    failure: std::marker::PhantomData<fn() -> E>,
}

/// A call under way whose answer is given as it comes, whatever its status.
#[must_use = "a request does nothing until its future is awaited"]
pub struct SendingRaw(BoxFuture<Ended>);

impl<T, E> Sending<T, E> {
    pub(crate) fn new(work: impl Future<Output = Ended> + Send + 'static, success: Decoder<T>) -> Self {
        Self { work: Box::pin(work), success, failure: std::marker::PhantomData }
    }
}

impl SendingRaw {
    pub(crate) fn new(work: impl Future<Output = Ended> + Send + 'static) -> Self {
        Self(Box::pin(work))
    }
}

impl<T, E: Failure> Future for Sending<T, E> {
    type Output = Result<Response<T>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.work.as_mut().poll(context));
        Poll::Ready(match reply {
            Ok(reply) => reply.read(self.success),
            Err(problem) => Err(problem.into()),
        })
    }
}

impl Future for SendingRaw {
    type Output = Result<http::Response<Bytes>, Error<NoDocumentedError>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.0.as_mut().poll(context));
        Poll::Ready(reply.map_err(Error::from).and_then(|reply| reply.into_http()))
    }
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sending")
    }
}

impl fmt::Debug for SendingRaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SendingRaw")
    }
}
