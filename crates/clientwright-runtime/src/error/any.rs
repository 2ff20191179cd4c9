//! The error of any operation.
//!
//! In: an [`Error`] of whatever operation. Out: one type, so that `?` works across operations, with the same accessors and
//! a way back. Never happens: a documented failure's typed body lost.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;

use super::Error;

/// The error of any operation: what `?` makes of an [`Error<E>`](Error) in a function that calls several.
///
/// ```
/// # use clientwright_runtime::{AnyError, Error, NoDocumentedError};
/// # fn first() -> Result<u8, Error<NoDocumentedError>> { Ok(1) }
/// # fn second() -> Result<u8, Error<std::num::ParseIntError>> { Ok(2) }
/// fn both() -> Result<u8, AnyError> {
///     Ok(first()? + second()?)
/// }
/// # assert_eq!(both().unwrap(), 3);
/// ```
pub struct AnyError(Error<AnyBody>);

/// A documented failure of whatever operation.
pub(crate) struct AnyBody(Box<dyn Documented>);

trait Documented: Any + fmt::Debug + Send + Sync {}

impl<E: Any + fmt::Debug + Send + Sync> Documented for E {}

impl AnyError {
    /// The status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<http::StatusCode> {
        self.0.status()
    }

    /// The headers of the answer, where there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&http::HeaderMap> {
        self.0.headers()
    }

    /// The value of one header of the answer, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.header(name)
    }

    /// What the server calls this request: see [`Error::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id()
    }

    /// Whether the same call may succeed if it is made again: see [`Error::is_retryable`].
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable()
    }

    /// The typed body of a documented failure, where it is an `E`.
    #[must_use]
    pub fn body<E: 'static>(&self) -> Option<&E> {
        match &self.0 {
            Error::Api(error) => error.body().any().downcast_ref(),
            Error::Request(_)
            | Error::Transport(_)
            | Error::Timeout(_)
            | Error::Unexpected(_)
            | Error::Decode(_)
            | Error::File(_) => None,
        }
    }

    /// The error as one of an operation whose documented failures are `E`.
    ///
    /// # Errors
    ///
    /// Gives the same error back where it holds a documented failure of another type.
    pub fn downcast<E: 'static>(self) -> Result<Error<E>, Self> {
        Ok(match self.0 {
            Error::Request(error) => Error::Request(error),
            Error::Transport(error) => Error::Transport(error),
            Error::Timeout(error) => Error::Timeout(error),
            Error::Unexpected(error) => Error::Unexpected(error),
            Error::Decode(error) => Error::Decode(error),
            Error::File(error) => Error::File(error),
            Error::Api(error) => Error::Api(error.try_map(AnyBody::downcast).map_err(|same| Self(Error::Api(same)))?),
        })
    }
}

impl AnyBody {
    fn any(&self) -> &dyn Any {
        self.0.as_ref()
    }

    fn downcast<E: 'static>(self) -> Result<E, Self> {
        if !self.any().is::<E>() {
            return Err(self);
        }
        let body: Box<dyn Any> = self.0;
        // It is an `E`, as was just seen, so that nothing is lost here.
        body.downcast().map(|body| *body).map_err(|_| Self(Box::new(())))
    }
}

impl<E: fmt::Debug + Send + Sync + 'static> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        Self(match error {
            Error::Request(error) => Error::Request(error),
            Error::Transport(error) => Error::Transport(error),
            Error::Timeout(error) => Error::Timeout(error),
            Error::Unexpected(error) => Error::Unexpected(error),
            Error::Decode(error) => Error::Decode(error),
            Error::File(error) => Error::File(error),
            Error::Api(error) => Error::Api(error.map(|body| AnyBody(Box::new(body)))),
        })
    }
}

impl fmt::Debug for AnyBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl StdError for AnyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
