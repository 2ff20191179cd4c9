//! Waiting.
//!
//! In: how long. Out: a future that is ready then, or the outcome of another one before. Never happens: a thread that is
//! blocked where a timer of the caller's runtime is at hand, or for longer than somebody waits.

use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

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

/// What a future gives before a time; `None` where it is not ready then.
pub(crate) fn within<F: Future + Unpin>(
    end: Option<Instant>,
    mut future: F,
) -> impl Future<Output = Option<F::Output>> {
    let mut alarm = None;
    std::future::poll_fn(move |context| {
        if let Poll::Ready(output) = Pin::new(&mut future).poll(context) {
            return Poll::Ready(Some(output));
        }
        let Some(end) = end else { return Poll::Pending };
        // Most are ready at once, and need no alarm.
        let alarm = alarm.get_or_insert_with(|| sleep(end.saturating_duration_since(Instant::now())));
        alarm.as_mut().poll(context).map(|()| None)
    })
}

/// Does what may block, in a thread for such work where the caller's runtime has them; `None` where that runtime ends.
#[allow(clippy::unused_async, reason = "without the feature there is nothing to wait for")]
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    #[cfg(feature = "reqwest")]
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        return runtime.spawn_blocking(work).await.ok();
    }
    Some(work())
}

/// Waits in a thread of its own, where nothing is known of the runtime that polls.
struct Alarm {
    duration: Duration,
    state: Option<Arc<(Mutex<Ringing>, Condvar)>>,
}

struct Ringing {
    /// It rang, or nobody waits for it any longer.
    over: bool,
    waker: Waker,
}

impl Future for Alarm {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(state) = &self.state else {
            let ringing = Mutex::new(Ringing { over: false, waker: context.waker().clone() });
            let state = Arc::new((ringing, Condvar::new()));
            let (shared, duration) = (Arc::clone(&state), self.duration);
            std::thread::spawn(move || ring(&shared, duration));
            self.state = Some(state);
            return Poll::Pending;
        };
        let mut ringing = state.0.lock().unwrap_or_else(PoisonError::into_inner);
        ringing.waker.clone_from(context.waker());
        if ringing.over { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Sleeps, and wakes who waits.
fn ring((ringing, given_up): &(Mutex<Ringing>, Condvar), duration: Duration) {
    let waiting = ringing.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut waiting, _) =
        given_up.wait_timeout_while(waiting, duration, |ringing| !ringing.over).unwrap_or_else(PoisonError::into_inner);
    waiting.over = true;
    waiting.waker.wake_by_ref();
}

impl Drop for Alarm {
    fn drop(&mut self) {
        if let Some((ringing, given_up)) = self.state.as_deref() {
            ringing.lock().unwrap_or_else(PoisonError::into_inner).over = true;
            given_up.notify_one();
        }
    }
}
