//! Generated clients against a server on loopback that records raw bytes.
//!
//! In: the requests and answers that the documentation of an API shows. Out: the same, byte for byte on the way there,
//! by value on the way back. Never: a connection to anything but the loopback interface.

mod allo;
mod behaviour;
#[cfg(test)]
mod described;
mod example;
mod onlyoffice;
mod petshop;
mod rogerroger;
mod values;
mod weeek;

use std::time::Duration;

use clientwright_tests::Recorder;

/// A client of Allo for a server that records.
#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> allo_client::Client {
    let builder = allo_client::Client::builder().api_key("ak_live_canary").timeout(Duration::from_secs(10));
    builder.base_url(recorder.url()).build().unwrap()
}

/// Runs a future to its end.
#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
