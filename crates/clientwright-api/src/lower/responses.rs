//! Lowers responses: which of the media types that a document offers are asked for, and how each is read.
//!
//! In: Response Objects. Out: for each the content that a call gives unless its caller says otherwise, JSON before texts
//! before bytes, and of successes the other media types that can be asked for. Never happens: a media type left out
//! without a diagnostic, but for one that says the same value as another.

use clientwright_document::model as document;
use clientwright_document::{Code, Diagnostic, Severity};

use super::{Lowering, media, parts, streams};
use crate::model::{Content, Docs, Header, HeaderForm, Name, Offered, Origin, Response, Shape, TextFormat, TypeRef};

/// How a body is read, before its value is looked at. The order is the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Json,
    Xml,
    Text,
    /// `application/octet-stream`.
    Octets,
    /// Other bytes, as the schema says.
    Binary,
    /// Bytes of which the document may say more than this model can.
    Other,
}

/// Lowers the responses of an operation.
pub(super) fn lower_all(lowering: &mut Lowering<'_>, read: &document::Operation, name: &Name) -> Vec<Response> {
    let mut responses: Vec<Response> =
        read.responses.iter().map(|&(status, id)| lower(lowering, status, id, name)).collect();
    if read.method == document::Method::Head {
        // An answer to HEAD says what one to GET would, but its body never comes (RFC 9110, section 9.3.2).
        for response in &mut responses {
            response.content = Content::Nothing;
            response.others.clear();
        }
    }
    responses
}

fn lower(lowering: &mut Lowering<'_>, status: document::StatusKey, id: document::ResponseId, name: &Name) -> Response {
    let read = &lowering.document.responses[id];
    let name = match &read.component {
        Some(component) => Name { origin: Origin::Component(component.clone()), path: vec!["response".to_owned()] },
        None if matches!(status, document::StatusKey::Code(200..300)) => name.within("response"),
        None => name.within(&status.to_string()),
    };
    let mut offered: Vec<(Kind, &document::MediaType)> =
        streams::without(status, &read.content).map(|media| (kind(lowering.document, media), media)).collect();
    offered.sort_by_key(|(kind, _)| *kind);
    let (mut media_type, mut content, mut others) = (None, Content::Nothing, Vec::new());
    if let Some((&(kind, used), rest)) = offered.split_first() {
        media_type = Some(used.media_type.clone());
        content = lower_content(lowering, kind, used, &name);
        report_unread(lowering, read, used, &content);
        // Of a failure no caller can ask for another form than the operation has.
        let asked = matches!(status, document::StatusKey::Code(200..300) | document::StatusKey::Range(2));
        others = lower_others(lowering, read, (used, &content), rest, asked, &name);
    }
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
        others,
        enveloped: false,
        headers: lower_headers(lowering, read, &name),
    }
}

/// The headers of a response but for the one that its media types describe.
fn lower_headers(lowering: &mut Lowering<'_>, read: &document::Response, name: &Name) -> Vec<Header> {
    let document = lowering.document;
    let mut lowered = Vec::new();
    for (key, &id) in read.headers.iter().filter(|(key, _)| !key.eq_ignore_ascii_case("content-type")) {
        let header = &document.headers[id];
        let name = match &header.component {
            Some(component) => Name { origin: Origin::Component(component.clone()), path: vec!["header".to_owned()] },
            None => name.within(key),
        };
        let style = if header.explode { HeaderForm::Exploded } else { HeaderForm::Simple };
        let (schema, form) = match &header.value {
            document::ParameterValue::Schema(schema) => (Some(*schema), style),
            document::ParameterValue::Content(media) if media::is_json(&media.media_type) => {
                (media.schema, HeaderForm::Json)
            }
            // Whatever else it is, it is text.
            document::ParameterValue::Content(_) | document::ParameterValue::Unspecified => (None, HeaderForm::Simple),
        };
        let value = match (schema, form) {
            (Some(schema), _) => TypeRef { nullable: false, ..lowering.type_ref(schema, &name) },
            (None, HeaderForm::Json) => TypeRef { shape: Shape::Any, nullable: false },
            (None, HeaderForm::Simple | HeaderForm::Exploded) => {
                TypeRef { shape: Shape::Text(TextFormat::Plain), nullable: false }
            }
        };
        let docs = Docs { summary: None, description: header.description.clone() };
        lowered.push(Header { name: key.clone(), docs, deprecated: header.deprecated, form, value });
    }
    lowered
}

