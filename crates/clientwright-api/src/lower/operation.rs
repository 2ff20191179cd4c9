//! Lowers operations: parameters with their encodings, responses, security; for bodies see [`bodies`].
//!
//! In: the paths of a document. Out: operations that can be called, all of them. Never happens: a template without its
//! parameters.

use clientwright_document::model as document;
use clientwright_document::source::Value;
use clientwright_document::{Code, Diagnostic, Severity};
use indexmap::IndexMap;

use super::paths::{self, Path};
use super::{Lowering, bodies, extensions, media, parts};
use crate::model::{
    Content, Docs, Encoding, Limits, Location, Name, Operation, Origin, Parameter, Response, Shape, Style, TextFormat,
    TypeRef,
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
    let mut responses: Vec<Response> =
        read.responses.iter().map(|&(status, id)| lower_response(lowering, status, id, &name)).collect();
    if read.method == document::Method::Head {
        // An answer to HEAD says what one to GET would, but its body never comes (RFC 9110, section 9.3.2).
        for response in &mut responses {
            response.content = Content::Nothing;
        }
    }
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

fn lower_response(
    lowering: &mut Lowering<'_>,
    status: document::StatusKey,
    id: document::ResponseId,
    name: &Name,
) -> Response {
    let read = &lowering.document.responses[id];
    let name = match &read.component {
        Some(component) => Name { origin: Origin::Component(component.clone()), path: vec!["response".to_owned()] },
        None if matches!(status, document::StatusKey::Code(200..300)) => name.within("response"),
        None => name.within(&status.to_string()),
    };
    let chosen = choose(lowering, &read.content, &name);
    let bytes = || read.content.first().map(|media| (media.media_type.clone(), Content::Bytes));
    let used = chosen.as_ref().map(|(media, _)| media.clone());
    report_others(lowering, read, used.as_deref());
    let (media_type, content) = chosen.or_else(bytes).map_or((None, Content::Nothing), |(media, c)| (Some(media), c));
    report_unread(lowering, read, media_type.as_deref(), &content);
    Response {
        at: read.at,
        status,
        component: read.component.clone(),
        description: Some(&read.description)
            .filter(|text| !text.is_empty())
            .or(read.summary.as_ref())
            .cloned()
            .unwrap_or_default(),
        media_type,
        content,
        enveloped: false,
        links: read.headers.keys().any(|name| name.eq_ignore_ascii_case("link")),
    }
}

/// Reports a schema of which nothing is left, because its media type is not read, once for each response.
fn report_unread(lowering: &mut Lowering<'_>, read: &document::Response, used: Option<&str>, content: &Content) {
    let what = match content {
        Content::Text => "text",
        Content::Bytes => "bytes",
        Content::Nothing | Content::Json(_) => return,
    };
    let Some(media) = read.content.iter().find(|media| Some(media.media_type.as_str()) == used) else { return };
    let leaf = media.schema.map(|schema| parts::leaf(lowering.document, schema));
    let is_expected = leaf.is_none_or(|leaf| leaf.is_text() || leaf.is_binary() || leaf.is_untyped());
    if is_expected || !lowering.told_unread.insert(read.at) {
        return;
    }
    let diagnostic = Diagnostic::new(Code::UnsupportedBody, "an answer is not read as its schema says")
        .severity(Severity::Note)
        .at(read.at, format!("is read as {what}: {}", media.media_type));
    lowering.report(diagnostic.help("read the value out of them, or let the server offer JSON as well"));
}

/// Reports the media types that are not asked for, once for each response; but for others that say the same in JSON.
fn report_others(lowering: &mut Lowering<'_>, read: &document::Response, used: Option<&str>) {
    let used = read.content.iter().find(|media| used.is_none_or(|used| media.media_type == used));
    let Some(used) = used else { return };
    let target = |media: &document::MediaType| media.schema.map(|schema| lowering.target(schema));
    let same = |other: &document::MediaType| {
        other.media_type == used.media_type
            || (media::is_json(&used.media_type) && media::is_json(&other.media_type) && target(other) == target(used))
    };
    let others: Vec<&str> =
        read.content.iter().filter(|other| !same(other)).map(|other| other.media_type.as_str()).collect();
    if others.is_empty() || !lowering.told.insert(read.at) {
        return;
    }
    let title = "of several media types of an answer only one is asked for";
    let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title)
        .severity(Severity::Note)
        .at(read.at, format!("is read as {}, and not as {}", used.media_type, others.join(", ")));
    lowering.report(diagnostic.help("ask for another one with the header `accept`, and read the answer with `raw`"));
}

/// The media type that is used of those that are offered: JSON before text before bytes.
fn choose(lowering: &mut Lowering<'_>, offered: &[document::MediaType], name: &Name) -> Option<(String, Content)> {
    let document = lowering.document;
    let is_binary =
        |media: &&document::MediaType| media.schema.is_some_and(|schema| parts::leaf(document, schema).is_binary());
    let is_json = |stated: &str| media::is_json(stated) || media::is_anything(stated);
    if let Some(media) = offered.iter().find(|media| is_json(&media.media_type) && !is_binary(media)) {
        let value = match media.schema {
            Some(schema) => lowering.type_ref(schema, name),
            None => TypeRef { shape: Shape::Any, nullable: false },
        };
        return Some((media.media_type.clone(), Content::Json(value)));
    }
    // An answer that is a form is left as it came.
    let is_text = |stated: &str| {
        let essence = media::essence(stated);
        essence.starts_with("text/") || essence == "application/x-www-form-urlencoded"
    };
    let text = offered.iter().find(|media| is_text(&media.media_type) && !is_binary(media));
    let bytes = offered.iter().find(|media| media.media_type == "application/octet-stream");
    let bytes = bytes.or_else(|| offered.iter().find(is_binary));
    let text = text.map(|media| (media.media_type.clone(), Content::Text));
    text.or_else(|| bytes.map(|media| (media.media_type.clone(), Content::Bytes)))
}
