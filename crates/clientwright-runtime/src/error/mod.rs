//! What can go wrong with a call: one type for all operations of all clients.
//!
//! In: a request that could not be built, a transport's failure, or an answer that is no success. Out: [`Error`], small,
//! with its payload on the heap, and [`AnyError`] for code that calls several operations. Never happens: a credential, a
//! query's secret or a whole body in `Display` or `Debug`.

mod any;
mod api;
mod context;
mod request;
#[cfg(test)]
mod tests;
mod unexpected;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use self::any::AnyError;
pub use self::api::{ApiError, Failure, NoDocumentedError};
pub(crate) use self::context::{Context, Shown, excerpt};
pub(crate) use self::request::Stage;
pub use self::request::{RequestError, TimeoutError};
pub use self::unexpected::{DecodeError, UnexpectedError};
use crate::file::FileError;
use crate::retry;
pub use crate::transport::TransportError;
use crate::transport::TransportErrorKind;

/// Why a call gave no success; `E` is the operation's enum of documented failures.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be built: which parameter, why. Nothing was sent.
    Request(RequestError),
    /// There was no answer: connection, TLS, DNS.
    Transport(TransportError),
    /// There was no answer in time. The request may have been received.
    Timeout(TimeoutError),
    /// A documented failure: status, headers, typed body.
    Api(ApiError<E>),
    /// An undocumented status, or a documented one whose body is of another media type (an HTML page).
    Unexpected(UnexpectedError),
    /// The body did not match, or was longer than allowed.
    Decode(DecodeError),
    /// A file could not be read to be sent, or not be written.
    File(FileError),
}

impl<E> Error<E> {
    /// The status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<http::StatusCode> {
        self.reply().map(|(status, _)| status)
    }

    /// The headers of the answer, where there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&http::HeaderMap> {
        self.reply().map(|(_, headers)| headers)
    }

    /// The value of one header of the answer, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.headers()?, name)
    }

    /// What the server calls this request, to be told to its operators: the first of `x-request-id`, `request-id`,
    /// `x-amzn-requestid`, `x-amz-request-id`, `x-ms-request-id`, `x-correlation-id`, `x-trace-id`, `cf-ray`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }

    /// Whether the same call may succeed if it is made again, and making it again does no harm:
    ///
    /// - the connection could not be made, so that nothing was received, or a token could not be had that may be had later;
    /// - the server said that it did nothing: 408, 425, 429, 503;
    /// - time ran out, the connection broke, or the server failed (500, 502, 504), and the method is idempotent
    ///   (RFC 9110, section 9.2.2: GET, HEAD, OPTIONS, TRACE, PUT, DELETE), the document says that the operation is, or
    ///   the request had an idempotency key.
    ///
    /// The client has made the call again already as far as its [`Retries`](crate::Retries) go.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Request(error) => retry::after_request(error),
            Self::Transport(error) => retry::after_failure(error, error.context()),
            Self::Timeout(error) => retry::after_timeout(error),
            Self::Api(error) => retry::after_status(error.status(), error.context()),
            Self::Unexpected(error) => retry::after_status(error.status(), error.context()),
            Self::Decode(error) => retry::after_status(error.status(), error.context()),
            Self::File(_) => false,
        }
    }

    /// How long the server asks to wait before the next call: `Retry-After`, or the end of a rate limit's window.
    #[must_use]
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        match self {
            Self::Request(error) => error.token_error()?.retry_after(),
            Self::Transport(_) | Self::Timeout(_) | Self::File(_) => None,
            Self::Api(_) | Self::Unexpected(_) | Self::Decode(_) => retry::asked(self.headers()?),
        }
    }

    fn reply(&self) -> Option<(http::StatusCode, &http::HeaderMap)> {
        match self {
            Self::Request(_) | Self::Transport(_) | Self::Timeout(_) | Self::File(_) => None,
            Self::Api(error) => Some((error.status(), error.headers())),
            Self::Unexpected(error) => Some((error.status(), error.headers())),
            Self::Decode(error) => Some((error.status(), error.headers())),
        }
    }
}

impl<E: fmt::Debug> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => fmt::Display::fmt(error, formatter),
            Self::Transport(error) => fmt::Display::fmt(error, formatter),
            Self::Timeout(error) => fmt::Display::fmt(error, formatter),
            Self::Api(error) => fmt::Display::fmt(error, formatter),
            Self::Unexpected(error) => fmt::Display::fmt(error, formatter),
            Self::Decode(error) => fmt::Display::fmt(error, formatter),
            Self::File(error) => fmt::Display::fmt(error, formatter),
        }
    }
}

impl<E: fmt::Debug + 'static> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::File(error) => error.source(),
            Self::Timeout(_) | Self::Api(_) | Self::Unexpected(_) => None,
        }
    }
}

/// The part of [`Error`] that is the same for all operations.
#[derive(Debug)]
pub(crate) enum Problem {
    Request(RequestError),
    Transport(TransportError),
    Timeout(TimeoutError),
    Unexpected(UnexpectedError),
    Decode(DecodeError),
    File(FileError),
}

impl Problem {
    /// What a transport ran into, in the words of the call: which limit of time it was, and of which request.
    pub(crate) fn of_transport(
        error: TransportError,
        context: &Arc<Context>,
        limit: Option<Duration>,
        idle: Option<Duration>,
    ) -> Self {
        let late = |limit, stage| Self::Timeout(TimeoutError::new(context, limit, stage));
        match error.kind() {
            TransportErrorKind::Timeout => late(limit, Stage::Answer),
            TransportErrorKind::Idle => late(idle, Stage::Idle),
            TransportErrorKind::ConnectTimeout => late(None, Stage::Connect),
            TransportErrorKind::Connect
            | TransportErrorKind::Interrupted
            | TransportErrorKind::Garbled
            | TransportErrorKind::Other => Self::Transport(error.with(context)),
        }
    }
}

impl<E> From<Problem> for Error<E> {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Request(error) => Self::Request(error),
            Problem::Transport(error) => Self::Transport(error),
            Problem::Timeout(error) => Self::Timeout(error),
            Problem::Unexpected(error) => Self::Unexpected(error),
            Problem::Decode(error) => Self::Decode(error),
            Problem::File(error) => Self::File(error),
        }
    }
}

impl From<Error<NoDocumentedError>> for Problem {
    fn from(error: Error<NoDocumentedError>) -> Self {
        match error {
            Error::Request(error) => Self::Request(error),
            Error::Transport(error) => Self::Transport(error),
            Error::Timeout(error) => Self::Timeout(error),
            Error::Api(error) => match *error.body() {},
            Error::Unexpected(error) => Self::Unexpected(error),
            Error::Decode(error) => Self::Decode(error),
            Error::File(error) => Self::File(error),
        }
    }
}

pub(crate) fn header<'a>(headers: &'a http::HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

pub(crate) fn request_id(headers: &http::HeaderMap) -> Option<&str> {
    const NAMES: [&str; 8] = [
        "x-request-id",
        "request-id",
        "x-amzn-requestid",
        "x-amz-request-id",
        "x-ms-request-id",
        "x-correlation-id",
        "x-trace-id",
        "cf-ray",
    ];
    NAMES.iter().find_map(|name| header(headers, name))
}
