//! Lowers answers that come piece by piece: events of a server, and values of JSON one after the other (the `OpenAPI`
//! Specification, "Sequential Media Types").
//!
//! In: the media types of successes. Out: what the pieces are. `itemSchema` describes one; so does `schema` in documents that do
//! not know of it, but for a list, whose items are the pieces. Of an event, the schema describes its data, unless it has the
//! fields of an event for its members. Never happens: a stream read as a text that ends, or left out without a diagnostic.

use clientwright_document::model::{self as document, JsonType, Schema, SchemaId};
use clientwright_document::source::Value;
use clientwright_document::{Code, Diagnostic, Severity};

use super::merge::{self, Merged};
use super::pages::{is_boolean, sent};
use super::{Lowering, media, parts};
use crate::Api;
use crate::model::{Content, Name, Operation, Response, Shape, StatusKey, Stream, StreamItem, TypeRef};

/// What an event is made of.
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// The content of a response without what comes piece by piece; of a failure everything is read whole.
pub(super) fn without(
    status: StatusKey,
    content: &[document::MediaType],
) -> impl Iterator<Item = &document::MediaType> {
    content.iter().filter(move |media| !(is_success(status) && media::is_sequential(&media.media_type)))
}

fn is_success(status: StatusKey) -> bool {
    matches!(status, StatusKey::Code(200..300) | StatusKey::Range(2))
}

/// The media types of successes that come piece by piece; those of `default` where there is no other success.
pub(super) fn offered<'a>(
    document: &'a document::Document,
    read: &'a document::Operation,
) -> impl Iterator<Item = &'a document::MediaType> {
    let declared = read.responses.iter().any(|(status, _)| is_success(*status));
    let is_read = move |status| if declared { is_success(status) } else { status == StatusKey::Default };
    let successes = read.responses.iter().filter(move |(status, _)| is_read(*status));
    let content = successes.flat_map(|(_, id)| &document.responses[*id].content);
    content.filter(|media| media::is_sequential(&media.media_type))
}

/// The stream that an operation answers with.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    read: &document::Operation,
    responses: &[Response],
    name: &Name,
) -> Option<Stream> {
    let document = lowering.document;
    if read.method == document::Method::Head {
        return None;
    }
    let offered: Vec<&document::MediaType> = offered(document, read).collect();
    // Events before records, so that the order in the document decides nothing.
    let first = offered.iter().find(|media| media::is_event_stream(&media.media_type)).or(offered.first())?;
    let (schema, item) = item(lowering, first, name);
    let mut media_types = Vec::new();
    for media in &offered {
        let alike = media::is_event_stream(&media.media_type) == media::is_event_stream(&first.media_type);
        let same = piece(lowering, media) == piece(lowering, first);
        if alike && same {
            if !media_types.contains(&media.media_type) {
                media_types.push(media.media_type.clone());
            }
        } else {
            let title = "of several streams that an operation answers with only one is read";
            let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).severity(Severity::Note);
            lowering.report(diagnostic.at(media.at, format!("is read as {}", first.media_type)));
        }
    }
    let whole = |response: &Response| response.content != Content::Nothing && !is_failure(response.status, responses);
    let only = !responses.iter().any(whole);
    Some(Stream { at: first.at, media_types, item, schema, only, switch: None })
}

fn is_failure(status: StatusKey, responses: &[Response]) -> bool {
    let declared = responses.iter().any(|response| is_success(response.status));
    !is_success(status) && (declared || status != StatusKey::Default)
}

/// What a piece is, and the schema of the value in it.
fn item(lowering: &mut Lowering<'_>, media: &document::MediaType, name: &Name) -> (Option<SchemaId>, StreamItem) {
    let is_event = media::is_event_stream(&media.media_type);
    let name = name.within(if is_event { "event" } else { "record" });
    let Some(schema) = piece(lowering, media) else {
        let anything = TypeRef { shape: Shape::Any, nullable: false };
        return (None, if is_event { StreamItem::TextEvent } else { StreamItem::Record(anything) });
    };
    if !is_event {
        return (Some(schema), StreamItem::Record(value(lowering, schema, &name)));
    }
    match described(lowering, schema, media.item_schema.is_some()) {
        Described::Data(data) if is_text(lowering, data) => (None, StreamItem::TextEvent),
        Described::Data(data) => (Some(data), StreamItem::Event(value(lowering, data, &name))),
        Described::Whole => (Some(schema), StreamItem::WholeEvent(value(lowering, schema, &name))),
    }
}

fn value(lowering: &mut Lowering<'_>, schema: SchemaId, name: &Name) -> TypeRef {
    let value = lowering.type_ref(schema, name);
    lowering.finish_components();
    value
}

/// Whether a media type is values of JSON one after the other, and it is said what these are.
pub(super) fn is_described(lowering: &Lowering<'_>, media: &document::MediaType) -> bool {
    let said = |schema| {
        let is_list = items(lowering, schema) != schema;
        is_list || !parts::leaf(lowering.document, schema).is_untyped()
    };
    media::is_json_sequence(&media.media_type) && (media.item_schema.is_some() || media.schema.is_some_and(said))
}

