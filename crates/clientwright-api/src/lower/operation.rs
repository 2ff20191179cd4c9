//! Lowers operations: parameters with their encodings, security; for bodies see [`bodies`] and [`responses`].
//!
//! In: the paths of a document. Out: operations that can be called, all of them. Never happens: a template without its
//! parameters.

use clientwright_document::model as document;
use clientwright_document::source::Value;
use clientwright_document::{Code, Diagnostic, Severity};
use indexmap::IndexMap;

use super::paths::{self, Path};
use super::{Lowering, bodies, extensions, media, responses};
use crate::model::{
    Docs, Encoding, Limits, Location, Name, Operation, Origin, Parameter, Shape, Style, TextFormat, TypeRef,
};

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
    let parameters = lower_parameters(lowering, item, read, &name);
    let repeatable = extensions::flag(lowering, &read.extensions, extensions::REPEATABLE, read.at);
    let idempotency_key = idempotency_key(lowering, read, &parameters, repeatable);
    extensions::check(lowering, &read.extensions, extensions::OF_OPERATION, read.at);
    let docs = Docs { summary: read.summary.clone(), description: read.description.clone() };
    let responses = responses::lower_all(lowering, read, &name);
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

/// Headers that are described by other means; parameters for them shall be ignored ("Parameter Object").
const IGNORED_HEADERS: &[&str] = &["Accept", "Content-Type", "Authorization"];

/// The path's parameters, then the operation's own, which replace those of the same name and place.
fn lower_parameters(
    lowering: &mut Lowering<'_>,
    item: &document::PathItem,
    read: &document::Operation,
    name: &Name,
) -> Vec<Parameter> {
    let document = lowering.document;
    let mut found: IndexMap<(Location, &str), &document::Parameter> = IndexMap::new();
    for &id in item.parameters.iter().chain(&read.parameters) {
        let parameter = &document.parameters[id];
        found.insert((parameter.location, &parameter.name), parameter);
    }
    paths::report(lowering, read);
    let Path { parameters: templates, query, .. } = Path::new(&read.path);
    let mut parameters = Vec::new();
    for ((location, key), parameter) in found {
        if location == Location::Header && IGNORED_HEADERS.iter().any(|ignored| key.eq_ignore_ascii_case(ignored)) {
            let title = format!("a parameter for the header `{key}` has no meaning");
            let diagnostic = Diagnostic::new(Code::NotGenerated, title).at(parameter.at, "is left out");
            lowering.report(diagnostic.help("media types and security schemes say what this header carries"));
            continue;
        }
        if location == Location::Path && !templates.contains(&key) {
            let title = format!("the path has no `{{{key}}}` for this parameter");
            let diagnostic = Diagnostic::new(Code::UnusedPathParameter, title)
                .at(parameter.at, "is left out")
                .also(read.at, format!("of {} {}", read.method, read.path))
                .help("write the parameter into the path, or remove it");
            lowering.report(diagnostic);
            continue;
        }
        parameters.extend(lower_parameter(lowering, parameter, name));
    }
    for template in templates {
        if !parameters.iter().any(|known| known.location == Location::Path && known.name == template) {
            parameters.push(undeclared(lowering, read, template, Location::Path));
        }
    }
    for key in query {
        if !parameters.iter().any(|known| known.location == Location::Query && known.name == key) {
            parameters.push(undeclared(lowering, read, key, Location::Query));
        }
    }
    parameters
}

fn lower_parameter(lowering: &mut Lowering<'_>, read: &document::Parameter, name: &Name) -> Option<Parameter> {
    if read.location == Location::QueryString {
        let diagnostic =
            Diagnostic::new(Code::UnsupportedKeyword, "a parameter that is the whole query is not used yet")
                .at(read.at, "is left out");
        lowering.report(diagnostic);
        return None;
    }
    let style = Encoding::Style { style: read.style, explode: read.explode, allow_reserved: read.allow_reserved };
    let (schema, encoding) = match &read.value {
        document::ParameterValue::Schema(id) => (Some(*id), style),
        document::ParameterValue::Content(content) if media::is_json(&content.media_type) => {
            (content.schema, Encoding::Json)
        }
        document::ParameterValue::Content(content) => {
            if media::essence(&content.media_type) != "text/plain" {
                let title = format!("the parameter `{}` is not written as {} yet", read.name, content.media_type);
                let diagnostic =
                    Diagnostic::new(Code::UnsupportedKeyword, title).at(content.at, "is text that is sent as it is");
                lowering.report(diagnostic.help("give the value as it shall stand in the request"));
            }
            (None, style)
        }
        document::ParameterValue::Unspecified => (None, style),
    };
    let (value, limits) = match schema {
        Some(id) => (lowering.type_ref(id, &name.within(&read.name)), lowering.limits(id)),
        None => (TypeRef { shape: Shape::Text(TextFormat::Plain), nullable: false }, Limits::default()),
    };
    let is_text = matches!(value.shape, Shape::Text(TextFormat::Plain) | Shape::Any);
    if read.allow_empty_value && !is_text {
        let title = format!("`{}` may be empty, but its type may not", read.name);
        let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).severity(Severity::Note);
        lowering.report(diagnostic.at(read.at, "is never sent empty").help("let its schema allow a text as well"));
    }
    Some(Parameter {
        at: read.at,
        name: read.name.clone(),
        location: read.location,
        required: read.required || read.location == Location::Path,
        deprecated: read.deprecated,
        docs: Docs { summary: None, description: read.description.clone() },
        encoding,
        value,
        limits,
    })
}

/// The parameter that a template needs and no one declares.
fn undeclared(
    lowering: &mut Lowering<'_>,
    read: &document::Operation,
    template: &str,
    location: Location,
) -> Parameter {
    let place = location.as_str();
    let title = format!("the {place} parameter `{template}` is not declared");
    let diagnostic = Diagnostic::new(Code::UndeclaredPathParameter, title)
        .at(read.at, format!("{} {} needs a value for it; taken as text", read.method, read.path))
        .help(format!("add `- {{ name: {template}, in: {place}, required: true, schema: {{ type: string }} }}`"));
    lowering.report(diagnostic);
    let style = if location == Location::Query { Style::Form } else { Style::Simple };
    Parameter {
        at: read.at,
        name: template.to_owned(),
        location,
        required: true,
        deprecated: false,
        docs: Docs::default(),
        encoding: Encoding::Style { style, explode: location == Location::Query, allow_reserved: false },
        value: TypeRef { shape: Shape::Text(TextFormat::Plain), nullable: false },
        limits: Limits::default(),
    }
}
