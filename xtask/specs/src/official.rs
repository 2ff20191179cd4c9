//! The schemas that the OpenAPI Initiative publishes for documents.
//!
//! In: a document in one piece. Out: what in it is not as its version of OpenAPI has it. Never: a connection.

use jsonschema::Registry;
use serde_json::Value;

const V3_0: &str = include_str!("../schemas/openapi-3.0.json");
const V3_1: &str = include_str!("../schemas/openapi-3.1-base.json");
/// What that of 3.1 refers to.
const PARTS: [&str; 3] = [
    include_str!("../schemas/openapi-3.1.json"),
    include_str!("../schemas/openapi-3.1-dialect.json"),
    include_str!("../schemas/openapi-3.1-meta.json"),
];

/// The faults of a document, a line for each.
///
/// # Errors
///
/// The document is of a version for which there is no schema here.
pub(crate) fn faults(document: &Value) -> Result<Vec<String>, String> {
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let schema = match version.rsplit_once('.') {
        Some(("3.0", _)) => V3_0,
        Some(("3.1", _)) => V3_1,
        _ => return Err(format!("there is no schema for documents of version `{version}`")),
    };
    let mut registry = Registry::new();
    for part in PARTS {
        let part = parsed(part)?;
        let name = part.get("$id").and_then(Value::as_str).unwrap_or_default().to_owned();
        registry = registry.add(name, part).map_err(|error| error.to_string())?;
    }
    let registry = registry.prepare().map_err(|error| error.to_string())?;
    let validator = jsonschema::options().with_registry(&registry).build(&parsed(schema)?);
    let validator = validator.map_err(|error| error.to_string())?;
    Ok(validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect())
}

fn parsed(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}
