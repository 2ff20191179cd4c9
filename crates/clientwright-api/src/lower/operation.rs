//! Lowers operations: security, idempotency; for the rest see [`parameters`], [`bodies`] and [`responses`].
//!
//! In: the paths of a document. Out: operations that can be called, all of them. Never happens: a template without its
//! parameters.

use clientwright_document::model as document;
use clientwright_document::source::Value;

use super::paths::Path;
use super::{Lowering, bodies, extensions, parameters, responses, streams};
use crate::model::{Docs, Location, Name, Operation, Origin, Parameter, Shape, TextFormat};

/// Lowers all operations, in document order.
pub(super) fn lower_all(lowering: &mut Lowering<'_>) -> Vec<Operation> {
    let document = lowering.document;
    // Asked for once, so that a mistake in it is told once.
    extensions::text(lowering, &document.extensions, extensions::IDEMPOTENCY_KEY, document.at);
    extensions::check(lowering, &document.extensions, extensions::OF_DOCUMENT, document.at);
    let mut operations = Vec::new();
    for item in &document.paths {
        for &id in &item.operations {
            operations.push(lower_one(lowering, item, &document.operations[id]));
            lowering.finish_components();
        }
    }
    operations
}

fn lower_one(lowering: &mut Lowering<'_>, item: &document::PathItem, read: &document::Operation) -> Operation {
    let identity = read.operation_id.clone().unwrap_or_else(|| format!("{} {}", read.method, read.path));
    let name = Name { origin: Origin::Operation(identity), path: Vec::new() };
    let body = read.request_body.and_then(|id| bodies::lower(lowering, read, id, &name));
    let parameters = parameters::lower(lowering, item, read, &name);
    let repeatable = extensions::flag(lowering, &read.extensions, extensions::REPEATABLE, read.at);
    let idempotency_key = idempotency_key(lowering, read, &parameters, repeatable);
    extensions::check(lowering, &read.extensions, extensions::OF_OPERATION, read.at);
    let docs = Docs { summary: read.summary.clone(), description: read.description.clone() };
    let responses = responses::lower_all(lowering, read, &name);
    let stream = streams::lower(lowering, read, &responses, &name);
    Operation {
        at: read.at,
        id: read.operation_id.clone(),
        method: read.method.clone(),
        path: Path::new(&read.path).template,
        tag: read.tags.first().cloned(),
        docs: docs.or(|| Docs { summary: item.summary.clone(), description: item.description.clone() }),
        deprecated: read.deprecated,
        parameters,
        body,
        responses,
        stream,
        security: super::security::of_operation(lowering, read),
        server: super::server::of_operation(lowering, item, read),
        repeatable,
        idempotency_key,
        paging: None,
        envelope: Vec::new(),
    }
}

/// The header with a key for repeated requests: what the document says of the operation or of all, or a parameter.
fn idempotency_key(
    lowering: &mut Lowering<'_>,
    read: &document::Operation,
    parameters: &[Parameter],
    repeatable: Option<bool>,
) -> Option<String> {
    let own = extensions::text(lowering, &read.extensions, extensions::IDEMPOTENCY_KEY, read.at);
    let declared = || parameters.iter().find(|parameter| is_idempotency_key(parameter)).map(|one| one.name.clone());
    let of_all = lowering.document.extensions.get(extensions::IDEMPOTENCY_KEY).and_then(Value::as_str);
    let adds = matches!(read.method, document::Method::Post | document::Method::Patch);
    let needed = !repeatable.unwrap_or(!adds);
    own.or_else(declared).or_else(|| of_all.filter(|_| needed).map(str::to_owned))
}

/// Whether a parameter is a header whose text the client may choose, so that the server knows a repeated request.
fn is_idempotency_key(parameter: &Parameter) -> bool {
    let name = parameter.name.to_ascii_lowercase().replace('_', "-");
    let known = ["idempotency-key", "x-idempotency-key", "idempotency-token", "x-idempotency-token"];
    parameter.location == Location::Header
        && known.contains(&name.as_str())
        && matches!(parameter.value.shape, Shape::Text(TextFormat::Plain))
}
