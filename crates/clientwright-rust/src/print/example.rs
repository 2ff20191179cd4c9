//! Writes the first call of a client, for its documentation.
//!
//! In: the planned operations. Out: lines of Rust that compile. Never happens: a value out of the document; where an
//! argument would need one, another operation is shown.

use crate::model::{BodyMediaType, Constructor, Crate, CredentialKind, ItemKind, MadeOf, Operation, RustType, Struct};

/// The lines of a program's body that makes a client and calls it; none where no call can be written.
pub(super) fn first_call(planned: &Crate) -> Vec<String> {
    let operations = || planned.operations.iter().flat_map(|module| &module.operations);
    let simple = operations().filter(|operation| operation.http_method == "GET").chain(operations());
    let Some((operation, arguments)) =
        simple.into_iter().find_map(|operation| Some((operation, arguments(planned, operation)?)))
    else {
        return Vec::new();
    };
    let variable = planned.manifest.name.replace('-', "_").to_uppercase();
    let credential = planned.client.credentials.first().map(|credential| {
        let method = &credential.method;
        let read = format!("std::env::var(\"{variable}_{}\")?", method.as_str().to_uppercase());
        match credential.kind {
            CredentialKind::ApiKey { .. } | CredentialKind::Bearer => format!(".{method}({read})"),
            CredentialKind::Basic => format!(".{method}(\"name\", {read})"),
        }
    });
    let has_server = planned.client.default_server().is_some_and(|server| server.url.starts_with("http"));
    let base = if has_server { "" } else { ".base_url(\"https://api.example.com\")" };
    vec![
        format!("let client = Client::builder(){}{base}.build()?;", credential.unwrap_or_default()),
        format!("let response = client.{}({}).send().await?;", operation.method, arguments.join(", ")),
        "println!(\"{response:?}\");".to_owned(),
    ]
}

/// Arguments for all that an operation requires.
fn arguments(planned: &Crate, operation: &Operation) -> Option<Vec<String>> {
    let parameters =
        operation.arguments.iter().filter_map(|&place| operation.parameters.get(place)).map(|found| &found.rust_type);
    let body = operation.bodies.first().filter(|body| body.required);
    if body.is_some_and(|body| !matches!(body.media_type, BodyMediaType::Known(_))) {
        return None;
    }
    let body = body.map(|body| &body.rust_type);
    parameters.chain(body).map(|rust_type| value(planned, rust_type, 0)).collect()
}

fn value(planned: &Crate, rust_type: &RustType, depth: usize) -> Option<String> {
    match rust_type {
        RustType::String | RustType::Named { made_of: MadeOf::Text, .. } => Some("\"…\"".to_owned()),
        RustType::Primitive("bool") => Some("true".to_owned()),
        RustType::Primitive("f32" | "f64") => Some("1.0".to_owned()),
        RustType::Primitive(_) => Some("1".to_owned()),
        RustType::List(item) => Some(format!("[{}]", value(planned, item, depth)?)),
        RustType::Named { name, .. } if depth < 3 => {
            let items = planned.types.iter().flat_map(|module| &module.items);
            match &items.filter(|item| item.name == *name).map(|item| &item.kind).next()? {
                ItemKind::Struct(structure) => constructed(planned, name.as_str(), structure, depth + 1),
                ItemKind::Alias(target) => value(planned, target, depth + 1),
                ItemKind::TextEnum(_) | ItemKind::IntegerEnum(..) | ItemKind::Union(_) => None,
            }
        }
        RustType::Named { .. }
        | RustType::Bytes
        | RustType::Runtime(_)
        | RustType::Own(_)
        | RustType::Map(_)
        | RustType::Option(_)
        | RustType::Field(_)
        | RustType::Boxed(_)
        | RustType::Unit => None,
    }
}

fn constructed(planned: &Crate, name: &str, structure: &Struct, depth: usize) -> Option<String> {
    let arguments: Option<Vec<String>> = match &structure.constructor {
        Constructor::Default => Some(Vec::new()),
        Constructor::Arguments => {
            let arguments = structure.arguments.iter().filter_map(|&place| structure.fields.get(place));
            arguments.map(|field| value(planned, &field.given(), depth)).collect()
        }
        Constructor::Struct(_) => None,
    };
    Some(format!("types::{name}::new({})", arguments?.join(", ")))
}

/// Whether an example names the module of types.
pub(super) fn needs_types(lines: &[String]) -> bool {
    lines.iter().any(|line| line.contains("types::"))
}
