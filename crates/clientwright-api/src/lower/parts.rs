//! Lowers the members of forms and of multipart bodies: what is special about the way each is written, and which are
//! files (the `OpenAPI` Specification, "Encoding Object").
//!
//! In: a Media Type Object whose schema has properties. Out: a part for each member about which something is to be
//! said. Never happens: a media type stated that the member has anyway.

use clientwright_document::model::{
    AdditionalProperties, Document, Encoding, Id as _, JsonType, MediaType, ParameterValue, Schema, SchemaId,
};
use clientwright_document::source::Value;
use clientwright_document::{Code, Diagnostic, Severity};
use indexmap::IndexMap;

use super::schemas::Schemas;
use super::{Lowering, extensions, media, merge};
use crate::model::{FileMember, Lists, Part, Style, Styled};

/// What stands in a place in the end: behind references, and within a list.
pub(super) struct Leaf<'a> {
    schema: &'a Schema,
    /// Whether it is an element of a list.
    in_list: bool,
}

impl Leaf<'_> {
    /// Whether the schema says that it is bytes.
    pub(super) fn is_binary(&self) -> bool {
        let schema = self.schema;
        let types = schema.types.without(JsonType::Null);
        let text = types.is_empty() || (types.len() == 1 && types.contains(JsonType::String));
        let stated = schema.content_media_type.as_deref().is_some_and(media::is_binary);
        text && schema.content_encoding.is_none()
            && (schema.format.as_deref() == Some("binary") || (stated && schema.format.is_none()))
    }

    /// Whether the schema says nothing of what stands there.
    pub(super) fn is_untyped(&self) -> bool {
        let schema = self.schema;
        schema.types.is_empty()
            && schema.boolean != Some(false)
            && !self.is_nested()
            && schema.enum_values.is_none()
            && schema.constant.is_none()
            && schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).next().is_none()
    }

    /// Whether it is text and nothing else.
    pub(super) fn is_text(&self) -> bool {
        let types = self.schema.types.without(JsonType::Null);
        types.len() == 1 && types.contains(JsonType::String) && !self.in_list && !self.is_binary()
    }

    /// Whether it has members or elements, or is a list.
    pub(super) fn has_parts(&self) -> bool {
        self.in_list || self.is_nested()
    }

    /// Whether it has members or elements.
    fn is_nested(&self) -> bool {
        let schema = self.schema;
        let types = [JsonType::Object, JsonType::Array];
        types.into_iter().any(|nested| schema.types.contains(nested))
            || !schema.properties.is_empty()
            || schema.items.is_some()
            || schema.additional_properties != AdditionalProperties::Unspecified
            || !schema.all_of.is_empty()
    }

    /// Whether it is a file in a multipart body with these media types.
    fn is_file(&self, stated: &[String]) -> bool {
        let schema = self.schema;
        let types = schema.types.without(JsonType::Null);
        let plain = types.len() == 1 && types.contains(JsonType::String) && schema.format.is_none();
        let free = schema.enum_values.is_none() && schema.constant.is_none() && schema.content_encoding.is_none();
        let binary = stated.iter().any(|stated| media::is_binary(stated));
        self.is_binary() || (self.is_untyped() && (stated.is_empty() || binary)) || (plain && free && binary)
    }
}

/// What stands in a place in the end.
pub(super) fn leaf(document: &Document, id: SchemaId) -> Leaf<'_> {
    let mut found = Leaf { schema: &document.schemas[id], in_list: false };
    let mut next = Some(id);
    let mut seen = Vec::new();
    while let Some(id) = next.filter(|id| !seen.contains(&id.index())) {
        seen.push(id.index());
        let schema = &document.schemas[id];
        found.schema = schema;
        let plain = schema.reference.as_ref().filter(|_| merge::is_plain_reference(schema));
        let choice = || merge::only_choice(&Schemas::new(document), id).map(|(inner, _)| inner);
        next = plain.map(|reference| reference.target).or_else(choice);
        if next.is_none() && !found.in_list && schema.types.without(JsonType::Null).iter().eq([JsonType::Array]) {
            found.in_list = true;
            next = schema.items;
        }
    }
    found
}

