//! The clients of `specs/`, driven through their examples, against Prism.
//!
//! In: the clients of `clientwright.toml` whose documents stand in `specs/`. Out: what Prism says of each request that the
//! tests of `tests/wire` make of the examples. Never: a request that is not made as callers make it: those tests make them,
//! and show each one to Prism too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;
use std::time::Duration;

use clientwright::Configuration;

use super::process::{Server, run};
use super::{Place, Tried, node};

/// The program of Prism.
const PROGRAM: &str = "node_modules/@stoplight/prism-cli/dist/index.js";

/// How long the tests may take, their compilation too.
const TESTS: Duration = Duration::from_secs(900);

pub(super) fn run_all(place: &Place) -> Result<Vec<Tried>, String> {
    let configuration =
        Configuration::load(&place.root.join("clientwright.toml")).map_err(|report| report.render(false))?;
    let specs: BTreeSet<&str> = configuration
        .clients
        .iter()
        .map(|client| client.spec.as_str())
        .filter(|spec| spec.starts_with("specs/"))
        .collect();
    let mut servers = BTreeMap::new();
    for spec in specs {
        let command = |port: u16| {
            let mut command = node::server(place, PROGRAM);
            command.args(["mock", "--errors", "--host", "127.0.0.1", "--port", &port.to_string()]);
            command.arg(place.root.join(spec));
            command
        };
        let name = spec.replace('/', "-");
        servers.insert(spec, Server::start(command, &node::log(place, &name))?);
    }
    let addresses: Vec<String> =
        servers.iter().map(|(spec, server)| format!("{spec} http://127.0.0.1:{}", server.port())).collect();
    let report = place.target.join("prism.tsv");
    fs::write(&report, "").map_err(|error| format!("{}: {error}", report.display()))?;
    let mut tests = Command::new("cargo");
    tests.args(["test", "--package", "clientwright-tests", "--test", "wire"]).current_dir(&place.root);
    tests.env("CLIENTWRIGHT_PRISM", addresses.join("\n")).env("CLIENTWRIGHT_PRISM_REPORT", &report);
    run(&mut tests, TESTS, &node::log(place, "wire"))?;
    let text = fs::read_to_string(&report).map_err(|error| format!("{}: {error}", report.display()))?;
    Ok(read(&text))
}

/// What was reported: a line for each request. Of an operation that is tried with several examples, the first that is
/// refused counts.
fn read(text: &str) -> Vec<Tried> {
    let mut found: BTreeMap<(String, String), Option<String>> = BTreeMap::new();
    for line in text.lines() {
        let mut parts = line.splitn(3, '\t').map(str::to_owned);
        let (Some(on), Some(name), Some(failure)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let known = found.entry((on, name)).or_default();
        *known = known.take().or_else(|| (!failure.is_empty()).then_some(failure));
    }
    found.into_iter().map(|((on, name), failure)| Tried { on, name, failure }).collect()
}
