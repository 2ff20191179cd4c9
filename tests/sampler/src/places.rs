//! The places of a document whose values travel: components, JSON bodies, and what it shows as examples of them.
//!
//! In: a document. Out: the places of schemas, and examples with the place of the schema they are of. Never: an example
//! of something that is not JSON.

use serde_json::Value;

use crate::dialect::Direction;
use crate::document::{Document, Place};
use crate::heirs::components;

/// A value that a document shows.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// The schema that it is of.
    pub(crate) schema: Place,
    /// Which way it travels, where that is known.
    pub(crate) direction: Option<Direction>,
    /// The value.
    pub(crate) value: Value,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The schemas.
    pub(crate) schemas: Vec<Place>,
    /// The examples.
    pub(crate) examples: Vec<Example>,
}

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Finds components, bodies and their examples.
#[must_use]
pub(crate) fn find(document: &Document) -> Found {
    let mut found = Found::default();
    for component in components(document) {
        found.shown(document, &component);
        found.schemas.push(component);
    }
    let root = document.root();
    for (path, _) in members(document, &root.within(&["paths"])) {
        let item = end(document, root.within(&["paths", &path]));
        for method in METHODS {
            let operation = end(document, item.within(&[method]));
            if document.get(&operation).is_some() {
                found.operation(document, &operation);
            }
        }
    }
    found.schemas.sort();
    found.schemas.dedup();
    found
}

impl Found {
    /// The examples that a schema shows of itself.
    pub(crate) fn shown(&mut self, document: &Document, schema: &Place) {
        let Some(value) = document.get(schema) else { return };
        let list = value.get("examples").and_then(Value::as_array).into_iter().flatten();
        for value in value.get("example").into_iter().chain(list) {
            self.examples.push(Example { schema: schema.clone(), direction: None, value: value.clone() });
        }
    }

    fn operation(&mut self, document: &Document, operation: &Place) {
        let body = end(document, operation.within(&["requestBody"]));
        self.contents(document, &body, Direction::Sent);
        let parameters = operation.within(&["parameters"]);
        let count = document.get(&parameters).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..count {
            let parameter = end(document, parameters.within(&[&index.to_string()]));
            let is_body = document.get(&parameter).and_then(|one| one.get("in")?.as_str()) == Some("body");
            if is_body {
                self.schema(document, parameter.within(&["schema"]));
            }
        }
        for (status, _) in members(document, &operation.within(&["responses"])) {
            let response = end(document, operation.within(&["responses", &status]));
            self.contents(document, &response, Direction::Received);
            let schema = response.within(&["schema"]);
            if document.get(&schema).is_some() {
                for (media_type, value) in members(document, &response.within(&["examples"])) {
                    if is_json(&media_type) {
                        let direction = Some(Direction::Received);
                        self.examples.push(Example { schema: schema.clone(), direction, value: value.clone() });
                    }
                }
                self.schema(document, schema);
            }
        }
    }

    /// The media types of a body.
    fn contents(&mut self, document: &Document, body: &Place, direction: Direction) {
        for (media_type, described) in members(document, &body.within(&["content"])) {
            if !is_json(&media_type) {
                continue;
            }
            let content = end(document, body.within(&["content", &media_type]));
            let schema = content.within(&["schema"]);
            let mut values: Vec<&Value> = described.get("example").into_iter().collect();
            for (name, _) in members(document, &content.within(&["examples"])) {
                let example = end(document, content.within(&["examples", &name]));
                values.extend(document.get(&example).and_then(|one| one.get("value")));
            }
            for value in values {
                let direction = Some(direction);
                self.examples.push(Example { schema: schema.clone(), direction, value: value.clone() });
            }
            self.schema(document, schema);
        }
    }

    fn schema(&mut self, document: &Document, schema: Place) {
        let schema = end(document, schema);
        if document.get(&schema).is_some() && !self.schemas.contains(&schema) {
            self.shown(document, &schema);
            self.schemas.push(schema);
        }
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

fn members<'a>(document: &'a Document, place: &Place) -> Vec<(String, &'a Value)> {
    let members = document.get(place).and_then(Value::as_object).into_iter().flatten();
    members.map(|(key, value)| (key.clone(), value)).collect()
}

/// The place that a chain of references leads to.
pub(crate) fn end(document: &Document, mut place: Place) -> Place {
    for _ in 0..20 {
        let reference = document.get(&place).and_then(|value| value.get("$ref")?.as_str());
        let Some(target) = reference.and_then(|reference| document.resolve(&place.file, reference)) else { break };
        place = target;
    }
    place
}
