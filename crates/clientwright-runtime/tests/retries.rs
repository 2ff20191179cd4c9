//! Calls that are made again, with both transports, against servers that misbehave.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(any(feature = "reqwest", feature = "blocking"))]

mod support;

use std::io::{Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clientwright_runtime::{Client, Error, Response, Retries};
use support::{
    CreatePet, Created, GetPet, GetPetError, Recorder, Shown, answer, builder, create_pet, find_pet, get_pet,
};
use support::{order_pet, sell_pet, touch_pet};

type Outcome<T> = Result<Response<T>, Error<GetPetError>>;
type Send<T, O> = fn(T) -> O;

const QUICK: Retries = Retries::up_to(2).first_delay(Duration::from_millis(5));

fn client(server: &Recorder) -> Client {
    builder().base_url(server.url()).retries(QUICK).build().shown().unwrap()
}

/// The ways to send.
fn gets() -> Vec<Send<GetPet, Outcome<String>>> {
    vec![
        #[cfg(feature = "reqwest")]
        |call| support::run(call.send()),
        #[cfg(feature = "blocking")]
        |call| call.send_blocking().shown(),
    ]
}

fn posts() -> Vec<Send<CreatePet, Outcome<Created>>> {
    vec![
        #[cfg(feature = "reqwest")]
        |call| support::run(call.send()),
        #[cfg(feature = "blocking")]
        |call| call.send_blocking().shown(),
    ]
}

fn rex() -> String {
    answer("200 OK", "content-type: application/json\r\n", "\"Rex\"")
}

fn unavailable(headers: &str) -> String {
    answer("503 Service Unavailable", headers, "")
}

#[test]
fn a_read_is_repeated_byte_for_byte_until_it_succeeds() {
    for send in gets() {
        let trouble = answer("502 Bad Gateway", "content-type: text/html\r\n", "<h1>Trouble</h1>");
        let server = Recorder::script([unavailable(""), trouble, rex()]);
        assert_eq!(*send(get_pet(&client(&server), "1")).unwrap(), "Rex");
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests.iter().all(|request| *request == requests[0]));
    }
}

#[test]
fn attempts_have_an_end_and_a_call_may_have_its_own() {
    for send in gets() {
        let server = Recorder::answering(unavailable(""));
        let call = get_pet(&client(&server), "1");
        assert!(matches!(send(call.clone()), Err(Error::Api(error)) if error.status() == 503));
        assert_eq!(server.requests().len(), 3);
        assert!(send(call.clone().retries(Retries::none())).is_err());
        assert_eq!(server.requests().len(), 4);
        assert!(send(call.retries(QUICK.first_delay(Duration::ZERO))).is_err());
        assert_eq!(server.requests().len(), 7);
    }
}

#[test]
fn what_may_have_been_carried_out_is_repeated_only_where_that_does_no_harm() {
    type Case = (fn(&Client) -> CreatePet, fn() -> String, usize);
    let failed = || answer("500 Internal Server Error", "", "");
    let cut = || "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"".to_owned();
    let cases: [Case; 12] = [
        (|client| create_pet(client, "Rex"), failed, 1),
        (|client| create_pet(client, "Rex"), cut, 1),
        (|client| create_pet(client, "Rex"), String::new, 1),
        (|client| create_pet(client, "Rex"), || unavailable(""), 3),
        (|client| create_pet(client, "Rex").retries(QUICK.every_method()), failed, 3),
        (order_pet, failed, 3),
        (order_pet, cut, 3),
        (find_pet, failed, 3),
        (touch_pet, failed, 1),
        (sell_pet, failed, 1),
        (sell_pet, || unavailable(""), 3),
        (|client| sell_pet(client).header("idempotency-key", "1").retries(QUICK.every_method()), failed, 3),
    ];
    for send in posts() {
        for (place, (make, answer, count)) in cases.iter().enumerate() {
            let server = Recorder::answering(answer());
            let error = send(make(&client(&server))).unwrap_err();
            assert_eq!(server.requests().len(), *count, "{place}");
            assert_eq!(error.is_retryable(), *count > 1, "{place}: {error}");
        }
    }
}

