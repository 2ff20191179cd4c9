//! What is told to `tracing`: a span for each call, an event for each attempt, and no secret.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking", feature = "tracing"))]

mod support;

use std::sync::Arc;
use std::time::Duration;

use clientwright_runtime::{Credential, Retries};
use support::trace::Collector;
use support::{CANARY, Recorder, Shown, answer, builder, list_pets, run};

#[test]
fn each_call_is_a_span_and_each_attempt_an_event() {
    let collector = Arc::new(Collector::default());
    let rex = answer("200 OK", "content-type: application/json\r\n", "[\"Rex\"]");
    let server = Recorder::script([answer("503 Unavailable", "", ""), rex]);
    let quick = Retries::up_to(2).first_delay(Duration::ZERO);
    let builder = builder().base_url(server.url()).retries(quick).credential("query", Credential::api_key(CANARY));
    let client = builder.build().shown().unwrap();
    tracing::subscriber::with_default(Arc::clone(&collector), || {
        run(list_pets(&client).send()).unwrap();
        list_pets(&client).send_blocking().shown().unwrap();
    });
    let text = collector.text();
    assert!(!text.contains(CANARY), "{text}");
    let own = |line: &&str| line.starts_with("clientwright_runtime");
    let lines: Vec<String> = text.lines().filter(own).map(without_times).collect();
    let span = "clientwright_runtime call otel.kind=\"client\" api=\"pets\" operation=\"listPets\" \
                http.request.method=\"GET\" url.template=\"/pets\"";
    let end = "clientwright_runtime call attempts=N outcome=\"answer\" http.response.status_code=200";
    assert_eq!(
        lines,
        [
            span,
            "clientwright_runtime in call: message=attempt number=1 outcome=\"answer\" status=503 elapsed=… retry_in=…",
            "clientwright_runtime in call: message=attempt number=2 outcome=\"answer\" status=200 elapsed=…",
            &end.replace('N', "2"),
            span,
            "clientwright_runtime in call: message=attempt number=1 outcome=\"answer\" status=200 elapsed=…",
            &end.replace('N', "1"),
        ]
    );
}

fn without_times(line: &str) -> String {
    let words = line.split(' ').map(|word| match word.split_once('=') {
        Some((name @ ("elapsed" | "retry_in"), _)) => format!("{name}=…"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}
