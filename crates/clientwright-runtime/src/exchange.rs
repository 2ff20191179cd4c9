//! The attempts of a call: from a request without credentials to an answer in memory.
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
use http::{Method, StatusCode, Uri};

use crate::body::{Body, Collected};
use crate::error::{Context, Problem, RequestError, Stage, TimeoutError};
use crate::observe;
use crate::operation::pick;
use crate::plan::{Ended, Plan, deadline};
use crate::reply::Reply;
use crate::retry;
use crate::secret::{Asking, Missing, Provided, TokenError};
use crate::security::{self, SecurityScheme};
use crate::timer;
use crate::transport::{Transport, TransportError, TransportOptions};
use crate::upload::{NotOpened, Upload};
use crate::url::resolve;

/// How many redirects are followed.
pub(crate) const MAX_REDIRECTS: u8 = 10;

pub(crate) struct Exchange {
    pub(crate) plan: Arc<Plan>,
    /// Without credentials.
    base: http::Request<Bytes>,
    context: Arc<Context>,
    retries: u32,
    /// What providers gave for the last attempt.
    used: Vec<(Arc<Provided>, u64)>,
    /// Whether a refusal was answered with newer credentials.
    renewed: bool,
}

/// One attempt: where redirects lead, and when time runs out.
struct Attempt {
    turn: Option<Box<Turn>>,
    redirects: u8,
    deadline: Option<Instant>,
    /// The limit that the deadline comes from.
    limit: Option<Duration>,
}

/// What redirects make of a request.
struct Turn {
    uri: Uri,
    method: Method,
    /// Whether its body is left behind.
    bare: bool,
}

