//! From a complete request to an answer in memory.
//!
//! In: the request. Out: the last answer of the last attempt, read up to the client's limit. Redirects to the same origin
//! are followed, at most [`MAX_REDIRECTS`] times (RFC 9110, section 15.4); any other is an answer like others. Never
//! happens: a request, and with it credentials or a body, sent to another origin; a `Referer`; a limit of time started
//! anew by a redirect or, for the call, by another attempt.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{
    CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, LOCATION, SET_COOKIE,
};
use http::{Method, StatusCode};

use crate::body::{Body, Collected};
use crate::call::{Call, Prepared};
use crate::client::Shared;
use crate::error::{Context, Problem, RequestError, TimeoutError};
use crate::operation::{Operation, pick};
use crate::reply::Reply;
use crate::retry::{self, Retries};
use crate::secret::{Provided, ProviderError};
use crate::timer;
#[cfg(feature = "blocking")]
use crate::transport::BlockingTransport;
use crate::transport::{Transport, TransportError, TransportErrorKind, TransportOptions};
use crate::url::resolve;

/// How many redirects are followed.
pub(crate) const MAX_REDIRECTS: u8 = 10;

/// What bounds a call.
pub(crate) struct Limits {
    pub(crate) call: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) retries: Retries,
}

pub(crate) struct Exchange {
    call: Call,
    shared: Arc<Shared>,
    operation: &'static Operation,
    context: Arc<Context>,
    request: http::Request<Bytes>,
    limits: Limits,
    deadline: Option<Instant>,
    retries: u32,
    /// What providers gave for the last attempt.
    used: Vec<(Arc<Provided>, u64)>,
    /// Whether a refusal was answered with newer credentials.
    renewed: bool,
}

/// One attempt: the request, which redirects change, and when its time runs out.
struct Attempt {
    request: http::Request<Bytes>,
    redirects: u8,
    deadline: Option<Instant>,
    /// The limit that the deadline comes from.
    limit: Option<Duration>,
}

impl Exchange {
    pub(crate) fn new(call: Call, shared: Arc<Shared>, operation: &'static Operation, limits: Limits) -> Self {
        let context = Arc::new(Context::of(operation));
        let (request, deadline) = (http::Request::default(), deadline(limits.call));
        let (retries, used, renewed) = (0, Vec::new(), false);
        Self { call, shared, operation, context, request, limits, deadline, retries, used, renewed }
    }