#[test]
fn each_call_has_a_key_of_its_own_and_keeps_it() {
    let key = |request: &String| {
        let lines: Vec<&str> =
            request.lines().filter(|line| line.to_lowercase().starts_with("idempotency-key")).collect();
        assert_eq!(lines.len(), 1, "{request}");
        lines[0].to_lowercase()
    };
    for send in posts() {
        let server = Recorder::answering(answer("500 Internal Server Error", "", ""));
        let client = client(&server);
        (0..2).for_each(|_| drop(send(order_pet(&client))));
        drop(send(order_pet(&client).header("idempotency-key", "own")));
        let keys: Vec<String> = server.requests().iter().map(key).collect();
        assert!(keys[0] == keys[1] && keys[1] == keys[2] && keys[3] == keys[5], "{keys:?}");
        assert_ne!(keys[0], keys[3]);
        assert_eq!(keys[6], "idempotency-key: own");
    }
}

#[test]
fn a_cut_connection_is_made_again_for_a_read() {
    for send in gets() {
        for cut in ["", "HTTP/1.1 200 OK\r\ncontent-le", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n\"R"] {
            let server = Recorder::script([cut.to_owned(), rex()]);
            assert_eq!(*send(get_pet(&client(&server), "1")).unwrap(), "Rex", "{cut}");
        }
    }
}

#[test]
fn the_server_says_when() {
    for send in gets() {
        let server = Recorder::script([unavailable("retry-after: 1\r\n"), rex()]);
        let start = Instant::now();
        assert_eq!(*send(get_pet(&client(&server), "1")).unwrap(), "Rex");
        assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
        for wrong in ["soon", "-5", "99999999999999999999999999", "Sun, 99 Foo 1994 08:49:37 GMT", ""] {
            let server = Recorder::script([unavailable(&format!("retry-after: {wrong}\r\n")), rex()]);
            drop(send(get_pet(&client(&server), "1")));
            let count = server.requests().len();
            assert_eq!(count, if wrong.starts_with('9') { 1 } else { 2 }, "{wrong}");
        }
    }
}

#[test]
fn a_wait_that_is_too_long_is_the_callers() {
    for send in gets() {
        let server = Recorder::answering(unavailable("retry-after: 3600\r\n"));
        let error = send(get_pet(&client(&server), "1")).unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
        assert!(error.is_retryable() && server.requests().len() == 1);
        let server = Recorder::answering(unavailable("retry-after: 5\r\n"));
        assert!(send(get_pet(&client(&server), "1").timeout(Duration::from_secs(3))).is_err());
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn a_slow_attempt_is_given_up_for_another() {
    for send in gets() {
        let count = AtomicUsize::new(0);
        let server = Recorder::new(move |_, stream| {
            // The first one is never answered.
            let answered = count.fetch_add(1, Ordering::SeqCst) > 0;
            drop(if answered { stream.write_all(rex().as_bytes()) } else { stream.read(&mut [0]).map(drop) });
        });
        let limit = Duration::from_millis(300);
        let call = get_pet(&client(&server), "1").attempt_timeout(limit);
        assert_eq!(*send(call).unwrap(), "Rex");
        assert_eq!(server.requests().len(), 2);
        let silent = Recorder::silent();
        let call = get_pet(&client(&silent), "1").attempt_timeout(limit).timeout(Duration::from_millis(450));
        let Err(Error::Timeout(error)) = send(call) else { panic!("an answer") };
        assert!(error.limit() == Some(limit) || error.limit() == Some(Duration::from_millis(450)), "{error}");
    }
}

/// Without a runtime's timer a thread waits.
#[test]
fn attempts_wait_without_a_runtime() {
    use std::task::{Context, Poll, Wake, Waker};

    struct Thread(std::thread::Thread);
    impl Wake for Thread {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let count = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&count);
    let transport = clientwright_runtime::transport_fn(move |_| {
        let status = if counted.fetch_add(1, Ordering::SeqCst) == 0 { 503 } else { 200 };
        Ok(clientwright_runtime::http::Response::builder().status(status).body("\"Rex\"".into()).unwrap())
    });
    let client = builder().transport(transport).retries(QUICK).build().shown().unwrap();
    let waker = Waker::from(std::sync::Arc::new(Thread(std::thread::current())));
    let mut future = std::pin::pin!(get_pet(&client, "1").send());
    let outcome = loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(outcome) => break outcome,
            Poll::Pending => std::thread::park(),
        }
    };
    assert_eq!((outcome.unwrap().into_body().as_str(), count.load(Ordering::SeqCst)), ("Rex", 2));
}
