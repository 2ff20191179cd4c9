//! Why an `OAuth` 2 server gave no token.
//!
//! In: its answer, or that there was none. Out: the code it gave (RFC 6749, section 5.2), in words for people and for
//! programs. Never happens: what was sent to it in the text, also where the server repeats it.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::transport::TransportError;

/// A token that an `OAuth` 2 server did not give. [`RequestError::token_error`](crate::RequestError::token_error) finds it.
#[derive(Debug)]
pub struct TokenError {
    answer: Option<Answer>,
    transport: Option<TransportError>,
    /// Whether a token that was given and did not arrive can be given again.
    repeatable: bool,
}

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) code: Option<String>,
    pub(super) description: String,
    pub(super) retry_after: Option<Duration>,
}

impl TokenError {
    /// The status of the server's answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer.as_ref().map(|answer| answer.status)
    }

    /// What the server calls it: `invalid_client`, `invalid_grant` (a refresh token that is no longer good),
    /// `invalid_scope`; where it said so.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.answer.as_ref()?.code.as_deref()
    }

    /// What the server says of it to people, or what is wrong with its answer; on one line.
    #[must_use]
    pub fn description(&self) -> &str {
        self.answer.as_ref().map_or("", |answer| &answer.description)
    }

    /// Why there was no answer, where there was none.
    #[must_use]
    pub const fn transport(&self) -> Option<&TransportError> {
        self.transport.as_ref()
    }

    /// Whether asking again may give one. A refresh token that may have been used up is not sent again.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let passes = |status: StatusCode| matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504);
        let lost = |error: &TransportError| error.is_connect() || self.repeatable && error.is_lost();
        self.status().is_some_and(passes) || self.transport.as_ref().is_some_and(lost)
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.answer.as_ref()?.retry_after
    }

    pub(super) const fn answered(answer: Answer) -> Self {
        Self { answer: Some(answer), transport: None, repeatable: true }
    }

    pub(super) const fn unanswered(error: TransportError, repeatable: bool) -> Self {
        Self { answer: None, transport: Some(error), repeatable }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no token: ")?;
        match (&self.answer, &self.transport) {
            (Some(answer), _) => {
                write!(formatter, "{}", answer.status)?;
                answer.code.as_ref().map_or(Ok(()), |code| write!(formatter, ": {code}"))?;
                if answer.description.is_empty() { Ok(()) } else { write!(formatter, ": {}", answer.description) }
            }
            (None, Some(error)) => error.fmt(formatter),
            (None, None) => Ok(()),
        }
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.transport.as_ref().map(|error| error as _)
    }
}