    pub(crate) async fn run(mut self) -> Result<Reply, Problem> {
        let Some(transport) = self.shared.transport.clone() else {
            let reason = "there is no transport: enable the feature `reqwest`, or give the builder one";
            return Err(Problem::Request(RequestError::new(self.operation.id, reason)));
        };
        loop {
            self.used.clear();
            for (scheme, provided) in self.call.providers() {
                let which = provided.ensure().await.map_err(|error| self.without(scheme, &error))?;
                self.used.push((provided, which));
            }
            self.prepare()?;
            let outcome = self.attempt(transport.as_ref()).await;
            match self.next(&outcome) {
                Some(Duration::ZERO) => {}
                Some(delay) => timer::sleep(delay).await,
                None => return outcome,
            }
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn run_blocking(mut self) -> Result<Reply, Problem> {
        let transport = Arc::clone(&self.shared.blocking);
        loop {
            self.used.clear();
            for (scheme, provided) in self.call.providers() {
                let which = provided.ensure_blocking().map_err(|error| self.without(scheme, &error))?;
                self.used.push((provided, which));
            }
            self.prepare()?;
            let outcome = self.attempt_blocking(transport.as_ref());
            match self.next(&outcome) {
                Some(delay) => std::thread::sleep(delay),
                None => return outcome,
            }
        }
    }

    fn prepare(&mut self) -> Result<(), Problem> {
        let Prepared { request, context } = self.call.prepare().map_err(Problem::Request)?;
        self.request = request;
        self.context = context;
        Ok(())
    }

    /// A credential that could not be had.
    fn without(&self, scheme: &str, error: &ProviderError) -> Problem {
        let reason = format!("the credential for `{scheme}` could not be had: {error}");
        Problem::Request(RequestError::new(self.operation.id, reason))
    }

    async fn attempt(&self, transport: &dyn Transport) -> Result<Reply, Problem> {
        let mut attempt = self.start();
        loop {
            let sent = transport.send(attempt.request(), self.options(&attempt)?);
            let response = sent.await.map_err(|error| self.fail(&attempt, error))?;
            if !attempt.follow(self.operation, &response) {
                let (parts, body) = response.into_parts();
                let collected = body.collect(self.limit(parts.status)).await;
                return Ok(self.reply(parts, collected.map_err(|error| self.fail(&attempt, error))?));
            }
        }
    }

    #[cfg(feature = "blocking")]
    fn attempt_blocking(&self, transport: &dyn BlockingTransport) -> Result<Reply, Problem> {
        let mut attempt = self.start();
        loop {
            let sent = transport.send(attempt.request(), self.options(&attempt)?);
            let response = sent.map_err(|error| self.fail(&attempt, error))?;
            if !attempt.follow(self.operation, &response) {
                let (parts, body) = response.into_parts();
                let collected = body.collect_blocking(self.limit(parts.status));
                return Ok(self.reply(parts, collected.map_err(|error| self.fail(&attempt, error))?));
            }
        }
    }

    fn start(&self) -> Attempt {
        let own = deadline(self.limits.attempt).filter(|own| self.deadline.is_none_or(|call| *own < call));
        let (deadline, limit) = own.map_or((self.deadline, self.limits.call), |own| (Some(own), self.limits.attempt));
        Attempt { request: self.request.clone(), redirects: 0, deadline, limit }
    }

    /// How long to wait before the next attempt, if there is to be one.
    fn next(&mut self, outcome: &Result<Reply, Problem>) -> Option<Duration> {
        if self.is_refused(outcome) {
            // What the providers gave may have expired before its time; they are asked once more.
            self.used.iter().for_each(|(provided, which)| provided.refuse(*which));
            self.renewed = true;
            return Some(Duration::ZERO);
        }
        let (again, asked) = match outcome {
            Ok(reply) => (retry::after_status(reply.status(), &self.context), retry::asked(reply.headers())),
            Err(Problem::Transport(error)) => (retry::after_failure(error, Some(&self.context)), None),
            Err(Problem::Timeout(error)) => (retry::after_timeout(error), None),
            Err(Problem::Request(_) | Problem::Unexpected(_) | Problem::Decode(_)) => (false, None),
        };
        if !again {
            self.shared.budget.give();
            return None;
        }
        if self.retries >= self.limits.retries.limit {
            return None;
        }
        let delay = self.limits.retries.delay(self.retries, asked)?;
        let in_time = self.deadline.is_none_or(|end| Instant::now().checked_add(delay).is_some_and(|next| next < end));
        if !in_time || !self.shared.budget.take() {
            return None;
        }
        self.retries += 1;
        Some(delay)
    }

    fn is_refused(&self, outcome: &Result<Reply, Problem>) -> bool {
        let refused = outcome.as_ref().is_ok_and(|reply| reply.status() == StatusCode::UNAUTHORIZED);
        refused && !self.renewed && !self.used.is_empty()
    }

    fn options(&self, attempt: &Attempt) -> Result<TransportOptions, Problem> {
        let left = attempt.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        match left {
            Some(Duration::ZERO) => Err(self.fail(attempt, TransportError::timeout())),
            timeout => Ok(TransportOptions { timeout }),
        }
    }

    fn fail(&self, attempt: &Attempt, error: TransportError) -> Problem {
        match error.kind() {
            TransportErrorKind::Timeout => Problem::Timeout(TimeoutError::new(&self.context, attempt.limit, false)),
            TransportErrorKind::ConnectTimeout => {
                Problem::Timeout(TimeoutError::new(&self.context, attempt.limit, true))
            }
            TransportErrorKind::Connect | TransportErrorKind::Interrupted | TransportErrorKind::Other => {
                Problem::Transport(error.with(&self.context))
            }
        }
    }

    fn limit(&self, status: StatusCode) -> usize {
        if status.is_success() { self.shared.max_body } else { self.shared.max_error_body }
    }

    fn reply(&self, mut parts: http::response::Parts, collected: Collected) -> Reply {
        if let http::header::Entry::Occupied(mut cookies) = parts.headers.entry(SET_COOKIE) {
            cookies.iter_mut().for_each(|value| value.set_sensitive(true));
        }
        let limit = collected.truncated.then(|| self.limit(parts.status));
        Reply::new(parts, collected.bytes, self.operation, Arc::clone(&self.context)).over(limit)
    }
}

impl Attempt {
    fn request(&self) -> http::Request<Body> {
        self.request.clone().map(Body::bytes)
    }

    /// Turns the request into the one that a redirect asks for; whether it is to be sent.
    fn follow(&mut self, operation: &Operation, response: &http::Response<Body>) -> bool {
        let status = response.status();
        if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) || self.redirects == MAX_REDIRECTS {
            return false;
        }
        if pick(status, operation.success).is_some() || pick(status, operation.redirects).is_some() {
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

/// When time runs out; never where the limit is beyond what clocks can say.
fn deadline(limit: Option<Duration>) -> Option<Instant> {
    Instant::now().checked_add(limit?)
}
