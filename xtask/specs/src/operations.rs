//! The operations of a description, and those that its API is known to have.
//!
//! In: a document, and a list of `GET /pets`, a line each. Out: how many there are, and what one has that the other lacks.
//! Never: a judgement of what an operation says.

use std::collections::BTreeSet;

use serde_json::Value;

/// The methods of HTTP that a path may have.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation of a document.
pub struct Operation<'a> {
    /// Its method and its path, as a list has them.
    pub line: String,
    /// What the document says of it.
    pub value: &'a Value,
}

/// The operations of a document, in its order.
#[must_use]
pub fn operations<'a>(document: &'a Value) -> Vec<Operation<'a>> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let of_path = |(path, item): (&String, &'a Value)| {
        let path = path.clone();
        let methods = item.as_object().into_iter().flatten().filter(|(key, _)| METHODS.contains(&key.as_str()));
        methods.map(move |(method, value)| Operation { line: format!("{} {path}", method.to_uppercase()), value })
    };
    paths.flat_map(of_path).collect()
}

/// What a list has and a document lacks, and the other way round.
pub(crate) fn compare(document: &Value, list: &str) -> (Vec<String>, Vec<String>) {
    let described: BTreeSet<String> = operations(document).into_iter().map(|operation| operation.line).collect();
    let known: BTreeSet<String> = list.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect();
    let without = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect();
    (without(&known, &described), without(&described, &known))
}
