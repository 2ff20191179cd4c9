//! An answer whose head is there and whose body is still arriving.
//!
//! In: a call whose answer is wanted piece by piece. Out: the head with the body, or the answer in memory where it is a failure
//! or of another media type. Never happens: a body lost on its way through middleware, which sees an answer without one.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::StatusCode;

use crate::body::Body;
use crate::call::Call;
use crate::client::Shared;
use crate::decode::{self, Mismatch};
use crate::error::{Error, Failure, Problem};
use crate::exchange::Exchange;
use crate::operation::{Operation, pick};
use crate::plan::{self, Ended, Limits, Plan};
use crate::reply::Reply;

/// What is wanted of an answer that is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Its events or records.
    Records,
    /// Its bytes.
    Bytes,
}

/// The body of an answer, where middleware is handed one without it.
#[derive(Clone)]
struct Arriving(Arc<Mutex<Option<Body>>>);

/// What a call gave that was opened, and what it takes to make it again.
pub(crate) struct Opened {
    pub(super) reply: Box<Reply>,
    pub(super) origin: Origin,
}

/// A call without its answer.
pub(crate) struct Origin {
    shared: Arc<Shared>,
    operation: &'static Operation,
    pub(super) limits: Limits,
    wanted: Wanted,
    pub(super) request: http::Request<Bytes>,
    /// Whether carrying it out once more does no harm.
    pub(super) repeatable: bool,
}

impl Wanted {
    /// Whether an answer is to be handed over before its body is there.
    pub(crate) fn is(self, reply: &Reply) -> bool {
        let operation = reply.operation();
        let success = pick(reply.status(), operation.success).is_some() || reply.status().is_success();
        success
            && match self {
                Self::Records => Framing::of(operation, reply.essence()).is_some(),
                Self::Bytes => decode::bytes(reply).is_ok(),
            }
    }
}

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Events,
    Lines,
    Sequence,
}

impl Framing {
    /// What an operation's stream looks like in a media type: as the answer says, within what is documented.
    pub(super) fn of(operation: &Operation, media_type: Option<&str>) -> Option<Self> {
        let documented =
            |media_type: &str| operation.stream.split(',').any(|one| one.trim().eq_ignore_ascii_case(media_type));
        let events = documented(EVENTS);
        let Some(media_type) = media_type else {
            let first = operation.stream.split(',').next().unwrap_or_default().trim();
            return Some(if events { Self::Events } else { Self::in_records(first) });
        };
        if events {
            return media_type.eq_ignore_ascii_case(EVENTS).then_some(Self::Events);
        }
        let lower = media_type.to_ascii_lowercase();
        // Servers that write lines often call them JSON, as each of them is.
        let json = lower.ends_with("/json") || lower.ends_with("+json") || lower.contains("json");
        (documented(media_type) || json).then(|| Self::in_records(&lower))
    }

    fn in_records(media_type: &str) -> Self {
        if media_type.ends_with("json-seq") { Self::Sequence } else { Self::Lines }
    }
}

const EVENTS: &str = "text/event-stream";

impl Origin {
    /// Carries the call out, once more where it was before.
    pub(super) async fn run(&self) -> Ended {
        plan::run(&mut self.exchange()).await
    }

    #[cfg(feature = "blocking")]
    pub(super) fn run_blocking(&self) -> Ended {
        plan::run_blocking(&mut self.exchange())
    }

    fn exchange(&self) -> Exchange {
        let plan = Plan::new(Arc::clone(&self.shared), self.operation, self.limits).wanting(self.wanted);
        Exchange::new(Arc::new(plan), self.request.clone())
    }

    pub(super) fn max_body(&self) -> usize {
        self.shared.max_body
    }
}

impl Call {
    /// Sends the call; its answer is handed over before its body is there.
    pub(super) async fn open(self, wanted: Wanted) -> Result<Opened, Problem> {
        let origin = self.origin(wanted)?;
        let reply = origin.run().await?;
        Ok(Opened { reply, origin })
    }

    #[cfg(feature = "blocking")]
    pub(super) fn open_blocking(self, wanted: Wanted) -> Result<Opened, Problem> {
        let origin = self.origin(wanted)?;
        let reply = origin.run_blocking()?;
        Ok(Opened { reply, origin })
    }

    fn origin(self, wanted: Wanted) -> Result<Origin, Problem> {
        let mut request = http::Request::default();
        let plan = self.wanting(wanted).plan(&mut request)?;
        let repeatable = plan.context(&request, request.uri()).repeatable;
        let Plan { operation, limits, .. } = *plan;
        Ok(Origin { shared: Arc::clone(&plan.shared), operation, limits, wanted, request, repeatable })
    }
}

impl Reply {
    /// The same answer with a body that is still arriving.
    pub(crate) fn arrives(&mut self, body: Body) {
        self.parts_mut().extensions.insert(Arriving(Arc::new(Mutex::new(Some(body)))));
    }

    /// The body, whether it is arriving or (because middleware answered by itself) in memory; none where this is no success.
    pub(super) fn take_body(&mut self, wanted: Wanted) -> Option<Body> {
        if let Some(Arriving(body)) = self.parts_mut().extensions.remove() {
            return body.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        wanted.is(self).then(|| Body::bytes(self.body().clone()))
    }

    /// Whether there is nothing to come, and nothing to ask for again (HTML, "Server-sent events", "Processing model").
    pub(super) fn is_over(&self) -> bool {
        self.status() == StatusCode::NO_CONTENT
    }

    /// Why an answer that cannot be opened is an error.
    pub(super) fn refused<E: Failure>(self) -> Error<E> {
        let of_another_type = |_: &Self| Err::<(), _>(Mismatch::media_type());
        match self.read::<(), E>(of_another_type) {
            Err(error) => error,
            // The decoder gives nothing else.
            Ok(_) => Error::Transport(crate::TransportError::other("the answer cannot be read")),
        }
    }
}
