//! A call whose answer is asked for in another of its media types.
//!
//! In: the call, and how that answer is read. Out: the same as of any request. Never happens: an answer in a media type
//! that was not asked for, read as if it were.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::Call;
use crate::decode::Decoder;
use crate::error::{Error, Failure, RequestError};
use crate::response::Response;
use crate::retry::Retries;
use crate::sending::{Sending, SendingRaw};

/// A request whose answer is asked for in one of several media types; the methods of generated request types that begin with
/// `accept_` give it.
///
/// An answer that comes in another media type all the same, documented or not, is
/// [`Error::Unexpected`], with its status, headers and bytes.
#[must_use = "a request does nothing until it is sent"]
pub struct Accepting<T, E> {
    call: Call,
    success: Decoder<T>,
    failure: std::marker::PhantomData<fn() -> E>,
}

impl<T, E> Accepting<T, E> {
    pub(super) const fn new(call: Call, success: Decoder<T>) -> Self {
        Self { call, success, failure: std::marker::PhantomData }
    }

    /// Sets how long this call may take with all its attempts, until the last byte of its answer.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { call: self.call.timeout(timeout), ..self }
    }

    /// Sets how long each attempt of this call may take.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        Self { call: self.call.attempt_timeout(timeout), ..self }
    }

    /// Sets whether and how this call is made again where it fails for a reason which passes.
    pub fn retries(self, retries: Retries) -> Self {
        Self { call: self.call.retries(retries), ..self }
    }

    /// Sets a header of this call alone.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self { call: self.call.extra_header(name, value), ..self }
    }

    /// Sends the request and gives the answer as it comes, whatever its status and media type.
    pub fn raw(self) -> SendingRaw {
        self.call.raw()
    }

    /// Sends the request and waits for the answer as it comes, whatever its status and media type.
    ///
    /// # Errors
    ///
    /// Fails where there is no answer, or one that is longer than allowed.
    #[cfg(feature = "blocking")]
    pub fn raw_blocking(self) -> Result<http::Response<Bytes>, Error<crate::NoDocumentedError>> {
        self.call.raw_blocking()
    }

    /// The complete request, with its credentials, without sending it.
    ///
    /// # Errors
    ///
    /// Fails where a value cannot be written, or a credential is missing.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, RequestError> {
        self.call.to_http()
    }
}

impl<T, E: Failure> Accepting<T, E> {
    /// Sends the request when the future is first polled. The future holds all it needs and can be spawned.
    pub fn send(self) -> Sending<T, E> {
        self.call.send(self.success)
    }

    /// Sends the request and waits for the answer. It may be called anywhere, but blocks its thread.
    ///
    /// # Errors
    ///
    /// As `send`.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Response<T>, Error<E>> {
        self.call.send_blocking(self.success)
    }

    /// Reads an answer to this request that came by other means.
    ///
    /// # Errors
    ///
    /// As `send`, but for what only sending can run into.
    pub fn decode(&self, response: http::Response<Bytes>) -> Result<Response<T>, Error<E>> {
        self.call.decode(response, self.success)
    }
}

impl<T, E> Clone for Accepting<T, E> {
    fn clone(&self) -> Self {
        Self { call: self.call.clone(), ..*self }
    }
}

impl<T, E> fmt::Debug for Accepting<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Accepting").field(&self.call).finish()
    }
}
