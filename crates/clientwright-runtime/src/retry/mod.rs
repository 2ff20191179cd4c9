//! When a call is made again.
//!
//! In: what a person chose, and how an attempt ended. Out: how long to wait before the next one, or that there is none.
//! Never happens: a request repeated that may have been carried out, unless repeating it does no harm (RFC 9110, section
//! 9.2.2, or the document says so); a wait that is longer than the call may take; more attempts than the budget holds,
//! where most calls fail.

mod after;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::StatusCode;

pub(crate) use self::after::asked;
use crate::error::{Context, RequestError, TimeoutError};
use crate::random;
use crate::secret::TokenError;
use crate::transport::TransportError;

/// Whether and how calls are made again that failed for reasons which pass: no connection, 408, 425, 429 and 503; and
/// where repeating does no harm also time that ran out, a connection that broke, 500, 502 and 504.
///
/// Between attempts there is a random time up to a limit that doubles, or what the server asks for (`Retry-After` and
/// its kin). A server that asks for more than [`max_delay`](Self::max_delay) is not asked again, and the failure is
/// given at once.
///
/// ```
/// use clientwright_runtime::Retries;
/// use std::time::Duration;
///
/// let patient = Retries::up_to(5).max_delay(Duration::from_secs(120));
/// assert_ne!(patient, Retries::none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    pub(crate) limit: u32,
    first_delay: Duration,
    max_delay: Duration,
    every_method: bool,
}

impl Retries {
    /// At most so many attempts after the first one.
    #[must_use]
    pub const fn up_to(retries: u32) -> Self {
        let (first_delay, max_delay) = (Duration::from_millis(500), Duration::from_secs(30));
        Self { limit: retries, first_delay, max_delay, every_method: false }
    }

    /// One attempt only.
    #[must_use]
    pub const fn none() -> Self {
        Self::up_to(0)
    }

    /// Sets the limit of the first wait; 500 milliseconds unless set. It doubles with each further one.
    #[must_use]
    pub const fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Sets the limit of each wait; 30 seconds unless set.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Also repeats requests that may have been carried out: a POST may then be carried out twice.
    #[must_use]
    pub const fn every_method(mut self) -> Self {
        self.every_method = true;
        self
    }

    pub(crate) const fn repeats_all(&self) -> bool {
        self.every_method
    }

    /// How long to wait after so many retries, where the server may have `asked` for a time; `None` is too long.
    pub(crate) fn delay(&self, made: u32, asked: Option<Duration>) -> Option<Duration> {
        let limit = self.first_delay.saturating_mul(1_u32.checked_shl(made).unwrap_or(u32::MAX)).min(self.max_delay);
        let delay = random::up_to(limit);
        match asked {
            Some(asked) if asked > self.max_delay => None,
            // Not before it asked, and not all clients at once.
            Some(asked) => Some(asked.saturating_add(delay.min(asked / 10))),
            None => Some(delay),
        }
    }
}

impl Default for Retries {
    /// At most two attempts after the first one.
    fn default() -> Self {
        Self::up_to(2)
    }
}

/// How many retries a client may still make, so that a server in trouble is not asked twice as much: a retry takes
/// [`COST`], an attempt that ends well gives one back.
pub(crate) struct Budget {
    left: AtomicU32,
    capacity: u32,
}

/// How many retries a client may make in a row where nothing ends well, if nothing else is said.
pub(crate) const RETRIES_IN_A_ROW: u32 = 100;
const COST: u32 = 5;

impl Budget {
    pub(crate) const fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(COST);
        Self { left: AtomicU32::new(capacity), capacity }
    }

    /// Takes a retry; whether there was one.
    pub(crate) fn take(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(COST)).is_ok()
    }

    pub(crate) fn give(&self) {
        let more = |left: u32| (left < self.capacity).then_some(left + 1);
        // A full budget stays as it is.
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

/// Whether an answer with this status may be another one if the request is sent again, without harm.
pub(crate) fn after_status(status: StatusCode, context: &Context) -> bool {
    match status.as_u16() {
        408 | 425 | 429 | 503 => true,
        500 | 502 | 504 => context.repeatable,
        _ => false,
    }
}

/// The same where nothing was sent: a token may be had later.
pub(crate) fn after_request(error: &RequestError) -> bool {
    error.token_error().is_some_and(TokenError::is_retryable)
}

/// The same where there was no answer.
pub(crate) fn after_failure(error: &TransportError, context: Option<&Context>) -> bool {
    error.is_connect() || error.is_interrupted() && context.is_some_and(|context| context.repeatable)
}

/// The same where there was no answer in time.
pub(crate) fn after_timeout(error: &TimeoutError) -> bool {
    !error.may_have_been_received() || error.context().repeatable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_their_limit() {
        let retries = Retries::up_to(9).first_delay(Duration::from_millis(100)).max_delay(Duration::from_millis(350));
        for (made, most) in [(0, 100), (1, 200), (2, 350), (40, 350)] {
            let waits = (0..200).map(|_| retries.delay(made, None).unwrap());
            let longest = waits.max().unwrap();
            assert!(longest <= Duration::from_millis(most) && longest > Duration::from_millis(most / 2), "{longest:?}");
        }
    }

    #[test]
    fn what_the_server_asks_for_is_kept_or_given_up() {
        let retries = Retries::default();
        let asked = Duration::from_secs(10);
        assert!((asked..=Duration::from_secs(11)).contains(&retries.delay(0, Some(asked)).unwrap()));
        assert_eq!(retries.delay(0, Some(Duration::ZERO)), Some(Duration::ZERO));
        assert_eq!(retries.delay(0, Some(Duration::from_secs(31))), None);
        assert!(retries.max_delay(Duration::MAX).delay(0, Some(Duration::MAX)).is_some());
    }

    #[test]
    fn a_budget_runs_out_and_fills_again() {
        let budget = Budget::new(RETRIES_IN_A_ROW);
        assert_eq!((0..200).filter(|_| budget.take()).count(), 100);
        (0..4).for_each(|_| budget.give());
        assert!(!budget.take());
        budget.give();
        assert!(budget.take());
        (0..2000).for_each(|_| budget.give());
        assert_eq!((0..200).filter(|_| budget.take()).count(), 100);
    }
}
