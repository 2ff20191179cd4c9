//! Generated clients against a server on loopback that records raw bytes.
//!
//! In: the requests and answers that the documentation of an API shows. Out: the same, byte for byte on the way there,
//! by value on the way back. Never: a connection to anything but the loopback interface.

mod allo;
mod answers;
mod behaviour;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod described;
#[cfg(test)]
mod document;
mod example;
mod onlyoffice;
#[cfg(test)]
mod pages;
mod petshop;
#[cfg(test)]
mod prism;
mod rogerroger;
#[cfg(test)]
mod samples;
mod streams;
#[cfg(test)]
mod uploads;
mod values;
mod weeek;
mod xml;

/// A test for every operation of `specs/`, which the build script made.
#[cfg(test)]
#[expect(clippy::match_same_arms, reason = "what is printed has an arm for each error")]
mod operations {
    include!(concat!(env!("OUT_DIR"), "/operations.rs"));
}

use std::time::Duration;

use clientwright_tests::{Recorder, Shown};

/// A client of Allo for a server that records.
#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> allo_client::Client {
    let builder = allo_client::Client::builder().api_key("canary").timeout(Duration::from_secs(10));
    builder.retries(allo_client::Retries::none()).base_url(recorder.url()).build().shown().unwrap()
}

/// Runs a future to its end, and looks at what comes of it.
#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn block_on<F: Future<Output: Shown>>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future).shown()
}

/// What no test is made for, because its body has no form that a description shows, is called in a test by hand.
#[test]
fn what_no_test_is_made_for_is_called_by_hand() {
    let called: Vec<&str> = onlyoffice::CALLED.iter().chain(weeek::CALLED).map(|(method, _)| *method).collect();
    assert_eq!(operations::BY_HAND, called);
}

/// Holds of a request, of what it answers and of how it fails, that they go to other threads, and that its future may be
/// given to another task. It does not compile where that is not so.
fn promised<R, T, E>(_: fn(R) -> allo_client::runtime::Sending<T, E>)
where
    R: Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
    E: Send + Sync + 'static + std::fmt::Debug + std::fmt::Display,
{
    fn goes_anywhere<T: Send + Sync + 'static>() {}
    fn can_be_spawned<F: Send + 'static>() {}
    goes_anywhere::<allo_client::Error<E>>();
    can_be_spawned::<allo_client::runtime::Sending<T, E>>();
}
