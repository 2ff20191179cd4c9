//! Values of every schema of our own documents, read and written by the types made of them.
//!
//! In: the descriptions of `specs/` and the cases of `types/`; values that a sampler makes and a validator accepts, and the
//! examples that documents show. Out: equal JSON, for each. Never: a loss that is not named here with its reason.

use std::path::Path;

use clientwright_runtime::wire::{Decode, Encode, Result, json};
use clientwright_sampler::{Document, Settings, Trial, rows};
use serde_json::Value;

/// The types of the documents, and what is made of them.
mod types {
    #![allow(warnings, clippy::all, clippy::pedantic)] // generated, and used by the table alone
    use super::{Tried, again};
    include!(concat!(env!("OUT_DIR"), "/round_trip.rs"));
}

/// Reads a value and writes it again.
type Again = fn(&str) -> Result<Vec<u8>>;

/// A document whose types are tried.
struct Tried {
    document: &'static str,
    table: &'static str,
    again: &'static [Again],
}

/// The documents of which a value may be lost, each with the schema and the reason.
const LOST: &[(&str, &str, &str)] = &[
    ("boolean_number", "#/components/schemas/Pet", "a boolean is written as `1` or `0`, as the document says"),
    (
        "pattern_properties",
        "#/components/schemas/Labels",
        "a key that no pattern describes has a value of another kind",
    ),
    ("wide_integers", "#/components/schemas/Block", "a bound that was rounded to a float is beyond 64 bits"),
];

fn again<T: Decode + Encode>(text: &str) -> Result<Vec<u8>> {
    json::from_slice::<T>(text.as_bytes()).and_then(|value| json::to_vec(&value))
}

#[test]
fn values_come_back_equal() {
    let (mut values, mut lost) = (0, Vec::new());
    for tried in types::DOCUMENTS {
        let document = Document::read(Path::new(tried.document)).unwrap();
        let rows = rows(tried.table);
        let trial = Trial::new(&document, &rows, Settings { seed: 1, samples: 8 }).unwrap();
        let line = |case: &clientwright_sampler::Case| match tried.again[case.row](&case.value.to_string()) {
            Ok(bytes) => String::from_utf8(bytes).unwrap() + "\n",
            Err(error) => format!("!{error}\n"),
        };
        let output: String = trial.cases.iter().map(line).collect();
        let report = trial.report(&rows, &output);
        values += trial.cases.len();
        for cause in report["causes"].as_array().unwrap() {
            let name = Path::new(tried.document).file_stem().unwrap().to_string_lossy();
            let place = cause["places"][0]["schema"].as_str();
            if !LOST.iter().any(|(document, schema, _)| name == *document && place == Some(*schema)) {
                lost.push(describe(&name, cause));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(values > 3000, "only {values} values were tried");
}

fn describe(document: &str, cause: &Value) -> String {
    let part = |pointer: &str| cause.pointer(pointer).cloned().unwrap_or_default();
    let [schema, given, back] = ["schema", "given", "back"].map(|part_of| part(&format!("/places/0/{part_of}")));
    format!("{document}: {} of {schema}: {}: {given} gave {back}", part("/count"), part("/cause"))
}
