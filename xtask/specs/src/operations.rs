//! The operations of a description, and those that its API is known to have.
//!
//! In: a document, and a list of `GET /pets`, a line each. Out: how many there are, what one has that the other lacks, and
//! which operation does not say all that each says. Never: a judgement of what it says.

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

/// What operations do not say, though each says it: its name, alone in the document, a tag that the document explains, what
/// it does, and how it fails.
pub(crate) fn faults(document: &Value) -> Vec<String> {
    let tags = document.get("tags").and_then(Value::as_array).into_iter().flatten();
    let tags: BTreeSet<&str> = tags.filter_map(|tag| tag.get("name")?.as_str()).collect();
    let mut names = BTreeSet::new();
    let mut faults = Vec::new();
    for Operation { line, value } in operations(document) {
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
        let tagged = value.get("tags").and_then(Value::as_array).into_iter().flatten();
        let tagged: Vec<&str> = tagged.filter_map(Value::as_str).collect();
        let responses = value.get("responses").and_then(Value::as_object).into_iter().flatten();
        let fails = responses.map(|(status, _)| status).any(|status| status.starts_with(['4', '5', 'd']));
        let said = [
            (
                names.insert(text("operationId").to_owned()) && !text("operationId").is_empty(),
                "an `operationId` of its own",
            ),
            (text("summary").ends_with('.'), "a summary, a sentence"),
            (!tagged.is_empty() && tagged.iter().all(|tag| tags.contains(tag)), "a tag of the document"),
            (fails, "an error"),
        ];
        faults.extend(said.iter().filter(|(is_said, _)| !is_said).map(|(_, what)| format!("{line} lacks {what}")));
    }
    faults
}
