//! Waiting.
//!
//! In: how long. Out: a future that is ready then. Never happens: a thread that is blocked where a timer of the caller's
//! runtime is at hand.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::transport::BoxFuture;

/// Waits so long.
pub(crate) fn sleep(duration: Duration) -> BoxFuture<()> {
    // Where `reqwest` can send, there is a runtime of tokio with its timer.
    #[cfg(feature = "reqwest")]
    if tokio::runtime::Handle::try_current().is_ok() {
        return Box::pin(tokio::time::sleep(duration));
    }
    Box::pin(Alarm { duration, state: None })
}

/// Waits in a thread of its own, where nothing is known of the runtime that polls.
struct Alarm {
    duration: Duration,
    state: Option<Arc<Mutex<Ringing>>>,
}

struct Ringing {
    rang: bool,
    waker: Waker,
}

impl Future for Alarm {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(state) = &self.state else {
            let state = Arc::new(Mutex::new(Ringing { rang: false, waker: context.waker().clone() }));
            let (ringing, duration) = (Arc::clone(&state), self.duration);
            std::thread::spawn(move || {
                std::thread::sleep(duration);
                let mut ringing = ringing.lock().unwrap_or_else(PoisonError::into_inner);
                ringing.rang = true;
                ringing.waker.wake_by_ref();
            });
            self.state = Some(state);
            return Poll::Pending;
        };
        let mut ringing = state.lock().unwrap_or_else(PoisonError::into_inner);
        ringing.waker.clone_from(context.waker());
        if ringing.rang { Poll::Ready(()) } else { Poll::Pending }
    }
}
