//! Lowers request bodies: which of the media types that a document offers are sent, and how each is written.
//!
//! In: Request Body Objects. Out: the representations of a body, JSON before XML before multipart bodies with files before forms
//! before lines of JSON before texts before bytes, so that their order in the document decides nothing. Never happens: a media type left out
//! without a diagnostic, but for other names of one that is used.

use clientwright_document::model as document;
use clientwright_document::{Code, Diagnostic, Severity};

use super::{Lowering, extensions, media, parts, responses, streams};
use crate::model::{Body, BodyForm, Docs, Lists, Name, Representation, Shape, TypeKind, TypeRef};

/// What some documents call `multipart/form-data`; there is no such media type.
const MISNAMED_PARTS: &str = "application/form-data";

/// The media type of parts that are the fields of a form.
const FORM_DATA: &str = "multipart/form-data";

/// How a body is written, before its value is looked at. The order is the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Json,
    Xml,
    Upload,
    Form,
    Multipart,
    /// Values of JSON one after the other.
    Lines,
    Text,
    Bytes,
    /// What has to be written by the caller.
    Other,
}

/// Lowers the body of an operation.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    operation: &document::Operation,
    id: document::RequestBodyId,
    name: &Name,
) -> Option<Body> {
    let read = &lowering.document.request_bodies[id];
    if read.content.is_empty() {
        let title = format!("{} {} has a body without a media type", operation.method, operation.path);
        let diagnostic = Diagnostic::new(Code::UnsupportedBody, title)
            .at(read.at, "no body is sent")
            .help("name the media type of the body under `content`");
        lowering.report(diagnostic);
        return None;
    }
    let mut offered: Vec<(Kind, &document::MediaType)> =
        read.content.iter().map(|media| (kind(lowering, media), media)).collect();
    // Of media types of parts, the one that servers read most.
    offered.sort_by_key(|(kind, media)| {
        (*kind, media.media_type.starts_with("multipart/") && multipart(&media.media_type) != FORM_DATA)
    });
    let lists = extensions::lists_of(lowering, operation);
    let mut representations: Vec<Representation> = Vec::new();
    let mut unwritten = Vec::new();
    for (kind, media) in offered {
        if media::essence(&media.media_type) == MISNAMED_PARTS {
            let title = format!("there is no media type `{MISNAMED_PARTS}`");
            let diagnostic = Diagnostic::new(Code::InvalidValue, title).severity(Severity::Note);
            lowering.report(diagnostic.at(media.at, "is sent as multipart/form-data"));
        }
        let has_json =
            |&known: &&document::MediaType| media::is_json(&known.media_type) && same(lowering, known, media);
        if kind == Kind::Xml && read.content.iter().any(|known| has_json(&known)) {
            // It says the same as JSON does.
            continue;
        }
        match form(lowering, kind, media, (name, lists), &representations) {
            Some(form) => add(&mut representations, media, form),
            None => unwritten.push(media),
        }
    }
    if let Some(&first) = unwritten.first() {
        report(lowering, operation, read, &unwritten, representations.first());
        if representations.is_empty() {
            add(&mut representations, first, BodyForm::Bytes);
        }
    }
    let docs = Docs { summary: None, description: read.description.clone() };
    Some(Body { at: read.at, required: read.required, docs, representations })
}

/// Whether two media types have one schema.
fn same(lowering: &Lowering<'_>, one: &document::MediaType, other: &document::MediaType) -> bool {
    let pair = one.schema.zip(other.schema);
    pair.is_some_and(|(one, other)| responses::same_schema(lowering.document, one, other))
}

/// Adds a representation, or one more media type to the one that is the same.
fn add(representations: &mut Vec<Representation>, media: &document::MediaType, form: BodyForm) {
    let media_type = media.media_type.clone();
    match representations.iter_mut().find(|known| known.form == form) {
        Some(known) if media::is_range(&known.media_type) && !media::is_range(&media_type) => {
            known.media_type = media_type;
        }
        Some(known) => {
            if !media::is_range(&media_type) {
                known.also.push(media_type);
            }
        }
        None => {
            // What a framework writes for its own type is JSON, and is sent as such.
            let media_type = match &form {
                BodyForm::Json(_) if media::is_range(&media_type) => "application/json".to_owned(),
                BodyForm::Multipart(..) => multipart(&media_type),
                BodyForm::Json(_)
                | BodyForm::Form(..)
                | BodyForm::Xml(..)
                | BodyForm::Lines(..)
                | BodyForm::Text
                | BodyForm::Bytes => media_type,
            };
            representations.push(Representation { at: media.at, media_type, also: Vec::new(), form });
        }
    }
}

/// A media type of parts without the boundary, which is each request's own.
fn multipart(media_type: &str) -> String {
    let essence = media::essence(media_type);
    if essence == MISNAMED_PARTS { FORM_DATA.to_owned() } else { essence }
}

