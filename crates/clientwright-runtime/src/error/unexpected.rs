//! Answers that the document does not describe.
//!
//! In: an answer with an undocumented status or media type, or whose body does not match. Out: its status, its headers,
//! and its bytes. Never happens: more bytes than the limit of the client; more than a line of them shown.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Context, Shown, excerpt, header};
use crate::reply::Reply;
use crate::wire::WireError;

/// An answer with an undocumented status, or of another media type than is documented for it; also a redirect that was
/// not followed because it leads to another origin, see its `location` header.
#[derive(Clone)]
pub struct UnexpectedError(Box<Answer>);

/// An answer whose body is not what the document says, or longer than the client allows.
#[derive(Clone)]
pub struct DecodeError(Box<(Answer, WireError, bool)>);

#[derive(Clone)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
    context: Arc<Context>,
}

impl UnexpectedError {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The value of one header, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.0.headers, name)
    }

    /// The body.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }

    pub(crate) fn new(reply: Reply) -> Self {
        Self(Box::new(Answer::new(reply)))
    }

    pub(crate) fn context(&self) -> &Context {
        &self.0.context
    }
}

impl DecodeError {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.0.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.0.headers
    }

    /// The value of one header, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.0.0.headers, name)
    }

    /// The body, or as much of it as the client allows.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.0.0.bytes
    }

    /// Where the body does not match, like `data.numbers[0]`; empty for the body as a whole.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.1.path()
    }

    /// What was expected there, as a phrase.
    #[must_use]
    pub fn expected(&self) -> &str {
        self.0.1.expected()
    }

    /// What was found there, as a phrase.
    #[must_use]
    pub fn found(&self) -> &str {
        self.0.1.found()
    }

    /// Whether the body was longer than the client allows: see `max_body` and `max_error_body` of its builder.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.0.2
    }

    pub(crate) fn mismatch(reply: Reply, error: WireError) -> Self {
        Self(Box::new((Answer::new(reply), error, false)))
    }

    pub(crate) fn too_large(reply: Reply, limit: usize) -> Self {
        let error = WireError::new(format!("a body of at most {limit} bytes"), "a longer one");
        Self(Box::new((Answer::new(reply), error, true)))
    }

    pub(crate) fn context(&self) -> &Context {
        &self.0.0.context
    }
}

impl Answer {
    fn new(reply: Reply) -> Self {
        let (parts, bytes, context) = reply.into_parts();
        Self { status: parts.status, headers: parts.headers, bytes, context }
    }

    fn debug(&self, shown: &mut fmt::DebugStruct<'_, '_>) {
        shown.field("status", &self.status).field("headers", &Shown(&self.headers));
        shown.field("length", &self.bytes.len()).field("bytes", &excerpt(&self.bytes));
    }
}

impl fmt::Display for UnexpectedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Answer { status, bytes, context, .. } = self.0.as_ref();
        write!(formatter, "{context}: unexpected {status}")?;
        if let Some(media_type) = self.header("content-type") {
            write!(formatter, " ({})", excerpt(media_type.as_bytes()))?;
        }
        if bytes.is_empty() { Ok(()) } else { write!(formatter, ": {}", excerpt(bytes)) }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Answer { status, context, .. }, error, _) = self.0.as_ref();
        write!(formatter, "{context}: {status}: {error}")
    }
}

impl fmt::Debug for UnexpectedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("UnexpectedError");
        self.0.debug(&mut shown);
        shown.finish()
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("DecodeError");
        shown.field("error", &self.0.1);
        self.0.0.debug(&mut shown);
        shown.finish()
    }
}

impl StdError for UnexpectedError {}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0.1)
    }
}
