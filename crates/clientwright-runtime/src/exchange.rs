//! From a complete request to an answer in memory.
//!
//! In: the request. Out: the last answer, read up to the client's limit. Redirects to the same origin are followed, at
//! most [`MAX_REDIRECTS`] times (RFC 9110, section 15.4); any other is an answer like others. Never happens: a request,
//! and with it credentials or a body, sent to another origin; a `Referer`; a limit of time started anew by a redirect.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{
    CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, LOCATION, SET_COOKIE,
};
use http::{Method, StatusCode};

use crate::body::{Body, Collected};
use crate::call::Prepared;
use crate::client::Shared;
use crate::error::{Context, Problem, RequestError, TimeoutError};
use crate::operation::{Operation, pick};
use crate::reply::Reply;
use crate::transport::{TransportError, TransportErrorKind, TransportOptions};
use crate::url::resolve;

/// How many redirects are followed.
pub(crate) const MAX_REDIRECTS: u8 = 10;

pub(crate) struct Exchange {
    shared: Arc<Shared>,
    operation: &'static Operation,
    context: Arc<Context>,
    request: http::Request<Bytes>,
    timeout: Option<Duration>,
    redirects: u8,
}

impl Exchange {
    pub(crate) fn new(
        shared: Arc<Shared>,
        operation: &'static Operation,
        prepared: Prepared,
        timeout: Option<Duration>,
    ) -> Self {
        let Prepared { request, context } = prepared;
        Self { shared, operation, context, request, timeout, redirects: 0 }
    }

    pub(crate) async fn run(mut self) -> Result<Reply, Problem> {
        let Some(transport) = self.shared.transport.clone() else {
            let reason = "there is no transport: enable the feature `reqwest`, or give the builder one";
            return Err(Problem::Request(RequestError::new(self.operation.id, reason)));
        };
        let deadline = self.deadline();
        loop {
            let sent = transport.send(self.request(), self.options(deadline)?);
            let response = sent.await.map_err(|error| self.fail(error))?;
            if !self.follow(&response) {
                let (parts, body) = response.into_parts();
                let collected = body.collect(self.limit(parts.status)).await.map_err(|error| self.fail(error))?;
                return Ok(self.reply(parts, collected));
            }
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn run_blocking(mut self) -> Result<Reply, Problem> {
        let transport = Arc::clone(&self.shared.blocking);
        let deadline = self.deadline();
        loop {
            let sent = transport.send(self.request(), self.options(deadline)?);
            let response = sent.map_err(|error| self.fail(error))?;
            if !self.follow(&response) {
                let (parts, body) = response.into_parts();
                let collected = body.collect_blocking(self.limit(parts.status)).map_err(|error| self.fail(error))?;
                return Ok(self.reply(parts, collected));
            }
        }
    }

    fn request(&self) -> http::Request<Body> {
        self.request.clone().map(Body::bytes)
    }

    /// When time runs out; never where the limit is beyond what clocks can say.
    fn deadline(&self) -> Option<Instant> {
        Instant::now().checked_add(self.timeout?)
    }

    fn options(&self, deadline: Option<Instant>) -> Result<TransportOptions, Problem> {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        match left {
            Some(Duration::ZERO) => Err(self.fail(TransportError::timeout())),
            timeout => Ok(TransportOptions { timeout }),
        }
    }

    fn fail(&self, error: TransportError) -> Problem {
        match error.kind() {
            TransportErrorKind::Timeout => Problem::Timeout(TimeoutError::new(&self.context, self.timeout, false)),
            TransportErrorKind::ConnectTimeout => {
                Problem::Timeout(TimeoutError::new(&self.context, self.timeout, true))
            }
            TransportErrorKind::Connect | TransportErrorKind::Interrupted | TransportErrorKind::Other => {
                Problem::Transport(error.with(&self.context))
            }
        }
    }

    fn limit(&self, status: StatusCode) -> usize {
        if status.is_success() { self.shared.max_body } else { self.shared.max_error_body }
    }

    fn reply(self, mut parts: http::response::Parts, collected: Collected) -> Reply {
        if let http::header::Entry::Occupied(mut cookies) = parts.headers.entry(SET_COOKIE) {
            cookies.iter_mut().for_each(|value| value.set_sensitive(true));
        }
        let limit = collected.truncated.then(|| self.limit(parts.status));
        Reply::new(parts, collected.bytes, self.operation, self.context).over(limit)
    }

    /// Turns the request into the one that a redirect asks for; whether it is to be sent.
    fn follow(&mut self, response: &http::Response<Body>) -> bool {
        let status = response.status();
        if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) || self.redirects == MAX_REDIRECTS {
            return false;
        }
        if pick(status, self.operation.success).is_some() || pick(status, self.operation.redirects).is_some() {
            return false;
        }
        let location =
            response.headers().get(LOCATION).and_then(|location| std::str::from_utf8(location.as_bytes()).ok());
        let Some(uri) = location.and_then(|location| resolve(self.request.uri(), location)) else { return false };
        self.redirects += 1;
        *self.request.uri_mut() = uri;
        self.change_method(status);
        true
    }

    /// RFC 9110, sections 15.4.2 to 15.4.4: a POST becomes a GET after 301 and 302, and everything but a HEAD after 303.
    fn change_method(&mut self, status: StatusCode) {
        let method = self.request.method();
        let to_get = match status {
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => method == Method::POST,
            StatusCode::SEE_OTHER => method != Method::HEAD,
            _ => false,
        };
        if to_get {
            *self.request.method_mut() = Method::GET;
            *self.request.body_mut() = Bytes::new();
            for name in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION] {
                self.request.headers_mut().remove(name);
            }
        }
    }
}