/// The contents besides the one that is `used`: those that can be asked for, or none, where they cannot.
fn lower_others(
    lowering: &mut Lowering<'_>,
    read: &document::Response,
    (used, content): (&document::MediaType, &Content),
    rest: &[(Kind, &document::MediaType)],
    asked: bool,
    name: &Name,
) -> Vec<Offered> {
    let mut others: Vec<Offered> = Vec::new();
    let mut left_out = Vec::new();
    for &(kind, media) in rest {
        let beside = beside(lowering.document, used, media);
        if beside == Beside::Same {
            continue;
        }
        // What says nothing of its bytes, or is no media type, cannot be asked for.
        let is_sound = !media::is_anything(&media.media_type) && media::is_sound(&media.media_type);
        if !asked || !is_sound || beside == Beside::Encoding {
            left_out.push(media.media_type.as_str());
            continue;
        }
        let other = lower_content(lowering, kind, media, &name.within(&media::essence(&media.media_type)));
        if other != *content || other.value().is_none() {
            report_unread(lowering, read, media, &other);
            others.push(Offered { media_type: media.media_type.clone(), content: other });
        }
    }
    if !left_out.is_empty() && lowering.told.insert(read.at) {
        let title = "of several media types of an answer only one is asked for";
        let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title)
            .severity(Severity::Note)
            .at(read.at, format!("is read as {}, and not as {}", used.media_type, left_out.join(", ")));
        let help = "ask for another one with the header `accept`, and read the answer with `raw`";
        lowering.report(diagnostic.help(help));
    }
    others
}

/// What another media type is beside the one that is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// The same value by another name: JSON as well, or one of those that frameworks write it in besides.
    Same,
    /// The same value in a form that is not read from its schema.
    Encoding,
    /// Something else.
    Form,
}

/// What another media type is beside JSON or XML with a schema.
fn beside(document: &document::Document, used: &document::MediaType, other: &document::MediaType) -> Beside {
    let is_json = |stated: &str| media::is_json(stated) || media::is_anything(stated);
    let (is_used_json, is_used_xml) = (is_json(&used.media_type), media::is_xml(&used.media_type));
    let same = match (used.schema, other.schema) {
        (None, None) => true,
        (Some(used), Some(other)) => same_schema(document, used, other),
        (None, Some(_)) | (Some(_), None) => false,
    };
    let has_parts = other.schema.is_some_and(|schema| parts::leaf(document, schema).has_parts());
    let stated = &other.media_type;
    let is_named = media::is_xml(stated) || (is_used_json && media::essence(stated) == "text/plain");
    if same && ((is_used_json && is_json(stated)) || (has_parts && is_named && (is_used_json || is_used_xml))) {
        Beside::Same
    } else if same && has_parts && (is_used_json || is_used_xml) {
        Beside::Encoding
    } else {
        Beside::Form
    }
}

/// Whether two schemas are one, or lists of one.
pub(super) fn same_schema(document: &document::Document, one: document::SchemaId, other: document::SchemaId) -> bool {
    let target = |id| {
        let schema: &document::Schema = &document.schemas[id];
        schema.reference.as_ref().map_or(id, |reference| reference.target)
    };
    let mut pair = (target(one), target(other));
    // A list of a list is as deep as any document has.
    for _ in 0..4 {
        if pair.0 == pair.1 {
            return true;
        }
        let items = |id| document.schemas[id].items.map(target);
        match (items(pair.0), items(pair.1)) {
            (Some(one), Some(other)) => pair = (one, other),
            (None, Some(_)) | (Some(_), None) => return false,
            (None, None) => return scalar(document, pair.0).is_some_and(|one| Some(one) == scalar(document, pair.1)),
        }
    }
    false
}

/// What a schema without parts and values of its own says.
fn scalar(document: &document::Document, id: document::SchemaId) -> Option<(document::TypeSet, Option<&str>)> {
    let schema = &document.schemas[id];
    let plain = schema.enum_values.is_none() && schema.constant.is_none();
    (plain && !parts::leaf(document, id).has_parts()).then_some((schema.types, schema.format.as_deref()))
}

/// Reports a schema of which nothing is left, because its media type is not read, once for each response.
fn report_unread(
    lowering: &mut Lowering<'_>,
    read: &document::Response,
    media: &document::MediaType,
    content: &Content,
) {
    let what = match content {
        Content::Text => "text",
        Content::Bytes => "bytes",
        Content::Nothing | Content::Json(_) | Content::Xml(_) => return,
    };
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

fn kind(document: &document::Document, media: &document::MediaType) -> Kind {
    let binary = media.schema.is_some_and(|schema| parts::leaf(document, schema).is_binary());
    let essence = media::essence(&media.media_type);
    // An answer that is a form is left as it came.
    let is_text = essence.starts_with("text/") || essence == "application/x-www-form-urlencoded";
    match essence.as_str() {
        _ if (media::is_json(&essence) || media::is_anything(&essence)) && !binary => Kind::Json,
        _ if media::is_xml(&essence)
            && media.schema.is_some_and(|schema| parts::leaf(document, schema).has_parts()) =>
        {
            Kind::Xml
        }
        _ if is_text && !binary => Kind::Text,
        "application/octet-stream" => Kind::Octets,
        _ if binary => Kind::Binary,
        _ => Kind::Other,
    }
}

/// How a body of this kind is read.
fn lower_content(lowering: &mut Lowering<'_>, kind: Kind, media: &document::MediaType, name: &Name) -> Content {
    let value = |lowering: &mut Lowering<'_>| match media.schema {
        Some(schema) => lowering.type_ref(schema, name),
        None => TypeRef { shape: Shape::Any, nullable: false },
    };
    match kind {
        Kind::Json => Content::Json(value(lowering)),
        Kind::Xml => Content::Xml(value(lowering)),
        Kind::Text => Content::Text,
        Kind::Octets | Kind::Binary | Kind::Other => Content::Bytes,
    }
}
