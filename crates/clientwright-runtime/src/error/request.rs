//! Requests that could not be built, and answers that did not come in time.
//!
//! In: the place where building failed, or the limit that was passed. Out: an error that says so. Never happens: the
//! value of a header or a credential in the text.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Context;
use crate::operation::Location;
use crate::secret::TokenError;
use crate::wire::WireError;

/// The request could not be built. Nothing was sent.
#[derive(Clone)]
pub struct RequestError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    operation: &'static str,
    parameter: Option<(Location, String)>,
    reason: String,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl RequestError {
    /// The `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The parameter that cannot be sent, by its name on the wire; `None` where the body, a credential, the URL or a
    /// header of the caller's own is at fault.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        self.0.parameter.as_ref().map(|(_, name)| name.as_str())
    }

    /// What is wrong, as a phrase.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What an `OAuth` 2 server said in place of the token that the request needs.
    #[must_use]
    pub fn token_error(&self) -> Option<&TokenError> {
        self.0.source.as_ref()?.downcast_ref()
    }

    pub(crate) fn new(operation: &'static str, reason: impl Into<String>) -> Self {
        Self(Box::new(Inner { operation, parameter: None, reason: reason.into(), source: None }))
    }

    pub(crate) fn at(mut self, location: Location, name: &str) -> Self {
        self.0.parameter = Some((location, name.to_owned()));
        self
    }

    pub(crate) fn because(mut self, source: WireError) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// A credential that a provider did not give.
    pub(crate) fn without(operation: &'static str, scheme: &str, cause: Arc<dyn StdError + Send + Sync>) -> Self {
        let mut error = Self::new(operation, format!("the credential for `{scheme}` could not be had: {cause}"));
        error.0.source = Some(cause);
        error
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.0.operation)?;
        if let Some((location, name)) = &self.0.parameter {
            write!(formatter, "the {} parameter `{}`: ", location.as_str(), name.escape_debug())?;
        }
        write!(formatter, "{} (nothing was sent)", self.0.reason)
    }
}

impl fmt::Debug for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RequestError({self})")
    }
}

impl StdError for RequestError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// There was no answer in time.
#[derive(Clone)]
pub struct TimeoutError(Box<Late>);

#[derive(Clone)]
struct Late {
    context: Arc<Context>,
    limit: Option<Duration>,
    stage: Stage,
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// A credential that a provider gives.
    Credential,
    /// The connection.
    Connect,
    /// The answer as a whole.
    Answer,
    /// The next part of the answer's body.
    Idle,
}

impl TimeoutError {
    /// The limit that applied: for the call, for an attempt, or between the parts of an answer; `None` where the transport
    /// has a limit of its own.
    #[must_use]
    pub fn limit(&self) -> Option<Duration> {
        self.0.limit
    }

    /// Whether it was the connection that was not made in time.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.stage == Stage::Connect
    }

    /// Whether the server may have received the request, and acted on it.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        matches!(self.0.stage, Stage::Answer | Stage::Idle)
    }

    pub(crate) fn new(context: &Arc<Context>, limit: Option<Duration>, stage: Stage) -> Self {
        // The limit for connections is the transport's.
        let limit = limit.filter(|_| stage != Stage::Connect);
        Self(Box::new(Late { context: Arc::clone(context), limit, stage }))
    }

    pub(crate) fn context(&self) -> &Context {
        &self.0.context
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}: ", self.0.context.method, self.0.context.url())?;
        match (self.0.stage, self.0.limit) {
            (Stage::Credential, _) => formatter.write_str("the credential was not there in time (nothing was sent)"),
            (Stage::Connect, _) => formatter.write_str("the connection was not made in time (nothing was sent)"),
            (Stage::Idle, limit) => {
                write!(formatter, "the answer stopped coming for {:?}", limit.unwrap_or_default())?;
                formatter.write_str(" (the request was received)")
            }
            (Stage::Answer, Some(limit)) => {
                write!(formatter, "no answer within {limit:?} (the request may have been received)")
            }
            (Stage::Answer, None) => formatter.write_str("no answer in time (the request may have been received)"),
        }
    }
}

impl fmt::Debug for TimeoutError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TimeoutError({self})")
    }
}

impl StdError for TimeoutError {}
