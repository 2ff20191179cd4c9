//! Every operation that a document of `specs/` describes is called in a test of its own.
//!
//! In: the clients of `clientwright.toml`, and the lists of what is called. Out: a failure for each operation without a
//! test, and for each test of an operation that is described no more. Never: a client that is forgotten here.

use std::collections::{BTreeMap, BTreeSet};

use clientwright::Configuration;
use clientwright::configuration::FILE_NAME;
use clientwright_tests::workspace;

use super::described::operation_ids;
use super::{allo, rogerroger, weeek};

/// Operations with the tests that call them.
pub(crate) type Called = [(&'static str, fn())];

const CLIENTS: &[(&str, &Called)] =
    &[("allo", allo::CALLED), ("rogerroger", rogerroger::CALLED), ("weeek", weeek::CALLED)];

#[test]
fn every_operation_is_called() {
    let configuration = Configuration::load(&workspace().join(FILE_NAME)).unwrap_or_else(|report| panic!("\n{report}"));
    let called: BTreeMap<_, _> = CLIENTS.iter().copied().collect();
    for client in configuration.clients.iter().filter(|client| client.spec.starts_with("specs/")) {
        let called = called.get(client.name.as_str()).unwrap_or_else(|| panic!("no test calls {}", client.name));
        let names: BTreeSet<String> = called.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(names, operation_ids(&client.spec), "{}: tests and operations differ", client.name);
    }
}
