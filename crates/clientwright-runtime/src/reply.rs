//! An answer that was read into memory, before it is known what it means.
//!
//! In: status, headers, bytes. Out: a [`Response`] or an [`Error`], decided by status and media type:
//!
//! - a success status (2xx, also an undocumented one: a create that succeeded must not look as if it had failed) is read
//!   as the operation's success;
//! - a documented failure status is read as that failure, the exact status before its range before `default`;
//! - any other status, and a body of another media type than is documented, is [`Error::Unexpected`];
//! - a body that does not match, or is longer than allowed, is [`Error::Decode`].
//!
//! Never happens: a body without `Content-Type` refused for that.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::decode::{Decoder, Mismatch};
use crate::error::{ApiError, Context, DecodeError, Error, Failure, Problem, UnexpectedError};
use crate::operation::{Operation, pick};
use crate::response::Response;

/// An answer in memory; what decoders read.
#[derive(Clone)]
pub struct Reply {
    parts: http::response::Parts,
    body: Bytes,
    operation: &'static Operation,
    context: Arc<Context>,
    /// The media type that was asked for in place of the operation's.
    asked: Option<&'static str>,
    /// The limit that the body went over.
    limit: Option<usize>,
}

impl Reply {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The media type in lower case, without parameters; `None` where the answer does not say.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        self.essence().map(str::to_ascii_lowercase)
    }

    /// The media type as it came, without parameters.
    pub(crate) fn essence(&self) -> Option<&str> {
        let text = self.parts.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let end = text.bytes().position(|byte| byte == b';').unwrap_or(text.len());
        let essence = text.get(..end).unwrap_or_default().trim();
        (!essence.is_empty()).then_some(essence)
    }

    /// Which of `patterns` (`404`, `4XX`, `default`) the status falls under: the exact one, else its range, else
    /// `default`, which stands for failures.
    #[must_use]
    pub fn pick<'a>(&self, patterns: &[&'a str]) -> Option<&'a str> {
        pick(self.parts.status, patterns)
    }

    #[inline]
    pub(crate) fn new(
        parts: http::response::Parts,
        body: Bytes,
        operation: &'static Operation,
        context: Arc<Context>,
    ) -> Self {
        Self { parts, body, operation, context, asked: None, limit: None }
    }

    #[inline]
    pub(crate) const fn asked(mut self, asked: Option<&'static str>) -> Self {
        self.asked = asked;
        self
    }

    /// Takes the body, which may have gone over this limit.
    pub(crate) fn fill(&mut self, body: Bytes, limit: Option<usize>) {
        self.body = body;
        self.limit = limit;
    }

    pub(crate) fn parts_mut(&mut self) -> &mut http::response::Parts {
        &mut self.parts
    }

    pub(crate) const fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) fn context(&self) -> &Arc<Context> {
        &self.context
    }

    /// Whether this media type, or a range with it, was asked for: by the call, of a success, or else by the operation's
    /// `Accept` header.
    pub(crate) fn accepts(&self, media_type: &str) -> bool {
        let asked = self.asked.filter(|_| self.is_success()).unwrap_or(self.operation.accept);
        let mut ranges = asked.split(',').map(|range| range.split(';').next().unwrap_or_default().trim());
        let within = |range: &str| match range.strip_suffix('*') {
            Some("*/") => true,
            Some(start) => media_type.starts_with(start),
            None => range.eq_ignore_ascii_case(media_type),
        };
        asked.is_empty() || ranges.any(within)
    }

    /// The way to the member of the body that is taken for it.
    pub(crate) const fn envelope(&self) -> &'static [&'static str] {
        self.operation.envelope
    }

    pub(crate) fn into_parts(self) -> (http::response::Parts, Bytes, Arc<Context>) {
        (self.parts, self.body, self.context)
    }

    /// The answer as it came.
    pub(crate) fn into_http<E>(self) -> Result<http::Response<Bytes>, Error<E>> {
        match self.limit {
            Some(limit) => Err(Error::Decode(DecodeError::too_large(self, limit))),
            None => Ok(http::Response::from_parts(self.parts, self.body)),
        }
    }

    /// What the answer means for an operation.
    pub(crate) fn read<T, E: Failure>(self, success: Decoder<T>) -> Result<Response<T>, Error<E>> {
        // This is compiled for every operation, so it only calls what is compiled once.
        if self.is_success() {
            return match success(&self) {
                Ok(body) => Ok(Response::new(self.parts, body)),
                Err(mismatch) => Err(self.refuse(Some(mismatch)).into()),
            };
        }
        let refused = match (self.limit, E::decode(&self)) {
            (None, Some(Ok(body))) => return Err(Error::Api(ApiError::new(&self, body))),
            (_, Some(Err(mismatch))) => self.refuse(Some(mismatch)),
            (_, Some(Ok(_)) | None) => self.refuse(None),
        };
        Err(refused.into())
    }

    fn is_success(&self) -> bool {
        self.limit.is_none() && (self.pick(self.operation.success).is_some() || self.status().is_success())
    }

    fn refuse(self, mismatch: Option<Mismatch>) -> Problem {
        if let Some(limit) = self.limit {
            return Problem::Decode(DecodeError::too_large(self, limit));
        }
        match mismatch.and_then(Mismatch::into_wire) {
            // Many servers leave out the body that is documented for a failure; and a status that never has one (RFC 9110,
            // sections 15.3.5 and 15.3.6) is not the success that has.
            Some(_) if self.body.is_empty() && (!self.is_success() || matches!(self.status().as_u16(), 204 | 205)) => {
                Problem::Unexpected(UnexpectedError::new(self))
            }
            Some(error) => Problem::Decode(DecodeError::mismatch(self, error)),
            None => Problem::Unexpected(UnexpectedError::new(self)),
        }
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Reply({}, {} bytes)", self.parts.status, self.body.len())
    }
}
