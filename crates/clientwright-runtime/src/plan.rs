//! How a call is carried out, from the request without credentials to the answer.
//!
//! In: the request, its operation, and what bounds the call. Out: the last answer of the last attempt. Around it stand
//! the caller's middleware and those that watch. Never happens: a limit of time started anew by middleware that lets a
//! call be made twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;

use crate::client::Shared;
use crate::error::{Context, Problem};
use crate::exchange::Exchange;
use crate::middleware::Next;
#[cfg(feature = "blocking")]
use crate::middleware::NextBlocking;
use crate::observe::Watch;
use crate::operation::Operation;
use crate::reply::Reply;
use crate::retry::Retries;
use crate::stream::Wanted;
use crate::upload::Upload;

/// How a call ended: its last answer, or why there is none. The answer lies in one place while it is handed on from one future to the next.
pub(crate) type Ended = Result<Box<Reply>, Problem>;

/// What bounds a call.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) call: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) idle: Option<Duration>,
    pub(crate) retries: Retries,
}

/// One call.
pub(crate) struct Plan {
    pub(crate) shared: Arc<Shared>,
    pub(crate) operation: &'static Operation,
    pub(crate) limits: Limits,
    /// The media type that the answer is asked for in, in place of the operation's.
    pub(crate) asked: Option<&'static str>,
    pub(crate) deadline: Option<Instant>,
    /// How many attempts there were.
    pub(crate) attempts: AtomicU32,
    /// What is wanted of an answer before its body is there; none where it is read into memory.
    pub(crate) wanted: Option<Wanted>,
}

impl Plan {
    #[inline]
    pub(crate) fn new(shared: Arc<Shared>, operation: &'static Operation, limits: Limits) -> Self {
        let deadline = deadline(limits.call);
        Self { shared, operation, limits, asked: None, deadline, attempts: AtomicU32::new(0), wanted: None }
    }

    /// The same for an answer that is asked for in another media type than the operation's.
    pub(crate) const fn asking(mut self, asked: Option<&'static str>) -> Self {
        self.asked = asked;
        self
    }

    /// The same for an answer that is handed over before its body is there.
    pub(crate) fn wanting(self, wanted: Wanted) -> Self {
        Self { wanted: Some(wanted), ..self }
    }

    /// What errors say of a request, which may have another URL than the one that it was made with.
    pub(crate) fn context(&self, request: &http::Request<Bytes>, uri: &http::Uri) -> Context {
        let mut context = Context::new(request.method().clone(), uri.clone(), self.shared.api.schemes);
        let key = self.operation.idempotency_key;
        let harmless = self.operation.repeatable.unwrap_or(context.repeatable)
            || self.limits.retries.repeats_all()
            || !key.is_empty() && request.headers().contains_key(key);
        context.repeatable = harmless && request.extensions().get().is_none_or(Upload::is_repeatable);
        context
    }

    /// The number of an attempt that begins.
    pub(crate) fn count(&self) -> u32 {
        self.attempts.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Carries a call out.
pub(crate) async fn run(exchange: &mut Exchange) -> Ended {
    let watch = Watch::new(&exchange.plan);
    let answer = watch.within(carry_out(exchange)).await;
    watch.end(&exchange.plan, &answer);
    answer
}

#[cfg(feature = "blocking")]
pub(crate) fn run_blocking(exchange: &mut Exchange) -> Ended {
    let watch = Watch::new(&exchange.plan);
    let answer = watch.within_blocking(|| carry_out_blocking(exchange));
    watch.end(&exchange.plan, &answer);
    answer
}

/// Has the attempts made, or the middleware that stands around them make them.
async fn carry_out(exchange: &mut Exchange) -> Ended {
    if exchange.plan.shared.middleware.is_empty() {
        return exchange.run().await;
    }
    let (plan, request, context) = exchange.hand_over();
    let response = Next::new(Arc::clone(&plan)).run(request).await?;
    Ok(answered(&plan, response, context))
}

#[cfg(feature = "blocking")]
fn carry_out_blocking(exchange: &mut Exchange) -> Ended {
    if exchange.plan.shared.middleware.is_empty() {
        return exchange.run_blocking();
    }
    let (plan, request, context) = exchange.hand_over();
    let response = NextBlocking::new(Arc::clone(&plan)).run(request)?;
    Ok(answered(&plan, response, context))
}

/// An answer that came through middleware, or from it.
fn answered(plan: &Plan, response: http::Response<Bytes>, context: Arc<Context>) -> Box<Reply> {
    let (parts, bytes) = response.into_parts();
    Box::new(Reply::new(parts, bytes, plan.operation, context).asked(plan.asked))
}

/// When time runs out; never where the limit is beyond what clocks can say.
pub(crate) fn deadline(limit: Option<Duration>) -> Option<Instant> {
    limit.and_then(|limit| Instant::now().checked_add(limit))
}
