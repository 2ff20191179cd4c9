//! Every code of a diagnostic has a case that raises it.
//!
//! In: the marks of the cases with mistakes, which `cases.rs` holds to be what is reported, and where. Out: a failure
//! for each code without a mark, and for each mark without a code. Never: a word on what a case is about.

use std::collections::BTreeSet;
use std::fs;

use clientwright_document::Code;
use clientwright_tests::{marks, workspace};

use super::files::below;

/// The code of what never happens; the module that gives it has a test of its own.
const NEVER: &str = "internal-error";

#[test]
fn every_code_has_a_case() {
    let cases = workspace().join("tests/cases");
    let files = ["invalid", "configuration"].iter().flat_map(|folder| below(&cases.join(folder)));
    let texts: Vec<String> = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    let marked: BTreeSet<&str> = texts.iter().flat_map(|text| marks::codes(text)).collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let without: Vec<_> = codes.difference(&marked).filter(|code| **code != NEVER).collect();
    assert!(without.is_empty(), "no case under tests/cases/invalid raises {without:?}");
    let unknown: Vec<_> = marked.difference(&codes).collect();
    assert!(unknown.is_empty(), "a case under tests/cases/invalid is marked with {unknown:?}: there are no such codes");
}
