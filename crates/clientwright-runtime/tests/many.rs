//! Ten thousand calls at the same time, to a server of which one answer in five is a failure: each ends in a value or in a
//! typed error, and what they took of memory is given back.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientwright_runtime::http::Request;
use clientwright_runtime::{Body, BoxFuture, Client, Error, Middleware, NextSend, Response, Retries, Sent};
use support::{GetPetError, Shown, answer, builder, canary, get_pet, run};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

const CALLS: usize = 10_000;

/// How many there are at a time when memory is measured.
const FURTHER: usize = 2_000;

/// How many requests are sent at the same time: each is two open files in this process.
const SENT_AT_ONCE: usize = 200;

/// Bytes of memory that the process has, where the system says it.
fn memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Lets so many requests be sent at the same time, as a caller would who has a limit of open files.
struct AtOnce(Arc<Semaphore>);

impl Middleware for AtOnce {
    fn send(&self, request: Request<Body>, next: NextSend) -> BoxFuture<Sent> {
        let turn = Arc::clone(&self.0).acquire_owned();
        Box::pin(async move {
            let _turn = turn.await;
            next.run(request).await
        })
    }
}

/// Answers of which one in five is a failure, each time another one.
fn text(number: usize) -> String {
    let rex = |status: &str| {
        let body = "\"Rex\"";
        format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    match (number % 5, number / 5 % 6) {
        (0, 0) => rex("503 Service Unavailable"),
        (0, 1) => rex("404 Not Found"),
        (0, 2) => String::new(),
        (0, 3) => "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n\"Re".to_owned(),
        (0, 4) => answer("200 OK", "content-type: text/html\r\n", "<h1>Maintenance</h1>"),
        (0, _) => "no HTTP\r\n".to_owned(),
        _ => rex("200 OK"),
    }
}

/// Serves one connection; a failure is its end.
async fn serve(stream: TcpStream, count: Arc<AtomicUsize>) -> std::io::Result<()> {
    let (mut request, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        stream.readable().await?;
        match stream.try_read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(length) => request.extend_from_slice(&chunk[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(error),
        }
        if !request.ends_with(b"\r\n\r\n") {
            continue;
        }
        canary::received(stream.local_addr()?.port(), &request);
        request.clear();
        let text = text(count.fetch_add(1, Ordering::Relaxed));
        stream.writable().await?;
        if stream.try_write(text.as_bytes())? != text.len() || !text.starts_with("HTTP/1.1 200 OK\r\ncontent-type: app")
        {
            return Ok(());
        }
    }
}

/// How the calls ended: values, failures that are documented, other answers, no answer.
#[derive(Clone, Copy, Debug, Default)]
struct Ends([usize; 4]);

impl Ends {
    fn add(mut self, outcome: Result<Response<String>, Error<GetPetError>>) -> Self {
        let place = match outcome {
            Ok(pet) => {
                assert_eq!(*pet, "Rex");
                0
            }
            Err(Error::Api(error)) => {
                assert!(matches!(error.status().as_u16(), 404 | 503), "{error}");
                1
            }
            Err(Error::Unexpected(error)) => {
                assert!(error.bytes().starts_with(b"<h1>"), "{error}");
                2
            }
            Err(Error::Transport(_)) => 3,
            Err(error) => panic!("{error}"),
        };
        self.0[place] += 1;
        self
    }

    fn check(self, calls: usize) {
        assert_eq!(self.0.iter().sum::<usize>(), calls);
        assert!(self.0[0] > calls / 2 && self.0.iter().all(|count| *count > 0), "{self:?}");
    }
}

async fn all_at_once(client: &Client, calls: usize) -> Ends {
    let calls: Vec<_> = (0..calls).map(|id| tokio::spawn(get_pet(client, id.to_string()).send())).collect();
    let mut ends = Ends::default();
    for call in calls {
        ends = ends.add(call.await.unwrap().shown());
    }
    ends
}

#[test]
fn each_of_ten_thousand_calls_ends_and_memory_is_given_back() {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let count = Arc::new(AtomicUsize::new(0));
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&count)));
            }
        });
        let at_once = AtOnce(Arc::new(Semaphore::new(SENT_AT_ONCE)));
        let retries = Retries::up_to(2).first_delay(Duration::from_millis(2));
        let client =
            builder().base_url(&url).retries(retries).timeout(None).middleware(at_once).build().shown().unwrap();
        all_at_once(&client, CALLS).await.check(CALLS);
        // What was needed once is kept by the allocator, so that only what comes on top of it counts.
        all_at_once(&client, FURTHER).await.check(FURTHER);
        let before = memory();
        for _ in 0..4 {
            all_at_once(&client, FURTHER).await.check(FURTHER);
        }
        if let Some((before, after)) = before.zip(memory()) {
            println!("{before} bytes, then {after}");
            assert!(after < before + 4 * FURTHER * 500, "{before} bytes, then {after}: a call keeps something");
        }
    });
}
