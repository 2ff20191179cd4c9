//! Values that a description shows, or would.
//!
//! In: media types, parameters and schemas of a document. Out: their examples; where there is none, a small value that the
//! schema allows. Never: a member that travels the other way only.

use serde_json::{Map, Value, json};

use super::document::Node;

/// Whether a value is sent or received.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Way {
    Sent,
    Received,
}

/// The example of a media type: the one of a name, or the first.
pub(crate) fn media(media: &Node, name: Option<&str>, way: Way) -> Value {
    let value = |example: Node| example.at("value").value.as_ref().clone();
    let examples = media.get("examples");
    match (name, media.get("example")) {
        (Some(name), _) => value(media.at("examples").at(name)),
        (None, Some(example)) => example.value.as_ref().clone(),
        (None, None) => match examples.map(|examples| examples.entries().remove(0).1) {
            Some(example) => value(example),
            None => schema(media.get("schema").as_ref(), way, 0),
        },
    }
}

/// All examples of a media type.
pub(crate) fn all(media: &Node, way: Way) -> Vec<Value> {
    match media.get("examples").map(|examples| examples.entries()) {
        Some(examples) if !examples.is_empty() => {
            examples.iter().map(|(_, example)| example.at("value").value.as_ref().clone()).collect()
        }
        _ => vec![self::media(media, None, way)],
    }
}

/// The value of a parameter.
pub(crate) fn parameter(parameter: &Node) -> Value {
    media(parameter, None, Way::Sent)
}

/// A value that a schema allows.
fn schema(schema: Option<&Node>, way: Way, depth: usize) -> Value {
    let Some(schema) = schema else { return json!("text") };
    let own = |key: &str| schema.value.get(key).cloned();
    let first = |key: &str| own(key).and_then(|list| list.get(0).cloned());
    if let Some(shown) = own("example").or_else(|| first("examples")).or_else(|| own("const")).or_else(|| first("enum"))
    {
        return shown;
    }
    for key in ["oneOf", "anyOf"] {
        let choices = schema.get(key).map(|choices| choices.items()).unwrap_or_default();
        if let Some(choice) = choices.into_iter().find(|choice| choice.text("type") != "null") {
            return self::schema(Some(&choice), way, depth);
        }
    }
    let kind = own("type").unwrap_or_default();
    let kind = kind.as_array().and_then(|kinds| kinds.iter().find(|kind| *kind != "null")).unwrap_or(&kind);
    match kind.as_str().unwrap_or_default() {
        "boolean" => json!(true),
        "integer" => own("minimum").unwrap_or(json!(1)),
        "number" => json!(1.5),
        "array" => json!([self::schema(schema.get("items").as_ref(), way, depth + 1)]),
        "string" => match schema.text("format").as_str() {
            "date-time" => json!("2024-02-29T12:30:00Z"),
            "date" => json!("2024-02-29"),
            _ => json!("text"),
        },
        _ => object(schema, way, depth),
    }
}

/// An object with what is required of it; at the top, with all of its members.
fn object(schema: &Node, way: Way, depth: usize) -> Value {
    let mut members = Map::new();
    for part in schema.get("allOf").map(|parts| parts.items()).unwrap_or_default() {
        members.extend(object(&part, way, depth).as_object().cloned().unwrap_or_default());
    }
    let required = schema.value.get("required").cloned().unwrap_or_default();
    let is_required = |key: &str| required.as_array().is_some_and(|keys| keys.iter().any(|known| known == key));
    let other = if way == Way::Sent { "readOnly" } else { "writeOnly" };
    for (key, property) in schema.get("properties").map(|properties| properties.entries()).unwrap_or_default() {
        if property.value.get(other) == Some(&json!(true)) {
            continue;
        }
        if is_required(&key) || depth == 0 {
            members.insert(key, self::schema(Some(&property), way, depth + 1));
        }
    }
    Value::Object(members)
}