/// Whether a multipart body has a member that is a file.
pub(super) fn has_files(document: &Document, offered: &MediaType) -> bool {
    let members = offered.schema.map(|schema| members(document, schema)).unwrap_or_default();
    members.iter().any(|(key, &schema)| {
        let stated = offered.encoding.get(key).and_then(|encoding| encoding.content_type.as_deref());
        leaf(document, schema).is_file(&media::list(stated.unwrap_or_default()))
    })
}

/// What is special about the members of a form or of a multipart body, and which are files.
///
/// `lists` is what the operation says of lists, unless an encoding says it itself.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    offered: &MediaType,
    multipart: bool,
    lists: Option<Lists>,
) -> (Vec<Part>, Vec<FileMember>) {
    let document = lowering.document;
    let members = offered.schema.map(|schema| members(document, schema)).unwrap_or_default();
    let (mut parts, mut files) = (Vec::new(), Vec::new());
    for (key, &schema) in &members {
        let leaf = leaf(document, schema);
        let encoding = offered.encoding.get(key);
        let stated = media::list(encoding.and_then(|encoding| encoding.content_type.as_deref()).unwrap_or_default());
        let is_file = multipart && leaf.is_file(&stated);
        if is_file {
            files.push(FileMember { key: Some(key.clone()), by_schema: leaf.is_binary() });
        }
        let part = part(lowering, key, &leaf, encoding, stated, Place { multipart, is_file, lists });
        if part != plain(key) {
            parts.push(part);
        }
    }
    for (key, encoding) in &offered.encoding {
        if offered.schema.is_some() && !members.contains_key(key) {
            let diagnostic = Diagnostic::new(Code::UnknownKey, format!("the body has no property `{key}`"))
                .at(encoding.at, "is ignored")
                .help("correct the name, or add the property to the schema of the body");
            lowering.report(diagnostic);
        }
    }
    if multipart && let Some(rest) = offered.schema.and_then(|schema| rest(document, schema)) {
        let leaf = leaf(document, rest);
        if leaf.is_binary() {
            files.push(FileMember { key: None, by_schema: true });
        }
    }
    (parts, files)
}

/// Where a member stands.
#[derive(Clone, Copy)]
struct Place {
    multipart: bool,
    is_file: bool,
    lists: Option<Lists>,
}

fn plain(key: &str) -> Part {
    Part { key: key.to_owned(), media_types: Vec::new(), headers: Vec::new(), style: None }
}

fn part(
    lowering: &mut Lowering<'_>,
    key: &str,
    leaf: &Leaf<'_>,
    encoding: Option<&Encoding>,
    stated: Vec<String>,
    place: Place,
) -> Part {
    let mut part = plain(key);
    if let Some(encoding) = encoding {
        extensions::check(lowering, &encoding.extensions, extensions::OF_ENCODING, encoding.at);
        // Who says how lists are written says that there are brackets.
        let lists = extensions::lists(lowering, &encoding.extensions, encoding.at);
        let style = lists.map(|_| Style::DeepObject).or(encoding.style);
        let said = style.is_some() || encoding.explode.is_some() || encoding.allow_reserved.is_some();
        // In a multipart body a style changes nothing of a single text, and files have none.
        if said && !place.is_file && (!place.multipart || leaf.is_nested() || leaf.in_list) {
            let style = style.unwrap_or(Style::Form);
            let explode = encoding.explode.unwrap_or(style.default_explode());
            // The elements of a list are parts of the same name anyway.
            let usual = place.multipart && leaf.in_list && style == Style::Form && explode;
            let allow_reserved = encoding.allow_reserved == Some(true);
            let lists = lists.or(place.lists);
            part.style = Some(Styled { style, explode, allow_reserved, lists }).filter(|_| !usual);
            return part;
        }
        if place.multipart {
            part.headers = headers(lowering, key, encoding, place.is_file);
        }
    }
    let has_json = stated.iter().any(|stated| media::is_json(stated));
    if let Some(unwritten) = stated.first().filter(|_| leaf.is_nested() && !has_json) {
        let title = format!("the member `{key}` of a body cannot be written as {unwritten}");
        let at = encoding.map_or(leaf.schema.at, |encoding| encoding.at);
        lowering.report(Diagnostic::new(Code::UnsupportedBody, title).at(at, "is sent as JSON"));
    }
    part.media_types = media_types(leaf, stated, place);
    part
}

