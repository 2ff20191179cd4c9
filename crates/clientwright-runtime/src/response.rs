//! A success.
//!
//! In: an answer that was read. Out: its status, headers and typed body. Never happens: the value of a cookie in `Debug`.

use std::fmt;
use std::ops::Deref;

use http::{HeaderMap, StatusCode};

use crate::error::Shown;

/// The methods for what is known of every answer before its body: the ways to its status and to its headers.
macro_rules! head {
    ($($status:ident).+, $($headers:ident).+) => {
        /// The status as it came, also where the document names another one.
        #[must_use]
        pub fn status(&self) -> http::StatusCode {
            self.$($status).+
        }

        /// The headers.
        #[must_use]
        pub fn headers(&self) -> &http::HeaderMap {
            &self.$($headers).+
        }

        /// The value of one header, where it is text.
        #[must_use]
        pub fn header(&self, name: &str) -> Option<&str> {
            $crate::error::header(self.headers(), name)
        }

        /// What the server calls this request: see [`Error::request_id`](crate::Error::request_id).
        #[must_use]
        pub fn request_id(&self) -> Option<&str> {
            $crate::error::request_id(self.headers())
        }
    };
}
pub(crate) use head;

/// The answer to a call: status, headers and typed body. It can be used as the body itself.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    head!(status, headers);

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// Status, headers and body.
    #[must_use]
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }

    /// The same answer with another body.
    #[must_use]
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Response<U> {
        Response { status: self.status, headers: self.headers, body: map(self.body) }
    }

    pub(crate) fn new(parts: http::response::Parts, body: T) -> Self {
        Self { status: parts.status, headers: parts.headers, body }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Response");
        shown.field("status", &self.status).field("headers", &Shown(&self.headers)).field("body", &self.body).finish()
    }
}
