//! What callers put around calls, who watches them, and how a test replaces the transport.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::http::{HeaderValue, Request, Response};
use clientwright_runtime::{
    Body, BoxFuture, Error, Middleware, Next, NextBlocking, NextSend, NextSendBlocking, Observation, Observer,
    Operation, Outcome, Retries, Sent, transport_fn,
};
use support::{CANARY, GetPet, GetPetError, Recorder, Shown, answer, builder, get_pet, list_pets, run};

type Send = fn(GetPet) -> Result<clientwright_runtime::Response<String>, Error<GetPetError>>;

const WAYS: [Send; 2] = [|call| run(call.send()), |call| call.send_blocking().shown()];

type Log = Arc<Mutex<Vec<String>>>;

/// Notes what passes by, and adds a header to what is sent.
struct Note(&'static str, Log);

impl Note {
    fn note(&self, what: &str, text: &str) {
        self.1.lock().unwrap().push(format!("{} {what}: {text}", self.0));
    }

    fn outcome(name: &'static str, log: &Log, status: u16) {
        Self(name, Arc::clone(log)).note("was answered", &status.to_string());
    }
}

fn mark(mut request: Request<Body>, name: &'static str) -> Request<Body> {
    let operation = request.extensions().get::<&'static Operation>().unwrap().id();
    request.headers_mut().append("x-passed", HeaderValue::from_str(&format!("{name} {operation}")).unwrap());
    request
}

impl Middleware for Note {
    fn call(&self, request: Request<Bytes>, next: Next) -> BoxFuture<Outcome> {
        self.note("calls", &format!("{:?}", request.headers().get("x-api-key")));
        let (name, log) = (self.0, Arc::clone(&self.1));
        Box::pin(async move {
            let outcome = next.run(request).await;
            Self::outcome(name, &log, outcome.as_ref().unwrap().status().as_u16());
            outcome
        })
    }

    fn send(&self, request: Request<Body>, next: NextSend) -> BoxFuture<Sent> {
        self.note("sends", &format!("{:?}", request.headers()["x-api-key"]));
        next.run(mark(request, self.0))
    }

    fn call_blocking(&self, request: Request<Bytes>, next: NextBlocking) -> Outcome {
        self.note("calls", &format!("{:?}", request.headers().get("x-api-key")));
        let outcome = next.run(request)?;
        Self::outcome(self.0, &self.1, outcome.status().as_u16());
        Ok(outcome)
    }

    fn send_blocking(&self, request: Request<Body>, next: NextSendBlocking) -> Sent {
        self.note("sends", &format!("{:?}", request.headers()["x-api-key"]));
        next.run(mark(request, self.0))
    }
}

#[test]
fn middleware_stands_around_calls_and_around_what_they_send() {
    for send in WAYS {
        let log = Log::default();
        let rex = answer("200 OK", "content-type: application/json\r\n", "\"Rex\"");
        let server = Recorder::script([answer("503 Unavailable", "", ""), rex]);
        let client = builder()
            .base_url(server.url())
            .retries(Retries::up_to(1).first_delay(Duration::ZERO))
            .middleware(Note("outer", Arc::clone(&log)))
            .middleware(Note("inner", Arc::clone(&log)));
        assert_eq!(*send(get_pet(&client.build().shown().unwrap(), "1")).unwrap(), "Rex");
        assert_eq!(
            *log.lock().unwrap(),
            [
                "outer calls: None",
                "inner calls: None",
                "outer sends: Sensitive",
                "inner sends: Sensitive",
                "outer sends: Sensitive",
                "inner sends: Sensitive",
                "inner was answered: 200",
                "outer was answered: 200",
            ]
        );
        let passed = |request: &String| request.to_lowercase().matches("x-passed: ").count();
        assert_eq!(server.requests().iter().map(passed).collect::<Vec<_>>(), [2, 2]);
    }
}

/// Answers by itself, in other words than the server's.
struct Keep;

impl Middleware for Keep {
    fn call(&self, request: Request<Bytes>, _next: Next) -> BoxFuture<Outcome> {
        Box::pin(std::future::ready(Ok(kept(&request))))
    }

    fn call_blocking(&self, request: Request<Bytes>, _next: NextBlocking) -> Outcome {
        Ok(kept(&request))
    }
}

fn kept(request: &Request<Bytes>) -> Response<Bytes> {
    let status = if request.uri().path().ends_with("/1") { 200 } else { 410 };
    Response::builder().status(status).body(Bytes::from("\"Kept\"")).unwrap()
}

#[test]
fn middleware_may_answer_by_itself() {
    let transport = transport_fn(|_| panic!("something was sent"));
    let client = builder().transport(transport).blocking_transport(transport).middleware(Keep).build().shown().unwrap();
    for send in WAYS {
        assert_eq!(*send(get_pet(&client, "1")).unwrap(), "Kept");
        let Err(Error::Api(error)) = send(get_pet(&client, "2")) else { panic!("it is gone") };
        assert_eq!(
            (error.body(), error.to_string().as_str()),
            (&GetPetError::Gone, "GET /api/v1/pets/2: 410 Gone: \"Kept\"")
        );
    }
}

#[test]
fn a_test_replaces_the_transport_in_three_lines() {
    let transport = transport_fn(|_| Ok(Response::new("\"Rex\"".into())));
    let client = builder().transport(transport).blocking_transport(transport).build().shown().unwrap();
    assert_eq!(*get_pet(&client, "1").send_blocking().shown().unwrap(), "Rex");
    assert_eq!(*run(get_pet(&client, "1").send()).unwrap(), "Rex");
}

/// Keeps what it is told.
struct Watcher(Log);

impl Observer for Watcher {
    fn called(&self, call: &Observation) {
        self.keep("call", call);
    }

    fn attempted(&self, attempt: &Observation) {
        self.keep("attempt", attempt);
    }
}

impl Watcher {
    fn keep(&self, what: &str, seen: &Observation) {
        assert!(!format!("{seen:?}").contains(CANARY), "{seen:?}");
        let status = seen.status().map(|status| status.as_u16());
        let text = format!(
            "{what} {} of {} {} {}: {} {status:?} {}",
            seen.number(),
            seen.operation(),
            seen.method(),
            seen.template(),
            seen.outcome(),
            seen.retry_in().is_some()
        );
        self.0.lock().unwrap().push(text);
    }
}

#[test]
fn who_watches_is_told_of_attempts_and_calls() {
    for send in WAYS {
        let log = Log::default();
        let cut = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"".to_owned();
        let server = Recorder::script([answer("503 Unavailable", "", ""), cut, answer("404 Not Found", "", "")]);
        let quick = Retries::up_to(2).first_delay(Duration::ZERO);
        let client = builder()
            .base_url(server.url())
            .retries(quick)
            .observer(Watcher(Arc::clone(&log)))
            .build()
            .shown()
            .unwrap();
        assert!(send(get_pet(&client, "1")).is_err());
        assert!(send(get_pet(&client, "")).is_err());
        assert_eq!(
            *log.lock().unwrap(),
            [
                "attempt 1 of getPet GET /pets/{id}: answer Some(503) true",
                "attempt 2 of getPet GET /pets/{id}: interrupted None true",
                "attempt 3 of getPet GET /pets/{id}: answer Some(404) false",
                "call 3 of getPet GET /pets/{id}: answer Some(404) false",
            ]
        );
    }
}

#[test]
fn a_raw_answer_is_what_came() {
    for status in [200, 404, 599] {
        let text = answer(&format!("{status} What"), "x-a: 1\r\nx-a: 2\r\ncontent-type: text/odd\r\n", "{not json");
        let client = builder().base_url(Recorder::answering(text).url()).build().shown().unwrap();
        for response in [run(list_pets(&client).raw()).unwrap(), list_pets(&client).raw_blocking().shown().unwrap()] {
            assert_eq!((response.status().as_u16(), response.body().as_ref()), (status, &b"{not json"[..]));
            assert_eq!(response.headers().get_all("x-a").iter().count(), 2);
        }
    }
}

#[test]
fn an_answer_that_stops_coming_is_given_up() {
    for send in WAYS {
        let server = Recorder::new(|_, stream| {
            drop(std::io::Write::write_all(stream, b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n\"Re"));
            drop(std::io::Read::read(stream, &mut [0]));
        });
        let client = builder()
            .base_url(server.url())
            .timeout(None)
            .idle_timeout(Duration::from_millis(50))
            .build()
            .shown()
            .unwrap();
        let Err(Error::Timeout(error)) = send(get_pet(&client, "1")) else { panic!("an answer") };
        assert_eq!(error.limit(), Some(Duration::from_millis(50)));
        let expected = "the answer stopped coming for 50ms (the request was received)";
        assert!(error.to_string().ends_with(expected) && error.may_have_been_received(), "{error}");
    }
}

#[test]
fn the_budget_for_retries_is_the_callers() {
    let quick = Retries::up_to(5).first_delay(Duration::ZERO);
    for send in WAYS {
        let server = Recorder::answering(answer("503 Unavailable", "", ""));
        let client = builder().base_url(server.url()).retries(quick).retry_budget(2).build().shown().unwrap();
        (0..3).for_each(|_| assert!(send(get_pet(&client, "1")).is_err()));
        assert_eq!(server.requests().len(), 5, "two retries, and three first attempts");
    }
}