/// The media types of a member, but for the one that its kind of value has anyway.
fn media_types(leaf: &Leaf<'_>, stated: Vec<String>, place: Place) -> Vec<String> {
    let inner = leaf.schema.content_media_type.clone();
    let (mut found, usual): (Vec<String>, &str) = if place.is_file {
        let found = if stated.is_empty() { inner.into_iter().collect() } else { stated };
        (found, "application/octet-stream")
    } else if leaf.is_nested() {
        (stated.into_iter().find(|stated| media::is_json(stated)).into_iter().collect(), "application/json")
    } else if !place.multipart {
        // In a form only JSON is written in another way than text.
        (stated.into_iter().next().filter(|stated| media::is_json(stated)).into_iter().collect(), "text/plain")
    } else {
        let encoded = || leaf.schema.content_encoding.as_ref().map(|_| "application/octet-stream".to_owned());
        // A text that holds JSON is written as it is, and not as JSON once more.
        let inner = inner.filter(|inner| !media::is_json(inner));
        (stated.into_iter().next().or(inner).or_else(encoded).into_iter().collect(), "text/plain")
    };
    found.retain(|stated| media::essence(stated) != usual && (place.is_file || !media::is_range(stated)));
    found
}

/// The headers of a part that have only one value. Others a caller can give to a file alone.
fn headers(lowering: &mut Lowering<'_>, key: &str, encoding: &Encoding, is_file: bool) -> Vec<(String, String)> {
    let document = lowering.document;
    let mut fixed = Vec::new();
    for (name, &id) in &encoding.headers {
        let header = &document.headers[id];
        if ["content-type", "content-disposition"].contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        let schema = match &header.value {
            ParameterValue::Schema(schema) => Some(leaf(document, *schema).schema),
            ParameterValue::Content(_) | ParameterValue::Unspecified => None,
        };
        match schema.and_then(only_value).filter(|value| is_sound(name, value)) {
            Some(value) => fixed.push((name.clone(), value)),
            None if is_file => {}
            None => {
                let title = format!("the header `{name}` of the part `{key}` is not sent");
                let severity = if header.required { Severity::Warning } else { Severity::Note };
                let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title)
                    .severity(severity)
                    .at(header.at, "expected one value, or a part that is a file");
                lowering.report(diagnostic);
            }
        }
    }
    fixed
}

/// The only value that a schema allows, as text.
fn only_value(schema: &Schema) -> Option<String> {
    let values = schema.enum_values.as_deref().unwrap_or_default();
    let only = schema.constant.as_ref().or(if let [only] = values { Some(only) } else { None })?;
    match &only.value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(only.value.to_json().to_string()),
        Value::Null | Value::List(_) | Value::Object(_) => None,
    }
}

/// Whether a header can be written as it stands (RFC 9110, section 5): it is the document's, and is not escaped.
fn is_sound(name: &str, value: &str) -> bool {
    let token = |character: char| character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character);
    !name.is_empty() && name.chars().all(token) && value.chars().all(|character| (' '..='~').contains(&character))
}

/// The properties of a body, whichever part of the schema declares them.
fn members(document: &Document, id: SchemaId) -> IndexMap<String, SchemaId> {
    let mut found = IndexMap::new();
    walk(document, id, &mut |schema| {
        for (key, &property) in &schema.properties {
            found.entry(key.clone()).or_insert(property);
        }
    });
    found
}

/// The schema of the members that a body does not name.
fn rest(document: &Document, id: SchemaId) -> Option<SchemaId> {
    let mut found = None;
    walk(document, id, &mut |schema| {
        if let AdditionalProperties::Schema(id) = schema.additional_properties {
            found.get_or_insert(id);
        }
    });
    found
}

/// Calls `each` with a schema and all that it is made of or a choice between.
fn walk<'a>(document: &'a Document, id: SchemaId, each: &mut dyn FnMut(&'a Schema)) {
    let (mut list, mut seen) = (vec![id], Vec::new());
    while let Some(id) = list.pop() {
        if seen.contains(&id.index()) {
            continue;
        }
        seen.push(id.index());
        let schema = &document.schemas[id];
        each(schema);
        let inner = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).rev();
        list.extend(inner.copied());
        list.extend(schema.reference.as_ref().map(|reference| reference.target));
    }
}
