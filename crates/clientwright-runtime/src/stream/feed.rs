//! The records of a body, the same for all operations.
//!
//! In: chunks. Out: records, and what ends them. Never happens: a record beyond the limit; a connection made again that the
//! caller did not ask for, or where carrying the call out once more may do harm.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, header::HeaderName};

use super::Record;
use super::events::Events;
use super::opened::{Framing, Opened, Origin};
use super::records::Records;
use crate::body::Body;
use crate::error::{Context, DecodeError, Error, Failure, Problem};
use crate::operation::Operation;
use crate::plan::Ended;
use crate::reply::Reply;
use crate::transport::TransportError;
use crate::wire::WireError;

/// How long to wait before another connection where the server does not say.
const DELAY: Duration = Duration::from_secs(3);
/// How long to wait at least, and at most, whatever it says.
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(60);

/// Where a connection begins that was broken off.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// What is known of an answer besides its body.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) parts: http::response::Parts,
    pub(super) operation: &'static Operation,
    pub(super) context: Arc<Context>,
}

/// Why there is no further record.
pub(super) enum Broken {
    Problem(Problem),
    /// The answer to a call that was made again.
    Answer(Box<Reply>),
}

/// What follows the end of a body.
pub(super) enum After {
    /// A last record.
    Record(Record),
    /// Nothing.
    Nothing,
    /// An error.
    Broken(Broken),
    /// The call made again, after a wait.
    Again(Duration),
}

/// The records of a body, and the call that gave it.
pub(super) struct Feed {
    pub(super) head: Head,
    pub(super) origin: Origin,
    records: Framed,
    limit: usize,
    /// How often the call is made again in a row, and how often it was.
    times: u32,
    made: u32,
}

enum Framed {
    Events(Events),
    Records(Records),
}

impl Feed {
    /// The body of an answer that was opened, and its records.
    pub(super) fn new(opened: Opened) -> Result<(Self, Body), Box<Reply>> {
        let Opened { mut reply, origin } = opened;
        let body = reply.take_body(super::Wanted::Records);
        let framing = Framing::of(reply.operation(), reply.essence());
        let (Some(body), Some(framing)) = (body, framing) else { return Err(reply) };
        let records = match framing {
            Framing::Events => Framed::Events(Events::default()),
            Framing::Lines => Framed::Records(Records::new(false)),
            Framing::Sequence => Framed::Records(Records::new(true)),
        };
        let limit = origin.max_body();
        let head = Head::of(*reply);
        Ok((Self { head, origin, records, limit, times: 0, made: 0 }, body))
    }

    /// Makes the call again so many times in a row, if it may be.
    pub(super) fn again(&mut self, times: u32) {
        self.times = if self.origin.repeatable { times } else { 0 };
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        match &mut self.records {
            Framed::Events(events) => events.push(chunk),
            Framed::Records(records) => records.push(chunk),
        }
    }

    /// The next record of what came so far.
    pub(super) fn take(&mut self) -> Option<Result<Record, Broken>> {
        let (record, held) = match &mut self.records {
            Framed::Events(events) => (events.next(), events.held()),
            Framed::Records(records) => (records.next(), records.held()),
        };
        if record.as_ref().map_or(held, |record| record.data.len()) > self.limit {
            return Some(Err(Broken::Problem(self.too_large())));
        }
        let record = record?;
        self.made = 0;
        Some(Ok(record))
    }

    /// What follows where the body ended, or broke off.
    pub(super) fn after(&mut self, cause: Option<TransportError>) -> After {
        let lost = cause.as_ref().is_none_or(TransportError::is_lost);
        if let (Framed::Events(events), true) = (&mut self.records, lost && self.made < self.times) {
            let asked = events.delay.unwrap_or(DELAY).clamp(SHORTEST, LONGEST);
            events.restart();
            let delay = asked.saturating_mul(1_u32.checked_shl(self.made).unwrap_or(u32::MAX)).min(LONGEST);
            self.made += 1;
            self.origin.begin_after(events.last_id());
            return After::Again(delay);
        }
        if let Some(error) = cause {
            return After::Broken(Broken::Problem(self.head.fail(error, self.origin.limits.idle)));
        }
        match &mut self.records {
            Framed::Records(records) => records.last().map_or(After::Nothing, After::Record),
            // What the server did not end was not meant to be seen.
            Framed::Events(_) => After::Nothing,
        }
    }

    /// What follows where the call was made again: another body, or the same as after one that ended.
    pub(super) fn reopened(&mut self, answer: Ended) -> Result<Body, After> {
        match answer {
            Ok(reply) if reply.is_over() => Err(After::Nothing),
            Ok(mut reply) => match reply.take_body(super::Wanted::Records) {
                Some(body) => {
                    self.head = Head::of(*reply);
                    Ok(body)
                }
                None => Err(After::Broken(Broken::Answer(reply))),
            },
            Err(Problem::Transport(error)) if self.made < self.times && error.is_connect() => Err(self.after(None)),
            Err(problem) => Err(After::Broken(Broken::Problem(problem))),
        }
    }

    /// A record that does not match.
    pub(super) fn mismatch(&self, record: &Record, wrong: WireError) -> Problem {
        Problem::Decode(DecodeError::mismatch(self.head.reply(record.data.clone()), wrong))
    }

    fn too_large(&mut self) -> Problem {
        let start = match &mut self.records {
            Framed::Events(_) => Bytes::new(),
            Framed::Records(records) => records.last().map(|record| record.data).unwrap_or_default(),
        };
        let start = start.slice(..start.len().min(self.limit));
        Problem::Decode(DecodeError::too_large(self.head.reply(start), self.limit))
    }
}

impl Broken {
    pub(super) fn into_error<E: Failure>(self) -> Error<E> {
        match self {
            Self::Problem(problem) => problem.into(),
            Self::Answer(reply) => reply.refused(),
        }
    }
}

impl Head {
    pub(super) fn of(reply: Reply) -> Self {
        let operation = reply.operation();
        let (parts, _, context) = reply.into_parts();
        Self { parts, operation, context }
    }

    /// The answer with this for its body.
    fn reply(&self, body: Bytes) -> Reply {
        Reply::new(self.parts.clone(), body, self.operation, Arc::clone(&self.context))
    }

    /// A body that broke off.
    pub(super) fn fail(&self, error: TransportError, idle: Option<Duration>) -> Problem {
        Problem::of_transport(error, &self.context, None, idle)
    }
}

impl Origin {
    /// Asks for what follows this event.
    fn begin_after(&mut self, id: &str) {
        match HeaderValue::from_str(id) {
            Ok(value) if !id.is_empty() => self.request.headers_mut().insert(LAST_EVENT_ID, value),
            Ok(_) | Err(_) => self.request.headers_mut().remove(LAST_EVENT_ID),
        };
    }
}
