//! How values are written, in each place that a request has for one: generated clients against a server that keeps every byte.
//!
//! In: `places.yaml`, and a document that the build script makes of the table of styles. Out: bytes that are as
//! `docs/parameters.md` says, and that decoders of others read back as the values that were given. Never: a decoder of ours; a
//! connection to anything but the loopback interface.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

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

use clientwright_tests::{Recorded, Recorder, Reply, Shown};

/// A server that is satisfied with everything.
fn server() -> Recorder {
    Recorder::answering(|_| Reply::new(204))
}

/// A client of `places.yaml` for a server.
fn places(server: &Recorder) -> places::Client {
    places::Client::builder().base_url(server.url()).build().shown().unwrap()
}

/// What a call made of its values: the request, or why there is none.
fn sent<T, E: std::fmt::Display>(server: &Recorder, result: Result<T, E>) -> Result<Recorded, String> {
    result.map_err(|error| error.to_string())?;
    server.requests().pop().ok_or_else(|| "nothing was sent".to_owned())
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
