//! Lets one pass at a time.
//!
//! In: tasks that want to pass. Out: a pass, until it is dropped. Never happens: a thread that waits; a pass that is kept
//! by a task that was given up.

use std::sync::{Mutex, PoisonError};
use std::task::{Poll, Waker};

/// Lets one pass at a time, and the others wait without a thread.
#[derive(Default)]
pub(super) struct Gate(Mutex<(bool, Vec<Waker>)>);

pub(super) struct Pass<'a>(&'a Gate);

impl Gate {
    pub(super) async fn enter(&self) -> Pass<'_> {
        std::future::poll_fn(|context| {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if state.0 {
                state.1.push(context.waker().clone());
                return Poll::Pending;
            }
            state.0 = true;
            Poll::Ready(())
        })
        .await;
        Pass(self)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut state = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = false;
        state.1.drain(..).for_each(Waker::wake);
    }
}
