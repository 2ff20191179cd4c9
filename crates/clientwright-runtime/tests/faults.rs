//! A server that misbehaves on purpose: each fault, what the client does, and what the caller sees, with both transports.
//!
//! The table in `docs/faults.md` is what this test measures. `INSTA_UPDATE=always` writes it anew.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking", feature = "gzip", feature = "tracing"))]

mod support;

use std::fmt::Write as _;

use support::fault::{Fault, Seen};
use support::faults;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/faults.md");

const START: &str = "\
# When a server misbehaves

What a client does with each of these faults, and what its caller sees, by asynchronous calls and by those that block. The
table is measured: `crates/clientwright-runtime/tests/faults.rs` has a server for each row, and fails where the table does
not say what happened. A client with other limits and other `Retries` does other things; here a call makes at most two
attempts after the first one and waits for milliseconds, and bodies have the limits that they have unless they are set.

`Error::…` is the variant of the error. In no row is a credential in what the caller sees, in what `tracing` is told, or
in a request to another origin.
";

#[test]
fn each_fault_has_the_outcome_that_the_documentation_tells() {
    let mut text = START.to_owned();
    for (title, faults) in faults::all() {
        write!(text, "\n## {title}\n\n| the server | the client | requests | the caller sees |\n|---|---|---|---|\n")
            .unwrap();
        for fault in faults {
            text.push_str(&row(&fault));
        }
    }
    assert_eq!(faults::ELSEWHERE.load(std::sync::atomic::Ordering::SeqCst), 0, "another origin was asked");
    assert!(support::canary::told() > 200, "nothing was told to `tracing`");
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        std::fs::write(FILE, &text).unwrap();
    }
    let documented = std::fs::read_to_string(FILE).unwrap();
    for (place, (documented, measured)) in documented.lines().zip(text.lines()).enumerate() {
        assert_eq!(documented, measured, "line {} of docs/faults.md", place + 1);
    }
    assert_eq!(documented.lines().count(), text.lines().count(), "docs/faults.md");
}

fn row(fault: &Fault) -> String {
    let [streamed, blocked] = fault.measure();
    let both = |of: fn(&Seen) -> String| {
        let (one, other) = (of(&streamed), of(&blocked));
        if one == other { one } else { format!("{one}; blocking: {other}") }
    };
    format!(
        "| {} | {} | {} | {} |\n",
        fault.server,
        fault.client,
        both(|seen| seen.requests.to_string()),
        both(|seen| seen.outcome.clone())
    )
}
