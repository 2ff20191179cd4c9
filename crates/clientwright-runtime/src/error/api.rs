//! Documented failures.
//!
//! In: an answer with a documented status. Out: its status, headers and typed body. Never happens: a body that was only
//! guessed at.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use super::{Context, Shown, header, request_id};
use crate::decode::Mismatch;
use crate::reply::Reply;

/// The documented failures of an operation; implemented with [`failure!`](crate::failure).
pub trait Failure: Sized {
    /// Reads the failure that the answer's status stands for; `None` where it is not documented.
    fn decode(reply: &Reply) -> Option<Result<Self, Mismatch>>;
}

/// The failures of an operation that documents none: it has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoDocumentedError {}

impl Failure for NoDocumentedError {
    fn decode(_reply: &Reply) -> Option<Result<Self, Mismatch>> {
        None
    }
}

impl fmt::Display for NoDocumentedError {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

/// An answer with a documented failure status.
#[derive(Clone)]
pub struct ApiError<E>(Box<Inner<E>>);

#[derive(Clone)]
struct Inner<E> {
    head: Head,
    body: E,
}

/// What is the same for all operations, so that it is compiled once.
#[derive(Clone)]
struct Head {
    status: StatusCode,
    headers: HeaderMap,
    excerpt: String,
    context: Arc<Context>,
}

impl Head {
    fn new(reply: &Reply) -> Self {
        Self {
            status: reply.status(),
            headers: reply.headers().clone(),
            excerpt: super::excerpt(reply.body()),
            context: Arc::clone(reply.context()),
        }
    }
}

impl<E> ApiError<E> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.head.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.head.headers
    }

    /// The value of one header, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.0.head.headers, name)
    }

    /// What the server calls this request: see [`Error::request_id`](crate::Error::request_id).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.0.head.headers)
    }

    /// The variant that the status stands for, with its typed body.
    #[must_use]
    pub fn body(&self) -> &E {
        &self.0.body
    }

    /// The variant that the status stands for, with its typed body.
    #[must_use]
    pub fn into_body(self) -> E {
        self.0.body
    }

    pub(crate) fn new(reply: &Reply, body: E) -> Self {
        Self(Box::new(Inner { head: Head::new(reply), body }))
    }

    pub(crate) fn context(&self) -> &Context {
        &self.0.head.context
    }

    pub(crate) fn map<T>(self, map: impl FnOnce(E) -> T) -> ApiError<T> {
        let Inner { head, body } = *self.0;
        ApiError(Box::new(Inner { head, body: map(body) }))
    }

    pub(crate) fn try_map<T>(self, map: impl FnOnce(E) -> Result<T, E>) -> Result<ApiError<T>, Self> {
        let Inner { head, body } = *self.0;
        match map(body) {
            Ok(body) => Ok(ApiError(Box::new(Inner { head, body }))),
            Err(body) => Err(Self(Box::new(Inner { head, body }))),
        }
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.0.head.context, self.0.head.status)?;
        if self.0.head.excerpt.is_empty() { Ok(()) } else { write!(formatter, ": {}", self.0.head.excerpt) }
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("ApiError");
        shown
            .field("status", &self.0.head.status)
            .field("headers", &Shown(&self.0.head.headers))
            .field("body", &self.0.body);
        shown.finish()
    }
}
