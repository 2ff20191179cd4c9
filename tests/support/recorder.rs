//! A server on the loopback interface that writes down what it was sent.
//!
//! In: the replies to give, in order, or a function that gives them. Out: every request, byte for
//! byte. Never: HTTP of its own mind (no header is added to a reply but what frames its body), or
//! a test that hangs: a connection that says nothing for ten seconds is closed.
//!
//! ```
//! use clientwright_tests::{Recorder, Reply};
//!
//! let server = Recorder::start(vec![Reply::json(200, r#"{"data": []}"#)]);
//! // … let a client call `server.url()` …
//! assert!(server.requests().is_empty());
//! ```

mod read;
mod reply;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use read::Recorded;
pub use reply::Reply;

use crate::canary;
use read::Connection;

/// How long a connection may be silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running server; it stops when it is dropped.
#[derive(Debug)]
pub struct Recorder {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

/// What the threads of a server share.
#[derive(Debug)]
struct Shared {
    port: u16,
    stopped: AtomicBool,
    answers: Mutex<Answers>,
    requests: Mutex<Vec<Recorded>>,
}

/// Where replies come from.
enum Answers {
    /// One after the other.
    Queue(VecDeque<Reply>),
    /// From a function.
    Function(Box<dyn FnMut(&Recorded) -> Reply + Send>),
}

impl Recorder {
    /// Starts a server that gives these replies, one for each request in the order of arrival.
    /// A request too many is answered by 500, and is written down all the same.
    #[must_use]
    pub fn start(replies: Vec<Reply>) -> Self {
        Self::run(Answers::Queue(replies.into()))
    }

    /// Starts a server that asks a function what to reply.
    #[must_use]
    pub fn answering(function: impl FnMut(&Recorded) -> Reply + Send + 'static) -> Self {
        Self::run(Answers::Function(Box::new(function)))
    }

    /// Where it listens: `http://127.0.0.1:40123`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// All requests so far, in the order in which they were complete.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.requests).clone()
    }

    /// The request, if there was exactly one.
    #[must_use]
    pub fn only_request(&self) -> Option<Recorded> {
        let mut requests = self.requests();
        if requests.len() == 1 { requests.pop() } else { None }
    }

    #[expect(clippy::expect_used, reason = "a test that cannot open a port has failed")]
    fn run(answers: Answers) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on the loopback interface");
        let address = listener.local_addr().expect("the address of a bound port");
        canary::started(address.port());
        let shared = Arc::new(Shared {
            port: address.port(),
            stopped: AtomicBool::new(false),
            answers: Mutex::new(answers),
            requests: Mutex::default(),
        });
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Self { address, shared, acceptor: Some(acceptor) }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // The acceptor waits for a connection: this is one.
        drop(TcpStream::connect_timeout(&self.address, Duration::from_secs(1)));
        if let Some(acceptor) = self.acceptor.take() {
            // A panic there has been printed already.
            let _ = acceptor.join();
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for (number, stream) in listener.incoming().enumerate() {
        if shared.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        // Detached: it ends with its connection, or soon after the server.
        thread::spawn(move || serve(stream, number, &shared));
    }
}

/// Answers the requests of one connection until one of the sides closes it.
fn serve(stream: TcpStream, number: usize, shared: &Shared) -> io::Result<()> {
    let mut writer = Answer { stream: stream.try_clone()?, port: shared.port };
    let mut connection = Connection::new(stream, number)?;
    while let Some(request) = connection.next(&shared.stopped, &mut writer)? {
        canary::received(shared.port, &request.bytes());
        let reply = shared.reply(&request);
        let is_head = request.method == "HEAD";
        let close = request.asks_to_close();
        lock(&shared.requests).push(request);
        thread::sleep(reply.delay.min(PATIENCE));
        if reply.send(&mut writer, is_head)? || close {
            break;
        }
    }
    writer.flush()
}

/// The answers of a server, looked at for what they name.
struct Answer {
    stream: TcpStream,
    port: u16,
}

impl io::Write for Answer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        canary::answered(self.port, bytes);
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Shared {
    fn reply(&self, request: &Recorded) -> Reply {
        match &mut *lock(&self.answers) {
            Answers::Queue(replies) => {
                replies.pop_front().unwrap_or_else(|| Reply::text(500, "the test has no reply left for this request"))
            }
            Answers::Function(function) => function(request),
        }
    }
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Queue(replies) => formatter.debug_tuple("Queue").field(replies).finish(),
            Self::Function(_) => formatter.write_str("Function"),
        }
    }
}

/// Locks even what a panicking test function has left locked.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
