//! Why there is no answer.
//!
//! In: what a transport ran into. Out: how far the request came, the cause, and (once it reaches the caller) the URL
//! without its secrets. Never happens: a URL taken over from the transport's own error.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;

use crate::error::Context;

/// The request had no answer, or the answer broke off: connection, TLS, DNS.
pub struct TransportError(Box<Inner>);

struct Inner {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
    context: Option<Arc<Context>>,
}

/// How far the request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TransportErrorKind {
    Connect,
    ConnectTimeout,
    Timeout,
    Idle,
    Interrupted,
    Garbled,
    Other,
}

impl TransportError {
    /// The connection could not be made: nothing of the request was received.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Connect, Some(source.into()))
    }

    /// The connection was not made in time: nothing of the request was received.
    #[must_use]
    pub fn connect_timeout() -> Self {
        Self::new(TransportErrorKind::ConnectTimeout, None)
    }

    /// The answer was not there in time; the request may have been received.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(TransportErrorKind::Timeout, None)
    }

    /// The answer stopped coming.
    pub(crate) fn idle() -> Self {
        Self::new(TransportErrorKind::Idle, None)
    }

    /// The connection broke while the request was sent or the answer was read; the request may have been received.
    pub fn interrupted(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Interrupted, Some(source.into()))
    }

    /// The answer cannot be read: its compression, or the form of its body on the connection. The request was received.
    pub fn garbled(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Garbled, Some(source.into()))
    }

    /// Anything else that a second attempt would not change.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Other, Some(source.into()))
    }

    /// Whether the connection was never made, so that nothing of the request was received.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout)
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        let kind = self.0.kind;
        matches!(kind, TransportErrorKind::Timeout | TransportErrorKind::Idle | TransportErrorKind::ConnectTimeout)
    }

    /// Whether the answer broke off, or could not be read.
    pub(crate) fn is_interrupted(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::Interrupted | TransportErrorKind::Garbled)
    }

    /// Whether the connection broke or time ran out, so that the request may have been received.
    pub(crate) fn is_lost(&self) -> bool {
        self.is_interrupted() || self.is_timeout()
    }

    /// What failed while a body was read: time that ran out inside of a reader stays a timeout.
    pub(crate) fn from_read(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(own) => own,
            Err(error) if error.kind() == io::ErrorKind::TimedOut => Self::timeout(),
            Err(error) => Self::interrupted(error),
        }
    }

    pub(crate) fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    pub(crate) fn context(&self) -> Option<&Context> {
        self.0.context.as_deref()
    }

    pub(crate) fn with(mut self, context: &Arc<Context>) -> Self {
        self.0.context = Some(Arc::clone(context));
        self
    }

    fn new(kind: TransportErrorKind, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Box::new(Inner { kind, source, context: None }))
    }

    /// The text of the innermost cause, which says most.
    fn cause(&self) -> Option<String> {
        let mut cause: &(dyn StdError + 'static) = self.0.source.as_deref()?;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        Some(cause.to_string())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(context) = &self.0.context {
            write!(formatter, "{} {}: ", context.method, context.url())?;
        }
        formatter.write_str(match self.0.kind {
            TransportErrorKind::Connect => "the connection could not be made",
            TransportErrorKind::ConnectTimeout => "the connection was not made in time",
            TransportErrorKind::Timeout => "no answer in time",
            TransportErrorKind::Idle => "the answer stopped coming",
            TransportErrorKind::Interrupted => "the connection broke",
            TransportErrorKind::Garbled => "the answer could not be read",
            TransportErrorKind::Other => "the request could not be sent",
        })?;
        self.cause().map_or(Ok(()), |cause| write!(formatter, ": {cause}"))
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("TransportError");
        shown.field("kind", &self.0.kind).field("source", &self.0.source);
        if let Some(context) = &self.0.context {
            shown.field("method", &context.method).field("url", &context.url());
        }
        shown.finish()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