/// The providers to be asked for an attempt, with their schemes.
type Providers = Vec<(&'static SecurityScheme, Arc<Provided>)>;

impl Exchange {
    #[inline]
    pub(crate) fn new(plan: Arc<Plan>, base: http::Request<Bytes>) -> Self {
        let context = Arc::new(plan.context(&base, base.uri()));
        Self { plan, base, context, retries: 0, used: Vec::new(), renewed: false }
    }

    /// Gives the request to middleware, which makes an exchange of its own of it, or none.
    pub(crate) fn hand_over(&mut self) -> (Arc<Plan>, http::Request<Bytes>, Arc<Context>) {
        let mut request = std::mem::take(&mut self.base);
        request.extensions_mut().insert(self.plan.operation);
        (Arc::clone(&self.plan), request, Arc::clone(&self.context))
    }

    pub(crate) async fn run(&mut self) -> Ended {
        self.transport()?;
        loop {
            let (number, start) = (self.plan.count(), observe::start(&self.plan));
            let outcome = self.attempt().await;
            match self.next(number, start, &outcome) {
                Some(Duration::ZERO) => {}
                Some(delay) => timer::sleep(delay).await,
                None => return outcome,
            }
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn run_blocking(&mut self) -> Ended {
        loop {
            let (number, start) = (self.plan.count(), observe::start(&self.plan));
            let outcome = self.attempt_blocking();
            match self.next(number, start, &outcome) {
                Some(delay) => std::thread::sleep(delay),
                None => return outcome,
            }
        }
    }

    fn transport(&self) -> Result<&dyn Transport, Problem> {
        self.plan.shared.transport.as_deref().ok_or_else(|| {
            let reason = "there is no transport: enable the feature `reqwest`, or give the builder one";
            Problem::Request(RequestError::new(self.plan.operation.id, reason))
        })
    }

    /// Has credentials that are good now.
    async fn authorize(&mut self) -> Result<(), Problem> {
        self.used.clear();
        let providers = self.providers();
        if !providers.is_empty() {
            // What few calls wait for has a place of its own, so that the others need not have room for it.
            return Box::pin(self.ask(providers)).await;
        }
        Ok(())
    }

    async fn ask(&mut self, providers: Providers) -> Result<(), Problem> {
        for (scheme, provided) in providers {
            let asking = Asking { shared: &self.plan.shared, scheme, deadline: self.plan.deadline };
            let which = provided.ensure(&asking).await.map_err(|missing| self.without(scheme, missing))?;
            self.used.push((provided, which));
        }
        Ok(())
    }

    #[cfg(feature = "blocking")]
    fn authorize_blocking(&mut self) -> Result<(), Problem> {
        self.used.clear();
        for (scheme, provided) in self.providers() {
            let asking = Asking { shared: &self.plan.shared, scheme, deadline: self.plan.deadline };
            let which = provided.ensure_blocking(&asking).map_err(|missing| self.without(scheme, missing))?;
            self.used.push((provided, which));
        }
        Ok(())
    }

    fn providers(&self) -> Providers {
        let shared = &self.plan.shared;
        security::providers(shared.api.schemes, &shared.credentials, self.plan.operation, self.base.headers())
    }

    fn start(&self) -> Attempt {
        let (limits, end) = (&self.plan.limits, self.plan.deadline);
        let own = deadline(limits.attempt).filter(|own| end.is_none_or(|call| *own < call));
        let (deadline, limit) = own.map_or((end, limits.call), |own| (Some(own), limits.attempt));
        Attempt { turn: None, redirects: 0, deadline, limit }
    }

    /// Gives a request what stands before its body, with credentials, and as the redirects of its attempt have it.
    fn prepare(&mut self, attempt: &Attempt, request: &mut http::Request<Body>) -> Result<(), Problem> {
        *request.method_mut() = self.base.method().clone();
        *request.uri_mut() = self.base.uri().clone();
        *request.version_mut() = self.base.version();
        *request.extensions_mut() = self.base.extensions().clone();
        // What is kept for another time is the copy: the other one has room for credentials.
        let copy = self.base.headers().clone();
        *request.headers_mut() = std::mem::replace(self.base.headers_mut(), copy);
        security::authorize(&self.plan.shared, self.plan.operation, request).map_err(Problem::Request)?;
        if let Some(turn) = &attempt.turn {
            turn.apply(request);
        } else if request.uri().query() != self.base.uri().query() {
            // Of what errors say, credentials change the URL alone.
            self.context = Arc::new(self.plan.context(&self.base, request.uri()));
        }
        Ok(())
    }

    /// A credential that could not be had.
    fn without(&self, scheme: &SecurityScheme, missing: Missing) -> Problem {
        match missing {
            Missing::Failed(cause) => {
                Problem::Request(RequestError::without(self.plan.operation.id, scheme.name, cause))
            }
            Missing::Late => {
                Problem::Timeout(TimeoutError::new(&self.context, self.plan.limits.call, Stage::Credential))
            }
        }
    }

    async fn attempt(&mut self) -> Ended {
        self.authorize().await?;
        let mut attempt = self.start();
        let response = loop {
            let request = self.request(&attempt)?;
            let options = self.options(&attempt)?;
            let sent = self.transport()?.send(request, options);
            // Where the answer is opened, the transport does not know of this limit.
            let end = self.plan.wanted.and(attempt.deadline);
            let response = match timer::within(end, sent).await {
                Some(Ok(response)) => response,
                Some(Err(error)) => return Err(self.fail(&attempt, error)),
                None => return Err(self.fail(&attempt, TransportError::timeout())),
            };
            if !self.follow(&mut attempt, &response) {
                break response;
            }
        };
        let (mut reply, mut body) = self.reply(response);
        if self.is_wanted(&reply) {
            reply.arrives(body);
            return Ok(reply);
        }
        let collected = body.collect(self.limit(reply.status()), self.plan.limits.idle).await;
        self.fill(&mut reply, collected.map_err(|error| self.fail(&attempt, error))?);
        Ok(reply)
    }

    #[cfg(feature = "blocking")]
    fn attempt_blocking(&mut self) -> Ended {
        self.authorize_blocking()?;
        let mut attempt = self.start();
        let response = loop {
            let request = self.request(&attempt)?;
            let options = self.options(&attempt)?;
            let sent = self.plan.shared.blocking.send(request, options);
            let response = sent.map_err(|error| self.fail(&attempt, error))?;
            if !self.follow(&mut attempt, &response) {
                break response;
            }
        };
        let (mut reply, body) = self.reply(response);
        if self.is_wanted(&reply) {
            reply.arrives(body);
            return Ok(reply);
        }
        let collected = body.collect_blocking(self.limit(reply.status()), self.plan.limits.idle);
        self.fill(&mut reply, collected.map_err(|error| self.fail(&attempt, error))?);
        Ok(reply)
    }

    /// The request of an attempt with its body, which is opened where it is not in memory.
    fn request(&mut self, attempt: &Attempt) -> Result<http::Request<Body>, Problem> {
        let mut request = http::Request::new(Body::bytes(self.base.body().clone()));
        self.prepare(attempt, &mut request)?;
        if let Some(upload) = request.extensions_mut().remove::<Upload>() {
            let (body, length) = upload.open().map_err(|reason| match reason {
                NotOpened::File(error) => Problem::File(error),
                NotOpened::Spent => {
                    let reason = "the body can be read only once, and was sent before";
                    Problem::Request(RequestError::new(self.plan.operation.id, reason))
                }
            })?;
            *request.body_mut() = body;
            if let Some(length) = length {
                request.headers_mut().insert(CONTENT_LENGTH, length.into());
            }
        }
        Ok(request)
    }

    /// Turns to where a redirect leads; whether it is followed.
    fn follow(&self, attempt: &mut Attempt, response: &http::Response<Body>) -> bool {
        let (status, operation) = (response.status(), self.plan.operation);
        if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) || attempt.redirects == MAX_REDIRECTS {
            return false;
        }
        if pick(status, operation.success).is_some() || pick(status, operation.redirects).is_some() {
            return false;
        }
        let last = attempt.turn.as_deref();
        let from = last.map_or_else(|| self.context.uri(), |turn| Some(&turn.uri));
        let location = response.headers().get(LOCATION).map(http::HeaderValue::as_bytes);
        let location = location.and_then(|location| std::str::from_utf8(location).ok());
        let Some(uri) = from.zip(location).and_then(|(from, location)| resolve(from, location)) else { return false };
        let method = last.map_or(self.base.method(), |turn| &turn.method);
        let (gets, bare) = (gets(status, method), last.is_some_and(|turn| turn.bare));
        if !gets && !bare && self.base.extensions().get().is_some_and(Upload::is_spent) {
            return false;
        }
        let method = if gets { Method::GET } else { method.clone() };
        attempt.turn = Some(Box::new(Turn { uri, method, bare: gets || bare }));
        attempt.redirects += 1;
        true
    }

    /// How long to wait before the next attempt, if there is to be one; those who watch are told.
    fn next(&mut self, number: u32, start: Option<Instant>, outcome: &Ended) -> Option<Duration> {
        let delay = self.delay(outcome);
        observe::attempted(&self.plan, number, start, outcome, delay);
        delay
    }

    fn delay(&mut self, outcome: &Ended) -> Option<Duration> {
        if self.base.extensions().get().is_some_and(Upload::is_spent) {
            return None;
        }
        if self.is_refused(outcome) {
            // What the providers gave may have expired before its time; they are asked once more.
            self.used.iter().for_each(|(provided, which)| provided.refuse(*which));
            self.renewed = true;
            return Some(Duration::ZERO);
        }
        let (again, asked) = match outcome {
            Ok(reply) => {
                let again = retry::after_status(reply.status(), &self.context);
                (again, if again { retry::asked(reply.headers()) } else { None })
            }
            Err(Problem::Transport(error)) => (retry::after_failure(error, Some(&self.context)), None),
            Err(Problem::Timeout(error)) => (retry::after_timeout(error), None),
            Err(Problem::Request(error)) => {
                (retry::after_request(error), error.token_error().and_then(TokenError::retry_after))
            }
            Err(Problem::Unexpected(_) | Problem::Decode(_) | Problem::File(_)) => (false, None),
        };
        let (limits, budget) = (&self.plan.limits, &self.plan.shared.budget);
        if !again {
            budget.give();
            return None;
        }
        if self.retries >= limits.retries.limit {
            return None;
        }
        let delay = limits.retries.delay(self.retries, asked)?;
        let end = self.plan.deadline;
        let in_time = end.is_none_or(|end| Instant::now().checked_add(delay).is_some_and(|next| next < end));
        if !in_time || !budget.take() {
            return None;
        }
        self.retries += 1;
        Some(delay)
    }

    fn is_refused(&self, outcome: &Ended) -> bool {
        let refused = outcome.as_ref().is_ok_and(|reply| reply.status() == StatusCode::UNAUTHORIZED);
        refused && !self.renewed && !self.used.is_empty()
    }

    fn options(&self, attempt: &Attempt) -> Result<TransportOptions, Problem> {
        let left = attempt.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        match left {
            Some(Duration::ZERO) => Err(self.fail(attempt, TransportError::timeout())),
            left if self.plan.wanted.is_some() => Ok(TransportOptions { timeout: None, opening: left }),
            timeout => Ok(TransportOptions { timeout, opening: None }),
        }
    }

    fn fail(&self, attempt: &Attempt, error: TransportError) -> Problem {
        Problem::of_transport(error, &self.context, attempt.limit, self.plan.limits.idle)
    }

    fn limit(&self, status: StatusCode) -> usize {
        let shared = &self.plan.shared;
        if status.is_success() { shared.max_body } else { shared.max_error_body }
    }

    /// An answer whose head is there, and its body.
    fn reply(&self, response: http::Response<Body>) -> (Box<Reply>, Body) {
        let (mut parts, body) = response.into_parts();
        hide_cookies(&mut parts);
        let reply = Reply::new(parts, Bytes::new(), self.plan.operation, Arc::clone(&self.context));
        (Box::new(reply.asked(self.plan.asked)), body)
    }

    /// Whether an answer is handed over before its body is there; the others are read.
    fn is_wanted(&self, reply: &Reply) -> bool {
        self.plan.wanted.is_some_and(|wanted| wanted.is(reply))
    }

    fn fill(&self, reply: &mut Reply, collected: Collected) {
        let limit = collected.truncated.then(|| self.limit(reply.status()));
        reply.fill(collected.bytes, limit);
    }
}

fn hide_cookies(parts: &mut http::response::Parts) {
    // An entry makes room for what most answers do not have.
    if !parts.headers.contains_key(SET_COOKIE) {
        return;
    }
    if let http::header::Entry::Occupied(mut cookies) = parts.headers.entry(SET_COOKIE) {
        cookies.iter_mut().for_each(|value| value.set_sensitive(true));
    }
}

impl Turn {
    fn apply(&self, request: &mut http::Request<Body>) {
        *request.uri_mut() = self.uri.clone();
        *request.method_mut() = self.method.clone();
        if self.bare {
            *request.body_mut() = Body::empty();
            request.extensions_mut().remove::<Upload>();
            for name in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION] {
                request.headers_mut().remove(name);
            }
        }
    }
}

/// RFC 9110, sections 15.4.2 to 15.4.4: a POST becomes a GET after 301 and 302, and everything but a HEAD after 303.
fn gets(status: StatusCode, method: &Method) -> bool {
    match status {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => *method == Method::POST,
        StatusCode::SEE_OTHER => *method != Method::HEAD,
        _ => false,
    }
}