/// What is sent piece by piece: the schema of a piece, and its value.
pub(super) fn record(
    lowering: &mut Lowering<'_>,
    media: &document::MediaType,
    name: &Name,
) -> (Option<SchemaId>, TypeRef) {
    let anything = TypeRef { shape: Shape::Any, nullable: false };
    let piece = piece(lowering, media);
    (piece, piece.map_or(anything, |piece| value(lowering, piece, &name.within("record"))))
}

/// The schema of a piece.
fn piece(lowering: &Lowering<'_>, media: &document::MediaType) -> Option<SchemaId> {
    let piece = media.item_schema.or_else(|| media.schema.map(|schema| items(lowering, schema)));
    piece.map(|piece| lowering.target(piece))
}

/// The items of a list, which is how one piece after the other is described; else the schema itself.
fn items(lowering: &Lowering<'_>, schema: SchemaId) -> SchemaId {
    let target = lowering.schema(lowering.target(schema));
    let is_list = target.types.without(JsonType::Null).iter().eq([JsonType::Array]);
    target.items.filter(|_| is_list).unwrap_or(schema)
}

/// What a schema describes of an event.
enum Described {
    /// Its data, by this schema.
    Data(SchemaId),
    /// Its fields, in several ways.
    Whole,
}

fn described(lowering: &mut Lowering<'_>, schema: SchemaId, of_item: bool) -> Described {
    let merged = merged(lowering, schema);
    if merged.choices.is_empty() {
        return match merged.schema.properties.get("data") {
            Some(&data) if has_fields(&merged.schema, of_item) => Described::Data(inner(lowering, data)),
            Some(_) | None => Described::Data(schema),
        };
    }
    let has_data = merged.schema.properties.contains_key("data");
    let alone = merged.schema.properties.is_empty() || has_fields(&merged.schema, true);
    let whole = alone && all_have_fields(lowering, &merged, of_item || has_data, NESTED);
    if whole { Described::Whole } else { Described::Data(schema) }
}

/// How deep choices of choices are looked at.
const NESTED: usize = 4;

/// Whether all choices have the fields of an event.
fn all_have_fields(lowering: &mut Lowering<'_>, choosing: &Merged, of_item: bool, depth: usize) -> bool {
    let choices: Vec<SchemaId> = choosing.choices.iter().flat_map(|choices| choices.of.iter().copied()).collect();
    choices.into_iter().all(|choice| {
        let choice = merged(lowering, choice);
        if choice.choices.is_empty() || depth == 0 {
            has_fields(&choice.schema, of_item)
        } else {
            choice.schema.properties.is_empty() && all_have_fields(lowering, &choice, of_item, depth - 1)
        }
    })
}

fn merged(lowering: &mut Lowering<'_>, schema: SchemaId) -> Merged {
    let target = lowering.target(schema);
    merge::merge(&mut lowering.schemas, target)
}

/// Whether an object has the fields of an event. Where it may as well be what the data holds, one is not enough.
fn has_fields(schema: &Schema, of_item: bool) -> bool {
    let keys: Vec<&str> = schema.properties.keys().map(String::as_str).collect();
    let told = keys.contains(&"data") || (of_item && keys.contains(&"event"));
    told && keys.iter().all(|key| FIELDS.contains(key)) && (of_item || keys.len() > 1)
}

/// What the text of an event's data holds, where that is said.
fn inner(lowering: &Lowering<'_>, data: SchemaId) -> SchemaId {
    lowering.schema(lowering.target(data)).content_schema.unwrap_or(data)
}

/// Whether an event's data is text and no JSON.
fn is_text(lowering: &Lowering<'_>, data: SchemaId) -> bool {
    let schema = lowering.schema(lowering.target(data));
    schema.types.without(JsonType::Null).iter().eq([JsonType::String])
        && schema.enum_values.is_none()
        && schema.content_media_type.as_deref().is_none_or(|stated| !media::is_json(stated))
}

/// Finds the member of a body by which a request says whether its answer is to come piece by piece: where there is a choice.
pub(super) fn find_switches(api: &mut Api) {
    let found = |operation: &Operation| {
        operation.stream.as_ref().filter(|stream| !stream.only)?;
        let property = sent(api, operation)?.properties.iter().find(|property| property.key == "stream")?;
        let assumed = property.default.as_ref().is_some_and(|default| default.value == Value::Bool(true));
        is_boolean(api, &property.value).then(|| (property.key.clone(), assumed))
    };
    let switches: Vec<Option<(String, bool)>> = api.operations.iter().map(found).collect();
    for (operation, switch) in api.operations.iter_mut().zip(switches) {
        if let Some(stream) = &mut operation.stream {
            stream.switch = switch;
        }
    }
}
