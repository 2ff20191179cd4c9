//! Calls Spector's scenarios through generated clients, with the values that each scenario expects.
//!
//! In: the folder that `CLIENTWRIGHT_CONTRACT` names, with the documents and `scenarios.json`, and the server's address. Out:
//! a line for each version and scenario: nothing, or why it did not pass. Never: a request that is not made by the typed
//! methods of a client; a scenario without a line.

mod by_hand;
mod given;
mod operations {
    //! The clients, and how each of their operations is called.
    use super::Row;
    use super::given::{self, Given, Outcome};

    include!(concat!(env!("OUT_DIR"), "/operations.rs"));
}

use std::path::Path;
use std::{env, fs};

use given::{Given, Outcome};
use serde_json::Value;

/// An operation of a document, and how it is called.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) document: &'static str,
    pub(crate) version: &'static str,
    pub(crate) operation: &'static str,
    /// The method of a call that takes the body; empty where there is none.
    pub(crate) kind: &'static str,
    pub(crate) call: fn(&Given) -> Outcome,
}

fn main() {
    let folder = env::var("CLIENTWRIGHT_CONTRACT").expect("the folder of the contract");
    let url = env::args().nth(1).expect("the address of the server");
    let scenarios: Value = read(&Path::new(&folder).join("scenarios.json"));
    let bodies = scenarios
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|one| one["calls"].as_array())
        .flatten()
        .map(|call| &call["body"]);
    let picture = bodies.filter(|body| body["type"] == "image/png").find_map(given::bytes_of).unwrap_or_default();
    let mut rows = operations::rows();
    rows.extend(by_hand::rows());
    for version in ["3.0.0", "3.1.0"] {
        for scenario in scenarios.as_array().expect("a list") {
            let text = |key: &str| scenario[key].as_str().expect("a text");
            let path = Path::new(&folder).join("documents").join(text("document")).join(version).join("openapi.json");
            let document: Value = read(&path);
            let known: Vec<Row> =
                rows.iter().filter(|row| row.document == text("document") && row.version == version).copied().collect();
            let calls = scenario["calls"].as_array().expect("a list");
            let mut wrong = Vec::new();
            for (number, call) in calls.iter().enumerate() {
                let result = Given::new(&url, &document, text("scenario"), number, call)
                    .and_then(|given| call_one(&known, &given.with_picture(&picture)));
                if let Err(error) = result {
                    wrong.push(format!(
                        "{} {}: {error}",
                        call["method"].as_str().unwrap_or(""),
                        call["uri"].as_str().unwrap_or("")
                    ));
                }
            }
            println!("{version}\t{}\t{}", text("scenario"), wrong.join("; ").replace(['\n', '\t'], " "));
        }
    }
}

/// Makes a call with the row of its operation that takes such a body, or with what a person wrote for the scenario.
fn call_one(rows: &[Row], given: &Given) -> Outcome {
    let by_hand = rows.iter().find(|row| row.operation == given.scenario());
    let all = || rows.iter().filter(|row| row.operation == given.operation());
    let fitting = by_hand.or_else(|| all().find(|row| given.is_sent_by(row.kind))).or_else(|| all().next());
    let row = fitting.ok_or_else(|| match given.operation() {
        "" => "the document has no such operation".to_owned(),
        operation => format!("`{operation}` is not among the client's operations"),
    })?;
    (row.call)(given)
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
