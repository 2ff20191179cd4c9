//! No test that makes calls can do without the canary (`support/canary.rs`).
//!
//! In: the sources of the tests. Out: a failure for each that gets something of a client without looking at it, or that
//! serves connections without looking at what they bring. Never: a look at what a test does with it.

use std::fs;

use clientwright_tests::workspace;

use super::files::sources_below;

/// The folders of tests.
const FOLDERS: [&str; 2] = ["tests", "crates/clientwright-runtime/tests"];

/// What is no test: this one, what prints the examples' tests, and a program that has no credentials.
const NO_TESTS: [&str; 3] = ["tests/architecture/", "tests/build/", "tests/contract/"];

/// What gives a test something that might show a credential, and what has to stand around it: an outcome is looked at
/// where it comes from, or it comes of a future, which is run by a function that looks at it.
const LOOKED_AT: [(&str, &[&str]); 6] = [
    // What an asynchronous block gives is looked at by who runs it.
    (".send_blocking()", &[".shown()", "})"]),
    (".raw_blocking()", &[".shown()"]),
    (".stream_blocking()", &[".shown()"]),
    (".download_blocking()", &[".shown()"]),
    (".items_blocking()", &[".map(Shown::shown)"]),
    (".build().unwrap()", &[]),
];

/// What builds no client.
const NO_CLIENTS: [&str; 4] = ["tokio::runtime", "ClientVerifier", "Agent::", "ReqwestTransport"];

/// The functions that run futures.
const RUNS: [&str; 3] = ["fn block_on<", "fn run<", "fn ready<"];

#[test]
fn what_a_test_is_shown_is_looked_at() {
    for (path, text) in sources() {
        for (call, looks) in LOOKED_AT {
            for (place, _) in text.match_indices(call) {
                let (before, after) = (&text[..place], &text[place + call.len()..]);
                let statement = before.rsplit([';', '{']).next().unwrap_or_default();
                let looked_at = looks.iter().any(|look| after.trim_start().starts_with(look));
                let is_no_client = NO_CLIENTS.iter().any(|known| statement.contains(known));
                let line = before.lines().count();
                assert!(looked_at || is_no_client, "{path}:{line}: `{call}` and no look: add `.shown()`");
            }
        }
        for run in RUNS {
            let bounded = text.matches(run).count() == text.matches(&format!("{run}F: Future<Output: Shown>>")).count();
            assert!(bounded, "{path}: `{run}` lets pass what is not looked at: bound its output by `Shown`");
        }
        // Where nothing is sent without blocking, a runtime runs something else.
        let runs = if text.contains(".send()") { text.matches(".block_on(").count() } else { 0 };
        let unseen = runs.saturating_sub(text.matches(".block_on(future).shown()").count());
        assert_eq!(unseen, 0, "{path}: `.block_on(` of a runtime: use the function of the tests, which looks at it");
    }
}

#[test]
fn every_server_looks_at_what_it_is_sent() {
    for (path, text) in sources() {
        let serves = [".incoming()", ".accept()"].iter().any(|word| text.contains(word));
        let looks = ["canary::received(", "canary::check("].iter().any(|word| text.contains(word));
        assert!(!serves || looks, "{path} serves connections: give what they bring to `canary::received`");
    }
}

fn sources() -> Vec<(String, String)> {
    let root = workspace();
    let files = FOLDERS.iter().flat_map(|folder| sources_below(&root.join(folder)));
    let name = |path: &std::path::Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let read = |path: std::path::PathBuf| (name(&path), fs::read_to_string(&path).unwrap());
    files.map(read).filter(|(path, _)| !NO_TESTS.iter().any(|folder| path.starts_with(folder))).collect()
}
