//! How values are written, in each place that a request has for one: generated clients against a server that keeps every byte.
//!
//! In: `places.yaml`, and a document that the build script makes of the table of styles. Out: bytes that are as
//! `docs/parameters.md` says, and that decoders of others read back as the values that were given. Never: a decoder of ours; a
//! connection to anything but the loopback interface.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

/// Sends a call with each of the two transports, which send the same or refuse it for the same reason.
macro_rules! both {
    ($call:expr) => {{
        use clientwright_tests::Shown as _;
        let call = $call;
        let blocking = call.clone().send_blocking().shown().map(drop).map_err(|error| error.to_string());
        let asynchronous = crate::block_on(call.send()).map(drop).map_err(|error| error.to_string());
        assert_eq!(blocking, asynchronous);
        blocking
    }};
}

mod bodies;
mod hostile;
mod parameters;
mod patches;
mod values;
mod values_in_places;

/// The client of a document with an operation for each cell of the table of styles.
mod styles {
    #![allow(dead_code, unused_imports, unreachable_pub, missing_docs)] // a part of it is used here, and by nobody else
    include!(concat!(env!("OUT_DIR"), "/styles/mod.rs"));
}
/// The client of `places.yaml`.
mod places {
    #![allow(dead_code, unused_imports, unreachable_pub, missing_docs)] // a part of it is used here, and by nobody else
    include!(concat!(env!("OUT_DIR"), "/places/mod.rs"));
}

use std::sync::OnceLock;

use clientwright_tests::{Recorded, Recorder, Reply, Shown};
use tokio::runtime::{Builder, Runtime};

/// A server that is satisfied with everything.
fn server() -> Recorder {
    Recorder::answering(|_| Reply::new(204))
}

/// A client of `places.yaml` for a server.
fn places(server: &Recorder) -> places::Client {
    places::Client::builder().base_url(server.url()).build().shown().unwrap()
}

/// Runs a future to its end, in a runtime that the connections of all clients outlive.
fn block_on<F: Future<Output: Shown>>(future: F) -> F::Output {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Builder::new_current_thread().enable_all().build().shown().unwrap());
    runtime.block_on(future).shown()
}

/// What a call made of its values with both transports: the request, or why there is none.
fn sent(server: &Recorder, result: Result<(), String>) -> Result<Recorded, String> {
    result?;
    let requests = server.requests();
    let [.., blocking, asynchronous] = requests.as_slice() else { panic!("two requests") };
    assert_eq!(essence(blocking), essence(asynchronous));
    Ok(asynchronous.clone())
}

/// What two transports send alike.
fn essence(request: &Recorded) -> (&str, &str, Vec<(String, &str)>, &[u8]) {
    let own = ["accept-encoding", "connection", "content-length", "host", "user-agent"];
    let headers = request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.as_str()));
    let mut headers: Vec<_> = headers.filter(|(name, _)| !own.contains(&name.as_str())).collect();
    headers.sort();
    (&request.method, &request.target, headers, &request.body)
}

/// Holds that a page of the documentation is what was measured, or writes it so.
fn hold_page(file: &str, measured: &str) {
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        std::fs::write(file, measured).unwrap();
    }
    let documented = std::fs::read_to_string(file).unwrap();
    for (place, (documented, measured)) in documented.lines().zip(measured.lines()).enumerate() {
        assert_eq!(documented, measured, "line {} of {file}", place + 1);
    }
    assert_eq!(documented.lines().count(), measured.lines().count(), "{file}");
}
