//! Examples against their schemas.
//!
//! In: a description in one document. Out: what in its examples is not as their schemas say. Never: a format taken on trust:
//! a date has to be one. Only that a path may be shown as a template, as pages do: `/users/{id}`.

use std::sync::Arc;

use jsonschema::{Registry, RegistryBuilder};
use serde_json::{Map, Value, json};

use crate::bundle::Bundle;

/// The name under which the schemas of a document are known to one another.
const DOCUMENT: &str = "urn:description";

/// The faults of examples, a line for each.
///
/// # Errors
///
/// A schema is none.
pub(crate) fn faults(bundle: &Bundle) -> Result<Vec<String>, String> {
    let version = bundle.document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let is_old = version.starts_with("3.0");
    let schemas = bundle.document.pointer("/components/schemas").cloned().unwrap_or_default();
    let schemas = json!({ "components": { "schemas": of_2020(schemas, is_old) } });
    let registry = Registry::new().add(DOCUMENT, schemas).and_then(RegistryBuilder::prepare);
    let registry = registry.map_err(|error| error.to_string())?;
    let reference = jsonschema::options().should_validate_formats(true).build(&json!({ "format": "iri-reference" }));
    let reference = reference.map_err(|error| error.to_string())?;
    let reference = Arc::new(move |text: &str| reference.is_valid(&Value::String(text.replace(['{', '}'], ""))));
    let mut faults = Vec::new();
    for example in &bundle.examples {
        let schema = of_2020(example.schema.clone(), is_old);
        let reference = Arc::clone(&reference);
        let options = jsonschema::options().with_registry(&registry).should_validate_formats(true);
        let options = options.with_format("iri-reference", move |text: &str| reference(text));
        let validator = options.build(&schema).map_err(|error| format!("{}: {error}", example.place))?;
        let place = &example.place;
        faults.extend(
            validator
                .iter_errors(&example.value)
                .map(|error| format!("{place} at `{}`: {error}", error.instance_path())),
        );
    }
    Ok(faults)
}

/// A schema as JSON Schema 2020-12 has it: of 3.0 with its `null` among the choices and its bounds as numbers.
fn of_2020(value: Value, is_old: bool) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| of_2020(item, is_old)).collect(),
        Value::Object(members) => {
            let mut members: Map<String, Value> =
                members.into_iter().map(|(key, value)| (key, of_2020(value, is_old))).collect();
            absolute(&mut members);
            if is_old {
                bounds(&mut members);
                if members.remove("nullable") == Some(Value::Bool(true)) {
                    return json!({ "anyOf": [members, { "type": "null" }] });
                }
            }
            Value::Object(members)
        }
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain,
    }
}

/// References lead into the document, from wherever they stand.
fn absolute(members: &mut Map<String, Value>) {
    if let Some(Value::String(reference)) = members.get_mut("$ref")
        && reference.starts_with('#')
    {
        reference.insert_str(0, DOCUMENT);
    }
}

fn bounds(members: &mut Map<String, Value>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match members.get(exclusive) {
            Some(Value::Bool(true)) => {
                if let Some(bound) = members.remove(bound) {
                    members.insert(exclusive.to_owned(), bound);
                }
            }
            Some(Value::Bool(false)) => drop(members.remove(exclusive)),
            _ => {}
        }
    }
}
