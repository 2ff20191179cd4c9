//! A line for those who wait.
//!
//! In: work, and what it is about. Out: the same as of the work alone; after a second, a line that
//! tells how long it has taken, removed when it is done. Never: the line where it could not be
//! removed.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::terminal::{Terminal, remark};

/// How long people wait without wondering, and how often they look.
const PATIENCE: Duration = Duration::from_secs(1);

/// Returns to the beginning of the line and empties it.
const CLEAR: &str = "\r\u{1b}[2K";

/// Works, and says so if it takes long.
pub(crate) fn during<T>(terminal: &Terminal, about: &str, work: impl FnOnce() -> T) -> T {
    if !terminal.live {
        return work();
    }
    thread::scope(|scope| {
        let (done, waiting) = mpsc::channel();
        // Where no thread is to be had, the work is done without the line.
        let ticker = thread::Builder::new().spawn_scoped(scope, move || tick(about, &waiting));
        let result = work();
        drop(done);
        // The line has to be gone before anything else is said.
        let _ = ticker.map(thread::ScopedJoinHandle::join);
        result
    })
}

/// Counts the seconds until the other end is dropped.
fn tick(about: &str, waiting: &Receiver<()>) {
    let mut seconds = 0;
    while let Err(RecvTimeoutError::Timeout) = waiting.recv_timeout(PATIENCE) {
        seconds += 1;
        remark(&format!("{CLEAR}{about}: {seconds} s"));
    }
    if seconds > 0 {
        remark(CLEAR);
    }
}