fn kind(lowering: &Lowering<'_>, offered: &document::MediaType) -> Kind {
    let essence = media::essence(&offered.media_type);
    let leaf = offered.schema.map(|schema| parts::leaf(lowering.document, schema));
    let binary = leaf.as_ref().is_some_and(parts::Leaf::is_binary);
    let anything = leaf.as_ref().is_none_or(|leaf| leaf.is_binary() || leaf.is_untyped());
    let text = leaf.as_ref().is_some_and(parts::Leaf::is_text);
    match essence.as_str() {
        FORM_DATA | MISNAMED_PARTS | "multipart/mixed" | "multipart/related"
            if parts::has_files(lowering.document, offered) =>
        {
            Kind::Upload
        }
        FORM_DATA | MISNAMED_PARTS | "multipart/mixed" | "multipart/related" => Kind::Multipart,
        "application/x-www-form-urlencoded" => Kind::Form,
        _ if streams::is_described(lowering, offered) && !text => Kind::Lines,
        _ if media::is_json(&essence) && !binary => Kind::Json,
        _ if media::is_anything(&essence) && !anything => Kind::Json,
        _ if media::is_xml(&essence) && leaf.as_ref().is_some_and(parts::Leaf::has_parts) => Kind::Xml,
        _ if essence.starts_with("text/") && !media::is_xml(&essence) && !binary => Kind::Text,
        _ if text => Kind::Text,
        _ if anything || essence == "application/octet-stream" => Kind::Bytes,
        _ if media::is_binary(&essence) && !essence.starts_with("application/") => Kind::Bytes,
        _ => Kind::Other,
    }
}

/// How a body of this kind is written; none where that cannot be done from a type.
fn form(
    lowering: &mut Lowering<'_>,
    kind: Kind,
    offered: &document::MediaType,
    (name, lists): (&Name, Option<Lists>),
    known: &[Representation],
) -> Option<BodyForm> {
    let value = |lowering: &mut Lowering<'_>, word: &str| match offered.schema {
        Some(schema) => {
            let value = lowering.type_ref(schema, &name.within(word));
            lowering.finish_components();
            value
        }
        None => TypeRef { shape: Shape::Any, nullable: false },
    };
    match kind {
        Kind::Json => {
            let first = !known.iter().any(|known| matches!(known.form, BodyForm::Json(_)));
            let word = if first { "body".to_owned() } else { media::essence(&offered.media_type) };
            Some(BodyForm::Json(value(lowering, &word)))
        }
        Kind::Xml => {
            let another = known.iter().any(|known| matches!(known.form, BodyForm::Xml(..)));
            let value = value(lowering, "xml");
            let root = lowering.xml_root(offered.schema?, offered.at);
            let form = BodyForm::Xml(value, root);
            (!another || known.iter().any(|known| known.form == form)).then_some(form)
        }
        Kind::Form => {
            let value = value(lowering, "form");
            let value = members(lowering, value)?;
            Some(BodyForm::Form(value, parts::lower(lowering, offered, false, lists).0))
        }
        Kind::Upload | Kind::Multipart => {
            // The parts of an operation are described once.
            let other = |known: &Representation| known.media_type != multipart(&offered.media_type);
            if known.iter().any(|known| matches!(known.form, BodyForm::Multipart(..)) && other(known)) {
                return None;
            }
            let value = value(lowering, "multipart");
            let value = members(lowering, value)?;
            let (parts, files) = parts::lower(lowering, offered, true, lists);
            Some(BodyForm::Multipart(value, parts, files))
        }
        Kind::Lines => {
            let (schema, record) = streams::record(lowering, offered, name);
            let records = TypeRef { shape: Shape::List(Box::new(record)), nullable: false };
            Some(BodyForm::Lines(records, schema))
        }
        Kind::Text => Some(BodyForm::Text),
        Kind::Bytes => Some(BodyForm::Bytes),
        Kind::Other => None,
    }
}

/// The value of a form or of a multipart body, if it has members.
pub(super) fn members(lowering: &Lowering<'_>, value: TypeRef) -> Option<TypeRef> {
    let mut shape = &value.shape;
    for _ in 0..lowering.types.done.len() {
        match shape {
            Shape::Any | Shape::Map(_) => return Some(value),
            Shape::Named(id) => match &lowering.types.done.get(id.0 as usize)?.kind {
                TypeKind::Alias(target) => shape = &target.shape,
                TypeKind::Object(_) | TypeKind::Union(_) => return Some(value),
                TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) => return None,
            },
            Shape::Boolean
            | Shape::BooleanNumber
            | Shape::Integer(_)
            | Shape::Number { .. }
            | Shape::Decimal
            | Shape::Text(_)
            | Shape::File
            | Shape::List(_) => return None,
        }
    }
    matches!(shape, Shape::Any | Shape::Map(_)).then_some(value)
}

fn report(
    lowering: &mut Lowering<'_>,
    operation: &document::Operation,
    read: &document::RequestBody,
    unwritten: &[&document::MediaType],
    used: Option<&Representation>,
) {
    let names: Vec<&str> = unwritten.iter().map(|media| media.media_type.as_str()).collect();
    let diagnostic = if let Some(used) = used {
        let title = "some media types of a body are not written yet";
        let said = format!("is sent as {}, and never as {}", used.media_type, names.join(", "));
        Diagnostic::new(Code::UnsupportedBody, title).severity(Severity::Note).at(read.at, said)
    } else {
        let title = format!("{} {} has a body that cannot be written yet", operation.method, operation.path);
        let said = format!("expected JSON, a form, parts, text or bytes, found {}", names.join(", "));
        let taken = "this operation takes the bytes of its body";
        Diagnostic::new(Code::UnsupportedBody, title).at(read.at, said).also(operation.at, taken)
    };
    lowering.report(diagnostic);
}
