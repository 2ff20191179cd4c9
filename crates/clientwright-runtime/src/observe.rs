//! Those who watch calls: a hook for metrics, and `tracing` behind its feature.
//!
//! In: calls and attempts, when they end. Out: what is told of them. Never happens: a URL, a header or a body among it,
//! and so no secret; a call that depends on who watches.

use std::time::{Duration, Instant};

use http::StatusCode;

use crate::error::Problem;
use crate::operation::{Method, Operation};
use crate::plan::{Ended, Plan};
use crate::transport::TransportErrorKind;

/// Is told of calls and of their attempts when they end: for metrics. A call whose future is dropped does not end.
///
/// ```
/// use clientwright_runtime::{Observation, Observer};
///
/// struct Print;
///
/// impl Observer for Print {
///     fn called(&self, call: &Observation) {
///         println!("{} {} {:?}", call.operation(), call.outcome(), call.elapsed());
///     }
/// }
/// ```
pub trait Observer: Send + Sync + 'static {
    /// A call ended, with all its attempts.
    fn called(&self, call: &Observation) {
        let _ = call;
    }

    /// An attempt of a call ended.
    fn attempted(&self, attempt: &Observation) {
        let _ = attempt;
    }
}

/// A call, or an attempt, that ended.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    operation: &'static Operation,
    number: u32,
    status: Option<StatusCode>,
    outcome: &'static str,
    elapsed: Duration,
    delay: Option<Duration>,
}

impl Observation {
    /// The `operationId`.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation.id()
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.operation.method()
    }

    /// The path with its parameters in braces.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.operation.template()
    }

    /// Of a call, how many attempts there were (none where nothing could be sent); of an attempt, the how manieth.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// The status of the answer, where there was one.
    #[must_use]
    pub const fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// A word for how it ended: `answer` (with whatever status), `request` (nothing could be sent), `connect`, `timeout`,
    /// `interrupted`, `garbled` (the answer could not be read), `other`.
    #[must_use]
    pub const fn outcome(&self) -> &'static str {
        self.outcome
    }

    /// How long it took.
    #[must_use]
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Of an attempt, how long the call waits before the next one; `None` if there is none.
    #[must_use]
    pub const fn retry_in(&self) -> Option<Duration> {
        self.delay
    }
}

/// A call that is watched.
pub(crate) struct Watch {
    start: Option<Instant>,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

impl Watch {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self {
            start: start(plan),
            #[cfg(feature = "tracing")]
            span: self::traced::span(plan),
        }
    }

    /// Carries out a call under its span.
    #[cfg(feature = "tracing")]
    pub(crate) fn within<F: Future>(&self, call: F) -> impl Future<Output = F::Output> + use<F> {
        tracing::Instrument::instrument(call, self.span.clone())
    }

    #[cfg(not(feature = "tracing"))]
    #[allow(clippy::unused_self)] // as its twin
    pub(crate) fn within<F: Future>(&self, call: F) -> F {
        call
    }

    #[cfg(feature = "blocking")]
    #[allow(clippy::unused_self)] // without `tracing`
    pub(crate) fn within_blocking<T>(&self, call: impl FnOnce() -> T) -> T {
        #[cfg(feature = "tracing")]
        let _entered = self.span.enter();
        call()
    }

    pub(crate) fn end(&self, plan: &Plan, outcome: &Ended) {
        let Some(start) = self.start else { return };
        let number = plan.attempts.load(std::sync::atomic::Ordering::Relaxed);
        let call = observation(plan, number, start, outcome, None);
        #[cfg(feature = "tracing")]
        self::traced::called(&self.span, &call);
        plan.shared.observers.iter().for_each(|observer| observer.called(&call));
    }
}

/// When a call or an attempt begins; `None` where nobody watches.
pub(crate) fn start(plan: &Plan) -> Option<Instant> {
    let is_watched = cfg!(feature = "tracing") || !plan.shared.observers.is_empty();
    is_watched.then(Instant::now)
}

/// Tells of an attempt that ended, and of the wait before the next one.
pub(crate) fn attempted(plan: &Plan, number: u32, start: Option<Instant>, outcome: &Ended, delay: Option<Duration>) {
    let Some(start) = start else { return };
    let attempt = observation(plan, number, start, outcome, delay);
    #[cfg(feature = "tracing")]
    self::traced::attempted(&attempt);
    plan.shared.observers.iter().for_each(|observer| observer.attempted(&attempt));
}

fn observation(plan: &Plan, number: u32, start: Instant, outcome: &Ended, delay: Option<Duration>) -> Observation {
    let (status, word) = match outcome {
        Ok(reply) => (Some(reply.status()), "answer"),
        Err(Problem::Unexpected(error)) => (Some(error.status()), "answer"),
        Err(Problem::Decode(error)) => (Some(error.status()), "answer"),
        Err(Problem::Request(_) | Problem::File(_)) => (None, "request"),
        Err(Problem::Timeout(_)) => (None, "timeout"),
        Err(Problem::Transport(error)) => (None, kind(error.kind())),
    };
    Observation { operation: plan.operation, number, status, outcome: word, elapsed: start.elapsed(), delay }
}

const fn kind(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::Connect => "connect",
        TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout | TransportErrorKind::Idle => "timeout",
        TransportErrorKind::Interrupted => "interrupted",
        TransportErrorKind::Garbled => "garbled",
        TransportErrorKind::Other => "other",
    }
}

/// The same for `tracing`: a span for each call, in which its attempts are events. The names are those of OpenTelemetry
/// where it has some.
#[cfg(feature = "tracing")]
mod traced {
    use super::Observation;
    use crate::plan::Plan;

    pub(super) fn span(plan: &Plan) -> tracing::Span {
        tracing::info_span!(
            "call",
            otel.kind = "client",
            api = plan.shared.api.name,
            operation = plan.operation.id(),
            http.request.method = plan.operation.method().as_str(),
            url.template = plan.operation.template(),
            http.response.status_code = tracing::field::Empty,
            attempts = tracing::field::Empty,
            outcome = tracing::field::Empty,
        )
    }

    pub(super) fn called(span: &tracing::Span, call: &Observation) {
        span.record("attempts", call.number);
        span.record("outcome", call.outcome);
        if let Some(status) = call.status {
            span.record("http.response.status_code", status.as_u16());
        }
    }

    pub(super) fn attempted(attempt: &Observation) {
        tracing::debug!(
            number = attempt.number,
            outcome = attempt.outcome,
            status = attempt.status.map(|status| status.as_u16()),
            elapsed = ?attempt.elapsed,
            retry_in = attempt.delay.map(tracing::field::debug),
            "attempt",
        );
    }
}
